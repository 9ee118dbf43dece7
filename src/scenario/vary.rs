//! `KEY=VALUES`: which value of a scenario takes which others.

use std::fmt;
use std::str::FromStr;

use crate::scenario::change::{Setting, to_milliseconds};
use crate::scenario::uncertain::{Input, InputLaw, Spread, Unit};
use crate::time::{SimDuration, quantity};

/// The most values of one key.
pub const MOST_VALUES: u64 = 1_000_000;

/// A number is counted in so many parts, so that steps of a tenth meet their ends.
const PARTS: f64 = 1e9;
const PARTS_WHOLE: i128 = 1_000_000_000;

/// A value that is varied: `groups.digital.staff=10..30:2`.
#[derive(Debug, Clone, PartialEq)]
pub struct Vary {
    /// Its dotted path.
    pub key: String,
    /// What it takes, as written.
    pub written: String,
    /// What it takes.
    pub values: Values,
}

/// The values that a key takes.
#[derive(Debug, Clone, PartialEq)]
pub enum Values {
    /// These.
    Listed(Vec<Setting>),
    /// All between two.
    Between(Range),
}

/// From one amount to another, both included; with a step, only those that lie on it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Range {
    kind: Kind,
    low: i128,
    high: i128,
    step: Option<i128>,
}

/// What an amount is of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    /// Parts of a number.
    Number,
    /// Microseconds.
    Duration,
}

/// What a key may take, for messages.
const SHAPES: &str =
    "expected values such as 10..30:2, 0.2,0.4,0.6, 2m..5m:30s or \"uniform\",\"gamma\"";

impl FromStr for Vary {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let example = "such as groups.digital.staff=10..30:2";
        let Some((key, written)) = text.split_once('=') else {
            return Err(format!("expected KEY=VALUES, {example}"));
        };
        let key: Vec<&str> = key.split('.').map(str::trim).collect();
        if key.iter().any(|part| part.is_empty()) {
            return Err(format!(
                "expected the dotted path of a value before the =, {example}"
            ));
        }
        Ok(Self {
            key: key.join("."),
            written: written.trim().to_owned(),
            values: written.parse()?,
        })
    }
}

impl FromStr for Values {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        if text.trim().is_empty() {
            return Err(format!("there is no value after the =: {SHAPES}"));
        }
        if text.contains("..") && !text.contains(',') {
            return Range::from_str(text).map(Self::Between);
        }
        let mut listed: Vec<Setting> = Vec::new();
        for part in text.split(',') {
            if part.contains("..") {
                let range = Range::from_str(part)?;
                listed.extend(range.steps()?);
            } else {
                listed.push(setting(part.trim())?);
            }
        }
        let twice = (1..listed.len()).find(|at| listed[..*at].contains(&listed[*at]));
        match twice {
            Some(at) => Err(format!("{} is there twice", listed[at])),
            None => Ok(Self::Listed(listed)),
        }
    }
}

/// One value: a number, a duration, true or false, or a text.
fn setting(text: &str) -> Result<Setting, String> {
    let bare = text.trim_matches('"');
    if bare.trim().is_empty() {
        return Err(format!("a value is missing: {SHAPES}"));
    }
    if bare.len() < text.len() {
        return Ok(Setting::Text(bare.to_owned()));
    }
    Ok(match bare {
        "true" => Setting::Boolean(true),
        "false" => Setting::Boolean(false),
        _ => match (bare.parse::<f64>(), quantity::parse(bare)) {
            (Ok(number), _) if number.is_finite() => Setting::Number(number),
            (Ok(_), _) => return Err(format!("{bare} is no number that a value can have")),
            (Err(_), Ok(span)) => Setting::Duration(to_milliseconds(span)),
            (Err(_), Err(_)) => Setting::Text(bare.to_owned()),
        },
    })
}

