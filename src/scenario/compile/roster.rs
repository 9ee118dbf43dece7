//! A roster: who does what from when to when, row by row.

use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;
use jiff::civil::DateTime;

use super::centre::Scope;
use super::duty::{Activity, Timeline, TwoHeads};
use crate::scenario::name_hash;
use crate::scenario::people::{Activities, RosterFile};
use crate::scenario::problem::Place;
use crate::scenario::read::{At, hint_of};
use crate::scenario::roster::{RosterActivity, RosterRow};
use crate::scenario::sheet::{Row, Sheet, told};
use crate::scenario::staffing::{AgentDuty, Duties, Span, Team};
use crate::scenario::tree::shortened;
use crate::time::profile::Profile;
use crate::time::{Calendar, SimDuration, SimTime};

const COLUMNS: [&str; 5] = ["agent", "group", "start", "end", "activity"];
const MINUTE: u64 = 60_000_000;
/// Who is away for longer has ended one duty and begins another.
const LONGEST_GAP: SimDuration = SimDuration::from_seconds(4 * 3_600);

/// What activities mean where the scenario does not say.
const WORK: [&str; 3] = ["work", "shift", "contacts"];
const PAID: [&str; 7] = [
    "break", "training", "meeting", "coaching", "project", "vacation", "sick",
];
const UNPAID: [&str; 3] = ["lunch", "unpaid", "off"];

/// One row that has been understood.
#[derive(Debug, Clone, Copy)]
struct Stretch<'a> {
    agent: &'a str,
    group: &'a str,
    from: SimTime,
    to: SimTime,
    activity: Activity,
    line: u64,
}

/// The heads of a group from the rows of a roster, and the duties of its agents.
pub(super) fn duties(
    group: &str,
    roster: &RosterFile,
    place: &Place,
    scope: &mut Scope<'_>,
) -> Option<(TwoHeads, Duties)> {
    let meanings = meanings(roster.activities.as_ref(), scope)?;
    let file = roster.roster.as_ref()?;
    let data = scope.data;
    let sheet = data.sheet(file, &mut scope.reader)?;
    if !scope.horizon.is_sound {
        return None;
    }
    let known: BTreeSet<&str> = scope.known_groups.iter().map(String::as_str).collect();
    let stretches = match stretches(sheet, &meanings, &known, &scope.horizon.calendar) {
        Ok(stretches) => stretches,
        Err(faults) => {
            for fault in told(faults) {
                let message = format!("{}: {fault}", file.value);
                scope.reader.report_at(&file.place, message, None);
            }
            return None;
        }
    };
    let of_group: Vec<Stretch<'_>> = stretches
        .into_iter()
        .filter(|stretch| stretch.group == group)
        .collect();
    if of_group.is_empty() {
        let message = format!("{}: no row is of group `{group}`", file.value);
        scope.reader.report_at(&file.place, message, None);
        return None;
    }
    let heads = timeline(&of_group).heads(place, scope)?;
    let at_work = heads.1.clone();
    let (agents, days) = by_duty(&of_group, &scope.horizon.calendar);
    Some((
        heads,
        Duties {
            at_work,
            agents,
            days,
        },
    ))
}

fn timeline(stretches: &[Stretch<'_>]) -> Timeline {
    let mut timeline = Timeline::default();
    for stretch in stretches {
        timeline.add(stretch.from, stretch.to, 1, stretch.activity);
    }
    timeline
}

/// The heads and duties of a group whose roster has these rows, as if they had been read from a file.
pub(in crate::scenario) fn staff(
    rows: &[RosterRow],
    calendar: &Calendar,
) -> (Profile<u32>, Duties) {
    let mut stretches: Vec<Stretch<'_>> = rows
        .iter()
        .zip(0..)
        .map(|(row, line)| Stretch {
            agent: &row.agent,
            group: &row.group,
            from: row.from,
            to: row.to,
            activity: match row.activity {
                RosterActivity::Work => Activity::Work,
                RosterActivity::Break => Activity::Paid,
                RosterActivity::Lunch => Activity::Unpaid,
            },
            line,
        })
        .collect();
    stretches.sort_by_key(|stretch| (stretch.agent, stretch.from, stretch.line));
    let (heads, at_work) = timeline(&stretches).profiles(calendar);
    let (agents, days) = by_duty(&stretches, calendar);
    let duties = Duties {
        at_work,
        agents,
        days,
    };
    (heads, duties)
}

/// What each activity means; `None` after a problem has been reported.
fn meanings(
    written: Option<&At<Activities>>,
    scope: &mut Scope<'_>,
) -> Option<BTreeMap<String, Activity>> {
    let keys = written.map(|keys| &keys.value);
    let mut meanings = BTreeMap::new();
    let mut is_sound = true;
    let kinds = [
        (
            keys.and_then(|keys| keys.work.as_ref()),
            &WORK[..],
            Activity::Work,
        ),
        (
            keys.and_then(|keys| keys.paid.as_ref()),
            &PAID,
            Activity::Paid,
        ),
        (
            keys.and_then(|keys| keys.unpaid.as_ref()),
            &UNPAID,
            Activity::Unpaid,
        ),
    ];
    for (given, _, activity) in kinds {
        for name in given.iter().flat_map(|names| &names.value) {
            if meanings.insert(name.value.clone(), activity).is_some() {
                let message = format!("the activity `{}` is named twice", shortened(&name.value));
                scope.reader.report_at(&name.place, message, None);
                is_sound = false;
            }
        }
    }
    // What the scenario names takes the place of a default of the same name.
    for (given, defaults, activity) in kinds {
        for name in defaults.iter().filter(|_| given.is_none()) {
            meanings.entry((*name).to_owned()).or_insert(activity);
        }
    }
    is_sound.then_some(meanings)
}

/// The rows in order of agent and time, checked: no row is empty and no two of one agent overlap.
fn stretches<'a>(
    sheet: &'a Sheet,
    meanings: &BTreeMap<String, Activity>,
    groups: &BTreeSet<&str>,
    calendar: &Calendar,
) -> Result<Vec<Stretch<'a>>, Vec<String>> {
    let mut columns = [0; 5];
    let mut faults = Vec::new();
    for (column, name) in columns.iter_mut().zip(COLUMNS) {
        match sheet.column(name) {
            Ok(found) => *column = found,
            Err(fault) => faults.push(fault),
        }
    }
    if !faults.is_empty() {
        return Err(faults);
    }
    let mut stretches = Vec::with_capacity(sheet.rows.len());
    for row in &sheet.rows {
        match stretch(row, columns, meanings, groups, calendar) {
            Ok(stretch) => stretches.push(stretch),
            Err(fault) => faults.push(format!("row {}{fault}", row.line)),
        }
    }
    stretches.sort_by_key(|stretch| (stretch.agent, stretch.from, stretch.line));
    for pair in stretches.windows(2) {
        if pair[0].agent == pair[1].agent && pair[1].from < pair[0].to {
            faults.push(format!(
                "row {}: `{}` is doing something else, see row {}",
                pair[1].line,
                shortened(pair[1].agent),
                pair[0].line
            ));
        }
    }
    if faults.is_empty() {
        Ok(stretches)
    } else {
        Err(faults)
    }
}

