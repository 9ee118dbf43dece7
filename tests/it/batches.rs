//! Intervals by batch means: the counted time cut into batches, each of which stands for a replication.

use channelmix::scenario::Scenario;
use channelmix::scenario::model::Compiled;
use channelmix::sim::parallel::Workers;
use channelmix::stats::counts::{
    DemandFigure as D, DemandTotals, GroupTotals, QueueFigure as Q, QueueSlot, QueueTotals,
};
use channelmix::stats::moments::{Counters, Moments};
use channelmix::stats::sample::Sample;
use channelmix::stats::tally::Tally;
use channelmix::study::run::Study;

use super::support::{compiled, run, summary};

/// Calls, chats two at a time, and mail over night, for so many days and batches of so many.
fn centre(days: u32, batch_days: Option<u32>) -> String {
    let batches = batch_days.map_or(String::new(), |days| {
        format!("[run]\nbatch_days = {days}\n")
    });
    format!(
        r#"
name = "batches"
currency = "EUR"
[horizon]
start = "2026-09-06"
days = {days}
warm_up = "1d"
time_zone = "Europe/Berlin"
interval = "6h"
{batches}
[queues.phone]
channel = "phone"
arrivals = {{ per_hour = 30, day_cv = 0.1 }}
handle_time = {{ dist = "exponential", mean = "5m" }}
patience = {{ dist = "exponential", mean = "2m" }}
target = {{ share = 0.8, within = "20s" }}
[queues.chat]
channel = "chat"
arrivals = {{ per_hour = 12 }}
handle_time = {{ dist = "exponential", mean = "6m" }}
open = "08:00-20:00"
[queues.email]
channel = "email"
arrivals = {{ per_hour = 8 }}
handle_time = {{ dist = "exponential", mean = "4m" }}
target = {{ share = 0.9, within = "6h" }}
[groups.all]
skills = ["phone", "chat", "email"]
at_once = {{ chat = 2 }}
pace = [1.0, 0.8]
wage = 20
[groups.all.staff]
mon-fri = [2, 5, 5, 4]
sat-sun = [2, 4, 4, 4]
"#
    )
}

fn tally(compiled: &Compiled) -> Tally {
    let workers = Workers::new(2).expect("two threads");
    Study::new(compiled, |_| true, None)
        .tally(0..3, &workers, &|| ())
        .expect("the run ends")
}

/// Sums over all observations of what only adds up.
#[test]
fn batches_add_up_to_the_replication() {
    let whole = tally(&compiled(&centre(29, None)));
    let cut = tally(&compiled(&centre(29, Some(7))));
    assert_eq!((whole.replications, cut.replications), (3, 3));
    let (whole, cut) = (&whole.variants[0], &cut.variants[0]);
    let not_sums = [
        Q::WaitMax,
        Q::ResponseMax,
        Q::HandleTimeMax,
        Q::SojournMax,
        Q::QueueMax,
        // Mail of a batch's last evening is answered in the next, and then on no day.
        Q::DaysMet,
        Q::DaysCounted,
        // Rounded to millionths in each batch, and shared among queues by its own agents' time.
        Q::Cost,
    ]
    .map(|figure| figure as usize);
    for (whole, cut) in whole.queues.iter().zip(&cut.queues) {
        let (one, many) = (
            sums::<QueueTotals>(&whole.totals),
            sums::<QueueTotals>(&cut.totals),
        );
        assert!(one[Q::Offered as usize] > 0);
        for (figure, (one, many)) in one.iter().zip(&many).enumerate() {
            assert!(
                one == many || not_sums.contains(&figure),
                "{figure}: {one} {many}"
            );
        }
        for (whole, cut) in whole.slots.iter().zip(&cut.slots) {
            assert_eq!(sums::<QueueSlot>(whole), sums::<QueueSlot>(cut));
        }
    }
    for (whole, cut) in whole.groups.iter().zip(&cut.groups) {
        let (mut one, mut many) = (
            sums::<GroupTotals>(&whole.totals),
            sums::<GroupTotals>(&cut.totals),
        );
        let paid = (one.pop().expect("the cost"), many.pop().expect("the cost"));
        assert_eq!(one, many);
        let error = (paid.0 - paid.1).abs();
        assert!(error <= 12, "money differs by {error} millionths");
    }
    let demand = |moments| -> Vec<i128> {
        let all = sums::<DemandTotals>(moments);
        all[..D::Cost as usize].to_vec()
    };
    assert_eq!(demand(&whole.demand), demand(&cut.demand));
}

/// Every counter's sum over all observations.
fn sums<C: Counters>(moments: &Moments) -> Vec<i128> {
    let sample = Sample::of::<C>(moments, 1);
    (0..C::SCALES.len())
        .map(|counter| sample.total(&[(counter, 1)]))
        .collect()
}

