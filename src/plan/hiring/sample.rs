//! Weeks of a plan, simulated: the customers of the week meet the people who are there then, spread as the file's staff is.

use super::found::{Kept, Line, Sample};
use crate::plan::grid::{Grid, Heads};
use crate::scenario::hiring::HiringBrief;
use crate::scenario::model::{Compiled, Model, Source, Stopping, Variant};
use crate::sim::parallel::Workers;
use crate::stats::summary::ScenarioLabel;
use crate::study::run::{RunError, Study};

/// Which weeks are simulated, each with why: the one of most work, the one in the middle, the one with the least to spare.
pub fn chosen(work_h: &[f64], chain: &[Line]) -> Vec<(usize, Vec<&'static str>)> {
    let mut order: Vec<usize> = (0..work_h.len()).collect();
    order.sort_by(|&a, &b| work_h[a].total_cmp(&work_h[b]).then(b.cmp(&a)));
    let needed = chain.iter().filter(|line| line.required_fte > 0.0);
    let spare = |line: &&Line| line.margin_fte / line.required_fte;
    let narrowest = needed.min_by(|a, b| spare(a).total_cmp(&spare(b)));
    let mut chosen: Vec<(usize, Vec<&'static str>)> = Vec::new();
    let peak = order.last().map(|&week| (week, "peak"));
    let median = order.get(order.len() / 2).map(|&week| (week, "median"));
    let narrowest = narrowest.map(|line| (line.week - 1, "narrowest"));
    for (week, why) in [peak, median, narrowest].into_iter().flatten() {
        match chosen.iter_mut().find(|(known, _)| *known == week) {
            Some((_, reasons)) => reasons.push(why),
            None => chosen.push((week, vec![why])),
        }
    }
    chosen
}

/// Simulates a week of the plan.
///
/// # Errors
///
/// When contacts come of others without bound, or somebody stops it.
pub fn simulate(
    (compiled, base): (&Compiled, &Variant),
    brief: &HiringBrief,
    (week, why): (usize, Vec<&'static str>),
    chain: &[Line],
    (stopping, seed): (Stopping, u64),
    workers: &Workers,
) -> Result<(Sample, ScenarioLabel), RunError> {
    let grid = Grid::new(&base.model);
    let pattern = grid.heads_of(&base.model, &base.staffing);
    let own_weeks = base.model.calendar.days().len() as f64 / 7.0;
    let lines = &chain[week * brief.groups.len()..][..brief.groups.len()];
    let heads: Heads = brief
        .groups
        .iter()
        .zip(lines)
        .map(|((id, group), line)| {
            let hours = line.available_fte * group.hours * own_weeks;
            spread(&pattern[id], &grid, hours)
        })
        .collect();
    let variant = Variant {
        name: base.name.clone(),
        model: of_week(&base.model, brief, week),
        staffing: grid.staffing(&heads),
        warnings: Vec::new(),
        hiring: None,
    };
    let compiled = Compiled {
        variants: vec![variant],
        ..compiled.clone()
    };
    let study = Study::new(&compiled, |_| true, Some(seed));
    let summary = study.run(stopping, workers, &|| ())?;
    let found = &summary.variants[0];
    let of_queues = found
        .queues
        .iter()
        .map(|(name, queue)| (name, &queue.targets));
    let of_groups = found
        .groups
        .iter()
        .map(|(name, group)| (name, &group.targets));
    let targets = of_queues.chain(of_groups).flat_map(|(name, targets)| {
        targets.iter().map(|target| Kept {
            of: name.to_owned(),
            target: target.clone(),
        })
    });
    let occupancy = found.groups.iter();
    let occupancy = occupancy.map(|(name, group)| (name.to_owned(), group.measures.occupancy));
    let sample = Sample {
        week: week + 1,
        why,
        targets: targets.collect(),
        occupancy: occupancy.collect(),
    };
    Ok((sample, summary.scenario))
}

/// The model with the customers and the time away of a week.
fn of_week(base: &Model, brief: &HiringBrief, week: usize) -> Model {
    let mut model = base.clone();
    for source in model.sources.values_mut() {
        let level = level(source, brief, week);
        source.arrivals_per_hour = source.arrivals_per_hour.map(|rate| rate * level);
    }
    for (id, group) in model.groups.iter_mut() {
        group.shrinkage = brief.groups[id].shrinkage[week];
        // Those who are learning are counted by what they do already.
        if let Some(speeds) = &mut group.speeds {
            speeds.new_hires = None;
        }
    }
    model
}

/// How many of a source's own contacts come in a week: as many times as of the queues where its customers go, by their shares.
fn level(source: &Source, brief: &HiringBrief, week: usize) -> f64 {
    let moved: f64 = source.moves.iter().map(|to| to.share).sum();
    let own = source.own.map(|queue| (queue, (1.0 - moved).max(0.0)));
    let moves = source.moves.iter().map(|to| (to.to, to.share));
    let (sum, of) = own
        .into_iter()
        .chain(moves)
        .fold((0.0, 0.0), |sum, (queue, share)| {
            let level = brief.volumes[queue][week].level;
            (sum.0 + share * level, sum.1 + share)
        });
    if of > 0.0 { sum / of } else { 1.0 }
}

/// Whole heads by slot of so many hours, in the proportions of a pattern; what rounding leaves goes on to the next slot.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "heads are not below zero, and a cast saturates"
)]
fn spread(pattern: &[u32], grid: &Grid, hours: f64) -> Vec<u32> {
    let nobody = pattern.iter().all(|&heads| heads == 0);
    let weight = |slot: usize| {
        if nobody {
            1.0
        } else {
            f64::from(pattern[slot])
        }
    };
    let slots = 0..pattern.len();
    let all: f64 = slots
        .clone()
        .map(|slot| weight(slot) * grid.hours[slot])
        .sum();
    let factor = if all > 0.0 { hours / all } else { 0.0 };
    let mut rest = 0.0;
    slots
        .map(|slot| {
            let wanted = weight(slot) * factor;
            if wanted <= 0.0 {
                return 0;
            }
            let heads = (wanted + rest).round().max(0.0);
            rest += wanted - heads;
            heads as u32
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario::model::Compiled;

    const DESK: &str = r#"name = "Desk"
currency = "EUR"
[horizon]
start = "2026-09-07"
days = 7
[queues.phone]
channel = "phone"
arrivals = { per_hour = 10 }
handle_time = "6m"
[queues.chat]
channel = "chat"
arrivals = { per_hour = 20 }
handle_time = "6m"
[groups.desk]
skills = ["phone", "chat"]
staff = 5
wage = 10
[plan.hiring]
weeks = 2
occupancy = 0.8
levels = [1.0, 1.5]
[plan.hiring.groups.desk]
people = 40
[[variants]]
name = "no phone"
remove = ["queues.phone"]
moves = { phone = { chat = 0.5 } }
"#;

    #[test]
    fn customers_who_have_moved_come_as_often_as_the_week_says() {
        let compiled = Compiled::sample(DESK);
        let variant = &compiled.variants[1];
        let brief = variant.hiring.as_ref().unwrap();
        // A week of 168 hours, with half of the callers.
        let (chat, volumes) = brief.volumes.iter().next().unwrap();
        assert!((volumes[1].contacts - 168.0 * 25.0 * 1.5).abs() < 1e-6);
        assert!((brief.work_s[chat] - 360.0).abs() < 1e-9);
        let model = of_week(&variant.model, brief, 1);
        let rates: Vec<Option<f64>> = model
            .sources
            .values()
            .map(|source| source.arrivals_per_hour.values().next())
            .collect();
        assert_eq!(rates, [Some(15.0), Some(30.0)]);
    }
}