/// A number or a duration as a whole number of its parts.
fn amount(text: &str) -> Result<(Kind, i128), String> {
    let text = text.trim();
    match setting(text)? {
        Setting::Number(number) if number.abs() > 1e15 => {
            Err(format!("{text} is beyond what a value can be"))
        }
        Setting::Number(number) => Ok((Kind::Number, parts_of(number))),
        Setting::Duration(span) => Ok((Kind::Duration, i128::from(span.0))),
        Setting::Text(_) | Setting::Boolean(_) | Setting::Times(_) => Err(format!(
            "a range goes from a number to a number or from a duration to a duration, found {text}"
        )),
    }
}

#[expect(
    clippy::cast_possible_truncation,
    reason = "below 1e15 in size, as checked: parts are far below 2^127"
)]
fn parts_of(number: f64) -> i128 {
    if number.fract() == 0.0 {
        number as i128 * PARTS_WHOLE
    } else {
        (number * PARTS).round() as i128
    }
}

impl FromStr for Range {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let (ends, step) = match text.split_once(':') {
            Some((ends, step)) => (ends, Some(step)),
            None => (text, None),
        };
        let Some((low, high)) = ends.split_once("..") else {
            return Err(SHAPES.to_owned());
        };
        let ((kind, from), (other, to)) = (amount(low)?, amount(high)?);
        if kind != other {
            return Err(format!(
                "a range goes from a number to a number or from a duration to a duration, found {}",
                ends.trim()
            ));
        }
        if from > to {
            let (low, high) = (low.trim(), high.trim());
            return Err(format!(
                "the range is reversed: it goes from {low} down to {high}; write {high}..{low}"
            ));
        }
        let step = match step {
            None => None,
            Some(written) => match amount(written)? {
                (own, step) if own == kind && step > 0 => Some(step),
                (own, _) if own == kind => {
                    return Err(format!("a step is above zero, found {}", written.trim()));
                }
                _ => {
                    return Err(format!(
                        "a step is of the kind of its range, found {} for {}",
                        written.trim(),
                        ends.trim()
                    ));
                }
            },
        };
        Ok(Self {
            kind,
            low: from,
            high: to,
            step,
        })
    }
}

impl Range {
    /// The values on its steps; whole numbers step by one where no step is given.
    ///
    /// # Errors
    /// When a step is needed, or there are too many.
    pub fn steps(&self) -> Result<Vec<Setting>, String> {
        let step = self.step_or_one().ok_or_else(|| {
            format!(
                "{self} needs a step, such as {self}:{}",
                self.setting((self.high - self.low).max(4) / 4)
            )
        })?;
        let count = (self.high - self.low) / step + 1;
        if count > i128::from(MOST_VALUES) {
            return Err(format!(
                "{self} has {count} values, of {MOST_VALUES} at most"
            ));
        }
        Ok((0..count)
            .map(|number| self.setting(self.low + number * step))
            .collect())
    }

    fn step_or_one(&self) -> Option<i128> {
        let is_whole = |amount: i128| amount % PARTS_WHOLE == 0;
        let may_step_by_one =
            self.kind == Kind::Number && is_whole(self.low) && is_whole(self.high);
        self.step.or(may_step_by_one.then_some(PARTS_WHOLE))
    }

    /// The range as what is known of an uncertain value; nothing where it goes in steps, or has one value alone.
    pub fn input(&self, key: &str) -> Option<Input> {
        if self.step.is_some() || self.low == self.high {
            return None;
        }
        let (unit, scale) = match self.kind {
            Kind::Number => (Unit::Number, PARTS),
            Kind::Duration => (Unit::Seconds, 1e6),
        };
        let spread = Spread::Uniform {
            low: self.low as f64 / scale,
            high: self.high as f64 / scale,
        };
        Some(Input::new(key.to_owned(), InputLaw { unit, spread }))
    }

    fn setting(&self, amount: i128) -> Setting {
        match self.kind {
            Kind::Number if amount % PARTS_WHOLE == 0 => {
                Setting::Number((amount / PARTS_WHOLE) as f64)
            }
            Kind::Number => Setting::Number(amount as f64 / PARTS),
            Kind::Duration => {
                let micros = u64::try_from(amount).unwrap_or(0);
                Setting::Duration(to_milliseconds(SimDuration(micros)))
            }
        }
    }
}

