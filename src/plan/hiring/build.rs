//! The programme: classes of whole people, overtime, outsourced hours, and who takes which work, so that every week's work is done at least cost.

use super::people::{WEEKS_A_YEAR, headcounts, leaving};
use crate::ids::{GroupId, QueueId, Table};
use crate::plan::programme::{Constraint, Found, Programme, Variable};
use crate::scenario::hiring::{HiringBrief, HiringGroup};
use crate::scenario::model::{Group, Model};
use crate::scenario::money::Pay;

const MILLION: f64 = 1e6;

/// What of a group costs what, in units of the currency.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Prices {
    /// An hour.
    pub wage: f64,
    /// An hour of overtime, in wages of an hour.
    pub overtime_rate: f64,
    /// An hour of overtime.
    pub overtime: f64,
    /// What the employer pays on top, as a share.
    pub on_cost: f64,
    /// One who leaves, as a share of a year's wages.
    pub leaver_share: f64,
    /// One who leaves.
    pub leaver: f64,
    /// One who is hired.
    pub hire: f64,
    /// An hour of somebody else's agents.
    pub outsourced: f64,
    /// The share of those trained who leave in a week.
    pub leaving: f64,
}

impl Prices {
    /// As the file has them.
    pub fn new(group: &Group, plan: &HiringGroup) -> Self {
        let Pay {
            overtime_rate,
            on_cost,
            turnover,
            hiring,
            ..
        } = &group.pay;
        let share = |millionths: u64| millionths as f64 / MILLION;
        let wage = share(group.wage_micros_per_hour);
        let overtime_rate = overtime_rate.map_or(1.0, share);
        Self {
            wage,
            overtime_rate,
            overtime: wage * overtime_rate,
            on_cost: share(*on_cost),
            leaver_share: share(turnover.cost),
            leaver: share(turnover.cost) * wage * plan.hours * WEEKS_A_YEAR,
            hire: share(hiring.cost),
            outsourced: plan.outsource_price,
            leaving: leaving(share(turnover.yearly)),
        }
    }
}

/// What was chosen, by group and week.
#[derive(Debug, Clone, PartialEq)]
pub struct Choice {
    /// Who begins.
    pub hires: Table<GroupId, Vec<u32>>,
    /// Hours of overtime.
    pub overtime_h: Table<GroupId, Vec<f64>>,
    /// Hours of somebody else's agents.
    pub outsourced_h: Table<GroupId, Vec<f64>>,
    /// By queue, group and week: hours of agents at its contacts.
    pub agent_h: Table<QueueId, Table<GroupId, Vec<f64>>>,
}

/// The programme and where its parts are.
#[derive(Debug)]
pub struct Built {
    /// What is made small; the people at the start are not in it.
    pub programme: Programme,
    /// By group and week: the constraint that its hours suffice.
    pub suffices: Table<GroupId, Vec<Constraint>>,
    hires: Table<GroupId, Vec<Option<Variable>>>,
    overtime: Table<GroupId, Vec<Variable>>,
    outsourced: Table<GroupId, Vec<Variable>>,
    takes: Table<QueueId, Table<GroupId, Vec<Option<Variable>>>>,
}

/// One person hired in a week: what comes of that in each.
struct Cohort {
    trained: Vec<f64>,
    productive: Vec<f64>,
    cost: f64,
}

fn cohort(group: &HiringGroup, prices: &Prices, week: usize, weeks: usize) -> Cohort {
    let nobody = HiringGroup {
        people: 0.0,
        ..group.clone()
    };
    let mut hires = vec![0.0; weeks];
    hires[week] = 1.0;
    let counts = headcounts(&nobody, prices.leaving, &hires);
    let paid: f64 = counts
        .iter()
        .map(|count| count.trained + count.learning)
        .sum();
    let leavers: f64 = counts.iter().map(|count| count.leavers).sum();
    Cohort {
        cost: paid * group.hours * prices.wage * (1.0 + prices.on_cost)
            + leavers * prices.leaver
            + prices.hire,
        trained: counts.iter().map(|count| count.trained).collect(),
        productive: counts.iter().map(|count| count.productive).collect(),
    }
}

impl Built {
    /// The programme of a brief.
    pub fn new(brief: &HiringBrief, model: &Model) -> Self {
        let mut programme = Programme::default();
        let weeks = brief.weeks.len();
        let takes = takes(brief, weeks, &mut programme);
        let mut built = Self {
            suffices: Table::default(),
            hires: Table::default(),
            overtime: Table::default(),
            outsourced: Table::default(),
            takes,
            programme,
        };
        for (id, group) in brief.groups.iter() {
            built.add_group(id, group, &Prices::new(&model.groups[id], group), brief);
        }
        for (queue, by_group) in built.takes.iter() {
            for week in 0..weeks {
                let does = |group: GroupId| brief.groups[group].does[queue].unwrap_or(0.0);
                let terms: Vec<(Variable, f64)> = by_group
                    .iter()
                    .filter_map(|(group, takes)| Some((takes[week]?, does(group))))
                    .collect();
                let work_h = work_h(brief, queue, week);
                built.programme.equal(&terms, work_h);
            }
        }
        built
    }

