//! A figure with its range, as it stands in a sentence.

use crate::report::figure::grouped;
use crate::report::material::Material;
use crate::report::table::cell;
use crate::stats::estimate::Estimate;

pub(super) fn money(material: &Material<'_>, figure: &Estimate) -> String {
    let decimals = if figure.mean.is_some_and(|mean| mean.abs() >= 100.0) {
        0
    } else {
        2
    };
    format!(
        "{} {}",
        material.currency(),
        ranged(figure, 1.0, decimals, "")
    )
}

pub(super) fn count(figure: &Estimate) -> String {
    let decimals = usize::from(figure.mean.is_some_and(|mean| mean.abs() < 100.0));
    ranged(figure, 1.0, decimals, "")
}

pub(super) fn share(figure: &Estimate) -> String {
    ranged(figure, 0.01, 1, " %")
}

/// `71.0 % [68.0–74.0]`.
fn ranged(figure: &Estimate, one: f64, decimals: usize, sign: &str) -> String {
    let number = |value: f64| grouped(value / one, decimals);
    let Some(mean) = figure.mean else {
        return cell::NOTHING.to_owned();
    };
    match (figure.lo, figure.hi) {
        (Some(lo), Some(hi)) if number(lo) != number(hi) => {
            format!("{}{sign} [{}–{}]", number(mean), number(lo), number(hi))
        }
        _ => format!("{}{sign}", number(mean)),
    }
}
