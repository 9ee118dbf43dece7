//! Which mixes are worth their cost: cost against what is got for it, by differences on common random numbers.

use crate::stats::estimate::Estimate;
use crate::stats::frontier::{Dominator, Frontier, Gap, OnFrontier, Place, frontier};
use crate::stats::joint::Joint;
use crate::stats::measure::Measure;
use crate::stats::multiple::widening;

use super::bench::Bench;

/// Cost against contacts in time, and against customers lost.
pub fn frontiers(bench: &Bench<'_>, joint: &Joint) -> Vec<Frontier> {
    [Measure::InTime, Measure::customers_lost(bench)]
        .map(|gain| of_gain(bench, joint, &gain))
        .into()
}

fn of_gain(bench: &Bench<'_>, joint: &Joint, gain: &Measure) -> Frontier {
    let many = bench.mixes().len();
    let larger_is_better = gain.is_service_level();
    let pairs = many * (many - 1) / 2;
    let wider = widening(2 * pairs, joint.replications).unwrap_or(1.0);
    let gap = |one: usize, other: usize| {
        let of = |measure| widened(bench.difference(joint, (one, other), measure), wider);
        let gained = of(gain);
        Gap {
            cost: of(&Measure::Cost),
            gain: if larger_is_better {
                gained
            } else {
                gained.negated()
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

fn widened(estimate: Estimate, by: f64) -> Estimate {
    match (estimate.mean, estimate.half_width()) {
        (Some(mean), Some(half)) => Estimate::around(mean, by * half),
        _ => estimate,
    }
}
