//! The state of the centre in motion: contacts, lines, agents and what is to come.
//!
//! It is [`Clone`], so that a run can go on from a saved moment, and it is reused from one replication to the next.

use crate::ids::{BotId, GroupId, Id, QueueId, SourceId, Table, TrunkId};
use crate::scenario::model::{Model, Queue, Skill, Staffing, Yields};
use crate::time::{Piece, SimDuration, SimTime};

use super::agents::Agents;
use super::arrivals::{Arrivals, day_levels};
use super::calendar::EventCalendar;
use super::contacts::Contacts;
use super::issues::Issues;
use super::lines::Line;
use super::mechanisms::attendance::Away;
use super::mechanisms::dialogue::Chats;
use super::mechanisms::interruption::SetAside;
use super::mechanisms::public::Spared;
use super::mechanisms::same_agent::Kept;
use super::steady::SteadyWindow;
use super::streams::{Purpose, Stream, StreamRoot};

/// A centre in motion.
#[derive(Debug, Clone)]
pub struct Centre {
    /// What is to come.
    pub calendar: EventCalendar,
    /// Who is in the system.
    pub contacts: Contacts,
    /// Who waits, by queue.
    pub lines: Table<QueueId, Line>,
    /// Who works, by group.
    pub agents: Table<GroupId, Agents>,
    /// How many lines of each bundle are free; less than none where those who were there at the start hold too many.
    pub free_lines: Table<TrunkId, i64>,
    /// What contacts belong to, where issues are followed.
    pub issues: Issues,
    /// How many of them wait for their next contact.
    pub away: u32,
    /// Sessions under way, by bot.
    pub sessions: Table<BotId, u32>,
    /// Whose customers stay away because they have read an answer, by queue.
    pub spared: Table<QueueId, Spared>,
    /// Who comes, by source.
    pub arrivals: Table<SourceId, Arrivals>,
    /// The piece of the calendar that runs.
    pub piece: Piece,
    /// Its number within its day.
    pub piece_index: usize,
    /// The interval that it belongs to, among those of a row of figures.
    pub slot: u32,
    /// The level common to all sources, where the scenario has one.
    pub levels: Stream,
    /// The streams that round the heads present, and today's draw, by group.
    pub rounding: Table<GroupId, (Stream, f64)>,
    /// Who of those who should be at work is not, by group.
    pub missing: Table<GroupId, Away>,
    /// What agents have set aside, in groups with work that gives way.
    pub aside: Table<GroupId, Option<SetAside>>,
    /// Chats in turns that are under way.
    pub chats: Chats,
    /// What is kept for single agents, in groups in which anything is.
    pub kept: Table<GroupId, Option<Kept>>,
    /// The queue of the last contact that each agent turned to, in groups in which that matters.
    pub last_queue: Table<GroupId, Vec<Option<QueueId>>>,
    /// A contact whose patience ended before this instant has left.
    pub left_before: SimTime,
    /// Queues whose line has just become empty and on which others wait.
    pub released: Vec<QueueId>,
    /// Posts bred and follow-ups made in this replication.
    pub bred: u64,
    /// After the horizon: contacts still to be followed to their end.
    pub followed: u64,
    /// Whether the horizon has ended.
    pub is_closed: bool,
    /// Room for the arrivals of those in the system, by queue; empty between two uses.
    pub ages: Table<QueueId, Vec<SimTime>>,
    /// The root of every stream of this replication.
    pub root: StreamRoot,
}

