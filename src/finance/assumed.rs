//! What a scenario assumes of the value of its customers, in words for who reads the figures.

use crate::scenario::model::Model;
use crate::scenario::money::{ChurnChance, Curve, MILLION, Value};

/// A line for each assumption; `None` where there is none.
pub fn assumptions(model: &Model) -> Option<Vec<String>> {
    let queues = model
        .queues
        .values()
        .filter_map(|queue| Some((&queue.name.text, queue.value.as_ref()?)));
    let removed = model
        .sources
        .values()
        .filter_map(|source| Some((&source.name.text, source.value.as_ref()?)));
    let lines: Vec<String> = queues
        .chain(removed)
        .flat_map(|(name, value)| {
            let of_queue = of_value(value).into_iter();
            of_queue.map(move |line| format!("{name}: {line}"))
        })
        .collect();
    (!lines.is_empty()).then_some(lines)
}

fn of_value(value: &Value) -> Vec<String> {
    let amounts = [
        ("a contact abandoned", value.abandoned),
        ("a contact blocked", value.blocked),
        ("a contact answered late", value.late),
        ("an issue given up", value.lost),
    ];
    let amounts = amounts.into_iter().filter(|(_, amount)| *amount > 0);
    let mut lines: Vec<String> = amounts
        .map(|(what, amount)| format!("{what} loses {}", decimal(amount)))
        .collect();
    if let Some(churn) = &value.churn {
        let chances = match &churn.chance {
            ChurnChance::Contacts {
                answered,
                abandoned,
                blocked,
            } => vec![
                ("answered", answered),
                ("abandoned", abandoned),
                ("blocked", blocked),
            ],
            ChurnChance::Issues { resolved, lost } => {
                vec![("resolved", resolved), ("given up", lost)]
            }
        };
        let chances: Vec<String> = chances
            .into_iter()
            .filter(|(_, curve)| !curve.points.is_empty())
            .map(|(what, curve)| format!("{what} {}", words(curve)))
            .collect();
        lines.push(format!(
            "a customer who leaves for good loses {}, with a chance of: {}",
            decimal(churn.at_risk),
            chances.join("; ")
        ));
    }
    if let Some(converts) = &value.converts {
        lines.push(format!(
            "an answered contact earns {} with a chance of {}",
            decimal(converts.revenue),
            words(&converts.share)
        ));
    }
    lines
}

/// `1 % to 3 % (0 s to 300 s)`, or `8 %`.
fn words(curve: &Curve) -> String {
    let (Some((from, low)), Some((to, high))) = (curve.points.first(), curve.points.last()) else {
        return "0 %".to_owned();
    };
    if curve.points.len() == 1 {
        return percent(*low);
    }
    format!(
        "{} after {} s to {} after {} s",
        percent(*low),
        from.as_seconds(),
        percent(*high),
        to.as_seconds()
    )
}

fn percent(millionths: u64) -> String {
    format!("{} %", decimal(millionths * 100))
}

/// Millionths as a decimal without zeros at its end.
fn decimal(millionths: u64) -> String {
    let (whole, rest) = (millionths / MILLION, millionths % MILLION);
    let text = format!("{whole}.{rest:06}");
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn decimals_end_where_they_say_nothing_more() {
        assert_eq!(decimal(1_500_000), "1.5");
        assert_eq!(decimal(40 * MILLION), "40");
        assert_eq!(percent(12_500), "1.25 %");
    }
}
