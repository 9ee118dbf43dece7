//! One agent more or fewer in a group, without compiling again.

use super::name::content_hash;
use super::staffing::{AgentDuty, Duties, Span, Staffing, Team};
use crate::ids::{GroupId, Table};
use crate::time::profile::Profile;
use crate::time::{Calendar, SimDuration, SimTime};

/// Which way a group changes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// One agent more.
    More,
    /// One agent fewer.
    Fewer,
}

impl Step {
    /// Both.
    pub const BOTH: [Self; 2] = [Self::More, Self::Fewer];

    fn of(self, heads: u32) -> u32 {
        match self {
            Self::More => heads.saturating_add(1),
            Self::Fewer => heads.saturating_sub(1),
        }
    }
}

impl Staffing {
    /// The same with one agent more or fewer in a group: where heads are all that is known, in every interval that has any; of shifts, on
    /// all days of the last agent of the largest; of a roster, on all of those of the agent of its first duty. `None` where nobody is
    /// ever on duty.
    #[must_use]
    pub fn with_one(&self, group: GroupId, step: Step, calendar: &Calendar) -> Option<Self> {
        let mut heads: Vec<Profile<u32>> = self.heads.values().cloned().collect();
        let mut duties: Vec<Option<Duties>> = self.duties.values().cloned().collect();
        let place = self.heads.ids().position(|id| id == group)?;
        match &mut duties[place] {
            None => {
                let is_staffed = heads[place].values().any(|heads| heads > 0);
                if !is_staffed {
                    return None;
                }
                heads[place] = heads[place].map(|heads| if heads > 0 { step.of(heads) } else { 0 });
            }
            Some(duties) => change_duties(duties, &mut heads[place], step, calendar)?,
        }
        Some(Self {
            heads: Table::from(heads),
            duties: Table::from(duties),
        })
    }
}

/// Takes the days of one agent in once more, or out.
fn change_duties(
    duties: &mut Duties,
    heads: &mut Profile<u32>,
    step: Step,
    calendar: &Calendar,
) -> Option<()> {
    let teams = || duties.days.iter().flatten();
    let many = teams().map(|team| team.agents.len()).max()?;
    let largest = teams().find(|team| team.agents.len() == many)?;
    let person = duties.agents[largest.agents.end.checked_sub(1)? as usize].person;
    let mut of_person: Vec<(usize, Team, u32)> = Vec::new();
    for (day, teams) in duties.days.iter().enumerate() {
        for team in teams {
            let own = team.agents.clone();
            let found = own.filter(|&agent| duties.agents[agent as usize].person == person);
            of_person.extend(found.map(|agent| (day, team.clone(), agent)));
        }
    }
    for (day, team, agent) in &of_person {
        let duty = duties.agents[*agent as usize].clone();
        shift_heads(heads, &duty.paid, team.begins_at, step, calendar);
        shift_heads(
            &mut duties.at_work,
            &duty.at_work,
            team.begins_at,
            step,
            calendar,
        );
        match step {
            Step::More => {
                let place = u32::try_from(duties.agents.len()).ok()?;
                duties.agents.push(AgentDuty {
                    person: content_hash([&person.to_le_bytes()[..], b"one more"]),
                    ..duty
                });
                duties.days[*day].push(Team {
                    agents: place..place + 1,
                    ..team.clone()
                });
            }
            Step::Fewer => leave_out(&mut duties.days[*day], *agent),
        }
    }
    Some(())
}

/// The teams of a day without an agent.
fn leave_out(teams: &mut Vec<Team>, agent: u32) {
    let cut = |team: &Team| {
        let parts = [team.agents.start..agent, agent + 1..team.agents.end];
        let is_in = team.agents.contains(&agent);
        let whole = std::iter::once(team.agents.clone()).filter(move |_| !is_in);
        let parts = parts
            .into_iter()
            .filter(move |part| is_in && !part.is_empty());
        let teams = whole.chain(parts).map(|agents| Team {
            agents,
            ..team.clone()
        });
        teams.collect::<Vec<_>>()
    };
    *teams = teams.iter().flat_map(cut).collect();
}

