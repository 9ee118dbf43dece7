//! The days of the horizon, and when a run ends.

use std::collections::BTreeSet;

use jiff::civil::Date;
use jiff::tz::TimeZone;

use crate::scenario::defaults::{INTERVAL_S, MAX_REPLICATIONS, REPLICATIONS, SEED};
use crate::scenario::format::{Anything, HorizonFile, RunFile, ScenarioFile, VariantFile};
use crate::scenario::model::{Batches, Stopping};
use crate::scenario::problem::Place;
use crate::scenario::read::{At, Reader};
use crate::scenario::tree::Entry;
use crate::time::{Calendar, SimDuration, SimTime};

/// The most queues × intervals × variants: figures by interval are kept for each.
const MOST_ROWS: usize = 400_000;

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
    pub(super) batches: Option<Batches>,
    pub(super) holidays: BTreeSet<Date>,
    /// Whether it is what the file says. Where that is faulty, a stand-in serves to look for other faults.
    pub(super) is_sound: bool,
}

impl Horizon {
    /// The dates of the horizon and the one before, which may last into the first.
    pub(super) fn dates_with_eve(&self) -> impl Iterator<Item = Date> {
        let days = self.calendar.days();
        let eve = days.first().and_then(|day| day.date.yesterday().ok());
        eve.into_iter().chain(days.iter().map(|day| day.date))
    }
}

/// The horizon, or a stand-in where the file's is faulty.
pub(super) fn horizon(file: &ScenarioFile, reader: &mut Reader) -> Option<Horizon> {
    let before = reader.problems.len();
    let written = file
        .horizon
        .as_ref()
        .and_then(|keys| written(&keys.value, reader));
    let written = written.filter(|horizon| check_size(file, horizon, reader).is_some());
    match written {
        Some(horizon) if before == 0 => Some(horizon),
        Some(horizon) => Some(Horizon {
            is_sound: !reader.is_faulty("horizon"),
            ..horizon
        }),
        None => stand_in(),
    }
}

/// Whether the figures by interval have room; `None` after a problem has been reported.
fn check_size(file: &ScenarioFile, horizon: &Horizon, reader: &mut Reader) -> Option<()> {
    let base = file
        .queues
        .as_ref()
        .map_or(0, |queues| queues.value.entries.len());
    let variants = file.variants.iter().flat_map(|variants| &variants.value);
    let added = |variant: &VariantFile| variant.set.as_ref().map_or(0, |set| added(set, file));
    let most = variants.clone().map(|variant| added(&variant.value)).max();
    let queues = base + most.unwrap_or(0);
    let variants = variants.count() + 1;
    let days = if horizon.days < 2 { 1 } else { 7 };
    let intervals = days * horizon.calendar.intervals_a_day();
    let product = queues * intervals * variants;
    if product <= MOST_ROWS {
        return Some(());
    }
    let of_what = if days == 1 { "a day" } else { "a week" };
    let message = format!(
        "{queues} queues × {intervals} intervals of {of_what} × {variants} variants with the base are {product}, {MOST_ROWS} are possible: choose a longer interval"
    );
    let keys = file.horizon.as_ref()?;
    let place = keys.value.interval.as_ref().map_or_else(
        || Place {
            key: format!("{}.interval", keys.place.key),
            ..keys.place.clone()
        },
        |interval| interval.place.clone(),
    );
    reader.report_at(&place, message, None);
    None
}

/// How many queues the changes of a variant may add.
fn added(set: &At<Anything>, file: &ScenarioFile) -> usize {
    let is_known = |name: &str| {
        let queues = file.queues.as_ref();
        queues.is_some_and(|queues| queues.value.get(name).is_some())
    };
    let changes = set
        .value
        .0
        .as_table()
        .map_or(&[][..], |table| &table.entries);
    let count = |change: &Entry| match change.key.split_once('.') {
        Some((kind, name)) => {
            let is_new = kind.trim() == "queues" && !name.contains('.') && !is_known(name.trim());
            usize::from(is_new)
        }
        None if change.key.trim() == "queues" => {
            let names = change
                .node
                .as_table()
                .map_or(&[][..], |table| &table.entries);
            names.iter().filter(|entry| !is_known(&entry.key)).count()
        }
        None => 0,
    };
    changes.iter().map(count).sum()
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
        batches: None,
        holidays: BTreeSet::new(),
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
    let Ok(calendar) = Calendar::new(start.value.0, days, zone, interval, interval) else {
        let message = format!(
            "the horizon must end by 9999-12-30, found {} from {}",
            days_of(days),
            start.value.0
        );
        reader.report_at(&start.place, message, None);
        return None;
    };
    let warm_up = keys
        .warm_up
        .as_ref()
        .map_or(SimDuration::ZERO, |warm_up| warm_up.value.0);
    let warm_up = SimTime::START + warm_up;
    if let Some(written) = keys.warm_up.as_ref().filter(|_| warm_up >= calendar.end()) {
        let message = format!(
            "the warm-up must be shorter than the horizon, {}",
            days_of(days)
        );
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
        batches: None,
        holidays: keys
            .holidays
            .as_ref()
            .map_or_else(BTreeSet::new, |holidays| holidays.value.0.clone()),
        is_sound: true,
    })
}

/// How the counted time is cut into batches; `None` where the file asks for none or for what cannot be.
pub(super) fn batches(
    file: &ScenarioFile,
    horizon: &Horizon,
    reader: &mut Reader,
) -> Option<Batches> {
    let written = file.run.as_ref()?.value.batch_days.as_ref()?;
    let days = u32::try_from(written.value.0).ok()?;
    if let Some(variants) = file.variants.as_ref().filter(|list| !list.value.is_empty()) {
        let message =
            "variants are compared by replication, they and batch_days do not go together";
        let hint = "leave out batch_days, or keep each variant in a file of its own".to_owned();
        reader.report_at(&variants.place, message, Some(hint));
    }
    let starts = horizon.calendar.days().iter().map(|day| day.start);
    let Some(first_day) = starts
        .zip(0..)
        .find_map(|(start, day)| (start == horizon.warm_up).then_some(day))
    else {
        let message = "batch_days needs a warm-up of whole days";
        let hint = "where clocks change, in hours: it ends at a midnight".to_owned();
        reader.report_at(&written.place, message, Some(hint));
        return None;
    };
    // A zone may have left a day out.
    let all = u32::try_from(horizon.calendar.days().len()).unwrap_or(u32::MAX);
    let counted = all - first_day;
    let count = counted / days;
    if count < 2 || !counted.is_multiple_of(days) {
        let message = format!(
            "expected the counted {} to be two or more batches of {}",
            days_of(counted),
            days_of(days)
        );
        let hint = "change `days` or `warm_up` of the horizon".to_owned();
        reader.report_at(&written.place, message, Some(hint));
        return None;
    }
    Some(Batches {
        first_day,
        days,
        count,
    })
}

fn days_of(days: u32) -> String {
    let plural = if days == 1 { "" } else { "s" };
    format!("{days} day{plural}")
}

/// When the run ends, and its seed.
pub(super) fn run(file: Option<&At<RunFile>>, reader: &mut Reader) -> (Stopping, u64) {
    let Some(At { value: keys, .. }) = file else {
        return (Stopping::Replications(REPLICATIONS), SEED);
    };
    let seed = keys.seed.as_ref().map_or(SEED, |seed| seed.value.0);
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
