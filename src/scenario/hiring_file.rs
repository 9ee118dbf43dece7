//! `[plan.hiring]`: weeks, volumes and whom to hire when, as a person writes it.

use std::borrow::Cow;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};

use super::days::Day;
use super::forms::FileColumn;
use super::read::{At, Named, Read, Reader, table};
use super::scalar::{Amount, NotNegative, Positive, Share, ShareAboveZero, ShareBelowOne, Whole};
use super::tree::{Node, Value};

table! {
    /// Weeks and months: whom to hire when, from the volumes of each week.
    HiringPlanFile {
        /// How many weeks are planned.
        needed weeks: Whole<1, 520>,
        /// The first day of the first week; the horizon's where it is missing.
        optional start: Day,
        /// Contacts of each week by queue: numbers or { file, column }; a queue that is missing has its own week of the file, times `levels`.
        optional volumes: Named<ByWeek<NotNegative>>,
        /// A factor on the file's own week: one, one a week, or { file, column }; 1 where it is missing.
        optional levels: ByWeek<NotNegative>,
        /// The share of the time at contacts that may be spent on them: work is divided by it.
        needed occupancy: ByWeek<ShareAboveZero>,
        /// Hours a week that one person is paid; 40 where it is missing.
        optional hours: Positive,
        /// The groups that are planned: all of the file.
        needed groups: Named<HiringGroupFile>,
    }
}

table! {
    /// People of a group now, and how more may be had.
    HiringGroupFile {
        /// How many are there at the start, trained.
        needed people: NotNegative,
        /// Hours a week that one person is paid; those of the plan where it is missing.
        optional hours: Positive,
        /// How many begin together: { min, max }; nobody is hired where it is missing.
        optional class: ClassFile,
        /// The weeks in which a class may begin; every week where it is missing.
        optional class_weeks: Vec<At<Whole<1, 520>>>,
        /// Weeks from now until the first class can begin; 0 where it is missing.
        optional lead_weeks: Whole<0, 520>,
        /// Weeks in which a class learns, is paid and takes no contact; those of `hiring.ramp` where it is missing.
        optional training_weeks: Whole<0, 520>,
        /// What one who has just been trained does of what others do, in the first week, the second and so on; all of it where it is missing.
        optional ramp: Vec<At<Share>>,
        /// The share of the paid time for leave, by week; that of the group's shrinkage where it is missing.
        optional leave: ByWeek<ShareBelowOne>,
        /// The share of the paid time away from contacts beside leave, by week; the group's shrinkage where it is missing.
        optional shrinkage: ByWeek<ShareBelowOne>,
        /// Hours of overtime at most, as a share of the hours of those trained; 0 where it is missing.
        optional overtime_max: ByWeek<Share>,
        /// Hours of somebody else's agents: { hours, price }; none where it is missing.
        optional outsource: OutsourceFile,
    }
}

table! {
    /// How many begin together.
    ClassFile {
        /// The fewest; 1 where it is missing.
        optional min: Whole<1, 100_000>,
        /// The most.
        needed max: Whole<1, 100_000>,
    }
}

table! {
    /// Hours of somebody else's agents.
    OutsourceFile {
        /// The most in a week.
        needed hours: ByWeek<NotNegative>,
        /// What one costs, in the scenario's currency.
        needed price: Amount,
    }
}

/// A value for all weeks, one for each, or a column of a file with a row for each.
#[derive(Debug, Clone)]
pub(crate) enum ByWeek<T> {
    One(At<T>),
    List(Vec<At<T>>),
    Column(Box<FileColumn>),
}

impl<T: Read> Read for ByWeek<T> {
    fn read(node: &Node, reader: &mut Reader) -> Option<Self> {
        if node.as_table().is_some() {
            return FileColumn::read(node, reader).map(|column| Self::Column(Box::new(column)));
        }
        if let Value::List(items) = &node.value {
            return reader.list(items).map(Self::List);
        }
        let value = T::read(node, reader)?;
        Some(Self::One(reader.at(&node.span, value)))
    }
}

impl<T: JsonSchema> JsonSchema for ByWeek<T> {
    fn inline_schema() -> bool {
        true
    }
    fn schema_name() -> Cow<'static, str> {
        format!("ByWeek{}", T::schema_name()).into()
    }
    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let one = generator.subschema_for::<T>();
        let column = generator.subschema_for::<FileColumn>();
        json_schema!({ "anyOf": [one, { "type": "array", "items": one, "minItems": 1 }, column] })
    }
}
