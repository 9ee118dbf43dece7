//! Figures by interval: `intervals.csv` and `groups.csv`.

use std::io::{self, Write};

use super::measures::{self, Column};
use crate::stats::estimate::Estimate;
use crate::stats::summary::Summary;

/// Writes `intervals.csv`: a row a variant, queue and interval.
///
/// # Errors
///
/// When `out` can't be written.
pub fn write_intervals(summary: &Summary, out: &mut impl Write) -> io::Result<()> {
    let mut rows = Rows::new(out, "queue", &measures::QUEUE_INTERVAL)?;
    for variant in &summary.variants {
        for (queue, of_queue) in variant.queues.iter() {
            for interval in &of_queue.intervals {
                let place = [
                    &variant.name,
                    queue,
                    interval.weekday.unwrap_or(""),
                    &interval.start,
                ];
                rows.add(place, interval)?;
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
    let mut rows = Rows::new(out, "group", &measures::GROUP_INTERVAL)?;
    for variant in &summary.variants {
        for (group, of_group) in variant.groups.iter() {
            for interval in &of_group.intervals {
                let place = [
                    &variant.name,
                    group,
                    interval.weekday.unwrap_or(""),
                    &interval.start,
                ];
                rows.add(place, interval)?;
            }
        }
    }
    rows.writer.flush()
}

/// Rows of one table under its headings.
struct Rows<'a, W: Write, T: 'static> {
    writer: csv::Writer<&'a mut W>,
    columns: &'static [Column<T>],
}

impl<'a, W: Write, T> Rows<'a, W, T> {
    /// Writes the headings, whether rows follow or not.
    fn new(
        out: &'a mut W,
        subject: &'static str,
        columns: &'static [Column<T>],
    ) -> io::Result<Self> {
        let mut writer = csv::Writer::from_writer(out);
        let place = ["variant", subject, "weekday", "start"].map(str::to_owned);
        let ends = columns
            .iter()
            .flat_map(|(name, _)| ["mean", "lo", "hi"].map(|end| format!("{name}_{end}")));
        writer.write_record(place.into_iter().chain(ends))?;
        Ok(Self { writer, columns })
    }

    fn add(&mut self, place: [&str; 4], interval: &T) -> io::Result<()> {
        let cells = self
            .columns
            .iter()
            .flat_map(|(_, figure)| cells_of(&figure(interval)));
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
    fn a_table_without_rows_has_its_headings() {
        let mut summary = fixture::one_day();
        let headings = |text: String| text.lines().next().map(str::to_owned);
        let full = [
            headings(text_of(write_intervals, &summary)),
            headings(text_of(write_groups, &summary)),
        ];
        summary.variants.clear();
        let empty = [
            text_of(write_intervals, &summary),
            text_of(write_groups, &summary),
        ];
        assert_eq!(empty.each_ref().map(|text| text.lines().count()), [1, 1]);
        assert_eq!(empty.map(headings), full);
    }

    #[test]
    fn what_is_not_a_number_is_an_empty_cell() {
        let figure = Estimate {
            mean: Some(f64::NAN),
            hi: Some(f64::INFINITY),
            ..Estimate::NONE
        };
        assert_eq!(cells_of(&figure), ["", "", ""]);
    }
}
