//! Every figure over the horizon, one a row: `summary.csv`.

use std::io::{self, Write};

use super::intervals::cells_of;
use crate::stats::named::{self, Figures};
use crate::stats::summary::{CostSummary, Summary};

/// Writes `summary.csv`: a row a figure, in long form.
///
/// # Errors
///
/// When `out` can't be written.
pub fn write_summary(summary: &Summary, out: &mut impl Write) -> io::Result<()> {
    let mut writer = csv::Writer::from_writer(out);
    writer.write_record(["variant", "kind", "name", "measure", "mean", "lo", "hi"])?;
    for variant in &summary.variants {
        let mut part = Part {
            writer: &mut writer,
            variant: &variant.name,
            suffix: "",
        };
        for (name, queue) in variant.queues.iter() {
            part.add("queue", name, named::of_queue(&queue.measures))?;
        }
        for (name, group) in variant.groups.iter() {
            part.add("group", name, named::of_group(&group.measures))?;
        }
        part.add_cost(&variant.cost)?;
        part.add("demand", "", named::of_demand(&variant.demand))?;
        if let Some(issues) = &variant.issues {
            part.add("issues", "", named::of_issues(issues))?;
            for (name, of_queue) in issues.queues.iter() {
                part.add("issues", name, named::of_issue_measures(of_queue))?;
            }
        }
        for (name, turns) in variant.turns.iter() {
            part.add("turns", name, named::of_turns(turns))?;
        }
        for (name, bot) in variant.bots.iter() {
            part.add("bot", name, named::of_bot(bot))?;
        }
        let Some(differences) = &variant.differences else {
            continue;
        };
        part.suffix = "_difference";
        for (name, queue) in differences.queues.iter() {
            part.add("queue", name, named::of_queue(queue))?;
        }
        for (name, group) in differences.groups.iter() {
            part.add("group", name, named::of_group(group))?;
        }
        part.add_cost(&differences.cost)?;
        part.add("demand", "", named::of_demand(&differences.demand))?;
        if let Some(issues) = &differences.issues {
            part.add("issues", "", named::of_issue_measures(issues))?;
        }
    }
    writer.flush()
}

/// The rows of one variant, or of its differences.
struct Part<'a, W: Write> {
    writer: &'a mut csv::Writer<W>,
    variant: &'a str,
    suffix: &'static str,
}

impl<W: Write> Part<'_, W> {
    fn add(&mut self, kind: &str, name: &str, figures: Figures) -> io::Result<()> {
        let kind = format!("{kind}{}", self.suffix);
        for (measure, figure) in figures {
            let [mean, lo, hi] = cells_of(&figure);
            self.writer
                .write_record([self.variant, &kind, name, &measure, &mean, &lo, &hi])?;
        }
        Ok(())
    }

    /// The cost in total (without a name), of each group and of each queue.
    fn add_cost(&mut self, cost: &CostSummary) -> io::Result<()> {
        let pair = |total, per_contact| {
            vec![
                ("total".to_owned(), total),
                ("per_contact".to_owned(), per_contact),
            ]
        };
        self.add("cost", "", pair(cost.total, cost.per_contact))?;
        for (name, paid) in cost.groups.iter() {
            self.add("group", name, vec![("cost".to_owned(), *paid)])?;
        }
        for (name, queue) in cost.queues.iter() {
            let figures = [
                ("cost", queue.cost),
                ("cost_per_contact", queue.per_contact),
            ];
            let figures = figures
                .map(|(measure, figure)| (measure.to_owned(), figure))
                .to_vec();
            self.add("queue", name, figures)?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::fixture;

    #[test]
    fn every_figure_has_its_row() {
        let mut out = Vec::new();
        write_summary(&fixture::one_day(), &mut out).expect("a vector takes every byte");
        insta::assert_snapshot!(String::from_utf8(out).expect("CSV is UTF-8"));
    }

    #[test]
    fn differences_are_named_so() {
        let mut out = Vec::new();
        write_summary(&fixture::week(), &mut out).expect("a vector takes every byte");
        let text = String::from_utf8(out).expect("CSV is UTF-8");
        let of = |kind: &str| {
            text.lines()
                .filter(|line| line.split(',').nth(1) == Some(kind))
                .count()
        };
        assert!(of("queue_difference") > 0 && of("demand_difference") == 4 * 8);
        assert_eq!(of("cost"), 5 * 2);
    }
}
