//! The figures of issues, bots and the ways between queues.

use crate::stats::estimate::Estimate;
use crate::stats::issue_counts::{
    BotFigure as B, BotTotals, FlowCount, FlowFigure, IssueFigure as I, IssueTotals, Stops,
    TurnFigure as T, TurnTotals,
};
use crate::stats::issue_summary::{
    BotSummary, Effort, FlowSummary, IssueMeasures, IssueSummary, TurnSummary,
};
use crate::stats::issue_tally::IssueTally;
use crate::stats::moments::{Combination, Moments};
use crate::stats::quantile::QuantileTally;
use crate::stats::sample::{Quantity, Sample};
use crate::stats::summary::{Named, Spread};

use super::labels::{BotLabel, VariantLabel};

const SECOND: f64 = 1e6;
const HOUR: f64 = 3_600e6;
const MONEY: f64 = 1e6;

/// Issues with any contact: who found no queue has none.
const ALL: &Combination = &[
    I::OfOne.once(),
    I::OfTwo.once(),
    I::OfThree.once(),
    I::OfMore.once(),
];

/// Issues of a variant; `None` where they are not followed.
pub(super) fn summarise(
    tally: &IssueTally,
    label: &VariantLabel,
    replications: u64,
    window_h: f64,
) -> Option<IssueSummary> {
    let times = tally.resolution_time.as_ref()?;
    let all = Sample::of::<IssueTotals>(&tally.totals, replications);
    let queues = label.queues.iter().zip(&tally.queues);
    Some(IssueSummary {
        measures: measures(|quantity| all.estimate(quantity)),
        resolution_time_s: resolution_time(&all, times, replications),
        away: all.estimate(Quantity::Mean(&[I::Away.once()], HOUR * window_h)),
        cost_per_resolution: all.estimate(Quantity::Ratio(
            &[I::Cost.once()],
            &[I::Resolved.once()],
            MONEY,
        )),
        queues: queues
            .map(|(label, moments)| {
                let sample = Sample::of::<IssueTotals>(moments, replications);
                let measures = measures(|quantity| sample.estimate(quantity));
                (label.name.clone(), measures)
            })
            .collect(),
    })
}

fn resolution_time(all: &Sample<'_>, times: &QuantileTally, replications: u64) -> Spread {
    let quantile = |share| times.quantile(share, replications);
    Spread {
        mean: all.estimate(Quantity::Ratio(
            &[I::ResolutionTime.once()],
            &[I::Resolved.once()],
            SECOND,
        )),
        p50: quantile(0.50),
        p80: quantile(0.80),
        p90: quantile(0.90),
        p95: quantile(0.95),
        p99: quantile(0.99),
        max: all.estimate(Quantity::Mean(&[I::ResolutionMax.once()], SECOND)),
    }
}

