//! Where in the outcome of a run the figure stands that answers a known value.

use crate::stats::counts::{
    DemandTotals, GroupFigure as G, GroupTotals, QueueFigure as Q, QueueTotals,
};
use crate::stats::estimate::Estimate;
use crate::stats::issue_counts::IssueTotals;
use crate::stats::issue_summary::{BotSummary, IssueSummary};
use crate::stats::moments::Combination;
use crate::stats::sample::{Quantity, Sample};
use crate::stats::summary::{
    GroupInterval, GroupMeasures, Named, QueueInterval, QueueMeasures, VariantSummary,
};
use crate::stats::tally::VariantTally;

const SECOND: f64 = 1e6;
/// The scenario as written.
const BASE: &str = "base";

/// One variant of a run.
#[derive(Debug, Clone, Copy)]
pub struct Outcome<'a> {
    /// What is printed of it.
    pub summary: &'a VariantSummary,
    /// What was counted.
    pub tally: &'a VariantTally,
    /// How often.
    pub replications: u64,
    /// Seconds of the horizon that count.
    pub window_s: f64,
}

/// Where a figure stands.
#[derive(Debug, Clone)]
pub struct Figure {
    /// In which variant.
    pub variant: &'static str,
    place: Place,
}

#[derive(Debug, Clone)]
enum Place {
    Queue(String, fn(&QueueMeasures) -> Estimate),
    QueueInterval(String, usize, fn(&QueueInterval) -> Estimate),
    Group(String, fn(&GroupMeasures) -> Estimate),
    GroupInterval(String, usize, fn(&GroupInterval) -> Estimate),
    QueueCounts(String, Counted),
    GroupCounts(String, Counted),
    DemandCounts(Counted),
    Issues(fn(&IssueSummary) -> Estimate),
    IssueCounts(Counted),
    Bot(String, fn(&BotSummary) -> Estimate),
}

