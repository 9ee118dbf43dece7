//! The search against all mixes of a case that is small enough, and the parts that can be told by arithmetic.

use super::field::{Candidate, Field, Worth};
use super::heads::{Range, paid_hours, staffing};
use super::search::{Effort, Search, SearchError, Searched, thinned};
use super::walk::is_better;
use crate::ids::{GroupId, Id};
use crate::plan::found::Ended;
use crate::scenario::Scenario;
use crate::scenario::mix::MixSpace;
use crate::sim::parallel::Workers;

const EFFORT: Effort = Effort {
    screen: 6,
    search: 24,
    work: 1_000_000,
};

/// Two queues and two groups, of whose 32 mixes all can be simulated.
const SMALL: &str = r#"
name = "small"
currency = "EUR"
[horizon]
start = "2026-09-07"
days = 1
interval = "12h"
[queues.phone]
channel = "phone"
arrivals = { per_hour = 14 }
handle_time = { dist = "exponential", mean = "6m" }
patience = { dist = "exponential", mean = "3m" }
target = { share = 0.8, within = "30s" }
value = { abandoned = 9, blocked = 9 }
[queues.chat]
channel = "chat"
arrivals = { per_hour = 9 }
handle_time = { dist = "exponential", mean = "7m" }
patience = { dist = "exponential", mean = "3m" }
target = { share = 0.8, within = "60s" }
value = { abandoned = 4, blocked = 4 }
[groups.voice]
skills = ["phone"]
staff = 2
wage = 14
[groups.digital]
skills = ["chat", "phone"]
staff = 2
wage = 16
[plan.mix]
drop = { chat = { phone = 0.4 } }
[plan.mix.heads]
voice = { min = 1, max = 4 }
digital = { min = 0, max = 3 }
"#;

fn space(text: &str) -> MixSpace {
    let space = Scenario::sample(text).mixes(None);
    space.unwrap_or_else(|problems| panic!("{problems}"))
}

fn searched(field: &mut Field<'_>, budget: f64) -> Result<Searched, SearchError> {
    Search {
        field,
        budget,
        effort: EFFORT,
        progress: &|_| (),
    }
    .search()
}

/// Every mix with what comes of it.
fn all(space: &MixSpace, workers: &Workers) -> Vec<(Candidate, Worth)> {
    let mut field = Field::new(space, 1, u64::MAX, workers);
    let mut all = Vec::new();
    for setup in 0..space.setups.len() {
        let ranges = field.ranges_in(setup).to_vec();
        for voice in ranges[0].min..=ranges[0].max {
            for digital in ranges[1].min..=ranges[1].max {
                let levels = vec![voice, digital];
                all.push(Candidate { setup, levels });
            }
        }
    }
    field.look(&all, EFFORT.search).unwrap();
    let worth = |candidate: &Candidate| field.worth(candidate, EFFORT.search).unwrap();
    let worths: Vec<Worth> = all.iter().map(worth).collect();
    all.into_iter().zip(worths).collect()
}

#[test]
fn the_search_finds_the_best_of_all_mixes_of_a_small_case() {
    let workers = Workers::new(2).unwrap();
    for aim in ["service", "total"] {
        let text = SMALL.replace("[plan.mix]", &format!("[plan.mix]\naim = \"{aim}\""));
        let space = space(&text);
        let all = all(&space, &workers);
        assert_eq!(all.len(), 32);
        for budget in [700.0, 1_000.0, 1_300.0, 1_700.0, 3_000.0] {
            let best = all.iter().copied_best(budget);
            let mut field = Field::new(&space, 1, u64::MAX, &workers);
            let found = searched(&mut field, budget).unwrap();
            assert_eq!(found.ended, Ended::Converged);
            assert_eq!(found.winner, best.0, "{aim} {budget}");
            // No mix at all beats one of the curve for certain: none within what it costs is better.
            for (candidate, worth) in &found.curve {
                if worth.paid <= budget {
                    let better = all.iter().copied_best(worth.paid);
                    let gain = better.1.value - worth.value;
                    let slack = if aim == "service" { 0.01 } else { 15.0 };
                    assert!(gain <= slack, "{aim} {budget} {candidate:?}: {gain}");
                }
            }
        }
    }
}

