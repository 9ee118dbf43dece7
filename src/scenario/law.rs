//! Distributions as written: a bare duration, `never`, or a table with `dist` and its parameters.

use std::borrow::Cow;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde_json::Value as Json;

use super::forms::FileColumn;
use super::read::{At, Keys, Read, Reader, hint_of, nearest, table};
use super::scalar::{
    A_DURATION, Cv, Duration, Positive, PositiveDuration, ShareAboveZero, Whole, duration_schema,
};
use super::tree::{Node, Table, Value};
use crate::time::SimDuration;

/// A mean: one duration, or one for each row of a data file, in seconds.
#[derive(Debug, Clone)]
pub(crate) enum Mean {
    Given(SimDuration),
    Column(FileColumn),
}

impl Read for Mean {
    fn read(node: &Node, reader: &mut Reader) -> Option<Self> {
        if node.as_table().is_some() {
            return FileColumn::read(node, reader).map(Self::Column);
        }
        PositiveDuration::read(node, reader).map(|mean| Self::Given(mean.0))
    }
}

impl JsonSchema for Mean {
    fn inline_schema() -> bool {
        true
    }
    fn schema_name() -> Cow<'static, str> {
        "Mean".into()
    }
    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        json_schema!({ "anyOf": [duration_schema(), generator.subschema_for::<FileColumn>()] })
    }
}

table! {
    /// A distribution that its mean fixes.
    MeanKeys {
        /// The mean: a duration, or a column of a data file in seconds.
        needed mean: Mean,
    }
}
table! {
    /// A distribution of two parameters.
    MeanCvKeys {
        /// The mean: a duration, or a column of a data file in seconds.
        needed mean: Mean,
        /// The coefficient of variation, standard deviation over mean.
        needed cv: Cv,
    }
}
table! {
    /// A sum of exponential stages.
    ErlangKeys {
        /// The mean: a duration, or a column of a data file in seconds.
        needed mean: Mean,
        /// How many stages; the cv is one over its root.
        needed stages: Whole<1, 1_000>,
    }
}
table! {
    /// Weibull, by mean and cv or by shape and scale.
    WeibullKeys {
        /// The mean: a duration, or a column of a data file in seconds.
        optional mean: Mean,
        /// The coefficient of variation, standard deviation over mean.
        optional cv: Cv,
        /// The exponent: below 1 for a falling rate, above 1 for a rising one.
        optional shape: Positive,
        /// The time by which 63 % have ended.
        optional scale: PositiveDuration,
    }
}
table! {
    /// Evenly between two durations.
    UniformKeys {
        /// The shortest.
        needed min: Duration,
        /// The longest.
        needed max: Duration,
    }
}
table! {
    /// A triangle between two durations.
    TriangularKeys {
        /// The shortest.
        needed min: Duration,
        /// The likeliest.
        needed mode: Duration,
        /// The longest.
        needed max: Duration,
    }
}
table! {
    /// One of several exponential distributions.
    HyperexponentialKeys {
        /// The mean of each.
        needed means: Vec<At<PositiveDuration>>,
        /// How often each is taken; they sum to 1.
        needed shares: Vec<At<ShareAboveZero>>,
    }
}
table! {
    /// One of several distributions.
    MixtureKeys {
        /// The distributions with the share of each.
        needed parts: Vec<At<PartKeys>>,
    }
}
table! {
    /// A part of a mixture.
    PartKeys {
        /// How often it is taken; the shares sum to 1.
        needed share: ShareAboveZero,
        /// The distribution.
        needed of: LawForm,
    }
}

/// A distribution as written.
#[derive(Debug, Clone)]
pub(crate) enum LawForm {
    Never,
    Duration(SimDuration),
    Constant(MeanKeys),
    Exponential(MeanKeys),
    Gamma(MeanCvKeys),
    Erlang(ErlangKeys),
    Lognormal(MeanCvKeys),
    Weibull(WeibullKeys),
    Uniform(UniformKeys),
    Triangular(TriangularKeys),
    Hyperexponential(HyperexponentialKeys),
    Empirical(FileColumn),
    Mixture(Box<MixtureKeys>),
}

const DISTRIBUTIONS: [&str; 11] = [
    "constant",
    "exponential",
    "gamma",
    "erlang",
    "lognormal",
    "weibull",
    "uniform",
    "triangular",
    "hyperexponential",
    "empirical",
    "mixture",
];

