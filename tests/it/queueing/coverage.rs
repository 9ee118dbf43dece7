//! Every row is covered by a model or stands in a list with the reason.

use super::{arrivals, chains, days, single, staffing};

/// Beginnings of names of rows that no model of `queueing` covers, and why.
const NOT_COVERED: [(&str, usize, &str); 0] = [];

/// Checks that the rows left are those of the list.
fn accounted(found: (usize, Vec<String>), wanted: usize) {
    let (covered, left) = found;
    let unknown: Vec<_> = left
        .iter()
        .filter(|name| {
            !NOT_COVERED
                .iter()
                .any(|(start, _, _)| name.starts_with(start))
        })
        .collect();
    assert!(
        unknown.is_empty(),
        "rows without model or reason: {unknown:?}"
    );
    assert_eq!(covered, wanted, "rows covered; left: {left:?}");
}

#[test]
fn single_queues_in_their_steady_state_are_exact() {
    accounted(single::run(), 0);
}

#[test]
fn chat_and_redials_are_exact() {
    accounted(chains::run(), 0);
}

#[test]
fn days_are_exact() {
    accounted(days::run(), 0);
}

#[test]
fn staffing_is_exact() {
    accounted(staffing::run(), 0);
}

#[test]
fn overflow_and_mixed_rates_are_exact() {
    accounted(arrivals::run(), 0);
}
