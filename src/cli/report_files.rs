//! The files of a report.

use channelmix::report::{Material, page};

use super::exit::Failure;

/// The page and, in builds that have it, the workbook, by their names.
pub(crate) fn report_files(material: &Material<'_>) -> Result<Vec<(String, Vec<u8>)>, Failure> {
    let mut html = Vec::new();
    page::write(material, &mut html).map_err(|error| Failure::Running(error.to_string()))?;
    let mut files = vec![("report.html".to_owned(), html)];
    files.extend(workbook(material)?);
    Ok(files)
}

#[cfg(feature = "xlsx")]
fn workbook(material: &Material<'_>) -> Result<Option<(String, Vec<u8>)>, Failure> {
    let content = channelmix::report::workbook::write(material);
    let content = content
        .map_err(|error| Failure::Running(format!("the workbook could not be made: {error}")))?;
    Ok(Some(("report.xlsx".to_owned(), content)))
}

#[cfg(not(feature = "xlsx"))]
#[expect(
    clippy::unnecessary_wraps,
    reason = "the build that makes one may fail"
)]
fn workbook(_material: &Material<'_>) -> Result<Option<(String, Vec<u8>)>, Failure> {
    Ok(None)
}
