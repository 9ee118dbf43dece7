//! Where results go: standard output, and files that are written whole or not at all.

use std::ffi::OsStr;
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};

use channelmix::report::{Material, csv, json, table};
use channelmix::stats::summary::Summary;

use super::arguments::{ChartFormat, Destination, Format};
use super::exit::{Failure, tell};
use super::report_files::report_files;

/// Prints to standard output. Who closes it early has seen enough.
pub(crate) fn print(text: &str) -> Result<(), Failure> {
    print_by(|out| out.write_all(text.as_bytes()))
}

/// The same of what is too long to be laid out before.
pub(crate) fn print_by(
    lay_out: impl FnOnce(&mut BufWriter<std::io::StdoutLock<'_>>) -> std::io::Result<()>,
) -> Result<(), Failure> {
    let mut out = BufWriter::new(std::io::stdout().lock());
    match lay_out(&mut out).and_then(|()| out.flush()) {
        Err(error) if error.kind() != std::io::ErrorKind::BrokenPipe => Err(Failure::Running(
            format!("standard output cannot be written: {error}"),
        )),
        _ => Ok(()),
    }
}

/// The folder that results go to: opened before the work begins, so that nothing is lost to one that cannot be written.
#[derive(Debug)]
pub(crate) struct Folder {
    path: PathBuf,
    /// Created for this run: taken away again if nothing comes of it.
    is_new: bool,
}

impl Folder {
    /// Opens the folder that the user named, or the one of the scenario's name.
    pub(crate) fn open(destination: &Destination, scenario: &Path) -> Result<Self, Failure> {
        Self::named(destination.out.as_deref(), scenario)
    }

    /// The same, of where there are no charts.
    pub(crate) fn named(out: Option<&Path>, scenario: &Path) -> Result<Self, Failure> {
        Self::at(out.map_or_else(|| default_folder(scenario), Path::to_owned))
    }

    /// Opens a folder.
    pub(crate) fn at(path: PathBuf) -> Result<Self, Failure> {
        let is_new = !path.exists();
        std::fs::create_dir_all(&path).map_err(|error| Failure::file("created", &path, &error))?;
        let folder = Self { path, is_new };
        check_writable(&folder.path)?;
        Ok(folder)
    }

    /// A folder within it, created where it is not there.
    pub(crate) fn within(&self, name: &str) -> Result<Self, Failure> {
        Self::at(self.path.join(name))
    }

    /// Where it is.
    pub(crate) fn path(&self) -> &Path {
        &self.path
    }

    /// Writes files into it, each whole or not at all, and tells how many.
    pub(crate) fn write<C: AsRef<[u8]>>(
        &self,
        files: &[(impl AsRef<str>, C)],
    ) -> Result<(), Failure> {
        for (name, content) in files {
            write_whole(&self.path.join(name.as_ref()), content.as_ref())?;
        }
        tell(&format!("{} files in {}", files.len(), self.path.display()));
        Ok(())
    }

    /// Tells of what an earlier command has left here that this one would have written and has not.
    pub(crate) fn tell_left_over(
        &self,
        written: &[(String, Vec<u8>)],
        would_write: impl Fn(&str) -> bool,
    ) {
        let Ok(entries) = std::fs::read_dir(&self.path) else {
            return;
        };
        let names = entries.filter_map(|entry| entry.ok()?.file_name().into_string().ok());
        let is_left =
            |name: &String| would_write(name) && !written.iter().any(|(own, _)| own == name);
        let mut names: Vec<String> = names.filter(is_left).collect();
        names.sort();
        if let Some(first) = names.first() {
            let count = names.len();
            tell(&format!(
                "note: {count} files of an earlier run are still there, {first} among them"
            ));
        }
    }
}

/// Whether a run writes a file of this name: a chart, a page, a workbook.
fn is_of_run(name: &str) -> bool {
    const OTHERS: [&str; 7] = [
        "frontier.",
        "sweep-",
        "sensitivity-",
        "plan-",
        "plan.",
        "mix.",
        "hiring.",
    ];
    let ending = Path::new(name).extension().and_then(OsStr::to_str);
    matches!(ending, Some("svg" | "png" | "html" | "xlsx"))
        && !OTHERS.iter().any(|other| name.starts_with(other))
}

impl Drop for Folder {
    fn drop(&mut self) {
        if self.is_new {
            // Goes only while it is empty.
            let _ = std::fs::remove_dir(&self.path);
        }
    }
}

/// Whether files can be made in a folder.
pub(crate) fn check_writable(folder: &Path) -> Result<(), Failure> {
    temporary(folder)
        .map(drop)
        .map_err(|error| Failure::file("written", folder, &error))
}

/// Prints a summary and writes its files, those of a report among them if it has one.
pub(crate) fn deliver(
    material: &Material<'_>,
    has_report: bool,
    folder: &Folder,
    destination: &Destination,
) -> Result<(), Failure> {
    let summary = material.summary;
    for variant in &summary.variants {
        for warning in &variant.warnings {
            tell(&format!("warning: {}: {warning}", variant.name));
        }
    }
    print(&match destination.format {
        Format::Table => text(|out| table::write(summary, out))?,
        Format::Json => text(|out| json::write(summary, material.marginal, out))?,
    })?;
    let mut files = files(material, &destination.charts.0)?;
    if has_report {
        files.extend(report_files(material)?);
    }
    folder.write(&files)?;
    folder.tell_left_over(&files, is_of_run);
    Ok(())
}

/// Writes a file whole or not at all.
pub(crate) fn write_whole(path: &Path, content: &[u8]) -> Result<(), Failure> {
    write_whole_by(path, |out| out.write_all(content))
}

/// The same of what is too long to be laid out before.
pub(crate) fn write_whole_by(
    path: &Path,
    lay_out: impl FnOnce(&mut BufWriter<&mut std::fs::File>) -> std::io::Result<()>,
) -> Result<(), Failure> {
    let folder = folder_of(path);
    let write = || -> std::io::Result<()> {
        let mut file = temporary(folder)?;
        let mut out = BufWriter::new(file.as_file_mut());
        lay_out(&mut out)?;
        out.flush()?;
        drop(out);
        readable_by_all(file.as_file())?;
        file.persist(path)?;
        Ok(())
    };
    write().map_err(|error| Failure::file("written", path, &error))
}

/// The folder that a file lies in.
pub(crate) fn folder_of(path: &Path) -> &Path {
    match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    }
}

