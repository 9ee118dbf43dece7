//! One variant of the contact centre, put together from its parts.

use std::collections::{BTreeMap, BTreeSet};

use super::column::DataSet;
use super::horizon::Horizon;
use super::limits::{check_agents, check_names, check_places, most_heads};
use super::shift::{Shift, shifts};
use super::staff::GroupStaff;
use super::{bot, group, interruption, money, pattern, public, queue, source, staff, trunk};
use crate::ids::{BotId, Id, QueueId, Table, TrunkId};
use crate::scenario::data::gcd;
use crate::scenario::format::{GroupFile, QueueFile, ScenarioFile, VariantFile};
use crate::scenario::journey::{Bot, Journey};
use crate::scenario::load;
use crate::scenario::model::{Group, Law, Model, Queue, Server, Source, Staffing};
use crate::scenario::money::Charges;
use crate::scenario::pattern::Pattern;
use crate::scenario::problem::Place;
use crate::scenario::read::{Named, Reader};
use crate::scenario::tree::digits;
use crate::time::{Calendar, SimDuration};

/// The most contacts that one replication is expected to see.
const MOST_CONTACTS: f64 = 1e9;

/// What the parts of a centre are compiled with.
pub(super) struct Scope<'a> {
    pub(super) data: &'a DataSet,
    pub(super) horizon: &'a Horizon,
    pub(super) reader: Reader,
    pub(super) source_names: Vec<String>,
    pub(super) queue_names: Vec<String>,
    /// The place of each queue's name among them.
    pub(super) queue_numbers: BTreeMap<String, usize>,
    /// The queues whose contacts go in turns.
    pub(super) in_turns: BTreeSet<String>,
    pub(super) group_names: Vec<String>,
    /// Those of the file as written and those of this variant.
    pub(super) known_groups: Vec<String>,
    pub(super) shifts: BTreeMap<String, Option<Shift>>,
    /// Steps of heads that go by date, of all groups.
    pub(super) dated_steps: u64,
    /// The scenario's currency, and what one of each is worth in it.
    pub(super) currency: String,
    pub(super) rates: BTreeMap<String, f64>,
    /// What contacts cost by channel.
    pub(super) charges: BTreeMap<String, Charges>,
}

/// One variant before its warnings.
pub(super) struct Centre {
    pub(super) model: Model,
    pub(super) staffing: Staffing,
    pub(super) queue_places: Vec<Place>,
    pub(super) group_places: Vec<Place>,
}

/// The parts of a centre, each `None` after a problem of its own.
struct Parts {
    sources: Vec<Option<Source>>,
    queues: Vec<Option<Queue>>,
    groups: Vec<Option<Group>>,
    staff: Vec<Option<GroupStaff>>,
    trunks: Table<TrunkId, u32>,
    bots: Table<BotId, Bot>,
    patterns: Vec<Pattern>,
}

/// Compiles `file`, the file as written or as `variant` has it; `base` is the file as written.
pub(super) fn centre(
    file: &ScenarioFile,
    base: &ScenarioFile,
    variant: Option<&VariantFile>,
    horizon: &Horizon,
    data: &DataSet,
    reader: Reader,
) -> (Option<Centre>, Reader) {
    let (Some(queues), Some(base_queues), Some(groups)) =
        (&file.queues, &base.queues, &file.groups)
    else {
        return (None, reader);
    };
    let base_queues = &base_queues.value;
    let is_added = |name: &&str| base_queues.get(name).is_none();
    let added = queues.value.names().filter(is_added);
    let mut scope = Scope {
        data,
        horizon,
        reader,
        source_names: base_queues
            .names()
            .chain(added)
            .map(str::to_owned)
            .collect(),
        queue_names: queues.value.names().map(str::to_owned).collect(),
        queue_numbers: queues.value.names().map(str::to_owned).zip(0..).collect(),
        in_turns: in_turns(&queues.value),
        group_names: groups.value.names().map(str::to_owned).collect(),
        known_groups: [&base.groups, &file.groups]
            .into_iter()
            .flatten()
            .flat_map(|groups| groups.value.names().map(str::to_owned))
            .collect(),
        shifts: BTreeMap::new(),
        dated_steps: 0,
        currency: file
            .currency
            .as_ref()
            .map_or_else(String::new, |own| own.value.0.clone()),
        rates: BTreeMap::new(),
        charges: BTreeMap::new(),
    };
    scope.rates = money::rates(file, &mut scope);
    scope.charges = money::charges_by_channel(file, &mut scope);
    check_names(file, variant, &mut scope);
    scope.shifts = shifts(file, &mut scope);
    let mut parts = parts(
        &queues.value,
        base_queues,
        &groups.value,
        variant,
        &mut scope,
    );
    parts.trunks = trunk::trunks(file, &queues.value, &mut parts.queues, &mut scope);
    public::mark_spared(&mut parts.queues);
    parts.bots = bot::bots(file, &mut parts.queues, &mut scope);
    parts.patterns = pattern::patterns(file, &groups.value, &mut scope);
    let staff: Option<Vec<_>> = parts.staff.iter().cloned().collect();
    let model = model(parts, file, &mut scope);
    let centre = model.zip(staff).map(|(model, staff)| Centre {
        model,
        staffing: staffing(staff),
        queue_places: places(&queues.value),
        group_places: places(&groups.value),
    });
    (centre, scope.reader)
}

