//! A queue or a group that a variant removes is forgotten where contacts would lead to it.

use super::tree::Table;

/// Takes a queue out of what the contacts of another lead to: who would have gone there does what the rest does.
pub(super) fn in_queue(queue: &mut Table, name: &str) {
    for key in ["retry", "resolution"] {
        if let Some(table) = table_of(queue, key) {
            forget_target(table, name);
        }
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
