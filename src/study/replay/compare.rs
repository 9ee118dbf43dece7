//! Simulated against observed.

use std::collections::BTreeMap;
use std::ops::Range;

use serde::Serialize;

use crate::ids::Id;
use crate::scenario::model::Compiled;
use crate::sim::centre::{Centre, Layout};
use crate::sim::parallel::Workers;
use crate::sim::replicate::replicate;
use crate::stats::student::t_quantile;

use super::counted::{Counted, Counts, HOURS, Presence};
use super::listen::Listening;
use super::read_off::ReadOff;

/// Figures of some contacts; counts are of one horizon.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Figures {
    /// Contacts that came.
    pub offered: f64,
    /// Contacts answered.
    pub answered: f64,
    /// Contacts that left.
    pub abandoned: f64,
    /// Answered within the threshold.
    pub answered_in_time: f64,
    /// Abandoned / (answered + abandoned).
    pub abandonment: Option<f64>,
    /// Mean wait of the answered (s).
    pub asa_s: Option<f64>,
    /// Answered in time / (answered + abandoned after the threshold).
    pub service_level: Option<f64>,
    /// Mean handle time (s), wrap-up included.
    pub handle_time_s: Option<f64>,
    /// Hours on duty, overtime included; of queues nothing.
    pub on_duty_h: Option<f64>,
    /// Busy / on duty; of queues nothing.
    pub occupancy: Option<f64>,
}

impl Figures {
    fn of(counted: &Counted, presence: Option<&Presence>, horizons: u64) -> Self {
        let each = |sum: u64| sum as f64 / horizons as f64;
        Self {
            offered: each(counted.offered),
            answered: each(counted.answered),
            abandoned: each(counted.abandoned),
            answered_in_time: each(counted.answered_in_time),
            abandonment: counted.abandonment(),
            asa_s: counted.asa_s(),
            service_level: counted.service_level(),
            handle_time_s: counted.handle_time_s(),
            on_duty_h: presence.map(|presence| presence.on_duty_h() / horizons as f64),
            occupancy: presence.and_then(Presence::occupancy),
        }
    }
}

/// The ranges in which 95 of 100 single horizons of the simulated centre would lie.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Chance {
    /// Of abandonment.
    pub abandonment: Option<[f64; 2]>,
    /// Of the mean wait of the answered (s).
    pub asa_s: Option<[f64; 2]>,
    /// Of the service level.
    pub service_level: Option<[f64; 2]>,
}

/// Observed and simulated figures of the same contacts.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Pair {
    /// A queue's name, a date, an hour; `all` of the whole.
    pub of: String,
    /// As the log shows.
    pub observed: Figures,
    /// Mean over the replications.
    pub simulated: Figures,
    /// What chance alone does to one horizon; `None` of days and hours.
    pub chance: Option<Chance>,
}

/// Mean absolute differences over rows, each weighted by the contacts observed.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Distance {
    /// Of the contacts that came, in parts of those observed.
    pub offered: Option<f64>,
    /// Of abandonment.
    pub abandonment: Option<f64>,
    /// Of the mean wait of the answered (s).
    pub asa_s: Option<f64>,
    /// Of the service level.
    pub service_level: Option<f64>,
    /// Of the occupancy.
    pub occupancy: Option<f64>,
}

impl Distance {
    fn over(pairs: &[Pair]) -> Self {
        let mean = |of: fn(&Figures) -> Option<f64>| {
            let mut sums = (0.0, 0.0);
            for pair in pairs {
                if let (Some(a), Some(b)) = (of(&pair.observed), of(&pair.simulated)) {
                    sums.0 += (a - b).abs() * pair.observed.offered;
                    sums.1 += pair.observed.offered;
                }
            }
            (sums.1 > 0.0).then(|| sums.0 / sums.1)
        };
        let offered: f64 = pairs.iter().map(|pair| pair.observed.offered).sum();
        let apart = |pair: &Pair| (pair.observed.offered - pair.simulated.offered).abs();
        Self {
            offered: (offered > 0.0).then(|| pairs.iter().map(apart).sum::<f64>() / offered),
            abandonment: mean(|figures| figures.abandonment),
            asa_s: mean(|figures| figures.asa_s),
            service_level: mean(|figures| figures.service_level),
            occupancy: mean(|figures| figures.occupancy),
        }
    }
}

/// Simulated against observed, in all cuts.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Comparison {
    /// Replications simulated.
    pub replications: u64,
    /// The seed.
    pub seed: u64,
    /// Everything.
    pub total: Pair,
    /// Each queue, the largest first.
    pub queues: Vec<Pair>,
    /// Each day with contacts.
    pub days: Vec<Pair>,
    /// Each hour of the day with contacts, all days together.
    pub hours: Vec<Pair>,
    /// How far the days are apart.
    pub distance_by_day: Distance,
    /// How far the hours of the day are apart.
    pub distance_by_hour: Distance,
}

/// What one thread works in.
struct Desk {
    centre: Centre,
    one: Counts,
    sum: Counts,
    /// Of each replication all contacts together, then those of each queue.
    each: BTreeMap<u64, Vec<Counted>>,
}

