//! How much of what varies comes from the inputs, and how much from chance.

use serde::Serialize;

/// Where the variance of a figure over single horizons comes from.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Split {
    /// Standard deviation over worlds of what a world's figure is expected to be.
    pub inputs_sd: f64,
    /// Standard deviation within a world.
    pub chance_sd: f64,
    /// The inputs' share of the variance, 0 to 1; `None` where nothing varies.
    pub inputs_share: Option<f64>,
}

/// The split of figures by world, each world with as many replications; `None` with fewer than two worlds or replications.
///
/// # Formula
/// Within a world σ² = MSW; between worlds σ² = max(0, (MSB − MSW) / n), with W worlds of n figures y, MSB = n·Σ(m − M)²/(W − 1) and
/// MSW = ΣΣ(y − m)²/(W·(n − 1)), m the mean of a world and M that of all.
///
/// # Source
/// Searle, Casella and `McCulloch`, *Variance Components* (1992), section 3.5.
///
/// # Examples
/// ```
/// # use channelmix::study::risk::anova::split;
/// // Two worlds, 1 and 5 on average, each ±1: MSW = 2, MSB = 16, so (16 − 2) / 2 = 7 from the inputs.
/// let found = split(&[vec![0.0, 2.0], vec![4.0, 6.0]]).unwrap();
/// assert!((found.inputs_sd - 7_f64.sqrt()).abs() < 1e-12);
/// assert!((found.chance_sd - 2_f64.sqrt()).abs() < 1e-12);
/// assert!((found.inputs_share.unwrap() - 7.0 / 9.0).abs() < 1e-12);
/// ```
pub fn split(worlds: &[Vec<f64>]) -> Option<Split> {
    let n = worlds.first()?.len();
    if worlds.len() < 2 || n < 2 || worlds.iter().any(|world| world.len() != n) {
        return None;
    }
    let many = worlds.len() as f64;
    let each = n as f64;
    let mean = |values: &[f64]| values.iter().sum::<f64>() / values.len() as f64;
    let means: Vec<f64> = worlds.iter().map(|world| mean(world)).collect();
    let all = mean(&means);
    let squares = |values: &[f64], about: f64| -> f64 {
        values.iter().map(|value| (value - about).powi(2)).sum()
    };
    let between = each * squares(&means, all) / (many - 1.0);
    let own = worlds.iter().zip(&means);
    let within = own.map(|(world, own)| squares(world, *own)).sum::<f64>() / (many * (each - 1.0));
    let inputs = ((between - within) / each).max(0.0);
    let total = inputs + within;
    Some(Split {
        inputs_sd: inputs.sqrt(),
        chance_sd: within.sqrt(),
        // What is left of rounding is nothing.
        inputs_share: (total > 1e-18 * all * all).then(|| inputs / total),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_never_varies_within_a_world_comes_from_the_inputs() {
        let found = split(&[vec![3.0, 3.0], vec![5.0, 5.0]]).unwrap();
        assert_eq!((found.chance_sd, found.inputs_share), (0.0, Some(1.0)));
    }

    #[test]
    fn worlds_that_are_alike_leave_it_to_chance() {
        let found = split(&[vec![1.0, 5.0], vec![5.0, 1.0]]).unwrap();
        assert_eq!((found.inputs_sd, found.inputs_share), (0.0, Some(0.0)));
    }

    #[test]
    fn one_replication_a_world_cannot_be_split() {
        assert_eq!(split(&[vec![1.0], vec![2.0]]), None);
        assert_eq!(split(&[vec![1.0, 2.0]]), None);
        let still = split(&[vec![2.0, 2.0], vec![2.0, 2.0]]).unwrap();
        assert_eq!(still.inputs_share, None);
    }
}
