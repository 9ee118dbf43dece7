//! Reading the tree into typed tables. A reader goes on after a fault, so that all of them are reported together.
//!
//! [`table!`] makes a table's type, its reader and its JSON Schema from one list of keys, so that they cannot drift apart.

use std::ops::Range;

use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde_json::{Map, Value as Json, json};

use super::problem::{Place, Problem};
use super::tree::{Node, Table, Value};

/// Problems of one reading that are kept; what lies beyond is a flood of the same.
const MOST_KEPT: usize = 1_000;

/// A value and its place in the file.
#[derive(Debug, Clone)]
pub(crate) struct At<T> {
    pub(crate) place: Place,
    pub(crate) value: T,
}

/// What can be read from a node.
pub(crate) trait Read: Sized + JsonSchema {
    /// The value; `None` after a problem has been reported.
    fn read(node: &Node, reader: &mut Reader) -> Option<Self>;
}

/// A table of known keys.
pub(crate) trait Keys: Sized {
    /// Reads the keys of a table; those `also` known belong to the caller.
    fn read_keys(table: &Table, span: &Range<usize>, also: &[&str], reader: &mut Reader) -> Self;
}

/// A key that a table knows, and whether it must be there.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Key {
    pub(crate) name: &'static str,
    pub(crate) needed: bool,
    pub(crate) about: &'static str,
}

/// Collects problems and knows the path to the value being read.
#[derive(Debug, Default)]
pub(crate) struct Reader {
    pub(crate) problems: Vec<Problem>,
    path: Vec<String>,
}

impl Reader {
    pub(crate) fn place(&self, span: &Range<usize>) -> Place {
        Place {
            span: span.clone(),
            key: self.path.join("."),
        }
    }

    pub(crate) fn at<T>(&self, span: &Range<usize>, value: T) -> At<T> {
        let place = self.place(span);
        At { place, value }
    }

    /// Reports a problem of the value being read.
    pub(crate) fn report(&mut self, span: &Range<usize>, message: impl Into<String>) {
        let place = self.place(span);
        self.report_at(&place, message, None);
    }

    pub(crate) fn report_at(
        &mut self,
        place: &Place,
        message: impl Into<String>,
        hint: Option<String>,
    ) {
        if self.problems.len() >= MOST_KEPT {
            return;
        }
        self.problems.push(Problem {
            message: message.into(),
            hint,
            variant: None,
            place: place.clone(),
        });
    }

    /// Whether a problem of a value, or of something within it, has been reported.
    pub(crate) fn is_faulty(&self, key: &str) -> bool {
        let within = |problem: &Problem| {
            let rest = problem.key().strip_prefix(key);
            rest.is_some_and(|rest| rest.is_empty() || rest.starts_with(['.', '[']))
        };
        self.problems.iter().any(within)
    }

    /// Reports that a value is of another type.
    pub(crate) fn mistyped(&mut self, node: &Node, expected: &str) {
        self.report(
            &node.span,
            format!("expected {expected}, found {}", node.describe()),
        );
    }

    /// Reads with a key added to the path.
    pub(crate) fn within<T>(&mut self, key: &str, read: impl FnOnce(&mut Self) -> T) -> T {
        self.path.push(key.to_owned());
        let value = read(self);
        self.path.pop();
        value
    }

    /// Reads entry `number`, from 0, of the list being read.
    pub(crate) fn within_entry<T>(
        &mut self,
        number: usize,
        read: impl FnOnce(&mut Self) -> T,
    ) -> T {
        let Some(last) = self.path.pop() else {
            return read(self);
        };
        self.path.push(format!("{last}[{}]", number + 1));
        let value = read(self);
        self.path.pop();
        self.path.push(last);
        value
    }

    /// Reads the value of a key, if it is there.
    pub(crate) fn key<T: Read>(&mut self, table: &Table, key: &str) -> Option<At<T>> {
        let entry = table.get(key)?;
        self.within(key, |reader| {
            let value = T::read(&entry.node, reader)?;
            Some(reader.at(&entry.node.span, value))
        })
    }

