use std::time::Duration;

use proptest::prelude::*;

use super::super::solver;
use super::{Limits, Minimise, Programme, Unsolved};

/// Every solver of this build.
const SOLVERS: &[Minimise] = &[
    solver::minimise,
    #[cfg(feature = "highs")]
    solver::minimise_in_rust,
];

fn exact() -> Limits {
    Limits {
        gap: 0.0,
        nodes: 10_000,
        time: Duration::from_secs(60),
    }
}

#[test]
fn a_mix_of_whole_and_real_variables_is_solved() {
    // 5x + 4y + 3z at least 20 with z real and at most 1.5: x is dear by 5, y by 4.5, z by 2.
    let mut programme = Programme::default();
    let x = programme.whole(5.0, 0.0, f64::INFINITY);
    let y = programme.whole(4.5, 0.0, f64::INFINITY);
    let z = programme.variable(2.0, 0.0, 1.5);
    programme.at_least(&[(x, 5.0), (y, 4.0), (z, 3.0)], 20.0);
    for &solver in SOLVERS {
        let found = programme.minimise_by(solver, exact()).expect("a solution");
        // Of 20, z may give 4.5; the other 15.5 need x = 4 (20, with z = 0) or x = 3 and y = 1 (19, with z = 1/3).
        assert_eq!((found.whole(x), found.whole(y)), (4, 0));
        assert!(found.value(z).abs() < 1e-9);
        assert!((found.cost - 20.0).abs() < 1e-9);
        assert!((found.gap()).abs() < 1e-9);
    }
}

#[test]
fn what_cannot_be_is_told_and_by_how_much() {
    let mut programme = Programme::default();
    let first = programme.whole(1.0, 0.0, 3.0);
    let second = programme.whole(1.0, 0.0, 4.0);
    let enough = programme.at_least(&[(first, 1.0), (second, 1.0)], 10.0);
    let even = programme.equal(&[(first, 1.0), (second, -1.0)], 1.0);
    assert_eq!(programme.minimise(exact()), Err(Unsolved::Infeasible));
    let missing = programme
        .short_of(&[(enough, 1.0)], exact(), &|| false)
        .expect("slack");
    // second is at most 2 as first is at most 3 and one more: 5 of 10.
    assert_eq!(missing, [5.0]);
    let missing = programme
        .short_of(&[(enough, 1.0), (even, 0.1)], exact(), &|| false)
        .expect("slack");
    assert_eq!(missing, [3.0, 2.0]);
}

#[test]
fn odd_programmes_are_told_apart() {
    for &solver in SOLVERS {
        let answer = |programme: &Programme| programme.minimise_by(solver, exact());

        let mut unbounded = Programme::default();
        unbounded.variable(-1.0, 0.0, f64::INFINITY);
        assert_eq!(answer(&unbounded), Err(Unsolved::Unbounded));

        let mut crossed = Programme::default();
        crossed.variable(1.0, 2.0, 1.0);
        assert_eq!(answer(&crossed), Err(Unsolved::Infeasible));

        let mut no_term = Programme::default();
        no_term.variable(1.0, 0.0, 1.0);
        no_term.at_least(&[], 1.0);
        assert_eq!(answer(&no_term), Err(Unsolved::Infeasible));

        let mut not_a_number = Programme::default();
        not_a_number.variable(f64::NAN, 0.0, 1.0);
        assert!(matches!(answer(&not_a_number), Err(Unsolved::Failed(_))));

        let empty = answer(&Programme::default()).expect("nothing to do");
        assert_eq!((empty.cost, empty.bound), (0.0, 0.0));

        let mut late = Programme::default();
        let a = late.variable(1.0, 0.0, 9.0);
        late.at_least(&[(a, 1.0)], 2.0);
        let no_time = Limits {
            time: Duration::ZERO,
            ..exact()
        };
        assert_eq!(late.minimise_by(solver, no_time), Err(Unsolved::TimeOut));
    }
}

