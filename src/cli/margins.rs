//! What one agent more or fewer is worth, for a report.

use channelmix::scenario::model::{Compiled, Stopping};
use channelmix::sim::parallel::Workers;
use channelmix::stats::summary::{Stopped, Summary};
use channelmix::study::marginal::{Margin, Marginal, replications_beside};
use channelmix::study::run::RunError;

use super::exit::{Failure, tell};
use super::progress;

/// Groups beyond which a report says nothing of single agents.
const MOST_GROUPS: usize = 20;

/// Runs the base of a summary with one agent more and fewer in each group, for so many replications if somebody asks for a number.
/// Nothing where none are wanted, one replication would tell nothing, or the groups are too many.
pub(crate) fn margins(
    compiled: &Compiled,
    summary: &Summary,
    asked: Option<u64>,
    workers: &Workers,
) -> Result<Option<Marginal>, Failure> {
    let label = &summary.scenario;
    if asked == Some(0) || label.batches < 2 || label.stopped == Stopped::Interrupted {
        return Ok(None);
    }
    let base = &compiled.variants[0];
    let groups = base.model.groups.len();
    let margin = Margin::new(compiled, base, Some(label.seed));
    let Some(margin) = margin.ok().filter(|_| groups <= MOST_GROUPS) else {
        tell(&format!(
            "the report leaves out what one agent more is worth: {groups} groups are too many for it"
        ));
        return Ok(None);
    };
    let replications = asked.unwrap_or_else(|| {
        replications_beside(margin.mixes(), summary.variants.len(), label.replications)
    });
    let bar = progress::bar(replications);
    let found = margin.run(Stopping::Replications(replications), workers, &|| {
        bar.inc(1);
    });
    bar.finish_and_clear();
    match found {
        Ok(found) => Ok((found.scenario.stopped != Stopped::Interrupted).then_some(found)),
        Err(RunError::Interrupted) => {
            tell("interrupted: the report leaves out what one agent more is worth");
            Ok(None)
        }
        Err(error) => Err(error.into()),
    }
}
