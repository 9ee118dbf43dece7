//! When customers come, where they go and what posts breed, worked out again from the streams of randomness; and whose luck
//! depends on what.

use std::collections::BTreeMap;

use channelmix::ids::{QueueId, SourceId};
use channelmix::scenario::model::{Model, Spread, Variant};
use channelmix::sim::contacts::{Contact, NO_SLOT};
use channelmix::sim::observer::Outcome;
use channelmix::sim::streams::{Purpose, StreamRoot, contact_key};
use channelmix::time::{SimDuration, SimTime};
use proptest::prelude::*;
use rand::RngExt;
use rand_distr::{Distribution, Exp1, Gamma};

use super::super::support::compiled;
use super::centres::{Draft, Staff, drafts};
use super::clock::Clock;
use super::record::{Record, Told};
use super::written::number;
use super::{SEED, Verdict, cases, each_replication};

proptest! {
    #![proptest_config(cases(200))]

    #[test]
    fn customers_come_where_the_summed_rate_reaches_the_points_of_a_poisson_process(draft in drafts()) {
        let clock = Clock::of(&draft.horizon);
        each_replication(&draft, |variant, record| {
            for source in variant.model.sources.ids() {
                comes_by_its_rate(&draft, &clock, &variant.model, record, source)?;
            }
            Ok(())
        })?;
    }

    #[test]
    fn customers_go_where_their_own_draw_sends_them(draft in drafts()) {
        each_replication(&draft, |variant, record| {
            for source in variant.model.sources.ids() {
                goes_by_its_draw(&draft, variant, record, source)?;
            }
            Ok(())
        })?;
    }

    #[test]
    fn a_post_without_a_reply_breeds_at_the_ages_drawn_for_it_and_at_no_others(draft in drafts()) {
        each_replication(&draft, |variant, record| breeds_by_its_draws(&variant.model, record))?;
    }

    #[test]
    fn staffing_leaves_the_luck_of_every_customer_as_it_is(draft in drafts(), heads in 0_u32..12) {
        let mut other = draft.clone();
        for group in &mut other.groups {
            // On another step of the calendar instants may differ by a rounded microsecond.
            group.staff = match group.staff {
                Staff::Shifts(..) => Staff::Shifts(heads, heads),
                _ => Staff::Constant(heads),
            };
            group.absence = 0.5;
            group.pace = [1.0, 0.9, 0.8, 0.7];
        }
        let [one, other] = [draft, other].map(|draft| compiled(&draft.text()));
        for (one, other) in one.variants.iter().zip(&other.variants) {
            let [one, other] = [one, other].map(luck);
            for (key, luck) in &one {
                match other.get(key) {
                    Some(found) => prop_assert_eq!(found, luck),
                    None => prop_assert!(!luck.has_source, "a customer did not come: {:?}", luck),
                }
            }
        }
    }

    #[test]
    fn customers_who_stay_have_the_luck_that_they_have_where_nobody_moves(draft in drafts()) {
        let compiled = compiled(&draft.text());
        let [base, moved] = [&compiled.variants[0], &compiled.variants[1]].map(luck);
        for (key, luck) in moved.iter().filter(|(_, luck)| luck.has_source) {
            let stayed = base.get(key);
            prop_assert!(stayed.is_some(), "a customer came from nowhere: {:?}", luck);
            let stayed = stayed.expect("asserted");
            prop_assert_eq!(stayed.arrived_at, luck.arrived_at);
            if stayed.queue == luck.queue {
                prop_assert_eq!(stayed, luck);
            }
        }
    }
}

/// When a source's customers came, those turned away included.
fn came(record: &Record, source: SourceId) -> Vec<(SimTime, Option<QueueId>)> {
    let by_source = |(now, told): &(SimTime, Told)| match told {
        Told::Arrived(contact) if contact.source == Some(source) => {
            Some((*now, Some(contact.queue)))
        }
        Told::TurnedAway(of) if *of == source => Some((*now, None)),
        _ => None,
    };
    record.log.iter().filter_map(by_source).collect()
}

/// A level for every day: Gamma of mean 1, from a stream of its own.
fn levels(root: StreamRoot, name: u64, cv: f64) -> impl FnMut() -> f64 {
    let mut stream = root.stream(name, Purpose::DayLevel);
    let shape = 1.0 / (cv * cv);
    let law = Gamma::new(shape, 1.0 / shape);
    move || law.as_ref().map_or(1.0, |law| law.sample(&mut stream))
}

/// The expected number of customers before each minute of the horizon.
fn expected_before(
    draft: &Draft,
    clock: &Clock,
    root: StreamRoot,
    queue: usize,
    hash: u64,
) -> Vec<f64> {
    let queue = &draft.queues[queue];
    let mut level_of_day: Box<dyn FnMut() -> f64> = if draft.horizon.day_cv > 0.0 {
        Box::new(levels(root, 0, draft.horizon.day_cv))
    } else if queue.day_cv > 0.0 {
        Box::new(levels(root, hash, queue.day_cv))
    } else {
        Box::new(|| 1.0)
    };
    let (mut day, mut level, mut total) = (usize::MAX, 1.0, 0.0);
    let mut before = vec![total];
    for (_, wall) in clock.minutes() {
        if wall.day != day {
            (day, level) = (wall.day, level_of_day());
        }
        total += queue.rate(wall) * level / 60.0;
        before.push(total);
    }
    before
}

