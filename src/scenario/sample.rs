//! Scenarios of tests: sound texts that name no data files.

use super::Scenario;
use super::model::Compiled;

impl Scenario {
    pub(crate) fn sample(text: &str) -> Self {
        let scenario = Self::parse(text, "sample.toml", |_| Err("no data".to_owned()));
        scenario.unwrap_or_else(|problems| panic!("{problems}"))
    }
}

impl Compiled {
    pub(crate) fn sample(text: &str) -> Self {
        let compiled = Scenario::sample(text).compile();
        compiled.unwrap_or_else(|problems| panic!("{problems}"))
    }
}
