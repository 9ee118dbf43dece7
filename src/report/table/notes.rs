//! What the footnotes have to explain: collected while the tables are laid out.

use std::collections::BTreeSet;

use super::cell::{BOUNDS, NOTHING, OPEN};
use crate::stats::summary::{ScenarioLabel, VariantSummary};

/// A thing to be explained.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Note {
    /// A share of none or of all.
    OneSided,
    /// A figure that rests on too few events.
    TooFew,
    /// A table of differences.
    Differences,
    /// A deferred queue.
    Deferred,
    /// A time that only open hours count in.
    OpenHours,
    /// Issues of one contact or several.
    Issues,
    /// Cost by line.
    CostLines,
}

/// What was met on the way.
#[derive(Debug, Default)]
pub(super) struct Notes {
    met: BTreeSet<Note>,
    /// Definitions of the service level in use.
    pub(super) definitions: BTreeSet<String>,
    /// What is assumed of the value of customers, in the order in which it was met.
    assumptions: Vec<String>,
}

impl Notes {
    /// The text, with a mark if the figure of this path rests on too few events.
    pub(super) fn mark(&mut self, variant: &VariantSummary, path: &str, text: String) -> String {
        self.see(&text);
        if text != NOTHING && variant.has_too_few_events(path) {
            self.meet(Note::TooFew);
            format!("~{text}")
        } else {
            text
        }
    }

    /// Has this explained.
    pub(super) fn meet(&mut self, note: Note) {
        self.met.insert(note);
    }

    /// Has assumptions listed, each once.
    pub(super) fn assume(&mut self, assumptions: &[String]) {
        for line in assumptions {
            if !self.assumptions.contains(line) {
                self.assumptions.push(line.clone());
            }
        }
    }

    /// Looks for what has to be explained in a cell.
    pub(super) fn see(&mut self, text: &str) {
        if text.contains(OPEN) {
            self.meet(Note::OpenHours);
        }
        if BOUNDS.iter().any(|bound| text.contains(bound)) {
            self.meet(Note::OneSided);
        }
    }

    /// What is assumed of the value of customers, under a line that says so; nothing where nothing is.
    fn assumed(&self, currency: &str) -> Vec<String> {
        let mut lines = Vec::new();
        if !self.assumptions.is_empty() {
            lines.push(format!(
                "   value is no money that goes out; it rests on assumptions of the scenario, in {currency}:"
            ));
            let of = self.assumptions.iter();
            lines.extend(of.map(|line| format!("   - {line}")));
        }
        lines
    }

    /// The footnotes, one a line.
    pub(super) fn lines(&self, label: &ScenarioLabel) -> Vec<String> {
        let interval = label.batches > 1;
        let unit = label.unit();
        let mut lines = Vec::new();
        let met = |note| self.met.contains(&note);
        let mut add = |wanted: bool, line: &str| {
            if wanted {
                lines.push(line.to_owned());
            }
        };
        add(
            interval,
            &format!(
                "±  half the width of the 95 % confidence interval over {unit}s; counts, hours and cost are per {unit}"
            ),
        );
        add(
            true,
            "   p90: 90 % lie below; delayed: not started at once; days met: share of the days on which the target is met",
        );
        add(!interval, "   one replication, so no confidence intervals");
        add(
            met(Note::OneSided),
            "≤  none was counted (≥: all were): the interval is one-sided, and its end is rounded outwards",
        );
        add(
            met(Note::TooFew),
            "~  rests on too few events for a trustworthy interval",
        );
        add(
            met(Note::Differences),
            "*  the interval excludes zero: the difference is real; differences are paired by replication, pp = percentage points",
        );
        add(
            met(Note::Deferred),
            "†  deferred queue: response, from arrival to the reply, in place of the wait",
        );
        add(
            met(Note::OpenHours),
            "‡  counted in open hours: the time in which the queue is closed is left out",
        );
        add(
            met(Note::Issues),
            "   an issue is what a customer wants, over all contacts; FCR: resolved, with no contact soon after the first answer",
        );
        add(
            met(Note::CostLines),
            "   cost lines add up to the cost, channels to the total; a month is a twelfth of 365.25 days",
        );
        lines.extend(self.assumed(&label.currency));
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
        "no_short" => {
            "answered in time / (answered + abandoned, without those abandoned within `short`)"
        }
        _ => "as defined in the scenario",
    }
}
