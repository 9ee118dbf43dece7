//! Expected load against heads, before anything is simulated: what a planner wants to be warned of.

use crate::ids::QueueId;
use crate::time::Calendar;
use crate::time::profile::Profile;

use super::model::{Model, Staffing};

/// Contacts expected over the horizon.
pub(super) fn expected(rate: &Profile<f64>, calendar: &Calendar) -> f64 {
    calendar
        .pieces()
        .map(|piece| rate.at(&piece) * piece.end.since(piece.start).as_hours())
        .sum()
}

/// What is out of proportion in a variant, each with the queue that it is about.
pub(super) fn warnings(_model: &Model, _staffing: &Staffing) -> Vec<(QueueId, String)> {
    Vec::new()
}
