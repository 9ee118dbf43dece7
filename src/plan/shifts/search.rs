//! The cheapest shifts that keep every promise: chosen straight from what simulation says of heads in every interval, not by covering
//! requirements; and proven as the roster that they make, with every break.

use std::time::Duration;

use serde::Serialize;

use crate::ids::GroupId;
use crate::scenario::model::{Model, Staffing};
use crate::scenario::roster::RosterRow;
use crate::sim::parallel::Workers;
use crate::study::run::RunError;

use super::super::bound;
use super::super::first;
use super::super::fluid;
use super::super::found::{Ended, Moment, Plan};
use super::super::grid::{Grid, Heads};
use super::super::judge::Judge;
use super::super::master::{Here, Step};
use super::super::programme::Limits;
use super::super::proof::{ATTEMPTS, prove};
use super::super::search::Search;
use super::super::slope::{Slopes, slopes};
use super::super::space::Choice;
use super::super::staffing::{Asked, PlanError, ProvenChoice};
use super::super::target::Targets;
use super::super::tell::{self, Told};
use super::super::tried::{Effort, Tried};
use super::columns::{Columns, MOST_COLUMNS, columns};
use super::cover::cover;
use super::roster::{Agent, agents, rows, staffing};

/// How well the first cover is chosen.
const FIRST: Limits = Limits {
    gap: 0.02,
    time: Duration::from_secs(20),
};
/// How often the first cover is made larger.
const GROWTHS: u32 = 16;
/// Heads change by this share in the first step, of a cell and in all.
const FIRST_STEP: f64 = 0.25;
/// And by no less than this.
const LAST_STEP: f64 = 0.03;
/// How often a step that goes too far is corrected.
const CORRECTIONS: u32 = 4;
/// By how much more than what was lacking.
const CORRECTION: f64 = 1.2;

/// The cheapest shifts that were found.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ShiftPlan {
    /// Heads, costs and proof.
    #[serde(flatten)]
    pub plan: Plan,
    /// How many agents each pattern has.
    pub patterns: Vec<PatternPlan>,
    /// How often each duty is worked.
    pub duties: Vec<DutyPlan>,
    /// Who does what from when to when.
    #[serde(skip)]
    pub roster: Vec<RosterRow>,
}

/// The agents of a pattern in a group.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PatternPlan {
    /// The pattern.
    pub pattern: String,
    /// The group.
    pub group: String,
    /// How many people.
    pub agents: u32,
}

/// A duty and how many agents of a group have it on which days.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct DutyPlan {
    /// The pattern.
    pub pattern: String,
    /// The group.
    pub group: String,
    /// When it begins, `08:00`.
    pub start: String,
    /// How long it lasts with its breaks, in minutes.
    pub length_min: u64,
    /// Agents by day from Monday; of a horizon of one day one number.
    pub agents: Vec<u32>,
}

/// The cheapest shifts that are found, with the roster that they make. The search is done by `workers`, the proof by `provers`; `progress`
/// is told of every choice tried.
///
/// # Errors
/// When nothing is promised, when there are no patterns, when the promises cannot be kept within them, or when a run fails.
pub fn shifts(
    asked: &Asked<'_>,
    workers: &Workers,
    provers: &Workers,
    progress: &dyn Fn(&Moment),
) -> Result<ShiftPlan, PlanError> {
    let model = &asked.variant.model;
    let grid = Grid::new(model);
    let targets = Targets::of(model, &grid);
    let of_file = grid.heads_of(model, &asked.variant.staffing);
    let columns = columns(model, &grid, &of_file);
    check(&targets, &columns)?;
    let judge = Judge {
        model,
        targets: &targets,
        seed: asked.seed.unwrap_or(asked.compiled.seed),
        workers,
    };
    let effort = Effort::of(model, asked.work, asked.proof);
    let first = first::guess(model, &grid, &of_file);
    let lowest = fluid::known(model, &grid, &targets, &of_file)?;
    let known = lowest.highest();
    let search = Search::new(judge, &grid, &columns.space, effort, known, progress);
    let shifts = Shifts {
        asked,
        search: &search,
        columns: &columns,
    };
    let mut best = shifts.first(&of_file)?;
    let (found, ended) = shifts.improve(&mut best)?;
    let proven = shifts.proven(best, found, ended, provers)?;
    let (bound, savings) = match &proven.slopes {
        Some(slopes) => (Some(bound::by_slopes(&search, &proven.best, slopes)?), None),
        None => (None, None),
    };
    let agents = agents(model, &grid, &columns, &proven.best.choice);
    let moments = search.moments.take();
    Ok(ShiftPlan {
        patterns: by_pattern(model, &agents),
        duties: by_duty(model, &agents),
        roster: rows(model, &agents),
        plan: tell::plan(&Told {
            asked,
            grid: &grid,
            targets: &targets,
            of_file: &of_file,
            load: &first.load,
            lowest,
            proven,
            bound,
            savings,
            moments,
        }),
    })
}

