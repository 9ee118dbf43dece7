//! A listener that writes down all that the engine tells of one replication.

use channelmix::ids::{BotId, GroupId, QueueId, SourceId};
use channelmix::scenario::model::Variant;
use channelmix::sim::centre::{Centre, Layout};
use channelmix::sim::contacts::Contact;
use channelmix::sim::counting::{Counting, extent};
use channelmix::sim::issues::{Issue, Stop};
use channelmix::sim::observer::{BotEnd, Observer, Outcome, Step, Turn};
use channelmix::sim::replicate::{Ending, replicate};
use channelmix::sim::streams::StreamRoot;
use channelmix::sim::work::InHand;
use channelmix::stats::counts::Counts;
use channelmix::time::{Piece, SimTime};

/// One thing told.
#[derive(Debug, Clone)]
pub(crate) enum Told {
    Piece,
    Staffed {
        group: GroupId,
        heads: u32,
        present: u32,
    },
    Arrived(Contact),
    TurnedAway(SourceId),
    Line {
        queue: QueueId,
    },
    Started {
        contact: Contact,
        group: GroupId,
        agent: u32,
    },
    Finished {
        contact: Contact,
        group: GroupId,
        agent: u32,
    },
    Stepped {
        contact: Contact,
        group: GroupId,
        agent: u32,
        step: Step,
    },
    Load {
        group: GroupId,
        busy: u32,
        open: u32,
    },
    Worked {
        group: GroupId,
        queues: Vec<QueueId>,
        from: SimTime,
    },
    /// `at` may lie before the instant at which it was told.
    Ended {
        at: SimTime,
        contact: Contact,
        outcome: Outcome,
    },
    Backlog {
        piece: Piece,
        queue: QueueId,
        count: usize,
        arrivals: Vec<SimTime>,
    },
    Closed,
}

/// One replication: what was told, when, and what the engine's own listener counted of it.
#[derive(Debug)]
pub(crate) struct Record {
    pub(crate) log: Vec<(SimTime, Told)>,
    pub(crate) counts: Counts,
    /// From which all its luck comes.
    pub(crate) root: StreamRoot,
}

impl Record {
    /// Replication `index` of a variant under a seed, in a centre of its own.
    pub(crate) fn of(variant: &Variant, seed: u64, index: u64) -> Self {
        let Variant {
            model, staffing, ..
        } = variant;
        let layout = Layout::new(model, staffing);
        let counts = Counts::new(extent(model, &layout));
        let mut centre = Centre::new(model, &layout, seed, index);
        let mut recorder = Recorder {
            log: Vec::new(),
            now: SimTime::START,
            counting: Counting::new(model, &layout, counts),
        };
        let ending = replicate(
            (model, staffing, &layout),
            seed,
            index,
            &mut centre,
            &mut recorder,
        );
        assert_eq!(ending, Ending::Complete);
        let Recorder { log, counting, .. } = recorder;
        let counts = counting.finish();
        Self {
            log,
            counts,
            root: StreamRoot::new(seed, index),
        }
    }

    /// Every contact that came, in order.
    pub(crate) fn arrivals(&self) -> impl Iterator<Item = &Contact> {
        self.log.iter().filter_map(|(_, told)| match told {
            Told::Arrived(contact) => Some(contact),
            _ => None,
        })
    }

    /// Every contact that ended, with its outcome and when that happened.
    pub(crate) fn endings(&self) -> impl Iterator<Item = (SimTime, &Contact, Outcome)> {
        self.log.iter().filter_map(|(_, told)| match told {
            Told::Ended {
                at,
                contact,
                outcome,
            } => Some((*at, contact, *outcome)),
            _ => None,
        })
    }
}

/// Writes down and passes on to the engine's own counting.
struct Recorder<'a> {
    log: Vec<(SimTime, Told)>,
    now: SimTime,
    counting: Counting<'a>,
}

impl Recorder<'_> {
    fn note(&mut self, now: SimTime, told: Told) {
        assert!(
            now >= self.now,
            "told {told:?} of {now:?} after {:?}",
            self.now
        );
        self.now = now;
        self.log.push((now, told));
    }
}

