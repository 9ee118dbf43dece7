//! The inverse of every model: the fewest servers that meet a target.

use super::fault::{MOST_SERVERS, QueueError, positive, share};
use super::measures::{Definition, SteadyState, threshold};

/// What must hold.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Goal {
    /// At least this service level.
    ServiceLevel {
        /// The share.
        share: f64,
        /// The threshold in seconds.
        within_s: f64,
        /// Abandonments within this time (s) are short ones.
        short_s: f64,
        /// How it is counted.
        definition: Definition,
    },
    /// At most this mean wait of the answered (s).
    Asa(f64),
    /// At most this share of the answered and abandoned may have left.
    Abandonment(f64),
    /// At most this share may wait.
    Wait(f64),
    /// At most this share may be turned away.
    Blocking(f64),
    /// Servers may be busy at most this share of the time.
    Occupancy(f64),
}

impl Goal {
    /// Refuses a goal that makes no sense.
    ///
    /// # Errors
    /// When a share is not between 0 and 1 or a time not above zero.
    pub fn check(&self) -> Result<(), QueueError> {
        match *self {
            Self::ServiceLevel {
                share: wanted,
                within_s,
                short_s,
                ..
            } => {
                threshold(within_s)?;
                threshold(short_s)?;
                share("the service level", wanted)?;
                // Some wait for any number of servers, though rounding might say that none do.
                if wanted >= 1.0 {
                    return Err(QueueError::NeverCertain);
                }
                Ok(())
            }
            Self::Asa(wait) => positive("the mean wait", wait).map(drop),
            // No number of servers makes these nothing, though rounding might say so.
            Self::Abandonment(most) => limit("the abandonment allowed", most),
            Self::Wait(most) => limit("the share that may wait", most),
            Self::Blocking(most) => limit("the blocking allowed", most),
            Self::Occupancy(most) => limit("the occupancy allowed", most),
        }
    }

    /// Whether a queue meets it.
    ///
    /// # Errors
    /// When the model does not give the measure.
    pub fn is_met(&self, queue: &dyn SteadyState) -> Result<bool, QueueError> {
        let measures = queue.measures();
        Ok(match *self {
            Self::ServiceLevel {
                share,
                within_s,
                short_s,
                definition,
            } => queue
                .service_levels(within_s, short_s)?
                .by(definition)
                .is_some_and(|level| level >= share),
            Self::Asa(most) => {
                let asa = measures.asa_s.ok_or(QueueError::NotGiven {
                    what: "the mean wait of the answered",
                })?;
                asa <= most
            }
            Self::Abandonment(most) => measures.abandonment() <= most,
            Self::Wait(most) => measures.p_wait <= most,
            Self::Blocking(most) => measures.p_block <= most,
            Self::Occupancy(most) => measures.occupancy <= most,
        })
    }
}

/// A share above zero.
fn limit(what: &'static str, most: f64) -> Result<(), QueueError> {
    share(what, most)?;
    positive(what, most).map(drop)
}

