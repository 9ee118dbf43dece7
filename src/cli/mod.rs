//! Verbs, flags, progress and exit statuses. No arithmetic; only this part of the program prints.

mod arguments;
mod break_even;
mod check;
mod compare;
mod exit;
mod folder_lock;
mod init;
mod interrupt;
mod marginal;
mod margins;
mod merge;
mod output;
mod plan;
mod plan_arguments;
mod plan_files;
mod plan_hiring;
mod plan_mix;
mod plan_paths;
mod plan_shifts;
mod plan_staffing;
mod plan_stop;
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
use clap::{CommandFactory, FromArgMatches};

/// What was typed. After a flag that takes a value, a number below zero is one, so that the flag itself refuses it.
fn parsed() -> Result<Arguments, clap::Error> {
    let with_negatives = |flag: clap::Arg| {
        let takes_value = flag.get_action().takes_values() && !flag.is_positional();
        flag.allow_negative_numbers(takes_value)
    };
    let mut command = Arguments::command().mut_subcommands(|verb| verb.mut_args(with_negatives));
    let matches = command.try_get_matches_from_mut(std::env::args_os())?;
    Arguments::from_arg_matches(&matches).map_err(|error| error.format(&mut command))
}

/// Runs the program.
pub(crate) fn main() -> ExitCode {
    let arguments = match parsed() {
        Ok(arguments) => arguments,
        Err(refusal) => return exit::of_refusal(&refusal),
    };
    let done = match arguments.verb {
        Verb::Run(run) => run::run(&run),
        Verb::Compare(compare) => compare::compare(&compare),
        Verb::Marginal(marginal) => marginal::marginal(&marginal),
        Verb::BreakEven(asked) => break_even::break_even_of(&asked),
        Verb::Risk(asked) => risk::risk(&asked),
        Verb::Plan(asked) => plan::plan(&asked),
        Verb::Report(report) => run::report(&report),
        Verb::Check(check) => check::check(&check),
        Verb::Init(init) => init::init(&init),
        Verb::Merge(merge) => merge::merge(&merge),
        Verb::Replay(replay) => replay::replay(&replay),
        Verb::Sweep(sweep) => sweep::sweep(&sweep),
        Verb::Sensitivity(asked) => sensitivity::sensitivity(&asked),
        Verb::Trace(trace) => trace::trace(&trace),
        Verb::Queue(queue) => queue::queue(&queue),
        Verb::Validate(validate) => validate::validate(&validate),
    };
    exit::of(done)
}
