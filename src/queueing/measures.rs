//! What every model in a steady state tells, and the five ways of counting a service level.

use super::fault::{QueueError, not_negative, share};

/// Long-run figures of a queue. Shares are of all offered contacts, blocked ones included.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Measures {
    /// Arrival rate times mean handle time (erlangs).
    pub offered_load_erlangs: f64,
    /// Share that is accepted and finds nobody free.
    pub p_wait: f64,
    /// Share that is turned away.
    pub p_block: f64,
    /// Share that leaves before it is answered.
    pub p_abandon: f64,
    /// Mean wait per offered contact, answered or not (blocked contacts wait 0 s).
    pub mean_wait_s: f64,
    /// Mean wait of the answered.
    pub asa_s: Option<f64>,
    /// Mean wait of those who left.
    pub mean_wait_abandoned_s: Option<f64>,
    /// Mean wait of those who waited.
    pub wait_if_delayed_s: Option<f64>,
    /// Standard deviation of the wait.
    pub wait_sd_s: Option<f64>,
    /// Mean number waiting.
    pub queue_length: f64,
    /// Mean number waiting or in hand.
    pub in_system: f64,
    /// Mean share of servers that are busy.
    pub occupancy: f64,
}

impl Measures {
    /// Of a queue that everybody joins and nobody leaves unanswered: from who waits and how long, by Little's law. The standard
    /// deviation of the wait is not known.
    pub(super) fn where_nobody_leaves(
        arrivals_per_s: f64,
        offered_load_erlangs: f64,
        servers: u32,
        p_wait: f64,
        mean_wait_s: f64,
    ) -> Self {
        let queue_length = arrivals_per_s * mean_wait_s;
        Self {
            offered_load_erlangs,
            p_wait,
            p_block: 0.0,
            p_abandon: 0.0,
            mean_wait_s,
            asa_s: Some(mean_wait_s),
            mean_wait_abandoned_s: None,
            wait_if_delayed_s: (p_wait > 0.0).then(|| mean_wait_s / p_wait),
            wait_sd_s: None,
            queue_length,
            in_system: queue_length + offered_load_erlangs,
            occupancy: offered_load_erlangs / f64::from(servers),
        }
    }

    /// Abandoned / (answered + abandoned).
    pub fn abandonment(&self) -> f64 {
        self.p_abandon / (1.0 - self.p_block)
    }
}

/// Shares of the offered contacts that were dealt with in time.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Flows {
    /// Answered within the time.
    pub answered: f64,
    /// Abandoned within the time.
    pub abandoned: f64,
}

/// How a service level counts those who left: A answered, Ab abandoned, T the threshold.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Definition {
    /// A≤T / A
    Answered,
    /// A≤T / (A + Ab)
    Offered,
    /// A≤T / (A + Ab>T), the default.
    LateAbandons,
    /// (A≤T + Ab≤T) / (A + Ab)
    EarlyAbandonsOk,
    /// A≤T / (A + Ab − S), S the abandonments within a short time.
    NoShort,
}

impl Definition {
    /// All five, in the order in which they are shown.
    pub const ALL: [Self; 5] = [
        Self::Answered,
        Self::Offered,
        Self::LateAbandons,
        Self::EarlyAbandonsOk,
        Self::NoShort,
    ];

    /// Its name in files and output.
    pub fn name(self) -> &'static str {
        match self {
            Self::Answered => "answered",
            Self::Offered => "offered",
            Self::LateAbandons => "late_abandons",
            Self::EarlyAbandonsOk => "early_abandons_ok",
            Self::NoShort => "no_short",
        }
    }

    /// Its formula in words.
    pub fn formula(self) -> &'static str {
        match self {
            Self::Answered => "Answered in time / answered",
            Self::Offered => "Answered in time / (answered + abandoned)",
            Self::LateAbandons => "Answered in time / (answered + abandoned after the threshold)",
            Self::EarlyAbandonsOk => {
                "(Answered in time + abandoned in time) / (answered + abandoned)"
            }
            Self::NoShort => "Answered in time / (answered + abandoned but for short ones)",
        }
    }
}

/// The service level by each definition; `None` where nothing is counted.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ServiceLevels([Option<f64>; 5]);

