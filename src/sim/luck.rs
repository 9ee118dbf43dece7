//! What customers draw when they come: the work that they bring, and how long they wait.

use crate::scenario::model::{Law, Queue};
use crate::time::instant::MICROS_PER_HOUR;
use crate::time::{Piece, SimDuration};

use super::ahead::Ahead;
use super::streams::{Purpose, Stream, StreamRoot};

/// The streams from which the contacts of a queue draw their luck, one draw a contact from each.
#[derive(Debug, Clone)]
pub struct Luck {
    handle_time: Ahead<SimDuration>,
    wrap_up: Ahead<SimDuration>,
    patience: Ahead<SimDuration>,
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
        let spans = |purpose| Ahead::new(root.stream(name, purpose));
        Self {
            handle_time: spans(Purpose::HandleTime),
            wrap_up: spans(Purpose::WrapUp),
            patience: spans(Purpose::Patience),
        }
    }

    /// The luck of the next contact, by the laws of its queue at its time of arrival.
    #[inline(always)]
    pub fn draw(&mut self, queue: &Queue, piece: &Piece) -> Drawn {
        Drawn {
            talk: next(&queue.handle_time, &mut self.handle_time, piece),
            wrap_up: match &queue.wrap_up {
                Some(law) => next(law, &mut self.wrap_up, piece),
                None => SimDuration::ZERO,
            },
            patience: match &queue.patience {
                Some(law) => Some(next(law, &mut self.patience, piece)),
                None => None,
            },
        }
    }

    /// The luck of the only contact of a name: what the first contact of [its streams](Self::new) draws.
    pub fn only(root: StreamRoot, name: u64, queue: &Queue, piece: &Piece) -> Drawn {
        let span = |law, purpose| draw(law, &mut root.stream(name, purpose), piece);
        Drawn {
            talk: span(&queue.handle_time, Purpose::HandleTime),
            wrap_up: queue
                .wrap_up
                .as_ref()
                .map_or(SimDuration::ZERO, |law| span(law, Purpose::WrapUp)),
            patience: queue
                .patience
                .as_ref()
                .map(|law| span(law, Purpose::Patience)),
        }
    }
}

/// The next span of a law from its stream.
#[inline(always)]
fn next(law: &Law, spans: &mut Ahead<SimDuration>, piece: &Piece) -> SimDuration {
    if law.mean.is_some() {
        // It depends on the time of arrival.
        return draw(law, spans.stream(), piece);
    }
    spans.next(|stream, spans| law.sampler.sample_all(stream, spans, span_of))
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
    let span = SimDuration::from_seconds_f64(seconds);
    if span < LONGEST { span } else { LONGEST }
}

/// Nothing drawn is longer (a hundred years), so that instants stay far from the end of their range.
const LONGEST: SimDuration = SimDuration(876_600 * MICROS_PER_HOUR);
