//! `channelmix plan --what hiring`

use std::time::Duration;

use channelmix::plan::hiring::find::{HiringError, Solved, Standing, solve};
use channelmix::plan::hiring::found::HiringPlan;
use channelmix::plan::programme::{Limits, Unsolved};
use channelmix::report::{csv, json, table};
use channelmix::study::run::RunError;

use super::arguments::{ChartFormat, Format};
use super::compare::{compiled, stopping};
use super::exit::{Failure, tell};
use super::marginal::variant_of;
use super::output::{Folder, print, text};
use super::plan_arguments::Plan;
use super::plan_files::{Finding, pictures};
use super::plan_staffing::ended;
use super::plan_stop::Stop;
use super::progress;

/// The solver ends after this where nothing else is said.
const MOST_TIME: Duration = Duration::from_secs(60);
/// How often the bar shows that something is under way.
const TICK: Duration = Duration::from_millis(50);

/// Searches for the cheapest plan of weeks and months, simulates some of its weeks and tells it.
pub(crate) fn plan_hiring(asked: &Plan) -> Result<(), Failure> {
    let compiled = compiled(&asked.file)?;
    let variant = variant_of(&compiled, &asked.variant)?;
    let Some(brief) = &variant.hiring else {
        let message = "the file has no table [plan.hiring], which says how many weeks to plan, their volumes and the people";
        return Err(Failure::Usage(message.to_owned()));
    };
    let folder = Folder::open(&asked.destination, &asked.file)?;
    let limits = Limits {
        gap: asked.gap,
        time: asked.time_limit.unwrap_or(MOST_TIME),
        ..Limits::default()
    };
    // The time limit is the solver's own: its weeks are simulated after it.
    let stop = Stop::begin(None);
    let workers = stop.workers(asked.effort.threads)?;
    let bar = progress::search();
    bar.enable_steady_tick(TICK);
    bar.set_message("looking for the cheapest plan");
    let solved = solve(&variant.model, brief, limits, &|| stop.is_set());
    let solved = solved.map_err(|error| failure(error, &stop))?;
    check_budget(asked.budget, &solved, &compiled.currency)?;
    let run = (
        stopping(&asked.effort, &compiled),
        asked.effort.seed.unwrap_or(compiled.seed),
    );
    let told = |standing: Standing| bar.set_message(line(&standing));
    let plan = solved.simulated((&compiled, variant, brief), run, &workers, &told);
    bar.finish_and_clear();
    let plan = plan?;
    for warning in &plan.warnings {
        tell(&format!("warning: {warning}"));
    }
    print(&match asked.destination.format {
        Format::Table => text(|out| table::write_hiring(&plan, out))?,
        Format::Json => text(|out| json::write_hiring(&plan, out))?,
    })?;
    folder.write(&files(&plan, &asked.destination.charts.0)?)?;
    ended(plan.ended)
}

/// Whether a plan can be paid.
fn check_budget(budget: Option<f64>, solved: &Solved, currency: &str) -> Result<(), Failure> {
    let Some(budget) = budget.filter(|&budget| budget < solved.cost()) else {
        return Ok(());
    };
    Err(Failure::Unmeetable(format!(
        "the budget of {currency} {budget:.0} is too small: the cheapest plan found costs {currency} {:.0}, and no plan costs less than {currency} {:.0}, of which {currency} {:.0} are for the people of the start",
        solved.cost(),
        solved.bound(),
        solved.fixed()
    )))
}

/// How the simulation stands.
fn line(standing: &Standing) -> String {
    let Standing { cost, bound, week } = standing;
    let gap = if *cost > 0.0 {
        100.0 * (cost - bound) / cost
    } else {
        0.0
    };
    format!("best {cost:.0}, bound {bound:.0}, gap {gap:.2} %; simulating week {week}")
}

fn failure(error: HiringError, stop: &Stop) -> Failure {
    match error {
        HiringError::Short(short) => match text(|out| table::write_hiring_short(&short, out)) {
            Ok(told) => Failure::Unmeetable(told),
            Err(failure) => failure,
        },
        HiringError::Unsolved(Unsolved::Stopped) => stop.failure(RunError::Interrupted, "plan"),
        HiringError::Unsolved(Unsolved::NoSolver) => Failure::Usage(Unsolved::NoSolver.to_string()),
        HiringError::Unsolved(error) => Failure::Running(error.to_string()),
    }
}

fn files(plan: &HiringPlan, charts: &[ChartFormat]) -> Result<Vec<(String, Vec<u8>)>, Failure> {
    let file = |name: &str, content: String| (name.to_owned(), content.into_bytes());
    let mut files = vec![
        file("hiring.txt", text(|out| table::write_hiring(plan, out))?),
        file("hiring.json", text(|out| json::write_hiring(plan, out))?),
        file("hiring.csv", text(|out| csv::write_hiring(plan, out))?),
        file(
            "hiring-work.csv",
            text(|out| csv::write_hiring_work(plan, out))?,
        ),
    ];
    files.extend(pictures(&Finding::Hiring(plan), charts)?);
    Ok(files)
}
