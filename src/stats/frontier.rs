//! Which mixes are worth their cost: those that no other mix beats in both cost and what is got for it.

use serde::Serialize;

use super::estimate::Estimate;
use super::measure::Measure;

/// Where a mix stands. The words "in the means" and "for certain" differ by the intervals of the differences.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Standing {
    /// No other mix can be as cheap and as good.
    Efficient,
    /// None is in the means; one may be.
    PerhapsEfficient,
    /// One is in the means; it may be chance.
    PerhapsDominated,
    /// One is for certain.
    Dominated,
    /// There is nothing to compare.
    Unknown,
}

impl Standing {
    /// Its name in files.
    pub fn word(self) -> &'static str {
        match self {
            Self::Efficient => "efficient",
            Self::PerhapsEfficient => "perhaps_efficient",
            Self::PerhapsDominated => "perhaps_dominated",
            Self::Dominated => "dominated",
            Self::Unknown => "unknown",
        }
    }

    /// Whether no other mix is as cheap and as good in the means.
    pub fn is_on_frontier(self) -> bool {
        matches!(self, Self::Efficient | Self::PerhapsEfficient)
    }
}

/// One mix among others.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// Where it stands.
    pub standing: Standing,
    /// The mixes that dominate it in the means, and whether they do for certain; those first.
    pub by: Vec<(usize, bool)>,
}

/// One mix less another.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Gap {
    /// By how much it costs more.
    pub cost: Estimate,
    /// By how much more is got for it.
    pub gain: Estimate,
}

impl Gap {
    /// Whether the one is at most as dear, at least as good, and in one of these better.
    fn dominates(&self) -> bool {
        let (Some(cost), Some(gain)) = (self.cost.mean, self.gain.mean) else {
            return false;
        };
        cost <= 0.0 && gain >= 0.0 && (cost < 0.0 || gain > 0.0)
    }

    /// The same by the whole intervals.
    fn dominates_for_certain(&self) -> bool {
        let (Some(cost), Some(gain)) = (self.cost.hi, self.gain.lo) else {
            return false;
        };
        self.dominates() && cost <= 0.0 && gain >= 0.0 && (cost < 0.0 || gain > 0.0)
    }

    /// Whether the intervals leave room for that.
    fn may_dominate(&self) -> bool {
        let (Some(cost), Some(gain)) = (self.cost.lo, self.gain.hi) else {
            return self.dominates();
        };
        let is_same = |gap: &Estimate| gap.lo == Some(0.0) && gap.hi == Some(0.0);
        cost <= 0.0 && gain >= 0.0 && !(is_same(&self.cost) && is_same(&self.gain))
    }
}

/// Cost against what is got for it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Frontier {
    /// The figure that should be small.
    pub cost: Measure,
    /// The figure that is got for it.
    pub gain: Measure,
    /// Whether that should be large.
    pub larger_is_better: bool,
    /// The mixes, the cheapest first.
    pub mixes: Vec<OnFrontier>,
}

/// A mix in a frontier.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct OnFrontier {
    /// Its name.
    pub name: String,
    /// What it costs.
    pub cost: Estimate,
    /// What is got for it.
    pub gain: Estimate,
    /// Where it stands.
    pub standing: Standing,
    /// Who dominates it.
    pub dominated_by: Vec<Dominator>,
}

/// A mix that is as cheap and as good as another.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Dominator {
    /// Its name.
    pub name: String,
    /// Whether the intervals leave no doubt.
    pub for_certain: bool,
}

