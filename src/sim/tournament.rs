//! Numbers with a key each, of which the one with the smallest key is always known.

/// A tree over all numbers in which each node has the smaller of the two keys below it: a change takes the logarithm of their count.
#[derive(Debug, Clone)]
pub(super) struct Tournament {
    /// The root is at 1, the children of i at 2i and 2i + 1, the numbers' own keys from `len` / 2 on.
    keys: Vec<u64>,
}

/// The key of a number that is not there; no other is as large.
const ABSENT: u64 = u64::MAX;

impl Tournament {
    /// For numbers below a count; none of them is there yet.
    pub(super) fn new(count: usize) -> Self {
        Self {
            keys: vec![ABSENT; 2 * count.next_power_of_two()],
        }
    }

    /// Puts a number in, or changes its key.
    pub(super) fn insert(&mut self, number: u32, key: u64) {
        let mut at = self.keys.len() / 2 + number as usize;
        self.keys[at] = key;
        while at > 1 {
            at /= 2;
            let smaller = self.keys[2 * at].min(self.keys[2 * at + 1]);
            if self.keys[at] == smaller {
                break;
            }
            self.keys[at] = smaller;
        }
    }

    /// Takes a number out.
    pub(super) fn remove(&mut self, number: u32) {
        self.insert(number, ABSENT);
    }

    /// The smallest key and its number, among equals the smallest.
    #[expect(
        clippy::cast_possible_truncation,
        reason = "numbers of agents are bounded far below 2^32"
    )]
    pub(super) fn first(&self) -> Option<(u64, u32)> {
        let key = self.keys[1];
        if key == ABSENT {
            return None;
        }
        let numbers = self.keys.len() / 2;
        let mut at = 1;
        while at < numbers {
            at *= 2;
            at += usize::from(self.keys[at] != key);
        }
        Some((key, (at - numbers) as u32))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::collections::BTreeSet;

    proptest! {
        #[test]
        fn the_first_is_that_of_a_sorted_set(
            count in 1_usize..20,
            changes in prop::collection::vec((0_u32..20, prop::option::of(0_u64..5)), 0..60),
        ) {
            let mut tournament = Tournament::new(count);
            let mut sorted = BTreeSet::new();
            for (number, key) in changes {
                let number = number % u32::try_from(count).unwrap();
                sorted.retain(|&(_, other)| other != number);
                match key {
                    Some(key) => {
                        sorted.insert((key, number));
                        tournament.insert(number, key);
                    }
                    None => tournament.remove(number),
                }
                prop_assert_eq!(tournament.first(), sorted.first().copied());
            }
        }
    }
}
