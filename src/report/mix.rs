//! What a mix chooses, in words that tables and charts share.

use crate::plan::mix::found::{Choice, GroupHeads, MixRow};

/// What is chosen of one thing: `phone`, `no phone`, `chat open 08:00-18:00`, `digital.at_once.chat = 3`.
pub(super) fn choice(choice: &Choice) -> String {
    let rest = choice.path.split_once('.').map_or("", |(_, rest)| rest);
    let is_queue = choice.path.starts_with("queues.");
    match (choice.value.as_str(), rest.strip_suffix(".open")) {
        ("kept", _) if is_queue => rest.to_owned(),
        ("dropped", _) if is_queue => format!("no {rest}"),
        (value, Some(queue)) if is_queue => format!("{queue} open {value}"),
        (value, _) => format!("{rest} = {value}"),
    }
}

/// What is chosen of all but heads.
pub(super) fn choices(row: &MixRow) -> String {
    let words: Vec<String> = row.choices.iter().map(choice).collect();
    words.join(", ")
}

/// What a row chooses otherwise than another.
pub(super) fn choices_apart(row: &MixRow, other: &MixRow) -> String {
    let is_apart = |own: &&Choice| !other.choices.contains(own);
    let words: Vec<String> = row.choices.iter().filter(is_apart).map(choice).collect();
    words.join(", ")
}

/// `7 voice and 5 digital`.
pub(super) fn people(staff: &[GroupHeads]) -> String {
    let words: Vec<String> = staff
        .iter()
        .map(|of| format!("{} {}", of.heads, of.group))
        .collect();
    match words.split_last() {
        Some((last, rest)) if !rest.is_empty() => format!("{} and {last}", rest.join(", ")),
        _ => words.join(""),
    }
}
