//! The figures of a queue.

use crate::stats::counts::{QueueFigure as Q, QueueSlot, QueueSlotFigure as S, QueueTotals};
use crate::stats::estimate::Estimate;
use crate::stats::moments::Combination;
use crate::stats::sample::{Quantity, Sample};
use crate::stats::summary::{
    QueueInterval, QueueMeasures, QueueSummary, ServiceLevels, Spread, TargetSummary,
};
use crate::stats::tally::{QueueTally, Time};

use super::labels::{LevelLabel, QueueLabel, SlotLabel};
use super::target::{Side, judged};

/// Microseconds in a second, as times are counted in one and shown in the other.
const SECOND: f64 = 1e6;
const HOUR: f64 = 3_600e6;
const ANSWERED: &Combination = &[Q::Answered.once()];
const ENDED: &Combination = &[Q::Answered.once(), Q::Abandoned.once()];

/// How quantities are estimated: in one variant, or as a difference to the base.
pub(super) trait Estimator {
    /// Of the totals.
    fn totals(&self, quantity: Quantity<'_>) -> Estimate;
    /// Of a time's quantiles.
    fn quantile(&self, time: Time, share: f64) -> Estimate;
}

/// The figures of one variant's queue.
pub(super) struct Own<'a> {
    pub(super) tally: &'a QueueTally,
    pub(super) replications: u64,
}

impl Estimator for Own<'_> {
    fn totals(&self, quantity: Quantity<'_>) -> Estimate {
        Sample::of::<QueueTotals>(&self.tally.totals, self.replications).estimate(quantity)
    }
    fn quantile(&self, time: Time, share: f64) -> Estimate {
        self.tally.times(time).quantile(share, self.replications)
    }
}

/// All figures of a queue.
pub(super) fn summarise(
    label: &QueueLabel,
    tally: &QueueTally,
    replications: u64,
    slots: &[SlotLabel],
    window_h: f64,
) -> QueueSummary {
    let own = Own {
        tally,
        replications,
    };
    let measures = measures(&own, label.level.as_ref(), window_h);
    QueueSummary {
        channel: label.channel.to_owned(),
        deferred: label.deferred,
        targets: targets(&own, label, &measures),
        measures,
        wait_within: tally.times(Time::Wait).shares_within(replications),
        response_within: tally.times(Time::Response).shares_within(replications),
        intervals: intervals(label, tally, replications, slots),
    }
}

pub(super) fn measures(
    of: &impl Estimator,
    level: Option<&LevelLabel>,
    window_h: f64,
) -> QueueMeasures {
    let count = |figure: Q| of.totals(Quantity::Mean(&[figure.once()], 1.0));
    let over_window = |figure: Q| of.totals(Quantity::Mean(&[figure.once()], HOUR * window_h));
    let share =
        |of_which: &Combination, all: &Combination| of.totals(Quantity::Share(of_which, all));
    let seconds =
        |sum: &Combination, over: &Combination| of.totals(Quantity::Ratio(sum, over, SECOND));
    let spread = |mean: Estimate, time: Time, max: Q| Spread {
        mean,
        p50: of.quantile(time, 0.50),
        p80: of.quantile(time, 0.80),
        p90: of.quantile(time, 0.90),
        p95: of.quantile(time, 0.95),
        p99: of.quantile(time, 0.99),
        max: of.totals(Quantity::Mean(&[max.once()], SECOND)),
    };
    let wait = &[Q::WaitAnswered.once(), Q::WaitAbandoned.once()];
    QueueMeasures {
        offered: count(Q::Offered),
        carried_in: count(Q::CarriedIn),
        answered: count(Q::Answered),
        abandoned: count(Q::Abandoned),
        blocked: count(Q::Blocked),
        contained: count(Q::Contained),
        open_at_end: count(Q::OpenAtEnd),
        service_level: level.map_or(Estimate::NONE, |_| {
            share(&[Q::LevelKept.once()], &[Q::LevelCounted.once()])
        }),
        service_levels: level.map_or_else(ServiceLevels::default, |_| service_levels(of)),
        abandonment: share(&[Q::Abandoned.once()], ENDED),
        asa_s: seconds(&[Q::WaitAnswered.once()], ANSWERED),
        delayed: share(&[Q::Delayed.once()], ENDED),
        wait_s: spread(seconds(wait, ENDED), Time::Wait, Q::WaitMax),
        response_s: spread(
            seconds(&[Q::Response.once()], ANSWERED),
            Time::Response,
            Q::ResponseMax,
        ),
        handle_time_s: spread(
            seconds(&[Q::HandleTime.once()], ANSWERED),
            Time::HandleTime,
            Q::HandleTimeMax,
        ),
        sojourn_s: spread(
            seconds(&[Q::Sojourn.once()], ANSWERED),
            Time::Sojourn,
            Q::SojournMax,
        ),
        queue_length: over_window(Q::QueueTime),
        queue_length_max: count(Q::QueueMax),
        offered_load: over_window(Q::Work),
    }
}

