//! The report of every shipped scenario, pinned. A change says in its commit why the numbers moved.

use std::path::{Path, PathBuf};

use channelmix::report::table;
use channelmix::scenario::Scenario;
use channelmix::scenario::model::Stopping;
use channelmix::sim::parallel::Workers;
use channelmix::study::run::Study;

fn shipped() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios");
    let entries = [folder.join("beyond"), folder.join("plan"), folder]
        .into_iter()
        .flat_map(|folder| std::fs::read_dir(folder).expect("scenarios are shipped"));
    let mut files: Vec<PathBuf> = entries
        .map(|entry| entry.expect("an entry").path())
        .collect();
    files.retain(|path| {
        path.extension()
            .is_some_and(|extension| extension == "toml")
    });
    files.sort();
    files
}

#[test]
fn the_reports_of_shipped_scenarios_are_as_pinned() {
    let workers = Workers::new(2).expect("threads");
    let files = shipped();
    assert!(files.len() >= 9);
    for path in files {
        let compiled = Scenario::read(&path)
            .and_then(|scenario| scenario.compile())
            .expect("shipped scenarios are valid");
        let study = Study::new(&compiled, |_| true, None);
        // Each batch of a long horizon stands for a replication.
        let has_batches = compiled.variants[0].model.batches.is_some();
        let replications = if has_batches { 1 } else { 10 };
        let summary = study
            .run(Stopping::Replications(replications), &workers, &|| ())
            .expect("the run ends");
        let mut report = Vec::new();
        table::write(&summary, &mut report).expect("memory takes anything");
        let report = String::from_utf8(report).expect("UTF-8");
        let name = path
            .file_stem()
            .and_then(|stem| stem.to_str())
            .expect("UTF-8");
        insta::assert_snapshot!(format!("report_of_{name}"), report);
    }
}