impl Read for LawForm {
    fn read(node: &Node, reader: &mut Reader) -> Option<Self> {
        match &node.value {
            Value::Text(text) if text == "never" => Some(Self::Never),
            Value::Text(text) if nearest(text.trim(), ["never"]).is_some() => {
                let place = reader.place(&node.span);
                let message = format!(
                    "expected {A_DURATION}, or \"never\", found {}",
                    node.describe()
                );
                reader.report_at(&place, message, Some("did you mean `never`?".to_owned()));
                None
            }
            Value::Text(_) | Value::Integer(_) | Value::Float(_) => {
                Duration::read(node, reader).map(|span| Self::Duration(span.0))
            }
            Value::Table(table) => Self::read_table(table, node, reader),
            _ => {
                reader.mistyped(
                    node,
                    &format!("{A_DURATION}, or a distribution {{ dist = …, mean = … }}"),
                );
                None
            }
        }
    }
}

impl LawForm {
    fn read_table(table: &Table, node: &Node, reader: &mut Reader) -> Option<Self> {
        let Some(dist) = table.get("dist") else {
            let known = DISTRIBUTIONS.join(", ");
            reader.within("dist", |reader| {
                reader.report(&node.span, format!("missing key `dist`: one of {known}"));
            });
            return None;
        };
        let span = &node.span;
        let law = match dist.node.as_text() {
            Some("constant") => Self::Constant(keys(table, span, reader)),
            Some("exponential") => Self::Exponential(keys(table, span, reader)),
            Some("gamma") => Self::Gamma(keys(table, span, reader)),
            Some("erlang") => Self::Erlang(keys(table, span, reader)),
            Some("lognormal") => Self::Lognormal(keys(table, span, reader)),
            Some("weibull") => Self::Weibull(keys(table, span, reader)),
            Some("uniform") => Self::Uniform(keys(table, span, reader)),
            Some("triangular") => Self::Triangular(keys(table, span, reader)),
            Some("hyperexponential") => Self::Hyperexponential(keys(table, span, reader)),
            Some("empirical") => Self::Empirical(keys(table, span, reader)),
            Some("mixture") => Self::Mixture(Box::new(keys(table, span, reader))),
            other => {
                reader.within("dist", |reader| {
                    let place = reader.place(&dist.node.span);
                    let found = dist.node.describe();
                    let hint = hint_of(other.unwrap_or_default(), DISTRIBUTIONS);
                    reader.report_at(
                        &place,
                        format!("expected a distribution, found {found}"),
                        Some(hint),
                    );
                });
                return None;
            }
        };
        Some(law)
    }
}

fn keys<T: Keys>(table: &Table, span: &std::ops::Range<usize>, reader: &mut Reader) -> T {
    T::read_keys(table, span, &["dist"], reader)
}

impl JsonSchema for LawForm {
    fn schema_name() -> Cow<'static, str> {
        "Distribution".into()
    }
    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let tables = [
            tagged::<MeanKeys>("constant", generator),
            tagged::<MeanKeys>("exponential", generator),
            tagged::<MeanCvKeys>("gamma", generator),
            tagged::<ErlangKeys>("erlang", generator),
            tagged::<MeanCvKeys>("lognormal", generator),
            tagged::<WeibullKeys>("weibull", generator),
            tagged::<UniformKeys>("uniform", generator),
            tagged::<TriangularKeys>("triangular", generator),
            tagged::<HyperexponentialKeys>("hyperexponential", generator),
            tagged::<FileColumn>("empirical", generator),
            tagged::<MixtureKeys>("mixture", generator),
        ];
        let mut forms = vec![
            duration_schema().to_value(),
            serde_json::json!({ "const": "never" }),
        ];
        forms.extend(tables.into_iter().map(Schema::to_value));
        json_schema!({ "anyOf": forms })
    }
}

/// A table's schema with the key that names the distribution.
fn tagged<T: JsonSchema>(dist: &str, generator: &mut SchemaGenerator) -> Schema {
    let mut schema = T::json_schema(generator);
    if let Some(Json::Object(properties)) = schema.get_mut("properties") {
        properties.insert("dist".to_owned(), serde_json::json!({ "const": dist }));
    }
    match schema.get_mut("required") {
        Some(Json::Array(needed)) => needed.insert(0, Json::from("dist")),
        _ => {
            schema.insert("required".to_owned(), serde_json::json!(["dist"]));
        }
    }
    schema
}