fn temporary(folder: &Path) -> std::io::Result<tempfile::NamedTempFile> {
    tempfile::Builder::new()
        .prefix(".channelmix-")
        .tempfile_in(folder)
}

/// A temporary file is its owner's alone; a result is an ordinary file.
#[cfg(unix)]
fn readable_by_all(file: &std::fs::File) -> std::io::Result<()> {
    use std::os::unix::fs::PermissionsExt;
    file.set_permissions(std::fs::Permissions::from_mode(0o644))
}

#[cfg(not(unix))]
fn readable_by_all(_file: &std::fs::File) -> std::io::Result<()> {
    Ok(())
}

fn default_folder(scenario: &Path) -> PathBuf {
    Path::new("output").join(scenario.file_stem().unwrap_or(OsStr::new("scenario")))
}

fn files(
    material: &Material<'_>,
    charts: &[ChartFormat],
) -> Result<Vec<(String, Vec<u8>)>, Failure> {
    let summary = material.summary;
    let mut files = vec![
        (
            "summary.txt".to_owned(),
            text(|out| table::write(summary, out))?.into_bytes(),
        ),
        (
            "summary.json".to_owned(),
            text(|out| json::write(summary, material.marginal, out))?.into_bytes(),
        ),
        (
            "summary.csv".to_owned(),
            text(|out| csv::write_summary(summary, out))?.into_bytes(),
        ),
        (
            "intervals.csv".to_owned(),
            text(|out| csv::write_intervals(summary, out))?.into_bytes(),
        ),
        (
            "groups.csv".to_owned(),
            text(|out| csv::write_groups(summary, out))?.into_bytes(),
        ),
    ];
    if summary
        .variants
        .iter()
        .any(|variant| !variant.flows.is_empty())
    {
        let flows = text(|out| csv::write_flows(summary, out))?;
        files.push(("flows.csv".to_owned(), flows.into_bytes()));
    }
    files.extend(drawn(summary, charts)?);
    Ok(files)
}

#[cfg(feature = "charts")]
pub(crate) fn chart_formats(charts: &[ChartFormat]) -> Vec<channelmix::report::chart::Format> {
    use channelmix::report::chart::Format;
    let formats = charts.iter().map(|format| match format {
        ChartFormat::Svg => Format::Svg,
        ChartFormat::Png => Format::Png,
    });
    formats.collect()
}

#[cfg(feature = "charts")]
fn drawn(summary: &Summary, charts: &[ChartFormat]) -> Result<Vec<(String, Vec<u8>)>, Failure> {
    use channelmix::report::chart;
    chart::draw_all(summary, &chart_formats(charts))
        .map_err(|error| Failure::Running(format!("the charts could not be drawn: {error}")))
}

#[cfg(not(feature = "charts"))]
#[expect(clippy::unnecessary_wraps, reason = "the build that draws may fail")]
fn drawn(_summary: &Summary, _charts: &[ChartFormat]) -> Result<Vec<(String, Vec<u8>)>, Failure> {
    Ok(Vec::new())
}

/// What a writer lays out.
pub(crate) fn text(
    write: impl FnOnce(&mut Vec<u8>) -> std::io::Result<()>,
) -> Result<String, Failure> {
    let mut bytes = Vec::new();
    write(&mut bytes)
        .map_err(|error| Failure::Running(format!("the result could not be laid out: {error}")))?;
    String::from_utf8(bytes)
        .map_err(|error| Failure::Running(format!("the result could not be laid out: {error}")))
}
