//! Mixes against each other: `compare.csv` and `frontier.csv`.

use std::io::{self, Write};

use super::intervals::cells_of;
use crate::study::compare::Comparison;

/// Writes `compare.csv`: a row a figure of a mix, then a row a difference, `against` another mix.
///
/// # Errors
///
/// When `out` can't be written.
pub fn write_comparison(comparison: &Comparison, out: &mut impl Write) -> io::Result<()> {
    let mut writer = csv::Writer::from_writer(out);
    writer.write_record([
        "mix",
        "against",
        "figure",
        "mean",
        "lo",
        "hi",
        "p",
        "p_adjusted",
        "verdict",
    ])?;
    for mix in &comparison.mixes {
        for figure in &mix.figures {
            let [mean, lo, hi] = cells_of(&figure.value);
            let name = figure.figure.name();
            writer.write_record([&mix.name, "", &name, &mean, &lo, &hi, "", "", ""])?;
        }
    }
    for differences in &comparison.differences {
        for row in &differences.rows {
            let [mean, lo, hi] = cells_of(&row.tested.difference);
            let chance = |p: Option<f64>| p.map_or(String::new(), |p| p.to_string());
            writer.write_record([
                &row.mix,
                &differences.against,
                &row.figure.name(),
                &mean,
                &lo,
                &hi,
                &chance(row.tested.p),
                &chance(row.tested.p_adjusted),
                row.tested.verdict.word(),
            ])?;
        }
    }
    writer.flush()
}

/// Writes `frontier.csv`: a row a mix and frontier.
///
/// # Errors
///
/// When `out` can't be written.
pub fn write_frontiers(comparison: &Comparison, out: &mut impl Write) -> io::Result<()> {
    let mut writer = csv::Writer::from_writer(out);
    writer.write_record([
        "cost",
        "gain",
        "mix",
        "cost_mean",
        "cost_lo",
        "cost_hi",
        "gain_mean",
        "gain_lo",
        "gain_hi",
        "standing",
        "dominated_by",
    ])?;
    for frontier in &comparison.frontiers {
        for mix in &frontier.mixes {
            let mut row = vec![frontier.cost.name(), frontier.gain.name(), mix.name.clone()];
            row.extend(cells_of(&mix.cost));
            row.extend(cells_of(&mix.gain));
            row.push(mix.standing.word().to_owned());
            let by: Vec<&str> = mix.dominated_by.iter().map(|by| by.name.as_str()).collect();
            row.push(by.join("; "));
            writer.write_record(row)?;
        }
    }
    writer.flush()
}
