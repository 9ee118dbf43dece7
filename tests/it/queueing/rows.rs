//! The rows of the reference files.

use serde_json::Value;

/// One case and its values.
pub(super) struct Case {
    pub(super) name: String,
    pub(super) model: String,
    pub(super) params: Value,
    pub(super) rows: Vec<Row>,
}

/// One number.
pub(super) struct Row {
    pub(super) metric: String,
    pub(super) value: f64,
    pub(super) digits: i32,
}

/// How a value is found.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// A formula or an integral.
    Closed,
    /// A Markov chain or differential equations.
    Solver,
}

/// What a model says about a case: a value for each metric it knows.
pub(super) type Answer = Box<dyn Fn(&str) -> Option<f64>>;

/// All cases of a file.
pub(super) fn cases(file: &str) -> Vec<Case> {
    let path = format!("{}/tests/reference/{file}", env!("CARGO_MANIFEST_DIR"));
    let text = std::fs::read_to_string(path).expect("the reference files are in the repository");
    let file: Value = serde_json::from_str(&text).expect("they are JSON");
    let cases = file["cases"].as_array().expect("a file has cases");
    cases.iter().map(Case::read).collect()
}

impl Case {
    fn read(case: &Value) -> Self {
        let text = |key: &str| case[key].as_str().expect("a text").to_owned();
        let rows = case["values"]
            .as_array()
            .expect("values")
            .iter()
            .map(|row| Row {
                metric: row["metric"].as_str().expect("a metric").to_owned(),
                value: row["value"].as_f64().expect("a value"),
                digits: i32::try_from(row["digits"].as_i64().expect("digits")).expect("a few"),
            });
        Self {
            name: text("case"),
            model: text("model"),
            params: case["params"].clone(),
            rows: rows.collect(),
        }
    }

    pub(super) fn number(&self, key: &str) -> f64 {
        self.params[key]
            .as_f64()
            .unwrap_or_else(|| panic!("{}: no {key}", self.name))
    }

    pub(super) fn optional(&self, key: &str) -> Option<f64> {
        self.params[key].as_f64()
    }

    pub(super) fn count(&self, key: &str) -> u32 {
        let found = self.params[key]
            .as_u64()
            .unwrap_or_else(|| panic!("{}: no {key}", self.name));
        u32::try_from(found).expect("small")
    }

    pub(super) fn numbers(&self, key: &str) -> Vec<f64> {
        let list = self.params[key]
            .as_array()
            .unwrap_or_else(|| panic!("{}: no {key}", self.name));
        list.iter()
            .map(|value| {
                value
                    .as_f64()
                    .or_else(|| value.as_str()?.parse().ok())
                    .expect("a number")
            })
            .collect()
    }
}

/// Compares all rows that the answer knows; returns how many, and the names of the others.
pub(super) fn check(case: &Case, answer: &Answer, kind: Kind) -> (usize, Vec<String>) {
    let (mut covered, mut left) = (0, Vec::new());
    let mut wrong = Vec::new();
    for row in &case.rows {
        let Some(found) = answer(&row.metric) else {
            left.push(format!("{}/{}", case.name, row.metric));
            continue;
        };
        covered += 1;
        let relative = match (kind, row.digits) {
            (_, 99) => 0.0,
            (Kind::Closed, 12..) => 1e-9,
            (Kind::Closed, _) => 1e-7,
            (Kind::Solver, digits) => f64::max(1e-7, 10.0_f64.powi(2 - digits)),
        };
        let error = (found - row.value).abs();
        if !(error <= relative * row.value.abs() || (row.digits != 99 && error <= 1e-12)) {
            let size = error / row.value.abs();
            wrong.push(format!(
                "{}/{}: {found:e} is not {:e} ({size:.1e})",
                case.name, row.metric, row.value
            ));
        }
    }
    assert!(
        wrong.is_empty(),
        "{} of {} wrong:\n{}",
        wrong.len(),
        case.rows.len(),
        wrong.join("\n")
    );
    (covered, left)
}

/// Checks every case of a file that `answer` takes up; returns all rows covered and the names of the others.
pub(super) fn check_file(
    file: &str,
    answer: impl Fn(&Case) -> Option<(Answer, Kind)>,
) -> (usize, Vec<String>) {
    let (mut covered, mut left) = (0, Vec::new());
    for case in cases(file) {
        match answer(&case) {
            Some((answer, kind)) => {
                let (more, others) = check(&case, &answer, kind);
                covered += more;
                left.extend(others);
            }
            None => left.extend(
                case.rows
                    .iter()
                    .map(|row| format!("{}/{}", case.name, row.metric)),
            ),
        }
    }
    (covered, left)
}
