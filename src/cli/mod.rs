//! Verbs, flags, progress and exit statuses. No arithmetic; only this part of the program prints.

mod arguments;
mod break_even;
mod check;
mod compare;
mod exit;
mod init;
mod interrupt;
mod marginal;
mod merge;
mod output;
mod plan_mix;
mod progress;
mod queue;
mod queue_arguments;
mod replay;
mod replay_arguments;
mod report_files;
mod risk;
mod run;
mod sensitivity;
mod sensitivity_arguments;
mod study_arguments;
mod sweep;
mod sweep_arguments;
mod sweep_folder;
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
        Verb::Compare(compare) => compare::compare(&compare),
        Verb::Marginal(marginal) => marginal::marginal(&marginal),
        Verb::BreakEven(asked) => break_even::break_even_of(&asked),
        Verb::Risk(asked) => risk::risk(&asked),
        Verb::Report(report) => run::report(&report),
        Verb::Check(check) => check::check(&check),
        Verb::Init(init) => init::init(&init),
        Verb::Merge(merge) => merge::merge(&merge),
        Verb::Replay(replay) => replay::replay(&replay),
        Verb::Sweep(sweep) => sweep::sweep(&sweep),
        Verb::Sensitivity(asked) => sensitivity::sensitivity(&asked),
        Verb::Trace(trace) => trace::trace(&trace),
        Verb::PlanMix(asked) => plan_mix::plan_mix(&asked),
        Verb::Queue(queue) => queue::queue(&queue),
        Verb::Validate(validate) => validate::validate(&validate),
    };
    exit::of(done)
}
