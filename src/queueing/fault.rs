//! What a model refuses.

/// The most servers, lines or waiting places of any model.
pub const MOST_SERVERS: u32 = 100_000;

/// The smallest offered load of any model (erlangs).
pub const LEAST_ERLANGS: f64 = 1e-30;

/// The largest offered load of any model (erlangs): a hundred times what the most servers can do.
pub const MOST_ERLANGS: f64 = 1e7;

/// Why a model has no answer.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum QueueError {
    /// A rate, a time or a load that has to be above zero, and a number.
    #[error("{what} must be a number above zero, found {found}")]
    NotPositive {
        /// What was given.
        what: &'static str,
        /// Its value.
        found: f64,
    },
    /// A time or a rate below zero, or none at all.
    #[error("{what} must be a number of at least zero, found {found}")]
    Negative {
        /// What was given.
        what: &'static str,
        /// Its value.
        found: f64,
    },
    /// A share outside its bounds.
    #[error("{what} must be between 0 and 1, found {found}")]
    NotAShare {
        /// What was given.
        what: &'static str,
        /// Its value.
        found: f64,
    },
    /// A number outside the range for which a model is made.
    #[error("{what} must be between {least} and {most}, found {found}")]
    OutOfRange {
        /// What was given.
        what: &'static str,
        /// The least possible.
        least: f64,
        /// The most possible.
        most: f64,
        /// Its value.
        found: f64,
    },
    /// More work than any model is made for, or next to none.
    #[error("between {LEAST_ERLANGS:e} and {MOST_ERLANGS} erlangs can be offered, found {found}")]
    LoadOutOfRange {
        /// What is offered (erlangs).
        found: f64,
    },
    /// No server, or more than [`MOST_SERVERS`].
    #[error("between 1 and 100,000 servers are possible, found {found}")]
    ServersOutOfRange {
        /// The number given.
        found: f64,
    },
    /// Fewer lines than servers.
    #[error(
        "{lines} lines cannot keep {servers} servers busy; give at least as many lines as servers"
    )]
    FewerLinesThanServers {
        /// Lines in all.
        lines: u32,
        /// Servers.
        servers: u32,
    },
    /// More work than can be done, and nobody who leaves.
    #[error(
        "{offered} erlangs are offered to {capacity}, and nobody leaves for good: the queue grows without end"
    )]
    Overload {
        /// What is offered (erlangs).
        offered: f64,
        /// What the servers can do at most (erlangs).
        capacity: f64,
    },
    /// Shares that are not one together.
    #[error("the shares of {what} must sum to 1, found {found}")]
    SharesNotWhole {
        /// Whose shares.
        what: &'static str,
        /// Their sum.
        found: f64,
    },
    /// Limits in the wrong order.
    #[error("the upper limit {high} must be above the lower limit {low}")]
    LimitsCrossed {
        /// Lower limit.
        low: f64,
        /// Upper limit.
        high: f64,
    },
    /// A list that is empty, or whose length does not fit.
    #[error("{what}: expected {expected}, found {found}")]
    WrongLength {
        /// Whose length.
        what: &'static str,
        /// The length needed.
        expected: usize,
        /// The length given.
        found: usize,
    },
    /// A law of time that makes no sense in this place.
    #[error("{what} cannot be used here: {reason}")]
    WrongLaw {
        /// The law.
        what: &'static str,
        /// Why not.
        reason: &'static str,
    },
    /// More states than this program solves exactly.
    #[error("the chain of this model is too large to be solved exactly ({what}); {instead}")]
    TooLarge {
        /// What makes it large.
        what: String,
        /// What to do instead.
        instead: &'static str,
    },
    /// A service level that servers come near but never reach.
    #[error(
        "no number of servers makes a service level of 100 % certain: ask for less, such as 99.9%"
    )]
    NeverCertain,
    /// A target that no number of servers meets.
    #[error("no number of servers up to {limit} meets the target")]
    Unreachable {
        /// The last number tried.
        limit: u32,
    },
    /// Something that a model needs is missing, or a measure that it does not know.
    #[error("this model misses {what}")]
    NotGiven {
        /// What is missing.
        what: &'static str,
    },
    /// A model of one server asked with several.
    #[error("this model has one server, not {found}")]
    OneServer {
        /// The number given.
        found: u32,
    },
}

/// A number above zero.
pub(super) fn positive(what: &'static str, found: f64) -> Result<f64, QueueError> {
    if found.is_finite() && found > 0.0 {
        Ok(found)
    } else {
        Err(QueueError::NotPositive { what, found })
    }
}

/// A number of at least zero.
pub(super) fn not_negative(what: &'static str, found: f64) -> Result<f64, QueueError> {
    if found.is_finite() && found >= 0.0 {
        Ok(found)
    } else {
        Err(QueueError::Negative { what, found })
    }
}

/// A number between 0 and 1.
pub(super) fn share(what: &'static str, found: f64) -> Result<f64, QueueError> {
    if (0.0..=1.0).contains(&found) {
        Ok(found)
    } else {
        Err(QueueError::NotAShare { what, found })
    }
}

/// A number between two limits, these included.
pub(super) fn within(
    what: &'static str,
    found: f64,
    (least, most): (f64, f64),
) -> Result<f64, QueueError> {
    if (least..=most).contains(&found) {
        Ok(found)
    } else {
        Err(QueueError::OutOfRange {
            what,
            least,
            most,
            found,
        })
    }
}

/// A number of servers.
pub(super) fn servers(found: u32) -> Result<u32, QueueError> {
    if (1..=MOST_SERVERS).contains(&found) {
        Ok(found)
    } else {
        Err(QueueError::ServersOutOfRange {
            found: f64::from(found),
        })
    }
}
