//! Shifts and rosters, compiled to heads over time.

use super::model::{Compiled, Duties, Staffing};
use super::{Problems, Scenario};
use crate::ids::GroupId;
use crate::time::SimDuration;

const ONLY: GroupId = GroupId(0);

pub(super) fn text(horizon: &str, staff: &str) -> String {
    format!(
        "name = \"n\"\ncurrency = \"EUR\"\n[horizon]\n{horizon}\n[queues.phone]\nchannel = \"phone\"\n\
         arrivals = {{ per_hour = 2 }}\nhandle_time = \"4m\"\n[groups.voice]\nskills = [\"phone\"]\n{staff}\n"
    )
}

pub(super) fn try_with(text: &str, data: &str) -> Result<Compiled, Problems> {
    Scenario::parse(text, "a.toml", |_| Ok(data.as_bytes().to_vec()))?.compile()
}

pub(super) fn compiled(horizon: &str, staff: &str, data: &str) -> Compiled {
    try_with(&text(horizon, staff), data).unwrap_or_else(|problems| panic!("{problems}"))
}

fn faults(staff: &str, data: &str) -> String {
    let text = text("start = \"2026-09-07\"\ndays = 2", staff);
    match try_with(&text, data) {
        Ok(_) => "none".to_owned(),
        Err(problems) => problems.to_string(),
    }
}

fn duties(staffing: &Staffing) -> &Duties {
    staffing.duties[ONLY].as_ref().expect("duties")
}

/// When paid heads and heads at work change, in hours since the start.
pub(super) fn changes(compiled: &Compiled) -> Vec<(f64, u32, u32)> {
    let variant = &compiled.variants[0];
    let staffing = &variant.staffing;
    let mut changes: Vec<(f64, u32, u32)> = Vec::new();
    for piece in variant.model.calendar.pieces() {
        let now = (
            staffing.heads[ONLY].at(&piece),
            staffing.at_work(ONLY, &piece),
        );
        if changes.last().is_none_or(|last| (last.1, last.2) != now) {
            let at = SimDuration(piece.start.0.cast_unsigned());
            changes.push((at.as_hours(), now.0, now.1));
        }
    }
    changes
}

const MONDAY: &str = "start = \"2026-09-07\"\ndays = 1";

#[test]
fn agents_of_a_shift_take_their_breaks_in_turns() {
    let staff = "staff = { shifts = { early = 5 } }\n[shifts.early]\nstart = \"08:00\"\nlength = \"8h30m\"\n\
        breaks = [{ length = \"15m\", from = \"10:00\", to = \"10:40\" }]\nlunch = { length = \"30m\", from = \"12:00\" }";
    let compiled = compiled(MONDAY, staff, "");
    // Two turns fit into forty minutes; agents 1 to 3 of five take the first.
    assert_eq!(
        changes(&compiled),
        [
            (0.0, 0, 0),
            (8.0, 5, 5),
            (10.0, 5, 2),
            (10.25, 5, 3),
            (10.5, 5, 5),
            (12.0, 0, 0),
            (12.5, 5, 5),
            (16.5, 0, 0)
        ]
    );
    assert_eq!(
        compiled.variants[0].model.calendar.step(),
        SimDuration::from_seconds(900)
    );
    let duties = duties(&compiled.variants[0].staffing);
    let hours = |agent: usize| -> Vec<(f64, f64)> {
        let spans = duties.agents[agent].at_work.iter();
        spans
            .map(|span| (span.from.as_hours(), span.to.as_hours()))
            .collect()
    };
    assert_eq!(hours(0), [(0.0, 2.0), (2.25, 4.0), (4.5, 8.5)]);
    assert_eq!(hours(4), [(0.0, 2.25), (2.5, 4.0), (4.5, 8.5)]);
}

#[test]
fn a_night_shift_of_the_evening_before_lasts_into_the_first_day() {
    let night = |days: &str| {
        format!(
            "staff = {{ shifts = {{ night = 3 }} }}\n[shifts.night]\nstart = \"22:00\"\nlength = \"8h\"\ndays = \"{days}\"\n\
             breaks = [{{ length = \"1h\", from = \"02:00\", paid = false }}]"
        )
    };
    let every = [
        (0.0, 3, 3),
        (2.0, 0, 0),
        (3.0, 3, 3),
        (6.0, 0, 0),
        (22.0, 3, 3),
    ];
    assert_eq!(changes(&compiled(MONDAY, &night("sun-mon"), "")), every);
    assert_eq!(
        changes(&compiled(MONDAY, &night("mon"), "")),
        [every[3], every[4]].map(|(at, paid, work)| (if at < 22.0 { 0.0 } else { at }, paid, work))
    );
    assert_eq!(changes(&compiled(MONDAY, &night("sun"), "")), every[..4]);
}

