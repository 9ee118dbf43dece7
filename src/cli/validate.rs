//! `channelmix validate`

use channelmix::report::{scoreboard, table};
use channelmix::sim::parallel::Workers;
use channelmix::study::run::RunError;
use channelmix::study::validate::scoreboard::{Effort, Pattern};

use super::arguments::{Format, Validate};
use super::exit::Failure;
use super::output::{print, text};
use super::progress;

/// Holds the simulator against exact values.
pub(crate) fn validate(validate: &Validate) -> Result<(), Failure> {
    let effort = Effort {
        precision: validate.precision,
        most_contacts: validate.contacts,
        seed: validate.seed,
    };
    let cases = Pattern(&validate.rows).cases();
    if cases.is_empty() {
        let reason = format!(
            "no value's name holds \"{}\"; names are like A-MMs-v01/asa_s",
            validate.rows
        );
        return Err(Failure::Usage(reason));
    }
    let threads = usize::from(validate.threads.unwrap_or(0));
    let workers = Workers::new(threads).map_err(RunError::from)?;
    let bar = progress::bar_of(cases.len() as u64, "cases");
    let board =
        channelmix::study::validate::scoreboard::validate(&cases, &effort, &workers, &|| {
            bar.inc(1);
        })?;
    bar.finish_and_clear();
    print(&match validate.format {
        Format::Table => text(|out| table::write_scoreboard(&board, out))?,
        Format::Json => text(|out| scoreboard::write_json(&board, &effort, out))?,
    })?;
    if board.fit.agrees() {
        Ok(())
    } else {
        let reason = "the simulator disagrees with the known values";
        Err(Failure::Running(reason.to_owned()))
    }
}