fn stretch<'a>(
    row: &'a Row,
    columns: [usize; 5],
    meanings: &BTreeMap<String, Activity>,
    groups: &BTreeSet<&str>,
    calendar: &Calendar,
) -> Result<Stretch<'a>, String> {
    let [agent, group, start, end, activity] = columns.map(|column| row.cell(column));
    if agent.is_empty() {
        return Err(", column agent: nobody is named".to_owned());
    }
    if !groups.contains(group) {
        let hint = hint_of(group, groups.iter().copied());
        let group = shortened(group);
        return Err(format!(
            ", column group: there is no group `{group}`; {hint}"
        ));
    }
    let Some(meaning) = meanings.get(activity) else {
        let hint = hint_of(activity, meanings.keys().map(String::as_str));
        let activity = shortened(activity);
        return Err(format!(
            ", column activity: nobody says what `{activity}` is; {hint}"
        ));
    };
    let (from, to) = (
        moment("start", start, calendar)?,
        moment("end", end, calendar)?,
    );
    if to <= from {
        return Err(format!(": ends at \"{end}\", not after its start"));
    }
    Ok(Stretch {
        agent,
        group,
        from,
        to,
        activity: *meaning,
        line: row.line,
    })
}

/// A local time or one with an offset, on a whole minute. Of a local time that comes twice the first counts.
fn moment(column: &str, cell: &str, calendar: &Calendar) -> Result<SimTime, String> {
    let local = || {
        let wall: DateTime = cell.parse().ok()?;
        Some(wall.to_zoned(calendar.zone().clone()).ok()?.timestamp())
    };
    let found = cell.parse::<Timestamp>().ok().or_else(local);
    let is_whole =
        |moment: &Timestamp| moment.as_microsecond().rem_euclid(MINUTE.cast_signed()) == 0;
    match found.filter(is_whole) {
        Some(moment) => Ok(calendar.instant_of(moment)),
        None => Err(format!(
            ", column {column}: expected a time in whole minutes such as \"2026-09-07 08:00\", found \"{}\"",
            shortened(cell)
        )),
    }
}

/// The duties in the rows of a group: rows of one agent with no long gap between them are one duty, of the day on which the first begins.
fn by_duty(stretches: &[Stretch<'_>], calendar: &Calendar) -> (Vec<AgentDuty>, Vec<Vec<Team>>) {
    let mut agents = Vec::new();
    let mut days = vec![Vec::new(); calendar.days().len()];
    let is_one_duty = |before: &Stretch<'_>, after: &Stretch<'_>| {
        before.agent == after.agent && after.from.since(before.to) <= LONGEST_GAP
    };
    for duty in stretches.chunk_by(is_one_duty) {
        let (Some(first), Some(last)) = (duty.first(), duty.last()) else {
            continue;
        };
        if last.to <= SimTime::START || first.from >= calendar.end() {
            continue;
        }
        let spans = |is_told: fn(Activity) -> bool| -> Vec<Span> {
            let told = duty.iter().filter(|stretch| is_told(stretch.activity));
            told.map(|stretch| Span {
                from: stretch.from.since(first.from),
                to: stretch.to.since(first.from),
            })
            .collect()
        };
        let all = calendar.days();
        let day = all.partition_point(|day| day.start <= first.from);
        let place = u32::try_from(agents.len()).unwrap_or(u32::MAX);
        agents.push(AgentDuty {
            person: name_hash(first.agent),
            at_work: spans(|activity| activity == Activity::Work),
            paid: spans(|activity| activity != Activity::Unpaid),
        });
        days[day.saturating_sub(1)].push(Team {
            begins_at: first.from,
            day: i32::try_from(day).unwrap_or(i32::MAX) - 1,
            agents: place..place + 1,
        });
    }
    (agents, days)
}
