//! Handle times and patience of a log's queues.

use std::collections::BTreeMap;

use serde::Serialize;

use super::counted::{HOURS, hour_of};
use crate::dist::Family;
use crate::dist::fault::{MAX_CV, MIN_CV};
use crate::dist::fit::{Seen, ended_by, fits};
use crate::scenario::log::{Log, Logged};
use crate::time::SimDuration;
use crate::time::instant::MICROS_PER_SECOND;

/// Below so many events a queue takes the law of all queues together.
const FEW: usize = 50;
/// Times are told apart to a tenth of a second, which keeps large logs quick.
const GRAIN_MICROS: u64 = MICROS_PER_SECOND / 10;
/// Logs in whole seconds write 0 s for up to half a second.
const SHORTEST_S: f64 = 0.5;

/// How patient customers are, and how well a distribution tells it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Patience {
    /// The distribution, in words.
    pub law: String,
    /// Customers seen to leave.
    pub left: usize,
    /// Whether those of all queues were taken, since this one has few.
    pub is_pooled: bool,
    /// Some times with the share who have left by then if not answered: as seen (Kaplan-Meier) and by the law.
    pub left_by: Vec<LeftBy>,
    #[serde(skip)]
    pub(super) family: Family,
}

/// The share who have left by a time.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct LeftBy {
    /// The time.
    pub wait_s: f64,
    /// As seen, those answered earlier taken as lost from sight.
    pub observed: f64,
    /// By the law.
    pub fitted: f64,
}

/// The times at which a fit is looked at.
const LOOKED_AT_S: [f64; 3] = [20.0, 60.0, 180.0];

/// The laws of one queue.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Laws {
    pub(super) handle_time: Family,
    /// Its mean (s) by hour of the day; `None` where no hour has one of its own.
    pub(super) hourly_means_s: Option<[f64; HOURS]>,
    pub(super) is_handle_time_pooled: bool,
    /// `None` where nobody left.
    pub(super) patience: Option<Patience>,
}

/// The laws of all queues.
pub(super) fn laws(log: &Log) -> Vec<Laws> {
    let queues = log.queues.len();
    let mut handled: Vec<Vec<(usize, f64)>> = vec![Vec::new(); queues];
    let mut waits: Vec<Vec<(u64, bool)>> = vec![Vec::new(); queues];
    for contact in &log.contacts {
        let queue = contact.queue as usize;
        if let Some(answered) = contact.answered {
            let hour = hour_of(&log.calendar, contact.arrived).map_or(0, |(_, hour)| hour);
            handled[queue].push((hour, contact.released.since(answered).as_seconds()));
        }
        let is_censored = contact.answered.is_some();
        waits[queue].push((wait(contact).0 / GRAIN_MICROS, is_censored));
    }
    let (all_handled, _) = handle_time(&handled.concat());
    let all_waits = patience(&waits.concat(), true);
    let laws = handled.iter().zip(&waits).map(|(handled, waits)| {
        let left = waits.iter().filter(|(_, is_censored)| !is_censored).count();
        let is_handle_time_pooled = handled.len() < FEW;
        let (handle_time, hourly_means_s) = if is_handle_time_pooled {
            (all_handled.clone(), None)
        } else {
            handle_time(handled)
        };
        Laws {
            handle_time,
            hourly_means_s,
            is_handle_time_pooled,
            patience: if left < FEW {
                all_waits.clone()
            } else {
                patience(waits, false)
            },
        }
    });
    laws.collect()
}

/// How long a contact waited.
pub(super) fn wait(contact: &Logged) -> SimDuration {
    contact
        .answered
        .unwrap_or(contact.ended)
        .since(contact.arrived)
}

