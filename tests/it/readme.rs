//! What the README and the page of queue models show is true.

use assert_cmd::Command;

use crate::support::run;

pub(crate) fn page(path: &str) -> String {
    std::fs::read_to_string(format!("{}/{path}", env!("CARGO_MANIFEST_DIR"))).expect(path)
}

fn readme() -> String {
    page("README.md")
}

/// The commands shown with their output: what stands behind `$ channelmix`, and the lines below it.
pub(crate) fn shown(page: &str) -> Vec<(String, String)> {
    let blocks = page.split("```console\n$ channelmix ").skip(1);
    blocks
        .map(|rest| {
            let (block, _) = rest.split_once("```").expect("the block ends");
            let (command, output) = block.split_once('\n').expect("a command has output");
            (command.to_owned(), output.to_owned())
        })
        .collect()
}

#[test]
fn the_output_of_queue_models_is_as_shown() {
    for (path, least) in [
        ("README.md", 1),
        ("docs/queue.md", 8),
        ("docs/reference.md", 1),
    ] {
        let commands = shown(&page(path));
        assert!(commands.len() >= least, "{path}: {}", commands.len());
        for (command, wanted) in commands {
            let output = Command::cargo_bin("channelmix")
                .expect("the program is built")
                .args(command.split_whitespace())
                .output()
                .expect("it runs");
            // A result stands alone on standard output, a refusal alone on standard error.
            let found = [output.stdout, output.stderr].concat();
            let found = String::from_utf8(found).expect("UTF-8");
            assert_eq!(found, wanted, "{path}: channelmix {command}");
        }
    }
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
