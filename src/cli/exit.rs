//! Exit statuses: 0 done, 1 failed while running, 2 bad usage or scenario, 3 no plan within the limits, 130 interrupted.

use std::io::{IsTerminal, Write};
use std::path::Path;
use std::process::ExitCode;

use channelmix::scenario::Problems;
use channelmix::study::run::RunError;
use channelmix::study::shard::MergeError;

/// Why the program ends without a result.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Failure {
    /// The scenario is refused.
    #[error("{}", .0.render(std::io::stderr().is_terminal()))]
    Scenario(#[from] Problems),
    /// The command cannot be carried out as it stands.
    #[error("error: {0}")]
    Usage(String),
    /// States do not belong together.
    #[error("error: {0}")]
    Merge(#[from] MergeError),
    /// Somebody stopped it; what there is has been delivered.
    #[error("interrupted: {0}")]
    Interrupted(String),
    /// Nothing that a plan may choose does what was asked.
    #[error("error: {0}")]
    Unmeetable(String),
    /// Something failed on the way.
    #[error("error: {0}")]
    Running(String),
}

impl Failure {
    /// A file could not be read or written.
    pub(crate) fn file(doing: &str, path: &Path, error: &std::io::Error) -> Self {
        Self::Running(format!("{}: cannot be {doing}: {error}", path.display()))
    }
}

impl From<RunError> for Failure {
    fn from(error: RunError) -> Self {
        match error {
            RunError::Interrupted => Self::Interrupted("no replication was done".to_owned()),
            error => Self::Running(error.to_string()),
        }
    }
}

/// What shells give a program that Ctrl-C ended.
pub(crate) const INTERRUPTED: u8 = 130;

/// The status of a finished verb, after its failure has been told.
pub(crate) fn of(done: Result<(), Failure>) -> ExitCode {
    let Err(failure) = done else {
        return ExitCode::SUCCESS;
    };
    tell(&failure.to_string());
    match failure {
        Failure::Scenario(_) | Failure::Usage(_) | Failure::Merge(_) => ExitCode::from(2),
        Failure::Running(_) => ExitCode::from(1),
        Failure::Unmeetable(_) => ExitCode::from(3),
        Failure::Interrupted(_) => ExitCode::from(INTERRUPTED),
    }
}

/// The status of arguments that were refused, or that asked for help.
pub(crate) fn of_refusal(refusal: &clap::Error) -> ExitCode {
    // Nothing can be done about a closed terminal.
    let _ = refusal.print();
    ExitCode::from(u8::try_from(refusal.exit_code()).unwrap_or(2))
}

/// Writes a message to standard error. Where that cannot be written, nobody is listening.
pub(crate) fn tell(message: &str) {
    let _ = writeln!(anstream::stderr(), "{}", message.trim_end());
}
