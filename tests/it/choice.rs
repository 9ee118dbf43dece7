//! Which of several free agents takes a new contact.

use std::collections::BTreeMap;

use channelmix::scenario::model::Variant;
use channelmix::sim::contacts::Contact;
use channelmix::time::SimTime;

use super::properties::record::{Record, Told};
use super::support::compiled;

const HEADS: u32 = 5;
const AT_ONCE: usize = 3;

/// Five agents with chats, three at a time, and calls.
fn centre(choice: &str) -> String {
    format!(
        r#"
name = "choice"
currency = "EUR"
[horizon]
start = "2026-09-07"
days = 2
[queues.chat]
channel = "chat"
arrivals = {{ per_hour = 40 }}
handle_time = {{ dist = "exponential", mean = "6m" }}
patience = {{ dist = "exponential", mean = "2m" }}
[queues.phone]
channel = "phone"
arrivals = {{ per_hour = 10 }}
handle_time = {{ dist = "exponential", mean = "4m" }}
patience = {{ dist = "exponential", mean = "2m" }}
[groups.desk]
skills = ["chat", "phone"]
at_once = {{ chat = {AT_ONCE} }}
pace = [1.0, 0.8, 0.6]
staff = {HEADS}
{choice}
"#
    )
}

/// An agent as the rules see it.
#[derive(Debug, Clone, Copy)]
struct Agent {
    number: u32,
    open: usize,
    is_exclusive: bool,
    /// When it came to the contacts that it has open.
    moved: usize,
    /// Time with something in hand, up to when it was last idle.
    busy: u64,
    busy_since: SimTime,
}

/// By choice: who comes first, smallest first.
type Rule = fn(&Agent) -> (bool, usize, u64, usize, u32);

fn rule(choice: &str) -> Rule {
    match choice {
        "least_loaded" => |agent| (false, agent.open, 0, agent.moved, agent.number),
        "most_loaded" => |agent| (false, AT_ONCE - agent.open, 0, agent.moved, agent.number),
        "longest_idle" => |agent| (agent.open > 0, 0, 0, agent.moved, agent.number),
        "least_occupied" => |agent| (agent.open > 0, 0, agent.busy, 0, agent.number),
        _ => |agent| (false, 0, 0, 0, agent.number),
    }
}

/// Of each new contact that was taken at once: the agents who were free for it, and who took it.
fn taken(variant: &Variant) -> Vec<(Vec<Agent>, u32)> {
    let record = Record::of(variant, 5, 0);
    let at_once = |contact: &Contact| variant.model.queues[contact.queue].servers[0].at_once;
    let mut agents: BTreeMap<u32, Agent> = (0..HEADS)
        .map(|number| {
            let agent = Agent {
                number,
                open: 0,
                is_exclusive: false,
                moved: number as usize,
                busy: 0,
                busy_since: SimTime::START,
            };
            (number, agent)
        })
        .collect();
    let mut taken = Vec::new();
    for (moved, (now, told)) in (HEADS as usize..).zip(&record.log) {
        match told {
            Told::Started { contact, agent, .. } => {
                if contact.arrived_at == *now {
                    let free = agents.values().filter(|agent| {
                        let has_room = at_once(contact) > 1 && agent.open < AT_ONCE;
                        agent.open == 0 || (has_room && !agent.is_exclusive)
                    });
                    taken.push((free.copied().collect(), *agent));
                }
                let agent = agents.get_mut(agent).expect("one of the five");
                if agent.open == 0 {
                    agent.busy_since = *now;
                }
                agent.open += 1;
                agent.is_exclusive = at_once(contact) == 1;
                agent.moved = moved;
            }
            Told::Finished { agent, .. } => {
                let agent = agents.get_mut(agent).expect("one of the five");
                agent.open -= 1;
                agent.moved = moved;
                if agent.open == 0 {
                    agent.busy += now.since(agent.busy_since).0;
                }
            }
            _ => (),
        }
    }
    taken
}

