//! What is not known for sure: `[uncertain]`, the likely range of a value by its dotted path.

use std::borrow::Cow;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};

use super::change::{Change, Setting, to_milliseconds};
use super::problem::Place;
use super::read::{At, Read, Reader, table};
use super::scalar::{Cv, Duration, Factor, duration_schema, number, word};
use super::tree::{Node, Value};
use crate::dist::quantile;
use crate::time::SimDuration;

/// Below and above these lies a tenth of what a cv allows: the ends of its range.
const ENDS: (f64, f64) = (0.05, 0.95);

table! {
    /// The likely range of a value: `low` and `high`, or `factor`, or `cv`.
    UncertainFile {
        /// The lowest likely value.
        optional low: Bound,
        /// The highest likely value.
        optional high: Bound,
        /// The lowest and the highest factor on the file's own value, such as `[0.9, 1.1]`.
        optional factor: Vec<At<Factor>>,
        /// The file's own value times a lognormal factor of mean 1 and this coefficient of variation.
        optional cv: Cv,
        /// "uniform" or "triangular" between the ends; uniform where it is missing.
        optional dist: Shape,
        /// The likeliest value, or factor, of a triangular distribution.
        optional mode: Bound,
    }
}

/// A number or a duration.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum Bound {
    Number(f64),
    Duration(SimDuration),
}

impl Bound {
    /// As a number: seconds for durations.
    fn number(self) -> f64 {
        match self {
            Self::Number(number) => number,
            Self::Duration(span) => span.as_seconds(),
        }
    }

    fn is_alike(self, other: Self) -> bool {
        matches!(self, Self::Number(_)) == matches!(other, Self::Number(_))
    }
}

impl Read for Bound {
    fn read(node: &Node, reader: &mut Reader) -> Option<Self> {
        match &node.value {
            Value::Text(_) => Duration::read(node, reader).map(|span| Self::Duration(span.0)),
            _ => number(node, "a number or a duration", reader).map(Self::Number),
        }
    }
}

impl JsonSchema for Bound {
    fn inline_schema() -> bool {
        true
    }
    fn schema_name() -> Cow<'static, str> {
        "Bound".into()
    }
    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({ "anyOf": [{ "type": "number" }, duration_schema()] })
    }
}

/// How likely the values of a range are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Shape {
    Uniform,
    Triangular,
}

const SHAPES: [(&str, Shape); 2] = [
    ("uniform", Shape::Uniform),
    ("triangular", Shape::Triangular),
];

impl Read for Shape {
    fn read(node: &Node, reader: &mut Reader) -> Option<Self> {
        word(
            node,
            "a distribution of an uncertain value",
            &SHAPES,
            reader,
        )
    }
}

impl JsonSchema for Shape {
    fn inline_schema() -> bool {
        true
    }
    fn schema_name() -> Cow<'static, str> {
        "Shape".into()
    }
    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({ "enum": SHAPES.map(|(name, _)| name) })
    }
}

/// The uncertain values of a file, in its order.
#[derive(Debug, Clone)]
pub(crate) struct UncertainForm(pub(crate) Vec<(Place, Input)>);

impl Read for UncertainForm {
    fn read(node: &Node, reader: &mut Reader) -> Option<Self> {
        let Some(table) = node.as_table() else {
            reader.mistyped(
                node,
                "a table with the likely range of each value under its path",
            );
            return None;
        };
        let inputs = table.entries.iter().filter_map(|entry| {
            reader.within(&entry.key, |reader| {
                let place = reader.place(&entry.key_span);
                if !entry.key.contains('.') {
                    let message = "expected the path of a value in quotes, such as \"queues.phone.handle_time.mean\"";
                    reader.report_at(&place, message, None);
                    return None;
                }
                let file = UncertainFile::read(&entry.node, reader)?;
                let law = law(&file, &place, reader)?;
                let key = entry.key.split('.').map(str::trim).collect::<Vec<_>>();
                Some((place, Input::new(key.join("."), law)))
            })
        });
        Some(Self(inputs.collect()))
    }
}

impl JsonSchema for UncertainForm {
    fn inline_schema() -> bool {
        true
    }
    fn schema_name() -> Cow<'static, str> {
        "Uncertain".into()
    }
    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let entry = generator.subschema_for::<UncertainFile>();
        json_schema!({ "type": "object", "additionalProperties": entry })
    }
}

/// What is known of an uncertain value.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct InputLaw {
    /// What the numbers are.
    pub unit: Unit,
    /// How likely they are.
    pub spread: Spread,
}

/// What the numbers of an uncertain value are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unit {
    /// Numbers, as they stand in the file.
    Number,
    /// Numbers of which only whole ones may stand in the file.
    Whole,
    /// Seconds.
    Seconds,
    /// Factors on the file's own value.
    Factor,
}

/// How likely the numbers of an uncertain value are.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Spread {
    /// Every number between two as likely as another.
    Uniform {
        /// The lowest.
        low: f64,
        /// The highest.
        high: f64,
    },
    /// Between two, one of them the likeliest.
    Triangular {
        /// The lowest.
        low: f64,
        /// The likeliest.
        mode: f64,
        /// The highest.
        high: f64,
    },
    /// Factors of mean 1.
    Lognormal {
        /// Their coefficient of variation.
        cv: f64,
    },
}

/// A value that is not known for sure.
#[derive(Debug, Clone, PartialEq)]
pub struct Input {
    /// Its dotted path.
    pub key: String,
    /// What is known of it.
    pub law: InputLaw,
}