fn check(targets: &Targets, columns: &Columns) -> Result<(), PlanError> {
    let nothing = |message: &str| Err(PlanError::Nothing(message.to_owned()));
    if targets.goals.is_empty() {
        return nothing(
            "no queue has a target: there is nothing that a plan has to keep; write `target = { share = 0.8, within = \"20s\" }`, say",
        );
    }
    if columns.parts.is_empty() {
        return nothing(
            "no group has a shift pattern: write `[plan.patterns.day]` with `groups`, `starts` and `lengths`, say",
        );
    }
    if columns.parts.len() > MOST_COLUMNS {
        return nothing(
            "the patterns have more shifts, weeks and breaks than can be searched: give them fewer starts, lengths or days_on, or breaks less room",
        );
    }
    Ok(())
}

/// A search and what its columns are.
struct Shifts<'a> {
    asked: &'a Asked<'a>,
    search: &'a Search<'a>,
    columns: &'a Columns,
}

impl Shifts<'_> {
    /// Covers the file's heads, and more of them until every promise is kept.
    fn first(&self, of_file: &Heads) -> Result<Tried, PlanError> {
        let mut required = of_file.clone();
        let mut last: Option<Tried> = None;
        for _ in 0..GROWTHS {
            let cover = cover(&self.columns.space, &required, FIRST)?;
            let tried = self.search.tried(cover.choice)?;
            self.search.tell(&tried);
            if self.search.holds(&tried) {
                return Ok(tried);
            }
            let is_stuck = last.is_some_and(|last| last.choice == tried.choice);
            last = Some(tried);
            if is_stuck {
                break;
            }
            for (group, heads) in required.iter_mut() {
                for slot in self.search.grid.used() {
                    let more = (heads[slot].div_ceil(6)).max(1);
                    if self.is_coverable(group, slot) {
                        heads[slot] += more;
                    }
                }
            }
        }
        let Some(tried) = last else {
            return Err(PlanError::Nothing("there is nothing to choose".to_owned()));
        };
        let (model, targets) = (self.search.judge.model, self.search.judge.targets);
        let found = tell::unmeetable(model, self.search.grid, targets, &tried, Vec::new());
        Err(PlanError::Unmeetable(Box::new(found)))
    }

    fn is_coverable(&self, group: GroupId, slot: usize) -> bool {
        let is_it =
            |&(of, at, heads): &(GroupId, usize, f64)| of == group && at == slot && heads > 0.0;
        let columns = &self.columns.space.columns;
        columns.iter().any(|column| column.cells.iter().any(is_it))
    }

    /// Steps to cheaper choices until there are none.
    fn improve(&self, best: &mut Tried) -> Result<(Option<Slopes>, Ended), PlanError> {
        let search = self.search;
        let mut share = FIRST_STEP;
        let mut known: Option<Slopes> = None;
        let ended = loop {
            if search.done.get() >= search.effort.work {
                break Ended::Work;
            }
            if share < LAST_STEP {
                break Ended::Converged;
            }
            let now = match known.take() {
                Some(known) => known,
                None => match self.slopes_at(&best.heads, &search.judge) {
                    Err(RunError::Interrupted) => break Ended::Interrupted,
                    found => found?,
                },
            };
            match self.step(best, &now, Step::Within(share)) {
                Err(PlanError::Run(RunError::Interrupted)) => {
                    known = Some(now);
                    break Ended::Interrupted;
                }
                Err(error) => return Err(error),
                Ok(Some(next)) => *best = next,
                Ok(None) => {
                    known = Some(now);
                    share /= 2.0;
                }
            }
            search.tell(best);
        };
        Ok((known, ended))
    }

    fn slopes_at(&self, heads: &Heads, judge: &Judge<'_>) -> Result<Slopes, RunError> {
        let search = self.search;
        let (found, simulated) = slopes(judge, search.grid, heads, 0..search.effort.slopes)?;
        search.done.set(search.done.get() + simulated);
        Ok(found)
    }

    /// A cheaper choice near another that keeps every promise; where one is broken, as much more of it is asked of the programme.
    fn step(&self, from: &Tried, slopes: &Slopes, step: Step) -> Result<Option<Tried>, PlanError> {
        let search = self.search;
        let mut spare = search.spare(&from.verdict);
        for _ in 0..=CORRECTIONS {
            let choice = self.solve(from, slopes, &spare, step)?;
            if choice == from.choice {
                return Ok(None);
            }
            if search.space.cost(&choice, search.grid) >= from.cost {
                return Ok(None);
            }
            let next = search.tried(choice)?;
            search.tell(&next);
            if search.holds(&next) {
                return Ok(Some(next));
            }
            for (spare, left) in spare.iter_mut().zip(search.spare(&next.verdict)) {
                *spare += CORRECTION * left.min(0.0);
            }
        }
        Ok(None)
    }

    fn solve(
        &self,
        from: &Tried,
        slopes: &Slopes,
        spare: &[f64],
        step: Step,
    ) -> Result<Choice, PlanError> {
        let here = Here {
            choice: &from.choice,
            heads: &from.heads,
            spare,
            slopes,
        };
        Ok(self.search.master().solve(&here, step, None)?.rounded_up())
    }

    /// Proves the roster of a choice with fresh customers; where that fails, more is asked and the choice is mended.
    fn proven(
        &self,
        best: Tried,
        slopes: Option<Slopes>,
        ended: Ended,
        provers: &Workers,
    ) -> Result<ProvenChoice, PlanError> {
        let search = self.search;
        let judge = Judge {
            workers: provers,
            ..search.judge
        };
        let mut choice = ProvenChoice {
            best,
            slopes,
            proof: None,
            ended,
        };
        for attempt in 1..=ATTEMPTS {
            let (model, staffing) = self.real(&choice.best)?;
            let real = Judge {
                model: &model,
                ..judge
            };
            let proof = match prove(&real, &staffing, attempt, search.effort.proof) {
                Err(RunError::Interrupted) => break,
                proof => proof?,
            };
            let holds = proof.holds();
            if choice.slopes.is_none() {
                choice.slopes = match self.slopes_at(&choice.best.heads, &judge) {
                    Err(RunError::Interrupted) => None,
                    found => Some(found?),
                };
            }
            let lacking: Vec<f64> = proof.sure.iter().map(|sure| sure.min(0.0)).collect();
            choice.proof = Some(proof);
            if holds || attempt == ATTEMPTS {
                break;
            }
            let Some(slopes) = &choice.slopes else {
                break;
            };
            match self.mended(&choice.best, slopes, &lacking, attempt) {
                Err(PlanError::Run(RunError::Interrupted)) => break,
                mended => choice.best = mended?,
            }
        }
        Ok(choice)
    }

    /// More of what a proof says is lacking, and more again from one attempt to the next.
    fn mended(
        &self,
        from: &Tried,
        slopes: &Slopes,
        lacking: &[f64],
        attempt: u32,
    ) -> Result<Tried, PlanError> {
        let factor = CORRECTION * f64::from(attempt);
        let spare: Vec<f64> = self
            .search
            .spare(&from.verdict)
            .iter()
            .zip(lacking)
            .map(|(spare, lacking)| spare.min(0.0) + factor * lacking)
            .collect();
        let choice = self.solve(from, slopes, &spare, Step::Up)?;
        let tried = self.search.tried(choice)?;
        self.search.tell(&tried);
        Ok(tried)
    }

    /// A choice as the roster that it makes.
    fn real(&self, tried: &Tried) -> Result<(Model, Staffing), PlanError> {
        let variant = self.asked.variant;
        let agents = agents(
            &variant.model,
            self.search.grid,
            self.columns,
            &tried.choice,
        );
        let rows = rows(&variant.model, &agents);
        staffing(&variant.model, &rows, &variant.staffing).ok_or_else(|| {
            PlanError::Nothing("the roster reaches outside the dates that can be".to_owned())
        })
    }
}