/// Where each of so many mixes stands. `gap` is the first less the second; its intervals should be wide enough to hold all together.
pub fn frontier(mixes: usize, gap: impl Fn(usize, usize) -> Gap) -> Vec<Place> {
    let place = |own: usize| {
        let others = (0..mixes).filter(|&other| other != own);
        let gaps: Vec<(usize, Gap)> = others.map(|other| (other, gap(other, own))).collect();
        let is_known = |(_, gap): &(usize, Gap)| gap.cost.mean.and(gap.gain.mean).is_some();
        let mut by: Vec<(usize, bool)> = gaps
            .iter()
            .filter(|(_, gap)| gap.dominates())
            .map(|(other, gap)| (*other, gap.dominates_for_certain()))
            .collect();
        by.sort_by_key(|&(_, is_certain)| !is_certain);
        let standing = match by.first() {
            Some((_, true)) => Standing::Dominated,
            Some((_, false)) => Standing::PerhapsDominated,
            None if mixes > 1 && !gaps.iter().any(is_known) => Standing::Unknown,
            None if gaps.iter().any(|(_, gap)| gap.may_dominate()) => Standing::PerhapsEfficient,
            None => Standing::Efficient,
        };
        Place { standing, by }
    };
    (0..mixes).map(place).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// Points of cost and gain, each difference with the same half-width.
    fn places(points: &[(i32, i32)], half_width: f64) -> Vec<Place> {
        frontier(points.len(), |one, other| {
            let (one, other) = (points[one], points[other]);
            let around = |less: i32| Estimate::around(f64::from(less), half_width);
            Gap {
                cost: around(one.0 - other.0),
                gain: around(one.1 - other.1),
            }
        })
    }

    fn standings(points: &[(i32, i32)], half_width: f64) -> Vec<Standing> {
        let places = places(points, half_width);
        places.iter().map(|place| place.standing).collect()
    }

    #[test]
    fn who_is_dearer_and_no_better_is_dominated() {
        use Standing::{Dominated, Efficient, PerhapsDominated, PerhapsEfficient};
        let points = [(100, 80), (120, 90), (130, 88), (90, 70)];
        assert_eq!(
            standings(&points, 0.0),
            [Efficient, Efficient, Dominated, Efficient]
        );
        assert_eq!(places(&points, 0.0)[2].by, [(1, true)]);
        // Two points of gain may be chance.
        assert_eq!(
            standings(&points, 3.0),
            [Efficient, Efficient, PerhapsDominated, Efficient]
        );
        // By as little the first may be beaten.
        assert_eq!(
            standings(&[(100, 80), (102, 80)], 3.0),
            [PerhapsEfficient, PerhapsDominated]
        );
    }

    #[test]
    fn two_of_the_same_dominate_neither() {
        assert_eq!(standings(&[(5, 5), (5, 5)], 0.0), [Standing::Efficient; 2]);
        assert_eq!(standings(&[(5, 5)], 0.0), [Standing::Efficient]);
    }

    #[test]
    fn nothing_to_compare_is_unknown() {
        let nothing = Gap {
            cost: Estimate::around(0.0, 1.0),
            gain: Estimate::NONE,
        };
        let places = frontier(2, |_, _| nothing);
        assert!(
            places
                .iter()
                .all(|place| place.standing == Standing::Unknown)
        );
    }

    fn points() -> impl Strategy<Value = Vec<(i32, i32)>> {
        prop::collection::vec((0..12, 0..12), 1..12)
    }

    proptest! {
        #[test]
        fn the_frontier_beats_all_others_and_nobody_on_it(points in points()) {
            let places = places(&points, 0.0);
            let beats = |one: usize, other: usize| {
                let (one, other) = (points[one], points[other]);
                one.0 <= other.0 && one.1 >= other.1 && one != other
            };
            let on: Vec<usize> = (0..points.len())
                .filter(|&mix| places[mix].standing.is_on_frontier())
                .collect();
            prop_assert!(!on.is_empty());
            for (mix, place) in places.iter().enumerate() {
                let is_on = on.contains(&mix);
                prop_assert_eq!(is_on, !(0..points.len()).any(|other| beats(other, mix)));
                // Whoever is beaten is beaten by somebody on the frontier.
                prop_assert!(is_on || on.iter().any(|&best| beats(best, mix)));
                for &(by, is_certain) in &place.by {
                    prop_assert!(beats(by, mix) && is_certain);
                }
            }
        }

        #[test]
        fn doubt_decides_nothing_anew(points in points(), half_width in 0.0..8.0_f64) {
            for (sure, doubted) in places(&points, 0.0).iter().zip(places(&points, half_width)) {
                prop_assert_eq!(sure.standing.is_on_frontier(), doubted.standing.is_on_frontier());
                prop_assert_eq!(sure.by.len(), doubted.by.len());
            }
        }

        #[test]
        fn a_dominated_mix_more_changes_nothing_for_the_others(points in points(), at in 0_usize..12, dearer in 1..5, worse in 1..5) {
            let before = standings(&points, 0.0);
            let (cost, gain) = points[at % points.len()];
            let mut more = points.clone();
            more.push((cost + dearer, gain - worse));
            let after = standings(&more, 0.0);
            prop_assert_eq!(&after[..points.len()], &before[..]);
            prop_assert_eq!(after[points.len()], Standing::Dominated);
        }

        #[test]
        fn the_order_of_the_mixes_does_not_count(points in points()) {
            let mut turned = standings(&points.iter().rev().copied().collect::<Vec<_>>(), 1.5);
            turned.reverse();
            prop_assert_eq!(turned, standings(&points, 1.5));
        }
    }
}
