//! Which mixes are worth their money: every setup roughly first, those that may be the best then finely.

use std::collections::BTreeSet;

use crate::plan::found::Ended;
use crate::scenario::model::Model;
use crate::study::run::RunError;

use super::field::{Candidate, Field, Halt, Worth};
use super::walk::{Pace, is_better};

/// Replications of a day's horizon that are simulated where nobody says how many.
const WORK: u64 = 40_000;
/// At least so many, however long the horizon is.
const LEAST_WORK: u64 = 2_000;
/// The part of the work that may go into the first look at every setup.
const SCREENING: u64 = 2;
/// Setups that are looked at finely, beside the best of every value of every lever.
const MOST_KEPT: usize = 8;
/// Mixes of the curve that are made better.
const POLISHED: usize = 8;
/// In how many parts a group's range is gone at first: as finely as the work allows.
const PARTS: [u32; 5] = [8, 6, 4, 3, 2];

/// How much is simulated.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Effort {
    /// Replications of each mix at the first look.
    pub screen: u64,
    /// Replications of each mix that is chosen among.
    pub search: u64,
    /// All replications of the search.
    pub work: u64,
}

impl Effort {
    /// As much as is usual for the horizon, or as was asked for.
    pub fn of(model: &Model, work: Option<u64>) -> Self {
        let days = model.calendar.days().len().max(1) as u64;
        Self {
            screen: (8 / days).clamp(3, 6),
            search: (40 / days).clamp(8, 24),
            work: work.unwrap_or((WORK / days).max(LEAST_WORK)),
        }
    }
}

/// Another value of a lever, with the best that it allows.
#[derive(Debug, Clone, PartialEq)]
pub struct Alternative {
    /// The lever.
    pub lever: usize,
    /// Its other value.
    pub value: usize,
    /// The best mix within the budget with that value; `None` where none was found.
    pub best: Option<Candidate>,
}

/// What a search found, by its own customers.
#[derive(Debug, Clone, PartialEq)]
pub struct Searched {
    /// The best within the budget.
    pub winner: Candidate,
    /// The mixes that no other found is as cheap and as good as, the cheapest first.
    pub curve: Vec<(Candidate, Worth)>,
    /// What other values would give.
    pub alternatives: Vec<Alternative>,
    /// Setups that were looked at finely.
    pub kept: usize,
    /// Why it ended.
    pub ended: Ended,
}

/// Why nothing was found.
#[derive(Debug, thiserror::Error)]
pub enum SearchError {
    /// No mix is paid for by the budget: the cheapest, and what it costs.
    #[error("no mix fits the budget")]
    NothingFits(Candidate, Worth),
    /// A run failed, or somebody stopped it before anything was found.
    #[error(transparent)]
    Run(#[from] RunError),
}

/// A moment of the search.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Moment {
    /// Replications simulated so far.
    pub replications: u64,
    /// All that may be simulated.
    pub work: u64,
    /// What the best so far within the budget costs and is worth.
    pub best: Option<Worth>,
}

/// A search under way.
#[expect(missing_debug_implementations, reason = "who is told has none")]
pub struct Search<'f, 'a> {
    /// What has been simulated.
    pub field: &'f mut Field<'a>,
    /// The most that may be paid.
    pub budget: f64,
    /// How much may be simulated.
    pub effort: Effort,
    /// Who is told how it stands.
    pub progress: &'f dyn Fn(&Moment),
}

impl Search<'_, '_> {
    /// The mixes that are worth their money.
    ///
    /// # Errors
    /// When no mix is paid for by the budget, or a run fails.
    pub fn search(mut self) -> Result<Searched, SearchError> {
        let mut kept = Vec::new();
        let ended = match self.stages(&mut kept) {
            Ok(()) => Ended::Converged,
            Err(Halt::Work) => Ended::Work,
            Err(Halt::Run(RunError::Interrupted)) => Ended::Interrupted,
            Err(Halt::Run(error)) => return Err(error.into()),
        };
        self.told(kept.len(), ended)
    }

