//! Laws that hold in every scenario, on random ones. What the engine tells is written down, and every figure is worked out
//! again from that, apart from the engine's own state and counting.

mod agents;
mod attendance;
mod centres;
mod clock;
mod corners;
mod figures;
mod floor;
mod interruption;
mod luck;
mod outcomes;
pub(crate) mod record;
mod routing;
mod runs;
mod summary;
mod times;
mod written;

use channelmix::scenario::model::{Compiled, Variant};
use proptest::prelude::ProptestConfig;
use proptest::test_runner::{RngSeed, TestCaseError};

use super::support::compiled;
use centres::Draft;
use record::Record;

/// The seed of every replication that is looked at alone.
const SEED: u64 = 7;

/// Whether a law holds.
type Verdict = Result<(), TestCaseError>;

/// So many random cases, the same ones at every run.
fn cases(cases: u32) -> ProptestConfig {
    ProptestConfig {
        cases,
        rng_seed: RngSeed::Fixed(20_260_907),
        failure_persistence: None,
        max_shrink_iters: 300,
        ..ProptestConfig::default()
    }
}

/// Looks at one replication of the base and one of the variant of a draft.
fn each_replication(draft: &Draft, law: impl Fn(&Variant, &Record) -> Verdict) -> Verdict {
    let compiled: Compiled = compiled(&draft.text());
    for (index, variant) in (0..).zip(&compiled.variants) {
        law(variant, &Record::of(variant, SEED, index))?;
    }
    Ok(())
}
