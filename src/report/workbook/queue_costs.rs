//! What each queue of each mix costs: its share of the mix's total.

use rust_xlsxwriter::XlsxError;

use super::book::{Book, MIXES};
use super::grid::{Column, Kind, Value, place, table};
use super::mixes;

const SHARE: u16 = 2;
const COST: u16 = 3;
const ANSWERED: u16 = 4;

/// A row a mix and queue.
pub(super) fn write(book: &mut Book<'_, '_>) -> Result<(), XlsxError> {
    let currency = book.material.currency();
    let columns = [
        Column::new("Mix", Kind::Text).wide(22.0),
        Column::new("Queue", Kind::Text).wide(18.0),
        Column::new("Share of the total, as simulated", Kind::Share),
        Column::new(format!("Cost, {currency}"), Kind::Money),
        Column::new("Contacts answered", Kind::Count),
        Column::new(format!("{currency} a contact"), Kind::Price),
    ];
    let mut rows = Vec::new();
    for (mix, variant) in (1..).zip(book.variants()) {
        for (name, queue) in variant.queues.iter() {
            let row = u32::try_from(rows.len() + 1).unwrap_or(u32::MAX);
            let at = |column| place(row, column);
            let total = variant.cost.total.mean.unwrap_or(0.0);
            let cost = variant
                .cost
                .queues
                .find(name)
                .and_then(|of| of.cost.mean)
                .unwrap_or(0.0);
            let answered = queue.measures.answered.mean.unwrap_or(0.0);
            let share = if total > 0.0 { cost / total } else { 0.0 };
            let of_total = format!("={}*'{MIXES}'!${}", at(SHARE), place(mix, mixes::COST));
            let each = if answered > 0.0 { cost / answered } else { 0.0 };
            rows.push(vec![
                variant.name.as_str().into(),
                name.into(),
                Value::Number(share),
                Value::Formula(of_total, cost),
                Value::Number(answered),
                Value::Formula(
                    format!("=IF({1}>0,{0}/{1},0)", at(COST), at(ANSWERED)),
                    each,
                ),
            ]);
        }
    }
    let (sheet, formats) = book.sheet("Queue costs")?;
    table(sheet, formats, &columns, 2, rows)?;
    Ok(())
}
