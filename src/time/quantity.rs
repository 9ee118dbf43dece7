//! Durations as people write them: a number with its unit, `20s`, or several, `1h 30m`.

use thiserror::Error;

use super::SimDuration;
use super::instant::{MICROS_PER_HOUR, MICROS_PER_SECOND};

/// The longest duration that may be written: 100,000 days.
pub const LONGEST: SimDuration = SimDuration(100_000 * 24 * MICROS_PER_HOUR);

const UNITS: [(&str, u64); 5] = [
    ("ms", 1_000),
    ("s", MICROS_PER_SECOND),
    ("m", 60 * MICROS_PER_SECOND),
    ("h", MICROS_PER_HOUR),
    ("d", 24 * MICROS_PER_HOUR),
];

const OTHER_WORDS: [(&str, &[&str]); 5] = [
    ("ms", &["msec", "msecs", "millisecond", "milliseconds"]),
    ("s", &["sec", "secs", "second", "seconds", "S"]),
    ("m", &["min", "mins", "minute", "minutes", "M"]),
    ("h", &["hr", "hrs", "hour", "hours", "H"]),
    ("d", &["day", "days", "D"]),
];

/// Why a text is no duration.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum QuantityError {
    /// A number without a unit.
    #[error("the number {number} has no unit")]
    UnitMissing {
        /// The number as written.
        number: String,
    },
    /// A unit that does not exist.
    #[error("unknown unit `{unit}`{}", near.map_or(String::new(), |near| format!(", did you mean `{near}`?")))]
    UnknownUnit {
        /// The unit as written.
        unit: String,
        /// The unit that it stands for elsewhere.
        near: Option<&'static str>,
    },
    /// A minus sign.
    #[error("a duration cannot be negative")]
    Negative,
    /// Something that is no number where one is expected.
    #[error("a duration is a number with a unit, such as \"20s\" or \"1h 30m\"")]
    NoNumber,
    /// A unit after a smaller one or itself.
    #[error("units go from large to small, each once, as in \"1h 30m\"")]
    Order,
    /// Over [`LONGEST`].
    #[error("a duration can be 100,000 days at most")]
    TooLong,
}

/// Reads a duration: one or more numbers, each with a unit out of `d`, `h`, `m`, `s` and `ms`, from large to
/// small and each once.
///
/// # Errors
/// When the text is anything else.
///
/// ```
/// use channelmix::time::{SimDuration, quantity};
/// assert_eq!(quantity::parse("1h 30m"), Ok(SimDuration::from_seconds(5_400)));
/// assert_eq!(quantity::parse("1.5h"), Ok(SimDuration::from_seconds(5_400)));
/// assert!(quantity::parse("90").is_err());
/// ```
pub fn parse(text: &str) -> Result<SimDuration, QuantityError> {
    let mut rest = text.trim();
    if rest.starts_with('-') {
        return Err(QuantityError::Negative);
    }
    let mut total: u128 = 0;
    let mut smallest = u64::MAX;
    loop {
        let (number, after) = split_where(rest, |c| !(c.is_ascii_digit() || c == '.'));
        let (unit, after) = split_where(after.trim_start(), |c| !c.is_alphabetic());
        total = total.saturating_add(micros(number, unit)?);
        let size = UNITS.iter().find(|(name, _)| *name == unit);
        let size = size.map_or(0, |(_, micros)| *micros);
        if size >= smallest {
            return Err(QuantityError::Order);
        }
        smallest = size;
        rest = after.trim_start();
        if rest.is_empty() {
            break;
        }
    }
    let total = u64::try_from(total).map_err(|_| QuantityError::TooLong)?;
    if total > LONGEST.0 {
        return Err(QuantityError::TooLong);
    }
    Ok(SimDuration(total))
}

fn split_where(text: &str, ends: impl Fn(char) -> bool) -> (&str, &str) {
    text.split_at(text.find(ends).unwrap_or(text.len()))
}

