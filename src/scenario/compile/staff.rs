//! The staff of one group over time.

use super::centre::Scope;
use super::column::weekly;
use super::{roster, shift};
use crate::scenario::format::GroupFile;
use crate::scenario::forms::{WEEKDAYS, Week};
use crate::scenario::people::{DayStaff, Staff};
use crate::scenario::problem::Place;
use crate::scenario::read::{At, NamedEntry};
use crate::scenario::staffing::Duties;
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
        Staff::Week(week) => heads_by_weekday(week, place, scope)?,
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

fn heads_by_weekday(
    week: &Week<DayStaff>,
    place: &Place,
    scope: &mut Scope<'_>,
) -> Option<Profile<u32>> {
    let a_day = scope.horizon.calendar.intervals_a_day();
    let days = scope.horizon.calendar.days();
    let mut heads = Vec::with_capacity(7 * a_day);
    let mut missing = Vec::new();
    let mut sound = true;
    for (weekday, day) in week.iter().enumerate() {
        match day {
            Some(At {
                value: DayStaff::Constant(count),
                ..
            }) => heads.extend(std::iter::repeat_n(*count, a_day)),
            Some(At {
                value: DayStaff::List(list),
                place,
            }) => {
                sound &= check_length(list, place, scope).is_some();
                heads.extend(list);
            }
            None => {
                if days.iter().any(|day| usize::from(day.weekday) == weekday) {
                    missing.push(WEEKDAYS[weekday]);
                }
                heads.extend(std::iter::repeat_n(0, a_day));
            }
        }
    }
    if !missing.is_empty() && scope.horizon.is_sound {
        let names = missing.join(", ");
        let message = format!("the horizon has days without staff: {names}");
        let hint = format!("write {} = 0 for nobody", missing[0]);
        scope.reader.report_at(place, message, Some(hint));
        return None;
    }
    sound.then(|| weekly(&heads, scope.horizon.calendar.interval()))
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
