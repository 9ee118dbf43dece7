//! Several mixes over many replications, on common random numbers. The unit of work is one replication of all of them.

use std::borrow::Cow;
use std::ops::Range;

use crate::scenario::model::{Model, Staffing, Stopping, Variant};
use crate::sim::centre::{Centre, Layout};
use crate::sim::counting::extent;
use crate::sim::parallel::Workers;
use crate::stats::counts::{Counts, QueueCounts};
use crate::stats::estimate::Estimate;
use crate::stats::joint::{Columns, Joint, MixQueue, MixTotals};
use crate::stats::measure::Measure;
use crate::stats::moments::{Counters, Row};
use crate::stats::summary::Stopped;
use crate::study::run::RunError;

use super::once::count;

/// Replications between two looks at the precision.
const BATCH: u64 = 10;

/// Counters of all mixes together: each thread holds the products of all pairs, 128 MB at the most.
pub const MOST_COUNTERS: usize = 4_000;

/// One mix: a model under a staffing, by name.
#[derive(Debug, Clone)]
pub struct Mix<'a> {
    /// How it is called.
    pub name: String,
    /// What the engine reads.
    pub model: &'a Model,
    /// Who is on duty.
    pub staffing: Cow<'a, Staffing>,
}

impl<'a> Mix<'a> {
    /// A variant under this name.
    pub fn of(variant: &'a Variant, name: &str) -> Self {
        Self {
            name: name.to_owned(),
            model: &variant.model,
            staffing: Cow::Borrowed(&variant.staffing),
        }
    }
}

/// More mixes than can be compared at once.
#[derive(Debug, thiserror::Error)]
#[error(
    "{mixes} mixes with {queues} queues in all are too many to compare at once: they have {counters} counters, {MOST_COUNTERS} are possible; name fewer with --variant"
)]
pub struct TooMany {
    mixes: usize,
    queues: usize,
    counters: usize,
}

/// Mixes that are run together under a seed.
#[derive(Debug)]
pub struct Bench<'a> {
    mixes: Vec<Mix<'a>>,
    layouts: Vec<Layout>,
    columns: Columns,
    seed: u64,
}

/// What one thread works in.
struct Desk {
    centres: Vec<Centre>,
    counts: Vec<Counts>,
    /// By mix: the counters of each batch of the replication.
    batches: Vec<Vec<Vec<i128>>>,
    values: Vec<i128>,
    row: Row,
    joint: Joint,
}

/// What a run of several mixes counted.
#[derive(Debug, Clone)]
pub struct Ran {
    /// The counts.
    pub joint: Joint,
    /// How many replications; batches count in [`Joint::replications`].
    pub replications: u64,
    /// Why no more.
    pub stopped: Stopped,
}

impl<'a> Bench<'a> {
    /// Mixes of equal horizons under a seed.
    ///
    /// # Errors
    /// When they are too many.
    pub fn new(mixes: Vec<Mix<'a>>, seed: u64) -> Result<Self, TooMany> {
        let columns = Columns::new(mixes.iter().map(|mix| mix.model.queues.len()));
        Self::on(columns, mixes, seed)
    }

    /// The same without figures of queues: what a [run](crate::study::run) counts of its variants together.
    ///
    /// # Errors
    /// When they are too many.
    pub fn of_wholes(mixes: Vec<Mix<'a>>, seed: u64) -> Result<Self, TooMany> {
        let columns = Columns::new(mixes.iter().map(|_| 0));
        Self::on(columns, mixes, seed)
    }

    fn on(columns: Columns, mixes: Vec<Mix<'a>>, seed: u64) -> Result<Self, TooMany> {
        if columns.len() > MOST_COUNTERS {
            return Err(TooMany {
                mixes: mixes.len(),
                queues: mixes.iter().map(|mix| mix.model.queues.len()).sum(),
                counters: columns.len(),
            });
        }
        Ok(Self {
            layouts: mixes
                .iter()
                .map(|mix| Layout::new(mix.model, &mix.staffing))
                .collect(),
            mixes,
            columns,
            seed,
        })
    }

    /// The mixes.
    pub fn mixes(&self) -> &[Mix<'a>] {
        &self.mixes
    }

    /// Where their counters stand.
    pub fn columns(&self) -> &Columns {
        &self.columns
    }

    /// The estimate of a figure of a mix.
    pub fn estimate(&self, joint: &Joint, mix: usize, measure: &Measure) -> Estimate {
        let wanted = measure.wanted(self, mix);
        wanted.map_or(Estimate::NONE, |wanted| joint.estimate(wanted.quantity()))
    }

    /// A figure of one mix less that of another, paired.
    pub fn difference(
        &self,
        joint: &Joint,
        (one, other): (usize, usize),
        measure: &Measure,
    ) -> Estimate {
        let wanted = measure.wanted(self, one).zip(measure.wanted(self, other));
        wanted.map_or(Estimate::NONE, |(one, other)| {
            joint.difference(one.quantity(), other.quantity())
        })
    }

