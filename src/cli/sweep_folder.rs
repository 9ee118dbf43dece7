//! The files of a sweep that is under way: its points so far and what they are of.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use channelmix::report::csv::{self, SweepFileError};
use channelmix::study::sweep::row::{Row, Table};
use channelmix::study::sweep::state::State;

use super::exit::Failure;
use super::folder_lock::FolderLock;
use super::output::write_whole;

/// A folder with the points of a sweep.
#[derive(Debug)]
pub(crate) struct SweepFolder {
    points: PathBuf,
    state: PathBuf,
    keys: Vec<String>,
    _lock: FolderLock,
}

impl SweepFolder {
    /// The files of a sweep of these keys in a folder, `STEM.csv` and `STEM-state.json`, for this command alone.
    pub(crate) fn lock(folder: &Path, stem: &str, keys: &[String]) -> Result<Self, Failure> {
        Ok(Self {
            points: folder.join(format!("{stem}.csv")),
            state: folder.join(format!("{stem}-state.json")),
            keys: keys.to_vec(),
            _lock: FolderLock::take(folder.join(format!("{stem}.lock")))?,
        })
    }

    /// Says what sweep the points are of, where nothing does yet.
    pub(crate) fn begin(&self, state: &State) -> Result<(), Failure> {
        if self.state.exists() {
            return Ok(());
        }
        let content = state
            .write()
            .map_err(|error| Failure::Running(error.to_string()))?;
        write_whole(&self.state, &content)
    }

    /// How many points of this very sweep are there: what an earlier command left. A line that it did not end is cut off.
    pub(crate) fn there(&self, state: &State) -> Result<u64, Failure> {
        let known = match fs::read(&self.state) {
            Ok(content) => Some(content),
            Err(error) if error.kind() == io::ErrorKind::NotFound => None,
            Err(error) => return Err(Failure::file("read", &self.state, &error)),
        };
        let Some(known) = known else {
            if self.points.exists() {
                return Err(
                    self.foreign("there is nothing beside it that says what sweep it is of")
                );
            }
            return Ok(0);
        };
        let known = State::read(&known).map_err(|error| self.foreign(&error.to_string()))?;
        if let Some(difference) = state.difference(&known) {
            return Err(self.foreign(&difference));
        }
        if !self.points.exists() {
            return Ok(0);
        }
        let text =
            fs::read(&self.points).map_err(|error| Failure::file("read", &self.points, &error))?;
        let whole = text
            .iter()
            .rposition(|byte| *byte == b'\n')
            .map_or(0, |at| at + 1);
        if whole < text.len() {
            let file = OpenOptions::new().write(true).open(&self.points);
            let cut = file.and_then(|file| file.set_len(whole as u64));
            cut.map_err(|error| Failure::file("written", &self.points, &error))?;
        }
        if whole == 0 {
            return Ok(0);
        }
        Ok(self.read()?.rows.len() as u64)
    }

    /// The points that are there.
    pub(crate) fn read(&self) -> Result<Table, Failure> {
        let text = fs::read_to_string(&self.points)
            .map_err(|error| Failure::file("read", &self.points, &error))?;
        csv::read_sweep(&text, &self.keys).map_err(|error| match error {
            SweepFileError::Foreign(why) => self.foreign(&why),
            SweepFileError::Damaged { line, .. } => Failure::Usage(format!(
                "{}: {error}; delete line {line} and all that follow, and the same command goes on from there",
                self.points.display()
            )),
        })
    }

    /// The file of points, to write more to its end.
    pub(crate) fn append(&self) -> Result<Appended<'_>, Failure> {
        let file = OpenOptions::new()
            .create(true)
            .append(true)
            .open(&self.points);
        let failed = |error| Failure::file("written", &self.points, &error);
        let file = file.map_err(failed)?;
        let is_new = file.metadata().map_err(failed)?.len() == 0;
        Ok(Appended {
            file,
            is_new,
            keys: &self.keys,
        })
    }

    /// Where the points are.
    pub(crate) fn path(&self) -> &Path {
        &self.points
    }

    fn foreign(&self, why: &str) -> Failure {
        Failure::Usage(format!(
            "{}: of another sweep: {why}; choose another --out DIR, or delete it and {}",
            self.points.display(),
            self.state.display()
        ))
    }
}

/// The end of the file of points.
#[derive(Debug)]
pub(crate) struct Appended<'a> {
    file: File,
    is_new: bool,
    keys: &'a [String],
}

impl Appended<'_> {
    /// Writes a point in one go, the header before the first.
    pub(crate) fn put(&mut self, row: &Row, figures: &[String]) -> io::Result<()> {
        let mut lines = Vec::new();
        if self.is_new {
            csv::write_sweep_header(self.keys, figures, &mut lines)?;
            self.is_new = false;
        }
        csv::write_sweep_row(row, &mut lines)?;
        self.file.write_all(&lines)
    }
}
