use std::io::Cursor;

use calamine::{Data, Range, Reader, Xlsx};

use super::{write_plan, write_shifts};
use crate::plan::shifts::found::ShiftPlan;
use crate::report::fixture;
use crate::scenario::model::Compiled;
use crate::scenario::roster::RosterActivity::{Lunch, Work};
use crate::scenario::roster::RosterRow;

/// Values and formulas of a sheet.
fn sheet(book: &mut Xlsx<Cursor<Vec<u8>>>, name: &str) -> (Range<Data>, Range<String>) {
    let values = book.worksheet_range(name).unwrap();
    (values, book.worksheet_formula(name).unwrap())
}

/// The number beside a name on the first sheet, and its formula.
fn fact(plan: &(Range<Data>, Range<String>), name: &str) -> (f64, String) {
    let row = (0..100).find(|&row| plan.0.get_value((row, 0)) == Some(&Data::String(name.into())));
    let row = row.unwrap_or_else(|| panic!("{name}"));
    let value = plan.0.get_value((row, 1)).unwrap();
    let formula = plan.1.get_value((row, 1)).cloned();
    let number = calamine::DataType::as_f64(value);
    (number.unwrap(), formula.unwrap_or_default())
}

#[test]
fn a_plan_is_read_back_as_it_was() {
    let plan = fixture::plan();
    let bytes = write_plan(&plan).unwrap();
    assert!(
        bytes == write_plan(&plan).unwrap(),
        "the same bytes each time"
    );
    let mut book = Xlsx::new(Cursor::new(bytes)).unwrap();
    let names = ["Plan", "Promises", "Groups", "Heads", "Search"];
    assert_eq!(book.sheet_names(), names);
    let first = sheet(&mut book, "Plan");
    let near = |found: (f64, String), value: f64, formula: &str| {
        assert!((found.0 - value).abs() < 1e-9, "{found:?}");
        assert_eq!(found.1, formula);
    };
    near(fact(&first, "Staffing, EUR"), 1_800.0, "");
    near(fact(&first, "Saved of the file's"), 0.25, "1-$B$8/$B$9");
    near(
        fact(&first, "No plan costs less than, EUR"),
        1_600.0,
        "MAX($B$14:$B$16)",
    );
    near(fact(&first, "Gap"), 0.125, "($B$8-$B$17)/$B$17");
    // The cells that formulas name hold what they are about.
    for (row, value) in [
        (7, 1_800.0),
        (8, 2_400.0),
        (13, 1_200.0),
        (15, 1_600.0),
        (16, 1_600.0),
    ] {
        assert_eq!(first.0.get_value((row, 1)), Some(&Data::Float(value)));
    }
    let (heads, _) = sheet(&mut book, "Heads");
    let column = |group: u32| -> Vec<f64> {
        let cells = (1..9).filter_map(|row| heads.get_value((row, 2 + 3 * group)));
        cells.filter_map(calamine::DataType::as_f64).collect()
    };
    for (number, group) in (0..).zip(&plan.staff) {
        let of_plan = group.heads.iter().map(|slot| f64::from(slot.heads));
        assert_eq!(column(number), of_plan.collect::<Vec<f64>>());
    }
    let (groups, formulas) = sheet(&mut book, "Groups");
    assert_eq!(groups.get_value((1, 4)), Some(&Data::Float(-30.0)));
    let most = formulas.get_value((2, 5)).unwrap();
    assert_eq!(most, "MAX('Heads'!$F$2:$F$9)");
    let (promises, _) = sheet(&mut book, "Promises");
    assert_eq!(promises.height(), 3);
    assert_eq!(promises.get_value((2, 3)), Some(&Data::Float(45.0)));
}

/// Two days of two groups: Ann has a lunch, then a night; Bo comes the evening before.
fn rostered() -> (ShiftPlan, Compiled) {
    let text = r#"
name = "Desk"
currency = "EUR"
[horizon]
start = "2026-09-07"
days = 2
interval = "1h"
[queues.phone]
channel = "phone"
arrivals = { per_hour = 20 }
handle_time = "4m"
[groups.voice]
skills = ["phone"]
staff = 3
"#;
    let compiled = Compiled::sample(text);
    let calendar = &compiled.variants[0].model.calendar;
    let row = |agent: &str, group: &str, from: &str, to: &str, activity| RosterRow {
        agent: agent.to_owned(),
        group: group.to_owned(),
        from: calendar.read(from).unwrap(),
        to: calendar.read(to).unwrap(),
        activity,
    };
    let roster = vec![
        row(
            "Bo",
            "back, office",
            "2026-09-06 22:00",
            "2026-09-07 06:00",
            Work,
        ),
        row("Ann", "voice", "2026-09-07 08:00", "2026-09-07 12:00", Work),
        row(
            "Ann",
            "voice",
            "2026-09-07 12:00",
            "2026-09-07 12:30",
            Lunch,
        ),
        row("Ann", "voice", "2026-09-07 12:30", "2026-09-07 16:30", Work),
        row("Ann", "voice", "2026-09-08 22:00", "2026-09-09 06:00", Work),
        row("Cy", "voice", "2026-09-08 08:00", "2026-09-08 16:00", Work),
    ];
    let found = ShiftPlan {
        plan: fixture::plan(),
        patterns: Vec::new(),
        duties: Vec::new(),
        roster,
    };
    (found, compiled)
}

#[test]
fn a_roster_has_a_row_an_agent_and_a_column_a_day() {
    let (found, compiled) = rostered();
    let calendar = &compiled.variants[0].model.calendar;
    let bytes = write_shifts(&found, calendar).unwrap();
    let mut book = Xlsx::new(Cursor::new(bytes)).unwrap();
    let names = ["Plan", "Promises", "Groups", "Heads", "Search", "Roster"];
    assert_eq!(book.sheet_names(), names);
    let (roster, formulas) = sheet(&mut book, "Roster");
    let texts: Vec<String> = roster
        .rows()
        .map(|row| {
            row.iter()
                .map(ToString::to_string)
                .collect::<Vec<_>>()
                .join("|")
        })
        .collect();
    assert_eq!(
        texts,
        [
            "Group|Agent|Duties|Sun 2026-09-06|Mon 2026-09-07|Tue 2026-09-08",
            "voice|Ann|2||08:00–16:30|22:00–06:00",
            "voice|Cy|1|||08:00–16:00",
            "back, office|Bo|1|22:00–06:00||",
            "|||||",
            "voice: on duty|||0|1|2",
            "back, office: on duty|||1|0|0",
        ]
    );
    let formula = |row, column| formulas.get_value((row, column)).cloned().unwrap();
    assert_eq!(formula(2, 2), "COUNTA(D3:F3)");
    assert_eq!(formula(5, 5), "COUNTA(F2:F3)");
    assert_eq!(formula(6, 3), "COUNTA(D4:D4)");
}
