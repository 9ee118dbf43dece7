//! `channelmix trace`

use std::ffi::OsStr;
use std::path::Path;

use channelmix::report::{csv, json, table};
use channelmix::scenario::Scenario;
use channelmix::study::trace::{Request, Trace, TraceError};

use super::exit::{Failure, tell};
use super::output::{check_writable, folder_of, print_by, write_whole_by};
use super::trace_arguments::{self, TraceFormat};

/// Tells what happened in one replication.
pub(crate) fn trace(trace: &trace_arguments::Trace) -> Result<(), Failure> {
    let compiled = Scenario::read(&trace.file)?.compile()?;
    if let Some(path) = &trace.out {
        if is_parquet(path) && cfg!(not(feature = "parquet")) {
            let reason =
                "this build writes no Parquet: name a .csv, or build with --features parquet";
            return Err(Failure::Usage(format!("{}: {reason}", path.display())));
        }
        check_writable(folder_of(path))?;
    }
    let request = Request {
        variant: trace.variant.clone(),
        replication: trace.replication,
        seed: trace.seed,
        issue: trace.issue,
        queue: trace.queue.clone(),
        from: trace.from.clone(),
        to: trace.to.clone(),
    };
    let told = channelmix::study::trace::trace(&compiled, &request)?;
    if let Some(path) = &trace.out {
        if is_parquet(path) {
            write_parquet(path, &told)?;
        } else {
            write_whole_by(path, |out| csv::write_trace(&told, out))?;
        }
        tell(&format!(
            "{} events in {}",
            told.events.len(),
            path.display()
        ));
        return Ok(());
    }
    print_by(|out| match trace.format {
        TraceFormat::Table => table::write_trace(&told, out),
        TraceFormat::Json => json::write_trace(&told, out),
        TraceFormat::Csv => csv::write_trace(&told, out),
    })
}

fn is_parquet(path: &Path) -> bool {
    let ending = path.extension().and_then(OsStr::to_str);
    ending.is_some_and(|ending| ending.eq_ignore_ascii_case("parquet"))
}

#[cfg(feature = "parquet")]
fn write_parquet(path: &Path, told: &Trace<'_>) -> Result<(), Failure> {
    write_whole_by(path, |out| {
        channelmix::report::parquet::write_trace(told, out)
    })
}

#[cfg(not(feature = "parquet"))]
#[expect(clippy::unnecessary_wraps, reason = "the build that writes may fail")]
fn write_parquet(_path: &Path, _told: &Trace<'_>) -> Result<(), Failure> {
    Ok(())
}

impl From<TraceError> for Failure {
    fn from(error: TraceError) -> Self {
        match error {
            TraceError::Run(error) => error.into(),
            error => Self::Usage(error.to_string()),
        }
    }
}
