//! The mixes that are worth their cost: a dot each, numbered as in the table, with the budget.

use super::draw::{ChartError, Format, render_all};
use super::frame::{Frame, HEADING, LABEL, MARGIN, Swatch, WIDTH, basis};
use super::frontier::panel;
use super::palette::{BLUE, INK, MIST};
use super::picture::{Anchor, Area, Picture};
use crate::plan::mix::found::{MixPlan, MixRow};
use crate::report::figure::grouped;
use crate::report::mix::{choices, people};
use crate::stats::frontier::{Frontier, OnFrontier};
use crate::stats::measure::Measure;

const HEIGHT: f64 = 430.0;
/// Room for the budget in words, to the left of it where there is so much.
const BUDGET: f64 = 160.0;
/// Room for the labels of the upright axis.
const SCALE: f64 = 62.0;

/// Draws the frontier of a mix in every format: file names and bytes.
///
/// # Errors
///
/// When the drawing library fails, which no mix should make it do.
pub fn draw(plan: &MixPlan, formats: &[Format]) -> Result<Vec<(String, Vec<u8>)>, ChartError> {
    render_all(vec![("mix".to_owned(), compose(plan))], formats)
}

pub(super) fn compose(plan: &MixPlan) -> Picture {
    let mut picture = Picture::new(WIDTH);
    let frame = frame(plan);
    let top = frame.begin(&mut picture, (1, 1));
    let area = Area {
        left: MARGIN + SCALE,
        top: top + HEADING + 26.0,
        right: WIDTH - MARGIN,
        bottom: top + HEADING + 26.0 + HEIGHT,
    };
    let title = match plan.aim {
        "service" => "Answered in time",
        _ => "Net cost: paid and lost, less earned",
    };
    let at = (MARGIN, top + HEADING - 6.0);
    picture.bold(title, at, Anchor::Start, HEADING, INK);
    let currency = &plan.scenario.currency;
    let across = panel(
        &mut picture,
        &frontier(plan),
        area,
        currency,
        &[plan.budget],
    );
    let x = area.left + across.share(plan.budget) * area.width();
    picture.dashes((x, area.top), (x, area.bottom), 1.4, INK);
    let text = format!("budget {currency} {}", grouped(plan.budget, 0));
    let (beside, anchor) = if x - area.left > BUDGET {
        (x - 6.0, Anchor::End)
    } else {
        (x + 6.0, Anchor::Start)
    };
    picture.text(&text, (beside, area.bottom - 8.0), anchor, LABEL, INK);
    frame.end(&mut picture, top + HEADING + HEIGHT + 90.0);
    picture
}

fn frame(plan: &MixPlan) -> Frame {
    let best = &plan.best;
    let chosen = choices(best);
    let chosen = if chosen.is_empty() {
        String::new()
    } else {
        format!("{chosen}; ")
    };
    Frame {
        title: "Which mix for which money".to_owned(),
        subtitle: format!(
            "{}. Best within {} {}: {chosen}{}",
            plan.scenario.name,
            plan.scenario.currency,
            grouped(plan.budget, 0),
            people(&best.staff)
        ),
        legend: vec![
            (
                Swatch::Bar(BLUE),
                "no other mix here is as cheap and as good, with 95 % confidence intervals"
                    .to_owned(),
            ),
            (Swatch::Bar(MIST), "another mix is".to_owned()),
            (
                Swatch::Dashes(BLUE),
                "efficient frontier of the mixes found".to_owned(),
            ),
        ],
        footer: format!(
            "Numbers are those of the table and of mix.csv. Cost: what is paid over the horizon. The axes need not begin at zero. {}",
            basis(&plan.scenario)
        ),
    }
}

/// The mixes under their numbers, and the file as written.
fn frontier(plan: &MixPlan) -> Frontier {
    let gain = match plan.aim {
        "service" => Measure::InTime,
        _ => Measure::NetCost,
    };
    let numbered = (1..).zip(&plan.frontier).map(|(number, row)| {
        let name = if row.is_best {
            format!("{number} best")
        } else {
            format!("{number}")
        };
        (name, row)
    });
    let as_written = ("as written".to_owned(), &plan.as_written);
    let dot = |(name, row): (String, &MixRow)| OnFrontier {
        name,
        cost: row.cost,
        gain: match gain {
            Measure::InTime => row.in_time,
            _ => row.net_cost.unwrap_or_default(),
        },
        standing: row.standing,
        dominated_by: Vec::new(),
    };
    Frontier {
        cost: Measure::Cost,
        larger_is_better: gain == Measure::InTime,
        mixes: numbered.chain([as_written]).map(dot).collect(),
        gain,
    }
}
