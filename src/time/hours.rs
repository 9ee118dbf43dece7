//! Opening hours by weekday or by date, and the clock that runs only while open.

use super::calendar::{Calendar, since_midnight};
use super::{Piece, SimDuration, SimTime};

/// A stretch of one day during which a queue is open: wall clock since midnight, the end not included, at most 24 h.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct OpenSpan {
    /// When it opens.
    pub from: SimDuration,
    /// When it closes.
    pub to: SimDuration,
}

/// Opening hours by weekday (0 = Monday), each day's spans in order and apart from each other; where they go by date too, the days of the
/// horizon have spans of their own.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct WeekHours {
    days: [Vec<OpenSpan>; 7],
    /// By day of the horizon; empty where weekdays say it all.
    dated: Vec<Vec<OpenSpan>>,
}

/// A day of the horizon, or one outside of it of which the weekday is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DayOf {
    /// Its number in the horizon.
    pub day: Option<u32>,
    /// 0 for Monday.
    pub weekday: u8,
}

impl From<&Piece> for DayOf {
    fn from(piece: &Piece) -> Self {
        Self {
            day: Some(piece.day),
            weekday: piece.weekday,
        }
    }
}

impl WeekHours {
    /// Adds hours of one weekday; what lies past midnight (`to` over 24 h, at most 48 h) falls on the next weekday.
    pub fn open(&mut self, weekday: usize, from: SimDuration, to: SimDuration) {
        let day = SimDuration::DAY;
        if from < day {
            let to = to.min(day);
            insert(&mut self.days[weekday % 7], OpenSpan { from, to });
        }
        if to > day {
            let from = SimDuration(from.0.saturating_sub(day.0));
            let to = SimDuration(to.0 - day.0).min(day);
            insert(&mut self.days[(weekday + 1) % 7], OpenSpan { from, to });
        }
    }

    /// Gives the days of a horizon hours of their own, each as written: what lies past midnight falls on the next day. The first entry is
    /// that of the day before the horizon.
    #[must_use]
    pub fn with_dates(mut self, days: &[Vec<(SimDuration, SimDuration)>]) -> Self {
        let day = SimDuration::DAY;
        let mut dated = vec![Vec::new(); days.len()];
        for (number, spans) in days.iter().enumerate() {
            for (from, to) in spans {
                if *from < day {
                    let (from, to) = (*from, (*to).min(day));
                    insert(&mut dated[number], OpenSpan { from, to });
                }
                if let Some(next) = dated.get_mut(number + 1).filter(|_| *to > day) {
                    let from = SimDuration(from.0.saturating_sub(day.0));
                    let to = SimDuration(to.0 - day.0).min(day);
                    insert(next, OpenSpan { from, to });
                }
            }
        }
        if !dated.is_empty() {
            dated.remove(0);
        }
        self.dated = dated;
        self
    }

    /// Whether they go by date.
    pub fn is_dated(&self) -> bool {
        !self.dated.is_empty()
    }

    /// Whether it is open at a wall clock of a day.
    #[inline]
    pub fn is_open(&self, day: DayOf, wall_clock: SimDuration) -> bool {
        self.spans(day)
            .iter()
            .any(|span| span.from <= wall_clock && wall_clock < span.to)
    }

    /// The spans of a day.
    #[inline]
    pub fn spans(&self, day: DayOf) -> &[OpenSpan] {
        let dated = day.day.and_then(|day| self.dated.get(day as usize));
        dated.unwrap_or(&self.days[usize::from(day.weekday)])
    }

    /// The open time of a day between two wall clocks.
    pub fn open_between(&self, day: DayOf, from: SimDuration, to: SimDuration) -> SimDuration {
        let overlap = |span: &OpenSpan| span.to.min(to).0.saturating_sub(span.from.max(from).0);
        SimDuration(self.spans(day).iter().map(overlap).sum())
    }

    /// The open time of one piece.
    pub fn open_in(&self, piece: &Piece) -> SimDuration {
        let ends = piece.wall_clock(piece.end);
        self.open_between(piece.into(), piece.time_of_day, ends)
    }
}

