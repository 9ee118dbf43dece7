//! `channelmix plan --what staffing`

use channelmix::finance::fixed::Fixed;
use channelmix::plan::found::{Ended, GroupPlan, Moment, Plan, Unmeetable};
use channelmix::plan::staffing::{self, Asked, PlanError};
use channelmix::report::{Material, csv, json, table};
use channelmix::scenario::Scenario;
use channelmix::scenario::model::{Compiled, Variant};
use channelmix::scenario::planned::PlannedStaff;
use channelmix::sim::parallel::Workers;

use super::arguments::Format;
use super::exit::{Failure, tell};
use super::marginal::variant_of;
use super::output::{Folder, folder_of, print, text};
use super::plan_arguments;
use super::plan_files::{Finding, pictures, plan_toml};
use super::plan_paths::{from_folder, renamed};
use super::plan_stop::{Stop, provers};
use super::progress;

/// Plans the heads of every group in every interval.
pub(crate) fn staffing(asked: &plan_arguments::Plan) -> Result<(), Failure> {
    let scenario = Scenario::read(&asked.file)?;
    let compiled = scenario.compile()?;
    for warning in &compiled.warnings {
        tell(&format!("warning: {warning}"));
    }
    let folder = Folder::open(&asked.destination, &asked.file)?;
    let (mut plan, stop) = searched(asked, &compiled, staffing::staffing)?;
    for warning in &plan.warnings {
        tell(&format!("warning: {warning}"));
    }
    plan.ended = stop.why(plan.ended);
    check_budget(&plan, asked.budget)?;
    deliver(&plan, &scenario, asked, &folder)?;
    ended(plan.ended)
}

