//! Shifts, rosters and who is there: what agents are paid for and what they do.

use channelmix::scenario::Scenario;
use channelmix::scenario::model::Stopping;
use channelmix::sim::observer::Outcome;
use channelmix::sim::parallel::Workers;
use channelmix::stats::estimate::Estimate;
use channelmix::stats::summary::{GroupMeasures, VariantSummary};
use channelmix::study::run::Study;
use channelmix::time::SimTime;

use super::properties::record::{Record, Told};
use super::support::{compiled, run, summary, t_of};

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
    assert!((mean(voice.staffed_h) - 75.0).abs() < 1e-9);
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
    let group = "[groups.NAME]\nskills = [\"phone\"]\nstaff = { shifts = { early = 1 } }\n";
    let groups = ["a", "b", "c", "d"].map(|name| group.replace("NAME", name));
    let problems = Scenario::parse(&(text + &groups.concat()), "a.toml", |_| Err(String::new()))
        .and_then(|scenario| scenario.compile())
        .expect_err("too many steps")
        .to_string();
    assert!(problems.contains("20000000 are possible"), "{problems}");
}

fn standard_error(estimate: Estimate, replications: u64) -> f64 {
    estimate.half_width().expect("many") / t_of(replications)
}

/// A week with 30 agents by day, of whom each is away on a tenth of the days; all of them are paid.
#[test]
fn absence_takes_whole_days_of_agents_who_are_paid_all_the_same() {
    for people in [
        "staff = [0, 0, 0, 0, 0, 0, 0, 0, 30, 30, 30, 30, 20, 30, 30, 30, 0, 0, 0, 0, 0, 0, 0, 0]\n",
        "staff = { shifts = { day = 30 } }\n[shifts.day]\nstart = \"08:00\"\nlength = \"8h\"\nlunch = { length = \"20m\", from = \"12:00\" }\n",
    ] {
        let text = centre(0, &format!("absence = 0.1\n{people}"))
            .replace("days = 1", "days = 7\ninterval = \"1h\"");
        let variant = run(&text, 100);
        let voice = voice(&variant);
        let paid = mean(voice.paid_h);
        assert!((paid - 7.0 * 230.0).abs() < 1e-6, "{paid}");
        let staffed = voice.staffed_h;
        let error = (mean(staffed) - 0.9 * paid) / standard_error(staffed, 100);
        assert!(error.abs() < 3.3, "{staffed:?}: {error}");
        assert!(standard_error(staffed, 100) < 0.005 * paid, "{staffed:?}");
    }
}

/// Heads present over a day, by group, of one replication.
fn present(text: &str) -> Vec<(SimTime, u32)> {
    let record = Record::of(&compiled(text).variants[0], 1, 0);
    let staffed = record.log.iter().filter_map(|(now, told)| match told {
        Told::Staffed { present, .. } => Some((*now, *present)),
        _ => None,
    });
    staffed.collect()
}

#[test]
fn one_agent_more_leaves_the_days_of_the_others_as_they_were() {
    let text = |agents: u32| {
        centre(
            0,
            &format!(
                "absence = 0.4\nlate = {{ share = 0.5, by = \"17m\" }}\nstaff = {{ shifts = {{ day = {agents} }} }}\n[shifts.day]\nstart = \"08:00\"\nlength = \"8h\"\n"
            ),
        )
    };
    let [mut before, mut more] = [0, 0];
    for agents in 0..40 {
        let at_nine = |(at, _): &&(SimTime, u32)| at.0 == 9 * 3_600_000_000;
        let found = present(&text(agents));
        let (_, heads) = found.iter().find(at_nine).expect("a piece begins");
        assert!(
            *heads == before || *heads == before + 1,
            "{agents}: {heads} after {before}"
        );
        more += heads - before;
        before = *heads;
    }
    assert!(more > 10 && more < 35, "{more}");
}

#[test]
fn who_is_late_comes_at_the_minute_and_not_before() {
    let text = centre(
        0,
        "late = { share = 1, by = \"17m\" }\nstaff = [0, 0, 0, 0, 0, 0, 0, 0, 5, 5, 7, 7, 7, 7, 5, 5, 0, 0, 0, 0, 0, 0, 0, 0]\n",
    )
    .replace("days = 1", "days = 1\ninterval = \"1h\"");
    let minutes = |(at, heads): (SimTime, u32)| (at.0 / 60_000_000, heads);
    let mut found: Vec<(i64, u32)> = present(&text).into_iter().map(minutes).collect();
    found.dedup_by_key(|(_, heads)| *heads);
    assert_eq!(found, [(0, 0), (497, 5), (617, 7), (840, 5), (960, 0)]);
    // Who is on duty as the day begins has been so before.
    let all_day = text.replace("[0, 0, 0, 0, 0, 0, 0, 0, 5", "[1, 1, 1, 1, 1, 1, 1, 1, 5");
    assert_eq!(present(&all_day)[0].1, 1);
}

#[test]
fn adherence_is_shrinkage_of_what_shrinkage_leaves() {
    let of = |keys: &str| {
        let text = centre(60, &format!("staff = 9\n{keys}\n"));
        mean(voice(&run(&text, 5)).staffed_h)
    };
    let both = of("shrinkage = 0.2\nadherence = 0.9");
    assert!((both - of("shrinkage = 0.28")).abs() < 1e-9);
    assert!(both < of("shrinkage = 0.2") - 5.0);
}

