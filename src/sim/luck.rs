//! What customers draw when they come: the work that they bring, and how long they wait.

use crate::scenario::model::{Law, Queue};
use crate::time::instant::{MICROS_PER_HOUR, MICROS_PER_SECOND};
use crate::time::{Piece, SimDuration};

use super::ahead::AT_ONCE;
use super::streams::{Purpose, Stream, StreamRoot};

/// What the contacts of a queue draw, one after the other: several at a time, as [`Ahead`](super::ahead::Ahead) draws one number.
#[derive(Debug, Clone)]
pub struct Luck {
    streams: Streams,
    talk: [SimDuration; AT_ONCE],
    wrap_up: [SimDuration; AT_ONCE],
    patience: [SimDuration; AT_ONCE],
    /// How many of them have been given away.
    given: usize,
}

/// One draw a contact from each.
#[derive(Debug, Clone)]
struct Streams {
    handle_time: Stream,
    wrap_up: Stream,
    patience: Stream,
}

/// What a contact drew.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Drawn {
    /// Talk or writing at pace and speed 1.
    pub talk: SimDuration,
    /// Wrap-up at pace and speed 1.
    pub wrap_up: SimDuration,
    /// How long it waits; `None` for ever.
    pub patience: Option<SimDuration>,
}

impl Luck {
    /// The streams of a name.
    pub fn new(root: StreamRoot, name: u64) -> Self {
        let nothing = [SimDuration::ZERO; AT_ONCE];
        Self {
            streams: Streams::new(root, name),
            talk: nothing,
            wrap_up: nothing,
            patience: nothing,
            given: AT_ONCE,
        }
    }

    /// The luck of the next contact, by the laws of its queue at its time of arrival: the same laws each time.
    #[inline(always)]
    pub fn draw(&mut self, queue: &Queue, piece: &Piece) -> Drawn {
        if self.given < AT_ONCE {
            self.give(queue)
        } else {
            self.draw_more(queue, piece)
        }
    }

    #[inline(always)]
    fn give(&mut self, queue: &Queue) -> Drawn {
        let place = self.given;
        self.given += 1;
        Drawn {
            talk: self.talk[place],
            wrap_up: self.wrap_up[place],
            patience: queue.patience.is_some().then_some(self.patience[place]),
        }
    }

    /// Draws several; but one where a law depends on the time of arrival.
    #[inline(never)]
    fn draw_more(&mut self, queue: &Queue, piece: &Piece) -> Drawn {
        if laws(queue).any(|law| law.mean.is_some()) {
            return self.streams.draw(queue, piece);
        }
        draw_many(
            &queue.handle_time,
            &mut self.streams.handle_time,
            &mut self.talk,
        );
        if let Some(law) = &queue.wrap_up {
            draw_many(law, &mut self.streams.wrap_up, &mut self.wrap_up);
        }
        if let Some(law) = &queue.patience {
            draw_many(law, &mut self.streams.patience, &mut self.patience);
        }
        self.given = 0;
        self.give(queue)
    }

    /// The luck of the only contact of a name: what the first contact of [its streams](Self::new) draws.
    pub fn only(root: StreamRoot, name: u64, queue: &Queue, piece: &Piece) -> Drawn {
        Streams::new(root, name).draw(queue, piece)
    }
}

impl Streams {
    fn new(root: StreamRoot, name: u64) -> Self {
        Self {
            handle_time: root.stream(name, Purpose::HandleTime),
            wrap_up: root.stream(name, Purpose::WrapUp),
            patience: root.stream(name, Purpose::Patience),
        }
    }

    #[inline(never)]
    fn draw(&mut self, queue: &Queue, piece: &Piece) -> Drawn {
        let wrap_up = queue.wrap_up.as_ref();
        let patience = queue.patience.as_ref();
        Drawn {
            talk: draw(&queue.handle_time, &mut self.handle_time, piece),
            wrap_up: wrap_up.map_or(SimDuration::ZERO, |law| draw(law, &mut self.wrap_up, piece)),
            patience: patience.map(|law| draw(law, &mut self.patience, piece)),
        }
    }
}

fn laws(queue: &Queue) -> impl Iterator<Item = &Law> {
    let Queue {
        handle_time,
        wrap_up,
        patience,
        ..
    } = queue;
    std::iter::once(handle_time).chain(wrap_up).chain(patience)
}

/// Draws several spans of a law that does not depend on the time.
fn draw_many(law: &Law, stream: &mut Stream, spans: &mut [SimDuration]) {
    law.sampler.sample_all(stream, spans, span_of);
}

/// Draws one span.
#[inline(never)]
pub(super) fn draw(law: &Law, stream: &mut Stream, piece: &Piece) -> SimDuration {
    let drawn = law.sampler.sample(stream);
    span_of(match &law.mean {
        Some(mean) => drawn * mean.at(piece),
        None => drawn,
    })
}

#[inline(always)]
fn span_of(seconds: f64) -> SimDuration {
    SimDuration::nearest_up_to(seconds * MICROS_PER_SECOND as f64, LONGEST)
}

/// Nothing drawn is longer (a hundred years), so that instants stay far from the end of their range.
const LONGEST: SimDuration = SimDuration(876_600 * MICROS_PER_HOUR);
