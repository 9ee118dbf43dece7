//! Sizes that would not fit, and values that are given in two places or in none.

use super::base::{BASE, Case, DATA, assert_faults, check};

const TOGETHER: &[Case] = &[
    (
        "\"groups.voice.staff\" = 5",
        "\"groups.voice.staff\" = 5, groups = { voice = { staff = 6 } }",
        "32:56 variants[1].set.groups.voice.staff",
        &["`groups.voice.staff` is set twice"],
    ),
    (
        "\"groups.voice.staff\" = 5",
        "\"groups.voice.at_once.email\" = 1, \"groups.voice\" = { at_once = { email = 2 } }",
        "32:62 variants[1].set.groups.voice.at_once",
        &["`groups.voice.at_once.email` and `groups.voice.at_once` are both set"],
    ),
    (
        "phone = { email = 0.5 }",
        "phone = { email = 0 }",
        "36:29 variants[2].moves.phone.email",
        &["a share above 0", "found the number 0"],
    ),
    (
        "phone = { email = 0.5 }",
        "phone = {}",
        "36:11 variants[2].moves.phone",
        &["at least one queue to move to"],
    ),
    (
        "share = 0.8, within = \"20s\"",
        "asa = \"20s\", definition = \"offered\"",
        "16:38 queues.phone.target.definition",
        &["definition goes with share and within, which are missing"],
    ),
    (
        "share = 0.8, within = \"20s\"",
        "asa = \"20s\", clock = \"calendar\"",
        "16:33 queues.phone.target.clock",
        &["clock goes with share and within"],
    ),
    (
        "share = 0.8, within = \"20s\"",
        "asa = \"20s\", short = \"5s\"",
        "16:33 queues.phone.target.short",
        &["short goes with share and within"],
    ),
];

#[test]
fn what_belongs_together_is_checked() {
    assert_faults(TOGETHER);
}

fn shown(text: &str) -> String {
    check(text, DATA).expect_err("a fault").to_string()
}

#[test]
fn what_would_not_fit_into_memory_is_refused() {
    let day = BASE
        .replace("days = 3", "days = 1")
        .replace("{ per_interval = [0, 9, 9, 0] }", "{ per_hour = 3 }")
        .replace("[1, 2, 2, 1]", "3");
    let second = shown(&day.replace("\"6h\"", "\"1s\""));
    let product = "2 queues × 86400 intervals of a day × 3 variants with the base are 518400, 400000 are possible: choose a longer interval";
    assert!(second.contains(product), "{second}");
    assert!(second.contains("key: horizon.interval"), "{second}");
    check(&day.replace("\"6h\"", "\"2s\""), DATA).expect("half of it fits");
    let week = shown(
        &day.replace("days = 1", "days = 2")
            .replace("\"6h\"", "\"5s\""),
    );
    assert!(
        week.contains("120960 intervals of a week × 3 variants"),
        "{week}"
    );

    let pace = format!("pace = {:?}", vec![0.5; 1_000]);
    let crowd = BASE
        .replace("pace = [1.0, 0.8]", &pace)
        .replace("{ email = 2 }", "{ email = 1000 }")
        .replace("[1, 2, 2, 1]", "10001");
    let crowd = shown(&crowd);
    assert!(
        crowd
            .contains("heads × at_once of all groups together are 10001000, 10000000 are possible"),
        "{crowd}"
    );
    assert!(crowd.contains("key: groups.voice.at_once"), "{crowd}");
}
