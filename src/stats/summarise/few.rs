//! Which figures of a variant rest on too few events for a trustworthy interval.

use crate::stats::named::{self, Figures};
use crate::stats::summary::VariantSummary;

use super::labels::VariantLabel;

/// Their paths: `queues.phone.wait_s.p99`, `differences.queues.phone.asa_s`.
///
/// Where nobody may abandon, that nobody does is certain and rests on no events.
pub(super) fn too_few_events(variant: &VariantSummary, label: &VariantLabel) -> Vec<String> {
    let may_abandon = |name: &str| {
        let mut queues = label.queues.iter();
        queues.any(|queue| queue.name == name && queue.may_abandon)
    };
    let is_certain = |path: &str, figure: &str| match path.strip_prefix("queues.") {
        Some(queue) => figure == "abandonment" && !may_abandon(queue),
        None => false,
    };
    let mut paths = Vec::new();
    let mut add = |path: String, figures: Figures| {
        let few = figures
            .into_iter()
            .filter(|(name, figure)| figure.is_of_few && !is_certain(&path, name));
        paths.extend(few.map(|(name, _)| format!("{path}.{name}")));
    };
    for (name, queue) in variant.queues.iter() {
        add(format!("queues.{name}"), named::of_queue(&queue.measures));
    }
    for (name, group) in variant.groups.iter() {
        add(format!("groups.{name}"), named::of_group(&group.measures));
    }
    add("cost".to_owned(), named::of_cost(&variant.cost));
    add("demand".to_owned(), named::of_demand(&variant.demand));
    if let Some(issues) = &variant.issues {
        add("issues".to_owned(), named::of_issues(issues));
        for (name, of_queue) in issues.queues.iter() {
            add(
                format!("issues.queues.{name}"),
                named::of_issue_measures(of_queue),
            );
        }
    }
    for (name, turns) in variant.turns.iter() {
        add(format!("turns.{name}"), named::of_turns(turns));
    }
    for (name, bot) in variant.bots.iter() {
        add(format!("bots.{name}"), named::of_bot(bot));
    }
    if let Some(differences) = &variant.differences {
        for (name, queue) in differences.queues.iter() {
            add(format!("differences.queues.{name}"), named::of_queue(queue));
        }
        for (name, group) in differences.groups.iter() {
            add(format!("differences.groups.{name}"), named::of_group(group));
        }
        add(
            "differences.cost".to_owned(),
            named::of_cost(&differences.cost),
        );
        if let Some(issues) = &differences.issues {
            add(
                "differences.issues".to_owned(),
                named::of_issue_measures(issues),
            );
        }
        add(
            "differences.demand".to_owned(),
            named::of_demand(&differences.demand),
        );
    }
    paths
}
