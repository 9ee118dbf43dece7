//! Which mix is the best of those that keep their promises: by cost, then by whom it loses.

use std::cmp::Ordering;

use super::lost::Lost;
use super::standing::{Standing, has_all_channels};
use crate::report::material::Material;
use crate::stats::estimate::Estimate;
use crate::stats::summary::{VariantSummary, Verdict};

pub(super) fn with_all_channels<'a>(
    material: &Material<'a>,
) -> impl Iterator<Item = &'a VariantSummary> {
    let material = *material;
    let variants = material.summary.variants.iter();
    variants.filter(move |variant| has_all_channels(&material, variant))
}

pub(super) fn cheapest<'a>(
    variants: impl Iterator<Item = &'a VariantSummary>,
) -> Option<&'a VariantSummary> {
    variants.min_by(|a, b| order(&a.cost.total, &b.cost.total))
}

/// The mix with all channels that breaks the fewest promises, then leaves the fewest open, then is the least short of any.
pub(super) fn nearest<'a>(material: &Material<'a>) -> Option<&'a VariantSummary> {
    with_all_channels(material).min_by(|one, other| {
        let key = |of: &VariantSummary| {
            let standing = Standing::of(of);
            let count = |verdict| standing.of_verdict(verdict).len();
            (count(Verdict::Missed), count(Verdict::Undecided))
        };
        let order = key(one).cmp(&key(other));
        order.then_with(|| {
            Standing::of(other)
                .margin()
                .total_cmp(&Standing::of(one).margin())
        })
    })
}

/// The mixes whose cost cannot be told from the cheapest one's, that one among them.
pub(super) fn tied_with<'a>(
    cheapest: &VariantSummary,
    kept: &[&'a VariantSummary],
) -> Vec<&'a VariantSummary> {
    let limit = cheapest.cost.total.hi.or(cheapest.cost.total.mean);
    let is_tied = |of: &&&VariantSummary| {
        let low = of.cost.total.lo.or(of.cost.total.mean);
        low.zip(limit).is_some_and(|(low, limit)| low <= limit)
    };
    kept.iter().filter(is_tied).copied().collect()
}

pub(super) fn fewest_lost<'a>(
    mut variants: impl Iterator<Item = &'a VariantSummary>,
) -> Option<&'a VariantSummary> {
    let first = variants.next()?;
    Some(variants.fold(first, |best, of| {
        match order(&Lost::of(of).share, &Lost::of(best).share) {
            Ordering::Less => of,
            Ordering::Equal | Ordering::Greater => best,
        }
    }))
}

pub(super) fn order(a: &Estimate, b: &Estimate) -> Ordering {
    let key = |of: &Estimate| of.mean.unwrap_or(f64::INFINITY);
    key(a).total_cmp(&key(b))
}
