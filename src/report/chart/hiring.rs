//! What each week takes and has of each group.

use super::draw::{ChartError, Format, render_all};
use super::frame::{Frame, HEADING, LABEL, MARGIN, Swatch, WIDTH};
use super::palette::{BLUE, GREY, INK, PURPLE, SKY, VERMILLION};
use super::picture::{Anchor, Area, Picture};
use super::span::{Span, room, upright};
use crate::plan::hiring::found::{HiringPlan, Line};
use crate::report::figure::grouped;

const HEIGHT: f64 = 260.0;
const BETWEEN: f64 = 64.0;

/// Draws FTE required against those that are there, a panel a group, in every format: file names and bytes.
///
/// # Errors
///
/// When the drawing library fails, which no plan should make it do.
pub fn draw(plan: &HiringPlan, formats: &[Format]) -> Result<Vec<(String, Vec<u8>)>, ChartError> {
    render_all(vec![("hiring".to_owned(), compose(plan))], formats)
}

fn compose(plan: &HiringPlan) -> Picture {
    let legend = [
        (SKY.tint(0.5), "people, as far as they can"),
        (BLUE, "overtime"),
        (PURPLE.tint(0.5), "outsourced"),
    ];
    let fills = legend.map(|(colour, text)| (Swatch::Fill(colour), text.to_owned()));
    let required = (Swatch::Line(VERMILLION), "required".to_owned());
    let frame = Frame {
        title: format!("People required and there · {}", plan.variant),
        subtitle: plan.scenario.name.clone(),
        legend: std::iter::once(required).chain(fills).collect(),
        footer: format!(
            "In FTE before time away, by week. Triangles: classes that begin, with how many. The plan costs {} {}, any plan at least {}.",
            plan.scenario.currency,
            grouped(plan.cost, 0),
            grouped(plan.bound, 0)
        ),
    };
    let mut picture = Picture::new(WIDTH);
    let mut top = frame.begin(&mut picture, (1, 1));
    let groups = plan.chain.len() / plan.weeks.len().max(1);
    for number in 0..groups {
        let lines: Vec<&Line> = plan.chain.iter().skip(number).step_by(groups).collect();
        panel(&mut picture, top, &lines);
        top += HEIGHT + BETWEEN;
    }
    frame.end(&mut picture, top);
    picture
}

fn panel(picture: &mut Picture, top: f64, lines: &[&Line]) {
    let most = lines
        .iter()
        .flat_map(|line| [line.available_fte, line.required_fte, 1.0]);
    let up = Span::new(most.chain([0.0]), 1.0, "FTE".to_owned());
    let weeks = lines.len() as f64;
    let plot = Area {
        left: MARGIN + room(&up),
        top: top + HEADING + 34.0,
        right: WIDTH - MARGIN,
        bottom: top + HEIGHT,
    };
    let name = lines.first().map_or("", |line| line.group.as_str());
    let title = (MARGIN, top + HEADING);
    picture.bold(name, title, Anchor::Start, HEADING, INK);
    let unit = (MARGIN, plot.top - 12.0);
    picture.text("FTE", unit, Anchor::Start, LABEL, GREY);
    upright(picture, plot, &up);
    across(picture, plot, lines);
    let x = |week: f64| plot.left + (week - 1.0) / weeks * plot.width();
    let y = |fte: f64| plot.bottom - up.place(fte) * plot.height();
    let mut required = Vec::new();
    for (line, week) in lines.iter().zip(1_u32..) {
        let (left, right) = (x(f64::from(week)), x(f64::from(week + 1)));
        let here = line.available_fte - line.productive;
        let hours = line.overtime_h * (1.0 - line.away) + line.outsourced_h;
        let overtime = if hours > 0.0 {
            here * line.overtime_h * (1.0 - line.away) / hours
        } else {
            0.0
        };
        let mut from = 0.0;
        let parts = [
            (line.productive, SKY.tint(0.5)),
            (overtime, BLUE),
            (here - overtime, PURPLE.tint(0.5)),
        ];
        for (part, colour) in parts {
            let area = Area {
                left: left + 1.0,
                top: y(from + part),
                right: right - 1.0,
                bottom: y(from),
            };
            if part > 1e-6 {
                picture.fill(area, colour);
            }
            from += part;
        }
        required.extend([(left, y(line.required_fte)), (right, y(line.required_fte))]);
        if line.hired > 0 {
            let at = (f64::midpoint(left, right), plot.top - 6.0);
            let text = format!("▲ {}", line.hired);
            picture.text(&text, at, Anchor::Middle, LABEL, INK);
        }
    }
    picture.line(required, 2.2, VERMILLION);
}

/// The numbers of weeks below their columns, as many as there is room for.
fn across(picture: &mut Picture, plot: Area, lines: &[&Line]) {
    const LEAST: f64 = 34.0;
    let wide = plot.width() / lines.len().max(1) as f64;
    let every = [1_u8, 2, 4, 5, 10, 13, 26, 52].into_iter();
    let mut every = every.filter(|&every| wide * f64::from(every) >= LEAST);
    let every = usize::from(every.next().unwrap_or(104));
    for (line, number) in lines.iter().zip(0_u32..).step_by(every) {
        let x = plot.left + (f64::from(number) + 0.5) * wide;
        let at = (x, plot.bottom + 18.0);
        picture.text(&line.week.to_string(), at, Anchor::Middle, LABEL, GREY);
    }
    let first = lines.first().map_or("", |line| line.date.as_str());
    let caption = format!("week of the plan, from {first}");
    let at = (plot.left + plot.width() / 2.0, plot.bottom + 36.0);
    picture.text(&caption, at, Anchor::Middle, LABEL, GREY);
}
