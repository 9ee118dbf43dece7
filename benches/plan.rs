//! What plans cost beside staffing by formulas, at equal proven service: the table of docs/plan-measure.md.
//!
//! `cargo bench --bench plan` prints a row a case; `cargo bench --bench plan -- one-queue` those whose file name holds that.

#![expect(clippy::print_stdout, reason = "a bench prints what it measured")]

use std::error::Error;
use std::path::Path;
use std::time::Instant;

use channelmix::plan::baseline::Baseline;
use channelmix::plan::cover::cover;
use channelmix::plan::fluid;
use channelmix::plan::found::{Moment, Plan};
use channelmix::plan::grid::{Grid, Heads};
use channelmix::plan::judge::Judge;
use channelmix::plan::need::Formula;
use channelmix::plan::proof::{Proof, prove};
use channelmix::plan::shifts::columns::columns;
use channelmix::plan::shifts::roster::worked;
use channelmix::plan::shifts::search::shifts;
use channelmix::plan::staffing::{Asked, PlanError, staffing};
use channelmix::plan::target::Targets;
use channelmix::scenario::Scenario;
use channelmix::scenario::model::Compiled;
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

/// A case, ready to be planned.
struct Case<'a> {
    name: &'a str,
    compiled: &'a Compiled,
    grid: &'a Grid,
    judge: Judge<'a>,
    /// The file's own heads.
    file: &'a Heads,
    /// Replications of a proof.
    proof: u64,
}

/// What heads cost with overtime, as a proof simulates it, and whether they keep every promise.
struct Paid {
    cost: f64,
    holds: bool,
}

impl Paid {
    fn of(staffing: f64, proof: &Proof) -> Self {
        Self {
            cost: staffing + proof.verdict.overtime.iter().sum::<f64>(),
            holds: proof.holds(),
        }
    }
}

/// Simulates a formula's heads.
type Proving<'a> = dyn Fn(&Heads) -> Result<Paid, Box<dyn Error>> + 'a;

/// What a formula asks for.
struct Asking {
    asked: Paid,
    /// The factor with which it keeps the promises, and what that costs.
    proven: Option<(f64, f64)>,
}

fn row(name: &str) -> Result<(), Box<dyn Error>> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("scenarios/plan/{name}.toml"));
    let compiled = Scenario::read(&path)
        .and_then(|scenario| scenario.compile())
        .map_err(|problems| problems.to_string())?;
    let variant = &compiled.variants[0];
    let model = &variant.model;
    let grid = Grid::new(model);
    let targets = Targets::of(model, &grid);
    let workers = Workers::new(2)?;
    let days = model.calendar.days().len();
    let case = Case {
        name,
        compiled: &compiled,
        grid: &grid,
        judge: Judge {
            model,
            targets: &targets,
            seed: compiled.seed,
            workers: &workers,
        },
        file: &grid.heads_of(model, &variant.staffing),
        proof: if days > 1 { PROOF.1 } else { PROOF.0 },
    };
    case.by_heads()?;
    if !model.patterns.is_empty() {
        case.by_shifts()?;
    }
    Ok(())
}

impl Case<'_> {
    /// Heads by interval.
    fn by_heads(&self) -> Result<(), Box<dyn Error>> {
        let proven = |heads: &Heads| -> Result<Paid, Box<dyn Error>> {
            let staffing = self.grid.staffing(heads);
            let proof = prove(&self.judge, &staffing, 1, self.proof)?;
            Ok(Paid::of(self.grid.cost_of(heads), &proof))
        };
        let formulas = self.formulas(&proven)?;
        let (plan, seconds) = self.timed(staffing)?;
        self.print(self.name, &formulas, &plan, seconds)
    }

    /// Shifts: a formula's heads covered in a second step, and shifts chosen from the targets.
    fn by_shifts(&self) -> Result<(), Box<dyn Error>> {
        let model = self.judge.model;
        let others = &self.compiled.variants[0].staffing;
        let columns = columns(model, self.grid, self.file);
        let proven = |heads: &Heads| -> Result<Paid, Box<dyn Error>> {
            let choice = cover(&columns.space, heads)?.choice;
            let worked = worked(model, others, self.grid, &columns, &choice);
            let (model, staffing) = worked.ok_or("a roster outside the dates that can be")?;
            let judge = Judge {
                model: &model,
                ..self.judge
            };
            let proof = prove(&judge, &staffing, 1, self.proof)?;
            Ok(Paid::of(columns.space.cost(&choice, self.grid), &proof))
        };
        let formulas = self.formulas(&proven)?;
        let (found, seconds) = self.timed(shifts)?;
        self.print("  in shifts", &formulas, &found.plan, seconds)
    }

    fn formulas(&self, proven: &Proving<'_>) -> Result<Vec<Asking>, Box<dyn Error>> {
        let mut found = Vec::new();
        for formula in [Formula::ErlangC, Formula::ErlangA] {
            let baseline = Baseline::new(self.judge.model, self.grid, self.file, formula);
            let asked = proven(&baseline.heads(self.grid))?;
            let holds =
                |heads: &Heads| -> Result<bool, Box<dyn Error>> { Ok(proven(heads)?.holds) };
            let equal = match baseline.proven(self.grid, &holds)? {
                Some(equal) => Some((equal.factor, proven(&equal.heads)?.cost)),
                None => None,
            };
            found.push(Asking {
                asked,
                proven: equal,
            });
        }
        Ok(found)
    }

    /// What a search finds, and how long it takes.
    fn timed<T>(
        &self,
        search: impl FnOnce(&Asked<'_>, &Workers, &Workers, &dyn Fn(&Moment)) -> Result<T, PlanError>,
    ) -> Result<(T, f64), Box<dyn Error>> {
        let asked = Asked {
            compiled: self.compiled,
            variant: &self.compiled.variants[0],
            seed: None,
            work: None,
            proof: Some(self.proof),
        };
        let workers = self.judge.workers;
        #[expect(
            clippy::disallowed_methods,
            reason = "how long it takes is what is measured"
        )]
        let begin = Instant::now();
        let found = search(&asked, workers, workers, &|_| ())?;
        Ok((found, begin.elapsed().as_secs_f64()))
    }

    fn print(
        &self,
        name: &str,
        formulas: &[Asking],
        plan: &Plan,
        seconds: f64,
    ) -> Result<(), Box<dyn Error>> {
        let (model, targets) = (self.judge.model, self.judge.targets);
        let lowest = fluid::lowest(model, self.grid, targets, self.file)?;
        print!("{name:<11}");
        for asking in formulas {
            let mark = if asking.asked.holds { ' ' } else { '!' };
            let (factor, equal) = asking.proven.unwrap_or((f64::NAN, f64::NAN));
            print!(
                " {:>8.0}{mark} {equal:>9.0} {factor:>6.2}",
                asking.asked.cost
            );
        }
        let staffing = plan.cost.staffing;
        let cost = staffing + plan.cost.overtime.mean.unwrap_or(0.0);
        print!(" {cost:>8.0}{}", if plan.proven { ' ' } else { '!' });
        for asking in formulas {
            let equal = asking.proven.map_or(f64::NAN, |proven| proven.1);
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
}
