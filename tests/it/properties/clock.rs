//! The wall clock of a horizon minute by minute, and opening hours by it, read off the zone's rules and the text of the
//! hours alone: apart from the engine's calendar and from its clock of open hours.

use std::ops::{Range, RangeInclusive};

use channelmix::time::{SimDuration, SimTime};
use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;

use super::centres::Horizon;

const MINUTE: i64 = 60_000_000;
const MINUTES_A_DAY: i64 = 24 * 60;
const MINUTES_AN_INTERVAL: u32 = 6 * 60;

/// Opening hours as a file has them, and what they mean.
#[derive(Debug)]
pub(super) struct Hours {
    pub(super) text: &'static str,
    /// Weekdays from Monday (0), and minutes since midnight.
    open: &'static [(RangeInclusive<u8>, Range<u32>)],
    /// On holidays; `None` where they are as any other day.
    holiday: Option<Range<u32>>,
}

pub(super) const HOURS: [&Hours; 5] = [
    &Hours {
        text: "\"08:00-18:30\"",
        open: &[(0..=6, 480..1_110)],
        holiday: Some(0..0),
    },
    &Hours {
        // What lies past midnight overlaps the next day's own hours.
        text: "\"01:00-05:00, 20:00-26:00\"",
        open: &[(0..=6, 60..300), (0..=6, 1_200..1_560)],
        holiday: Some(0..0),
    },
    &Hours {
        text: "{ mon-fri = \"07:00-12:00, 13:00-20:00\", sat = \"22:00-25:30\", sun = \"closed\" }",
        open: &[
            (0..=4, 420..720),
            (0..=4, 780..1_200),
            (5..=5, 1_320..1_530),
        ],
        holiday: Some(0..0),
    },
    &Hours {
        text: "{ mon-sun = \"06:00-22:00\", holidays = \"13:00-26:30\" }",
        open: &[(0..=6, 360..1_320)],
        holiday: Some(780..1_590),
    },
    &Hours {
        text: "{ mon-sat = \"20:00-27:00\", sun = \"closed\", holidays = \"as_usual\" }",
        open: &[(0..=5, 1_200..1_620)],
        holiday: None,
    },
];

/// What the clock on the wall shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Wall {
    /// The number of the day within the horizon.
    pub(super) day: usize,
    /// From Monday, 0.
    pub(super) weekday: u8,
    /// Since midnight.
    pub(super) minute: u32,
    is_holiday: bool,
    follows_holiday: bool,
}

impl Wall {
    fn is_open(self, hours: &Hours) -> bool {
        let is_open = |weekday: u8, is_holiday: bool, minute: u32| match &hours.holiday {
            Some(minutes) if is_holiday => minutes.contains(&minute),
            _ => hours.open.iter().any(|(weekdays, minutes)| {
                weekdays.contains(&weekday) && minutes.contains(&minute)
            }),
        };
        let past_midnight = self.minute + 24 * 60;
        is_open(self.weekday, self.is_holiday, self.minute)
            || is_open((self.weekday + 6) % 7, self.follows_holiday, past_midnight)
    }

    /// The quarter of the day, which is the interval of every draft.
    pub(super) fn quarter(self) -> usize {
        (self.minute / MINUTES_AN_INTERVAL) as usize
    }
}

/// The wall clock at every minute of a horizon.
#[derive(Debug)]
pub(super) struct Clock {
    walls: Vec<Wall>,
    days: usize,
    /// When a quarter of a day begins, and of which day.
    pub(super) quarters: Vec<(SimTime, usize)>,
    /// When the shift by day of each draft begins, in minutes since the start.
    pub(super) day_shifts: Vec<i64>,
    /// The same of the shift by night.
    pub(super) night_shifts: Vec<i64>,
}

impl Clock {
    pub(super) fn of(horizon: &Horizon) -> Self {
        let (first, zone) = horizon.start;
        let first: Date = first.parse().expect("a date");
        let zone = TimeZone::get(zone).expect("a zone");
        let start = first.to_zoned(zone.clone()).expect("a midnight");
        let start = start.timestamp().as_second();
        let days = horizon.days as usize;
        let wall = |minute: i64| {
            let at = Timestamp::from_second(start + 60 * minute).expect("a moment");
            let wall = zone.to_datetime(at);
            let since = first.until(wall.date()).expect("days").get_days();
            Wall {
                is_holiday: horizon.holiday && since == 1,
                follows_holiday: horizon.holiday && since == 2,
                day: usize::try_from(since).expect("not before the first"),
                weekday: wall.weekday().to_monday_zero_offset().cast_unsigned(),
                minute: u32::from(wall.hour().cast_unsigned()) * 60
                    + u32::from(wall.minute().cast_unsigned()),
            }
        };
        let minutes = 0..(i64::from(horizon.days) + 1) * MINUTES_A_DAY;
        let walls = minutes
            .map(wall)
            .take_while(|wall| wall.day < days)
            .collect();
        let mut quarters = Vec::new();
        let mut clock = Self {
            walls,
            days,
            day_shifts: Vec::new(),
            night_shifts: Vec::new(),
            quarters: Vec::new(),
        };
        let mut last = None;
        for (begins, wall) in clock.minutes() {
            if last.replace((wall.day, wall.quarter())) != Some((wall.day, wall.quarter())) {
                quarters.push((begins, wall.day));
            }
        }
        clock.quarters = quarters;
        clock.day_shifts = clock.showed(6 * 60 + 10, |_| true);
        clock.night_shifts = clock.showed(20 * 60, |weekday| weekday >= 4);
        clock
    }

