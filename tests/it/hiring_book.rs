//! The workbook of a plan of weeks and months: from contacts to money by formulas.
#![cfg(feature = "xlsx")]

use calamine::{Data, DataType, Range, Reader, Xlsx, open_workbook};
use serde_json::Value;

use super::hiring::planned;

/// The numbers of a row of the chain, and the prices of its group.
struct Row<'a> {
    chain: &'a Range<Data>,
    prices: &'a Range<Data>,
    number: u32,
}

impl Row<'_> {
    fn cell(&self, column: u32) -> f64 {
        let value = self.chain.get_value((self.number, column));
        let value = value.and_then(DataType::as_f64);
        value.unwrap_or_else(|| panic!("row {}, column {column}", self.number))
    }

    fn price(&self, column: u32) -> f64 {
        let group = self.chain.get_value((self.number, 2));
        let mut rows = 1..100;
        let of = rows.find(|&of| self.prices.get_value((of, 0)) == group);
        let value = of.and_then(|of| self.prices.get_value((of, column)));
        value.and_then(DataType::as_f64).expect("a price")
    }

    fn is(&self, column: u32, expected: f64) {
        let found = self.cell(column);
        let near = (found - expected).abs() < 1e-6 * expected.abs().max(1.0);
        assert!(
            near,
            "row {}, column {column}: {found} and {expected}",
            self.number
        );
    }
}

/// What the formulas say, reckoned from the cells that they name.
fn assert_adds_up(of: &Row<'_>, line: &Value) {
    let (cell, price) = (|column| of.cell(column), |column| of.price(column));
    of.is(6, cell(3) / cell(4) / cell(5));
    of.is(8, cell(6) / (1.0 - cell(7)));
    let bought = cell(15) / (1.0 - cell(7)) / cell(5);
    of.is(16, cell(13) + cell(14) / cell(5) + bought);
    of.is(17, cell(16) - cell(8));
    of.is(18, (cell(10) + cell(11)) * cell(5) * price(2));
    of.is(19, cell(14) * price(2) * price(3));
    of.is(20, (cell(18) + cell(19)) * price(4));
    of.is(21, cell(12) * price(5) * price(2) * cell(5) * 365.25 / 7.0);
    of.is(22, cell(9) * price(6));
    of.is(23, cell(15) * price(7));
    of.is(24, (18..24).map(cell).sum());
    for (column, key) in [(3, "work_h"), (8, "required_fte"), (16, "available_fte")] {
        of.is(column, line[key].as_f64().expect("a number"));
    }
}

#[test]
fn each_figure_is_a_formula_on_those_before_it() {
    let folder = tempfile::tempdir().expect("a folder");
    let (status, printed, _) = planned(&[], folder.path(), &["--format", "json"]);
    assert_eq!(status, 0);
    let plan: Value = serde_json::from_str(&printed).expect("JSON");
    let file = folder.path().join("out/hiring.xlsx");
    let mut book: Xlsx<_> = open_workbook(&file).expect("a workbook");
    let names = [
        "Plan",
        "Classes",
        "Weeks",
        "Chain",
        "Work",
        "Prices",
        "Simulated weeks",
    ];
    assert_eq!(book.sheet_names(), names);
    let chain = book.worksheet_range("Chain").expect("a sheet");
    let prices = book.worksheet_range("Prices").expect("a sheet");
    let lines = plan["chain"].as_array().expect("a chain");
    assert_eq!(chain.height(), lines.len() + 1);
    for (number, line) in (1..).zip(lines) {
        let (chain, prices) = (&chain, &prices);
        let row = Row {
            chain,
            prices,
            number,
        };
        assert_adds_up(&row, line);
    }
    let formulas = book.worksheet_formula("Chain").expect("formulas");
    let formula = |column: u32| {
        let formula = formulas.get_value((1, column));
        formula.cloned().unwrap_or_default()
    };
    assert_eq!(formula(6), "D2/E2/F2");
    assert_eq!(formula(8), "G2/(1-H2)");
    assert_eq!(formula(16), "N2+O2/F2+P2/(1-H2)/F2");
    assert_eq!(formula(24), "SUM(S2:X2)");
    let wage = "INDEX('Prices'!$C$2:$C$3,MATCH(C2,'Prices'!$A$2:$A$3,0))";
    assert_eq!(formula(18), format!("(K2+L2)*F2*{wage}"));
    let first = book.worksheet_formula("Plan").expect("formulas");
    let cost = first.get_value((5, 1)).map(String::as_str);
    assert_eq!(cost, Some("SUM('Chain'!$Y$2:$Y$53)"));
}
