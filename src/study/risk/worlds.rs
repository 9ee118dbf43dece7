//! Worlds: each draws the uncertain inputs anew, is compiled, and is run for some replications of its own.

use crate::scenario::change::Change;
use crate::scenario::model::Model;
use crate::scenario::uncertain::Input;
use crate::scenario::{Ground, name_hash};
use crate::sim::centre::{Centre, Layout};
use crate::sim::counting::extent;
use crate::sim::parallel::Workers;
use crate::sim::streams::{Purpose, StreamRoot, shares};
use crate::stats::counts::{Counts, QueueTotals};
use crate::study::mixes::bench::totals;
use crate::study::mixes::once::count;
use crate::study::run::RunError;

/// Worlds × replications that are kept in memory.
pub const MOST_RUNS: u64 = 1_000_000;

/// A day's service level is kept in thousandths.
pub const BINS: usize = 1_001;

/// Why there is no answer.
#[derive(Debug, thiserror::Error)]
pub enum RiskError {
    /// The question cannot be asked of this file.
    #[error("{0}")]
    Refused(String),
    /// The run failed.
    #[error(transparent)]
    Run(#[from] RunError),
}

/// What is to be run.
#[derive(Debug)]
pub struct Worlds<'a> {
    /// The variant, with its uncertain values.
    pub ground: &'a Ground<'a>,
    /// How many worlds.
    pub worlds: u64,
    /// Replications of each.
    pub replications: u64,
    /// Seed of all.
    pub seed: u64,
}

/// One horizon that was simulated.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Horizon {
    /// All that was paid, in millionths of the currency.
    pub cost: i128,
    /// Customers lost: issues where these are followed, else contacts.
    pub lost: i128,
    /// Value lost, by what the scenario assumes, in millionths of the currency.
    pub value_lost: i128,
    /// Revenue, likewise.
    pub revenue: i128,
    /// By queue.
    pub queues: Vec<QueueTotals>,
}

/// One world.
#[derive(Debug, Clone, PartialEq)]
pub struct World {
    /// The numbers drawn for the inputs, in their order.
    pub inputs: Vec<f64>,
    /// Its horizons.
    pub horizons: Vec<Horizon>,
}

/// Days by their service level in thousandths: how many, and Σ of these levels in millionths.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Days {
    /// By thousandth.
    pub bins: Vec<(u64, u64)>,
}

impl Default for Days {
    fn default() -> Self {
        Self {
            bins: vec![(0, 0); BINS],
        }
    }
}

impl Days {
    /// Adds a day on which so many of so many were in time.
    fn add(&mut self, kept: u32, counted: u32) {
        if counted == 0 {
            return;
        }
        let (kept, counted) = (u64::from(kept.min(counted)), u64::from(counted));
        let level = kept * 1_000_000 / counted;
        let bin = usize::try_from(level / 1_000).unwrap_or(BINS - 1);
        self.bins[bin].0 += 1;
        self.bins[bin].1 += level;
    }

    fn merge(&mut self, other: &Self) {
        for (own, more) in self.bins.iter_mut().zip(&other.bins) {
            own.0 += more.0;
            own.1 += more.1;
        }
    }

    /// The mean service level of the worst tenth of the days; nothing without days.
    pub fn worst_tenth(&self) -> Option<f64> {
        let all: u64 = self.bins.iter().map(|bin| bin.0).sum();
        let wanted = all as f64 / 10.0;
        let (mut taken, mut sum) = (0.0, 0.0);
        for &(days, levels) in self.bins.iter().filter(|bin| bin.0 > 0) {
            let more = (days as f64).min(wanted - taken);
            if more <= 0.0 {
                break;
            }
            sum += levels as f64 / 1e6 * more / days as f64;
            taken += more;
        }
        (all > 0).then(|| sum / taken)
    }
}

/// Everything that was simulated.
#[derive(Debug, Clone, PartialEq)]
pub struct Ran {
    /// The worlds in order.
    pub worlds: Vec<World>,
    /// The days of all, by queue.
    pub days: Vec<Days>,
}

/// What one thread has done.
struct Desk {
    worlds: Vec<(u64, World)>,
    days: Vec<Days>,
}

