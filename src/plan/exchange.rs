//! The step that comes when single heads find nothing more: in each interval one offer or none, as many together as keep every promise, by a linear
//! programme.

use std::collections::BTreeMap;

use crate::study::run::RunError;

use super::correct::{Corrected, corrected};
use super::found::Ended;
use super::offers::{Offer, Offers};
use super::programme::{Limits, Programme, Unsolved, Variable};
use super::search::{LITTLE, Search, saved};
use super::slope::Slopes;
use super::space::Choice;
use super::tried::{SearchError, Tried};

/// Offers are taken in this share of the intervals at most: in fewer where more of them found nothing.
const SHARES: [f64; 3] = [1.0, 0.25, 0.05];
/// So many choices of offers are simulated.
const CORRECTIONS: u32 = 3;

/// Steps to cheaper choices by single heads; where these find none, by offers for whole intervals, and on. Shifts have no offers: their heads hang
/// together over hours.
///
/// # Errors
/// When a run fails, or there is no solver.
pub(super) fn widened(
    search: &Search<'_>,
    best: &mut Tried,
) -> Result<(Option<Slopes>, Ended), SearchError> {
    loop {
        let (slopes, ended) = search.improve(best)?;
        let may_widen = ended == Ended::Converged && !search.space.is_by_shift();
        let Some(known) = slopes.as_ref().filter(|_| may_widen) else {
            return Ok((slopes, ended));
        };
        match exchange(search, best, known) {
            Err(SearchError::Run(RunError::Interrupted)) => {
                return Ok((slopes, Ended::Interrupted));
            }
            Err(error) => return Err(error),
            Ok(Some(next)) if saved(best, &next) >= LITTLE => search.keep(best, next),
            Ok(_) => return Ok((slopes, ended)),
        }
    }
}

/// A cheaper choice that keeps every promise, where offers lead to one. Where they break a promise, it is mended as single heads do.
///
/// # Errors
/// When a run fails, or there is no solver.
fn exchange(
    search: &Search<'_>,
    from: &Tried,
    slopes: &Slopes,
) -> Result<Option<Tried>, SearchError> {
    let offers = Offers::new(search, from, slopes)?;
    let slots = search.grid.used().count() as f64;
    let mut found = None;
    for share in SHARES {
        if offers.all.is_empty() || search.done.get() >= search.effort.work {
            break;
        }
        found = within(search, from, slopes, &offers, (share * slots).max(1.0))?;
        if found.is_some() {
            break;
        }
    }
    search.offers.replace(Some(offers));
    Ok(found)
}

/// The same with offers in so many slots at most. Where a promise is broken, as much more of it is asked; where that does not help, the last choice is
/// mended.
fn within(
    search: &Search<'_>,
    from: &Tried,
    slopes: &Slopes,
    offers: &Offers,
    most: f64,
) -> Result<Option<Tried>, SearchError> {
    let is_worth_it = |next: &Tried| next.paid() < from.paid();
    let mut find = |spare: &[f64]| {
        let choice = cheapest(search, from, offers, (spare, most))?;
        Ok((choice != from.choice).then_some(choice))
    };
    let spare = search.spare(&from.verdict);
    let last = match corrected(search, spare, CORRECTIONS, &is_worth_it, &mut find)? {
        Corrected::Kept(next) => return search.peeled(next, slopes).map(Some),
        Corrected::Broken(None) => return Ok(None),
        Corrected::Broken(Some(last)) => last,
    };
    match search.mended(&last) {
        Err(SearchError::Unmeetable(_)) => Ok(None),
        mended => Ok(Some(mended?).filter(|next| next.paid() < from.paid())),
    }
}

/// The cheapest choice by the offers, in so many slots at most; the same choice where none makes up for what is missing. Where the programme
/// mixes offers of a slot, it is that of which it takes most.
fn cheapest(
    search: &Search<'_>,
    from: &Tried,
    offers: &Offers,
    (spare, most): (&[f64], f64),
) -> Result<Choice, Unsolved> {
    let stop = || search.judge.workers.is_stopped();
    let mut programme = Programme::default();
    let parts: Vec<Variable> = offers
        .all
        .iter()
        .map(|offer| programme.variable(offer.cost + offer.overtime, 0.0, 1.0))
        .collect();
    let mut of_slots: BTreeMap<usize, Vec<(Variable, &Offer)>> = BTreeMap::new();
    for (&part, offer) in parts.iter().zip(&offers.all) {
        of_slots.entry(offer.slot).or_default().push((part, offer));
    }
    for of_slot in of_slots.values() {
        let terms: Vec<_> = of_slot.iter().map(|&(part, _)| (part, 1.0)).collect();
        programme.at_most(&terms, 1.0);
    }
    let all: Vec<_> = parts.iter().map(|&part| (part, 1.0)).collect();
    programme.at_most(&all, most);
    for (goal, spare) in spare.iter().enumerate() {
        let terms = parts.iter().zip(&offers.all);
        let terms: Vec<_> = terms
            .map(|(&part, offer)| (part, offer.surplus[goal]))
            .collect();
        if terms.iter().any(|(_, surplus)| surplus.abs() > 0.0) {
            programme.at_least(&terms, -spare);
        }
    }
    let mut choice = from.choice.clone();
    let found = match programme.minimise_until(Limits::default(), &stop) {
        Err(Unsolved::Infeasible) => return Ok(choice),
        found => found?,
    };
    for of_slot in of_slots.values() {
        let parts = of_slot
            .iter()
            .map(|&(part, offer)| (found.value(part), offer));
        let stays = 1.0 - parts.clone().map(|(part, _)| part).sum::<f64>();
        let largest = parts.max_by(|one, other| one.0.total_cmp(&other.0));
        if let Some((_, offer)) = largest.filter(|(part, _)| *part > stays) {
            for &(column, taken) in &offer.taken {
                choice[column] = taken;
            }
        }
    }
    Ok(choice)
}
