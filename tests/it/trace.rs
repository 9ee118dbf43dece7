//! What `trace` tells: checked by hand, counted again, and the same as the run's own counts.

use std::collections::{BTreeMap, BTreeSet};

use channelmix::report::{csv, table};
use channelmix::scenario::model::Compiled;
use channelmix::study::trace::{MOST_EVENTS, Request, TraceError, Turn, What, trace};

use crate::properties::record::Record;
use crate::support::compiled;

/// One agent; two calls wait at the start. Every time is fixed, and nothing else comes.
const TWO_CALLS: &str = r#"
    name = "two calls"
    currency = "EUR"
    [horizon]
    start = "2026-09-07"
    days = 1
    time_zone = "Europe/Berlin"
    [queues.phone]
    channel = "phone"
    arrivals = { per_hour = 0 }
    backlog = 2
    handle_time = "10m"
    wrap_up = "2m"
    patience = "5m"
    retry = { chance = 1, delay = "20m", to = "email", at_most = 1 }
    [queues.email]
    channel = "email"
    arrivals = { per_hour = 0 }
    handle_time = "6m"
    [groups.voice]
    skills = ["phone", "email"]
    staff = 1
    wage = 20
"#;

/// Phone with lines and callbacks, chats left without a word, a bot, replies, retries, comebacks and transfers; some contacts wait at the start.
const BUSY: &str = r#"
    name = "busy"
    currency = "EUR"
    [horizon]
    start = "2026-09-07"
    days = 2
    [queues.phone]
    channel = "phone"
    open = "08:00-18:00"
    lines = 9
    arrivals = { per_hour = 90 }
    handle_time = { dist = "lognormal", mean = "4m", cv = 1.0 }
    wrap_up = "30s"
    patience = { dist = "exponential", mean = "3m" }
    retry = { chance = 0.6, delay = "10m", to = { chat = 0.2 }, at_most = 3, patience = 0.8 }
    resolution = { share = 0.8, delay = "4h", chance = 0.9 }
    transfer = { share = 0.1, to = "desk", after = 0.4, warm = "30s" }
    announce = { leave = 0.3 }
    callback = { when_waiting = "1m", accept = 0.5, reached = 0.7, tries = 2, delay = "30m", again = "20m" }
    [queues.desk]
    channel = "phone"
    arrivals = { per_hour = 0 }
    handle_time = "6m"
    [queues.chat]
    channel = "chat"
    arrivals = { per_hour = 30 }
    handle_time = { dist = "lognormal", mean = "8m", cv = 1.0 }
    patience = { dist = "exponential", mean = "3m" }
    silent = { share = 0.4, noticed = "1m" }
    [queues.email]
    channel = "email"
    arrivals = { per_hour = 10 }
    backlog = 20
    handle_time = { dist = "lognormal", mean = "5m", cv = 1.0 }
    replies = { mean = 0.5, delay = "3h", handle_time = 0.6 }
    [bots.helper]
    queues = ["chat"]
    session = "90s"
    sessions = 2
    resolved = 0.3
    unresolved = 0.1
    gave_up = 0.05
    returns = { chance = 0.7, delay = "1h", to = "phone" }
    handle_time = 0.9
    patience = 0.5
    [groups.voice]
    skills = ["desk", "phone", "email"]
    staff = 6
    wage = 20
    [groups.digital]
    skills = ["chat", "email"]
    staff = 2
    at_once = { chat = 2 }
    pace = [1, 0.8]
    wage = 18
    [[variants]]
    name = "no chat"
    remove = ["queues.chat"]
    moves = { chat = { email = 0.5 } }
"#;

