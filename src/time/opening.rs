//! Opening hours of a day as people write them: `08:00-12:00, 13:00-17:00`, `always`, `closed`.

use thiserror::Error;

use super::SimDuration;

/// Why a text is no opening hours.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum OpeningError {
    /// Neither a span nor a word.
    #[error("`{found}` is no opening hours: write \"08:00-20:00\", \"always\" or \"closed\"")]
    NoSpan {
        /// What stands there.
        found: String,
    },
    /// Not a wall clock.
    #[error("`{found}` is no time of day: write hours and minutes, such as 08:30")]
    NoTime {
        /// What stands there.
        found: String,
    },
    /// The end lies before the beginning.
    #[error(
        "the hours end before they begin: past midnight, count on after 24:00, as in \"{likely}\""
    )]
    EndsBeforeItBegins {
        /// How it is written past midnight.
        likely: String,
    },
    /// The end is the beginning.
    #[error("the hours end when they begin: write \"always\" or \"closed\"")]
    Empty,
    /// Over a day long, or past the end of the next day.
    #[error("the hours reach over {limit}")]
    TooLong {
        /// What they may not pass.
        limit: &'static str,
    },
    /// Two spans share some time.
    #[error("the hours overlap: `{second}` begins before `{first}` ends")]
    Overlap {
        /// The earlier span.
        first: String,
        /// The later span.
        second: String,
    },
}

/// When it opens and closes, since midnight; the end may lie past midnight, at most 48 hours.
pub type Opening = (SimDuration, SimDuration);

const MINUTE: u64 = 60;

/// Reads the opening hours of one day.
///
/// # Errors
/// When the text is no list of spans, or a span is empty, too long, or overlaps another.
///
/// ```
/// use channelmix::time::opening;
/// assert_eq!(opening::parse("08:00-12:00, 13:00-17:00")?.len(), 2);
/// assert_eq!(opening::parse("closed")?.len(), 0);
/// assert!(opening::parse("20:00-08:00").is_err());
/// # Ok::<(), opening::OpeningError>(())
/// ```
pub fn parse(text: &str) -> Result<Vec<Opening>, OpeningError> {
    match text.trim() {
        "always" => return Ok(vec![(SimDuration::ZERO, SimDuration::DAY)]),
        "closed" => return Ok(Vec::new()),
        _ => {}
    }
    let mut spans: Vec<(Opening, &str)> = Vec::new();
    for part in text.split(',') {
        spans.push((span(part.trim())?, part.trim()));
    }
    spans.sort_unstable();
    for pair in spans.windows(2) {
        if pair[1].0.0 < pair[0].0.1 {
            return Err(OpeningError::Overlap {
                first: pair[0].1.to_owned(),
                second: pair[1].1.to_owned(),
            });
        }
    }
    Ok(spans.into_iter().map(|(span, _)| span).collect())
}

fn span(text: &str) -> Result<Opening, OpeningError> {
    let Some((from, to)) = text.split_once(['-', '–']) else {
        return Err(OpeningError::NoSpan {
            found: text.to_owned(),
        });
    };
    let (from, to) = (minutes(from)?, minutes(to)?);
    if from == to {
        return Err(OpeningError::Empty);
    }
    if to < from {
        let likely = format!("{}-{}", clock(from), clock(to + 24 * 60));
        return Err(OpeningError::EndsBeforeItBegins { likely });
    }
    if to > 48 * 60 || from >= 24 * 60 {
        return Err(OpeningError::TooLong {
            limit: "the end of the next day",
        });
    }
    if to - from > 24 * 60 {
        return Err(OpeningError::TooLong { limit: "24 hours" });
    }
    let since_midnight = |minutes: u64| SimDuration::from_seconds(minutes * MINUTE);
    Ok((since_midnight(from), since_midnight(to)))
}

/// Reads a time of day, `08:30`, before 24:00.
///
/// # Errors
/// When the text is no time of day.
pub fn time_of_day(text: &str) -> Result<SimDuration, OpeningError> {
    let since_midnight = SimDuration::from_seconds(minutes(text)? * MINUTE);
    if since_midnight < SimDuration::DAY {
        return Ok(since_midnight);
    }
    Err(OpeningError::NoTime {
        found: text.trim().to_owned(),
    })
}

fn minutes(text: &str) -> Result<u64, OpeningError> {
    let no_time = || OpeningError::NoTime {
        found: text.trim().to_owned(),
    };
    let (hours, minutes) = text.trim().split_once(':').ok_or_else(no_time)?;
    let digits = |part: &str| part.len() <= 2 && part.bytes().all(|byte| byte.is_ascii_digit());
    if !digits(hours) || !digits(minutes) || minutes.len() != 2 {
        return Err(no_time());
    }
    let hours: u64 = hours.parse().map_err(|_| no_time())?;
    let minutes: u64 = minutes.parse().map_err(|_| no_time())?;
    if minutes > 59 {
        return Err(no_time());
    }
    Ok(hours * 60 + minutes)
}

fn clock(minutes: u64) -> String {
    format!("{:02}:{:02}", minutes / 60, minutes % 60)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hours(from: u64, to: u64) -> Opening {
        let at = |hour: u64| SimDuration::from_seconds(hour * 3_600);
        (at(from), at(to))
    }

    #[test]
    fn spans_are_read_in_any_order() {
        assert_eq!(
            parse("13:00-17:00,8:00-12:00"),
            Ok(vec![hours(8, 12), hours(13, 17)])
        );
        assert_eq!(parse("20:00-26:00"), Ok(vec![hours(20, 26)]));
        assert_eq!(parse("always"), Ok(vec![hours(0, 24)]));
    }

    #[test]
    fn hours_that_end_before_they_begin_suggest_hours_past_midnight() {
        let likely = "20:00-32:00".to_owned();
        assert_eq!(
            parse("20:00-08:00"),
            Err(OpeningError::EndsBeforeItBegins { likely })
        );
    }

    #[test]
    fn what_is_no_hours_is_refused() {
        for text in [
            "",
            "8-20",
            "08:00",
            "08:60-20:00",
            "08:00-08:00",
            "08:00-49:00",
            "25:00-26:00",
            "01:00-26:00",
            "08:00-12:00,11:00-13:00",
            "x",
            "+8:00-20:00",
        ] {
            assert!(parse(text).is_err(), "{text}");
        }
    }
}
