//! The staff of one group over time.

use jiff::civil::Date;

use super::centre::Scope;
use super::column::weekly;
use super::duty::{check_steps, clock_step};
use super::horizon::Horizon;
use super::{roster, shift};
use crate::scenario::format::GroupFile;
use crate::scenario::forms::{ByDay, WEEKDAYS};
use crate::scenario::people::{DayStaff, Staff};
use crate::scenario::problem::Place;
use crate::scenario::read::{At, NamedEntry};
use crate::scenario::staffing::Duties;
use crate::time::SimDuration;
use crate::time::calendar::{Day, since_midnight};
use crate::time::profile::Profile;

/// Paid heads of a group over time, and the duties behind them.
pub(super) type GroupStaff = (Profile<u32>, Option<Duties>);

/// The staff of a group.
pub(super) fn staff(entry: &NamedEntry<GroupFile>, scope: &mut Scope<'_>) -> Option<GroupStaff> {
    let At { value, place } = entry.value.as_ref()?.staff.as_ref()?;
    let with_duties = |((heads, _), duties)| (heads, Some(duties));
    let heads = match value {
        Staff::Constant(heads) => Profile::Constant(*heads),
        Staff::Day(list) => {
            check_length(list, place, scope)?;
            weekly(list, scope.horizon.calendar.interval())
        }
        Staff::ByDay(days) => heads_by_day(days, place, scope)?,
        Staff::Column(column) => scope.data.heads(column, scope.horizon, &mut scope.reader)?,
        Staff::Shifts(shifts) => {
            return shift::duties(entry, shifts, place, scope).map(with_duties);
        }
        Staff::Roster(file) => {
            return roster::duties(&entry.name, file, place, scope).map(with_duties);
        }
    };
    Some((heads, None))
}

fn heads_by_day(
    days: &ByDay<DayStaff>,
    place: &Place,
    scope: &mut Scope<'_>,
) -> Option<Profile<u32>> {
    let horizon = scope.horizon;
    let interval = horizon.calendar.interval();
    let a_day = horizon.calendar.intervals_a_day();
    let mut missing: Vec<&str> = Vec::new();
    for (date, weekday) in dates(horizon) {
        let is_missing = days.of(date, horizon.holidays.contains(&date)).is_none();
        if is_missing && !missing.contains(&WEEKDAYS[weekday]) {
            missing.push(WEEKDAYS[weekday]);
        }
    }
    missing.sort_by_key(|name| WEEKDAYS.iter().position(|weekday| weekday == name));
    let mut sound = true;
    let written = days.week.iter().flatten().chain(&days.holidays);
    for day in written.chain(days.dates.values()) {
        if let DayStaff::List(list) = &day.value {
            sound &= check_length(list, &day.place, scope).is_some();
        }
    }
    if !missing.is_empty() && horizon.is_sound {
        let names = missing.join(", ");
        let message = format!("the horizon has days without staff: {names}");
        let hint = format!("write {} = 0 for nobody", missing[0]);
        scope.reader.report_at(place, message, Some(hint));
        return None;
    }
    if !sound {
        return None;
    }
    let heads = |day: Option<&At<DayStaff>>| match day.map(|day| &day.value) {
        Some(DayStaff::List(list)) => list.clone(),
        Some(DayStaff::Constant(count)) => vec![*count; a_day],
        None => vec![0; a_day],
    };
    if days.is_weekly() {
        let week = days.week.iter().flat_map(|day| heads(day.as_ref()));
        return Some(weekly(&week.collect::<Vec<_>>(), interval));
    }
    by_date(place, scope, |date| {
        heads(days.of(date, horizon.holidays.contains(&date)))
    })
}

/// The dates of the horizon with their weekdays.
fn dates(horizon: &Horizon) -> impl Iterator<Item = (Date, usize)> {
    let days = horizon.calendar.days().iter();
    days.map(|day| (day.date, usize::from(day.weekday)))
}

/// Heads by date from those of each interval of the day, by the wall clock.
fn by_date(
    place: &Place,
    scope: &mut Scope<'_>,
    heads_of: impl Fn(Date) -> Vec<u32>,
) -> Option<Profile<u32>> {
    let calendar = &scope.horizon.calendar;
    let step = clock_step(calendar);
    check_steps(step, place, scope)?;
    let of_day = |day: &Day| {
        let heads = heads_of(day.date);
        let steps = day.end.since(day.start).0.div_ceil(step.0);
        let is_regular = day.end.since(day.start) == SimDuration::DAY;
        let head = |number: u64| {
            let elapsed = SimDuration(number * step.0);
            let wall_clock = if is_regular {
                elapsed
            } else {
                since_midnight(calendar.wall_clock(day.start + elapsed))
            };
            let interval = usize::try_from(wall_clock.0 / calendar.interval().0).unwrap_or(0);
            heads.get(interval).copied().unwrap_or(0)
        };
        (0..steps).map(head).collect()
    };
    Some(Profile::Dated {
        step,
        days: calendar.days().iter().map(of_day).collect(),
    })
}

fn check_length(list: &[u32], place: &Place, scope: &mut Scope<'_>) -> Option<()> {
    let expected = scope.horizon.calendar.intervals_a_day();
    if list.len() == expected {
        return Some(());
    }
    if !scope.horizon.is_sound {
        return None;
    }
    let message = format!(
        "expected {expected} numbers, one for each interval of the day, found {}",
        list.len()
    );
    scope.reader.report_at(place, message, None);
    None
}