    /// Runs until `stopping` says so. `done` is told of each replication.
    ///
    /// # Errors
    /// When contacts come of others without bound, or somebody stops it before the first replication is done.
    pub fn run(
        &self,
        stopping: Stopping,
        workers: &Workers,
        done: &(dyn Fn() + Sync),
    ) -> Result<Ran, RunError> {
        let (most, step, half_width) = match stopping {
            Stopping::Replications(replications) => (replications, replications, None),
            Stopping::Precision {
                half_width,
                max_replications,
            } => (max_replications, BATCH, Some(half_width)),
        };
        let mut joint = Joint::new(&self.columns);
        let mut replications = 0;
        let stopped = loop {
            let next = (replications + step).min(most);
            let (more, ran) = self.tally(replications..next, workers, done)?;
            joint.merge(&more);
            let is_interrupted = ran < next - replications;
            replications += ran;
            if is_interrupted && replications == 0 {
                return Err(RunError::Interrupted);
            }
            if is_interrupted {
                break Stopped::Interrupted;
            }
            match half_width {
                None => break Stopped::Replications,
                Some(half_width) if self.is_precise(&joint, half_width) => {
                    break Stopped::Precision;
                }
                Some(_) if replications >= most => break Stopped::MaxReplications,
                Some(_) => (),
            }
        };
        Ok(Ran {
            joint,
            replications,
            stopped,
        })
    }

    /// Runs a range of replications (from 0), the first of them where somebody stops the workers: the counts, and how many.
    fn tally(
        &self,
        range: Range<u64>,
        workers: &Workers,
        done: &(dyn Fn() + Sync),
    ) -> Result<(Joint, u64), RunError> {
        let step = |(desk, ran): &mut (Desk, u64), index| {
            self.replicate(desk, index)?;
            *ran += 1;
            done();
            Ok::<(), RunError>(())
        };
        let mut joint = Joint::new(&self.columns);
        let mut all = 0;
        for (desk, ran) in workers.each(range, || (self.desk(), 0), step)? {
            joint.merge(&desk.joint);
            all += ran;
        }
        Ok((joint, all))
    }

    /// Whether the shares in time and the service levels of all mixes are known to within this half-width.
    fn is_precise(&self, joint: &Joint, half_width: f64) -> bool {
        let is_share = |measure: &&Measure| measure.is_service_level();
        let measures = Measure::all(self);
        (0..self.mixes.len()).all(|mix| {
            let mut shares = measures.iter().filter(is_share);
            shares.all(|measure| {
                let half = self.estimate(joint, mix, measure).half_width();
                half.is_none_or(|half| half <= half_width)
            })
        })
    }

    fn desk(&self) -> Desk {
        let both = || self.mixes.iter().zip(&self.layouts);
        Desk {
            centres: both()
                .map(|(mix, layout)| Centre::new(mix.model, layout, self.seed, 0))
                .collect(),
            counts: both()
                .map(|(mix, layout)| Counts::new(extent(mix.model, layout)))
                .collect(),
            batches: vec![Vec::new(); self.mixes.len()],
            values: Vec::new(),
            row: Row::default(),
            joint: Joint::new(&self.columns),
        }
    }

    /// One replication of all mixes.
    fn replicate(&self, desk: &mut Desk, index: u64) -> Result<(), RunError> {
        for (number, (mix, layout)) in self.mixes.iter().zip(&self.layouts).enumerate() {
            let batches = &mut desk.batches[number];
            batches.clear();
            count(
                (mix.model, &mix.staffing, layout),
                &mix.name,
                (self.seed, index),
                &mut desk.centres[number],
                &mut desk.counts[number],
                |counts| batches.push(counters(mix.model, counts)),
            )?;
            batches.push(counters(mix.model, &desk.counts[number]));
        }
        let batches = desk.batches.iter().map(Vec::len).min().unwrap_or(0);
        for batch in 0..batches {
            desk.values.clear();
            for of_mix in &desk.batches {
                desk.values.extend_from_slice(&of_mix[batch]);
            }
            desk.joint.add(&desk.values, &mut desk.row);
        }
        Ok(())
    }
}

/// The counters of one mix in one replication or batch.
pub(in crate::study) fn counters(model: &Model, counts: &Counts) -> Vec<i128> {
    let mut values = Vec::new();
    totals(model, counts).values(&mut values);
    for queue in counts.queues.values() {
        let of = &queue.totals;
        MixQueue {
            answered: of.answered,
            abandoned: of.abandoned,
            kept: of.level_kept,
            counted: of.level_counted,
            wait: of.wait_answered,
            cost: of.cost,
        }
        .values(&mut values);
    }
    values
}

/// The counters of one whole mix in one replication or batch.
pub fn totals(model: &Model, counts: &Counts) -> MixTotals {
    let demand = &counts.demand;
    let by_bots: i128 = counts.issues.sessions.values().map(|of| of.1).sum();
    let mut totals = MixTotals {
        wanted: demand.wanted,
        served: demand.served,
        lost: demand.lost,
        in_time: by_bots,
        judged: demand.wanted,
        resolved: match model.issues {
            Some(_) => counts.issues.totals.resolved,
            None => demand.served,
        },
        gone: match model.issues {
            Some(_) => counts.issues.totals.lost,
            None => demand.lost,
        },
        cost: demand.cost,
        value_lost: counts.money.total.value_lost(),
        revenue: counts.money.total.revenue,
    };
    for (id, queue) in model.queues.iter() {
        let of = &counts.queues[id];
        let is_promised = queue.within().is_some();
        totals.in_time += if is_promised {
            of.totals.level_in_time
        } else {
            of.totals.answered
        };
        if queue.deferred {
            totals.judged -= not_due(of, is_promised);
        }
    }
    totals
}

/// Contacts of a deferred queue that cannot be judged within the horizon.
fn not_due(counts: &QueueCounts, is_promised: bool) -> i128 {
    let of = &counts.totals;
    if is_promised {
        let ended = of.answered + of.abandoned + of.open_at_end;
        ended - of.level_answered - of.level_abandoned - of.level_late
    } else {
        of.open_at_end
    }
}
