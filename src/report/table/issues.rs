//! What became of what customers wanted, and what bots did for it.

use super::cell;
use super::grid::{self, Grid};
use super::notes::Notes;
use crate::report::figure::Clock;
use crate::stats::estimate::Estimate;
use crate::stats::issue_summary::{IssueMeasures, IssueSummary, TurnSummary};
use crate::stats::summary::{Differences, VariantSummary};

/// Issues by the queue of their first contact, and all of them.
pub(super) fn issues(variant: &VariantSummary, issues: &IssueSummary, notes: &mut Notes) -> Grid {
    let mut grid = Grid::new([
        "Issues from",
        "Opened",
        "Resolved",
        "Lost",
        "Of these resolved, %",
        "FCR, %",
        "Contacts an issue",
        "Waiting, mean",
        "Resolution, mean",
    ]);
    let opens_any = |measures: &IssueMeasures| {
        let opened = [measures.opened.mean, measures.carried_in.mean];
        opened.into_iter().flatten().any(|opened| opened > 0.0)
    };
    let of_queues = issues
        .queues
        .iter()
        .filter(|(_, measures)| opens_any(measures));
    let of_queues = of_queues.map(|(name, measures)| {
        let path = format!("issues.queues.{name}");
        (name.to_owned(), path, measures)
    });
    let all = ("all".to_owned(), "issues".to_owned(), &issues.measures);
    for (name, path, measures) in of_queues.chain([all]) {
        let mut mark = |figure: &str, text| notes.mark(variant, &format!("{path}.{figure}"), text);
        grid.row(vec![
            name,
            mark("opened", cell::count(&measures.opened)),
            mark("resolved", cell::count(&measures.resolved)),
            mark("lost", cell::count(&measures.lost)),
            mark("resolved_share", cell::share(&measures.resolved_share)),
            mark("fcr", cell::share(&measures.fcr)),
            mark(
                "contacts_per_issue",
                cell::ratio(&measures.contacts_per_issue),
            ),
            mark(
                "waiting_mean_s",
                cell::time(&measures.waiting_mean_s, Clock::Calendar),
            ),
            mark(
                "resolution_mean_s",
                cell::time(&measures.resolution_mean_s, Clock::Calendar),
            ),
        ]);
    }
    grid
}

/// What bots did.
pub(super) fn bots(variant: &VariantSummary, currency: &str, notes: &mut Notes) -> Grid {
    let cost = format!("Cost, {currency}");
    let each = format!("{currency} a resolution");
    let mut grid = Grid::new([
        "Bot",
        "Sessions",
        "Containment, %",
        "Resolved",
        "Handed over",
        "Messages",
        "Full, %",
        &cost,
        &each,
    ]);
    for (name, bot) in variant.bots.iter() {
        let mut mark =
            |figure: &str, text| notes.mark(variant, &format!("bots.{name}.{figure}"), text);
        grid.row(vec![
            name.to_owned(),
            mark("sessions", cell::count(&bot.sessions)),
            mark("containment", cell::share(&bot.containment)),
            mark("resolved", cell::count(&bot.resolved)),
            mark("handed_over", cell::count(&bot.handed_over)),
            mark("messages", cell::count(&bot.messages)),
            mark("full_share", cell::share(&bot.full_share)),
            mark("cost", cell::money(&bot.cost)),
            mark("cost_per_resolution", cell::money(&bot.cost_per_resolution)),
        ]);
    }
    grid
}

/// Public contacts, and whom answers to them spared asking: a line a queue.
pub(super) fn public(variant: &VariantSummary, notes: &mut Notes) -> Vec<String> {
    let mut lines = Vec::new();
    for (name, turns) in variant.turns.iter() {
        let mut mark =
            |figure: &str, text| notes.mark(variant, &format!("turns.{name}.{figure}"), text);
        let mut parts = Vec::new();
        if is_some(&turns.public) {
            let unanswered = cell::time(&turns.public_unanswered_mean_s, Clock::Calendar);
            parts.push(format!(
                "{} public, unanswered for {}",
                mark("public", cell::count(&turns.public)),
                mark("public_unanswered_mean_s", unanswered)
            ));
        }
        if is_some(&turns.need_no_answer) {
            let count = mark("need_no_answer", cell::count(&turns.need_no_answer));
            parts.push(format!("{count} need no answer"));
        }
        if is_some(&turns.prevented) {
            parts.push(format!(
                "{} prevented by answers to others: deflection {} %",
                mark("prevented", cell::count(&turns.prevented)),
                mark("deflection", cell::share(&turns.deflection))
            ));
        }
        if !parts.is_empty() {
            parts[0] = format!("{name}: {}", parts[0]);
            let word = if lines.is_empty() { "Public" } else { "" };
            lines.extend(grid::listing(word, &parts));
        }
    }
    lines
}

