//! What the footnotes have to explain: collected while the tables are laid out.

use std::collections::BTreeSet;

use super::cell::NOTHING;
use crate::stats::summary::VariantSummary;

/// What was met on the way.
#[derive(Debug, Default)]
pub(super) struct Notes {
    /// A figure that rests on too few events.
    pub(super) too_few: bool,
    /// A deferred queue.
    pub(super) deferred: bool,
    /// A table of differences.
    pub(super) differences: bool,
    /// Definitions of the service level in use.
    pub(super) definitions: BTreeSet<String>,
}

impl Notes {
    /// The text, with a mark if the figure of this path rests on too few events.
    pub(super) fn mark(&mut self, variant: &VariantSummary, path: &str, text: String) -> String {
        let covers = |marked: &String| {
            let rest = path.strip_prefix(marked.as_str());
            rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
        };
        if text != NOTHING && variant.too_few_events.iter().any(covers) {
            self.too_few = true;
            format!("~{text}")
        } else {
            text
        }
    }

    /// The footnotes, one a line.
    pub(super) fn lines(&self, interval: bool) -> Vec<String> {
        let mut lines = Vec::new();
        let mut add = |wanted: bool, line: &str| {
            if wanted {
                lines.push(line.to_owned());
            }
        };
        add(
            interval,
            "±  half the width of the 95 % confidence interval over replications; counts, hours and cost are per replication",
        );
        add(
            true,
            "   p90: 90 % lie below; delayed: not started at once; days met: share of the days on which the target is met",
        );
        add(!interval, "   one replication, so no confidence intervals");
        add(
            self.too_few,
            "~  rests on too few events for a trustworthy interval",
        );
        add(
            self.differences,
            "*  the interval excludes zero: the difference is real; differences are paired by replication, pp = percentage points",
        );
        add(
            self.deferred,
            "†  deferred queue: response, from arrival to the reply, in place of the wait",
        );
        for definition in &self.definitions {
            lines.push(format!(
                "   service level by {definition}: {}",
                formula(definition)
            ));
        }
        lines
    }
}

/// What a definition of the service level divides by what.
fn formula(definition: &str) -> &'static str {
    match definition {
        "answered" => "answered in time / answered",
        "offered" => "answered in time / (answered + abandoned)",
        "late_abandons" => "answered in time / (answered + abandoned after the threshold)",
        "early_abandons_ok" => {
            "(answered in time + abandoned before the threshold) / (answered + abandoned)"
        }
        "no_short" => "answered in time / (answered + abandoned, without those abandoned at once)",
        _ => "as defined in the scenario",
    }
}
