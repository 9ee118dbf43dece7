//! Random numbers that are drawn several at a time: a loop over them has the generator at hand, and the event loop, which has enough of its
//! own to keep at hand, only takes the next.

use super::streams::Stream;

/// So many are drawn at a time.
pub(super) const AT_ONCE: usize = 32;

/// A stream, and the next values drawn from it.
#[derive(Debug, Clone)]
pub(super) struct Ahead<T> {
    stream: Stream,
    drawn: [T; AT_ONCE],
    /// How many of them have been given away.
    given: usize,
}

impl<T: Copy + Default> Ahead<T> {
    /// Nothing drawn yet.
    pub(super) fn new(stream: Stream) -> Self {
        Self {
            stream,
            drawn: [T::default(); AT_ONCE],
            given: AT_ONCE,
        }
    }

    /// The next value, where `draw` draws several into their places: the same way each time.
    #[inline(always)]
    pub(super) fn next(&mut self, draw: impl FnOnce(&mut Stream, &mut [T])) -> T {
        match self.drawn.get(self.given) {
            Some(&next) => {
                self.given += 1;
                next
            }
            None => self.draw_more(draw),
        }
    }

    #[inline(never)]
    fn draw_more(&mut self, draw: impl FnOnce(&mut Stream, &mut [T])) -> T {
        let Self { stream, drawn, .. } = self;
        draw(stream, drawn);
        self.given = 1;
        self.drawn[0]
    }
}
