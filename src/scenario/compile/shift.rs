//! Shifts: when they begin on each day of the horizon, and who of their agents is on a break when.

use std::collections::BTreeMap;

use jiff::civil::Date;

use super::centre::Scope;
use super::duty::{Activity, Timeline, TwoHeads};
use super::horizon::Horizon;
use crate::scenario::format::ScenarioFile;
use crate::scenario::name_hash;
use crate::scenario::pattern::{Duty, Pause};
use crate::scenario::people::{BreakFile, MOST_AGENTS, ShiftFile, ShiftStaff};
use crate::scenario::problem::Place;
use crate::scenario::read::{At, NamedEntry, hint_of};
use crate::scenario::staffing::{AgentDuty, Duties, Span, Team};
use crate::time::{SimDuration, SimTime, quantity};

const MINUTE: u64 = 60_000_000;

/// A stretch of work that agents have in common.
#[derive(Debug, Clone)]
pub(super) struct Shift {
    start: SimDuration,
    length: SimDuration,
    days: [bool; 7],
    on_holidays: bool,
    /// In order and apart from each other.
    breaks: Vec<Break>,
}

/// A break that agents take in turns. All times count from the beginning of the shift.
#[derive(Debug, Clone, Copy)]
struct Break {
    from: SimDuration,
    length: SimDuration,
    turns: u32,
    activity: Activity,
}

impl Break {
    /// The break of one of so many agents: each turn has as many as the others, or one more.
    fn of(&self, agent: u32, agents: u32) -> Span {
        let turn = u64::from(agent) * u64::from(self.turns) / u64::from(agents);
        let from = SimDuration(self.from.0 + turn * self.length.0);
        Span {
            from,
            to: from + self.length,
        }
    }

    fn end(&self) -> SimDuration {
        SimDuration(self.from.0 + u64::from(self.turns) * self.length.0)
    }
}

/// The shifts of a file by name, `None` where one is faulty.
pub(super) fn shifts(
    file: &ScenarioFile,
    scope: &mut Scope<'_>,
) -> BTreeMap<String, Option<Shift>> {
    let entries = file.shifts.iter().flat_map(|named| &named.value.entries);
    let mut shifts = BTreeMap::new();
    for entry in entries {
        let before = scope.reader.problems.len();
        let shift = entry.value.as_ref().and_then(|file| shift(file, scope));
        let is_sound = scope.reader.problems.len() == before;
        shifts.insert(entry.name.clone(), shift.filter(|_| is_sound));
    }
    shifts
}

fn shift(file: &ShiftFile, scope: &mut Scope<'_>) -> Option<Shift> {
    let start = file.start.as_ref()?.value.0;
    let length = file.length.as_ref()?;
    check_minutes(length.value.0, &length.place, scope);
    check_length(length.value.0, &length.place, scope)?;
    let length = length.value.0;
    let mut shift = Shift {
        start,
        length,
        days: file.days.as_ref().map_or([true; 7], |days| days.value.0),
        on_holidays: file.holidays.as_ref().is_none_or(|on| on.value),
        breaks: Vec::new(),
    };
    let breaks = file.breaks.iter().flat_map(|breaks| &breaks.value);
    let breaks = breaks.map(|written| (written, true));
    let lunch = file.lunch.iter().map(|written| (written, false));
    let mut places = Vec::new();
    for (written, is_paid) in breaks.chain(lunch) {
        if let Some(one) = break_of(written, is_paid, &shift, scope) {
            places.push((one, &written.place));
        }
    }
    places.sort_by_key(|(one, _)| one.from);
    for pair in places.windows(2) {
        if pair[1].0.from < pair[0].0.end() {
            let message = "the break begins while agents are on another one".to_owned();
            scope.reader.report_at(pair[1].1, message, None);
        }
    }
    shift.breaks = places.into_iter().map(|(one, _)| one).collect();
    Some(shift)
}

fn break_of(
    written: &At<BreakFile>,
    is_paid: bool,
    shift: &Shift,
    scope: &mut Scope<'_>,
) -> Option<Break> {
    let (keys, place) = (&written.value, &written.place);
    let length = keys.length.as_ref()?;
    check_minutes(length.value.0, &length.place, scope);
    let since_start = |time: SimDuration| {
        SimDuration((time.0 + SimDuration::DAY.0 - shift.start.0) % SimDuration::DAY.0)
    };
    let from = since_start(keys.from.as_ref()?.value.0);
    let length = length.value.0;
    let to = match &keys.to {
        None => from + length,
        // The beginning of the shift a day later is the end of one of 24 hours.
        Some(to) => match since_start(to.value.0) {
            SimDuration::ZERO => SimDuration::DAY,
            to => to,
        },
    };
    let mut fault = |message: String| {
        scope.reader.report_at(place, message, None);
        None
    };
    if to > shift.length || from >= shift.length {
        return fault(format!(
            "the break does not lie within the shift, which lasts {}",
            quantity::text(shift.length)
        ));
    }
    if to.0 < from.0 + length.0 {
        return fault(format!(
            "there is no time for a break of {} from `from` to `to`",
            quantity::text(length)
        ));
    }
    Some(Break {
        from,
        length,
        turns: u32::try_from((to.0 - from.0) / length.0).unwrap_or(1),
        activity: if keys.paid.as_ref().map_or(is_paid, |paid| paid.value) {
            Activity::Paid
        } else {
            Activity::Unpaid
        },
    })
}

/// Whether a shift of this length lasts a day at most; `None` after a problem has been reported.
pub(super) fn check_length(
    length: SimDuration,
    place: &Place,
    scope: &mut Scope<'_>,
) -> Option<()> {
    if length <= SimDuration::DAY {
        return Some(());
    }
    let message = format!(
        "a shift lasts 24h at most, found {}",
        quantity::text(length)
    );
    scope.reader.report_at(place, message, None);
    None
}

