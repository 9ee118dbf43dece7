//! Where results go: standard output, and files that are written whole or not at all.

use std::io::Write;
use std::path::{Path, PathBuf};

use channelmix::report::{csv, json, table};
use channelmix::stats::summary::Summary;

use super::arguments::{ChartFormat, Destination, Format};
use super::exit::{Failure, tell};

/// Prints to standard output. Who closes it early has seen enough.
pub(crate) fn print(text: &str) -> Result<(), Failure> {
    match std::io::stdout().lock().write_all(text.as_bytes()) {
        Err(error) if error.kind() != std::io::ErrorKind::BrokenPipe => Err(Failure::Running(
            format!("standard output cannot be written: {error}"),
        )),
        _ => Ok(()),
    }
}

/// Prints a summary and writes its files; `scenario` is the path of the scenario file.
pub(crate) fn deliver(
    summary: &Summary,
    scenario: &Path,
    destination: &Destination,
) -> Result<(), Failure> {
    for variant in &summary.variants {
        for warning in &variant.warnings {
            tell(&format!("warning: {}: {warning}", variant.name));
        }
    }
    let files = files(summary, &destination.charts.0)?;
    let folder = destination
        .out
        .clone()
        .unwrap_or_else(|| default_folder(scenario));
    std::fs::create_dir_all(&folder).map_err(|error| Failure::file("created", &folder, &error))?;
    for (name, content) in &files {
        write_whole(&folder.join(name), content)?;
    }
    let text = match destination.format {
        Format::Table => text(|out| table::write(summary, out))?,
        Format::Json => text(|out| json::write(summary, out))?,
    };
    print(&text)?;
    tell(&format!("{} files in {}", files.len(), folder.display()));
    Ok(())
}

/// Writes a file whole or not at all.
pub(crate) fn write_whole(path: &Path, content: &[u8]) -> Result<(), Failure> {
    let folder = match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    };
    let write = || -> std::io::Result<()> {
        let mut file = tempfile::Builder::new()
            .prefix(".channelmix-")
            .tempfile_in(folder)?;
        file.write_all(content)?;
        readable_by_all(file.as_file())?;
        file.persist(path)?;
        Ok(())
    };
    write().map_err(|error| Failure::file("written", path, &error))
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
    Path::new("output").join(scenario.file_stem().unwrap_or(scenario.as_os_str()))
}

fn files(summary: &Summary, charts: &[ChartFormat]) -> Result<Vec<(String, Vec<u8>)>, Failure> {
    let mut files = vec![
        (
            "summary.txt".to_owned(),
            text(|out| table::write(summary, out))?.into_bytes(),
        ),
        (
            "summary.json".to_owned(),
            text(|out| json::write(summary, out))?.into_bytes(),
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
    files.extend(drawn(summary, charts)?);
    Ok(files)
}

/// The formats as the charts know them.
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
fn drawn(_summary: &Summary, _charts: &[ChartFormat]) -> Result<Vec<(String, Vec<u8>)>, Failure> {
    Ok(Vec::new())
}

pub(crate) fn text(
    write: impl FnOnce(&mut Vec<u8>) -> std::io::Result<()>,
) -> Result<String, Failure> {
    let mut bytes = Vec::new();
    write(&mut bytes)
        .map_err(|error| Failure::Running(format!("the result could not be laid out: {error}")))?;
    String::from_utf8(bytes)
        .map_err(|error| Failure::Running(format!("the result could not be laid out: {error}")))
}
