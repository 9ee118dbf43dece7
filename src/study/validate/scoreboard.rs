//! What came out: each value, what was simulated, how far apart they are in standard errors, and whether the z-scores as a
//! whole are those of an honest simulator.

use serde::Serialize;
use statrs::distribution::{ContinuousCDF, Normal, StudentsT};

use crate::scenario::{Scenario, name_hash};
use crate::sim::parallel::Workers;
use crate::stats::estimate::Estimate;
use crate::stats::student::t_quantile;
use crate::stats::summary::{Stopped, VariantSummary};
use crate::study::run::{RunError, Study};

use super::experiment::{Experiment, NotSimulated, Reading, experiment};
use super::reference::{Case, cases};

/// Replications between two looks at the precision.
const BATCH: u64 = 40;
/// Shares are wanted this much closer than `precision`, which is relative to other values' size.
const SHARE_PRECISION: f64 = 0.4;
/// A share, or a rate of something rare, that is fewer standard errors than this from nothing or from all rests on fewer
/// than about 50 events.
const ENOUGH_ERRORS: f64 = 7.0;

/// How closely values are to be reproduced.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Effort {
    /// Half-width of the 95 % intervals relative to the value; shares are known to within 0.4 of it.
    pub precision: f64,
    /// The most contacts simulated for one case.
    pub most_contacts: f64,
    /// The seed.
    pub seed: u64,
}

/// Everything that came out.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Scoreboard {
    /// Each value simulated.
    pub rows: Vec<Row>,
    /// Cases that need a mechanism that is not there yet.
    pub pending: Vec<Pending>,
    /// Values that belong to formulas, or that no figure of a run answers.
    pub left_to_formulas: usize,
    /// The z-scores as a whole.
    pub fit: Fit,
}

/// One value.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Row {
    /// The case.
    pub case: String,
    /// What it is.
    pub metric: String,
    /// What it should be.
    pub exact: f64,
    /// What was simulated.
    pub simulated: Estimate,
    /// How far apart they are, as a standard normal; nothing where too few events happened.
    pub z: Option<f64>,
    /// Whether the interval is as narrow as wanted.
    pub is_precise: bool,
    /// Replications.
    pub replications: u64,
}

/// A case not simulated yet.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Pending {
    /// The case.
    pub case: String,
    /// How many values it has.
    pub values: usize,
    /// What it needs.
    pub needs: &'static str,
}

/// Whether z-scores are standard normal.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Fit {
    /// How many values have a z-score.
    pub scored: usize,
    /// The largest |z|.
    pub largest: f64,
    /// The share with |z| above 2.6 (0.93 % of a standard normal).
    pub above_2_6: f64,
    /// The share with |z| at most 1.96 (95 % of a standard normal).
    pub inside_95: f64,
    /// Anderson and Darling's A² of one value a case, since the values of a case are correlated.
    pub anderson_darling: f64,
    /// The chance of so large an A² from a standard normal.
    pub p_value: f64,
}

/// Simulates every case whose name or metric contains `pattern`. `done` is told of each case's name.
///
/// # Errors
/// When posts breed without bound, which no case does.
pub fn validate(
    pattern: &str,
    effort: &Effort,
    workers: &Workers,
    done: &dyn Fn(&str),
) -> Result<Scoreboard, RunError> {
    let mut board = Scoreboard {
        rows: Vec::new(),
        pending: Vec::new(),
        left_to_formulas: 0,
        fit: Fit::of(&[]),
    };
    let mut firsts = Vec::new();
    for case in cases() {
        let is_wanted = |metric: &str| format!("{}/{metric}", case.case).contains(pattern);
        if !case.values.iter().any(|value| is_wanted(&value.metric)) {
            continue;
        }
        match experiment(&case) {
            Err(NotSimulated::Formula) => board.left_to_formulas += case.values.len(),
            Err(NotSimulated::Pending(needs)) => {
                board.pending.push(Pending {
                    case: case.case.clone(),
                    values: case.values.len(),
                    needs,
                });
            }
            Ok(mut experiment) => {
                board.left_to_formulas += case.values.len() - experiment.readings.len();
                experiment
                    .readings
                    .retain(|reading| is_wanted(&reading.metric));
                let rows = simulate(&case, &experiment, effort, workers)?;
                firsts.extend(rows.iter().find_map(|row| row.z));
                board.rows.extend(rows);
            }
        }
        done(&case.case);
    }
    board.fit = Fit::of(&board.rows).with_firsts(firsts);
    Ok(board)
}

