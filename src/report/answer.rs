//! What a run found, in plain words: which mix is cheapest for what is promised, what the base does, who is lost, how sure it is.
//!
//! Nothing is estimated here: finished figures are compared and told.

use super::figure::{Clock, exact_share, grouped, promised_level};
use super::material::Material;
use super::table::cell;
use super::table::queues::promise;
use crate::stats::estimate::Estimate;
use crate::stats::summary::{TargetSummary, VariantSummary, Verdict};

/// The answer: one sentence, and what belongs to it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Answer {
    /// The most important sentence.
    pub(super) headline: String,
    /// The rest, a sentence or two each.
    pub(super) lines: Vec<String>,
}

/// How a mix stands to its promises.
#[derive(Debug, Clone)]
pub(super) struct Standing<'a> {
    /// Every promise with the queue or group it is of.
    pub(super) promises: Vec<(&'a str, &'a TargetSummary)>,
}

impl<'a> Standing<'a> {
    /// Of a mix.
    pub(super) fn of(variant: &'a VariantSummary) -> Self {
        let queues = variant.queues.iter();
        let queues =
            queues.flat_map(|(name, queue)| queue.targets.iter().map(move |of| (name, of)));
        let groups = variant.groups.iter();
        let groups =
            groups.flat_map(|(name, group)| group.targets.iter().map(move |of| (name, of)));
        Self {
            promises: queues.chain(groups).collect(),
        }
    }

    /// The promises of one verdict.
    pub(super) fn of_verdict(&self, verdict: Verdict) -> Vec<(&'a str, &'a TargetSummary)> {
        let promises = self.promises.iter().copied();
        promises.filter(|(_, of)| of.verdict == verdict).collect()
    }

    /// Whether all are met beyond doubt.
    pub(super) fn is_kept(&self) -> bool {
        self.of_verdict(Verdict::Met).len() == self.promises.len()
    }

    /// By how much the promise that is kept the worst is exceeded, in parts of its limit; below zero where it falls short.
    fn margin(&self) -> f64 {
        let margins = self.promises.iter().map(|(_, of)| {
            let beyond = of.value.mean.unwrap_or(0.0) - of.limit;
            let sign = if of.measure == "service_level" {
                1.0
            } else {
                -1.0
            };
            sign * beyond / of.limit.max(1e-9)
        });
        margins.fold(f64::INFINITY, f64::min)
    }

    /// `3 of 4 promises`.
    pub(super) fn told(&self) -> String {
        let kept = self.of_verdict(Verdict::Met).len();
        let plural = if self.promises.len() == 1 { "" } else { "s" };
        format!("{kept} of {} promise{plural}", self.promises.len())
    }
}

/// What the reader came for.
pub(super) fn answer(material: &Material<'_>) -> Answer {
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

/// The cheapest mix with all channels that keeps every promise, or the one that is nearest to it.
fn of_several(material: &Material<'_>) -> String {
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

/// The mix with all channels that breaks the fewest promises, then leaves the fewest open, then is the least short of any.
fn nearest<'a>(material: &Material<'a>) -> Option<&'a VariantSummary> {
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
fn tied_with<'a>(
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

fn fewest_lost<'a>(
    mut variants: impl Iterator<Item = &'a VariantSummary>,
) -> Option<&'a VariantSummary> {
    let first = variants.next()?;
    Some(variants.fold(first, |best, of| {
        match order(&of.demand.lost_share, &best.demand.lost_share) {
            std::cmp::Ordering::Less => of,
            std::cmp::Ordering::Equal | std::cmp::Ordering::Greater => best,
        }
    }))
}

