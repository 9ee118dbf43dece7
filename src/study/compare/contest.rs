//! Mixes of all files run together, and their differences and frontiers.

use crate::scenario::hint_of;
use crate::scenario::model::{Stopping, Variant};
use crate::sim::parallel::Workers;
use crate::stats::estimate::Estimate;
use crate::stats::multiple::{Tested, Verdict, holm, widening};
use crate::study::frontier::{Gap, Place, frontier};
use crate::study::labels::scenario;
use crate::study::mixes::bench::{Bench, Mix, Ran, TooMany};
use crate::study::mixes::measure::Measure;
use crate::study::run::RunError;

use super::alike::{Source, differing, refusals};
use super::found::{
    Comparison, Difference, Differences, Dominator, Figure, FileLabel, Frontier, MixFigures,
    OnFrontier,
};

/// Why mixes cannot be compared.
#[derive(Debug, thiserror::Error)]
pub enum CompareError {
    /// The files, or the names of mixes.
    #[error("{0}")]
    Refused(String),
    /// Too many mixes.
    #[error(transparent)]
    TooMany(#[from] TooMany),
}

/// Mixes to be compared.
#[derive(Debug)]
pub struct Contest<'a> {
    sources: Vec<Source<'a>>,
    bench: Bench<'a>,
    seed: u64,
    against: Vec<usize>,
    warnings: Vec<String>,
}

impl<'a> Contest<'a> {
    /// The mixes of some files, under this seed or the first file's own: all of them or those `chosen`, against the first or those named.
    ///
    /// # Errors
    /// When the files cannot be compared, or a name is not that of a mix.
    pub fn new(
        sources: Vec<Source<'a>>,
        chosen: &[String],
        against: &[String],
        seed: Option<u64>,
    ) -> Result<Self, CompareError> {
        let refusals = refusals(&sources);
        if !refusals.is_empty() {
            return Err(CompareError::Refused(refusals.join("\n")));
        }
        let mut warnings = differing(&sources);
        let all = all_mixes(&sources);
        let names: Vec<&str> = all.iter().map(|(name, _)| name.as_str()).collect();
        let mut is_chosen = vec![chosen.is_empty(); all.len()];
        for name in chosen {
            for place in found(name, &names)? {
                is_chosen[place] = true;
            }
        }
        let mut references = Vec::new();
        for name in against {
            for place in found(name, &names)? {
                is_chosen[place] = true;
                references.push(place);
            }
        }
        let taken: Vec<usize> = (0..all.len()).filter(|&place| is_chosen[place]).collect();
        if taken.len() < 2 {
            let message = format!(
                "there is nothing to compare: only \"{}\" is there",
                taken.first().map_or("", |&only| names[only])
            );
            return Err(CompareError::Refused(message));
        }
        let place_of = |mix: &usize| taken.iter().position(|taken| taken == mix);
        let mut against: Vec<usize> = references.iter().filter_map(place_of).collect();
        if against.is_empty() {
            against.push(0);
        }
        against.dedup();
        for &place in &taken {
            let (name, variant) = &all[place];
            let own = variant.warnings.iter();
            warnings.extend(own.map(|warning| format!("{name}: {warning}")));
        }
        let mixes = taken.iter().map(|&place| {
            let (name, variant) = &all[place];
            Mix::of(variant, name)
        });
        let seed = seed.unwrap_or(sources[0].compiled.seed);
        Ok(Self {
            bench: Bench::new(mixes.collect(), seed)?,
            sources,
            seed,
            against,
            warnings,
        })
    }

    /// Runs all mixes until `stopping` says so. `done` is told of each replication.
    ///
    /// # Errors
    /// When a mix floods, or somebody stops it too early.
    pub fn run(
        &self,
        stopping: Stopping,
        workers: &Workers,
        done: &(dyn Fn() + Sync),
    ) -> Result<Comparison, RunError> {
        let ran = self.bench.run(stopping, workers, done)?;
        Ok(self.comparison(&ran))
    }

    fn comparison(&self, ran: &Ran) -> Comparison {
        let bench = &self.bench;
        let measures = Measure::all(bench);
        let figures = |mix: usize| {
            let value = |measure: &Measure| Figure {
                figure: measure.clone(),
                value: bench.estimate(&ran.joint, mix, measure),
            };
            measures.iter().map(value).collect()
        };
        let mixes = bench.mixes().iter().enumerate();
        Comparison {
            scenario: scenario(
                self.sources[0].compiled,
                self.seed,
                (ran.replications, ran.joint.replications),
                ran.stopped,
            ),
            files: self.files(),
            mixes: mixes
                .map(|(place, mix)| MixFigures {
                    name: mix.name.clone(),
                    figures: figures(place),
                })
                .collect(),
            differences: self.differences(&measures, ran),
            frontiers: [Measure::InTime, Measure::customers_lost(bench)]
                .map(|gain| self.frontier(&gain, ran))
                .into(),
            warnings: self.warnings.clone(),
        }
    }

    fn files(&self) -> Vec<FileLabel> {
        let several = self.sources.iter().filter(|source| !source.name.is_empty());
        several
            .map(|source| FileLabel {
                name: source.name.clone(),
                scenario: source.compiled.name.clone(),
            })
            .collect()
    }

