//! When agents were there, as far as their contacts tell.
//!
//! An agent is on duty while they have a contact, and between two contacts that lie no further apart than the *gap*. Within that, an agent
//! who was idle while a contact that they may take was waiting was not free (at a pause, or at work the log does not show): in the
//! scenario nobody is idle while a contact waits that they may take, so such time is not duty.
//!
//! Before the first contact of a stretch an agent waited for it too, but nobody sees since when: as long as they usually wait for one.

use crate::scenario::log::map::Duty;
use crate::scenario::log::{Log, Logged};
use crate::time::{SimDuration, SimTime};

use super::groups::Group;

/// A stretch of an agent's time on duty.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Stretch {
    pub(super) group: usize,
    pub(super) from: SimTime,
    pub(super) to: SimTime,
    pub(super) is_busy: bool,
}

/// Logs in whole seconds, and clocks of two machines, make contacts overlap by so much that did not.
const SLIP: SimDuration = SimDuration::from_seconds(5);

/// A stretch of time.
type Span = (SimTime, SimTime);

/// All time on duty, and the contacts that began before their agent had ended the one before.
pub(super) fn stretches(
    log: &Log,
    groups: &[Group],
    duty: &Duty,
    wrap_up: SimDuration,
) -> (Vec<Stretch>, u64) {
    let mut group_of = vec![None; log.agents];
    for (number, group) in groups.iter().enumerate() {
        for agent in &group.agents {
            group_of[*agent] = Some(number);
        }
    }
    let mut by_agent: Vec<Vec<Span>> = vec![Vec::new(); log.agents];
    let mut stretches = Vec::new();
    for contact in &log.contacts {
        let Some(answered) = contact.answered else {
            continue;
        };
        match contact.agent {
            Some(agent) => by_agent[agent as usize].push((answered, contact.released)),
            // Somebody nobody knows was there for this contact alone.
            None => stretches.extend(stranger(contact, groups, answered, wrap_up)),
        }
    }
    let away: Vec<Vec<Span>> = groups
        .iter()
        .map(|group| {
            duty.away
                .map_or_else(Vec::new, |after| waits(log, group, after))
        })
        .collect();
    let mut overlaps = 0;
    for (agent, mut spells) in by_agent.into_iter().enumerate() {
        let Some(group) = group_of[agent] else {
            continue;
        };
        spells.sort_unstable();
        overlaps += spells
            .windows(2)
            .filter(|pair| pair[0].1.since(pair[1].0) > SLIP)
            .count() as u64;
        of_agent(
            &spells,
            (duty.gap, wrap_up),
            &away[group],
            |from, to, is_busy| {
                stretches.push(Stretch {
                    group,
                    from,
                    to,
                    is_busy,
                });
            },
        );
    }
    (stretches, overlaps)
}

fn stranger(
    contact: &Logged,
    groups: &[Group],
    answered: SimTime,
    wrap_up: SimDuration,
) -> Option<Stretch> {
    let serves = |group: &Group| group.skills.contains(&(contact.queue as usize));
    Some(Stretch {
        group: groups.iter().position(serves)?,
        from: answered,
        to: contact.released + wrap_up,
        is_busy: true,
    })
}

/// When a contact that a group may take had waited for longer than `after`: stretches in order, none touching another.
fn waits(log: &Log, group: &Group, after: SimDuration) -> Vec<Span> {
    let own = log
        .contacts
        .iter()
        .filter(|contact| group.skills.contains(&(contact.queue as usize)));
    let mut waits: Vec<Span> = own
        .map(|contact| {
            (
                contact.arrived + after,
                contact.answered.unwrap_or(contact.ended),
            )
        })
        .filter(|(from, to)| from < to)
        .collect();
    waits.sort_unstable();
    let mut joined: Vec<Span> = Vec::new();
    for (from, to) in waits {
        match joined.last_mut() {
            Some(last) if from <= last.1 => last.1 = last.1.max(to),
            _ => joined.push((from, to)),
        }
    }
    joined
}

