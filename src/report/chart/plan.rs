//! A plan: heads against the work by interval, and how the search came to its cost.

use super::axis::{Axis, Measure};
use super::compose::pictures;
use super::draw::{ChartError, Format, numbered, render_all};
use super::frame::{Frame, LABEL, MARGIN, Swatch, WIDTH};
use super::palette::{BLUE, GREEN, GREY, INK, SKY, VERMILLION};
use super::panel::{Curve, Panel, Plot, Shape};
use super::picture::{Anchor, Area, Picture};
use super::span::{Span, axes, room};
use super::time_axis::TimeAxis;
use crate::plan::found::{GroupPlan, Plan, SlotHeads};
use crate::report::figure::{FigureKind, grouped};
use crate::stats::estimate::Estimate;

const HEIGHT: f64 = 360.0;

/// Draws a plan in every format, file names and bytes: `plan-heads`, required against scheduled heads by interval, and `plan-search`, cost
/// against bound over the work done.
///
/// # Errors
///
/// When the drawing library fails, which no plan should make it do.
pub fn draw(plan: &Plan, formats: &[Format]) -> Result<Vec<(String, Vec<u8>)>, ChartError> {
    let mut all: Vec<(String, Picture)> = numbered("plan-heads", heads(plan)).collect();
    all.push(("plan-search".to_owned(), search(plan)));
    render_all(all, formats)
}

fn footer(plan: &Plan, about: &str) -> String {
    let label = &plan.scenario;
    format!(
        "{about} Proof: {} replications; seed {}.",
        grouped(label.replications as f64, 0),
        label.seed
    )
}

/// A panel a group.
fn heads(plan: &Plan) -> Vec<Picture> {
    let label = &plan.scenario;
    let mut legend = vec![
        (Swatch::Fill(SKY.tint(0.5)), "heads of the plan".to_owned()),
        (Swatch::Line(GREY), "heads of the file".to_owned()),
    ];
    let about = if is_required_known(plan) {
        let required = "required by the work alone".to_owned();
        legend.push((Swatch::Line(VERMILLION), required));
        "Required: heads that the expected work takes if nobody ever waited or idled, shared among the groups that may do it."
    } else {
        ""
    };
    let frame = Frame {
        title: format!("Required and scheduled heads · {}", plan.variant),
        subtitle: label.name.clone(),
        legend,
        footer: footer(plan, about),
    };
    let slots = plan.staff.iter().flat_map(|group| &group.heads);
    let time = TimeAxis::of(
        slots.map(|slot| (slot.weekday, slot.start.as_str())),
        super::compose::interval_h(label),
    );
    let is_known = is_required_known(plan);
    let panels = plan.staff.iter().map(|group| panel(group, is_known));
    let panels: Vec<Panel> = panels.collect();
    pictures(&frame, &panels, label, &time, "interval")
}

/// Whether the plan says what the work alone takes.
fn is_required_known(plan: &Plan) -> bool {
    let mut slots = plan.staff.iter().flat_map(|group| &group.heads);
    slots.any(|slot| slot.load > 0.0)
}

fn panel(group: &GroupPlan, is_required_known: bool) -> Panel {
    let curve = |of: fn(&SlotHeads) -> f64, colour, shape| {
        let slots = group.heads.iter();
        let figure = |slot: &SlotHeads| Some(Estimate::point(of(slot)));
        let figures = slots.map(|slot| (slot.weekday, slot.start.as_str(), figure(slot)));
        Curve::new(figures, colour, shape)
    };
    let mut curves = vec![
        curve(|slot| f64::from(slot.heads), SKY.tint(0.5), Shape::Steps),
        curve(|slot| f64::from(slot.heads_of_file), GREY, Shape::Outline),
    ];
    if is_required_known {
        curves.push(curve(|slot| slot.load, VERMILLION, Shape::Banded));
    }
    Panel {
        title: group.group.clone(),
        note: if group.fixed {
            "fixed by the file".to_owned()
        } else {
            String::new()
        },
        main: Plot {
            caption: "heads".to_owned(),
            axis: Axis::new(
                Measure::Count("agents"),
                curves.iter().flat_map(Curve::extent),
            ),
            curves,
            target: None,
        },
        strip: None,
    }
}

/// Costs of the plans tried, of the best so far and the bound over the replications simulated.
fn search(plan: &Plan) -> Picture {
    let label = &plan.scenario;
    let frame = Frame {
        title: format!("Cost against bound · {}", plan.variant),
        subtitle: label.name.clone(),
        legend: vec![
            (Swatch::Line(GREY), "plan under way".to_owned()),
            (
                Swatch::Line(BLUE),
                "cheapest that keeps the promises in the search".to_owned(),
            ),
            (Swatch::Dashes(GREEN), "no plan costs less".to_owned()),
        ],
        footer: footer(
            plan,
            "The proof may ask for heads beyond those of the search: the dot is the plan's cost. The axis need not begin at zero.",
        ),
    };
    let mut picture = Picture::new(WIDTH);
    let top = frame.begin(&mut picture, (1, 1));
    let most = plan.progress.last().map_or(1, |last| last.replications);
    let across = Span::new([0.0, most as f64].into_iter(), 1.0, String::new());
    let costs = plan.progress.iter().map(|moment| moment.cost);
    let ends = [plan.cost.staffing, plan.bound.staffing];
    let up = Span::of_kind(FigureKind::Money, &label.currency, costs.chain(ends));
    let plot = Area {
        left: MARGIN + room(&up),
        top: top + 24.0,
        right: WIDTH - MARGIN - 10.0,
        bottom: top + 24.0 + HEIGHT,
    };
    let unit = (MARGIN, plot.top - 15.0);
    picture.text(&up.unit, unit, Anchor::Start, LABEL, GREY);
    axes(&mut picture, plot, (&across, &up), "replications simulated");
    let x = |work: u64| plot.left + across.place(work as f64) * plot.width();
    let y = |cost: f64| plot.bottom - up.place(cost) * plot.height();
    let moments = || plan.progress.iter();
    let under_way = moments().map(|moment| (x(moment.replications), y(moment.cost)));
    picture.line(under_way.collect(), 1.2, GREY);
    let best = moments().filter_map(|moment| Some((x(moment.replications), y(moment.best?))));
    let mut best: Vec<(f64, f64)> = best.collect();
    if let Some(&(_, last)) = best.last() {
        best.push((x(most), last));
        picture.line(stepped(&best), 2.2, BLUE);
    }
    let bound = y(plan.bound.staffing);
    picture.dashes((plot.left, bound), (plot.right, bound), 1.8, GREEN);
    picture.dot((x(most), y(plan.cost.staffing)), 4.0, INK);
    frame.end(&mut picture, plot.bottom + 50.0);
    picture
}

/// What holds until it changes.
fn stepped(points: &[(f64, f64)]) -> Vec<(f64, f64)> {
    let mut steps: Vec<(f64, f64)> = Vec::new();
    for &(x, y) in points {
        if let Some(&(_, before)) = steps.last() {
            steps.push((x, before));
        }
        steps.push((x, y));
    }
    steps
}
