//! Which uncertain inputs matter: `sensitivity.csv`.

use std::io::{self, Write};

use super::intervals::cells_of;
use crate::study::sensitivity::findings::Sensitivity;

/// Writes a row a figure, input and effect: `figure, input, low, high, effect, mean, lo, hi`.
///
/// # Errors
///
/// When `out` can't be written.
pub fn write_sensitivity(found: &Sensitivity, out: &mut impl Write) -> io::Result<()> {
    let mut writer = csv::Writer::from_writer(out);
    writer.write_record([
        "figure", "input", "low", "high", "effect", "mean", "lo", "hi",
    ])?;
    for figure in &found.figures {
        for effect in &figure.effects {
            let range = &found.inputs[effect.input];
            for (name, value) in found.method.columns().iter().zip(&effect.values) {
                let [mean, lo, hi] = cells_of(value);
                writer.write_record([
                    &figure.name,
                    &range.key,
                    &range.low,
                    &range.high,
                    *name,
                    &mean,
                    &lo,
                    &hi,
                ])?;
            }
        }
    }
    writer.flush()
}
