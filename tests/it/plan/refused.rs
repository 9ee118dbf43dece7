//! What cannot be planned is refused with file, line, column, key and what was expected; nothing is written.

use std::fs;

use super::verb::{CENTRE, ran, said};

/// A refusal of a file: exit status 2, the place, the key and the words, and no folder.
fn refused(text: &str, place: &str, key: &str, words: &str) {
    let folder = tempfile::tempdir().expect("a folder");
    let (status, stdout, stderr) = said(folder.path(), text, &[]);
    assert_told(status, &stdout, &stderr, (place, key, words));
    assert!(!folder.path().join("out").exists(), "{words}");
}

fn assert_told(status: i32, stdout: &str, stderr: &str, (place, key, words): (&str, &str, &str)) {
    assert_eq!((status, stdout), (2, ""), "{words}: {stderr}");
    assert!(stderr.contains(&format!("{place}\n")), "{place}: {stderr}");
    assert!(
        stderr.contains(&format!("= key: {key}\n")),
        "{key}: {stderr}"
    );
    assert!(stderr.contains(words), "{words}: {stderr}");
}

#[test]
fn limits_that_contradict_each_other() {
    let with = |plan: &str| format!("{CENTRE}plan = {plan}\n");
    let (place, key) = ("in/small.toml:17:8", "groups.voice.plan");
    let words = "expected min to be at most max, found 5 and 4";
    refused(&with("{ min = 5, max = 4 }"), place, key, words);
    let words = "a group whose staff is fixed has no min and max";
    refused(&with("{ fixed = true, max = 4 }"), place, key, words);
    let words = "expected a whole number from 0 to 100000, found the number -5";
    let (place, key) = ("in/small.toml:17:16", "groups.voice.plan.min");
    refused(&with("{ min = -5, max = 4 }"), place, key, words);
}

#[test]
fn a_word_for_whether_intervals_may_be_given_up() {
    refused(
        &format!("{CENTRE}[plan]\nunattended = \"never\"\n"),
        "in/small.toml:18:14",
        "plan.unattended",
        "expected true or false, found the text \"never\"",
    );
}

#[test]
fn promises_of_more_than_everything() {
    let target = "target = { share = 0.8, within = \"30s\" }";
    let with = |other: &str| CENTRE.replace(target, other);
    refused(
        &with("target = { share = 1.2, within = \"30s\" }"),
        "in/small.toml:12:20",
        "queues.phone.target.share",
        "expected a share from 0 to 1, found the number 1.2",
    );
    refused(
        &with("target = { abandonment = 101 }"),
        "in/small.toml:12:26",
        "queues.phone.target.abandonment",
        "expected a share from 0 to 1, found the number 101",
    );
    refused(
        &format!("{CENTRE}occupancy_max = 1.1\n"),
        "in/small.toml:17:17",
        "groups.voice.occupancy_max",
        "expected a share above 0 and at most 1, found the number 1.1",
    );
}

#[test]
fn a_queue_with_a_promise_that_nobody_answers() {
    let chat = "[queues.chat]\nchannel = \"chat\"\narrivals = { per_hour = 3 }\nhandle_time = \"5m\"\ntarget = { share = 0.8, within = \"30s\" }\n";
    refused(
        &format!("{CENTRE}{chat}"),
        "in/small.toml:17:9",
        "queues.chat",
        "no group serves queue `chat`: name it in the skills of a group",
    );
}

#[test]
fn a_roster_that_is_not_there() {
    refused(
        &CENTRE.replace("[0, 40, 40, 0]", "{ roster = \"data/roster.csv\" }"),
        "in/small.toml:15:20",
        "groups.voice.staff.roster",
        "data/roster.csv: the data file cannot be read: there is no such file",
    );
}