/// What a search finds under the flags, told as it goes, and what may have ended it.
pub(super) fn searched<T>(
    asked: &plan_arguments::Plan,
    compiled: &Compiled,
    search: impl FnOnce(&Asked<'_>, &Workers, &Workers, &dyn Fn(&Moment)) -> Result<T, PlanError>,
) -> Result<(T, Stop), Failure> {
    let variant = variant_of(compiled, &asked.variant)?;
    check_fixed(asked.budget, variant, &compiled.currency)?;
    let question = Asked {
        compiled,
        variant,
        seed: asked.effort.seed,
        work: asked.work,
        proof: asked.effort.replications,
    };
    let stop = Stop::begin(asked.time_limit);
    let provers = provers(asked.effort.threads)?;
    let workers = stop.workers(asked.effort.threads)?;
    let bar = progress::search();
    let told = |moment: &Moment| bar.set_message(line(moment));
    let found = search(&question, &workers, &provers, &told);
    bar.finish_and_clear();
    match found {
        Err(PlanError::Unmeetable(found)) => Err(unmeetable(&found, asked)),
        Err(PlanError::Run(error)) => Err(stop.failure(error, "plan")),
        Err(PlanError::Nothing(reason)) => Err(Failure::Usage(reason)),
        Err(error @ PlanError::Unsolved(_)) => Err(Failure::Running(error.to_string())),
        Ok(found) => Ok((found, stop)),
    }
}

/// What a plan that is delivered ends with.
pub(super) fn ended(ended: Ended) -> Result<(), Failure> {
    match ended {
        Ended::Interrupted => Err(Failure::Interrupted(
            "the plan is the best so far".to_owned(),
        )),
        Ended::Converged | Ended::Work | Ended::Time => Ok(()),
    }
}

/// How a search stands.
pub(super) fn line(moment: &Moment) -> String {
    let best = match moment.best {
        None => "none yet".to_owned(),
        Some(best) if moment.bound > 0.0 => {
            let gap = 100.0 * (best - moment.bound) / moment.bound;
            format!("{best:.0}, bound {:.0}, gap {gap:.1} %", moment.bound)
        }
        Some(best) => format!("{best:.0}"),
    };
    format!(
        "best {best}; under way {:.0}, targets met {} of {}, {} replications",
        moment.cost, moment.met, moment.goals, moment.replications
    )
}

/// Prints why there is no plan where a document was asked for; the words are the failure's.
pub(super) fn unmeetable(found: &Unmeetable, asked: &plan_arguments::Plan) -> Failure {
    if asked.destination.format == Format::Json {
        let printed =
            text(|out| json::write_unmeetable(found, out)).and_then(|document| print(&document));
        if let Err(failure) = printed {
            return failure;
        }
    }
    Failure::Unmeetable(table::unmeetable(found))
}

/// Whether a budget pays at least for what is fixed.
fn check_fixed(budget: Option<f64>, variant: &Variant, currency: &str) -> Result<(), Failure> {
    let fixed = Fixed::of(&variant.model, &variant.staffing);
    let Some(budget) = budget.filter(|&budget| budget < fixed.total()) else {
        return Ok(());
    };
    let groups = fixed.groups.iter();
    let groups = groups.map(|(group, paid)| {
        format!("{currency} {paid:.0} for {group}, whose staff the file fixes")
    });
    let monthly = (fixed.monthly > 0.0).then(|| {
        let monthly = fixed.monthly;
        format!("{currency} {monthly:.0} for channels and queues by the month")
    });
    let parts: Vec<String> = groups.chain(monthly).collect();
    Err(Failure::Unmeetable(format!(
        "the budget of {currency} {budget:.0} is too small: {currency} {:.0} is paid whatever is planned: {}",
        fixed.total(),
        parts.join(", ")
    )))
}

/// Whether a plan can be paid.
pub(super) fn check_budget(plan: &Plan, budget: Option<f64>) -> Result<(), Failure> {
    let Some(budget) = budget else {
        return Ok(());
    };
    let cost = plan.cost.total.mean.unwrap_or(plan.cost.staffing);
    if cost <= budget {
        return Ok(());
    }
    let bound = plan.bound.staffing;
    let is_sure = bound > budget;
    let currency = &plan.scenario.currency;
    let sure = if is_sure {
        format!("; no staffing that meets the targets costs less than {currency} {bound:.0}")
    } else {
        String::new()
    };
    Err(Failure::Unmeetable(format!(
        "the budget of {currency} {budget:.0} is too small: the cheapest plan found that meets the targets costs {currency} {cost:.0}{sure}"
    )))
}

fn deliver(
    plan: &Plan,
    scenario: &Scenario,
    asked: &plan_arguments::Plan,
    folder: &Folder,
) -> Result<(), Failure> {
    let shown = text(|out| table::write_plan(plan, out))?;
    let document = text(|out| json::write_plan(plan, out))?;
    let rows = text(|out| csv::write_plan(plan, out))?;
    let staff: Vec<PlannedStaff> = plan.staff.iter().filter_map(heads).collect();
    let from = from_folder(folder_of(&asked.file), folder.path())?;
    let path = |name: &str| renamed(&from, name);
    let planned = scenario.with_staff(&plan.variant, &staff, &said(plan), &path);
    let mut files = Vec::from_iter(plan_toml(planned));
    print(match asked.destination.format {
        Format::Table => &shown,
        Format::Json => &document,
    })?;
    files.extend([
        ("plan.txt".to_owned(), shown.into_bytes()),
        ("plan.json".to_owned(), document.into_bytes()),
        ("plan.csv".to_owned(), rows.into_bytes()),
    ]);
    files.extend(pictures(
        &Finding::Staffing(plan),
        &asked.destination.charts.0,
    )?);
    folder.write(&files)
}

/// The heads of a group as a file has them; nothing of one whose staff the file fixes.
fn heads(group: &GroupPlan) -> Option<PlannedStaff> {
    if group.fixed {
        return None;
    }
    let days = group
        .heads
        .chunk_by(|one, other| one.weekday == other.weekday);
    let days = days.map(|day| {
        let heads = day.iter().map(|slot| slot.heads).collect();
        (day.first().and_then(|slot| slot.weekday), heads)
    });
    Some(PlannedStaff {
        group: group.group.clone(),
        days: days.collect(),
    })
}

/// What made the file.
pub(super) fn said(plan: &Plan) -> Vec<String> {
    let label = &plan.scenario;
    let currency = &label.currency;
    let proof = if plan.proven {
        let chance = 100.0 * plan.error;
        format!(
            "proven with {} replications of fresh customers, wrong with a chance of {chance:.0} % at most",
            label.replications
        )
    } else {
        "not all proven".to_owned()
    };
    let of_variant = match plan.variant.as_str() {
        "base" => String::new(),
        name => format!(", variant \"{name}\""),
    };
    let mut said = vec![
        format!(
            "Staff planned by channelmix {}: {}{of_variant}, seed {}.",
            Material::VERSION,
            label.name,
            label.seed
        ),
        format!(
            "Staffing costs {currency} {:.2}, no plan costs less than {currency} {:.2}. Promises: {proof}.",
            plan.cost.staffing, plan.bound.staffing
        ),
    ];
    for target in &plan.targets {
        said.push(format!(
            "  {} {} over {}: promised {}, proven {} of {}",
            target.of, target.figure, target.over, target.promised, target.proven, target.goals
        ));
    }
    said.push("Run it: channelmix run plan.toml".to_owned());
    said
}