fn insert(spans: &mut Vec<OpenSpan>, span: OpenSpan) {
    spans.push(span);
    spans.sort_unstable();
    let mut merged: Vec<OpenSpan> = Vec::with_capacity(spans.len());
    for span in spans.drain(..) {
        match merged.last_mut() {
            Some(last) if span.from <= last.to => last.to = last.to.max(span.to),
            _ => merged.push(span),
        }
    }
    *spans = merged;
}

/// A clock that runs while open: the open time from the start of the horizon to any instant, also before the start.
#[derive(Debug, Clone)]
pub struct OpenClock {
    hours: WeekHours,
    /// The first day's midnight; days before the horizon are taken as 24 hours long.
    first_weekday: u8,
    weekday_after_end: u8,
    /// Open time from the start to each day's start, and to the end of the horizon.
    open_before_day: Vec<SimDuration>,
}

impl OpenClock {
    /// The clock of these hours over a calendar.
    pub fn new(hours: WeekHours, calendar: &Calendar) -> Self {
        let mut open_before_day = Vec::with_capacity(calendar.days().len() + 1);
        let mut total = SimDuration::ZERO;
        for day in 0..calendar.days().len() {
            open_before_day.push(total);
            for index in 0..calendar.pieces_in(day) {
                total = total + hours.open_in(&calendar.piece(day, index));
            }
        }
        open_before_day.push(total);
        let first_weekday = calendar.days().first().map_or(0, |day| day.weekday);
        let weekday_after_end = calendar
            .days()
            .last()
            .map_or(0, |day| (day.weekday + 1) % 7);
        Self {
            hours,
            first_weekday,
            weekday_after_end,
            open_before_day,
        }
    }

    /// Open time between two instants; outside the horizon every day is taken as 24 hours long.
    pub fn between(&self, calendar: &Calendar, from: SimTime, to: SimTime) -> SimDuration {
        let open = self.reading(calendar, to) - self.reading(calendar, from);
        SimDuration(u64::try_from(open).unwrap_or(0))
    }

    /// Open microseconds since the start; negative before it.
    fn reading(&self, calendar: &Calendar, at: SimTime) -> i64 {
        if at < SimTime::START {
            return -signed(self.open_before_start(SimTime::START.since(at)));
        }
        let days = calendar.days();
        let number = days.partition_point(|day| day.end <= at);
        if number == days.len() {
            let open = self.open_before_day[number] + self.open_after_end(at.since(calendar.end()));
            return signed(open);
        }
        let mut open = self.open_before_day[number];
        let regular = days[number].end.since(days[number].start) == SimDuration::DAY;
        if regular {
            let wall_clock = at.since(days[number].start);
            let day = DayOf {
                day: u32::try_from(number).ok(),
                weekday: days[number].weekday,
            };
            open = open + self.hours.open_between(day, SimDuration::ZERO, wall_clock);
        } else {
            for index in 0..calendar.pieces_in(number) {
                let piece = calendar.piece(number, index);
                let end = piece.end.min(at).max(piece.start);
                open = open
                    + self.hours.open_between(
                        (&piece).into(),
                        piece.time_of_day,
                        piece.wall_clock(end),
                    );
            }
        }
        signed(open)
    }

    /// Open time in the stretch of this length that begins at the end of the horizon.
    fn open_after_end(&self, stretch: SimDuration) -> SimDuration {
        let mut open = SimDuration::ZERO;
        let mut left = stretch;
        let mut weekday = self.weekday_after_end;
        while left > SimDuration::ZERO {
            let of_day = left.min(SimDuration::DAY);
            let day = DayOf { day: None, weekday };
            open = open + self.hours.open_between(day, SimDuration::ZERO, of_day);
            weekday = (weekday + 1) % 7;
            left = SimDuration(left.0 - of_day.0);
        }
        open
    }

    /// Open time in the stretch of this length that ends at the start of the horizon.
    fn open_before_start(&self, stretch: SimDuration) -> SimDuration {
        let mut open = SimDuration::ZERO;
        let mut left = stretch;
        let mut weekday = self.first_weekday;
        while left > SimDuration::ZERO {
            weekday = (weekday + 6) % 7;
            let of_day = left.min(SimDuration::DAY);
            let from = SimDuration(SimDuration::DAY.0 - of_day.0);
            let day = DayOf { day: None, weekday };
            open = open + self.hours.open_between(day, from, SimDuration::DAY);
            left = SimDuration(left.0 - of_day.0);
        }
        open
    }
}

