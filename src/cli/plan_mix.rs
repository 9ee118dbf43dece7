//! `channelmix plan --what mix`

use channelmix::plan::found::Ended;
use channelmix::plan::mix::found::MixPlan;
use channelmix::plan::mix::plan::{Asked, Found, MixError, mix};
use channelmix::plan::mix::search::Moment;
use channelmix::report::{Material, csv, json, table};
use channelmix::scenario::Scenario;
use channelmix::scenario::mix::{Aim, MixSpace};
use channelmix::scenario::planned_mix::ChosenMix;

use super::arguments::Format;
use super::exit::{Failure, tell};
use super::output::{Folder, folder_of, print, text};
use super::plan_arguments::Plan;
use super::plan_files::{Finding, pictures, plan_toml};
use super::plan_paths::{from_folder, renamed};
use super::plan_staffing::ended;
use super::plan_stop::{Stop, provers};
use super::progress;

/// The duties of groups of shifts and rosters that have other agents than in the file.
const ROSTER: &str = "mix-roster.csv";

/// Searches for the best mix within a budget, proves it and tells it.
pub(crate) fn plan_mix(asked: &Plan) -> Result<(), Failure> {
    let scenario = Scenario::read(&asked.file)?;
    let space = scenario.mixes(Some(&asked.variant))?;
    for warning in space.compiled.warnings.iter().chain(&space.warnings) {
        tell(&format!("warning: {}: {warning}", asked.file.display()));
    }
    let folder = Folder::open(&asked.destination, &asked.file)?;
    let stop = Stop::begin(asked.time_limit);
    let provers = provers(asked.effort.threads)?;
    let workers = stop.workers(asked.effort.threads)?;
    let bar = progress::search();
    let currency = &space.compiled.currency;
    let found = mix(
        &Asked {
            space: &space,
            budget: asked.budget,
            seed: asked.effort.seed,
            work: asked.work,
            proof: asked.effort.replications,
            is_time_up: &|| stop.why(Ended::Interrupted) == Ended::Time,
        },
        &workers,
        &provers,
        &|moment| bar.set_message(line(moment, space.aim, currency)),
    );
    bar.finish_and_clear();
    let found = found.map_err(|error| failure(error, &stop))?;
    let plan = &found.plan;
    let files = files(&found, (&scenario, &space), asked, &folder)?;
    print(&match asked.destination.format {
        Format::Table => text(|out| table::write_mix(plan, out))?,
        Format::Json => text(|out| json::write_mix(plan, out))?,
    })?;
    folder.write(&files)?;
    ended(plan.search.ended)
}

/// How a search stands: there is no bound of mixes.
fn line(moment: &Moment, aim: Aim, currency: &str) -> String {
    let best = match (moment.best, aim) {
        (None, _) => "none yet".to_owned(),
        (Some(best), Aim::Service) => {
            let in_time = 100.0 * best.value;
            format!("{currency} {:.0}, {in_time:.1} % in time", best.paid)
        }
        (Some(best), Aim::Total) => {
            format!("{currency} {:.0}, net cost {:.0}", best.paid, -best.value)
        }
    };
    format!(
        "best {best}; {} of {} replications at most",
        moment.replications, moment.work
    )
}

fn failure(error: MixError, stop: &Stop) -> Failure {
    match error {
        MixError::Run(error) => stop.failure(error, "mix"),
        error @ MixError::NothingFits(_) => Failure::Unmeetable(error.to_string()),
        error @ (MixError::NoBudget | MixError::NoValue | MixError::TooMany(_)) => {
            Failure::Usage(error.to_string())
        }
    }
}

/// Everything that is written of a mix.
fn files(
    found: &Found,
    (scenario, space): (&Scenario, &MixSpace),
    asked: &Plan,
    folder: &Folder,
) -> Result<Vec<(String, Vec<u8>)>, Failure> {
    let plan = &found.plan;
    let file = |name: &str, content: String| (name.to_owned(), content.into_bytes());
    let from = from_folder(folder_of(&asked.file), folder.path())?;
    let chosen = ChosenMix {
        space,
        setup: found.setup,
        staffing: &found.staffing,
        roster: ROSTER,
        write: &|rows, calendar| {
            let mut out = Vec::new();
            // Memory takes anything.
            let _ = csv::write_roster(rows, calendar, &mut out);
            out
        },
    };
    let path = |name: &str| renamed(&from, name);
    let (planned, roster) = match scenario.with_mix(&chosen, &said(plan), &path) {
        Ok((planned, roster)) => (Ok(planned), roster),
        Err(problems) => (Err(problems), None),
    };
    let mut files = Vec::from_iter(plan_toml(planned));
    files.extend(roster.map(|roster| (ROSTER.to_owned(), roster)));
    files.extend([
        file("mix.txt", text(|out| table::write_mix(plan, out))?),
        file("mix.json", text(|out| json::write_mix(plan, out))?),
        file("mix.csv", text(|out| csv::write_mix(plan, out))?),
    ]);
    files.extend(pictures(&Finding::Mix(plan), &asked.destination.charts.0)?);
    Ok(files)
}

/// What made the file.
fn said(plan: &MixPlan) -> Vec<String> {
    let label = &plan.scenario;
    let of_variant = match plan.variant.as_str() {
        "base" => String::new(),
        name => format!(", variant \"{name}\""),
    };
    let cost = plan.cost.mean.unwrap_or(0.0);
    vec![
        format!(
            "A mix chosen by channelmix {}: {}{of_variant}, seed {}.",
            Material::VERSION,
            label.name,
            plan.search.seed
        ),
        format!(
            "It costs {currency} {cost:.2} of a budget of {currency} {:.2}, by {} replications of fresh customers.",
            plan.budget,
            label.replications,
            currency = label.currency
        ),
        "Run it: channelmix run plan.toml".to_owned(),
    ]
}
