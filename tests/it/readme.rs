//! What the README shows is true.

use crate::support::run;

fn readme() -> String {
    std::fs::read_to_string(format!("{}/README.md", env!("CARGO_MANIFEST_DIR")))
        .expect("there is a README")
}

#[test]
fn the_scenario_in_the_readme_runs() {
    let readme = readme();
    let (_, rest) = readme.split_once("```toml\n").expect("it shows a scenario");
    let (scenario, _) = rest.split_once("```").expect("the block ends");
    let variant = run(scenario, 2);
    assert!(variant.queues.find("chat").is_some());
}

#[test]
fn the_files_and_commands_in_the_readme_are_there() {
    let readme = readme();
    for link in readme
        .split("](")
        .skip(1)
        .filter_map(|rest| rest.split(')').next())
    {
        if !link.starts_with("http") {
            let path = format!("{}/{link}", env!("CARGO_MANIFEST_DIR"));
            assert!(std::path::Path::new(&path).exists(), "{link} is not there");
        }
    }
    for command in [
        "cargo run --release -- run scenarios/retail-mix.toml",
        "cargo test",
    ] {
        assert!(readme.contains(command));
    }
}