fn signed(span: SimDuration) -> i64 {
    i64::try_from(span.0).unwrap_or(i64::MAX)
}

/// The weekday (0 = Monday) and the wall clock at any instant.
pub fn weekday_and_clock(calendar: &Calendar, at: SimTime) -> (u8, SimDuration) {
    let wall = calendar.wall_clock(at);
    let weekday =
        u8::try_from(wall.date().weekday().to_monday_zero_offset()).expect("a weekday is 0 to 6");
    (weekday, since_midnight(wall))
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::tz::TimeZone;

    const HOUR: u64 = 3_600;

    fn hours(seconds: u64) -> SimDuration {
        SimDuration::from_seconds(seconds * HOUR)
    }

    fn of(weekday: u8) -> DayOf {
        DayOf { day: None, weekday }
    }

    #[test]
    fn a_day_of_the_horizon_has_hours_of_its_own() {
        let mut week = WeekHours::default();
        week.open(0, hours(8), hours(20));
        // The evening before lasts into the first day; the second has no hours but those of the first.
        let dates = [
            vec![(hours(20), hours(26))],
            vec![(hours(9), hours(10)), (hours(22), hours(25))],
            vec![],
        ];
        let week = week.with_dates(&dates);
        let open = |day, from, to| {
            let day = DayOf {
                day: Some(day),
                weekday: 0,
            };
            week.open_between(day, hours(from), hours(to))
        };
        assert_eq!((open(0, 0, 9), open(0, 9, 24)), (hours(2), hours(3)));
        assert_eq!(open(1, 0, 24), hours(1));
        assert_eq!(week.open_between(of(0), hours(0), hours(24)), hours(12));
    }

    fn clock() -> (OpenClock, Calendar) {
        let mut week = WeekHours::default();
        for weekday in 0..5 {
            week.open(weekday, hours(8), hours(20));
        }
        let calendar = Calendar::new(
            "2026-09-07".parse().unwrap(),
            7,
            TimeZone::UTC,
            hours(1),
            hours(1),
        )
        .unwrap();
        (OpenClock::new(week, &calendar), calendar)
    }

    fn at(hour: i64) -> SimTime {
        SimTime(hour * 3_600_000_000)
    }

    #[test]
    fn the_open_clock_stands_still_at_night_and_at_the_weekend() {
        let (clock, calendar) = clock();
        assert_eq!(clock.between(&calendar, at(19), at(24 + 9)), hours(2));
        assert_eq!(
            clock.between(&calendar, at(4 * 24 + 19), at(7 * 24)),
            hours(1)
        );
        assert_eq!(clock.between(&calendar, at(0), at(7 * 24)), hours(60));
    }

    #[test]
    fn the_open_clock_runs_before_the_start_too() {
        let (clock, calendar) = clock();
        // Monday's midnight back to Friday 18:00: two open hours, then one more on Monday.
        assert_eq!(clock.between(&calendar, at(-54), at(9)), hours(3));
    }

    #[test]
    fn the_open_clock_runs_after_the_end_too() {
        let (clock, calendar) = clock();
        // Sunday noon to the Monday after, 9:00: one open hour.
        assert_eq!(
            clock.between(&calendar, at(6 * 24 + 12), at(7 * 24 + 9)),
            hours(1)
        );
        assert_eq!(
            clock.between(&calendar, at(7 * 24 + 9), at(8 * 24 + 9)),
            hours(12)
        );
    }

    #[test]
    fn hours_past_midnight_fall_on_the_next_day() {
        let mut week = WeekHours::default();
        week.open(6, hours(20), hours(26));
        assert!(week.is_open(of(6), hours(23)));
        assert!(week.is_open(of(0), hours(1)));
        assert!(!week.is_open(of(0), hours(2)));
    }

    #[test]
    fn spans_that_touch_become_one() {
        let mut week = WeekHours::default();
        week.open(0, hours(8), hours(12));
        week.open(0, hours(12), hours(18));
        assert_eq!(
            week.spans(of(0)),
            [OpenSpan {
                from: hours(8),
                to: hours(18)
            }]
        );
    }
}