/// Nobody is followed over contacts: each contact is an issue.
const PLAIN: &str = r#"
    name = "plain"
    currency = "EUR"
    [horizon]
    start = "2026-09-07"
    days = 1
    [queues.phone]
    channel = "phone"
    arrivals = { per_hour = 60 }
    handle_time = { dist = "exponential", mean = "5m" }
    patience = { dist = "exponential", mean = "1m" }
    [queues.posts]
    channel = "social"
    arrivals = { per_hour = 5 }
    handle_time = { dist = "exponential", mean = "3m" }
    backlog = { count = 3, oldest = "2h" }
    spread = { posts_per_hour = 0.5, fades = "1h" }
    [groups.voice]
    skills = ["phone", "posts"]
    staff = 5
    wage = 20
"#;

/// Emails whose replies wait ten minutes for the agent who wrote before, and then for anybody.
const TWO_DESKS_OF_EMAILS: &str = r#"
    name = "threads"
    currency = "EUR"
    [horizon]
    start = "2026-09-07"
    days = 2
    [queues.email]
    channel = "email"
    arrivals = { per_hour = 16 }
    handle_time = { dist = "exponential", mean = "8m" }
    replies = { mean = 1.5, delay = { dist = "exponential", mean = "20m" }, same_agent = "10m" }
    [groups.desk]
    skills = ["email"]
    staff = 3
    [groups.back]
    skills = ["email"]
    staff = 3
"#;

fn request(replication: u64) -> Request {
    Request {
        replication,
        ..Request::default()
    }
}

fn story(compiled: &Compiled, request: &Request) -> String {
    let told = trace(compiled, request).expect("it can be told");
    let mut out = Vec::new();
    table::write_trace(&told, &mut out).expect("a vector takes every byte");
    String::from_utf8(out).expect("UTF-8")
}

/// The rows of the CSV, each by its columns.
fn rows(compiled: &Compiled, request: &Request) -> Vec<BTreeMap<String, String>> {
    let told = trace(compiled, request).expect("it can be told");
    let mut out = Vec::new();
    csv::write_trace(&told, &mut out).expect("a vector takes every byte");
    let mut reader = ::csv::Reader::from_reader(out.as_slice());
    let rows = reader.deserialize();
    rows.map(|row| row.expect("a row as wide as the heading"))
        .collect()
}

#[test]
fn a_story_of_two_calls_is_as_worked_out_by_hand() {
    // The first call is taken at once and handled in 10 + 2 minutes. The second gives up after five minutes, writes 20 minutes
    // later, and has its reply six minutes after that.
    let wanted = "\
two calls · base · replication 1 · seed 1 · 2 issues

time                     issue  contact  queue  what happened
2026-09-07 00:00:00.000      1        1  phone  is open in phone from before the start
2026-09-07 00:00:00.000      1        1  phone  waits, nobody before it
2026-09-07 00:00:00.000      2        1  phone  is open in phone from before the start
2026-09-07 00:00:00.000      2        1  phone  waits, 1 before it
2026-09-07 00:00:00.000                         voice: 1 agent on duty, 1 paid
2026-09-07 00:00:00.000      1        1  phone  agent 1 of voice answers at once
2026-09-07 00:05:00.000      2        1  phone  gives up after 5:00.000
2026-09-07 00:05:00.000      2        1  phone  will try again in email at 2026-09-07 00:25:00
2026-09-07 00:10:00.000      1        1  phone  talk ends
2026-09-07 00:10:00.000      1        1  phone  issue resolved after 1 contact
2026-09-07 00:12:00.000      1        1  phone  agent 1 of voice is done, handled in 12:00.000
2026-09-07 00:25:00.000      2        2  email  tries again in email
2026-09-07 00:25:00.000      2        2  email  agent 1 of voice begins it at once
2026-09-07 00:31:00.000      2        2  email  reply is sent after 6:00.000
2026-09-07 00:31:00.000      2        2  email  issue resolved after 2 contacts
2026-09-07 00:31:00.000      2        2  email  agent 1 of voice is done, handled in 6:00.000
2026-09-08 00:00:00.000                         the horizon ends
";
    let told = story(&compiled(TWO_CALLS), &request(1));
    let sorted = |text: &str| {
        let mut lines: Vec<String> = text
            .lines()
            .map(|line| line.trim_end().to_owned())
            .collect();
        lines[3..].sort();
        lines
    };
    assert_eq!(sorted(&told), sorted(wanted));
    let times = told.lines().skip(3).map(|line| &line[..23]);
    assert!(times.is_sorted(), "{told}");
}

