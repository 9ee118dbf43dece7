//! Quantiles over horizons that come in worlds.

use crate::stats::estimate::Estimate;
use crate::stats::student::t_quantile;

/// The value below which a share of all horizons lies. Horizons of a world are alike, so the interval counts worlds: it reaches from the
/// one quantile to the other between which the share below the value may truly lie.
///
/// # Source
/// R. S. Woodruff, "Confidence intervals for medians and other position measures", *Journal of the American Statistical Association* 47
/// (1952), 635-646; the share's variance is that of a ratio over clusters.
pub(super) fn quantile(worlds: &[Vec<f64>], share: f64) -> Estimate {
    let mut all: Vec<f64> = worlds.concat();
    all.sort_by(f64::total_cmp);
    let Some(value) = at(&all, share) else {
        return Estimate::NONE;
    };
    let Some(t) = t_quantile(worlds.len() as u64) else {
        return Estimate::point(value);
    };
    let below = |values: &[f64]| values.iter().filter(|own| **own <= value).count() as f64;
    let found = below(&all) / all.len() as f64;
    let square = |world: &Vec<f64>| (below(world) - found * world.len() as f64).powi(2);
    let many = worlds.len() as f64;
    let squares: f64 = worlds.iter().map(square).sum();
    let error = (squares * many / (many - 1.0)).sqrt() / all.len() as f64;
    let end = |share: f64| {
        let is_within = (0.0..=1.0).contains(&share);
        is_within.then(|| at(&all, share)).flatten()
    };
    Estimate {
        mean: Some(value),
        lo: end(share - t * error),
        hi: end(share + t * error),
        is_of_few: false,
    }
}

/// The value below which a share of sorted values lies, straight between two of them.
///
/// # Source
/// Hyndman, Fan, "Sample quantiles in statistical packages", *The American Statistician* 50 (1996), 361-365, definition 7.
fn at(sorted: &[f64], share: f64) -> Option<f64> {
    let last = sorted.len().checked_sub(1)?;
    let at = share * last as f64;
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "between zero and the last place"
    )]
    let below = (at.floor() as usize).min(last);
    let above = (below + 1).min(last);
    Some(sorted[below] + (at - below as f64) * (sorted[above] - sorted[below]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quantiles_lie_straight_between_values() {
        let values = [1.0, 2.0, 4.0, 8.0, 16.0];
        assert_eq!(at(&values, 0.5), Some(4.0));
        assert_eq!(at(&values, 0.1), Some(1.4));
        assert_eq!(at(&values, 1.0), Some(16.0));
        assert_eq!(at(&[], 0.5), None);
    }

    /// Worlds of four horizons around a middle that a multiplicative generator draws, alike within a world or not.
    fn worlds(of: u64, seed: u64, is_alike: bool) -> Vec<Vec<f64>> {
        let mut state = seed.wrapping_mul(2_654_435_761) | 1;
        let mut draw = || {
            state = state
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1_442_695_040_888_963_407);
            (state >> 11) as f64 / (1_u64 << 53) as f64
        };
        (0..of)
            .map(|_| {
                let level = draw();
                let own = |draw: &mut dyn FnMut() -> f64| if is_alike { level } else { draw() };
                (0..4).map(|_| own(&mut draw)).collect()
            })
            .collect()
    }

    #[test]
    fn the_interval_holds_the_truth_about_as_often_as_it_says() {
        for is_alike in [false, true] {
            let holds = |seed: &u64| {
                let found = quantile(&worlds(100, *seed, is_alike), 0.5);
                found.lo.is_some_and(|lo| lo <= 0.5) && found.hi.is_some_and(|hi| hi >= 0.5)
            };
            let held = (0..1_000).filter(holds).count();
            // 95 % of 1,000, give or take four standard errors of 7.
            assert!((922..=978).contains(&held), "{held}, alike: {is_alike}");
        }
    }

    #[test]
    fn what_lies_beyond_all_values_has_no_end() {
        let few = quantile(&worlds(6, 3, true), 0.1);
        assert!(few.mean.is_some() && few.lo.is_none() && few.hi.is_some());
        assert_eq!(quantile(&[], 0.5), Estimate::NONE);
        assert_eq!(quantile(&[vec![1.0, 3.0]], 0.5), Estimate::point(2.0));
    }
}
