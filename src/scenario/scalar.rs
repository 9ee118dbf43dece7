//! Single values with their limits: numbers, shares, durations, words.

use std::borrow::Cow;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};

use super::read::{Read, Reader, hint_of};
use super::tree::{Node, Value};
use crate::dist::fault::{MAX_CV, MIN_CV};
use crate::time::{SimDuration, quantity};

/// The largest number that may be written.
const LARGEST: f64 = 1e15;

/// A number as written, integers included; NaN, infinities and the absurd are reported.
pub(crate) fn number(node: &Node, expected: &str, reader: &mut Reader) -> Option<f64> {
    let number = match &node.value {
        Value::Integer(number) => *number as f64,
        Value::Float(number) => *number,
        Value::HugeInteger(_) => f64::INFINITY,
        _ => {
            reader.mistyped(node, expected);
            return None;
        }
    };
    if number.is_finite() && number.abs() <= LARGEST {
        return Some(number);
    }
    let limit = if number.is_nan() {
        ""
    } else {
        ", of 1e15 at most"
    };
    reader.mistyped(node, &format!("{expected}{limit}"));
    None
}

macro_rules! numbers {
    ($($(#[$doc:meta])* $name:ident, $expected:literal, |$value:ident| $holds:expr, $schema:tt;)*) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq)]
        pub(crate) struct $name(pub(crate) f64);

        impl Read for $name {
            fn read(node: &Node, reader: &mut Reader) -> Option<Self> {
                let $value = number(node, $expected, reader)?;
                if $holds {
                    return Some(Self($value));
                }
                reader.mistyped(node, $expected);
                None
            }
        }

        impl JsonSchema for $name {
            fn inline_schema() -> bool {
                true
            }
            fn schema_name() -> Cow<'static, str> {
                stringify!($name).into()
            }
            fn json_schema(_: &mut SchemaGenerator) -> Schema {
                json_schema!($schema)
            }
        }
    )*};
}

numbers! {
    /// Above zero.
    Positive, "a number above zero", |value| value > 0.0, { "type": "number", "exclusiveMinimum": 0 };
    /// Zero or above.
    NotNegative, "a number of zero or above", |value| value >= 0.0, { "type": "number", "minimum": 0 };
    /// A share, 0 to 1.
    Share, "a share from 0 to 1", |value| (0.0..=1.0).contains(&value), { "type": "number", "minimum": 0, "maximum": 1 };
    /// A share below 1.
    ShareBelowOne, "a share from 0 to below 1", |value| (0.0..1.0).contains(&value), { "type": "number", "minimum": 0, "exclusiveMaximum": 1 };
    /// A share above 0.
    ShareAboveZero, "a share above 0 and at most 1", |value| value > 0.0 && value <= 1.0, { "type": "number", "exclusiveMinimum": 0, "maximum": 1 };
    /// Strictly between 0 and 1.
    Precision, "a number above 0 and below 1", |value| value > 0.0 && value < 1.0, { "type": "number", "exclusiveMinimum": 0, "exclusiveMaximum": 1 };
    /// A coefficient of variation of a distribution.
    Cv, "a cv from 0.000001 to 100", |value| (MIN_CV..=MAX_CV).contains(&value), { "type": "number", "minimum": MIN_CV, "maximum": MAX_CV };
    /// A coefficient of variation of a day's level.
    DayCv, "a cv from 0 to 10", |value| (0.0..=10.0).contains(&value), { "type": "number", "minimum": 0, "maximum": 10 };
    /// A factor of work or patience.
    Factor, "a factor from 0.001 to 1000", |value| (0.001..=1000.0).contains(&value), { "type": "number", "minimum": 0.001, "maximum": 1000 };
    /// A factor of speed.
    Speed, "a speed above zero, from 0.001 to 1000", |value| (0.001..=1000.0).contains(&value), { "type": "number", "minimum": 0.001, "maximum": 1000 };
    /// What a wait counts.
    Weight, "a weight above zero, from 0.001 to 1000000", |value| (0.001..=1e6).contains(&value), { "type": "number", "minimum": 0.001, "maximum": 1_000_000 };
    /// An amount of money, or a number of things that it is paid for.
    Amount, "an amount from 0 to 1000000000", |value| (0.0..=1e9).contains(&value), { "type": "number", "minimum": 0, "maximum": 1_000_000_000 };
    /// A part or a multiple of an amount of money.
    MoneyShare, "a share or a multiple from 0 to 10", |value| (0.0..=10.0).contains(&value), { "type": "number", "minimum": 0, "maximum": 10 };
    /// What one of another currency is worth.
    Rate, "a rate above zero, from 0.000001 to 1000000", |value| (1e-6..=1e6).contains(&value), { "type": "number", "minimum": 0.000_001, "maximum": 1_000_000 };
    /// Pay for an hour.
    Wage, "a wage from 0 to 1000000 an hour", |value| (0.0..=1e6).contains(&value), { "type": "number", "minimum": 0, "maximum": 1_000_000 };
}

