//! What docs/plan-mix.md shows is true.

use super::command::said;
use crate::readme::{page, shown};

#[test]
fn the_output_is_as_shown() {
    let commands = shown(&page("docs/plan-mix.md"));
    assert!(!commands.is_empty());
    for (command, wanted) in commands {
        let folder = tempfile::tempdir().expect("a folder");
        let asked = command.strip_prefix("plan ").expect("the verb");
        let asked = asked.replace("--what mix", "");
        let words: Vec<&str> = asked.split_whitespace().collect();
        let (_, found, told) = said(&words, folder.path());
        assert_eq!(found, wanted, "channelmix {command}: {told}");
    }
}