/// Tells an agent's stretches on duty from their contacts, sorted by their start.
fn of_agent(
    spells: &[Span],
    (gap, wrap_up): (SimDuration, SimDuration),
    away: &[Span],
    mut tell: impl FnMut(SimTime, SimTime, bool),
) {
    // Idle before each contact, within a stretch of duty; nobody sees when the first of a stretch was waited for.
    let (mut idle, mut waits) = (SimDuration::ZERO, 0_u64);
    let mut first_of_stretch: Vec<(SimTime, SimTime)> = Vec::new();
    let mut free_from: Option<SimTime> = None;
    for (number, (from, to)) in spells.iter().enumerate() {
        let is_within = |free: SimTime| free >= *from || from.since(free) <= gap;
        match free_from {
            Some(free) if is_within(free) => {
                without(away, (free, *from), |from, to| {
                    idle = idle + to.since(from);
                    tell(from, to, false);
                });
                waits += 1;
            }
            _ => first_of_stretch.push((free_from.unwrap_or(SimTime(i64::MIN)), *from)),
        }
        let begin = free_from.map_or(*from, |free| free.max(*from));
        // Wrap-up is as short as the next contact makes it.
        let next = spells.get(number + 1).map_or(SimTime::NEVER, |next| next.0);
        let end = (*to + wrap_up).min(next.max(*to));
        if begin < end {
            tell(begin, end, true);
        }
        free_from = Some(free_from.map_or(end, |free| free.max(end)));
    }
    let usual = SimDuration(idle.0.checked_div(waits).unwrap_or(0));
    for (free, first) in first_of_stretch {
        let from = first.before(usual).max(free);
        without(away, (from, first), |from, to| tell(from, to, false));
    }
}

/// Tells what is left of a stretch without the others.
fn without(others: &[Span], (mut from, to): Span, mut tell: impl FnMut(SimTime, SimTime)) {
    let first = others.partition_point(|other| other.1 <= from);
    for other in others[first..].iter().take_while(|other| other.0 < to) {
        if from < other.0 {
            tell(from, other.0);
        }
        from = from.max(other.1);
    }
    if from < to {
        tell(from, to);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(
        spells: &[(i64, i64)],
        gap: u64,
        wrap_up: u64,
        away: &[(i64, i64)],
    ) -> Vec<(i64, i64, bool)> {
        let spans = |pairs: &[(i64, i64)]| -> Vec<Span> {
            pairs
                .iter()
                .map(|(from, to)| (SimTime(*from), SimTime(*to)))
                .collect()
        };
        let mut told = Vec::new();
        let times = (SimDuration(gap), SimDuration(wrap_up));
        of_agent(&spans(spells), times, &spans(away), |from, to, is_busy| {
            told.push((from.0, to.0, is_busy));
        });
        told
    }

    #[test]
    fn idle_time_up_to_the_gap_is_duty() {
        let told = told(&[(0, 10), (15, 20), (40, 50)], 10, 0, &[]);
        // The first of a stretch was waited for as long as the only other one, 5.
        assert_eq!(
            told,
            [
                (0, 10, true),
                (10, 15, false),
                (15, 20, true),
                (40, 50, true),
                (-5, 0, false),
                (35, 40, false)
            ]
        );
    }

    #[test]
    fn wrap_up_is_work_until_the_next_contact() {
        let told = told(&[(0, 10), (12, 20)], 10, 5, &[]);
        assert_eq!(told, [(0, 12, true), (12, 25, true)]);
    }

    #[test]
    fn who_is_idle_while_contacts_wait_is_away() {
        let told = told(&[(0, 10), (30, 40)], 50, 0, &[(5, 12), (15, 18), (28, 35)]);
        assert_eq!(
            told,
            [
                (0, 10, true),
                (12, 15, false),
                (18, 28, false),
                (30, 40, true),
                (-13, 0, false)
            ]
        );
    }

    #[test]
    fn contacts_that_overlap_count_once() {
        let told = told(&[(0, 10), (4, 8), (6, 20)], 5, 0, &[]);
        assert_eq!(told, [(0, 10, true), (10, 20, true)]);
    }
}
