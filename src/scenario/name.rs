//! The number that a name gives to its random streams.

/// A stable 64-bit hash of a name: FNV-1a, then the finaliser of `SplitMix64`. Pinned: results depend on it.
///
/// # Source
/// Fowler, Noll, Vo, "FNV hash" (offset basis and prime of the 64-bit version); Steele, Lea, Flood, "Fast splittable
/// pseudorandom number generators", OOPSLA 2014 (the finaliser).
pub fn name_hash(name: &str) -> u64 {
    let fnv = name.bytes().fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    });
    let mixed = (fnv ^ (fnv >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    mixed ^ (mixed >> 31)
}
