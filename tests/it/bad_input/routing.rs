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
    (
        "[\"phone\", {",
        "[{ queue = \"phone\", after = 60 }, {",
        "24:38 groups.voice.skills[1].after",
        &["a duration"],
    ),
    (
        "[\"phone\", {",
        "[{ queue = \"phone\", weight = 0 }, {",
        "24:39 groups.voice.skills[1].weight",
        &["a weight above zero"],
    ),
    (
        "wage = 19.5",
        "agents = \"least_load\"",
        "28:10 groups.voice.agents",
        &["a choice of agents", "did you mean `least_loaded`?"],
    ),
    (
        "wage = 19.5",
        "policy = \"shortest_slacks\"",
        "28:10 groups.voice.policy",
        &["a policy", "did you mean `shortest_slack`?"],
    ),
    (
        "wage = 19.5",
        "switch = 30",
        "28:10 groups.voice.switch",
        &["a duration"],
    ),
    (
        "handle_time = \"7m\"",
        "handle_time = \"7m\"\ninterruptible = \"yes\"",
        "22:17 queues.email.interruptible",
        &["true or false"],
    ),
    (
        "handle_time = \"7m\"",
        "handle_time = \"7m\"\nresume = \"30s\"",
        "22:10 queues.email.resume",
        &["nothing interrupts this queue", "interruptible = true"],
    ),
    (
        "groups = [\"voice\"]",
        "groups = \"most_specialized\"",
        "17:10 queues.phone.groups",
        &["an order of groups", "did you mean `most_specialised`?"],
    ),
];

#[test]
fn terms_of_skills_are_checked() {
    assert_faults(SKILLS);
}