/// Sums over the contacts of a queue, in microseconds.
#[derive(Debug, Default, PartialEq, Eq)]
struct Sums {
    new: i128,
    carried_in: i128,
    outcomes: BTreeMap<String, i128>,
    wait_answered: i128,
    wait_abandoned: i128,
    handle_time: i128,
}

fn micros(row: &BTreeMap<String, String>, column: &str) -> i128 {
    let seconds: f64 = row[column].parse().expect("a number of seconds");
    #[expect(
        clippy::cast_possible_truncation,
        reason = "a day or two in microseconds"
    )]
    let micros = (seconds * 1e6).round() as i128;
    micros
}

fn counted_again(rows: &[BTreeMap<String, String>]) -> BTreeMap<String, Sums> {
    let mut queues: BTreeMap<String, Sums> = BTreeMap::new();
    for row in rows {
        let sums = queues.entry(row["queue"].clone()).or_default();
        match (row["event"].as_str(), row["outcome"].as_str()) {
            ("arrived", _) if row["cause"] == "carried_in" => sums.carried_in += 1,
            ("arrived", _) => sums.new += 1,
            ("ended", outcome) => {
                *sums.outcomes.entry(outcome.to_owned()).or_default() += 1;
                if outcome == "answered" {
                    sums.wait_answered += micros(row, "wait_s");
                    sums.handle_time += micros(row, "handle_time_s");
                } else if outcome == "abandoned" {
                    sums.wait_abandoned += micros(row, "wait_s");
                }
            }
            _ => {}
        }
    }
    queues
}

#[test]
fn the_csv_counted_again_gives_what_the_run_counts() {
    for (text, replication) in [(BUSY, 3), (PLAIN, 2)] {
        let compiled = compiled(text);
        for variant in &compiled.variants {
            let asked = Request {
                variant: Some(variant.name.clone()),
                ..request(replication)
            };
            let again = counted_again(&rows(&compiled, &asked));
            let counts = Record::of(variant, compiled.seed, replication - 1).counts;
            for (id, queue) in variant.model.queues.iter() {
                let totals = counts.queues[id].totals;
                let name = &queue.name.text;
                let found = &again[name];
                let of = |outcome: &str| found.outcomes.get(outcome).copied().unwrap_or(0);
                assert_eq!(found.new, totals.offered, "{name}");
                assert_eq!(found.carried_in, totals.carried_in, "{name}");
                assert_eq!(of("answered"), totals.answered, "{name}");
                assert_eq!(of("abandoned"), totals.abandoned, "{name}");
                assert_eq!(of("blocked") + of("no_line"), totals.blocked, "{name}");
                assert_eq!(of("contained"), totals.contained, "{name}");
                assert_eq!(of("open_at_end"), totals.open_at_end, "{name}");
                assert_eq!(found.wait_answered, totals.wait_answered, "{name}");
                assert_eq!(found.wait_abandoned, totals.wait_abandoned, "{name}");
                assert_eq!(found.handle_time, totals.handle_time, "{name}");
            }
        }
    }
}