pub(super) fn check_minutes(span: SimDuration, place: &Place, scope: &mut Scope<'_>) {
    if !span.0.is_multiple_of(MINUTE) {
        let message = format!("expected whole minutes, found {}", quantity::text(span));
        scope.reader.report_at(place, message, None);
    }
}

/// The heads of a group from the agents of its shifts, and their duties.
pub(super) fn duties<T>(
    group: &NamedEntry<T>,
    staff: &ShiftStaff,
    place: &Place,
    scope: &mut Scope<'_>,
) -> Option<(TwoHeads, Duties)> {
    let mut timeline = Timeline::default();
    let calendar = &scope.horizon.calendar;
    let mut agents = Vec::new();
    let mut days = vec![Vec::new(); calendar.days().len()];
    let mut is_sound = true;
    for entry in &staff.shifts.as_ref()?.value.entries {
        let Some(found) = scope.shifts.get(&entry.name) else {
            let message = format!("there is no shift \"{}\"", entry.name);
            let hint = hint_of(&entry.name, scope.shifts.keys().map(String::as_str));
            scope.reader.report_at(&entry.place, message, Some(hint));
            is_sound = false;
            continue;
        };
        let (Some(shift), Some(heads)) = (found, entry.value) else {
            is_sound = false;
            continue;
        };
        let heads = u32::try_from(heads.0).unwrap_or(0);
        let first = u32::try_from(agents.len()).unwrap_or(u32::MAX);
        if i64::from(first) + i64::from(heads) > MOST_AGENTS {
            let message = format!("the shifts have more agents than the {MOST_AGENTS} possible");
            scope.reader.report_at(place, message, None);
            return None;
        }
        let person = |agent: u32| name_hash(&format!("{}\n{}\n{agent}", group.name, entry.name));
        agents.extend((0..heads).map(|agent| AgentDuty {
            person: person(agent),
            at_work: shift.without(|_| true, agent, heads),
            paid: shift.without(|one| one.activity == Activity::Unpaid, agent, heads),
        }));
        let heads_of_break = shift.heads_of_breaks(heads);
        for (day, begins_at) in shift.beginnings(scope.horizon) {
            let ends_at = begins_at + shift.length;
            timeline.add(begins_at, ends_at, i64::from(heads), Activity::Work);
            for (span, heads, activity) in &heads_of_break {
                let (from, to) = (begins_at + span.from, begins_at + span.to);
                timeline.add(from, to, -heads, Activity::Work);
                timeline.add(from, to, *heads, *activity);
            }
            let of_day = usize::try_from(day).unwrap_or(0);
            days[of_day].push(Team {
                begins_at,
                day,
                agents: first..first + heads,
            });
        }
    }
    let heads = timeline.heads(place, scope)?;
    let at_work = heads.1.clone();
    is_sound.then_some((
        heads,
        Duties {
            at_work,
            agents,
            days,
        },
    ))
}

impl Shift {
    /// What its agents do on each of its days, and these; breaks in turns are breaks whose beginning is open.
    pub(super) fn duty(&self, name: &str) -> (Duty, [bool; 7]) {
        let pause = |one: &Break| Pause {
            after: one.from,
            before: one.end(),
            length: one.length,
            step: one.length,
            is_paid: one.activity == Activity::Paid,
        };
        let duty = Duty {
            shift: Some(name.to_owned()),
            start: self.start,
            length: self.length,
            pauses: self.breaks.iter().map(pause).collect(),
        };
        (duty, self.days)
    }

    /// When it begins, with the day of the horizon; −1 is the day before, whose shift may last into the first.
    fn beginnings(&self, horizon: &Horizon) -> Vec<(i32, SimTime)> {
        let calendar = &horizon.calendar;
        let works = |date: &Date| {
            let is_holiday = horizon.holidays.contains(date);
            self.days[usize::from(weekday(*date))] && (self.on_holidays || !is_holiday)
        };
        (-1..)
            .zip(horizon.dates_with_eve())
            .filter(|(_, date)| works(date))
            .filter_map(|(day, date)| Some((day, calendar.local(date, self.start)?)))
            .filter(|(_, begins_at)| *begins_at + self.length > SimTime::START)
            .collect()
    }

    /// The time of one of so many agents without these breaks.
    fn without(&self, is_left_out: fn(&Break) -> bool, agent: u32, agents: u32) -> Vec<Span> {
        let mut from = SimDuration::ZERO;
        let mut spans = Vec::with_capacity(self.breaks.len() + 1);
        let end = Span {
            from: self.length,
            to: self.length,
        };
        let breaks = self.breaks.iter().filter(|one| is_left_out(one));
        let breaks = breaks.map(|one| one.of(agent, agents));
        for away in breaks.chain([end]) {
            if away.from > from {
                spans.push(Span {
                    from,
                    to: away.from,
                });
            }
            from = away.to;
        }
        spans
    }

    /// Each turn of each break, with the agents who take it.
    fn heads_of_breaks(&self, agents: u32) -> Vec<(Span, i64, Activity)> {
        let mut found = Vec::new();
        for one in &self.breaks {
            let mut heads: BTreeMap<u64, i64> = BTreeMap::new();
            for agent in 0..agents {
                *heads.entry(one.of(agent, agents).from.0).or_default() += 1;
            }
            for (from, heads) in heads {
                let from = SimDuration(from);
                let to = from + one.length;
                found.push((Span { from, to }, heads, one.activity));
            }
        }
        found
    }
}

fn weekday(date: Date) -> u8 {
    u8::try_from(date.weekday().to_monday_zero_offset()).unwrap_or(0)
}
