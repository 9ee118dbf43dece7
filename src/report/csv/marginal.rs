//! What one agent more or fewer is worth: `marginal.csv`.

use std::io::{self, Write};

use super::intervals::cells_of;
use crate::study::marginal::Marginal;

/// Writes `marginal.csv`: a row a group, direction and figure; the prices are figures too, without a verdict.
///
/// # Errors
///
/// When `out` can't be written.
pub fn write(marginal: &Marginal, out: &mut impl Write) -> io::Result<()> {
    let mut writer = csv::Writer::from_writer(out);
    writer.write_record(["group", "agents", "figure", "mean", "lo", "hi", "verdict"])?;
    for step in &marginal.steps {
        let agents = step.agents.to_string();
        for difference in &step.differences {
            let [mean, lo, hi] = cells_of(&difference.tested.difference);
            let verdict = difference.tested.verdict.word();
            let name = difference.figure.name();
            writer.write_record([&step.group, &agents, &name, &mean, &lo, &hi, verdict])?;
        }
        for (name, price) in [
            ("cost_per_point", &step.cost_per_point),
            ("cost_per_customer", &step.cost_per_customer),
        ] {
            let [mean, lo, hi] = cells_of(price);
            writer.write_record([&step.group, &agents, name, &mean, &lo, &hi, ""])?;
        }
    }
    writer.flush()
}
