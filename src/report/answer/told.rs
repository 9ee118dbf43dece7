//! The answer, sentence by sentence.

use super::choice::{fewest_lost, nearest, order, with_all_channels};
use super::comparison::{of_several, without_channels};
use super::lost::Lost;
use super::range::{count, money, share};
use super::standing::Standing;
use crate::report::figure::{Clock, exact_share, grouped};
use crate::report::material::Material;
use crate::report::table::cell;
use crate::report::table::marginal::{ranked, sentence};
use crate::report::table::queues::promise;
use crate::stats::summary::{TargetSummary, VariantSummary, Verdict};

/// The answer: one sentence, and what belongs to it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::report) struct Answer {
    /// The most important sentence.
    pub(in crate::report) headline: String,
    /// The rest, a sentence or two each.
    pub(in crate::report) lines: Vec<String>,
}

/// What the reader came for.
pub(in crate::report) fn answer(material: &Material<'_>) -> Answer {
    let base = material.base();
    let is_promised = !Standing::of(base).promises.is_empty();
    let headline = if !is_promised {
        "Nothing is promised in this scenario, so no mix can be called good enough; compare what each costs with whom it loses."
            .to_owned()
    } else if material.summary.variants.len() == 1 || !material.has_costs() {
        of_one(material, base)
    } else {
        of_several(material)
    };
    let mut lines = Vec::new();
    if is_promised && material.summary.variants.len() > 1 {
        let kept = with_all_channels(material).any(|of| Standing::of(of).is_kept());
        let named = nearest(material).filter(|of| !kept && of.name != "base");
        lines.extend(named.map(|of| format!("{} falls short:{}", called(of), shortfalls(of))));
        lines.extend(without_channels(material));
        lines.push(format!("{}{}", of_one(material, base), shortfalls(base)));
    } else {
        lines.extend(Some(shortfalls(base)).filter(|text| !text.is_empty()));
    }
    lines.push(lost(material));
    lines.extend(worth(material));
    lines.extend(one_more(material));
    lines.push(sureness(material));
    Answer {
        headline,
        lines: lines
            .into_iter()
            .map(|line| line.trim().to_owned())
            .collect(),
    }
}

/// What one mix keeps and costs.
fn of_one(material: &Material<'_>, variant: &VariantSummary) -> String {
    let name = called(variant);
    let cost = if material.has_costs() {
        let cost = money(material, &variant.cost.total);
        format!(" and costs {cost} for {}", material.horizon())
    } else {
        String::new()
    };
    format!("{name} keeps {}{cost}.", Standing::of(variant).told())
}

/// What a mix breaks, and what cannot be told.
fn shortfalls(variant: &VariantSummary) -> String {
    let standing = Standing::of(variant);
    let told = |verdict| {
        let promises = standing.of_verdict(verdict).into_iter();
        promises
            .map(|(name, of)| against(name, of))
            .collect::<Vec<_>>()
    };
    let (missed, undecided) = (told(Verdict::Missed), told(Verdict::Undecided));
    let part = |word: &str, promises: Vec<String>| {
        if promises.is_empty() {
            String::new()
        } else {
            format!(" {word}: {}.", promises.join("; "))
        }
    };
    part("Broken", missed) + &part("Undecided, for want of replications", undecided)
}

/// `email 71.0 % [68.0–74.0 %] where 90 % in 6 h is promised`.
fn against(name: &str, target: &TargetSummary) -> String {
    match target.measure.as_str() {
        "service_level" => format!(
            "{name} {} where {} is promised",
            share(&target.value),
            promise(target)
        ),
        "asa_s" => format!(
            "{name} ASA {} where {} s at most is promised",
            cell::time(&target.value, Clock::of_target(target)),
            target.limit
        ),
        measure => format!(
            "{name} {measure} {} where {} at most is promised",
            share(&target.value),
            exact_share(target.limit)
        ),
    }
}

/// Who loses the fewest customers, beside the base.
fn lost(material: &Material<'_>) -> String {
    let base = material.base();
    let told = |of: &VariantSummary| {
        let lost = Lost::of(of);
        let (share, count) = (share(&lost.share), count(&lost.count));
        format!("{share} of its customers: {count} {}", lost.things)
    };
    let fewest = fewest_lost(material.summary.variants.iter());
    let of_base = format!("The base loses {}.", told(base));
    match fewest {
        Some(fewest) if fewest.name != base.name => format!(
            "{of_base} By the means “{}” loses the fewest: {}.",
            fewest.name,
            told(fewest)
        ),
        _ => of_base,
    }
}

/// What waits and lost customers cost by assumption, and which mix is best with that.
fn worth(material: &Material<'_>) -> Option<String> {
    let base = material.base().value.as_ref()?;
    let of_base = format!(
        "By what the scenario assumes of its customers, waits and losses cost the base {}",
        money(material, &base.total.lost)
    );
    let net = |of: &VariantSummary| of.value.as_ref().map(|value| value.total.net_cost);
    let valued = material
        .summary
        .variants
        .iter()
        .filter_map(|of| Some((of, net(of)?)));
    let (best, least) = valued.min_by(|(_, one), (_, other)| order(one, other))?;
    let name = called(best).replace("The base", "the base");
    let least = money(material, &least);
    Some(format!(
        "{of_base}; with that, and less revenue, {name} is the cheapest by the means, at {least}."
    ))
}

/// The agent of the base who keeps customers for the least money, where anything is known of single agents.
fn one_more(material: &Material<'_>) -> Option<String> {
    let marginal = material.marginal?;
    let label = &marginal.scenario;
    let best = ranked(&marginal.steps).into_iter().next()?;
    let is_known = best.agents > 0 && best.cost_per_customer.lo.is_some();
    is_known.then(|| {
        let told = sentence(best, &label.currency, label.days);
        format!("{told} By the means no other group keeps a customer for less.")
    })
}

/// What the figures rest on.
fn sureness(material: &Material<'_>) -> String {
    let label = &material.summary.scenario;
    let unit = label.unit();
    let few: usize = material
        .summary
        .variants
        .iter()
        .map(|of| of.too_few_events.len())
        .sum();
    let marked = match few {
        0 => String::new(),
        1 => " One figure rests on too few events for a trustworthy range and is marked ~."
            .to_owned(),
        _ => format!(
            " {} figures rest on too few events for a trustworthy range and are marked ~.",
            grouped(few as f64, 0)
        ),
    };
    if label.batches < 2 {
        return format!(
            "One {unit} was simulated, so nothing says how sure these figures are.{marked}"
        );
    }
    format!(
        "Figures are means over {} simulated runs ({unit}s) of {}; the range behind each holds the true mean with 95 % confidence, if the assumptions are right.{marked}",
        grouped(label.batches as f64, 0),
        material.horizon()
    )
}

fn called(variant: &VariantSummary) -> String {
    match variant.name.as_str() {
        "base" => "The base".to_owned(),
        name => format!("“{name}”"),
    }
}
