//! Simulates the replication and listens.

use crate::scenario::hint_of;
use crate::scenario::model::{Compiled, Model, Variant};
use crate::sim::centre::{Centre, Layout};
use crate::sim::replicate::{Ending, replicate};
use crate::study::run::RunError;
use crate::time::SimTime;

use super::event::Event;
use super::listen::{Choice, Listener};

/// The most events of one trace: they are kept until all are known, as some are told late, in less than half a gigabyte.
pub const MOST_EVENTS: usize = 5_000_000;

/// What to tell.
#[derive(Debug, Clone, Default)]
pub struct Request {
    /// The variant's name; the base where it is missing.
    pub variant: Option<String>,
    /// The replication, from 1.
    pub replication: u64,
    /// In place of the scenario's own.
    pub seed: Option<u64>,
    /// Only this issue, from 1.
    pub issue: Option<u64>,
    /// Only contacts in the queue of this name.
    pub queue: Option<String>,
    /// Only from this local time on.
    pub from: Option<String>,
    /// Only before this local time.
    pub to: Option<String>,
}

/// The story of a replication, or a part of it.
#[derive(Debug)]
pub struct Trace<'a> {
    /// The scenario's name.
    pub scenario: &'a str,
    /// The variant.
    pub variant: &'a Variant,
    /// The replication, from 1.
    pub replication: u64,
    /// The seed in force.
    pub seed: u64,
    /// How many issues the replication has.
    pub issues: u64,
    /// What was asked for, in the order of time; what happened at one instant as the engine told it.
    pub events: Vec<Event>,
}

/// Why there is no story.
#[derive(Debug, thiserror::Error)]
pub enum TraceError {
    /// No variant has the name.
    #[error("no variant is named \"{name}\"; {hint}")]
    UnknownVariant {
        /// What was asked for.
        name: String,
        /// What was likely meant.
        hint: String,
    },
    /// No queue has the name.
    #[error("no queue is named \"{name}\"; {hint}")]
    UnknownQueue {
        /// What was asked for.
        name: String,
        /// What was likely meant.
        hint: String,
    },
    /// A time that cannot be read.
    #[error(
        "\"{found}\" is no time; expected a local date and time such as \"{example}\", or a time of the first day such as \"09:00\""
    )]
    NoTime {
        /// What was given.
        found: String,
        /// The first day at nine.
        example: String,
    },
    /// A stretch that is empty.
    #[error("nothing lies from {from} to {to}; the end must be later than the beginning")]
    Backwards {
        /// Where it should begin.
        from: String,
        /// Where it should end.
        to: String,
    },
    /// A stretch outside the horizon.
    #[error("that time is outside the horizon, which goes from {start} to {end}")]
    Outside {
        /// The horizon's start.
        start: String,
        /// The horizon's end.
        end: String,
    },
    /// No issue of the number.
    #[error("there is no issue {issue}: replication {replication} has {issues}")]
    NoSuchIssue {
        /// What was asked for.
        issue: u64,
        /// In which replication.
        replication: u64,
        /// How many there are.
        issues: u64,
    },
    /// More than can be kept.
    #[error(
        "{events} events are more than the {MOST_EVENTS} that fit; choose a queue, a time or an issue"
    )]
    TooMany {
        /// How many there are.
        events: u64,
    },
    /// The replication itself failed.
    #[error(transparent)]
    Run(#[from] RunError),
}

/// Simulates one replication of one variant, the same that `run` simulates, and tells what happened.
///
/// Contacts that come in the warm-up are told too.
///
/// # Errors
/// When what is asked for is not there, or is too much.
pub fn trace<'a>(compiled: &'a Compiled, request: &Request) -> Result<Trace<'a>, TraceError> {
    let variant = variant(compiled, request.variant.as_deref())?;
    let Variant {
        model, staffing, ..
    } = variant;
    let seed = request.seed.unwrap_or(compiled.seed);
    let layout = Layout::new(model, staffing);
    let index = request.replication.saturating_sub(1);
    let mut centre = Centre::new(model, &layout, seed, index);
    let mut listener = Listener::new(model, choice(model, request)?);
    let ending = replicate(
        (model, staffing, &layout),
        seed,
        index,
        &mut centre,
        &mut listener,
    );
    let replication = request.replication;
    if ending == Ending::Flooded {
        let (variant, limit) = (variant.name.clone(), model.bred_limit);
        let flooded = RunError::Flooded {
            variant,
            replication,
            limit,
        };
        return Err(flooded.into());
    }
    let Listener {
        mut events,
        left_out,
        issues,
        ..
    } = listener;
    if let Some(issue) = request.issue.filter(|issue| *issue > issues) {
        return Err(TraceError::NoSuchIssue {
            issue,
            replication,
            issues,
        });
    }
    if left_out > 0 {
        let events = events.len() as u64 + left_out;
        return Err(TraceError::TooMany { events });
    }
    events.sort_by_key(|event| event.at);
    Ok(Trace {
        scenario: &compiled.name,
        variant,
        replication,
        seed,
        issues,
        events,
    })
}

fn variant<'a>(compiled: &'a Compiled, name: Option<&str>) -> Result<&'a Variant, TraceError> {
    let Some(name) = name else {
        return Ok(&compiled.variants[0]);
    };
    let mut variants = compiled.variants.iter();
    variants
        .find(|variant| variant.name == name)
        .ok_or_else(|| {
            let known = compiled.variants.iter();
            TraceError::UnknownVariant {
                name: name.to_owned(),
                hint: hint_of(name, known.map(|variant| variant.name.as_str())),
            }
        })
}

fn choice(model: &Model, request: &Request) -> Result<Choice, TraceError> {
    let of_name = |name: &String| {
        let mut queues = model.queues.iter();
        let found = queues.find(|(_, queue)| &queue.name.text == name);
        found.map(|(id, _)| id).ok_or_else(|| {
            let known = model.queues.values();
            TraceError::UnknownQueue {
                name: name.clone(),
                hint: hint_of(name, known.map(|queue| queue.name.text.as_str())),
            }
        })
    };
    let calendar = &model.calendar;
    let wall = |at: SimTime| {
        calendar
            .wall_clock(at)
            .strftime("%Y-%m-%d %H:%M")
            .to_string()
    };
    let read = |text: &String| {
        calendar.read(text).ok_or_else(|| TraceError::NoTime {
            found: text.clone(),
            example: wall(SimTime::START).replace("00:00", "09:00"),
        })
    };
    let from = request.from.as_ref().map(read).transpose()?;
    let to = request.to.as_ref().map(read).transpose()?;
    if let (Some(from), Some(to)) = (from, to)
        && from >= to
    {
        let (from, to) = (wall(from), wall(to));
        return Err(TraceError::Backwards { from, to });
    }
    if from.is_some_and(|from| from >= calendar.end()) || to.is_some_and(|to| to <= SimTime::START)
    {
        return Err(TraceError::Outside {
            start: wall(SimTime::START),
            end: wall(calendar.end()),
        });
    }
    Ok(Choice {
        issue: request.issue,
        queue: request.queue.as_ref().map(of_name).transpose()?,
        time: from.unwrap_or(SimTime(i64::MIN))..to.unwrap_or(SimTime::NEVER),
        most: MOST_EVENTS,
    })
}