#[test]
fn every_contact_arrives_once_ends_once_and_counts_up_within_its_issue() {
    for text in [BUSY, PLAIN] {
        let compiled = compiled(text);
        let told = trace(&compiled, &request(1)).expect("it can be told");
        let mut issues: BTreeMap<u64, u32> = BTreeMap::new();
        let mut keys = BTreeSet::new();
        let mut open = BTreeSet::new();
        for event in &told.events {
            match event.what {
                What::Arrived(_) => {
                    let before = issues
                        .entry(event.issue.expect("a contact has one"))
                        .or_default();
                    *before += 1;
                    assert_eq!(event.contact, Some(*before), "{event:?}");
                    assert!(
                        keys.insert(event.key) && open.insert(event.key),
                        "{event:?}"
                    );
                }
                What::Ended { .. } => assert!(open.remove(&event.key), "{event:?}"),
                What::IssueEnded(_) => {
                    let issue = event.issue.expect("an issue");
                    assert_eq!(event.contact, issues.get(&issue).copied(), "{event:?}");
                }
                _ => {}
            }
        }
        assert!(open.is_empty());
        assert_eq!(issues.len() as u64, told.issues);
        assert_eq!(issues.keys().copied().last(), Some(told.issues));
        assert!(told.events.is_sorted_by_key(|event| event.at));
    }
}

#[test]
fn who_waits_before_whom_can_be_counted_from_the_events() {
    let (most, silent, rejoined) = waiting_counted_again(BUSY);
    assert!(most > 3 && silent > 0, "hardly anybody waited");
    assert_eq!(rejoined, 0);
    let threads = TWO_DESKS_OF_EMAILS;
    let (most, _, rejoined) = waiting_counted_again(threads);
    assert!(most > 3 && rejoined > 20, "{most}, {rejoined}");
}

/// Every `waits` counts the others who wait: the most that did, how many left without a word and how many joined a line whom nobody of theirs
/// had taken.
fn waiting_counted_again(text: &str) -> (u64, usize, usize) {
    let compiled = compiled(text);
    let told = trace(&compiled, &request(2)).expect("it can be told");
    let mut rejoined = 0;
    let mut waiting: BTreeMap<_, BTreeSet<_>> = BTreeMap::new();
    let mut silent = BTreeSet::new();
    let mut most = 0;
    for event in &told.events {
        let line = waiting.entry(event.queue).or_default();
        match event.what {
            What::Waits { ahead } => {
                rejoined += usize::from(line.remove(&event.key));
                assert_eq!(ahead, line.len() as u64, "{event:?}");
                most = most.max(ahead);
                line.insert(event.key);
            }
            // Whoever leaves without a word stands there until somebody looks; whoever is called later does not.
            What::Turned(Turn::LeftSilently) => {
                silent.insert(event.key);
            }
            What::Started { .. } | What::Turned(Turn::CallbackAccepted) => {
                line.remove(&event.key);
            }
            What::Ended { .. } if !silent.contains(&event.key) => {
                line.remove(&event.key);
            }
            _ => {}
        }
    }
    (most, silent.len(), rejoined)
}

#[test]
fn a_part_is_that_part_of_the_whole() {
    let compiled = compiled(BUSY);
    let whole = trace(&compiled, &request(1))
        .expect("it can be told")
        .events;
    let part = |request: Request| trace(&compiled, &request).expect("it can be told").events;
    let again = whole
        .iter()
        .find(|event| event.contact == Some(3))
        .expect("somebody came three times");
    let of_issue = part(Request {
        issue: again.issue,
        ..request(1)
    });
    let own = whole.iter().filter(|event| event.issue == again.issue);
    assert!(own.eq(&of_issue));
    let hour = part(Request {
        from: Some("09:00".to_owned()),
        to: Some("2026-09-07 10:00".to_owned()),
        queue: Some("chat".to_owned()),
        ..request(1)
    });
    let chat = compiled.variants[0].model.queues.ids().nth(2);
    let own = whole.iter().filter(|event| {
        event.queue == chat && (32_400_000_000..36_000_000_000).contains(&event.at.0)
    });
    assert!(!hour.is_empty() && own.eq(&hour));
    assert!(whole.len() < MOST_EVENTS);
    assert_eq!(whole, part(request(1)), "the same every time");
    assert_ne!(whole, part(request(2)));
}

