//! The scenario files of cases, as text.

use std::fmt;

/// The date of the first day, a Monday.
pub(super) const START: &str = "2026-09-07";
pub(super) const DAY_S: f64 = 86_400.0;
/// The volume file of a scenario that has one.
pub(super) const VOLUMES: &str = "volumes.csv";

/// Name, currency and horizon.
#[derive(Debug, Clone)]
pub(super) struct Head {
    pub(super) days: u32,
    pub(super) interval_s: f64,
    pub(super) warm_up_s: f64,
}

/// A queue.
#[derive(Debug, Clone)]
pub(super) struct QueueText {
    pub(super) name: String,
    pub(super) arrivals: String,
    pub(super) handle_time: String,
    pub(super) patience: Option<String>,
    pub(super) within_s: f64,
    /// Further lines.
    pub(super) more: Vec<String>,
}

/// A group.
#[derive(Debug, Clone)]
pub(super) struct GroupText {
    pub(super) name: String,
    pub(super) skills: Vec<String>,
    pub(super) staff: String,
    /// Further lines.
    pub(super) more: Vec<String>,
}

impl fmt::Display for Head {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(out, "name = \"reference\"\ncurrency = \"EUR\"")?;
        writeln!(out, "[horizon]\nstart = \"{START}\"\ndays = {}", self.days)?;
        writeln!(out, "interval = \"{}s\"", self.interval_s)?;
        writeln!(out, "warm_up = \"{}s\"", self.warm_up_s)
    }
}

impl fmt::Display for QueueText {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(out, "[queues.{}]\nchannel = \"phone\"", self.name)?;
        writeln!(out, "arrivals = {}", self.arrivals)?;
        writeln!(out, "handle_time = {}", self.handle_time)?;
        if let Some(patience) = &self.patience {
            writeln!(out, "patience = {patience}")?;
        }
        let within_s = self.within_s;
        writeln!(out, "target = {{ share = 0.8, within = \"{within_s}s\" }}")?;
        self.more
            .iter()
            .try_for_each(|line| writeln!(out, "{line}"))
    }
}

impl fmt::Display for GroupText {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(out, "[groups.{}]", self.name)?;
        writeln!(out, "skills = [{}]", self.skills.join(", "))?;
        writeln!(out, "staff = {}\nwage = 1", self.staff)?;
        self.more
            .iter()
            .try_for_each(|line| writeln!(out, "{line}"))
    }
}

/// The only queue, or one of several.
pub(super) fn queue(name: &str, arrivals: String, handle_time: String, within_s: f64) -> QueueText {
    QueueText {
        name: name.to_owned(),
        arrivals,
        handle_time,
        patience: None,
        within_s,
        more: Vec::new(),
    }
}

/// A group with plain skills.
pub(super) fn group(name: &str, queues: &[String], staff: String) -> GroupText {
    GroupText {
        name: name.to_owned(),
        skills: queues.iter().map(|queue| format!("\"{queue}\"")).collect(),
        staff,
        more: Vec::new(),
    }
}

/// Contacts an hour, at all times.
pub(super) fn per_hour(rate: f64) -> String {
    format!("{{ per_hour = {rate} }}")
}

/// Contacts in each interval of the day.
pub(super) fn per_interval(counts: impl Iterator<Item = f64>) -> String {
    format!("{{ per_interval = {} }}", list(counts))
}

/// Numbers in brackets.
pub(super) fn list(values: impl Iterator<Item = f64>) -> String {
    let values: Vec<_> = values.map(|value| value.to_string()).collect();
    format!("[{}]", values.join(", "))
}

/// A distribution of times of the reference set as the scenario file writes it.
pub(super) fn law(given: &serde_json::Value) -> Option<String> {
    let number = |name: &str| given[name].as_f64();
    Some(match given["kind"].as_str()? {
        "deterministic" => constant(number("value_s").or_else(|| number("mean_s"))?),
        "exponential" => exponential(number("mean_s")?),
        kind @ ("lognormal" | "gamma") => {
            let (mean, cv) = (number("mean_s")?, number("cv")?);
            format!("{{ dist = \"{kind}\", mean = \"{mean}s\", cv = {cv} }}")
        }
        "uniform" => {
            let (lo, hi) = (number("lo_s")?, number("hi_s")?);
            format!("{{ dist = \"uniform\", min = \"{lo}s\", max = \"{hi}s\" }}")
        }
        "erlang" => {
            let (mean, stages) = (number("mean_s")?, number("shape")?);
            format!("{{ dist = \"erlang\", mean = \"{mean}s\", stages = {stages} }}")
        }
        "hyperexponential" => {
            let means = numbers(&given["means_s"])?;
            let means: Vec<_> = means.iter().map(|mean| constant(*mean)).collect();
            let shares = list(numbers(&given["probs"])?.into_iter());
            let means = means.join(", ");
            format!("{{ dist = \"hyperexponential\", means = [{means}], shares = {shares} }}")
        }
        "exp_with_balk" => with_balking(number("p0")?, number("mean_s")?),
        _ => return None,
    })
}

/// A list of numbers.
pub(super) fn numbers(list: &serde_json::Value) -> Option<Vec<f64>> {
    list.as_array()?
        .iter()
        .map(serde_json::Value::as_f64)
        .collect()
}

/// Always this time.
pub(super) fn constant(seconds: f64) -> String {
    format!("\"{seconds}s\"")
}

/// An exponential time of this mean.
pub(super) fn exponential(mean_s: f64) -> String {
    format!("{{ dist = \"exponential\", mean = \"{mean_s}s\" }}")
}

/// Zero with a chance, else exponential.
pub(super) fn with_balking(chance: f64, mean_s: f64) -> String {
    let rest = 1.0 - chance;
    let parts = [(chance, constant(0.0)), (rest, exponential(mean_s))];
    let parts = parts.map(|(share, of)| format!("{{ share = {share}, of = {of} }}"));
    format!("{{ dist = \"mixture\", parts = [{}] }}", parts.join(", "))
}

/// A number that is whole and not below zero.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a small whole number"
)]
pub(super) fn count(value: f64) -> usize {
    value.round() as usize
}
