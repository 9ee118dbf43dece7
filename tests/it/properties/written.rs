//! A random scenario as a file, and what the file says of its queues and groups.

use std::fmt::Write;

use channelmix::scenario::model::Name;
use channelmix::time::SimTime;

use jiff::civil::Date;

use super::centres::{Draft, Group, Horizon, Queue, Staff};
use super::clock::{Clock, Wall};

impl Draft {
    /// The scenario's file, with a variant `moved`.
    pub(super) fn text(&self) -> String {
        let mut text = self.without_variants();
        let (from, is_removed) = self.moved;
        text += "[[variants]]\nname = \"moved\"\n";
        if is_removed {
            let _ = writeln!(text, "remove = [\"queues.q{from}\"]");
        }
        let moves = self.moves();
        if !moves.is_empty() {
            let moves: Vec<String> = moves
                .iter()
                .map(|(to, share)| format!("q{to} = {share:?}"))
                .collect();
            let _ = writeln!(text, "moves = {{ q{from} = {{ {} }} }}", moves.join(", "));
        }
        text
    }

    /// In the variant: where customers of the moved queue go, and how many of them.
    pub(super) fn moves(&self) -> Vec<(usize, f64)> {
        let (from, queues) = (self.moved.0, self.queues.len());
        let targets = [((from + 1) % queues, 0.4), ((from + 2) % queues, 0.25)];
        targets.into_iter().take(queues - 1).collect()
    }

    /// The queue of a model's name.
    pub(super) fn queue(&self, name: &Name) -> &Queue {
        &self.queues[number(name)]
    }

    /// The group of a model's name.
    pub(super) fn group(&self, name: &Name) -> &Group {
        &self.groups[number(name)]
    }

    /// The scenario's file as far as its groups.
    pub(super) fn without_variants(&self) -> String {
        let mut text = self.head();
        for (number, queue) in self.queues.iter().enumerate() {
            self.write_queue(number, queue, &mut text);
        }
        for (number, group) in self.groups.iter().enumerate() {
            group.write(number, &mut text);
        }
        text + SHIFTS
    }

    fn head(&self) -> String {
        let Horizon {
            start: (first, zone),
            days,
            warm_up,
            day_cv,
            holiday,
        } = &self.horizon;
        let first: Date = first.parse().expect("a date");
        let second = first.tomorrow().expect("a date");
        let holidays = if *holiday {
            format!("holidays = [\"{second}\"]\n")
        } else {
            String::new()
        };
        format!(
            "name = \"Random\"\ncurrency = \"EUR\"\n\n[horizon]\nstart = \"{first}\"\ndays = {days}\ntime_zone = \"{zone}\"\n\
             interval = \"6h\"\nwarm_up = \"{warm_up}\"\nday_cv = {day_cv:?}\n{holidays}\n"
        )
    }

    fn write_queue(&self, number: usize, queue: &Queue, text: &mut String) {
        let mut key = |name: &str, value: &str| {
            let _ = writeln!(text, "{name} = {value}");
        };
        key(
            &format!("[queues.q{number}]\nchannel"),
            &format!("{:?}", queue.channel),
        );
        let rates = match &queue.arrivals[..] {
            [rate] => format!("per_hour = {rate}"),
            rates => format!(
                "per_interval = {:?}",
                rates.iter().map(|rate| 6 * rate).collect::<Vec<_>>()
            ),
        };
        key(
            "arrivals",
            &format!("{{ {rates}, day_cv = {:?} }}", queue.day_cv),
        );
        key("handle_time", queue.handle_time);
        key("priority", &queue.priority.to_string());
        let optional = [
            ("wrap_up", queue.wrap_up),
            ("patience", queue.patience),
            ("open", queue.open.map(|hours| hours.text)),
            ("backlog", queue.backlog),
            ("target", queue.target.as_deref()),
            ("spread", queue.spread),
            ("lines", queue.lines),
            ("interruptible", queue.resume.map(|_| "true")),
        ];
        for (name, value) in optional {
            if let Some(value) = value {
                key(name, value);
            }
        }
        if let Some(resume) = queue.resume {
            key("resume", &format!("{resume:?}"));
        }
        if let Some(deferred) = queue.deferred {
            key("deferred", &deferred.to_string());
        }
        let last = self.groups.iter().rposition(|group| group.skills[number]);
        if let Some(last) = last.filter(|_| queue.last_group_first) {
            key("groups", &format!("[\"g{last}\"]"));
        }
        text.push('\n');
    }
}

/// Queues are named q0, q1 and so on, groups g0, g1 and so on.
pub(super) fn number(name: &Name) -> usize {
    name.text[1..].parse().expect("a number")
}

