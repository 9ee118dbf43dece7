//! What a search for shifts found: patterns, duties, and who works them.

use serde::Serialize;

use crate::scenario::model::Model;
use crate::scenario::roster::RosterRow;

use super::super::found::Plan;
use super::roster::Agent;

/// The cheapest shifts that were found.
#[derive(Debug, Clone, PartialEq)]
pub struct ShiftPlan {
    /// Heads, costs and proof.
    pub plan: Plan,
    /// How many agents each pattern has.
    pub patterns: Vec<PatternPlan>,
    /// How often each duty is worked.
    pub duties: Vec<DutyPlan>,
    /// Who does what from when to when.
    pub roster: Vec<RosterRow>,
}

/// The agents of a pattern in a group.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PatternPlan {
    /// The pattern.
    pub pattern: String,
    /// The group.
    pub group: String,
    /// How many people.
    pub agents: u32,
}

/// A duty and how many agents of a group have it on which days.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct DutyPlan {
    /// The pattern.
    pub pattern: String,
    /// The group.
    pub group: String,
    /// When it begins, `08:00`.
    pub start: String,
    /// How long it lasts with its breaks, in minutes.
    pub length_min: u64,
    /// Agents by day from Monday; of a horizon of one day one number.
    pub agents: Vec<u32>,
}

/// How many agents each pattern has in each group.
pub(super) fn by_pattern(model: &Model, agents: &[Agent]) -> Vec<PatternPlan> {
    let mut plans = Vec::new();
    for (place, pattern) in model.patterns.iter().enumerate() {
        for &group in &pattern.groups {
            let own = agents
                .iter()
                .filter(|agent| agent.of.pattern == place && agent.of.group == group);
            plans.push(PatternPlan {
                pattern: pattern.name.clone(),
                group: model.groups[group].name.text.clone(),
                agents: u32::try_from(own.count()).unwrap_or(u32::MAX),
            });
        }
    }
    plans
}

/// How often each duty is worked.
pub(super) fn by_duty(model: &Model, agents: &[Agent]) -> Vec<DutyPlan> {
    let mut counts = std::collections::BTreeMap::new();
    for agent in agents {
        let pattern = &model.patterns[agent.of.pattern];
        for (day, given) in agent.days.iter().enumerate() {
            let Some(given) = given else {
                continue;
            };
            let duty = given.of(pattern);
            let key = (agent.of.pattern, agent.of.group, duty.start, duty.length);
            counts
                .entry(key)
                .or_insert_with(|| vec![0; agent.days.len()])[day] += 1;
        }
    }
    let told = counts
        .into_iter()
        .map(|((pattern, group, start, length), agents)| {
            let minutes = start.0 / 60_000_000;
            DutyPlan {
                pattern: model.patterns[pattern].name.clone(),
                group: model.groups[group].name.text.clone(),
                start: format!("{:02}:{:02}", minutes / 60, minutes % 60),
                length_min: length.0 / 60_000_000,
                agents,
            }
        });
    told.collect()
}
