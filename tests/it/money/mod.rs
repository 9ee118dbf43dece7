//! Money: what costs are by arithmetic, that nothing of them is lost on the way to queues and channels, and what is assumed to be worth what.

mod balance;
mod by_hand;
mod page;
mod told;

use channelmix::finance::cost;
use channelmix::scenario::model::Variant;
use channelmix::stats::estimate::Estimate;
use channelmix::stats::summary::Named;

use super::properties::record::Record;

pub(super) fn mean(estimate: &Estimate) -> f64 {
    estimate.mean.expect("a mean")
}

pub(super) fn amount(lines: &Named<Estimate>, line: &str) -> f64 {
    lines.find(line).map_or(0.0, mean)
}

pub(super) fn priced(variant: &Variant, index: u64) -> Record {
    let mut record = Record::of(variant, 7, index);
    cost::price(&variant.model, &mut record.counts);
    record
}