    fn stages(&mut self, kept: &mut Vec<usize>) -> Result<(), Halt> {
        let setups = self.field.space.setups.len();
        let pace = self.pace(setups as u64);
        for setup in 0..setups {
            self.field.descend(setup, pace)?;
            self.tell(pace.replications);
        }
        *kept = self.kept();
        // What was found roughly is simulated as often as what is chosen among.
        for &setup in kept.iter() {
            let curve = self.curve(pace.replications, |candidate| candidate.setup == setup);
            let places: Vec<Candidate> =
                curve.into_iter().map(|(candidate, _)| candidate).collect();
            self.field.look(&places, self.effort.search)?;
            if let Some((best, _)) =
                self.best(self.effort.search, |candidate| candidate.setup == setup)
            {
                self.field.improve(&best, self.effort.search, self.budget)?;
            }
            self.tell(self.effort.search);
        }
        if let Some((best, _)) = self.best(self.effort.search, |_| true) {
            let fine = Pace {
                parts: PARTS[0],
                replications: self.effort.search,
            };
            self.field.ascend(best.setup, fine, self.budget)?;
            if let Some((best, _)) = self.best(self.effort.search, |_| true) {
                self.field.improve(&best, self.effort.search, self.budget)?;
            }
            self.tell(self.effort.search);
        }
        self.polish()
    }

    /// Mixes of the curve are made better at what they cost.
    fn polish(&mut self) -> Result<(), Halt> {
        let curve = self.curve(self.effort.search, |_| true);
        for (candidate, worth) in thinned(&curve, POLISHED, |(_, worth)| worth.paid) {
            self.field
                .improve(candidate, self.effort.search, worth.paid)?;
            self.tell(self.effort.search);
        }
        Ok(())
    }

    /// How finely every setup can be looked at with the work allowed.
    fn pace(&self, setups: u64) -> Pace {
        let groups = self.field.ranges.iter();
        let chosen = groups.filter(|range| range.min < range.max).count() as u64;
        let each = self.effort.work / SCREENING / setups.max(1);
        // About so many places are simulated on a way in so many parts.
        let cost = |parts: u32| 2 * chosen * chosen * u64::from(parts) * self.effort.screen;
        let parts = PARTS.into_iter().find(|&parts| cost(parts) <= each);
        Pace {
            parts: parts.unwrap_or(PARTS[PARTS.len() - 1]),
            replications: self.effort.screen,
        }
    }

    /// The setups that may be the best: of every value of every lever the best, and those that are not worse for certain.
    fn kept(&self) -> Vec<usize> {
        let setups = &self.field.space.setups;
        let best: Vec<Option<(Candidate, Worth)>> = (0..setups.len())
            .map(|setup| self.best(self.effort.screen, |candidate| candidate.setup == setup))
            .collect();
        let mut ranked: Vec<usize> = (0..setups.len()).collect();
        ranked.sort_by(|&one, &other| match (&best[one], &best[other]) {
            (Some((_, one)), Some((_, other))) if is_better(*one, *other, self.budget) => {
                std::cmp::Ordering::Less
            }
            (Some((_, one)), Some((_, other))) if is_better(*other, *one, self.budget) => {
                std::cmp::Ordering::Greater
            }
            (one, other) => other.is_some().cmp(&one.is_some()),
        });
        let mut kept: Vec<usize> = Vec::new();
        let mut covered: BTreeSet<(usize, usize)> = BTreeSet::new();
        let first = best[ranked[0]].as_ref().map(|(candidate, _)| candidate);
        for &setup in &ranked {
            let values = setups[setup].values.iter().enumerate();
            let values: Vec<(usize, usize)> = values
                .filter_map(|(lever, value)| Some((lever, (*value)?)))
                .collect();
            let is_new = values.iter().any(|value| !covered.contains(value));
            let is_rival = kept.len() < MOST_KEPT
                && match (first, &best[setup]) {
                    (Some(first), Some((own, _))) => {
                        let many = setups.len() as u64;
                        !self
                            .field
                            .is_surely_worse((own, first), self.effort.screen, many)
                    }
                    _ => kept.is_empty(),
                };
            if is_new || is_rival {
                covered.extend(values);
                kept.push(setup);
            }
        }
        kept
    }