impl Centre {
    /// An empty centre at the start of replication `index`.
    pub fn new(model: &Model, layout: &Layout, seed: u64, index: u64) -> Self {
        let root = StreamRoot::new(seed, index);
        Self {
            calendar: calendar(model, layout),
            contacts: Contacts::default(),
            lines: layout
                .queues
                .values()
                .map(|queue| Line::new(queue.is_watched()))
                .collect(),
            agents: agents(model, layout, root),
            free_lines: model
                .trunks
                .values()
                .map(|&lines| i64::from(lines))
                .collect(),
            issues: Issues::default(),
            away: 0,
            spared: model.queues.ids().map(|_| Spared::NOBODY).collect(),
            sessions: model.bots.ids().map(|_| 0).collect(),
            arrivals: model
                .sources
                .values()
                .map(|source| Arrivals::new(model, source, root))
                .collect(),
            piece: model.calendar.piece(0, 0),
            piece_index: 0,
            slot: 0,
            levels: root.stream(0, Purpose::DayLevel),
            rounding: model
                .groups
                .values()
                .map(|group| (root.stream(group.name.hash, Purpose::Shrinkage), 0.0))
                .collect(),
            missing: model.groups.ids().map(|_| Away::default()).collect(),
            aside: layout
                .groups
                .values()
                .map(|group| group.sets_aside.then(|| SetAside::new(group)))
                .collect(),
            chats: Chats::default(),
            kept: layout
                .groups
                .values()
                .map(|group| group.keeps.then(|| Kept::new(group)))
                .collect(),
            last_queue: last_queues(model, layout),
            left_before: SimTime::START,
            released: Vec::new(),
            bred: 0,
            followed: 0,
            is_closed: false,
            ages: model.queues.ids().map(|_| Vec::new()).collect(),
            root,
        }
    }

    /// Starts again for another replication, with the memory that is there.
    pub fn restart(&mut self, model: &Model, layout: &Layout, seed: u64, index: u64) {
        let mut fresh = Self::new(model, layout, seed, index);
        self.calendar.clear();
        self.contacts.clear();
        for line in self.lines.values_mut() {
            line.clear();
        }
        std::mem::swap(&mut self.calendar, &mut fresh.calendar);
        std::mem::swap(&mut self.contacts, &mut fresh.contacts);
        std::mem::swap(&mut self.lines, &mut fresh.lines);
        std::mem::swap(&mut self.ages, &mut fresh.ages);
        *self = fresh;
    }

    /// A new day's level for all sources.
    pub fn begin_day(&mut self, model: &Model) {
        use rand_distr::Distribution;
        let shared = day_levels(model.shared_day_cv).map(|levels| levels.sample(&mut self.levels));
        for arrivals in self.arrivals.values_mut() {
            arrivals.begin_day(shared);
        }
        for (stream, uniform) in self.rounding.values_mut() {
            *uniform = rand_distr::StandardUniform.sample(stream);
        }
    }
}

/// Nothing to come yet, with a place for everybody.
fn calendar(model: &Model, layout: &Layout) -> EventCalendar {
    let heads = layout.groups.values().map(|group| group.heads_max);
    EventCalendar::new(&heads.collect(), model.sources.len())
}

fn agents(model: &Model, layout: &Layout, root: StreamRoot) -> Table<GroupId, Agents> {
    let of_group = |(id, layout)| {
        let group = &model.groups[id];
        let stream = root.stream(group.name.hash, Purpose::AgentChoice);
        Agents::new(layout, &group.pace, group.agents, stream)
    };
    layout.groups.iter().map(of_group).collect()
}

/// No agent has turned to anything yet; empty for groups in which that makes no difference.
fn last_queues(model: &Model, layout: &Layout) -> Table<GroupId, Vec<Option<QueueId>>> {
    let of_group = |(id, layout): (GroupId, &GroupLayout)| match model.groups[id].switch {
        SimDuration::ZERO => Vec::new(),
        _ => vec![None; layout.heads_max as usize],
    };
    layout.groups.iter().map(of_group).collect()
}

/// What the engine works out once from a model and its staffing.
#[derive(Debug, Clone)]
pub struct Layout {
    /// By group.
    pub groups: Table<GroupId, GroupLayout>,
    /// By queue.
    pub queues: Table<QueueId, QueueLayout>,
    /// Whether the model leaves most of the engine unused.
    pub(super) is_plain: bool,
    /// How many intervals a row of figures has: a week's where the horizon has two days or more, else a day's.
    pub slots: u32,
    /// Whether intervals are kept apart by weekday.
    pub by_weekday: bool,
    /// The counted time, where nothing changes by the clock and it is not cut into batches.
    pub steady: Option<SteadyWindow>,
}

/// What the engine works out once of a group.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct GroupLayout {
    /// Most heads at any time.
    pub heads_max: u32,
    /// The place of the first of them in the calendar.
    pub first_place: u32,
    /// Most contacts open at one agent.
    pub at_once_max: u32,
    /// Whether its agents take waiting contacts by the order of their skills and nothing else, and begin them without more.
    pub is_plain: bool,
    /// Whether they set work aside for other work.
    pub sets_aside: bool,
    /// Whether replies are kept for who of them handled the contact before.
    pub keeps: bool,
}

