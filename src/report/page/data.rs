//! The figures that the page's charts are drawn from: the JSON document of a run, with intervals in columns.

use std::fmt::Write;

use serde::Serialize;

use crate::report::csv::measures::{Column, GROUP_INTERVAL, QUEUE_INTERVAL};
use crate::report::material::Material;
use crate::stats::frontier::Frontier;
use crate::stats::summary::{Named, ScenarioLabel, Summary, VariantSummary};
use crate::study::marginal::Marginal;

/// More rows of intervals would make the page too large for a mail; those of later variants are left out.
const MOST_ROWS: usize = 60_000;

/// Figures of queues that the page shows by interval.
const QUEUE_COLUMNS: [&str; 10] = [
    "offered",
    "service_level",
    "abandonment",
    "wait_mean_s",
    "wait_p90_s",
    "response_mean_s",
    "response_p90_s",
    "queue_length",
    "backlog",
    "backlog_age_p90_s",
];
const GROUP_COLUMNS: [&str; 4] = ["heads", "staffed", "busy", "occupancy"];
/// Those whose doubt it shows as well.
const WITH_ENDS: [&str; 4] = ["service_level", "wait_p90_s", "response_p90_s", "occupancy"];

#[derive(Serialize)]
struct Data<'a> {
    schema: &'static str,
    version: &'static str,
    scenario: &'a ScenarioLabel,
    /// As in the JSON document of a run, but for the intervals.
    variants: &'a [VariantSummary],
    frontiers: &'a [Frontier],
    #[serde(skip_serializing_if = "Option::is_none")]
    marginal: Option<&'a Marginal>,
    slots: Vec<Slot<'a>>,
    intervals: Vec<Intervals>,
}

#[derive(Serialize)]
struct Slot<'a> {
    weekday: Option<&'static str>,
    start: &'a str,
}

/// The intervals of a variant; nothing where they would be too many.
#[derive(Serialize, Default)]
struct Intervals {
    queues: Named<Named<Columns>>,
    groups: Named<Named<Columns>>,
}

/// A figure over all slots.
#[derive(Serialize)]
struct Columns {
    mean: Vec<Option<f64>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    lo: Vec<Option<f64>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    hi: Vec<Option<f64>>,
}

/// The figures as JSON that may stand within a script element.
pub(super) fn json(material: &Material<'_>) -> Result<String, serde_json::Error> {
    let summary = material.summary;
    let bare = without_intervals(summary);
    let data = Data {
        schema: "channelmix.page/1",
        version: Material::VERSION,
        scenario: &summary.scenario,
        variants: &bare.variants,
        frontiers: &summary.frontiers,
        marginal: material.marginal,
        slots: slots(summary),
        intervals: intervals(summary),
    };
    Ok(safe(&serde_json::to_string(&data)?))
}

/// Nothing in it can end the script element or begin a comment.
fn safe(json: &str) -> String {
    let mut safe = String::with_capacity(json.len());
    for letter in json.chars() {
        match letter {
            '<' | '>' | '&' | '\u{2028}' | '\u{2029}' => {
                let _ = write!(safe, "\\u{:04x}", u32::from(letter));
            }
            _ => safe.push(letter),
        }
    }
    safe
}

fn without_intervals(summary: &Summary) -> Summary {
    let mut bare = summary.clone();
    for variant in &mut bare.variants {
        variant
            .queues
            .0
            .iter_mut()
            .for_each(|(_, queue)| queue.intervals.clear());
        variant
            .groups
            .0
            .iter_mut()
            .for_each(|(_, group)| group.intervals.clear());
    }
    bare
}

fn slots(summary: &Summary) -> Vec<Slot<'_>> {
    let base = &summary.variants[0];
    let queue = base.queues.iter().next().map(|(_, queue)| &queue.intervals);
    let intervals = queue.into_iter().flatten();
    intervals
        .map(|interval| Slot {
            weekday: interval.weekday,
            start: &interval.start,
        })
        .collect()
}