fn in_turns(queues: &Named<QueueFile>) -> BTreeSet<String> {
    let entries = queues.entries.iter();
    let in_turns = entries.filter(|entry| {
        let queue = entry.value.as_ref();
        queue.is_some_and(|queue| queue.turns.is_some())
    });
    in_turns.map(|entry| entry.name.clone()).collect()
}

fn staffing(staff: Vec<GroupStaff>) -> Staffing {
    let (heads, duties): (Vec<_>, Vec<_>) = staff.into_iter().unzip();
    Staffing {
        heads: Table::from(heads),
        duties: Table::from(duties),
    }
}

fn places<T>(named: &Named<T>) -> Vec<Place> {
    named
        .entries
        .iter()
        .map(|entry| entry.place.clone())
        .collect()
}

fn parts(
    queue_files: &Named<QueueFile>,
    base_queues: &Named<QueueFile>,
    group_files: &Named<GroupFile>,
    variant: Option<&VariantFile>,
    scope: &mut Scope<'_>,
) -> Parts {
    let mut sources = sources(queue_files, base_queues, scope);
    if let Some(variant) = variant {
        source::moves(variant, &mut sources, scope);
    }
    let files = &group_files.entries;
    let groups: Vec<Option<Group>> = files
        .iter()
        .map(|entry| group::group(entry, scope))
        .collect();
    let staff: Vec<Option<GroupStaff>> = files
        .iter()
        .map(|entry| staff::staff(entry, scope))
        .collect();
    let heads_max: Vec<u32> = staff
        .iter()
        .map(|staff| most_heads(staff.as_ref()))
        .collect();
    check_agents(group_files, &heads_max, scope);
    check_places(group_files, &groups, &heads_max, scope);
    Parts {
        sources,
        queues: queues(queue_files, &groups, scope),
        groups,
        staff,
        trunks: Table::default(),
        bots: Table::default(),
        patterns: Vec::new(),
    }
}

/// The model, unless anything is wrong.
fn model(parts: Parts, file: &ScenarioFile, scope: &mut Scope<'_>) -> Option<Model> {
    if !scope.reader.problems.is_empty() {
        return None;
    }
    let sources = parts.sources.into_iter().collect::<Option<Vec<_>>>()?;
    let mut queues = parts.queues.into_iter().collect::<Option<Vec<_>>>()?;
    let mut groups = parts.groups.into_iter().collect::<Option<Vec<_>>>()?;
    for group in &mut groups {
        group
            .skills
            .sort_by_key(|skill| queues[skill.queue.index()].priority);
    }
    interruption::settle(&mut queues, &mut groups);
    let step = step(
        scope.horizon,
        &sources,
        (&queues, &parts.bots),
        &parts.staff,
    );
    let calendar = calendar_of(scope.horizon, step)?;
    let rates = sources
        .iter()
        .map(|source| load::expected(&source.arrivals_per_hour, &calendar));
    let backlogs = queues.iter().map(|queue| f64::from(queue.backlog.count));
    let expected: f64 = rates.chain(backlogs).sum();
    if expected > MOST_CONTACTS {
        let message = format!(
            "{} contacts are expected in one replication, {MOST_CONTACTS:.0} are possible",
            digits(expected.round())
        );
        let place = &file.queues.as_ref()?.place;
        scope.reader.report_at(place, message, None);
        return None;
    }
    Some(Model {
        channels: money::channels(file, &queues),
        calendar,
        warm_up: scope.horizon.warm_up,
        batches: scope.horizon.batches,
        sources: Table::from(sources),
        queues: Table::from(queues),
        groups: Table::from(groups),
        trunks: parts.trunks,
        bots: parts.bots,
        patterns: parts.patterns,
        may_be_unattended: may_be_unattended(file),
        issues: None,
        shared_day_cv: scope.horizon.day_cv,
        bred_limit: bred_limit(expected),
    })
}