#[test]
fn figures_are_of_a_batch_and_agree_with_replications_of_that_length() {
    let cut = summary(&centre(1 + 40 * 7, Some(7)), 2);
    assert_eq!((cut.scenario.replications, cut.scenario.batches), (2, 80));
    assert_eq!(cut.scenario.batch_days, Some(7));
    let batches = &cut.variants[0];
    let weeks = run(&centre(8, None), 80);
    let group = |variant: &channelmix::stats::summary::VariantSummary| {
        let (_, group) = variant.groups.iter().next().expect("a group");
        group.measures.paid_h.mean.expect("hours")
    };
    // The clocks of a week in two change, and nobody pays for the hour twice: within a thousandth.
    assert!((group(batches) / group(&weeks) - 1.0).abs() < 2e-3);
    for (name, queue) in batches.queues.iter() {
        let (_, other) = weeks
            .queues
            .iter()
            .find(|(other, _)| *other == name)
            .expect("the same queues");
        let pairs = [
            (queue.measures.offered, other.measures.offered),
            (queue.measures.abandonment, other.measures.abandonment),
            (queue.measures.asa_s, other.measures.asa_s),
            (
                queue.measures.handle_time_s.mean,
                other.measures.handle_time_s.mean,
            ),
            (queue.measures.queue_length, other.measures.queue_length),
        ];
        for (own, other) in pairs {
            let (Some(half), Some(half_of_other)) = (own.half_width(), other.half_width()) else {
                continue;
            };
            let apart = (own.mean.expect("a mean") - other.mean.expect("a mean")).abs();
            // 1.9 half-widths of the difference: beyond them by luck once in 5,000.
            let reach = half.hypot(half_of_other);
            assert!(apart <= 1.9 * reach + 1e-12, "{name}: {own:?} {other:?}");
            if half > 0.0 {
                assert!(
                    (0.5..2.0).contains(&(half / half_of_other)),
                    "{name}: {own:?} {other:?}"
                );
            }
        }
    }
}

#[test]
fn the_longest_line_of_a_batch_is_its_own() {
    let cut = summary(&centre(1 + 6 * 7, Some(7)), 1);
    let whole = run(&centre(1 + 6 * 7, None), 1);
    for ((_, cut), (_, whole)) in cut.variants[0].queues.iter().zip(whole.queues.iter()) {
        let (cut, whole) = (&cut.measures, &whole.measures);
        assert!(cut.queue_length_max.mean < whole.queue_length_max.mean);
        assert!(cut.wait_s.max.mean < whole.wait_s.max.mean);
        assert!(cut.queue_length_max.mean > whole.queue_length.mean);
    }
}

/// The one problem of a scenario, with its place.
fn problem(text: &str) -> String {
    Scenario::parse(text, "a.toml", |_| Err("no data here".to_owned()))
        .and_then(|scenario| scenario.compile())
        .expect_err("a problem")
        .to_string()
}

#[test]
fn what_cannot_be_cut_into_batches_is_refused() {
    let days = problem(&centre(28, Some(7)));
    assert!(days.contains("run.batch_days"), "{days}");
    assert!(
        days.contains("expected the counted 27 days to be two or more batches of 7 days"),
        "{days}"
    );
    let one = problem(&centre(8, Some(7)));
    assert!(one.contains("two or more batches"), "{one}");
    let part = centre(29, Some(7)).replace("warm_up = \"1d\"", "warm_up = \"12h\"");
    let part = problem(&part);
    assert!(
        part.contains("batch_days needs a warm-up of whole days"),
        "{part}"
    );
    let none = centre(29, Some(7)).replace("batch_days = 7", "batch_days = 0");
    assert!(problem(&none).contains("run.batch_days"));
    let mixes = format!(
        "{}[[variants]]\nname = \"more\"\nset = {{ \"groups.all.staff\" = 9 }}\n",
        centre(29, Some(7))
    );
    let mixes = problem(&mixes);
    assert!(
        mixes.contains("they and batch_days do not go together"),
        "{mixes}"
    );
}

#[test]
fn a_day_that_a_zone_left_out_is_in_no_batch() {
    // Samoa went from the 29th to the 31st of December 2011.
    let days = |days: u32| {
        centre(days, Some(1))
            .replace("2026-09-06", "2011-12-28")
            .replace("Europe/Berlin", "Pacific/Apia")
    };
    assert!(problem(&days(3)).contains("two or more batches"));
    let compiled = compiled(&days(4));
    let batches = compiled.variants[0].model.batches.expect("batches");
    assert_eq!((batches.first_day, batches.count), (1, 2));
}

/// Who handles one contact for days works for its queue on each of them.
#[test]
fn work_belongs_to_the_batch_in_which_it_is_done() {
    let text = r#"
name = "long work"
currency = "EUR"
[horizon]
start = "2026-09-07"
days = 4
interval = "6h"
[run]
batch_days = 1
[queues.a]
channel = "email"
arrivals = { per_hour = 0 }
handle_time = "100h"
backlog = 1
[queues.b]
channel = "email"
arrivals = { per_hour = 0 }
handle_time = "1h"
[groups.all]
skills = ["a", "b"]
staff = 1
wage = 10
"#;
    let variant = run(text, 1);
    let cost = |name: &str| {
        let mut queues = variant.cost.queues.iter();
        let (_, cost) = queues.find(|(other, _)| *other == name).expect("a queue");
        (cost.cost.mean, cost.cost.half_width())
    };
    assert_eq!(cost("a"), (Some(240.0), Some(0.0)));
    assert_eq!(cost("b"), (Some(0.0), Some(0.0)));
}
