//! Ways through the heads of one setup: from many people to few and back, and to better places nearby. Each step is the best of a few that are
//! simulated; that is no proof that no other way is better.

use super::field::{Candidate, Field, Halt, Worth};

/// How far a step goes, in units: where one agent alone changes little, several may change much.
const STRIDES: [u32; 3] = [1, 2, 4];

/// How a way is gone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Pace {
    /// The range of a group's heads is gone in so many steps.
    pub parts: u32,
    /// Each place is simulated so often.
    pub replications: u64,
}

impl Field<'_> {
    /// From the most people to the fewest, each time where least is lost for the money saved.
    ///
    /// # Errors
    /// See [`Field::look`].
    pub fn descend(&mut self, setup: usize, pace: Pace) -> Result<(), Halt> {
        let levels = self.ranges_in(setup).iter().map(|range| range.max);
        let mut at = Candidate {
            setup,
            levels: levels.collect(),
        };
        self.look(std::slice::from_ref(&at), pace.replications)?;
        loop {
            let next = self.strides(&at, pace.parts, Way::Fewer);
            self.look(&next, pace.replications)?;
            let Some(here) = self.worth(&at, pace.replications) else {
                return Ok(());
            };
            let rate = |there: Worth| {
                let saved = here.paid - there.paid;
                (saved > 0.0).then(|| (here.value - there.value) / saved)
            };
            let best = next.iter().filter_map(|there| {
                let rate = rate(self.worth(there, pace.replications)?)?;
                Some((rate, there))
            });
            let best = best.min_by(|one, other| one.0.total_cmp(&other.0));
            match best {
                Some((_, best)) => at = best.clone(),
                None => return Ok(()),
            }
        }
    }

    /// From the fewest people up to what the money allows, each time where most is gained for it.
    ///
    /// # Errors
    /// See [`Field::look`].
    pub fn ascend(&mut self, setup: usize, pace: Pace, budget: f64) -> Result<(), Halt> {
        let levels = self.ranges_in(setup).iter().map(|range| range.min);
        let mut at = Candidate {
            setup,
            levels: levels.collect(),
        };
        self.look(std::slice::from_ref(&at), pace.replications)?;
        while let Some(here) = self.worth(&at, pace.replications)
            && here.paid <= budget
        {
            let next = self.strides(&at, pace.parts, Way::More);
            self.look(&next, pace.replications)?;
            let best = next.iter().filter_map(|there| {
                let worth = self.worth(there, pace.replications)?;
                let paid = (worth.paid - here.paid).max(f64::MIN_POSITIVE);
                Some(((worth.value - here.value) / paid, there))
            });
            let best = best.max_by(|one, other| one.0.total_cmp(&other.0));
            match best {
                Some((_, best)) => at = best.clone(),
                None => break,
            }
        }
        Ok(())
    }

    /// Better mixes of the same setup within the budget, from one that is: one group more or fewer, or one for another, as long as that helps.
    ///
    /// # Errors
    /// See [`Field::look`].
    pub fn improve(
        &mut self,
        from: &Candidate,
        replications: u64,
        budget: f64,
    ) -> Result<Candidate, Halt> {
        let mut at = from.clone();
        self.look(std::slice::from_ref(&at), replications)?;
        loop {
            let next = self.nearby(&at);
            self.look(&next, replications)?;
            let Some(here) = self.worth(&at, replications) else {
                return Ok(at);
            };
            let best = next.into_iter().filter_map(|there| {
                let worth = self.worth(&there, replications)?;
                is_better(worth, here, budget).then_some((worth, there))
            });
            let best = best.reduce(|one, other| {
                if is_better(other.0, one.0, budget) {
                    other
                } else {
                    one
                }
            });
            match best {
                Some((_, best)) => at = best,
                None => return Ok(at),
            }
        }
    }

    /// One group alone by each stride.
    fn strides(&self, at: &Candidate, parts: u32, way: Way) -> Vec<Candidate> {
        let ranges = self.ranges_in(at.setup);
        let mut next: Vec<Candidate> = Vec::new();
        for (group, range) in ranges.iter().enumerate() {
            for stride in STRIDES {
                let by = stride * range.unit(parts);
                let level = match way {
                    Way::More => at.levels[group].saturating_add(by).min(range.max),
                    Way::Fewer => at.levels[group].saturating_sub(by).max(range.min),
                };
                let mut there = at.clone();
                there.levels[group] = level;
                if there != *at && !next.contains(&there) {
                    next.push(there);
                }
            }
        }
        next
    }

    /// One or two heads more or fewer in a group, and such for others in another.
    fn nearby(&self, at: &Candidate) -> Vec<Candidate> {
        let ranges = self.ranges_in(at.setup);
        let moved = |from: &Candidate, group: usize, by: i64| {
            let range = ranges[group];
            let level = i64::from(from.levels[group]) + by;
            let is_within = (i64::from(range.min)..=i64::from(range.max)).contains(&level);
            let mut there = from.clone();
            there.levels[group] = u32::try_from(level).ok().filter(|_| is_within)?;
            Some(there)
        };
        let mut next = Vec::new();
        for group in 0..ranges.len() {
            for by in [1, -1, 2, -2] {
                let Some(one) = moved(at, group, by) else {
                    continue;
                };
                let others = (0..ranges.len()).filter(|&other| by > 0 && other != group);
                let pairs = others.flat_map(|other| [-1, -2].map(|less| (other, less)));
                next.extend(pairs.filter_map(|(other, less)| moved(&one, other, less)));
                next.push(one);
            }
        }
        next
    }
}

#[derive(Debug, Clone, Copy)]
enum Way {
    More,
    Fewer,
}

/// Whether a mix is the better choice within a budget: of more value, or of the same for less.
pub fn is_better(one: Worth, other: Worth, budget: f64) -> bool {
    match (one.paid <= budget, other.paid <= budget) {
        (true, false) => true,
        (false, true) => false,
        (false, false) => one.paid < other.paid,
        (true, true) => {
            let by_value = one.value.total_cmp(&other.value);
            by_value.then(other.paid.total_cmp(&one.paid)).is_gt()
        }
    }
}
