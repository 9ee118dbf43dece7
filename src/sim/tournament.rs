//! Numbers with a key each, of which the one with the smallest key is always known.

/// A tree over all numbers in which each node has the smaller of the two keys below it: a change takes the logarithm of their count, and
/// no branch depends on the keys.
///
/// It is cut into blocks, whose size is known when they are compiled: so is the way through them, without a question on it.
#[derive(Debug, Clone)]
pub(super) struct Tournament<const N: usize> {
    /// The lowest nodes are the numbers' own keys.
    lowest: Vec<Block<N>>,
    /// The lowest nodes are the roots of the blocks below, one storey upon the other.
    upper: Vec<Block<UPPER>>,
    /// The first of `upper` of each storey.
    storeys: Vec<usize>,
    smallest: u64,
}

/// The key of a number that is not there; no other is as large.
pub(super) const ABSENT: u64 = u64::MAX;

/// Nodes of a block that is not of the lowest storey: few, since the topmost of them has few below.
const UPPER: usize = SMALL;

/// Nodes of a block where there are many tournaments, most of them of few numbers.
pub(super) const SMALL: usize = 16;

impl<const N: usize> Tournament<N> {
    /// For numbers below a count; none of them is there yet.
    pub(super) fn new(count: usize) -> Self {
        let lowest = if count > 1 {
            count.div_ceil(Block::<N>::LEAVES)
        } else {
            0
        };
        let (mut storeys, mut upper, mut nodes) = (Vec::new(), 0, lowest);
        while nodes > 1 {
            storeys.push(upper);
            nodes = nodes.div_ceil(Block::<UPPER>::LEAVES);
            upper += nodes;
        }
        Self {
            lowest: vec![Block::EMPTY; lowest],
            upper: vec![Block::EMPTY; upper],
            storeys,
            smallest: ABSENT,
        }
    }

    /// Takes all numbers out.
    pub(super) fn clear(&mut self) {
        self.lowest.fill(Block::EMPTY);
        self.upper.fill(Block::EMPTY);
        self.smallest = ABSENT;
    }

    /// Puts a number in that is not there. What is the smallest then is known before the tree is.
    #[inline(always)]
    pub(super) fn add(&mut self, number: u32, key: u64) {
        debug_assert!(self.is_absent(number), "{number} is there");
        let smallest = self.smallest.min(key);
        self.insert(number, key);
        self.smallest = smallest;
    }

    fn is_absent(&self, number: u32) -> bool {
        let block = self.lowest.get(number as usize / Block::<N>::LEAVES);
        block.map_or(self.smallest == ABSENT, |block| {
            block.has(number as usize, ABSENT)
        })
    }

    /// Puts a number in, or changes its key.
    #[inline(always)]
    pub(super) fn insert(&mut self, number: u32, mut key: u64) {
        let number = number as usize;
        if let Some(block) = self.lowest.get_mut(number / Block::<N>::LEAVES) {
            key = block.insert(number, key);
        }
        if self.storeys.is_empty() {
            self.smallest = key;
        } else {
            self.climb(number / Block::<N>::LEAVES, key);
        }
    }

    /// Puts the root of a block of the lowest storey in.
    #[inline(never)]
    fn climb(&mut self, mut number: usize, mut key: u64) {
        for &storey in &self.storeys {
            let block = &mut self.upper[storey + number / Block::<UPPER>::LEAVES];
            if block.has(number, key) {
                return;
            }
            key = block.insert_apart(number, key);
            number /= Block::<UPPER>::LEAVES;
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
        let mut number = 0;
        for &storey in self.storeys.iter().rev() {
            number = number * Block::<UPPER>::LEAVES + self.upper[storey + number].first(key);
        }
        if let Some(block) = self.lowest.get(number) {
            number = number * Block::<N>::LEAVES + block.first(key);
        }
        Some((key, number as u32))
    }
}

/// A part of the tree: the children of node i are 2i and 2i + 1, the root is node 1, and the lowest nodes are the second half. `N` is a power
/// of two.
#[derive(Debug, Clone, Copy)]
struct Block<const N: usize>([u64; N]);

impl<const N: usize> Block<N> {
    const EMPTY: Self = Self([ABSENT; N]);
    const LEAVES: usize = N / 2;

    /// Whether that is the key of a leaf, by its number in the storey.
    #[inline]
    fn has(&self, leaf: usize, key: u64) -> bool {
        self.0[Self::LEAVES + leaf % Self::LEAVES] == key
    }

    /// Changes the key of a leaf, by its number in the storey, and the nodes above it. Gives the key of the root.
    #[inline(always)]
    fn insert(&mut self, leaf: usize, mut key: u64) -> u64 {
        let Self(nodes) = self;
        let mut at = Self::LEAVES + leaf % Self::LEAVES;
        for _ in 0..Self::LEAVES.ilog2() {
            nodes[at] = key;
            key = key.min(nodes[at ^ 1]);
            at /= 2;
        }
        key
    }

    /// The same by itself: within a loop the compiler takes the smaller of two keys by a branch, which nobody foresees.
    #[inline(never)]
    fn insert_apart(&mut self, leaf: usize, key: u64) -> u64 {
        self.insert(leaf, key)
    }

    /// The first leaf with the key of the root.
    fn first(&self, key: u64) -> usize {
        let Self(nodes) = self;
        let mut at = 1;
        while at < Self::LEAVES {
            at *= 2;
            at += usize::from(nodes[at] != key);
        }
        at - Self::LEAVES
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
            count in 1_usize..70,
            changes in prop::collection::vec((0_u32..200, prop::option::of(0_u64..5)), 0..60),
        ) {
            let mut tournament = Tournament::<8>::new(count);
            let mut sorted = BTreeSet::new();
            for (number, key) in changes {
                let number = number % u32::try_from(count).unwrap();
                let before = sorted.len();
                sorted.retain(|&(_, other)| other != number);
                let was_there = sorted.len() < before;
                match key {
                    Some(key) => {
                        sorted.insert((key, number));
                        if was_there {
                            tournament.insert(number, key);
                        } else {
                            tournament.add(number, key);
                        }
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
