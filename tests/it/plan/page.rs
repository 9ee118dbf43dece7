//! What the pages of plans of staffing and shifts show is true.

use assert_cmd::Command;

use crate::readme::{page, shown};

#[test]
fn the_output_is_as_shown() {
    for path in ["docs/plan.md", "docs/plan-shifts.md"] {
        let commands = shown(&page(path));
        assert_eq!(commands.len(), 1, "{path}");
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
}