    /// The best within the budget among those that have been simulated so often.
    fn best(
        &self,
        replications: u64,
        is_meant: impl Fn(&Candidate) -> bool,
    ) -> Option<(Candidate, Worth)> {
        let all = self.field.all(replications);
        let meant = all.filter(|(candidate, _)| is_meant(candidate));
        let best = meant.reduce(|one, other| {
            if is_better(other.1, one.1, self.budget) {
                other
            } else {
                one
            }
        });
        best.map(|(candidate, worth)| (candidate.clone(), worth))
    }

    /// Those that no other is as cheap and as good as, the cheapest first.
    fn curve(
        &self,
        replications: u64,
        is_meant: impl Fn(&Candidate) -> bool,
    ) -> Vec<(Candidate, Worth)> {
        let all = self.field.all(replications);
        let mut all: Vec<_> = all.filter(|(candidate, _)| is_meant(candidate)).collect();
        all.sort_by(|(_, one), (_, other)| {
            let by_value = || other.value.total_cmp(&one.value);
            one.paid.total_cmp(&other.paid).then_with(by_value)
        });
        let mut curve: Vec<(Candidate, Worth)> = Vec::new();
        for (candidate, worth) in all {
            if curve
                .last()
                .is_none_or(|(_, last)| worth.value > last.value)
            {
                curve.push((candidate.clone(), worth));
            }
        }
        curve
    }

    fn tell(&self, replications: u64) {
        let best = self.best(replications, |_| true);
        let best = best.map(|(_, worth)| worth);
        (self.progress)(&Moment {
            replications: self.field.work,
            work: self.effort.work,
            best: best.filter(|worth| worth.paid <= self.budget),
        });
    }

    fn told(&self, kept: usize, ended: Ended) -> Result<Searched, SearchError> {
        // Where it ended before anything was simulated so often, what was found roughly has to do.
        let often = [self.effort.search, self.effort.screen];
        let found = often
            .into_iter()
            .find_map(|often| Some((often, self.best(often, |_| true)?)));
        let Some((often, (winner, worth))) = found else {
            return Err(RunError::Interrupted.into());
        };
        if worth.paid > self.budget {
            return Err(SearchError::NothingFits(winner, worth));
        }
        Ok(Searched {
            alternatives: self.alternatives(&winner, often),
            winner,
            curve: self.curve(often, |_| true),
            kept,
            ended,
        })
    }

    /// Every other value of every lever, with the best mix that has it.
    fn alternatives(&self, winner: &Candidate, often: u64) -> Vec<Alternative> {
        let (setups, levers) = (&self.field.space.setups, &self.field.space.levers);
        let own = &setups[winner.setup].values;
        let others = levers.iter().enumerate().flat_map(|(lever, of)| {
            let others = (0..of.values.len()).filter(move |&value| own[lever] != Some(value));
            others.map(move |value| (lever, value))
        });
        let others = others.filter(|&(lever, _)| own[lever].is_some());
        others
            .map(|(lever, value)| {
                let has_it =
                    |candidate: &Candidate| setups[candidate.setup].values[lever] == Some(value);
                let best = self.best(often, has_it);
                Alternative {
                    lever,
                    value,
                    best: best
                        .filter(|(_, worth)| worth.paid <= self.budget)
                        .map(|(candidate, _)| candidate),
                }
            })
            .collect()
    }
}

/// At most so many of a list that goes up by `at`: its ends, and between them those that stand apart most evenly.
pub fn thinned<T>(list: &[T], most: usize, at: impl Fn(&T) -> f64) -> Vec<&T> {
    let (Some(first), Some(last)) = (list.first(), list.last()) else {
        return Vec::new();
    };
    if list.len() <= most {
        return list.iter().collect();
    }
    let (from, to) = (at(first), at(last));
    let steps = most.saturating_sub(1).max(1);
    let mut places: BTreeSet<usize> = BTreeSet::new();
    for step in 0..=steps {
        let wanted = from + (to - from) * step as f64 / steps as f64;
        let away = |place: &usize| (at(&list[*place]) - wanted).abs();
        let near = (0..list.len()).min_by(|one, other| away(one).total_cmp(&away(other)));
        places.extend(near);
    }
    places.into_iter().map(|place| &list[place]).collect()
}
