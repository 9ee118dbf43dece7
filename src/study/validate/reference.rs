//! Exact values of queue models: files of cases, each with its parameters and its values.

use serde::Deserialize;

/// A file of the reference set.
#[derive(Debug, Clone, Deserialize)]
pub struct ReferenceFile {
    /// Its cases in order.
    pub cases: Vec<Case>,
}

/// A model with its parameters and what is known of it.
#[derive(Debug, Clone, Deserialize)]
pub struct Case {
    /// Its name, as in `A-MMs-v04`.
    pub case: String,
    /// The model in words.
    pub model: String,
    /// Its parameters; units are in the names.
    pub params: serde_json::Value,
    /// What is known of it.
    pub values: Vec<Value>,
}

/// One known value.
#[derive(Debug, Clone, Deserialize)]
pub struct Value {
    /// What it is; units are in the name, shares are 0..1, `#07` is interval 7 from 0.
    pub metric: String,
    /// The value.
    pub value: f64,
    /// Half the width of its 95 % interval where it was itself simulated.
    pub ci95_half: Option<f64>,
}

/// The files, as they are in `tests/reference`.
const FILES: [&str; 8] = [
    include_str!("../../../tests/reference/a_steady_state.json"),
    include_str!("../../../tests/reference/b_ctmc.json"),
    include_str!("../../../tests/reference/b_sim.json"),
    include_str!("../../../tests/reference/c_timevarying.json"),
    include_str!("../../../tests/reference/c2_finite_horizon.json"),
    include_str!("../../../tests/reference/d_staffing.json"),
    include_str!("../../../tests/reference/e_arrivals.json"),
    include_str!("../../../tests/reference/f_published.json"),
];

/// Every case of the reference set, in the order of the files.
pub fn cases() -> Vec<Case> {
    let read = |text: &&str| {
        serde_json::from_str::<ReferenceFile>(text).expect("the shipped files are of this shape")
    };
    FILES.iter().map(read).flat_map(|file| file.cases).collect()
}

impl Case {
    /// The kind of model, as in `A-MMs`.
    pub fn kind(&self) -> &str {
        self.case.split("-v").next().unwrap_or(&self.case)
    }

    /// The threshold of its service levels (s).
    pub fn threshold(&self) -> f64 {
        self.number("T_s").unwrap_or(20.0)
    }

    /// A number among the parameters.
    pub fn number(&self, name: &str) -> Option<f64> {
        self.params[name].as_f64()
    }

    /// A list of numbers among the parameters.
    pub fn numbers(&self, name: &str) -> Option<Vec<f64>> {
        self.params[name]
            .as_array()?
            .iter()
            .map(serde_json::Value::as_f64)
            .collect()
    }

    /// A list of lists among the parameters; `null` is `None`.
    pub fn table(&self, name: &str) -> Option<Vec<Vec<Option<f64>>>> {
        let rows = self.params[name].as_array()?;
        rows.iter()
            .map(|row| {
                Some(
                    row.as_array()?
                        .iter()
                        .map(serde_json::Value::as_f64)
                        .collect(),
                )
            })
            .collect()
    }
}
