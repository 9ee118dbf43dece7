//! A day that changes by the hour, with what the forward equations know of it.

use crate::queueing::time_varying::{Day, Figures, solve};
use crate::queueing::{Definition, QueueError};
use crate::study::validate::written::{GroupText, Head, QueueText, exponential};

use super::subjects::Subject;
use super::values::{Place, Value};

/// A day whose rates and staff change, from an empty start to an empty end.
pub(super) fn day() -> Result<Subject, QueueError> {
    let per_hour = |hour: usize| match hour {
        8..=9 => 24.0,
        10..=13 => 48.0,
        14..=17 => 36.0,
        _ => 0.0,
    };
    let staff = |hour: usize| match hour {
        0..=9 => 6,
        10..=13 => 10,
        _ => 8,
    };
    let hours = || 0..24_usize;
    let day = Day {
        interval_s: 3_600.0,
        staff: hours().map(staff).collect(),
        arrivals_per_s: hours().map(|hour| per_hour(hour) / 3_600.0).collect(),
        handle_time_s: 720.0,
        mean_patience_s: Some(600.0),
        balk: 0.0,
        within_s: 60.0,
    };
    let whole = solve(&day)?
        .iter()
        .fold(Figures::default(), |sum, hour| sum.plus(hour));
    let list = |of: &dyn Fn(usize) -> String| hours().map(of).collect::<Vec<_>>().join(", ");
    let head = Head {
        days: 1,
        interval_s: day.interval_s,
        warm_up_s: 0.0,
    };
    let rates = list(&|hour| per_hour(hour).to_string());
    let queue = QueueText {
        name: "q".to_owned(),
        arrivals: format!("{{ per_interval = [{rates}] }}"),
        handle_time: exponential(day.handle_time_s),
        patience: Some(exponential(600.0)),
        within_s: day.within_s,
        more: Vec::new(),
    };
    let group = GroupText {
        name: "g".to_owned(),
        skills: vec!["\"q\"".to_owned()],
        staff: format!("[{}]", list(&|hour| staff(hour).to_string())),
        more: Vec::new(),
    };
    let text = format!("{head}{queue}{group}");
    Ok(Subject {
        name: "a day, M(t)/M/s(t)+M",
        text,
        values: of_day(&whole),
    })
}

fn of_day(whole: &Figures) -> Vec<Value> {
    let answered = whole.arrivals - whole.abandonments;
    let known = [
        (
            Place::Queue("q", |q| q.offered),
            "offered",
            Some(whole.arrivals),
        ),
        (Place::Queue("q", |q| q.delayed), "delayed", whole.p_delay()),
        (
            Place::Queue("q", |q| q.abandonment),
            "abandonment",
            whole.abandonment(),
        ),
        (
            Place::Queue("q", |q| q.wait_s.mean),
            "wait_s.mean",
            Some(whole.waiting_s / whole.arrivals),
        ),
        (
            Place::Queue("q", |q| q.queue_length),
            "queue_length",
            Some(whole.queue_length()),
        ),
        (
            Place::Queue("q", |q| q.service_levels.answered),
            "service_levels.answered",
            Some(whole.answered_in_time / answered),
        ),
        (
            Place::Queue("q", |q| q.service_levels.offered),
            "service_levels.offered",
            whole.service_level(Definition::Offered),
        ),
        (
            Place::Queue("q", |q| q.service_levels.late_abandons),
            "service_levels.late_abandons",
            whole.service_level(Definition::LateAbandons),
        ),
        (
            Place::Queue("q", |q| q.service_levels.early_abandons_ok),
            "service_levels.early_abandons_ok",
            whole.service_level(Definition::EarlyAbandonsOk),
        ),
        (
            Place::Group(|group| group.occupancy),
            "occupancy",
            whole.occupancy(),
        ),
        (
            Place::Group(|group| group.overtime_h),
            "overtime_h",
            Some(whole.excess_s / 3_600.0),
        ),
    ];
    let known = known.into_iter();
    known
        .filter_map(|(place, name, exact)| Some(Value::of(place, &path(&place, name), exact?)))
        .collect()
}

/// Where a figure of the day stands in the output.
fn path(place: &Place, name: &str) -> String {
    match place {
        Place::Queue(queue, _) => format!("queues.{queue}.{name}"),
        Place::Group(_) | Place::CostPerContact => format!("groups.g.{name}"),
    }
}
