//! The sheets in their order.

use rust_xlsxwriter::{DocProperties, ExcelDateTime, Workbook, XlsxError};

use super::book::Book;
use super::{
    assumptions, costs, definitions, groups, intervals, mixes, one_agent, queue_costs, queues,
    staffing, summary, wages,
};
use crate::report::material::Material;

/// Why a workbook could not be made.
#[derive(Debug, thiserror::Error)]
#[error(transparent)]
pub struct WorkbookError(#[from] XlsxError);

/// The workbook's bytes.
///
/// # Errors
/// When the figures are more than a workbook holds.
pub fn write(material: &Material<'_>) -> Result<Vec<u8>, WorkbookError> {
    Ok(bytes(material)?)
}

fn bytes(material: &Material<'_>) -> Result<Vec<u8>, XlsxError> {
    let mut workbook = Workbook::new();
    // A day that says nothing, so that the same report is the same file.
    let day = ExcelDateTime::from_ymd(2000, 1, 1)?;
    let label = &material.summary.scenario;
    let properties = DocProperties::new()
        .set_title(&label.name)
        .set_comment(format!(
            "channelmix {}, seed {}",
            Material::VERSION,
            label.seed
        ))
        .set_creation_datetime(&day);
    workbook.set_properties(&properties);
    let mut book = Book::new(&mut workbook, material);
    summary::write(&mut book)?;
    mixes::write(&mut book)?;
    queues::write(&mut book)?;
    groups::write(&mut book)?;
    one_agent::write(&mut book)?;
    intervals::write(&mut book)?;
    staffing::write(&mut book)?;
    if material.has_costs() {
        wages::write(&mut book)?;
        costs::write(&mut book)?;
        queue_costs::write(&mut book)?;
    }
    assumptions::write(&mut book)?;
    definitions::write(&mut book)?;
    workbook.save_to_buffer()
}
