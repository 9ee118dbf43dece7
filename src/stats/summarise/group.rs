//! The figures of a group.

use crate::stats::counts::{GroupFigure as G, GroupSlot, GroupSlotFigure as S, GroupTotals};
use crate::stats::estimate::Estimate;
use crate::stats::moments::Combination;
use crate::stats::sample::{Quantity, Sample};
use crate::stats::summary::{ChangeoverMeasures, GroupInterval, GroupMeasures, GroupSummary};
use crate::stats::tally::GroupTally;

use super::labels::{GroupLabel, SlotLabel};
use super::target::{Side, judged};

const HOUR: f64 = 3_600e6;
/// Paid hours a week of one full-time equivalent (design, section 6).
const FULL_TIME_H: f64 = 40.0;
const WEEK_H: f64 = 168.0;

/// All figures of a group.
pub(super) fn summarise(
    label: &GroupLabel,
    tally: &GroupTally,
    replications: u64,
    slots: &[SlotLabel],
    window_h: f64,
) -> GroupSummary {
    let sample = Sample::of::<GroupTotals>(&tally.totals, replications);
    let measures = measures(|quantity| sample.estimate(quantity), label, window_h);
    let occupancy = label
        .occupancy_max
        .map(|limit| judged("occupancy", limit, Side::AtMost, measures.occupancy));
    GroupSummary {
        targets: occupancy.into_iter().collect(),
        measures,
        intervals: intervals(tally, replications, slots),
    }
}

pub(super) fn measures(
    of: impl Fn(Quantity<'_>) -> Estimate,
    label: &GroupLabel,
    window_h: f64,
) -> GroupMeasures {
    let hours = |figure: G| of(Quantity::Mean(&[figure.once()], HOUR));
    let (busy, there): (&Combination, &Combination) =
        (&[G::Busy.once()], &[G::Staffed.once(), G::Overtime.once()]);
    GroupMeasures {
        occupancy: of(Quantity::Share(busy, there)),
        utilisation: of(Quantity::Share(busy, &[G::Paid.once()])),
        mean_concurrency: of(Quantity::Ratio(&[G::Open.once()], busy, 1.0)),
        paid_h: hours(G::Paid),
        staffed_h: hours(G::Staffed),
        busy_h: hours(G::Busy),
        overtime_h: hours(G::Overtime),
        fte: of(Quantity::Mean(
            &[G::Paid.once()],
            HOUR * FULL_TIME_H * window_h / WEEK_H,
        )),
        changeovers: label.has_changeovers.then(|| changeovers(of)),
    }
}

fn changeovers(of: impl Fn(Quantity<'_>) -> Estimate) -> ChangeoverMeasures {
    let work = &[G::Changeover.once()];
    ChangeoverMeasures {
        interruptions: of(Quantity::Mean(&[G::Interruptions.once()], 1.0)),
        switches: of(Quantity::Mean(&[G::Switches.once()], 1.0)),
        work_h: of(Quantity::Mean(work, HOUR)),
        share_of_busy: of(Quantity::Share(work, &[G::Busy.once()])),
    }
}

fn intervals(tally: &GroupTally, replications: u64, slots: &[SlotLabel]) -> Vec<GroupInterval> {
    slots
        .iter()
        .zip(&tally.slots)
        .filter(|(slot, _)| slot.time_h > 0.0)
        .map(|(slot, moments)| {
            let sample = Sample::of::<GroupSlot>(moments, replications);
            let average =
                |figure: S| sample.estimate(Quantity::Mean(&[figure.once()], HOUR * slot.time_h));
            let there = &[S::Staffed.once(), S::Overtime.once()];
            GroupInterval {
                weekday: slot.weekday,
                start: slot.start.clone(),
                heads: average(S::Heads),
                staffed: average(S::Staffed),
                busy: average(S::Busy),
                occupancy: sample.estimate(Quantity::Share(&[S::Busy.once()], there)),
                overtime: average(S::Overtime),
            }
        })
        .collect()
}
