//! A queue or a group that a variant removes is forgotten where contacts would lead to it, and where a plan names it.

use super::tree::Table;

/// Takes a queue out of what the contacts of another lead to: who would have gone there does what the rest does.
pub(super) fn in_queue(queue: &mut Table, name: &str) {
    for key in ["retry", "resolution"] {
        if let Some(table) = table_of(queue, key) {
            forget_target(table, name);
        }
    }
    let deflects = table_of(queue, "public").and_then(|public| table_of(public, "deflects"));
    if let Some(deflects) = deflects {
        super::variant::forget_name(deflects, "queues", name);
    }
    let has_target = table_of(queue, "transfer").is_none_or(|transfer| {
        forget_target(transfer, name);
        transfer.get("to").is_some()
    });
    if !has_target {
        queue.remove("transfer");
    }
}

/// Takes a queue out of what a bot's sessions lead to.
pub(super) fn in_bot(bot: &mut Table, name: &str) {
    if let Some(returns) = table_of(bot, "returns") {
        forget_target(returns, name);
    }
    if text_of(bot, "closed") == Some(name) {
        bot.remove("closed");
    }
}

/// Takes a group out of what contacts lead to that it answers.
pub(super) fn group_in_queue(queue: &mut Table, name: &str) {
    let groups = table_of(queue, "resolution").and_then(|keys| table_of(keys, "groups"));
    if let Some(groups) = groups {
        groups.remove(name);
    }
}

/// Takes a queue out of what may be chosen and of the weeks to plan for.
pub(super) fn queue_in_plan(plan: &mut Table, name: &str) {
    if let Some(mix) = table_of(plan, "mix") {
        for key in ["drop", "open"] {
            remove_in(mix, key, name);
        }
        for targets in table_of(mix, "drop")
            .iter_mut()
            .flat_map(|drop| &mut drop.entries)
        {
            if let Some(targets) = targets.node.as_table_mut() {
                targets.remove(name);
            }
        }
        forget_paths(mix, &format!("queues.{name}"));
    }
    if let Some(hiring) = table_of(plan, "hiring") {
        remove_in(hiring, "volumes", name);
    }
}

/// The same of a group.
pub(super) fn group_in_plan(plan: &mut Table, name: &str) {
    if let Some(mix) = table_of(plan, "mix") {
        remove_in(mix, "heads", name);
        forget_paths(mix, &format!("groups.{name}"));
    }
    if let Some(hiring) = table_of(plan, "hiring") {
        remove_in(hiring, "groups", name);
    }
}

fn remove_in(table: &mut Table, key: &str, name: &str) {
    if let Some(table) = table_of(table, key) {
        table.remove(name);
    }
}

/// Takes out what may vary below a path.
fn forget_paths(mix: &mut Table, path: &str) {
    if let Some(vary) = table_of(mix, "vary") {
        let is_below = |key: &str| {
            let rest = key.strip_prefix(path);
            rest.is_some_and(|rest| rest.starts_with('.'))
        };
        vary.entries.retain(|entry| !is_below(&entry.key));
    }
}

/// Takes a queue out of `to`, a name or a table of shares.
fn forget_target(table: &mut Table, name: &str) {
    if text_of(table, "to") == Some(name) {
        table.remove("to");
    } else if let Some(shares) = table_of(table, "to") {
        shares.remove(name);
    }
}

fn table_of<'a>(table: &'a mut Table, key: &str) -> Option<&'a mut Table> {
    table.get_mut(key)?.node.as_table_mut()
}

fn text_of<'a>(table: &'a Table, key: &str) -> Option<&'a str> {
    table.get(key)?.node.as_text()
}
