//! Each input at both ends of its range, the others as the file has them; differences to that are paired by replication.

use super::findings::{Effect, Method, OfFigure, sorted};
use crate::scenario::change::Change;
use crate::scenario::compiled::Compiled;
use crate::scenario::uncertain::Input;
use crate::scenario::{Ground, Problem};
use crate::stats::estimate::Estimate;
use crate::stats::summary::Summary;
use crate::study::sweep::row::{difference_figures, figures};

/// The file as it is, then each input at its low and at its high end.
///
/// # Errors
/// What is wrong with the scenario at an end.
pub fn compile(ground: &Ground<'_>, inputs: &[Input]) -> Result<Compiled, Vec<Problem>> {
    let mut named: Vec<(String, Vec<Change>)> = vec![(ground.name().to_owned(), Vec::new())];
    for input in inputs {
        for change in [input.low(), input.high()] {
            named.push((change.to_string(), vec![change]));
        }
    }
    let named: Vec<(&str, &[Change])> = named
        .iter()
        .map(|(name, changes)| (name.as_str(), changes.as_slice()))
        .collect();
    ground.compile_all(&named)
}

/// The names of the figures that can be asked for.
pub fn figure_names(summary: &Summary) -> Vec<String> {
    let differences = summary
        .variants
        .iter()
        .find_map(|variant| variant.differences.as_ref());
    let figures = differences.map(difference_figures).unwrap_or_default();
    figures.into_iter().map(|(name, _)| name).collect()
}

/// What the inputs do to a figure, from a run of what [`compile`] gave.
pub fn figure(name: &str, summary: &Summary) -> OfFigure {
    let find = |figures: Vec<(String, Estimate)>| {
        let found = figures.into_iter().find(|(own, _)| own == name);
        found.map_or(Estimate::NONE, |(_, figure)| figure)
    };
    let difference = |variant: &crate::stats::summary::VariantSummary| {
        let differences = variant.differences.as_ref();
        differences.map_or(Estimate::NONE, |differences| {
            find(difference_figures(differences))
        })
    };
    let (base, ends) = summary
        .variants
        .split_first()
        .map_or((None, [].as_slice()), |(base, ends)| (Some(base), ends));
    let effects = ends
        .chunks_exact(2)
        .enumerate()
        .map(|(input, ends)| Effect {
            input,
            values: ends.iter().map(difference).collect(),
        });
    OfFigure {
        name: name.to_owned(),
        base: base.map_or(Estimate::NONE, |base| find(figures(base))),
        spread: None,
        effects: sorted(effects.collect(), Method::OneAtATime),
    }
}
