//! The days of the horizon, and when a run ends.

use jiff::civil::Date;
use jiff::tz::TimeZone;

use crate::scenario::defaults::{INTERVAL_S, MAX_REPLICATIONS, REPLICATIONS, SEED};
use crate::scenario::format::{HorizonFile, RunFile};
use crate::scenario::model::Stopping;
use crate::scenario::read::{At, Reader};
use crate::time::{Calendar, SimDuration, SimTime};

/// The horizon of all variants. Its calendar's step is the interval; a model's may be finer.
#[derive(Debug)]
pub(super) struct Horizon {
    pub(super) calendar: Calendar,
    /// The first day and the number of days as written; a zone may have left one out.
    pub(super) first: Date,
    pub(super) days: u32,
    pub(super) start: String,
    pub(super) time_zone: String,
    pub(super) warm_up: SimTime,
    pub(super) day_cv: f64,
    /// Whether it is what the file says. Where that is faulty, a stand-in serves to look for other faults.
    pub(super) is_sound: bool,
}

/// The horizon, or a stand-in where the file's is faulty.
pub(super) fn horizon(file: Option<&At<HorizonFile>>, reader: &mut Reader) -> Option<Horizon> {
    let before = reader.problems.len();
    let written = file.and_then(|file| written(&file.value, reader));
    match written {
        Some(horizon) if before == 0 => Some(horizon),
        Some(horizon) => Some(Horizon {
            is_sound: !reader.is_faulty("horizon"),
            ..horizon
        }),
        None => stand_in(),
    }
}

fn stand_in() -> Option<Horizon> {
    let first = jiff::civil::date(2026, 1, 5);
    let interval = SimDuration::from_seconds(INTERVAL_S);
    Some(Horizon {
        calendar: Calendar::new(first, 7, TimeZone::UTC, interval, interval).ok()?,
        first,
        days: 7,
        start: first.to_string(),
        time_zone: "UTC".to_owned(),
        warm_up: SimTime::START,
        day_cv: 0.0,
        is_sound: false,
    })
}

fn written(keys: &HorizonFile, reader: &mut Reader) -> Option<Horizon> {
    let (zone, time_zone) = keys.time_zone.as_ref().map_or_else(
        || (TimeZone::UTC, "UTC".to_owned()),
        |zone| (zone.value.0.clone(), zone.value.1.clone()),
    );
    let interval = keys
        .interval
        .as_ref()
        .map_or(SimDuration::from_seconds(INTERVAL_S), |interval| {
            interval.value.0
        });
    let (start, days) = (keys.start.as_ref()?, keys.days.as_ref()?);
    let days = u32::try_from(days.value.0).ok()?;
    let calendar = match Calendar::new(start.value.0, days, zone, interval, interval) {
        Ok(calendar) => calendar,
        Err(error) => {
            let message = format!("the horizon lies outside the dates of the time zone: {error}");
            reader.report_at(&start.place, message, None);
            return None;
        }
    };
    let warm_up = keys
        .warm_up
        .as_ref()
        .map_or(SimDuration::ZERO, |warm_up| warm_up.value.0);
    let warm_up = SimTime::START + warm_up;
    if let Some(written) = keys.warm_up.as_ref().filter(|_| warm_up >= calendar.end()) {
        let message = format!("the warm-up must be shorter than the horizon, {days} days");
        reader.report_at(&written.place, message, None);
    }
    Some(Horizon {
        calendar,
        first: start.value.0,
        days,
        start: start.value.0.to_string(),
        time_zone,
        warm_up,
        day_cv: keys.day_cv.as_ref().map_or(0.0, |cv| cv.value.0),
        is_sound: true,
    })
}

/// When the run ends, and its seed.
pub(super) fn run(file: Option<&At<RunFile>>, reader: &mut Reader) -> (Stopping, u64) {
    let Some(At { value: keys, .. }) = file else {
        return (Stopping::Replications(REPLICATIONS), SEED);
    };
    let seed = keys.seed.as_ref().map_or(SEED, |seed| seed.value.count());
    if let (Some(_), Some(precision)) = (&keys.replications, &keys.precision) {
        let message = "expected either replications or precision, found both";
        reader.report_at(&precision.place, message, None);
    }
    if let (Some(most), None) = (&keys.max_replications, &keys.precision) {
        let message = "max_replications goes with precision, which is missing";
        reader.report_at(
            &most.place,
            message,
            Some("write `replications`?".to_owned()),
        );
    }
    let stopping = match &keys.precision {
        Some(precision) => Stopping::Precision {
            half_width: precision.value.0,
            max_replications: keys
                .max_replications
                .as_ref()
                .map_or(MAX_REPLICATIONS, |most| most.value.count()),
        },
        None => Stopping::Replications(
            keys.replications
                .as_ref()
                .map_or(REPLICATIONS, |count| count.value.count()),
        ),
    };
    (stopping, seed)
}
