//! What a log was made from is found in it again.

use channelmix::dist::Family;
use channelmix::report::json::write_replay;
use channelmix::study::replay::compare::Comparison;

use super::centre::{MAP, Team, log, replayed};

fn team(queue: &'static str, agents: usize, per_hour: f64) -> Team {
    Team {
        queue,
        agents,
        per_hour,
        handle_time: Family::Lognormal {
            mean: 300.0,
            cv: 0.9,
        },
        patience: Family::Exponential { mean: 240.0 },
    }
}

/// The observed figures are those of one horizon of the simulated centre: they lie where 95 of 100 of those would. (Of 80 logs of two
/// such teams they did in 78 or more.)
fn agrees(comparison: &Comparison) {
    let observed = &comparison.total.observed;
    let chance = comparison.total.chance.expect("a total has ranges");
    for (what, observed, range) in [
        ("abandonment", observed.abandonment, chance.abandonment),
        ("ASA", observed.asa_s, chance.asa_s),
        (
            "service level",
            observed.service_level,
            chance.service_level,
        ),
    ] {
        let (observed, [low, high]) = (observed.expect("contacts"), range.expect("contacts"));
        assert!(
            (low..=high).contains(&observed),
            "{what}: {observed}, single horizons from {low} to {high}"
        );
    }
}

#[test]
fn a_centre_always_staffed_is_found_again() {
    let text = log(&[team("calls", 6, 66.0)], 20);
    let (read_off, comparison) = replayed(&text, MAP, 40, 2);
    agrees(&comparison);
    let [group] = &read_off.groups[..] else {
        panic!("{:?}", read_off.groups);
    };
    // Six agents for twelve hours on twenty days; before their first and after their last contact of a day nobody sees them.
    assert_eq!(group.agents, 6);
    assert!(
        (group.on_duty_h / 1440.0 - 1.0).abs() < 0.02,
        "{}",
        group.on_duty_h
    );
    let queue = &read_off.queues[0];
    assert!(
        (queue.handle_time_s / 300.0 - 1.0).abs() < 0.02,
        "{queue:?}"
    );
    assert!((queue.handle_time_cv / 0.9 - 1.0).abs() < 0.06, "{queue:?}");
    let patience = queue.patience.as_ref().expect("some left");
    for (by, exact) in patience
        .left_by
        .iter()
        .map(|by| (by, 1.0 - (-by.wait_s / 240.0).exp()))
    {
        assert!((by.fitted - exact).abs() < 0.02, "{patience:?}");
        assert!((by.observed - exact).abs() < 0.03, "{patience:?}");
    }
}

#[test]
fn two_teams_are_two_groups() {
    let text = log(&[team("north", 5, 50.0), team("south", 3, 28.0)], 10);
    let (read_off, comparison) = replayed(&text, MAP, 40, 2);
    agrees(&comparison);
    let skills: Vec<_> = read_off
        .groups
        .iter()
        .map(|group| (group.agents, group.skills.join(",")))
        .collect();
    assert_eq!(skills, [(5, "north".to_owned()), (3, "south".to_owned())]);
    assert!((read_off.groups[0].on_duty_h / 600.0 - 1.0).abs() < 0.03);
    assert!((read_off.groups[1].on_duty_h / 360.0 - 1.0).abs() < 0.03);
}

#[test]
fn any_number_of_threads_gives_the_same_bytes() {
    let text = log(&[team("calls", 4, 40.0)], 3);
    let written = |threads| {
        let (read_off, comparison) = replayed(&text, MAP, 9, threads);
        let mut bytes = Vec::new();
        write_replay(&read_off, &comparison, &mut bytes).expect("memory takes anything");
        bytes
    };
    assert_eq!(written(1), written(3));
}

#[test]
fn contacts_are_counted_as_the_log_has_them() {
    let text = "arrived,queue,agent,wait_s,talk_s,left_after_s\n\
                2026-03-02 08:00:00,a,x,5,60,\n\
                2026-03-02 08:10:00,a,x,30,120,\n\
                2026-03-02 09:00:00,a,,,,10\n\
                2026-03-02 09:05:00,a,,,,50\n\
                2026-03-03 09:30:00,a,y,0,30,\n\
                2026-03-03 09:31:00,b,,,,70\n";
    let (read_off, comparison) = replayed(text, MAP, 2, 1);
    assert_eq!(read_off.never_answered, [("b".to_owned(), 1)]);
    let observed = &comparison.total.observed;
    assert_eq!(
        (observed.offered.round(), observed.answered.round()),
        (5.0, 3.0)
    );
    let near = |found: Option<f64>, exact: f64| (found.expect("contacts") - exact).abs() < 1e-9;
    assert!(near(observed.abandonment, 0.4));
    assert!(near(observed.asa_s, 35.0 / 3.0));
    // Two of three answered within 20 s; one left after more than 20 s, one before.
    assert!(near(observed.service_level, 2.0 / 4.0));
    assert!(near(observed.handle_time_s, 70.0));
    // One agent from 8:00:05 to 8:12:30 without the time beyond 10 s in which the second caller waited, and before that for as long as
    // between the two contacts (545 s); another for 30 s.
    assert!(
        near(observed.on_duty_h, (745.0 - 20.0 + 545.0 + 30.0) / 3600.0),
        "{observed:?}"
    );
    let of: Vec<_> = comparison
        .hours
        .iter()
        .map(|pair| pair.of.as_str())
        .collect();
    assert_eq!(of, ["08:00", "09:00"]);
    assert_eq!(comparison.days.len(), 2);
}

#[test]
fn days_on_which_the_clocks_change_are_replayed() {
    for date in ["2026-03-29", "2026-10-25"] {
        let rows: Vec<String> = (0..20)
            .map(|hour| format!("{date} {:02}:15:00,a,x,4,900,\n", hour + 3))
            .collect();
        let text = format!(
            "arrived,queue,agent,wait_s,talk_s,left_after_s\n{}",
            rows.concat()
        );
        let map = format!("time_zone = \"Europe/Berlin\"\n{MAP}");
        let (_, comparison) = replayed(&text, &map, 3, 1);
        assert_eq!(comparison.hours.len(), 20);
        assert!(
            comparison
                .hours
                .iter()
                .all(|pair| (pair.observed.offered - 1.0).abs() < 1e-9)
        );
    }
}
