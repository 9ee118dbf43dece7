//! What a model makes use of, known when the event loop is compiled.
//!
//! The loop is written once and compiled twice: for [`Plain`] models, which leave most of the engine unused, and for all others
//! ([`Full`]). [`replicate`](super::replicate::replicate) chooses once a replication. Where only one of them has something to do the code
//! asks `F::IS_PLAIN`: a constant, so that in the plain loop neither the question nor what it leads to is left. The way of a contact through
//! a plain model, from its arrival to its end, is in `plain`.

use crate::ids::{GroupId, Table};
use crate::scenario::model::{AgentChoice, Group, Model, Queue, Source};

use super::centre::GroupLayout;

/// What the loop is compiled for.
pub(super) trait Features {
    /// Whether the model [is plain](is_plain).
    const IS_PLAIN: bool;
}

/// Customers come, wait, leave when their patience ends, and are handled one at a time.
#[derive(Debug)]
pub(super) enum Plain {}
impl Features for Plain {
    const IS_PLAIN: bool = true;
}

/// Everything there is.
#[derive(Debug)]
pub(super) enum Full {}
impl Features for Full {
    const IS_PLAIN: bool = false;
}

/// Whether customers of a model do nothing beside waiting, and every agent takes one contact at a time at the pace and the speed 1, the one
/// idle longest first. Priorities, policies, skills, patience, arrivals, staffing and deferred queues may be any.
pub(super) fn is_plain(model: &Model, groups: &Table<GroupId, GroupLayout>) -> bool {
    let groups_are_plain = groups
        .iter()
        .all(|(id, layout)| layout.is_plain && works_plainly(&model.groups[id]));
    groups_are_plain
        && model.issues.is_none()
        && model.sources.values().all(comes_plainly)
        && model.queues.values().all(waits_plainly)
}

fn comes_plainly(source: &Source) -> bool {
    source.own.is_some() && source.moves.is_empty()
}

fn waits_plainly(queue: &Queue) -> bool {
    queue.just_waits
        && queue.open.is_none()
        && queue.wrap_up.is_none()
        && queue.spread.is_none()
        && queue.trunk.is_none()
}

fn works_plainly(group: &Group) -> bool {
    let is_one = |speed: f64| speed.to_bits() == 1.0_f64.to_bits();
    let mut skills = group.skills.iter();
    skills.all(|skill| skill.is_plain && skill.at_once == 1 && is_one(skill.speed))
        && group.agents == AgentChoice::LeastLoaded
        && group.speeds.is_none()
        && group.pace.iter().all(|&pace| is_one(pace))
}
