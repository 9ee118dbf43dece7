//! Replications of a load, counted as in a run, on one core.

use channelmix::scenario::model::{Compiled, Variant};
use channelmix::sim::centre::{Centre, Layout};
use channelmix::sim::contacts::Contact;
use channelmix::sim::counting::{Counting, extent};
use channelmix::sim::observer::{Observer, Outcome};
use channelmix::sim::replicate::replicate;
use channelmix::stats::counts::Counts;
use channelmix::time::SimTime;

/// How much happens in a replication of all variants.
#[derive(Debug, Default, Clone, Copy)]
pub(crate) struct Volume {
    pub(crate) contacts: u64,
    /// Arrivals, ends of handling, and departures.
    pub(crate) events: u64,
}

impl Observer for Volume {
    fn arrived(&mut self, _at: SimTime, _contact: &Contact) {
        self.contacts += 1;
        self.events += 1;
    }
    fn ended(&mut self, _at: SimTime, _contact: &Contact, _outcome: Outcome) {
        self.events += 1;
    }
}

/// All variants of a load, ready to run again and again.
pub(crate) struct Case<'a> {
    variants: Vec<Ready<'a>>,
}

struct Ready<'a> {
    variant: &'a Variant,
    layout: Layout,
    centre: Centre,
    counts: Counts,
}

impl<'a> Case<'a> {
    pub(crate) fn new(compiled: &'a Compiled) -> Self {
        let ready = |variant: &'a Variant| {
            let layout = Layout::new(&variant.model, &variant.staffing);
            Ready {
                centre: Centre::new(&variant.model, &layout, 1, 0),
                counts: Counts::new(extent(&variant.model, &layout)),
                variant,
                layout,
            }
        };
        Self {
            variants: compiled.variants.iter().map(ready).collect(),
        }
    }

    /// Replication `index` of all variants, with every figure counted.
    pub(crate) fn run(&mut self, index: u64) {
        for ready in &mut self.variants {
            let Variant {
                model, staffing, ..
            } = ready.variant;
            let mut counting =
                Counting::new(model, &ready.layout, std::mem::take(&mut ready.counts));
            replicate(
                (model, staffing, &ready.layout),
                1,
                index,
                &mut ready.centre,
                &mut counting,
            );
            ready.counts = counting.finish();
        }
    }

    /// What happens in replication `index` of all variants.
    pub(crate) fn volume(&mut self, index: u64) -> Volume {
        let mut volume = Volume::default();
        for ready in &mut self.variants {
            let Variant {
                model, staffing, ..
            } = ready.variant;
            replicate(
                (model, staffing, &ready.layout),
                1,
                index,
                &mut ready.centre,
                &mut volume,
            );
        }
        volume
    }
}
