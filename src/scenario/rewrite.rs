//! The text of a file after changes of its tree: what did not change keeps its place, its layout and its comments.

use toml_edit::{
    Array, ArrayOfTables, DocumentMut, InlineTable, Item, TableLike, Value as Written,
};

use super::tree::{Entry, Node, Table, Value};

/// The text whose tree is `new`, from one whose tree is `old`; `None` where it is no TOML, which nobody has as a tree.
pub(super) fn rewrite(text: &str, old: &Node, new: &Node) -> Option<String> {
    let mut document: DocumentMut = text.parse().ok()?;
    table(document.as_table_mut(), old.as_table()?, new.as_table()?);
    Some(document.to_string())
}

/// Brings a table up to date.
fn table(written: &mut dyn TableLike, old: &Table, new: &Table) {
    for entry in &old.entries {
        if new.get(&entry.key).is_none() {
            written.remove(&entry.key);
        }
    }
    for entry in &new.entries {
        let before = old.get(&entry.key).map(|entry| &entry.node);
        if before.is_some_and(|before| is_same(before, &entry.node)) {
            continue;
        }
        let may_have_lines = has_lines(written);
        match (before, written.get_mut(&entry.key)) {
            (Some(before), Some(item)) => item_of(item, before, &entry.node, may_have_lines),
            _ => {
                written.insert(&entry.key, fresh(&entry.node, may_have_lines));
            }
        }
        above_heading(written, &entry.key);
    }
}

/// What was said of a value stands above the heading of the table that took its place.
fn above_heading(written: &mut dyn TableLike, key: &str) {
    let Some((mut key, Item::Table(table))) = written.get_key_value_mut(key) else {
        return;
    };
    let said = key.leaf_decor().prefix().and_then(|prefix| prefix.as_str());
    if let Some(said) = said.filter(|said| said.contains('#')).map(str::to_owned) {
        key.leaf_decor_mut().clear();
        table
            .decor_mut()
            .set_prefix(format!("\n{}", said.trim_start()));
    }
    // The blank before what was an equals sign.
    key.leaf_decor_mut().set_suffix("");
}

/// Brings an item up to date: goes into tables, and into lists as long as before.
fn item_of(item: &mut Item, old: &Node, new: &Node, may_have_lines: bool) {
    match (&old.value, &new.value) {
        (Value::Table(old), Value::Table(new)) if is_kindred(old, new) => {
            if let Some(written) = item.as_table_like_mut() {
                return table(written, old, new);
            }
        }
        (Value::List(old), Value::List(new)) => {
            if let Some(tables) = item.as_array_of_tables_mut()
                && new.iter().all(|node| node.as_table().is_some())
            {
                return list_of_tables(tables, old, new);
            }
            if let Some(list) = item.as_array_mut()
                && old.len() == new.len()
            {
                for (written, (old, new)) in list.iter_mut().zip(old.iter().zip(new)) {
                    entry_of(written, old, new);
                }
                return;
            }
        }
        _ => {}
    }
    *item = fresh(new, may_have_lines);
}

/// Brings tables below headings up to date: one that stood in the text before is known by where it stood.
fn list_of_tables(written: &mut ArrayOfTables, old: &[Node], new: &[Node]) {
    let before: Vec<_> = written.iter().cloned().collect();
    written.clear();
    for node in new {
        let Some(entries) = node.as_table() else {
            continue;
        };
        let known = old
            .iter()
            .zip(&before)
            .find(|(old, _)| old.span == node.span);
        let known = known.and_then(|(old, written)| Some((old.as_table()?, written)));
        written.push(match known {
            Some((old, written)) => {
                let mut written = written.clone();
                table(&mut written, old, entries);
                written
            }
            None => below_heading(entries),
        });
    }
}

/// Brings an entry of a list up to date.
fn entry_of(written: &mut Written, old: &Node, new: &Node) {
    if is_same(old, new) {
        return;
    }
    if let (Some(old), Some(new)) = (old.as_table(), new.as_table())
        && let Some(inline) = written.as_inline_table_mut()
    {
        return table(inline, old, new);
    }
    let decor = written.decor().clone();
    *written = value(new);
    *written.decor_mut() = decor;
}

/// Whether one table became the other by changes of single keys, and not something else altogether.
fn is_kindred(old: &Table, new: &Table) -> bool {
    new.entries
        .iter()
        .any(|entry| old.get(&entry.key).is_some())
}

/// Whether tables below it may stand under headings of their own.
fn has_lines(written: &dyn TableLike) -> bool {
    // A dotted or an inline table has its values in the lines of another one.
    !written.is_dotted() && written.get_values().iter().all(|(path, _)| path.len() == 1)
}

/// A new item: tables under headings of their own where that may be, so that their lists stand below each other.
fn fresh(node: &Node, may_have_lines: bool) -> Item {
    match &node.value {
        Value::Table(entries) if may_have_lines => Item::Table(below_heading(entries)),
        Value::List(items)
            if may_have_lines
                && !items.is_empty()
                && items.iter().all(|item| item.as_table().is_some()) =>
        {
            let tables = items.iter().filter_map(Node::as_table);
            Item::ArrayOfTables(tables.map(below_heading).collect())
        }
        _ => Item::Value(value(node)),
    }
}

fn below_heading(entries: &Table) -> toml_edit::Table {
    let entries = entries.entries.iter();
    let pairs = entries.map(|Entry { key, node, .. }| (key.as_str(), value(node)));
    pairs.collect()
}

