//! Named changes: a variant edits the tree of the file, which is then read again.

use super::forget;
use super::format::VariantFile;
use super::problem::Place;
use super::read::{At, Reader, hint_of};
use super::tree::{Entry, Node, Table, Value, shortened};

/// What every variant shares with the file as written.
const SHARED: [&str; 8] = [
    "name",
    "currency",
    "horizon",
    "run",
    "issues",
    "variants",
    "uncertain",
    "plan",
];
/// What may be removed.
const KINDS: [&str; 5] = ["queues", "groups", "trunks", "bots", "shifts"];
/// What values may be set in.
const SETTABLE: [&str; 8] = [
    "queues",
    "groups",
    "trunks",
    "bots",
    "shifts",
    "costs",
    "currencies",
    "plan",
];
/// The kinds that a file may be without.
const MAY_LACK: [&str; 6] = ["trunks", "bots", "shifts", "costs", "currencies", "plan"];

/// The tree of a variant: the file's without what it removes, with what it sets, and without any variants.
pub(super) fn apply(root: &Node, variant: &VariantFile, reader: &mut Reader) -> Node {
    let mut tree = root.clone();
    if let Some(table) = tree.as_table_mut() {
        table.remove("variants");
        for path in variant.remove.iter().flat_map(|remove| &remove.value) {
            remove(table, path, reader);
        }
        if let Some(set) = &variant.set
            && let Some(changes) = set.value.0.as_table()
        {
            let mut setter = Setter {
                set: &set.place,
                done: Vec::new(),
                reader,
            };
            for change in &changes.entries {
                let path = change.key.split('.').map(|part| part.trim().to_owned());
                setter.set_path(table, &path.collect::<Vec<_>>(), change);
            }
        }
    }
    tree
}

/// The queue, group, trunk, bot or shift of a path such as `queues.phone`.
fn remove(root: &mut Table, path: &At<String>, reader: &mut Reader) {
    let (kind, name) = path.value.split_once('.').unwrap_or((&path.value, ""));
    let shown = shortened(&path.value);
    if !KINDS.contains(&kind) || name.is_empty() {
        let message = format!(
            "expected a queue, a group, a trunk, a bot or a shift to remove, such as \"queues.phone\", found \"{shown}\""
        );
        let likely = KINDS
            .iter()
            .find(|kind| things(root, kind).is_some_and(|table| table.get(&path.value).is_some()));
        let hint = likely.map(|kind| format!("did you mean \"{kind}.{shown}\"?"));
        reader.report_at(&path.place, message, hint);
        return;
    }
    let Some(table) = root
        .get_mut(kind)
        .and_then(|entry| entry.node.as_table_mut())
    else {
        if MAY_LACK.contains(&kind) {
            let message = format!("there is no \"{shown}\" to remove");
            reader.report_at(&path.place, message, None);
        }
        return;
    };
    if let Some((thing, key)) = name.split_once('.')
        && let Some(thing) = table.get_mut(thing)
    {
        remove_key(thing, key, path, reader);
        return;
    }
    if !table.remove(name) {
        let hint = hint_of(name, table.entries.iter().map(|entry| entry.key.as_str()));
        let message = format!("there is no \"{shown}\" to remove");
        reader.report_at(&path.place, message, Some(hint));
        return;
    }
    match kind {
        "queues" => {
            for_each_of(root, "groups", |group| forget_queue(group, name));
            for_each_of(root, "trunks", |trunk| forget_name(trunk, "queues", name));
            for_each_of(root, "queues", |queue| forget::in_queue(queue, name));
            for_each_of(root, "bots", |bot| {
                forget_name(bot, "queues", name);
                forget::in_bot(bot, name);
            });
            in_plan(root, |plan| forget::queue_in_plan(plan, name));
        }
        "groups" => {
            for_each_of(root, "queues", |queue| {
                forget_name(queue, "groups", name);
                forget::group_in_queue(queue, name);
            });
            for_each_pattern(root, |pattern| forget_name(pattern, "groups", name));
            in_plan(root, |plan| forget::group_in_plan(plan, name));
        }
        "shifts" => {
            for_each_of(root, "groups", |group| forget_shift(group, name));
            for_each_pattern(root, |pattern| forget_name(pattern, "shifts", name));
        }
        _ => (),
    }
}

/// The key below a thing, which then counts as not written, such as `patience` or `pace`.
fn remove_key(thing: &mut Entry, key: &str, path: &At<String>, reader: &mut Reader) {
    let mut table = thing.node.as_table_mut();
    let mut keys = key.split('.').peekable();
    while let (Some(key), Some(inner)) = (keys.next(), table) {
        if keys.peek().is_none() {
            if !inner.remove(key) {
                let known = inner.entries.iter().map(|entry| entry.key.as_str());
                let hint = hint_of(key, known);
                let shown = shortened(&path.value);
                let message = format!("there is no \"{shown}\" to remove");
                reader.report_at(&path.place, message, Some(hint));
            }
            return;
        }
        table = match inner.get_mut(key) {
            Some(entry) => entry.node.as_table_mut(),
            None => None,
        };
    }
    let message = format!("there is no \"{}\" to remove", shortened(&path.value));
    reader.report_at(&path.place, message, None);
}

fn things<'a>(root: &'a Table, kind: &str) -> Option<&'a Table> {
    root.get(kind)?.node.as_table()
}