/// A whole number from `LEAST` to `MOST`; `2.0` is taken for 2.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Whole<const LEAST: i64, const MOST: i64>(pub(crate) i64);

impl<const LEAST: i64, const MOST: i64> Whole<LEAST, MOST> {
    /// As the unsigned number that it is; `LEAST` is not below zero where this is called.
    pub(crate) fn count(self) -> u64 {
        u64::try_from(self.0).unwrap_or(0)
    }
}

impl<const LEAST: i64, const MOST: i64> Read for Whole<LEAST, MOST> {
    fn read(node: &Node, reader: &mut Reader) -> Option<Self> {
        let expected = match (LEAST, MOST) {
            (i64::MIN, i64::MAX) => "a whole number".to_owned(),
            (_, i64::MAX) => format!("a whole number of {LEAST} or above"),
            _ => format!("a whole number from {LEAST} to {MOST}"),
        };
        let found = match &node.value {
            Value::Integer(number) => Some(*number),
            Value::Float(number) => whole(*number),
            _ => None,
        };
        match found {
            Some(number) if (LEAST..=MOST).contains(&number) => Some(Self(number)),
            _ => {
                reader.mistyped(node, &expected);
                None
            }
        }
    }
}

impl<const LEAST: i64, const MOST: i64> JsonSchema for Whole<LEAST, MOST> {
    fn inline_schema() -> bool {
        true
    }
    fn schema_name() -> Cow<'static, str> {
        format!("WholeFrom{LEAST}To{MOST}").into()
    }
    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        let mut schema = json_schema!({ "type": "integer" });
        if LEAST > i64::MIN {
            schema.insert("minimum".to_owned(), LEAST.into());
        }
        if MOST < i64::MAX {
            schema.insert("maximum".to_owned(), MOST.into());
        }
        schema
    }
}

/// A seed: any whole number of 64 bits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Seed(pub(crate) u64);

impl Read for Seed {
    fn read(node: &Node, reader: &mut Reader) -> Option<Self> {
        let seed = match &node.value {
            Value::Integer(number) => u64::try_from(*number).ok(),
            Value::HugeInteger(digits) => digits.parse().ok(),
            Value::Float(number) => whole(*number).and_then(|number| u64::try_from(number).ok()),
            _ => None,
        };
        if seed.is_none() {
            reader.mistyped(node, &format!("a whole number from 0 to {}", u64::MAX));
        }
        seed.map(Self)
    }
}

impl JsonSchema for Seed {
    fn inline_schema() -> bool {
        true
    }
    fn schema_name() -> Cow<'static, str> {
        "Seed".into()
    }
    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({ "type": "integer", "minimum": 0, "maximum": u64::MAX })
    }
}

/// The integer that a number is, if it is one.
#[expect(
    clippy::cast_possible_truncation,
    reason = "whole and far below 2^63, as checked"
)]
pub(crate) fn whole(number: f64) -> Option<i64> {
    (number.abs() <= LARGEST && number.fract() == 0.0).then_some(number as i64)
}

