//! Who is there, learning and leaving, week by week. Numbers are means: a leaver is a share of a person.

use crate::scenario::hiring::HiringGroup;

const DAYS_A_YEAR: f64 = 365.25;
/// Weeks of a year.
pub const WEEKS_A_YEAR: f64 = DAYS_A_YEAR / 7.0;

/// People of a group in a week.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Headcount {
    /// Those trained, at the start of the week.
    pub trained: f64,
    /// Those in training, paid and without contacts.
    pub learning: f64,
    /// What those trained do, in people who know all: those who have just been trained do less.
    pub productive: f64,
    /// Those who leave at the end of the week.
    pub leavers: f64,
    /// Those who were trained in the week before and are new now.
    pub graduates: f64,
}

/// The share of those trained who leave in a week.
pub fn leaving(yearly: f64) -> f64 {
    (yearly / WEEKS_A_YEAR).min(1.0)
}

/// Week by week from those at the start and those who begin: headcount = previous − leavers + graduates.
pub fn headcounts(group: &HiringGroup, leaving: f64, hires: &[f64]) -> Vec<Headcount> {
    // Cohorts by the week in which they were trained; those at the start know all.
    let mut old = group.people;
    let mut cohorts: Vec<(usize, f64)> = Vec::new();
    let mut counts = Vec::with_capacity(hires.len());
    for week in 0..hires.len() {
        let graduates = week
            .checked_sub(group.training_weeks)
            .map_or(0.0, |began| hires[began]);
        if graduates > 0.0 {
            cohorts.push((week, graduates));
        }
        let known = |since: usize| group.ramp.get(week - since).copied().unwrap_or(1.0);
        let trained = old + cohorts.iter().map(|(_, people)| people).sum::<f64>();
        let productive = old
            + cohorts
                .iter()
                .map(|&(since, people)| people * known(since))
                .sum::<f64>();
        let first = (week + 1).saturating_sub(group.training_weeks);
        counts.push(Headcount {
            trained,
            learning: hires[first.min(week + 1)..=week].iter().sum(),
            productive,
            leavers: trained * leaving,
            graduates,
        });
        old *= 1.0 - leaving;
        for (_, people) in &mut cohorts {
            *people *= 1.0 - leaving;
        }
    }
    counts
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ids::Table;

    fn group(people: f64, training_weeks: usize, ramp: &[f64]) -> HiringGroup {
        HiringGroup {
            people,
            hours: 40.0,
            class: Some((1, 9)),
            may_begin: vec![true; 4],
            training_weeks,
            ramp: ramp.to_vec(),
            away: vec![0.0; 4],
            shrinkage: vec![0.0; 4],
            overtime_max: vec![0.0; 4],
            outsource_max_h: vec![0.0; 4],
            outsource_price: 0.0,
            does: Table::default(),
        }
    }

    #[test]
    fn a_class_learns_then_ramps_up_while_people_leave() {
        // A tenth leaves each week; 10 at the start, 4 begin in the first week and learn for one.
        let counts = headcounts(&group(10.0, 1, &[0.5]), 0.1, &[4.0, 0.0, 0.0, 0.0]);
        let trained: Vec<f64> = counts.iter().map(|count| count.trained).collect();
        let productive: Vec<f64> = counts.iter().map(|count| count.productive).collect();
        let close = |found: &[f64], expected: &[f64]| {
            for (found, expected) in found.iter().zip(expected) {
                assert!(
                    (found - expected).abs() < 1e-12,
                    "{found} is not {expected}"
                );
            }
        };
        close(&trained, &[10.0, 13.0, 11.7, 10.53]);
        close(&productive, &[10.0, 11.0, 11.7, 10.53]);
        let learning: Vec<f64> = counts.iter().map(|count| count.learning).collect();
        close(&learning, &[4.0, 0.0, 0.0, 0.0]);
        close(&[counts[0].leavers, counts[1].leavers], &[1.0, 1.3]);
    }

    #[test]
    fn without_training_a_class_is_there_at_once() {
        let counts = headcounts(&group(0.0, 0, &[]), 0.0, &[2.0, 3.0]);
        assert_eq!((counts[0].trained, counts[1].trained), (2.0, 5.0));
        assert_eq!((counts[0].learning, counts[1].learning), (0.0, 0.0));
    }

    #[test]
    fn a_class_that_learns_beyond_the_plan_never_takes_contacts() {
        let counts = headcounts(&group(1.0, 9, &[]), 0.0, &[2.0, 0.0, 3.0]);
        assert!((counts[2].learning - 5.0).abs() < 1e-9);
        assert!((counts[2].productive - 1.0).abs() < 1e-9);
    }
}
