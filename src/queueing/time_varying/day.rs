//! A day of intervals, and what is told of each.

use super::figures::Figures;
use super::outlook::{in_time, outlook};
use super::state::{Rates, State};
use crate::queueing::fault::{MOST_SERVERS, QueueError, not_negative, positive, share};
use crate::queueing::integral::nodes;
use crate::queueing::measures::threshold;

/// A day: staff by interval, and arrival rates by interval or by equal parts of it.
#[derive(Debug, Clone, PartialEq)]
pub struct Day {
    /// Length of an interval (s).
    pub interval_s: f64,
    /// Staff, one number an interval.
    pub staff: Vec<u32>,
    /// Arrivals per second, one number an interval, or the same number of them for each.
    pub arrivals_per_s: Vec<f64>,
    /// Mean handle time (s, exponential).
    pub handle_time_s: f64,
    /// Mean patience (s, exponential); `None` is patience without end.
    pub mean_patience_s: Option<f64>,
    /// Share of those who would have to wait that leaves at once.
    pub balk: f64,
    /// The threshold of the service level (s).
    pub within_s: f64,
}

impl Day {
    fn check(&self) -> Result<(), QueueError> {
        positive("the interval", self.interval_s)?;
        positive("the mean handle time", self.handle_time_s)?;
        if let Some(mean) = self.mean_patience_s {
            positive("the mean patience", mean)?;
        }
        share("the share that leaves at once", self.balk)?;
        threshold(self.within_s)?;
        for rate in &self.arrivals_per_s {
            not_negative("an arrival rate", *rate)?;
        }
        for staff in &self.staff {
            if *staff > MOST_SERVERS {
                return Err(QueueError::ServersOutOfRange {
                    found: f64::from(*staff),
                });
            }
        }
        let (intervals, rates) = (self.staff.len(), self.arrivals_per_s.len());
        if intervals == 0 || rates == 0 || !rates.is_multiple_of(intervals) {
            return Err(QueueError::WrongLength {
                what: "the arrival rates, one for each interval or each equal part of it",
                expected: intervals.max(1),
                found: rates,
            });
        }
        Ok(())
    }

    /// When the staff changes, and to what.
    fn changes(&self) -> Vec<(f64, usize)> {
        let pairs = self.staff.windows(2).enumerate();
        pairs
            .filter(|(_, pair)| pair[0] != pair[1])
            .map(|(at, pair)| ((at + 1) as f64 * self.interval_s, pair[1] as usize))
            .collect()
    }
}

