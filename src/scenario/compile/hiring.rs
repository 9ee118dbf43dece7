//! `[plan.hiring]` over the weeks, checked against the queues and groups of the file.

use super::column::DataSet;
use super::horizon::Horizon;
use crate::ids::{GroupId, QueueId, Table};
use crate::scenario::format::{GroupFile, ScenarioFile};
use crate::scenario::hiring::{HiringBrief, HiringGroup, Volume};
use crate::scenario::hiring_file::{ByWeek, HiringGroupFile, HiringPlanFile, OutsourceFile};
use crate::scenario::load;
use crate::scenario::model::{Group, Model};
use crate::scenario::problem::Place;
use crate::scenario::read::{At, Named, NamedEntry, Reader, hint_of};
use crate::scenario::scalar::{Amount, NotNegative, Share, ShareAboveZero, ShareBelowOne};
use crate::scenario::tree::digits;

/// Hours that a person is paid in a week unless the file says otherwise.
const FULL_TIME_H: f64 = 40.0;
const DAYS_A_WEEK: u32 = 7;

/// A plan's weeks with what the reader should know of them.
pub(super) type Brief = (HiringBrief, Vec<(Place, String)>);

/// What is planned for; `None` without `[plan.hiring]` or after a problem has been reported.
pub(super) fn brief(
    file: &ScenarioFile,
    model: &Model,
    horizon: &Horizon,
    data: &DataSet,
    reader: &mut Reader,
) -> Option<Brief> {
    let written = file.plan.as_ref()?.value.hiring.as_ref()?;
    let keys = &written.value;
    let mut desk = Desk {
        data,
        reader,
        weeks: usize::try_from(keys.weeks.as_ref()?.value.0).ok()?,
        warnings: Vec::new(),
    };
    if !horizon.days.is_multiple_of(DAYS_A_WEEK) {
        let message = format!(
            "weeks are those of the file's horizon: it takes 7 days, or a multiple, found {}",
            horizon.days
        );
        desk.reader.report_at(&written.place, message, None);
    }
    let weeks = starts(keys, horizon, &mut desk);
    let volumes = volumes(keys, model, horizon, &mut desk);
    let occupancy = keys.occupancy.as_ref();
    let occupancy = occupancy.and_then(|written| occupancy_of(written, &mut desk));
    let groups = groups(file, keys, model, &mut desk);
    let warnings = desk.warnings;
    let (volumes, work_s) = volumes?;
    let brief = HiringBrief {
        weeks: weeks?,
        volumes,
        work_s,
        occupancy: occupancy?,
        groups: groups?,
    };
    Some((brief, warnings))
}

struct Desk<'a> {
    data: &'a DataSet,
    reader: &'a mut Reader,
    weeks: usize,
    warnings: Vec<(Place, String)>,
}

impl Desk<'_> {
    /// A value a week.
    fn series<T: Copy>(
        &mut self,
        written: &At<ByWeek<T>>,
        number: impl Fn(T) -> f64,
    ) -> Option<Vec<f64>> {
        let values: Vec<f64> = match &written.value {
            ByWeek::One(value) => return Some(vec![number(value.value); self.weeks]),
            ByWeek::List(values) => values.iter().map(|value| number(value.value)).collect(),
            ByWeek::Column(column) => {
                self.data
                    .values(column, "a number of zero or above", self.reader)?
            }
        };
        if values.len() == self.weeks {
            return Some(values);
        }
        let message = format!(
            "expected {} numbers, one for each week, found {}",
            self.weeks,
            values.len()
        );
        self.reader.report_at(&written.place, message, None);
        None
    }

    /// Reports names that are none of the file.
    fn check_names<T>(&mut self, written: Option<&At<Named<T>>>, known: &[&str]) {
        for entry in written.iter().flat_map(|named| &named.value.entries) {
            if !known.contains(&entry.name.as_str()) {
                let hint = hint_of(&entry.name, known.iter().copied());
                let message = format!("`{}` is none of the file", entry.name);
                self.reader.report_at(&entry.place, message, Some(hint));
            }
        }
    }

    /// Shares a week, from a file too.
    fn shares<T: Copy>(
        &mut self,
        written: Option<&At<ByWeek<T>>>,
        missing: f64,
        number: impl Fn(T) -> f64,
    ) -> Option<Vec<f64>> {
        let Some(written) = written else {
            return Some(vec![missing; self.weeks]);
        };
        let shares = self.series(written, number)?;
        if let Some(over) = shares.iter().find(|share| **share > 1.0) {
            let message = format!("expected shares from 0 to 1, found {}", digits(*over));
            self.reader.report_at(&written.place, message, None);
            return None;
        }
        Some(shares)
    }
}

