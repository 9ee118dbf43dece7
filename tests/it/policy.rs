//! Whom an agent takes who becomes free.

use std::collections::BTreeMap;

use channelmix::scenario::Scenario;
use channelmix::scenario::model::Model;
use channelmix::sim::contacts::Contact;
use channelmix::time::SimTime;

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
target = {{ share = 0.8, within = "20s" }}
[queues.service]
channel = "phone"
arrivals = {{ per_hour = 30 }}
handle_time = {{ dist = "exponential", mean = "4m" }}
target = {{ share = 0.8, within = "2m" }}
[queues.urgent]
channel = "phone"
arrivals = {{ per_hour = 4 }}
handle_time = {{ dist = "exponential", mean = "4m" }}
priority = 0
[queues.chat]
channel = "chat"
arrivals = {{ per_hour = 15 }}
handle_time = {{ dist = "exponential", mean = "6m" }}
target = {{ share = 0.8, within = "1m" }}
[queues.message]
channel = "chat"
arrivals = {{ per_hour = 15 }}
handle_time = {{ dist = "exponential", mean = "6m" }}
[groups.voice]
skills = ["sales", {{ queue = "service", weight = 3 }}, "urgent"]
staff = 4
{policy}
[groups.text]
skills = ["chat", {{ queue = "message", weight = 0.5 }}]
at_once = {{ chat = 2, message = 2 }}
pace = [1.0, 0.7]
staff = 2
{policy}
"#
    )
}

/// What a policy goes by, larger first: of a contact of a queue in a model, by a skill of some weight, at an instant.
type Urgency = fn(&Model, &Contact, f64, SimTime) -> f64;

const WAIT: Urgency = |_, contact, _, now| now.since(contact.arrived_at).as_seconds();
const WEIGHTED: Urgency =
    |_, contact, weight, now| now.since(contact.arrived_at).as_seconds() * weight;
const LATENESS: Urgency = |model, contact, _, now| {
    let within = model.queues[contact.queue].within();
    within.map_or(f64::NEG_INFINITY, |within| {
        now.since(contact.arrived_at).as_seconds() - within.as_seconds()
    })
};

/// How many were taken from a line while somebody of the same priority whom the agent could take was more urgent, and how many were
/// taken while somebody of a smaller priority number waited.
fn passed_over(policy: &str, urgency: Urgency) -> (usize, usize) {
    let compiled = compiled(&centre(policy));
    let variant = &compiled.variants[0];
    let model = &variant.model;
    let record = Record::of(variant, 3, 0);
    let mut waiting: BTreeMap<u64, Contact> = BTreeMap::new();
    let (mut longer, mut more_urgent) = (0, 0);
    for (now, told) in &record.log {
        match told {
            Told::Arrived(contact) => {
                waiting.insert(contact.key(), *contact);
            }
            Told::Started { contact, group, .. } => {
                waiting.remove(&contact.key());
                if contact.arrived_at == *now {
                    continue;
                }
                let priority = |contact: &Contact| model.queues[contact.queue].priority;
                let others = waiting.values().filter(|other| {
                    let skills = &model.groups[*group].skills;
                    other.leaves_at >= *now && skills.iter().any(|skill| skill.queue == other.queue)
                });
                for other in others {
                    let urgency = |contact: &Contact| {
                        let skills = &mut model.groups[*group].skills.iter();
                        let skill = skills.find(|skill| skill.queue == contact.queue);
                        urgency(
                            model,
                            contact,
                            skill.map_or(1.0, |skill| skill.weight),
                            *now,
                        )
                    };
                    longer += usize::from(
                        priority(other) == priority(contact) && urgency(other) > urgency(contact),
                    );
                    more_urgent += usize::from(priority(other) < priority(contact));
                }
            }
            Told::Ended { contact, .. } => {
                waiting.remove(&contact.key());
            }
            _ => (),
        }
    }
    (longer, more_urgent)
}

#[test]
fn by_longest_waiting_nobody_of_the_same_priority_is_passed_over() {
    assert_eq!(passed_over("policy = \"longest_waiting\"", WAIT), (0, 0));
    let (longer, more_urgent) = passed_over("policy = \"list_order\"", WAIT);
    assert!(longer > 100, "{longer}");
    assert_eq!(more_urgent, 0);
    assert_eq!(passed_over("", WAIT), (longer, 0));
}

#[test]
fn each_policy_passes_nobody_over_by_its_own_rule_and_somebody_by_the_others() {
    let policies = [
        ("longest_waiting", WAIT),
        ("shortest_slack", LATENESS),
        ("weighted", WEIGHTED),
    ];
    for (name, _) in policies {
        for (other, urgency) in policies {
            let (passed_over, more_urgent) = passed_over(&format!("policy = \"{name}\""), urgency);
            assert_eq!(more_urgent, 0);
            if name == other {
                assert_eq!(passed_over, 0, "{name}");
            } else {
                assert!(passed_over > 20, "{name} by {other}: {passed_over}");
            }
        }
    }
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
