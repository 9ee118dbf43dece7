//! The worlds that were simulated: `risk.csv`.

use std::io::{self, Write};

use crate::study::risk::find::Risk;
use crate::study::risk::worlds::Ran;

/// Writes `risk.csv`: a row a world and replication: the inputs drawn, the cost, what was lost, and each queue's service level.
///
/// # Errors
///
/// When `out` can't be written.
pub fn write(risk: &Risk, ran: &Ran, queues: &[String], out: &mut impl Write) -> io::Result<()> {
    let mut writer = csv::Writer::from_writer(out);
    let mut headings = vec!["world".to_owned(), "replication".to_owned()];
    headings.extend(risk.inputs.iter().map(|input| input.key.clone()));
    headings.extend(["cost".to_owned(), "lost".to_owned()]);
    headings.extend(queues.iter().map(|queue| format!("{queue}_service_level")));
    writer.write_record(&headings)?;
    let mut replication = 0_u64;
    for (number, world) in (1_u64..).zip(&ran.worlds) {
        for horizon in &world.horizons {
            replication += 1;
            let mut row = vec![number.to_string(), replication.to_string()];
            row.extend(world.inputs.iter().map(ToString::to_string));
            row.push((horizon.cost as f64 / 1e6).to_string());
            row.push(horizon.lost.to_string());
            row.extend(horizon.queues.iter().map(|of| {
                let level = of.level_kept as f64 / of.level_counted as f64;
                if of.level_counted > 0 {
                    level.to_string()
                } else {
                    String::new()
                }
            }));
            writer.write_record(row)?;
        }
    }
    writer.flush()
}
