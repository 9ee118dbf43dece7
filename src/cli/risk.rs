//! `channelmix risk`

use channelmix::report::{csv, json, table};
use channelmix::scenario::Scenario;
use channelmix::study::risk::find::find;
use channelmix::study::risk::worlds::{MOST_RUNS, RiskError, Worlds};

use super::arguments::Format;
use super::compare::workers;
use super::exit::{Failure, tell};
use super::marginal::variant_of;
use super::output::{Folder, print, text};
use super::progress;
use super::study_arguments::Risk;

/// Runs a variant in worlds whose uncertain inputs differ.
pub(crate) fn risk(asked: &Risk) -> Result<(), Failure> {
    let scenario = Scenario::read(&asked.file)?;
    let compiled = scenario.compile()?;
    let variant = variant_of(&compiled, &asked.variant)?;
    for warning in &compiled.warnings {
        tell(&format!("warning: {warning}"));
    }
    if asked.worlds * asked.replications > MOST_RUNS {
        let runs = asked.worlds * asked.replications;
        return Err(Failure::Usage(format!(
            "worlds × replications is {runs}, {MOST_RUNS} are possible"
        )));
    }
    let ground = scenario.ground(Some(&asked.variant))?;
    let worlds = Worlds {
        ground: &ground,
        worlds: asked.worlds,
        replications: asked.replications,
        seed: asked.seed.unwrap_or(compiled.seed),
    };
    let folder = Folder::named(asked.place.out.as_deref(), &asked.file)?;
    let workers = workers(asked.threads)?;
    let bar = progress::bar_of(asked.worlds, "worlds");
    let ran = worlds.run(&workers, &|| bar.inc(1)).map_err(failure)?;
    bar.finish_and_clear();
    let found = find(&worlds, &compiled, &ran, asked.budget);
    let queues = variant.model.queues.values();
    let queues: Vec<String> = queues.map(|queue| queue.name.text.clone()).collect();
    let table = text(|out| table::write_risk(&found, out))?;
    let json = text(|out| json::write_risk(&found, out))?;
    let csv = text(|out| csv::write_risk(&found, &ran, &queues, out))?;
    print(match asked.place.format {
        Format::Table => &table,
        Format::Json => &json,
    })?;
    folder.write(&[
        ("risk.txt", table.as_bytes()),
        ("risk.json", json.as_bytes()),
        ("risk.csv", csv.as_bytes()),
    ])
}

fn failure(error: RiskError) -> Failure {
    match error {
        RiskError::Run(error) => error.into(),
        RiskError::Refused(reason) => Failure::Usage(reason),
    }
}
