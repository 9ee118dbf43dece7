//! The horizon's days cut into pieces of one step, in the local time of its zone.
//!
//! A day on which the clocks change has 23 or 25 hours: its pieces follow real time, and each carries the wall clock at
//! which it begins, so that the hour skipped in spring has no pieces and the one repeated in autumn has them twice.

use jiff::Timestamp;
use jiff::civil::{Date, DateTime, Time};
use jiff::tz::TimeZone;

use super::{SimDuration, SimTime};

/// One day of the horizon, from midnight to midnight, local time.
#[derive(Debug, Clone)]
pub struct Day {
    /// Its date.
    pub date: Date,
    /// 0 for Monday to 6 for Sunday.
    pub weekday: u8,
    /// Local midnight (or the first instant of the day, where midnight is skipped).
    pub start: SimTime,
    /// The next day's start.
    pub end: SimTime,
    /// The pieces of a day on which the clocks change; empty on all others, where they follow from the step.
    irregular: Vec<Piece>,
}

/// A stretch of at most one step within one day, over which every rate and headcount is constant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Piece {
    /// When it begins.
    pub start: SimTime,
    /// When it ends.
    pub end: SimTime,
    /// The number of its day within the horizon, from 0.
    pub day: u32,
    /// 0 for Monday to 6 for Sunday.
    pub weekday: u8,
    /// The wall clock at its start, since midnight.
    pub time_of_day: SimDuration,
    /// Real time from the day's start to its own.
    pub elapsed: SimDuration,
}

impl Piece {
    /// The wall clock at an instant of this piece, since midnight.
    #[inline]
    pub fn wall_clock(&self, at: SimTime) -> SimDuration {
        self.time_of_day + at.since(self.start)
    }
}

/// The days of the horizon and the step into which they are cut.
#[derive(Debug, Clone)]
pub struct Calendar {
    step: SimDuration,
    interval: SimDuration,
    days: Vec<Day>,
    origin: Timestamp,
    zone: TimeZone,
}

impl Calendar {
    /// The calendar of `days` days from `first`, cut into pieces of `step`, which divides the reporting `interval`,
    /// which divides 24 hours (the caller has checked all of it).
    ///
    /// # Errors
    /// When a day lies outside the dates that the zone's rules cover.
    pub fn new(
        first: Date,
        days: u32,
        zone: TimeZone,
        interval: SimDuration,
        step: SimDuration,
    ) -> Result<Self, jiff::Error> {
        let origin = midnight(&zone, first)?;
        let mut calendar = Self {
            step,
            interval,
            days: Vec::with_capacity(days as usize),
            origin,
            zone,
        };
        let mut date = first;
        let mut start = SimTime::START;
        for _ in 0..days {
            let next = date.tomorrow()?;
            let end = calendar.instant_of(midnight(&calendar.zone, next)?);
            if end <= start {
                // A zone that crossed the date line left this day out.
                date = next;
                continue;
            }
            let number = u32::try_from(calendar.days.len()).expect("no more days than asked for");
            let weekday =
                u8::try_from(date.weekday().to_monday_zero_offset()).expect("a weekday is 0 to 6");
            let mut day = Day {
                date,
                weekday,
                start,
                end,
                irregular: Vec::new(),
            };
            if end.since(start) != SimDuration::DAY {
                day.irregular = calendar.pieces_of_irregular_day(&day, number);
            }
            calendar.days.push(day);
            (date, start) = (next, end);
        }
        Ok(calendar)
    }

    /// The reporting and staffing interval.
    pub fn interval(&self) -> SimDuration {
        self.interval
    }
    /// The step of the pieces.
    pub fn step(&self) -> SimDuration {
        self.step
    }
    /// The days of the horizon.
    pub fn days(&self) -> &[Day] {
        &self.days
    }
    /// The end of the horizon.
    pub fn end(&self) -> SimTime {
        self.days.last().map_or(SimTime::START, |day| day.end)
    }
    /// The zone in which days and hours are read.
    pub fn zone(&self) -> &TimeZone {
        &self.zone
    }
    /// Whether the wall clock is that of universal time, as where a scenario names no zone.
    pub fn is_universal(&self) -> bool {
        self.zone == TimeZone::UTC
    }
    /// How many reporting intervals a day of 24 hours has.
    pub fn intervals_a_day(&self) -> usize {
        usize::try_from(SimDuration::DAY.0 / self.interval.0)
            .expect("an interval is at least a second")
    }

