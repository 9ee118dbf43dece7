//! Distributions: from what was written to a sampler.

use super::column::DataSet;
use super::horizon::Horizon;
use crate::dist::fault::{MAX_CV, MAX_SECONDS, MIN_CV};
use crate::dist::{Family, FamilyError};
use crate::scenario::law::{HyperexponentialKeys, LawForm, Mean, MixtureKeys, WeibullKeys};
use crate::scenario::model::Law;
use crate::scenario::problem::Place;
use crate::scenario::read::{At, Reader};
use crate::scenario::tree::digits;
use crate::time::profile::Profile;
use crate::time::quantity;

/// How far shares may be from a sum of 1 to be taken for it.
const ROUNDING: f64 = 1e-6;

const NEVER: &str =
    "expected a duration or a distribution, found \"never\", which only patience can be";

const NEVER_A_PART: &str =
    "expected a duration or a distribution, found \"never\", which no part of a mixture can be";

/// A distribution of work, which is never endless and not all zero.
pub(super) fn work(
    form: &At<LawForm>,
    data: &DataSet,
    horizon: &Horizon,
    reader: &mut Reader,
) -> Option<Law> {
    let law = law(form, data, horizon, reader)?;
    if law.sampler.mean() > 0.0 {
        return Some(law);
    }
    reader.report_at(
        &form.place,
        "expected a duration above zero, found 0s",
        None,
    );
    None
}

/// A distribution; `None` after a problem has been reported.
pub(super) fn law(
    form: &At<LawForm>,
    data: &DataSet,
    horizon: &Horizon,
    reader: &mut Reader,
) -> Option<Law> {
    let mut scope = Scope {
        data,
        horizon,
        reader,
        place: &form.place,
    };
    let (family, mean) = scope.family(&form.value)?;
    match family.sampler() {
        Ok(sampler) => Some(Law {
            sampler,
            mean: mean.map(Box::new),
        }),
        Err(error) => {
            reader.report_at(&form.place, fault(&error), None);
            None
        }
    }
}

/// What is wrong with parameters, with the unit of times and few digits.
fn fault(error: &FamilyError) -> String {
    let time = |seconds: f64| quantity::text(crate::time::SimDuration::from_seconds_f64(seconds));
    match error {
        FamilyError::MinAboveMax { min, max } => format!(
            "min must not exceed max, found min {} and max {}",
            time(*min),
            time(*max)
        ),
        FamilyError::ModeOutside { min, mode, max } => format!(
            "mode must lie between min and max, found {} outside {} to {}",
            time(*mode),
            time(*min),
            time(*max)
        ),
        FamilyError::TooLong { found } => format!(
            "a time can be {} seconds at most, found {}",
            digits(MAX_SECONDS),
            digits(*found)
        ),
        FamilyError::CvOutOfRange { found } => format!(
            "expected a cv from {MIN_CV} to {MAX_CV}, found one of {}",
            digits(*found)
        ),
        other => other.to_string(),
    }
}

struct Scope<'a> {
    data: &'a DataSet,
    horizon: &'a Horizon,
    reader: &'a mut Reader,
    place: &'a Place,
}

type Found = (Family, Option<Profile<f64>>);

