//! `channelmix validate`

use channelmix::report::{json, table};
use channelmix::sim::parallel::Workers;
use channelmix::study::run::RunError;
use channelmix::study::validate::coverage::{self, CoverageEffort, CoverageError};
use channelmix::study::validate::scoreboard::{self, Effort, Pattern};

use super::arguments::{Format, Validate};
use super::exit::Failure;
use super::output::{print, text};
use super::progress;

/// Holds the simulator against exact values, or its intervals.
pub(crate) fn validate(validate: &Validate) -> Result<(), Failure> {
    let threads = usize::from(validate.threads.unwrap_or(0));
    let workers = Workers::new(threads).map_err(RunError::from)?;
    if validate.coverage {
        intervals(validate, &workers)
    } else {
        values(validate, &workers)
    }
}

fn values(validate: &Validate, workers: &Workers) -> Result<(), Failure> {
    let effort = Effort {
        precision: validate.precision,
        most_contacts: validate.contacts,
        seed: validate.seed,
    };
    let cases = Pattern(&validate.rows).cases();
    if cases.is_empty() {
        let pattern = &validate.rows;
        let reason = format!("no value's name holds \"{pattern}\"; names are like A-MMs-v01/asa_s");
        return Err(Failure::Usage(reason));
    }
    let bar = progress::bar_of(cases.len() as u64, "cases");
    let board = scoreboard::validate(&cases, &effort, workers, &|| bar.inc(1))?;
    bar.finish_and_clear();
    print(&match validate.format {
        Format::Table => text(|out| table::write_scoreboard(&board, out))?,
        Format::Json => text(|out| json::write_scoreboard(&board, &effort, out))?,
    })?;
    if board.fit.agrees() {
        Ok(())
    } else {
        let reason = "the simulator disagrees with the known values";
        Err(Failure::Running(reason.to_owned()))
    }
}

fn intervals(validate: &Validate, workers: &Workers) -> Result<(), Failure> {
    let effort = CoverageEffort {
        experiments: validate.experiments,
        seed: validate.seed,
    };
    let mut models = coverage::models().map_err(failure)?;
    models.retain(|name| name.contains(&validate.rows));
    if models.is_empty() {
        let pattern = &validate.rows;
        return Err(Failure::Usage(format!(
            "no model's name holds \"{pattern}\""
        )));
    }
    let bar = progress::bar_of(models.len() as u64, "models");
    let done = |_: &str| bar.inc(1);
    let table = coverage::coverage(&validate.rows, &effort, workers, &done).map_err(failure)?;
    bar.finish_and_clear();
    print(&match validate.format {
        Format::Table => text(|out| table::write_coverage(&table, out))?,
        Format::Json => text(|out| json::write_coverage(&table, &effort, out))?,
    })
}

#[expect(clippy::needless_pass_by_value, reason = "a function for map_err")]
fn failure(error: CoverageError) -> Failure {
    Failure::Running(error.to_string())
}
