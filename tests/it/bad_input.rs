//! Every kind of bad input has its own message with file, line, column and key, and none makes the reader panic.

use channelmix::scenario::{Problems, Scenario};
use proptest::prelude::*;

/// A small scenario with something of everything; each case breaks it in one place.
const BASE: &str = r#"name = "Small"
currency = "EUR"
[horizon]
start = "2026-10-24"
days = 3
time_zone = "Europe/Berlin"
interval = "6h"
[run]
replications = 20
[queues.phone]
channel = "phone"
open = { mon-fri = "08:00-20:00", sat = "09:00-13:00", sun = "closed" }
arrivals = { per_interval = [0, 9, 9, 0] }
handle_time = { dist = "lognormal", mean = "4m", cv = 1.1 }
patience = { dist = "exponential", mean = "2m" }
target = { share = 0.8, within = "20s" }
groups = ["voice"]
[queues.email]
channel = "email"
arrivals = { file = "d.csv", column = "offered" }
handle_time = "7m"
spread = { posts_per_hour = 0.2, fades = "3h" }
[groups.voice]
skills = ["phone", { queue = "email", speed = 0.9 }]
staff = [1, 2, 2, 1]
at_once = { email = 2 }
pace = [1.0, 0.8]
wage = 19.5
shrinkage = 0.1
[[variants]]
name = "more"
set = { "groups.voice.staff" = 5 }
[[variants]]
name = "no phone"
remove = ["queues.phone"]
moves = { phone = { email = 0.5 } }
"#;

/// Three days of quarters over the end of summer time: the third begins at 2026-10-26.
const DATA: &str = "start,offered,text\n\
    2026-10-24 00:00,1,a\n2026-10-24 06:00,2,b\n2026-10-24 12:00,3,c\n2026-10-24 18:00,4,d\n\
    2026-10-25 00:00,1,a\n2026-10-25 06:00,2,b\n2026-10-25 12:00,3,c\n2026-10-25 18:00,4,d\n\
    2026-10-26 00:00,1,a\n2026-10-26 06:00,2,b\n2026-10-26 12:00,3,c\n2026-10-26 18:00,4,d\n";

fn check(text: &str, data: &str) -> Result<(), Problems> {
    let load = |name: &str| match name {
        "d.csv" => Ok(data.as_bytes().to_vec()),
        _ => Err("there is no such file".to_owned()),
    };
    Scenario::parse(text, "a.toml", load)?.compile().map(|_| ())
}

/// The only problem's text after one replacement in the scenario, and its line, column and key.
fn fault(from: &str, to: &str, data: &str) -> (String, String) {
    assert_eq!(BASE.matches(from).count(), 1, "{from} stands once");
    let problems = check(&BASE.replacen(from, to, 1), data).expect_err(to);
    if problems.len() != 1 {
        return (format!("{} problems", problems.len()), problems.to_string());
    }
    let problem = problems.iter().next().expect("one");
    let (line, column) = problems.line_and_column(problem);
    let shown = problems.to_string();
    assert!(
        shown.contains(&format!("a.toml:{line}:{column}\n")),
        "{shown}"
    );
    assert!(shown.contains('^'), "{shown}");
    (format!("{line}:{column} {}", problem.key()), shown)
}

#[test]
fn the_base_is_sound() {
    assert!(check(BASE, DATA).is_ok());
}

/// What is replaced, by what, where the fault is shown, and what its message says.
type Case = (
    &'static str,
    &'static str,
    &'static str,
    &'static [&'static str],
);