    fn add_group(
        &mut self,
        id: GroupId,
        group: &HiringGroup,
        prices: &Prices,
        brief: &HiringBrief,
    ) {
        let weeks = brief.weeks.len();
        let pay = 1.0 + prices.on_cost;
        let hires: Vec<Option<(Variable, Cohort)>> = (0..weeks)
            .map(|week| {
                let (min, max) = group.class.filter(|_| group.may_begin[week])?;
                let cohort = cohort(group, prices, week, weeks);
                let hired = class(&mut self.programme, cohort.cost, min, max);
                Some((hired, cohort))
            })
            .collect();
        let start = headcounts(group, prices.leaving, &vec![0.0; weeks]);
        let programme = &mut self.programme;
        let mut overtime = Vec::new();
        let mut outsourced = Vec::new();
        let mut suffices = Vec::new();
        for week in 0..weeks {
            let most = group.outsource_max_h[week];
            let extra = programme.variable(prices.overtime * pay, 0.0, f64::INFINITY);
            let bought = programme.variable(prices.outsourced, 0.0, most);
            let here = 1.0 - group.away[week];
            let limit = group.overtime_max[week] * group.hours;
            let mut contracted = vec![(extra, 1.0)];
            let mut enough = vec![(extra, here), (bought, 1.0)];
            for (hired, cohort) in hires.iter().flatten() {
                contracted.push((*hired, -limit * cohort.trained[week]));
                enough.push((*hired, here * group.hours * cohort.productive[week]));
            }
            programme.at_most(&contracted, limit * start[week].trained);
            for by_group in self.takes.values() {
                if let Some(takes) = by_group[id][week] {
                    enough.push((takes, -1.0 / brief.occupancy[week]));
                }
            }
            let there = here * group.hours * start[week].productive;
            suffices.push(programme.at_least(&enough, -there));
            overtime.push(extra);
            outsourced.push(bought);
        }
        let hires = hires.into_iter().map(|hired| hired.map(|(hired, _)| hired));
        self.hires.push(hires.collect());
        self.overtime.push(overtime);
        self.outsourced.push(outsourced);
        self.suffices.push(suffices);
    }

    /// What an answer chooses.
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "classes are between 0 and a hundred thousand"
    )]
    pub fn choice(&self, found: &Found) -> Choice {
        let hours = |variables: &Vec<Variable>| -> Vec<f64> {
            let hours = variables.iter().map(|&hours| found.value(hours));
            hours.collect()
        };
        let people = |hires: &Vec<Option<Variable>>| -> Vec<u32> {
            let hires = hires.iter();
            hires
                .map(|hired| hired.map_or(0, |hired| found.whole(hired) as u32))
                .collect()
        };
        let taken = |takes: &Vec<Option<Variable>>| -> Vec<f64> {
            let takes = takes.iter();
            takes
                .map(|takes| takes.map_or(0.0, |takes| found.value(takes)))
                .collect()
        };
        Choice {
            hires: self.hires.values().map(people).collect(),
            overtime_h: self.overtime.values().map(hours).collect(),
            outsourced_h: self.outsourced.values().map(hours).collect(),
            agent_h: self
                .takes
                .values()
                .map(|groups| groups.values().map(taken).collect())
                .collect(),
        }
    }
}

/// Hours of work of a queue in a week, at speed 1.
pub fn work_h(brief: &HiringBrief, queue: QueueId, week: usize) -> f64 {
    brief.volumes[queue][week].contacts * brief.work_s[queue] / 3_600.0
}

/// Hours of agents by queue, group and week, where a group serves a queue.
fn takes(
    brief: &HiringBrief,
    weeks: usize,
    programme: &mut Programme,
) -> Table<QueueId, Table<GroupId, Vec<Option<Variable>>>> {
    let mut of_group = |queue: QueueId, group: &HiringGroup| -> Vec<Option<Variable>> {
        (0..weeks)
            .map(|_| {
                let serves = group.does[queue].is_some();
                serves.then(|| programme.variable(0.0, 0.0, f64::INFINITY))
            })
            .collect()
    };
    let mut takes = Table::default();
    for queue in brief.volumes.ids() {
        let groups: Table<GroupId, _> = brief
            .groups
            .values()
            .map(|group| of_group(queue, group))
            .collect();
        takes.push(groups);
    }
    takes
}

/// People who begin together: nobody, or as many as a class takes.
fn class(programme: &mut Programme, cost: f64, min: u32, max: u32) -> Variable {
    let hired = programme.whole(cost, 0.0, f64::from(max));
    if min > 1 {
        let opens = programme.whole(0.0, 0.0, 1.0);
        programme.at_least(&[(hired, 1.0), (opens, -f64::from(min))], 0.0);
        programme.at_most(&[(hired, 1.0), (opens, -f64::from(max))], 0.0);
    }
    hired
}
