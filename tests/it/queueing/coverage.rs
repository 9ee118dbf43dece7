//! Every row is covered by a model or stands in a list with the reason.

use super::{arrivals, chains, days, single, staffing};

const SKILLS: &str =
    "skill routing over several groups is no single queue; the simulator is proved against it";
const BLEND: &str = "blending with a reserve of idle agents is no single queue; for the simulator";
const SIMULATED: &str = "a simulated value, not an exact one; for the simulator";
const SESSIONS: &str =
    "a bot with few sessions in front of a queue is two stations; for the simulator";

/// Beginnings of names of rows that no model of `queueing` covers, how many there are, and why.
const NOT_COVERED: [(&str, usize, &str); 13] = [
    ("B-V-", 15, SKILLS),
    ("B-N-", 54, SKILLS),
    ("B-X-", 20, SKILLS),
    ("B-M-", 21, SKILLS),
    ("B-OVF-", 10, SKILLS),
    ("B-BLEND-", 36, BLEND),
    ("B-BLENDQ-", 9, BLEND),
    ("B-BOT-v2", 9, SESSIONS),
    ("B-BOT-v3", 9, SESSIONS),
    ("B-CHATLN-", 12, SIMULATED),
    ("B-FCFS-", 21, SIMULATED),
    ("C-v6", 52, SIMULATED),
    ("F-", 54, SIMULATED),
];

/// Checks that a file's rows are covered or stand in the list, all of them.
fn accounted(found: &(usize, Vec<String>), wanted: usize, starts: &[&str]) {
    let (covered, left) = found;
    assert_eq!(*covered, wanted, "rows covered; left: {left:?}");
    let mut listed = 0;
    for (start, count, reason) in NOT_COVERED {
        if starts.contains(&start) {
            let here = left.iter().filter(|name| name.starts_with(start)).count();
            assert_eq!(here, count, "{start}: {reason}");
            listed += count;
        }
    }
    assert_eq!(listed, left.len(), "rows without model or reason: {left:?}");
}

#[test]
fn single_queues_in_their_steady_state_are_exact() {
    accounted(&single::run(), 790, &[]);
    accounted(&single::run_published(), 9, &["F-"]);
}

#[test]
fn chat_and_redials_are_exact() {
    let left = [
        "B-V-",
        "B-N-",
        "B-X-",
        "B-M-",
        "B-OVF-",
        "B-BLEND-",
        "B-BLENDQ-",
        "B-BOT-v2",
        "B-BOT-v3",
    ];
    accounted(&chains::run(), 124, &left);
}

#[test]
fn days_are_exact() {
    accounted(&days::run(), 933, &["C-v6"]);
}

#[test]
fn staffing_is_exact() {
    accounted(&staffing::run(), 295, &[]);
}

#[test]
fn streams_that_are_not_poisson_are_exact() {
    accounted(&arrivals::run(), 123, &[]);
}

#[test]
fn simulated_rows_are_left_to_the_simulator() {
    let found = super::rows::check_file("b_sim.json", |_| None);
    accounted(&found, 0, &["B-CHATLN-", "B-FCFS-"]);
}
