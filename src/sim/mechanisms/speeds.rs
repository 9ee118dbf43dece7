//! How fast single agents work: everyone's own speed, and new ones who learn.

use rand_distr::{Distribution, LogNormal};

use crate::ids::GroupId;
use crate::scenario::model::{NewHires, Speeds};
use crate::sim::features::Features;
use crate::sim::observer::Observer;
use crate::sim::replicate::Replication;
use crate::sim::streams::{Purpose, contact_key};

impl<O: Observer, F: Features> Replication<'_, O, F> {
    /// Sets the speeds of all agents for a day that begins now.
    pub(in crate::sim) fn set_speeds(&mut self) {
        let day = self.centre.piece.day;
        for (id, group) in self.model.groups.iter() {
            let Some(speeds) = &group.speeds else {
                continue;
            };
            if day > 0 && speeds.new_hires.is_none() {
                continue;
            }
            let of_day = self.speeds_of(id, group.name.hash, speeds, day);
            self.centre.agents[id].set_speeds(of_day);
        }
    }

    fn speeds_of(&self, group: GroupId, name: u64, speeds: &Speeds, day: u32) -> Vec<f64> {
        let heads = self.layout.groups[group].heads_max;
        let new_from = match &speeds.new_hires {
            Some(new) => heads.saturating_sub(new.agents),
            None => heads,
        };
        // Work takes exp(σZ − σ²/2) of what is drawn, which is 1 in the mean.
        let variance = (speeds.cv * speeds.cv).ln_1p();
        let law = LogNormal::new(-variance / 2.0, variance.sqrt()).ok();
        let root = self.centre.root;
        let speed = |number: u32| {
            let mut stream = root.stream(contact_key(name, u64::from(number)), Purpose::Speed);
            let own = match law {
                Some(law) if speeds.cv > 0.0 => law.sample(&mut stream),
                _ => 1.0,
            };
            let new = speeds.new_hires.as_ref();
            let learning = new.filter(|_| number >= new_from);
            1.0 / (own * learning.map_or(1.0, |new| new.factor(day)))
        };
        (0..heads).map(speed).collect()
    }
}

impl NewHires {
    /// By how much longer a contact takes on a day: 1 + (first − 1)·exp(−t/learns), t the time since the first day.
    fn factor(&self, day: u32) -> f64 {
        let days = f64::from(day) * 24.0 / self.learns.as_hours();
        1.0 + (self.starts_at - 1.0) * (-days).exp()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::time::SimDuration;

    #[test]
    fn who_is_new_is_as_fast_as_the_others_in_the_end() {
        let new = NewHires {
            agents: 1,
            starts_at: 1.6,
            learns: SimDuration::from_seconds(20 * 86_400),
        };
        let expected = [(0, 1.6), (20, 1.220_728), (200, 1.000_027)];
        for (day, factor) in expected {
            assert!((new.factor(day) - factor).abs() < 1e-6, "{day}");
        }
    }
}
