//! How much one variant may hold: queues and groups, agents, places for open contacts.

use super::centre::Scope;
use super::staff::GroupStaff;
use crate::scenario::format::{GroupFile, ScenarioFile, VariantFile};
use crate::scenario::model::Group;
use crate::scenario::name_hash;
use crate::scenario::people::MOST_AGENTS;
use crate::scenario::read::Named;

/// The most queues, and the most groups.
const MOST_NAMES: usize = 1_000;
/// The most contacts that all agents may have open.
const MOST_PLACES: u64 = 10_000_000;

/// Whether there are queues and groups, not too many, and all with randomness of their own.
pub(super) fn check_names(
    file: &ScenarioFile,
    variant: Option<&VariantFile>,
    scope: &mut Scope<'_>,
) {
    let (Some(queues), Some(groups)) = (&file.queues, &file.groups) else {
        return;
    };
    let removal = variant
        .and_then(|variant| variant.remove.as_ref())
        .map(|remove| &remove.place);
    for (what, place, names) in [
        ("queue", &queues.place, &scope.queue_names),
        ("group", &groups.place, &scope.group_names),
    ] {
        if names.is_empty() {
            let message = format!("no {what} is left: a scenario needs at least one");
            scope
                .reader
                .report_at(removal.unwrap_or(place), message, None);
        }
        if names.len() > MOST_NAMES {
            let message = format!(
                "{} {what}s are too many, {MOST_NAMES} are possible",
                names.len()
            );
            scope.reader.report_at(place, message, None);
        }
    }
    for (names, place) in [
        (&scope.source_names, &queues.place),
        (&scope.group_names, &groups.place),
    ] {
        let mut hashes: Vec<u64> = names.iter().map(|name| name_hash(name)).collect();
        hashes.sort_unstable();
        if hashes.windows(2).any(|pair| pair[0] == pair[1]) {
            let message = "two names have one hash and would share their randomness: rename one";
            scope.reader.report_at(place, message, None);
        }
    }
}

/// The most heads that a group ever has.
pub(super) fn most_heads(staff: Option<&GroupStaff>) -> u32 {
    staff.map_or(0, |(heads, _)| heads.values().max().unwrap_or(0))
}

pub(super) fn check_agents(files: &Named<GroupFile>, heads_max: &[u32], scope: &mut Scope<'_>) {
    let total: i64 = heads_max.iter().map(|heads| i64::from(*heads)).sum();
    if total > MOST_AGENTS {
        let last = files
            .entries
            .iter()
            .rev()
            .find_map(|entry| entry.value.as_ref()?.staff.as_ref());
        let place = last.map(|staff| staff.place.clone()).unwrap_or_default();
        let message = format!("{total} agents in all groups together, {MOST_AGENTS} are possible");
        scope.reader.report_at(&place, message, None);
    }
}

/// Agents have a place for each contact that they may have open.
pub(super) fn check_places(
    files: &Named<GroupFile>,
    groups: &[Option<Group>],
    heads_max: &[u32],
    scope: &mut Scope<'_>,
) {
    let places = |(group, heads): (&Option<Group>, &u32)| {
        let skills = group.iter().flat_map(|group| &group.skills);
        let at_once = skills.map(|skill| skill.at_once).max();
        u64::from(at_once.unwrap_or(1)) * u64::from(*heads)
    };
    let of_groups: Vec<u64> = groups.iter().zip(heads_max).map(places).collect();
    let total: u64 = of_groups.iter().sum();
    let most = files.entries.iter().zip(&of_groups);
    let most = most.max_by_key(|(_, places)| **places);
    let at_once = most.and_then(|(entry, _)| entry.value.as_ref()?.at_once.as_ref());
    if let Some(at_once) = at_once.filter(|_| total > MOST_PLACES) {
        let message = format!(
            "heads × at_once of all groups together are {total}, {MOST_PLACES} are possible"
        );
        scope.reader.report_at(&at_once.place, message, None);
    }
}
