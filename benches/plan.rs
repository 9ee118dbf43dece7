//! What plans cost beside staffing by formulas, at equal proven service: the table of docs/plan-measure.md.
//!
//! `cargo bench --bench plan` prints a row a case; `cargo bench --bench plan -- one-queue` those whose file name holds that.

#![expect(clippy::print_stdout, reason = "a bench prints what it measured")]

use std::error::Error;
use std::path::Path;
use std::time::Instant;

use channelmix::plan::baseline::Baseline;
use channelmix::plan::fluid;
use channelmix::plan::grid::{Grid, Heads};
use channelmix::plan::judge::Judge;
use channelmix::plan::need::Formula;
use channelmix::plan::proof::prove;
use channelmix::plan::staffing::{Asked, staffing};
use channelmix::plan::target::Targets;
use channelmix::scenario::Scenario;
use channelmix::sim::parallel::Workers;

const CASES: [&str; 7] = [
    "one-queue",
    "peaks",
    "phone-chat",
    "blended",
    "n-design",
    "w-design",
    "night-desk",
];
/// Replications of every proof: of a day, and of a week.
const PROOF: (u64, u64) = (1_000, 100);

fn main() -> Result<(), Box<dyn Error>> {
    let asked: Vec<String> = std::env::args().skip(1).collect();
    let asked: Vec<&String> = asked
        .iter()
        .filter(|word| !word.starts_with("--"))
        .collect();
    println!(
        "{:<11} {:>9} {:>9} {:>6} {:>9} {:>9} {:>6} {:>9} {:>7} {:>7} {:>9} {:>9} {:>9} {:>6} {:>6} {:>7}",
        "case",
        "erlang c",
        "proven",
        "factor",
        "erlang a",
        "proven",
        "factor",
        "plan",
        "to c",
        "to a",
        "fluid",
        "pooled",
        "slopes",
        "gap",
        "gap sl.",
        "seconds"
    );
    for case in CASES {
        if asked.is_empty() || asked.iter().any(|word| case.contains(word.as_str())) {
            row(case)?;
        }
    }
    Ok(())
}

#[expect(clippy::too_many_lines, reason = "a row of many columns")]
fn row(case: &str) -> Result<(), Box<dyn Error>> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("scenarios/plan/{case}.toml"));
    let compiled = Scenario::read(&path)
        .and_then(|scenario| scenario.compile())
        .map_err(|problems| problems.to_string())?;
    let variant = &compiled.variants[0];
    let model = &variant.model;
    let grid = Grid::new(model);
    let targets = Targets::of(model, &grid);
    let file = grid.heads_of(model, &variant.staffing);
    let workers = Workers::new(2)?;
    let days = model.calendar.days().len();
    let proof = if days > 1 { PROOF.1 } else { PROOF.0 };
    let judge = Judge {
        model,
        targets: &targets,
        seed: compiled.seed,
        workers: &workers,
    };
    let mut found = Vec::new();
    for formula in [Formula::ErlangC, Formula::ErlangA] {
        let baseline = Baseline::new(model, &grid, &file, formula);
        let heads = baseline.heads(&grid);
        let holds = prove(&judge, &grid.staffing(&heads), 1, proof)?.holds();
        let proven = baseline.proven(&judge, &grid, proof)?;
        let equal = match &proven {
            Some(proven) => paid(&judge, &grid, &proven.heads, proof)?,
            None => f64::NAN,
        };
        let factor = proven.map_or(f64::NAN, |proven| proven.factor);
        found.push((paid(&judge, &grid, &heads, proof)?, holds, factor, equal));
    }
    let asked = Asked {
        compiled: &compiled,
        variant,
        seed: None,
        work: None,
        proof: Some(proof),
    };
    #[expect(
        clippy::disallowed_methods,
        reason = "how long it takes is what is measured"
    )]
    let begin = Instant::now();
    let plan = staffing(&asked, &workers, &workers, &|_| ())?;
    let seconds = begin.elapsed().as_secs_f64();
    let lowest = fluid::lowest(model, &grid, &targets, &file)?;
    print!("{case:<11}");
    for (cost, holds, factor, equal) in &found {
        let mark = if *holds { ' ' } else { '!' };
        print!(" {cost:>8.0}{mark} {equal:>9.0} {factor:>6.2}");
    }
    let staffing = plan.cost.staffing;
    let cost = staffing + plan.cost.overtime.mean.unwrap_or(0.0);
    print!(" {cost:>8.0}{}", if plan.proven { ' ' } else { '!' });
    for (.., equal) in &found {
        print!(" {:>6.1}%", 100.0 * (cost / equal - 1.0));
    }
    let (pooled, slopes) = (
        lowest.pooled.unwrap_or(f64::NAN),
        plan.bound.slopes.unwrap_or(f64::NAN),
    );
    let best = lowest.fluid.max(lowest.pooled.unwrap_or(0.0));
    let gap = |bound: f64| 100.0 * (staffing / bound - 1.0);
    println!(
        " {:>9.0} {pooled:>9.0} {slopes:>9.0} {:>5.1}% {:>5.1}% {seconds:>7.0}",
        lowest.fluid,
        gap(best),
        gap(slopes)
    );
    Ok(())
}

/// What heads cost with overtime, as a proof simulates it.
fn paid(judge: &Judge<'_>, grid: &Grid, heads: &Heads, proof: u64) -> Result<f64, Box<dyn Error>> {
    let proof = prove(judge, &grid.staffing(heads), 1, proof)?;
    Ok(grid.cost_of(heads) + proof.verdict.overtime.iter().sum::<f64>())
}
