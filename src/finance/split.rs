//! Amounts cut into parts that add up to them.

/// An amount over a unit, to the nearest whole.
pub(super) fn rounded(amount: i128, unit: i128) -> i128 {
    (amount + unit / 2) / unit
}

/// An amount cut in proportion to weights, of which at least one is positive, into whole parts that add up to it: what rounding leaves
/// over goes to the largest.
pub(super) fn shares(amount: i128, weights: &[i128]) -> Vec<i128> {
    let total: i128 = weights.iter().sum();
    let mut parts: Vec<i128> = weights
        .iter()
        .map(|&weight| proportion(amount, weight, total))
        .collect();
    let rest = amount - parts.iter().sum::<i128>();
    let largest = (0..parts.len()).rev().max_by_key(|&place| weights[place]);
    if let Some(largest) = largest {
        parts[largest] += rest;
    }
    parts
}

/// ⌊amount · weight / total⌋, in steps that stay within 128 bits.
fn proportion(amount: i128, weight: i128, total: i128) -> i128 {
    let (whole, rest) = (amount / total, amount % total);
    whole * weight
        + rest
            .checked_mul(weight)
            .map_or(0, |product| product / total)
}

/// The weights, or where none is positive, as much for each that takes part.
pub(super) fn or_equal(weights: Vec<i128>, takes_part: impl Fn(usize) -> bool) -> Vec<i128> {
    if weights.iter().any(|&weight| weight > 0) {
        return weights;
    }
    (0..weights.len())
        .map(|place| i128::from(takes_part(place)))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn what_is_left_over_goes_to_the_largest() {
        assert_eq!(shares(100, &[1, 1, 1]), [34, 33, 33]);
        assert_eq!(shares(100, &[1, 5, 1]), [14, 72, 14]);
        assert_eq!(shares(7, &[0, 3]), [0, 7]);
    }

    proptest! {
        #[test]
        fn shares_add_up_and_none_is_negative(amount in 0_i128..1 << 80, weights in prop::collection::vec(0_i128..1 << 62, 1..12)) {
            prop_assume!(weights.iter().any(|&weight| weight > 0));
            let parts = shares(amount, &weights);
            prop_assert_eq!(parts.iter().sum::<i128>(), amount);
            prop_assert!(parts.iter().all(|&part| part >= 0));
        }
    }
}
