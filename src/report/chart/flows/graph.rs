//! The places, and the ways between neighbouring columns.

use std::collections::BTreeMap;

use crate::stats::summary::VariantSummary;

/// What a place stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Place {
    /// Issues begin.
    New,
    /// Contacts come that are not the first of their issues.
    Again,
    /// A bot, by its number.
    Bot(usize),
    /// A queue, by its number.
    Queue(usize),
    /// Issues end with what the customer wanted.
    Resolved,
    /// Issues end without.
    Lost,
    /// Issues are open at the end.
    Open,
    /// The next contact comes to a bot, by its number.
    AgainBot(usize),
    /// The next contact comes to a queue, by its number.
    AgainQueue(usize),
    /// A way from one column to the next but one passes here, by its number.
    Passing(usize),
}

/// A way between places of neighbouring columns.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Way {
    /// The place's number, in the column on the left.
    pub(super) from: usize,
    /// The place's number, in the column on the right.
    pub(super) to: usize,
    /// How many issues go it.
    pub(super) issues: f64,
    /// What is drawn alike: both parts of a way past a column.
    pub(super) kind: Kind,
    /// Whether it begins here: the second part of a way past a column does not.
    pub(super) is_start: bool,
}

/// What a way means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// First contacts.
    New,
    /// From a bot to a queue.
    Bot,
    /// Further contacts.
    Again,
    /// To the end of the issue.
    Resolved,
    /// To its end.
    Lost,
    /// To the end of the horizon.
    Open,
}

/// Places in columns, and the ways between them.
#[derive(Debug, Clone, Default)]
pub(super) struct Graph {
    /// From left to right, each from top to bottom.
    pub(super) columns: Vec<Vec<Place>>,
    /// Between column `n` and the next, at place `n`.
    pub(super) ways: Vec<Vec<Way>>,
    /// Ways that are not shown, and the issues that go them.
    pub(super) left_out: (usize, f64),
}

/// Most ways that a reader can tell apart.
const MOST: usize = 48;
/// A way narrower than this share of all is not seen.
const LEAST: f64 = 0.0005;

impl Graph {
    /// The graph of a variant's flows; nothing where there are none.
    pub(super) fn of(variant: &VariantSummary) -> Option<Self> {
        let (mut flows, left_out) = largest(variant);
        if flows.is_empty() {
            return None;
        }
        flows.sort_by(|one, other| (&one.0, &one.1).cmp(&(&other.0, &other.1)));
        let has_bots = flows
            .iter()
            .any(|(from, to, _)| matches!((from, to), (Place::Bot(_), _) | (_, Place::Bot(_))));
        let mut graph = Self {
            columns: vec![Vec::new(); if has_bots { 4 } else { 3 }],
            ways: vec![Vec::new(); if has_bots { 3 } else { 2 }],
            left_out,
        };
        let mut back: BTreeMap<Place, f64> = BTreeMap::new();
        for (from, to, issues) in flows {
            let is_forward = matches!(
                (from, to),
                (Place::New, _)
                    | (_, Place::Resolved | Place::Lost | Place::Open)
                    | (Place::Bot(_), Place::Queue(_))
            );
            if is_forward {
                graph.connect(from, to, issues);
                continue;
            }
            let again = match to {
                Place::Bot(bot) => Place::AgainBot(bot),
                Place::Queue(queue) => Place::AgainQueue(queue),
                other => other,
            };
            graph.connect(from, again, issues);
            *back.entry(to).or_default() += issues;
        }
        for (to, issues) in back {
            graph.connect(Place::Again, to, issues);
        }
        Some(graph)
    }

    /// A place's column.
    fn column_of(&self, place: Place) -> usize {
        let last = self.columns.len() - 1;
        match place {
            Place::New | Place::Again => 0,
            Place::Bot(_) => 1,
            Place::Queue(_) | Place::Passing(_) => last - 1,
            Place::Resolved
            | Place::Lost
            | Place::Open
            | Place::AgainBot(_)
            | Place::AgainQueue(_) => last,
        }
    }

    /// The number of a place in its column.
    fn place(&mut self, column: usize, place: Place) -> usize {
        let places = &mut self.columns[column];
        if let Some(number) = places.iter().position(|own| *own == place) {
            return number;
        }
        places.push(place);
        places.len() - 1
    }

    fn connect(&mut self, from: Place, to: Place, issues: f64) {
        let kind = match (from, to) {
            (_, Place::Resolved) => Kind::Resolved,
            (_, Place::Lost) => Kind::Lost,
            (_, Place::Open) => Kind::Open,
            (Place::New, _) => Kind::New,
            (Place::Bot(_), Place::Queue(_)) => Kind::Bot,
            _ => Kind::Again,
        };
        let (left, right) = (self.column_of(from), self.column_of(to));
        let mut at = self.place(left, from);
        for column in left..right {
            let next = if column + 1 == right {
                self.place(right, to)
            } else {
                let number = self.columns[column + 1].len();
                self.place(column + 1, Place::Passing(number))
            };
            self.ways[column].push(Way {
                from: at,
                to: next,
                issues,
                kind,
                is_start: column == left,
            });
            at = next;
        }
    }
}

type Flow = (Place, Place, f64);

/// The largest flows, and how many are left out with how many issues.
fn largest(variant: &VariantSummary) -> (Vec<Flow>, (usize, f64)) {
    let place = |name: &str| match name {
        "new" => Some(Place::New),
        "resolved" => Some(Place::Resolved),
        "lost" => Some(Place::Lost),
        "open_at_end" => Some(Place::Open),
        other => {
            if let Some(queue) = other.strip_prefix("queues.") {
                let mut queues = variant.queues.iter();
                queues.position(|(own, _)| own == queue).map(Place::Queue)
            } else {
                let bot = other.strip_prefix("bots.")?;
                let mut bots = variant.bots.iter();
                bots.position(|(own, _)| own == bot).map(Place::Bot)
            }
        }
    };
    let mut flows: Vec<Flow> = variant
        .flows
        .iter()
        .filter_map(|flow| {
            let issues = flow.issues.mean.filter(|mean| mean.is_finite())?;
            (issues > 0.0).then_some((place(&flow.from)?, place(&flow.to)?, issues))
        })
        .collect();
    let all: f64 = flows.iter().map(|(_, _, issues)| issues).sum();
    flows.sort_by(|one, other| other.2.total_cmp(&one.2));
    let seen = flows.iter().take(MOST);
    let shown = seen
        .take_while(|(_, _, issues)| *issues >= LEAST * all)
        .count();
    let left_out = flows.split_off(shown);
    let issues = left_out.iter().map(|(_, _, issues)| issues).sum();
    (flows, (left_out.len(), issues))
}
