//! Estimates with intervals from sums and products over replications.

use super::deviations::{Deviations, Linear, about_means};
use super::estimate::Estimate;
use super::events::{too_clustered, too_few};
use super::interval::{logit_interval, none_or_all_interval, skewed_interval};
use super::moments::{Combination, Counters, CrossMoments, Moments};
use super::student::t_quantile;

/// A quantity of counters: a sum of them for each replication, or a ratio of two sums.
#[derive(Debug, Clone, Copy)]
pub enum Quantity<'a> {
    /// The mean of a combination over replications, divided by a constant.
    Mean(&'a Combination, f64),
    /// The ratio of two combinations, pooled, divided by a constant.
    Ratio(&'a Combination, &'a Combination, f64),
    /// The same for a share, whose interval is found on the logit scale and stays within 0 and 1.
    Share(&'a Combination, &'a Combination),
    /// The mean of a combination divided by the ratio of two others, and by a constant: what a point of a share costs.
    PerShare(&'a Combination, (&'a Combination, &'a Combination), f64),
}

/// Sums over replications of one thing, ready for estimates.
#[derive(Debug, Clone, Copy)]
pub struct Sample<'a> {
    moments: &'a Moments,
    scales: &'a [i128],
    pub(super) replications: u64,
}

impl<'a> Sample<'a> {
    /// The sums of the counters `C` over so many replications.
    pub fn of<C: Counters>(moments: &'a Moments, replications: u64) -> Self {
        Self::on(moments, C::SCALES, replications)
    }

    /// The sums of counters whose products were taken in these units.
    pub(super) fn on(moments: &'a Moments, scales: &'a [i128], replications: u64) -> Self {
        Self {
            moments,
            scales,
            replications,
        }
    }

    /// The sum of a combination over all replications.
    pub fn total(&self, combination: &Combination) -> i128 {
        let of = |&(counter, factor): &(usize, i128)| {
            self.moments.sums.get(counter).map_or(0, |sum| sum * factor)
        };
        combination.iter().map(of).sum()
    }

    /// The estimate of a quantity with its 95 % interval (Student's t over replications; ratios by the delta method).
    pub fn estimate(&self, quantity: Quantity<'_>) -> Estimate {
        let Some(linear) = self.linear(quantity) else {
            return Estimate::NONE;
        };
        let value = linear.value;
        let is_of_few = self.counts_too_few(quantity);
        let Some(t) = t_quantile(self.replications) else {
            return Estimate::point(value).of_few(is_of_few);
        };
        let error = self.standard_error(self.squares(&linear).unless_noise());
        let half_width = t * error;
        match quantity {
            Quantity::Share(_, all) if value <= 0.0 || value >= 1.0 => {
                none_or_all_interval(value, self.total(all) as f64).of_few(is_of_few)
            }
            Quantity::Share(..) if error > 0.0 => {
                let rarer = value.min(1.0 - value);
                logit_interval(value, half_width).of_few(is_of_few || too_clustered(rarer, error))
            }
            Quantity::Share(..) => Estimate::around(value, 0.0).of_few(is_of_few),
            Quantity::Mean(..) | Quantity::Ratio(..) | Quantity::PerShare(..) if error > 0.0 => {
                let is_of_few = is_of_few || too_clustered(value, error);
                skewed_interval(value, half_width).of_few(is_of_few)
            }
            // What never varies is known, be it ever so little.
            Quantity::Mean(..) | Quantity::Ratio(..) | Quantity::PerShare(..) => {
                Estimate::around(value, 0.0)
            }
        }
    }

    /// Whether too few events of the rarer kind were counted. Times and money are sums over events and tell of their number only by
    /// how much they vary.
    fn counts_too_few(&self, quantity: Quantity<'_>) -> bool {
        let is_count = |combination: &Combination| {
            let mut counters = combination.iter();
            counters.all(|&(counter, _)| self.scales[counter] == 1)
        };
        match quantity {
            Quantity::Share(part, all) if is_count(part) && is_count(all) => {
                let (part, all) = (self.total(part), self.total(all));
                too_few(part.min(all - part))
            }
            // What never happened may be impossible.
            Quantity::Mean(sum, _) | Quantity::Ratio(sum, _, _) if is_count(sum) => {
                let total = self.total(sum);
                total > 0 && too_few(total)
            }
            Quantity::PerShare(_, (part, all), _) => {
                self.counts_too_few(Quantity::Share(part, all))
            }
            Quantity::Share(..) | Quantity::Mean(..) | Quantity::Ratio(..) => false,
        }
    }

