//! What a sweep is of, kept beside its points: only the same sweep goes on where an earlier command ended.

use serde::{Deserialize, Serialize};

use crate::sim::streams::luck_check;

const SCHEMA: &str = "channelmix.sweep-state/1";

/// All that the points of a sweep follow from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct State {
    schema: String,
    version: String,
    /// Hash of the first random numbers on the machine that ran it.
    luck: u64,
    /// Hash of the scenario's text and data.
    fingerprint: u64,
    /// The variant whose values are varied.
    pub variant: String,
    /// The seed.
    pub seed: u64,
    /// Replications of each point.
    pub replications: u64,
    /// How points are chosen.
    pub design: String,
    /// How many there are.
    pub points: u64,
    /// The keys with their values, as written.
    pub vary: Vec<(String, String)>,
}

/// What is asked for beside the keys and their values.
#[derive(Debug, Clone, Copy)]
pub struct Asked<'a> {
    /// The scenario's fingerprint.
    pub fingerprint: u64,
    /// The variant.
    pub variant: &'a str,
    /// The seed.
    pub seed: u64,
    /// Replications of each point.
    pub replications: u64,
    /// How points are chosen.
    pub design: &'a str,
    /// How many there are.
    pub points: u64,
}

impl State {
    /// The state of what is asked for; `vary` are the keys with their values, as written.
    pub fn new(asked: &Asked<'_>, vary: Vec<(String, String)>) -> Self {
        Self {
            schema: SCHEMA.to_owned(),
            version: env!("CARGO_PKG_VERSION").to_owned(),
            luck: luck_check(),
            fingerprint: asked.fingerprint,
            variant: asked.variant.to_owned(),
            seed: asked.seed,
            replications: asked.replications,
            design: asked.design.to_owned(),
            points: asked.points,
            vary,
        }
    }

    /// The state as it is written to a file.
    ///
    /// # Errors
    /// When memory fails.
    pub fn write(&self) -> serde_json::Result<Vec<u8>> {
        let mut text = serde_json::to_vec_pretty(self)?;
        text.push(b'\n');
        Ok(text)
    }

    /// Reads a state.
    ///
    /// # Errors
    /// When it is none.
    pub fn read(content: &[u8]) -> serde_json::Result<Self> {
        serde_json::from_slice(content)
    }

    /// What differs from an earlier one, first what was and then what is; nothing where they are of one sweep.
    pub fn difference(&self, earlier: &Self) -> Option<String> {
        let differs = |what: &str, was: &dyn ToString, is: &dyn ToString| {
            let (was, is) = (was.to_string(), is.to_string());
            (was != is).then(|| format!("its {what} was {was} and is now {is}"))
        };
        let changed =
            |what: &str, differs: bool| differs.then(|| format!("its {what} has changed"));
        let vary = |state: &Self| {
            let keys = state
                .vary
                .iter()
                .map(|(key, values)| format!("--vary {key}={values}"));
            keys.collect::<Vec<_>>().join(" ")
        };
        differs("layout", &earlier.schema, &self.schema)
            .or_else(|| differs("version of channelmix", &earlier.version, &self.version))
            .or_else(|| {
                changed(
                    "scenario, its text or data,",
                    self.fingerprint != earlier.fingerprint,
                )
            })
            .or_else(|| differs("variant", &earlier.variant, &self.variant))
            .or_else(|| differs("seed", &earlier.seed, &self.seed))
            .or_else(|| {
                differs(
                    "number of replications",
                    &earlier.replications,
                    &self.replications,
                )
            })
            .or_else(|| differs("design", &earlier.design, &self.design))
            .or_else(|| {
                changed("values", self.vary != earlier.vary).map(|_| {
                    format!(
                        "it varied {} and is now to vary {}",
                        vary(earlier),
                        vary(self)
                    )
                })
            })
            .or_else(|| differs("number of points", &earlier.points, &self.points))
            .or_else(|| changed("machine's random numbers", self.luck != earlier.luck))
    }
}
