//! Every figure over the horizon, one a row: `summary.csv`.

use std::io::{self, Write};

use super::intervals::cells_of;
use crate::stats::named::{self, Figures};
use crate::stats::summary::{CostSummary, Named, PartCost, Summary, ValueSummary};

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
        part.add_value(variant.value.as_ref())?;
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
        part.add_value(differences.value.as_ref())?;
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

    /// The cost in total (without a name), of each group, each channel and each queue.
    fn add_cost(&mut self, cost: &CostSummary) -> io::Result<()> {
        let total = PartCost {
            cost: cost.total,
            per_contact: cost.per_contact,
            per_resolution: cost.per_resolution,
            per_service_level_point: cost.per_service_level_point,
            lines: cost.lines.clone(),
        };
        let mut figures = named::of_part_cost(&total);
        "total".clone_into(&mut figures[0].0);
        self.add("cost", "", figures)?;
        for (name, paid) in cost.groups.iter() {
            let mut figures = vec![("cost".to_owned(), *paid)];
            let lines = cost.group_lines.find(name).into_iter();
            let lines = lines.flat_map(Named::iter);
            figures.extend(lines.map(|(line, paid)| (format!("cost_lines.{line}"), *paid)));
            if let Some(time) = cost.paid_time.find(name) {
                let time = named::of_paid_time(time).into_iter();
                figures
                    .extend(time.map(|(measure, figure)| (format!("paid_time.{measure}"), figure)));
            }
            self.add("group", name, figures)?;
        }
        for (kind, parts) in [("channel", &cost.channels), ("queue", &cost.queues)] {
            for (name, part) in parts.iter() {
                let figures = named::of_part_cost(part).into_iter();
                let under_cost = |(measure, figure): (String, _)| match measure.as_str() {
                    "cost" => (measure, figure),
                    _ => (format!("cost_{measure}"), figure),
                };
                self.add(kind, name, figures.map(under_cost).collect())?;
            }
        }
        Ok(())
    }

    /// Value, under a kind that says that all of it is assumed: in total, by channel, by queue, and of who was turned away.
    fn add_value(&mut self, value: Option<&ValueSummary>) -> io::Result<()> {
        let Some(value) = value else {
            return Ok(());
        };
        self.add("value_assumed", "", named::of_part_value(&value.total))?;
        for (kind, parts) in [("channels", &value.channels), ("queues", &value.queues)] {
            for (name, part) in parts.iter() {
                let name = format!("{kind}.{name}");
                self.add("value_assumed", &name, named::of_part_value(part))?;
            }
        }
        let turned_away = named::of_part_value(&value.turned_away);
        self.add("value_assumed", "turned_away", turned_away)
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
        assert_eq!(of("cost"), 5 * 4);
    }
}
