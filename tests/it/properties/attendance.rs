//! Who is away, comes late or is slow, worked out again from the streams of randomness.

use channelmix::scenario::model::Name;
use channelmix::scenario::name_hash;
use channelmix::sim::streams::{Purpose, Stream, StreamRoot, contact_key};
use channelmix::time::SimTime;
use rand::RngExt;
use rand_distr::{Distribution, Exp1, StandardNormal};

use super::centres::{Group, Staff};
use super::clock::Clock;

const MICROS_PER_MINUTE: i64 = 60_000_000;

/// What an agent's streams say of a day.
struct Luck {
    is_absent: bool,
    /// In microseconds.
    late_by: f64,
}

impl Group {
    fn luck(&self, root: StreamRoot, person: u64, day: i64) -> Luck {
        let stream =
            |purpose| -> Stream { root.stream(contact_key(person, day.cast_unsigned()), purpose) };
        let uniform = |purpose| stream(purpose).random::<f64>();
        let is_absent = uniform(Purpose::Absence) < self.absence;
        let is_late = self.late && uniform(Purpose::Late) < 0.5;
        let by: f64 = Exp1.sample(&mut stream(Purpose::LateBy));
        Luck {
            is_absent,
            late_by: if is_late {
                (by * 40.0 * 6e7).round()
            } else {
                0.0
            },
        }
    }

    /// How many of those who should be at work are not.
    pub(super) fn away(&self, name: &Name, root: StreamRoot, clock: &Clock, at: SimTime) -> u32 {
        let Staff::Shifts(day, night) = self.staff else {
            return self.numbered_away(name, root, clock, at);
        };
        let now = at.0.div_euclid(MICROS_PER_MINUTE);
        let mut away = 0;
        for (shift, agents, begun, length) in [
            ("day", day, &clock.day_shifts, 540),
            ("night", night, &clock.night_shifts, 570),
        ] {
            for begins in begun {
                let passed = now - begins;
                // A shift begins between six and midnight of its day.
                let wall = clock.wall(SimTime(begins * MICROS_PER_MINUTE));
                let of_day = if *begins < 0 {
                    -1
                } else {
                    i64::try_from(wall.day).expect("few")
                };
                for agent in 0..agents {
                    let on_break = match (shift, agent < agents.div_ceil(2)) {
                        ("day", true) => 170..230,
                        ("day", false) => 230..290,
                        _ => 340..380,
                    };
                    let works = (0..length).contains(&passed) && !on_break.contains(&passed);
                    let person = name_hash(&format!("{}\n{shift}\n{agent}", name.text));
                    let luck = self.luck(root, person, of_day);
                    let since = (at.0 - begins * MICROS_PER_MINUTE) as f64;
                    away += u32::from(works && (luck.is_absent || since < luck.late_by));
                }
            }
        }
        away
    }

    fn numbered_away(&self, name: &Name, root: StreamRoot, clock: &Clock, at: SimTime) -> u32 {
        let wall = clock.wall(at);
        let (heads, _) = self.heads(clock, at);
        let of_day = clock.quarters.iter().filter(|(_, day)| *day == wall.day);
        let of_day: Vec<(SimTime, u32)> = of_day
            .map(|(begins, _)| (*begins, self.heads(clock, *begins).0))
            .collect();
        let first = of_day.first().map(|(_, heads)| *heads);
        let came_at = |agent: u32| of_day.iter().find(|(_, heads)| *heads > agent);
        let is_away = |agent: &u32| {
            let person = contact_key(name.hash, u64::from(*agent));
            let luck = self.luck(root, person, i64::try_from(wall.day).expect("few"));
            if luck.is_absent || luck.late_by == 0.0 || first.is_some_and(|heads| heads > *agent) {
                return luck.is_absent;
            }
            let (came_at, _) = came_at(*agent).expect("on duty now");
            ((at.0 - came_at.0) as f64) < luck.late_by
        };
        (0..heads).filter(is_away).count().try_into().expect("few")
    }

    /// By how much longer one of so many agents takes on a day.
    pub(super) fn factor(
        &self,
        name: &Name,
        root: StreamRoot,
        (agent, of): (u32, u32),
        day: usize,
    ) -> f64 {
        let mut stream = root.stream(contact_key(name.hash, u64::from(agent)), Purpose::Speed);
        let normal: f64 = StandardNormal.sample(&mut stream);
        let variance = (1.0 + self.speed_cv * self.speed_cv).ln();
        let own = (variance.sqrt() * normal - variance / 2.0).exp();
        let is_new = self.new_hires && agent + 2 >= of;
        let days = f64::from(u32::try_from(day).expect("few"));
        own * if is_new {
            1.0 + 0.7 * (-days / 2.0).exp()
        } else {
            1.0
        }
    }
}
