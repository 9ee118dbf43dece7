//! The axis of time: hours of a day, or days of a week.

const WEEKDAYS: [(&str, &str); 7] = [
    ("mon", "Mon"),
    ("tue", "Tue"),
    ("wed", "Wed"),
    ("thu", "Thu"),
    ("fri", "Fri"),
    ("sat", "Sat"),
    ("sun", "Sun"),
];

/// Hours from the first midnight to those at both ends.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct TimeAxis {
    from_h: f64,
    to_h: f64,
    weekly: bool,
}

impl TimeAxis {
    /// An axis that shows intervals which start at these times: whole days of the week, or whole hours of a day.
    pub(super) fn of<'a>(
        times: impl Iterator<Item = (Option<&'a str>, &'a str)>,
        interval_h: f64,
    ) -> Self {
        let (mut from_h, mut to_h, mut weekly) = (f64::INFINITY, f64::NEG_INFINITY, false);
        for (weekday, start) in times {
            weekly |= weekday.is_some();
            if let Some(hour) = hour_of(weekday, start) {
                from_h = from_h.min(hour);
                to_h = to_h.max(hour + interval_h);
            }
        }
        let size = if weekly { 24.0 } else { 1.0 };
        let (from_h, to_h) = ((from_h / size).floor() * size, (to_h / size).ceil() * size);
        if from_h < to_h && (to_h - from_h) <= 24.0 * 8.0 {
            Self {
                from_h,
                to_h,
                weekly,
            }
        } else {
            Self {
                from_h: 0.0,
                to_h: 24.0,
                weekly,
            }
        }
    }

    /// Where an hour lies, 0 at the left and 1 at the right.
    pub(super) fn place(&self, hour: f64) -> f64 {
        ((hour - self.from_h) / (self.to_h - self.from_h)).clamp(0.0, 1.0)
    }

    /// Where lines stand: midnights of a week, labelled hours of a day.
    pub(super) fn lines(&self, room: f64) -> Vec<f64> {
        if self.weekly {
            self.every(24.0)
        } else {
            self.every(self.hours_between(room))
        }
    }

    /// Where small ticks stand, without label.
    pub(super) fn ticks(&self) -> Vec<f64> {
        self.every(if self.weekly { 6.0 } else { 1.0 })
    }

    /// Labels and where their middle stands: days at noon, or hours.
    pub(super) fn labels(&self, room: f64) -> Vec<(f64, String)> {
        if self.weekly {
            let days = self.every(24.0);
            let noons = days
                .iter()
                .map(|midnight| midnight + 12.0)
                .filter(|noon| *noon < self.to_h);
            noons
                .map(|noon| (noon, day_name(noon).to_owned()))
                .collect()
        } else {
            let hours = self.every(self.hours_between(room));
            hours
                .into_iter()
                .map(|hour| (hour, format!("{hour:02}:00")))
                .collect()
        }
    }

    /// What it shows.
    pub(super) fn title(&self, subject: &str, time_zone: &str) -> String {
        let what = if self.weekly {
            "day of the week, ticks every 6 h"
        } else {
            "time of day"
        };
        format!("{subject}: {what} ({time_zone})")
    }

    fn hours_between(&self, room: f64) -> f64 {
        let span = self.to_h - self.from_h;
        let fits = |hours: &f64| room / (span / hours) >= 52.0;
        [1.0, 2.0, 3.0, 4.0, 6.0]
            .into_iter()
            .find(fits)
            .unwrap_or(12.0)
    }

    fn every(&self, hours: f64) -> Vec<f64> {
        (0..=192_u16)
            .map(|count| (self.from_h / hours).ceil() * hours + f64::from(count) * hours)
            .take_while(|hour| *hour <= self.to_h)
            .collect()
    }
}

/// Hours from Monday's midnight (or the day's) to this time of the wall clock.
pub(super) fn hour_of(weekday: Option<&str>, start: &str) -> Option<f64> {
    let day = match weekday {
        Some(name) => {
            WEEKDAYS
                .iter()
                .zip(0_u8..)
                .find(|((own, _), _)| *own == name)?
                .1
        }
        None => 0,
    };
    let (hours, minutes) = start.split_once(':')?;
    let (hours, minutes): (u8, f64) = (hours.parse().ok()?, minutes.parse().ok()?);
    Some(f64::from(day) * 24.0 + f64::from(hours) + minutes / 60.0)
}

fn day_name(hour: f64) -> &'static str {
    (0_u8..)
        .zip(WEEKDAYS)
        .find(|(day, _)| f64::from(*day) * 24.0 <= hour && hour < f64::from(day + 1) * 24.0)
        .map_or("", |(_, (_, name))| name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_week_is_labelled_by_days_and_a_day_by_hours() {
        let week = TimeAxis::of(
            [(Some("mon"), "00:00"), (Some("sun"), "23:30")].into_iter(),
            0.5,
        );
        let labels: Vec<_> = week
            .labels(500.0)
            .into_iter()
            .map(|(_, label)| label)
            .collect();
        assert_eq!(labels.join(" "), "Mon Tue Wed Thu Fri Sat Sun");
        let day = TimeAxis::of([(None, "08:00"), (None, "19:30")].into_iter(), 0.5);
        let labels: Vec<_> = day
            .labels(400.0)
            .into_iter()
            .map(|(_, label)| label)
            .collect();
        assert_eq!(
            labels.join(" "),
            "08:00 10:00 12:00 14:00 16:00 18:00 20:00"
        );
    }

    #[test]
    fn days_that_are_not_simulated_at_both_ends_are_left_out() {
        let days = TimeAxis::of(
            [(Some("wed"), "09:00"), (Some("thu"), "10:00")].into_iter(),
            0.25,
        );
        let labels: Vec<_> = days
            .labels(500.0)
            .into_iter()
            .map(|(_, label)| label)
            .collect();
        assert_eq!(labels, ["Wed", "Thu"]);
    }

    #[test]
    fn no_time_at_all_is_a_whole_day() {
        let axis = TimeAxis::of([(None, "noon")].into_iter(), 0.5);
        assert!((axis.place(12.0) - 0.5).abs() < 1e-9);
        assert_eq!(hour_of(Some("someday"), "08:00"), None);
    }
}
