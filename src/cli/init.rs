//! `channelmix init`

use std::fs::OpenOptions;
use std::io::Write;

use channelmix::scenario::Scenario;

use super::arguments::Init;
use super::exit::{Failure, tell};
use super::output::print;

/// Prints or writes the starter scenario.
pub(crate) fn init(init: &Init) -> Result<(), Failure> {
    let Some(path) = &init.file else {
        return print(Scenario::STARTER);
    };
    let mut file = OpenOptions::new()
        .write(true)
        .create_new(true)
        .open(path)
        .map_err(|error| {
            Failure::Usage(format!("{}: cannot be created: {error}", path.display()))
        })?;
    file.write_all(Scenario::STARTER.as_bytes())
        .map_err(|error| Failure::file("written", path, &error))?;
    tell(&format!(
        "wrote {}; run it with: channelmix run {}",
        path.display(),
        path.display()
    ));
    Ok(())
}