impl ServiceLevels {
    /// From all answered and abandoned, those within the threshold, and those within the short time.
    ///
    /// # Formula
    ///
    /// With A answered, Ab abandoned, T the threshold and S the abandonments within the short time, blocked contacts left out:
    /// `answered` A≤T/A · `offered` A≤T/(A+Ab) · `late_abandons` A≤T/(A+Ab−Ab≤T) · `early_abandons_ok` (A≤T+Ab≤T)/(A+Ab) ·
    /// `no_short` A≤T/(A+Ab−S).
    ///
    /// # Source
    ///
    /// G. Koole, *Call Center Optimization* (2013), chapter 2, lists these ways of counting.
    ///
    /// # Examples
    ///
    /// A 1000, Ab 60, A≤T 860, Ab≤T 20, S 10.
    ///
    /// ```
    /// use channelmix::queueing::{Definition, Flows, ServiceLevels};
    /// let flows = |answered, abandoned| Flows { answered, abandoned };
    /// let levels = ServiceLevels::of(flows(1000.0, 60.0), flows(860.0, 20.0), flows(0.0, 10.0));
    /// assert_eq!(levels.by(Definition::Answered), Some(0.86));
    /// assert_eq!(levels.by(Definition::Offered), Some(860.0 / 1060.0));
    /// assert_eq!(levels.by(Definition::LateAbandons), Some(860.0 / 1040.0));
    /// assert_eq!(levels.by(Definition::EarlyAbandonsOk), Some(880.0 / 1060.0));
    /// assert_eq!(levels.by(Definition::NoShort), Some(860.0 / 1050.0));
    /// ```
    pub fn of(all: Flows, within: Flows, short: Flows) -> Self {
        let offered = all.answered + all.abandoned;
        let ratio = |part: f64, whole: f64| (whole > 0.0).then(|| settled_share(part / whole));
        Self([
            ratio(within.answered, all.answered),
            ratio(within.answered, offered),
            ratio(within.answered, offered - within.abandoned),
            ratio(within.answered + within.abandoned, offered),
            ratio(within.answered, offered - short.abandoned),
        ])
    }

    /// The service level by this definition.
    pub fn by(&self, definition: Definition) -> Option<f64> {
        match definition {
            Definition::Answered => self.0[0],
            Definition::Offered => self.0[1],
            Definition::LateAbandons => self.0[2],
            Definition::EarlyAbandonsOk => self.0[3],
            Definition::NoShort => self.0[4],
        }
    }
}

/// A queue in its steady state.
pub trait SteadyState: std::fmt::Debug {
    /// Long-run figures.
    fn measures(&self) -> Measures;

    /// Shares answered and abandoned within a time of at least zero.
    ///
    /// # Errors
    /// When the time is no number of at least zero, or the model does not give it.
    fn within(&self, time_s: f64) -> Result<Flows, QueueError>;

    /// The time within which this share of the accepted contacts is answered or gone.
    ///
    /// # Errors
    /// When the share is not below 1, or the model does not give it.
    fn wait_quantile_s(&self, share: f64) -> Result<f64, QueueError>;

    /// The time within which this share of the answered contacts is answered.
    ///
    /// # Errors
    /// When the share is not below 1, or the model does not give it.
    fn answered_wait_quantile_s(&self, share: f64) -> Result<f64, QueueError> {
        self.wait_quantile_s(share)
    }

    /// What only this model tells: name and value.
    fn more(&self) -> Vec<(&'static str, f64)> {
        Vec::new()
    }

    /// Where the model is poor for these numbers, in words.
    fn caution(&self) -> Option<&'static str> {
        None
    }

    /// The service level by all definitions; abandonments within `short_s` are short ones.
    ///
    /// # Errors
    /// When a time is no number of at least zero, or the model does not give it.
    fn service_levels(&self, within_s: f64, short_s: f64) -> Result<ServiceLevels, QueueError> {
        let measures = self.measures();
        let all = Flows {
            answered: 1.0 - measures.p_block - measures.p_abandon,
            abandoned: measures.p_abandon,
        };
        Ok(ServiceLevels::of(
            all,
            self.within(within_s)?,
            self.within(short_s)?,
        ))
    }
}

