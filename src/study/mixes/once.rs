//! One replication of one mix.

use crate::finance::cost;
use crate::scenario::model::{Model, Staffing};
use crate::sim::centre::{Centre, Layout};
use crate::sim::counting::Counting;
use crate::sim::replicate::{Ending, replicate};
use crate::stats::counts::Counts;
use crate::study::run::RunError;

/// Counts replication `index` of a mix and its cost. Every batch but the last goes to `add_batch`.
///
/// # Errors
/// When contacts come of others without bound.
pub fn count(
    (model, staffing, layout): (&Model, &Staffing, &Layout),
    name: &str,
    (seed, index): (u64, u64),
    centre: &mut Centre,
    counts: &mut Counts,
    mut add_batch: impl FnMut(&Counts),
) -> Result<(), RunError> {
    let mut add_batch = |counts: &mut Counts| {
        cost::price(model, counts);
        add_batch(counts);
    };
    let mut counting =
        Counting::new(model, layout, std::mem::take(counts)).in_batches(&mut add_batch);
    let ending = replicate(
        (model, staffing, layout),
        seed,
        index,
        centre,
        &mut counting,
    );
    if ending == Ending::Flooded {
        return Err(RunError::Flooded {
            variant: name.to_owned(),
            replication: index + 1,
            limit: model.bred_limit,
        });
    }
    *counts = counting.finish();
    cost::price(model, counts);
    Ok(())
}
