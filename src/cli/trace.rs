//! `channelmix trace`

use channelmix::report::{csv, json, table};
use channelmix::scenario::Scenario;
use channelmix::study::trace::{Request, TraceError};

use super::exit::{Failure, tell};
use super::output::{check_writable, folder_of, print_by, write_whole_by};
use super::trace_arguments::{Trace, TraceFormat};

/// Tells what happened in one replication.
pub(crate) fn trace(trace: &Trace) -> Result<(), Failure> {
    let compiled = Scenario::read(&trace.file)?.compile()?;
    if let Some(path) = &trace.out {
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
        write_whole_by(path, |out| csv::write_trace(&told, out))?;
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

impl From<TraceError> for Failure {
    fn from(error: TraceError) -> Self {
        match error {
            TraceError::Run(error) => error.into(),
            error => Self::Usage(error.to_string()),
        }
    }
}
