//! How fast the engine is, with all its counting, on one core, beside the bare minimum of the same work.
//!
//! `cargo bench --bench engine` prints a row a load; `-- w1 w2` only those. Times are the fastest of several rounds, since whatever else the
//! machine does only adds time; ratios are medians over rounds in which the engine and the bare minimum take turns. Instructions are
//! counted by callgrind where valgrind is installed: what a second replication adds, divided by its contacts. They
//! are the same on a busy machine. `-- --check` counts instructions alone and fails where there are more than `benches/engine/budget.toml` allows.
//! `benches/compare OLD NEW` times two commits in turn.
#![expect(
    clippy::disallowed_methods,
    clippy::print_stdout,
    reason = "a bench reads the clock, and prints what it found"
)]

mod bare;
mod budget;
mod case;
mod child;
mod loads;

use std::process::ExitCode;
use std::time::{Duration, Instant};

use case::Case;
use loads::Load;

/// Rounds of a load, and the least time of one.
const ROUNDS: u64 = 7;
const ROUND: Duration = Duration::from_millis(250);

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args()
        .skip(1)
        .filter(|word| word != "--bench")
        .collect();
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match &words[..] {
        ["--child", what, load, repeats] => child::run(what, load, repeats.parse().unwrap_or(1)),
        ["--check", wanted @ ..] => return budget::check(&chosen(wanted)),
        ["--times", wanted @ ..] => times(&chosen(wanted)),
        wanted => table(&chosen(wanted)),
    }
    ExitCode::SUCCESS
}

/// The loads asked for, or all.
fn chosen(wanted: &[&str]) -> Vec<&'static str> {
    let is_wanted = |name: &&str| wanted.is_empty() || wanted.contains(name);
    loads::names().iter().copied().filter(is_wanted).collect()
}

/// Nanoseconds a contact and nothing else, for `benches/compare`.
fn times(names: &[&'static str]) {
    for name in names {
        let load = loads::load(name);
        let mut case = Case::new(&load.compiled);
        let contacts = case.volume(0).contacts as f64;
        let rounds = (0..ROUNDS).map(|_| seconds(|turn| case.run(turn)));
        let least = rounds.fold(f64::INFINITY, f64::min);
        println!("{name}\t{:.2}", 1e9 * least / contacts);
    }
}

fn table(names: &[&'static str]) {
    println!(
        "{:<14}{:>11}{:>12}{:>12}{:>10}{:>8}{:>15}{:>13}{:>9}",
        "load",
        "contacts",
        "contacts/s",
        "events/s",
        "ns/event",
        "x bare",
        "instr/contact",
        "instr/event",
        "peak MB"
    );
    for name in names {
        let load = loads::load(name);
        let mut case = Case::new(&load.compiled);
        let volume = case.volume(0);
        let timed = timed(&load, &mut case, volume.contacts);
        let (contacts, events) = (volume.contacts as f64, volume.events as f64);
        let instructions =
            child::instructions("engine", name).map(|all| (all / contacts, all / events));
        let text = |value: Option<f64>, digits: usize| {
            value.map_or_else(|| "-".to_owned(), |value| format!("{value:.digits$}"))
        };
        println!(
            "{:<14}{:>11}{:>12.0}{:>12.0}{:>10.1}{:>8}{:>15}{:>13}{:>9}",
            load.name,
            volume.contacts,
            contacts / timed.engine_s,
            events / timed.engine_s,
            1e9 * timed.engine_s / events,
            text(timed.ratio, 2),
            text(instructions.map(|each| each.0), 0),
            text(instructions.map(|each| each.1), 0),
            text(child::peak_mb(name), 1),
        );
    }
}

/// Seconds of one replication, the fastest of all rounds, and the median of the ratios to the bare minimum.
struct Timed {
    engine_s: f64,
    ratio: Option<f64>,
}

fn timed(load: &Load, case: &mut Case, contacts: u64) -> Timed {
    let mut ratios = Vec::new();
    let mut engine_s = f64::INFINITY;
    for round in 0..ROUNDS {
        let engine = seconds(|turn| case.run(ROUNDS * turn + round));
        engine_s = engine_s.min(engine);
        if let Some(bare) = load.bare {
            let figures =
                |turn| std::hint::black_box(bare.run(contacts, ROUNDS * turn + round)).figures();
            let bare = seconds(|turn| {
                std::hint::black_box(figures(turn));
            });
            ratios.push(engine / bare);
        }
    }
    ratios.sort_by(f64::total_cmp);
    Timed {
        engine_s,
        ratio: ratios.get(ratios.len() / 2).copied(),
    }
}

/// Seconds that one turn takes, over as many turns as fill a round.
fn seconds(mut turn: impl FnMut(u64)) -> f64 {
    let start = Instant::now();
    let mut turns = 0;
    while turns == 0 || start.elapsed() < ROUND {
        turn(turns);
        turns += 1;
    }
    start.elapsed().as_secs_f64() / turns as f64
}
