//! What is told of an interval or of the day.

use crate::queueing::measures::Definition;

/// Expected counts and times of an interval; adding them up gives those of the day.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Figures {
    /// Seconds.
    pub length_s: f64,
    /// Contacts that come.
    pub arrivals: f64,
    /// Of these, those who find nobody free.
    pub delayed: f64,
    /// Of these, those answered within the threshold.
    pub answered_in_time: f64,
    /// Of these, those gone within the threshold.
    pub abandoned_in_time: f64,
    /// Contacts that leave in the interval.
    pub abandonments: f64,
    /// Time spent waiting in the interval.
    pub waiting_s: f64,
    /// Agents' time in contacts.
    pub busy_s: f64,
    /// Agents' time in contacts beyond the staff.
    pub excess_s: f64,
    /// Staffed time.
    pub staffed_s: f64,
}

impl Figures {
    /// These and others together.
    #[must_use]
    pub fn plus(&self, other: &Self) -> Self {
        Self {
            length_s: self.length_s + other.length_s,
            arrivals: self.arrivals + other.arrivals,
            delayed: self.delayed + other.delayed,
            answered_in_time: self.answered_in_time + other.answered_in_time,
            abandoned_in_time: self.abandoned_in_time + other.abandoned_in_time,
            abandonments: self.abandonments + other.abandonments,
            waiting_s: self.waiting_s + other.waiting_s,
            busy_s: self.busy_s + other.busy_s,
            excess_s: self.excess_s + other.excess_s,
            staffed_s: self.staffed_s + other.staffed_s,
        }
    }

    /// Share of the contacts that come in it which find nobody free; nothing where nobody comes.
    pub fn p_delay(&self) -> Option<f64> {
        self.per_arrival(self.delayed)
    }

    /// Abandonments in the interval per contact that comes in it.
    pub fn abandonment(&self) -> Option<f64> {
        self.per_arrival(self.abandonments)
    }

    /// Mean number waiting.
    pub fn queue_length(&self) -> f64 {
        self.waiting_s / self.length_s
    }

    /// Mean number of busy agents.
    pub fn busy(&self) -> f64 {
        self.busy_s / self.length_s
    }

    /// Mean number of busy agents beyond the staff.
    pub fn excess(&self) -> f64 {
        self.excess_s / self.length_s
    }

    /// Busy time / (staffed time and time beyond the staff).
    pub fn occupancy(&self) -> Option<f64> {
        let there = self.staffed_s + self.excess_s;
        (there > 0.0).then(|| self.busy_s / there)
    }

    /// Service level of the contacts that come in the interval, by definitions that need no count of all answered.
    pub fn service_level(&self, definition: Definition) -> Option<f64> {
        let (part, whole) = match definition {
            Definition::Offered => (self.answered_in_time, self.arrivals),
            Definition::LateAbandons => (
                self.answered_in_time,
                self.arrivals - self.abandoned_in_time,
            ),
            Definition::EarlyAbandonsOk => (
                self.answered_in_time + self.abandoned_in_time,
                self.arrivals,
            ),
            Definition::Answered | Definition::NoShort => return None,
        };
        (whole > 0.0).then(|| part / whole)
    }

    fn per_arrival(&self, part: f64) -> Option<f64> {
        (self.arrivals > 0.0).then(|| part / self.arrivals)
    }
}
