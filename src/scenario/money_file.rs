//! Costs and values, as a person writes them.

use std::borrow::Cow;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};

use super::forms::Hours;
use super::money::Minutes;
use super::read::{At, Read, Reader, table};
use super::scalar::{
    Amount, Duration, MoneyShare, Share, ShareBelowOne, duration_schema, number, word,
};
use super::schema::schemas;
use super::tree::{Node, Value};
use crate::time::SimDuration;

table! {
    /// What a channel costs beside agents.
    ChannelCostsFile {
        /// Paid for a minute of a contact; 0 where it is missing.
        optional per_minute: Amount,
        /// Which minutes: `"connected"`, from the arrival to the end of the talk, or `"talk"`; connected where it is missing.
        optional minutes: Minutes,
        /// Paid for a contact answered or abandoned; 0 where it is missing.
        optional per_contact: Amount,
        /// Paid for each month, for all its queues together; 0 where it is missing.
        optional fixed_per_month: Amount,
        /// Paid for each month and agent who may serve it; 0 where it is missing.
        optional licence_per_month: Amount,
    }
}

table! {
    /// What a queue costs beside agents; what is missing is as its channel's.
    QueueCostsFile {
        /// Paid for a minute of a contact.
        optional per_minute: Amount,
        /// Which minutes: `"connected"`, from the arrival to the end of the talk, or `"talk"`.
        optional minutes: Minutes,
        /// Paid for a contact answered or abandoned.
        optional per_contact: Amount,
        /// Paid for each month, beside what its channel costs; 0 where it is missing.
        optional fixed_per_month: Amount,
    }
}

table! {
    /// What hours of some times are paid on top of the wage.
    PremiumFile {
        /// When: `"22:00-30:00"`, or a table by weekday, which may name holidays and dates.
        needed hours: Hours,
        /// How much of the wage, such as 0.25.
        needed share: MoneyShare,
    }
}

table! {
    /// Agents who leave.
    TurnoverFile {
        /// The share of agents who leave in a year.
        needed yearly: MoneyShare,
        /// What one costs, as a multiple of a yearly wage, beside the hiring of another; 0 where it is missing.
        optional cost: MoneyShare,
    }
}

table! {
    /// Agents who are hired: for those who leave, and beside.
    HiringFile {
        /// What a hire costs; 0 where it is missing.
        optional cost: Amount,
        /// Paid time in which a hire is of no use yet, such as "120h"; 0s where it is missing.
        optional ramp: Duration,
        /// Hires in a year beside those who replace leavers; 0 where it is missing.
        optional yearly: Amount,
    }
}

table! {
    /// What somebody else's agents are paid by.
    OutsourcedFile {
        /// Paid for a contact answered.
        optional per_contact: Amount,
        /// Paid for a minute of an agent with contacts.
        optional per_minute: Amount,
    }
}

table! {
    /// The time at work away from contacts, by what it is spent on; they add up.
    ShrinkageKeys {
        /// The share for training.
        optional training: ShareBelowOne,
        /// The share for breaks.
        optional breaks: ShareBelowOne,
        /// The share for leave.
        optional leave: ShareBelowOne,
        /// The share for everything else.
        optional other: ShareBelowOne,
    }
}

table! {
    /// What the customers of a queue are worth: assumptions, all of them.
    ValueFile {
        /// Lost with a contact that is abandoned; 0 where it is missing.
        optional abandoned: Amount,
        /// Lost with a contact that meets a closed door or finds no line; 0 where it is missing.
        optional blocked: Amount,
        /// Lost with a contact that is not answered within the target's time; 0 where it is missing.
        optional late: Amount,
        /// Lost with an issue that is given up; 0 where it is missing.
        optional lost: Amount,
        /// How customers leave for good.
        optional churn: ChurnFile,
        /// How contacts earn money.
        optional converts: ConvertsFile,
    }
}

table! {
    /// How customers leave for good: with chances of contacts (`answered`, `abandoned`, `blocked`) or of issues (`resolved`, `lost`).
    ChurnFile {
        /// What one who leaves would have been worth.
        needed at_risk: Amount,
        /// The chance after a contact answered, by its wait.
        optional answered: CurveForm,
        /// The chance after a contact abandoned, by its wait.
        optional abandoned: CurveForm,
        /// The chance after a contact that met a closed door or found no line.
        optional blocked: Share,
        /// The chance after an issue resolved, by all its waits together.
        optional resolved: CurveForm,
        /// The chance after an issue given up, by all its waits together.
        optional lost: CurveForm,
    }
}

table! {
    /// Answered contacts that earn money.
    ConvertsFile {
        /// The share that does, by the wait.
        needed share: CurveForm,
        /// What one earns.
        needed revenue: Amount,
    }
}

impl Read for Minutes {
    fn read(node: &Node, reader: &mut Reader) -> Option<Self> {
        let words = Self::ALL.map(|minutes| (minutes.name(), minutes));
        word(node, "a kind of minutes", &words, reader)
    }
}

impl JsonSchema for Minutes {
    fn inline_schema() -> bool {
        true
    }
    fn schema_name() -> Cow<'static, str> {
        "Minutes".into()
    }
    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({ "enum": Self::ALL.map(Self::name) })
    }
}