fn by_pattern(model: &Model, agents: &[Agent]) -> Vec<PatternPlan> {
    let mut plans = Vec::new();
    for (place, pattern) in model.patterns.iter().enumerate() {
        for &group in &pattern.groups {
            let own = agents
                .iter()
                .filter(|agent| agent.of.pattern == place && agent.of.group == group);
            plans.push(PatternPlan {
                pattern: pattern.name.clone(),
                group: model.groups[group].name.text.clone(),
                agents: u32::try_from(own.count()).unwrap_or(u32::MAX),
            });
        }
    }
    plans
}

fn by_duty(model: &Model, agents: &[Agent]) -> Vec<DutyPlan> {
    let mut counts = std::collections::BTreeMap::new();
    for agent in agents {
        let pattern = &model.patterns[agent.of.pattern];
        for (day, given) in agent.days.iter().enumerate() {
            let Some(given) = given else {
                continue;
            };
            let duty = given.of(pattern);
            let key = (agent.of.pattern, agent.of.group, duty.start, duty.length);
            counts
                .entry(key)
                .or_insert_with(|| vec![0; agent.days.len()])[day] += 1;
        }
    }
    let told = counts
        .into_iter()
        .map(|((pattern, group, start, length), agents)| {
            let minutes = start.0 / 60_000_000;
            DutyPlan {
                pattern: model.patterns[pattern].name.clone(),
                group: model.groups[group].name.text.clone(),
                start: format!("{:02}:{:02}", minutes / 60, minutes % 60),
                length_min: length.0 / 60_000_000,
                agents,
            }
        });
    told.collect()
}
