//! Numbers with a key each, of which the one with the smallest key is always known.

/// A tree over all numbers in which each node has the smallest of the four keys below it: a change takes the logarithm of their count,
/// and hardly a branch that depends on the keys.
#[derive(Debug, Clone)]
pub(super) struct Tournament {
    /// The children of node i are 4i to 4i + 3, the numbers' own keys come from `leaves` on; the root, node 1, is kept apart.
    keys: Vec<u64>,
    leaves: usize,
    smallest: u64,
}

/// The key of a number that is not there; no other is as large.
pub(super) const ABSENT: u64 = u64::MAX;

impl Tournament {
    /// For numbers below a count; none of them is there yet.
    pub(super) fn new(count: usize) -> Self {
        let mut leaves = 1;
        while leaves < count {
            leaves *= 4;
        }
        Self {
            keys: vec![ABSENT; leaves + count.next_multiple_of(4)],
            leaves,
            smallest: ABSENT,
        }
    }

    /// Takes all numbers out.
    pub(super) fn clear(&mut self) {
        self.keys.fill(ABSENT);
        self.smallest = ABSENT;
    }

    /// Puts a number in, or changes its key.
    #[inline]
    pub(super) fn insert(&mut self, number: u32, key: u64) {
        self.change::<true>(number, key);
    }

    /// The same of the number with the smallest key, which changes every node above it: nobody asks at each whether to go on.
    #[inline]
    pub(super) fn replace_smallest(&mut self, number: u32, key: u64) {
        self.change::<false>(number, key);
    }

    /// Changes a key and the nodes above it: all of them, or those up to the first that stays as it is.
    #[inline(always)]
    fn change<const MAY_STOP: bool>(&mut self, number: u32, mut key: u64) {
        let mut at = self.leaves + number as usize;
        let (fours, _) = self.keys.as_chunks_mut::<4>();
        while at > 1 {
            let (four, place) = (&mut fours[at / 4], at % 4);
            if MAY_STOP && four[place] == key {
                return;
            }
            four[place] = key;
            let others = four[place ^ 1].min(four[place ^ 2]).min(four[place ^ 3]);
            key = key.min(others);
            at /= 4;
        }
        self.smallest = key;
    }

    /// Takes a number out.
    pub(super) fn remove(&mut self, number: u32) {
        self.insert(number, ABSENT);
    }

    /// The smallest key; [`ABSENT`] where nobody is there.
    #[inline]
    pub(super) fn smallest(&self) -> u64 {
        self.smallest
    }

    /// The smallest key and its number, among equals the smallest.
    #[expect(
        clippy::cast_possible_truncation,
        reason = "numbers of agents are bounded far below 2^32"
    )]
    pub(super) fn first(&self) -> Option<(u64, u32)> {
        let key = self.smallest;
        if key == ABSENT {
            return None;
        }
        let mut at = 1;
        while at < self.leaves {
            at *= 4;
            at += self.keys[at..]
                .iter()
                .take_while(|&&other| other != key)
                .count();
        }
        Some((key, (at - self.leaves) as u32))
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
            count in 1_usize..200,
            changes in prop::collection::vec((0_u32..200, prop::option::of(0_u64..5)), 0..60),
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
                prop_assert_eq!(tournament.smallest(), sorted.first().map_or(ABSENT, |&(key, _)| key));
            }
            tournament.clear();
            prop_assert_eq!(tournament.first(), None);
        }
    }
}