impl<Queue: SteadyState + ?Sized> SteadyState for Box<Queue> {
    fn measures(&self) -> Measures {
        (**self).measures()
    }

    fn within(&self, time_s: f64) -> Result<Flows, QueueError> {
        (**self).within(time_s)
    }

    fn wait_quantile_s(&self, share: f64) -> Result<f64, QueueError> {
        (**self).wait_quantile_s(share)
    }

    fn answered_wait_quantile_s(&self, share: f64) -> Result<f64, QueueError> {
        (**self).answered_wait_quantile_s(share)
    }

    fn more(&self) -> Vec<(&'static str, f64)> {
        (**self).more()
    }

    fn caution(&self) -> Option<&'static str> {
        (**self).caution()
    }
}

/// A share that is 1 but for rounding, as 1; what is further beyond is a fault, and left to be seen.
pub(super) fn settled_share(found: f64) -> f64 {
    if found > 1.0 && found < 1.0 + 1e-8 {
        1.0
    } else {
        found
    }
}

/// A time to look at.
pub(super) fn threshold(found: f64) -> Result<f64, QueueError> {
    not_negative("the time to answer within", found)
}

/// A share below one.
pub(super) fn quantile_share(found: f64) -> Result<f64, QueueError> {
    if found < 1.0 {
        return share("the share of a quantile", found);
    }
    Err(QueueError::NotAShare {
        what: "the share of a quantile",
        found,
    })
}

/// The first time at which a falling tail is no more than `left`; `scale` is a time on which it changes.
///
/// # Source
///
/// I. Oliveira and R. Takahashi, "An enhancement of the bisection method average performance preserving minmax optimality", *ACM
/// Transactions on Mathematical Software* 47 (2020): never slower than halving, even where the tail jumps.
pub(super) fn quantile(tail: &dyn Fn(f64) -> f64, left: f64, scale: f64) -> f64 {
    if tail(0.0) <= left {
        return 0.0;
    }
    let (mut low, mut high) = (0.0, scale);
    let (mut above, mut below) = (f64::NAN, tail(high) - left);
    while below > 0.0 && high < scale * 1e30 {
        (low, above) = (high, below);
        high *= 2.0;
        below = tail(high) - left;
    }
    while low <= 0.0 && high > scale * 1e-30 {
        let nearer = tail(high / 8.0) - left;
        if nearer > 0.0 {
            (low, above) = (high / 8.0, nearer);
        } else {
            (high, below) = (high / 8.0, nearer);
        }
    }
    let (start, end) = (high - low, 1e-15 * high);
    let mut room = 2.0 * start;
    while high - low > end {
        let (width, middle) = (high - low, f64::midpoint(low, high));
        let straight = (high * above - low * below) / (above - below);
        let towards = (middle - straight).signum();
        let pull = (0.2 / start * width * width).max(0.5 * end);
        let pulled = if pull <= (middle - straight).abs() {
            straight + towards * pull
        } else {
            middle
        };
        let radius = (0.5 * (room - width)).max(0.0);
        let next = if (pulled - middle).abs() <= radius {
            pulled
        } else {
            middle - towards * radius
        };
        room *= 0.5;
        // Rounding may put it on an end.
        let next = if next > low && next < high {
            next
        } else {
            middle
        };
        if next <= low || next >= high {
            break;
        }
        let value = tail(next) - left;
        if value > 0.0 {
            (low, above) = (next, value);
        } else {
            (high, below) = (next, value);
        }
    }
    high
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quantiles_are_found_on_any_scale_and_at_jumps() {
        for rate in [1e-9, 0.3, 1.0, 1e12_f64] {
            let found = quantile(&|t: f64| (-rate * t).exp(), 0.1, 1.0);
            assert!((found * rate / 10.0_f64.ln() - 1.0).abs() < 1e-13, "{rate}");
        }
        let jump = |t: f64| if t < 0.7 { 1.0 - 0.1 * t } else { 0.0 };
        assert!((quantile(&jump, 0.5, 1.0) - 0.7).abs() < 1e-14);
        assert!(quantile(&jump, 1.0, 1.0) <= 0.0);
    }
}
