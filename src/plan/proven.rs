//! A search and its proof: where fresh customers say that a promise is not sure, more of it is asked, and the search goes on.

use std::borrow::Cow;

use crate::scenario::model::{Model, Staffing};
use crate::sim::parallel::Workers;
use crate::study::run::RunError;

use super::bound;
use super::found::Ended;
use super::grid::Heads;
use super::judge::Judge;
use super::proof::{ATTEMPTS, Proof, prove};
use super::search::Search;
use super::slope::{Slopes, slopes};
use super::staffing::PlanError;
use super::tried::{Searched, Tried};

/// A choice with its proof.
#[derive(Debug)]
pub(super) struct ProvenChoice {
    pub(super) best: Tried,
    pub(super) slopes: Option<Slopes>,
    /// `None` where somebody stopped it.
    pub(super) proof: Option<Proof>,
    pub(super) ended: Ended,
}

/// A choice as it is worked: the staffing, and the model whose time steps are as fine as it needs.
pub(super) type Worked<'a> = (Cow<'a, Model>, Staffing);

/// Proves a choice as `worked` says it is worked, with fresh customers; where that fails, more is asked of the search's own and the choice is
/// mended.
///
/// # Errors
/// When a run or the solver fails, or `worked` does.
pub(super) fn proven<'a>(
    search: &Search<'a>,
    searched: Searched,
    provers: &Workers,
    worked: &dyn Fn(&Tried) -> Result<Worked<'a>, PlanError>,
) -> Result<ProvenChoice, PlanError> {
    let judge = Judge {
        workers: provers,
        ..search.judge
    };
    let mut choice = ProvenChoice {
        best: searched.best,
        slopes: searched.slopes,
        proof: None,
        ended: searched.ended,
    };
    for attempt in 1..=ATTEMPTS {
        let (model, staffing) = worked(&choice.best)?;
        let judge = Judge {
            model: &model,
            ..judge
        };
        let proof = match prove(&judge, &staffing, attempt, search.effort.proof) {
            Err(RunError::Interrupted) => break,
            proof => proof?,
        };
        let holds = proof.holds();
        if !holds && attempt < ATTEMPTS {
            search.ask_for_more(&proof);
        }
        choice.proof = Some(proof);
        if holds || attempt == ATTEMPTS {
            break;
        }
        let Some(searched) = PlanError::or_none(search.on())? else {
            break;
        };
        (choice.best, choice.slopes) = (searched.best, searched.slopes);
        choice.ended = searched.ended;
    }
    if choice.slopes.is_none() {
        choice.slopes = slopes_at(search, &choice.best.heads, &judge)?;
    }
    Ok(choice)
}

/// The slopes at a plan; `None` where somebody stopped it.
fn slopes_at(
    search: &Search<'_>,
    heads: &Heads,
    judge: &Judge<'_>,
) -> Result<Option<Slopes>, RunError> {
    match slopes(judge, search.grid, heads, 0..search.effort.slopes) {
        Err(RunError::Interrupted) => Ok(None),
        found => Ok(Some(found?.0)),
    }
}

impl ProvenChoice {
    /// What any plan costs at least by the slopes, and what each promise costs; nothing where the slopes are not known.
    ///
    /// # Errors
    /// When a run fails, or there is no solver, or it fails.
    pub(super) fn prices(
        &self,
        search: &Search<'_>,
    ) -> Result<(Option<f64>, Option<Vec<f64>>), PlanError> {
        let Some(slopes) = &self.slopes else {
            return Ok((None, None));
        };
        Ok((
            Some(bound::by_slopes(search, &self.best, slopes)?),
            Some(bound::savings(search, &self.best, slopes)?),
        ))
    }
}