/// The figures of issues by any way of estimating: of one variant, or of a difference.
pub(super) fn measures(of: impl Fn(Quantity<'_>) -> Estimate) -> IssueMeasures {
    let count = |figure: I| of(Quantity::Mean(&[figure.once()], 1.0));
    let share = |figure: I, all: &Combination| of(Quantity::Share(&[figure.once()], all));
    let mean = |figure: I, all: &Combination| of(Quantity::Ratio(&[figure.once()], all, SECOND));
    let answered: &Combination = &[I::Answered.once()];
    IssueMeasures {
        opened: count(I::Opened),
        carried_in: count(I::CarriedIn),
        resolved: count(I::Resolved),
        lost: count(I::Lost),
        open_at_end: count(I::OpenAtEnd),
        resolved_share: share(I::Resolved, &[I::Resolved.once(), I::Lost.once()]),
        fcr: share(I::FirstContact, answered),
        contacts_per_issue: of(Quantity::Ratio(&[I::Contacts.once()], ALL, 1.0)),
        effort: Effort {
            one: share(I::OfOne, ALL),
            two: share(I::OfTwo, ALL),
            three: share(I::OfThree, ALL),
            more: share(I::OfMore, ALL),
        },
        switched: share(I::Switched, ALL),
        waiting_mean_s: mean(I::Waited, ALL),
        in_contact_mean_s: mean(I::InContact, ALL),
        at_bots_mean_s: mean(I::AtBots, ALL),
        agent_work_mean_s: mean(I::Work, ALL),
        first_response_mean_s: mean(I::FirstResponse, answered),
        resolution_mean_s: mean(I::ResolutionTime, &[I::Resolved.once()]),
    }
}

/// The bots of a variant.
pub(super) fn bots(
    tally: &IssueTally,
    label: &VariantLabel,
    replications: u64,
    window_h: f64,
) -> Named<BotSummary> {
    let bot = |(label, moments): (&BotLabel, &Moments)| {
        let sample = Sample::of::<BotTotals>(moments, replications);
        let count = |figure: B| sample.estimate(Quantity::Mean(&[figure.once()], 1.0));
        let contained: &Combination = &[B::Resolved.once(), B::Unresolved.once(), B::GaveUp.once()];
        let summary = BotSummary {
            sessions: count(B::Sessions),
            containment: sample.estimate(Quantity::Share(contained, &[B::Sessions.once()])),
            resolved: count(B::Resolved),
            unresolved: count(B::Unresolved),
            gave_up: count(B::GaveUp),
            messages: count(B::Messages),
            handed_over: count(B::HandedOver),
            full: count(B::Full),
            full_share: sample.estimate(Quantity::Share(
                &[B::Full.once()],
                &[B::Full.once(), B::Sessions.once()],
            )),
            mean_sessions: sample.estimate(Quantity::Mean(&[B::Busy.once()], HOUR * window_h)),
            cost: sample.estimate(Quantity::Mean(&[B::Cost.once()], MONEY)),
            cost_per_resolution: sample.estimate(Quantity::Ratio(
                &[B::Cost.once()],
                &[B::Resolved.once()],
                MONEY,
            )),
        };
        (label.name.clone(), summary)
    };
    label.bots.iter().zip(&tally.bots).map(bot).collect()
}

/// What customers did beside waiting, of the queues whose customers may.
pub(super) fn turns(
    tally: &IssueTally,
    label: &VariantLabel,
    replications: u64,
) -> Named<TurnSummary> {
    let queues = label.queues.iter().zip(&tally.turns);
    let queues = queues.filter(|(label, _)| label.may_turn);
    queues
        .map(|(label, moments)| {
            let sample = Sample::of::<TurnTotals>(moments, replications);
            let count = |figure: T| sample.estimate(Quantity::Mean(&[figure.once()], 1.0));
            let summary = TurnSummary {
                balked: count(T::Balked),
                left_silently: count(T::LeftSilently),
                callbacks_offered: count(T::CallbacksOffered),
                callbacks_accepted: count(T::CallbacksAccepted),
                called: count(T::Called),
                not_reached: count(T::NotReached),
                prevented: count(T::Spared),
                deflection: sample.estimate(Quantity::Share(
                    &[T::Spared.once()],
                    &[T::Spared.once(), T::Came.once()],
                )),
                need_no_answer: count(T::NeedNoAnswer),
                public: count(T::Public),
                public_unanswered_mean_s: sample.estimate(Quantity::Ratio(
                    &[T::PublicTime.once()],
                    &[T::Public.once()],
                    SECOND,
                )),
                read_unanswered: if label.audience > 0.0 {
                    let unit = HOUR / label.audience;
                    sample.estimate(Quantity::Mean(&[T::PublicTime.once()], unit))
                } else {
                    Estimate::NONE
                },
                replies: count(T::Replies),
                reply_mean_s: sample.estimate(Quantity::Ratio(
                    &[T::ReplyTime.once()],
                    &[T::Replies.once()],
                    SECOND,
                )),
                left_midway: count(T::LeftMidway),
            };
            (label.name.clone(), summary)
        })
        .collect()
}

/// The ways that issues went.
pub(super) fn flows(
    tally: &IssueTally,
    label: &VariantLabel,
    replications: u64,
) -> Vec<FlowSummary> {
    let stops = Stops {
        queues: label.queues.len(),
        bots: label.bots.len(),
    };
    let queues = label
        .queues
        .iter()
        .map(|queue| format!("queues.{}", queue.name));
    let bots = label.bots.iter().map(|bot| format!("bots.{}", bot.name));
    let ends = ["resolved", "lost", "open_at_end"].map(str::to_owned);
    let names: Vec<String> = std::iter::once("new".to_owned())
        .chain(queues)
        .chain(bots)
        .chain(ends)
        .collect();
    let mut flows = Vec::new();
    for (from, name) in names[..stops.left()].iter().enumerate() {
        for (to, other) in names.iter().enumerate().skip(1) {
            let Some(moments) = tally.flows.get(stops.way(from, to)) else {
                continue;
            };
            let sample = Sample::of::<FlowCount>(moments, replications);
            let times: &Combination = &[FlowFigure::Times.once()];
            if sample.total(times) > 0 {
                flows.push(FlowSummary {
                    from: name.clone(),
                    to: other.clone(),
                    issues: sample.estimate(Quantity::Mean(times, 1.0)),
                });
            }
        }
    }
    flows
}
