//! The names of scenarios and variants, which go into tables, charts and file names.

use std::borrow::Cow;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};

use super::read::{Read, Reader};
use super::tree::Node;

/// The most characters of a name.
const LONGEST: usize = 100;

/// A few words.
#[derive(Debug, Clone)]
pub(crate) struct Title(pub(crate) String);

impl Read for Title {
    fn read(node: &Node, reader: &mut Reader) -> Option<Self> {
        let text = String::read(node, reader)?;
        if text.chars().count() > LONGEST || text.chars().any(char::is_control) {
            let message = format!(
                "a name has 1 to {LONGEST} characters and no control characters, found {}",
                node.describe()
            );
            reader.report(&node.span, message);
            return None;
        }
        Some(Self(text))
    }
}

impl JsonSchema for Title {
    fn inline_schema() -> bool {
        true
    }
    fn schema_name() -> Cow<'static, str> {
        "Title".into()
    }
    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({ "type": "string", "minLength": 1, "maxLength": LONGEST })
    }
}
