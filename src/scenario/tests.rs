//! Good scenarios in every form, compiled.

use super::Scenario;
use super::model::Compiled;

fn compile(text: &str) -> Compiled {
    let scenario = Scenario::parse(text, "a.toml", |_| Err("no data".to_owned())).expect("TOML");
    scenario
        .compile()
        .unwrap_or_else(|problems| panic!("{problems}"))
}

#[test]
fn the_starter_file_compiles_without_warnings() {
    let compiled = compile(super::schema::STARTER);
    assert_eq!(compiled.warnings, [""; 0]);
    assert_eq!(compiled.variants.len(), 3);
    for variant in &compiled.variants {
        assert_eq!(variant.warnings, [""; 0], "{}", variant.name);
    }
}