impl Queue {
    /// Contacts an hour.
    pub(super) fn rate(&self, wall: Wall) -> f64 {
        f64::from(self.arrivals[wall.quarter() % self.arrivals.len()])
    }
}

impl Group {
    /// Paid heads, and heads at work.
    pub(super) fn heads(&self, clock: &Clock, at: SimTime) -> (u32, u32) {
        let wall = clock.wall(at);
        let heads = match (&self.staff, wall.weekday) {
            (Staff::Constant(heads), _) | (Staff::Weekdays(heads, ..), 0..=4) => *heads,
            (Staff::Quarters(heads), _) => heads[wall.quarter()],
            (Staff::Weekdays(_, sat, _), 5) => *sat,
            (Staff::Weekdays(.., sun), _) => [*sun, 0, *sun, 1][wall.quarter()],
            (Staff::Shifts(day, night), _) => return of_shifts(*day, *night, clock, at),
        };
        (heads, heads)
    }

    fn write(&self, number: usize, text: &mut String) {
        let mut queues: Vec<usize> = (0..self.skills.len())
            .filter(|&queue| self.skills[queue])
            .collect();
        if self.reversed {
            queues.reverse();
        }
        let skills: Vec<String> = queues
            .iter()
            .map(|&queue| {
                let (speed, reserve, after) = (self.speed, self.reserve[queue], self.after[queue]);
                let weight = 1 + queue % 3;
                format!(
                    "{{ queue = \"q{queue}\", speed = {speed:?}, reserve = {reserve}, after = \"{after}\", weight = {weight} }}"
                )
            })
            .collect();
        let at_once: Vec<String> = queues
            .iter()
            .map(|&queue| format!("q{queue} = {}", self.at_once[queue]))
            .collect();
        let staff = match &self.staff {
            Staff::Constant(heads) => heads.to_string(),
            Staff::Quarters(heads) => format!("{heads:?}"),
            Staff::Weekdays(week, sat, sun) => {
                format!("{{ mon-fri = {week}, sat = {sat}, sun = [{sun}, 0, {sun}, 1] }}")
            }
            Staff::Shifts(day, night) => {
                format!("{{ shifts = {{ day = {day}, night = {night} }} }}")
            }
        };
        let _ = writeln!(
            text,
            "[groups.g{number}]\nabsence = {:?}\nspeed_cv = {:?}",
            self.absence, self.speed_cv,
        );
        if self.late {
            *text += "late = { share = 0.5, by = { dist = \"exponential\", mean = \"40m\" } }\n";
        }
        if self.new_hires {
            *text += "new_hires = { agents = 2, starts_at = 1.7, learns = \"2d\" }\n";
        }
        let _ = writeln!(
            text,
            "switch = {:?}\nskills = [{}]\nat_once = {{ {} }}\npace = {:?}\nstaff = {staff}\nshrinkage = {:?}\nwage = {:?}\nagents = {:?}\npolicy = {:?}\n",
            self.switch,
            skills.join(", "),
            at_once.join(", "),
            self.pace,
            self.shrinkage,
            f64::from(self.wage) / 100.0,
            self.rules.0,
            self.rules.1,
        );
    }
}

/// By day all week and by night from Friday to Sunday; both have the earlier turn of the first break for the first half of the agents.
pub(super) const SHIFTS: &str = "[shifts.day]\nstart = \"06:10\"\nlength = \"9h\"\n\
    breaks = [{ length = \"1h\", from = \"09:00\", to = \"11:30\" }]\n\
    [shifts.night]\nstart = \"20:00\"\nlength = \"9h 30m\"\ndays = \"fri-sun\"\nlunch = { length = \"40m\", from = \"01:40\" }\n";

/// Paid heads and heads at work, by minutes passed since a shift began.
fn of_shifts(day: u32, night: u32, clock: &Clock, at: SimTime) -> (u32, u32) {
    let (mut paid, mut at_work) = (0, 0);
    let now = at.0.div_euclid(60_000_000);
    for begun in clock.day_shifts.iter().map(|begins| now - begins) {
        let first = day.div_ceil(2);
        let away = match begun {
            170..230 => first,
            230..290 => day - first,
            _ => 0,
        };
        if (0..540).contains(&begun) {
            paid += day;
            at_work += day - away;
        }
    }
    for begun in clock.night_shifts.iter().map(|begins| now - begins) {
        if (0..340).contains(&begun) || (380..570).contains(&begun) {
            paid += night;
            at_work += night;
        }
    }
    (paid, at_work)
}