impl Scope<'_> {
    fn family(&mut self, form: &LawForm) -> Option<Found> {
        let family = match form {
            LawForm::Never => return self.refuse(self.place, NEVER),
            LawForm::Duration(span) => Family::Constant {
                value: span.as_seconds(),
            },
            LawForm::Constant(keys) => {
                return self.with_mean(keys.mean.as_ref()?, |value| Family::Constant { value });
            }
            LawForm::Exponential(keys) => {
                return self.with_mean(keys.mean.as_ref()?, |mean| Family::Exponential { mean });
            }
            LawForm::Gamma(keys) => {
                let cv = keys.cv.as_ref()?.value.0;
                return self.with_mean(keys.mean.as_ref()?, |mean| Family::Gamma { mean, cv });
            }
            LawForm::Lognormal(keys) => {
                let cv = keys.cv.as_ref()?.value.0;
                return self.with_mean(keys.mean.as_ref()?, |mean| Family::Lognormal { mean, cv });
            }
            LawForm::Erlang(keys) => {
                let stages = u32::try_from(keys.stages.as_ref()?.value.0).ok()?;
                return self.with_mean(keys.mean.as_ref()?, |mean| Family::Erlang { mean, stages });
            }
            LawForm::Weibull(keys) => return self.weibull(keys),
            LawForm::Uniform(keys) => Family::Uniform {
                min: keys.min.as_ref()?.value.0.as_seconds(),
                max: keys.max.as_ref()?.value.0.as_seconds(),
            },
            LawForm::Triangular(keys) => Family::Triangular {
                min: keys.min.as_ref()?.value.0.as_seconds(),
                mode: keys.mode.as_ref()?.value.0.as_seconds(),
                max: keys.max.as_ref()?.value.0.as_seconds(),
            },
            LawForm::Hyperexponential(keys) => return self.hyperexponential(keys),
            LawForm::Empirical(column) => Family::Empirical {
                values: self
                    .data
                    .values(column, "seconds of zero or above", self.reader)?,
            },
            LawForm::Mixture(keys) => return self.mixture(keys),
        };
        Some((family, None))
    }

    fn refuse<T>(&mut self, place: &Place, message: impl Into<String>) -> Option<T> {
        self.reader.report_at(place, message, None);
        None
    }

    /// The family of a mean, or of mean 1 with the means over time.
    fn with_mean(&mut self, mean: &At<Mean>, family: impl Fn(f64) -> Family) -> Option<Found> {
        match &mean.value {
            Mean::Given(span) => Some((family(span.as_seconds()), None)),
            Mean::Column(column) => {
                let means = self.data.means(column, self.horizon, self.reader)?;
                Some((family(1.0), Some(means)))
            }
        }
    }

    fn weibull(&mut self, keys: &WeibullKeys) -> Option<Found> {
        match (&keys.mean, &keys.cv, &keys.shape, &keys.scale) {
            (Some(mean), Some(cv), None, None) => match Family::weibull_with(1.0, cv.value.0) {
                Ok(of_mean_one) => self.with_mean(mean, |mean| of_mean_one.scaled(mean)),
                Err(error) => self.refuse(&cv.place, fault(&error)),
            },
            (None, None, Some(shape), Some(scale)) => {
                let (shape, scale) = (shape.value.0, scale.value.0.as_seconds());
                Some((Family::Weibull { shape, scale }, None))
            }
            _ if self.reader.is_faulty(&self.place.key) => None,
            _ => self.refuse(self.place, "expected either mean and cv or shape and scale"),
        }
    }

    fn hyperexponential(&mut self, keys: &HyperexponentialKeys) -> Option<Found> {
        let (means, shares) = (keys.means.as_ref()?, keys.shares.as_ref()?);
        if means.value.is_empty() {
            return self.refuse(
                &means.place,
                "expected at least one mean, found an empty list",
            );
        }
        if means.value.len() != shares.value.len() {
            let (means, given) = (means.value.len(), shares.value.len());
            let message = format!("expected a share for each of {means} means, found {given}");
            return self.refuse(&shares.place, message);
        }
        let given = shares.value.iter().map(|share| share.value.0).collect();
        let means = means.value.iter().map(|mean| mean.value.0.as_seconds());
        let family = Family::Hyperexponential {
            means: means.collect(),
            shares: self.summing_to_one(given, &shares.place)?,
        };
        Some((family, None))
    }

    fn mixture(&mut self, keys: &MixtureKeys) -> Option<Found> {
        let parts = keys.parts.as_ref()?;
        if parts.value.is_empty() {
            return self.refuse(
                &parts.place,
                "expected at least one part, found an empty list",
            );
        }
        let mut families = Vec::new();
        let mut shares = Vec::new();
        for part in &parts.value {
            let of = part.value.of.as_ref()?;
            if matches!(of.value, LawForm::Never) {
                return self.refuse(&of.place, NEVER_A_PART);
            }
            let mut scope = Scope {
                data: self.data,
                horizon: self.horizon,
                reader: &mut *self.reader,
                place: &of.place,
            };
            let (family, mean) = scope.family(&of.value)?;
            if mean.is_some() {
                return self.refuse(&of.place, "a mean from a file cannot be part of a mixture");
            }
            families.push(family);
            shares.push(part.value.share.as_ref()?.value.0);
        }
        let shares = self.summing_to_one(shares, &parts.place)?;
        let parts = shares.into_iter().zip(families).collect();
        Some((Family::Mixture { parts }, None))
    }

    fn summing_to_one(&mut self, shares: Vec<f64>, place: &Place) -> Option<Vec<f64>> {
        let sum: f64 = shares.iter().sum();
        if (sum - 1.0).abs() > ROUNDING {
            return self.refuse(
                place,
                format!(
                    "expected shares that sum to 1, found a sum of {}",
                    digits(sum)
                ),
            );
        }
        Some(shares.into_iter().map(|share| share / sum).collect())
    }
}
