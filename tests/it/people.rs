//! Shifts, rosters and who is there: what agents are paid for and what they do.

use channelmix::scenario::Scenario;
use channelmix::scenario::model::Stopping;
use channelmix::sim::parallel::Workers;
use channelmix::stats::estimate::Estimate;
use channelmix::stats::summary::{GroupMeasures, VariantSummary};
use channelmix::study::run::Study;

use super::support::{compiled, run, summary};

/// A day of a centre; `people` is what stands of its staff.
fn centre(per_hour: u32, people: &str) -> String {
    format!(
        "name = \"people\"\ncurrency = \"EUR\"\n[horizon]\nstart = \"2026-09-07\"\ndays = 1\n\
         [queues.phone]\nchannel = \"phone\"\narrivals = {{ per_hour = {per_hour} }}\n\
         handle_time = {{ dist = \"exponential\", mean = \"4m\" }}\npatience = {{ dist = \"exponential\", mean = \"2m\" }}\n\
         [groups.voice]\nskills = [\"phone\"]\nwage = 20\n{people}\n"
    )
}

const SHIFTS: &str = "staff = { shifts = { early = 10 } }\n[shifts.early]\nstart = \"08:00\"\nlength = \"8h 30m\"\n\
    breaks = [{ length = \"15m\", from = \"10:00\", to = \"11:00\" }, { length = \"15m\", from = \"15:00\", to = \"16:00\" }]\n\
    lunch = { length = \"30m\", from = \"12:00\", to = \"14:00\" }\n";

fn mean(estimate: Estimate) -> f64 {
    estimate.mean.expect("a mean")
}

fn voice(variant: &VariantSummary) -> &GroupMeasures {
    &variant.groups.iter().next().expect("one group").1.measures
}

#[test]
fn unpaid_breaks_are_not_paid_and_no_break_is_productive() {
    let variants = "[[variants]]\nname = \"more\"\nset = { \"groups.voice.staff.shifts.early\" = 12 }\n\
        [[variants]]\nname = \"paid lunch\"\nset = { \"shifts.early.lunch.paid\" = true }\n\
        [[variants]]\nname = \"longer\"\nset = { \"shifts.early.length\" = \"9h\" }\n\
        [[variants]]\nname = \"two shifts\"\nset = { \"shifts.late\" = { start = \"14:00\", length = \"4h\" }, \
        \"groups.voice.staff.shifts.late\" = 3 }\n\
        [[variants]]\nname = \"nobody\"\nremove = [\"shifts.early\"]\n";
    let summary = summary(&format!("{}{variants}", centre(0, SHIFTS)), 2);
    let expected = [
        (80.0, 75.0),
        (96.0, 90.0),
        (85.0, 75.0),
        (85.0, 80.0),
        (92.0, 87.0),
        (0.0, 0.0),
    ];
    for (variant, (paid, staffed)) in summary.variants.iter().zip(expected) {
        let found = voice(variant);
        let found = (mean(found.paid_h), mean(found.staffed_h));
        assert_eq!(found, (paid, staffed), "{}", variant.name);
    }
    let cost = mean(summary.variants[0].cost.total);
    assert!((cost - 1_600.0).abs() < 1e-6, "{cost}");
}

/// Whoever has a contact as the break begins ends it first: beyond the staffing, as at the end of a shift.
#[test]
fn a_contact_goes_on_into_a_break() {
    let variant = run(&centre(300, SHIFTS), 4);
    let voice = voice(&variant);
    assert_eq!(mean(voice.staffed_h), 75.0);
    let overtime = mean(voice.overtime_h);
    assert!(overtime > 0.3 && overtime < 3.0, "{overtime}");
    assert!((mean(voice.paid_h) - 80.0 - overtime).abs() < 1e-6);
}

#[test]
fn a_roster_says_who_of_each_group_is_there() {
    let text = centre(0, "staff = { roster = \"roster.csv\" }\n")
        + "[groups.spare]\nskills = [\"phone\"]\nstaff = 0\n[[variants]]\nname = \"less\"\nremove = [\"groups.spare\"]\n";
    let roster = "agent,group,start,end,activity\n\
        Ann,voice,2026-09-07 08:00,2026-09-07 10:00,work\nAnn,voice,2026-09-07 10:00,2026-09-07 10:20,break\n\
        Ann,voice,2026-09-07 10:20,2026-09-07 14:00,work\nBob,spare,2026-09-07 08:00,2026-09-07 14:00,work\n\
        Cat,voice,2026-09-07 22:00,2026-09-08 06:00,work\n";
    let scenario = Scenario::parse(&text, "test.toml", |_| Ok(roster.as_bytes().to_vec()));
    let compiled = scenario
        .and_then(|scenario| scenario.compile())
        .unwrap_or_else(|problems| panic!("{problems}"));
    let workers = Workers::new(2).expect("two threads");
    let summary = Study::new(&compiled, |_| true, None)
        .run(Stopping::Replications(2), &workers, &|| ())
        .expect("the run ends");
    for variant in &summary.variants {
        assert!((mean(voice(variant).paid_h) - 8.0).abs() < 1e-9);
        assert!((mean(voice(variant).staffed_h) - 8.0 + 1.0 / 3.0).abs() < 1e-9);
    }
}

#[test]
fn heads_by_date_have_a_bounded_number_of_steps() {
    let text = centre(0, SHIFTS)
        .replace("days = 1\n", "days = 3660\n")
        .replace("\"08:00\"", "\"08:01\"")
        .replace("from = \"12:00\"", "from = \"12:01\"");
    assert_eq!(compiled(&text).variants.len(), 1);
    let groups: String = (0..4)
        .map(|number| {
            format!(
                "[groups.g{number}]\nskills = [\"phone\"]\nstaff = {{ shifts = {{ early = 1 }} }}\n"
            )
        })
        .collect();
    let problems = Scenario::parse(&(text + &groups), "a.toml", |_| Err(String::new()))
        .and_then(|scenario| scenario.compile())
        .expect_err("too many steps")
        .to_string();
    assert!(problems.contains("20000000 are possible"), "{problems}");
}
