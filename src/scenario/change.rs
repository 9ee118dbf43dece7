//! Changes of single values, by dotted path: what a sweep varies and what is uncertain.

use std::fmt;

use super::read::hint_of;
use super::scalar::whole;
use super::tree::{Entry, Node, Table, Value, digits, shortened};
use super::variant;
use crate::time::{SimDuration, quantity};

/// What a change makes of a value.
#[derive(Debug, Clone, PartialEq)]
pub enum Setting {
    /// This number.
    Number(f64),
    /// This duration.
    Duration(SimDuration),
    /// This text, such as `never` or the name of a policy.
    Text(String),
    /// True or false.
    Boolean(bool),
    /// The file's own value times this.
    Times(f64),
}

impl fmt::Display for Setting {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Number(number) => formatter.write_str(&digits(*number)),
            Self::Duration(span) => formatter.write_str(&quantity::text(*span)),
            Self::Text(text) => write!(formatter, "\"{text}\""),
            Self::Boolean(value) => write!(formatter, "{value}"),
            Self::Times(factor) => write!(formatter, "× {}", digits(*factor)),
        }
    }
}

/// One value changed.
#[derive(Debug, Clone, PartialEq)]
pub struct Change {
    /// The dotted path of the value, such as `groups.digital.staff`.
    pub key: String,
    /// What becomes of it.
    pub to: Setting,
}

impl fmt::Display for Change {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{} = {}", self.key, self.to)
    }
}

/// Whether two paths are the same or one leads into the other.
pub fn clash(one: &str, other: &str) -> bool {
    let within = |outer: &str, inner: &str| {
        let rest = inner.strip_prefix(outer);
        rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
    };
    within(one, other) || within(other, one)
}

/// The nearest duration that can be written.
pub(crate) fn to_milliseconds(span: SimDuration) -> SimDuration {
    const MICROS: u64 = 1_000;
    SimDuration(span.0.saturating_add(MICROS / 2) / MICROS * MICROS)
}

/// Puts a change into the tree of a file; why it cannot, and what was likely meant.
pub(super) fn put(root: &mut Table, change: &Change) -> Result<(), (String, Option<String>)> {
    let path: Vec<String> = change
        .key
        .split('.')
        .map(|part| part.trim().to_owned())
        .collect();
    let value = match &change.to {
        Setting::Times(factor) => times(find(root, &path)?, *factor).map_err(|why| (why, None))?,
        setting => written(setting),
    };
    let entry = Entry {
        key: path.last().cloned().unwrap_or_default(),
        key_span: 0..0,
        node: Node { span: 0..0, value },
    };
    variant::put(root, &path, &entry)
}

/// A setting as it would stand in a file; a factor as itself.
pub(super) fn written(setting: &Setting) -> Value {
    match setting {
        Setting::Number(number) | Setting::Times(number) => {
            whole(*number).map_or(Value::Float(*number), Value::Integer)
        }
        Setting::Duration(span) => Value::Text(quantity::text(*span)),
        Setting::Text(text) => Value::Text(text.clone()),
        Setting::Boolean(value) => Value::Boolean(*value),
    }
}

/// The value at a path.
fn find<'a>(root: &'a Table, path: &[String]) -> Result<&'a Node, (String, Option<String>)> {
    let mut table = root;
    for (depth, key) in path.iter().enumerate() {
        let Some(entry) = table.get(key) else {
            let shown = shortened(&path[..=depth].join("."));
            let known = table.entries.iter().map(|entry| entry.key.as_str());
            let message = format!("the file has no `{shown}` that could be multiplied");
            return Err((message, Some(hint_of(key, known))));
        };
        match entry.node.as_table() {
            Some(inner) if depth + 1 < path.len() => table = inner,
            _ if depth + 1 == path.len() => return Ok(&entry.node),
            _ => {
                let shown = shortened(&path[..=depth].join("."));
                let found = entry.node.describe();
                return Err((format!("`{shown}` is no table but {found}"), None));
            }
        }
    }
    Err(("expected the path of a value".to_owned(), None))
}

/// A value times a factor: numbers and durations, lists of these, and what has a level.
fn times(node: &Node, factor: f64) -> Result<Value, String> {
    match &node.value {
        Value::Integer(number) => Ok(Value::Float(*number as f64 * factor)),
        Value::Float(number) => Ok(Value::Float(number * factor)),
        Value::Text(text) => match quantity::parse(text) {
            Ok(span) => Ok(Value::Text(quantity::text(to_milliseconds(
                span.times(factor),
            )))),
            Err(_) => Err(not_multiplied(node)),
        },
        Value::List(items) => {
            let item = |item: &Node| {
                let value = times(item, factor)?;
                Ok(Node {
                    span: item.span.clone(),
                    value,
                })
            };
            items
                .iter()
                .map(item)
                .collect::<Result<_, String>>()
                .map(Value::List)
        }
        Value::Table(table) if has_level(table) => {
            let mut table = table.clone();
            let own = table
                .get("level")
                .map_or(Ok(Value::Float(factor)), |level| times(&level.node, factor))?;
            table.put(Entry {
                key: "level".to_owned(),
                key_span: node.span.clone(),
                node: Node {
                    span: node.span.clone(),
                    value: own,
                },
            });
            Ok(Value::Table(table))
        }
        _ => Err(not_multiplied(node)),
    }
}

/// Whether a table is one of arrivals, or names a column.
fn has_level(table: &Table) -> bool {
    ["per_hour", "per_interval", "column"]
        .iter()
        .any(|key| table.get(key).is_some())
}

fn not_multiplied(node: &Node) -> String {
    format!(
        "expected a number, a duration, a list of these, arrivals or a column to multiply, found {}",
        node.describe()
    )
}
