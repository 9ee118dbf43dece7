//! The summary of a run.

use std::io::{self, Write};

use serde::Serialize;

use super::document::Document;
use crate::stats::frontier::Frontier;
use crate::stats::summary::{ScenarioLabel, Summary, VariantSummary};
use crate::study::marginal::Marginal;

const SCHEMA: &str = "channelmix.summary/1";

#[derive(Serialize)]
struct Content<'a> {
    scenario: &'a ScenarioLabel,
    variants: &'a [VariantSummary],
    #[serde(skip_serializing_if = "<[Frontier]>::is_empty")]
    frontiers: &'a [Frontier],
    #[serde(skip_serializing_if = "Option::is_none")]
    marginal: Option<&'a Marginal>,
}

/// Writes the summary, and what one agent more or fewer is worth where that is known, as JSON on one line, closed by a line feed: with indentation it would be three times as large.
///
/// Numbers are written as they are; what is not a number (nothing over nothing) is `null`.
///
/// # Errors
///
/// When `out` can't be written.
pub fn write(
    summary: &Summary,
    marginal: Option<&Marginal>,
    out: &mut impl Write,
) -> io::Result<()> {
    serde_json::to_writer(&mut *out, &document(summary, marginal))?;
    writeln!(out)
}

fn document<'a>(summary: &'a Summary, marginal: Option<&'a Marginal>) -> Document<Content<'a>> {
    Document {
        schema: SCHEMA,
        content: Content {
            scenario: &summary.scenario,
            variants: &summary.variants,
            frontiers: &summary.frontiers,
            marginal,
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::fixture;
    use crate::stats::estimate::Estimate;

    fn text_of(summary: &Summary) -> String {
        let mut out = Vec::new();
        write(summary, None, &mut out).expect("a vector takes every byte");
        String::from_utf8(out).expect("JSON is UTF-8")
    }

    #[test]
    fn a_day_of_one_queue_reads_as_documented() {
        let summary = fixture::one_day();
        // Indented for those who compare snapshots.
        let text = serde_json::to_string_pretty(&document(&summary, None)).unwrap();
        insta::assert_snapshot!(text);
    }

    #[test]
    fn a_document_is_one_line() {
        let text = text_of(&fixture::week());
        assert_eq!(text.lines().count(), 1);
        assert!(text.ends_with("}\n") && text.starts_with("{\"schema\":\"channelmix.summary/1\","));
    }

    #[test]
    fn a_number_that_is_none_is_null() {
        let mut summary = fixture::one_day();
        summary.variants[0].cost.total = Estimate::point(f64::NAN);
        summary.variants[0].cost.per_contact = Estimate::around(f64::INFINITY, 1.0);
        let text = text_of(&summary);
        let read: serde_json::Value = serde_json::from_str(&text).unwrap();
        assert_eq!(read["schema"], SCHEMA);
        assert!(read["variants"][0]["cost"]["total"]["mean"].is_null());
        assert!(read["variants"][0]["cost"]["per_contact"]["hi"].is_null());
        assert!(!text.contains("NaN") && !text.contains("inf"));
    }

    #[test]
    fn queues_keep_the_order_of_the_scenario() {
        let text = text_of(&fixture::week());
        let places: Vec<_> = ["phone", "chat", "email", "social"]
            .map(|name| text.find(&format!("\"{name}\":{{")))
            .into_iter()
            .collect();
        assert!(places.is_sorted() && places[0].is_some(), "{places:?}");
    }
}
