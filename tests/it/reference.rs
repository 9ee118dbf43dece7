//! The simulator against exact values of queue models (tests/reference): the fast version of `channelmix validate`.

use channelmix::sim::parallel::Workers;
use channelmix::study::validate::scoreboard::{Effort, Pattern, Row, validate};

/// What no figure of a run answers: kinds of cases, and how their metrics begin. All else must be simulated.
const LEFT_TO_FORMULAS: &str = "
# Not a figure of a run.
A-MMs A-MG1: wait_sd_s p_sojourn_gt_2aht
B-N B-X B-M B-OVF: share_served
# Sums over queues whose own values are simulated: their errors are not independent.
A-PRIO: offered_load_erl asa_all_s
B-V B-N B-X B-M F-CHAIN: p_wait_all mean_wait_all_s sl_answered_offered_all asa_served_all_s occupancy_all
# Abandonments by the interval in which they happen, where a run books them by arrival: the mean queue over the mean patience.
C C-FH: abandon_fraction#
# Over the hours with arrivals, where a run has the whole day; its intervals are simulated.
C C-FH: offered_load_erl mean_queue#day occupancy#day occupancy_group1#day asa_s#day
F-SSJ F-MMC F-MMCAb F-MMCB: occupancy
# The instant of a peak.
C-MOL: peak
# Variances, and what has no empty start.
E-HAWKES: branching_ratio mean_rate stationary limit empty_start_var empty_start_p_zero covariance
E-OVF: overflow peakedness secondary
F-SSJ: std_arrivals
# Printed without an interval.
F-SSJ: abandoned_over_expected_calls
# Formulas and staffing tables.
D-C D-A D-B D-HW D-GARNETT D-SQRT D-SIPP: min_ achieved occupancy scheduled_agents p_ sqrt_n n exact_ garnett_
E-GAMMA E-ERLBC E-MIXA: B( C( mean_ var_ index_ p_ prob_ count_ cov_ corr_ sl_
";

fn is_left(value: &str) -> bool {
    let (case, metric) = value.split_once('/').expect("a value is case/metric");
    let kind = case.split("-v").next().expect("a case has a kind");
    let rules = LEFT_TO_FORMULAS
        .lines()
        .filter(|line| !line.starts_with('#'));
    rules
        .filter_map(|line| line.split_once(": "))
        .any(|(kinds, metrics)| {
            let starts = |start| metric.starts_with(start);
            kinds.split(' ').any(|left| left == kind) && metrics.split(' ').any(starts)
        })
}

#[test]
fn the_simulator_agrees_with_every_value_that_it_can_answer() {
    let cases = Pattern("").cases();
    let values: usize = cases.iter().map(|case| case.values.len()).sum();
    let effort = Effort {
        precision: 0.03,
        most_contacts: 200_000,
        seed: 1,
    };
    let workers = Workers::new(0).expect("threads");
    let board = validate(&cases, &effort, &workers, &|| ()).expect("no flood");

    assert_eq!(board.rows.len() + board.left_to_formulas.len(), values);
    let odd: Vec<_> = board
        .left_to_formulas
        .iter()
        .filter(|value| !is_left(value))
        .collect();
    assert_eq!(odd, Vec::<&String>::new(), "values that no figure answers");

    let fit = board.fit;
    let far: Vec<&Row> = board
        .rows
        .iter()
        .filter(|row| row.z.is_some_and(|z| z.abs() > 4.0))
        .collect();
    assert!(fit.agrees(), "{fit:?}: {far:#?}");
    // 5 % outside are expected of about 85 cases: 91 % inside has a chance of 7 %, 88 % one of 0.4 %.
    assert!(fit.cases >= 80 && fit.cases_inside_95 > 0.88, "{fit:?}");
    assert!(fit.p_value > 0.001, "{fit:?}");
    // Rows without a score rest on few events.
    let rows = board.rows.len();
    assert!(fit.scored * 4 > rows * 3, "{} of {rows}", fit.scored);
    let precise = board.rows.iter().filter(|row| !row.capped).count();
    assert!(precise * 5 > rows * 2, "{precise} of {rows}");
}
