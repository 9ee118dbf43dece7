//! The JSON Schema of the format, for editors that complete and check keys (`#:schema channelmix.schema.json` in a file's
//! first line). It is made from the tables of the format and shipped as `scenarios/channelmix.schema.json`;
//! `UPDATE_SCHEMA=1 cargo test --lib schema` writes it anew.

use schemars::generate::SchemaSettings;

use super::format::ScenarioFile;

/// The schema as it is shipped: JSON with a line break at its end.
pub fn text() -> String {
    let mut schema = SchemaSettings::draft2020_12()
        .into_generator()
        .into_root_schema_for::<ScenarioFile>();
    schema.insert("title".to_owned(), "channelmix scenario".into());
    format!("{:#}\n", schema.as_value())
}

/// The schemas of types whose `Read` is written by hand.
macro_rules! schemas {
    ($($name:ident, $title:literal, $schema:expr;)*) => {$(
        impl schemars::JsonSchema for $name {
            fn inline_schema() -> bool {
                true
            }
            fn schema_name() -> std::borrow::Cow<'static, str> {
                $title.into()
            }
            fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
                $schema
            }
        }
    )*};
}

pub(crate) use schemas;

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario::Scenario;
    use std::path::{Path, PathBuf};

    fn folder() -> PathBuf {
        Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios")
    }

    fn faults(toml: &str) -> Vec<String> {
        let schema = serde_json::from_str(&text()).expect("the schema is JSON");
        let validator = jsonschema::validator_for(&schema).expect("the schema is a schema");
        let instance: toml::Value = toml::from_str(toml).expect("TOML");
        let instance = serde_json::to_value(instance).expect("JSON");
        let fault =
            |error: jsonschema::ValidationError<'_>| format!("{}: {error}", error.instance_path());
        validator.iter_errors(&instance).map(fault).collect()
    }

    #[test]
    fn the_shipped_schema_is_that_of_the_types() {
        let path = folder().join("channelmix.schema.json");
        if std::env::var_os("UPDATE_SCHEMA").is_some() {
            std::fs::write(&path, text()).unwrap();
        }
        let shipped = std::fs::read_to_string(&path).unwrap_or_default();
        assert!(
            shipped == text(),
            "run UPDATE_SCHEMA=1 cargo test --lib schema"
        );
    }

    #[test]
    fn every_shipped_scenario_and_the_starter_are_valid() {
        assert_eq!(faults(Scenario::STARTER), [""; 0]);
        let folders = [folder(), folder().join("beyond")];
        for entry in folders
            .iter()
            .flat_map(|folder| std::fs::read_dir(folder).unwrap())
        {
            let path = entry.unwrap().path();
            if path
                .extension()
                .is_some_and(|extension| extension == "toml")
            {
                let toml = std::fs::read_to_string(&path).unwrap();
                assert_eq!(faults(&toml), [""; 0], "{}", path.display());
            }
        }
    }

    #[test]
    fn what_the_reader_refuses_the_schema_refuses_too() {
        for (good, bad) in [
            ("cv = 1.0", "cv = 0"),
            ("staff  = 14", "staff = 1.5"),
            ("staff  = 14", "staff = { monday = 3 }"),
            ("mean = \"5m\"", "mean = 300"),
            ("mean = \"5m\"", "mean = \"5 minutes\""),
            ("channel     = \"phone\"", "channel = \"telex\""),
            ("channel     = \"phone\"", "chanel = \"phone\""),
            ("share = 0.80", "share = 80"),
        ] {
            assert!(Scenario::STARTER.contains(good), "{good}");
            assert!(
                !faults(&Scenario::STARTER.replacen(good, bad, 1)).is_empty(),
                "{bad}"
            );
        }
    }
}
