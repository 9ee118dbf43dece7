//! workbook
use super::Material;
use rust_xlsxwriter::XlsxError;
/// later
///
/// # Errors
/// never
pub fn write(_material: &Material<'_>) -> Result<Vec<u8>, XlsxError> {
    Ok(Vec::new())
}
