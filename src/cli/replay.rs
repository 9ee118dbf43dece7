//! `channelmix replay`

use std::path::{Path, PathBuf};

use channelmix::report::{json, table};
use channelmix::scenario::log::draft::{ARRIVALS, HANDLE_TIMES, STAFF};
use channelmix::scenario::log::{Log, LogMap, Window};
use channelmix::sim::parallel::Workers;
use channelmix::study::replay::compare::compare;
use channelmix::study::replay::read_off::read_off;
use channelmix::study::run::RunError;

use super::arguments::Format;
use super::exit::{Failure, tell};
use super::output::{Folder, print, text};
use super::progress;
use super::replay_arguments::Replay;

/// Reads a scenario off a log, simulates it and sets simulated figures beside those observed.
pub(crate) fn replay(replay: &Replay) -> Result<(), Failure> {
    let map = LogMap::read(&replay.map)?;
    let window = Window {
        from: replay.from.clone(),
        days: replay.days,
    };
    let log = Log::read(&replay.logs, &map, &window).map_err(usage)?;
    warn_of_empty_days(&log);
    let stem = stem(&replay.logs[0]);
    let name = map.name.clone().unwrap_or_else(|| stem.clone());
    let run = (replay.replications, replay.seed);
    let read_off = read_off(log, &map, &name, run).map_err(usage)?;
    let file = format!("{stem}.toml");
    let compiled = read_off.written.scenario(&file)?.compile()?;
    let workers = Workers::new(usize::from(replay.threads.unwrap_or(0))).map_err(RunError::from)?;
    let default = Path::new("output").join(&stem);
    let folder = Folder::at(replay.out.clone().unwrap_or(default))?;
    let bar = progress::bar(replay.replications);
    let comparison = compare(&read_off, &compiled, run, &workers, &|| bar.inc(1));
    bar.finish_and_clear();
    let tables = text(|out| table::write_replay(&read_off, &comparison, out))?;
    let json = text(|out| json::write_replay(&read_off, &comparison, out))?;
    print(match replay.format {
        Format::Table => &tables,
        Format::Json => &json,
    })?;
    let written = &read_off.written;
    let mut files = vec![
        (file.as_str(), written.text.as_bytes()),
        (ARRIVALS, written.arrivals.as_bytes()),
        (STAFF, written.staff.as_bytes()),
        ("replay.txt", tables.as_bytes()),
        ("replay.json", json.as_bytes()),
    ];
    let means = written.handle_times.as_ref();
    files.extend(means.map(|means| (HANDLE_TIMES, means.as_bytes())));
    folder.write(&files)?;
    tell(&format!(
        "run or change the scenario: channelmix run {}",
        folder.path().join(&file).display()
    ));
    Ok(())
}

/// Days asked for after the last contact are simulated with nobody calling.
fn warn_of_empty_days(log: &Log) {
    let last = log.contacts.last().map(|contact| contact.arrived);
    let empty = log
        .calendar
        .days()
        .iter()
        .filter(|day| last.is_none_or(|last| day.start > last));
    let empty = empty.count();
    if empty > 0 {
        tell(&format!(
            "warning: nobody called on the last {empty} of the days asked for"
        ));
    }
}

fn usage(error: impl std::fmt::Display) -> Failure {
    let text = error.to_string();
    Failure::Usage(text.replace('\n', "\nerror: "))
}

/// The name of a log without its endings.
fn stem(log: &Path) -> String {
    let name = log.file_name().map_or(PathBuf::new(), PathBuf::from);
    let name = name.to_string_lossy();
    let name = name.strip_suffix(".gz").unwrap_or(&name);
    name.strip_suffix(".csv").unwrap_or(name).to_owned()
}
