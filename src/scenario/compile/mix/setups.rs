//! Every combination of what may be chosen that makes sense, and what it is called.

use super::lever::Tool;
use crate::scenario::mix::{LeverKind, Setup};

/// The most combinations.
pub(super) const MOST_SETUPS: usize = 400;

/// The most characters of a variant's name, as of any other.
const LONGEST_NAME: usize = 100;

/// Every combination that makes sense: a queue is left, and nothing is chosen of one that is dropped.
pub(super) fn setups(tools: &[Tool], queues: usize) -> Result<Vec<Setup>, usize> {
    let mut setups = vec![Setup { values: Vec::new() }];
    for tool in tools {
        let mut longer = Vec::new();
        for setup in setups {
            let dropped = dropped(tools, &setup);
            let is_gone = tool.queue().is_some_and(|queue| dropped.contains(&queue));
            let choices = if is_gone {
                vec![None]
            } else {
                (0..tool.values.len()).map(Some).collect()
            };
            for choice in choices {
                let mut setup = setup.clone();
                setup.values.push(choice);
                let is_left = self::dropped(tools, &setup).len() < queues;
                longer.extend(is_left.then_some(setup));
            }
        }
        setups = longer;
        if setups.len() > MOST_SETUPS {
            let more = tools[setups[0].values.len()..].iter();
            return Err(more.fold(setups.len(), |many, tool| {
                many.saturating_mul(tool.values.len())
            }));
        }
    }
    Ok(setups)
}

fn dropped(tools: &[Tool], setup: &Setup) -> Vec<String> {
    let chosen = tools.iter().zip(&setup.values);
    let dropped = chosen.filter_map(|(tool, value)| match &tool.lever.what {
        LeverKind::Drop(queue) if *value == Some(1) => Some(queue.clone()),
        _ => None,
    });
    dropped.collect()
}

/// The name of a setup's variant: its number and what it is.
pub(super) fn name_of(number: usize, tools: &[Tool], setup: &Setup) -> String {
    let chosen = tools.iter().zip(&setup.values);
    let texts = chosen.filter_map(|(tool, value)| {
        let text = &tool.lever.values[(*value)?];
        match &tool.lever.what {
            LeverKind::Drop(queue) => (*value == Some(1)).then(|| format!("no {queue}")),
            LeverKind::Open(queue) => (*value > Some(0)).then(|| format!("{queue} {text}")),
            LeverKind::Vary(path) => Some(format!("{path} = {text}")),
        }
    });
    let texts: Vec<String> = texts.collect();
    let name = format!("mix {}: {}", number + 1, texts.join(", "));
    let name = name.trim_end_matches([':', ' ']);
    if name.chars().count() <= LONGEST_NAME {
        return name.to_owned();
    }
    let cut: String = name.chars().take(LONGEST_NAME - 1).collect();
    format!("{cut}…")
}
