//! Rates as people write them: a number for each span of time, `240/h`.

use thiserror::Error;

use super::quantity::{self, QuantityError};

/// Why a text is no rate.
#[derive(Debug, Clone, PartialEq, Error)]
pub enum RateError {
    /// No stroke between a number and a span.
    #[error("a rate is a number for each span of time, such as \"240/h\", \"4/min\" or \"62/30m\"")]
    NoStroke,
    /// No number above zero before the stroke.
    #[error("expected a number above zero before the stroke, found \"{found}\"")]
    NoNumber {
        /// What stands there.
        found: String,
    },
    /// No span after it.
    #[error("after the stroke: {0}")]
    NoSpan(#[from] QuantityError),
    /// A span of no length.
    #[error("the span after the stroke has no length")]
    NoLength,
}

/// Reads a rate, per second: a number, a stroke, and a unit of time or a duration.
///
/// # Errors
/// When the text is anything else, or the number is not above zero.
///
/// ```
/// use channelmix::time::rate;
/// assert_eq!(rate::parse("1800/h"), Ok(0.5));
/// assert_eq!(rate::parse("30/min"), Ok(0.5));
/// assert_eq!(rate::parse("900/30m"), Ok(0.5));
/// assert!(rate::parse("240").is_err());
/// ```
pub fn parse(text: &str) -> Result<f64, RateError> {
    let (number, span) = text.split_once('/').ok_or(RateError::NoStroke)?;
    let number = number.trim();
    let count: f64 = number
        .parse()
        .ok()
        .filter(|count: &f64| count.is_finite() && *count > 0.0)
        .ok_or_else(|| RateError::NoNumber {
            found: number.to_owned(),
        })?;
    let span = span.trim();
    let span = if span == "min" { "m" } else { span };
    let is_unit = span.starts_with(|letter: char| letter.is_alphabetic());
    let length = if is_unit {
        quantity::parse(&format!("1{span}"))?
    } else {
        quantity::parse(span)?
    };
    let seconds = length.as_seconds();
    if seconds > 0.0 {
        Ok(count / seconds)
    } else {
        Err(RateError::NoLength)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_rate_says_why() {
        assert_eq!(parse("240"), Err(RateError::NoStroke));
        assert!(matches!(parse("x/h"), Err(RateError::NoNumber { .. })));
        assert!(matches!(parse("-3/h"), Err(RateError::NoNumber { .. })));
        assert!(matches!(parse("0/h"), Err(RateError::NoNumber { .. })));
        assert!(matches!(parse("NaN/h"), Err(RateError::NoNumber { .. })));
        assert!(matches!(parse("3/fortnight"), Err(RateError::NoSpan(_))));
        assert_eq!(parse("3/0s"), Err(RateError::NoLength));
    }
}