/// Figures of each interval.
///
/// # Formula
///
/// With b busy, s staff, q waiting, λ, μ, θ: q or b grows at rate λ; below the staff b falls at rate bμ; at b = s, q falls at rate sμ + qθ;
/// beyond, b falls at rate bμ and q at rate qθ. Solved by uniformisation, Σ P(Poisson(Λt) = n) Pⁿ; the integrals over time likewise.
/// Service levels follow a contact from its arrival to its threshold, over changes of the staff.
///
/// # Source
///
/// A. Ingolfsson, M. Haughton and others, "A survey and experimental comparison of service-level-approximation methods for nonstationary
/// M(t)/M/s(t) queueing systems with exhaustive discipline", *INFORMS Journal on Computing* 19 (2007); uniformisation: A. Jensen,
/// "Markoff chains as an aid in the study of Markoff processes", *Skandinavisk Aktuarietidskrift* 36 (1953).
///
/// # Examples
///
/// Nobody there to answer: all wait, and nobody leaves.
///
/// ```
/// use channelmix::queueing::time_varying::{Day, solve};
/// let day = Day {
///     interval_s: 100.0, staff: vec![0], arrivals_per_s: vec![0.1], handle_time_s: 10.0, mean_patience_s: None, balk: 0.0, within_s: 5.0,
/// };
/// let figures = solve(&day)?;
/// // On average 0.1 · 100 / 2 are waiting.
/// assert!((figures[0].queue_length() - 5.0).abs() < 1e-9);
/// # Ok::<(), channelmix::queueing::QueueError>(())
/// ```
///
/// # Errors
/// When a number is out of its range, the lists do not fit, or the chain is too large.
pub fn solve(day: &Day) -> Result<Vec<Figures>, QueueError> {
    day.check()?;
    let changes = day.changes();
    let parts = day.arrivals_per_s.len() / day.staff.len();
    let part_s = day.interval_s / parts as f64;
    let mut rates = Rates {
        arrivals: 0.0,
        service: 1.0 / day.handle_time_s,
        leaving: day.mean_patience_s.map_or(0.0, |mean| 1.0 / mean),
        balk: day.balk,
    };
    let mut state = State::empty(day.staff[0] as usize);
    let mut work = 0.0;
    let mut all = Vec::with_capacity(day.staff.len());
    for (interval, staff) in day.staff.iter().enumerate() {
        if state.staff != *staff as usize {
            state = state.restaffed(*staff as usize);
        }
        let mut figures = Figures {
            staffed_s: f64::from(*staff) * day.interval_s,
            ..Figures::default()
        };
        for part in 0..parts {
            let index = interval * parts + part;
            rates.arrivals = day.arrivals_per_s[index];
            let start = index as f64 * part_s;
            let stretch = Stretch {
                rates: &rates,
                within: day.within_s,
                changes: &changes,
            };
            let more = stretch.run(&mut state, start, start + part_s, &mut work)?;
            figures = figures.plus(&more);
        }
        all.push(figures);
    }
    Ok(all)
}

/// A stretch of constant rates and staff.
struct Stretch<'a> {
    rates: &'a Rates,
    within: f64,
    changes: &'a [(f64, usize)],
}

