//! How many contacts were to be expected, interval by interval, on the days of a log.
//!
//! What came in a quarter of an hour is itself a draw. A simulation that draws again around it would scatter twice as much as the centre did,
//! and customers would wait longer. So counts are drawn towards the mean and the shape of days alike, as far as they scatter no more than
//! chance: first hours within their day, then days.
//!
//! # Formula
//!
//! With T contacts of a queue on a day and p an interval's share over all days of the same hours, T·p is expected; e is the sum of these over
//! an hour, N what came in it. If the rate of a day's hour is Gamma distributed around e with cv² = c, its best estimate from N is
//! e·(1 + c·N) / (1 + c·e), and the hour's intervals are scaled alike. c comes from the scatter beyond chance, Σ((N − e)² − v) / Σe², with v =
//! e·(1 − e/T)·(1 − T/ΣT) the variance that chance alone gives with T known and p estimated. c = 0 gives e, a large c gives N. The same
//! is done with T itself, around the mean of the D days alike, and with the shape's intervals, around the mean of the D intervals of their
//! hour, where v = e·(1 − 1/D). All is scaled to the contacts of the horizon.
//!
//! # Source
//!
//! The Gamma–Poisson model: Robbins, "An empirical Bayes approach to statistics", *Proc. Third Berkeley Symposium* 1 (1956); for arrivals to
//! call centres Jongbloed, Koole, "Managing uncertainty in call centres using Poisson mixtures", *Applied Stochastic Models in Business
//! and Industry* 17 (2001).

use std::collections::BTreeMap;
use std::ops::Range;

use crate::scenario::log::Log;
use crate::time::Calendar;
use crate::time::instant::MICROS_PER_HOUR;

use super::counted::{HOURS, hour_of};
use super::seen::piece_of;

/// A day's hours are those between which all but this share of its contacts came at each end.
const EDGE: f64 = 0.01;

/// Expected contacts of each queue by interval of the horizon.
pub(super) fn expected(log: &Log) -> Vec<Vec<f64>> {
    let calendar = &log.calendar;
    let pieces = calendar.pieces().count();
    let mut counts = vec![vec![0.0; pieces]; log.queues.len()];
    for contact in &log.contacts {
        if let Some((piece, _)) = piece_of(calendar, contact.arrived) {
            counts[contact.queue as usize][piece] += 1.0;
        }
    }
    let alike = days_alike(log);
    let block = usize::try_from(MICROS_PER_HOUR / calendar.interval().0).unwrap_or(1);
    counts
        .iter()
        .map(|counts| smoothed(counts, &alike, block))
        .collect()
}

/// The pieces of days that are open at the same hours, kind by kind. Days on which the clocks change are alone.
fn days_alike(log: &Log) -> Vec<Vec<Range<usize>>> {
    let calendar = &log.calendar;
    let mut by_weekday = [[0_u64; HOURS]; 7];
    for contact in &log.contacts {
        if let Some((day, hour)) = hour_of(calendar, contact.arrived) {
            by_weekday[usize::from(calendar.days()[day].weekday)][hour] += 1;
        }
    }
    let hours = by_weekday.map(|counts| open_hours(&counts));
    let mut alike: BTreeMap<_, Vec<Range<usize>>> = BTreeMap::new();
    let mut from = 0;
    for (number, day) in calendar.days().iter().enumerate() {
        let to = from + calendar.pieces_in(number);
        let odd = (to - from != usual(calendar)).then_some(number);
        let hours = hours[usize::from(day.weekday)];
        alike.entry((hours, odd)).or_default().push(from..to);
        from = to;
    }
    alike.into_values().collect()
}

fn usual(calendar: &Calendar) -> usize {
    calendar.intervals_a_day()
}

/// The first and the last hour in which contacts come, but for a few.
fn open_hours(counts: &[u64; HOURS]) -> Option<(usize, usize)> {
    let all: u64 = counts.iter().sum();
    let few = EDGE * all as f64;
    let mut before = 0;
    let mut first = None;
    let mut last = None;
    for (hour, count) in counts.iter().enumerate() {
        before += count;
        if *count > 0 && before as f64 > few {
            first = first.or(Some(hour));
            if last.is_none() && (all - before) as f64 <= few {
                last = Some(hour);
            }
        }
    }
    first.zip(last)
}

