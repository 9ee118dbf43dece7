//! `channelmix plan --what shifts`

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::path::Path;

use channelmix::plan::shifts::found::ShiftPlan;
use channelmix::plan::shifts::roster::is_by_pattern;
use channelmix::plan::shifts::search::shifts;
use channelmix::report::{csv, ics, json, table};
use channelmix::scenario::Scenario;
use channelmix::scenario::model::Model;
use channelmix::scenario::roster::RosterRow;

use super::arguments::Format;
use super::exit::{Failure, tell};
use super::marginal::variant_of;
use super::output::{Folder, folder_of, print, text};
use super::plan_arguments::Plan;
use super::plan_files::{Finding, pictures, plan_toml};
use super::plan_paths::{from_folder, renamed};
use super::plan_staffing::{check_budget, ended, said, searched};

/// Who works when, beside the plan.
const ROSTER: &str = "roster.csv";
/// A calendar file for each agent is in here.
const CALENDARS: &str = "calendars";

/// Chooses shifts, proves the roster that they make, and tells it.
pub(crate) fn plan_shifts(asked: &Plan) -> Result<(), Failure> {
    let scenario = Scenario::read(&asked.file)?;
    let compiled = scenario.compile()?;
    for warning in &compiled.warnings {
        tell(&format!("warning: {warning}"));
    }
    let folder = Folder::open(&asked.destination, &asked.file)?;
    check_roster(&scenario, asked, &folder)?;
    let (mut found, stop) = searched(asked, &compiled, shifts)?;
    found.plan.ended = stop.why(found.plan.ended);
    check_budget(&found.plan, asked.budget)?;
    for warning in &found.plan.warnings {
        tell(&format!("warning: {warning}"));
    }
    let model = &variant_of(&compiled, &asked.variant)?.model;
    deliver(&found, &scenario, model, asked, &folder)?;
    ended(found.plan.ended)
}

fn deliver(
    found: &ShiftPlan,
    scenario: &Scenario,
    model: &Model,
    asked: &Plan,
    folder: &Folder,
) -> Result<(), Failure> {
    let shown = text(|out| table::write_plan(&found.plan, out))? + &duties(found);
    let document = text(|out| json::write_shifts(found, out))?;
    let rows = text(|out| csv::write_plan(&found.plan, out))?;
    let roster = text(|out| csv::write_roster(&found.roster, &model.calendar, out))?;
    let from = from_folder(folder_of(&asked.file), folder.path())?;
    let path = |name: &str| renamed(&from, name);
    let is_at_work = |group: &String| found.roster.iter().any(|row| row.group == *group);
    let (at_work, idle): (Vec<_>, Vec<_>) = by_pattern(model).partition(is_at_work);
    let beside = (ROSTER, roster.as_bytes());
    let plan = &found.plan;
    let planned = scenario.with_roster(&plan.variant, &at_work, &idle, beside, &said(plan), &path);
    let mut files = Vec::from_iter(plan_toml(planned));
    print(match asked.destination.format {
        Format::Table => &shown,
        Format::Json => &document,
    })?;
    files.extend([
        ("plan.txt".to_owned(), shown.into_bytes()),
        ("plan.json".to_owned(), document.into_bytes()),
        ("plan.csv".to_owned(), rows.into_bytes()),
        (ROSTER.to_owned(), roster.into_bytes()),
    ]);
    let finding = Finding::Shifts(found, &model.calendar);
    files.extend(pictures(&finding, &asked.destination.charts.0)?);
    folder.write(&files)?;
    let calendars = calendars(&found.roster, model)?;
    let folder = folder.within(CALENDARS)?;
    folder.write(&calendars)?;
    let is_calendar = |name: &str| {
        Path::new(name)
            .extension()
            .is_some_and(|kind| kind == "ics")
    };
    folder.tell_left_over(&calendars, is_calendar);
    Ok(())
}

/// The groups that patterns plan.
fn by_pattern(model: &Model) -> impl Iterator<Item = String> + '_ {
    let groups = model.groups.iter();
    let groups = groups.filter(|(id, _)| is_by_pattern(model, *id));
    groups.map(|(_, group)| group.name.text.clone())
}

/// Refuses a folder in which the roster would take the place of a file that the scenario reads.
fn check_roster(scenario: &Scenario, asked: &Plan, folder: &Folder) -> Result<(), Failure> {
    let Ok(roster) = std::fs::canonicalize(folder.path().join(ROSTER)) else {
        return Ok(());
    };
    let data = folder_of(&asked.file);
    let mut read = scenario.data_files().map(|(name, _)| data.join(name));
    if read.any(|path| std::fs::canonicalize(path).is_ok_and(|path| path == roster)) {
        return Err(Failure::Usage(format!(
            "the scenario reads {}, which the plan's roster would take the place of: name another folder with --out",
            folder.path().join(ROSTER).display()
        )));
    }
    Ok(())
}

/// A file for each agent.
fn calendars(roster: &[RosterRow], model: &Model) -> Result<Vec<(String, Vec<u8>)>, Failure> {
    let mut by_agent: BTreeMap<&str, Vec<RosterRow>> = BTreeMap::new();
    for row in roster {
        by_agent.entry(&row.agent).or_default().push(row.clone());
    }
    let mut taken = BTreeSet::new();
    let mut files = Vec::new();
    for (agent, duties) in by_agent {
        let name = ics::slug(agent);
        let numbered = (2..).map(|number: u32| format!("{name}-{number}"));
        let mut names = std::iter::once(name.clone()).chain(numbered);
        let Some(name) = names.find(|name| taken.insert(name.clone())) else {
            continue;
        };
        let content = text(|out| ics::write_calendar(&name, &duties, &model.calendar, out))?;
        files.push((format!("{name}.ics"), content.into_bytes()));
    }
    Ok(files)
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
