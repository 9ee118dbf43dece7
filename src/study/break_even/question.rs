//! What is asked: whose key, which figure, against what.

use crate::scenario::Ground;
use crate::scenario::hint_of;
use crate::scenario::model::{Compiled, Variant};
use crate::scenario::uncertain::Input;
use crate::stats::measure::Measure;
use crate::study::mixes::bench::{Bench, Mix, TooMany};
use crate::study::run::RunError;

/// What a figure is held against.
#[derive(Debug, Clone)]
pub enum Opposite<'a> {
    /// A number.
    Number(f64),
    /// The same figure of a variant as it is written.
    Mix(&'a Variant),
    /// Another figure of the same mix.
    Figure(String),
}

/// Why there is no answer.
#[derive(Debug, thiserror::Error)]
pub enum BreakEvenError {
    /// The question cannot be asked of this file.
    #[error("{0}")]
    Refused(String),
    /// Too many queues.
    #[error(transparent)]
    TooMany(#[from] TooMany),
    /// The run failed.
    #[error(transparent)]
    Run(#[from] RunError),
}

/// What is asked.
#[derive(Debug)]
pub struct Question<'a> {
    /// The variant whose key is varied.
    pub ground: &'a Ground<'a>,
    /// The key, with the ends of its range.
    pub input: Input,
    /// The figure's name.
    pub figure: &'a str,
    /// What it is held against.
    pub opposite: Opposite<'a>,
    /// Replications of each value.
    pub replications: u64,
    /// Seed of all.
    pub seed: u64,
}

impl<'a> Opposite<'a> {
    /// A number, the name of a variant, or of a figure.
    ///
    /// # Errors
    /// When it is none of these.
    pub fn named(text: &str, compiled: &'a Compiled) -> Result<Self, String> {
        if let Ok(number) = text.parse::<f64>()
            && number.is_finite()
        {
            return Ok(Self::Number(number));
        }
        let mut variants = compiled.variants.iter();
        if let Some(variant) = variants.find(|variant| variant.name == text) {
            return Ok(Self::Mix(variant));
        }
        let base = Bench::new(vec![Mix::of(&compiled.variants[0], "")], 0);
        let figures = base.as_ref().map_or(Vec::new(), Measure::all);
        let figures: Vec<String> = figures.iter().map(Measure::name).collect();
        if figures.iter().any(|figure| figure == text) || text.contains('.') {
            return Ok(Self::Figure(text.to_owned()));
        }
        let variants = compiled
            .variants
            .iter()
            .map(|variant| variant.name.as_str());
        let known = variants.chain(figures.iter().map(String::as_str));
        let hint = hint_of(text, known);
        Err(format!(
            "\"{text}\" is no number, no variant and no figure; {hint}"
        ))
    }

    pub(super) fn text(&self) -> String {
        match self {
            Self::Number(number) => number.to_string(),
            Self::Mix(variant) => variant.name.clone(),
            Self::Figure(figure) => figure.clone(),
        }
    }
}