/// The best of mixes within a budget.
trait Best {
    fn copied_best(self, budget: f64) -> (Candidate, Worth);
}

impl<'a, I: Iterator<Item = &'a (Candidate, Worth)>> Best for I {
    fn copied_best(self, budget: f64) -> (Candidate, Worth) {
        let best = self.reduce(|one, other| {
            if is_better(other.1, one.1, budget) {
                other
            } else {
                one
            }
        });
        best.cloned().expect("there are mixes")
    }
}

#[test]
fn what_no_budget_pays_for_is_told_with_the_least_that_any_costs() {
    let workers = Workers::new(1).unwrap();
    let space = space(SMALL);
    let mut field = Field::new(&space, 1, u64::MAX, &workers);
    match searched(&mut field, 300.0) {
        // One head of voice round the clock: 24 h at 14; overtime comes on top.
        Err(SearchError::NothingFits(candidate, worth)) => {
            assert_eq!(candidate.levels, [1, 0]);
            assert!((336.0..=345.0).contains(&worth.paid), "{}", worth.paid);
        }
        other => panic!("{other:?}"),
    }
}

#[test]
fn work_that_is_done_ends_the_search_with_the_best_so_far() {
    let workers = Workers::new(1).unwrap();
    let space = space(SMALL);
    let mut field = Field::new(&space, 1, 400, &workers);
    let found = searched(&mut field, 1_300.0).unwrap();
    assert_eq!(found.ended, Ended::Work);
    assert!(field.work <= 400);
    assert!(field.worth(&found.winner, EFFORT.screen).unwrap().paid <= 1_300.0);
}

/// Hours that are whole.
fn whole(hours: f64) -> u32 {
    let found = (0..10_000).find(|&whole| (f64::from(whole) - hours).abs() < 1e-9);
    found.expect("hours are whole")
}

#[test]
fn heads_keep_the_shape_of_the_file() {
    let text = SMALL.replace("staff = 2\nwage = 14", "staff = [10, 3]\nwage = 14");
    let text = text.replace(
        "voice = { min = 1, max = 4 }",
        "voice = { min = 0, max = 40 }",
    );
    let space = space(&text);
    let variant = space.setup(0);
    let ranges: Vec<Range> = super::heads::ranges(&space, variant);
    assert_eq!((ranges[0].own, ranges[0].min, ranges[0].max), (10, 0, 40));
    let hours = |level: u32| {
        let staffing = staffing(variant, &ranges, &[level, 2]);
        whole(paid_hours(&variant.model, &staffing)[GroupId::from_index(0)])
    };
    // Twelve hours each of the peak and of three tenths of it, to the nearest head and one at least.
    assert_eq!(hours(10), 12 * 13);
    assert_eq!(hours(20), 12 * 26);
    assert_eq!(hours(5), 12 * (5 + 2));
    assert_eq!(hours(1), 12 * (1 + 1));
    assert_eq!(hours(0), 0);
}

#[test]
fn a_group_that_a_setup_leaves_nothing_to_do_has_nobody() {
    let text = SMALL.replace(
        "skills = [\"chat\", \"phone\"]\nstaff = 2",
        "skills = [\"chat\"]\nstaff = 2",
    );
    let space = space(&text);
    let workers = Workers::new(1).unwrap();
    let field = Field::new(&space, 1, 0, &workers);
    let of_setup = |setup: usize| field.ranges_in(setup).iter().map(|range| range.max);
    assert_eq!(of_setup(0).collect::<Vec<_>>(), [4, 3]);
    assert_eq!(of_setup(1).collect::<Vec<_>>(), [4, 0]);
}

#[test]
fn thinned_lists_keep_their_ends() {
    let list: Vec<f64> = (0..100).map(f64::from).collect();
    assert_eq!(thinned(&list, 4, |at| *at), [&0.0, &33.0, &66.0, &99.0]);
    assert_eq!(thinned(&list[..3], 4, |at| *at).len(), 3);
    assert!(thinned(&list[..0], 4, |at| *at).is_empty());
}
