//! A run cut into shards: the state of each travels whole, and merged states give the same bytes as one run.

use serde::{Deserialize, Serialize};

use crate::scenario::name::content_hash;
use crate::scenario::{Problems, Scenario};
use crate::sim::streams::luck_check;
use crate::stats::tally::Tally;

const SCHEMA: &str = "channelmix.state/1";

/// Part `number` (from 1) of `of` parts of a run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Shard {
    /// From 1.
    pub number: u64,
    /// How many parts.
    pub of: u64,
}

impl Shard {
    /// The replications (from 0) of this part, of so many.
    pub fn replications(self, all: u64) -> std::ops::Range<u64> {
        let cut = |part: u64| {
            u64::try_from(u128::from(all) * u128::from(part) / u128::from(self.of)).unwrap_or(all)
        };
        cut(self.number - 1)..cut(self.number)
    }
}

impl std::str::FromStr for Shard {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let parts = text
            .split_once('/')
            .and_then(|(number, of)| Some((number.parse().ok()?, of.parse().ok()?)));
        match parts {
            Some((number, of)) if 1 <= number && number <= of => Ok(Self { number, of }),
            _ => Err(format!(
                "expected I/N with 1 <= I <= N, as in 2/4, found {text}"
            )),
        }
    }
}

/// What a part of a run counted, with the scenario it ran.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct State {
    schema: String,
    version: String,
    /// Hash of the scenario's text and data.
    fingerprint: u64,
    /// Hash of the first random numbers on the machine that ran it.
    luck: u64,
    file: String,
    text: String,
    data: Vec<(String, String)>,
    /// The variants run, the base first.
    pub variants: Vec<String>,
    /// The seed.
    pub seed: u64,
    /// How many replications the whole run has.
    pub replications: u64,
    /// Which of these are counted here: from, and up to but without.
    pub ranges: Vec<(u64, u64)>,
    /// The counts.
    pub tally: Tally,
}

/// A state in its file: what the checksum seals is the text between.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Sealed {
    checksum: u64,
    state: Box<serde_json::value::RawValue>,
}

/// What a state of any version tells of itself.
#[derive(Deserialize)]
struct Header {
    schema: String,
    version: String,
}

/// Why states cannot be merged.
#[derive(Debug, thiserror::Error)]
pub enum MergeError {
    /// Not a state, or a damaged one.
    #[error("{file}: not a state of a run: {reason}")]
    Unreadable {
        /// The state's file.
        file: String,
        /// What is wrong with it.
        reason: String,
    },
    /// Changed since it was written.
    #[error("{file}: damaged or changed by hand: its checksum does not fit")]
    Changed {
        /// The state's file.
        file: String,
    },
    /// Of another version of the program.
    #[error("{file}: written by version {found}, this is {expected}")]
    OtherVersion {
        /// The state's file.
        file: String,
        /// The version that wrote it.
        found: String,
        /// This version.
        expected: &'static str,
    },
    /// Of another run.
    #[error("{file}: of another run: its {what} differs from that of the first state")]
    OtherRun {
        /// The state's file.
        file: String,
        /// What differs.
        what: &'static str,
    },
    /// Counted twice.
    #[error("{file}: replication {replication} is counted twice")]
    Twice {
        /// The state's file.
        file: String,
        /// The first replication that an earlier state has too, from 1.
        replication: u64,
    },
    /// Some parts are missing.
    #[error("replications {from} to {to} of {all} are in none of the states")]
    Missing {
        /// The first one missing, from 1.
        from: u64,
        /// The last one missing next to it.
        to: u64,
        /// How many the run has.
        all: u64,
    },
}

impl State {
    /// The state of a part of a run.
    pub fn new(
        scenario: &Scenario,
        variants: Vec<String>,
        seed: u64,
        replications: u64,
        range: &std::ops::Range<u64>,
        tally: Tally,
    ) -> Self {
        let data = scenario
            .data_files()
            .map(|(name, content)| (name.to_owned(), content.to_owned()))
            .collect();
        Self {
            schema: SCHEMA.to_owned(),
            version: env!("CARGO_PKG_VERSION").to_owned(),
            fingerprint: scenario.fingerprint(),
            luck: luck_check(),
            file: scenario.file().to_owned(),
            text: scenario.text().to_owned(),
            data,
            variants,
            seed,
            replications,
            ranges: vec![(range.start, range.end)],
            tally,
        }
    }

    /// The state as it is written to a file, with a checksum.
    ///
    /// # Errors
    /// When memory fails.
    pub fn write(&self) -> serde_json::Result<Vec<u8>> {
        let state = serde_json::value::to_raw_value(self)?;
        let checksum = content_hash([state.get().as_bytes()]);
        serde_json::to_vec(&Sealed { checksum, state })
    }

