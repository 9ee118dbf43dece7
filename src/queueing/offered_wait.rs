//! The wait that a contact with endless patience would meet, from which all measures of a queue with impatient contacts follow.
//!
//! Contacts come at rate λ; while somebody waits they are taken from the queue at rate c; patience has the distribution function
//! G and there are m waiting places. With H(t) = ∫₀ᵗ (1 − G(u)) du and y(t) = λ H(t), the offered wait of an accepted contact has
//! the density v(t) = π c e^(−ct) Σ_{j<m} y(t)ʲ/j! for t > 0, where π is the probability that all places at the servers are
//! taken and nobody waits; m = ∞ gives π c e^(y(t) − ct), the building block of Zeltyn and Mandelbaum's integrals. The logarithm
//! of v is concave, so it is integrated around its one peak, scaled by the peak: nothing overflows at 100,000 servers.

use super::erlang_b;
use super::fault::QueueError;
use super::integral::{Hill, integrate, ln_sum};
use super::law::Law;
use super::load::Load;
use super::measures::{
    Flows, Measures, SteadyState, quantile, quantile_share, settled_share, threshold,
};
use super::poisson::ln_below;

/// The offered wait of a queue.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct OfferedWait {
    arrivals: f64,
    clearing: f64,
    patience: Law,
    places: Option<u32>,
    hill: Option<Hill>,
    /// ln of the sum of all weights, less the height of the hill.
    ln_norm: f64,
    /// Share answered at once, and share turned away.
    at_once: f64,
    blocked: f64,
    /// ∫v, ∫vG, ∫v(1−G), ∫vH, ∫vt(1−G).
    total: [f64; 5],
}

impl OfferedWait {
    /// `ln_free` is the logarithm of P(a server is free) / π.
    pub(super) fn new(
        arrivals: f64,
        clearing: f64,
        patience: Law,
        places: Option<u32>,
        ln_free: f64,
    ) -> Self {
        let mut wait = Self {
            arrivals,
            clearing,
            patience,
            places,
            hill: None,
            ln_norm: 0.0,
            at_once: 0.0,
            blocked: 0.0,
            total: [0.0; 5],
        };
        let mut ln_waiting = f64::NEG_INFINITY;
        if places != Some(0) {
            let hill = Hill::of(&|t| wait.ln_weight(t), 1.0 / clearing);
            wait.hill = Some(hill);
            ln_waiting = wait.between(0.0, f64::INFINITY)[0].ln();
        }
        let height = wait.hill.map_or(0.0, |hill| hill.height);
        let ln_free = ln_free - height;
        let ln_blocked = wait.ln_blocked() - height;
        let ln_norm = ln_sum(&[ln_free, ln_waiting, ln_blocked]);
        wait.ln_norm = ln_norm;
        wait.at_once = (ln_free - ln_norm).exp();
        wait.blocked = (ln_blocked - ln_norm).exp();
        if wait.hill.is_some() {
            wait.total = wait.between(0.0, f64::INFINITY);
        }
        wait
    }

    /// ln v(t) / π.
    fn ln_weight(&self, t: f64) -> f64 {
        let y = self.arrivals * self.patience.mean_up_to(t);
        let crowd = match self.places {
            None => y,
            Some(places) => y + ln_below(places, y),
        };
        self.clearing.ln() + crowd - self.clearing * t
    }

    /// v(t), by its logarithm less the hill's height, which is a small number exactly.
    fn weight(&self, t: f64, hill: &Hill) -> f64 {
        let ln = if self.places.is_none() {
            let shift = self.patience.mean_between(hill.peak, t);
            self.arrivals * shift - self.clearing * (t - hill.peak)
        } else {
            self.ln_weight(t) - hill.height
        };
        (ln - self.ln_norm).exp()
    }

    /// ln of P(all places are taken) / π = ln c ∫ e^(−ct) yᵐ/m! dt.
    fn ln_blocked(&self) -> f64 {
        let places = match self.places {
            None => return f64::NEG_INFINITY,
            Some(0) => return 0.0,
            Some(places) => f64::from(places),
        };
        // yᵐ/m! = e^y P(N = m) for a Poisson number N of mean y.
        let ln = |t: f64| {
            let y = self.arrivals * self.patience.mean_up_to(t);
            self.clearing.ln() + y + super::poisson::ln_pmf(places, y) - self.clearing * t
        };
        let hill = Hill::of(&ln, 1.0 / self.clearing);
        let points = hill.points(0.0, f64::INFINITY, &self.patience.scales());
        let noise = hill.noise(self.clearing);
        let [mass] = integrate(&|t| [(ln(t) - hill.height).exp()], &points, noise);
        mass.ln() + hill.height
    }

    /// The relative error of the functions integrated.
    fn noise(&self, hill: &Hill) -> f64 {
        let of_weight = match self.patience {
            Law::Never
            | Law::Exponential { .. }
            | Law::ExponentialOrBalk { .. }
            | Law::Hyperexponential { .. }
                if self.places.is_none() =>
            {
                // Differences from the peak, over a tenth of the hill, where most of its mass lies.
                0.1 * f64::EPSILON * self.clearing * (hill.to - hill.from)
            }
            _ => hill.noise(self.clearing),
        };
        of_weight + self.patience.noise()
    }

    /// The integrals of [`OfferedWait::total`] between two times.
    fn between(&self, from: f64, to: f64) -> [f64; 5] {
        let Some(hill) = self.hill else {
            return [0.0; 5];
        };
        integrate(
            &|t| {
                let weight = self.weight(t, &hill);
                let (gone, left) = (self.patience.cdf(t), self.patience.survival(t));
                [
                    weight,
                    weight * gone,
                    weight * left,
                    weight * self.patience.mean_up_to(t),
                    weight * t * left,
                ]
            },
            &hill.points(from, to, &self.patience.scales()),
            self.noise(&hill),
        )
    }