/// For each variant whether its intervals are on the page: the first ones, as long as they are not too many.
fn are_shown(summary: &Summary) -> Vec<bool> {
    let mut rows = 0;
    let variants = summary.variants.iter();
    variants
        .map(|variant| {
            let slots = variant.queues.iter().next();
            let slots = slots.map_or(0, |(_, queue)| queue.intervals.len());
            rows += slots * (variant.queues.0.len() + variant.groups.0.len());
            rows <= MOST_ROWS
        })
        .collect()
}

/// The mixes whose intervals would make the page too large.
pub(super) fn without_intervals_shown(summary: &Summary) -> Vec<&str> {
    let variants = summary.variants.iter().zip(are_shown(summary));
    let left_out = variants.filter(|(_, is_shown)| !is_shown);
    left_out.map(|(variant, _)| variant.name.as_str()).collect()
}

fn intervals(summary: &Summary) -> Vec<Intervals> {
    let of_variant = |(variant, is_shown): (&VariantSummary, bool)| {
        if !is_shown {
            return Intervals::default();
        }
        let queues = variant.queues.iter();
        let groups = variant.groups.iter();
        Intervals {
            queues: queues
                .map(|(name, of)| {
                    (
                        name.to_owned(),
                        columns(&QUEUE_INTERVAL, &QUEUE_COLUMNS, &of.intervals),
                    )
                })
                .collect(),
            groups: groups
                .map(|(name, of)| {
                    (
                        name.to_owned(),
                        columns(&GROUP_INTERVAL, &GROUP_COLUMNS, &of.intervals),
                    )
                })
                .collect(),
        }
    };
    let variants = summary.variants.iter().zip(are_shown(summary));
    variants.map(of_variant).collect()
}

fn columns<T>(all: &[Column<T>], wanted: &[&str], intervals: &[T]) -> Named<Columns> {
    let chosen = all.iter().filter(|(name, _)| wanted.contains(name));
    let columns = chosen.map(|(name, figure)| {
        let of = |part: fn(&crate::stats::estimate::Estimate) -> Option<f64>| -> Vec<Option<f64>> {
            intervals
                .iter()
                .map(|interval| part(&figure(interval)).map(short))
                .collect()
        };
        let has_ends = WITH_ENDS.contains(name);
        let ends = |part| if has_ends { of(part) } else { Vec::new() };
        let columns = Columns {
            mean: of(|figure| figure.mean),
            lo: ends(|figure| figure.lo),
            hi: ends(|figure| figure.hi),
        };
        ((*name).to_owned(), columns)
    });
    let columns = columns.filter(|(_, columns)| columns.mean.iter().any(Option::is_some));
    columns.collect()
}

/// To four significant digits, which is more than a chart shows.
fn short(value: f64) -> f64 {
    format!("{value:.3e}").parse().unwrap_or(value)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::fixture;

    #[test]
    fn nothing_ends_the_script_element() {
        assert_eq!(safe("</script><!--"), "\\u003c/script\\u003e\\u003c!--");
    }

    #[test]
    fn mixes_beyond_what_a_page_holds_are_named_and_have_no_intervals() {
        let mut summary = fixture::week();
        assert_eq!(without_intervals_shown(&summary), Vec::<&str>::new());
        let first = summary.variants[0].clone();
        let rows = 336 * (first.queues.0.len() + first.groups.0.len());
        summary.variants = vec![first; MOST_ROWS / rows + 1];
        summary.variants.last_mut().unwrap().name = "the last".to_owned();
        let left_out = without_intervals_shown(&summary);
        assert_eq!(left_out.last(), Some(&"the last"));
        assert_eq!(left_out.len(), 1, "{left_out:?}");
        let shown = intervals(&summary);
        assert!(shown[shown.len() - 2].queues.iter().next().is_some());
        assert!(shown[shown.len() - 1].queues.is_empty());
    }

    #[test]
    fn numbers_of_intervals_have_four_digits() {
        let pairs = [
            (0.812_345_6, 0.8123),
            (12_345.6, 12_350.0),
            (0.0, 0.0),
            (3.0, 3.0),
        ];
        for (value, wanted) in pairs {
            assert!((short(value) - wanted).abs() < 1e-12, "{value}");
        }
    }
}
