//! `channelmix plan --what shifts`

use std::fmt::Write as _;

use channelmix::plan::shifts::found::ShiftPlan;
use channelmix::plan::shifts::search::shifts;
use channelmix::report::{csv, json, table};
use channelmix::scenario::Scenario;

use super::arguments::Format;
use super::exit::{Failure, tell};
use super::marginal::variant_of;
use super::output::{Folder, print, text};
use super::plan_arguments::Plan;
use super::plan_staffing::{check_budget, ended, searched};

/// Chooses shifts, proves the roster that they make, and tells it.
pub(crate) fn plan_shifts(asked: &Plan) -> Result<(), Failure> {
    let scenario = Scenario::read(&asked.file)?;
    let compiled = scenario.compile()?;
    for warning in &compiled.warnings {
        tell(&format!("warning: {warning}"));
    }
    let folder = Folder::open(&asked.destination, &asked.file)?;
    let (mut found, stop) = searched(asked, &compiled, shifts)?;
    found.plan.ended = stop.why(found.plan.ended);
    check_budget(&found.plan, asked.budget)?;
    let shown = text(|out| table::write_plan(&found.plan, out))? + &duties(&found);
    let document = text(|out| json::write_shifts(&found, out))?;
    print(match asked.destination.format {
        Format::Table => &shown,
        Format::Json => &document,
    })?;
    let calendar = &variant_of(&compiled, &asked.variant)?.model.calendar;
    let roster = text(|out| csv::write_roster(&found.roster, calendar, out))?;
    folder.write(&[
        ("plan.txt".to_owned(), shown.into_bytes()),
        ("plan.json".to_owned(), document.into_bytes()),
        ("roster.csv".to_owned(), roster.into_bytes()),
    ])?;
    ended(found.plan.ended)
}

/// The duties in words.
fn duties(found: &ShiftPlan) -> String {
    let mut text = "\nDuties: agents by day\n".to_owned();
    for duty in &found.duties {
        let agents: Vec<String> = duty.agents.iter().map(u32::to_string).collect();
        let _ = writeln!(
            text,
            "  {} {} from {} for {} min: {}",
            duty.group,
            duty.pattern,
            duty.start,
            duty.length_min,
            agents.join(" ")
        );
    }
    text
}
