//! Occupancy of groups, with the heads that are there.

use super::axis::{Axis, Measure};
use super::compose::{pictures, time_axis};
use super::frame::{Frame, Swatch, basis};
use super::palette::{Colour, GREEN, SKY};
use super::panel::{Curve, Panel, Plot, Shape};
use super::picture::Picture;
use crate::report::figure::exact_share;
use crate::stats::estimate::Estimate;
use crate::stats::summary::{GroupInterval, GroupSummary, ScenarioLabel, VariantSummary};

/// Where fewer than this are staffed, overtime is all there is, and it is busy by its nature.
const HARDLY_ANYBODY: f64 = 0.05;

/// A panel a group: occupancy above, heads below.
pub(super) fn compose(label: &ScenarioLabel, variant: &VariantSummary) -> Vec<Picture> {
    let panels: Vec<_> = variant
        .groups
        .iter()
        .map(|(name, group)| panel(name, group))
        .collect();
    let frame = Frame {
        title: format!("Occupancy and heads · {}", variant.name),
        subtitle: label.name.clone(),
        legend: vec![
            (
                Swatch::Banded(GREEN),
                "occupancy, with 95 % confidence interval".to_owned(),
            ),
            (
                Swatch::Fill(staffed()),
                "heads staffed (present)".to_owned(),
            ),
            (Swatch::Fill(SKY), "of these busy".to_owned()),
        ],
        footer: format!(
            "Occupancy: time with at least one contact / (staffed + overtime). Gaps: (almost) nobody is staffed; overtime after closing is left out. {}",
            basis(label)
        ),
    };
    pictures(
        &frame,
        &panels,
        label,
        &time_axis(label, variant),
        "interval",
    )
}

fn occupancy(interval: &GroupInterval) -> Option<Estimate> {
    let staffed = interval.staffed.mean?;
    (staffed >= HARDLY_ANYBODY).then_some(interval.occupancy)
}

fn staffed() -> Colour {
    SKY.tint(0.35)
}

fn panel(name: &str, group: &GroupSummary) -> Panel {
    let by_interval = |figure: fn(&GroupInterval) -> Option<Estimate>, colour, shape| {
        let figures = group.intervals.iter();
        Curve::new(
            figures.map(|interval| (interval.weekday, interval.start.as_str(), figure(interval))),
            colour,
            shape,
        )
    };
    let occupancy = by_interval(occupancy, GREEN, Shape::Banded);
    let heads = vec![
        by_interval(|interval| Some(interval.staffed), staffed(), Shape::Steps),
        by_interval(|interval| Some(interval.busy), SKY, Shape::Steps),
    ];
    let strip = Plot {
        caption: "heads".to_owned(),
        axis: Axis::new(
            Measure::Count("agents"),
            heads.iter().flat_map(Curve::extent),
        ),
        curves: heads,
        target: None,
    };
    let target = group
        .targets
        .iter()
        .find(|target| target.measure == "occupancy");
    Panel {
        title: name.to_owned(),
        note: target.map_or(String::new(), |target| {
            format!("target (dashed): at most {}", exact_share(target.limit))
        }),
        main: Plot {
            caption: "occupancy".to_owned(),
            axis: Axis::whole_share(),
            curves: vec![occupancy],
            target: target.map(|target| target.limit),
        },
        strip: Some(strip),
    }
}
