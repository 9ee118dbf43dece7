//! A small centre of one line, in order of arrival, simulated by other means than the engine, and the log that it leaves.

use std::fmt::Write as _;

use channelmix::dist::Family;
use channelmix::scenario::log::{Log, LogMap, Window};
use channelmix::sim::parallel::Workers;
use channelmix::study::replay::compare::{Comparison, compare};
use channelmix::study::replay::read_off::{ReadOff, read_off};
use rand::SeedableRng;
use rand_xoshiro::Xoshiro256PlusPlus;

/// A team of agents who answer one queue from 8:00 to 20:00.
pub(super) struct Team {
    pub(super) queue: &'static str,
    pub(super) agents: usize,
    pub(super) per_hour: f64,
    pub(super) handle_time: Family,
    pub(super) patience: Family,
}

const DAY_S: f64 = 86_400.0;
const FROM_S: f64 = 8.0 * 3_600.0;
const TO_S: f64 = 20.0 * 3_600.0;

pub(super) const MAP: &str = r#"
name = "Known"
[columns]
arrived  = "arrived"
answered = { seconds = "wait_s", after = "arrived" }
ended    = [{ seconds = "talk_s", after = "answered" }, { seconds = "left_after_s", after = "arrived" }]
queue    = "queue"
agent    = "agent"
"#;

/// The log of some days from 2 March 2026, in microseconds. Who has been free longest answers who waits longest.
pub(super) fn log(teams: &[Team], days: u32) -> String {
    let mut text = String::from("arrived,queue,agent,wait_s,talk_s,left_after_s\n");
    for (number, team) in teams.iter().enumerate() {
        let mut rng = Xoshiro256PlusPlus::seed_from_u64(20 + number as u64);
        let gap = Family::Exponential {
            mean: 3_600.0 / team.per_hour,
        };
        let [gap, talk, patience] = [&gap, &team.handle_time, &team.patience]
            .map(|family| family.sampler().expect("a distribution"));
        for day in 0..days {
            let mut free_from = vec![FROM_S; team.agents];
            let mut at = FROM_S;
            loop {
                at += gap.sample(&mut rng);
                let (talk, patience) = (talk.sample(&mut rng), patience.sample(&mut rng));
                if at >= TO_S {
                    break;
                }
                let agent = (0..team.agents)
                    .min_by(|a, b| free_from[*a].total_cmp(&free_from[*b]))
                    .expect("a team has agents");
                let wait = (free_from[agent] - at).max(0.0);
                let arrived = moment(f64::from(day) * DAY_S + at);
                let queue = team.queue;
                let row = if wait < patience {
                    free_from[agent] = at + wait + talk;
                    writeln!(
                        text,
                        "{arrived},{queue},{queue}{agent},{wait:.6},{talk:.6},"
                    )
                } else {
                    writeln!(text, "{arrived},{queue},,,,{patience:.6}")
                };
                row.expect("a text takes anything");
            }
        }
    }
    text
}

/// So many seconds after the first midnight, as text.
fn moment(seconds: f64) -> String {
    let day = (seconds / DAY_S).floor();
    let rest = seconds - day * DAY_S;
    let (hour, minute) = ((rest / 3_600.0).floor(), (rest % 3_600.0 / 60.0).floor());
    format!(
        "2026-03-{:02} {hour:02}:{minute:02}:{:09.6}",
        2.0 + day,
        rest % 60.0
    )
}

/// Reads a scenario off a log and simulates it.
pub(super) fn replayed(
    text: &str,
    map: &str,
    replications: u64,
    threads: usize,
) -> (ReadOff, Comparison) {
    let map = LogMap::parse(map, "map.toml").unwrap_or_else(|problems| panic!("{problems}"));
    let log = Log::parse(text, "log.csv", &map, &Window::default()).expect("a log");
    let run = (replications, 1);
    let read_off = read_off(log, &map, "Known", run).expect("agents");
    let compiled = read_off
        .written
        .scenario("known.toml")
        .and_then(|scenario| scenario.compile());
    let compiled = compiled.unwrap_or_else(|problems| panic!("{problems}"));
    let workers = Workers::new(threads).expect("threads");
    let comparison = compare(&read_off, &compiled, run, &workers, &|| ());
    (read_off, comparison)
}
