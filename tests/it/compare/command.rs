//! The verbs as their user meets them: what they refuse, and the files they write.

use std::fs;

use assert_cmd::Command;

const FIRST: &str = "scenarios/first.toml";

/// Exit status, standard output and standard error.
fn said(arguments: &[&str]) -> (i32, String, String) {
    let output = Command::cargo_bin("channelmix")
        .expect("the program is built")
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .args(arguments)
        .output()
        .expect("it runs");
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("UTF-8");
    let status = output.status.code().expect("it was not killed");
    (status, text(output.stdout), text(output.stderr))
}

#[test]
#[expect(clippy::too_many_lines, reason = "a table of cases")]
fn what_cannot_be_asked_is_refused_with_a_reason() {
    let wage = "groups.voice.wage=1..4";
    let cases: [(&[&str], &str); 14] = [
        (
            &["compare", "scenarios/not-there.toml"],
            "there is no such file",
        ),
        (
            &["compare", FIRST],
            "there is nothing to compare: only \"base\" is there",
        ),
        (
            &[
                "compare",
                "scenarios/retail-mix.toml",
                "--variant",
                "no phon",
            ],
            "no mix is named \"no phon\"; did you mean `no phone`?",
        ),
        (
            &["compare", "scenarios/retail-mix.toml", "--against", "bas"],
            "no mix is named \"bas\"; did you mean `base`?",
        ),
        (
            &["compare", FIRST, "scenarios/bank.toml"],
            "first and bank cannot be compared: the horizon is 1 days in the one and 5 days in the other",
        ),
        (
            &["marginal", FIRST, "--variant", "bas"],
            "no variant is named \"bas\"; did you mean `base`?",
        ),
        (
            &["break-even", FIRST, "--vary", wage],
            "the base equals itself",
        ),
        (
            &[
                "break-even",
                FIRST,
                "--vary",
                wage,
                "--equals",
                "3",
                "--of",
                "cost.totl",
            ],
            "there is no figure \"cost.totl\"; did you mean `cost.total`?",
        ),
        (
            &["break-even", FIRST, "--vary", wage, "--equals", "nobody"],
            "\"nobody\" is no number, no variant and no figure",
        ),
        (
            &[
                "break-even",
                FIRST,
                "--vary",
                "groups.voice.wag=1..4",
                "--equals",
                "3",
            ],
            "groups.voice.wag = 1: unknown key `wag`; did you mean `wage`?",
        ),
        (
            &[
                "break-even",
                FIRST,
                "--vary",
                "groups.voice.wage=1..4:1",
                "--equals",
                "3",
            ],
            "expected a range without a step to search",
        ),
        (
            &[
                "break-even",
                FIRST,
                "--vary",
                wage,
                "--equals",
                "queues.phone.asa_s",
            ],
            "cost.total and queues.phone.asa_s are not of a kind",
        ),
        (&["risk", FIRST], "nothing of \"base\" is uncertain"),
        (
            &["risk", "scenarios/retail-mix.toml", "--worlds", "1000000"],
            "worlds × replications is 5000000, 1000000 are possible",
        ),
    ];
    for (arguments, wanted) in cases {
        let folder = tempfile::tempdir().expect("a folder");
        let out = folder.path().join("new");
        let arguments = [arguments, &["--out", out.to_str().expect("UTF-8")]].concat();
        let (status, stdout, stderr) = said(&arguments);
        assert_eq!(status, 2, "{arguments:?}: {stderr}");
        assert!(stderr.contains(wanted), "{arguments:?}: {stderr}");
        assert!(stdout.is_empty() && !out.exists(), "{arguments:?}");
    }
}

