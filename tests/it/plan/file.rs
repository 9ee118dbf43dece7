//! `plan.toml`: a scenario with planned staff, as a library makes it.

use channelmix::scenario::Scenario;
use channelmix::scenario::planned::{Planned, PlannedStaff};

const CENTRE: &str = r#"#:schema channelmix.schema.json
# A small centre
name = "Small"
currency = "EUR"
[horizon]
start = "2026-09-07"
days = 7
interval = "6h"
[queues.phone]
channel = "phone"
arrivals = { file = "data/calls.csv", column = "offered" } # as counted
handle_time = "4m"
[queues.email]
channel = "email"
arrivals = { per_hour = 3 }
handle_time = "7m"
[groups.voice]
skills = ["phone", "email"]
wage = 19.5
staff = { shifts = { early = 2 } }
[shifts.early]
start = "06:00"
length = "12h"
[uncertain]
"groups.voice.staff.shifts.early" = { low = 1, high = 3 }
"queues.email.arrivals.per_hour" = { low = 2, high = 4 }
[[variants]]
name = "dearer"
set = { "groups.voice" = { wage = 25, staff = 4 } }
[[variants]]
name = "no email"
remove = ["queues.email"]
moves = { email = { phone = 0.5 } }
"#;

fn data(name: &str) -> Result<Vec<u8>, String> {
    if !name.ends_with("calls.csv") {
        return Err("there is no such file".to_owned());
    }
    let rows = (7..14).flat_map(|day| {
        [0, 6, 12, 18].map(|hour| format!("2026-09-{day:02} {hour:02}:00,{}\n", day + hour))
    });
    Ok(format!("start,offered\n{}", rows.collect::<String>()).into_bytes())
}

fn planned(variant: &str) -> Planned {
    let scenario = Scenario::parse(CENTRE, "small.toml", data).expect("TOML");
    let weekdays = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];
    let heads = |day: &&'static str| {
        let heads = if *day == "sun" { [0; 4] } else { [0, 3, 2, 1] };
        (Some(*day), heads.to_vec())
    };
    let staff = PlannedStaff {
        group: "voice".to_owned(),
        days: weekdays.iter().map(heads).collect(),
    };
    let said = ["Planned.".to_owned()];
    let path = |name: &str| format!("../{name}");
    scenario
        .with_staff(variant, &[staff], &said, &path)
        .unwrap_or_else(|problems| panic!("{problems}"))
}

/// Paid heads on Monday and Sunday at 07:00, and the wage, of a variant of a text.
fn read(text: &str, variant: &str) -> (u32, u32, u64) {
    let scenario = Scenario::parse(text, "plan.toml", data).expect("TOML");
    let compiled = scenario
        .compile()
        .unwrap_or_else(|problems| panic!("{problems}\n{text}"));
    let found = compiled.variants.iter().find(|found| found.name == variant);
    let found = found.expect("the variant is there");
    let (id, group) = found.model.groups.iter().next().expect("a group");
    let at = |day: usize| {
        let piece = found.model.calendar.pieces().find(|piece| {
            piece.weekday == u8::try_from(day).expect("a weekday") && piece.time_of_day.0 > 0
        });
        found.staffing.heads[id].at(&piece.expect("a piece"))
    };
    (at(0), at(6), group.wage_micros_per_hour / 1_000_000)
}

#[test]
fn the_base_has_the_planned_staff_and_keeps_its_comments() {
    let Planned { text, variant } = planned("base");
    assert_eq!(variant, "base");
    assert_eq!(read(&text, "base"), (3, 0, 19));
    assert!(
        text.starts_with("# Planned.\n\n# A small centre\n"),
        "{text}"
    );
    assert!(text.contains("file = \"../data/calls.csv\""), "{text}");
    assert!(text.contains("# as counted"), "{text}");
    let staff = "[groups.voice.staff]\nmon-sat = [0, 3, 2, 1]\nsun = 0\n";
    assert!(text.contains(staff), "{text}");
    assert!(
        !text.contains("variants") && !text.contains("staff.shifts"),
        "{text}"
    );
    assert!(text.contains("queues.email.arrivals.per_hour"), "{text}");
}

#[test]
fn a_variant_becomes_the_base_of_its_plan() {
    let Planned { text, variant } = planned("dearer");
    assert_eq!(variant, "base");
    assert_eq!(read(&text, "base"), (3, 0, 25));
}

#[test]
fn a_variant_that_takes_a_queue_away_stays_one_beside_the_base() {
    let Planned { text, variant } = planned("no email");
    assert_eq!(variant, "no email");
    assert_eq!(read(&text, "no email"), (3, 0, 19));
    // The base is still the file's own: two in the early shift, from six to six.
    assert_eq!(read(&text, "base").0, 2);
    assert!(!text.contains("dearer"), "{text}");
}