/// The first day of each week.
fn starts(keys: &HiringPlanFile, horizon: &Horizon, desk: &mut Desk<'_>) -> Option<Vec<String>> {
    let first = keys.start.as_ref().map_or(horizon.first, |day| day.value.0);
    let day = |week: usize| {
        let days = i64::try_from(week).ok()?.checked_mul(7)?;
        first.checked_add(jiff::Span::new().days(days)).ok()
    };
    let starts: Option<Vec<String>> = (0..desk.weeks)
        .map(|week| day(week).map(|day| day.to_string()))
        .collect();
    if starts.is_none()
        && let Some(start) = &keys.start
    {
        let message = "the last week lies beyond the calendar";
        desk.reader.report_at(&start.place, message, None);
    }
    starts
}

/// Contacts by queue and week, and the work of one.
#[expect(clippy::type_complexity, reason = "two tables, taken apart at once")]
fn volumes(
    keys: &HiringPlanFile,
    model: &Model,
    horizon: &Horizon,
    desk: &mut Desk<'_>,
) -> Option<(Table<QueueId, Vec<Volume>>, Table<QueueId, f64>)> {
    let own_weeks = f64::from(horizon.days) / f64::from(DAYS_A_WEEK);
    let levels = match &keys.levels {
        Some(levels) => desk.series(levels, |level: NotNegative| level.0),
        None => Some(vec![1.0; desk.weeks]),
    };
    desk.check_names(keys.volumes.as_ref(), &names(model));
    let mut volumes = Vec::new();
    let mut work_s = Vec::new();
    for (queue, (contacts, hours)) in model.queues.values().zip(load::own_weeks(model)) {
        let own = contacts / own_weeks;
        work_s.push(if contacts > 0.0 {
            hours * 3_600.0 / contacts
        } else {
            0.0
        });
        let written = keys.volumes.as_ref();
        let written = written.and_then(|volumes| volumes.value.get(&queue.name.text));
        volumes.push(match written {
            None => levels.as_ref().map(|levels| {
                let volume = |&level: &f64| Volume {
                    contacts: own * level,
                    level,
                };
                levels.iter().map(volume).collect()
            }),
            Some(entry) => of_queue(entry, own, desk),
        });
    }
    let volumes: Option<Vec<Vec<Volume>>> = volumes.into_iter().collect();
    Some((volumes?.into(), work_s.into()))
}

fn of_queue(
    entry: &NamedEntry<ByWeek<NotNegative>>,
    own: f64,
    desk: &mut Desk<'_>,
) -> Option<Vec<Volume>> {
    let written = At {
        place: entry.place.clone(),
        value: entry.value.clone()?,
    };
    let contacts = desk.series(&written, |contacts: NotNegative| contacts.0)?;
    if own <= 0.0 {
        let message = "the queue's own week has no contacts, so nobody knows when these come";
        desk.reader.report_at(&entry.place, message, None);
        return None;
    }
    let volume = |contacts: f64| Volume {
        contacts,
        level: contacts / own,
    };
    Some(contacts.into_iter().map(volume).collect())
}

fn names(model: &Model) -> Vec<&str> {
    let queues = model.queues.values();
    queues.map(|queue| queue.name.text.as_str()).collect()
}