    /// The pieces of the horizon in order.
    pub fn pieces(&self) -> impl Iterator<Item = Piece> + '_ {
        (0..self.days.len())
            .flat_map(move |day| (0..self.pieces_in(day)).map(move |index| self.piece(day, index)))
    }
    /// How many pieces a day has.
    #[inline]
    pub fn pieces_in(&self, day: usize) -> usize {
        let day = &self.days[day];
        if day.irregular.is_empty() {
            usize::try_from(SimDuration::DAY.0 / self.step.0).expect("a step is at least a second")
        } else {
            day.irregular.len()
        }
    }
    /// Piece `index` of day `day`.
    #[inline]
    pub fn piece(&self, day: usize, index: usize) -> Piece {
        let number = day;
        let day = &self.days[number];
        if let Some(piece) = day.irregular.get(index) {
            return *piece;
        }
        let elapsed = SimDuration(self.step.0 * index as u64);
        let start = day.start + elapsed;
        Piece {
            start,
            end: start + self.step,
            day: u32::try_from(number).expect("days are bounded"),
            weekday: day.weekday,
            time_of_day: elapsed,
            elapsed,
        }
    }

    /// The instant of a moment in universal time.
    pub fn instant_of(&self, moment: Timestamp) -> SimTime {
        let micros = moment.as_microsecond() - self.origin.as_microsecond();
        SimTime(micros)
    }
    /// The instant of a local date and time, `2026-09-07 09:00`, or of a time alone, which is of the first day. A time that the clocks skip is
    /// as much later as they skip; of one that they repeat it is the first. `None` where it is neither.
    pub fn read(&self, text: &str) -> Option<SimTime> {
        let text = text.trim();
        let wall = text.parse::<DateTime>().ok().or_else(|| {
            let time: Time = text.parse().ok()?;
            Some(self.days.first()?.date.to_datetime(time))
        })?;
        let moment = wall.to_zoned(self.zone.clone()).ok()?;
        Some(self.instant_of(moment.timestamp()))
    }
    /// A local time of a date as an instant: so long after midnight by the wall clock. One that a clock change skips is as long after midnight
    /// as it would be without; of one that comes twice the first counts. `None` outside the dates that can be.
    pub fn local(&self, date: Date, time: SimDuration) -> Option<SimTime> {
        let micros = i64::try_from(time.0).ok()?;
        let midnight = date.to_datetime(Time::midnight());
        let local = midnight.checked_add(jiff::SignedDuration::from_micros(micros));
        let zoned = local.ok()?.to_zoned(self.zone.clone()).ok()?;
        Some(self.instant_of(zoned.timestamp()))
    }
    /// An instant as [`Calendar::read`] and rosters read it: local time to the minute, `2026-09-07 09:00`; in universal time where the
    /// clocks repeat it and local time would be an hour off.
    pub fn text(&self, at: SimTime) -> String {
        let wall = self.wall_clock(at);
        let text = wall.strftime("%Y-%m-%d %H:%M").to_string();
        if self.read(&text) == Some(at) {
            return text;
        }
        self.moment(at).strftime("%Y-%m-%dT%H:%MZ").to_string()
    }
    /// The moment of an instant in universal time.
    pub fn moment(&self, at: SimTime) -> Timestamp {
        let micros = self.origin.as_microsecond().saturating_add(at.0);
        Timestamp::from_microsecond(micros).unwrap_or(Timestamp::MAX)
    }
    /// The same days, cut into pieces of a step that divides the interval; `None` where a day lies outside the dates that can be.
    pub fn with_step(&self, step: SimDuration) -> Option<Self> {
        let (first, last) = (self.days.first()?.date, self.days.last()?.date);
        let days = u32::try_from(last.since(first).ok()?.get_days()).ok()? + 1;
        Self::new(first, days, self.zone.clone(), self.interval, step).ok()
    }
    /// The wall clock at any instant, also before the start and after the end of the horizon.
    pub fn wall_clock(&self, at: SimTime) -> DateTime {
        let micros = self.origin.as_microsecond().saturating_add(at.0);
        let moment = Timestamp::from_microsecond(micros).unwrap_or(Timestamp::MAX);
        self.zone.to_datetime(moment)
    }

    fn pieces_of_irregular_day(&self, day: &Day, number: u32) -> Vec<Piece> {
        let mut pieces = Vec::new();
        let mut start = day.start;
        while start < day.end {
            let wall = self.wall_clock(start);
            let time_of_day = since_midnight(wall);
            let to_next_step = SimDuration(self.step.0 - time_of_day.0 % self.step.0);
            let end = self
                .next_clock_change(start)
                .min(start + to_next_step)
                .min(day.end);
            let elapsed = start.since(day.start);
            pieces.push(Piece {
                start,
                end,
                day: number,
                weekday: day.weekday,
                time_of_day,
                elapsed,
            });
            start = end;
        }
        pieces
    }

    fn next_clock_change(&self, after: SimTime) -> SimTime {
        let micros = self.origin.as_microsecond().saturating_add(after.0);
        let Ok(moment) = Timestamp::from_microsecond(micros) else {
            return SimTime::NEVER;
        };
        self.zone
            .following(moment)
            .next()
            .map_or(SimTime::NEVER, |change| self.instant_of(change.timestamp()))
    }
}

