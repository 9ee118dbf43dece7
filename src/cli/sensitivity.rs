//! `channelmix sensitivity`

use channelmix::report::{csv, json, table};
use channelmix::scenario::change::clash;
use channelmix::scenario::model::{Compiled, Stopping};
use channelmix::scenario::uncertain::{Input, Spread};
use channelmix::scenario::vary::{Values, Vary};
use channelmix::scenario::{Ground, Scenario, hint_of};
use channelmix::sim::parallel::Workers;
use channelmix::stats::summary::{Stopped, Summary};
use channelmix::study::run::{RunError, Study};
use channelmix::study::sensitivity::findings::{
    Method, OfFigure, Plan, Range, Sensitivity, usual_figures,
};
use channelmix::study::sensitivity::one_at_a_time;
use channelmix::study::sweep::design::Design;
use channelmix::study::sweep::run::{Sweep, SweepError};
use channelmix::study::sweep::state::{Asked, State};

use super::arguments::Format;
use super::exit::{Failure, tell};
use super::interrupt;
use super::output::{Folder, print, text};
use super::progress;
use super::run::check_names;
use super::sensitivity_arguments;
use super::sweep::{replications, simulate};
use super::sweep_folder::SweepFolder;

/// More inputs are not looked at together: each needs two variants in memory.
const MOST_INPUTS: usize = 200;

/// Says which uncertain inputs matter.
pub(crate) fn sensitivity(asked: &sensitivity_arguments::Sensitivity) -> Result<(), Failure> {
    let scenario = Scenario::read(&asked.file)?;
    let compiled = scenario.compile()?;
    check_names(&compiled, asked.variant.as_slice())?;
    for warning in &compiled.warnings {
        tell(&format!("warning: {warning}"));
    }
    let mut ground = scenario.ground(asked.variant.as_deref())?;
    let inputs = inputs(&asked.vary, &ground)?;
    let workers =
        Workers::new(usize::from(asked.effort.threads.unwrap_or(0))).map_err(RunError::from)?;
    let workers = workers.until(interrupt::flag());
    let seed = asked.effort.seed.unwrap_or(compiled.seed);
    let refused = |problems| SweepError::Refused {
        point: None,
        changes: Vec::new(),
        problems,
    };
    let ends = one_at_a_time::compile(&ground, &inputs).map_err(refused)?;
    let (folder, found) = match asked.method {
        Method::OneAtATime => ends_of_ranges(&ends, &inputs, asked, seed, &workers)?,
        Method::Morris | Method::Sobol => {
            let names = figure_names(&asked.figure, &trial(&ends, seed)?)?;
            let replications = replications(asked.effort.replications, &compiled)?;
            over_ranges(
                &mut ground,
                &inputs,
                &names,
                asked,
                (seed, replications),
                &workers,
            )?
        }
    };
    let found = Sensitivity {
        scenario: compiled.name,
        currency: compiled.currency,
        variant: asked.variant.clone().unwrap_or_else(|| "base".to_owned()),
        seed,
        replications: found.replications,
        method: asked.method,
        points: found.points,
        inputs: inputs.iter().map(Range::of).collect(),
        figures: found.figures,
    };
    show(&found, asked, &folder)
}

/// What a method found, from so many points of so many replications.
struct Found {
    points: u64,
    replications: u64,
    figures: Vec<OfFigure>,
}

/// One input at a time.
fn ends_of_ranges(
    ends: &Compiled,
    inputs: &[Input],
    asked: &sensitivity_arguments::Sensitivity,
    seed: u64,
    workers: &Workers,
) -> Result<(Folder, Found), Failure> {
    if asked.points.is_some() {
        let reason =
            "--points goes with --method morris or sobol: one at a time has two for each input";
        return Err(Failure::Usage(reason.to_owned()));
    }
    let names = figure_names(&asked.figure, &trial(ends, seed)?)?;
    let folder = Folder::open(&asked.destination, &asked.file)?;
    let summary = one_at_a_time(ends, asked, seed, workers)?;
    let figure = |name: &String| one_at_a_time::figure(name, &summary);
    let found = Found {
        points: asked.method.part(inputs.len() as u64),
        replications: summary.scenario.replications,
        figures: names.iter().map(figure).collect(),
    };
    Ok((folder, found))
}

/// All inputs over their ranges.
fn over_ranges(
    ground: &mut Ground<'_>,
    inputs: &[Input],
    names: &[String],
    asked: &sensitivity_arguments::Sensitivity,
    (seed, replications): (u64, u64),
    workers: &Workers,
) -> Result<(Folder, Found), Failure> {
    let parts = parts(asked, inputs.len() as u64)?;
    let plan = Plan::new(asked.method, inputs, parts, seed);
    let design = Design::of(plan.points(inputs));
    let points = design.points();
    let state = state(asked, ground, (inputs, points), (seed, replications));
    let sweep = Sweep::new(ground, &design, replications, seed)?;
    let folder = Folder::open(&asked.destination, &asked.file)?;
    let files = SweepFolder::lock(folder.path(), "sensitivity-points", sweep.keys())?;
    simulate(&sweep, &state, &files, (workers, asked.yes))?;
    let table = files.read()?;
    let figure = |name: &String| plan.figure(name, &table, seed);
    let found = Found {
        points,
        replications,
        figures: names.iter().map(figure).collect(),
    };
    Ok((folder, found))
}

