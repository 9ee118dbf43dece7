//! Planned staff in the place of whatever the file had: holidays and single dates, rosters.

use channelmix::scenario::Scenario;
use channelmix::scenario::model::{Compiled, Variant};
use channelmix::scenario::planned::{Planned, PlannedStaff};

/// A week with a holiday on Thursday; who works when is written by the tests.
fn desk(voice: &str, rest: &str) -> String {
    format!(
        "name = \"Desk\"\ncurrency = \"EUR\"\n[horizon]\nstart = \"2026-09-07\"\ndays = 7\ninterval = \"6h\"\nholidays = [\"2026-09-10\"]\n\
         [queues.phone]\nchannel = \"phone\"\narrivals = {{ per_hour = 3 }}\nhandle_time = \"4m\"\n\
         [queues.email]\nchannel = \"email\"\narrivals = {{ per_hour = 2 }}\nhandle_time = \"7m\"\n\
         [groups.voice]\nskills = [\"phone\", \"email\"]\nwage = 20\n{voice}\n\
         [groups.office]\nskills = [\"email\"]\nstaff = {{ roster = \"data/office.csv\" }} # as agreed\nplan = {{ fixed = true }}\n{rest}"
    )
}

const ROSTER: &str = "agent,group,start,end,activity\nann,office,2026-09-07 08:00,2026-09-07 12:00,work\nann,office,2026-09-07 12:00,2026-09-07 12:30,lunch\n\
                      ann,office,2026-09-07 12:30,2026-09-07 16:00,work\nbob,voice,2026-09-08 06:00,2026-09-08 12:00,work\n";

fn data(name: &str) -> Result<Vec<u8>, String> {
    let is_there = [
        "data/office.csv",
        "../data/office.csv",
        "data/voice.csv",
        "../data/voice.csv",
    ];
    if is_there.contains(&name) {
        return Ok(ROSTER.as_bytes().to_vec());
    }
    Err("there is no such file".to_owned())
}

fn planned(text: &str, variant: &str) -> Planned {
    let scenario = Scenario::parse(text, "desk.toml", data).expect("TOML");
    let weekdays = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];
    let staff = PlannedStaff {
        group: "voice".to_owned(),
        days: weekdays.map(|day| (Some(day), vec![0, 3, 2, 1])).to_vec(),
    };
    let path = |name: &str| format!("../{name}");
    let planned = scenario.with_staff(variant, &[staff], &["Planned.".to_owned()], &path);
    planned.unwrap_or_else(|problems| panic!("{problems}"))
}

fn compiled(text: &str) -> Compiled {
    let scenario = Scenario::parse(text, "plan.toml", data).expect("TOML");
    let compiled = scenario.compile();
    compiled.unwrap_or_else(|problems| panic!("{problems}\n{text}"))
}

/// Paid heads of a group at 07:00 and 13:00 of each day.
fn heads(variant: &Variant, group: &str) -> Vec<(u32, u32)> {
    let model = &variant.model;
    let found = model.groups.iter().find(|(_, own)| own.name.text == group);
    let (id, _) = found.expect("the group is there");
    let at = |day: u32, hour: u64| {
        let mut pieces = model.calendar.pieces();
        let piece = pieces.find(|piece| {
            let ends = piece.wall_clock(piece.end).0;
            let hour = hour * 3_600_000_000;
            piece.day == day && (piece.time_of_day.0..ends).contains(&hour)
        });
        variant.staffing.heads[id].at(&piece.expect("a piece"))
    };
    (0..7).map(|day| (at(day, 7), at(day, 13))).collect()
}

#[test]
fn holidays_and_single_dates_give_way_to_the_plan_which_repeats_its_week() {
    let staff = "staff = { mon-fri = 5, sat-sun = 1, holidays = 0, \"2026-09-09\" = 9 }";
    let text = desk(staff, "");
    assert_eq!(
        heads(&compiled(&text).variants[0], "voice")[2..4],
        [(9, 9), (0, 0)]
    );
    let plan = planned(&text, "base").text;
    assert_eq!(heads(&compiled(&plan).variants[0], "voice"), [(3, 2); 7]);
    assert!(!plan.contains("2026-09-09"), "{plan}");
    assert!(plan.contains("holidays = [\"2026-09-10\"]"), "{plan}");
}

#[test]
fn staff_by_date_alone_gives_way_too() {
    let days = (7..14).map(|day| format!("\"2026-09-{day:02}\" = {day}"));
    let staff = format!("staff = {{ {} }}", days.collect::<Vec<_>>().join(", "));
    let plan = planned(&desk(&staff, ""), "base").text;
    assert_eq!(heads(&compiled(&plan).variants[0], "voice"), [(3, 2); 7]);
}

#[test]
fn a_roster_gives_way_in_its_group_and_stays_in_one_that_is_fixed() {
    let text = desk("staff = { roster = \"data/voice.csv\" }", "");
    let before = compiled(&text);
    assert_eq!(heads(&before.variants[0], "voice")[1], (1, 0));
    let plan = planned(&text, "base").text;
    let after = compiled(&plan);
    assert_eq!(heads(&after.variants[0], "voice"), [(3, 2); 7]);
    let office = heads(&after.variants[0], "office");
    assert_eq!(office, heads(&before.variants[0], "office"));
    assert!(!plan.contains("voice.csv"), "{plan}");
    assert!(
        plan.contains("staff = { roster = \"../data/office.csv\" } # as agreed"),
        "{plan}"
    );
}

#[test]
fn beside_a_variant_without_a_queue_the_base_keeps_its_roster() {
    let variant = "[[variants]]\nname = \"no email\"\nremove = [\"queues.email\"]\nmoves = { email = { phone = 1.0 } }\n\
                   set = { \"groups.voice.staff\" = { mon-sun = 8, holidays = 0 } }\n";
    let text = desk("staff = { roster = \"data/voice.csv\" }", variant);
    let planned = planned(&text, "no email");
    assert_eq!(planned.variant, "no email");
    let plan = compiled(&planned.text);
    assert_eq!(heads(&plan.variants[0], "voice")[1], (1, 0));
    assert_eq!(heads(&plan.variants[1], "voice"), [(3, 2); 7]);
    assert!(
        planned.text.contains("../data/voice.csv"),
        "{}",
        planned.text
    );
}

#[test]
fn a_plan_that_names_what_a_variant_has_taken_away_is_still_one() {
    let rest = "[plan.hiring]\nweeks = 2\noccupancy = 0.8\nvolumes = { phone = 500, email = 300 }\n\
                [plan.hiring.groups]\nvoice = { people = 9 }\noffice = { people = 3 }\n\
                [plan.mix.heads]\noffice = { max = 3 }\n[plan.mix.vary]\n\"groups.office.wage\" = \"10,11\"\n\
                [[variants]]\nname = \"no office\"\nremove = [\"groups.office\"]\n";
    let text = desk("staff = 4", rest);
    let of_variant = &compiled(&text).variants[1];
    let brief = of_variant.hiring.as_ref().expect("it plans its weeks");
    assert_eq!(brief.groups.len(), 1);
    let plan = planned(&text, "no office");
    assert_eq!(plan.variant, "base");
    let base = &compiled(&plan.text).variants[0];
    assert_eq!(base.model.groups.len(), 1);
    assert_eq!(heads(base, "voice"), [(3, 2); 7]);
}