/// What no report prints but follows from the same counts.
#[derive(Debug, Clone, Copy)]
enum Counted {
    /// A ratio of counts, in units of the last number.
    Ratio(&'static Combination, &'static Combination, f64),
    /// A share.
    Share(&'static Combination, &'static Combination),
    /// A sum in a second of the horizon, in units of the last number.
    Rate(&'static Combination, f64),
    /// A sum in a replication, in units of the last number.
    Mean(&'static Combination, f64),
}

const WAITED: &Combination = &[Q::WaitAnswered.once(), Q::WaitAbandoned.once()];
const LEVEL: &Combination = &[Q::LevelAnswered.once(), Q::LevelAbandoned.once()];
const PRESENT: &Combination = &[G::Staffed.once(), G::Overtime.once()];
const HOUR_S: f64 = 3_600.0;

impl Figure {
    fn base(place: Place) -> Self {
        Self {
            variant: BASE,
            place,
        }
    }

    /// A printed figure of a queue.
    pub fn queue(name: &str, figure: fn(&QueueMeasures) -> Estimate) -> Self {
        Self::base(Place::Queue(name.to_owned(), figure))
    }

    /// A printed figure of a queue in an interval.
    pub fn queue_interval(name: &str, slot: usize, figure: fn(&QueueInterval) -> Estimate) -> Self {
        Self::base(Place::QueueInterval(name.to_owned(), slot, figure))
    }

    /// A printed figure of a group.
    pub fn group(name: &str, figure: fn(&GroupMeasures) -> Estimate) -> Self {
        Self::base(Place::Group(name.to_owned(), figure))
    }

    /// A printed figure of a group in an interval.
    pub fn group_interval(name: &str, slot: usize, figure: fn(&GroupInterval) -> Estimate) -> Self {
        Self::base(Place::GroupInterval(name.to_owned(), slot, figure))
    }

    /// The same of another variant.
    #[must_use]
    pub fn in_variant(self, variant: &'static str) -> Self {
        Self { variant, ..self }
    }

    /// The figure of a queue for a metric that all models share.
    pub fn of_queue(queue: &str, metric: &str) -> Option<Self> {
        let printed: Option<fn(&QueueMeasures) -> Estimate> = match metric {
            "offered_load_erl" => Some(|m| m.offered_load),
            "p_wait" => Some(|m| m.delayed),
            "p_ab" | "p_block" => Some(|m| m.abandonment),
            "asa_s" | "asa_served_s" | "mean_wait_served_s" => Some(|m| m.asa_s),
            "mean_wait_all_s" => Some(|m| m.wait_s.mean),
            "mean_queue" => Some(|m| m.queue_length),
            "mean_handle_time_s" => Some(|m| m.handle_time_s.mean),
            "mean_sojourn_s" | "mean_sojourn_served_s" => Some(|m| m.sojourn_s.mean),
            "sl_T" | "served_in_target_over_served" => Some(|m| m.service_levels.answered),
            "sl_answered_offered" => Some(|m| m.service_levels.offered),
            "sl_excl_short_ab" => Some(|m| m.service_levels.late_abandons),
            "sl_incl_short_ab" => Some(|m| m.service_levels.early_abandons_ok),
            "wait_p50_s" | "wait_all_p50_s" => Some(|m| m.wait_s.p50),
            "wait_p80_s" | "wait_all_p80_s" => Some(|m| m.wait_s.p80),
            "wait_p90_s" | "wait_all_p90_s" => Some(|m| m.wait_s.p90),
            "wait_p95_s" | "wait_all_p95_s" => Some(|m| m.wait_s.p95),
            "wait_p99_s" => Some(|m| m.wait_s.p99),
            "wait_served_p50_s" => Some(|m| m.response_s.p50),
            "wait_served_p80_s" => Some(|m| m.response_s.p80),
            "wait_served_p90_s" => Some(|m| m.response_s.p90),
            "wait_served_p95_s" => Some(|m| m.response_s.p95),
            "expected_arrivals" | "arrivals_per_day" => Some(|m| m.offered),
            "abandoned" => Some(|m| m.abandoned),
            _ => None,
        };
        if let Some(figure) = printed {
            return Some(Self::queue(queue, figure));
        }
        let counted = match metric {
            "wait_if_delayed_s" => Counted::Ratio(WAITED, const { &[Q::Delayed.once()] }, SECOND),
            "mean_wait_abandoned_s" => Counted::Ratio(
                const { &[Q::WaitAbandoned.once()] },
                const { &[Q::Abandoned.once()] },
                SECOND,
            ),
            "p_ab_within_T" => Counted::Share(const { &[Q::LevelAbandonedInTime.once()] }, LEVEL),
            // Little's law: the time that contacts spend in the system, by the time that passes.
            "mean_in_system" => Counted::Rate(
                const { &[Q::Sojourn.once(), Q::WaitAbandoned.once()] },
                SECOND,
            ),
            "throughput_per_h" => Counted::Rate(const { &[Q::Answered.once()] }, 1.0 / HOUR_S),
            "mean_agents" => Counted::Rate(const { &[Q::HandleTime.once()] }, SECOND),
            "served_in_target" => Counted::Mean(const { &[Q::LevelInTime.once()] }, 1.0),
            _ => return None,
        };
        Some(Self::base(Place::QueueCounts(queue.to_owned(), counted)))
    }

    /// The figure of a queue whose customers may find no free line, for a metric that is of all of them or of those who found one.
    pub fn of_all(queue: &str, metric: &str) -> Option<Self> {
        const OFFERED: &Combination = &[Q::Offered.once()];
        let counted = match metric {
            "p_block" => Counted::Share(const { &[Q::Blocked.once()] }, OFFERED),
            "p_wait" => Counted::Share(const { &[Q::Delayed.once()] }, OFFERED),
            "p_ab" => Counted::Share(const { &[Q::Abandoned.once()] }, OFFERED),
            "p_ab_within_T" => Counted::Share(const { &[Q::LevelAbandonedInTime.once()] }, OFFERED),
            "sl_answered_offered" => Counted::Share(const { &[Q::LevelInTime.once()] }, OFFERED),
            "sl_excl_short_ab" => Counted::Share(
                const { &[Q::LevelInTime.once()] },
                const { &[Q::Offered.once(), Q::LevelAbandonedInTime.less()] },
            ),
            "sl_incl_short_ab" => Counted::Share(
                const { &[Q::LevelInTime.once(), Q::LevelAbandonedInTime.once()] },
                OFFERED,
            ),
            "mean_wait_all_s" => Counted::Ratio(WAITED, OFFERED, SECOND),
            "blocked" => Counted::Mean(const { &[Q::Blocked.once()] }, 1.0),
            "p_wait_given_accepted" => return Self::of_queue(queue, "p_wait"),
            "p_ab_given_accepted" => return Self::of_queue(queue, "p_ab"),
            "asa_accepted_s" => return Self::of_queue(queue, "asa_s"),
            "sl_answered_accepted" => return Self::of_queue(queue, "sl_answered_offered"),
            _ => return None,
        };
        Some(Self::base(Place::QueueCounts(queue.to_owned(), counted)))
    }

    /// The mean wait of the answered, in minutes.
    pub fn asa_min(queue: &str) -> Self {
        let asa = Counted::Ratio(
            const { &[Q::WaitAnswered.once()] },
            const { &[Q::Answered.once()] },
            60.0 * SECOND,
        );
        Self::base(Place::QueueCounts(queue.to_owned(), asa))
    }

    /// Sums of a queue in a replication, over a number known beforehand.
    pub fn per_expected(queue: &str, metric: &str, expected: f64) -> Option<Self> {
        let counted = match metric {
            "sum_wait_over_expected_calls_s" => Counted::Mean(WAITED, SECOND * expected),
            "good_over_expected_calls" => Counted::Mean(
                const { &[Q::LevelInTime.once(), Q::LevelAbandonedInTime.once()] },
                expected,
            ),
            "abandoned_over_expected_calls" => {
                Counted::Mean(const { &[Q::Abandoned.once()] }, expected)
            }
            _ => return None,
        };
        Some(Self::base(Place::QueueCounts(queue.to_owned(), counted)))
    }

    /// The figure of a group for a metric that all models share.
    pub fn of_group(group: &str, metric: &str) -> Option<Self> {
        let counted = match metric {
            "occupancy" => return Some(Self::group(group, |m| m.occupancy)),
            "mean_concurrency_active_agent" => {
                return Some(Self::group(group, |m| m.mean_concurrency));
            }
            "carried_erl" => Counted::Rate(const { &[G::Busy.once()] }, SECOND),
            "mean_chats_in_service" => Counted::Rate(const { &[G::Open.once()] }, SECOND),
            "mean_concurrency_per_agent" => {
                Counted::Ratio(const { &[G::Open.once()] }, PRESENT, 1.0)
            }
            "frac_time_agent_idle" => Counted::Share(
                const { &[G::Staffed.once(), G::Overtime.once(), G::Busy.less()] },
                PRESENT,
            ),
            _ => return None,
        };
        Some(Self::base(Place::GroupCounts(group.to_owned(), counted)))
    }

    /// The share of all contacts that were not answered, where none is open at the end.
    pub fn lost_share() -> Self {
        use crate::stats::counts::DemandFigure as D;
        const LOST: &Combination = &[D::Lost.once()];
        const ENDED: &Combination = &[D::Served.once(), D::Lost.once()];
        Self::base(Place::DemandCounts(Counted::Share(LOST, ENDED)))
    }

    /// A printed figure of all issues.
    pub fn of_issues(figure: fn(&IssueSummary) -> Estimate) -> Self {
        Self::base(Place::Issues(figure))
    }

    /// The share of issues, of those that ended, that were lost.
    pub fn lost_issues() -> Self {
        use crate::stats::issue_counts::IssueFigure as I;
        const LOST: &Combination = &[I::Lost.once()];
        const ENDED: &Combination = &[I::Resolved.once(), I::Lost.once()];
        Self::base(Place::IssueCounts(Counted::Share(LOST, ENDED)))
    }

    /// A printed figure of a bot.
    pub fn of_bot(bot: &str, figure: fn(&BotSummary) -> Estimate) -> Self {
        Self::base(Place::Bot(bot.to_owned(), figure))
    }

    /// Contacts that come to a queue in an hour.
    pub fn per_hour_offered(queue: &str) -> Self {
        const OFFERED: &Combination = &[Q::Offered.once()];
        let counted = Counted::Rate(OFFERED, 1.0 / HOUR_S);
        Self::base(Place::QueueCounts(queue.to_owned(), counted))
    }

    /// Contacts in an hour that come so far that an agent may take them.
    pub fn per_hour_at_agents(queue: &str) -> Self {
        const CAME: &Combination = &[Q::Answered.once(), Q::Abandoned.once()];
        let counted = Counted::Rate(CAME, 1.0 / HOUR_S);
        Self::base(Place::QueueCounts(queue.to_owned(), counted))
    }

    /// The share of contacts that end at a bot.
    pub fn contained_share(queue: &str) -> Self {
        const CONTAINED: &Combination = &[Q::Contained.once()];
        let counted = Counted::Share(CONTAINED, const { &[Q::Offered.once()] });
        Self::base(Place::QueueCounts(queue.to_owned(), counted))
    }

    /// The figure in an outcome.
    pub fn read(&self, outcome: Outcome<'_>) -> Estimate {
        let Outcome { summary, tally, .. } = outcome;
        let queue = |name: &String| summary.queues.find(name);
        let group = |name: &String| summary.groups.find(name);
        let found = match &self.place {
            Place::Queue(name, figure) => queue(name).map(|queue| figure(&queue.measures)),
            Place::QueueInterval(name, slot, figure) => {
                queue(name).and_then(|queue| queue.intervals.get(*slot).map(figure))
            }
            Place::Group(name, figure) => group(name).map(|group| figure(&group.measures)),
            Place::GroupInterval(name, slot, figure) => {
                group(name).and_then(|group| group.intervals.get(*slot).map(figure))
            }
            Place::QueueCounts(name, counted) => place(&summary.queues, name).map(|number| {
                let moments = &tally.queues[number].totals;
                counted.read(
                    Sample::of::<QueueTotals>(moments, outcome.replications),
                    outcome,
                )
            }),
            Place::GroupCounts(name, counted) => place(&summary.groups, name).map(|number| {
                let moments = &tally.groups[number].totals;
                counted.read(
                    Sample::of::<GroupTotals>(moments, outcome.replications),
                    outcome,
                )
            }),
            Place::DemandCounts(counted) => {
                let sample = Sample::of::<DemandTotals>(&tally.demand, outcome.replications);
                Some(counted.read(sample, outcome))
            }
            Place::Issues(figure) => summary.issues.as_ref().map(figure),
            Place::IssueCounts(counted) => {
                let moments = &tally.issues.totals;
                let sample = Sample::of::<IssueTotals>(moments, outcome.replications);
                Some(counted.read(sample, outcome))
            }
            Place::Bot(name, figure) => summary.bots.find(name).map(figure),
        };
        found.unwrap_or(Estimate::NONE)
    }
}

/// The place of a name in a list.
fn place<T>(named: &Named<T>, name: &str) -> Option<usize> {
    named.iter().position(|(own, _)| own == name)
}

impl Counted {
    fn read(self, sample: Sample<'_>, outcome: Outcome<'_>) -> Estimate {
        sample.estimate(match self {
            Self::Ratio(sum, over, unit) => Quantity::Ratio(sum, over, unit),
            Self::Share(which, all) => Quantity::Share(which, all),
            Self::Rate(sum, unit) => Quantity::Mean(sum, unit * outcome.window_s),
            Self::Mean(sum, unit) => Quantity::Mean(sum, unit),
        })
    }
}