/// Simulates the scenario that was read off a log and compares. `done` is told of each replication.
pub fn compare(
    read_off: &ReadOff,
    compiled: &Compiled,
    (replications, seed): (u64, u64),
    workers: &Workers,
    done: &(dyn Fn() + Sync),
) -> Comparison {
    let base = &compiled.variants[0];
    let (model, staffing) = (&base.model, &base.staffing);
    let layout = Layout::new(model, staffing);
    let queues = model.queues.len();
    let empty = || Counts::new(queues, model.calendar.days().len());
    let desk = || Desk {
        centre: Centre::new(model, &layout, seed, 0),
        one: empty(),
        sum: empty(),
        each: BTreeMap::new(),
    };
    let step = |desk: &mut Desk, index: u64| {
        desk.one.clear();
        let groups = model.groups.len();
        let mut listening = Listening::new(&model.calendar, groups, read_off.within, &mut desk.one);
        // Nothing in such a scenario breeds, so that it comes to its end.
        let _ = replicate(
            (model, staffing, &layout),
            seed,
            index,
            &mut desk.centre,
            &mut listening,
        );
        desk.sum.add(&desk.one);
        let of = |queue: usize| desk.one.sum(|own, _, _| own == queue).0;
        let of_queues = model.queues.ids().map(|queue| of(queue.index()));
        let all = std::iter::once(desk.one.sum(|_, _, _| true).0);
        desk.each.insert(index, all.chain(of_queues).collect());
        done();
        Ok::<(), std::convert::Infallible>(())
    };
    let range: Range<u64> = 0..replications;
    let desks = match workers.each(range, desk, step) {
        Ok(desks) => desks,
        Err(never) => match never {},
    };
    let mut sum = empty();
    let mut each: BTreeMap<u64, Vec<Counted>> = BTreeMap::new();
    for desk in desks {
        sum.add(&desk.sum);
        each.extend(desk.each);
    }
    let simulated = Simulated {
        sum,
        each: each.into_values().collect(),
        replications,
    };
    laid_out(read_off, &simulated, seed)
}

struct Simulated {
    sum: Counts,
    each: Vec<Vec<Counted>>,
    replications: u64,
}

fn laid_out(read_off: &ReadOff, simulated: &Simulated, seed: u64) -> Comparison {
    let pair = |of: String, is_queue: bool, is_picked: &dyn Fn(usize, usize, usize) -> bool| {
        let figures = |counts: &Counts, horizons| {
            let (counted, presence) = counts.sum(is_picked);
            Figures::of(&counted, (!is_queue).then_some(&presence), horizons)
        };
        Pair {
            of,
            observed: figures(&read_off.observed, 1),
            simulated: figures(&simulated.sum, simulated.replications),
            chance: None,
        }
    };
    let mut total = pair("all".to_owned(), false, &|_, _, _| true);
    total.chance = Some(chance(simulated, 0));
    let queues = read_off
        .queues
        .iter()
        .enumerate()
        .map(|(number, queue)| Pair {
            chance: Some(chance(simulated, number + 1)),
            ..pair(queue.name.clone(), true, &|own, _, _| own == number)
        });
    let days = read_off.calendar.days().iter().enumerate();
    let days =
        days.map(|(number, day)| pair(day.date.to_string(), false, &|_, own, _| own == number));
    let hours =
        (0..HOURS).map(|hour| pair(format!("{hour:02}:00"), false, &|_, _, own| own == hour));
    let has_contacts = |pair: &Pair| pair.observed.offered > 0.0;
    let days: Vec<Pair> = days.filter(has_contacts).collect();
    let hours: Vec<Pair> = hours.filter(has_contacts).collect();
    Comparison {
        replications: simulated.replications,
        seed,
        queues: queues.collect(),
        distance_by_day: Distance::over(&days),
        distance_by_hour: Distance::over(&hours),
        total,
        days,
        hours,
    }
}

/// The ranges of single horizons, of everything (0) or a queue (from 1).
fn chance(simulated: &Simulated, number: usize) -> Chance {
    let range = |of: fn(&Counted) -> Option<f64>| {
        let values = simulated.each.iter().map(|counted| of(&counted[number]));
        prediction(&values.collect::<Option<Vec<f64>>>()?)
    };
    Chance {
        abandonment: range(Counted::abandonment),
        asa_s: range(Counted::asa_s),
        service_level: range(Counted::service_level),
    }
}

/// Where one further value of the same kind lies with 95 %.
///
/// # Formula
///
/// mean ± t(n − 1, 0.975) · s · √(1 + 1/n), s the standard deviation of the n values.
///
/// # Source
///
/// Hahn, Meeker, *Statistical Intervals* (1991), section 4.7: a prediction interval for one future observation of a normal population.
fn prediction(values: &[f64]) -> Option<[f64; 2]> {
    let count = values.len() as f64;
    let factor = t_quantile(values.len() as u64)?;
    let mean = values.iter().sum::<f64>() / count;
    let square: f64 = values.iter().map(|value| (value - mean).powi(2)).sum();
    let half = factor * (square / (count - 1.0) * (1.0 + 1.0 / count)).sqrt();
    Some([mean - half, mean + half])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_prediction_is_wider_than_a_confidence_interval_by_the_root_of_n_plus_one() {
        // 1, 2, 3: mean 2, standard deviation 1, t of two degrees of freedom 4.3027.
        let [low, high] = prediction(&[1.0, 2.0, 3.0]).expect("three values");
        let half = 4.302_653 * (4.0_f64 / 3.0).sqrt();
        assert!((low - (2.0 - half)).abs() < 1e-4 && (high - (2.0 + half)).abs() < 1e-4);
        assert_eq!(prediction(&[1.0]), None);
    }
}
