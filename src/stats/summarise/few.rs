//! Which figures of a variant rest on too few events for a trustworthy interval.

use crate::stats::named::{self, Figures};
use crate::stats::summary::{Differences, VariantSummary};

use super::labels::VariantLabel;

/// Their paths: `queues.phone.wait_s.p99`, `differences.queues.phone.asa_s`.
///
/// Where nobody may abandon, that nobody does is certain and rests on no events; so is that a bot without limit is never full.
pub(super) fn too_few_events(variant: &VariantSummary, label: &VariantLabel) -> Vec<String> {
    let may_abandon = |name: &str| {
        let mut queues = label.queues.iter();
        queues.any(|queue| queue.name == name && queue.may_abandon)
    };
    let may_be_full = |name: &str| {
        label
            .bots
            .iter()
            .any(|bot| bot.name == name && bot.may_be_full)
    };
    let is_certain = |path: &str, figure: &str| {
        let queue = path.strip_prefix("queues.");
        let bot = path.strip_prefix("bots.");
        queue.is_some_and(|queue| figure == "abandonment" && !may_abandon(queue))
            || bot.is_some_and(|bot| figure == "full_share" && !may_be_full(bot))
    };
    let mut paths = Vec::new();
    let mut add = |path: String, figures: Figures| {
        let few = figures
            .into_iter()
            .filter(|(name, figure)| figure.is_of_few && !is_certain(&path, name));
        paths.extend(few.map(|(name, _)| format!("{path}.{name}")));
    };
    of_variant(variant, &mut add);
    if let Some(differences) = &variant.differences {
        of_differences(differences, &mut add);
    }
    paths
}

fn of_variant(variant: &VariantSummary, add: &mut impl FnMut(String, Figures)) {
    for (name, queue) in variant.queues.iter() {
        add(format!("queues.{name}"), named::of_queue(&queue.measures));
    }
    for (name, group) in variant.groups.iter() {
        add(format!("groups.{name}"), named::of_group(&group.measures));
    }
    add("cost".to_owned(), named::of_cost(&variant.cost));
    if let Some(value) = &variant.value {
        add("value".to_owned(), named::of_value(value));
    }
    add("demand".to_owned(), named::of_demand(&variant.demand));
    if let Some(issues) = &variant.issues {
        add("issues".to_owned(), named::of_issues(issues));
        for (name, of_queue) in issues.queues.iter() {
            let figures = named::of_issue_measures(of_queue);
            add(format!("issues.queues.{name}"), figures);
        }
    }
    for (name, turns) in variant.turns.iter() {
        add(format!("turns.{name}"), named::of_turns(turns));
    }
    for (name, bot) in variant.bots.iter() {
        add(format!("bots.{name}"), named::of_bot(bot));
    }
}

fn of_differences(differences: &Differences, add: &mut impl FnMut(String, Figures)) {
    let path = |rest: &str| format!("differences.{rest}");
    for (name, queue) in differences.queues.iter() {
        add(path(&format!("queues.{name}")), named::of_queue(queue));
    }
    for (name, group) in differences.groups.iter() {
        add(path(&format!("groups.{name}")), named::of_group(group));
    }
    add(path("cost"), named::of_cost(&differences.cost));
    if let Some(value) = &differences.value {
        add(path("value"), named::of_value(value));
    }
    add(path("demand"), named::of_demand(&differences.demand));
    if let Some(issues) = &differences.issues {
        add(path("issues"), named::of_issue_measures(issues));
    }
}
