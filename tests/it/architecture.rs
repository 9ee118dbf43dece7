//! Who may use whom, and which package is used where: read off the sources, so that the picture cannot drift from the code.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

/// The modules of the library and of the program, and what each may use beside itself.
const MAY_USE: &[(&str, &[&str])] = &[
    ("ids", &[]),
    ("time", &[]),
    ("dist", &["time"]),
    ("queueing", &[]),
    ("stats", &["ids", "time", "dist"]),
    ("scenario", &["ids", "time", "dist", "queueing"]),
    ("sim", &["ids", "time", "dist", "stats", "scenario"]),
    ("finance", &["ids", "time", "stats", "scenario"]),
    (
        "study",
        &[
            "ids", "time", "dist", "queueing", "stats", "scenario", "sim", "finance",
        ],
    ),
    (
        "plan",
        &[
            "ids", "time", "dist", "queueing", "stats", "scenario", "sim", "finance", "study",
        ],
    ),
    (
        "report",
        &[
            "ids", "time", "queueing", "stats", "scenario", "finance", "study", "plan",
        ],
    ),
    (
        "cli",
        &[
            "ids", "time", "dist", "queueing", "stats", "scenario", "sim", "finance", "study",
            "plan", "report",
        ],
    ),
];

/// Packages that have a home: the folders and files under `src` that may name them.
const HOMES: &[(&str, &[&str])] = &[
    (
        "rand",
        &[
            "dist",
            "sim/streams.rs",
            "sim/arrivals.rs",
            "sim/centre.rs",
            "sim/mechanisms",
        ],
    ),
    (
        "rand_distr",
        &[
            "dist",
            "sim/streams.rs",
            "sim/arrivals.rs",
            "sim/centre.rs",
            "sim/mechanisms",
        ],
    ),
    ("rand_xoshiro", &["dist", "sim/streams.rs"]),
    ("rayon", &["sim/parallel.rs", "study", "plan"]),
    ("dary_heap", &["sim/calendar.rs", "sim/lines.rs"]),
    (
        "statrs",
        &[
            "stats/student.rs",
            "stats/chance.rs",
            "dist",
            "queueing",
            "study/validate",
        ],
    ),
    ("jiff", &["time", "scenario"]),
    ("toml", &["scenario"]),
    ("toml_edit", &["scenario/rewrite.rs"]),
    ("annotate_snippets", &["scenario"]),
    ("schemars", &["scenario"]),
    ("strsim", &["scenario"]),
    ("csv", &["scenario", "report"]),
    ("flate2", &["scenario/log"]),
    ("highs", &["plan/solver"]),
    ("microlp", &["plan/solver"]),
    ("ics", &["report/ics.rs"]),
    ("plotters", &["report/chart"]),
    ("askama", &["report/page"]),
    ("rust_xlsxwriter", &["report/workbook"]),
    ("png", &["report/chart"]),
    ("comfy_table", &["report/table"]),
    ("parquet", &["report/parquet"]),
    ("clap", &["cli"]),
    ("ctrlc", &["cli/interrupt.rs"]),
    ("indicatif", &["cli"]),
    ("anstream", &["cli"]),
    ("anstyle", &["cli", "report"]),
    ("tempfile", &["cli"]),
    ("std::fs", &["cli", "scenario/file.rs"]),
];

fn sources() -> Vec<(String, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut folders = vec![root.clone()];
    let mut sources = Vec::new();
    while let Some(folder) = folders.pop() {
        let entries = fs::read_dir(&folder).expect("a folder of sources");
        for path in entries.map(|entry| entry.expect("a folder of sources").path()) {
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                let name = path
                    .strip_prefix(&root)
                    .map(PathBuf::from)
                    .expect("below src");
                let name = name.to_str().expect("names are plain").replace('\\', "/");
                sources.push((name, program(&fs::read_to_string(&path).expect("UTF-8"))));
            }
        }
    }
    sources.sort();
    sources
}

/// The text without comments and without the tests at its end.
fn program(text: &str) -> String {
    let text = text
        .split("#[cfg(test)]\nmod tests {")
        .next()
        .unwrap_or_default();
    let lines = text
        .lines()
        .map(|line| line.split("//").next().unwrap_or_default());
    lines.collect::<Vec<_>>().join("\n")
}

/// What follows each path that begins with `start`, such as `crate::`, up to the next `::`, also within braces.
fn after<'a>(text: &'a str, start: &str) -> Vec<&'a str> {
    let mut found = Vec::new();
    for (at, _) in text.match_indices(start) {
        let before = text[..at].chars().next_back();
        if before.is_some_and(|letter| letter.is_alphanumeric() || "_:".contains(letter)) {
            continue;
        }
        let rest = &text[at + start.len()..];
        if let Some(list) = rest.strip_prefix('{') {
            found.extend(heads_of_list(list));
        } else {
            found.push(head(rest));
        }
    }
    found
}

