//! All that a model says about a queue, put together for a reader.

use super::fault::QueueError;
use super::measures::{Measures, ServiceLevels, SteadyState};

/// The shares of contacts for which [`Figures`] tells the wait: name and share.
pub const QUANTILES: [(&str, f64); 5] = [
    ("p50", 0.5),
    ("p80", 0.8),
    ("p90", 0.9),
    ("p95", 0.95),
    ("p99", 0.99),
];

/// Measures, service levels and quantiles; `None` where the model does not give them, or there is nothing to count.
#[derive(Debug, Clone, PartialEq)]
pub struct Figures {
    /// The measures.
    pub measures: Measures,
    /// Abandoned / (answered + abandoned).
    pub abandonment: Option<f64>,
    /// Mean wait of the accepted contacts, answered or gone.
    pub mean_wait_s: Option<f64>,
    /// Their wait at each of [`QUANTILES`].
    pub waits_s: [Option<f64>; 5],
    /// The wait of the answered at each of them.
    pub answered_waits_s: [Option<f64>; 5],
    /// Service levels.
    pub service_levels: Option<ServiceLevels>,
    /// What only this model tells: name and value.
    pub more: Vec<(&'static str, f64)>,
    /// Where the model is poor, in words.
    pub caution: Option<&'static str>,
}

impl Figures {
    /// The figures of a queue, with this threshold and this bound of short abandonments.
    ///
    /// # Errors
    /// When a time is no number of at least zero.
    pub fn of(queue: &dyn SteadyState, within_s: f64, short_s: f64) -> Result<Self, QueueError> {
        super::measures::threshold(within_s)?;
        super::measures::threshold(short_s)?;
        let measures = queue.measures();
        let accepted = 1.0 - measures.p_block;
        let per_accepted = |part: f64| (accepted > 0.0).then(|| part / accepted);
        let waits_s = QUANTILES.map(|(_, share)| queue.wait_quantile_s(share).ok());
        // Where nobody leaves, all who get in are answered.
        let answered_waits_s = if measures.p_abandon > 0.0 {
            QUANTILES.map(|(_, share)| queue.answered_wait_quantile_s(share).ok())
        } else {
            waits_s
        };
        Ok(Self {
            measures,
            abandonment: per_accepted(measures.p_abandon),
            mean_wait_s: per_accepted(measures.mean_wait_s),
            waits_s,
            answered_waits_s,
            service_levels: queue.service_levels(within_s, short_s).ok(),
            more: queue.more(),
            caution: queue.caution(),
        })
    }
}