#[test]
fn what_is_not_there_is_refused_with_what_is() {
    let compiled = compiled(BUSY);
    let refusal = |request: Request| {
        trace(&compiled, &request)
            .expect_err("it is refused")
            .to_string()
    };
    let issues = trace(&compiled, &request(2))
        .expect("it can be told")
        .issues;
    let name = |name: &str| Some(name.to_owned());
    let cases = [
        (
            Request { issue: Some(99_999), ..request(2) },
            format!("there is no issue 99999: replication 2 has {issues}"),
        ),
        (
            Request { queue: name("pone"), ..request(1) },
            "no queue is named \"pone\"; did you mean `phone`?".to_owned(),
        ),
        (
            Request { variant: name("no cat"), ..request(1) },
            "no variant is named \"no cat\"; did you mean `no chat`?".to_owned(),
        ),
        (
            Request { from: name("10:00"), to: name("09:00"), ..request(1) },
            "nothing lies from 2026-09-07 10:00 to 2026-09-07 09:00; the end must be later than the beginning".to_owned(),
        ),
        (
            Request { from: name("2026-09-10 10:00"), ..request(1) },
            "that time is outside the horizon, which goes from 2026-09-07 00:00 to 2026-09-09 00:00".to_owned(),
        ),
        (
            Request { from: name("noon"), ..request(1) },
            "\"noon\" is no time; expected a local date and time such as \"2026-09-07 09:00\", or a time of the first day such as \"09:00\"".to_owned(),
        ),
    ];
    for (request, wanted) in cases {
        assert_eq!(refusal(request), wanted);
    }
    let gone = Request {
        variant: name("no chat"),
        queue: name("chat"),
        ..request(1)
    };
    assert!(matches!(
        trace(&compiled, &gone),
        Err(TraceError::UnknownQueue { .. })
    ));
}

fn channelmix(arguments: &[&str]) -> (Option<i32>, String, String) {
    let output = assert_cmd::Command::cargo_bin("channelmix")
        .expect("the program is built")
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .arg("trace")
        .args(arguments)
        .output()
        .expect("it runs");
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("UTF-8");
    (
        output.status.code(),
        text(output.stdout),
        text(output.stderr),
    )
}

#[test]
fn the_verb_prints_the_story_or_writes_the_events() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("events.csv");
    let path = path.to_str().expect("UTF-8");
    let first = "scenarios/first.toml";
    let (status, stdout, stderr) = channelmix(&[first, "--out", path]);
    assert_eq!((status, stdout.as_str()), (Some(0), ""), "{stderr}");
    assert!(stderr.contains("events in "), "{stderr}");
    let written = std::fs::read_to_string(path).expect("it is written");
    let (status, printed, stderr) = channelmix(&[first, "--format", "csv"]);
    assert_eq!((status, stderr.as_str()), (Some(0), ""));
    assert_eq!(printed, written);
    let (status, json, _) = channelmix(&[first, "--issue", "17", "--format", "json"]);
    let json: serde_json::Value = serde_json::from_str(&json).expect("one document");
    assert_eq!(status, Some(0));
    assert_eq!(json["schema"], "channelmix.trace/1");
    let events = json["events"].as_array().expect("events");
    let rows = written
        .lines()
        .filter(|line| line.split(',').nth(3) == Some("17"));
    assert_eq!(events.len(), rows.count());
    for (arguments, wanted) in [
        (&[first, "--issue", "99999"][..], "there is no issue 99999"),
        (
            &[first, "--replication", "0"],
            "expected a whole number from 1 to 1000000",
        ),
        (&[first, "--queue", "fone"], "did you mean `phone`?"),
        (
            &[first, "--out", path, "--format", "json"],
            "cannot be used with",
        ),
    ] {
        let (status, stdout, stderr) = channelmix(arguments);
        assert_eq!((status, stdout.as_str()), (Some(2), ""), "{stderr}");
        assert!(stderr.contains(wanted), "{stderr}");
    }
}