/// A duration, zero included.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Duration(pub(crate) SimDuration);

/// A duration above zero.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct PositiveDuration(pub(crate) SimDuration);

pub(crate) const A_DURATION: &str =
    "a duration with its unit, such as \"20s\", \"4m\" or \"1h 30m\"";

impl Read for Duration {
    fn read(node: &Node, reader: &mut Reader) -> Option<Self> {
        let Value::Text(text) = &node.value else {
            let place = reader.place(&node.span);
            let hint = match &node.value {
                Value::Integer(_) | Value::Float(_) => {
                    Some("a unit is missing: ms, s, m, h or d".to_owned())
                }
                _ => None,
            };
            let message = format!("expected {A_DURATION}, found {}", node.describe());
            reader.report_at(&place, message, hint);
            return None;
        };
        match quantity::parse(text) {
            Ok(span) => Some(Self(span)),
            Err(error) => {
                let place = reader.place(&node.span);
                let message = format!("{error}; expected {A_DURATION}, found {}", node.describe());
                reader.report_at(
                    &place,
                    message,
                    Some("known units: ms, s, m, h, d".to_owned()),
                );
                None
            }
        }
    }
}

impl Read for PositiveDuration {
    fn read(node: &Node, reader: &mut Reader) -> Option<Self> {
        let Duration(span) = Duration::read(node, reader)?;
        if span > SimDuration::ZERO {
            return Some(Self(span));
        }
        reader.mistyped(node, "a duration above zero");
        None
    }
}

/// What the schema says of a duration.
pub(crate) fn duration_schema() -> Schema {
    json_schema!({
        "type": "string",
        "pattern": r"^\s*(?=[0-9])([0-9]+(\.[0-9]*)?\s*d\s*)?([0-9]+(\.[0-9]*)?\s*h\s*)?([0-9]+(\.[0-9]*)?\s*m\s*)?([0-9]+(\.[0-9]*)?\s*s\s*)?([0-9]+(\.[0-9]*)?\s*ms\s*)?$",
        "examples": ["20s", "4m", "1h 30m"],
    })
}

impl JsonSchema for Duration {
    fn inline_schema() -> bool {
        true
    }
    fn schema_name() -> Cow<'static, str> {
        "Duration".into()
    }
    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        duration_schema()
    }
}

impl JsonSchema for PositiveDuration {
    fn inline_schema() -> bool {
        true
    }
    fn schema_name() -> Cow<'static, str> {
        "PositiveDuration".into()
    }
    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        duration_schema()
    }
}

impl Read for String {
    fn read(node: &Node, reader: &mut Reader) -> Option<Self> {
        match &node.value {
            Value::Text(text) if !text.trim().is_empty() => Some(text.clone()),
            _ => {
                let expected = match &node.value {
                    Value::Text(_) => "a text of at least one character",
                    _ => "a text",
                };
                reader.mistyped(node, expected);
                None
            }
        }
    }
}

impl Read for bool {
    fn read(node: &Node, reader: &mut Reader) -> Option<Self> {
        if let Value::Boolean(value) = &node.value {
            return Some(*value);
        }
        reader.mistyped(node, "true or false");
        None
    }
}

/// Reads one of some words; `what` says what they are.
pub(crate) fn word<T: Copy>(
    node: &Node,
    what: &str,
    words: &[(&str, T)],
    reader: &mut Reader,
) -> Option<T> {
    let Some(text) = node.as_text() else {
        let names: Vec<String> = words
            .iter()
            .map(|(name, _)| format!("\"{name}\""))
            .collect();
        reader.mistyped(node, &format!("{what}: {}", names.join(", ")));
        return None;
    };
    if let Some((_, value)) = words.iter().find(|(name, _)| *name == text) {
        return Some(*value);
    }
    let hint = hint_of(text, words.iter().map(|(name, _)| *name));
    let place = reader.place(&node.span);
    let message = format!("expected {what}, found {}", node.describe());
    reader.report_at(&place, message, Some(hint));
    None
}
