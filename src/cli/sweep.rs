//! `channelmix sweep`

use channelmix::report::{json, table};
use channelmix::scenario::model::{Compiled, Stopping};
use channelmix::scenario::{Ground, Scenario};
use channelmix::sim::parallel::Workers;
use channelmix::study::run::RunError;
use channelmix::study::sweep::design::{Design, DesignError};
use channelmix::study::sweep::row::Findings;
use channelmix::study::sweep::run::{Sweep, SweepError};
use channelmix::study::sweep::state::{Asked, State};

use super::arguments::Format;
use super::exit::{Failure, tell};
use super::interrupt;
use super::output::{Folder, print, text};
use super::progress;
use super::run::check_names;
use super::sweep_arguments;
use super::sweep_folder::SweepFolder;

/// More points are run only when somebody says yes.
const MANY_POINTS: u64 = 10_000;

/// Simulates the points of a sweep that are not there yet, and shows all.
pub(crate) fn sweep(asked: &sweep_arguments::Sweep) -> Result<(), Failure> {
    let scenario = Scenario::read(&asked.file)?;
    let compiled = scenario.compile()?;
    check_names(&compiled, asked.variant.as_slice())?;
    for warning in &compiled.warnings {
        tell(&format!("warning: {warning}"));
    }
    let replications = replications(asked.effort.replications, &compiled)?;
    let mut ground = scenario.ground(asked.variant.as_deref())?;
    let seed = asked.effort.seed.unwrap_or(compiled.seed);
    let design = Design::new(&asked.vary, (asked.design, asked.points), seed, &ground)?;
    let state = state(asked, &ground, &design, (seed, replications));
    let sweep = Sweep::new(&mut ground, &design, replications, seed)?;
    let workers =
        Workers::new(usize::from(asked.effort.threads.unwrap_or(0))).map_err(RunError::from)?;
    let workers = workers.until(interrupt::flag());
    let folder = Folder::open(&asked.destination, &asked.file)?;
    let files = SweepFolder::lock(folder.path(), "sweep", sweep.keys())?;
    simulate(&sweep, &state, &files, (&workers, asked.yes))?;
    let findings = Findings {
        scenario: compiled.name,
        currency: compiled.currency,
        state,
        table: files.read()?,
    };
    show(&findings, asked, &folder)
}

/// How many replications each point has.
pub(super) fn replications(asked: Option<u64>, compiled: &Compiled) -> Result<u64, Failure> {
    match (asked, compiled.stopping) {
        (Some(replications), _) | (None, Stopping::Replications(replications)) => Ok(replications),
        (None, Stopping::Precision { .. }) => {
            let reason = "all points need the same number of replications, not a precision; give --replications N";
            Err(Failure::Usage(reason.to_owned()))
        }
    }
}

fn state(
    asked: &sweep_arguments::Sweep,
    ground: &Ground<'_>,
    design: &Design,
    (seed, replications): (u64, u64),
) -> State {
    let asked_for = Asked {
        fingerprint: ground.scenario().fingerprint(),
        variant: ground.name(),
        seed,
        replications,
        design: asked.design.name(),
        points: design.points(),
    };
    let written = asked.vary.iter();
    let written = written.map(|vary| (vary.key.clone(), vary.written.clone()));
    State::new(&asked_for, written.collect())
}

/// Says how many runs there are and how long those that are left may take; many are not begun without a yes.
fn announce(
    sweep: &Sweep<'_>,
    state: &State,
    left: u64,
    (workers, yes): (&Workers, bool),
) -> Result<(), Failure> {
    let (points, replications) = (state.points, state.replications);
    #[expect(
        clippy::disallowed_methods,
        reason = "how long it takes is told on standard error alone"
    )]
    let begun = std::time::Instant::now();
    sweep.trial()?;
    let one = begun.elapsed();
    let runs = points.saturating_mul(replications);
    let still = left.saturating_mul(replications);
    let expected = one.as_secs_f64() * still as f64 / workers.threads() as f64;
    let told = format!(
        "{points} points of {replications} replications, {runs} in all: about {}{}",
        about(expected),
        if left < points {
            format!(" for the {left} that are left")
        } else {
            String::new()
        }
    );
    if left > MANY_POINTS && !yes {
        return Err(Failure::Usage(format!("{told}; say --yes to run them")));
    }
    tell(&told);
    Ok(())
}

