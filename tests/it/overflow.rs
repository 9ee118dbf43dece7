//! Groups that take only contacts that have waited for some time.

use channelmix::sim::observer::Outcome;
use channelmix::time::SimTime;

use super::properties::record::{Record, Told};
use super::support::compiled;

/// Contacts of ten minutes open at the start, one agent for them, and a second for those who have waited a minute.
fn centre(queue: &str) -> String {
    format!(
        "name = \"overflow\"\ncurrency = \"EUR\"\n[horizon]\nstart = \"2026-09-07\"\ndays = 1\n\
         [queues.phone]\nchannel = \"phone\"\narrivals = {{ per_hour = 0 }}\nhandle_time = \"10m\"\n{queue}\n\
         [groups.first]\nskills = [\"phone\"]\nstaff = 1\n\
         [groups.second]\nskills = [{{ queue = \"phone\", after = \"60s\" }}]\nstaff = 1\n"
    )
}

/// When each contact was begun, and in which group, in seconds from the start; then when each abandonment was.
fn told(queue: &str) -> (Vec<(f64, usize)>, Vec<f64>) {
    let compiled = compiled(&centre(queue));
    let record = Record::of(&compiled.variants[0], 1, 0);
    let seconds = |at: SimTime| at.since(SimTime::START).as_seconds();
    let starts = record.log.iter().filter_map(|(now, told)| match told {
        Told::Started { group, .. } => Some((seconds(*now), group.0 as usize)),
        _ => None,
    });
    let left = record
        .endings()
        .filter(|(_, _, outcome)| *outcome == Outcome::Abandoned);
    (starts.collect(), left.map(|(at, ..)| seconds(at)).collect())
}

#[test]
fn who_has_waited_long_enough_overflows_to_the_instant() {
    // The second agent takes the second contact at a minute; whoever is free next takes the following ones.
    let (starts, left) = told("backlog = 4");
    assert_eq!(starts, [(0.0, 0), (60.0, 1), (600.0, 0), (660.0, 1)]);
    assert!(left.is_empty());
}

#[test]
fn the_wait_before_the_start_counts() {
    // Of age 90 s, 60 s and 30 s.
    let (starts, _) = told("backlog = { count = 3, oldest = \"90s\" }");
    assert_eq!(starts, [(0.0, 0), (0.0, 1), (600.0, 0)]);
    // Of age 50 s and 25 s: the second comes of age after 35 s.
    let (starts, _) = told("backlog = { count = 2, oldest = \"50s\" }");
    assert_eq!(starts, [(0.0, 0), (35.0, 1)]);
}

#[test]
fn whoever_would_leave_at_that_very_instant_is_taken() {
    let (starts, left) = told("backlog = 3\npatience = \"60s\"");
    assert_eq!(starts, [(0.0, 0), (60.0, 1)]);
    assert_eq!(left, [60.0]);
    let (starts, left) = told("backlog = 3\npatience = \"59s\"");
    assert_eq!(starts, [(0.0, 0)]);
    assert_eq!(left, [59.0, 59.0]);
}

/// Where nobody waits so long, the second group might as well not be there; where nobody need wait at all, the terms are none.
#[test]
fn overflow_after_no_wait_is_none_and_after_endless_wait_is_no_group() {
    let text = |second: &str| {
        format!(
            "name = \"overflow\"\ncurrency = \"EUR\"\n[horizon]\nstart = \"2026-09-07\"\ndays = 2\n\
             [queues.phone]\nchannel = \"phone\"\narrivals = {{ per_hour = 60 }}\nhandle_time = {{ dist = \"exponential\", mean = \"4m\" }}\n\
             patience = {{ dist = \"exponential\", mean = \"3m\" }}\n\
             [groups.first]\nskills = [\"phone\"]\nstaff = 3\n[groups.second]\n{second}\nstaff = 2\n"
        )
    };
    let starts = |second: &str| {
        let compiled = compiled(&text(second));
        let record = Record::of(&compiled.variants[0], 3, 0);
        let starts = record.log.iter().filter_map(|(now, told)| match told {
            Told::Started { contact, group, .. } => Some((*now, contact.key(), group.0)),
            _ => None,
        });
        starts.collect::<Vec<_>>()
    };
    let at_once = starts("skills = [\"phone\"]");
    assert_eq!(
        starts("skills = [{ queue = \"phone\", after = \"0s\" }]"),
        at_once
    );
    let never = starts("skills = [{ queue = \"phone\", after = \"9d\" }]");
    assert!(never.iter().all(|(_, _, group)| *group == 0));
    let soon = starts("skills = [{ queue = \"phone\", after = \"30s\" }]");
    assert!(never.len() < soon.len() && soon.len() < at_once.len());
}
