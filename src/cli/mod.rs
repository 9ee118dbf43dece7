//! Verbs, flags, progress and exit statuses. No arithmetic; only this part of the program prints.

mod arguments;
mod check;
mod exit;
mod init;
mod interrupt;
mod merge;
mod output;
mod progress;
mod queue;
mod queue_arguments;
mod replay;
mod replay_arguments;
mod report_files;
mod run;
mod trace;
mod trace_arguments;
mod validate;

use std::process::ExitCode;

use arguments::{Arguments, Verb};
use clap::Parser;

/// Runs the program.
pub(crate) fn main() -> ExitCode {
    let arguments = match Arguments::try_parse() {
        Ok(arguments) => arguments,
        Err(refusal) => return exit::of_refusal(&refusal),
    };
    let done = match arguments.verb {
        Verb::Run(run) => run::run(&run),
        Verb::Report(report) => run::report(&report),
        Verb::Check(check) => check::check(&check),
        Verb::Init(init) => init::init(&init),
        Verb::Merge(merge) => merge::merge(&merge),
        Verb::Replay(replay) => replay::replay(&replay),
        Verb::Trace(trace) => trace::trace(&trace),
        Verb::Queue(queue) => queue::queue(&queue),
        Verb::Validate(validate) => validate::validate(&validate),
    };
    exit::of(done)
}
