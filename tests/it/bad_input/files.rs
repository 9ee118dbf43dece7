//! Files that are no TOML, data files, and garbage.

use channelmix::scenario::Scenario;
use proptest::prelude::*;

use super::base::{BASE, DATA, check, fault};

/// What is replaced, by what, and what is said of it.
const FAULTY_DATA: [(&str, &str, &str); 11] = [
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
        "start,offered,text\n\n2026-10-23 18:00,é,z\n",
        "row 3, column offered",
    ),
];

/// What is wrong with a file as a whole.
const FAULTY_TABLES: [(&str, &str, &str); 3] = [
    (
        "06:00,2,b",
        "06:00",
        "d.csv: row 3 has 1 cell, the header has 3",
    ),
    (
        "06:00,2,b",
        "06:00,2,5,b",
        "d.csv: row 3 has 4 cells, the header has 3 (a decimal comma?)",
    ),
    (
        "start,offered,text",
        "start,offered,offered",
        "d.csv: the header names the column `offered` twice",
    ),
];

#[test]
fn data_files_are_checked() {
    for (from, to, message) in FAULTY_DATA {
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
    for (from, to, message) in FAULTY_TABLES {
        let shown = check(BASE, &DATA.replacen(from, to, 1)).expect_err(message);
        let shown = shown.to_string();
        assert!(shown.contains(message), "{message}\n{shown}");
        assert!(shown.contains("a.toml:20:21"), "{shown}");
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

#[cfg(unix)]
#[test]
fn what_is_no_regular_file_is_refused() {
    let device = std::path::Path::new("/dev/zero");
    let shown = Scenario::read(device).unwrap_err().to_string();
    assert!(shown.contains("it is no regular file"), "{shown}");
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.toml");
    std::fs::write(&path, BASE.replace("d.csv", "/dev/zero")).unwrap();
    let shown = Scenario::read(&path)
        .unwrap()
        .compile()
        .unwrap_err()
        .to_string();
    let expected = "/dev/zero: the data file cannot be read: it is no regular file";
    assert!(shown.contains(expected), "{shown}");
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