/// One head more or fewer over the spans of a duty. The steps of the heads meet every span: another agent has the same.
fn shift_heads(
    heads: &mut Profile<u32>,
    spans: &[Span],
    begins_at: SimTime,
    step: Step,
    calendar: &Calendar,
) {
    let Profile::Dated { step: length, days } = heads else {
        return;
    };
    for (day, of_day) in calendar.days().iter().zip(days) {
        for (entry, heads) in (0_u64..).zip(of_day) {
            let at = day.start + SimDuration(entry * length.0);
            let is_on = |span: &Span| begins_at + span.from <= at && at < begins_at + span.to;
            if spans.iter().any(is_on) {
                *heads = step.of(*heads);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ids::Id;
    use crate::scenario::Scenario;
    use crate::scenario::model::Variant;

    fn variant(text: &str, data: &str) -> Variant {
        let head = "name = \"n\"\ncurrency = \"EUR\"\n[horizon]\nstart = \"2026-09-07\"\ndays = 2\ninterval = \"1h\"\n\
                    [queues.phone]\nchannel = \"phone\"\narrivals = { per_hour = 2 }\nhandle_time = \"4m\"\n\
                    [groups.voice]\nskills = [\"phone\"]\nabsence = 0.1\n";
        let text = format!("{head}{text}");
        let scenario = Scenario::parse(&text, "a.toml", |_| Ok(data.as_bytes().to_vec()));
        let compiled = scenario.and_then(|scenario| scenario.compile());
        let mut compiled = compiled.unwrap_or_else(|problems| panic!("{problems}"));
        compiled.variants.swap_remove(0)
    }

    fn stepped(variant: &Variant, step: Step) -> Option<Staffing> {
        let calendar = &variant.model.calendar;
        variant
            .staffing
            .with_one(GroupId::from_index(0), step, calendar)
    }

    /// Paid hours and hours at work over the horizon.
    fn hours(variant: &Variant, staffing: &Staffing) -> (f64, f64) {
        let group = GroupId::from_index(0);
        let pieces = variant.model.calendar.pieces();
        let of_piece = pieces.map(|piece| {
            let hours = piece.end.since(piece.start).as_hours();
            let paid = f64::from(staffing.heads[group].at(&piece));
            let at_work = f64::from(staffing.at_work(group, &piece));
            (hours * paid, hours * at_work)
        });
        of_piece.fold((0.0, 0.0), |sum, of| (sum.0 + of.0, sum.1 + of.1))
    }

    #[test]
    fn heads_change_where_there_are_any() {
        let variant = variant(
            "staff = [0, 0, 0, 0, 0, 0, 0, 0, 1, 3, 3, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]\n",
            "",
        );
        let more = stepped(&variant, Step::More).unwrap();
        let fewer = stepped(&variant, Step::Fewer).unwrap();
        assert_eq!(hours(&variant, &variant.staffing), (16.0, 16.0));
        assert_eq!(hours(&variant, &more), (24.0, 24.0));
        assert_eq!(hours(&variant, &fewer), (8.0, 8.0));
    }

    #[test]
    fn a_group_without_staff_has_no_agent_more_or_fewer() {
        let variant = variant("staff = 0\n", "");
        assert_eq!(stepped(&variant, Step::More), None);
    }

    #[test]
    fn an_agent_of_a_shift_brings_all_its_days_without_the_unpaid_hour() {
        let shifts = "staff = { shifts = { early = 3, late = 1 } }\n\
                      [shifts.early]\nstart = \"08:00\"\nlength = \"9h\"\nlunch = { from = \"12:00\", to = \"14:00\", length = \"1h\" }\n\
                      [shifts.late]\nstart = \"20:00\"\nlength = \"8h\"\nbreaks = [{ from = \"22:00\", length = \"1h\" }]\n";
        let variant = variant(shifts, "");
        let (paid, at_work) = hours(&variant, &variant.staffing);
        for (step, sign, agents_more) in [(Step::More, 1.0, 1), (Step::Fewer, -1.0, -1)] {
            let staffing = stepped(&variant, step).unwrap();
            // Two days of eight hours.
            assert_eq!(
                hours(&variant, &staffing),
                (paid + sign * 16.0, at_work + sign * 16.0)
            );
            let agents = |staffing: &Staffing| {
                let duties = staffing.duties[GroupId::from_index(0)].as_ref().unwrap();
                let teams = duties.days[1].iter().map(|team| team.agents.len());
                i64::try_from(teams.sum::<usize>()).unwrap()
            };
            assert_eq!(agents(&staffing), agents(&variant.staffing) + agents_more);
        }
    }

    #[test]
    fn an_agent_of_a_roster_goes_with_all_duties() {
        let roster = "agent,group,start,end,activity\n\
                      ann,voice,2026-09-07 08:00,2026-09-07 12:00,work\n\
                      ann,voice,2026-09-08 08:00,2026-09-08 10:00,work\n\
                      bob,voice,2026-09-07 09:00,2026-09-07 12:00,work\n\
                      bob,voice,2026-09-07 12:00,2026-09-07 13:00,break\n";
        let variant = variant("staff = { roster = \"roster.csv\" }\n", roster);
        assert_eq!(hours(&variant, &variant.staffing), (10.0, 9.0));
        let fewer = stepped(&variant, Step::Fewer).unwrap();
        assert_eq!(hours(&variant, &fewer), (4.0, 3.0));
        let more = stepped(&variant, Step::More).unwrap();
        assert_eq!(hours(&variant, &more), (16.0, 15.0));
    }
}