/// A time in the unit that suits it, without decimals.
fn about(seconds: f64) -> String {
    let units = [
        (172_800.0, 86_400.0, "days"),
        (7_200.0, 3_600.0, "h"),
        (120.0, 60.0, "min"),
    ];
    let unit = units.into_iter().find(|(from, ..)| seconds >= *from);
    let (_, size, sign) = unit.unwrap_or((0.0, 1.0, "s"));
    format!("{:.0} {sign}", (seconds / size).ceil())
}

/// Simulates the points that are not there yet, and says before how many they are.
pub(super) fn simulate(
    sweep: &Sweep<'_>,
    state: &State,
    files: &SweepFolder,
    (workers, yes): (&Workers, bool),
) -> Result<(), Failure> {
    let there = files.there(state)?;
    if there > 0 {
        tell(&format!(
            "{there} points are in {} already",
            files.path().display()
        ));
    }
    let left = state.points.saturating_sub(there);
    if left == 0 {
        return Ok(());
    }
    announce(sweep, state, left, (workers, yes))?;
    files.begin(state)?;
    let bar = progress::bar(left.saturating_mul(state.replications));
    let mut end = files.append()?;
    let mut done = there;
    let mut put = |row: &_, figures: &[String]| {
        end.put(row, figures)?;
        done += 1;
        Ok(())
    };
    let all = sweep.run(there, workers, &|| bar.inc(1), &mut put);
    bar.finish_and_clear();
    if all? {
        return Ok(());
    }
    Err(Failure::Interrupted(format!(
        "{done} of {} points are in {}; the same command goes on with the others",
        state.points,
        files.path().display()
    )))
}

fn show(
    findings: &Findings,
    asked: &sweep_arguments::Sweep,
    folder: &Folder,
) -> Result<(), Failure> {
    let shown = text(|out| table::write_sweep(findings, out))?;
    let document = text(|out| json::write_sweep(findings, out))?;
    print(match asked.destination.format {
        Format::Table => &shown,
        Format::Json => &document,
    })?;
    let mut files = vec![
        ("sweep.txt".to_owned(), shown.into_bytes()),
        ("sweep.json".to_owned(), document.into_bytes()),
    ];
    files.extend(parquet(findings)?);
    files.extend(drawn(findings, asked)?);
    folder.write(&files)
}

#[cfg(feature = "charts")]
fn drawn(
    findings: &Findings,
    asked: &sweep_arguments::Sweep,
) -> Result<Vec<(String, Vec<u8>)>, Failure> {
    use channelmix::report::chart;
    chart::draw_sweep(
        findings,
        &super::output::chart_formats(&asked.destination.charts.0),
    )
    .map_err(|error| Failure::Running(error.to_string()))
}

#[cfg(not(feature = "charts"))]
#[expect(clippy::unnecessary_wraps, reason = "the build that draws may fail")]
fn drawn(
    _findings: &Findings,
    _asked: &sweep_arguments::Sweep,
) -> Result<Vec<(String, Vec<u8>)>, Failure> {
    Ok(Vec::new())
}

#[cfg(feature = "parquet")]
fn parquet(findings: &Findings) -> Result<Option<(String, Vec<u8>)>, Failure> {
    let mut content = Vec::new();
    channelmix::report::parquet::write_sweep(&findings.table, &mut content)
        .map_err(|error| Failure::Running(format!("sweep.parquet: {error}")))?;
    Ok(Some(("sweep.parquet".to_owned(), content)))
}

#[cfg(not(feature = "parquet"))]
#[expect(clippy::unnecessary_wraps, reason = "the build that writes may fail")]
fn parquet(_findings: &Findings) -> Result<Option<(String, Vec<u8>)>, Failure> {
    Ok(None)
}

impl From<DesignError> for Failure {
    fn from(error: DesignError) -> Self {
        Self::Usage(error.to_string())
    }
}

impl From<SweepError> for Failure {
    fn from(error: SweepError) -> Self {
        match error {
            SweepError::Refused { .. } => Self::Usage(format!("--vary: {error}")),
            SweepError::Point { .. } => Self::Running(error.to_string()),
            SweepError::Told(error) => {
                Self::Running(format!("the points cannot be written: {error}"))
            }
        }
    }
}
