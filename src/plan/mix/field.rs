//! Simulates mixes, all of them with the same customers, and remembers what came of each.

use std::collections::BTreeMap;

use crate::finance::assumed::assumptions;
use crate::plan::grid::Grid;
use crate::scenario::mix::{Aim, MixSpace};
use crate::scenario::model::{Staffing, Variant};
use crate::sim::centre::{Centre, Layout};
use crate::sim::counting::extent;
use crate::sim::parallel::Workers;
use crate::stats::counts::Counts;
use crate::stats::joint::MixTotals;
use crate::stats::multiple::LEVEL;
use crate::stats::student::t_exceeded_by;
use crate::study::mixes::bench::totals;
use crate::study::mixes::once::count;
use crate::study::run::RunError;

use super::heads::{Levels, Range, ranges, ranges_of, staffing};

const MILLION: f64 = 1e6;

/// A mix: a setup with the heads of every group at its peak.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Candidate {
    /// The setup, by its place.
    pub setup: usize,
    /// By group.
    pub levels: Levels,
}

/// What came of one replication.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
struct Sum {
    batches: i128,
    paid: i128,
    net: i128,
    in_time: i128,
    judged: i128,
}

impl Sum {
    fn add(&mut self, of: &MixTotals) {
        self.batches += 1;
        self.paid += of.cost;
        self.net += of.cost + of.value_lost - of.revenue;
        self.in_time += of.in_time;
        self.judged += of.judged;
    }
}

/// What came of a mix, in the mean over replications.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Worth {
    /// What is paid, in units of the currency.
    pub paid: f64,
    /// What the aim makes large: the share in time, or the net cost turned over.
    pub value: f64,
}

/// Why a search goes no further.
#[derive(Debug, thiserror::Error)]
pub enum Halt {
    /// The work allowed is done.
    #[error("the work allowed is done")]
    Work,
    /// A run failed, or somebody stopped it.
    #[error(transparent)]
    Run(#[from] RunError),
}

/// Mixes that can be simulated, and those that have been.
#[derive(Debug)]
pub struct Field<'a> {
    /// What can be chosen.
    pub space: &'a MixSpace,
    /// By group: the heads that it may have.
    pub ranges: Vec<Range>,
    /// By setup: the same, where some groups have nothing to do.
    of_setups: Vec<Vec<Range>>,
    seed: u64,
    workers: &'a Workers,
    /// Replications that may be simulated.
    allowed: u64,
    /// Replications simulated.
    pub work: u64,
    known: BTreeMap<Candidate, Vec<Sum>>,
}

/// What one thread works in: for the mix that it had last.
struct Desk {
    last: usize,
    centre: Option<(Centre, Counts)>,
    done: Vec<(u64, Sum)>,
}

impl<'a> Field<'a> {
    /// Nothing simulated yet; `allowed` replications may be.
    pub fn new(space: &'a MixSpace, seed: u64, allowed: u64, workers: &'a Workers) -> Self {
        let ranges = ranges(space, space.ground());
        let of_setups = (0..space.setups.len()).map(|setup| space.setup(setup));
        Self {
            of_setups: of_setups
                .map(|variant| ranges_of(&variant.model, &ranges))
                .collect(),
            space,
            ranges,
            seed,
            workers,
            allowed,
            work: 0,
            known: BTreeMap::new(),
        }
    }

    /// The heads that groups may have in a setup.
    pub fn ranges_in(&self, setup: usize) -> &[Range] {
        &self.of_setups[setup]
    }

