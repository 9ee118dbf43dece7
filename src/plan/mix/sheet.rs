//! The figures of a proof: rows of mixes, their differences from the best, and the frontier.

use crate::scenario::mix::Aim;
use crate::scenario::model::Staffing;
use crate::stats::estimate::Estimate;
use crate::stats::frontier::{Gap, Place, Standing, frontier};
use crate::stats::joint::Joint;
use crate::stats::measure::{Measure, OfQueue};
use crate::stats::multiple::{Tested, holm, widening};
use crate::study::mixes::bench::Bench;

use super::field::Field;
use super::found::{Change, Choice, GroupHeads, MixRow, Move, MoveKind};
use super::heads::{paid_hours, peak};
use super::proof::{AS_WRITTEN, BEST, List, Planned};

/// A percentage point.
const POINT: f64 = 0.01;

/// What was run together: the file as written, the best, and the others.
pub(super) struct Sheet<'s, 'a> {
    pub(super) field: &'s Field<'a>,
    pub(super) bench: &'s Bench<'s>,
    pub(super) joint: &'s Joint,
    pub(super) list: &'s List,
    pub(super) staffings: &'s [Staffing],
}

impl Sheet<'_, '_> {
    fn estimate(&self, place: usize, measure: &Measure) -> Estimate {
        self.bench.estimate(self.joint, place, measure)
    }

    fn lost(&self) -> Measure {
        Measure::customers_lost(self.bench)
    }

    /// The figures by which mixes are compared; the net cost where the file says what anything is worth.
    fn measures(&self) -> Vec<Measure> {
        let mut measures = vec![Measure::Cost, Measure::InTime, self.lost()];
        measures.extend(self.field.has_value().then_some(Measure::NetCost));
        measures
    }

    /// A mix with its figures.
    pub(super) fn row(&self, place: usize) -> MixRow {
        let model = self.bench.mixes()[place].model;
        let queues = model.queues.values().filter_map(|queue| {
            queue.within()?;
            let name = queue.name.text.clone();
            let level = Measure::Queue(name.clone(), OfQueue::ServiceLevel);
            Some((name, self.estimate(place, &level)))
        });
        MixRow {
            choices: self.choices(place),
            staff: self.staff(place),
            cost: self.estimate(place, &Measure::Cost),
            in_time: self.estimate(place, &Measure::InTime),
            lost: self.estimate(place, &self.lost()),
            net_cost: self
                .field
                .has_value()
                .then(|| self.estimate(place, &Measure::NetCost)),
            queues: queues.collect(),
            standing: Standing::Unknown,
            is_best: place == BEST,
        }
    }

    /// What a mix chooses; nothing of the file as written, which need be none of the mixes.
    fn choices(&self, place: usize) -> Vec<Choice> {
        let Some(candidate) = place.checked_sub(1).map(|own| &self.list.0[own]) else {
            return Vec::new();
        };
        let space = self.field.space;
        let chosen = space
            .levers
            .iter()
            .zip(&space.setups[candidate.setup].values);
        let chosen = chosen.filter_map(|(lever, value)| {
            Some(Choice {
                path: lever.what.path(),
                value: lever.values[(*value)?].clone(),
            })
        });
        chosen.collect()
    }

    fn staff(&self, place: usize) -> Vec<GroupHeads> {
        let ground = self.field.ground();
        let staffing = match place {
            AS_WRITTEN => &ground.staffing,
            place => &self.staffings[place - 1],
        };
        let hours = paid_hours(self.bench.mixes()[place].model, staffing);
        let groups = ground.model.groups.iter();
        let of_group = groups.enumerate().map(|(number, (id, group))| {
            let own = peak(&ground.staffing, id);
            GroupHeads {
                group: group.name.text.clone(),
                heads: match place {
                    AS_WRITTEN => own,
                    place => self.list.0[place - 1].levels[number],
                },
                heads_of_file: own,
                paid_h: hours[id],
            }
        });
        of_group.collect()
    }

    /// The best less the file as written, and what every step away from the best changes, all tested together.
    pub(super) fn changes(&self, moves: Vec<Planned>) -> (Change, Vec<Move>) {
        let measures = self.measures();
        let pairs = std::iter::once((BEST, AS_WRITTEN));
        let steps = moves
            .iter()
            .filter_map(|planned| Some((planned.place?, BEST)));
        let pairs: Vec<(usize, usize)> = pairs.chain(steps).collect();
        let values: Vec<Estimate> = pairs
            .iter()
            .flat_map(|&pair| measures.iter().map(move |measure| (pair, measure)))
            .map(|(pair, measure)| self.bench.difference(self.joint, pair, measure))
            .collect();
        let tested = holm(&values, self.joint.replications);
        let mut changes = tested.chunks(measures.len()).map(change);
        let gain = changes.next();
        let moves = moves.into_iter().map(|Planned { what, place }| Move {
            staff: match (place, &what) {
                (Some(place), MoveKind::Value { .. }) => self.staff(place),
                _ => Vec::new(),
            },
            change: place.and_then(|_| changes.next()),
            cost_per_point: place.map_or(Estimate::NONE, |place| self.price(place)),
            what,
        });
        let moves = moves.collect();
        let gain = gain.unwrap_or_else(|| {
            let unknown = holm(&vec![Estimate::NONE; measures.len()], 0);
            change(&unknown)
        });
        (gain, moves)
    }

    /// What is paid for each percentage point in time more than the best has.
    fn price(&self, place: usize) -> Estimate {
        let wanted = |measure: &Measure| {
            let own = measure.wanted(self.bench, place)?;
            Some((own, measure.wanted(self.bench, BEST)?))
        };
        let (Some(gained), Some(paid)) = (wanted(&Measure::InTime), wanted(&Measure::Cost)) else {
            return Estimate::NONE;
        };
        let price = self.joint.exchange(
            (gained.0.quantity(), gained.1.quantity()),
            (paid.0.quantity(), paid.1.quantity()),
        );
        let a_point = |value: Option<f64>| value.map(|value| value * POINT);
        Estimate {
            mean: a_point(price.mean),
            lo: a_point(price.lo),
            hi: a_point(price.hi),
            ..price
        }
    }

    /// These mixes by cost, each with its standing among them.
    pub(super) fn frontier(&self, rows: &[usize]) -> Vec<MixRow> {
        let many = rows.len();
        let pairs = many * many.saturating_sub(1) / 2;
        let wider = widening(2 * pairs, self.joint.replications).unwrap_or(1.0);
        let gap = |one: usize, other: usize| {
            let pair = (rows[one], rows[other]);
            let of = |measure| {
                self.bench
                    .difference(self.joint, pair, measure)
                    .widened(wider)
            };
            Gap {
                cost: of(&Measure::Cost),
                gain: match self.field.space.aim {
                    Aim::Service => of(&Measure::InTime),
                    Aim::Total => of(&Measure::NetCost).turned(),
                },
            }
        };
        let row = |(&place, Place { standing, .. }): (&usize, Place)| MixRow {
            standing,
            ..self.row(place)
        };
        let places = frontier(many, gap);
        let mut found: Vec<MixRow> = rows.iter().zip(places).map(row).collect();
        let cost = |row: &MixRow| row.cost.mean.unwrap_or(f64::INFINITY);
        found.sort_by(|one, other| cost(one).total_cmp(&cost(other)));
        found
    }
}

fn change(tested: &[Tested]) -> Change {
    Change {
        cost: tested[0],
        in_time: tested[1],
        lost: tested[2],
        net_cost: tested.get(3).copied(),
    }
}
