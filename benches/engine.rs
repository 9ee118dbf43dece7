//! Contacts per second of the engine, with its own counting, on one core.
//!
//! `cargo bench --bench engine` prints a row a case: the fastest of several rounds, since whatever else the machine does only
//! adds time.
#![expect(
    clippy::disallowed_methods,
    clippy::print_stdout,
    reason = "a bench reads the clock, and prints what it found"
)]

use std::path::Path;
use std::time::{Duration, Instant};

use channelmix::scenario::Scenario;
use channelmix::scenario::model::{Compiled, Variant};
use channelmix::sim::centre::{Centre, Layout};
use channelmix::sim::contacts::Contact;
use channelmix::sim::counting::{Counting, extent};
use channelmix::sim::observer::Observer;
use channelmix::sim::replicate::replicate;
use channelmix::stats::counts::Counts;
use channelmix::time::SimTime;

/// Rounds of a case, and the least time of one.
const ROUNDS: usize = 5;
const ROUND: Duration = Duration::from_millis(700);

const HEAD: &str =
    "name = \"Bench\"\ncurrency = \"EUR\"\n[horizon]\nstart = \"2026-09-07\"\ndays = 7\n";

/// 100 agents, a mean service of a minute.
fn one_queue(per_hour: u32, patience: &str) -> String {
    format!(
        "{HEAD}[queues.phone]\nchannel = \"phone\"\narrivals = {{ per_hour = {per_hour} }}\n\
         handle_time = {{ dist = \"exponential\", mean = \"60s\" }}\npatience = {patience}\n\
         target = {{ share = 0.8, within = \"20s\" }}\n[groups.voice]\nskills = [\"phone\"]\nstaff = 100\n"
    )
}

/// 55 and 45 contacts a minute; 40 agents for the first, 30 for the second, 30 for both.
fn two_queues() -> String {
    let queue = |name: &str, per_minute: u32| {
        format!(
            "[queues.{name}]\nchannel = \"phone\"\narrivals = {{ per_hour = {} }}\n\
             handle_time = {{ dist = \"exponential\", mean = \"60s\" }}\n\
             patience = {{ dist = \"exponential\", mean = \"120s\" }}\ntarget = {{ share = 0.8, within = \"20s\" }}\n",
            60 * per_minute
        )
    };
    format!(
        "{HEAD}{}{}[groups.only_a]\nskills = [\"a\"]\nstaff = 40\n[groups.only_b]\nskills = [\"b\"]\nstaff = 30\n\
         [groups.both]\nskills = [\"a\", \"b\"]\nstaff = 30\n",
        queue("a", 55),
        queue("b", 45)
    )
}

fn compiled(text: &str) -> Compiled {
    let scenario = Scenario::parse(text, "bench.toml", |_| Err("no data here".to_owned()));
    scenario
        .and_then(|scenario| scenario.compile())
        .unwrap_or_else(|problems| panic!("{problems}"))
}

fn shipped(name: &str) -> Compiled {
    let path = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("scenarios")
        .join(name);
    Scenario::read(&path)
        .and_then(|scenario| scenario.compile())
        .unwrap_or_else(|problems| panic!("{problems}"))
}

/// Counts contacts and nothing else.
#[derive(Default)]
struct Arrivals(u64);

impl Observer for Arrivals {
    fn arrived(&mut self, _at: SimTime, _contact: &Contact) {
        self.0 += 1;
    }
}

/// One variant, ready to run again and again.
struct Case<'a> {
    variant: &'a Variant,
    layout: Layout,
    centre: Centre,
    counts: Counts,
}

impl<'a> Case<'a> {
    fn new(variant: &'a Variant) -> Self {
        let layout = Layout::new(&variant.model, &variant.staffing);
        Self {
            centre: Centre::new(&variant.model, &layout, 1, 0),
            counts: Counts::new(extent(&variant.model, &layout)),
            variant,
            layout,
        }
    }

    /// One replication, counted as in a run.
    fn run(&mut self, index: u64) {
        let Variant {
            model, staffing, ..
        } = self.variant;
        let mut counting = Counting::new(model, &self.layout, &mut self.counts);
        replicate(
            (model, staffing, &self.layout),
            1,
            index,
            &mut self.centre,
            &mut counting,
        );
        counting.finish();
    }

    /// The contacts of one replication.
    fn contacts(&mut self, index: u64) -> u64 {
        let Variant {
            model, staffing, ..
        } = self.variant;
        let mut arrivals = Arrivals::default();
        replicate(
            (model, staffing, &self.layout),
            1,
            index,
            &mut self.centre,
            &mut arrivals,
        );
        arrivals.0
    }
}

/// The most contacts per second of any round, and how many contacts a replication has.
fn rate(variants: &[Variant]) -> (f64, u64) {
    let mut cases: Vec<Case> = variants.iter().map(Case::new).collect();
    let mut best = 0.0_f64;
    let mut a_replication = 0;
    for _ in 0..ROUNDS {
        let (mut taken, mut contacts, mut index) = (Duration::ZERO, 0, 0);
        while taken < ROUND {
            let start = Instant::now();
            for case in &mut cases {
                case.run(index);
            }
            taken += start.elapsed();
            let came: u64 = cases.iter_mut().map(|case| case.contacts(index)).sum();
            a_replication = a_replication.max(came);
            contacts += came;
            index += 1;
        }
        best = best.max(contacts as f64 / taken.as_secs_f64());
    }
    (best, a_replication)
}

fn main() {
    let cases = [
        (
            "100 agents at 95 %, endless patience",
            compiled(&one_queue(5_700, "\"never\"")),
        ),
        (
            "100 agents at 100 %, patience 120 s",
            compiled(&one_queue(
                6_000,
                "{ dist = \"exponential\", mean = \"120s\" }",
            )),
        ),
        (
            "two queues, three groups, patience 120 s",
            compiled(&two_queues()),
        ),
        ("retail-mix.toml, all variants", shipped("retail-mix.toml")),
    ];
    println!(
        "{:<44}{:>14}{:>16}{:>12}",
        "case", "contacts", "contacts/s", "ns/contact"
    );
    for (name, compiled) in &cases {
        let (rate, contacts) = rate(&compiled.variants);
        println!("{name:<44}{contacts:>14}{rate:>16.0}{:>12.1}", 1e9 / rate);
    }
}