    /// Share that finds no server free and is accepted.
    pub(super) fn p_wait(&self) -> f64 {
        self.total[0]
    }

    /// Share turned away.
    pub(super) fn p_block(&self) -> f64 {
        self.blocked
    }

    /// Share answered at once.
    pub(super) fn at_once(&self) -> f64 {
        self.at_once
    }

    /// Share that leaves.
    pub(super) fn p_abandon(&self) -> f64 {
        self.total[1]
    }

    /// Share answered.
    pub(super) fn answered(&self) -> f64 {
        self.at_once + self.total[2]
    }

    /// Mean wait per offered contact.
    pub(super) fn mean_wait(&self) -> f64 {
        self.total[3]
    }

    /// Mean wait of the answered, of those who left, and of all who waited.
    pub(super) fn mean_waits(&self) -> [Option<f64>; 3] {
        let [waited, left, _, all, answered] = self.total;
        let ratio = |part: f64, whole: f64| (whole > 0.0).then(|| part / whole);
        [
            ratio(answered, self.answered()),
            ratio(self.wait_of_leavers(), left),
            ratio(all, waited),
        ]
    }

    /// Waits of those who leave, per offered contact; a difference, so integrated of itself where little is left of it.
    fn wait_of_leavers(&self) -> f64 {
        let [.., all, answered] = self.total;
        let difference = all - answered;
        let Some(hill) = self.hill else {
            return 0.0;
        };
        if difference > 1e-3 * all {
            return difference;
        }
        let [direct] = integrate(
            &|t| {
                let weight = self.weight(t, &hill);
                [weight * self.patience.mean_below(t)]
            },
            &hill.points(0.0, f64::INFINITY, &self.patience.scales()),
            self.noise(&hill),
        );
        direct
    }

    /// Shares answered and gone within a time.
    pub(super) fn within(&self, time: f64) -> Flows {
        let [_, gone, answered, ..] = self.between(0.0, time);
        let [still, ..] = self.between(time, f64::INFINITY);
        Flows {
            answered: self.at_once + answered,
            abandoned: gone + self.patience.cdf(time) * still,
        }
    }

    /// The time within which this share of the accepted is answered or gone.
    pub(super) fn quantile(&self, share: f64) -> f64 {
        let tail = |t: f64| {
            self.patience.survival(t) * self.between(t, f64::INFINITY)[0] / (1.0 - self.blocked)
        };
        quantile(&tail, 1.0 - share, 1.0 / self.clearing)
    }

    /// The time within which this share of the answered is answered.
    pub(super) fn answered_quantile(&self, share: f64) -> f64 {
        let tail = |t: f64| self.between(t, f64::INFINITY)[2] / self.answered();
        quantile(&tail, 1.0 - share, 1.0 / self.clearing)
    }
}

/// A queue in front of servers who each take one contact at a time, with or without patience and limits.
#[derive(Debug, Clone, PartialEq)]
pub struct SingleQueue {
    load: Load,
    servers: u32,
    wait: OfferedWait,
}

impl SingleQueue {
    /// A checked queue of exponential handle times.
    pub(super) fn new(
        load: Load,
        servers: u32,
        patience: Law,
        places: Option<u32>,
    ) -> Result<Self, QueueError> {
        super::fault::servers(servers)?;
        patience.check()?;
        let capacity = f64::from(servers);
        if patience == Law::Never && places.is_none() && load.erlangs() >= capacity {
            return Err(QueueError::Overload {
                offered: load.erlangs(),
                capacity,
            });
        }
        let wait = OfferedWait::new(
            load.arrivals_per_s(),
            capacity / load.handle_time_s(),
            patience,
            places,
            erlang_b::ln_odds_of_free(servers, load.erlangs()),
        );
        Ok(Self {
            load,
            servers,
            wait,
        })
    }

    /// What comes in.
    pub fn load(&self) -> Load {
        self.load
    }

    /// Servers.
    pub fn servers(&self) -> u32 {
        self.servers
    }
}

impl SteadyState for SingleQueue {
    fn measures(&self) -> Measures {
        let wait = &self.wait;
        let erlangs = self.load.erlangs();
        let [asa_s, mean_wait_abandoned_s, wait_if_delayed_s] = wait.mean_waits();
        let queue_length = self.load.arrivals_per_s() * wait.mean_wait();
        let busy = erlangs * wait.answered();
        Measures {
            offered_load_erlangs: erlangs,
            p_wait: settled_share(wait.p_wait()),
            p_block: settled_share(wait.p_block()),
            p_abandon: settled_share(wait.p_abandon()),
            mean_wait_s: wait.mean_wait(),
            asa_s,
            mean_wait_abandoned_s,
            wait_if_delayed_s,
            wait_sd_s: None,
            queue_length,
            in_system: queue_length + busy,
            occupancy: settled_share(busy / f64::from(self.servers)),
        }
    }

    fn within(&self, time_s: f64) -> Result<Flows, QueueError> {
        Ok(self.wait.within(threshold(time_s)?))
    }

    fn wait_quantile_s(&self, share: f64) -> Result<f64, QueueError> {
        Ok(self.wait.quantile(quantile_share(share)?))
    }

    fn answered_wait_quantile_s(&self, share: f64) -> Result<f64, QueueError> {
        Ok(self.wait.answered_quantile(quantile_share(share)?))
    }
}