fn may_be_unattended(file: &ScenarioFile) -> bool {
    let plan = file.plan.as_ref().map(|plan| &plan.value);
    let written = plan.and_then(|plan| plan.unattended.as_ref());
    written.is_some_and(|written| written.value)
}

/// One for every queue of the file as written, then one for every queue that the variant adds.
fn sources(
    queues: &Named<QueueFile>,
    base: &Named<QueueFile>,
    scope: &mut Scope<'_>,
) -> Vec<Option<Source>> {
    let names = scope.source_names.clone();
    let source = |name: &String| {
        let own = queues.entries.iter().position(|entry| entry.name == *name);
        let entry = own.map_or_else(|| base.get(name), |own| queues.entries.get(own));
        source::source(entry?, own.map(QueueId::from_index), scope)
    };
    names.iter().map(source).collect()
}

fn queues(
    files: &Named<QueueFile>,
    groups: &[Option<Group>],
    scope: &mut Scope<'_>,
) -> Vec<Option<Queue>> {
    let mut queues = Vec::with_capacity(files.entries.len());
    for (number, entry) in files.entries.iter().enumerate() {
        let queue = queue::queue(number, entry, scope);
        let servers = queue::servers(number, entry, groups, scope);
        queues.push(queue.zip(servers).map(|(queue, servers)| {
            let at_once = |server: &Server| server.terms.after == SimDuration::ZERO;
            Queue {
                just_waits: queue.just_waits && servers.iter().all(at_once),
                servers,
                ..queue
            }
        }));
    }
    queues
}

/// The longest step at which nothing changes in between: a divisor of the interval and of every profile's step.
fn step(
    horizon: &Horizon,
    sources: &[Source],
    (queues, bots): (&[Queue], &Table<BotId, Bot>),
    staff: &[Option<GroupStaff>],
) -> SimDuration {
    let mean_step = |law: Option<&Law>| law.and_then(|law| law.mean.as_ref()?.step());
    let of_laws = queues.iter().flat_map(|queue| {
        [
            mean_step(Some(&queue.handle_time)),
            mean_step(queue.wrap_up.as_ref()),
            mean_step(queue.patience.as_ref()),
        ]
    });
    let of_delays = queues.iter().flat_map(|queue| delays(&queue.journey));
    let of_bots = bots.values().flat_map(|bot| {
        let comeback = bot.comeback.as_ref().map(|comeback| &comeback.delay);
        [Some(&bot.session), comeback]
    });
    let of_laws = of_laws.chain(of_delays.chain(of_bots).map(mean_step));
    let of_sources = sources.iter().map(|source| source.arrivals_per_hour.step());
    let of_heads = staff.iter().flatten().map(|(heads, _)| heads.step());
    let steps = of_laws.chain(of_sources).chain(of_heads).flatten();
    let interval = horizon.calendar.interval();
    SimDuration(steps.fold(interval.0, |step, other| gcd(step, other.0)))
}

/// After how long contacts come back, and customers of chats write, as far as the queue says.
fn delays(journey: &Journey) -> [Option<&Law>; 7] {
    let of_retry = journey.retry.as_ref().map(|retry| &retry.delay);
    let of_resolution = journey.resolution.as_ref();
    let of_replies = journey.replies.as_ref().map(|replies| &replies.delay);
    let (of_dialogue, of_callback) = (journey.dialogue.as_ref(), journey.callback.as_ref());
    [
        of_retry,
        of_resolution.map(|resolution| &resolution.comeback.delay),
        of_replies,
        of_dialogue.map(|dialogue| &dialogue.thinking),
        of_dialogue.and_then(|dialogue| dialogue.patience.as_ref()),
        of_callback.map(|callback| &callback.again),
        of_callback.and_then(|callback| callback.delay.as_ref()),
    ]
}

/// The horizon's calendar with a finer step; it was possible with the interval already.
fn calendar_of(horizon: &Horizon, step: SimDuration) -> Option<Calendar> {
    let calendar = &horizon.calendar;
    Calendar::new(
        horizon.first,
        horizon.days,
        calendar.zone().clone(),
        calendar.interval(),
        step,
    )
    .ok()
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "at most a thousand million, and a cast saturates"
)]
fn bred_limit(expected: f64) -> u64 {
    (expected.ceil() as u64)
        .saturating_mul(20)
        .saturating_add(1_000_000)
}
