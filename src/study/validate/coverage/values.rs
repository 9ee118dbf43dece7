//! Known values, and where in a summary the figures stand that should agree with them.

use crate::queueing::{Definition, QueueError, SteadyState};
use crate::stats::estimate::Estimate;
use crate::stats::summary::{CostSummary, GroupMeasures, Named, QueueMeasures, VariantSummary};

/// Contacts that leave within this time may be left out of a service level (the default of `short`).
const SHORT_S: f64 = 5.0;

/// A figure with its known value.
#[derive(Debug, Clone)]
pub(super) struct Value {
    place: Place,
    /// Its path, as in `queues.phone.wait_s.p90`.
    pub(super) path: String,
    /// Whether it is of the variant less the base.
    pub(super) is_difference: bool,
    pub(super) exact: f64,
}

/// Where a figure stands.
#[derive(Debug, Clone, Copy)]
pub(super) enum Place {
    /// Of a queue.
    Queue(&'static str, fn(&QueueMeasures) -> Estimate),
    /// Of the group.
    Group(fn(&GroupMeasures) -> Estimate),
    /// Of all.
    CostPerContact,
}

impl Value {
    pub(super) fn of(place: Place, path: &str, exact: f64) -> Self {
        Self {
            place,
            path: path.to_owned(),
            is_difference: false,
            exact,
        }
    }

    /// The difference of two known values; nothing where it is none because chance has no part in it.
    pub(super) fn less(self, base: &Self) -> Option<Self> {
        let exact = self.exact - base.exact;
        (self.path == base.path && exact.abs() > 1e-12).then_some(Self {
            path: format!("differences.{}", self.path),
            is_difference: true,
            exact,
            place: self.place,
        })
    }

    /// The figure, among those of the base or of the first variant less the base.
    pub(super) fn read(&self, variants: &[VariantSummary]) -> Estimate {
        if self.is_difference {
            let differences = variants
                .get(1)
                .and_then(|variant| variant.differences.as_ref());
            return differences.map_or(Estimate::NONE, |differences| {
                self.find(
                    |name| differences.queues.find(name),
                    first(&differences.groups),
                    &differences.cost,
                )
            });
        }
        variants.first().map_or(Estimate::NONE, |base| {
            self.find(
                |name| base.queues.find(name).map(|queue| &queue.measures),
                first(&base.groups).map(|group| &group.measures),
                &base.cost,
            )
        })
    }

    fn find<'a>(
        &self,
        queue: impl Fn(&str) -> Option<&'a QueueMeasures>,
        group: Option<&GroupMeasures>,
        cost: &CostSummary,
    ) -> Estimate {
        let found = match self.place {
            Place::Queue(name, figure) => queue(name).map(figure),
            Place::Group(figure) => group.map(figure),
            Place::CostPerContact => Some(cost.per_contact),
        };
        found.unwrap_or(Estimate::NONE)
    }
}

fn first<T>(named: &Named<T>) -> Option<&T> {
    named.0.first().map(|(_, thing)| thing)
}

/// What a model in its steady state knows of a queue to which so many contacts come in the counted hours.
pub(super) fn of_steady_state(
    queue: &'static str,
    offered: f64,
    within_s: f64,
    model: &dyn SteadyState,
) -> Result<Vec<Value>, QueueError> {
    let m = model.measures();
    let mut values = Vec::new();
    let mut add = |name: &str, exact: f64, figure: fn(&QueueMeasures) -> Estimate| {
        let path = format!("queues.{queue}.{name}");
        values.push(Value::of(Place::Queue(queue, figure), &path, exact));
    };
    add("offered", offered, |q| q.offered);
    add("delayed", m.p_wait, |q| q.delayed);
    add("wait_s.mean", m.mean_wait_s, |q| q.wait_s.mean);
    add("queue_length", m.queue_length, |q| q.queue_length);
    let levels = model.service_levels(within_s, SHORT_S)?;
    for (definition, figure) in level_figures() {
        // Where nobody leaves, all definitions are one.
        if let Some(exact) = levels.by(definition)
            && (m.p_abandon > 0.0 || definition == Definition::Answered)
        {
            add(
                &format!("service_levels.{}", definition.name()),
                exact,
                figure,
            );
        }
    }
    if m.p_abandon > 0.0 {
        add("abandonment", m.p_abandon, |q| q.abandonment);
        if let Some(asa_s) = m.asa_s {
            add("asa_s", asa_s, |q| q.asa_s);
        }
    }
    for (name, share, figure) in quantiles() {
        // A quantile of zero is known for certain.
        let exact = model.wait_quantile_s(share)?;
        if exact > 0.0 {
            add(name, exact, figure);
        }
    }
    values.push(Value::of(
        Place::Group(|group| group.occupancy),
        "groups.g.occupancy",
        m.occupancy,
    ));
    Ok(values)
}

type QueueReading = fn(&QueueMeasures) -> Estimate;

fn level_figures() -> [(Definition, QueueReading); 5] {
    [
        (Definition::Answered, |q| q.service_levels.answered),
        (Definition::Offered, |q| q.service_levels.offered),
        (Definition::LateAbandons, |q| q.service_levels.late_abandons),
        (Definition::EarlyAbandonsOk, |q| {
            q.service_levels.early_abandons_ok
        }),
        (Definition::NoShort, |q| q.service_levels.no_short),
    ]
}

fn quantiles() -> [(&'static str, f64, QueueReading); 5] {
    [
        ("wait_s.p50", 0.5, |q| q.wait_s.p50),
        ("wait_s.p80", 0.8, |q| q.wait_s.p80),
        ("wait_s.p90", 0.9, |q| q.wait_s.p90),
        ("wait_s.p95", 0.95, |q| q.wait_s.p95),
        ("wait_s.p99", 0.99, |q| q.wait_s.p99),
    ]
}