/// What came in a stretch, what was to be expected, and the variance that chance alone gives.
struct Stretch {
    range: Range<usize>,
    count: f64,
    mean: f64,
    chance: f64,
}

/// Counts by interval drawn towards the shape of days alike; the day's own rate is looked for by blocks of `block` intervals.
fn smoothed(counts: &[f64], alike: &[Vec<Range<usize>>], block: usize) -> Vec<f64> {
    let mut expected = vec![0.0; counts.len()];
    let (mut whole_days, mut blocks) = (Vec::new(), Vec::new());
    for days in alike {
        let all: f64 = days.iter().map(|day| sum(counts, day)).sum();
        if all <= 0.0 {
            continue;
        }
        let shape = shape(counts, days, block);
        let shares: Vec<f64> = shape.iter().map(|count| count / all).collect();
        let mean = all / days.len() as f64;
        for day in days {
            let total = sum(counts, day);
            whole_days.push(Stretch {
                range: day.clone(),
                count: total,
                mean,
                chance: mean * (1.0 - 1.0 / days.len() as f64),
            });
            for (piece, share) in shares.iter().enumerate() {
                expected[day.start + piece] = total * share;
            }
            for from in day.clone().step_by(block) {
                let range = from..(from + block).min(day.end);
                let mean = sum(&expected, &range);
                let of_day = if total > 0.0 { mean / total } else { 0.0 };
                blocks.push(Stretch {
                    count: sum(counts, &range),
                    mean,
                    chance: mean * (1.0 - of_day) * (1.0 - total / all),
                    range,
                });
            }
        }
    }
    for (range, estimate) in estimates(&blocks) {
        rescale(&mut expected, &range, estimate);
    }
    for (range, estimate) in estimates(&whole_days) {
        rescale(&mut expected, &range, estimate);
    }
    let all = 0..counts.len();
    rescale(&mut expected, &all, sum(counts, &all));
    expected
}

/// The contacts of all days by interval of the day; within blocks of `block` intervals they differ as far as they scatter more than chance.
fn shape(counts: &[f64], days: &[Range<usize>], block: usize) -> Vec<f64> {
    let length = days.first().map_or(0, Range::len);
    let of_days = |piece: usize| days.iter().map(|day| counts[day.start + piece]).sum();
    let mut shape: Vec<f64> = (0..length).map(of_days).collect();
    let blocks = (0..length).step_by(block);
    let blocks: Vec<Range<usize>> = blocks
        .map(|from| from..(from + block).min(length))
        .collect();
    let mut pieces = Vec::new();
    for range in &blocks {
        let mean = sum(&shape, range) / range.len() as f64;
        pieces.extend(range.clone().map(|piece| Stretch {
            range: piece..piece + 1,
            count: shape[piece],
            mean,
            chance: mean * (1.0 - 1.0 / range.len() as f64),
        }));
    }
    let totals: Vec<f64> = blocks.iter().map(|range| sum(&shape, range)).collect();
    for (range, estimate) in estimates(&pieces) {
        shape[range.start] = estimate;
    }
    for (range, total) in blocks.iter().zip(totals) {
        rescale(&mut shape, range, total);
    }
    shape
}

/// What was to be expected in each stretch, after what came in it.
fn estimates(stretches: &[Stretch]) -> impl Iterator<Item = (Range<usize>, f64)> {
    let beyond = |own: &Stretch| (own.count - own.mean).powi(2) - own.chance;
    let beyond: f64 = stretches.iter().map(beyond).sum();
    let squares: f64 = stretches.iter().map(|own| own.mean * own.mean).sum();
    let scatter = if squares > 0.0 {
        (beyond / squares).max(0.0)
    } else {
        0.0
    };
    stretches.iter().map(move |own| {
        let factor = (1.0 + scatter * own.count) / (1.0 + scatter * own.mean);
        (own.range.clone(), own.mean * factor)
    })
}

/// Scales the values of a range to a sum.
fn rescale(values: &mut [f64], range: &Range<usize>, wanted: f64) {
    let found = sum(values, range);
    if found > 0.0 {
        for value in &mut values[range.clone()] {
            *value *= wanted / found;
        }
    }
}

