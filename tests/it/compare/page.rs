//! What docs/compare.md shows is true, and the same for any number of threads.

use assert_cmd::Command;

use crate::readme::{page, shown};

/// The words of a command, quotes around those with spaces.
fn words(command: &str) -> Vec<String> {
    let parts = command.split('"').enumerate();
    parts
        .flat_map(|(number, part)| match number % 2 {
            0 => part.split_whitespace().map(str::to_owned).collect(),
            _ => vec![part.to_owned()],
        })
        .collect()
}

#[test]
fn the_output_is_as_shown() {
    let commands = shown(&page("docs/compare.md"));
    assert!(commands.len() >= 6, "{}", commands.len());
    for (number, (command, wanted)) in commands.into_iter().enumerate() {
        let folder = tempfile::tempdir().expect("a folder");
        let output = Command::cargo_bin("channelmix")
            .expect("the program is built")
            .current_dir(env!("CARGO_MANIFEST_DIR"))
            .args(words(&command))
            .args([
                "--threads",
                if number % 2 == 0 { "1" } else { "3" },
                "--out",
            ])
            .arg(folder.path())
            .output()
            .expect("it runs");
        let found = String::from_utf8(output.stdout).expect("UTF-8");
        assert_eq!(found, wanted, "channelmix {command}");
    }
}
