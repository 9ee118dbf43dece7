//! Exponential numbers that are drawn several at a time: a loop over them has the generator at hand, and the event loop, which has enough of its
//! own to keep at hand, only takes the next.

use crate::dist::sample_units;

use super::streams::Stream;

/// So many are drawn at a time.
pub(super) const AT_ONCE: usize = 32;

/// A stream, and the next values drawn from it.
#[derive(Debug, Clone)]
pub(super) struct Ahead {
    stream: Stream,
    drawn: [f64; AT_ONCE],
    /// How many of them have been given away.
    given: usize,
}

impl Ahead {
    /// Nothing drawn yet.
    pub(super) fn new(stream: Stream) -> Self {
        Self {
            stream,
            drawn: [0.0; AT_ONCE],
            given: AT_ONCE,
        }
    }

    /// The next value, of mean 1.
    #[inline(always)]
    pub(super) fn next(&mut self) -> f64 {
        match self.drawn.get(self.given) {
            Some(&next) => {
                self.given += 1;
                next
            }
            None => self.draw_more(),
        }
    }

    #[inline(never)]
    fn draw_more(&mut self) -> f64 {
        sample_units(&mut self.stream, &mut self.drawn);
        self.given = 1;
        self.drawn[0]
    }
}
