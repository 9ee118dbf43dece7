//! The whole report: a heading, a block a variant, footnotes.

use std::io::{self, Write};

use super::cell;
use super::costs;
use super::details::grids;
use super::differences;
use super::grid::{self, Grid, WIDTH};
use super::groups;
use super::issues;
use super::notes::{Note, Notes};
use crate::report::figure::grouped;
use crate::stats::summary::{ScenarioLabel, Summary, VariantSummary};

/// Writes the summary as tables of at most 120 columns, closed by a line feed.
///
/// # Errors
///
/// When `out` can't be written.
pub fn write(summary: &Summary, out: &mut impl Write) -> io::Result<()> {
    let label = &summary.scenario;
    writeln!(out, "{}", label.name)?;
    writeln!(out, "{}", basis(label))?;
    let mut notes = Notes::default();
    for variant in &summary.variants {
        block(variant, &label.currency, &mut notes, out)?;
    }
    writeln!(out)?;
    for line in notes.lines(label) {
        writeln!(out, "{line}")?;
    }
    Ok(())
}

/// What was simulated, and why no more.
pub(super) fn basis(label: &ScenarioLabel) -> String {
    let plural = |number: f64, thing: &str| {
        let ending = if number > 1.0 { "s" } else { "" };
        format!("{} {thing}{ending}", grouped(number, 0))
    };
    let why = label.stopped.words();
    let batches = label.in_batches();
    format!(
        "{} from {} ({}), {} ({why}){batches}, seed {}",
        plural(f64::from(label.days), "day"),
        label.start,
        label.time_zone,
        plural(label.replications as f64, "replication"),
        label.seed
    )
}

/// A rule over the whole width with a name in it.
pub(super) fn heading(name: &str) -> String {
    let rest = usize::from(WIDTH).saturating_sub(name.chars().count() + 4);
    format!("━━ {name} {}", "━".repeat(rest))
}

fn block(
    variant: &VariantSummary,
    currency: &str,
    notes: &mut Notes,
    out: &mut impl Write,
) -> io::Result<()> {
    let name = &variant.name;
    writeln!(out, "\n{}", heading(name))?;
    for (_, grid) in grids(variant, currency, notes) {
        put(&grid, out)?;
    }
    writeln!(out)?;
    for line in groups::further_targets(variant, notes) {
        writeln!(out, " {line}")?;
    }
    totals(variant, currency, notes, out)?;
    if let Some(of) = &variant.issues {
        let totals = issues::totals(variant, of, currency, notes);
        let public = issues::public(variant, notes);
        let replies = issues::replies(variant, notes);
        totals
            .iter()
            .chain(&public)
            .chain(&replies)
            .try_for_each(|line| writeln!(out, "{line}"))?;
    }
    let Some(differences) = &variant.differences else {
        return Ok(());
    };
    notes.meet(Note::Differences);
    writeln!(out, "\n {name}, less base")?;
    put(
        &differences::queues(variant, differences, currency, notes),
        out,
    )?;
    writeln!(out)?;
    let totals = differences::totals(variant, differences, currency, notes);
    let money = costs::difference(variant, differences, currency, notes);
    let issues = issues::difference(variant, differences, notes);
    totals
        .iter()
        .chain(&money)
        .chain(&issues)
        .try_for_each(|line| writeln!(out, "{line}"))
}

/// Cost and demand of the whole.
fn totals(
    variant: &VariantSummary,
    currency: &str,
    notes: &mut Notes,
    out: &mut impl Write,
) -> io::Result<()> {
    let mut mark = |path: &str, text| notes.mark(variant, path, text);
    let cost = &variant.cost;
    let total = mark("cost.total", cell::money(&cost.total));
    let per_contact = mark("cost.per_contact", cell::money(&cost.per_contact));
    let mut parts = vec![
        format!("{currency} {total} in total"),
        format!("{per_contact} a contact"),
    ];
    let rates = cost.currencies.iter();
    parts.extend(rates.map(|(code, rate)| format!("one {code} is {rate} {currency}")));
    grid::listing("Cost", &parts)
        .iter()
        .try_for_each(|line| writeln!(out, "{line}"))?;
    let demand = &variant.demand;
    let mut count = |path: &str, figure| mark(&format!("demand.{path}"), cell::count(figure));
    let mut counts = vec![
        format!("wanted {}", count("wanted", &demand.wanted)),
        format!("served {}", count("served", &demand.served)),
        format!("moved {}", count("moved", &demand.moved)),
        format!("lost {}", count("lost", &demand.lost)),
        format!("contained {}", count("contained", &demand.contained)),
        format!(
            "open at the end {}",
            count("open_at_end", &demand.open_at_end)
        ),
    ];
    if variant.bots.is_empty() {
        counts.retain(|count| !count.starts_with("contained"));
    }
    let mut share = |path: &str, figure| mark(&format!("demand.{path}"), cell::share(figure));
    let shares = [
        format!(
            "of wanted: served {} %",
            share("served_share", &demand.served_share)
        ),
        format!("lost {} %", share("lost_share", &demand.lost_share)),
    ];
    let lines = [grid::listing("Demand", &counts), grid::listing("", &shares)];
    lines
        .concat()
        .iter()
        .try_for_each(|line| writeln!(out, "{line}"))
}

/// A table after an empty line.
fn put(grid: &Grid, out: &mut impl Write) -> io::Result<()> {
    writeln!(out)?;
    grid.lines().try_for_each(|line| writeln!(out, "{line}"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::fixture;
    use crate::stats::estimate::Estimate;

    fn text_of(summary: &Summary) -> String {
        let mut out = Vec::new();
        write(summary, &mut out).expect("a vector takes every byte");
        String::from_utf8(out).expect("tables are UTF-8")
    }

    #[test]
    fn a_week_of_five_mixes() {
        insta::assert_snapshot!(text_of(&fixture::week()));
    }

    #[test]
    fn a_day_of_one_replication() {
        insta::assert_snapshot!(text_of(&fixture::one_day()));
    }

    #[test]
    fn four_queues_fit_in_120_columns() {
        let mut summary = fixture::week();
        for scale in [1.0, 1e3, 1e-6] {
            fixture::for_each_estimate(&mut summary, |figure| {
                *figure = Estimate::around(figure.mean.unwrap_or(1.0) * scale, scale * 0.3);
            });
            for line in text_of(&summary).lines() {
                assert!(
                    line.chars().count() <= 120,
                    "{} columns: {line}",
                    line.chars().count()
                );
            }
        }
    }

    #[test]
    fn every_queue_of_many_has_its_rows() {
        let four = fixture::sketches();
        let many: Vec<_> = (0..27).map(|at| four[at % 4]).collect();
        let text = text_of(&fixture::week_of(&many));
        assert_eq!(
            text.lines()
                .filter(|line| line.starts_with(" chat "))
                .count(),
            2 * 7
        );
    }

    #[test]
    fn no_figure_at_all_is_told_by_dashes() {
        let mut summary = fixture::week();
        fixture::for_each_estimate(&mut summary, |figure| {
            *figure = Estimate::point(f64::NAN);
        });
        let text = text_of(&summary);
        assert!(!text.contains("NaN") && text.contains(" - "));
    }
}