/// The inputs of the file, those on the command line in place of its own.
fn inputs(varied: &[Vary], ground: &Ground<'_>) -> Result<Vec<Input>, Failure> {
    let mut inputs = ground.inputs().to_vec();
    for (number, vary) in varied.iter().enumerate() {
        let key = &vary.key;
        if let Some(other) = varied[..number].iter().find(|other| clash(&other.key, key)) {
            let reason = format!(
                "--vary {} and --vary {key}: one and the same, or one holds the other",
                other.key
            );
            return Err(Failure::Usage(reason));
        }
        let input = match &vary.values {
            Values::Between(range) => range.input(key),
            Values::Listed(_) => None,
        };
        let Some(input) = input else {
            let reason = format!(
                "--vary {key}: an uncertain input has a range LOW..HIGH without steps, found {}",
                vary.written
            );
            return Err(Failure::Usage(reason));
        };
        inputs.retain(|own| !clash(&own.key, key));
        inputs.push(ground.as_it_may_be(input));
    }
    match inputs.len() {
        0 => Err(Failure::Usage(
            "nothing is uncertain: write [uncertain] into the file, or --vary KEY=LOW..HIGH"
                .to_owned(),
        )),
        many if many > MOST_INPUTS => Err(Failure::Usage(format!(
            "{many} uncertain inputs, of {MOST_INPUTS} at most"
        ))),
        _ => Ok(inputs),
    }
}

/// How many parts of a method the points make.
fn parts(asked: &sensitivity_arguments::Sensitivity, inputs: u64) -> Result<usize, Failure> {
    let part = asked.method.part(inputs);
    let parts = asked
        .points
        .map_or(asked.method.usual_parts(), |points| points / part);
    if parts < 2 {
        return Err(Failure::Usage(format!(
            "--points: {} of {inputs} inputs needs {} points at least",
            asked.method,
            2 * part
        )));
    }
    Ok(usize::try_from(parts).unwrap_or(usize::MAX))
}

fn state(
    asked: &sensitivity_arguments::Sensitivity,
    ground: &Ground<'_>,
    (inputs, points): (&[Input], u64),
    (seed, replications): (u64, u64),
) -> State {
    let written = |input: &Input| {
        let ends = format!("{}..{}", input.low().to, input.high().to);
        let law = match input.law.spread {
            Spread::Uniform { .. } => ends,
            Spread::Triangular { mode, .. } => format!("{ends}, likeliest {mode}"),
            Spread::Lognormal { cv } => format!("cv {cv}"),
        };
        (input.key.clone(), law)
    };
    let asked_for = Asked {
        fingerprint: ground.scenario().fingerprint(),
        variant: ground.name(),
        seed,
        replications,
        design: asked.method.name(),
        points,
    };
    State::new(&asked_for, inputs.iter().map(written).collect())
}

/// Both ends of all inputs over all replications.
fn one_at_a_time(
    ends: &Compiled,
    asked: &sensitivity_arguments::Sensitivity,
    seed: u64,
    workers: &Workers,
) -> Result<Summary, Failure> {
    let stopping = asked
        .effort
        .replications
        .map_or(ends.stopping, Stopping::Replications);
    let study = Study::new(ends, |_| true, Some(seed));
    let bar = progress::bar(progress::most(stopping));
    let summary = study.run(stopping, workers, &|| bar.inc(1))?;
    bar.finish_and_clear();
    if summary.scenario.stopped == Stopped::Interrupted {
        return Err(Failure::Interrupted("nothing was written".to_owned()));
    }
    Ok(summary)
}

/// One replication, for the names of the figures.
fn trial(ends: &Compiled, seed: u64) -> Result<Summary, Failure> {
    let study = Study::new(ends, |_| true, Some(seed));
    let one = Workers::new(1).map_err(RunError::from)?;
    Ok(study.run(Stopping::Replications(1), &one, &|| ())?)
}

/// The figures asked for, or the usual ones.
fn figure_names(asked: &[String], summary: &Summary) -> Result<Vec<String>, Failure> {
    if asked.is_empty() {
        let base = summary.variants.first();
        return Ok(base.map(usual_figures).unwrap_or_default());
    }
    let known = one_at_a_time::figure_names(summary);
    for name in asked {
        if !known.contains(name) {
            let hint = hint_of(name, known.iter().map(String::as_str));
            return Err(Failure::Usage(format!(
                "--figure {name}: there is no such figure; {hint}"
            )));
        }
    }
    Ok(asked.to_vec())
}

fn show(
    found: &Sensitivity,
    asked: &sensitivity_arguments::Sensitivity,
    folder: &Folder,
) -> Result<(), Failure> {
    let shown = text(|out| table::write_sensitivity(found, out))?;
    let document = text(|out| json::write_sensitivity(found, out))?;
    print(match asked.destination.format {
        Format::Table => &shown,
        Format::Json => &document,
    })?;
    let rows = text(|out| csv::write_sensitivity(found, out))?;
    let mut files = vec![
        ("sensitivity.txt".to_owned(), shown.into_bytes()),
        ("sensitivity.json".to_owned(), document.into_bytes()),
        ("sensitivity.csv".to_owned(), rows.into_bytes()),
    ];
    files.extend(drawn(found, asked)?);
    folder.write(&files)
}

#[cfg(feature = "charts")]
fn drawn(
    found: &Sensitivity,
    asked: &sensitivity_arguments::Sensitivity,
) -> Result<Vec<(String, Vec<u8>)>, Failure> {
    use channelmix::report::chart;
    chart::draw_sensitivity(
        found,
        &super::output::chart_formats(&asked.destination.charts.0),
    )
    .map_err(|error| Failure::Running(error.to_string()))
}

#[cfg(not(feature = "charts"))]
#[expect(clippy::unnecessary_wraps, reason = "the build that draws may fail")]
fn drawn(
    _found: &Sensitivity,
    _asked: &sensitivity_arguments::Sensitivity,
) -> Result<Vec<(String, Vec<u8>)>, Failure> {
    Ok(Vec::new())
}