fn value(node: &Node) -> Written {
    match &node.value {
        Value::Integer(number) => (*number).into(),
        Value::Float(number) => (*number).into(),
        Value::Boolean(value) => (*value).into(),
        // Of these a scenario has none that is accepted.
        Value::Text(text) | Value::HugeInteger(text) | Value::Moment(text) => text.as_str().into(),
        Value::List(items) => items.iter().map(value).collect::<Array>().into(),
        Value::Table(table) => {
            let entries = table.entries.iter();
            let pairs = entries.map(|entry| (entry.key.as_str(), value(&entry.node)));
            pairs.collect::<InlineTable>().into()
        }
    }
}

/// Whether two values are the same, wherever they stand.
fn is_same(one: &Node, other: &Node) -> bool {
    match (&one.value, &other.value) {
        (Value::Text(one), Value::Text(other))
        | (Value::HugeInteger(one), Value::HugeInteger(other))
        | (Value::Moment(one), Value::Moment(other)) => one == other,
        (Value::Integer(one), Value::Integer(other)) => one == other,
        (Value::Float(one), Value::Float(other)) => one.to_bits() == other.to_bits(),
        (Value::Boolean(one), Value::Boolean(other)) => one == other,
        (Value::List(one), Value::List(other)) => {
            one.len() == other.len()
                && one
                    .iter()
                    .zip(other)
                    .all(|(one, other)| is_same(one, other))
        }
        (Value::Table(one), Value::Table(other)) => {
            one.entries.len() == other.entries.len()
                && one.entries.iter().all(|entry| {
                    let other = other.get(&entry.key);
                    other.is_some_and(|other| is_same(&entry.node, &other.node))
                })
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario::tree::parse;

    fn rewritten(text: &str, edit: impl Fn(&mut Table)) -> String {
        let old = parse(text).expect("TOML");
        let mut new = old.clone();
        edit(new.as_table_mut().expect("a table"));
        let text = rewrite(text, &old, &new).expect("TOML");
        let again = parse(&text).expect("still TOML");
        assert!(is_same(&again, &new), "{text}");
        text
    }

    fn of(text: &str) -> Node {
        let root = parse(&format!("x = {text}")).expect("TOML");
        root.as_table().expect("a table").entries[0].node.clone()
    }

    fn put(table: &mut Table, path: &[&str], node: Node) {
        let (last, path) = path.split_last().expect("a path");
        let mut table = table;
        for key in path {
            let entry = table.get_mut(key).expect("it is there");
            table = entry.node.as_table_mut().expect("a table");
        }
        table.put(Entry {
            key: (*last).to_owned(),
            key_span: 0..0,
            node,
        });
    }

    const TEXT: &str = "# What it is\nname = \"A\" # so named\n\n[groups.voice]\n# Heads\nstaff = 3 # three\nwage  = 1.50\n\n[groups.digital]\nstaff = [1, 2]\n\n# A change\n[[variants]]\nname = \"one\"\n\n[[variants]]\nname = \"two\" # second\n";

    #[test]
    fn nothing_changes_nothing() {
        assert_eq!(rewritten(TEXT, |_| ()), TEXT);
    }

    #[test]
    fn one_value_changes_and_comments_stay() {
        let text = rewritten(TEXT, |root| {
            put(root, &["groups", "voice", "staff"], of("[4, 5]"));
        });
        assert_eq!(text, TEXT.replace("3 # three", "[4, 5]"));
    }

    #[test]
    fn a_new_table_stands_under_its_own_heading() {
        let text = rewritten(TEXT, |root| {
            put(
                root,
                &["groups", "voice", "staff"],
                of("{ mon = [1, 2], tue = 3 }"),
            );
        });
        let wanted = "[groups.voice]\nwage  = 1.50\n\n# Heads\n[groups.voice.staff]\nmon = [1, 2]\ntue = 3\n";
        assert!(text.contains(wanted), "{text}");
    }

    #[test]
    fn within_one_line_it_stays_in_that_line() {
        let inline = "groups = { voice = { staff = 3, wage = 1 } }\n";
        let week = "{ mon = [1, 2], tue = 3 }";
        let edit = |root: &mut Table| put(root, &["groups", "voice", "staff"], of(week));
        let text = rewritten(inline, edit);
        assert_eq!(text.lines().count(), 1, "{text}");
        let dotted = "[groups]\nvoice.staff = 3\nvoice.wage = 1\n";
        let text = rewritten(dotted, edit);
        assert!(
            text.contains("voice.staff = { mon = [1, 2], tue = 3 }"),
            "{text}"
        );
    }

    #[test]
    fn entries_of_a_list_go_and_change() {
        let only = |root: &mut Table| {
            let list = root.get_mut("variants").expect("it is there");
            let Value::List(items) = &mut list.node.value else {
                panic!("a list");
            };
            items.remove(0);
            let second = items[0].as_table_mut().expect("a table");
            put(second, &["set"], of("{ \"groups.voice.staff\" = 7 }"));
        };
        let text = rewritten(TEXT, only);
        assert!(
            !text.contains("one") && text.contains("name = \"two\" # second"),
            "{text}"
        );
        let gone = rewritten(TEXT, |root| assert!(root.remove("variants")));
        assert!(!gone.contains("variants"), "{gone}");
        let path = "a = [{ file = \"x.csv\" }, { file = \"y.csv\" }]\n";
        let edit = |root: &mut Table| {
            put(
                root,
                &["a"],
                of("[{ file = \"x.csv\" }, { file = \"z.csv\" }]"),
            );
        };
        assert_eq!(rewritten(path, edit), path.replace('y', "z"));
    }
}