fn micros(number: &str, unit: &str) -> Result<u128, QuantityError> {
    let (whole, fraction) = number.split_once('.').unwrap_or((number, ""));
    if whole.is_empty() || fraction.contains('.') {
        return Err(QuantityError::NoNumber);
    }
    if unit.is_empty() {
        return Err(QuantityError::UnitMissing {
            number: number.to_owned(),
        });
    }
    let Some((_, micros)) = UNITS.iter().find(|(name, _)| *name == unit) else {
        let near = OTHER_WORDS
            .iter()
            .find(|(_, words)| words.contains(&unit))
            .map(|(name, _)| *name);
        return Err(QuantityError::UnknownUnit {
            unit: unit.to_owned(),
            near,
        });
    };
    // Twelve digits after the point are finer than a microsecond of a day.
    let fraction = &fraction[..fraction.len().min(12)];
    let scale = 10_u128.pow(u32::try_from(fraction.len()).unwrap_or(0));
    let whole: u64 = whole.parse().map_err(|_| QuantityError::TooLong)?;
    let fraction: u64 = if fraction.is_empty() {
        0
    } else {
        fraction.parse().map_err(|_| QuantityError::NoNumber)?
    };
    let micros = u128::from(*micros);
    Ok(u128::from(whole) * micros + (u128::from(fraction) * micros + scale / 2) / scale)
}

/// A span as a person would write it, `1h 30m`; the reverse of [`parse`].
pub fn text(span: SimDuration) -> String {
    let mut left = span.0;
    let mut parts = Vec::new();
    for (unit, micros) in UNITS.iter().rev() {
        if left >= *micros {
            parts.push(format!("{}{unit}", left / micros));
            left %= micros;
        }
    }
    if parts.is_empty() {
        parts.push("0s".to_owned());
    }
    parts.join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn seconds(text: &str) -> f64 {
        parse(text).expect("a duration").as_seconds()
    }

    #[test]
    fn every_unit_is_read() {
        assert_eq!(parse("20s"), Ok(SimDuration::from_seconds(20)));
        assert_eq!(parse("500ms"), Ok(SimDuration(500_000)));
        assert_eq!(parse("2d"), Ok(SimDuration::from_seconds(172_800)));
        assert_eq!(parse(" 1h30m "), Ok(SimDuration::from_seconds(5_400)));
        approx::assert_relative_eq!(seconds("0.1s") * 10.0, 1.0);
    }

    #[test]
    fn a_bare_number_has_no_unit() {
        let number = "90".to_owned();
        assert_eq!(parse("90"), Err(QuantityError::UnitMissing { number }));
    }

    #[test]
    fn an_unknown_unit_names_the_likely_one() {
        let message = parse("20min").unwrap_err().to_string();
        assert_eq!(message, "unknown unit `min`, did you mean `m`?");
        assert_eq!(
            parse("2 ells").unwrap_err().to_string(),
            "unknown unit `ells`"
        );
    }

    #[test]
    fn garbage_is_refused() {
        assert_eq!(parse("-20s"), Err(QuantityError::Negative));
        assert_eq!(parse(""), Err(QuantityError::NoNumber));
        assert_eq!(parse("s"), Err(QuantityError::NoNumber));
        assert_eq!(parse("1.2.3s"), Err(QuantityError::NoNumber));
        assert_eq!(parse("20s!"), Err(QuantityError::NoNumber));
        assert_eq!(parse("99999999999999999999d"), Err(QuantityError::TooLong));
        assert_eq!(parse("100001d"), Err(QuantityError::TooLong));
    }

    #[test]
    fn units_fall_and_come_once() {
        for text in ["3m 3m", "3s 1h", "1ms 1s", "1d 2h 1d"] {
            assert_eq!(parse(text), Err(QuantityError::Order), "{text}");
        }
        assert_eq!(parse("1d 1h 1m 1s 1ms"), Ok(SimDuration(90_061_001_000)));
    }

    #[test]
    fn text_is_read_back() {
        for written in ["0s", "20s", "1h 30m", "2d 4h", "1s 500ms"] {
            assert_eq!(parse(written).map(text), Ok(written.to_owned()));
        }
    }
}
