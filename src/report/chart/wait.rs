//! Wait by time of arrival; of deferred queues, response.

use super::axis::{Axis, Measure};
use super::compose::{of_offered, pictures, time_axis};
use super::frame::{Frame, Swatch, basis};
use super::palette::{BLUE, VERMILLION};
use super::panel::{Panel, Plot, Shape};
use super::picture::Picture;
use crate::report::figure::Clock;
use crate::stats::summary::{QueueSummary, ScenarioLabel, VariantSummary};

/// A panel a queue: mean and the 90 % quantile.
pub(super) fn compose(label: &ScenarioLabel, variant: &VariantSummary) -> Vec<Picture> {
    let panels: Vec<_> = variant
        .queues
        .iter()
        .map(|(name, queue)| panel(name, queue))
        .collect();
    let any = |deferred: bool| {
        variant
            .queues
            .iter()
            .any(|(_, queue)| queue.deferred == deferred)
    };
    let (title, meaning) = match (any(false), any(true)) {
        (true, true) => (
            "Wait and response",
            "Wait: to the start of handling or to abandonment. Response (deferred queues): to the reply, of those replied to.",
        ),
        (false, true) => (
            "Response",
            "Response: from arrival to the reply, of those replied to.",
        ),
        (true | false, false) => (
            "Wait",
            "Wait: from arrival to the start of handling or to abandonment.",
        ),
    };
    let in_open_hours =
        |queue: &QueueSummary| queue.deferred && Clock::of(queue) == Clock::OpenHours;
    let open_hours = if variant.queues.iter().any(|(_, queue)| in_open_hours(queue)) {
        " Open hours: the time in which the queue is closed is left out."
    } else {
        ""
    };
    let frame = Frame {
        title: format!("{title} by time of arrival · {}", variant.name),
        subtitle: label.name.clone(),
        legend: vec![
            (
                Swatch::Banded(BLUE),
                "mean, with 95 % confidence interval".to_owned(),
            ),
            (
                Swatch::Faint(VERMILLION),
                "p90: 90 % wait less, with its interval".to_owned(),
            ),
        ],
        footer: format!(
            "{meaning}{open_hours} Gaps: nobody came, or nobody was answered. {}",
            basis(label)
        ),
    };
    pictures(
        &frame,
        &panels,
        label,
        &time_axis(label, variant),
        "arrival",
    )
}

fn panel(name: &str, queue: &QueueSummary) -> Panel {
    let mean = |figure| of_offered(queue, figure, BLUE, Shape::Banded);
    let p90 = |figure| of_offered(queue, figure, VERMILLION, Shape::Faint);
    let (caption, clock, curves) = if queue.deferred {
        let clock = Clock::of(queue);
        let curves = vec![
            p90(|interval| interval.response_p90_s),
            mean(|interval| interval.response_mean_s),
        ];
        (response(clock), clock, curves)
    } else {
        let curves = vec![
            p90(|interval| interval.wait_p90_s),
            mean(|interval| interval.wait_mean_s),
        ];
        ("wait", Clock::Calendar, curves)
    };
    let axis = Axis::new(
        Measure::Time(clock),
        curves.iter().flat_map(super::panel::Curve::extent),
    );
    let main = Plot {
        caption: caption.to_owned(),
        axis,
        curves,
        target: None,
    };
    Panel {
        title: name.to_owned(),
        note: String::new(),
        main,
        strip: None,
    }
}

/// What a response is measured in, beside its unit.
pub(super) fn response(clock: Clock) -> &'static str {
    match clock {
        Clock::Calendar => "response",
        Clock::OpenHours => "response, open hours",
    }
}
