//! One queue: what it promises and how its contacts behave.

use jiff::civil::Date;

use super::centre::Scope;
use super::horizon::Horizon;
use super::journey::journey;
use super::law::{law, work};
use super::money;
use super::source::name;
use super::value;
use crate::ids::{GroupId, Id};
use crate::scenario::defaults::SHORT_S;
use crate::scenario::format::{QueueFile, TargetFile};
use crate::scenario::forms::{ByDay, DayHours, GroupOrder, Hours};
use crate::scenario::law::LawForm;
use crate::scenario::model::{
    Backlog, Definition, Group, Over, Queue, Server, ServiceLevelTarget, Spread, Target,
};
use crate::scenario::read::{At, NamedEntry, hint_of};
use crate::scenario::words::Clock;
use crate::time::SimDuration;
use crate::time::hours::{OpenClock, WeekHours};

/// A queue without its servers.
pub(super) fn queue(
    number: usize,
    entry: &NamedEntry<QueueFile>,
    scope: &mut Scope<'_>,
) -> Option<Queue> {
    let file = entry.value.as_ref()?;
    let journey = journey(number, file, scope);
    let Scope {
        data,
        horizon,
        reader,
        ..
    } = scope;
    let open = match file.open.as_ref().map(|open| &open.value) {
        None | Some(Hours::Always) => None,
        Some(Hours::ByDay(days)) => Some(hours(days, horizon, OnHolidays::Closed)),
    };
    let handle_time = file
        .handle_time
        .as_ref()
        .and_then(|form| work(form, data, horizon, reader));
    let wrap_up = file
        .wrap_up
        .as_ref()
        .map(|form| law(form, data, horizon, reader));
    let patience = match &file.patience {
        None
        | Some(At {
            value: LawForm::Never,
            ..
        }) => None,
        Some(form) => Some(law(form, data, horizon, reader)),
    };
    let target = file
        .target
        .as_ref()
        .map(|target| promise(target, open.as_ref(), scope));
    let charges = money::charges(file, scope);
    let value = value::value(file, scope);
    let channel = file.channel.as_ref()?.value;
    Some(Queue {
        charges,
        value,
        name: name(&entry.name),
        channel: channel.name,
        deferred: file
            .deferred
            .as_ref()
            .map_or(channel.deferred, |deferred| deferred.value),
        open,
        handle_time: handle_time?,
        wrap_up: transposed(wrap_up)?,
        patience: transposed(patience)?,
        target: transposed(target)?,
        priority: priority(file),
        servers: Vec::new(),
        spread: spread(file),
        trunk: None,
        backlog: backlog(file),
        resume: resume(file, scope),
        just_waits: !journey.has_turns(),
        journey,
    })
}

/// What it takes to find back into a contact, where contacts are set aside at all.
fn resume(file: &QueueFile, scope: &mut Scope<'_>) -> Option<SimDuration> {
    let is_interruptible = file.interruptible.as_ref().is_some_and(|key| key.value);
    if let Some(resume) = file.resume.as_ref().filter(|_| !is_interruptible) {
        let message = "resume is what an interruption costs, and nothing interrupts this queue";
        let hint = "add interruptible = true".to_owned();
        scope.reader.report_at(&resume.place, message, Some(hint));
    }
    let resume = file.resume.as_ref();
    is_interruptible.then(|| resume.map_or(SimDuration::ZERO, |resume| resume.value.0))
}

fn spread(file: &QueueFile) -> Option<Spread> {
    let keys = &file.spread.as_ref()?.value;
    Some(Spread {
        posts_per_hour: keys.posts_per_hour.as_ref()?.value.0,
        fades: keys.fades.as_ref()?.value.0,
    })
}

fn backlog(file: &QueueFile) -> Backlog {
    let backlog = file.backlog.as_ref().map(|backlog| backlog.value);
    let backlog = backlog.unwrap_or_default();
    Backlog {
        count: backlog.count,
        oldest: backlog.oldest,
    }
}

/// What hours are on holidays that they do not name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum OnHolidays {
    Closed,
    AsUsual,
}

/// Hours over the horizon, on holidays as they say themselves, else as told.
pub(super) fn hours(
    days: &ByDay<DayHours>,
    horizon: &Horizon,
    on_holidays: OnHolidays,
) -> WeekHours {
    let mut week = WeekHours::default();
    for (weekday, day) in days.week.iter().enumerate() {
        for (from, to) in day.iter().flat_map(|day| &day.value).flatten() {
            week.open(weekday, *from, *to);
        }
    }
    if days.dates.is_empty() && horizon.holidays.is_empty() {
        return week;
    }
    let of_date = |date: Date| {
        let is_holiday = horizon.holidays.contains(&date);
        let is_said = days.holidays.is_some() || days.dates.contains_key(&date);
        if is_holiday && !is_said && on_holidays == OnHolidays::Closed {
            return Vec::new();
        }
        let written = days.of(date, is_holiday).map(|day| &day.value);
        match written {
            Some(Some(spans)) => spans.clone(),
            Some(None) => {
                let of_weekday = days.of_weekday(date).and_then(|day| day.value.clone());
                of_weekday.unwrap_or_default()
            }
            None => Vec::new(),
        }
    };
    let dates: Vec<_> = horizon.dates_with_eve().map(of_date).collect();
    week.with_dates(&dates)
}

/// `None` where a thing was written and could not be read.
#[expect(clippy::option_option, reason = "absent and faulty are two things")]
fn transposed<T>(written: Option<Option<T>>) -> Option<Option<T>> {
    match written {
        None => Some(None),
        Some(read) => read.map(Some),
    }
}

/// A queue's priority; smaller is served first.
pub(super) fn priority(file: &QueueFile) -> i64 {
    file.priority
        .as_ref()
        .map_or(1, |priority| priority.value.0)
}