/// `microlp` takes no whole numbers beyond 32 bits.
#[cfg(feature = "highs")]
#[test]
fn whole_numbers_without_end_are_told_from_none() {
    let mut programme = Programme::default();
    let first = programme.whole(-1.0, 0.0, f64::INFINITY);
    let second = programme.whole(0.0, 0.0, f64::INFINITY);
    programme.at_most(&[(first, 1.0), (second, -1.0)], 0.0);
    assert_eq!(programme.minimise(exact()), Err(Unsolved::Unbounded));
    programme.at_least(&[(first, 1.0), (second, -1.0)], 1.0);
    assert_eq!(programme.minimise(exact()), Err(Unsolved::Infeasible));
}

/// Thirty knapsacks at once: whole numbers that no solver finds at once.
fn knapsacks() -> Programme {
    let mut programme = Programme::default();
    let pieces: Vec<_> = (0..60)
        .map(|number| programme.whole(f64::from(97 + number * 31 % 53), 0.0, 3.0))
        .collect();
    for row in 0..30_u32 {
        let weights = (7..).map(|number: u32| f64::from((row + 3) * number * 37 % 101 + 20));
        let terms: Vec<_> = pieces.iter().copied().zip(weights).collect();
        programme.at_least(&terms, f64::from(2_000 + row * 17));
    }
    programme
}

#[test]
fn little_work_gives_the_same_answer_each_time() {
    let programme = knapsacks();
    let limits = Limits {
        nodes: 50,
        ..exact()
    };
    for &solver in SOLVERS {
        let once = programme.minimise_by(solver, limits);
        assert_eq!(once, programme.minimise_by(solver, limits));
        match once {
            Ok(found) => assert!(!found.is_late && found.gap() < 0.05, "{found:?}"),
            Err(error) => assert_eq!(error, Unsolved::WorkOut),
        }
    }
}

#[test]
fn nobody_waits_for_a_solver_that_is_to_stop() {
    let limits = Limits {
        nodes: u64::MAX,
        ..exact()
    };
    let stopped = knapsacks().minimise_until(limits, &|| true);
    // A fast machine may have found it before anybody looked.
    assert!(
        stopped.is_ok() || stopped == Err(Unsolved::Stopped),
        "{stopped:?}"
    );
    let mut programme = Programme::default();
    let a = programme.variable(1.0, 0.0, 9.0);
    programme.at_least(&[(a, 1.0)], 2.0);
    let found = programme.minimise_until(exact(), &|| false);
    assert_eq!(found, programme.minimise(exact()));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    /// Small whole programmes against counting through all values.
    #[test]
    fn no_value_is_cheaper(
        costs in prop::collection::vec(-5..10_i32, 3),
        rows in prop::collection::vec((prop::collection::vec(-3..5_i32, 3), -4..12_i32), 1..4),
    ) {
        let mut programme = Programme::default();
        let variables: Vec<_> = costs
            .iter()
            .map(|&cost| programme.whole(f64::from(cost), 0.0, 4.0))
            .collect();
        for (factors, amount) in &rows {
            let factors = factors.iter().map(|&factor| f64::from(factor));
            let terms: Vec<_> = variables.iter().copied().zip(factors).collect();
            programme.at_least(&terms, f64::from(*amount));
        }
        let values = (0..125).map(|code| [code % 5, code / 5 % 5, code / 25]);
        let sum = |factors: &[i32], values: &[i32]| -> i32 {
            factors.iter().zip(values).map(|(factor, value)| factor * value).sum()
        };
        let cheapest = values
            .filter(|values| rows.iter().all(|(factors, amount)| sum(factors, values) >= *amount))
            .map(|values| sum(&costs, &values))
            .min();
        for &solver in SOLVERS {
            match (programme.minimise_by(solver, exact()), cheapest) {
                (Ok(found), Some(cheapest)) => {
                    prop_assert!((found.cost - f64::from(cheapest)).abs() < 1e-6);
                    prop_assert!((found.bound - f64::from(cheapest)).abs() < 1e-6);
                }
                (Err(Unsolved::Infeasible), None) => {}
                (found, cheapest) => prop_assert!(false, "{found:?} beside {cheapest:?}"),
            }
        }
    }
}
