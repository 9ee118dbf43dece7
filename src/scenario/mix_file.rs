//! `[plan.mix]`: which channels may be dropped, which values may change and in which ranges heads may lie.

use std::borrow::Cow;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};

use super::change::written;
use super::mix::Aim;
use super::people::Heads;
use super::problem::Place;
use super::read::{Named, Read, Reader, table};
use super::scalar::{Positive, ShareAboveZero, word};
use super::schema::schemas;
use super::tree::{Node, Value};
use super::vary::Values;

/// The most values that a planner tries of one key.
const MOST_VALUES: usize = 100;

table! {
    /// What may be chosen within a budget. What is not named here stays as the file has it, but for heads.
    MixFile {
        /// The most that may be paid over the horizon; `--budget` goes before it.
        optional budget: Positive,
        /// `"service"`, the most contacts in time, or `"total"`, the least of what is paid and lost; service where it is missing.
        optional aim: Aim,
        /// Queues that may be dropped, each with where its customers go then: { phone = { chat = 0.5 } }; the rest are lost.
        optional drop: Named<Named<ShareAboveZero>>,
        /// Other opening hours that a queue may have, beside its own: `{ chat = ["09:00-17:00"] }`.
        optional open: Named<Alternatives>,
        /// Values that may change, by dotted path: a range such as "0.2..0.4:0.1", or a list.
        optional vary: VaryForm,
        /// How few and how many heads a group may have at its peak.
        optional heads: Named<HeadsFile>,
    }
}

table! {
    /// The heads that a group may have at its peak; at other times in proportion.
    HeadsFile {
        /// At least so many; half of the file's where it is missing.
        optional min: Heads,
        /// At most so many; twice the file's where it is missing.
        optional max: Heads,
    }
}

/// Values that one key may take, as they would stand in the file.
#[derive(Debug, Clone)]
pub(crate) struct Alternatives(pub(crate) Vec<Node>);

/// What may change, in the order of the file: the place of the path, the path, its values.
#[derive(Debug, Clone)]
pub(crate) struct VaryForm(pub(crate) Vec<(Place, String, Alternatives)>);

impl Read for Alternatives {
    fn read(node: &Node, reader: &mut Reader) -> Option<Self> {
        let nodes = match &node.value {
            Value::List(items) => items.clone(),
            Value::Text(text) => {
                let read = text.parse().and_then(|values| match values {
                    Values::Listed(listed) => Ok(listed),
                    Values::Between(range) => range.steps(),
                });
                let settings = read.map_err(|why| reader.report(&node.span, why)).ok()?;
                let node_of = |setting| Node {
                    span: node.span.clone(),
                    value: written(setting),
                };
                settings.iter().map(node_of).collect()
            }
            _ => {
                let expected = "a list of values, or a text such as \"0.2..0.4:0.1\"";
                reader.mistyped(node, expected);
                return None;
            }
        };
        if nodes.is_empty() {
            reader.report(&node.span, "expected at least one value, found none");
            return None;
        }
        if nodes.len() > MOST_VALUES {
            let many = nodes.len();
            let message = format!("{many} values of one key, {MOST_VALUES} are possible");
            reader.report(&node.span, message);
            return None;
        }
        Some(Self(nodes))
    }
}

impl Read for VaryForm {
    fn read(node: &Node, reader: &mut Reader) -> Option<Self> {
        let Some(table) = node.as_table() else {
            reader.mistyped(node, "a table with the values of each path");
            return None;
        };
        let levers = table.entries.iter().filter_map(|entry| {
            reader.within(&entry.key, |reader| {
                let place = reader.place(&entry.key_span);
                if !entry.key.contains('.') {
                    let message =
                        "expected the path of a value in quotes, such as \"bots.helper.contained\"";
                    reader.report_at(&place, message, None);
                    return None;
                }
                let values = Alternatives::read(&entry.node, reader)?;
                let key: Vec<&str> = entry.key.split('.').map(str::trim).collect();
                Some((place, key.join("."), values))
            })
        });
        Some(Self(levers.collect()))
    }
}

impl Read for Aim {
    fn read(node: &Node, reader: &mut Reader) -> Option<Self> {
        let words = Self::ALL.map(|aim| (aim.name(), aim));
        word(node, "an aim", &words, reader)
    }
}

impl JsonSchema for VaryForm {
    fn inline_schema() -> bool {
        true
    }
    fn schema_name() -> Cow<'static, str> {
        "Vary".into()
    }
    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let entry = generator.subschema_for::<Alternatives>();
        json_schema!({ "type": "object", "additionalProperties": entry })
    }
}

schemas! {
    Aim, "Aim", json_schema!({ "enum": Self::ALL.map(Self::name) });
    Alternatives, "Alternatives", json_schema!({
        "anyOf": [
            { "type": "array", "minItems": 1, "maxItems": MOST_VALUES },
            { "type": "string", "examples": ["0.2..0.4:0.1", "2,3"] },
        ]
    });
}