    /// Reads the entries of a list; `None` when one of them is wrong.
    pub(crate) fn list<T: Read>(&mut self, items: &[Node]) -> Option<Vec<At<T>>> {
        let read: Vec<Option<At<T>>> = items
            .iter()
            .enumerate()
            .map(|(number, item)| {
                self.within_entry(number, |reader| {
                    let value = T::read(item, reader)?;
                    Some(reader.at(&item.span, value))
                })
            })
            .collect();
        read.into_iter().collect()
    }

    /// Reports the keys that are missing and those that nobody knows.
    pub(crate) fn check_keys(
        &mut self,
        table: &Table,
        span: &Range<usize>,
        known: &[Key],
        also: &[&str],
    ) {
        for entry in &table.entries {
            let key = entry.key.as_str();
            if known.iter().any(|known| known.name == key) || also.contains(&key) {
                continue;
            }
            let names = known
                .iter()
                .map(|known| known.name)
                .chain(also.iter().copied());
            let hint = hint_of(key, names);
            self.within(key, |reader| {
                let place = reader.place(&entry.key_span);
                let shown = super::tree::shortened(key);
                reader.report_at(&place, format!("unknown key `{shown}`"), Some(hint));
            });
        }
        for key in known.iter().filter(|key| key.needed) {
            if table.get(key.name).is_none() {
                let message = format!("missing key `{}`: {}", key.name, key.about.trim());
                self.within(key.name, |reader| reader.report(span, message));
            }
        }
    }
}

/// The nearest of the names that are known, or all of them.
pub fn hint_of<'a>(name: &str, known: impl IntoIterator<Item = &'a str>) -> String {
    let known: Vec<&str> = known.into_iter().collect();
    match nearest(name, known.iter().copied()) {
        Some(near) => format!("did you mean `{near}`?"),
        None if known.is_empty() => "there is none".to_owned(),
        None if known.len() <= 20 => format!("known: {}", known.join(", ")),
        None => format!(
            "known: {} and {} more",
            known[..20].join(", "),
            known.len() - 20
        ),
    }
}

/// The name that was likely meant.
pub(crate) fn nearest<'a>(name: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    if name.len() > 200 {
        return None;
    }
    let near = known
        .into_iter()
        .map(|known| {
            (
                strsim::damerau_levenshtein(&name.to_lowercase(), &known.to_lowercase()),
                known,
            )
        })
        .min_by_key(|(distance, _)| *distance)?;
    let length = name.chars().count().max(near.1.chars().count());
    let most = ((length + 1) / 3).max(1);
    (near.0 <= most).then_some(near.1)
}

/// Any number of things, each under its own name.
#[derive(Debug, Clone)]
pub(crate) struct Named<T> {
    pub(crate) entries: Vec<NamedEntry<T>>,
}

#[derive(Debug, Clone)]
pub(crate) struct NamedEntry<T> {
    pub(crate) name: String,
    /// The place of the name; its key is the path to the thing.
    pub(crate) place: Place,
    /// `None` where it could not be read.
    pub(crate) value: Option<T>,
}

impl<T> Named<T> {
    pub(crate) fn get(&self, name: &str) -> Option<&NamedEntry<T>> {
        self.entries.iter().find(|entry| entry.name == name)
    }

    pub(crate) fn names(&self) -> impl Iterator<Item = &str> {
        self.entries.iter().map(|entry| entry.name.as_str())
    }
}

impl<T: Read> Read for Named<T> {
    fn read(node: &Node, reader: &mut Reader) -> Option<Self> {
        let Some(table) = node.as_table() else {
            reader.mistyped(node, "a table with a name for each entry");
            return None;
        };
        let mut entries = Vec::with_capacity(table.entries.len());
        for entry in &table.entries {
            reader.within(&entry.key, |reader| {
                check_name(&entry.key, &entry.key_span, reader);
                let place = reader.place(&entry.key_span);
                let value = T::read(&entry.node, reader);
                entries.push(NamedEntry {
                    name: entry.key.clone(),
                    place,
                    value,
                });
            });
        }
        Some(Self { entries })
    }
}

impl<T: JsonSchema> JsonSchema for Named<T> {
    fn inline_schema() -> bool {
        true
    }
    fn schema_name() -> std::borrow::Cow<'static, str> {
        format!("Named{}", T::schema_name()).into()
    }
    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let entry = generator.subschema_for::<T>();
        schemars::json_schema!({ "type": "object", "additionalProperties": entry })
    }
}

