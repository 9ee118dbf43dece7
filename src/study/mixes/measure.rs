//! The figures of mixes that can be compared, by the names that they have in the JSON of a run.

use serde::{Serialize, Serializer};

use crate::ids::{Id, QueueId};
use crate::scenario::hint_of;
use crate::scenario::model::Model;
use crate::stats::joint::{MixFigure as M, MixQueueFigure as Q};
use crate::stats::sample::Quantity;

use super::bench::Bench;

const MONEY: f64 = 1e6;
const SECOND: f64 = 1e6;

/// A figure.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Measure {
    /// All that is paid.
    Cost,
    /// What is paid and lost, less what is earned.
    NetCost,
    /// Cost / contacts answered.
    CostPerContact,
    /// Cost / issues resolved.
    CostPerResolution,
    /// Contacts answered in time / contacts wanted.
    InTime,
    /// Contacts answered.
    Served,
    /// Contacts lost.
    Lost,
    /// Lost / wanted.
    LostShare,
    /// Issues resolved.
    Resolved,
    /// Issues lost.
    Gone,
    /// Of a queue.
    Queue(String, OfQueue),
}

/// A figure of a queue.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OfQueue {
    /// By the target's own definition.
    ServiceLevel,
    /// Abandoned / (answered + abandoned).
    Abandonment,
    /// Mean wait of the answered.
    Asa,
    /// Its share of what is paid.
    Cost,
    /// That / contacts answered.
    CostPerContact,
}

/// How a figure is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Money.
    Money,
    /// A share of all, 0 to 1.
    Share,
    /// A number of things.
    Count,
    /// Seconds.
    Time,
}

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

    /// Its documented name: `cost.queues.phone.per_contact`.
    pub fn name(&self) -> String {
        match self {
            Self::Cost => "cost.total".to_owned(),
            Self::NetCost => "value.net_cost".to_owned(),
            Self::CostPerContact => "cost.per_contact".to_owned(),
            Self::CostPerResolution => "issues.cost_per_resolution".to_owned(),
            Self::InTime => "demand.in_time_share".to_owned(),
            Self::Served => "demand.served".to_owned(),
            Self::Lost => "demand.lost".to_owned(),
            Self::LostShare => "demand.lost_share".to_owned(),
            Self::Resolved => "issues.resolved".to_owned(),
            Self::Gone => "issues.lost".to_owned(),
            Self::Queue(queue, OfQueue::ServiceLevel) => format!("queues.{queue}.service_level"),
            Self::Queue(queue, OfQueue::Abandonment) => format!("queues.{queue}.abandonment"),
            Self::Queue(queue, OfQueue::Asa) => format!("queues.{queue}.asa_s"),
            Self::Queue(queue, OfQueue::Cost) => format!("cost.queues.{queue}.cost"),
            Self::Queue(queue, OfQueue::CostPerContact) => {
                format!("cost.queues.{queue}.per_contact")
            }
        }
    }

    /// What it is called in tables.
    pub fn title(&self) -> String {
        let whole = match self {
            Self::Cost => "cost",
            Self::NetCost => "net cost",
            Self::CostPerContact => "cost a contact",
            Self::CostPerResolution => "cost a resolution",
            Self::InTime => "in time",
            Self::Served => "contacts served",
            Self::Lost => "contacts lost",
            Self::LostShare => "contacts lost, of wanted",
            Self::Resolved => "issues resolved",
            Self::Gone => "issues lost",
            Self::Queue(queue, of) => {
                let of = match of {
                    OfQueue::ServiceLevel => "service level",
                    OfQueue::Abandonment => "abandonment",
                    OfQueue::Asa => "ASA",
                    OfQueue::Cost => "cost",
                    OfQueue::CostPerContact => "cost a contact",
                };
                return format!("{queue}: {of}");
            }
        };
        whole.to_owned()
    }

    /// How it is read.
    pub fn kind(&self) -> Kind {
        match self {
            Self::Cost
            | Self::NetCost
            | Self::CostPerContact
            | Self::CostPerResolution
            | Self::Queue(_, OfQueue::Cost | OfQueue::CostPerContact) => Kind::Money,
            Self::InTime
            | Self::LostShare
            | Self::Queue(_, OfQueue::ServiceLevel | OfQueue::Abandonment) => Kind::Share,
            Self::Served | Self::Lost | Self::Resolved | Self::Gone => Kind::Count,
            Self::Queue(_, OfQueue::Asa) => Kind::Time,
        }
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

    /// Whether it is a share answered in time.
    pub fn is_service_level(&self) -> bool {
        matches!(self, Self::InTime | Self::Queue(_, OfQueue::ServiceLevel))
    }

    /// Whether a mix has it.
    fn is_in(&self, model: &Model) -> bool {
        let Self::Queue(name, of) = self else {
            return true;
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
            Self::NetCost => mean(whole(M::Net), MONEY),
            Self::CostPerContact => ratio(whole(M::Cost), whole(M::Served), MONEY),
            Self::CostPerResolution => ratio(whole(M::Cost), whole(M::Resolved), MONEY),
            Self::InTime => share(whole(M::InTime), whole(M::Judged)),
            Self::Served => mean(whole(M::Served), 1.0),
            Self::Lost => mean(whole(M::Lost), 1.0),
            Self::LostShare => share(whole(M::Lost), whole(M::Wanted)),
            Self::Resolved => mean(whole(M::Resolved), 1.0),
            Self::Gone => mean(whole(M::Gone), 1.0),
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

impl Serialize for Measure {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.name())
    }
}

impl OfQueue {
    const ALL: [Self; 5] = [
        Self::ServiceLevel,
        Self::Abandonment,
        Self::Asa,
        Self::Cost,
        Self::CostPerContact,
    ];
}

fn place_of(name: &str, model: &Model) -> Option<usize> {
    let mut queues = model.queues.iter();
    let (id, _): (QueueId, _) = queues.find(|(_, queue)| queue.name.text == name)?;
    Some(id.index())
}
