//! What became of what customers wanted, and what bots did for it.

use super::cell;
use super::grid::{self, Grid};
use super::notes::Notes;
use crate::report::figure::Clock;
use crate::stats::issue_summary::{IssueMeasures, IssueSummary};
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

/// What customers did beside waiting.
pub(super) fn turns(variant: &VariantSummary, notes: &mut Notes) -> Grid {
    let mut grid = Grid::new([
        "Waiting for",
        "Balked",
        "Left silently",
        "Callbacks offered",
        "Accepted",
        "Calls made",
        "In vain",
    ]);
    for (name, turns) in variant.turns.iter() {
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
    grid
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
