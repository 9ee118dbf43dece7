//! Agents who are away for a day, or come late.
//!
//! Each agent has streams of its own for each day, so that one agent more leaves the days of the others as they were.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use rand_distr::{Distribution, StandardUniform};

use crate::ids::GroupId;
use crate::scenario::model::{Attendance, Duties, Model, Staffing};
use crate::sim::calendar::Event;
use crate::sim::features::Features;
use crate::sim::luck::draw;
use crate::sim::observer::Observer;
use crate::sim::replicate::Replication;
use crate::sim::streams::{Purpose, StreamRoot, contact_key};
use crate::time::profile::Profile;
use crate::time::{Piece, SimDuration, SimTime};

/// How many of those who should be at work are not, now and later.
#[derive(Debug, Clone, Default)]
pub struct Away {
    heads: u32,
    /// When one more is away, and when one fewer: among changes at one instant those come first.
    changes: BinaryHeap<Reverse<(SimTime, bool)>>,
}

impl Away {
    fn add(&mut self, from: SimTime, to: SimTime) {
        if from < to {
            self.changes.push(Reverse((from, true)));
            self.changes.push(Reverse((to, false)));
        }
    }

    /// Heads away at an instant, which is not before the one last asked for.
    pub fn heads(&mut self, now: SimTime) -> u32 {
        while let Some(&Reverse((at, is_one_more))) = self.changes.peek()
            && at <= now
        {
            self.changes.pop();
            if is_one_more {
                self.heads += 1;
            } else {
                self.heads -= 1;
            }
        }
        self.heads
    }
}

impl<O: Observer, F: Features> Replication<'_, O, F> {
    /// Draws who is away on a day that begins now, and who comes late.
    pub(in crate::sim) fn draw_attendance(&mut self) {
        let model = self.model;
        for (id, group) in model.groups.iter() {
            let Some(attendance) = &group.attendance else {
                continue;
            };
            let mut day = Day {
                attendance,
                root: self.centre.root,
                piece: self.centre.piece,
                away: &mut self.centre.missing[id],
                come_at: Vec::new(),
            };
            match &self.staffing.duties[id] {
                Some(duties) => day.draw_duties(duties),
                None => day.draw_numbers(group.name.hash, model, self.staffing, id),
            }
            for at in day.come_at {
                if at > self.now && at < model.calendar.end() {
                    self.centre.calendar.push(at, Event::TurnUp(id));
                }
            }
        }
    }
}

/// A day of one group.
struct Day<'a> {
    attendance: &'a Attendance,
    root: StreamRoot,
    piece: Piece,
    away: &'a mut Away,
    /// When those who are late come.
    come_at: Vec<SimTime>,
}

impl Day<'_> {
    fn draw_duties(&mut self, duties: &Duties) {
        for team in &duties.days[self.piece.day as usize] {
            for place in team.agents.clone() {
                let agent = &duties.agents[place as usize];
                let spans = agent.at_work.iter();
                let spans =
                    spans.map(|span| (team.begins_at + span.from, team.begins_at + span.to));
                self.draw_agent(agent.person, team.day, spans, true);
            }
        }
    }

    /// Agents 1 to n of the day's largest number of heads, each on duty while there are as many. Who is on duty as the day begins has been
    /// so before, and is not late.
    fn draw_numbers(&mut self, group: u64, model: &Model, staffing: &Staffing, id: GroupId) {
        let runs = runs(model, &staffing.heads[id], self.piece.day as usize);
        let most = runs.iter().map(|run| run.heads).max().unwrap_or(0);
        let at_first = runs.first().map_or(0, |run| run.heads);
        let day = i32::try_from(self.piece.day).unwrap_or(i32::MAX);
        for number in 0..most {
            let spans = runs.iter().filter(|run| run.heads > number);
            let spans = spans.map(|run| (run.from, run.to));
            let comes = at_first <= number;
            self.draw_agent(contact_key(group, u64::from(number)), day, spans, comes);
        }
    }

    fn draw_agent(
        &mut self,
        person: u64,
        day: i32,
        mut spans: impl Iterator<Item = (SimTime, SimTime)>,
        comes: bool,
    ) {
        let key = contact_key(person, i64::from(day).cast_unsigned());
        if self.happens(key, Purpose::Absence, self.attendance.absence) {
            spans.for_each(|(from, to)| self.away.add(from, to));
            return;
        }
        let Some((first, to)) = spans.next().filter(|_| comes) else {
            return;
        };
        let Some(by) = self.late_by(key) else {
            return;
        };
        let comes_at = first + by;
        for (from, to) in std::iter::once((first, to)).chain(spans) {
            self.away.add(from, to.min(comes_at));
            if from < comes_at && comes_at < to {
                self.come_at.push(comes_at);
            }
        }
    }

    fn late_by(&self, key: u64) -> Option<SimDuration> {
        let late = self.attendance.late.as_ref()?;
        let is_late = self.happens(key, Purpose::Late, late.share);
        is_late.then(|| {
            let mut stream = self.root.stream(key, Purpose::LateBy);
            draw(&late.by, &mut stream, &self.piece)
        })
    }

    fn happens(&self, key: u64, purpose: Purpose, share: f64) -> bool {
        let uniform: f64 = StandardUniform.sample(&mut self.root.stream(key, purpose));
        uniform < share
    }
}

/// A stretch of a day with the same number of heads.
struct Run {
    from: SimTime,
    to: SimTime,
    heads: u32,
}

fn runs(model: &Model, heads: &Profile<u32>, day: usize) -> Vec<Run> {
    let mut runs: Vec<Run> = Vec::new();
    for index in 0..model.calendar.pieces_in(day) {
        let piece = model.calendar.piece(day, index);
        let heads = heads.at(&piece);
        match runs.last_mut() {
            Some(last) if last.heads == heads => last.to = piece.end,
            _ => runs.push(Run {
                from: piece.start,
                to: piece.end,
                heads,
            }),
        }
    }
    runs
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn heads_away_go_up_and_down_and_nothing_is_away_for_no_time() {
        let at = SimTime;
        let mut away = Away::default();
        away.add(at(5), at(9));
        away.add(at(9), at(12));
        away.add(at(7), at(7));
        away.add(at(8), at(3));
        away.add(at(6), at(9));
        let found = [0, 5, 6, 8, 9, 11, 12, 99].map(|now| away.heads(at(now)));
        assert_eq!(found, [0, 1, 2, 2, 1, 1, 0, 0]);
    }
}