/// What is to be said of the mixes that cost the same as the best, as far as can be told.
fn as_cheap(tied: &[&VariantSummary], best: &VariantSummary) -> String {
    let others = tied.iter().filter(|of| of.name != best.name);
    let told = others.map(|of| {
        let lost = (of.demand.lost_share.lo, best.demand.lost_share.hi);
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
        |mean| if mean < 0.0 { negated(&total) } else { total },
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
fn without_channels(material: &Material<'_>) -> Option<String> {
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
    let lost = found.differences.as_ref()?.demand.lost;
    let price = match lost.mean {
        Some(mean) if lost.excludes_zero() && mean > 0.0 => {
            format!(
                " and it loses {} more customers than the base",
                count(&lost)
            )
        }
        _ => String::new(),
    };
    Some(format!(
        "“{}” costs less, {}, and keeps what it promises; but it has no {} any more{price}.",
        found.name,
        money(material, &found.cost.total),
        gone.join(" and no ")
    ))
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
        format!(
            "{} of those who came: {} contacts",
            share(&of.demand.lost_share),
            count(&of.demand.lost)
        )
    };
    let fewest = fewest_lost(material.summary.variants.iter());
    let of_base = format!("The base loses {}.", told(base));
    match fewest {
        Some(fewest) if fewest.name != base.name => format!(
            "{of_base} “{}” loses the fewest: {}.",
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
        "{of_base}; with that, and less revenue, {name} is the cheapest at {least}."
    ))
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

fn with_all_channels<'a>(material: &Material<'a>) -> impl Iterator<Item = &'a VariantSummary> {
    let material = *material;
    let variants = material.summary.variants.iter();
    variants.filter(move |variant| has_all_channels(&material, variant))
}

/// Whether a mix has every queue of the base.
pub(super) fn has_all_channels(material: &Material<'_>, variant: &VariantSummary) -> bool {
    let mut queues = material.base().queues.iter();
    queues.all(|(name, _)| variant.queues.find(name).is_some())
}

fn cheapest<'a>(variants: impl Iterator<Item = &'a VariantSummary>) -> Option<&'a VariantSummary> {
    variants.min_by(|a, b| order(&a.cost.total, &b.cost.total))
}

fn order(a: &Estimate, b: &Estimate) -> std::cmp::Ordering {
    let key = |of: &Estimate| of.mean.unwrap_or(f64::INFINITY);
    key(a).total_cmp(&key(b))
}

fn called(variant: &VariantSummary) -> String {
    match variant.name.as_str() {
        "base" => "The base".to_owned(),
        name => format!("“{name}”"),
    }
}

fn negated(figure: &Estimate) -> Estimate {
    Estimate {
        mean: figure.mean.map(|mean| -mean),
        lo: figure.hi.map(|hi| -hi),
        hi: figure.lo.map(|lo| -lo),
        ..*figure
    }
}

fn money(material: &Material<'_>, figure: &Estimate) -> String {
    let decimals = if figure.mean.is_some_and(|mean| mean.abs() >= 100.0) {
        0
    } else {
        2
    };
    format!(
        "{} {}",
        material.currency(),
        ranged(figure, 1.0, decimals, "")
    )
}

fn count(figure: &Estimate) -> String {
    let decimals = usize::from(figure.mean.is_some_and(|mean| mean.abs() < 100.0));
    ranged(figure, 1.0, decimals, "")
}

fn share(figure: &Estimate) -> String {
    ranged(figure, 0.01, 1, " %")
}

/// `71.0 % [68.0–74.0]`.
fn ranged(figure: &Estimate, one: f64, decimals: usize, sign: &str) -> String {
    let number = |value: f64| grouped(value / one, decimals);
    let Some(mean) = figure.mean else {
        return cell::NOTHING.to_owned();
    };
    match (figure.lo, figure.hi) {
        (Some(lo), Some(hi)) if number(lo) != number(hi) => {
            format!("{}{sign} [{}–{}]", number(mean), number(lo), number(hi))
        }
        _ => format!("{}{sign}", number(mean)),
    }
}

/// The service level that a queue promises, judged, where the mix has the queue.
pub(super) fn level<'a>(variant: &'a VariantSummary, queue: &str) -> Option<&'a TargetSummary> {
    variant.queues.find(queue).and_then(promised_level)
}