fn assert_faults(cases: &[Case]) {
    let mut wrong = Vec::new();
    for (from, to, place, parts) in cases {
        let (found, shown) = fault(from, to, DATA);
        if found != *place || !parts.iter().all(|part| shown.contains(part)) {
            wrong.push(format!(
                "expected {place} {parts:?}, found {found}\n{shown}"
            ));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n\n"));
}

#[test]
fn keys_and_types_are_checked() {
    assert_faults(&[
        (
            "patience =",
            "patiance =",
            "15:1 queues.phone.patiance",
            &["unknown key `patiance`", "did you mean `patience`?"],
        ),
        (
            "handle_time = \"7m\"\n",
            "",
            "18:1 queues.email.handle_time",
            &["missing key `handle_time`"],
        ),
        (
            "name = \"Small\"\n",
            "",
            "1:1 name",
            &["missing key `name`"],
        ),
        (
            "\"Small\"",
            "5",
            "1:8 name",
            &["expected a text, found the number 5"],
        ),
        (
            "currency = \"EUR\"",
            "currency = \"euro\"",
            "2:12 currency",
            &["three capitals", "euro"],
        ),
        (
            "groups = [\"voice\"]",
            "groups = 3",
            "17:10 queues.phone.groups",
            &["expected a list, found the number 3"],
        ),
        (
            "channel = \"phone\"",
            "channel = \"phon\"",
            "11:11 queues.phone.channel",
            &["expected a channel", "did you mean `phone`?"],
        ),
        (
            "[run]\nreplications = 20",
            "run = 3",
            "8:1 horizon.run",
            &["unknown key `run`"],
        ),
        (
            "dist = \"lognormal\"",
            "dist = \"log-normal\"",
            "14:24 queues.phone.handle_time.dist",
            &["did you mean `lognormal`?"],
        ),
        (
            "\"lognormal\", mean = \"4m\", cv = 1.1",
            "\"erlang\", mean = \"4m\"",
            "14:15 queues.phone.handle_time.stages",
            &["missing key `stages`"],
        ),
        (
            "\"lognormal\", mean = \"4m\", cv",
            "\"weibull\", mean = \"4m\", shape",
            "14:15 queues.phone.handle_time",
            &["either mean and cv or shape and scale"],
        ),
        (
            "per_interval = [0, 9, 9, 0]",
            "per_hour = 3, file = \"d.csv\"",
            "13:12 queues.phone.arrivals",
            &["exactly one of per_hour"],
        ),
        (
            "replications = 20",
            "replications = 20\nprecision = 0.1",
            "10:13 run.precision",
            &["found both"],
        ),
    ]);
}

#[test]
fn quantities_and_shares_are_checked() {
    assert_faults(&[
        (
            "mean = \"4m\"",
            "mean = 240",
            "14:44 queues.phone.handle_time.mean",
            &[
                "such as \"20s\"",
                "found the number 240",
                "a unit is missing",
            ],
        ),
        (
            "\"20s\"",
            "\"20\"",
            "16:34 queues.phone.target.within",
            &["the number 20 has no unit"],
        ),
        (
            "\"20s\"",
            "\"20min\"",
            "16:34 queues.phone.target.within",
            &["unknown unit `min`", "did you mean `m`?"],
        ),
        (
            "mean = \"4m\"",
            "mean = \"0s\"",
            "14:44 queues.phone.handle_time.mean",
            &["above zero"],
        ),
        (
            "mean = \"4m\"",
            "mean = \"-4m\"",
            "14:44 queues.phone.handle_time.mean",
            &["cannot be negative"],
        ),
        (
            "handle_time = \"7m\"",
            "handle_time = \"0s\"",
            "21:15 queues.email.handle_time",
            &["above zero"],
        ),
        (
            "handle_time = \"7m\"",
            "handle_time = \"never\"",
            "21:15 queues.email.handle_time",
            &["only patience"],
        ),
        (
            "cv = 1.1",
            "cv = 0",
            "14:55 queues.phone.handle_time.cv",
            &["above 0 and at most 100", "found the number 0"],
        ),
        (
            "cv = 1.1",
            "cv = 101",
            "14:55 queues.phone.handle_time.cv",
            &["above 0 and at most 100"],
        ),
        (
            "cv = 1.1",
            "cv = nan",
            "14:55 queues.phone.handle_time.cv",
            &["NaN"],
        ),
        (
            "wage = 19.5",
            "wage = inf",
            "28:8 groups.voice.wage",
            &["found the number inf"],
        ),
        (
            "wage = 19.5",
            "wage = -1",
            "28:8 groups.voice.wage",
            &["a wage from 0"],
        ),
        (
            "days = 3",
            "days = 99999999999999999999",
            "5:8 horizon.days",
            &["99999999999999999999"],
        ),
        (
            "share = 0.8",
            "share = 1.5",
            "16:20 queues.phone.target.share",
            &["a share from 0 to 1"],
        ),
        (
            "share = 0.8, ",
            "",
            "16:10 queues.phone.target",
            &["missing key `share`"],
        ),
        (
            "shrinkage = 0.1",
            "shrinkage = 1",
            "29:13 groups.voice.shrinkage",
            &["from 0 to below 1"],
        ),
        (
            "fades = \"3h\"",
            "fades = \"0h\"",
            "22:42 queues.email.spread.fades",
            &["above zero"],
        ),
    ]);
}

#[test]
fn days_hours_and_sizes_are_checked() {
    assert_faults(&[
        (
            "days = 3",
            "days = 0",
            "5:8 horizon.days",
            &["a whole number from 1 to 3660"],
        ),
        (
            "days = 3",
            "days = 3661",
            "5:8 horizon.days",
            &["a whole number from 1 to 3660"],
        ),
        (
            "replications = 20",
            "replications = 0",
            "9:16 run.replications",
            &["from 1 to 1000000"],
        ),
        (
            "replications = 20",
            "replications = 1000001",
            "9:16 run.replications",
            &["from 1 to 1000000"],
        ),
        (
            "interval = \"6h\"",
            "interval = \"7h\"",
            "7:12 horizon.interval",
            &["divides a day"],
        ),
        (
            "interval = \"6h\"",
            "interval = \"500ms\"",
            "7:12 horizon.interval",
            &["whole seconds"],
        ),
        (
            "Europe/Berlin",
            "Europe/Berlim",
            "6:13 horizon.time_zone",
            &["unknown time zone", "did you mean \"Europe/Berlin\"?"],
        ),
        (
            "2026-10-24",
            "2026-02-30",
            "4:9 horizon.start",
            &["the date 2026-02-30 does not exist"],
        ),
        (
            "2026-10-24",
            "24.10.2026",
            "4:9 horizon.start",
            &["a date such as"],
        ),
        (
            "\"09:00-13:00\"",
            "\"13:00-09:00\"",
            "12:41 queues.phone.open.sat",
            &["end before they begin", "13:00-33:00"],
        ),
        (
            "\"09:00-13:00\"",
            "\"9-13\"",
            "12:41 queues.phone.open.sat",
            &["no time of day"],
        ),
        (
            "sat = ",
            "wed = ",
            "12:35 queues.phone.open.wed",
            &["`wed` is given twice"],
        ),
        (
            "sat = ",
            "sta = ",
            "12:35 queues.phone.open.sta",
            &["expected weekdays", "did you mean `sat`?"],
        ),
        (
            "[1, 2, 2, 1]",
            "[1, 2, 2]",
            "25:9 groups.voice.staff",
            &["expected 4 numbers", "found 3"],
        ),
        (
            "[1, 2, 2, 1]",
            "[1, 2.5, 2, 1]",
            "25:13 groups.voice.staff[2]",
            &["a whole number", "2.5"],
        ),
        (
            "[1, 2, 2, 1]",
            "100001",
            "25:9 groups.voice.staff",
            &["from 0 to 100000"],
        ),
        (
            "[1, 2, 2, 1]",
            "{ mon-fri = 3, sat = 1 }",
            "25:9 groups.voice.staff",
            &["days without staff: sun", "sun = 0"],
        ),
        (
            "[0, 9, 9, 0]",
            "[0, 9]",
            "13:29 queues.phone.arrivals.per_interval",
            &["expected 4 numbers for a day or 28 for a week, found 2"],
        ),
        (
            "[0, 9, 9, 0]",
            "[0, 9, -9, 0]",
            "13:36 queues.phone.arrivals.per_interval[3]",
            &["zero or above", "-9"],
        ),
    ]);
}

#[test]
fn names_are_checked() {
    assert_faults(&[
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
    ]);
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
    let many: String = (0..1_001)
        .map(|number| format!("[queues.q{number}]\n{queue}"))
        .collect();
    let problems = check(&format!("{BASE}{many}"), DATA)
        .unwrap_err()
        .to_string();
    assert!(problems.contains("1003 queues are too many"), "{problems}");
}

#[test]
fn data_files_are_checked() {
    let cases: [(&str, &str, &str); 12] = [
        (
            "start,offered",
            "start,offred",
            "no column `offered` in the header; did you mean `offred`?",
        ),
        ("start,", "time,", "no column `start`"),
        (
            "06:00,2,b",
            "06:00,two,b",
            "d.csv: row 3, column offered: expected a number of zero or above, found \"two\"",
        ),
        (
            "06:00,2,b",
            "06:00,-2,b",
            "row 3, column offered: expected a number of zero or above, found \"-2\"",
        ),
        ("06:00,2,b", "06:00,NaN,b", "found \"NaN\""),
        ("06:00,2,b", "06:00", "row 3, column offered"),
        (
            "2026-10-24 06:00",
            "24.10.2026 06:00",
            "row 3, column start: expected a time",
        ),
        (
            "2026-10-24 06:00,2,b\n",
            "",
            "gap after row 2: no row for 2026-10-24 06:00",
        ),
        (
            "2026-10-24 06:00",
            "2026-10-24 00:00",
            "row 3: 2026-10-24 00:00 stands in row 2 already",
        ),
        (
            "2026-10-24 06:00",
            "2026-10-24 06:07",
            "row 3: 2026-10-24 06:07 does not lie on the step of 6h",
        ),
        (
            "2026-10-26 18:00,4,d\n",
            "",
            "gap after row 12: no row for 2026-10-26 18:00",
        ),
        (
            "start,offered,text\n",
            "start,offered,text\n2026-10-23 18:00,é",
            "row 2, column offered",
        ),
    ];
    for (from, to, message) in cases {
        let data = DATA.replacen(from, to, 1);
        let problems = check(BASE, &data).expect_err(message);
        let shown = problems.to_string();
        assert!(shown.contains(message), "{message}\n{shown}");
        assert!(shown.contains("a.toml:20:39"), "{shown}");
        assert!(
            shown.contains("key: queues.email.arrivals.column"),
            "{shown}"
        );
    }
    let (place, shown) = fault("\"d.csv\"", "\"e.csv\"", DATA);
    assert_eq!(place, "20:21 queues.email.arrivals.file");
    assert!(
        shown.contains("e.csv: the data file cannot be read: there is no such file"),
        "{shown}"
    );
}

#[test]
fn what_is_no_text_or_no_toml_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("latin.toml");
    let shown = |bytes: &[u8]| {
        std::fs::write(&path, bytes).unwrap();
        Scenario::read(&path).unwrap_err().to_string()
    };
    let latin = shown(b"# ok\nname = \"Caf\xe9\"\n");
    assert!(
        latin.contains("not UTF-8: byte 0xe9") && latin.contains("latin.toml:2:12"),
        "{latin}"
    );
    assert!(shown(b" \n\n").contains("the file is empty"));
    assert!(shown(b"\xef\xbb\xbf").contains("the file is empty"));
    let syntax = shown(b"name = \"x\"\ndays = = 3\nfoo = [1, \n");
    assert!(
        syntax.contains("latin.toml:2:8") && syntax.contains("no valid TOML"),
        "{syntax}"
    );
    let twice = shown(b"name = 1\nname = 2\n");
    assert!(
        twice.contains("latin.toml:2:1") && twice.contains("duplicate key"),
        "{twice}"
    );
    let missing = Scenario::read(&folder.path().join("none.toml"))
        .unwrap_err()
        .to_string();
    assert!(missing.contains("there is no such file"), "{missing}");
    let deep = format!("a = {}", "[".repeat(100_000));
    assert!(shown(deep.as_bytes()).contains("no valid TOML"));
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
    let keys: Vec<&str> = problems.iter().map(|problem| problem.key()).collect();
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

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, rng_seed: proptest::test_runner::RngSeed::Fixed(1), ..ProptestConfig::with_cases(400) })]

    #[test]
    fn no_mutation_of_a_scenario_makes_it_panic(cuts in prop::collection::vec((0..BASE.len(), 0_usize..12, "[ -~\n]{0,6}"), 1..4)) {
        let mut text = BASE.as_bytes().to_vec();
        for (at, length, new) in cuts {
            let at = at.min(text.len());
            let end = (at + length).min(text.len());
            text.splice(at..end, new.bytes());
        }
        let text = String::from_utf8_lossy(&text).into_owned();
        if let Err(problems) = check(&text, DATA) {
            prop_assert!(!problems.to_string().is_empty());
        }
    }

    #[test]
    fn no_mutation_of_a_data_file_makes_it_panic(at in 0..DATA.len(), length in 0_usize..40, new in "[ -~\n]{0,6}") {
        let end = (at + length).min(DATA.len());
        let data = format!("{}{new}{}", &DATA[..at], &DATA[end..]);
        if let Err(problems) = check(BASE, &data) {
            prop_assert!(!problems.to_string().is_empty());
        }
    }

    #[test]
    fn no_truncation_makes_it_panic(at in 0..BASE.len()) {
        if let Err(problems) = check(&BASE[..at], DATA) {
            prop_assert!(!problems.render(true).is_empty());
        }
    }
}