impl Worlds<'_> {
    /// Runs all worlds. `done` is told of each.
    ///
    /// # Errors
    /// When nothing is uncertain, the file refuses a value that is drawn, a world floods, or somebody stops it.
    pub fn run(&self, workers: &Workers, done: &(dyn Fn() + Sync)) -> Result<Ran, RiskError> {
        let inputs = self.ground.inputs();
        if inputs.is_empty() {
            let name = self.ground.name();
            let message = format!(
                "nothing of \"{name}\" is uncertain: say what is, such as\n[uncertain]\n\"queues.phone.arrivals\" = {{ factor = [0.9, 1.1] }}"
            );
            return Err(RiskError::Refused(message));
        }
        let numbers: Vec<Vec<f64>> = inputs.iter().map(|input| self.numbers(input)).collect();
        let desk = || Desk {
            worlds: Vec::new(),
            days: Vec::new(),
        };
        let step = |desk: &mut Desk, index: u64| {
            let place = usize::try_from(index).unwrap_or(usize::MAX);
            let own = numbers.iter().map(|numbers| numbers[place]).collect();
            let world = self.world(index, own, &mut desk.days)?;
            desk.worlds.push((index, world));
            done();
            Ok::<(), RiskError>(())
        };
        let mut worlds = Vec::new();
        let mut days: Vec<Days> = Vec::new();
        for desk in workers.each(0..self.worlds, desk, step)? {
            worlds.extend(desk.worlds);
            days.resize(days.len().max(desk.days.len()), Days::default());
            for (all, own) in days.iter_mut().zip(&desk.days) {
                all.merge(own);
            }
        }
        if (worlds.len() as u64) < self.worlds {
            return Err(RunError::Interrupted.into());
        }
        worlds.sort_by_key(|(index, _)| *index);
        Ok(Ran {
            worlds: worlds.into_iter().map(|(_, world)| world).collect(),
            days,
        })
    }

    /// The numbers of an input, world by world: each input has a stream of its own, so that another one leaves them as they are.
    fn numbers(&self, input: &Input) -> Vec<f64> {
        let root = StreamRoot::new(self.seed, 0);
        let mut stream = root.stream(name_hash(&format!("risk\n{}", input.key)), Purpose::Design);
        let shares = shares(&mut stream, self.worlds).into_iter();
        shares
            .map(|share| input.number_at(share.max(1e-12)))
            .collect()
    }

    fn world(
        &self,
        index: u64,
        inputs: Vec<f64>,
        days: &mut Vec<Days>,
    ) -> Result<World, RiskError> {
        let of_inputs = self.ground.inputs().iter().zip(&inputs);
        let changes: Vec<Change> = of_inputs
            .map(|(input, number)| input.change(*number))
            .collect();
        let compiled = self.ground.compile(&changes).map_err(|problems| {
            let first = problems.first();
            let (key, message) = first.map_or(("", "refused"), |problem| {
                (problem.key(), problem.message.as_str())
            });
            let told: Vec<String> = changes.iter().map(ToString::to_string).collect();
            RiskError::Refused(format!(
                "world {}, with {}: {key}: {message}; narrow the range",
                index + 1,
                told.join(", ")
            ))
        })?;
        let variant = &compiled.variants[0];
        let (model, staffing) = (&variant.model, &variant.staffing);
        let layout = Layout::new(model, staffing);
        let first = index * self.replications;
        let mut centre = Centre::new(model, &layout, self.seed, first);
        let mut counts = Counts::new(extent(model, &layout));
        days.resize(days.len().max(model.queues.len()), Days::default());
        let mut horizons = Vec::new();
        for replication in first..first + self.replications {
            let mut horizon = Horizon {
                cost: 0,
                lost: 0,
                value_lost: 0,
                revenue: 0,
                queues: vec![QueueTotals::default(); model.queues.len()],
            };
            count(
                (model, staffing, &layout),
                &variant.name,
                (self.seed, replication),
                &mut centre,
                &mut counts,
                |counts| horizon.add(model, counts, days),
            )?;
            horizon.add(model, &counts, days);
            horizons.push(horizon);
        }
        Ok(World { inputs, horizons })
    }
}

impl Horizon {
    /// Adds what was counted, or a batch of it.
    fn add(&mut self, model: &Model, counts: &Counts, days: &mut [Days]) {
        self.cost += counts.demand.cost;
        let totals = totals(model, counts);
        self.lost += totals.gone;
        self.value_lost += totals.value_lost;
        self.revenue += totals.revenue;
        let queues = self.queues.iter_mut().zip(counts.queues.values());
        for ((own, counted), days) in queues.zip(days) {
            let more = &counted.totals;
            own.answered += more.answered;
            own.abandoned += more.abandoned;
            own.wait_answered += more.wait_answered;
            own.level_kept += more.level_kept;
            own.level_counted += more.level_counted;
            own.days_met += more.days_met;
            own.days_counted += more.days_counted;
            for &(kept, counted) in &counted.days {
                days.add(kept, counted);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_worst_tenth_of_twenty_days_are_the_two_worst() {
        let mut days = Days::default();
        for day in 0..18 {
            days.add(90 + day % 3, 100);
        }
        days.add(40, 100);
        days.add(1, 2);
        days.add(0, 0);
        assert!((days.worst_tenth().unwrap() - 0.45).abs() < 1e-9);
        assert_eq!(Days::default().worst_tenth(), None);
    }

    #[test]
    fn a_part_of_a_day_counts_in_part() {
        let mut days = Days::default();
        for kept in [20, 50, 60, 70, 80, 80, 80, 80, 80, 80, 80, 80, 80, 80, 80] {
            days.add(kept, 100);
        }
        // One and a half days: 0.2 and half of 0.5.
        assert!((days.worst_tenth().unwrap() - (0.2 + 0.25) / 1.5).abs() < 1e-9);
    }
}