/// On both nights a shift lasts as long as on any other, and so it ends an hour earlier or later by the clock.
#[test]
fn a_shift_over_a_change_of_the_clocks_has_its_full_length() {
    let staff = "staff = { shifts = { night = 1 } }\n[shifts.night]\nstart = \"22:00\"\nlength = \"8h\"\ndays = \"sat\"\n\
        lunch = { length = \"30m\", from = \"01:30\" }";
    for (first, zone) in [
        ("2026-10-24", "Europe/Berlin"),
        ("2026-03-28", "Europe/Berlin"),
        ("2026-04-04", "Australia/Lord_Howe"),
        ("2026-10-03", "Australia/Lord_Howe"),
    ] {
        let horizon = format!("start = \"{first}\"\ndays = 2\ntime_zone = \"{zone}\"");
        assert_eq!(
            changes(&compiled(&horizon, staff, "")),
            [
                (0.0, 0, 0),
                (22.0, 1, 1),
                (25.5, 0, 0),
                (26.0, 1, 1),
                (30.0, 0, 0)
            ],
            "{first} {zone}"
        );
    }
}

/// At 02:30 on the day on which 02:00 to 03:00 is left out, and on the day on which it comes twice.
#[test]
fn a_shift_that_begins_while_the_clocks_change_begins_as_long_after_midnight() {
    let staff = "staff = { shifts = { night = 1 } }\n[shifts.night]\nstart = \"02:30\"\nlength = \"2h\"\ndays = \"sun\"";
    for first in ["2026-10-25", "2026-03-29"] {
        let horizon = format!("start = \"{first}\"\ndays = 1\ntime_zone = \"Europe/Berlin\"");
        assert_eq!(
            changes(&compiled(&horizon, staff, "")),
            [(0.0, 0, 0), (2.5, 1, 1), (4.5, 0, 0)],
            "{first}"
        );
    }
}

#[test]
fn a_shift_of_a_whole_day_may_have_its_break_at_the_end() {
    let staff = "staff = { shifts = { all = 2 } }\n[shifts.all]\nstart = \"08:00\"\nlength = \"24h\"\n\
        breaks = [{ length = \"2h\", from = \"06:00\", to = \"08:00\" }]";
    assert_eq!(
        changes(&compiled(MONDAY, staff, "")),
        [(0.0, 2, 2), (6.0, 2, 0), (8.0, 2, 2)]
    );
}

#[test]
fn what_is_wrong_with_shifts_is_said_where_it_stands() {
    const SHIFT: &str =
        "staff = { shifts = { early = 5 } }\n[shifts.early]\nstart = \"08:00\"\nlength = \"8h\"\n";
    let with = |more: &str| faults(&format!("{SHIFT}{more}"), "");
    assert_eq!(with(""), "none");
    for (from, to, said) in [
        (
            "{ early = 5",
            "{ eraly = 5",
            "there is no shift \"eraly\"\n",
        ),
        ("{ early = 5", "{ eraly = 5", "did you mean `early`?"),
        ("shifts =", "shfits =", "did you mean `shifts`?"),
        ("= 5", "= -5", "expected a whole number from 0 to 100000"),
        ("= 5", "= 99999, b = 2 }, x = { a = 3", "unknown key `x`"),
        (
            "\"8h\"",
            "\"25h\"",
            "a shift lasts 24h at most, found 1d 1h",
        ),
        ("\"8h\"", "\"30s\"", "expected whole minutes, found 30s"),
        ("\"08:00\"", "\"24:00\"", "expected a time of day"),
        ("\"08:00\"", "8", "expected a time of day"),
        ("start", "strat", "unknown key `strat`"),
    ] {
        let found = faults(&SHIFT.replacen(from, to, 1), "");
        assert!(found.contains(said), "{said} is not in {found}");
    }
    for (more, said) in [
        ("days = \"mo-fr\"", "expected weekdays such as \"mon-fri\""),
        (
            "breaks = [{ length = \"15m\", from = \"17:00\" }]",
            "does not lie within the shift, which lasts 8h",
        ),
        (
            "breaks = [{ length = \"15m\", from = \"15:50\" }]",
            "does not lie within the shift",
        ),
        (
            "breaks = [{ length = \"15m\", from = \"10:00\", to = \"10:10\" }]",
            "there is no time for a break of 15m",
        ),
        (
            "breaks = [{ length = \"15m\", from = \"10:00\", to = \"09:00\" }]",
            "there is no time for a break of 15m",
        ),
        (
            "breaks = [{ length = \"15m\", from = \"10:00\", to = \"10:30\" }]\nlunch = { length = \"1h\", from = \"10:15\" }",
            "the break begins while agents are on another one",
        ),
        (
            "lunch = { length = \"90s\", from = \"10:15\" }",
            "whole minutes",
        ),
        ("lunch = { length = \"1h\" }", "missing key `from`"),
    ] {
        let found = with(more);
        assert!(found.contains(said), "{said} is not in {found}");
    }
}

