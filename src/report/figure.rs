//! How a figure reads: its unit, its decimals, its thousands.

use crate::stats::summary::{QueueSummary, TargetSummary};

/// Which time counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Clock {
    /// All of it.
    Calendar,
    /// The open hours of the queue.
    OpenHours,
}

impl Clock {
    /// The clock of a queue's response.
    pub(super) fn of(queue: &QueueSummary) -> Self {
        let mut clocks = queue.targets.iter().map(Self::of_target);
        clocks
            .find(|clock| *clock == Self::OpenHours)
            .unwrap_or(Self::Calendar)
    }

    /// The clock of a promise.
    pub(super) fn of_target(target: &TargetSummary) -> Self {
        match target.clock {
            Some("open_hours") => Self::OpenHours,
            Some(_) | None => Self::Calendar,
        }
    }

    /// The unit of a time of this size; of open hours nobody knows how many make a day.
    pub(super) fn unit(self, seconds: f64) -> TimeUnit {
        match (self, TimeUnit::of(seconds)) {
            (Self::OpenHours, TimeUnit::Days) => TimeUnit::Hours,
            (Self::OpenHours | Self::Calendar, unit) => unit,
        }
    }
}

/// What a figure of a sweep is, by its name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum FigureKind {
    Money,
    Share,
    Time,
    Count,
}

impl FigureKind {
    /// The kind of a figure such as `queues.phone.asa_s`.
    pub(super) fn of(name: &str) -> Self {
        const SHARES: [&str; 6] = [
            "service_level",
            "abandonment",
            "occupancy",
            "_share",
            "fcr",
            "containment",
        ];
        if name.starts_with("cost.") || name.ends_with("cost_per_resolution") {
            Self::Money
        } else if SHARES.iter().any(|share| name.ends_with(share)) {
            Self::Share
        } else if name.ends_with("_s") || name.contains("_s.") {
            Self::Time
        } else {
            Self::Count
        }
    }
}

/// A number as it was written, with commas between thousands.
pub(super) fn plain(value: f64) -> String {
    let text = significant(value);
    match text.split_once('.') {
        _ if text.contains('e') => text,
        Some((whole, fraction)) => {
            let decimals = fraction.trim_end_matches('0').len();
            if whole.len() > 6 {
                text
            } else {
                grouped(value, decimals)
            }
        }
        None => text,
    }
}

/// The service level that a queue promises.
pub(super) fn promised_level(queue: &QueueSummary) -> Option<&TargetSummary> {
    queue
        .targets
        .iter()
        .find(|target| target.measure == "service_level")
}

/// The threshold of a service level: `6 h`, or `6 open h`.
#[cfg(feature = "charts")]
pub(super) fn threshold(target: &TargetSummary) -> Option<String> {
    let clock = Clock::of_target(target);
    let within = exact_time(target.within_s?, clock);
    Some(match clock {
        Clock::Calendar => within,
        Clock::OpenHours => within.replacen(' ', " open ", 1),
    })
}

/// The unit in which a time is told, chosen by its size.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum TimeUnit {
    Seconds,
    Minutes,
    Hours,
    Days,
}

impl TimeUnit {
    /// The unit that keeps a time of this size between about one and about a hundred.
    pub(super) fn of(seconds: f64) -> Self {
        match seconds.abs() {
            size if size < 100.0 => Self::Seconds,
            size if size < 100.0 * 60.0 => Self::Minutes,
            size if size < 100.0 * 3600.0 => Self::Hours,
            _ => Self::Days,
        }
    }

    /// Seconds in one of it.
    pub(super) fn seconds(self) -> f64 {
        match self {
            Self::Seconds => 1.0,
            Self::Minutes => 60.0,
            Self::Hours => 3600.0,
            Self::Days => 86_400.0,
        }
    }

    /// Its sign.
    pub(super) fn sign(self) -> &'static str {
        match self {
            Self::Seconds => "s",
            Self::Minutes => "min",
            Self::Hours => "h",
            Self::Days => "d",
        }
    }
}

/// A number with commas between thousands.
pub(super) fn grouped(value: f64, decimals: usize) -> String {
    let plain = format!("{value:.decimals$}");
    let (sign, digits) = match plain.strip_prefix('-') {
        Some(rest) if rest.bytes().any(|byte| (b'1'..=b'9').contains(&byte)) => ("-", rest),
        Some(rest) => ("", rest),
        None => ("", plain.as_str()),
    };
    let (whole, fraction) = match digits.split_once('.') {
        Some((whole, fraction)) => (whole, Some(fraction)),
        None => (digits, None),
    };
    let mut text = String::from(sign);
    for (place, digit) in whole.chars().enumerate() {
        if place > 0 && (whole.len() - place).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    if let Some(fraction) = fraction {
        text.push('.');
        text.push_str(fraction);
    }
    text
}

/// A number to six significant digits.
pub(super) fn significant(value: f64) -> String {
    let digits = if value == 0.0 {
        0.0
    } else {
        value.abs().log10().floor()
    };
    if digits < -5.0 {
        return format!("{value:.5e}");
    }
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "between 0 and 10"
    )]
    let decimals = (5.0 - digits).clamp(0.0, 10.0) as usize;
    format!("{value:.decimals$}")
}

/// A time that someone wrote (a threshold): as many decimals as it needs.
pub(super) fn exact_time(seconds: f64, clock: Clock) -> String {
    let unit = [
        (TimeUnit::Days, 2.0),
        (TimeUnit::Hours, 1.0),
        (TimeUnit::Minutes, 1.0),
    ]
    .into_iter()
    .find(|(unit, least)| {
        let amount = seconds / unit.seconds();
        let is_told = !(clock == Clock::OpenHours && *unit == TimeUnit::Days);
        is_told && amount >= *least && (amount - amount.round()).abs() < 1e-9
    })
    .map_or(TimeUnit::Seconds, |(unit, _)| unit);
    format!("{} {}", seconds / unit.seconds(), unit.sign())
}

/// A share that someone wrote (a promise), in per cent: as many decimals as it needs.
pub(super) fn exact_share(share: f64) -> String {
    let per_mille_percent = (share * 1e5).round() / 1e3;
    format!("{per_mille_percent} %")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn thousands_are_parted_and_zero_has_no_sign() {
        assert_eq!(grouped(1_234_567.891, 1), "1,234,567.9");
        assert_eq!(grouped(-999.6, 0), "-1,000");
        assert_eq!(grouped(-0.04, 1), "0.0");
        assert_eq!(grouped(123.0, 0), "123");
    }

    #[test]
    fn written_times_and_shares_read_as_they_were_written() {
        let calendar = |seconds| exact_time(seconds, Clock::Calendar);
        assert_eq!(calendar(20.0), "20 s");
        assert_eq!(calendar(90.0), "90 s");
        assert_eq!(calendar(21_600.0), "6 h");
        assert_eq!(calendar(86_400.0), "24 h");
        assert_eq!(calendar(172_800.0), "2 d");
        assert_eq!(exact_time(172_800.0, Clock::OpenHours), "48 h");
        assert_eq!(exact_share(0.8), "80 %");
        assert_eq!(exact_share(0.925), "92.5 %");
    }
}