    /// This quantity less the same in the base, paired by replication.
    pub fn difference(
        &self,
        quantity: Quantity<'_>,
        base: &Self,
        cross: &CrossMoments,
    ) -> Estimate {
        let (Some(own), Some(other)) = (self.linear(quantity), base.linear(quantity)) else {
            return Estimate::NONE;
        };
        let value = own.value - other.value;
        let is_of_few = self.estimate(quantity).is_of_few || base.estimate(quantity).is_of_few;
        let Some(t) = t_quantile(self.replications) else {
            return Estimate::point(value).of_few(is_of_few);
        };
        let squares = self.squares(&own) + base.squares(&other);
        let products = self.products(&own, &other, base, cross);
        let variance = (squares - products.twice()).unless_noise();
        Estimate::around(value, t * self.standard_error(variance))
            .of_few(is_of_few && variance > 0.0)
    }

    /// How many standard errors the mean of a combination is from zero; 0 where it is zero throughout.
    pub fn score(&self, combination: &Combination) -> Option<f64> {
        let linear = self.linear(Quantity::Mean(combination, 1.0))?;
        let error = self.standard_error(self.squares(&linear).unless_noise());
        (self.replications > 1).then(|| {
            if error > 0.0 {
                linear.value / error
            } else {
                0.0
            }
        })
    }

    /// From a sum of squared deviations over replications to the standard error of the mean.
    pub(super) fn standard_error(&self, squares: f64) -> f64 {
        let r = self.replications as f64;
        (squares / (r - 1.0) / r).sqrt()
    }

    pub(super) fn linear(&self, quantity: Quantity<'_>) -> Option<Linear> {
        let is_nothing = self.moments.sums.is_empty();
        let r = self.replications as f64;
        let (numerator, denominator, unit) = match quantity {
            Quantity::Mean(..) if is_nothing => {
                let (value, weights) = (0.0, Vec::new());
                return Some(Linear { value, weights });
            }
            Quantity::Mean(combination, unit) => {
                let value = self.total(combination) as f64 / r / unit;
                return Some(Linear {
                    value,
                    weights: self.weights(combination, 1.0 / unit),
                });
            }
            Quantity::Ratio(numerator, denominator, unit) => (numerator, denominator, unit),
            Quantity::Share(numerator, denominator) => (numerator, denominator, 1.0),
            Quantity::PerShare(amount, share, unit) => return self.per_share(amount, share, unit),
        };
        let under = self.total(denominator) as f64;
        if under == 0.0 {
            return None;
        }
        let ratio = self.total(numerator) as f64 / under;
        let per_replication = under / r;
        let mut weights = self.weights(numerator, 1.0 / (unit * per_replication));
        weights.extend(self.weights(denominator, -ratio / (unit * per_replication)));
        Some(Linear {
            value: ratio / unit,
            weights,
        })
    }

    /// # Formula
    /// y = (A/R) / (K/N) / u with the sums A, K, N over R replications, whose relative change is that of A and N less that of K.
    fn per_share(
        &self,
        amount: &Combination,
        (part, all): (&Combination, &Combination),
        unit: f64,
    ) -> Option<Linear> {
        let r = self.replications as f64;
        let [amounts, parts, alls] = [amount, part, all].map(|sum| self.total(sum) as f64);
        if parts == 0.0 || alls == 0.0 {
            return None;
        }
        let value = amounts / r / (parts / alls) / unit;
        let mut weights = self.weights(amount, alls / parts / unit);
        weights.extend(self.weights(all, value * r / alls));
        weights.extend(self.weights(part, -value * r / parts));
        Some(Linear { value, weights })
    }

    fn weights(&self, combination: &Combination, factor: f64) -> Vec<(usize, f64)> {
        combination
            .iter()
            .map(|&(counter, times)| (counter, times as f64 * self.scales[counter] as f64 * factor))
            .collect()
    }

    /// Σ over replications of the squared deviation.
    fn squares(&self, linear: &Linear) -> Deviations {
        self.common(linear, linear)
    }

