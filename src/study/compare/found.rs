//! What a comparison found, ready to be laid out.

use serde::Serialize;

use crate::stats::estimate::Estimate;
use crate::stats::frontier::Frontier;
use crate::stats::measure::Measure;
use crate::stats::multiple::Tested;
use crate::stats::summary::ScenarioLabel;

/// Everything that a comparison found.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Comparison {
    /// What was run, by the first file.
    pub scenario: ScenarioLabel,
    /// The files, where there are several.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub files: Vec<FileLabel>,
    /// The mixes in the order of files and variants.
    pub mixes: Vec<MixFigures>,
    /// The differences against each of the mixes asked for.
    pub differences: Vec<Differences>,
    /// Which mixes are worth their cost, by what is got for it.
    pub frontiers: Vec<Frontier>,
    /// What the reader should know of the files together.
    pub warnings: Vec<String>,
}

/// A file among several.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct FileLabel {
    /// What its mixes are called by.
    pub name: String,
    /// Its scenario's name.
    pub scenario: String,
}

/// The figures of a mix.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct MixFigures {
    /// `base`, or `file: base` where there are several files.
    pub name: String,
    /// Its figures.
    pub figures: Vec<Figure>,
}

/// A figure of a mix.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Figure {
    /// Which one.
    pub figure: Measure,
    /// Its value.
    #[serde(flatten)]
    pub value: Estimate,
}

/// All mixes less one.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Differences {
    /// The mix that they are compared with.
    pub against: String,
    /// Mix by mix, and of each mix the surest first.
    pub rows: Vec<Difference>,
}

/// A figure of a mix less the same of another.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Difference {
    /// The mix.
    pub mix: String,
    /// Which figure.
    pub figure: Measure,
    /// The difference and what is to be said of it.
    #[serde(flatten)]
    pub tested: Tested,
}