/// The five definitions (design, section 6); one that is open past its deadline joins every denominator.
fn service_levels(of: &impl Estimator) -> ServiceLevels {
    let (a, ab, late) = (
        Q::LevelAnswered.once(),
        Q::LevelAbandoned.once(),
        Q::LevelLate.once(),
    );
    let in_time = Q::LevelInTime.once();
    let share =
        |kept: &Combination, counted: &Combination| of.totals(Quantity::Share(kept, counted));
    ServiceLevels {
        answered: share(&[in_time], &[a, late]),
        offered: share(&[in_time], &[a, ab, late]),
        late_abandons: share(&[in_time], &[a, ab, Q::LevelAbandonedInTime.less(), late]),
        early_abandons_ok: share(&[in_time, Q::LevelAbandonedInTime.once()], &[a, ab, late]),
        no_short: share(&[in_time], &[a, ab, Q::LevelAbandonedShort.less(), late]),
    }
}

fn targets(own: &Own<'_>, label: &QueueLabel, measures: &QueueMeasures) -> Vec<TargetSummary> {
    let level = label.level.as_ref().map(|level| TargetSummary {
        within_s: Some(level.within_s),
        definition: Some(level.definition.to_owned()),
        clock: Some(level.clock),
        days_met: Some(own.totals(Quantity::Share(
            &[Q::DaysMet.once()],
            &[Q::DaysCounted.once()],
        ))),
        ..judged(
            "service_level",
            level.share,
            Side::AtLeast,
            measures.service_level,
        )
    });
    let asa = label
        .asa_s
        .map(|limit| judged("asa_s", limit, Side::AtMost, measures.asa_s));
    let abandonment = label
        .abandonment
        .map(|limit| judged("abandonment", limit, Side::AtMost, measures.abandonment));
    level.into_iter().chain(asa).chain(abandonment).collect()
}

fn intervals(
    label: &QueueLabel,
    tally: &QueueTally,
    replications: u64,
    slots: &[SlotLabel],
) -> Vec<QueueInterval> {
    let with_label = slots.iter().zip(&tally.slots).enumerate();
    with_label
        .filter(|(_, (slot, _))| slot.time_h > 0.0)
        .map(|(number, (slot, moments))| {
            let sample = Sample::of::<QueueSlot>(moments, replications);
            let p90 = tally
                .slot_times
                .get(number)
                .map_or(Estimate::NONE, |times| times.quantile(0.9, replications));
            let has_level = label.level.is_some();
            interval(&sample, slot, p90, (label.deferred, has_level))
        })
        .collect()
}

fn interval(
    sample: &Sample<'_>,
    slot: &SlotLabel,
    p90: Estimate,
    (deferred, has_level): (bool, bool),
) -> QueueInterval {
    let count = |figure: S| sample.estimate(Quantity::Mean(&[figure.once()], slot.occurrences));
    let seconds =
        |sum: &Combination, over: &Combination| sample.estimate(Quantity::Ratio(sum, over, SECOND));
    let (answered, ended) = (
        &[S::Answered.once()],
        &[S::Answered.once(), S::Abandoned.once()],
    );
    let ages = &[S::AgeSamples.once()];
    let level = || {
        sample.estimate(Quantity::Share(
            &[S::LevelKept.once()],
            &[S::LevelCounted.once()],
        ))
    };
    QueueInterval {
        weekday: slot.weekday,
        start: slot.start.clone(),
        offered: count(S::Offered),
        answered: count(S::Answered),
        abandoned: count(S::Abandoned),
        blocked: count(S::Blocked),
        service_level: if has_level { level() } else { Estimate::NONE },
        abandonment: sample.estimate(Quantity::Share(&[S::Abandoned.once()], ended)),
        delayed: sample.estimate(Quantity::Share(&[S::Delayed.once()], ended)),
        asa_s: seconds(&[S::WaitAnswered.once()], answered),
        wait_mean_s: seconds(&[S::WaitAnswered.once(), S::WaitAbandoned.once()], ended),
        wait_p90_s: if deferred { Estimate::NONE } else { p90 },
        response_mean_s: seconds(&[S::Response.once()], answered),
        response_p90_s: if deferred { p90 } else { Estimate::NONE },
        queue_length: sample.estimate(Quantity::Mean(&[S::QueueTime.once()], HOUR * slot.time_h)),
        backlog: sample.estimate(Quantity::Ratio(
            &[S::Backlog.once()],
            &[S::BacklogSamples.once()],
            1.0,
        )),
        backlog_age_p50_s: seconds(&[S::AgeP50.once()], ages),
        backlog_age_p90_s: seconds(&[S::AgeP90.once()], ages),
        backlog_age_max_s: seconds(&[S::AgeMax.once()], ages),
    }
}
