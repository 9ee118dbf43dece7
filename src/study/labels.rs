//! The names and promises of a compiled scenario, for its summary.

use crate::finance::assumed::assumptions;
use crate::ids::{Id, Table};
use crate::scenario::model::{Compiled, Model, Name, Variant};
use crate::sim::centre::Layout;
use crate::stats::pair_tally::Pairing;
use crate::stats::summarise::{
    BotLabel, GroupLabel, Labels, LevelLabel, QueueLabel, SlotLabel, VariantLabel,
};
use crate::stats::summary::{ScenarioLabel, Stopped};
use crate::time::SimDuration;
use crate::time::instant::MICROS_PER_SECOND;

const WEEKDAYS: [&str; 7] = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];

/// The labels of these variants, the base first.
pub fn labels(variants: &[&Variant]) -> Labels {
    let base = &variants[0].model;
    let layout = Layout::new(base, &variants[0].staffing);
    let batches = base.batches.map_or(1, |batches| u64::from(batches.count));
    Labels {
        batches,
        window_h: base.calendar.end().since(base.warm_up).as_hours() / batches as f64,
        slots: slots(base, &layout, batches as f64),
        variants: variants
            .iter()
            .map(|variant| label(variant, base))
            .collect(),
    }
}

/// What was run: so many replications, and batches of them.
pub fn scenario(
    compiled: &Compiled,
    seed: u64,
    (replications, batches): (u64, u64),
    stopped: Stopped,
) -> ScenarioLabel {
    let model = &compiled.variants[0].model;
    ScenarioLabel {
        name: compiled.name.clone(),
        currency: compiled.currency.clone(),
        start: compiled.start.clone(),
        days: u32::try_from(model.calendar.days().len()).expect("days are bounded"),
        time_zone: compiled.time_zone.clone(),
        interval_s: model.calendar.interval().0 / 1_000_000,
        seed,
        replications,
        batch_days: model.batches.map(|batches| batches.days),
        batches,
        stopped,
    }
}

/// Which queues and groups of a model are the base's, by name.
pub fn pairing(model: &Model, base: &Model) -> Pairing {
    Pairing {
        queues: same_names(&model.queues, &base.queues, |queue| &queue.name),
        groups: same_names(&model.groups, &base.groups, |group| &group.name),
        channels: same_channels(model, base),
    }
}

fn same_channels(model: &Model, base: &Model) -> Vec<(usize, usize)> {
    let channels = model.channels.iter().enumerate();
    let in_base = |name| {
        base.channels
            .iter()
            .position(|channel| channel.name == name)
    };
    channels
        .filter_map(|(own, channel)| Some((own, in_base(channel.name)?)))
        .collect()
}

fn same_names<I: Id, T>(
    own: &Table<I, T>,
    base: &Table<I, T>,
    name: impl Fn(&T) -> &Name,
) -> Vec<(I, I)> {
    own.iter()
        .filter_map(|(id, thing)| {
            let (in_base, _) = base.iter().find(|(_, other)| name(other) == name(thing))?;
            Some((id, in_base))
        })
        .collect()
}

fn label(variant: &Variant, base: &Model) -> VariantLabel {
    let model = &variant.model;
    VariantLabel {
        name: variant.name.clone(),
        queues: model.queues.values().map(queue).collect(),
        groups: model
            .groups
            .values()
            .map(|group| GroupLabel {
                name: group.name.text.clone(),
                occupancy_max: group.occupancy_max,
                away: group.away.clone(),
                has_changeovers: group.has_changeovers(),
            })
            .collect(),
        bots: model.bots.values().map(bot).collect(),
        channels: model.channels.iter().map(|channel| channel.name).collect(),
        currencies: currencies(model),
        assumptions: assumptions(model),
        pairing: pairing(model, base),
        warnings: variant.warnings.clone(),
    }
}

/// Other currencies than the scenario's, each once, in the order of the groups.
fn currencies(model: &Model) -> Vec<(String, f64)> {
    let mut currencies = Vec::new();
    for currency in model
        .groups
        .values()
        .filter_map(|group| group.currency.as_ref())
    {
        if !currencies.contains(currency) {
            currencies.push(currency.clone());
        }
    }
    currencies
}

fn bot(bot: &crate::scenario::journey::Bot) -> BotLabel {
    BotLabel {
        name: bot.name.text.clone(),
        may_be_full: bot.sessions < u32::MAX,
    }
}

fn queue(queue: &crate::scenario::model::Queue) -> QueueLabel {
    let target = queue.target.as_ref();
    QueueLabel {
        name: queue.name.text.clone(),
        channel: queue.channel,
        deferred: queue.deferred,
        level: target
            .and_then(|target| target.service_level.as_ref())
            .map(|level| LevelLabel {
                share: level.share,
                within_s: level.within.as_seconds(),
                definition: level.definition.name(),
                clock: match level.open_hours {
                    Some(_) => "open_hours",
                    None => "calendar",
                },
            }),
        asa_s: target
            .and_then(|target| target.asa)
            .map(SimDuration::as_seconds),
        abandonment: target.and_then(|target| target.abandonment),
        may_abandon: queue.patience.is_some(),
        may_turn: queue.journey.has_figures(),
        audience: queue
            .journey
            .public
            .as_ref()
            .map_or(0.0, |public| public.audience),
    }
}

/// The intervals of a row of figures.
pub fn slots(model: &Model, layout: &Layout, batches: f64) -> Vec<SlotLabel> {
    let a_day = model.calendar.intervals_a_day();
    let interval = model.calendar.interval();
    let mut slots: Vec<SlotLabel> = (0..layout.slots as usize)
        .map(|number| SlotLabel {
            weekday: layout.by_weekday.then(|| WEEKDAYS[number / a_day]),
            start: clock((number % a_day) as u64 * interval.0 / MICROS_PER_SECOND),
            occurrences: 0.0,
            time_h: 0.0,
        })
        .collect();
    for piece in model.calendar.pieces() {
        let counted = piece.end.since(piece.start.max(model.warm_up)).as_hours();
        let slot = &mut slots[layout.slot(model, &piece) as usize];
        slot.time_h += counted / batches;
        slot.occurrences += counted / interval.as_hours() / batches;
    }
    slots
}

/// A wall clock: `08:30`, with seconds only where there are any.
fn clock(second: u64) -> String {
    let (hour, minute, second) = (second / 3_600, second / 60 % 60, second % 60);
    match second {
        0 => format!("{hour:02}:{minute:02}"),
        _ => format!("{hour:02}:{minute:02}:{second:02}"),
    }
}
