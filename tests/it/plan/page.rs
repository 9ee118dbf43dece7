//! What docs/plan.md shows is true.

use assert_cmd::Command;

use crate::readme::{page, shown};

#[test]
fn the_output_is_as_shown() {
    let commands = shown(&page("docs/plan.md"));
    assert!(!commands.is_empty());
    for (command, wanted) in commands {
        let folder = tempfile::tempdir().expect("a folder");
        let output = Command::cargo_bin("channelmix")
            .expect("the program is built")
            .current_dir(env!("CARGO_MANIFEST_DIR"))
            .args(command.split_whitespace())
            .arg("--out")
            .arg(folder.path())
            .output()
            .expect("it runs");
        let found = String::from_utf8(output.stdout).expect("UTF-8");
        assert_eq!(found, wanted, "channelmix {command}");
    }
}