const HEADER: &str = "agent,group,start,end,activity\n";

#[test]
fn a_roster_gives_heads_paid_and_heads_at_work() {
    let rows = "Ann,voice,2026-09-07 08:00,2026-09-07 12:00,work\n\
        Ann,voice,2026-09-07 12:00,2026-09-07 12:30,lunch\n\
        Ann,voice,2026-09-07 12:30,2026-09-07 16:30,work\n\
        Bob,voice,2026-09-07T11:00:00+02:00,2026-09-07T13:00:00+02:00,work\n\
        Bob,voice,2026-09-07 13:00,2026-09-07 13:20,training\n\
        Cat,voice,2026-09-06 20:00,2026-09-07 02:00,work\n";
    let horizon = "start = \"2026-09-07\"\ndays = 1\ntime_zone = \"Europe/Berlin\"";
    let compiled = compiled(
        horizon,
        "staff = { roster = \"r.csv\" }",
        &format!("{HEADER}{rows}"),
    );
    let found = changes(&compiled);
    assert_eq!(
        found[..6],
        [
            (0.0, 1, 1),
            (2.0, 0, 0),
            (8.0, 1, 1),
            (11.0, 2, 2),
            (12.0, 1, 1),
            (12.5, 2, 2)
        ]
    );
    assert_eq!(found[6], (13.0, 2, 1));
    assert_eq!(found[8], (16.5, 0, 0));
    let duties = duties(&compiled.variants[0].staffing);
    let first: Vec<_> = duties.days[0]
        .iter()
        .map(|team| (team.day, team.agents.clone()))
        .collect();
    assert_eq!(first, [(0, 0..1), (0, 1..2), (-1, 2..3)]);
    assert_eq!(duties.agents[0].at_work.len(), 2);
}

#[test]
fn a_scenario_says_what_activities_mean() {
    let rows = "Ann,voice,2026-09-07 08:00,2026-09-07 12:00,phones\n\
        Ann,voice,2026-09-07 12:00,2026-09-07 13:00,lunch\n";
    let staff =
        "staff = { roster = \"r.csv\", activities = { work = [\"phones\"], paid = [\"lunch\"] } }";
    let compiled = compiled(MONDAY, staff, &format!("{HEADER}{rows}"));
    assert_eq!(
        changes(&compiled),
        [(0.0, 0, 0), (8.0, 1, 1), (12.0, 1, 0), (13.0, 0, 0)]
    );
}

#[test]
fn what_is_wrong_with_a_roster_is_said_with_its_row() {
    const ROWS: &str = "Ann,voice,2026-09-07 08:00,2026-09-07 12:00,work\n\
        Ann,voice,2026-09-07 12:00,2026-09-07 12:30,lunch\n";
    const STAFF: &str = "staff = { roster = \"r.csv\" }";
    assert_eq!(faults(STAFF, &format!("{HEADER}{ROWS}")), "none");
    for (from, to, said) in [
        (
            "agent,",
            "agnt,",
            "no column `agent` in the header; did you mean `agnt`?",
        ),
        ("group,", "grp,", "no column `group`"),
        (
            ",lunch",
            ",lnch",
            "row 3, column activity: nobody says what `lnch` is; did you mean `lunch`?",
        ),
        (
            "Ann,voice,2026-09-07 12",
            "Ann,vice,2026-09-07 12",
            "row 3, column group: there is no group `vice`; did you mean `voice`?",
        ),
        (
            "Ann,voice,2026-09-07 12",
            ",voice,2026-09-07 12",
            "row 3, column agent: nobody is named",
        ),
        (
            "2026-09-07 12:30",
            "2026-09-07 11:30",
            "row 3: ends at \"2026-09-07 11:30\", not after its start",
        ),
        (
            "2026-09-07 12:00,2026-09-07 12:30",
            "2026-09-07 11:45,2026-09-07 12:30",
            "row 3: `Ann` is doing something else, see row 2",
        ),
        (
            "2026-09-07 12:30",
            "2026-09-07 12:30:15",
            "row 3, column end: expected a time in whole minutes",
        ),
        ("2026-09-07 12:30", "noon", "found \"noon\""),
    ] {
        let found = faults(STAFF, &format!("{HEADER}{ROWS}").replacen(from, to, 1));
        assert!(found.contains(said), "{said} is not in {found}");
    }
    let nobody = faults(&STAFF.replace("voice", "x"), HEADER);
    assert!(nobody.contains("no rows below the header"), "{nobody}");
    let twice =
        "staff = { roster = \"r.csv\", activities = { work = [\"lunch\"], paid = [\"lunch\"] } }";
    let found = faults(twice, &format!("{HEADER}{ROWS}"));
    assert!(
        found.contains("the activity `lunch` is named twice"),
        "{found}"
    );
}