/// How many contacts went to another agent than a rule says.
fn mistaken(taken: &[(Vec<Agent>, u32)], rule: Rule) -> usize {
    let wrong = taken.iter().filter(|(free, taker)| {
        free.iter()
            .min_by_key(|agent| rule(agent))
            .map(|agent| agent.number)
            != Some(*taker)
    });
    wrong.count()
}

#[test]
fn each_choice_is_kept_and_unlike_the_others() {
    let choices = [
        "least_loaded",
        "most_loaded",
        "longest_idle",
        "least_occupied",
        "lowest_number",
    ];
    for choice in choices {
        let compiled = compiled(&centre(&format!("agents = \"{choice}\"")));
        let taken = taken(&compiled.variants[0]);
        assert!(taken.len() > 1_500, "{}", taken.len());
        for other in choices {
            let mistaken = mistaken(&taken, rule(other));
            if choice == other {
                assert_eq!(mistaken, 0, "{choice}");
            } else {
                assert!(mistaken > 50, "{choice} beside {other}: {mistaken}");
            }
        }
    }
}

#[test]
fn without_a_choice_the_least_loaded_takes() {
    let compiled = compiled(&centre(""));
    assert_eq!(
        mistaken(&taken(&compiled.variants[0]), rule("least_loaded")),
        0
    );
}

#[test]
fn at_random_every_free_agent_is_as_likely() {
    let compiled = compiled(&centre("agents = \"random\""));
    let taken = taken(&compiled.variants[0]);
    let (mut sum, mut variance) = (0.0, 0.0);
    for (free, taker) in &taken {
        let place = free.iter().position(|agent| agent.number == *taker);
        let place = place.expect("only a free agent takes") as f64;
        // Uniform on 0 to n − 1: mean (n − 1)/2, variance (n² − 1)/12.
        let count = free.len() as f64;
        sum += place - (count - 1.0) / 2.0;
        variance += (count * count - 1.0) / 12.0;
    }
    assert!(variance > 1_000.0, "{variance}");
    assert!((sum / f64::sqrt(variance)).abs() <= 3.3, "{sum}");
    let to_last = taken
        .iter()
        .filter(|(free, taker)| free.len() == 5 && *taker == 4);
    let of_five = taken.iter().filter(|(free, _)| free.len() == 5);
    let (to_last, of_five) = (to_last.count() as f64, of_five.count() as f64);
    assert!(of_five > 100.0, "{of_five}");
    let error = (of_five * 0.2 * 0.8).sqrt();
    assert!(
        (to_last - of_five * 0.2).abs() <= 3.3 * error,
        "{to_last} of {of_five}"
    );
}

/// Of two groups that serve a queue the one with fewer skills is tried first, whatever the order of the file.
#[test]
fn the_most_specialised_group_is_tried_first() {
    let text = |order: &str| {
        format!(
            "name = \"groups\"\ncurrency = \"EUR\"\n[horizon]\nstart = \"2026-09-07\"\ndays = 1\n\
             [queues.a]\nchannel = \"phone\"\narrivals = {{ per_hour = 1 }}\nhandle_time = \"1m\"\n{order}\n\
             [queues.b]\nchannel = \"phone\"\narrivals = {{ per_hour = 1 }}\nhandle_time = \"1m\"\n\
             [groups.both]\nskills = [\"a\", \"b\"]\nstaff = 1\n[groups.one]\nskills = [\"a\"]\nstaff = 1\n"
        )
    };
    let first = |order: &str| {
        let compiled = compiled(&text(order));
        let model = &compiled.variants[0].model;
        let queue = model.queues.values().next().expect("a");
        model.groups[queue.servers[0].group].name.text.clone()
    };
    assert_eq!(first(""), "both");
    assert_eq!(first("groups = \"most_specialised\""), "one");
}