#[test]
fn files_of_several_scenarios_are_compared_by_their_names() {
    let folder = tempfile::tempdir().expect("a folder");
    let text = fs::read_to_string(FIRST).expect("it is shipped");
    let other = folder.path().join("plan.toml");
    fs::write(&other, text.replace("\"20s\"", "\"30s\"")).expect("written");
    let out = folder.path().join("out");
    let arguments = [
        "compare",
        FIRST,
        other.to_str().expect("UTF-8"),
        "--replications",
        "5",
        "--format",
        "json",
        "--out",
        out.to_str().expect("UTF-8"),
    ];
    let (status, stdout, stderr) = said(&arguments);
    assert_eq!(status, 0, "{stderr}");
    let warned = "the target of `phone` is 80 % in 20 s by late_abandons in first and 80 % in 30 s by late_abandons in plan";
    assert!(stderr.contains(warned), "{stderr}");
    let json: serde_json::Value = serde_json::from_str(&stdout).expect("one document");
    assert_eq!(json["schema"], "channelmix.compare/1");
    assert_eq!(json["mixes"][1]["name"], "plan: base");
    assert_eq!(
        json["differences"][0]["rows"][0]["figure"],
        "demand.in_time_share"
    );
    assert!(!stdout.contains(folder.path().to_str().expect("UTF-8")));
    let mut names: Vec<String> = fs::read_dir(&out)
        .expect("the folder is there")
        .map(|entry| {
            entry
                .expect("an entry")
                .file_name()
                .into_string()
                .expect("UTF-8")
        })
        .collect();
    names.sort();
    let mut wanted = vec!["compare.csv", "compare.json", "compare.txt", "frontier.csv"];
    if cfg!(feature = "charts") {
        wanted.extend(["frontier.png", "frontier.svg"]);
    }
    assert_eq!(names, wanted);
}

#[test]
fn every_verb_has_one_document_of_json_for_any_number_of_threads() {
    let retail = "scenarios/retail-mix.toml";
    let verbs: [(&str, &[&str]); 4] = [
        ("compare", &["compare", retail, "--replications", "3"]),
        ("marginal", &["marginal", FIRST, "--replications", "4"]),
        (
            "break-even",
            &[
                "break-even",
                FIRST,
                "--vary",
                "groups.voice.wage=1..40",
                "--equals",
                "1500",
                "--replications",
                "4",
            ],
        ),
        (
            "risk",
            &["risk", retail, "--worlds", "3", "--replications", "2"],
        ),
    ];
    for (schema, arguments) in verbs {
        let run = |threads: &str| {
            let folder = tempfile::tempdir().expect("a folder");
            let out = folder.path().to_str().expect("UTF-8");
            let more = ["--format", "json", "--threads", threads, "--out", out];
            said(&[arguments, &more].concat())
        };
        let (status, stdout, stderr) = run("1");
        assert_eq!(status, 0, "{stderr}");
        let json: serde_json::Value = serde_json::from_str(&stdout).expect("one document");
        assert_eq!(json["schema"], format!("channelmix.{schema}/1"));
        assert_eq!(run("4").1, stdout, "{schema}");
    }
}

#[test]
fn one_replication_is_said_to_test_nothing_and_mixes_bring_their_warnings() {
    let folder = tempfile::tempdir().expect("a folder");
    let out = folder.path().to_str().expect("a name");
    let retail = "scenarios/retail-mix.toml";
    let (status, table, told) = said(&[
        "compare",
        retail,
        "--replications",
        "1",
        "--out",
        out,
        "--charts",
        "none",
    ]);
    assert_eq!(status, 0, "{told}");
    assert!(
        table.contains("Not tested") && !table.contains(" Real "),
        "{table}"
    );
    assert!(told.contains("warning: smaller budget: "), "{told}");
    let (_, table, _) = said(&["marginal", FIRST, "--replications", "1", "--out", out]);
    assert!(
        table.contains("nothing can be told from one replication"),
        "{table}"
    );
}

#[test]
fn what_an_earlier_command_left_beside_new_figures_is_told() {
    let folder = tempfile::tempdir().expect("a folder");
    let out = folder.path().to_str().expect("a name");
    let few = ["--replications", "2", "--charts", "none", "--out", out];
    let (status, ..) = said(&[&["report", FIRST], &few[..]].concat());
    assert_eq!(status, 0);
    let (_, _, told) = said(&[&["run", FIRST, "--seed", "5"], &few[..]].concat());
    let page = "files of an earlier run are still there, report.html among them";
    let is_built_with_both = cfg!(feature = "xlsx");
    assert!(told.contains(page) || !is_built_with_both, "{told}");
}
