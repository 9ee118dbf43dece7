//! A scenario for a case of the reference set, and which of its figures answers which value.

use crate::stats::estimate::Estimate;
use crate::stats::summary::{
    GroupInterval, GroupMeasures, QueueInterval, QueueMeasures, VariantSummary,
};

use super::reference::Case;
use super::{routing, single, varying};

/// A case made into a scenario.
#[derive(Debug)]
pub struct Experiment {
    /// The scenario file.
    pub text: String,
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

/// Where in a summary a figure stands.
#[derive(Debug, Clone)]
pub enum Figure {
    /// Of a queue over the horizon.
    Queue(String, fn(&QueueMeasures) -> Estimate),
    /// Of a queue in an interval.
    QueueInterval(String, usize, fn(&QueueInterval) -> Estimate),
    /// Of a group over the horizon.
    Group(String, fn(&GroupMeasures) -> Estimate),
    /// Of a group in an interval.
    GroupInterval(String, usize, fn(&GroupInterval) -> Estimate),
}

/// Why a case is not simulated.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NotSimulated {
    /// It needs a mechanism that is not there yet.
    Pending(&'static str),
    /// Its values belong to formulas.
    Formula,
}

impl Figure {
    /// The figure in a summary.
    pub fn read(&self, variant: &VariantSummary) -> Estimate {
        let found = match self {
            Self::Queue(name, figure) => variant
                .queues
                .find(name)
                .map(|queue| figure(&queue.measures)),
            Self::QueueInterval(name, slot, figure) => variant
                .queues
                .find(name)
                .and_then(|queue| queue.intervals.get(*slot))
                .map(figure),
            Self::Group(name, figure) => variant
                .groups
                .find(name)
                .map(|group| figure(&group.measures)),
            Self::GroupInterval(name, slot, figure) => variant
                .groups
                .find(name)
                .and_then(|group| group.intervals.get(*slot))
                .map(figure),
        };
        found.unwrap_or(Estimate::NONE)
    }
}

/// The scenario for a case, or why there is none.
///
/// # Errors
/// Why the case is not simulated.
pub fn experiment(case: &Case) -> Result<Experiment, NotSimulated> {
    let kind = case.case.split("-v").next().unwrap_or(&case.case);
    match kind {
        "A-MMs" | "A-MMsM" | "A-MMsG" | "A-MG1" | "A-MDs" | "A-MPHs" | "A-MMss" => {
            single::steady(case)
        }
        "A-PRIO" => single::priority(case),
        "B-V" | "B-N" | "B-X" | "B-M" | "B-OVF" => routing::skills(case),
        "B-CHAT" | "B-CHATLN" => routing::chat(case),
        "C" | "C-FH" => varying::day(case),
        "F-MMC" | "F-MMCAb" => varying::published(case),
        "F-SSJ" => varying::busyness(case),
        "A-MMsK" | "A-MMsKM" | "F-MMCB" => Err(NotSimulated::Pending("waiting places (lines)")),
        "F-CHAIN" => Err(NotSimulated::Pending(
            "waiting places (lines) shared by queues",
        )),
        "B-BLEND" | "B-BLENDQ" => Err(NotSimulated::Pending("reserve")),
        "B-RETRY" => Err(NotSimulated::Pending("retry")),
        "B-BOT" => Err(NotSimulated::Pending("bots")),
        "B-FCFS" => Err(NotSimulated::Pending("policy: longest waiting")),
        _ => Err(NotSimulated::Formula),
    }
}

/// The readings of a case, for the metrics that `figure_of` knows.
pub(super) fn readings(case: &Case, figure_of: impl Fn(&str) -> Option<Figure>) -> Vec<Reading> {
    let known = case
        .values
        .iter()
        .filter_map(|value| Some((value, figure_of(&value.metric)?)));
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
    ["p_", "sl_", "occupancy", "abandon_fraction"]
        .iter()
        .any(|start| metric.starts_with(start))
}

/// The figure of a queue for a metric that all models share.
pub(super) fn queue_figure(queue: &str, metric: &str) -> Option<Figure> {
    let figure: fn(&QueueMeasures) -> Estimate = match metric {
        "p_wait" => |m| m.delayed,
        "p_ab" | "p_block" => |m| m.abandonment,
        "asa_s" | "asa_served_s" | "mean_wait_served_s" => |m| m.asa_s,
        "mean_wait_all_s" => |m| m.wait_s.mean,
        "mean_queue" => |m| m.queue_length,
        "mean_handle_time_s" => |m| m.handle_time_s.mean,
        "mean_sojourn_s" | "mean_sojourn_served_s" => |m| m.sojourn_s.mean,
        "sl_T" => |m| m.service_levels.answered,
        "sl_answered_offered" => |m| m.service_levels.offered,
        "sl_excl_short_ab" => |m| m.service_levels.late_abandons,
        "sl_incl_short_ab" => |m| m.service_levels.early_abandons_ok,
        "wait_p50_s" | "wait_all_p50_s" => |m| m.wait_s.p50,
        "wait_p80_s" | "wait_all_p80_s" => |m| m.wait_s.p80,
        "wait_p90_s" | "wait_all_p90_s" => |m| m.wait_s.p90,
        "wait_p95_s" | "wait_all_p95_s" => |m| m.wait_s.p95,
        "wait_p99_s" => |m| m.wait_s.p99,
        "wait_served_p50_s" => |m| m.response_s.p50,
        "wait_served_p80_s" => |m| m.response_s.p80,
        "wait_served_p90_s" => |m| m.response_s.p90,
        "wait_served_p95_s" => |m| m.response_s.p95,
        _ => return None,
    };
    Some(Figure::Queue(queue.to_owned(), figure))
}

/// A distribution of times of the reference set as the scenario file writes it.
pub(super) fn law(given: &serde_json::Value) -> Option<String> {
    let number = |name: &str| given[name].as_f64();
    Some(match given["kind"].as_str()? {
        "deterministic" => format!("\"{}s\"", number("value_s").or_else(|| number("mean_s"))?),
        "exponential" => exponential(number("mean_s")?),
        kind @ ("lognormal" | "gamma") => {
            format!(
                "{{ dist = \"{kind}\", mean = \"{}s\", cv = {} }}",
                number("mean_s")?,
                number("cv")?
            )
        }
        "uniform" => format!(
            "{{ dist = \"uniform\", min = \"{}s\", max = \"{}s\" }}",
            number("lo_s")?,
            number("hi_s")?
        ),
        "erlang" => {
            format!(
                "{{ dist = \"erlang\", mean = \"{}s\", stages = {} }}",
                number("mean_s")?,
                number("shape")?
            )
        }
        "hyperexponential" => {
            let list = |name: &str, unit: &str| -> Option<String> {
                let items: Option<Vec<String>> = given[name]
                    .as_array()?
                    .iter()
                    .map(|item| Some(format!("{unit}{}{}{unit}", item.as_f64()?, s(unit))))
                    .collect();
                Some(items?.join(", "))
            };
            format!(
                "{{ dist = \"hyperexponential\", means = [{}], shares = [{}] }}",
                list("means_s", "\"")?,
                list("probs", "")?
            )
        }
        "exp_with_balk" => with_balking(number("p0")?, number("mean_s")?),
        _ => return None,
    })
}

/// Seconds, where a quantity is quoted.
fn s(unit: &str) -> &'static str {
    if unit.is_empty() { "" } else { "s" }
}

/// Zero with a chance, else exponential.
pub(super) fn with_balking(chance: f64, mean_s: f64) -> String {
    let rest = 1.0 - chance;
    format!(
        "{{ dist = \"mixture\", parts = [{{ share = {chance}, of = \"0s\" }}, {{ share = {rest}, of = {} }}] }}",
        exponential(mean_s)
    )
}

/// An exponential time of this mean.
pub(super) fn exponential(mean_s: f64) -> String {
    format!("{{ dist = \"exponential\", mean = \"{mean_s}s\" }}")
}

/// The head of a scenario whose days are counted after a warm-up.
pub(super) fn head(days: u32, interval_s: f64, warm_up_s: f64) -> String {
    format!(
        "name = \"reference\"\ncurrency = \"EUR\"\n[horizon]\nstart = \"2026-09-07\"\ndays = {days}\ninterval = \"{interval_s}s\"\n\
         warm_up = \"{warm_up_s}s\"\n"
    )
}
