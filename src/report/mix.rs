//! What a mix chooses, and what a step away from it is, in words that tables, charts and workbooks share.

use crate::plan::mix::found::{Choice, GroupHeads, MixRow, Move, MoveKind};

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

/// What a step is: `One head more in voice`, `Dropping phone, with 4 voice and 8 digital,`.
pub(super) fn step(step: &Move) -> String {
    match &step.what {
        MoveKind::Heads { group, heads } => {
            let way = if *heads > 0 { "more" } else { "fewer" };
            format!("One head {way} in {group}")
        }
        MoveKind::Value { path, from, to } => {
            let staff = people(&step.staff);
            let with = if staff.is_empty() {
                String::new()
            } else {
                format!(", with {staff},")
            };
            format!("{}{with}", instead(path, from, to))
        }
    }
}

/// A value in place of another, in words.
fn instead(path: &str, from: &str, to: &str) -> String {
    let words = |value: &str| {
        choice(&Choice {
            path: path.to_owned(),
            value: value.to_owned(),
        })
    };
    match to {
        "dropped" => format!("Dropping {}", words(from)),
        "kept" => format!("Keeping {}", words(to)),
        _ => format!("{} in place of {from}", words(to)),
    }
}
