//! The text of a scenario as a tree of values that know their place, so that a variant can edit it and it is read again.

use std::ops::Range;

use toml::de::{DeTable, DeValue};

/// A value and where it stands in the text, in bytes.
#[derive(Debug, Clone)]
pub(crate) struct Node {
    pub(crate) span: Range<usize>,
    pub(crate) value: Value,
}

#[derive(Debug, Clone)]
pub(crate) enum Value {
    Text(String),
    Integer(i64),
    /// An integer of more than 64 bits, as written.
    HugeInteger(String),
    Float(f64),
    Boolean(bool),
    Moment(String),
    List(Vec<Node>),
    Table(Table),
}

/// Keys with their values, in the order of the text.
#[derive(Debug, Clone, Default)]
pub(crate) struct Table {
    pub(crate) entries: Vec<Entry>,
}

#[derive(Debug, Clone)]
pub(crate) struct Entry {
    pub(crate) key: String,
    pub(crate) key_span: Range<usize>,
    pub(crate) node: Node,
}

impl Table {
    pub(crate) fn get(&self, key: &str) -> Option<&Entry> {
        self.entries.iter().find(|entry| entry.key == key)
    }

    pub(crate) fn get_mut(&mut self, key: &str) -> Option<&mut Entry> {
        self.entries.iter_mut().find(|entry| entry.key == key)
    }

    /// Puts an entry in the place of the one of its key, or at the end.
    pub(crate) fn put(&mut self, entry: Entry) {
        match self.get_mut(&entry.key) {
            Some(old) => *old = entry,
            None => self.entries.push(entry),
        }
    }

    /// Takes an entry out; whether it was there.
    pub(crate) fn remove(&mut self, key: &str) -> bool {
        let before = self.entries.len();
        self.entries.retain(|entry| entry.key != key);
        self.entries.len() < before
    }
}

impl Node {
    pub(crate) fn as_table(&self) -> Option<&Table> {
        match &self.value {
            Value::Table(table) => Some(table),
            _ => None,
        }
    }

    pub(crate) fn as_table_mut(&mut self) -> Option<&mut Table> {
        match &mut self.value {
            Value::Table(table) => Some(table),
            _ => None,
        }
    }

    pub(crate) fn as_text(&self) -> Option<&str> {
        match &self.value {
            Value::Text(text) => Some(text),
            _ => None,
        }
    }

    /// What stands here, for a message.
    pub(crate) fn describe(&self) -> String {
        match &self.value {
            Value::Text(text) => format!("the text \"{}\"", shortened(text)),
            Value::Integer(number) => format!("the number {number}"),
            Value::HugeInteger(digits) => format!("the number {}", shortened(digits)),
            Value::Float(number) => format!("the number {}", digits(*number)),
            Value::Boolean(value) => format!("{value}"),
            Value::Moment(text) => format!("the date {text}"),
            Value::List(_) => "a list".to_owned(),
            Value::Table(_) => "a table".to_owned(),
        }
    }

    /// Calls `visit` for every table in the tree, this one included.
    pub(crate) fn for_each_table(&self, visit: &mut impl FnMut(&Table)) {
        match &self.value {
            Value::Table(table) => {
                visit(table);
                for entry in &table.entries {
                    entry.node.for_each_table(visit);
                }
            }
            Value::List(items) => {
                for item in items {
                    item.for_each_table(visit);
                }
            }
            _ => {}
        }
    }

    /// The same, to change them: a table before those within it.
    pub(crate) fn for_each_table_mut(&mut self, visit: &mut impl FnMut(&mut Table)) {
        match &mut self.value {
            Value::Table(table) => {
                visit(table);
                for entry in &mut table.entries {
                    entry.node.for_each_table_mut(visit);
                }
            }
            Value::List(items) => {
                for item in items {
                    item.for_each_table_mut(visit);
                }
            }
            _ => {}
        }
    }
}

/// A number in at most 17 significant digits.
pub(crate) fn digits(number: f64) -> String {
    let size = number.abs();
    if size.is_finite() && size > 0.0 && !(1e-6..1e17).contains(&size) {
        return format!("{number:e}");
    }
    number.to_string()
}

/// The beginning of a text, so that a message stays a line.
pub(crate) fn shortened(text: &str) -> String {
    const MOST: usize = 60;
    let text = text.escape_debug().to_string();
    match text.char_indices().nth(MOST) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text,
    }
}

/// Reads a text; the errors are all the faults of syntax in it.
pub(crate) fn parse(text: &str) -> Result<Node, Vec<toml::de::Error>> {
    let (root, errors) = DeTable::parse_recoverable(text);
    if !errors.is_empty() {
        return Err(errors);
    }
    Ok(Node {
        span: 0..text.len(),
        value: Value::Table(table_of(root.into_inner())),
    })
}

fn table_of(table: DeTable<'_>) -> Table {
    let mut entries: Vec<Entry> = table
        .into_iter()
        .map(|(key, value)| Entry {
            key_span: key.span(),
            key: key.into_inner().into_owned(),
            node: Node {
                span: value.span(),
                value: value_of(value.into_inner()),
            },
        })
        .collect();
    entries.sort_by_key(|entry| entry.key_span.start);
    Table { entries }
}

fn value_of(value: DeValue<'_>) -> Value {
    match value {
        DeValue::String(text) => Value::Text(text.into_owned()),
        DeValue::Integer(integer) => i64::from_str_radix(integer.as_str(), integer.radix())
            .map_or_else(|_| Value::HugeInteger(integer.to_string()), Value::Integer),
        DeValue::Float(float) => Value::Float(float.as_str().parse().unwrap_or(f64::NAN)),
        DeValue::Boolean(value) => Value::Boolean(value),
        DeValue::Datetime(moment) => Value::Moment(moment.to_string()),
        DeValue::Array(items) => Value::List(
            items
                .into_iter()
                .map(|item| Node {
                    span: item.span(),
                    value: value_of(item.into_inner()),
                })
                .collect(),
        ),
        DeValue::Table(table) => Value::Table(table_of(table)),
    }
}
