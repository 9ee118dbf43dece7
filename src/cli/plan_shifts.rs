//! `channelmix plan --what shifts`

use std::fmt::Write as _;
use std::sync::Arc;

use channelmix::plan::found::{Ended, Moment};
use channelmix::plan::shifts::search::{ShiftPlan, shifts};
use channelmix::plan::staffing::{Asked, PlanError};
use channelmix::report::{csv, table};
use channelmix::scenario::Scenario;
use channelmix::sim::parallel::Workers;
use channelmix::study::run::RunError;

use super::arguments::Format;
use super::exit::{Failure, tell};
use super::marginal::variant_of;
use super::output::{Folder, print, text};
use super::plan_arguments::Plan;
use super::plan_staffing::{Stop, check_budget, line, unmeetable};
use super::progress;

/// Chooses shifts, proves the roster that they make, and tells it.
pub(crate) fn plan_shifts(asked: &Plan) -> Result<(), Failure> {
    let scenario = Scenario::read(&asked.file)?;
    let compiled = scenario.compile()?;
    for warning in &compiled.warnings {
        tell(&format!("warning: {warning}"));
    }
    let question = Asked {
        compiled: &compiled,
        variant: variant_of(&compiled, &asked.variant)?,
        seed: asked.effort.seed,
        work: asked.work,
        proof: asked.effort.replications,
    };
    let folder = Folder::open(&asked.destination, &asked.file)?;
    let stop = Stop::begin(asked);
    let threads = usize::from(asked.effort.threads.unwrap_or(0));
    let provers = Workers::new(threads).map_err(RunError::from)?;
    let workers = Workers::new(threads).map_err(RunError::from)?;
    let workers = workers.until(Arc::clone(&stop.search));
    let bar = progress::search();
    let told = |moment: &Moment| bar.set_message(line(moment));
    let found = shifts(&question, &workers, &provers, &told);
    bar.finish_and_clear();
    let mut found = match found {
        Err(PlanError::Unmeetable(found)) => return Err(unmeetable(&found, asked)),
        Err(PlanError::Run(error)) => return Err(stop.failure(error)),
        Err(PlanError::Nothing(reason)) => return Err(Failure::Usage(reason)),
        Err(error @ PlanError::Unsolved(_)) => return Err(Failure::Running(error.to_string())),
        Ok(found) => found,
    };
    found.plan.ended = stop.why(found.plan.ended);
    check_budget(&found.plan, asked.budget)?;
    let shown = text(|out| table::write_plan(&found.plan, out))? + &duties(&found);
    let document =
        serde_json::to_string(&found).map_err(|error| Failure::Running(error.to_string()))? + "\n";
    print(match asked.destination.format {
        Format::Table => &shown,
        Format::Json => &document,
    })?;
    let calendar = &question.variant.model.calendar;
    let roster = text(|out| csv::write_roster(&found.roster, calendar, out))?;
    folder.write(&[
        ("plan.txt".to_owned(), shown.into_bytes()),
        ("plan.json".to_owned(), document.into_bytes()),
        ("roster.csv".to_owned(), roster.into_bytes()),
    ])?;
    match found.plan.ended {
        Ended::Interrupted => Err(Failure::Interrupted(
            "the plan is the best so far".to_owned(),
        )),
        Ended::Converged | Ended::Work | Ended::Time => Ok(()),
    }
}

/// The duties in words.
fn duties(found: &ShiftPlan) -> String {
    let mut text = "\nDuties: agents by day\n".to_owned();
    for duty in &found.duties {
        let agents: Vec<String> = duty.agents.iter().map(u32::to_string).collect();
        let _ = writeln!(
            text,
            "  {} {} from {} for {} min: {}",
            duty.group,
            duty.pattern,
            duty.start,
            duty.length_min,
            agents.join(" ")
        );
    }
    text
}
