//! Names of queues, groups and variants, and what belongs together.

use super::base::{BASE, Case, DATA, assert_faults, check};

const NAMES: &[Case] = &[
    (
        "skills = [\"phone\"",
        "skills = [\"fone\"",
        "24:11 groups.voice.skills[1]",
        &["skill `fone` is no queue", "did you mean `phone`?"],
    ),
    (
        "groups = [\"voice\"]",
        "groups = [\"voices\"]",
        "17:11 queues.phone.groups[1]",
        &["`voices` is no group", "did you mean `voice`?"],
    ),
    (
        "skills = [\"phone\", ",
        "skills = [\"phone\", \"phone\", ",
        "24:20 groups.voice.skills[2]",
        &["named twice"],
    ),
    (
        "at_once = { email = 2 }",
        "at_once = { email = 0 }",
        "26:21 groups.voice.at_once.email",
        &["from 1 to 1000"],
    ),
    (
        "at_once = { email = 2 }",
        "at_once = { emial = 2 }",
        "26:13 groups.voice.at_once.emial",
        &["no skill of this group", "did you mean `email`?"],
    ),
    (
        "at_once = { email = 2 }",
        "at_once = { email = 3 }",
        "27:8 groups.voice.pace",
        &["at least 3 speeds", "found 2"],
    ),
    (
        "pace = [1.0, 0.8]\n",
        "",
        "26:11 groups.voice.at_once",
        &["`pace` must give the speed with 1 to 2"],
    ),
    (
        "pace = [1.0, 0.8]",
        "pace = [1.0, 0]",
        "27:14 groups.voice.pace[2]",
        &["a speed above zero"],
    ),
    (
        "name = \"no phone\"",
        "name = \"more\"",
        "34:8 variants[2].name",
        &["two variants are named \"more\""],
    ),
    (
        "\"groups.voice.staff\" = 5",
        "\"groups.vioce.staff\" = 5",
        "32:9 variants[1].set.groups.vioce.staff",
        &["in variant \"more\"", "did you mean `voice`?"],
    ),
    (
        "\"groups.voice.staff\" = 5",
        "\"groups.voice.stuff\" = 5",
        "32:9 groups.voice.stuff",
        &[
            "in variant \"more\"",
            "unknown key `stuff`",
            "did you mean `staff`?",
        ],
    ),
    (
        "\"groups.voice.staff\" = 5",
        "\"groups.voice.staff\" = 5.5",
        "32:32 groups.voice.staff",
        &["in variant \"more\"", "5.5"],
    ),
    (
        "\"groups.voice.staff\" = 5",
        "\"horizon.days\" = 5",
        "32:9 variants[1].set.horizon.days",
        &["the same for all variants"],
    ),
    (
        "\"groups.voice.staff\" = 5",
        "\"queues.email.handle_time.mean\" = \"2m\"",
        "32:9 variants[1].set.queues.email.handle_time.mean",
        &["is no table"],
    ),
    (
        "remove = [\"queues.phone\"]\nmoves = { phone = { email = 0.5 } }",
        "remove = [\"queues.phone.patiense\"]",
        "35:11 variants[2].remove[1]",
        &[
            "no \"queues.phone.patiense\" to remove",
            "did you mean `patience`?",
        ],
    ),
    (
        "remove = [\"queues.phone\"]\nmoves = { phone = { email = 0.5 } }",
        "remove = [\"queues.phone.patience.mean.x\"]",
        "35:11 variants[2].remove[1]",
        &["no \"queues.phone.patience.mean.x\" to remove"],
    ),
    (
        "remove = [\"queues.phone\"]\nmoves = { phone = { email = 0.5 } }",
        "remove = [\"queues.fone\"]",
        "35:11 variants[2].remove[1]",
        &["no \"queues.fone\" to remove", "did you mean `phone`?"],
    ),
    (
        "remove = [\"queues.phone\"]\nmoves = { phone = { email = 0.5 } }",
        "remove = [\"queues.phone\", \"queues.email\"]",
        "35:10 variants[2].remove",
        &["no queue is left"],
    ),
    (
        "email = 0.5",
        "chat = 0.5",
        "36:21 variants[2].moves.phone.chat",
        &["`chat`, which is no queue"],
    ),
    (
        "email = 0.5",
        "phone = 0.5",
        "36:21 variants[2].moves.phone.phone",
        &["which was removed"],
    ),
    (
        "moves = { phone =",
        "moves = { fax =",
        "36:11 variants[2].moves.fax",
        &["`fax` is no queue"],
    ),
];

#[test]
fn names_are_checked() {
    assert_faults(NAMES);
}

#[test]
fn what_has_no_server_or_too_much_work_is_refused() {
    let unserved = BASE
        .replace("skills = [\"phone\", ", "skills = [")
        .replace("groups = [\"voice\"]\n", "");
    let problems = check(&unserved, DATA).unwrap_err().to_string();
    assert!(
        problems.contains("no group serves queue `phone`"),
        "{problems}"
    );
    assert!(problems.contains("a.toml:10:9"), "{problems}");

    let flood = BASE.replace("per_interval = [0, 9, 9, 0]", "per_hour = 1e9");
    let problems = check(&flood, DATA).unwrap_err().to_string();
    assert!(
        problems.contains("contacts are expected in one replication"),
        "{problems}"
    );

    let crowd = format!("{BASE}[groups.other]\nskills = [\"email\"]\nstaff = 99999\n");
    let problems = check(&crowd, DATA).unwrap_err().to_string();
    assert!(
        problems.contains("agents in all groups together, 100000 are possible"),
        "{problems}"
    );
    assert!(problems.contains("key: groups.other.staff"), "{problems}");

    let queue = "channel = \"phone\"\narrivals = { per_hour = 1 }\nhandle_time = \"1m\"\n";
    let many: Vec<String> = (0..1_001)
        .map(|number| format!("[queues.q{number}]\n{queue}"))
        .collect();
    let problems = check(&format!("{BASE}{}", many.concat()), DATA)
        .unwrap_err()
        .to_string();
    assert!(problems.contains("1003 queues are too many"), "{problems}");
}

#[test]
fn all_problems_of_a_file_are_reported_in_one_run() {
    let broken = BASE
        .replace("days = 3", "days = 0")
        .replace("cv = 1.1", "cv = -1")
        .replace("[\"phone\", {", "[\"fone\", {")
        .replace("shrinkage = 0.1", "shrinkage = 1")
        .replace("\"queues.phone\"", "\"queues.fon\"")
        .replace("\"d.csv\"", "\"e.csv\"");
    let problems = check(&broken, DATA).unwrap_err();
    let keys: Vec<&str> = problems
        .iter()
        .map(channelmix::scenario::Problem::key)
        .collect();
    assert_eq!(
        keys,
        [
            "horizon.days",
            "queues.phone.handle_time.cv",
            "queues.email.arrivals.file",
            "groups.voice.skills[1]",
            "groups.voice.shrinkage",
            "variants[2].remove[1]",
        ]
    );
}
