use std::cell::Cell;

use proptest::prelude::*;

use super::super::cover::{cover, landscape};
use super::super::grid::Heads;
use super::super::programme::{Limits, Programme};
use super::super::space::{Column, Rule, RuleKind, Space};
use super::near::{WORK, near};
use crate::ids::{GroupId, Id};

/// A day of eight slots, duties of four with a break in the second or third of their slots, and others of three slots without.
fn space() -> Space {
    let group = GroupId::from_index(0);
    let mut columns = Vec::new();
    let mut rules = Vec::new();
    let column = |cost: f64, cells: Vec<(usize, f64)>| Column {
        cost,
        min: 0,
        max: 100,
        cells: cells
            .into_iter()
            .map(|(slot, heads)| (group, slot, heads))
            .collect(),
    };
    for start in 0..5 {
        columns.push(column(
            30.0,
            (start..start + 4).map(|slot| (slot, 1.0)).collect(),
        ));
        let duty = columns.len() - 1;
        for turn in [start + 1, start + 2] {
            columns.push(column(0.0, vec![(turn, -1.0)]));
        }
        rules.push(Rule {
            kind: RuleKind::Balance,
            terms: vec![(duty, -1.0), (duty + 1, 1.0), (duty + 2, 1.0)],
            min: 0.0,
            max: 0.0,
        });
    }
    for start in 0..6 {
        columns.push(column(
            34.0,
            (start..start + 3).map(|slot| (slot, 1.0)).collect(),
        ));
    }
    Space {
        columns,
        rules,
        fixed: std::iter::once(vec![0; 8]).collect(),
    }
}

/// What the cheapest cover costs, by a programme of whole numbers.
fn cheapest(space: &Space, required: &[u32]) -> f64 {
    let mut programme = Programme::default();
    let taken: Vec<_> = space
        .columns
        .iter()
        .map(|column| programme.whole(column.cost, 0.0, f64::from(column.max)))
        .collect();
    let often: Vec<_> = taken.iter().map(|&variable| variable.into()).collect();
    for rule in &space.rules {
        rule.ask(&often, &mut programme);
    }
    for (slot, &heads) in required.iter().enumerate() {
        let mut terms = Vec::new();
        for (column, &variable) in space.columns.iter().zip(&taken) {
            let here = column.cells.iter().filter(|cell| cell.1 == slot);
            terms.extend(here.map(|cell| (variable, cell.2)));
        }
        programme.at_least(&terms, f64::from(heads));
    }
    let exact = Limits {
        gap: 0.0,
        ..Limits::default()
    };
    programme.minimise(exact).expect("a cover").cost
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(40))]

    /// Every head is there, the rules are kept, and less than two duties are paid above the cheapest.
    #[test]
    fn covers_are_whole_and_nearly_the_cheapest(required in proptest::collection::vec(0_u32..9, 8)) {
        let space = space();
        let heads: Heads = std::iter::once(required.clone()).collect();
        let found = cover(&space, &heads).expect("a cover");
        prop_assert!(space.allows(&found.choice));
        prop_assert!(found.missing.is_empty(), "{:?}", found.missing);
        let there = space.heads(&found.choice);
        let there = &there[GroupId::from_index(0)];
        prop_assert!(there.iter().zip(&required).all(|(there, heads)| there >= heads));
        let least = cheapest(&space, &required);
        prop_assert!(found.bound <= least + 1e-6 && least <= found.cost + 1e-6);
        prop_assert!(found.cost < least + 60.0, "{} {least} {:?}", found.cost, required);
    }
}

#[test]
fn four_of_five_covers_are_the_cheapest_and_the_others_less_than_a_duty_dearer() {
    let space = space();
    let mut luck = 12_345_u64;
    let mut draw = || {
        // Knuth's linear congruential generator (MMIX): the same covers in every build.
        luck = luck
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        u32::try_from((luck >> 33) % 9).expect("below nine")
    };
    let mut cheapest_of_all = 0;
    for _ in 0..200 {
        let required: Vec<u32> = (0..8).map(|_| draw()).collect();
        let heads: Heads = std::iter::once(required.clone()).collect();
        let found = cover(&space, &heads).expect("a small programme");
        let dearer = found.cost - cheapest(&space, &required);
        assert!(dearer < 30.0, "{dearer} {required:?}");
        cheapest_of_all += u32::from(dearer < 1e-6);
    }
    assert!(cheapest_of_all >= 160, "{cheapest_of_all}");
}

#[test]
fn what_rules_forbid_is_not_taken() {
    let mut space = space();
    // Duties without a break two at most, and so too few heads for twenty everywhere.
    space.rules.push(Rule {
        kind: RuleKind::Limit,
        terms: (15..21).map(|column| (column, 1.0)).collect(),
        min: 0.0,
        max: 2.0,
    });
    for column in &mut space.columns {
        column.max = 3;
    }
    let heads: Heads = std::iter::once(vec![20; 8]).collect();
    let found = cover(&space, &heads).expect("a cover");
    assert!(space.allows(&found.choice), "{:?}", found.choice);
    assert!(!found.missing.is_empty());
}

#[test]
fn who_stops_it_gets_the_best_so_far() {
    const DEAR: f64 = 1_000.0;
    let space = space();
    let required = [5, 9, 3, 7, 8, 2, 6, 4];
    let heads: Heads = std::iter::once(required.to_vec()).collect();
    let landscape = landscape(&space, &heads, DEAR);
    let nothing = vec![0.0; space.columns.len()];
    let looked = Cell::new(0_u32);
    let cost_after = |looks: u32| {
        looked.set(0);
        let stop = || {
            looked.set(looked.get() + 1);
            looked.get() > looks
        };
        let choice = near(&landscape, &[&nothing], WORK, &stop);
        assert!(space.allows(&choice), "{choice:?}");
        let columns = space.columns.iter().zip(&choice);
        let paid: f64 = columns
            .map(|(column, &taken)| column.cost * f64::from(taken))
            .sum();
        let there = &space.parts(&choice)[GroupId::from_index(0)];
        let missing = there
            .iter()
            .zip(required)
            .map(|(there, heads)| (f64::from(heads) - there).max(0.0));
        paid + DEAR * missing.sum::<f64>()
    };
    let whole = cost_after(u32::MAX);
    let looks = looked.get();
    // It looks all the time, so that it never goes on for long.
    assert!(looks > 100, "{looks}");
    let costs = [0, 5, looks / 2, looks].map(cost_after);
    assert!(
        costs[0] > costs[1] && costs[1] > costs[2] && costs[2] >= costs[3],
        "{costs:?}"
    );
    assert!((costs[3] - whole).abs() < 1e-9, "{costs:?} {whole}");
}
