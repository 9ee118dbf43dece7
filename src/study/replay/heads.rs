//! Time on duty as whole heads.

/// Whole heads for each interval and group that follow `exact` (mean heads by interval, then group): in each interval all groups together
/// are the nearest whole number, and what a group is short of or over is made up in the next interval. Where nobody of a group was there,
/// it has no heads.
pub(super) fn whole(exact: &[Vec<f64>]) -> Vec<Vec<u32>> {
    let groups = exact.first().map_or(0, Vec::len);
    let mut carried = vec![0.0; groups];
    exact
        .iter()
        .map(|interval| one(interval, &mut carried))
        .collect()
}

fn one(interval: &[f64], carried: &mut [f64]) -> Vec<u32> {
    for (carry, exact) in carried.iter_mut().zip(interval) {
        *carry = if *exact > 0.0 { *carry + exact } else { 0.0 };
    }
    let total: f64 = carried.iter().sum();
    let mut given: Vec<u32> = carried.iter().map(|wanted| floor(*wanted)).collect();
    let mut left = floor(total + 0.5).saturating_sub(given.iter().sum());
    let mut by_rest: Vec<usize> = (0..given.len())
        .filter(|group| interval[*group] > 0.0)
        .collect();
    by_rest.sort_by(|a, b| {
        let rest = |group: usize| carried[group] - f64::from(given[group]);
        rest(*b).total_cmp(&rest(*a)).then(a.cmp(b))
    });
    for group in by_rest {
        if left == 0 {
            break;
        }
        given[group] += 1;
        left -= 1;
    }
    for (carry, given) in carried.iter_mut().zip(&given) {
        *carry -= f64::from(*given);
    }
    given
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "heads are few, and a float cast saturates at zero"
)]
fn floor(heads: f64) -> u32 {
    heads.max(0.0).floor() as u32
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn halves_take_turns() {
        let heads = whole(&vec![vec![2.5]; 6]);
        assert_eq!(heads.concat(), [3, 2, 3, 2, 3, 2]);
    }

    #[test]
    fn all_groups_together_are_the_nearest_whole_number() {
        let heads = whole(&[
            vec![0.4, 0.4, 0.4],
            vec![0.4, 0.4, 0.4],
            vec![0.0, 0.4, 0.0],
        ]);
        assert_eq!(heads[0].iter().sum::<u32>(), 1);
        assert_eq!(heads[1].iter().sum::<u32>(), 1);
        assert_eq!((heads[2][0], heads[2][2]), (0, 0));
    }

    #[test]
    fn hours_are_kept() {
        let exact: Vec<Vec<f64>> = (0..96)
            .map(|i| vec![f64::from(i % 7) / 3.0 + 0.1, 1.37])
            .collect();
        let heads = whole(&exact);
        for group in 0..2 {
            let given: f64 = heads.iter().map(|row| f64::from(row[group])).sum();
            let wanted: f64 = exact.iter().map(|row| row[group]).sum();
            assert!((given - wanted).abs() < 1.0, "{given} {wanted}");
        }
    }
}
