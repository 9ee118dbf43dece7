//! Numbered things in the order of their instants, in keys of 64 bits.

use std::cmp::Reverse;

use dary_heap::QuaternaryHeap;

/// The instant of nothing.
pub(super) const NEVER: u64 = u64::MAX;

/// Instants, soonest first; at one instant the smallest number comes first.
///
/// What is taken leaves its place at the top to the next that is added: whoever finishes a contact usually begins another, and so one
/// sift does the work of two.
#[derive(Debug, Clone)]
pub(super) struct Soonest {
    /// The instant above, the number in the lowest bits.
    heap: QuaternaryHeap<Reverse<u64>>,
    bits: u32,
    mask: u64,
    /// Instants from here on do not fit beside a number.
    limit: u64,
    /// Whether the top has been taken.
    is_taken: bool,
}

impl Soonest {
    /// For numbers of so many bits.
    pub(super) fn new(bits: u32) -> Self {
        Self {
            heap: QuaternaryHeap::new(),
            bits,
            mask: (1 << bits) - 1,
            limit: NEVER >> bits,
            is_taken: false,
        }
    }

    /// Forgets everything and keeps the memory.
    pub(super) fn clear(&mut self) {
        self.heap.clear();
        self.is_taken = false;
    }

    /// Whether an instant fits beside a number.
    #[inline]
    pub(super) fn reaches(&self, time: u64) -> bool {
        time < self.limit
    }

    /// Adds a number at an instant within reach.
    #[inline(always)]
    pub(super) fn push(&mut self, time: u64, number: u32) {
        let key = Reverse(time << self.bits | u64::from(number));
        if self.is_taken {
            self.is_taken = false;
            if let Some(mut top) = self.heap.peek_mut() {
                *top = key;
            }
        } else {
            self.heap.push(key);
        }
    }

    /// The key of the first; [`NEVER`] where there is none.
    #[inline]
    pub(super) fn first(&mut self) -> u64 {
        if self.is_taken {
            self.is_taken = false;
            self.heap.pop();
        }
        self.heap.peek().map_or(NEVER, |&Reverse(key)| key)
    }

    /// The instant of a key; that of nothing is after every instant that is within reach.
    #[inline]
    pub(super) fn time(&self, key: u64) -> u64 {
        key >> self.bits
    }

    /// The last key at an instant; before the key of nothing.
    pub(super) fn last_at(&self, time: u64) -> u64 {
        if self.reaches(time) {
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

    /// Takes the first, which is there.
    #[inline]
    pub(super) fn take(&mut self) {
        self.is_taken = true;
    }
}
