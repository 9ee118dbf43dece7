//! The command line: hands the arguments to `cli` and returns its exit status.

mod cli;

use std::process::ExitCode;

fn main() -> ExitCode {
    cli::main()
}
