//! Where the figures of mixes are found in what was counted.

use crate::finance::assumed::assumptions;
use crate::ids::{Id, QueueId};
use crate::scenario::hint_of;
use crate::scenario::model::Model;
use crate::stats::joint::{MixFigure as M, MixQueueFigure as Q};
use crate::stats::measure::{Measure, OfQueue};
use crate::stats::sample::Quantity;

use super::bench::Bench;

const MONEY: f64 = 1e6;
const SECOND: f64 = 1e6;

/// The counters that a figure is made of.
#[derive(Debug, Clone)]
pub struct Wanted {
    over: Vec<(usize, i128)>,
    under: Vec<(usize, i128)>,
    unit: f64,
    is_share: bool,
}

impl Wanted {
    /// The quantity to be estimated.
    pub fn quantity(&self) -> Quantity<'_> {
        if self.under.is_empty() {
            Quantity::Mean(&self.over, self.unit)
        } else if self.is_share {
            Quantity::Share(&self.over, &self.under)
        } else {
            Quantity::Ratio(&self.over, &self.under, self.unit)
        }
    }
}

impl Measure {
    /// All figures that any of the mixes has, in the order in which they are told.
    pub fn all(bench: &Bench<'_>) -> Vec<Self> {
        let models = || bench.mixes().iter().map(|mix| mix.model);
        let has_issues = models().any(|model| model.issues.is_some());
        let mut all = vec![Self::Cost, Self::CostPerContact];
        all.extend(has_issues.then_some(Self::CostPerResolution));
        all.extend([Self::InTime, Self::Served, Self::Lost, Self::LostShare]);
        if has_issues {
            all.extend([Self::Resolved, Self::Gone]);
        }
        if models().any(|model| assumptions(model).is_some()) {
            all.extend([Self::ValueLost, Self::NetCost]);
        }
        let mut names: Vec<&str> = Vec::new();
        for queue in models().flat_map(|model| model.queues.values()) {
            if !names.contains(&queue.name.text.as_str()) {
                names.push(&queue.name.text);
            }
        }
        for name in names {
            let of_queue = |of| Self::Queue(name.to_owned(), of);
            let found = OfQueue::ALL.map(of_queue).into_iter();
            all.extend(found.filter(|measure| models().any(|model| measure.is_in(model))));
        }
        all
    }

    /// The figure of a name among those that the mixes have.
    ///
    /// # Errors
    /// What is wrong, with the likely name.
    pub fn named(name: &str, bench: &Bench<'_>) -> Result<Self, String> {
        let all = Self::all(bench);
        if let Some(found) = all.iter().find(|measure| measure.name() == name) {
            return Ok(found.clone());
        }
        let names: Vec<String> = all.iter().map(Self::name).collect();
        let hint = hint_of(name, names.iter().map(String::as_str));
        Err(format!("there is no figure \"{name}\"; {hint}"))
    }

    /// The customers who got nothing: issues where they are followed, else contacts.
    pub fn customers_lost(bench: &Bench<'_>) -> Self {
        let mut models = bench.mixes().iter().map(|mix| mix.model);
        if models.any(|model| model.issues.is_some()) {
            Self::Gone
        } else {
            Self::Lost
        }
    }

    /// Whether a mix has it.
    fn is_in(&self, model: &Model) -> bool {
        let Self::Queue(name, of) = self else {
            let is_of_value = matches!(self, Self::ValueLost | Self::NetCost);
            return !is_of_value || assumptions(model).is_some();
        };
        let mut queues = model.queues.values();
        queues.any(|queue| {
            queue.name.text == *name
                && match of {
                    OfQueue::ServiceLevel => queue.within().is_some(),
                    OfQueue::Abandonment => queue.patience.is_some(),
                    OfQueue::Asa | OfQueue::Cost | OfQueue::CostPerContact => true,
                }
        })
    }

    /// The counters that it is made of in a mix; `None` where the mix has no such figure.
    pub fn wanted(&self, bench: &Bench<'_>, mix: usize) -> Option<Wanted> {
        let model = bench.mixes()[mix].model;
        if !self.is_in(model) {
            return None;
        }
        let whole = |figure| vec![bench.columns().whole(mix, figure)];
        let mean = |over, unit| (over, Vec::new(), unit, false);
        let ratio = |over, under, unit| (over, under, unit, false);
        let share = |over, under| (over, under, 1.0, true);
        let (over, under, unit, is_share) = match self {
            Self::Cost => mean(whole(M::Cost), MONEY),
            Self::CostPerContact => ratio(whole(M::Cost), whole(M::Served), MONEY),
            Self::CostPerResolution => ratio(whole(M::Cost), whole(M::Resolved), MONEY),
            Self::InTime => share(whole(M::InTime), whole(M::Judged)),
            Self::Served => mean(whole(M::Served), 1.0),
            Self::Lost => mean(whole(M::Lost), 1.0),
            Self::LostShare => share(whole(M::Lost), whole(M::Wanted)),
            Self::Resolved => mean(whole(M::Resolved), 1.0),
            Self::Gone => mean(whole(M::Gone), 1.0),
            Self::ValueLost => mean(whole(M::ValueLost), MONEY),
            Self::NetCost => mean(
                [
                    whole(M::Cost),
                    whole(M::ValueLost),
                    vec![(whole(M::Revenue)[0].0, -1)],
                ]
                .concat(),
                MONEY,
            ),
            Self::Queue(name, of) => {
                let queue = place_of(name, model)?;
                let once = |figure| bench.columns().queue(mix, queue, figure);
                match of {
                    OfQueue::ServiceLevel => share(vec![once(Q::Kept)], vec![once(Q::Counted)]),
                    OfQueue::Abandonment => share(
                        vec![once(Q::Abandoned)],
                        vec![once(Q::Answered), once(Q::Abandoned)],
                    ),
                    OfQueue::Asa => ratio(vec![once(Q::Wait)], vec![once(Q::Answered)], SECOND),
                    OfQueue::Cost => mean(vec![once(Q::Cost)], MONEY),
                    OfQueue::CostPerContact => {
                        ratio(vec![once(Q::Cost)], vec![once(Q::Answered)], MONEY)
                    }
                }
            }
        };
        Some(Wanted {
            over,
            under,
            unit,
            is_share,
        })
    }
}

fn place_of(name: &str, model: &Model) -> Option<usize> {
    let mut queues = model.queues.iter();
    let (id, _): (QueueId, _) = queues.find(|(_, queue)| queue.name.text == name)?;
    Some(id.index())
}
