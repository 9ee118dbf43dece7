//! The cells of a plan: every group in every interval of the week that is planned, or of the day where the horizon is one day. A horizon
//! of more than a week repeats the week.

use crate::finance::labour;
use crate::ids::{GroupId, Table};
use crate::scenario::model::{Model, Staffing};
use crate::sim::centre::Layout;
use crate::time::profile::Profile;
use crate::time::{Piece, SimDuration};

/// What an hour counts beside what it costs, in millionths of the currency: so that heads that cost nothing are not wasted.
const HOUR_BESIDE: f64 = 1.0;

/// Paid heads by group and slot.
pub type Heads = Table<GroupId, Vec<u32>>;

/// The cells, and what a head in each costs over the horizon.
#[derive(Debug, Clone)]
pub struct Grid {
    /// Slots of a day.
    pub a_day: usize,
    /// Whether slots are those of a week from Monday; else of a day.
    pub by_weekday: bool,
    /// The length of a slot.
    pub interval: SimDuration,
    /// By slot: hours of it within the counted horizon; zero where the horizon has none.
    pub hours: Vec<f64>,
    /// By group and slot: what a head costs there over the horizon, in millionths of the currency.
    pub cost: Table<GroupId, Vec<f64>>,
}

impl Grid {
    /// The cells of a model.
    pub fn new(model: &Model) -> Self {
        let heads = model.groups.ids().map(|_| Profile::Constant(0)).collect();
        let nobody = Staffing {
            heads,
            duties: model.groups.ids().map(|_| None).collect(),
        };
        let layout = Layout::new(model, &nobody);
        let slots = layout.slots as usize;
        let mut hours = vec![0.0; slots];
        let mut cost: Table<GroupId, Vec<f64>> =
            model.groups.ids().map(|_| vec![0.0; slots]).collect();
        for piece in model.calendar.pieces() {
            let from = piece.start.max(model.warm_up);
            if from >= piece.end {
                continue;
            }
            let slot = layout.slot(model, &piece) as usize;
            let span = piece.end.since(from);
            hours[slot] += span.as_hours();
            let (begins, ends) = (piece.wall_clock(from), piece.wall_clock(piece.end));
            for (id, group) in model.groups.iter() {
                let due = |hours: &crate::time::hours::WeekHours| {
                    i128::from(hours.open_between((&piece).into(), begins, ends).0)
                };
                let premiums = group.pay.premiums.iter();
                let premium_time: Vec<i128> = premiums.map(|premium| due(&premium.hours)).collect();
                let paid = labour::of_heads(group, i128::from(span.0), &premium_time);
                cost[id][slot] += paid as f64 + HOUR_BESIDE * span.as_hours();
            }
        }
        Self {
            a_day: model.calendar.intervals_a_day(),
            by_weekday: layout.by_weekday,
            interval: model.calendar.interval(),
            hours,
            cost,
        }
    }

    /// The slot that a piece of the calendar belongs to.
    #[expect(
        clippy::cast_possible_truncation,
        reason = "a day has fewer slots than 32 bits hold"
    )]
    pub fn slot(&self, piece: &Piece) -> usize {
        let of_day = (piece.time_of_day.0 / self.interval.0) as usize;
        if self.by_weekday {
            usize::from(piece.weekday) * self.a_day + of_day
        } else {
            of_day
        }
    }

    /// How many slots there are, those without hours too.
    pub fn slots(&self) -> usize {
        self.hours.len()
    }

    /// The slots that the horizon has.
    pub fn used(&self) -> impl Iterator<Item = usize> + '_ {
        (0..self.slots()).filter(|&slot| self.hours[slot] > 0.0)
    }

    /// What these heads cost over the horizon, in units of the currency: wages and what follows from hours.
    pub fn cost_of(&self, heads: &Heads) -> f64 {
        let of_group = |(id, heads): (GroupId, &Vec<u32>)| -> f64 {
            let cells = heads.iter().zip(&self.cost[id]);
            cells.map(|(&heads, cost)| f64::from(heads) * cost).sum()
        };
        heads.iter().map(of_group).sum::<f64>() / 1e6
    }

    /// Heads on duty as the engine reads them.
    pub fn staffing(&self, heads: &Heads) -> Staffing {
        Staffing {
            heads: heads.values().map(|heads| self.profile(heads)).collect(),
            duties: heads.ids().map(|_| None).collect(),
        }
    }

    fn profile(&self, heads: &[u32]) -> Profile<u32> {
        let day = |weekday: usize| {
            let first = if self.by_weekday {
                weekday * self.a_day
            } else {
                0
            };
            heads[first..first + self.a_day].to_vec()
        };
        Profile::Weekly {
            step: self.interval,
            days: Box::new(std::array::from_fn(day)),
        }
    }

    /// The most heads at work of a staffing in each cell.
    pub fn heads_of(&self, model: &Model, staffing: &Staffing) -> Heads {
        let layout = Layout::new(model, staffing);
        let mut heads: Heads = model.groups.ids().map(|_| vec![0; self.slots()]).collect();
        for piece in model.calendar.pieces() {
            let slot = layout.slot(model, &piece) as usize;
            for (id, of_group) in heads.iter_mut() {
                of_group[slot] = of_group[slot].max(staffing.at_work(id, &piece));
            }
        }
        heads
    }

    /// Paid hours over the horizon.
    pub fn hours_of(&self, heads: &[u32]) -> f64 {
        let cells = heads.iter().zip(&self.hours);
        cells.map(|(&heads, hours)| f64::from(heads) * hours).sum()
    }
}
