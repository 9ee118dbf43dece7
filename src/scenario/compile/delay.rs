//! After how long something follows.

use super::centre::Scope;
use super::law::law;
use crate::dist::Family;
use crate::scenario::defaults::COMEBACK_S;
use crate::scenario::law::LawForm;
use crate::scenario::model::Law;
use crate::scenario::read::At;

/// A delay, for which `never` is no value.
pub(super) fn delay(form: &At<LawForm>, scope: &mut Scope<'_>) -> Option<Law> {
    law(form, scope.data, scope.horizon, &mut scope.reader)
}

pub(super) fn constant(value: f64) -> Option<Law> {
    let sampler = Family::Constant { value }.sampler().ok()?;
    Some(Law {
        sampler,
        mean: None,
    })
}

/// After how long customers come back where the file does not say.
pub(super) fn usual_delay() -> Option<Law> {
    let family = Family::Exponential { mean: COMEBACK_S };
    let sampler = family.sampler().ok()?;
    Some(Law {
        sampler,
        mean: None,
    })
}
