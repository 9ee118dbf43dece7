//! What is measured: scenarios, and for some the bare minimum of the same work.

use std::path::Path;

use channelmix::scenario::Scenario;
use channelmix::scenario::model::Compiled;

use crate::bare::{self, Counted, OneQueue, THREE_GROUPS, TWO_QUEUES};

/// One row of the table.
pub(crate) struct Load {
    pub(crate) name: &'static str,
    pub(crate) compiled: Compiled,
    pub(crate) bare: Option<Bare>,
}

/// The bare minimum of a load.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Bare {
    OneQueue(OneQueue),
    TwoQueues,
}

impl Bare {
    pub(crate) fn run(self, contacts: u64, seed: u64) -> Counted {
        match self {
            Self::OneQueue(centre) => bare::one_queue(centre, contacts, seed),
            Self::TwoQueues => bare::two_queues(contacts, seed),
        }
    }
}

const NAMES: [&str; 13] = [
    "w1",
    "w2",
    "w3",
    "retail-mix",
    "chat",
    "email",
    "10 agents",
    "100 agents",
    "1000 agents",
    "10000 agents",
    "4 queues",
    "40 queues",
    "minutes",
];

/// The names of all loads.
pub(crate) fn names() -> &'static [&'static str] {
    &NAMES
}

/// A load by name.
pub(crate) fn load(name: &'static str) -> Load {
    let minute = |agents, per_minute, patience_s| OneQueue {
        agents,
        per_minute,
        handle_time_s: 60.0,
        patience_s,
    };
    let one = |centre: OneQueue| (parsed(&one_queue(centre)), Some(Bare::OneQueue(centre)));
    let (compiled, bare) = match name {
        "w1" => one(minute(100, 95.0, None)),
        "w2" => one(minute(100, 100.0, Some(120.0))),
        "w3" => (parsed(&two_queues()), Some(Bare::TwoQueues)),
        "retail-mix" => (shipped("retail-mix.toml"), None),
        "chat" => (parsed(&chat()), None),
        "email" => (parsed(&email()), None),
        "10 agents" => one(grown(10)),
        "100 agents" => one(grown(100)),
        "1000 agents" => one(grown(1_000)),
        "10000 agents" => one(grown(10_000)),
        "4 queues" => (parsed(&many(4)), None),
        "40 queues" => (parsed(&many(40)), None),
        _ => (parsed(&minutes()), None),
    };
    Load {
        name,
        compiled,
        bare,
    }
}

/// As many contacts a day for any number of agents: the more agents, the longer each contact takes.
fn grown(agents: u32) -> OneQueue {
    OneQueue {
        agents,
        per_minute: 100.0,
        handle_time_s: 0.6 * f64::from(agents),
        patience_s: Some(1.2 * f64::from(agents)),
    }
}

const HEAD: &str =
    "name = \"Bench\"\ncurrency = \"EUR\"\n[horizon]\nstart = \"2026-09-07\"\ndays = 1\n";

/// A queue of real-time contacts, times exponential.
fn queue(
    name: &str,
    channel: &str,
    per_minute: f64,
    handle_time_s: f64,
    patience_s: Option<f64>,
) -> String {
    let patience = patience_s.map_or_else(
        || "\"never\"".to_owned(),
        |mean| format!("{{ dist = \"exponential\", mean = \"{mean}s\" }}"),
    );
    format!(
        "[queues.{name}]\nchannel = \"{channel}\"\narrivals = {{ per_hour = {} }}\n\
         handle_time = {{ dist = \"exponential\", mean = \"{handle_time_s}s\" }}\npatience = {patience}\n\
         target = {{ share = 0.8, within = \"20s\" }}\n",
        60.0 * per_minute
    )
}

fn group(name: &str, skills: &[String], staff: u32) -> String {
    format!("[groups.{name}]\nskills = {skills:?}\nstaff = {staff}\n")
}

fn one_queue(centre: OneQueue) -> String {
    let queue = queue(
        "q",
        "phone",
        centre.per_minute,
        centre.handle_time_s,
        centre.patience_s,
    );
    format!(
        "{HEAD}{queue}{}",
        group("g", &["q".to_owned()], centre.agents)
    )
}

fn two_queues() -> String {
    let names = ["a", "b"].map(str::to_owned);
    let queues = [0, 1].map(|n| {
        queue(
            &names[n],
            "phone",
            f64::from(TWO_QUEUES[n]),
            60.0,
            Some(120.0),
        )
    });
    let groups = [
        group("only_a", &names[..1], THREE_GROUPS[0]),
        group("only_b", &names[1..], THREE_GROUPS[1]),
        group("both", &names, THREE_GROUPS[2]),
    ];
    format!("{HEAD}{}{}", queues.concat(), groups.concat())
}

/// So many queues and groups, the groups with four skills each.
fn many(count: usize) -> String {
    let name = |number: usize| format!("q{}", number % count);
    let queues: String = (0..count)
        .map(|number| {
            queue(
                &name(number),
                "phone",
                100.0 / count as f64,
                60.0,
                Some(120.0),
            )
        })
        .collect();
    let staff = u32::try_from(100_usize.div_ceil(count)).unwrap_or(1);
    let groups: String = (0..count)
        .map(|number| {
            let skills: Vec<String> = (0..4.min(count))
                .map(|more| name(number + 7 * more))
                .collect();
            group(&format!("g{number}"), &skills, staff)
        })
        .collect();
    format!("{HEAD}{queues}{groups}")
}

/// Chats, up to four at an agent.
fn chat() -> String {
    let queue = queue("q", "chat", 100.0, 300.0, Some(180.0));
    let group = group("g", &["q".to_owned()], 230);
    format!("{HEAD}{queue}{group}at_once = {{ q = 4 }}\npace = [1.0, 0.8, 0.65, 0.55]\n")
}

/// E-mail that waits for hours, answered beside a few calls.
fn email() -> String {
    let calls = queue("calls", "phone", 10.0, 60.0, Some(120.0));
    let by_interval: Vec<u32> = (0..48)
        .map(|half| {
            if (16..32).contains(&half) {
                160 * 30
            } else {
                0
            }
        })
        .collect();
    let mail = format!(
        "[queues.mail]\nchannel = \"email\"\narrivals = {{ per_interval = {by_interval:?} }}\n\
         handle_time = {{ dist = \"lognormal\", mean = \"60s\", cv = 1.0 }}\n\
         target = {{ share = 0.9, within = \"4h\" }}\n"
    );
    let groups = group("g", &["calls".to_owned(), "mail".to_owned()], 100);
    format!("{HEAD}{calls}{mail}{groups}")
}

/// Staffing and rates that change every minute.
fn minutes() -> String {
    one_queue(OneQueue {
        agents: 100,
        per_minute: 95.0,
        handle_time_s: 60.0,
        patience_s: Some(120.0),
    })
    .replace("days = 1\n", "days = 1\ninterval = \"1m\"\n")
}

fn parsed(text: &str) -> Compiled {
    let scenario = Scenario::parse(text, "bench.toml", |_| Err("no data here".to_owned()));
    scenario
        .and_then(|scenario| scenario.compile())
        .unwrap_or_else(|problems| panic!("{problems}\n{text}"))
}

fn shipped(name: &str) -> Compiled {
    let path = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("scenarios")
        .join(name);
    Scenario::read(&path)
        .and_then(|scenario| scenario.compile())
        .unwrap_or_else(|problems| panic!("{problems}"))
}