fn simulate(
    case: &Case,
    experiment: &Experiment,
    effort: &Effort,
    workers: &Workers,
) -> Result<Vec<Row>, RunError> {
    let scenario = Scenario::parse(&experiment.text, &case.case, |_| {
        Err("no data files".to_owned())
    });
    let compiled = scenario.and_then(|scenario| scenario.compile());
    let compiled = compiled.unwrap_or_else(|problems| {
        panic!("the scenario made for {} is faulty: {problems}", case.case)
    });
    // Each case has luck of its own, else a lucky seed would show in all of them.
    let seed = effort.seed ^ name_hash(&case.case);
    let study = Study::new(&compiled, |_| false, Some(seed));
    let mut tally = study.empty_tally();
    loop {
        tally.merge(&study.tally(
            tally.replications..tally.replications + BATCH,
            workers,
            &|| (),
        )?);
        let summary = study.summary(&tally, Stopped::Replications);
        let base = &summary.variants[0];
        let rows = experiment
            .readings
            .iter()
            .map(|reading| row(case, reading, base, tally.replications, effort.precision));
        let rows: Vec<Row> = rows.collect();
        let contacts = base.demand.wanted.mean.unwrap_or(0.0) * tally.replications as f64;
        let next = contacts / tally.replications as f64 * BATCH as f64;
        if rows.iter().all(|row| row.is_precise) || contacts + next > effort.most_contacts {
            return Ok(rows);
        }
    }
}

fn row(
    case: &Case,
    reading: &Reading,
    base: &VariantSummary,
    replications: u64,
    precision: f64,
) -> Row {
    let simulated = reading.figure.read(base);
    let error = standard_error(simulated, replications);
    let wanted = if reading.is_share {
        SHARE_PRECISION * precision
    } else {
        precision * reading.exact.abs()
    };
    let half = simulated.half_width();
    Row {
        case: case.case.clone(),
        metric: reading.metric.clone(),
        exact: reading.exact,
        simulated,
        z: z_score(reading, simulated, error, replications),
        is_precise: half.is_some_and(|half| half <= wanted.max(1e-12)),
        replications,
    }
}

/// The standard error behind an interval; on the logit scale of a share its ends are not equally far.
fn standard_error(estimate: Estimate, replications: u64) -> Option<f64> {
    Some(estimate.half_width()? / t_quantile(replications)?)
}

/// The distance in standard errors, turned from Student's t to a standard normal. Nothing where too few events happened.
fn z_score(
    reading: &Reading,
    simulated: Estimate,
    error: Option<f64>,
    replications: u64,
) -> Option<f64> {
    let (mean, error) = (simulated.mean?, error?);
    let distance = mean - reading.exact;
    let error = error.hypot(reading.exact_error);
    let from_edge = if reading.is_share {
        reading.exact.min(1.0 - reading.exact)
    } else {
        reading.exact
    };
    if error <= 0.0 || from_edge < ENOUGH_ERRORS * error {
        return None;
    }
    let t = StudentsT::new(0.0, 1.0, (replications - 1) as f64).ok()?;
    let share = t.cdf(-(distance / error).abs()).max(1e-300);
    Some(-distance.signum() * Normal::standard().inverse_cdf(share))
}