/// The fewest servers, out of `from..=to`, with which all goals hold. An overload counts as a goal missed. Whether goals hold must not
/// change back as servers are added, which is so for all models here; the search doubles, then halves.
///
/// # Errors
/// When no number meets the goals, a goal makes no sense, or a model refuses its input for another reason than overload.
///
/// # Examples
///
/// Ten erlangs of three minutes, 80 % within 20 s: 14 agents (13 give 79.6 %).
///
/// ```
/// use channelmix::queueing::staffing::{Goal, least};
/// use channelmix::queueing::{Definition, Load, erlang_c};
/// let load = Load::per_hour(200.0, 180.0)?;
/// let goal = Goal::ServiceLevel { share: 0.8, within_s: 20.0, short_s: 5.0, definition: Definition::LateAbandons };
/// let servers = least(&[goal], 1..=100_000, |servers| erlang_c::solve(load, servers))?;
/// assert_eq!(servers, 14);
/// # Ok::<(), channelmix::queueing::QueueError>(())
/// ```
pub fn least<Queue: SteadyState>(
    goals: &[Goal],
    servers: std::ops::RangeInclusive<u32>,
    model: impl Fn(u32) -> Result<Queue, QueueError>,
) -> Result<u32, QueueError> {
    for goal in goals {
        goal.check()?;
    }
    let is_met = |number: u32| match model(number) {
        Ok(queue) => {
            for goal in goals {
                if !goal.is_met(&queue)? {
                    return Ok(false);
                }
            }
            Ok(true)
        }
        Err(QueueError::Overload { .. }) => Ok(false),
        Err(error) => Err(error),
    };
    let (first, mut last) = (*servers.start(), (*servers.end()).min(MOST_SERVERS));
    if first > last {
        return Err(QueueError::Unreachable { limit: last });
    }
    let (mut missed, mut met) = (first.saturating_sub(1), first);
    let mut step = 1;
    let mut unreachable = QueueError::Unreachable { limit: last };
    loop {
        match is_met(met) {
            Ok(true) => break,
            Ok(false) if met == last => return Err(unreachable),
            Ok(false) => {
                missed = met;
                met = met.saturating_add(step).min(last);
                step *= 2;
            }
            // Doubling may have gone too far for an exact solution: the answer may lie nearer.
            Err(too_large @ QueueError::TooLarge { .. }) if met - missed > 1 => {
                unreachable = too_large;
                last = met - 1;
                met = missed + (met - missed) / 2;
                step = 1;
            }
            Err(error) => return Err(error),
        }
    }
    while met - missed > 1 {
        let middle = missed + (met - missed) / 2;
        if is_met(middle)? {
            met = middle;
        } else {
            missed = middle;
        }
    }
    Ok(met)
}

/// Agents to schedule so that enough are present.
///
/// # Formula
///
/// ⌈agents / (1 − shrinkage)⌉.
///
/// # Source
///
/// G. Koole, *Call Center Optimization* (2013), chapter 5.
///
/// # Examples
///
/// 14 agents and 30 % away from contacts: 20.
///
/// ```
/// assert_eq!(channelmix::queueing::staffing::scheduled(14, 0.3)?, 20);
/// # Ok::<(), channelmix::queueing::QueueError>(())
/// ```
///
/// # Errors
/// When the shrinkage is not between 0 and 1, or nobody would be left.
pub fn scheduled(agents: u32, shrinkage: f64) -> Result<u32, QueueError> {
    share("the shrinkage", shrinkage)?;
    // 7 / (1 − 0.3) is 10, not the 11 that rounding errors make of it.
    let wanted = (f64::from(agents) / (1.0 - shrinkage) * (1.0 - 4.0 * f64::EPSILON)).ceil();
    if wanted > 1e9 || !wanted.is_finite() {
        return Err(QueueError::NotAShare {
            what: "the shrinkage",
            found: shrinkage,
        });
    }
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "between 0 and a thousand million"
    )]
    return Ok(wanted as u32);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::queueing::load::Load;
    use crate::queueing::{erlang_a, erlang_b};

    #[test]
    fn a_target_out_of_reach_is_said_to_be() {
        let load = Load::new(50.0, 1.0).unwrap();
        let found = least(&[Goal::Blocking(1e-30)], 1..=100, |s| {
            erlang_b::solve(load, s)
        });
        assert_eq!(found, Err(QueueError::Unreachable { limit: 100 }));
        let found = least(&[Goal::Blocking(-1.0)], 1..=100, |s| {
            erlang_b::solve(load, s)
        });
        assert!(matches!(found, Err(QueueError::NotAShare { .. })));
        assert_eq!(least(&[], 3..=9, |s| erlang_b::solve(load, s)), Ok(3));
    }

    #[test]
    fn where_nearly_everybody_is_away_nothing_is_scheduled() {
        assert!(scheduled(14, 1.0).is_err());
        assert!(scheduled(14, 1.0 - 1e-12).is_err());
    }

    #[test]
    fn a_hundred_thousand_servers_are_searched() {
        let load = Load::new(95_000.0, 1.0).unwrap();
        let found = least(&[Goal::Abandonment(0.001)], 1..=100_000, |s| {
            erlang_a::solve(load, s, 1.0)
        });
        assert!(
            found
                .as_ref()
                .is_ok_and(|servers| (94_000..96_000).contains(servers)),
            "{found:?}"
        );
    }
}
