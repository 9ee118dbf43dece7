//! The mixes beside one another: the cheapest that keeps its promises, and what is to be said of the others.

use super::choice::{cheapest, fewest_lost, nearest, tied_with, with_all_channels};
use super::lost::Lost;
use super::range::{count, money};
use super::standing::{Standing, has_all_channels};
use crate::report::material::Material;
use crate::stats::summary::VariantSummary;

/// The cheapest mix with all channels that keeps every promise, or the one that is nearest to it.
pub(super) fn of_several(material: &Material<'_>) -> String {
    let kept: Vec<&VariantSummary> = with_all_channels(material)
        .filter(|of| Standing::of(of).is_kept())
        .collect();
    if let Some(cheapest) = cheapest(kept.iter().copied()) {
        let tied = tied_with(cheapest, &kept);
        let best = fewest_lost(tied.iter().copied()).unwrap_or(cheapest);
        return format!(
            "The cheapest mix that keeps every promise on every channel is “{}”, at {} for {}{}.{}",
            best.name,
            money(material, &best.cost.total),
            material.horizon(),
            less_than_base(material, best),
            as_cheap(&tied, best)
        );
    }
    nearest(material).map_or_else(String::new, |nearest| {
        format!(
            "No mix with all channels keeps every promise beyond doubt; nearest comes “{}” with {}, at {} for {}.",
            nearest.name,
            Standing::of(nearest).told(),
            money(material, &nearest.cost.total),
            material.horizon()
        )
    })
}

/// What is to be said of the mixes that cost the same as the best, as far as can be told.
fn as_cheap(tied: &[&VariantSummary], best: &VariantSummary) -> String {
    let others = tied.iter().filter(|of| of.name != best.name);
    let told = others.map(|of| {
        let lost = (Lost::of(of).share.lo, Lost::of(best).share.hi);
        let loses_more = matches!(lost, (Some(low), Some(high)) if low > high);
        let and = if loses_more {
            " and loses more customers"
        } else {
            ""
        };
        format!(" “{}” costs as much, as far as can be told{and}.", of.name)
    });
    told.collect()
}

/// `, EUR 1,200 [1,150 to 1,250] less than the base`.
fn less_than_base(material: &Material<'_>, variant: &VariantSummary) -> String {
    let Some(total) = variant.differences.as_ref().map(|of| of.cost.total) else {
        return String::new();
    };
    let size = total.mean.map_or(
        total,
        |mean| if mean < 0.0 { total.negated() } else { total },
    );
    let word = match total.mean {
        Some(mean) if mean < 0.0 => "less",
        _ => "more",
    };
    if total.excludes_zero() {
        format!(", {} {word} than the base", money(material, &size))
    } else {
        String::new()
    }
}

/// A cheaper mix that keeps its promises because it has given up a channel.
pub(super) fn without_channels(material: &Material<'_>) -> Option<String> {
    if !material.has_costs() {
        return None;
    }
    let best = cheapest(with_all_channels(material).filter(|of| Standing::of(of).is_kept()));
    let limit = best
        .and_then(|best| best.cost.total.mean)
        .unwrap_or(f64::INFINITY);
    let fewer = material
        .summary
        .variants
        .iter()
        .filter(|of| !has_all_channels(material, of));
    let kept = fewer.filter(|of| Standing::of(of).is_kept());
    let found = cheapest(kept.filter(|of| of.cost.total.mean.is_some_and(|mean| mean < limit)))?;
    let gone: Vec<&str> = material
        .base()
        .queues
        .iter()
        .map(|(name, _)| name)
        .filter(|name| found.queues.find(name).is_none())
        .collect();
    let lost = Lost::of(found);
    let more = lost
        .more
        .filter(|more| more.excludes_zero() && more.mean > Some(0.0));
    let price = more.map_or(String::new(), |more| {
        format!(
            " and it loses {} more {} than the base",
            count(&more),
            lost.things
        )
    });
    Some(format!(
        "“{}” costs less, {}, and keeps what it promises; but it has no {} any more{price}.",
        found.name,
        money(material, &found.cost.total),
        gone.join(" and no ")
    ))
}