fn midnight(zone: &TimeZone, date: Date) -> Result<Timestamp, jiff::Error> {
    Ok(date.to_zoned(zone.clone())?.start_of_day()?.timestamp())
}

/// The wall clock of a date and time, since midnight.
pub fn since_midnight(wall: DateTime) -> SimDuration {
    let seconds =
        i64::from(wall.hour()) * 3_600 + i64::from(wall.minute()) * 60 + i64::from(wall.second());
    let micros = seconds * 1_000_000 + i64::from(wall.subsec_nanosecond()) / 1_000;
    SimDuration(u64::try_from(micros).expect("a wall clock is not negative"))
}

#[cfg(test)]
mod tests {
    use super::*;

    const HALF_HOUR: SimDuration = SimDuration::from_seconds(1_800);

    fn berlin(first: &str, days: u32) -> Calendar {
        let zone = TimeZone::get("Europe/Berlin").unwrap();
        Calendar::new(first.parse().unwrap(), days, zone, HALF_HOUR, HALF_HOUR).unwrap()
    }

    #[test]
    fn an_ordinary_day_has_48_half_hours() {
        let pieces: Vec<_> = berlin("2026-09-07", 1).pieces().collect();
        assert_eq!(pieces.len(), 48);
        assert_eq!(
            pieces[47].time_of_day,
            SimDuration::from_seconds(23 * 3600 + 1800)
        );
        assert_eq!(pieces[0].weekday, 0);
    }

    #[test]
    fn a_local_time_is_read_with_its_date_or_as_of_the_first_day() {
        let calendar = berlin("2026-03-28", 2);
        let hours = |hours: i64| Some(SimTime(hours * 3_600_000_000));
        assert_eq!(calendar.read("09:00"), hours(9));
        assert_eq!(calendar.read("2026-03-28 09:00:00"), hours(9));
        assert_eq!(calendar.read("2026-03-29T09:00"), hours(32));
        assert_eq!(
            calendar.read("2026-03-29 02:30"),
            calendar.read("2026-03-29 03:30")
        );
        assert_eq!(calendar.read("2026-03-27 23:00"), hours(-1));
        for text in ["", "nine", "25:00", "2026-02-30 09:00"] {
            assert_eq!(calendar.read(text), None, "{text}");
        }
    }

    #[test]
    fn the_hour_skipped_in_spring_has_no_pieces() {
        let calendar = berlin("2026-03-29", 2);
        let sunday: Vec<_> = calendar.pieces().filter(|piece| piece.day == 0).collect();
        assert_eq!(sunday.len(), 46);
        assert!(
            sunday
                .iter()
                .all(|piece| piece.time_of_day.0 / 1_000_000 / 3600 != 2)
        );
        assert_eq!(calendar.days()[1].start, SimTime(23 * 3_600_000_000));
        assert_eq!(calendar.end(), SimTime(47 * 3_600_000_000));
    }

    #[test]
    fn the_hour_repeated_in_autumn_has_its_pieces_twice() {
        let pieces: Vec<_> = berlin("2026-10-25", 1).pieces().collect();
        assert_eq!(pieces.len(), 50);
        let two_o_clock = SimDuration::from_seconds(2 * 3600);
        assert_eq!(
            pieces
                .iter()
                .filter(|piece| piece.time_of_day == two_o_clock)
                .count(),
            2
        );
    }

    #[test]
    fn a_day_that_a_zone_left_out_is_not_there() {
        let hour = SimDuration::from_seconds(3600);
        let zone = TimeZone::get("Pacific/Apia").unwrap();
        let calendar = Calendar::new("2011-12-29".parse().unwrap(), 3, zone, hour, hour).unwrap();
        assert_eq!(calendar.days().len(), 2);
        assert_eq!(calendar.pieces().count(), 48);
    }

    #[test]
    fn pieces_follow_each_other_without_gap() {
        let calendar = berlin("2026-03-27", 5);
        let pieces: Vec<_> = calendar.pieces().collect();
        assert!(pieces.windows(2).all(|pair| pair[0].end == pair[1].start));
        assert_eq!(pieces.last().unwrap().end, calendar.end());
    }

    #[test]
    fn a_clock_change_of_half_an_hour_cuts_an_hour_in_two() {
        let hour = SimDuration::from_seconds(3600);
        let zone = TimeZone::get("Australia/Lord_Howe").unwrap();
        let calendar = Calendar::new("2026-04-05".parse().unwrap(), 1, zone, hour, hour).unwrap();
        let pieces: Vec<_> = calendar.pieces().collect();
        let total: u64 = pieces
            .iter()
            .map(|piece| piece.end.since(piece.start).0)
            .sum();
        assert_eq!(total, (SimDuration::DAY + HALF_HOUR).0);
        assert_eq!(
            pieces
                .iter()
                .filter(|piece| piece.end.since(piece.start) == HALF_HOUR)
                .count(),
            1
        );
    }
}