impl Stretch<'_> {
    fn run(
        &self,
        state: &mut State,
        from: f64,
        to: f64,
        work: &mut f64,
    ) -> Result<Figures, QueueError> {
        // Where a change comes into sight, the outlook has a kink.
        let mut cuts: Vec<f64> = self
            .changes
            .iter()
            .map(|(at, _)| at - self.within)
            .collect();
        cuts.retain(|cut| *cut > from && *cut < to);
        cuts.push(to);
        let mut figures = Figures::default();
        let mut start = from;
        for end in cuts {
            let middle = f64::midpoint(start, end);
            let sees_change = |(at, _): &(f64, usize)| *at > middle && *at < middle + self.within;
            let more = if self.changes.iter().any(sees_change) {
                self.changing(state, start, end, work)?
            } else {
                self.steady(state, start, end, work)?
            };
            figures = figures.plus(&more);
            start = end;
        }
        Ok(figures)
    }

    /// All contacts of the stretch have the same outlook.
    fn steady(
        &self,
        state: &mut State,
        from: f64,
        to: f64,
        work: &mut f64,
    ) -> Result<Figures, QueueError> {
        let integral = state.advance(self.rates, to - from, work)?;
        let mut figures = self.figures(&integral, to - from);
        if self.rates.arrivals > 0.0 {
            let shape = (integral.staff, integral.excess(), integral.places());
            let chances = outlook(shape, self.rates, self.within, self.changes, from);
            let [answered, gone] = in_time(&integral, &chances, self.rates.balk);
            figures.answered_in_time = self.rates.arrivals * answered;
            figures.abandoned_in_time = self.rates.arrivals * gone;
        }
        Ok(figures)
    }

    /// The outlook changes from moment to moment: integrated over the time of arrival.
    fn changing(
        &self,
        state: &mut State,
        from: f64,
        to: f64,
        work: &mut f64,
    ) -> Result<Figures, QueueError> {
        let busiest = (state.staff + state.excess()) as f64;
        let pace = self.rates.arrivals + busiest * self.rates.service + 8.0 * self.rates.leaving;
        let panels = (pace * (to - from) / 12.0).ceil().max(1.0);
        let width = (to - from) / panels;
        let mut figures = Figures::default();
        let mut now = from;
        let mut panel = 0.0;
        while panel < panels {
            let end = from + (panel + 1.0) * width;
            let mut at: Vec<(f64, f64)> = nodes(from + panel * width, end).collect();
            at.sort_by(|a, b| a.0.total_cmp(&b.0));
            at.push((end, 0.0));
            for (time, weight) in at {
                let integral = state.advance(self.rates, time - now, work)?;
                figures = figures.plus(&self.figures(&integral, time - now));
                now = time;
                if weight > 0.0 && self.rates.arrivals > 0.0 {
                    let shape = (state.staff, state.excess(), state.places());
                    let chances = outlook(shape, self.rates, self.within, self.changes, time);
                    let [answered, gone] = in_time(state, &chances, self.rates.balk);
                    figures.answered_in_time += weight * self.rates.arrivals * answered;
                    figures.abandoned_in_time += weight * self.rates.arrivals * gone;
                }
            }
            panel += 1.0;
        }
        Ok(figures)
    }

    /// What the integral of the state tells.
    fn figures(&self, integral: &State, length_s: f64) -> Figures {
        let staff = integral.staff;
        let full = integral.full.iter().flatten().sum::<f64>();
        let waiting_s = integral.sum(|_, waiting| waiting as f64);
        let delayed = self.rates.arrivals * full;
        Figures {
            length_s,
            arrivals: self.rates.arrivals * length_s,
            delayed,
            abandonments: self.rates.leaving * waiting_s + self.rates.balk * delayed,
            waiting_s,
            busy_s: integral.sum(|busy, _| busy as f64),
            excess_s: integral.sum(|busy, _| busy.saturating_sub(staff) as f64),
            ..Figures::default()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::queueing::{Definition, Load, SteadyState, erlang_a};

    fn day(staff: Vec<u32>, rate: f64) -> Day {
        Day {
            interval_s: 500.0,
            arrivals_per_s: vec![rate; staff.len()],
            staff,
            handle_time_s: 10.0,
            mean_patience_s: Some(20.0),
            balk: 0.0,
            within_s: 7.0,
        }
    }

    #[test]
    fn a_constant_day_becomes_erlang_a() {
        let figures = solve(&day(vec![6; 4], 0.5)).unwrap();
        let exact = erlang_a::solve(Load::new(0.5, 10.0).unwrap(), 6, 20.0).unwrap();
        let (last, measures) = (figures[3], exact.measures());
        assert!((last.p_delay().unwrap() - measures.p_wait).abs() < 1e-10);
        assert!((last.queue_length() - measures.queue_length).abs() < 1e-10);
        let answered = exact.within(7.0).unwrap().answered;
        assert!((last.service_level(Definition::Offered).unwrap() - answered).abs() < 1e-10);
        assert_eq!(last.service_level(Definition::Answered), None);
    }

    #[test]
    fn nobody_is_lost_when_the_staff_changes() {
        let figures = solve(&day(vec![6, 2, 9, 0, 5], 0.5)).unwrap();
        let whole = figures
            .iter()
            .fold(Figures::default(), |sum, each| sum.plus(each));
        // Answered contacts are the busy time over the handle time; the rest left or is still there.
        let gone = whole.busy_s / 10.0 + whole.abandonments;
        assert!(
            whole.arrivals - gone > 0.0 && whole.arrivals - gone < 12.0,
            "{whole:?}"
        );
        assert!(figures[1].excess_s > 0.0 && figures[3].excess_s > 0.0);
    }

    #[test]
    fn lists_that_do_not_fit_are_refused() {
        let mut wrong = day(vec![3, 3], 0.5);
        wrong.arrivals_per_s.pop();
        assert!(matches!(solve(&wrong), Err(QueueError::WrongLength { .. })));
        assert!(solve(&day(Vec::new(), 0.5)).is_err());
        assert!(solve(&day(vec![3], f64::NAN)).is_err());
        assert!(solve(&day(vec![100_001], 1.0)).is_err());
    }
}
