//! The experiments: runs of one model, each with luck of its own.

use crate::scenario::model::{Compiled, Stopping};
use crate::scenario::{Scenario, name_hash};
use crate::sim::parallel::Workers;
use crate::stats::summary::{Stopped, VariantSummary};
use crate::stats::tally::Tally;
use crate::study::run::{RunError, Study};

use super::subjects::Subject;
use super::values::Value;
use super::{CoverageEffort, CoverageRow, Tried};

/// Replications of an experiment: the sizes looked at. The larger experiments are made of the smaller ones.
const SIZES: [u64; 3] = [10, 20, 50];
/// Replications that hold a whole number of experiments of each size.
const BLOCK: u64 = 100;
/// The most replications where a precision ends the run.
const MOST: u64 = 10_000;

/// Experiments of all sizes.
pub(super) fn of_sizes(
    subject: &Subject,
    effort: &CoverageEffort,
    workers: &Workers,
) -> Result<Vec<CoverageRow>, RunError> {
    let compiled = compiled(subject);
    let study = Study::new(&compiled, |_| true, Some(seed(subject, effort)));
    let empty = || vec![[Tried::default(); SIZES.len()]; subject.values.len()];
    let blocks = effort.experiments.div_ceil(BLOCK / SIZES[0]);
    let parts = workers.each(
        0..blocks,
        || (study.desk(), empty()),
        |(desk, tried), block| {
            let first = |ten: u64| block * BLOCK + ten * SIZES[0];
            let tens = (0..BLOCK / SIZES[0])
                .map(|ten| study.tally_at(desk, first(ten)..first(ten) + SIZES[0]));
            let tens: Vec<Tally> = tens.collect::<Result<_, _>>()?;
            for (size, replications) in SIZES.into_iter().enumerate() {
                let together = usize::try_from(replications / SIZES[0]).expect("a few");
                for tallies in tens.chunks_exact(together) {
                    let mut tally = tallies[0].clone();
                    tallies[1..].iter().for_each(|more| tally.merge(more));
                    let summary = study.summary(&tally, Stopped::Replications);
                    for (value, tried) in subject.values.iter().zip(tried.iter_mut()) {
                        tried[size].see(value, &summary.variants);
                    }
                }
            }
            Ok::<(), RunError>(())
        },
    )?;
    let mut tried = empty();
    for (_, part) in parts {
        let pairs = tried.iter_mut().flatten().zip(part.into_iter().flatten());
        pairs.for_each(|(own, more)| own.merge(more));
    }
    let rows = subject
        .values
        .iter()
        .zip(&tried)
        .flat_map(|(value, tried)| {
            let of_size = |(replications, tried): (u64, &Tried)| {
                row(subject, value, *tried, (replications as f64, None))
            };
            SIZES.into_iter().zip(tried).map(of_size)
        });
    Ok(rows.collect())
}

/// Experiments that end when they are precise enough: whole runs, one after the other in each thread.
pub(super) fn until_precise(
    subject: &Subject,
    half_width: f64,
    effort: &CoverageEffort,
    workers: &Workers,
) -> Result<Vec<CoverageRow>, RunError> {
    let compiled = compiled(subject);
    let empty = || vec![Tried::default(); subject.values.len()];
    let stopping = Stopping::Precision {
        half_width,
        max_replications: MOST,
    };
    let experiments = effort.experiments.div_ceil(2);
    let parts = workers.each(
        0..experiments,
        || (None, empty(), 0_u64),
        |(alone, tried, replications), experiment| {
            let alone = match alone {
                Some(alone) => alone,
                None => alone.insert(Workers::new(1)?),
            };
            let luck = seed(subject, effort) ^ name_hash(&experiment.to_string());
            let summary =
                Study::new(&compiled, |_| true, Some(luck)).run(stopping, alone, &|| ())?;
            *replications += summary.scenario.replications;
            for (value, tried) in subject.values.iter().zip(tried) {
                tried.see(value, &summary.variants);
            }
            Ok::<(), RunError>(())
        },
    )?;
    let (mut tried, mut replications) = (empty(), 0);
    for (_, part, own) in parts {
        tried
            .iter_mut()
            .zip(part)
            .for_each(|(own, more)| own.merge(more));
        replications += own;
    }
    let mean = replications as f64 / experiments.max(1) as f64;
    let rows = subject.values.iter().zip(tried);
    Ok(rows
        .map(|(value, tried)| row(subject, value, tried, (mean, Some(half_width))))
        .collect())
}

impl Tried {
    fn see(&mut self, value: &Value, variants: &[VariantSummary]) {
        let interval = value.read(variants);
        let (Some(lo), Some(hi)) = (interval.lo, interval.hi) else {
            return;
        };
        self.experiments += 1;
        self.too_low += u64::from(hi < value.exact);
        self.too_high += u64::from(lo > value.exact);
        let variant = variants.get(usize::from(value.is_difference));
        self.few +=
            u64::from(variant.is_some_and(|variant| variant.has_too_few_events(&value.path)));
    }

    fn merge(&mut self, other: Self) {
        self.experiments += other.experiments;
        self.too_low += other.too_low;
        self.too_high += other.too_high;
        self.few += other.few;
    }
}

fn row(
    subject: &Subject,
    value: &Value,
    tried: Tried,
    (replications, precision): (f64, Option<f64>),
) -> CoverageRow {
    CoverageRow {
        model: subject.name.to_owned(),
        figure: value.path.clone(),
        is_difference: value.is_difference,
        replications,
        precision,
        exact: value.exact,
        tried,
    }
}

/// Each model has luck of its own.
fn seed(subject: &Subject, effort: &CoverageEffort) -> u64 {
    effort.seed ^ name_hash(subject.name)
}

fn compiled(subject: &Subject) -> Compiled {
    let scenario = Scenario::parse(&subject.text, subject.name, |_| {
        Err("no data files".to_owned())
    });
    let compiled = scenario.and_then(|scenario| scenario.compile());
    compiled.unwrap_or_else(|problems| {
        panic!(
            "the scenario made for {} is faulty: {problems}",
            subject.name
        )
    })
}