/// How long customers of chats in turns waited for replies, a line a queue.
pub(super) fn replies(variant: &VariantSummary, notes: &mut Notes) -> Vec<String> {
    let mut lines = Vec::new();
    for (name, turns) in variant.turns.iter() {
        if !is_some(&turns.replies) {
            continue;
        }
        let mut mark =
            |figure: &str, text| notes.mark(variant, &format!("turns.{name}.{figure}"), text);
        let wait = cell::time(&turns.reply_mean_s, Clock::Calendar);
        let parts = [
            format!("{name}: {}", mark("replies", cell::count(&turns.replies))),
            format!("each after {}", mark("reply_mean_s", wait)),
            format!(
                "left while waiting for one {}",
                mark("left_midway", cell::count(&turns.left_midway))
            ),
        ];
        let word = if lines.is_empty() { "Replies" } else { "" };
        lines.extend(grid::listing(word, &parts));
    }
    lines
}

fn is_some(figure: &Estimate) -> bool {
    figure.mean.is_some_and(|mean| mean > 0.0)
}

/// Whether anybody did anything but wait of which the table tells.
fn has_turned(turns: &TurnSummary) -> bool {
    let figures = [
        &turns.balked,
        &turns.left_silently,
        &turns.callbacks_offered,
    ];
    figures.into_iter().any(is_some)
}

/// What customers did beside waiting; `None` where nobody did anything.
pub(super) fn turns(variant: &VariantSummary, notes: &mut Notes) -> Option<Grid> {
    let mut turned = variant
        .turns
        .iter()
        .filter(|(_, turns)| has_turned(turns))
        .peekable();
    turned.peek()?;
    let mut grid = Grid::new([
        "Waiting for",
        "Balked",
        "Left silently",
        "Callbacks offered",
        "Accepted",
        "Calls made",
        "In vain",
    ]);
    for (name, turns) in turned {
        let mut mark =
            |figure: &str, text| notes.mark(variant, &format!("turns.{name}.{figure}"), text);
        grid.row(vec![
            name.to_owned(),
            mark("balked", cell::count(&turns.balked)),
            mark("left_silently", cell::count(&turns.left_silently)),
            mark("callbacks_offered", cell::count(&turns.callbacks_offered)),
            mark("callbacks_accepted", cell::count(&turns.callbacks_accepted)),
            mark("called", cell::count(&turns.called)),
            mark("not_reached", cell::count(&turns.not_reached)),
        ]);
    }
    Some(grid)
}

/// What issues cost their customers and the company, a line or two.
pub(super) fn totals(
    variant: &VariantSummary,
    issues: &IssueSummary,
    currency: &str,
    notes: &mut Notes,
) -> Vec<String> {
    let mut mark = |path: &str, text| notes.mark(variant, &format!("issues.{path}"), text);
    let measures = &issues.measures;
    let each = mark(
        "cost_per_resolution",
        cell::money(&issues.cost_per_resolution),
    );
    let outcomes = [
        format!("{currency} {each} a resolution"),
        format!(
            "open at the end {}",
            mark("open_at_end", cell::count(&measures.open_at_end))
        ),
        format!(
            "more than one queue {} %",
            mark("switched", cell::share(&measures.switched))
        ),
    ];
    let effort = &measures.effort;
    let mut share = |word: &str, path: &str, figure| {
        let text = mark(&format!("effort.{path}"), cell::share(figure));
        format!("{word} {text} %")
    };
    let efforts = [
        share("one contact", "one", &effort.one),
        share("two", "two", &effort.two),
        share("three", "three", &effort.three),
        share("more", "more", &effort.more),
    ];
    [
        grid::listing("Issues", &outcomes),
        grid::listing("", &efforts),
    ]
    .concat()
}

/// What a variant changes in issues.
pub(super) fn difference(
    variant: &VariantSummary,
    differences: &Differences,
    notes: &mut Notes,
) -> Vec<String> {
    let Some(issues) = &differences.issues else {
        return Vec::new();
    };
    let mut mark =
        |path: &str, text| notes.mark(variant, &format!("differences.issues.{path}"), text);
    let parts = [
        format!(
            "resolved {}",
            mark("resolved", cell::count_difference(&issues.resolved))
        ),
        format!(
            "lost {}",
            mark("lost", cell::count_difference(&issues.lost))
        ),
        format!(
            "FCR {} pp",
            mark("fcr", cell::share_difference(&issues.fcr))
        ),
        format!(
            "switched {} pp",
            mark("switched", cell::share_difference(&issues.switched))
        ),
    ];
    grid::listing("Issues", &parts)
}
