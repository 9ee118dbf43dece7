//! Whether files can be compared: what must be the same, and what the reader should know that is not.

use crate::scenario::model::{Compiled, Model};
use crate::time::SimTime;

/// A scenario and what its mixes are called by.
#[derive(Debug)]
pub struct Source<'a> {
    /// The name of its file without `.toml`; empty where it is the only one.
    pub name: String,
    /// The scenario.
    pub compiled: &'a Compiled,
}

fn base<'a>(source: &Source<'a>) -> &'a Model {
    &source.compiled.variants[0].model
}

/// Why the files cannot be compared at all.
pub(super) fn refusals(sources: &[Source<'_>]) -> Vec<String> {
    let mut refusals = Vec::new();
    let first = &sources[0];
    for other in &sources[1..] {
        let mut add = |what: &str, own: String, others: String| {
            if own != others {
                refusals.push(format!(
                    "{} and {} cannot be compared: {what} is {own} in the one and {others} in the other",
                    first.name, other.name
                ));
            }
        };
        let of = |source: &Source<'_>| source.compiled.currency.clone();
        add("the currency", of(first), of(other));
        let of = |source: &Source<'_>| format!("{} days", base(source).calendar.days().len());
        add("the horizon", of(first), of(other));
        let of = |source: &Source<'_>| {
            format!(
                "{} h",
                base(source).warm_up.since(SimTime::START).as_hours()
            )
        };
        add("the warm-up", of(first), of(other));
        let of = |source: &Source<'_>| match base(source).batches {
            None => "not cut".to_owned(),
            Some(batches) => format!("cut into batches of {} days", batches.days),
        };
        add("the horizon", of(first), of(other));
    }
    refusals
}

/// What differs between files so that the reader should know.
pub(super) fn differing(sources: &[Source<'_>]) -> Vec<String> {
    let mut warnings = Vec::new();
    let first = &sources[0];
    for other in &sources[1..] {
        let mut add = |what: &str, own: &str, others: &str| {
            if own != others {
                warnings.push(format!(
                    "{what} is {own} in {} and {others} in {}",
                    first.name, other.name
                ));
            }
        };
        add(
            "the first day",
            &first.compiled.start,
            &other.compiled.start,
        );
        add(
            "the time zone",
            &first.compiled.time_zone,
            &other.compiled.time_zone,
        );
        for queue in base(first).queues.values() {
            let mut same = base(other).queues.values();
            let Some(same) = same.find(|other| other.name == queue.name) else {
                continue;
            };
            let name = &queue.name.text;
            add(
                &format!("the target of `{name}`"),
                &promise(queue),
                &promise(same),
            );
        }
    }
    warnings
}

/// A service level promised, in words.
fn promise(queue: &crate::scenario::model::Queue) -> String {
    let target = queue.target.as_ref();
    let Some(level) = target.and_then(|target| target.service_level.as_ref()) else {
        return "none".to_owned();
    };
    format!(
        "{} % in {} s by {}",
        (level.share * 1e5).round() / 1e3,
        level.within.as_seconds(),
        level.definition.name()
    )
}