    /// The end of the horizon.
    pub(super) fn end(&self) -> SimTime {
        SimTime(self.length() * MINUTE)
    }

    /// The minutes of the horizon.
    fn length(&self) -> i64 {
        i64::try_from(self.walls.len()).expect("minutes are few")
    }

    /// The minutes of the horizon in order, with their beginnings.
    pub(super) fn minutes(&self) -> impl Iterator<Item = (SimTime, Wall)> {
        let starts = (0..).map(|minute: i64| SimTime(minute * MINUTE));
        starts.zip(self.walls.iter().copied())
    }

    /// The wall clock at an instant; outside the horizon every day is taken as 24 hours long.
    pub(super) fn wall(&self, at: SimTime) -> Wall {
        self.wall_of_minute(at.0.div_euclid(MINUTE))
    }

    fn wall_of_minute(&self, minute: i64) -> Wall {
        let inside = usize::try_from(minute)
            .ok()
            .and_then(|index| self.walls.get(index));
        if let Some(wall) = inside {
            return *wall;
        }
        let days = i64::try_from(self.days).expect("days are few");
        let beyond = if minute < 0 {
            minute
        } else {
            minute - self.length() + days * MINUTES_A_DAY
        };
        let days = beyond.div_euclid(MINUTES_A_DAY);
        let weekday = (i64::from(self.walls[0].weekday) + days).rem_euclid(7);
        Wall {
            day: usize::try_from(days).unwrap_or(0),
            weekday: u8::try_from(weekday).expect("one of seven"),
            minute: u32::try_from(beyond.rem_euclid(MINUTES_A_DAY)).expect("within a day"),
            is_holiday: false,
            follows_holiday: false,
        }
    }

    /// The minutes, counted from the start, in which a clock first showed a minute of the day, on the weekdays wanted: once each day,
    /// the evening before the horizon included.
    fn showed(&self, minute_of_day: u32, is_wanted: impl Fn(u8) -> bool) -> Vec<i64> {
        let shows = |minute: &i64| {
            let wall = self.wall_of_minute(*minute);
            wall.minute == minute_of_day && is_wanted(wall.weekday)
        };
        (-MINUTES_A_DAY..self.length()).filter(shows).collect()
    }

    /// Whether a queue with these hours is open.
    pub(super) fn is_open(&self, hours: Option<&Hours>, at: SimTime) -> bool {
        hours.is_none_or(|hours| self.wall(at).is_open(hours))
    }

    /// Open time between two instants.
    pub(super) fn open_between(&self, hours: &Hours, from: SimTime, to: SimTime) -> SimDuration {
        let minutes = from.0.div_euclid(MINUTE)..=to.0.div_euclid(MINUTE);
        let open = minutes.filter(|&minute| self.wall_of_minute(minute).is_open(hours));
        let within = |minute: i64| {
            let (begins, ends) = (SimTime(minute * MINUTE), SimTime((minute + 1) * MINUTE));
            ends.min(to).since(begins.max(from)).0
        };
        SimDuration(open.map(within).sum())
    }

    /// How many rows of interval figures there are.
    pub(super) fn slots(&self) -> usize {
        if self.days >= 2 { 28 } else { 4 }
    }

    /// The row of interval figures that an instant belongs to: of the week where the horizon has two days or more.
    pub(super) fn slot(&self, at: SimTime) -> usize {
        let wall = self.wall(at);
        let of_week = usize::from(self.days >= 2) * usize::from(wall.weekday) * 4;
        of_week + wall.quarter()
    }

    /// Stretches of the horizon with the row that they belong to, in order.
    pub(super) fn stretches(&self) -> Vec<(SimTime, SimTime, usize)> {
        let mut stretches: Vec<(SimTime, SimTime, usize)> = Vec::new();
        for (begins, _) in self.minutes() {
            let slot = self.slot(begins);
            let ends = SimTime(begins.0 + MINUTE);
            match stretches.last_mut() {
                Some(last) if last.2 == slot => last.1 = ends,
                _ => stretches.push((begins, ends, slot)),
            }
        }
        stretches
    }

    /// The instants at which an interval ends.
    pub(super) fn interval_ends(&self) -> Vec<SimTime> {
        let ends = |(_, wall): &(SimTime, Wall)| (wall.minute + 1) % MINUTES_AN_INTERVAL == 0;
        let minutes = self.minutes().filter(ends);
        minutes
            .map(|(begins, _)| SimTime(begins.0 + MINUTE))
            .collect()
    }
}
