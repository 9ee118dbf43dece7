//! Scenarios of customers who come back, and of bots in front of a queue.

use super::experiment::{Experiment, readings};
use super::figure::Figure;
use super::reference::Case;
use super::single::{Pace, steady_head};
use super::written::{exponential, group, per_hour, queue};

/// The variant in which those who come back have a queue of their own, served in one line with the others.
const APART: &str = "apart";

/// Customers who abandoned or found all lines taken try again.
pub(super) fn retry(case: &Case) -> Option<Experiment> {
    let rate = case.number("lambda_fresh_per_h")?;
    let mean_s = case.number("aht_s")?;
    let servers = case.number("s")?;
    let delay_s = case.number("mean_redial_delay_s")?;
    let patience_s = case.number("mean_patience_s");
    let chance = case
        .number("p_redial_after_abandon")
        .or_else(|| case.number("p_redial_if_blocked"))?;
    let delay = exponential(delay_s);
    let retry = format!("retry = {{ chance = {chance}, delay = {delay} }}");
    let queues = [("q", rate), ("again", 0.0)].map(|(name, rate)| {
        let mut queue = queue(name, per_hour(rate), exponential(mean_s), case.threshold());
        queue.patience = patience_s.map(exponential);
        queue.more.push(retry.clone());
        queue
    });
    let names = queues.each_ref().map(|queue| queue.name.clone());
    let mut group = group("g", &names, servers.to_string());
    group.more.push("policy = \"longest_waiting\"".to_owned());
    if patience_s.is_none() {
        group.more.push(format!(
            "[trunks.all]\nlines = {servers}\nqueues = [\"q\", \"again\"]"
        ));
    }
    group.more.push(format!(
        "[[variants]]\nname = \"{APART}\"\nset = {{ \"queues.q.retry.to\" = \"again\" }}"
    ));
    let head = steady_head(Pace {
        arrivals_per_h: rate,
        mean_s,
        servers,
        patience_s: patience_s.map(|patience| patience + delay_s),
    });
    let figure = |metric: &str| match metric {
        "mean_in_orbit" => Some(Figure::of_issues(|issues| issues.away)),
        "attempts_per_fresh_call" => Some(Figure::of_issues(|issues| {
            issues.measures.contacts_per_issue
        })),
        "frac_fresh_never_served" => Some(Figure::lost_issues()),
        "retry_rate_per_h" => Some(Figure::per_hour_offered("again").in_variant(APART)),
        "mean_wait_per_attempt_s" => Figure::of_queue("q", "mean_wait_all_s"),
        "occupancy" => Figure::of_group("g", metric),
        _ => attempt(metric),
    };
    Some(Experiment {
        readings: readings(case, figure),
        ..Experiment::of(&head, &queues, &[group])
    })
}

/// A figure of all attempts, or of the first ones.
fn attempt(metric: &str) -> Option<Figure> {
    if let Some(measure) = metric.strip_suffix("_fresh") {
        return Figure::of_all("q", measure).map(|figure| figure.in_variant(APART));
    }
    let measure = metric.strip_suffix("_attempt").unwrap_or(metric);
    Figure::of_all("q", measure).or_else(|| Figure::of_queue("q", measure))
}

/// A bot that contains some and hands the others over.
pub(super) fn bot(case: &Case) -> Option<Experiment> {
    let rate = case.number("lambda_per_h")?;
    let mean_s = case.number("aht_human_s")?;
    let servers = case.number("s")?;
    let patience_s = case.number("mean_patience_s")?;
    let session_s = case.number("mean_bot_time_s")?;
    let contained = case.number("p_contained")?;
    let mut queue = queue("q", per_hour(rate), exponential(mean_s), case.threshold());
    queue.patience = Some(exponential(patience_s));
    let sessions = case
        .number("bot_sessions")
        .map(|sessions| format!("\nsessions = {sessions}"));
    let mut group = group("g", &["q".to_owned()], servers.to_string());
    group.more.push(format!(
        "[bots.b]\nqueues = [\"q\"]\nsession = {}\nresolved = {contained}{}",
        exponential(session_s),
        sessions.unwrap_or_default()
    ));
    let head = steady_head(Pace {
        arrivals_per_h: rate,
        mean_s,
        servers,
        patience_s: Some(patience_s + session_s),
    });
    let figure = |metric: &str| match metric {
        "frac_contained" => Some(Figure::contained_share("q")),
        "p_bot_full" => Some(Figure::of_bot("b", |bot| bot.full_share)),
        "mean_bot_sessions" => Some(Figure::of_bot("b", |bot| bot.mean_sessions)),
        "human_arrivals_per_h" => Some(Figure::per_hour_at_agents("q")),
        "occupancy_human" => Figure::of_group("g", "occupancy"),
        "mean_wait_all_human_s" => Figure::of_queue("q", "mean_wait_all_s"),
        _ => Figure::of_queue("q", metric.strip_suffix("_human")?),
    };
    Some(Experiment {
        readings: readings(case, figure),
        ..Experiment::of(&head, &[queue], &[group])
    })
}
