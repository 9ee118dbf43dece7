//! Customers of a source who go to another queue than their own.

use rand::RngExt;

use crate::scenario::model::Move;
use crate::sim::streams::Stream;

/// The number of the move that the next customer makes; `None` for those who stay. Draws one uniform where there are moves.
#[inline]
pub(in crate::sim) fn target(moves: &[Move], routes: &mut Stream) -> Option<usize> {
    if moves.is_empty() {
        return None;
    }
    let uniform: f64 = routes.random();
    let mut below = 0.0;
    moves.iter().position(|to| {
        below += to.share;
        uniform < below
    })
}
