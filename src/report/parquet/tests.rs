//! What is written is read back.

use parquet::file::reader::{FileReader, SerializedFileReader};
use parquet::record::{Field, Row as Record};

use super::{write_sweep, write_trace};
use crate::report::csv;
use crate::scenario::Scenario;
use crate::stats::estimate::Estimate;
use crate::study::sweep::row::{Cell, Row, Table};
use crate::study::trace::{Request, trace};

fn records(file: Vec<u8>) -> (Vec<String>, Vec<Record>) {
    let reader = SerializedFileReader::new(bytes::Bytes::from(file)).expect("Parquet");
    let fields = reader
        .metadata()
        .file_metadata()
        .schema()
        .get_fields()
        .to_vec();
    let names = fields.iter().map(|field| field.name().to_owned()).collect();
    let rows = reader.get_row_iter(None).expect("rows");
    (names, rows.map(|row| row.expect("a row")).collect())
}

fn text(field: &Field) -> String {
    match field {
        Field::Null => String::new(),
        Field::Str(text) => text.clone(),
        Field::Long(number) => number.to_string(),
        Field::Double(number) => number.to_string(),
        other => panic!("{other:?}"),
    }
}

/// Header and rows as a CSV has them.
fn read_back(file: Vec<u8>) -> String {
    let (names, records) = records(file);
    let mut lines = vec![names.join(",")];
    for record in records {
        let cells = record.get_column_iter().map(|(_, field)| text(field));
        lines.push(cells.collect::<Vec<_>>().join(","));
    }
    lines.join("\n") + "\n"
}

#[test]
fn a_sweep_has_the_columns_and_values_of_its_csv() {
    let row = |point, targets: &str| Row {
        point,
        values: vec![
            Cell::Number(Some(0.1 * point as f64)),
            Cell::Text("never".to_owned()),
        ],
        targets: targets.to_owned(),
        figures: vec![Estimate::around(2.5, 1.0 / 3.0), Estimate::NONE],
    };
    let table = Table {
        keys: vec!["groups.a.wage".to_owned(), "queues.b.patience".to_owned()],
        figures: vec!["cost.total".to_owned(), "queues.b.asa_s".to_owned()],
        rows: vec![row(1, "met"), row(2, "")],
    };
    let mut file = Vec::new();
    write_sweep(&table, &mut file).unwrap();
    let mut expected = Vec::new();
    csv::write_sweep_header(&table.keys, &table.figures, &mut expected).unwrap();
    for row in &table.rows {
        csv::write_sweep_row(row, &mut expected).unwrap();
    }
    assert_eq!(read_back(file), String::from_utf8(expected).unwrap());
}

#[test]
fn a_trace_has_the_columns_and_values_of_its_csv() {
    let scenario = Scenario::parse(Scenario::STARTER, "a.toml", |_| Err(String::new())).unwrap();
    let compiled = scenario.compile().unwrap();
    let request = Request {
        replication: 1,
        to: Some("10:00".to_owned()),
        ..Request::default()
    };
    let told = trace(&compiled, &request).unwrap();
    assert!(told.events.len() > 100);
    let (mut file, mut expected) = (Vec::new(), Vec::new());
    write_trace(&told, &mut file).unwrap();
    csv::write_trace(&told, &mut expected).unwrap();
    let expected = String::from_utf8(expected).unwrap();
    let (found, wanted) = (read_back(file), expected);
    assert_eq!(found.lines().count(), wanted.lines().count());
    for (found, wanted) in found.lines().zip(wanted.lines()) {
        let cells = found.split(',').zip(wanted.split(','));
        for (found, wanted) in cells {
            let same = found == wanted
                || found
                    .parse::<f64>()
                    .ok()
                    .zip(wanted.parse::<f64>().ok())
                    .is_some_and(|(a, b)| a.total_cmp(&b).is_eq());
            assert!(same, "{found} for {wanted}");
        }
    }
}