    /// The file as written, or the variant that all setups are made of, before anything is chosen.
    pub fn ground(&self) -> &'a Variant {
        self.space.ground()
    }

    /// The groups, in their order.
    pub fn group_names(&self) -> Vec<String> {
        let groups = self.ground().model.groups.values();
        groups.map(|group| group.name.text.clone()).collect()
    }

    /// Whether the file says what anything is worth beside what it costs.
    pub fn has_value(&self) -> bool {
        assumptions(&self.ground().model).is_some()
    }

    /// What the engine reads of a setup.
    pub fn variant(&self, setup: usize) -> &'a Variant {
        self.space.setup(setup)
    }

    /// Who is on duty in a mix.
    pub fn staffing(&self, candidate: &Candidate) -> Staffing {
        staffing(
            self.variant(candidate.setup),
            &self.ranges,
            &candidate.levels,
        )
    }

    /// Simulates these mixes for so many replications, as far as that has not been done.
    ///
    /// # Errors
    /// When contacts come of others without bound, when the work allowed is done, or when somebody stops it.
    pub fn look(&mut self, candidates: &[Candidate], replications: u64) -> Result<(), Halt> {
        let mut missing: Vec<(u64, u64, &Candidate)> = Vec::new();
        let mut work = 0;
        for candidate in candidates {
            let done = self.known.get(candidate).map_or(0, Vec::len) as u64;
            let is_new = !missing.iter().any(|(.., other)| *other == candidate);
            if done < replications && is_new {
                missing.push((work, done, candidate));
                work += replications - done;
            }
        }
        if work == 0 {
            return Ok(());
        }
        if self.work + work > self.allowed {
            return Err(Halt::Work);
        }
        let ready: Vec<(&Variant, Staffing, Layout)> = missing
            .iter()
            .map(|(.., candidate)| {
                let (variant, staffing) = (self.variant(candidate.setup), self.staffing(candidate));
                let layout = Layout::new(&variant.model, &staffing);
                (variant, staffing, layout)
            })
            .collect();
        let desk = || Desk {
            last: usize::MAX,
            centre: None,
            done: Vec::new(),
        };
        let step = |desk: &mut Desk, index: u64| {
            let place = missing.partition_point(|(start, ..)| *start <= index) - 1;
            let (start, done, _) = missing[place];
            let sum = self.replicate(desk, place, &ready[place], done + index - start)?;
            desk.done.push((index, sum));
            Ok::<(), RunError>(())
        };
        let desks = self.workers.each(0..work, desk, step)?;
        let mut done: Vec<(u64, Sum)> = desks.into_iter().flat_map(|desk| desk.done).collect();
        if (done.len() as u64) < work {
            return Err(RunError::Interrupted.into());
        }
        done.sort_unstable_by_key(|(index, _)| *index);
        let found: Vec<(Candidate, Vec<Sum>)> = missing
            .iter()
            .map(|(start, had, candidate)| {
                let more = replications - had;
                let own = done
                    .iter()
                    .filter(|(index, _)| (*start..start + more).contains(index));
                ((*candidate).clone(), own.map(|(_, sum)| *sum).collect())
            })
            .collect();
        for (candidate, sums) in found {
            self.known.entry(candidate).or_default().extend(sums);
        }
        self.work += work;
        Ok(())
    }

    fn replicate(
        &self,
        desk: &mut Desk,
        place: usize,
        (variant, staffing, layout): &(&Variant, Staffing, Layout),
        index: u64,
    ) -> Result<Sum, RunError> {
        let model = &variant.model;
        if desk.last != place {
            desk.centre = None;
            desk.last = place;
        }
        let (centre, counts) = desk.centre.get_or_insert_with(|| {
            (
                Centre::new(model, layout, self.seed, 0),
                Counts::new(extent(model, layout)),
            )
        });
        let mut sum = Sum::default();
        count(
            (model, staffing, layout),
            &variant.name,
            (self.seed, index),
            centre,
            counts,
            |counts| sum.add(&totals(model, counts)),
        )?;
        sum.add(&totals(model, counts));
        Ok(sum)
    }

    /// What came of a mix; `None` where it has not been simulated so often.
    pub fn worth(&self, candidate: &Candidate, replications: u64) -> Option<Worth> {
        let known = self.known.get(candidate)?;
        let sums = known.get(..usize::try_from(replications).ok()?)?;
        Some(self.worth_of(sums))
    }

    fn worth_of(&self, sums: &[Sum]) -> Worth {
        let all = sums.iter().fold(Sum::default(), |all, sum| Sum {
            batches: all.batches + sum.batches,
            paid: all.paid + sum.paid,
            net: all.net + sum.net,
            in_time: all.in_time + sum.in_time,
            judged: all.judged + sum.judged,
        });
        let mean = |money: i128| money as f64 / all.batches as f64 / MILLION;
        let value = match self.space.aim {
            Aim::Service if all.judged == 0 => 0.0,
            Aim::Service => all.in_time as f64 / all.judged as f64,
            Aim::Total => -mean(all.net),
        };
        Worth {
            paid: mean(all.paid),
            value,
        }
    }

    /// Every mix that has been simulated at least so often, with what came of it.
    pub fn all(&self, replications: u64) -> impl Iterator<Item = (&Candidate, Worth)> {
        let least = usize::try_from(replications).unwrap_or(usize::MAX);
        let known = self.known.iter();
        known.filter_map(move |(candidate, sums)| {
            Some((candidate, self.worth_of(sums.get(..least)?)))
        })
    }

    /// Whether the one of two mixes has less value than the other, as sure as one of so many claims together has to be.
    pub fn is_surely_worse(
        &self,
        (one, other): (&Candidate, &Candidate),
        replications: u64,
        many: u64,
    ) -> bool {
        let often = usize::try_from(replications).unwrap_or(usize::MAX);
        let sums = |candidate| self.known.get(candidate)?.get(..often);
        let Some((one, other)) = sums(one).zip(sums(other)) else {
            return false;
        };
        let value = |sum: &Sum| self.worth_of(std::slice::from_ref(sum)).value;
        let pairs = one.iter().zip(other);
        let less: Vec<f64> = pairs
            .map(|(one, other)| value(other) - value(one))
            .collect();
        let n = less.len() as f64;
        let mean = less.iter().sum::<f64>() / n;
        let squares: f64 = less.iter().map(|less| (less - mean).powi(2)).sum();
        let error = (squares / (n - 1.0) / n).sqrt();
        let t = t_exceeded_by(LEVEL / many.max(1) as f64, replications);
        t.is_some_and(|t| mean > t * error)
    }

    /// What the heads of a mix cost that can be chosen, in units of the currency: wages and all that follows from hours.
    pub fn price_of_heads(&self, candidate: &Candidate) -> f64 {
        let variant = self.variant(candidate.setup);
        let grid = Grid::new(&variant.model);
        let mut heads = grid.heads_of(&variant.model, &self.staffing(candidate));
        for ((_, heads), range) in heads.iter_mut().zip(self.ranges_in(candidate.setup)) {
            if range.min == range.max {
                heads.fill(0);
            }
        }
        grid.cost_of(&heads)
    }

    /// How many mixes have been simulated.
    pub fn tried(&self) -> usize {
        self.known.len()
    }
}