    /// Reads a state; `file` is its name in messages.
    ///
    /// # Errors
    /// When it is no state, one that was changed since it was written, or one of another version.
    pub fn read(content: &[u8], file: &str) -> Result<Self, MergeError> {
        let unreadable = |reason: String| MergeError::Unreadable {
            file: file.to_owned(),
            reason,
        };
        let sealed: Sealed =
            serde_json::from_slice(content).map_err(|error| unreadable(error.to_string()))?;
        if sealed.checksum != content_hash([sealed.state.get().as_bytes()]) {
            return Err(MergeError::Changed {
                file: file.to_owned(),
            });
        }
        let header: Header = serde_json::from_str(sealed.state.get())
            .map_err(|error| unreadable(error.to_string()))?;
        if header.schema != SCHEMA {
            return Err(unreadable(format!(
                "its schema is {}, expected {SCHEMA}",
                header.schema
            )));
        }
        let expected = env!("CARGO_PKG_VERSION");
        if header.version != expected {
            return Err(MergeError::OtherVersion {
                file: file.to_owned(),
                found: header.version,
                expected,
            });
        }
        serde_json::from_str(sealed.state.get()).map_err(|error| unreadable(error.to_string()))
    }

    /// Adds another state of the same run; `file` is that state's name in messages.
    ///
    /// # Errors
    /// When it is of another run, or has replications that are here already.
    pub fn merge(&mut self, other: &Self, file: &str) -> Result<(), MergeError> {
        let same = [
            ("scenario", self.fingerprint == other.fingerprint),
            ("choice of variants", self.variants == other.variants),
            ("seed", self.seed == other.seed),
            (
                "number of replications",
                self.replications == other.replications,
            ),
            ("machine's random numbers", self.luck == other.luck),
        ];
        if let Some((what, _)) = same.into_iter().find(|(_, same)| !same) {
            return Err(MergeError::OtherRun {
                file: file.to_owned(),
                what,
            });
        }
        for &(from, to) in &other.ranges {
            if let Some(&(own, _)) = self
                .ranges
                .iter()
                .find(|(own_from, own_to)| from < *own_to && *own_from < to)
            {
                return Err(MergeError::Twice {
                    file: file.to_owned(),
                    replication: own.max(from) + 1,
                });
            }
        }
        self.ranges.extend_from_slice(&other.ranges);
        self.ranges.sort_unstable();
        self.tally.merge(&other.tally);
        Ok(())
    }

    /// Whether as many replications are counted as the state says it holds.
    pub fn counts_its_ranges(&self) -> bool {
        let held = self
            .ranges
            .iter()
            .map(|(from, to)| u128::from(to.saturating_sub(*from)))
            .sum::<u128>();
        let within = self
            .ranges
            .iter()
            .all(|(from, to)| from <= to && *to <= self.replications);
        within && held == u128::from(self.tally.replications)
    }

    /// Whether every replication of the run is counted.
    ///
    /// # Errors
    /// When some are missing: the first gap.
    pub fn check_complete(&self) -> Result<(), MergeError> {
        let mut next = 0;
        for &(from, to) in self
            .ranges
            .iter()
            .filter(|(from, to)| from < to)
            .chain([&(self.replications, u64::MAX)])
        {
            if from > next {
                return Err(MergeError::Missing {
                    from: next + 1,
                    to: from,
                    all: self.replications,
                });
            }
            next = to;
        }
        Ok(())
    }

    /// The scenario that was run.
    ///
    /// # Errors
    /// When the state has been changed by hand so that it is none.
    pub fn scenario(&self) -> Result<Scenario, Problems> {
        Scenario::parse(&self.text, &self.file, |name| {
            let found = self.data.iter().find(|(own, _)| own == name);
            found
                .map(|(_, content)| content.clone().into_bytes())
                .ok_or_else(|| "it is not in the state".to_owned())
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shards_cover_every_replication_once() {
        for (all, of) in [(10, 3), (2, 5), (100, 1), (7, 7)] {
            let mut next = 0;
            for number in 1..=of {
                let range = Shard { number, of }.replications(all);
                assert_eq!(range.start, next);
                next = range.end;
            }
            assert_eq!(next, all);
        }
    }

    #[test]
    fn a_shard_is_written_as_one_of_several() {
        assert_eq!("2/4".parse(), Ok(Shard { number: 2, of: 4 }));
        for wrong in ["0/4", "5/4", "2", "a/b", "-1/2", "1/0"] {
            assert!(wrong.parse::<Shard>().is_err(), "{wrong}");
        }
    }
}
