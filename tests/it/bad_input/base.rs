//! A small sound scenario, and what is said of it once it is broken in one place.

use channelmix::scenario::{Problems, Scenario};

/// A small scenario with something of everything; each case breaks it in one place.
pub(super) const BASE: &str = r#"name = "Small"
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
pub(super) const DATA: &str = "start,offered,text\n\
    2026-10-24 00:00,1,a\n2026-10-24 06:00,2,b\n2026-10-24 12:00,3,c\n2026-10-24 18:00,4,d\n\
    2026-10-25 00:00,1,a\n2026-10-25 06:00,2,b\n2026-10-25 12:00,3,c\n2026-10-25 18:00,4,d\n\
    2026-10-26 00:00,1,a\n2026-10-26 06:00,2,b\n2026-10-26 12:00,3,c\n2026-10-26 18:00,4,d\n";

pub(super) fn check(text: &str, data: &str) -> Result<(), Problems> {
    let load = |name: &str| match name {
        "d.csv" => Ok(data.as_bytes().to_vec()),
        _ => Err("there is no such file".to_owned()),
    };
    Scenario::parse(text, "a.toml", load)?.compile().map(|_| ())
}

/// The only problem's text after one replacement in the scenario, and its line, column and key.
pub(super) fn fault(from: &str, to: &str, data: &str) -> (String, String) {
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

/// What is replaced, by what, where the fault is shown, and what its message says.
pub(super) type Case = (
    &'static str,
    &'static str,
    &'static str,
    &'static [&'static str],
);

pub(super) fn assert_faults(cases: &[Case]) {
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
fn the_base_is_sound() {
    assert!(check(BASE, DATA).is_ok());
}
