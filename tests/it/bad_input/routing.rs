//! Who takes whom: skills, choices and policies.

use super::base::{Case, assert_faults};

const SKILLS: &[Case] = &[
    (
        "[\"phone\", {",
        "[{ queue = \"phone\", reserve = -1 }, {",
        "24:40 groups.voice.skills[1].reserve",
        &["a whole number from 0 to 100000"],
    ),
    (
        "[\"phone\", {",
        "[{ queue = \"phone\", reserved = 2 }, {",
        "24:30 groups.voice.skills[1].reserved",
        &["unknown key `reserved`", "did you mean `reserve`?"],
    ),
];

#[test]
fn terms_of_skills_are_checked() {
    assert_faults(SKILLS);
}