fn head(path: &str) -> &str {
    let end = path.find(|letter: char| !letter.is_alphanumeric() && letter != '_');
    &path[..end.unwrap_or(path.len())]
}

/// The first word of each entry of a list in braces, whose opening brace has been read.
fn heads_of_list(list: &str) -> Vec<&str> {
    let mut depth = 1;
    let mut start = 0;
    let mut heads = Vec::new();
    for (at, letter) in list.char_indices() {
        match letter {
            '{' => depth += 1,
            '}' => depth -= 1,
            _ => {}
        }
        if depth == 0 || (depth == 1 && letter == ',') {
            heads.push(head(list[start..at].trim()));
            start = at + 1;
        }
        if depth == 0 {
            break;
        }
    }
    heads.retain(|head| !head.is_empty());
    heads
}

/// The module of the library, or `cli`, that a file belongs to; `None` for `lib.rs` and `main.rs`.
fn module(name: &str) -> Option<&str> {
    let module = name.split('/').next()?.trim_end_matches(".rs");
    (module != "lib" && module != "main").then_some(module)
}

/// Every module that a file names by a path: `crate::`, the library's name, or as many `super::` as lead out of its own.
fn modules_used(name: &str, text: &str) -> BTreeSet<String> {
    let depth = name.split('/').count() - usize::from(name.ends_with("/mod.rs"));
    let out_of_own = "super::".repeat(depth);
    let starts = [
        "crate::",
        "channelmix::",
        "pub(in crate::",
        out_of_own.as_str(),
    ];
    let used = starts.iter().flat_map(|start| after(text, start));
    used.filter(|used| *used != "super")
        .map(str::to_owned)
        .collect()
}

/// Whether a file takes a module of ours by the name of a package into use: `report::csv` is not the package `csv`.
fn is_module_of_ours(text: &str, package: &str) -> bool {
    let mut uses = text
        .split("use ")
        .skip(1)
        .filter_map(|rest| rest.split(';').next());
    uses.any(|path| {
        let ours = path.starts_with("crate::")
            || path.starts_with("channelmix::")
            || path.starts_with("super::");
        let words = path.split(|letter: char| !letter.is_alphanumeric() && letter != '_');
        ours && words.into_iter().any(|word| word == package)
    })
}

#[test]
fn modules_use_only_those_of_earlier_groups() {
    let mut faults = Vec::new();
    for (name, text) in sources() {
        let Some(own) = module(&name) else {
            continue;
        };
        let (_, allowed) = MAY_USE
            .iter()
            .find(|(module, _)| *module == own)
            .unwrap_or_else(|| panic!("{name} has no place in the plan"));
        for used in modules_used(&name, &text) {
            let is_module = MAY_USE.iter().any(|(module, _)| *module == used);
            if is_module && used != own && !allowed.contains(&used.as_str()) {
                faults.push(format!("{name} uses {used}"));
            }
        }
    }
    assert_eq!(faults, [""; 0]);
}

#[test]
fn packages_are_used_at_home() {
    let mut faults = Vec::new();
    for (name, text) in sources() {
        let below = |home: &&str| name == **home || name.starts_with(&format!("{home}/"));
        for (package, homes) in HOMES {
            if is_module_of_ours(&text, package) {
                continue;
            }
            let used = if *package == "std::fs" {
                !after(&text, "std::fs").is_empty() || after(&text, "std::").contains(&"fs")
            } else {
                !after(&text, &format!("{package}::")).is_empty()
            };
            if used && !homes.iter().any(below) {
                faults.push(format!("{name} uses {package}"));
            }
        }
    }
    assert_eq!(faults, [""; 0]);
}

#[test]
fn paths_are_read_in_every_shape() {
    let text = program(
        "use crate::{a::B, c::{D, e::F}, g};\nuse super::super::h::I; // crate::x\nlet j = crate::k::l();\nmycrate::m::n();",
    );
    assert_eq!(after(&text, "crate::"), ["a", "c", "g", "k"]);
    assert_eq!(after(&text, "super::super::"), ["h"]);
    assert!(
        modules_used(
            "sim/mechanisms/spread.rs",
            "use super::super::super::cli::X;"
        )
        .contains("cli")
    );
    assert!(modules_used("sim/mod.rs", "use super::cli::X;").contains("cli"));
}