/// Occupancies above zero, from a file too.
fn occupancy_of(written: &At<ByWeek<ShareAboveZero>>, desk: &mut Desk<'_>) -> Option<Vec<f64>> {
    let shares = desk.shares(Some(written), 1.0, |share: ShareAboveZero| share.0)?;
    if shares.contains(&0.0) {
        let message = "expected shares above 0, found 0";
        desk.reader.report_at(&written.place, message, None);
        return None;
    }
    Some(shares)
}

fn groups(
    file: &ScenarioFile,
    keys: &HiringPlanFile,
    model: &Model,
    desk: &mut Desk<'_>,
) -> Option<Table<GroupId, HiringGroup>> {
    let written = keys.groups.as_ref()?;
    let known: Vec<&str> = model
        .groups
        .values()
        .map(|group| group.name.text.as_str())
        .collect();
    desk.check_names(Some(written), &known);
    let mut groups = Vec::new();
    for group in model.groups.values() {
        let name = &group.name.text;
        let Some(entry) = written.value.get(name) else {
            let message = format!("group `{name}` is missing: every group of the file is planned");
            let hint = format!("such as {name} = {{ people = 0 }}");
            desk.reader.report_at(&written.place, message, Some(hint));
            groups.push(None);
            continue;
        };
        let of_file = file.groups.as_ref()?.value.get(name)?.value.as_ref()?;
        groups.push(self::group(entry, of_file, group, (keys, model), desk));
    }
    groups
        .into_iter()
        .collect::<Option<Vec<_>>>()
        .map(Table::from)
}

fn group(
    entry: &NamedEntry<HiringGroupFile>,
    of_file: &GroupFile,
    group: &Group,
    (plan, model): (&HiringPlanFile, &Model),
    desk: &mut Desk<'_>,
) -> Option<HiringGroup> {
    let keys = entry.value.as_ref()?;
    let hours = keys.hours.as_ref().or(plan.hours.as_ref());
    let hours = hours.map_or(FULL_TIME_H, |hours| hours.value.0);
    if hours > 168.0 {
        let message = format!("a week has 168 hours, found {}", digits(hours));
        let place = keys.hours.as_ref().or(plan.hours.as_ref());
        let place = place.map_or(&entry.place, |hours| &hours.place);
        desk.reader.report_at(place, message, None);
    }
    let class = class(keys, desk);
    let may_begin = may_begin(keys, entry, desk);
    let shrinkage = shrinkage(keys, of_file, &entry.place, desk);
    let overtime_max = desk.shares(keys.overtime_max.as_ref(), 0.0, |share: Share| share.0);
    let outsourced = outsourced(keys.outsource.as_ref(), desk);
    let absence = group.attendance.as_ref().map_or(0.0, |away| away.absence);
    let shrinkage = shrinkage?;
    let (outsource_max_h, outsource_price) = outsourced?;
    let does = |queue: QueueId| {
        let mut skills = group.skills.iter();
        let skill = skills.find(|skill| skill.queue == queue)?;
        Some(skill.speed * load::throughput(model, group, skill.at_once))
    };
    Some(HiringGroup {
        people: keys.people.as_ref()?.value.0,
        hours,
        class: class?,
        may_begin: may_begin?,
        training_weeks: training_weeks(keys, group, hours),
        ramp: keys
            .ramp
            .iter()
            .flat_map(|ramp| &ramp.value)
            .map(|share| share.value.0)
            .collect(),
        away: shrinkage
            .iter()
            .map(|share| 1.0 - (1.0 - share) * (1.0 - absence))
            .collect(),
        shrinkage,
        overtime_max: overtime_max?,
        outsource_max_h,
        outsource_price,
        does: model.queues.ids().map(does).collect(),
    })
}

/// Weeks of training: as written, or the paid time in which a hire is of no use, in whole weeks.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a cast saturates, and more than the weeks of a plan are as good as all"
)]
fn training_weeks(keys: &HiringGroupFile, group: &Group, hours: f64) -> usize {
    match &keys.training_weeks {
        Some(weeks) => usize::try_from(weeks.value.0).unwrap_or(0),
        None => (group.pay.hiring.ramp.as_hours() / hours).ceil() as usize,
    }
}

