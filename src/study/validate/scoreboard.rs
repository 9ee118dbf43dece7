//! What came out: each value, what was simulated, how far apart they are in standard errors, and whether the z-scores as a
//! whole are those of an honest simulator.

use serde::Serialize;
use statrs::distribution::{ContinuousCDF, Normal, StudentsT};

use crate::scenario::model::Compiled;
use crate::scenario::{Scenario, name_hash};
use crate::sim::parallel::Workers;
use crate::stats::estimate::Estimate;
use crate::stats::student::t_quantile;
use crate::stats::summary::Stopped;
use crate::stats::tally::Tally;
use crate::study::run::{RunError, Study};

use super::experiment::{Experiment, Reading, experiment};
use super::figure::Outcome;
use super::fit::Fit;
use super::reference::{Case, cases};

/// Replications before the first look at the precision; later looks come after a quarter more.
const BATCH: u64 = 40;
/// Shares are wanted this much closer than `precision`, which is relative to other values' size.
const SHARE_PRECISION: f64 = 0.4;
/// A share, or a rate of something rare, that is fewer standard errors than this from nothing or from all rests on fewer
/// than about 50 events.
const ENOUGH_ERRORS: f64 = 7.0;

/// How closely values are to be reproduced.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Effort {
    /// Half-width of the 95 % intervals relative to the value; shares are to be known to within 0.4 of it.
    pub precision: f64,
    /// The most contacts simulated for one case.
    pub most_contacts: u64,
    /// The seed.
    pub seed: u64,
}

/// Everything that came out.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Scoreboard {
    /// Each value simulated.
    pub rows: Vec<Row>,
    /// Values that belong to formulas, or that no figure of a run answers: `case/metric`.
    pub left_to_formulas: Vec<String>,
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
    /// Whether the interval is wider than wanted because no more contacts were allowed.
    pub capped: bool,
    /// Replications.
    pub replications: u64,
}

/// Which values are asked for: those whose name, `case/metric`, holds this text.
#[derive(Debug, Clone, Copy)]
pub struct Pattern<'a>(pub &'a str);

impl Pattern<'_> {
    fn holds(self, case: &Case, metric: &str) -> bool {
        format!("{}/{metric}", case.case).contains(self.0)
    }

    /// The cases with a value that is asked for.
    pub fn cases(self) -> Vec<Case> {
        let mut cases = cases();
        for case in &mut cases {
            let mut values = std::mem::take(&mut case.values);
            values.retain(|value| self.holds(case, &value.metric));
            case.values = values;
        }
        cases.retain(|case| !case.values.is_empty());
        cases
    }
}

/// Simulates cases, of which only the values asked for are left. `done` is told of each.
///
/// # Errors
/// When no threads can be had.
pub fn validate(
    cases: &[Case],
    effort: &Effort,
    workers: &Workers,
    done: &dyn Fn(),
) -> Result<Scoreboard, RunError> {
    let (mut rows, mut left_to_formulas) = (Vec::new(), Vec::new());
    let mut firsts = Vec::new();
    for case in cases {
        let mut left = |is_left: &dyn Fn(&str) -> bool| {
            let metrics = case.values.iter().map(|value| value.metric.as_str());
            let metrics = metrics.filter(|metric| is_left(metric));
            left_to_formulas.extend(metrics.map(|metric| format!("{}/{metric}", case.case)));
        };
        match experiment(case) {
            None => left(&|_| true),
            Some(experiment) => {
                let read =
                    |metric: &str| experiment.readings.iter().any(|row| row.metric == metric);
                left(&|metric| !read(metric));
                let simulated = simulate(case, &experiment, effort, workers)?;
                firsts.extend(simulated.iter().find_map(|row| row.z));
                rows.extend(simulated);
            }
        }
        done();
    }
    let scores: Vec<f64> = rows.iter().filter_map(|row: &Row| row.z).collect();
    Ok(Scoreboard {
        rows,
        left_to_formulas,
        fit: Fit::of(&scores, firsts),
    })
}