impl Observer for Recorder<'_> {
    fn piece_began(&mut self, piece: &Piece) {
        self.counting.piece_began(piece);
        self.note(piece.start, Told::Piece);
    }
    fn staffed(&mut self, at: SimTime, group: GroupId, heads: u32, present: u32) {
        self.counting.staffed(at, group, heads, present);
        self.note(
            at,
            Told::Staffed {
                group,
                heads,
                present,
            },
        );
    }
    fn arrived(&mut self, at: SimTime, contact: &Contact) {
        self.counting.arrived(at, contact);
        self.note(at, Told::Arrived(*contact));
    }
    fn turned_away(&mut self, at: SimTime, source: SourceId) {
        self.counting.turned_away(at, source);
        self.note(at, Told::TurnedAway(source));
    }
    fn line_changed(&mut self, at: SimTime, queue: QueueId, waiting: u32) {
        self.counting.line_changed(at, queue, waiting);
        self.note(at, Told::Line { queue });
    }
    fn left_unnoticed(&mut self, now: SimTime, left_at: SimTime, queue: QueueId) {
        self.counting.left_unnoticed(now, left_at, queue);
        self.now = self.now.max(now);
    }

    fn started(&mut self, at: SimTime, contact: &Contact, group: GroupId, agent: u32) {
        self.counting.started(at, contact, group, agent);
        self.note(
            at,
            Told::Started {
                contact: *contact,
                group,
                agent,
            },
        );
    }
    fn finished(&mut self, at: SimTime, contact: &Contact, group: GroupId, agent: u32) {
        self.counting.finished(at, contact, group, agent);
        self.note(
            at,
            Told::Finished {
                contact: *contact,
                group,
                agent,
            },
        );
    }
    fn stepped(&mut self, at: SimTime, contact: &Contact, group: GroupId, agent: u32, step: Step) {
        self.counting.stepped(at, contact, group, agent, step);
        self.note(
            at,
            Told::Stepped {
                contact: *contact,
                group,
                agent,
                step,
            },
        );
    }
    fn load_changed(&mut self, at: SimTime, group: GroupId, busy: u32, open: u32) {
        self.counting.load_changed(at, group, busy, open);
        self.note(at, Told::Load { group, busy, open });
    }
    fn turned_to(
        &mut self,
        at: SimTime,
        (group, busy): (GroupId, u32),
        from: Option<QueueId>,
        to: Option<QueueId>,
    ) {
        self.counting.turned_to(at, (group, busy), from, to);
        if from.is_none() || to.is_none() {
            let open = busy;
            self.note(at, Told::Load { group, busy, open });
        }
    }
    fn worked(&mut self, group: GroupId, hands: &[InHand], from: SimTime, to: SimTime) {
        self.counting.worked(group, hands, from, to);
        let queues = hands.iter().map(|hand| hand.queue).collect();
        self.note(
            to,
            Told::Worked {
                group,
                queues,
                from,
            },
        );
    }
    fn ended(&mut self, at: SimTime, contact: &Contact, outcome: Outcome) {
        self.counting.ended(at, contact, outcome);
        self.note(
            self.now,
            Told::Ended {
                at,
                contact: *contact,
                outcome,
            },
        );
    }
    // Of issues and bots the counting alone hears.
    fn turned(&mut self, at: SimTime, contact: &Contact, turn: Turn) {
        self.counting.turned(at, contact, turn);
    }
    fn bot_sessions(&mut self, at: SimTime, bot: BotId, sessions: u32) {
        self.counting.bot_sessions(at, bot, sessions);
    }
    fn bot_ended(&mut self, at: SimTime, contact: &Contact, end: BotEnd) {
        self.counting.bot_ended(at, contact, end);
    }
    fn travelled(&mut self, at: SimTime, issue: &Issue, from: Stop) {
        self.counting.travelled(at, issue, from);
    }
    fn issue_ended(&mut self, at: SimTime, issue: &Issue) {
        self.counting.issue_ended(at, issue);
    }
    fn backlog(&mut self, piece: &Piece, queue: QueueId, count: usize, arrivals: &[SimTime]) {
        self.counting.backlog(piece, queue, count, arrivals);
        let arrivals = arrivals.to_vec();
        self.note(
            piece.end,
            Told::Backlog {
                piece: *piece,
                queue,
                count,
                arrivals,
            },
        );
    }
    fn closed(&mut self, at: SimTime) {
        self.counting.closed(at);
        self.note(at, Told::Closed);
    }
}