/// A name goes into dotted paths, tables and file names.
fn check_name(name: &str, span: &Range<usize>, reader: &mut Reader) {
    const LONGEST: usize = 100;
    let allowed = |c: char| !c.is_control() && c != '.' && c != '"';
    if name.trim().is_empty() || name.len() > LONGEST || !name.chars().all(allowed) {
        reader.report(
            span,
            format!("a name has 1 to {LONGEST} bytes and no dots, quotes or control characters"),
        );
    }
}

impl<T: Read> Read for Vec<At<T>> {
    fn read(node: &Node, reader: &mut Reader) -> Option<Self> {
        if let Value::List(items) = &node.value {
            return reader.list(items);
        }
        reader.mistyped(node, "a list");
        None
    }
}

impl<T: JsonSchema> JsonSchema for At<T> {
    fn inline_schema() -> bool {
        T::inline_schema()
    }
    fn schema_name() -> std::borrow::Cow<'static, str> {
        T::schema_name()
    }
    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        T::json_schema(generator)
    }
}

/// The schema of a table from its keys and the schemas of their values.
pub(crate) fn table_schema(about: &str, keys: &[(Key, Schema)]) -> Schema {
    let mut properties = Map::new();
    for (key, schema) in keys {
        let mut schema = schema.clone();
        schema.insert("description".to_owned(), Json::from(key.about.trim()));
        properties.insert(key.name.to_owned(), schema.to_value());
    }
    let needed: Vec<&str> = keys
        .iter()
        .filter(|(key, _)| key.needed)
        .map(|(key, _)| key.name)
        .collect();
    let mut schema = schemars::json_schema!({
        "type": "object",
        "description": about.trim(),
        "properties": properties,
        "additionalProperties": false,
    });
    if !needed.is_empty() {
        schema.insert("required".to_owned(), json!(needed));
    }
    schema
}

/// Makes a table's type with its reader and its schema. Every value is an option: a needed one is `None` only after a
/// problem has been reported.
macro_rules! table {
    (
        $(#[doc = $about:literal])*
        $name:ident { $($(#[doc = $doc:literal])* $need:ident $field:ident: $kind:ty,)* }
    ) => {
        $(#[doc = $about])*
        #[derive(Debug, Clone)]
        pub(crate) struct $name {
            $($(#[doc = $doc])* pub(crate) $field: Option<crate::scenario::read::At<$kind>>,)*
        }

        impl $name {
            const KEYS: &'static [crate::scenario::read::Key] = &[$(crate::scenario::read::Key {
                name: stringify!($field),
                needed: table!(@needed $need),
                about: concat!($($doc),*),
            }),*];
        }

        impl crate::scenario::read::Keys for $name {
            fn read_keys(
                table: &crate::scenario::tree::Table,
                span: &std::ops::Range<usize>,
                also: &[&str],
                reader: &mut crate::scenario::read::Reader,
            ) -> Self {
                reader.check_keys(table, span, Self::KEYS, also);
                Self { $($field: reader.key::<$kind>(table, stringify!($field)),)* }
            }
        }

        impl crate::scenario::read::Read for $name {
            fn read(
                node: &crate::scenario::tree::Node,
                reader: &mut crate::scenario::read::Reader,
            ) -> Option<Self> {
                let Some(table) = node.as_table() else {
                    reader.mistyped(node, "a table");
                    return None;
                };
                Some(<Self as crate::scenario::read::Keys>::read_keys(table, &node.span, &[], reader))
            }
        }

        impl schemars::JsonSchema for $name {
            fn schema_name() -> std::borrow::Cow<'static, str> {
                stringify!($name).into()
            }
            fn json_schema(generator: &mut schemars::SchemaGenerator) -> schemars::Schema {
                let schemas = [$(generator.subschema_for::<$kind>()),*];
                let keys: Vec<_> = Self::KEYS.iter().copied().zip(schemas).collect();
                crate::scenario::read::table_schema(concat!($($about),*), &keys)
            }
        }
    };
    (@needed needed) => { true };
    (@needed optional) => { false };
}
pub(crate) use table;