fn sum(values: &[f64], range: &Range<usize>) -> f64 {
    values[range.clone()].iter().sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_that_scatter_as_chance_does_take_the_shape_of_all_days() {
        // Four days of 100 in two intervals, shares 1/2: (N − e)² is 4 each, chance gives 50 · 1/2 · 3/4.
        let counts = [48.0, 52.0, 52.0, 48.0, 48.0, 52.0, 52.0, 48.0];
        let days = vec![vec![0..2, 2..4, 4..6, 6..8]];
        for mean in smoothed(&counts, &days, 1) {
            assert!((mean - 50.0).abs() < 1e-12, "{mean}");
        }
    }

    #[test]
    fn counts_that_scatter_more_stay_near_what_they_were() {
        // (N − e)² is 900 each, chance gives 18.75: c = 881.25 / 2500, so that 20 becomes 50 (1 + 20c) / (1 + 50c).
        let counts = [20.0, 80.0, 80.0, 20.0, 20.0, 80.0, 80.0, 20.0];
        let days = vec![vec![0..2, 2..4, 4..6, 6..8]];
        let smoothed = smoothed(&counts, &days, 1);
        let c = 881.25 / 2500.0;
        let exact = 50.0 * (1.0 + 20.0 * c) / (1.0 + 50.0 * c);
        assert!((smoothed[0] - exact).abs() < 1e-9, "{smoothed:?} {exact}");
    }

    #[test]
    fn intervals_of_an_hour_differ_in_shape_as_far_as_they_differ_beyond_chance() {
        // Hours of two intervals: 100 | 104 and 52 | 48 scatter as chance does, with both days alike.
        let even = smoothed(&[50.0, 52.0, 26.0, 24.0].repeat(2), &[vec![0..4, 4..8]], 2);
        assert!(
            even.iter()
                .zip([51.0, 51.0, 25.0, 25.0].repeat(2))
                .all(|(found, mean)| (found - mean).abs() < 1e-9),
            "{even:?}"
        );
        // 10 and 90 where 50 were to be expected: (N − e)² is 1600 each, chance gives 25: c = 3150 / 5000, so that 10 becomes
        // 50 (1 + 10c) / (1 + 50c), on two days.
        let steep = smoothed(&[5.0, 45.0].repeat(2), &[vec![0..2, 2..4]], 2);
        let c = 3150.0 / 5000.0;
        let exact = 25.0 * (1.0 + 10.0 * c) / (1.0 + 50.0 * c);
        assert!((steep[0] - exact).abs() < 1e-9, "{steep:?} {exact}");
    }

    #[test]
    fn days_that_differ_by_chance_alone_become_alike_and_others_do_not() {
        let days = vec![vec![0..1, 1..2, 2..3, 3..4]];
        for mean in smoothed(&[95.0, 105.0, 98.0, 102.0], &days, 1) {
            assert!((mean - 100.0).abs() < 1e-12, "{mean}");
        }
        // (T − 100)² is 2500 each, chance gives 75: c = 0.2425, so that 50 stays within 2 of what it was.
        let apart = smoothed(&[50.0, 150.0, 50.0, 150.0], &days, 1);
        assert!(
            (apart[0] - 52.0).abs() < 0.1 && (apart[1] - 148.0).abs() < 0.1,
            "{apart:?}"
        );
    }

    #[test]
    fn a_day_alone_of_its_kind_stays_as_it_was() {
        let counts = [3.0, 0.0, 7.0, 5.0, 5.0, 5.0];
        let smoothed = smoothed(&counts, &[0..3, 3..6].map(|day| Vec::from([day])), 1);
        for (found, count) in smoothed.iter().zip(counts) {
            assert!((found - count).abs() < 1e-12, "{smoothed:?}");
        }
    }

    #[test]
    fn hours_are_those_of_nearly_all_contacts() {
        let mut counts = [0; HOURS];
        counts[3] = 1;
        counts[8..20].fill(50);
        assert_eq!(open_hours(&counts), Some((8, 19)));
        assert_eq!(open_hours(&[0; HOURS]), None);
    }
}
