//! A scenario for a case of the reference set, and which of its figures answers which value.

use super::figure::Figure;
use super::reference::Case;
use super::written::{GroupText, Head, QueueText};
use super::{arrivals, blending, journeys, routing, single, varying};

/// A case made into a scenario.
#[derive(Debug)]
pub struct Experiment {
    /// The scenario file.
    pub text: String,
    /// Its volume file.
    pub volumes: Option<String>,
    /// The seconds of its horizon that count.
    pub window_s: f64,
    /// The values that it answers.
    pub readings: Vec<Reading>,
}

/// A known value, and the figure that should agree with it.
#[derive(Debug)]
pub struct Reading {
    /// The value's name.
    pub metric: String,
    /// The known value.
    pub exact: f64,
    /// Its own standard error, where it was simulated.
    pub exact_error: f64,
    /// Whether it is a share, known well enough to within 0.002; others to within 0.5 % of their value.
    pub is_share: bool,
    /// Where the figure stands.
    pub figure: Figure,
}

impl Experiment {
    /// A scenario of queues and groups; no figure is read yet.
    pub(super) fn of(head: &Head, queues: &[QueueText], groups: &[GroupText]) -> Self {
        let queues = queues.iter().map(ToString::to_string);
        let groups = groups.iter().map(ToString::to_string);
        let parts = std::iter::once(head.to_string())
            .chain(queues)
            .chain(groups);
        Self {
            text: parts.collect(),
            volumes: None,
            window_s: f64::from(head.days) * super::written::DAY_S - head.warm_up_s,
            readings: Vec::new(),
        }
    }
}

/// The scenario for a case; `None` where its values belong to formulas.
pub fn experiment(case: &Case) -> Option<Experiment> {
    match case.kind() {
        "A-MMs" | "A-MMsM" | "A-MMsK" | "A-MMsKM" | "A-MMsG" | "A-MG1" | "A-MDs" | "A-MPHs" => {
            single::steady(case)
        }
        "A-MMss" | "E-OVF" => single::loss(case),
        "A-PRIO" => single::priority(case),
        "B-V" | "B-N" | "B-X" | "B-M" | "B-OVF" | "B-FCFS" => routing::skills(case),
        "F-CHAIN" if case.number("s").is_some() => single::steady(case),
        "F-CHAIN" => routing::chain(case),
        "B-BLEND" | "B-BLENDQ" => blending::blending(case),
        "B-CHAT" | "B-CHATLN" => routing::chat(case),
        "B-RETRY" => journeys::retry(case),
        "B-BOT" => journeys::bot(case),
        "C" | "C-FH" => varying::day(case),
        "C-MOL" => arrivals::sinusoid(case),
        "E-HAWKES" => arrivals::posts(case),
        "F-MMC" | "F-MMCAb" | "F-MMCB" => varying::published(case),
        "F-SSJ" => varying::busyness(case),
        _ => None,
    }
}

/// The readings of a case, for the metrics that `figure_of` knows. Values that were printed without an interval, rounded as
/// they are, prove nothing.
pub(super) fn readings(case: &Case, figure_of: impl Fn(&str) -> Option<Figure>) -> Vec<Reading> {
    let is_simulated = case.values.iter().any(|value| value.ci95_half.is_some());
    let known = case.values.iter().filter_map(|value| {
        let is_known = value.ci95_half.is_some() || !is_simulated;
        is_known.then_some((value, figure_of(&value.metric)?))
    });
    known
        .map(|(value, figure)| Reading {
            metric: value.metric.clone(),
            exact: value.value,
            exact_error: value.ci95_half.unwrap_or(0.0) / 1.96,
            is_share: is_share(&value.metric),
            figure,
        })
        .collect()
}

fn is_share(metric: &str) -> bool {
    let starts = [
        "p_",
        "sl_",
        "occupancy",
        "abandon_fraction",
        "frac_",
        "good_over",
        "abandoned_over",
        "served_in_target_over",
        "total_loss",
    ];
    starts.iter().any(|start| metric.starts_with(start))
}