impl Fit {
    fn of(rows: &[Row]) -> Self {
        let scores: Vec<f64> = rows.iter().filter_map(|row| row.z).collect();
        let share = |holds: &dyn Fn(f64) -> bool| {
            let held = scores.iter().filter(|z| holds(z.abs())).count();
            if scores.is_empty() {
                0.0
            } else {
                held as f64 / scores.len() as f64
            }
        };
        Self {
            scored: scores.len(),
            largest: scores.iter().fold(0.0, |largest, z| z.abs().max(largest)),
            above_2_6: share(&|z| z > 2.6),
            inside_95: share(&|z| z <= 1.96),
            anderson_darling: 0.0,
            p_value: 1.0,
        }
    }

    fn with_firsts(self, mut firsts: Vec<f64>) -> Self {
        if firsts.is_empty() {
            return self;
        }
        firsts.sort_by(f64::total_cmp);
        let anderson_darling = anderson_darling(&firsts);
        Self {
            anderson_darling,
            p_value: 1.0 - anderson_darling_cdf(anderson_darling),
            ..self
        }
    }
}

/// A² of sorted values against a standard normal.
///
/// # Formula
/// A² = −n − (1/n)·Σ (2i − 1)·(ln Φ(zᵢ) + ln(1 − Φ(zₙ₊₁₋ᵢ)))
///
/// # Source
/// Anderson, Darling, "A test of goodness of fit", JASA 49 (1954), 765-769.
fn anderson_darling(sorted: &[f64]) -> f64 {
    let n = sorted.len();
    let normal = Normal::standard();
    let term = |i: usize| {
        let below = normal.cdf(sorted[i]).clamp(1e-300, 1.0);
        let above = normal.sf(sorted[n - 1 - i]).clamp(1e-300, 1.0);
        (2 * i + 1) as f64 * (below.ln() + above.ln())
    };
    -(n as f64) - (0..n).map(term).sum::<f64>() / n as f64
}

/// The limiting distribution of A² where the null hypothesis holds, to about 2e-6.
///
/// # Source
/// Marsaglia, Marsaglia, "Evaluating the Anderson-Darling distribution", Journal of Statistical Software 9(2) (2004).
fn anderson_darling_cdf(a: f64) -> f64 {
    let horner = |factors: &[f64]| {
        factors
            .iter()
            .rev()
            .fold(0.0, |sum, factor| sum * a + factor)
    };
    if a <= 0.0 {
        0.0
    } else if a < 2.0 {
        let factors = [
            2.000_12,
            0.247_105,
            -0.064_982_1,
            0.034_796_2,
            -0.011_672_0,
            0.001_686_91,
        ];
        (-1.233_714_1 / a).exp() / a.sqrt() * horner(&factors)
    } else {
        let factors = [
            1.077_6,
            -2.306_95,
            0.434_24,
            -0.082_433,
            0.008_056,
            -0.000_314_6,
        ];
        (-horner(&factors).exp()).exp()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_distribution_of_a_squared_is_the_printed_one() {
        // Upper points printed by Anderson and Darling (1954): 1.933 at 10 %, 2.492 at 5 %, 3.857 at 1 %.
        for (a, share) in [(1.933, 0.90), (2.492, 0.95), (3.857, 0.99)] {
            assert!((anderson_darling_cdf(a) - share).abs() < 5e-4, "{a}");
        }
    }

    #[test]
    fn normal_scores_fit_and_shifted_ones_do_not() {
        let normal = Normal::standard();
        let scores: Vec<f64> = (0..100)
            .map(|i| normal.inverse_cdf((f64::from(i) + 0.5) / 100.0))
            .collect();
        assert!(1.0 - anderson_darling_cdf(anderson_darling(&scores)) > 0.99);
        let shifted: Vec<f64> = scores.iter().map(|z| z + 0.5).collect();
        assert!(1.0 - anderson_darling_cdf(anderson_darling(&shifted)) < 0.001);
    }
}