    /// Σ over replications of the product of deviations of two quantities of the same counters.
    pub(super) fn common(&self, one: &Linear, other: &Linear) -> Deviations {
        let (moments, sums) = (self.moments, &self.moments.scaled);
        Deviations::of(one, other, |a, b| {
            about_means(moments.product(a, b), (sums[a], sums[b]), self.replications)
        })
    }

    /// Σ over replications of the product of deviations.
    fn products(
        &self,
        own: &Linear,
        other: &Linear,
        base: &Self,
        cross: &CrossMoments,
    ) -> Deviations {
        let (sums, of_base) = (&self.moments.scaled, &base.moments.scaled);
        Deviations::of(own, other, |a, b| {
            let product = cross.products[a * of_base.len() + b];
            about_means(product, (sums[a], of_base[b]), self.replications)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::stats::moments::Row;

    struct Pair(i128, i128);

    impl Counters for Pair {
        const SCALES: &'static [i128] = &[1, 1];
        fn values(&self, into: &mut Vec<i128>) {
            into.extend([self.0, self.1]);
        }
    }

    fn moments(pairs: &[(i128, i128)]) -> Moments {
        let mut moments = Moments::default();
        let mut row = Row::default();
        for &(a, b) in pairs {
            row.fill(&Pair(a, b));
            moments.add(&row);
        }
        moments
    }

    #[test]
    fn a_mean_has_the_interval_of_a_skewed_sum() {
        let moments = moments(&[(8, 0), (10, 0), (12, 0)]);
        let mean = Sample::of::<Pair>(&moments, 3).estimate(Quantity::Mean(&[(0, 1)], 1.0));
        // s = 2, t(2) = 4.3027, h = 2 / √3 · 4.3027 / 10 = 0.4968: from 10 e^−h to 10 (1 + h + h²)
        let Estimate { mean, lo, hi, .. } = mean;
        assert!((mean.unwrap() - 10.0).abs() < 1e-12);
        assert!((lo.unwrap() - 6.0846).abs() < 1e-3, "{lo:?}");
        assert!((hi.unwrap() - 17.4367).abs() < 1e-3, "{hi:?}");
    }

    #[test]
    fn a_mean_that_hardly_varies_has_the_interval_of_the_textbook() {
        let moments = moments(&[(9_998, 0), (10_000, 0), (10_002, 0)]);
        let mean = Sample::of::<Pair>(&moments, 3).estimate(Quantity::Mean(&[(0, 1)], 1.0));
        // 2 / √3 · 4.3027 = 4.9683
        assert!((mean.half_width().unwrap() - 4.9683).abs() < 2e-3);
    }

    #[test]
    fn a_ratio_pools_and_its_interval_follows_the_delta_method() {
        let moments = moments(&[(10_010, 10_000), (20_040, 20_000), (29_950, 30_000)]);
        let ratio =
            Sample::of::<Pair>(&moments, 3).estimate(Quantity::Ratio(&[(0, 1)], &[(1, 1)], 1.0));
        assert!((ratio.mean.unwrap() - 1.0).abs() < 1e-12);
        // residuals 10, 40, −50 over a mean of 20,000: √(4200 / 2 / 3) / 20000 · 4.3027
        let textbook = 4.302_653 * 700_f64.sqrt() / 20_000.0;
        assert!((ratio.half_width().unwrap() / textbook - 1.0).abs() < 0.01);
    }

    #[test]
    fn fifty_events_are_enough_and_one_less_is_not() {
        let of = |counts: &[(i128, i128)]| {
            let moments = moments(counts);
            let sample = Sample::of::<Pair>(&moments, counts.len() as u64);
            let share = sample.estimate(Quantity::Share(&[(0, 1)], &[(1, 1)]));
            let mean = sample.estimate(Quantity::Mean(&[(0, 1)], 1.0));
            (share.is_of_few, mean.is_of_few)
        };
        let fifty = [(5, 1_000), (6, 1_000), (4, 1_000), (5, 1_000), (5, 1_000)].repeat(2);
        assert_eq!(of(&fifty), (false, false));
        let mut less = fifty.clone();
        less[0].0 -= 1;
        assert_eq!(of(&less), (true, true));
        // Of the rarer kind: 49 of 10,000 that did not.
        let rarer: Vec<_> = less.iter().map(|&(a, b)| (b - a, b)).collect();
        assert_eq!(of(&rarer), (true, false));
        assert_eq!(of(&[(5, 1_000)]), (true, true), "one replication");
        assert_eq!(of(&[(500, 1_000)]), (false, false), "one replication");
    }

    #[test]
    fn events_that_come_together_are_fewer_than_they_count() {
        let mut clusters = vec![(0, 1_000); 9];
        clusters.push((600, 1_000));
        let moments = moments(&clusters);
        let sample = Sample::of::<Pair>(&moments, 10);
        let share = sample.estimate(Quantity::Share(&[(0, 1)], &[(1, 1)]));
        let mean = sample.estimate(Quantity::Mean(&[(0, 1)], 1.0));
        assert!(share.is_of_few && mean.is_of_few);
    }

    #[test]
    fn a_ratio_that_never_varies_has_no_width() {
        let moments = moments(&[(1, 10), (2, 20), (3, 30)]);
        let share = Sample::of::<Pair>(&moments, 3).estimate(Quantity::Share(&[(0, 1)], &[(1, 1)]));
        assert_eq!((share.lo, share.hi), (share.mean, share.mean));
    }

    #[test]
    fn large_figures_that_hardly_vary_keep_their_interval() {
        let large = 10_i128.pow(15);
        let moments = moments(&[(large, 1), (large + 1, 1), (large + 2, 1)]);
        let mean = Sample::of::<Pair>(&moments, 3).estimate(Quantity::Mean(&[(0, 1)], 1.0));
        // A standard deviation of 1 over √3, times 4.3027, as far as numbers of this size can say.
        let expected = 4.302_653 / 3_f64.sqrt();
        assert!((mean.half_width().unwrap() - expected).abs() < 0.2);
    }

    #[test]
    fn a_paired_difference_ignores_what_both_share() {
        let own = [(12, 10), (22, 20), (32, 30)];
        let base = [(10, 10), (20, 20), (30, 30)];
        let mut cross = CrossMoments::default();
        let (mut a, mut b) = (Row::default(), Row::default());
        for (&(own_a, own_b), &(base_a, base_b)) in own.iter().zip(&base) {
            a.fill(&Pair(own_a, own_b));
            b.fill(&Pair(base_a, base_b));
            cross.add(&a, &b);
        }
        let (own, base) = (moments(&own), moments(&base));
        let (own, base) = (Sample::of::<Pair>(&own, 3), Sample::of::<Pair>(&base, 3));
        let difference = own.difference(Quantity::Mean(&[(0, 1)], 1.0), &base, &cross);
        assert_eq!(difference, Estimate::around(2.0, 0.0));
    }

    #[test]
    fn nothing_over_nothing_is_nothing() {
        let moments = moments(&[(0, 0), (0, 0)]);
        assert_eq!(
            Sample::of::<Pair>(&moments, 2).estimate(Quantity::Share(&[(0, 1)], &[(1, 1)])),
            Estimate::NONE
        );
    }

    #[test]
    fn what_never_happened_in_few_events_may_yet_happen() {
        let moments = moments(&[(0, 2), (0, 3)]);
        let share = Sample::of::<Pair>(&moments, 2).estimate(Quantity::Share(&[(0, 1)], &[(1, 1)]));
        // None of 5: up to 52.2 % (Clopper and Pearson).
        assert_eq!((share.mean, share.lo), (Some(0.0), Some(0.0)));
        assert!((share.hi.unwrap() - 0.5218).abs() < 1e-4);
    }

    #[test]
    fn one_replication_has_no_interval() {
        let moments = moments(&[(3, 6)]);
        assert_eq!(
            Sample::of::<Pair>(&moments, 1).estimate(Quantity::Share(&[(0, 1)], &[(1, 1)])),
            Estimate::point(0.5).of_few(true)
        );
    }

    #[test]
    fn the_interval_of_a_share_stays_within_0_and_1() {
        let moments = moments(&[(1, 10), (0, 10), (0, 10)]);
        let share = Sample::of::<Pair>(&moments, 3).estimate(Quantity::Share(&[(0, 1)], &[(1, 1)]));
        assert!(share.lo.unwrap() > 0.0 && share.hi.unwrap() < 1.0);
    }
}