/// The lognormal distribution with the mean and the cv of what was seen (in seconds, with the hour of the arrival), and its means by hour of
/// the day, where hours have enough contacts: means keep the work as it was. The cv is that of a time over the mean of its hour.
fn handle_time(seen: &[(usize, f64)]) -> (Family, Option<[f64; HOURS]>) {
    let mean_of = |times: &[f64]| times.iter().sum::<f64>() / times.len() as f64;
    let times: Vec<f64> = seen.iter().map(|(_, time)| *time).collect();
    let mean = mean_of(&times);
    let mut means = [mean; HOURS];
    let mut varies = false;
    for (hour, own) in means.iter_mut().enumerate() {
        let times: Vec<f64> = seen
            .iter()
            .filter(|(at, _)| *at == hour)
            .map(|(_, time)| *time)
            .collect();
        let of_hour = mean_of(&times);
        if times.len() >= FEW && of_hour > 0.0 {
            (*own, varies) = (of_hour, true);
        }
    }
    let off = |(hour, time): &(usize, f64)| (time / means[*hour] - 1.0).powi(2);
    let cv = (seen.iter().map(off).sum::<f64>() / seen.len() as f64).sqrt();
    if cv >= MIN_CV {
        let cv = cv.min(MAX_CV);
        (Family::Lognormal { mean, cv }, varies.then_some(means))
    } else {
        // All alike, or all zero.
        let value = if mean.is_finite() { mean } else { 0.0 };
        (Family::Constant { value }, None)
    }
}

fn patience(waits: &[(u64, bool)], is_pooled: bool) -> Option<Patience> {
    let mut counts: BTreeMap<(u64, bool), f64> = BTreeMap::new();
    for wait in waits {
        *counts.entry(*wait).or_default() += 1.0;
    }
    let grain_s = GRAIN_MICROS as f64 / MICROS_PER_SECOND as f64;
    let times: Vec<Seen> = counts
        .into_iter()
        .filter(|((grains, is_censored), _)| *grains > 0 || !is_censored)
        .map(|((grains, is_censored), count)| Seen {
            seconds: (grains as f64 * grain_s).max(if is_censored { grain_s } else { SHORTEST_S }),
            count,
            is_censored,
        })
        .collect();
    let best = fits(&times).into_iter().next()?;
    let left_by = LOOKED_AT_S.map(|wait_s| LeftBy {
        wait_s,
        observed: ended_by(&times, wait_s),
        fitted: best.family.cdf(wait_s),
    });
    Some(Patience {
        law: words(&best.family),
        left: waits.iter().filter(|(_, is_censored)| !is_censored).count(),
        is_pooled,
        left_by: left_by.to_vec(),
        family: best.family,
    })
}

fn words(family: &Family) -> String {
    match family {
        Family::Exponential { mean } => format!("exponential, mean {mean:.0} s"),
        Family::Weibull { shape, scale } => {
            format!("Weibull, shape {shape:.2}, scale {scale:.0} s")
        }
        Family::Gamma { mean, cv } => format!("gamma, mean {mean:.0} s, cv {cv:.2}"),
        other => format!(
            "lognormal, mean {:.0} s, cv {:.2}",
            other.mean(),
            other.cv()
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn handle_times_keep_their_mean_and_cv() {
        let (Family::Lognormal { mean, cv }, None) = handle_time(&[(9, 60.0), (10, 180.0)]) else {
            panic!("two values differ, and no hour has enough");
        };
        assert!((mean - 120.0).abs() < 1e-12 && (cv - 0.5).abs() < 1e-12);
        let constant = |value| (Family::Constant { value }, None);
        assert_eq!(handle_time(&[(9, 90.0), (9, 90.0)]), constant(90.0));
        assert_eq!(handle_time(&[]), constant(0.0));
    }

    #[test]
    fn an_hour_with_enough_contacts_has_its_own_mean() {
        let mut seen = vec![(9, 60.0); FEW];
        seen.extend(vec![(10, 100.0); FEW]);
        seen.extend([(10, 120.0), (11, 500.0)]);
        let (Family::Lognormal { .. }, Some(means)) = handle_time(&seen) else {
            panic!("means vary");
        };
        assert!((means[9] - 60.0).abs() < 1e-12 && (means[10] - 5120.0 / 51.0).abs() < 1e-12);
        assert!(
            (means[11] - (3000.0 + 5620.0) / 102.0).abs() < 1e-9,
            "{means:?}"
        );
    }

    #[test]
    fn answers_at_once_tell_nothing_and_nobody_leaves_before_half_a_second() {
        let waits = [(0, true), (0, true), (0, false), (200, false), (95, true)];
        let patience = patience(&waits, false).expect("two left");
        assert_eq!(patience.left, 2);
        assert!(
            (patience.left_by[0].observed - 1.0).abs() < 1e-12,
            "{patience:?}"
        );
    }
}