/// Work of mean 1 by agent: with enough agents who all have the same load, the mean handle time is what the queue says.
#[test]
fn the_mean_handle_time_over_agents_is_the_one_written() {
    let aht = |keys: &str| {
        // All customers at once and as many agents: each takes one.
        let text = centre(0, &format!("staff = 200\n{keys}\n"))
            .replace("\"phone\"\narrivals", "\"phone\"\nbacklog = 200\narrivals");
        let variant = run(&text, 100);
        variant
            .queues
            .iter()
            .next()
            .expect("one")
            .1
            .measures
            .handle_time_s
            .mean
    };
    let alike = mean(aht(""));
    let found = aht("speed_cv = 0.5");
    let error = (mean(found) - alike) / standard_error(found, 100);
    assert!(error.abs() < 3.3, "{found:?} beside {alike}: {error}");
    let slower = mean(aht(
        "new_hires = { agents = 100, starts_at = 1.6, learns = \"20d\" }",
    ));
    assert!(
        (slower / alike - 1.3).abs() < 0.02,
        "{slower} beside {alike}"
    );
}

#[test]
fn what_is_wrong_with_people_is_said() {
    for (keys, said) in [
        ("absence = 1.0", "expected a share from 0 to below 1"),
        ("late = { share = 0.1 }", "missing key `by`"),
        ("late = { share = 0.1, by = \"never\" }", "found \"never\""),
        ("adherence = 0", "expected a share above 0 and at most 1"),
        ("speed_cv = -1", "expected a cv from 0 to 10"),
        (
            "new_hires = { agents = 1, starts_at = 0, learns = \"2d\" }",
            "a speed above zero",
        ),
        (
            "new_hires = { agents = 1, starts_at = 2, learns = \"0d\" }",
            "a duration above zero",
        ),
        ("abscence = 0.1", "did you mean `absence`?"),
    ] {
        let text = centre(0, &format!("staff = 3\n{keys}\n"));
        let problems = Scenario::parse(&text, "a.toml", |_| Err(String::new()))
            .and_then(|scenario| scenario.compile())
            .expect_err(keys)
            .to_string();
        assert!(problems.contains(said), "{said} is not in {problems}");
    }
    let batches = centre(0, "staff = 3\nspeed_cv = 0.2\n")
        .replace("days = 1\n", "days = 4\n[run]\nbatch_days = 2\n");
    let problems = Scenario::parse(&batches, "a.toml", |_| Err(String::new()))
        .and_then(|scenario| scenario.compile())
        .expect_err("batches")
        .to_string();
    assert!(problems.contains("agents keep their speeds"), "{problems}");
}

/// Calls at every hour from Thursday, 24 December, to Sunday; Friday and Saturday are holidays.
#[test]
fn queues_with_opening_hours_are_closed_on_holidays_unless_they_say_otherwise() {
    let hours_open = |open: &str| {
        let text = centre(20, "staff = 30\n")
            .replace("days = 1\n", "days = 4\nholidays = { \"2026-12-25\" = \"Christmas\", \"2026-12-26\" = \"St Stephen\" }\n")
            .replace("2026-09-07", "2026-12-24")
            .replace("channel = \"phone\"\n", &format!("channel = \"phone\"\n{open}\n"));
        let mut open = [[false; 24]; 4];
        let mut closed = open;
        for index in 0..4 {
            let record = Record::of(&compiled(&text).variants[0], 1, index);
            for (_, contact, outcome) in record.endings() {
                let hour =
                    usize::try_from(contact.arrived_at.0 / 3_600_000_000).expect("after the start");
                let found = match outcome {
                    Outcome::Blocked => &mut closed,
                    _ => &mut open,
                };
                found[hour / 24][hour % 24] = true;
            }
        }
        let times: Vec<Vec<usize>> = open
            .iter()
            .map(|day| (0..24).filter(|hour| day[*hour]).collect())
            .collect();
        for (day, hours) in times.iter().enumerate() {
            assert!(
                hours.iter().all(|hour| !closed[day][*hour]),
                "open and closed in one hour"
            );
        }
        times
    };
    let from = |from: usize, to: usize| (from..to).collect::<Vec<_>>();
    let all = from(0, 24);
    assert_eq!(hours_open(""), vec![all; 4]);
    assert_eq!(
        hours_open("open = \"08:00-20:00\""),
        [from(8, 20), vec![], vec![], from(8, 20)]
    );
    assert_eq!(
        hours_open(
            "open = { mon-sat = \"08:00-20:00\", sun = \"closed\", holidays = \"as_usual\" }"
        ),
        [from(8, 20), from(8, 20), from(8, 20), vec![]]
    );
    // What a day opens past its midnight is open, whatever the next one is.
    assert_eq!(
        hours_open(
            "open = { mon-sun = \"20:00-26:00\", holidays = \"10:00-12:00\", \"2026-12-24\" = \"08:00-13:00, 22:00-25:00\" }"
        ),
        [
            [from(0, 2), from(8, 13), from(22, 24)].concat(),
            [from(0, 1), from(10, 12)].concat(),
            from(10, 12),
            from(20, 24),
        ]
    );
}
