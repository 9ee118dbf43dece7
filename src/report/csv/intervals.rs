//! Figures by interval: `intervals.csv` and `groups.csv`.

use std::io::{self, Write};

use super::measures::{self, Figures};
use crate::stats::estimate::Estimate;
use crate::stats::summary::Summary;

/// Writes `intervals.csv`: a row a variant, queue and interval.
///
/// # Errors
///
/// When `out` can't be written.
pub fn write_intervals(summary: &Summary, out: &mut impl Write) -> io::Result<()> {
    let mut rows = Rows::new(out, "queue");
    for variant in &summary.variants {
        for (queue, of_queue) in variant.queues.iter() {
            for interval in &of_queue.intervals {
                let place = [
                    &variant.name,
                    queue,
                    interval.weekday.unwrap_or(""),
                    &interval.start,
                ];
                rows.add(place, &measures::of_queue_interval(interval))?;
            }
        }
    }
    rows.writer.flush()
}

/// Writes `groups.csv`: a row a variant, group and interval.
///
/// # Errors
///
/// When `out` can't be written.
pub fn write_groups(summary: &Summary, out: &mut impl Write) -> io::Result<()> {
    let mut rows = Rows::new(out, "group");
    for variant in &summary.variants {
        for (group, of_group) in variant.groups.iter() {
            for interval in &of_group.intervals {
                let place = [
                    &variant.name,
                    group,
                    interval.weekday.unwrap_or(""),
                    &interval.start,
                ];
                rows.add(place, &measures::of_group_interval(interval))?;
            }
        }
    }
    rows.writer.flush()
}

/// Rows of one table; the first brings the headings.
struct Rows<'a, W: Write> {
    writer: csv::Writer<&'a mut W>,
    subject: &'static str,
    begun: bool,
}

impl<'a, W: Write> Rows<'a, W> {
    fn new(out: &'a mut W, subject: &'static str) -> Self {
        Self {
            writer: csv::Writer::from_writer(out),
            subject,
            begun: false,
        }
    }

    fn add(&mut self, place: [&str; 4], figures: &Figures) -> io::Result<()> {
        if !self.begun {
            let mut headings: Vec<String> = ["variant", self.subject, "weekday", "start"]
                .map(str::to_owned)
                .to_vec();
            for (name, _) in figures {
                headings.extend(["mean", "lo", "hi"].map(|end| format!("{name}_{end}")));
            }
            self.writer.write_record(&headings)?;
            self.begun = true;
        }
        let cells = figures.iter().flat_map(|(_, figure)| cells_of(figure));
        self.writer
            .write_record(place.map(str::to_owned).into_iter().chain(cells))?;
        Ok(())
    }
}

/// Mean and interval of a figure, empty where there is none.
pub(super) fn cells_of(figure: &Estimate) -> [String; 3] {
    [figure.mean, figure.lo, figure.hi].map(|number| match number {
        Some(number) if number.is_finite() => number.to_string(),
        Some(_) | None => String::new(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::fixture;

    fn text_of(
        write: impl Fn(&Summary, &mut Vec<u8>) -> io::Result<()>,
        summary: &Summary,
    ) -> String {
        let mut out = Vec::new();
        write(summary, &mut out).expect("a vector takes every byte");
        String::from_utf8(out).expect("CSV is UTF-8")
    }

    #[test]
    fn there_is_a_row_a_variant_queue_and_interval() {
        let text = text_of(write_intervals, &fixture::week());
        let lines: Vec<_> = text.lines().collect();
        assert_eq!(
            lines.len(),
            1 + (5 * 4 - 1) * 336,
            "one variant has no phone"
        );
        insta::assert_snapshot!([lines[0], lines[1], lines[20], lines[700]].join("\n"));
    }

    #[test]
    fn groups_have_theirs_and_a_day_has_no_weekday() {
        let text = text_of(write_groups, &fixture::one_day());
        let lines: Vec<_> = text.lines().collect();
        insta::assert_snapshot!([lines[0], lines[1], lines[3]].join("\n"));
    }

    #[test]
    fn what_is_not_a_number_is_an_empty_cell() {
        let figure = Estimate {
            mean: Some(f64::NAN),
            lo: None,
            hi: Some(f64::INFINITY),
        };
        assert_eq!(cells_of(&figure), ["", "", ""]);
    }
}
