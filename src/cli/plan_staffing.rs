//! `channelmix plan --what staffing`

use std::path::{Component, Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use channelmix::plan::found::{Ended, GroupPlan, Moment, Plan, Unmeetable};
use channelmix::plan::staffing::{self, Asked, PlanError};
use channelmix::report::{Material, csv, json, table};
use channelmix::scenario::Scenario;
use channelmix::scenario::model::Compiled;
use channelmix::scenario::planned::PlannedStaff;
use channelmix::sim::parallel::Workers;
use channelmix::study::run::RunError;

use super::arguments::Format;
use super::exit::{Failure, tell};
use super::interrupt;
use super::marginal::variant_of;
use super::output::{Folder, folder_of, print, text};
use super::plan_arguments;
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
    let question = Asked {
        compiled,
        variant: variant_of(compiled, &asked.variant)?,
        seed: asked.effort.seed,
        work: asked.work,
        proof: asked.effort.replications,
    };
    let stop = Stop::begin(asked);
    let threads = usize::from(asked.effort.threads.unwrap_or(0));
    let provers = Workers::new(threads).map_err(RunError::from)?;
    let workers = Workers::new(threads).map_err(RunError::from)?;
    let workers = workers.until(Arc::clone(&stop.search));
    let bar = progress::search();
    let told = |moment: &Moment| bar.set_message(line(moment));
    let found = search(&question, &workers, &provers, &told);
    bar.finish_and_clear();
    match found {
        Err(PlanError::Unmeetable(found)) => Err(unmeetable(&found, asked)),
        Err(PlanError::Run(error)) => Err(stop.failure(error)),
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

/// What ends a search: the time limit, or Ctrl-C.
pub(super) struct Stop {
    pub(super) search: Arc<AtomicBool>,
    is_late: Arc<AtomicBool>,
}

impl Stop {
    pub(super) fn begin(asked: &plan_arguments::Plan) -> Self {
        let search = interrupt::flag();
        let is_late = Arc::<AtomicBool>::default();
        if let Some(limit) = asked.time_limit {
            let (search, late) = (Arc::clone(&search), Arc::clone(&is_late));
            std::thread::spawn(move || {
                std::thread::sleep(limit);
                if !search.swap(true, Ordering::Relaxed) {
                    late.store(true, Ordering::Relaxed);
                }
            });
        }
        Self { search, is_late }
    }

    /// Why the search ended, where it was stopped.
    pub(super) fn why(&self, ended: Ended) -> Ended {
        match ended {
            Ended::Time | Ended::Interrupted if self.is_late.load(Ordering::Relaxed) => Ended::Time,
            Ended::Time | Ended::Interrupted => Ended::Interrupted,
            Ended::Converged | Ended::Work => ended,
        }
    }

    pub(super) fn failure(&self, error: RunError) -> Failure {
        match error {
            RunError::Interrupted if self.is_late.load(Ordering::Relaxed) => Failure::Running(
                "the time allowed was over before any staffing was found that meets the targets"
                    .to_owned(),
            ),
            RunError::Interrupted => Failure::Interrupted("no plan was found yet".to_owned()),
            error => error.into(),
        }
    }
}

/// How a search stands.
pub(super) fn line(moment: &Moment) -> String {
    let best = moment
        .best
        .map_or("none yet".to_owned(), |best| format!("{best:.0}"));
    format!(
        "best {best}, under way {:.0}, targets met {} of {}, {} replications",
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
    for warning in &plan.warnings {
        tell(&format!("warning: {warning}"));
    }
    let shown = text(|out| table::write_plan(plan, out))?;
    let document = text(|out| json::write_plan(plan, out))?;
    let rows = text(|out| csv::write_plan(plan, out))?;
    let staff: Vec<PlannedStaff> = plan.staff.iter().filter_map(heads).collect();
    let from = from_folder(folder_of(&asked.file), folder.path())?;
    let path = |name: &str| renamed(&from, name);
    let planned = scenario.with_staff(&plan.variant, &staff, &said(plan), &path)?;
    print(match asked.destination.format {
        Format::Table => &shown,
        Format::Json => &document,
    })?;
    let mut files = vec![
        ("plan.toml".to_owned(), planned.text.into_bytes()),
        ("plan.txt".to_owned(), shown.into_bytes()),
        ("plan.json".to_owned(), document.into_bytes()),
        ("plan.csv".to_owned(), rows.into_bytes()),
    ];
    files.extend(drawn(plan, asked)?);
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
fn said(plan: &Plan) -> Vec<String> {
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

/// The way from a folder to the one that paths of data files are relative to: relative where there is one.
fn from_folder(data: &Path, folder: &Path) -> Result<PathBuf, Failure> {
    let absolute = |path: &Path| {
        std::fs::canonicalize(path).map_err(|error| Failure::file("found", path, &error))
    };
    let (data, folder) = (absolute(data)?, absolute(folder)?);
    let alike = data.components().zip(folder.components());
    let shared = alike.take_while(|(one, other)| one == other).count();
    let is_rooted = |component: &Component<'_>| matches!(component, Component::Normal(_));
    if !data.components().take(shared).any(|part| is_rooted(&part)) && cfg!(windows) {
        return Ok(data);
    }
    let up = folder
        .components()
        .skip(shared)
        .map(|_| Component::ParentDir);
    Ok(up.chain(data.components().skip(shared)).collect())
}

/// The path of a data file from where the plan lies, with slashes as in any scenario.
fn renamed(from: &Path, name: &str) -> String {
    if Path::new(name).is_absolute() {
        return name.to_owned();
    }
    let mut parts: Vec<Component<'_>> = Vec::new();
    let path = from.join(name);
    for part in path.components() {
        match (part, parts.last()) {
            (Component::CurDir, _) => {}
            (Component::ParentDir, Some(Component::Normal(_))) => {
                parts.pop();
            }
            _ => parts.push(part),
        }
    }
    let path: PathBuf = parts.into_iter().collect();
    path.to_string_lossy().replace('\\', "/")
}

#[cfg(feature = "charts")]
fn drawn(plan: &Plan, asked: &plan_arguments::Plan) -> Result<Vec<(String, Vec<u8>)>, Failure> {
    let formats = super::output::chart_formats(&asked.destination.charts.0);
    channelmix::report::chart::draw_plan(plan, &formats)
        .map_err(|error| Failure::Running(format!("the charts could not be drawn: {error}")))
}

#[cfg(not(feature = "charts"))]
#[expect(clippy::unnecessary_wraps, reason = "the build that draws may fail")]
fn drawn(_plan: &Plan, _asked: &plan_arguments::Plan) -> Result<Vec<(String, Vec<u8>)>, Failure> {
    Ok(Vec::new())
}
