//! Numbered things with an instant each, of which the soonest is always known, in keys of 64 bits.

use super::tournament::{ABSENT, Tournament};

/// The key of nothing.
pub(super) const NEVER: u64 = ABSENT;

/// What no instant is after: that of nothing.
const LAST: u64 = i64::MAX as u64;

/// Numbers below a count, each with one instant or none; at one instant the smallest number comes first.
#[derive(Debug, Clone)]
pub(super) struct Soonest<const N: usize> {
    /// The instant above, the number in the lowest bits.
    keys: Tournament<N>,
    bits: u32,
    mask: u64,
    /// Instants from here on do not fit beside a number.
    limit: u64,
}

impl<const N: usize> Soonest<N> {
    /// For numbers below a count, which take so many bits or fewer.
    pub(super) fn new(count: usize, bits: u32) -> Self {
        Self {
            keys: Tournament::new(count),
            bits,
            mask: (1 << bits) - 1,
            limit: LAST.min(NEVER >> bits),
        }
    }

    /// Takes every instant away.
    pub(super) fn clear(&mut self) {
        self.keys.clear();
    }

    /// Gives a number an instant in place of the one that it has, if that is within reach; else takes that away. Whether it was.
    #[inline(always)]
    pub(super) fn set(&mut self, number: u32, time: u64) -> bool {
        let key = self.key(number, time);
        match key {
            Some(key) => self.keys.insert(number, key),
            None => self.take(number),
        }
        key.is_some()
    }

    /// The same of a number that has none.
    #[inline(always)]
    pub(super) fn add(&mut self, number: u32, time: u64) -> bool {
        let key = self.key(number, time);
        if let Some(key) = key {
            self.keys.add(number, key);
        }
        key.is_some()
    }

    /// An instant and a number in one, if that is within reach.
    #[inline(always)]
    fn key(&self, number: u32, time: u64) -> Option<u64> {
        (time < self.limit).then_some(time << self.bits | u64::from(number))
    }

    /// Takes the instant of a number away.
    #[inline(always)]
    pub(super) fn take(&mut self, number: u32) {
        self.keys.remove(number);
    }

    /// The key of the first; [`NEVER`] where there is none.
    #[inline]
    pub(super) fn first(&self) -> u64 {
        self.keys.smallest()
    }

    /// The instant of a key; that of nothing is after every instant that is within reach.
    #[inline]
    pub(super) fn time(&self, key: u64) -> u64 {
        key >> self.bits
    }

    /// The last key at an instant; before the key of nothing.
    pub(super) fn last_at(&self, time: u64) -> u64 {
        if time < self.limit {
            time << self.bits | self.mask
        } else {
            NEVER - 1
        }
    }

    /// The last key at the instant of another, of a number of as many bits.
    #[inline]
    pub(super) fn last_beside(&self, key: u64) -> u64 {
        key | self.mask
    }

    /// The number of a key.
    #[inline]
    #[expect(
        clippy::cast_possible_truncation,
        reason = "numbers have at most 32 bits"
    )]
    pub(super) fn number(&self, key: u64) -> u32 {
        (key & self.mask) as u32
    }
}