/// A customer comes in the microsecond in which the expected number reaches the sum of as many gaps.
fn comes_by_its_rate(
    draft: &Draft,
    clock: &Clock,
    model: &Model,
    record: &Record,
    source: SourceId,
) -> Verdict {
    let name = &model.sources[source].name;
    let before = expected_before(draft, clock, record.root, number(name), name.hash);
    let expected = |at: SimTime| {
        let at = at.min(clock.end()).0;
        let minute = usize::try_from(at / 60_000_000).expect("not before the start");
        let rest = (at % 60_000_000) as f64;
        let next = before.get(minute + 1).unwrap_or(&before[minute]);
        before[minute] + (next - before[minute]) * rest / 6e7
    };
    let mut gaps = record.root.stream(name.hash, Purpose::Arrivals);
    let mut reached = 0.0;
    for (at, _) in came(record, source) {
        let gap: f64 = Exp1.sample(&mut gaps);
        reached += gap;
        let (low, high) = (expected(at), expected(SimTime(at.0 + 1)));
        let rounding = 1e-11 * (1.0 + reached);
        let is_right = low - rounding <= reached && reached <= high + rounding;
        prop_assert!(is_right, "{:?}: {} to {}, not {}", at, low, high, reached);
    }
    let gap: f64 = Exp1.sample(&mut gaps);
    let end = expected(clock.end());
    prop_assert!(
        reached + gap > end - 1e-9,
        "one more of {} should come",
        end
    );
    Ok(())
}

fn goes_by_its_draw(
    draft: &Draft,
    variant: &Variant,
    record: &Record,
    source: SourceId,
) -> Verdict {
    let model = &variant.model;
    let name = &model.sources[source].name;
    let queue_of = |wanted: usize| {
        let mut queues = model.queues.iter();
        queues
            .find(|(_, queue)| number(&queue.name) == wanted)
            .map(|(id, _)| id)
    };
    let moves = if variant.name == "moved" && number(name) == draft.moved.0 {
        draft.moves()
    } else {
        Vec::new()
    };
    let own = queue_of(number(name));
    let mut routes = record.root.stream(name.hash, Purpose::Move);
    for (at, found) in came(record, source) {
        let mut left: f64 = if moves.is_empty() {
            1.0
        } else {
            routes.random()
        };
        let mut wanted = own;
        for (to, share) in &moves {
            if left < *share {
                wanted = queue_of(*to);
                break;
            }
            left -= share;
        }
        prop_assert_eq!(found, wanted, "the customer of {:?}", at);
    }
    Ok(())
}

/// Every bred post that should come, and no other: at r·exp(−t/f) an hour while there is no reply.
fn breeds_by_its_draws(model: &Model, record: &Record) -> Verdict {
    let mut bred: BTreeMap<u64, SimTime> = record
        .arrivals()
        .filter(|contact| contact.source.is_none() && contact.slot != NO_SLOT)
        .map(|contact| (contact.key(), contact.arrived_at))
        .collect();
    for (_, contact, outcome) in record.endings() {
        let Some(spread) = &model.queues[contact.queue].spread else {
            continue;
        };
        if matches!(outcome, Outcome::Blocked | Outcome::NoLine) {
            continue;
        }
        let until = contact.replied_at.min(model.calendar.end());
        for (number, at) in (0..).zip(breedings(record.root, contact, spread)) {
            // A reply at the very microsecond is not worked out here.
            let key = contact_key(contact.key(), number);
            if at.0 + 2 < until.0 {
                let found = bred.remove(&key).map_or(i64::MAX, |found| found.0);
                prop_assert!(
                    (found - at.0).abs() <= 2,
                    "{:?} not bred at {:?}",
                    contact,
                    at
                );
            } else if at.0 <= until.0.saturating_add(2) {
                bred.remove(&key);
            } else {
                break;
            }
        }
    }
    prop_assert!(bred.is_empty(), "bred by nobody: {:?}", bred);
    Ok(())
}

/// When a contact would breed if nobody ever replied.
fn breedings(
    root: StreamRoot,
    contact: &Contact,
    spread: &Spread,
) -> impl Iterator<Item = SimTime> {
    let (key, arrived_at) = (contact.key(), contact.arrived_at);
    let hours = spread.fades.0 as f64 / 3.6e9;
    let in_all = spread.posts_per_hour * hours;
    let age_at_start = SimTime::START.since(arrived_at).0 as f64 / 3.6e9;
    let mut reached = in_all * (1.0 - (-age_at_start / hours).exp());
    (0..).map_while(move |number| {
        let mut stream = root.stream(contact_key(key, number), Purpose::Spread);
        let gap: f64 = Exp1.sample(&mut stream);
        reached += gap;
        let age = -hours * (1.0 - reached / in_all).ln();
        (reached < in_all).then(|| arrived_at + SimDuration::from_seconds_f64(age * 3_600.0))
    })
}

/// When a contact came and where, what it drew, and how long it would wait.
#[derive(Debug, Clone, PartialEq)]
struct Luck {
    arrived_at: SimTime,
    queue: String,
    talk: SimDuration,
    wrap_up: SimDuration,
    patience: SimDuration,
    /// Whether it came from a source and was not bred by another.
    has_source: bool,
}

/// The luck of every contact by its key.
fn luck(variant: &Variant) -> BTreeMap<u64, Luck> {
    let record = Record::of(variant, SEED, 3);
    let luck = |contact: &Contact| {
        let from = contact.arrived_at.max(SimTime::START);
        let luck = Luck {
            arrived_at: contact.arrived_at,
            queue: variant.model.queues[contact.queue].name.text.clone(),
            talk: contact.talk,
            wrap_up: contact.wrap_up,
            patience: contact.leaves_at.since(from),
            has_source: contact.source.is_some(),
        };
        (contact.key(), luck)
    };
    record.arrivals().map(luck).collect()
}
