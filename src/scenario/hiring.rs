//! What a plan of weeks and months starts from: `[plan.hiring]`, checked.

use crate::ids::{GroupId, QueueId, Table};

/// Weeks to plan for.
#[derive(Debug, Clone, PartialEq)]
pub struct HiringBrief {
    /// The first day of each week, `2026-09-07`.
    pub weeks: Vec<String>,
    /// By queue and week: contacts, and their number as a multiple of the file's own week.
    pub volumes: Table<QueueId, Vec<Volume>>,
    /// By queue: seconds of work of a mean contact, bots before it counted in.
    pub work_s: Table<QueueId, f64>,
    /// By week: the share of the time at contacts that may be spent on them.
    pub occupancy: Vec<f64>,
    /// The groups.
    pub groups: Table<GroupId, HiringGroup>,
}

/// How many contacts come in a week.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Volume {
    /// Contacts.
    pub contacts: f64,
    /// That of the file's own week times this.
    pub level: f64,
}

/// People of a group now, and how more may be had.
#[derive(Debug, Clone, PartialEq)]
pub struct HiringGroup {
    /// How many are there at the start, trained.
    pub people: f64,
    /// Hours a week that one person is paid.
    pub hours: f64,
    /// Fewest and most who begin together; `None` where nobody is hired.
    pub class: Option<(u32, u32)>,
    /// By week: whether a class may begin, the lead time counted in.
    pub may_begin: Vec<bool>,
    /// Weeks in which a class takes no contact.
    pub training_weeks: usize,
    /// What one does in the weeks after training; all in those beyond.
    pub ramp: Vec<f64>,
    /// By week: the share of the paid time away from contacts.
    pub away: Vec<f64>,
    /// By week: the part of that which is not absence, as the engine draws it.
    pub shrinkage: Vec<f64>,
    /// By week: overtime at most, as a share of the hours of those trained.
    pub overtime_max: Vec<f64>,
    /// By week: hours of somebody else's agents at most.
    pub outsource_max_h: Vec<f64>,
    /// What one of these costs.
    pub outsource_price: f64,
    /// By queue: the work that an hour of its agents does; `None` where they do not serve it.
    pub does: Table<QueueId, Option<f64>>,
}