fn compile(case: &Case, experiment: &Experiment) -> Compiled {
    let volumes = |_: &str| {
        let volumes = experiment
            .volumes
            .as_ref()
            .map(|text| text.clone().into_bytes());
        volumes.ok_or_else(|| "no data files".to_owned())
    };
    let scenario = Scenario::parse(&experiment.text, &case.case, volumes);
    let compiled = scenario.and_then(|scenario| scenario.compile());
    compiled.unwrap_or_else(|problems| {
        panic!("the scenario made for {} is faulty: {problems}", case.case)
    })
}

/// Runs a case until all its values are known well enough, or as long as is allowed.
fn simulate(
    case: &Case,
    experiment: &Experiment,
    effort: &Effort,
    workers: &Workers,
) -> Result<Vec<Row>, RunError> {
    let compiled = compile(case, experiment);
    // Each case has luck of its own, else a lucky seed would show in all of them.
    let seed = effort.seed ^ name_hash(&case.case);
    // The variants differ in what is counted only: one that nobody reads is not run.
    let is_read = |name: &str| {
        experiment
            .readings
            .iter()
            .any(|row| row.figure.variant == name)
    };
    let study = Study::new(&compiled, is_read, Some(seed));
    let mut tally = study.empty_tally();
    loop {
        let batch = BATCH.max(tally.replications / 4);
        let next = tally.replications..tally.replications + batch;
        tally.merge(&study.tally(next, workers, &|| ())?);
        let rows = rows(case, experiment, &study, &tally, effort.precision);
        let contacts = contacts(&study, &tally);
        let another = contacts * batch as f64 / tally.replications as f64;
        let is_enough = contacts + another > effort.most_contacts as f64;
        if is_enough || rows.iter().all(|row| !row.capped) {
            return Ok(rows);
        }
    }
}

/// How many contacts of all variants were simulated so far.
fn contacts(study: &Study<'_>, tally: &Tally) -> f64 {
    let summary = study.summary(tally, Stopped::Replications);
    let wanted = summary
        .variants
        .iter()
        .filter_map(|one| one.demand.wanted.mean);
    wanted.sum::<f64>() * tally.replications as f64
}

fn rows(
    case: &Case,
    experiment: &Experiment,
    study: &Study<'_>,
    tally: &Tally,
    precision: f64,
) -> Vec<Row> {
    let summary = study.summary(tally, Stopped::Replications);
    let one = |reading: &Reading| {
        let name = reading.figure.variant;
        let mut variants = summary.variants.iter().zip(&tally.variants);
        let (summary, tally_of) = variants
            .find(|(variant, _)| variant.name == name)
            .expect("every variant that is read is run");
        let outcome = Outcome {
            summary,
            tally: tally_of,
            replications: tally.replications,
            window_s: experiment.window_s,
        };
        row(case, reading, outcome, precision)
    };
    experiment.readings.iter().map(one).collect()
}

fn row(case: &Case, reading: &Reading, outcome: Outcome<'_>, precision: f64) -> Row {
    let simulated = reading.figure.read(outcome);
    let replications = outcome.replications;
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
        z: z_score(reading, simulated, replications),
        capped: half.is_none_or(|half| half > wanted.max(1e-12)),
        replications,
    }
}

/// The distance in standard errors, turned from Student's t to a standard normal. Nothing where too few events happened.
fn z_score(reading: &Reading, simulated: Estimate, replications: u64) -> Option<f64> {
    let mean = simulated.mean?;
    let distance = mean - reading.exact;
    // The ends of an interval are not equally far: what counts is how far it reaches towards the known value.
    let reach = if distance > 0.0 {
        mean - simulated.lo?
    } else {
        simulated.hi? - mean
    };
    let error = (reach / t_quantile(replications)?).hypot(reading.exact_error);
    // An estimate from a handful of events is too small and so is its error, hence the smaller of the two.
    let low = mean.min(reading.exact);
    let high = mean.max(reading.exact);
    let from_edge = if reading.is_share {
        low.min(1.0 - high)
    } else {
        low
    };
    if error <= 0.0 || from_edge < ENOUGH_ERRORS * error {
        return None;
    }
    let t = StudentsT::new(0.0, 1.0, (replications - 1) as f64).ok()?;
    let share = t.cdf(-(distance / error).abs()).max(1e-300);
    Some(-distance.signum() * Normal::standard().inverse_cdf(share))
}