/// Time at work away from contacts: a share, or shares by what they are spent on.
#[derive(Debug, Clone)]
pub(crate) enum ShrinkageForm {
    Share(ShareBelowOne),
    Parts(Box<ShrinkageKeys>),
}

impl Read for ShrinkageForm {
    fn read(node: &Node, reader: &mut Reader) -> Option<Self> {
        if node.as_table().is_some() {
            let keys = ShrinkageKeys::read(node, reader)?;
            return Some(Self::Parts(Box::new(keys)));
        }
        ShareBelowOne::read(node, reader).map(Self::Share)
    }
}

impl ShrinkageForm {
    /// The shares, each under its name where it has one.
    pub(crate) fn parts(&self) -> Vec<(&'static str, f64)> {
        let Self::Parts(keys) = self else {
            return Vec::new();
        };
        let parts = [
            ("training", &keys.training),
            ("breaks", &keys.breaks),
            ("leave", &keys.leave),
            ("other", &keys.other),
        ];
        parts
            .into_iter()
            .filter_map(|(name, share)| Some((name, share.as_ref()?.value.0)))
            .collect()
    }

    /// All of it.
    pub(crate) fn total(&self) -> f64 {
        match self {
            Self::Share(share) => share.0,
            Self::Parts(_) => self.parts().iter().map(|(_, share)| share).sum(),
        }
    }
}

impl JsonSchema for ShrinkageForm {
    fn inline_schema() -> bool {
        true
    }
    fn schema_name() -> Cow<'static, str> {
        "Shrinkage".into()
    }
    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let share = generator.subschema_for::<ShareBelowOne>();
        json_schema!({ "anyOf": [share, generator.subschema_for::<ShrinkageKeys>()] })
    }
}

/// A chance, or points of wait and chance.
#[derive(Debug, Clone)]
pub(crate) struct CurveForm(pub(crate) Vec<At<(SimDuration, f64)>>);

const A_CURVE: &str =
    "a share from 0 to 1, or points of wait and share such as [[\"0s\", 0.01], [\"5m\", 0.03]]";

impl Read for CurveForm {
    fn read(node: &Node, reader: &mut Reader) -> Option<Self> {
        match &node.value {
            Value::List(items) if !items.is_empty() => reader.list::<Point>(items).map(|points| {
                let point = |at: At<Point>| At {
                    place: at.place,
                    value: at.value.0,
                };
                Self(points.into_iter().map(point).collect())
            }),
            Value::Integer(_) | Value::Float(_) | Value::HugeInteger(_) => {
                let share = share(node, reader)?;
                Some(Self(vec![
                    reader.at(&node.span, (SimDuration::ZERO, share)),
                ]))
            }
            _ => {
                reader.mistyped(node, A_CURVE);
                None
            }
        }
    }
}

fn share(node: &Node, reader: &mut Reader) -> Option<f64> {
    number(node, A_CURVE, reader)?;
    Share::read(node, reader).map(|share| share.0)
}

/// A wait and the share after it.
#[derive(Debug, Clone, Copy)]
struct Point((SimDuration, f64));

impl Read for Point {
    fn read(node: &Node, reader: &mut Reader) -> Option<Self> {
        let Value::List(items) = &node.value else {
            reader.mistyped(node, "a wait with its share, such as [\"5m\", 0.03]");
            return None;
        };
        let [wait, share] = items.as_slice() else {
            reader.mistyped(node, "a wait with its share, such as [\"5m\", 0.03]");
            return None;
        };
        let wait = Duration::read(wait, reader);
        let share = Share::read(share, reader);
        Some(Self((wait?.0, share?.0)))
    }
}

impl JsonSchema for Point {
    fn inline_schema() -> bool {
        true
    }
    fn schema_name() -> Cow<'static, str> {
        "Point".into()
    }
    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let share = generator.subschema_for::<Share>();
        let wait = duration_schema();
        json_schema!({ "type": "array", "prefixItems": [wait, share], "minItems": 2, "maxItems": 2 })
    }
}

impl JsonSchema for CurveForm {
    fn inline_schema() -> bool {
        true
    }
    fn schema_name() -> Cow<'static, str> {
        "Curve".into()
    }
    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let share = generator.subschema_for::<Share>();
        let point = generator.subschema_for::<Point>();
        json_schema!({ "anyOf": [share, { "type": "array", "items": point, "minItems": 1 }] })
    }
}

/// Three capitals.
#[derive(Debug, Clone)]
pub(crate) struct Currency(pub(crate) String);

impl Read for Currency {
    fn read(node: &Node, reader: &mut Reader) -> Option<Self> {
        match node.as_text() {
            Some(code) if code.len() == 3 && code.bytes().all(|byte| byte.is_ascii_uppercase()) => {
                Some(Self(code.to_owned()))
            }
            _ => {
                reader.mistyped(
                    node,
                    "a currency by its ISO 4217 code of three capitals, such as \"EUR\"",
                );
                None
            }
        }
    }
}

schemas! {
    Currency, "Currency", json_schema!({ "type": "string", "pattern": "^[A-Z]{3}$" });
}
