//! Steps that go too far: a programme over slopes or offers does not know how figures bend. What it finds is simulated, and where that breaks a promise, as
//! much more of it is asked as was lacking; more and more, where the programme then finds the same again.

use super::search::Search;
use super::space::Choice;
use super::tried::{SearchError, Tried};

/// By how much more than what was lacking.
const CORRECTION: f64 = 1.2;
/// So many times as much again where the same was found.
const AGAIN: f64 = 2.0;
/// So often in a row.
const AGAIN_AT_MOST: u32 = 6;

/// What came of a programme.
#[derive(Debug)]
pub(super) enum Corrected {
    /// A choice that keeps every promise.
    Kept(Tried),
    /// None; the last that was simulated, where any was worth it.
    Broken(Option<Tried>),
}

/// Finds a choice by a programme, with so much to spare of each promise.
type Find<'a> = dyn FnMut(&[f64]) -> Result<Option<Choice>, SearchError> + 'a;

/// The first choice that keeps every promise, of those that `find` finds with so much to spare of each; `None` of it ends it. So many are simulated at
/// most, and only as long as `is_worth_it`.
///
/// # Errors
/// When a run fails, or `find` does.
pub(super) fn corrected(
    search: &Search<'_>,
    mut spare: Vec<f64>,
    at_most: u32,
    is_worth_it: &dyn Fn(&Tried) -> bool,
    find: &mut Find<'_>,
) -> Result<Corrected, SearchError> {
    let mut last: Option<Tried> = None;
    let mut simulated = 0;
    let (mut factor, mut again) = (CORRECTION, 0);
    while simulated < at_most && again < AGAIN_AT_MOST {
        let Some(choice) = find(&spare)? else {
            break;
        };
        if last.as_ref().is_some_and(|last| last.choice == choice) {
            again += 1;
            factor *= AGAIN;
        } else {
            (factor, again) = (CORRECTION, 0);
            let next = search.tried(choice)?;
            simulated += 1;
            search.tell(&next);
            if !is_worth_it(&next) {
                break;
            }
            if search.holds(&next) {
                return Ok(Corrected::Kept(next));
            }
            last = Some(next);
        }
        let lacking = last.iter().flat_map(|last| search.spare(&last.verdict));
        for (spare, lacking) in spare.iter_mut().zip(lacking) {
            *spare += factor * lacking.min(0.0);
        }
    }
    Ok(Corrected::Broken(last))
}