impl Input {
    /// A value by its path.
    pub fn new(key: String, law: InputLaw) -> Self {
        Self { key, law }
    }

    /// The ends of its range; of a cv the factors below and above which a twentieth lies, to six decimals, since people read them.
    pub fn ends(&self) -> (f64, f64) {
        match self.law.spread {
            Spread::Uniform { low, high } | Spread::Triangular { low, high, .. } => (low, high),
            Spread::Lognormal { .. } => {
                let end = |u| (1e6 * self.number_at(u)).round() / 1e6;
                (end(ENDS.0), end(ENDS.1))
            }
        }
    }

    /// The change that puts the value at its low end.
    pub fn low(&self) -> Change {
        self.change(self.ends().0)
    }

    /// The change that puts the value at its high end.
    pub fn high(&self) -> Change {
        self.change(self.ends().1)
    }

    /// The change to the value below which a share `u`, above 0 and below 1, lies.
    pub fn at(&self, u: f64) -> Change {
        self.change(self.number_at(u))
    }

    /// The number below which a share `u`, above 0 and below 1, lies: of whole numbers one of equal stretches each.
    pub fn number_at(&self, u: f64) -> f64 {
        let is_whole = self.law.unit == Unit::Whole;
        match self.law.spread {
            Spread::Uniform { low, high } if is_whole => {
                (low + (u * (high - low + 1.0)).floor()).clamp(low, high)
            }
            Spread::Uniform { low, high } => low + u * (high - low),
            Spread::Triangular { low, mode, high } => {
                let number = quantile::triangular((low, mode, high), u);
                if is_whole { number.round() } else { number }
            }
            Spread::Lognormal { cv } => quantile::lognormal(1.0, cv, u),
        }
    }

    /// The change to a number of its unit.
    pub fn change(&self, number: f64) -> Change {
        let to = match self.law.unit {
            Unit::Number | Unit::Whole => Setting::Number(number),
            Unit::Seconds => {
                Setting::Duration(to_milliseconds(SimDuration::from_seconds_f64(number)))
            }
            Unit::Factor => Setting::Times(number),
        };
        Change {
            key: self.key.clone(),
            to,
        }
    }
}

/// What a table says of a value; `None` after a problem has been reported.
fn law(file: &UncertainFile, place: &Place, reader: &mut Reader) -> Option<InputLaw> {
    let (unit, low, high) = match (&file.low, &file.high, &file.factor, &file.cv) {
        (Some(low), Some(high), None, None) => {
            if !low.value.is_alike(high.value) {
                let message = "expected low and high to be two numbers or two durations";
                reader.report_at(&high.place, message, None);
                return None;
            }
            let unit = match low.value {
                Bound::Number(_) => Unit::Number,
                Bound::Duration(_) => Unit::Seconds,
            };
            (unit, low.value, high)
        }
        (None, None, Some(factors), None) => {
            let [low, high] = factors.value.as_slice() else {
                let message = "expected the lowest and the highest factor, such as [0.9, 1.1]";
                reader.report_at(&factors.place, message, None);
                return None;
            };
            let high = At {
                place: high.place.clone(),
                value: Bound::Number(high.value.0),
            };
            return spread(
                file,
                Unit::Factor,
                Bound::Number(low.value.0),
                &high,
                reader,
            );
        }
        (None, None, None, Some(cv)) => {
            for place in [
                file.dist.as_ref().map(|dist| &dist.place),
                file.mode.as_ref().map(|mode| &mode.place),
            ]
            .into_iter()
            .flatten()
            {
                let message = "a cv says all of the distribution: dist and mode go with low and high, or factor";
                reader.report_at(place, message, None);
            }
            return Some(InputLaw {
                unit: Unit::Factor,
                spread: Spread::Lognormal { cv: cv.value.0 },
            });
        }
        _ => {
            let message = "expected low and high, or factor, or cv";
            if !reader.is_faulty(&place.key) {
                reader.report_at(place, message, None);
            }
            return None;
        }
    };
    spread(file, unit, low, high, reader)
}

/// The spread between two ends.
fn spread(
    file: &UncertainFile,
    unit: Unit,
    low: Bound,
    high: &At<Bound>,
    reader: &mut Reader,
) -> Option<InputLaw> {
    let (lowest, highest) = (low.number(), high.value.number());
    if lowest >= highest {
        let message =
            format!("expected the highest to be above the lowest, {lowest}, found {highest}");
        reader.report_at(&high.place, message, None);
        return None;
    }
    let is_triangular = file
        .dist
        .as_ref()
        .is_some_and(|dist| dist.value == Shape::Triangular);
    let spread = match (&file.mode, is_triangular) {
        (None, false) => Spread::Uniform {
            low: lowest,
            high: highest,
        },
        (Some(mode), true) => {
            let likeliest = mode.value.number();
            if !mode.value.is_alike(low) || !(lowest..=highest).contains(&likeliest) {
                let message = "expected the likeliest to be of the same kind and between the ends";
                reader.report_at(&mode.place, message, None);
                return None;
            }
            Spread::Triangular {
                low: lowest,
                mode: likeliest,
                high: highest,
            }
        }
        (Some(mode), false) => {
            let hint = "write dist = \"triangular\" beside it".to_owned();
            reader.report_at(&mode.place, "a mode goes with a triangle", Some(hint));
            return None;
        }
        (None, true) => {
            let place = file.dist.as_ref().map(|dist| &dist.place)?;
            reader.report_at(
                place,
                "a triangle needs its mode, the likeliest value",
                None,
            );
            return None;
        }
    };
    Some(InputLaw { unit, spread })
}
