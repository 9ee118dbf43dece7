//! `channelmix marginal`

use channelmix::report::{csv, json, table};
use channelmix::scenario::hint_of;
use channelmix::scenario::model::{Compiled, Variant};
use channelmix::study::marginal::Margin;

use super::arguments::Format;
use super::compare::{check_interrupted, compiled, stopping, workers};
use super::exit::Failure;
use super::output::{Folder, print, text};
use super::progress;
use super::study_arguments::Marginal;

/// Runs a variant with one agent more and one fewer in each group.
pub(crate) fn marginal(marginal: &Marginal) -> Result<(), Failure> {
    let compiled = compiled(&marginal.file)?;
    let variant = variant_of(&compiled, &marginal.variant)?;
    let margin = Margin::new(&compiled, variant, marginal.effort.seed)
        .map_err(|error| Failure::Usage(error.to_string()))?;
    let folder = Folder::named(marginal.place.out.as_deref(), &marginal.file)?;
    let stopping = stopping(&marginal.effort, &compiled);
    let workers = workers(marginal.effort.threads)?;
    let bar = progress::bar(progress::most(stopping));
    let found = margin.run(stopping, &workers, &|| bar.inc(1))?;
    bar.finish_and_clear();
    let table = text(|out| table::write_marginal(&found, out))?;
    let json = text(|out| json::write_marginal(&found, out))?;
    let csv = text(|out| csv::write_marginal(&found, out))?;
    print(match marginal.place.format {
        Format::Table => &table,
        Format::Json => &json,
    })?;
    folder.write(&[
        ("marginal.txt", table.as_bytes()),
        ("marginal.json", json.as_bytes()),
        ("marginal.csv", csv.as_bytes()),
    ])?;
    check_interrupted(found.scenario.stopped, found.scenario.replications)
}

/// The variant of a name.
pub(crate) fn variant_of<'a>(compiled: &'a Compiled, name: &str) -> Result<&'a Variant, Failure> {
    let found = compiled
        .variants
        .iter()
        .find(|variant| variant.name == name);
    found.ok_or_else(|| {
        let names = compiled
            .variants
            .iter()
            .map(|variant| variant.name.as_str());
        let hint = hint_of(name, names);
        Failure::Usage(format!("no variant is named \"{name}\"; {hint}"))
    })
}
