//! Files of a plan: the scenario with it; the charts and the workbook, in builds that have them.

use channelmix::plan::found::Plan;
use channelmix::plan::hiring::found::HiringPlan;
use channelmix::plan::mix::found::MixPlan;
use channelmix::plan::shifts::found::ShiftPlan;
use channelmix::scenario::Problems;
use channelmix::scenario::planned::Planned;
use channelmix::time::Calendar;

use super::arguments::ChartFormat;
use super::exit::{Failure, tell};

/// What was planned.
#[cfg_attr(
    not(any(feature = "charts", feature = "xlsx")),
    expect(dead_code, reason = "nothing is drawn and no workbook made")
)]
pub(super) enum Finding<'a> {
    Staffing(&'a Plan),
    /// With the calendar whose clock the roster goes by.
    Shifts(&'a ShiftPlan, &'a Calendar),
    Mix(&'a MixPlan),
    Hiring(&'a HiringPlan),
}

/// The scenario with what was planned. Where it cannot be written as one, a warning says why: what took long to find is not lost with it.
pub(super) fn plan_toml(planned: Result<Planned, Problems>) -> Option<(String, Vec<u8>)> {
    match planned {
        Ok(planned) => Some(("plan.toml".to_owned(), planned.text.into_bytes())),
        Err(problems) => {
            tell(&format!(
                "warning: no plan.toml was written: what was found does not make a scenario\n{problems}"
            ));
            None
        }
    }
}

/// Its charts and its workbook, by their names.
pub(super) fn pictures(
    finding: &Finding<'_>,
    charts: &[ChartFormat],
) -> Result<Vec<(String, Vec<u8>)>, Failure> {
    let mut files = drawn(finding, charts)?;
    files.extend(workbook(finding)?);
    Ok(files)
}

#[cfg(feature = "charts")]
fn drawn(finding: &Finding<'_>, charts: &[ChartFormat]) -> Result<Vec<(String, Vec<u8>)>, Failure> {
    use channelmix::report::chart;
    let formats = super::output::chart_formats(charts);
    let drawn = match finding {
        Finding::Staffing(plan) => chart::draw_plan(plan, &formats),
        Finding::Shifts(found, _) => chart::draw_plan(&found.plan, &formats),
        Finding::Mix(plan) => chart::draw_mix(plan, &formats),
        Finding::Hiring(plan) => chart::draw_hiring(plan, &formats),
    };
    drawn.map_err(|error| Failure::Running(format!("the charts could not be drawn: {error}")))
}

#[cfg(not(feature = "charts"))]
#[expect(clippy::unnecessary_wraps, reason = "the build that draws may fail")]
fn drawn(_: &Finding<'_>, _: &[ChartFormat]) -> Result<Vec<(String, Vec<u8>)>, Failure> {
    Ok(Vec::new())
}

#[cfg(feature = "xlsx")]
fn workbook(finding: &Finding<'_>) -> Result<Option<(String, Vec<u8>)>, Failure> {
    use channelmix::report::workbook;
    let (name, content) = match finding {
        Finding::Staffing(plan) => ("plan.xlsx", workbook::write_plan(plan)),
        Finding::Shifts(found, calendar) => ("plan.xlsx", workbook::write_shifts(found, calendar)),
        Finding::Mix(plan) => ("mix.xlsx", workbook::write_mix(plan)),
        Finding::Hiring(plan) => ("hiring.xlsx", workbook::write_hiring(plan)),
    };
    let content = content
        .map_err(|error| Failure::Running(format!("the workbook could not be made: {error}")))?;
    Ok(Some((name.to_owned(), content)))
}

#[cfg(not(feature = "xlsx"))]
#[expect(
    clippy::unnecessary_wraps,
    reason = "the build that makes one may fail"
)]
fn workbook(_: &Finding<'_>) -> Result<Option<(String, Vec<u8>)>, Failure> {
    Ok(None)
}

#[cfg(test)]
mod tests {
    use super::*;
    use channelmix::scenario::Scenario;

    #[test]
    fn what_makes_no_scenario_is_told_and_left_out() {
        let problems = Scenario::parse("name = ", "plan.toml", |_| Err("no data".to_owned()));
        assert!(plan_toml(Err(problems.expect_err("it is no TOML"))).is_none());
        let planned = Planned {
            text: "name = \"Desk\"".to_owned(),
            variant: "base".to_owned(),
        };
        let (name, content) = plan_toml(Ok(planned)).expect("a file");
        assert_eq!(
            (name.as_str(), &content[..]),
            ("plan.toml", &b"name = \"Desk\""[..])
        );
    }
}