fn for_each_of(root: &mut Table, kind: &str, mut edit: impl FnMut(&mut Table)) {
    let things = root
        .get_mut(kind)
        .and_then(|entry| entry.node.as_table_mut());
    for entry in things.into_iter().flat_map(|table| &mut table.entries) {
        if let Some(thing) = entry.node.as_table_mut() {
            edit(thing);
        }
    }
}

fn for_each_pattern(root: &mut Table, edit: impl FnMut(&mut Table)) {
    in_plan(root, |plan| for_each_of(plan, "patterns", edit));
}

fn in_plan(root: &mut Table, edit: impl FnOnce(&mut Table)) {
    let plan = root.get_mut("plan");
    if let Some(plan) = plan.and_then(|entry| entry.node.as_table_mut()) {
        edit(plan);
    }
}

fn forget_queue(group: &mut Table, name: &str) {
    let names_it = |item: &Node| match item.as_table() {
        Some(skill) => skill.get("queue").and_then(|queue| queue.node.as_text()) == Some(name),
        None => item.as_text() == Some(name),
    };
    if let Some(Value::List(skills)) = group.get_mut("skills").map(|entry| &mut entry.node.value) {
        skills.retain(|skill| !names_it(skill));
    }
    if let Some(at_once) = group
        .get_mut("at_once")
        .and_then(|entry| entry.node.as_table_mut())
    {
        at_once.remove(name);
    }
}

fn forget_shift(group: &mut Table, name: &str) {
    let mut staff = group.get_mut("staff");
    let staff = staff.as_mut().and_then(|entry| entry.node.as_table_mut());
    let mut shifts = staff.and_then(|staff| staff.get_mut("shifts"));
    if let Some(shifts) = shifts.as_mut().and_then(|entry| entry.node.as_table_mut()) {
        shifts.remove(name);
    }
}

/// Takes a name out of a list of names.
pub(super) fn forget_name(thing: &mut Table, key: &str, name: &str) {
    if let Some(Value::List(names)) = thing.get_mut(key).map(|entry| &mut entry.node.value) {
        names.retain(|item| item.as_text() != Some(name));
    }
}

/// Puts the changes of a variant into the tree, each value once.
struct Setter<'a> {
    set: &'a Place,
    /// The paths that have been set.
    done: Vec<Vec<String>>,
    reader: &'a mut Reader,
}

impl Setter<'_> {
    /// Sets the value at a path. A table at the level of a queue or above is gone into, so that what it does not name stays.
    fn set_path(&mut self, root: &mut Table, path: &[String], change: &Entry) {
        if let (1 | 2, Some(inner)) = (path.len(), change.node.as_table())
            && (path.len() == 1
                || things(root, &path[0]).is_some_and(|table| table.get(&path[1]).is_some()))
        {
            for change in &inner.entries {
                let path = [path, std::slice::from_ref(&change.key)].concat();
                self.set_path(root, &path, change);
            }
            return;
        }
        let shown = |path: &[String]| shortened(&path.join("."));
        let place = Place {
            span: change.key_span.clone(),
            key: format!("{}.{}", self.set.key, shown(path)),
        };
        let clash = self
            .done
            .iter()
            .find(|done| done.starts_with(path) || path.starts_with(done));
        let result = match clash {
            Some(done) if done == path => Err((format!("`{}` is set twice", shown(path)), None)),
            Some(done) => Err((
                format!(
                    "`{}` and `{}` are both set, and one holds the other: set one of them",
                    shown(done),
                    shown(path)
                ),
                None,
            )),
            None => put(root, path, change),
        };
        if let Err((message, hint)) = result {
            self.reader.report_at(&place, message, hint);
        }
        self.done.push(path.to_vec());
    }
}

/// Puts a value at a path; why it cannot, and what was likely meant.
pub(super) fn put(
    root: &mut Table,
    path: &[String],
    change: &Entry,
) -> Result<(), (String, Option<String>)> {
    let first = path[0].as_str();
    if SHARED.contains(&first) {
        return Err((
            format!(
                "`{first}` is the same for all variants: only queues, groups, trunks, bots, shifts, costs, currencies and plan can be set"
            ),
            None,
        ));
    }
    if !SETTABLE.contains(&first) || path.len() < 2 {
        let message = "expected the path of a value, such as \"groups.digital.staff\"".to_owned();
        return Err((message, Some(hint_of(first, SETTABLE))));
    }
    let mut table = root;
    for (depth, key) in path[..path.len() - 1].iter().enumerate() {
        let known: Vec<String> = table
            .entries
            .iter()
            .map(|entry| entry.key.clone())
            .collect();
        let is_first = depth == 0 && MAY_LACK.contains(&key.as_str());
        if depth < 2 && !known.contains(key) && !is_first {
            let message = format!(
                "there is no `{}` to set a value of",
                shortened(&path[..=depth].join("."))
            );
            return Err((
                message,
                Some(hint_of(key, known.iter().map(String::as_str))),
            ));
        }
        if !known.contains(key) {
            table.put(Entry {
                key: key.clone(),
                key_span: change.key_span.clone(),
                node: Node {
                    span: change.key_span.clone(),
                    value: Value::Table(Table::default()),
                },
            });
        }
        let shown = shortened(&path[..=depth].join("."));
        let Some(entry) = table.get_mut(key) else {
            return Ok(());
        };
        let found = entry.node.describe();
        let Some(inner) = entry.node.as_table_mut() else {
            return Err((
                format!("`{shown}` is no table but {found}: set it as a whole"),
                None,
            ));
        };
        table = inner;
    }
    table.put(Entry {
        key: path[path.len() - 1].clone(),
        key_span: change.key_span.clone(),
        node: change.node.clone(),
    });
    Ok(())
}
