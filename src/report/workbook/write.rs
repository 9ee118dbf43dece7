//! The sheets in their order.

use rust_xlsxwriter::XlsxError;

use super::book::Book;
use super::pages::workbook;
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
    workbook(&material.summary.scenario, |pages| {
        let mut book = Book::new(pages, material);
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
        Ok(())
    })
}
