//! The laws are not empty: the random scenarios reach what they are about.

use std::cell::RefCell;
use std::collections::BTreeMap;

use channelmix::ids::GroupId;
use channelmix::scenario::model::{Skill, Variant};
use channelmix::sim::contacts::{Contact, NO_SLOT};
use channelmix::sim::observer::{Outcome, Step};
use channelmix::time::SimTime;
use proptest::test_runner::TestRunner;

use super::super::support::compiled;
use super::centres::{Draft, drafts};
use super::clock::Clock;
use super::floor::{Floor, Moment, replay};
use super::record::{Record, Told};
use super::{SEED, cases};

/// How many scenarios reach each corner.
#[derive(Debug, Default)]
struct Corners {
    scenarios: usize,
    reached: BTreeMap<&'static str, usize>,
}

const CORNERS: [&str; 24] = [
    "several queues",
    "several groups",
    "a queue with a choice of groups",
    "answered after a wait",
    "abandoned",
    "met a closed door",
    "found no line",
    "came while closed and was let in",
    "deferred and open at the end",
    "followed beyond the end",
    "open at the start",
    "bred",
    "sent to another queue",
    "turned away",
    "a day on which the clocks change",
    "a warm-up",
    "staff change during a day",
    "somebody waits beside an idle agent",
    "more busy than present",
    "two queues open at one agent",
    "kept for an exclusive contact",
    "nobody present while somebody waits",
    "set aside",
    "turned to other work",
];

#[test]
fn random_scenarios_reach_what_the_laws_are_about() {
    let corners = RefCell::new(Corners::default());
    let looked = TestRunner::new(cases(100)).run(&drafts(), |draft| {
        let mut reached = of_text(&draft);
        for variant in &compiled(&draft.text()).variants {
            reached.extend(of_run(&draft, variant));
        }
        let mut corners = corners.borrow_mut();
        corners.scenarios += 1;
        reached.sort_unstable();
        reached.dedup();
        for corner in reached {
            assert!(CORNERS.contains(&corner), "{corner}");
            *corners.reached.entry(corner).or_default() += 1;
        }
        Ok(())
    });
    looked.expect("no law is looked at");
    let corners = corners.into_inner();
    for corner in CORNERS {
        let times = corners.reached.get(corner).copied().unwrap_or(0);
        let of = corners.scenarios;
        assert!(10 * times >= of, "{corner}: in {times} of {of} scenarios");
    }
}

fn of_text(draft: &Draft) -> Vec<&'static str> {
    let clock = Clock::of(&draft.horizon);
    let minutes = clock.minutes().count();
    let skills = |queue: usize| draft.groups.iter().filter(move |group| group.skills[queue]);
    let mut choices = (0..draft.queues.len()).map(|queue| skills(queue).count());
    let within_a_day = |group: &super::centres::Group| {
        let mut heads = clock
            .minutes()
            .map(|(at, wall)| (wall.day, group.heads(&clock, at)));
        let first = heads.next();
        heads.any(|(day, heads)| first.is_some_and(|(of, was)| of == day && was != heads))
    };
    let corners = [
        ("several queues", draft.queues.len() > 1),
        ("several groups", draft.groups.len() > 1),
        (
            "a queue with a choice of groups",
            choices.any(|count| count > 1),
        ),
        (
            "a day on which the clocks change",
            !minutes.is_multiple_of(1_440),
        ),
        ("a warm-up", draft.horizon.warm_up != "0s"),
        (
            "staff change during a day",
            draft.groups.iter().any(within_a_day),
        ),
    ];
    let reached = corners.into_iter().filter(|(_, is_reached)| *is_reached);
    reached.map(|(corner, _)| corner).collect()
}

fn of_run(draft: &Draft, variant: &Variant) -> Vec<&'static str> {
    let record = Record::of(variant, SEED, 0);
    let clock = Clock::of(&draft.horizon);
    let mut reached = Vec::new();
    for (at, contact, outcome) in record.endings() {
        reached.extend(of_contact(draft, &clock, variant, at, contact, outcome));
    }
    let turned_away = |(_, told): &(SimTime, Told)| matches!(told, Told::TurnedAway(_));
    if record.log.iter().any(turned_away) {
        reached.push("turned away");
    }
    let looked = replay(&variant.model, &record, |floor, moment| {
        if let Moment::Before(Told::Stepped { step, .. }) = moment {
            reached.push(match step {
                Step::SetAside | Step::TakenUp(_) => "set aside",
                Step::Switched(_) => "turned to other work",
            });
        }
        if let Moment::Passing(_) = moment {
            reached.extend(of_moment(floor));
        }
        Ok(())
    });
    looked.expect("no law is looked at");
    reached
}

fn of_contact(
    draft: &Draft,
    clock: &Clock,
    variant: &Variant,
    at: SimTime,
    contact: &Contact,
    outcome: Outcome,
) -> Option<&'static str> {
    let queue = &variant.model.queues[contact.queue];
    let was_there = contact.slot == NO_SLOT;
    let own = contact
        .source
        .map(|source| variant.model.sources[source].own);
    match outcome {
        Outcome::Abandoned => Some("abandoned"),
        Outcome::Blocked => Some("met a closed door"),
        Outcome::NoLine => Some("found no line"),
        Outcome::Contained => Some("contained"),
        Outcome::OpenAtEnd if queue.deferred => Some("deferred and open at the end"),
        Outcome::Answered if was_there => Some("open at the start"),
        Outcome::Answered if own.is_none() => Some("bred"),
        Outcome::Answered if own.is_some_and(|own| own != Some(contact.queue)) => {
            Some("sent to another queue")
        }
        Outcome::Answered if at > clock.end() => Some("followed beyond the end"),
        Outcome::Answered if !clock.is_open(draft.queue(&queue.name).open, contact.arrived_at) => {
            Some("came while closed and was let in")
        }
        Outcome::Answered if contact.started_at > contact.arrived_at => {
            Some("answered after a wait")
        }
        Outcome::Answered | Outcome::OpenAtEnd => None,
    }
}

fn of_moment(floor: &Floor) -> Vec<&'static str> {
    let groups = || floor.model.groups.ids();
    let is_mixed = |open: &Vec<Contact>| open.iter().any(|contact| contact.queue != open[0].queue);
    let is_kept = |group: GroupId| {
        let has_room = !floor.loads_with_room(group, 2).is_empty();
        has_room && floor.is_held_back(group, i64::MAX)
    };
    let is_alone = |group: GroupId| {
        let mut skills = floor.model.groups[group].skills.iter();
        floor.present[group] == 0 && skills.any(|skill| floor.somebody_waits(skill.queue))
    };
    let is_spared = |group: GroupId| {
        let mut skills = floor.model.groups[group].skills.iter();
        let waits_for_terms =
            |skill: &Skill| !skill.terms.are_none() && floor.somebody_waits(skill.queue);
        floor.idle(group) > 0 && skills.any(waits_for_terms)
    };
    let corners = [
        (
            "somebody waits beside an idle agent",
            groups().any(is_spared),
        ),
        (
            "more busy than present",
            groups().any(|group| floor.surplus(group) > 0),
        ),
        (
            "two queues open at one agent",
            groups().any(|group| floor.hands[group].values().any(is_mixed)),
        ),
        ("kept for an exclusive contact", groups().any(is_kept)),
        (
            "nobody present while somebody waits",
            groups().any(is_alone),
        ),
    ];
    let reached = corners.into_iter().filter(|(_, is_reached)| *is_reached);
    reached.map(|(corner, _)| corner).collect()
}
