//! Changes of the table of a variant.

use crate::scenario::tree::{Entry, Node, Table, Value, digits};

/// Whether a variant has taken away what a path leads to.
pub(super) fn is_removed(variant: &Table, path: &str) -> bool {
    let removed = match variant.get("remove").map(|entry| &entry.node.value) {
        Some(Value::List(items)) => items.as_slice(),
        _ => &[],
    };
    let mut removed = removed.iter().filter_map(Node::as_text);
    removed.any(|removed| {
        let rest = path.strip_prefix(removed);
        rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
    })
}

/// Customers cannot move to a queue that is gone too: they are lost.
pub(super) fn forget_moves_to_removed(variant: &mut Table) {
    let mut kept = variant.clone();
    let Some(moves) = table_in(&mut kept, "moves") else {
        return;
    };
    for entry in &mut moves.entries {
        if let Some(targets) = entry.node.as_table_mut() {
            let is_there = |to: &Entry| !is_removed(variant, &format!("queues.{}", to.key));
            targets.entries.retain(is_there);
        }
    }
    moves.entries.retain(|entry| {
        let targets = entry.node.as_table();
        targets.is_none_or(|targets| !targets.entries.is_empty())
    });
    *variant = kept;
}

pub(super) fn put(table: &mut Table, key: &str, span: std::ops::Range<usize>, value: Value) {
    table.put(Entry {
        key: key.to_owned(),
        key_span: span.clone(),
        node: Node { span, value },
    });
}

/// The list under a key, which is made where it is missing.
pub(super) fn list_in<'a>(table: &'a mut Table, key: &str) -> &'a mut Value {
    inner(table, key, Value::List(Vec::new()))
}

/// The table under a key, which is made where it is missing.
pub(super) fn table_in<'a>(table: &'a mut Table, key: &str) -> Option<&'a mut Table> {
    match inner(table, key, Value::Table(Table::default())) {
        Value::Table(table) => Some(table),
        _ => None,
    }
}

fn inner<'a>(table: &'a mut Table, key: &str, empty: Value) -> &'a mut Value {
    if table.get(key).is_none() {
        put(table, key, 0..0, empty);
    }
    let last = table.entries.len() - 1;
    let own = table.entries.iter().position(|entry| entry.key == key);
    let place = own.unwrap_or(last);
    &mut table.entries[place].node.value
}

/// A value as it would be written, on one line.
pub(super) fn text_of(node: &Node) -> String {
    match &node.value {
        Value::Text(text) | Value::Moment(text) | Value::HugeInteger(text) => text.clone(),
        Value::Integer(number) => number.to_string(),
        Value::Float(number) => digits(*number),
        Value::Boolean(value) => value.to_string(),
        Value::List(items) => {
            let items: Vec<String> = items.iter().map(text_of).collect();
            format!("[{}]", items.join(", "))
        }
        Value::Table(table) => {
            let entries = table.entries.iter();
            let entries: Vec<String> = entries
                .map(|entry| format!("{} {}", entry.key, text_of(&entry.node)))
                .collect();
            entries.join(", ")
        }
    }
}
