//! Calls with e-mails in between, for which agents are kept free.

use super::experiment::{Experiment, readings};
use super::figure::Figure;
use super::reference::Case;
use super::single::{Pace, steady_head};
use super::written::{exponential, group, per_hour, queue};

/// Inbound calls that may leave, and e-mails that are begun only while more than so many agents are idle.
pub(super) fn blending(case: &Case) -> Option<Experiment> {
    let inbound_per_h = case
        .number("lambda_per_h")
        .or_else(|| case.number("lambda_inbound_per_h"))?;
    let (inbound_s, email_s) = (case.number("aht_inbound_s")?, case.number("aht_email_s")?);
    let (servers, reserve) = (case.number("s")?, case.number("reserved_idle_agents")?);
    let patience_s = case.number("mean_patience_s")?;
    // More than could ever be handled.
    let overload_per_h = 3.0 * servers * 3_600.0 / email_s;
    let email_per_h = case.number("lambda_email_per_h").unwrap_or(overload_per_h);

    let mut inbound = queue(
        "inbound",
        per_hour(inbound_per_h),
        exponential(inbound_s),
        case.threshold(),
    );
    inbound.patience = Some(exponential(patience_s));
    let mut email = queue(
        "email",
        per_hour(email_per_h),
        exponential(email_s),
        case.threshold(),
    );
    if email_per_h >= overload_per_h {
        // An endless backlog: a short line that is always full.
        email.more.push(format!("lines = {}", servers + 30.0));
    }
    let mut group = group("g", &["inbound".to_owned()], servers.to_string());
    let skill = format!("{{ queue = \"email\", reserve = {reserve} }}");
    group.skills.push(skill);
    let head = steady_head(Pace {
        arrivals_per_h: inbound_per_h,
        mean_s: inbound_s.max(email_s),
        servers,
        patience_s: Some(patience_s),
    });
    let figure = |metric: &str| match metric {
        "occupancy" => Figure::of_group("g", metric),
        "mean_email_backlog" => Figure::of_queue("email", "mean_queue"),
        "mean_email_wait_s" => Figure::of_queue("email", "asa_s"),
        "email_throughput_per_h" => Figure::of_queue("email", "throughput_per_h"),
        "mean_agents_on_email" => Figure::of_queue("email", "mean_agents"),
        "mean_agents_on_inbound" => Figure::of_queue("inbound", "mean_agents"),
        _ => Figure::of_queue("inbound", &metric.replacen("_inbound", "", 1)),
    };
    Some(Experiment {
        readings: readings(case, figure),
        ..Experiment::of(&head, &[inbound, email], &[group])
    })
}
