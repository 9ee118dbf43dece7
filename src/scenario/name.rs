//! The numbers that names give to their random streams and contents to their fingerprint.

const OFFSET_BASIS: u64 = 0xcbf2_9ce4_8422_2325;
const PRIME: u64 = 0x0100_0000_01b3;

/// A stable 64-bit hash of a name: FNV-1a, then the finaliser of `SplitMix64`. Pinned: results depend on it.
///
/// # Source
/// Fowler, Noll, Vo, "FNV hash" (offset basis and prime of the 64-bit version); Steele, Lea, Flood, "Fast splittable
/// pseudorandom number generators", OOPSLA 2014 (the finaliser).
pub fn name_hash(name: &str) -> u64 {
    finished(folded(OFFSET_BASIS, name.as_bytes()))
}

/// The same hash over several contents, each with its length, so that what moves from one to the next shows.
pub fn content_hash<'a>(contents: impl IntoIterator<Item = &'a [u8]>) -> u64 {
    finished(contents.into_iter().fold(OFFSET_BASIS, |hash, content| {
        let length = content.len() as u64;
        folded(folded(hash, &length.to_le_bytes()), content)
    }))
}

fn folded(hash: u64, bytes: &[u8]) -> u64 {
    bytes.iter().fold(hash, |hash, byte| {
        (hash ^ u64::from(*byte)).wrapping_mul(PRIME)
    })
}

fn finished(fnv: u64) -> u64 {
    let mixed = (fnv ^ (fnv >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    mixed ^ (mixed >> 31)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_moves_between_contents_changes_the_hash() {
        assert_ne!(
            content_hash([b"ab".as_slice(), b"c"]),
            content_hash([b"a".as_slice(), b"bc"])
        );
        assert_ne!(name_hash("phone"), name_hash("chat"));
    }
}
