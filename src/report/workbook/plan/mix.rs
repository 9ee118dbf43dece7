//! The workbook of a mix within a budget.

use rust_xlsxwriter::XlsxError;

use super::super::WorkbookError;
use super::super::grid::{Kind, Value, place};
use super::super::pages::{Pages, workbook};
use super::front::Front;
use super::mix_rows::{self, COST, FRONTIER};
use crate::plan::mix::found::MixPlan;
use crate::report::table::mix::{answer, ended};

const WORDS: [(&str, &str); 4] = [
    (
        "Frontier",
        "Mixes that no other found is as cheap and as good as. Standing holds them against each other by intervals wide enough for all pairs together.",
    ),
    (
        "In time",
        "Of all contacts wanted, those answered within what their queue promises.",
    ),
    (
        "Heads",
        "At the peak of a group; at other times in proportion, as the file's staff is spread.",
    ),
    (
        "Steps",
        "A head more or fewer with all else as it is; other channels, hours and values with everything else chosen anew within the budget. No proof that no other mix is better.",
    ),
];

/// The workbook's bytes: the mix in words and figures, the frontier with its chart, what to drop and to add first.
///
/// # Errors
/// When the figures are more than a workbook holds.
pub fn write(plan: &MixPlan) -> Result<Vec<u8>, WorkbookError> {
    Ok(workbook(&plan.scenario, |mut pages| {
        sheets(plan, &mut pages)
    })?)
}

fn sheets(plan: &MixPlan, pages: &mut Pages<'_>) -> Result<(), XlsxError> {
    let (front, budget) = front(plan);
    front.write(pages, &WORDS)?;
    mix_rows::frontier(plan, &budget, pages)?;
    mix_rows::steps(plan, pages)
}

/// The first sheet, and where the budget stands on it.
fn front(plan: &MixPlan) -> (Front, String) {
    let label = &plan.scenario;
    let money = |what: &str| format!("{what}, {}", label.currency);
    let title = format!("{} · {} · mix within a budget", label.name, plan.variant);
    let mut front = Front::new(title, answer(plan));
    let budget = front.fact(money("Budget"), Kind::Money, Value::Input(plan.budget));
    let row = |is_meant: &dyn Fn(usize) -> bool| {
        let found = (0..=plan.frontier.len()).find(|&number| is_meant(number));
        let row = u32::try_from(found.unwrap_or(0) + 1).unwrap_or(u32::MAX);
        format!("'{FRONTIER}'!{}", place(row, COST))
    };
    let best = row(&|number| plan.frontier.get(number).is_some_and(|row| row.is_best));
    let written = row(&|number| number == plan.frontier.len());
    let mean = plan.cost.mean.unwrap_or(0.0);
    let cost = Value::Formula(format!("={best}"), mean);
    let cost = front.fact(money("Cost of the best mix"), Kind::Money, cost);
    let left = Value::Formula(format!("={budget}-{cost}"), plan.budget - mean);
    front.fact(money("Left of the budget"), Kind::Money, left);
    let own = plan.as_written.cost.mean.unwrap_or(0.0);
    let written = Value::Formula(format!("={written}"), own);
    let written = front.fact(money("Cost as written"), Kind::Money, written);
    let saved = Value::Formula(format!("={written}-{cost}"), own - mean);
    front.fact(money("Saved against that"), Kind::Money, saved);
    front.estimate("In time", Kind::Share, &plan.best.in_time);
    front.estimate("In time, as written", Kind::Share, &plan.as_written.in_time);
    let search = &plan.search;
    let searched = format!(
        "{} combinations with {} mixes in {} replications (seed {}), {}",
        search.setups,
        search.mixes,
        search.replications,
        search.seed,
        ended(search.ended)
    );
    front.fact("Searched", Kind::Text, Value::Text(searched));
    front.basis(label, "Proof");
    for warning in &plan.warnings {
        front.fact("To be known", Kind::Text, warning.as_str().into());
    }
    (front, budget)
}