/// What the engine works out once of a queue.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct QueueLayout {
    /// Groups in which a contact of this queue, waiting, keeps agents from starting concurrent ones (design, section 5).
    pub holds: Vec<GroupId>,
    /// Whether its contacts hold telephone lines.
    pub has_lines: bool,
    /// Waits after which more groups take its contacts, shortest first.
    pub overflows: Vec<SimDuration>,
    /// Whether customers who wait may do something else, or try again once they have left.
    pub has_turns: bool,
}

impl QueueLayout {
    /// Whether others depend on the instant at which a waiting contact leaves.
    pub fn is_watched(&self) -> bool {
        self.has_lines || self.has_turns || !self.holds.is_empty()
    }
}

impl Layout {
    /// The layout of a model under a staffing.
    pub fn new(model: &Model, staffing: &Staffing) -> Self {
        let heads_max = staffing.heads.values();
        let heads_max = heads_max.map(|heads| heads.values().max().unwrap_or(0));
        let heads_max: Table<GroupId, u32> = heads_max.collect();
        let groups: Table<GroupId, GroupLayout> = model
            .groups
            .iter()
            .map(|(id, group)| GroupLayout {
                heads_max: heads_max[id],
                first_place: heads_max.values().take(id.index()).sum(),
                at_once_max: group
                    .skills
                    .iter()
                    .map(|skill| skill.at_once)
                    .max()
                    .unwrap_or(1),
                is_plain: group.skills.iter().all(|skill| is_plain(model, skill))
                    && group.switch == SimDuration::ZERO,
                sets_aside: group.skills.iter().any(gives_way),
                keeps: group.skills.iter().any(|skill| keeps(model, skill)),
            })
            .collect();
        let by_weekday = model.calendar.days().len() >= 2;
        let a_day = u32::try_from(model.calendar.intervals_a_day())
            .expect("an interval is at least a second");
        Self {
            is_plain: super::features::is_plain(model, &groups),
            groups,
            queues: model
                .queues
                .ids()
                .map(|queue| QueueLayout {
                    holds: holds(model, queue),
                    has_lines: model.queues[queue].trunk.is_some(),
                    overflows: overflows(&model.queues[queue]),
                    has_turns: model.queues[queue].journey.has_turns(),
                })
                .collect(),
            slots: if by_weekday { 7 * a_day } else { a_day },
            by_weekday,
            steady: SteadyWindow::of(model, staffing).filter(|_| model.batches.is_none()),
        }
    }

    /// The interval's number that a piece belongs to, among the week's or the day's.
    #[expect(
        clippy::cast_possible_truncation,
        reason = "a week has fewer intervals than a u32 holds"
    )]
    pub fn slot(&self, model: &Model, piece: &Piece) -> u32 {
        let of_day = (piece.time_of_day.0 / model.calendar.interval().0) as u32;
        if self.by_weekday {
            u32::from(piece.weekday) * (self.slots / 7) + of_day
        } else {
            of_day
        }
    }
}

fn is_plain(model: &Model, skill: &Skill) -> bool {
    let is_in_turns = model.queues[skill.queue].journey.dialogue.is_some();
    skill.terms.are_none() && !gives_way(skill) && !keeps(model, skill) && !is_in_turns
}

fn keeps(model: &Model, skill: &Skill) -> bool {
    model.queues[skill.queue].journey.same_agent().is_some()
}

fn gives_way(skill: &Skill) -> bool {
    skill.yields == Yields::GivesWay
}

fn overflows(queue: &Queue) -> Vec<SimDuration> {
    let waits = queue.servers.iter().map(|server| server.terms.after);
    let mut waits: Vec<_> = waits.filter(|&wait| wait > SimDuration::ZERO).collect();
    waits.sort_unstable();
    waits.dedup();
    waits
}

fn holds(model: &Model, queue: QueueId) -> Vec<GroupId> {
    let priority = model.queues[queue].priority;
    let held_back = |group: &crate::scenario::model::Group| {
        group
            .skills
            .iter()
            .any(|skill| skill.at_once > 1 && model.queues[skill.queue].priority > priority)
    };
    model.queues[queue]
        .servers
        .iter()
        .filter(|server| server.holds_back() && held_back(&model.groups[server.group]))
        .map(|server| server.group)
        .collect()
}