/// Fewest and most who begin together; the outer `None` after a problem.
#[expect(clippy::option_option, reason = "nobody and a fault are two things")]
fn class(keys: &HiringGroupFile, desk: &mut Desk<'_>) -> Option<Option<(u32, u32)>> {
    let Some(written) = &keys.class else {
        return Some(None);
    };
    let max = u32::try_from(written.value.max.as_ref()?.value.0).ok()?;
    let min = written.value.min.as_ref().map_or(1, |min| min.value.0);
    let min = u32::try_from(min).ok()?;
    if min > max {
        let message = format!("expected min to be at most max, found {min} and {max}");
        desk.reader.report_at(&written.place, message, None);
        return None;
    }
    Some(Some((min, max)))
}

/// The weeks in which a class may begin, the lead time counted in.
fn may_begin(
    keys: &HiringGroupFile,
    entry: &NamedEntry<HiringGroupFile>,
    desk: &mut Desk<'_>,
) -> Option<Vec<bool>> {
    let weeks = desk.weeks;
    let lead = keys.lead_weeks.as_ref().map_or(0, |lead| lead.value.0);
    let lead = usize::try_from(lead).ok()?;
    let mut listed = vec![keys.class_weeks.is_none(); weeks];
    for week in keys.class_weeks.iter().flat_map(|list| &list.value) {
        let number = usize::try_from(week.value.0).ok()?;
        let Some(listed) = listed.get_mut(number - 1) else {
            let message = format!("the plan has {weeks} weeks, found week {number}");
            desk.reader.report_at(&week.place, message, None);
            return None;
        };
        *listed = true;
    }
    for early in listed.iter_mut().take(lead) {
        *early = false;
    }
    if keys.class.is_some() && !listed.contains(&true) {
        let place = keys
            .lead_weeks
            .as_ref()
            .map_or(&entry.place, |lead| &lead.place);
        let message = "no class can begin within the weeks of the plan";
        desk.warnings.push((place.clone(), message.to_owned()));
    }
    Some(listed)
}

/// By week: the share of the time at work away from contacts, as the engine takes it.
fn shrinkage(
    keys: &HiringGroupFile,
    of_file: &GroupFile,
    place: &Place,
    desk: &mut Desk<'_>,
) -> Option<Vec<f64>> {
    let form = of_file.shrinkage.as_ref();
    let total = form.map_or(0.0, |form| form.value.total());
    let parts = form.map_or_else(Vec::new, |form| form.value.parts());
    let leave = parts.iter().find(|(name, _)| *name == "leave");
    let leave = leave.map_or(0.0, |(_, share)| *share);
    let of_leave = desk.shares(keys.leave.as_ref(), leave, |share: ShareBelowOne| share.0);
    let other = desk.shares(
        keys.shrinkage.as_ref(),
        total - leave,
        |share: ShareBelowOne| share.0,
    );
    let adherence = of_file.adherence.as_ref();
    let adherence = adherence.map_or(1.0, |adherence| adherence.value.0);
    let mut week = 0;
    let mut shares = Vec::new();
    for (leave, other) in of_leave?.into_iter().zip(other?) {
        week += 1;
        if leave + other >= 1.0 {
            let message = format!(
                "leave and shrinkage of week {week} sum to {}: nobody is left",
                digits(leave + other)
            );
            desk.reader.report_at(place, message, None);
            return None;
        }
        shares.push(1.0 - (1.0 - leave - other) * adherence);
    }
    Some(shares)
}

/// Hours of somebody else's agents by week, and the price of one.
fn outsourced(written: Option<&At<OutsourceFile>>, desk: &mut Desk<'_>) -> Option<(Vec<f64>, f64)> {
    let Some(written) = written else {
        return Some((vec![0.0; desk.weeks], 0.0));
    };
    let hours = written.value.hours.as_ref()?;
    let hours = desk.series(hours, |hours: NotNegative| hours.0)?;
    let price: Amount = written.value.price.as_ref()?.value;
    Some((hours, price.0))
}