#[test]
fn a_budget_below_what_is_fixed_is_refused_before_anything_is_simulated() {
    let folder = tempfile::tempdir().expect("a folder");
    let text = format!(
        "{CENTRE}plan = {{ fixed = true }}\n[groups.more]\nskills = [\"phone\"]\nstaff = 1\nwage = 3\n\
         [costs.phone]\nfixed_per_month = 3043.75\n"
    );
    let started = std::time::Duration::from_secs(60);
    let arguments = ["--budget", "9000", "--replications", "1000000"];
    let mut command = assert_cmd::Command::cargo_bin("channelmix").expect("the program");
    fs::create_dir_all(folder.path().join("data")).expect("a folder");
    fs::write(folder.path().join("small.toml"), text).expect("written");
    fs::write(folder.path().join("data/calls.csv"), super::verb::CALLS).expect("written");
    let command = command.current_dir(folder.path()).timeout(started);
    let output = command
        .args(["plan", "small.toml", "--out", "out"])
        .args(arguments)
        .output();
    let output = output.expect("it runs");
    let told = String::from_utf8(output.stderr).expect("UTF-8");
    assert_eq!(output.status.code(), Some(3), "{told}");
    // 80 heads for six hours at 20, and a day of a channel at 3,043.75 a month.
    let words = "the budget of EUR 9000 is too small: EUR 9700 is paid whatever is planned: \
                 EUR 9600 for voice, whose staff the file fixes, EUR 100 for channels and queues by the month";
    assert!(told.contains(words), "{told}");
    assert!(output.stdout.is_empty());
    assert!(!folder.path().join("out").exists());
}

/// A text, and where and how it is refused.
struct Case {
    text: String,
    place: String,
    key: &'static str,
    words: &'static str,
}

/// A plan changed by hand in ways that cannot be meant.
fn edits(plan: &str) -> Vec<Case> {
    let mut lines = plan.lines().zip(1_u32..);
    let (staff, number) = lines
        .find(|(line, _)| line.starts_with("staff = ["))
        .expect("heads");
    let heads: Vec<&str> = staff["staff = [".len()..staff.len() - 1]
        .split(", ")
        .collect();
    assert_eq!(heads.len(), 4, "{staff}");
    let at = |line: u32, column: u32| format!("out/plan.toml:{line}:{column}");
    let case = |text, place, key, words| Case {
        text,
        place,
        key,
        words,
    };
    vec![
        case(
            plan.replace(staff, &format!("staff = [{}]", heads[..3].join(", "))),
            at(number, 9),
            "groups.voice.staff",
            "expected 4 numbers, one for each interval of the day, found 3",
        ),
        case(
            plan.replace(staff, "staff = [0, -1, 2, 0]"),
            at(number, 13),
            "groups.voice.staff[2]",
            "expected a whole number from 0 to 100000, found the number -1",
        ),
        case(
            plan.replace(staff, "staff = [0, 1.5, 2, 0]"),
            at(number, 13),
            "groups.voice.staff[2]",
            "expected a whole number from 0 to 100000, found the number 1.5",
        ),
        case(
            plan.replace("skills = [\"phone\"]", "skills = [\"fone\"]"),
            at(number - 1, 11),
            "groups.voice.skills[1]",
            "did you mean `phone`?",
        ),
        case(
            plan.replace("\n[groups.voice]", "\n[groups.voice]\nstuff = 3"),
            at(number - 1, 1),
            "groups.voice.stuff",
            "unknown key `stuff`",
        ),
    ]
}

#[test]
fn a_plan_that_was_edited_into_nonsense() {
    let folder = tempfile::tempdir().expect("a folder");
    let quick = ["--work", "4000", "--charts", "none"];
    let (status, _, told) = said(folder.path(), CENTRE, &quick);
    assert_eq!(status, 0, "{told}");
    let file = folder.path().join("out/plan.toml");
    let plan = fs::read_to_string(&file).expect("written");
    let verbs = [
        &["run", "out/plan.toml", "--out", "again"][..],
        &["check", "out/plan.toml"],
    ];
    for case in edits(&plan) {
        assert_ne!(case.text, plan, "{}", case.words);
        fs::write(&file, &case.text).expect("written");
        for verb in verbs {
            let (status, stdout, stderr) = ran(folder.path(), verb);
            let wanted = (case.place.as_str(), case.key, case.words);
            assert_told(status, &stdout, &stderr, wanted);
        }
        assert!(!folder.path().join("again").exists(), "{}", case.words);
    }
    // A group that nobody knows, beside the one that there is.
    let group = format!("{plan}\n[groups.voyce]\nstaff = [0, 1, 1, 0]\n");
    fs::write(&file, group).expect("written");
    let (status, _, told) = ran(folder.path(), verbs[0]);
    assert_eq!(status, 2, "{told}");
    assert!(told.contains("missing key `skills`"), "{told}");
    assert!(told.contains("= key: groups.voyce.skills\n"), "{told}");
}