impl fmt::Display for Range {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            formatter,
            "{}..{}",
            self.setting(self.low),
            self.setting(self.high)
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn values(text: &str) -> Vec<String> {
        let vary: Vary = format!("a.b={text}").parse().expect("values");
        let settings = match vary.values {
            Values::Listed(settings) => settings,
            Values::Between(range) => range.steps().expect("steps"),
        };
        settings.iter().map(ToString::to_string).collect()
    }

    fn refused(text: &str) -> String {
        match text.parse::<Vary>() {
            Err(message) => message,
            Ok(vary) => match vary.values {
                Values::Between(range) => range.steps().expect_err("a fault"),
                Values::Listed(listed) => panic!("{listed:?}"),
            },
        }
    }

    #[test]
    fn ranges_include_their_ends_and_step_exactly() {
        assert_eq!(values("10..16:2"), ["10", "12", "14", "16"]);
        assert_eq!(values("1..4"), ["1", "2", "3", "4"]);
        assert_eq!(
            values("0.1..0.7:0.1"),
            ["0.1", "0.2", "0.3", "0.4", "0.5", "0.6", "0.7"]
        );
        assert_eq!(values("-1..1:0.5"), ["-1", "-0.5", "0", "0.5", "1"]);
        assert_eq!(values("10..15:2"), ["10", "12", "14"]);
        assert_eq!(values("7..7"), ["7"]);
        assert_eq!(values("2m..3m:30s"), ["2m", "2m 30s", "3m"]);
    }

    #[test]
    fn lists_hold_numbers_durations_words_and_ranges() {
        assert_eq!(values("0.2,0.4 , 0.6"), ["0.2", "0.4", "0.6"]);
        assert_eq!(values("2m,90s,never"), ["2m", "1m 30s", "\"never\""]);
        assert_eq!(values("true,false"), ["true", "false"]);
        assert_eq!(values("5,10..14:2"), ["5", "10", "12", "14"]);
        assert_eq!(values("\"08:00-20:00\""), ["\"08:00-20:00\""]);
        assert_eq!(values("08:00-20:00,09:00-17:00").len(), 2);
    }

    #[test]
    fn faults_say_what_was_expected() {
        for (text, told) in [
            (
                "staff",
                "expected KEY=VALUES, such as groups.digital.staff=10..30:2",
            ),
            (
                "=3",
                "expected the dotted path of a value before the =, such as groups.digital.staff=10..30:2",
            ),
            (
                "a..b=3",
                "expected the dotted path of a value before the =, such as groups.digital.staff=10..30:2",
            ),
            (
                "a.b=",
                "there is no value after the =: expected values such as 10..30:2, 0.2,0.4,0.6, 2m..5m:30s or \"uniform\",\"gamma\"",
            ),
            (
                "a.b=1,,2",
                "a value is missing: expected values such as 10..30:2, 0.2,0.4,0.6, 2m..5m:30s or \"uniform\",\"gamma\"",
            ),
            (
                "a.b=30..10:2",
                "the range is reversed: it goes from 30 down to 10; write 10..30",
            ),
            ("a.b=10..30:0", "a step is above zero, found 0"),
            ("a.b=10..30:-2", "a step is above zero, found -2"),
            (
                "a.b=10..30:2s",
                "a step is of the kind of its range, found 2s for 10..30",
            ),
            (
                "a.b=10..3m",
                "a range goes from a number to a number or from a duration to a duration, found 10..3m",
            ),
            (
                "a.b=x..y",
                "a range goes from a number to a number or from a duration to a duration, found x",
            ),
            ("a.b=3,3.0", "3 is there twice"),
            ("a.b=60s,1m", "1m is there twice"),
            ("a.b=nan", "nan is no number that a value can have"),
            ("a.b=1..1e300", "1e300 is beyond what a value can be"),
            (
                "a.b=0..1:1e-9",
                "0..1 has 1000000001 values, of 1000000 at most",
            ),
            (
                "a.b=0.2..0.6",
                "0.2..0.6 needs a step, such as 0.2..0.6:0.1",
            ),
            ("a.b=2m..4m", "2m..4m needs a step, such as 2m..4m:30s"),
        ] {
            assert_eq!(refused(text), told, "{text}");
        }
    }
}
