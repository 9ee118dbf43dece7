//! Staff and opening hours by holiday and by date, compiled.

use super::people_tests::{changes, compiled, text, try_with};

const CHRISTMAS: &str = "start = \"2026-12-24\"\ndays = 4\ninterval = \"6h\"\nholidays = [\"2026-12-25\", \"2026-12-26\"]";

#[test]
fn staff_may_go_by_holiday_and_by_date() {
    let staff = "staff = { mon-fri = 9, sat = 5, sun = 6, holidays = 1, \"2026-12-24\" = [7, 7, 0, 0], \"2026-12-26\" = 3 }";
    assert_eq!(
        changes(&compiled(CHRISTMAS, staff, "")),
        [
            (0.0, 7, 7),
            (12.0, 0, 0),
            (24.0, 1, 1),
            (48.0, 3, 3),
            (72.0, 6, 6)
        ]
    );
    // Holidays without staff of their own are as any other day.
    let staff = "staff = { thu = 9, fri-sun = 5, \"2026-12-26\" = 3 }";
    assert_eq!(
        changes(&compiled(CHRISTMAS, staff, "")),
        [(0.0, 9, 9), (24.0, 5, 5), (48.0, 3, 3), (72.0, 5, 5)]
    );
}

#[test]
fn staff_by_date_goes_by_the_clock_on_the_wall() {
    let staff = "staff = { mon-sun = [1, 2, 3, 4], \"2026-10-25\" = [5, 6, 7, 8] }";
    let horizon =
        "start = \"2026-10-24\"\ndays = 2\ninterval = \"6h\"\ntime_zone = \"Europe/Berlin\"";
    let found = changes(&compiled(horizon, staff, ""));
    let hours = found.iter().map(|(at, heads, _)| (*at, *heads));
    assert_eq!(
        hours.collect::<Vec<_>>(),
        [
            (0.0, 1),
            (6.0, 2),
            (12.0, 3),
            (18.0, 4),
            (24.0, 5),
            (31.0, 6),
            (37.0, 7),
            (43.0, 8)
        ]
    );
}

#[test]
fn a_shift_may_leave_holidays_out() {
    let staff = |more: &str| {
        format!(
            "staff = {{ shifts = {{ night = 2 }} }}\n[shifts.night]\nstart = \"22:00\"\nlength = \"4h\"\n{more}"
        )
    };
    let of = |more| changes(&compiled(CHRISTMAS, &staff(more), ""));
    let every = of("");
    let without = of("holidays = false");
    assert_eq!(every.len(), 9);
    assert_eq!(
        without,
        [
            (0.0, 2, 2),
            (2.0, 0, 0),
            (22.0, 2, 2),
            (26.0, 0, 0),
            (94.0, 2, 2)
        ]
    );
}

/// Keys of the horizon and of the queue, staff, and what is said.
const FAULTY_HOLIDAYS: [(&str, &str, &str, &str); 12] = [
    (
        "holidays = [\"2026-12-25\"]",
        "open = { mon-sun = \"always\", holidays = \"as_usual\" }",
        "staff = 1",
        "none",
    ),
    (
        "holidays = { \"2026-12-25\" = \"Christmas Day\" }",
        "open = \"08:00-20:00\"",
        "staff = 1",
        "none",
    ),
    (
        "holidays = [\"2026-02-30\"]",
        "",
        "staff = 1",
        "the date 2026-02-30 does not exist",
    ),
    (
        "holidays = [\"25.12.2026\"]",
        "",
        "staff = 1",
        "expected a date such as",
    ),
    (
        "holidays = [\"2026-12-25\", \"2026-12-25\"]",
        "",
        "staff = 1",
        "the date 2026-12-25 is named twice",
    ),
    (
        "holidays = 3",
        "",
        "staff = 1",
        "expected a list of dates, or a table",
    ),
    (
        "holidays = { \"2026-12-25\" = 3 }",
        "",
        "staff = 1",
        "expected a text, found the number 3",
    ),
    (
        "",
        "open = { mon = \"as_usual\" }",
        "staff = 1",
        "a weekday cannot be as usual",
    ),
    (
        "",
        "open = { mon-sun = \"08:00-20:00\", hollidays = \"closed\" }",
        "staff = 1",
        "did you mean `holidays`?",
    ),
    (
        "",
        "open = { \"2026-12-32\" = \"closed\" }",
        "staff = 1",
        "found `2026-12-32`",
    ),
    (
        "",
        "",
        "staff = { mon-sun = 1, \"2026-12-24\" = [1, 2] }",
        "expected 48 numbers",
    ),
    (
        "holidays = [\"2026-12-25\"]",
        "",
        "staff = { holidays = 2 }",
        "days without staff: thu, sat, sun",
    ),
];

#[test]
fn what_is_wrong_with_holidays_is_said() {
    let said = |horizon: &str, queue: &str, staff: &str| {
        let text = text(
            &format!("start = \"2026-12-24\"\ndays = 4\n{horizon}"),
            staff,
        )
        .replace("handle_time", &format!("{queue}\nhandle_time"));
        match try_with(&text, "") {
            Ok(_) => "none".to_owned(),
            Err(problems) => problems.to_string(),
        }
    };
    for (horizon, queue, staff, expected) in FAULTY_HOLIDAYS {
        let found = said(horizon, queue, staff);
        assert!(found.contains(expected), "{expected} is not in {found}");
    }
}