fn promise(
    target: &At<TargetFile>,
    open: Option<&WeekHours>,
    scope: &mut Scope<'_>,
) -> Option<Target> {
    let keys = &target.value;
    if scope.reader.is_faulty(&target.place.key) {
        return None;
    }
    if keys.share.is_some() != keys.within.is_some() {
        let missing = if keys.share.is_some() {
            "within"
        } else {
            "share"
        };
        let message = format!("share and within go together: missing key `{missing}`");
        scope.reader.report_at(&target.place, message, None);
        return None;
    }
    check_refining(keys, scope);
    let others = keys.asa.is_some() || keys.abandonment.is_some() || keys.backlog_age.is_some();
    if keys.share.is_none() && !others {
        let message =
            "expected share and within, asa, abandonment or backlog_age, found none of them";
        scope.reader.report_at(&target.place, message, None);
        return None;
    }
    let clock = keys
        .clock
        .as_ref()
        .map_or(Clock::Calendar, |clock| clock.value);
    let open_hours = match clock {
        Clock::Calendar => None,
        Clock::OpenHours => {
            open.map(|hours| OpenClock::new(hours.clone(), &scope.horizon.calendar))
        }
    };
    let service_level = keys
        .share
        .as_ref()
        .zip(keys.within.as_ref())
        .map(|(share, within)| ServiceLevelTarget {
            share: share.value.0,
            within: within.value.0,
            definition: keys
                .definition
                .as_ref()
                .map_or(Definition::LateAbandons, |definition| definition.value),
            short: keys
                .short
                .as_ref()
                .map_or(SimDuration::from_seconds(SHORT_S), |short| short.value.0),
            open_hours,
        });
    Some(Target {
        service_level,
        asa: keys.asa.as_ref().map(|asa| asa.value.0),
        abandonment: keys.abandonment.as_ref().map(|share| share.value.0),
        backlog_age: keys.backlog_age.as_ref().map(|age| age.value.0),
        over: keys
            .over
            .as_ref()
            .map_or_else(Over::default, |over| over.value),
    })
}

/// Reports what refines a service level that is not there.
fn check_refining(keys: &TargetFile, scope: &mut Scope<'_>) {
    let refining = [
        ("definition", keys.definition.as_ref().map(|key| &key.place)),
        ("short", keys.short.as_ref().map(|key| &key.place)),
        ("clock", keys.clock.as_ref().map(|key| &key.place)),
    ];
    for (key, place) in refining {
        if let Some(place) = place.filter(|_| keys.share.is_none()) {
            let message = format!("{key} goes with share and within, which are missing");
            scope.reader.report_at(place, message, None);
        }
    }
}

/// The groups that may serve a queue, in the order in which its contacts try them: the queue's own list, then by the
/// place of the queue in each group's skills, then as the file has them. `None` after a problem has been reported.
pub(super) fn servers(
    number: usize,
    entry: &NamedEntry<QueueFile>,
    groups: &[Option<Group>],
    scope: &mut Scope<'_>,
) -> Option<Vec<Server>> {
    let file = entry.value.as_ref()?;
    let skill_of = |group: &Group| {
        let position = group
            .skills
            .iter()
            .position(|skill| skill.queue.index() == number)?;
        Some((position, group.skills[position]))
    };
    let mut servers: Vec<(usize, usize, Server)> = Vec::new();
    for (index, group) in groups.iter().enumerate() {
        if let Some((position, skill)) = group.as_ref().and_then(skill_of) {
            let server = skill.server(GroupId::from_index(index));
            servers.push((position, index, server));
        }
    }
    let wanted = wanted(file, groups, &servers, scope);
    let rank = |index: usize| {
        wanted
            .iter()
            .position(|wanted| *wanted == index)
            .unwrap_or(usize::MAX)
    };
    let is_by_skills = matches!(
        file.groups.as_ref().map(|groups| &groups.value),
        Some(GroupOrder::MostSpecialised)
    );
    let skills = |index: usize| match &groups[index] {
        Some(group) if is_by_skills => group.skills.len(),
        _ => 0,
    };
    servers.sort_by_key(|(position, index, _)| (rank(*index), skills(*index), *position, *index));
    if servers.is_empty() {
        if groups.iter().all(Option::is_some) {
            let message = format!(
                "no group serves queue `{}`: name it in the skills of a group",
                entry.name
            );
            scope.reader.report_at(&entry.place, message, None);
        }
        return None;
    }
    Some(servers.into_iter().map(|(_, _, server)| server).collect())
}

/// The places of the groups in a queue's own list.
fn wanted(
    file: &QueueFile,
    groups: &[Option<Group>],
    servers: &[(usize, usize, Server)],
    scope: &mut Scope<'_>,
) -> Vec<usize> {
    let mut wanted: Vec<usize> = Vec::new();
    let Some(GroupOrder::Named(names)) = file.groups.as_ref().map(|groups| &groups.value) else {
        return wanted;
    };
    for written in names {
        let Some(index) = scope
            .group_names
            .iter()
            .position(|name| *name == written.value)
        else {
            let hint = hint_of(&written.value, scope.group_names.iter().map(String::as_str));
            scope.reader.report_at(
                &written.place,
                format!("`{}` is no group", written.value),
                Some(hint),
            );
            continue;
        };
        let serves = servers.iter().any(|(_, group, _)| *group == index);
        if !serves && groups[index].is_some() {
            let message = format!(
                "group `{}` does not have this queue among its skills",
                written.value
            );
            scope.reader.report_at(&written.place, message, None);
        }
        if wanted.contains(&index) {
            let message = format!("group `{}` is named twice", written.value);
            scope.reader.report_at(&written.place, message, None);
        }
        wanted.push(index);
    }
    wanted
}
