//! What things cost and what customers are worth, as the books need it: whole millionths of the scenario's currency, all checked.

use crate::ids::QueueId;
use crate::time::SimDuration;
use crate::time::hours::WeekHours;

/// Millionths in one: of the currency, of a customer, of a share.
pub const MILLION: u64 = 1_000_000;

/// What holds for a channel of a variant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Channel {
    /// Its name.
    pub name: &'static str,
    /// Its queues; never none.
    pub queues: Vec<QueueId>,
    /// Paid for each month, whatever comes.
    pub fixed_per_month: u64,
    /// Paid for each month and agent who may serve a queue of it.
    pub licence_per_month: u64,
}

/// What contacts of a queue cost beside agents.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Charges {
    /// Paid for a minute.
    pub per_minute: u64,
    /// Which minutes.
    pub minutes: Minutes,
    /// Paid for a contact answered or abandoned.
    pub per_contact: u64,
    /// Paid for each month, whatever comes.
    pub fixed_per_month: u64,
}

/// Which minutes of contacts are paid.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Minutes {
    /// From the arrival in the queue to the end of the talk, or to leaving.
    #[default]
    Connected,
    /// From the start of the handling to the end of the talk.
    Talk,
}

impl Minutes {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Connected, Self::Talk];

    /// Its name in a scenario file.
    pub fn name(self) -> &'static str {
        match self {
            Self::Connected => "connected",
            Self::Talk => "talk",
        }
    }
}

/// How the agents of a group are paid beyond the plain wage, and what comes with them.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Pay {
    /// What an hour of overtime is paid, in millionths of the wage; `None` where it is an hour like any other.
    pub overtime_rate: Option<u64>,
    /// What hours of some times are paid on top.
    pub premiums: Vec<Premium>,
    /// What the employer pays on top of all pay, in millionths of it.
    pub on_cost: u64,
    /// How many leave, and what that costs.
    pub turnover: Turnover,
    /// What a hire costs.
    pub hiring: Hiring,
    /// People employed; `None` for as many as are ever paid at once.
    pub people: Option<u32>,
    /// What is paid where the agents are somebody else's.
    pub outsourced: Outsourced,
}

/// Paid on top of the wage at some times.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Premium {
    /// Its name.
    pub name: String,
    /// When.
    pub hours: WeekHours,
    /// How much, in millionths of the wage.
    pub share: u64,
}

/// Agents who leave.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Turnover {
    /// How many of the agents in a year, in millionths.
    pub yearly: u64,
    /// What one costs, in millionths of a yearly wage.
    pub cost: u64,
}

/// Agents who are hired: for those who leave, and beside.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Hiring {
    /// What a hire costs.
    pub cost: u64,
    /// Paid time in which a hire is of no use yet.
    pub ramp: SimDuration,
    /// Hires in a year beside those who replace leavers, in millionths of one.
    pub yearly: u64,
}

/// What somebody else's agents are paid by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Outsourced {
    /// Paid for a contact answered.
    pub per_contact: u64,
    /// Paid for a minute of an agent with contacts.
    pub per_minute: u64,
}

/// What the customers of a queue are worth: assumptions, all of them.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Value {
    /// Lost with a contact that is abandoned.
    pub abandoned: u64,
    /// Lost with a contact that meets a closed door or finds no line.
    pub blocked: u64,
    /// Lost with a contact that is not answered within the target's time.
    pub late: u64,
    /// Lost with an issue that is given up.
    pub lost: u64,
    /// How customers leave for good.
    pub churn: Option<Churn>,
    /// How contacts earn money.
    pub converts: Option<Converts>,
}

impl Value {
    /// Whether it is known only where issues are followed.
    pub fn is_of_issues(&self) -> bool {
        let churn = self.churn.as_ref().map(|churn| &churn.chance);
        self.lost > 0 || matches!(churn, Some(ChurnChance::Issues { .. }))
    }
}

/// How customers leave for good.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Churn {
    /// What one who leaves would have been worth.
    pub at_risk: u64,
    /// With which chance.
    pub chance: ChurnChance,
}

/// The chance that a customer leaves for good, by what became of a contact, or of an issue, after which wait.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ChurnChance {
    /// Of contacts.
    Contacts {
        /// Of one answered, by its wait (deferred: by the time to the reply).
        answered: Curve,
        /// Of one abandoned, by its wait.
        abandoned: Curve,
        /// Of one that met a closed door or found no line.
        blocked: Curve,
    },
    /// Of issues.
    Issues {
        /// Of one resolved, by all its waits together.
        resolved: Curve,
        /// Of one given up, by all its waits together.
        lost: Curve,
    },
}

/// Answered contacts that earn money.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Converts {
    /// How many, by the wait.
    pub share: Curve,
    /// What one earns.
    pub revenue: u64,
}

/// A chance by a wait: straight between its points, level before the first and after the last.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Curve {
    /// Waits, each longer than the last, with chances in millionths; none for no chance at all.
    pub points: Vec<(SimDuration, u64)>,
}

impl Curve {
    /// The chance after a wait, in whole millionths, rounded down.
    ///
    /// ```
    /// use channelmix::scenario::money::Curve;
    /// use channelmix::time::SimDuration;
    /// let minutes = |minutes| SimDuration::from_seconds(60 * minutes);
    /// let curve = Curve { points: vec![(minutes(1), 10_000), (minutes(5), 30_000)] };
    /// assert_eq!(curve.at(minutes(0)), 10_000);
    /// assert_eq!(curve.at(minutes(2)), 15_000);
    /// assert_eq!(curve.at(minutes(60)), 30_000);
    /// ```
    pub fn at(&self, wait: SimDuration) -> u64 {
        let next = self.points.partition_point(|(at, _)| *at <= wait);
        let after = self.points.get(next);
        let before = next.checked_sub(1).and_then(|last| self.points.get(last));
        match (before, after) {
            (None, None) => 0,
            (Some((_, chance)), None) | (None, Some((_, chance))) => *chance,
            (Some((from, low)), Some((to, high))) => {
                let (part, whole) = (wait.0 - from.0, to.0 - from.0);
                let step = |rise: u64| u128::from(rise) * u128::from(part) / u128::from(whole);
                let chance = if high >= low {
                    u128::from(*low) + step(high - low)
                } else {
                    u128::from(*low) - step(low - high)
                };
                u64::try_from(chance).unwrap_or(MILLION)
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_falling_curve_falls() {
        let at = SimDuration::from_seconds;
        let curve = Curve {
            points: vec![(at(0), 50_000), (at(10), 20_000)],
        };
        assert_eq!(curve.at(at(5)), 35_000);
        assert_eq!(Curve::default().at(at(5)), 0);
    }

    proptest! {
        #[test]
        fn a_rising_curve_never_falls(
            steps in prop::collection::vec((1_u64..1 << 40, 0_u64..200_000), 1..6),
            waits in (0_u64..1 << 43, 0_u64..1 << 43),
        ) {
            let mut points = Vec::new();
            let (mut wait, mut chance) = (0, 0);
            for (longer, more) in steps {
                points.push((SimDuration(wait), chance));
                (wait, chance) = (wait + longer, chance + more);
            }
            let curve = Curve { points };
            let (short, long) = (waits.0.min(waits.1), waits.0.max(waits.1));
            prop_assert!(curve.at(SimDuration(short)) <= curve.at(SimDuration(long)));
        }
    }
}
