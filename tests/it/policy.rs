//! Whom an agent takes who becomes free.

use std::collections::BTreeMap;

use channelmix::scenario::Scenario;
use channelmix::sim::contacts::Contact;

use super::properties::record::{Record, Told};
use super::support::compiled;

/// Two queues that one group serves, and a third of smaller priority number; chats two at a time.
fn centre(policy: &str) -> String {
    format!(
        r#"
name = "policy"
currency = "EUR"
[horizon]
start = "2026-09-07"
days = 1
[queues.sales]
channel = "phone"
arrivals = {{ per_hour = 30 }}
handle_time = {{ dist = "exponential", mean = "4m" }}
patience = {{ dist = "exponential", mean = "5m" }}
[queues.service]
channel = "phone"
arrivals = {{ per_hour = 30 }}
handle_time = {{ dist = "exponential", mean = "4m" }}
[queues.urgent]
channel = "phone"
arrivals = {{ per_hour = 4 }}
handle_time = {{ dist = "exponential", mean = "4m" }}
priority = 0
[queues.chat]
channel = "chat"
arrivals = {{ per_hour = 15 }}
handle_time = {{ dist = "exponential", mean = "6m" }}
[queues.message]
channel = "chat"
arrivals = {{ per_hour = 15 }}
handle_time = {{ dist = "exponential", mean = "6m" }}
[groups.voice]
skills = ["sales", "service", "urgent"]
staff = 4
{policy}
[groups.text]
skills = ["chat", "message"]
at_once = {{ chat = 2, message = 2 }}
pace = [1.0, 0.7]
staff = 2
{policy}
"#
    )
}

/// How many were taken from a line while somebody of the same priority whom the agent could take waited longer, and how many were
/// taken while somebody of a smaller priority number waited.
fn passed_over(policy: &str) -> (usize, usize) {
    let compiled = compiled(&centre(policy));
    let variant = &compiled.variants[0];
    let model = &variant.model;
    let record = Record::of(variant, 3, 0);
    let mut waiting: BTreeMap<u64, Contact> = BTreeMap::new();
    let (mut longer, mut more_urgent) = (0, 0);
    for (now, told) in &record.log {
        match told {
            Told::Arrived(contact) => {
                waiting.insert(contact.key, *contact);
            }
            Told::Started { contact, group, .. } => {
                waiting.remove(&contact.key);
                if contact.arrived_at == *now {
                    continue;
                }
                let priority = |contact: &Contact| model.queues[contact.queue].priority;
                let others = waiting.values().filter(|other| {
                    let skills = &model.groups[*group].skills;
                    other.leaves_at >= *now && skills.iter().any(|skill| skill.queue == other.queue)
                });
                for other in others {
                    longer += usize::from(
                        priority(other) == priority(contact)
                            && other.arrived_at < contact.arrived_at,
                    );
                    more_urgent += usize::from(priority(other) < priority(contact));
                }
            }
            Told::Ended { contact, .. } => {
                waiting.remove(&contact.key);
            }
            _ => (),
        }
    }
    (longer, more_urgent)
}

#[test]
fn by_longest_waiting_nobody_of_the_same_priority_is_passed_over() {
    assert_eq!(passed_over("policy = \"longest_waiting\""), (0, 0));
    let (longer, more_urgent) = passed_over("policy = \"list_order\"");
    assert!(longer > 100, "{longer}");
    assert_eq!(more_urgent, 0);
    assert_eq!(passed_over(""), (longer, 0));
}

#[test]
fn a_policy_is_one_of_those_there_are() {
    let text = centre("policy = \"longest\"");
    let problems = Scenario::parse(&text, "a.toml", |_| Err(String::new()))
        .and_then(|scenario| scenario.compile())
        .expect_err("a problem")
        .to_string();
    assert!(problems.contains("expected a policy"), "{problems}");
    assert!(problems.contains("longest_waiting"), "{problems}");
}