    /// All differences, tested together.
    fn differences(&self, measures: &[Measure], ran: &Ran) -> Vec<Differences> {
        let mut asked: Vec<(usize, usize, &Measure)> = Vec::new();
        for &base in &self.against {
            for mix in (0..self.bench.mixes().len()).filter(|&mix| mix != base) {
                asked.extend(measures.iter().map(|measure| (base, mix, measure)));
            }
        }
        let values: Vec<Estimate> = asked
            .iter()
            .map(|(base, mix, measure)| self.bench.difference(&ran.joint, (*mix, *base), measure))
            .collect();
        let mut tested = asked.iter().zip(holm(&values, ran.joint.replications));
        let name = |mix: usize| self.bench.mixes()[mix].name.clone();
        let of = |&base: &usize| {
            let many = (self.bench.mixes().len() - 1) * measures.len();
            let of_base = tested.by_ref().take(many);
            let mut rows: Vec<(usize, Difference)> = of_base
                .filter(|(_, tested)| tested.difference.mean.is_some())
                .map(|((_, mix, measure), tested)| {
                    let row = Difference {
                        mix: name(*mix),
                        figure: (*measure).clone(),
                        tested,
                    };
                    (*mix, row)
                })
                .collect();
            rows.sort_by(|(mix, one), (other, another)| {
                let by_rank = || rank(&one.tested).partial_cmp(&rank(&another.tested));
                mix.cmp(other)
                    .then(by_rank().unwrap_or(std::cmp::Ordering::Equal))
            });
            Differences {
                against: name(base),
                rows: rows.into_iter().map(|(_, row)| row).collect(),
            }
        };
        self.against.iter().map(of).collect()
    }

    fn frontier(&self, gain: &Measure, ran: &Ran) -> Frontier {
        let (bench, joint) = (&self.bench, &ran.joint);
        let many = bench.mixes().len();
        let larger_is_better = gain.is_service_level();
        let pairs = many * (many - 1) / 2;
        let wider = widening(2 * pairs, joint.replications).unwrap_or(1.0);
        let gap = |one: usize, other: usize| {
            let of = |measure| {
                bench
                    .difference(joint, (one, other), measure)
                    .widened(wider)
            };
            let gained = of(gain);
            Gap {
                cost: of(&Measure::Cost),
                gain: if larger_is_better {
                    gained
                } else {
                    gained.turned()
                },
            }
        };
        let name = |mix: usize| bench.mixes()[mix].name.clone();
        let on = |(mix, place): (usize, Place)| OnFrontier {
            name: name(mix),
            cost: bench.estimate(joint, mix, &Measure::Cost),
            gain: bench.estimate(joint, mix, gain),
            standing: place.standing,
            dominated_by: place
                .by
                .iter()
                .map(|&(by, for_certain)| Dominator {
                    name: name(by),
                    for_certain,
                })
                .collect(),
        };
        let mut mixes: Vec<OnFrontier> = frontier(many, gap)
            .into_iter()
            .enumerate()
            .map(on)
            .collect();
        mixes.sort_by(|one, other| {
            let cost = |mix: &OnFrontier| mix.cost.mean.unwrap_or(f64::INFINITY);
            cost(one).total_cmp(&cost(other))
        });
        Frontier {
            cost: Measure::Cost,
            gain: gain.clone(),
            larger_is_better,
            mixes,
        }
    }
}

/// The surest first: by verdict, then by how many standard errors from zero.
fn rank(tested: &Tested) -> (u8, f64) {
    let by_verdict = match tested.verdict {
        Verdict::Real => 0,
        Verdict::Noise => 1,
        Verdict::Unknown => 2,
        Verdict::Same => 3,
    };
    let estimate = tested.difference;
    let errors = match (estimate.mean, estimate.half_width()) {
        (Some(mean), Some(half)) if half > 0.0 => mean.abs() / half,
        (Some(mean), Some(_)) if mean != 0.0 => f64::INFINITY,
        _ => 0.0,
    };
    (by_verdict, -errors)
}

/// Every mix with its name.
fn all_mixes<'a>(sources: &[Source<'a>]) -> Vec<(String, &'a Variant)> {
    let of_source = |source: &Source<'a>| {
        let file = source.name.clone();
        let named = move |variant: &'a Variant| {
            let name = match file.as_str() {
                "" => variant.name.clone(),
                file => format!("{file}: {}", variant.name),
            };
            (name, variant)
        };
        source
            .compiled
            .variants
            .iter()
            .map(named)
            .collect::<Vec<_>>()
    };
    sources.iter().flat_map(of_source).collect()
}

/// The mixes of a name: its own, or that of a variant in every file that has it.
fn found(name: &str, names: &[&str]) -> Result<Vec<usize>, CompareError> {
    let is_it = |own: &str| own == name || own.split_once(": ").is_some_and(|(_, of)| of == name);
    let found: Vec<usize> = (0..names.len()).filter(|&at| is_it(names[at])).collect();
    if found.is_empty() {
        let hint = hint_of(name, names.iter().copied());
        let message = format!("no mix is named \"{name}\"; {hint}");
        return Err(CompareError::Refused(message));
    }
    Ok(found)
}
