//! `channelmix compare`

use std::path::{Path, PathBuf};

use channelmix::report::{csv, json, table};
use channelmix::scenario::Scenario;
use channelmix::scenario::model::{Compiled, Stopping};
use channelmix::sim::parallel::Workers;
use channelmix::stats::summary::Stopped;
use channelmix::study::compare::{Comparison, Contest, Source};
use channelmix::study::run::RunError;

use super::arguments::{ChartFormat, Effort, Format};
use super::exit::{Failure, tell};
use super::interrupt;
use super::output::{Folder, print, text};
use super::progress;
use super::study_arguments::Compare;

/// Runs the mixes of several files together and compares them.
pub(crate) fn compare(compare: &Compare) -> Result<(), Failure> {
    let compiled = compare
        .files
        .iter()
        .map(|file| compiled(file))
        .collect::<Result<Vec<Compiled>, Failure>>()?;
    let names = names(&compare.files);
    let sources = names.into_iter().zip(&compiled);
    let sources = sources.map(|(name, compiled)| Source { name, compiled });
    let asked = |names: &[String]| own_names(names, &compare.files, &compiled);
    let contest = Contest::new(
        sources.collect(),
        &asked(&compare.variant),
        &asked(&compare.against),
        compare.effort.seed,
    )
    .map_err(|error| Failure::Usage(error.to_string()))?;
    let folder = Folder::open(&compare.destination, &compare.files[0])?;
    let stopping = stopping(&compare.effort, &compiled[0]);
    let workers = workers(compare.effort.threads)?;
    let bar = progress::bar(progress::most(stopping));
    let comparison = contest.run(stopping, &workers, &|| bar.inc(1))?;
    bar.finish_and_clear();
    for warning in &comparison.warnings {
        tell(&format!("warning: {warning}"));
    }
    print(&match compare.destination.format {
        Format::Table => text(|out| table::write_comparison(&comparison, out))?,
        Format::Json => text(|out| json::write_comparison(&comparison, out))?,
    })?;
    let files = files(&comparison, &compare.destination.charts.0)?;
    folder.write(&files)?;
    folder.tell_left_over(&files, |name| name.starts_with("frontier."));
    check_interrupted(
        comparison.scenario.stopped,
        comparison.scenario.replications,
    )
}

/// A scenario file, checked, with its warnings told.
pub(crate) fn compiled(file: &Path) -> Result<Compiled, Failure> {
    let compiled = Scenario::read(file)?.compile()?;
    for warning in &compiled.warnings {
        tell(&format!("warning: {}: {warning}", file.display()));
    }
    Ok(compiled)
}

/// When the run ends.
pub(crate) fn stopping(effort: &Effort, compiled: &Compiled) -> Stopping {
    effort
        .replications
        .map_or(compiled.stopping, Stopping::Replications)
}

/// Threads that Ctrl-C stops.
pub(crate) fn workers(threads: Option<u16>) -> Result<Workers, Failure> {
    let threads = usize::from(threads.unwrap_or(0));
    let workers = Workers::new(threads).map_err(RunError::from)?;
    Ok(workers.until(interrupt::flag()))
}

/// Whether all that was asked for has been run.
pub(crate) fn check_interrupted(stopped: Stopped, replications: u64) -> Result<(), Failure> {
    if stopped == Stopped::Interrupted {
        let figures = format!("the figures are of the first {replications} replications");
        return Err(Failure::Interrupted(figures));
    }
    Ok(())
}

/// What the mixes of each file are called by; nothing where there is only one file.
fn names(files: &[PathBuf]) -> Vec<String> {
    if files.len() == 1 {
        return vec![String::new()];
    }
    let mut names: Vec<String> = Vec::new();
    for file in files {
        let stem = file.file_stem().unwrap_or_default().to_string_lossy();
        let mut name = stem.to_string();
        let mut number = 2;
        while names.contains(&name) {
            name = format!("{stem} ({number})");
            number += 1;
        }
        names.push(name);
    }
    names
}

/// Names of mixes without that of the file, where it is the only one.
fn own_names(names: &[String], files: &[PathBuf], compiled: &[Compiled]) -> Vec<String> {
    let [file] = files else {
        return names.to_vec();
    };
    let stem = file.file_stem().unwrap_or_default().to_string_lossy();
    let start = format!("{stem}: ");
    let has = |name: &str| {
        let mut variants = compiled[0].variants.iter();
        variants.any(|variant| variant.name == name)
    };
    let own = |name: &String| match name.strip_prefix(&start) {
        Some(rest) if !has(name) => rest.to_owned(),
        _ => name.clone(),
    };
    names.iter().map(own).collect()
}

fn files(
    comparison: &Comparison,
    charts: &[ChartFormat],
) -> Result<Vec<(String, Vec<u8>)>, Failure> {
    let file = |name: &str, content: String| (name.to_owned(), content.into_bytes());
    let mut files = vec![
        file(
            "compare.txt",
            text(|out| table::write_comparison(comparison, out))?,
        ),
        file(
            "compare.json",
            text(|out| json::write_comparison(comparison, out))?,
        ),
        file(
            "compare.csv",
            text(|out| csv::write_comparison(comparison, out))?,
        ),
        file(
            "frontier.csv",
            text(|out| csv::write_frontiers(comparison, out))?,
        ),
    ];
    files.extend(drawn(comparison, charts)?);
    Ok(files)
}

#[cfg(feature = "charts")]
fn drawn(
    comparison: &Comparison,
    charts: &[ChartFormat],
) -> Result<Vec<(String, Vec<u8>)>, Failure> {
    use channelmix::report::chart;
    chart::draw_frontiers(comparison, &super::output::chart_formats(charts))
        .map_err(|error| Failure::Running(format!("the charts could not be drawn: {error}")))
}

#[cfg(not(feature = "charts"))]
#[expect(clippy::unnecessary_wraps, reason = "the build that draws may fail")]
fn drawn(
    _comparison: &Comparison,
    _charts: &[ChartFormat],
) -> Result<Vec<(String, Vec<u8>)>, Failure> {
    Ok(Vec::new())
}
