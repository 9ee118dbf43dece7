//! Abandonment by time of arrival.

use super::axis::{Axis, Measure};
use super::compose::{of_offered, pictures, time_axis};
use super::frame::{Frame, Swatch, basis};
use super::palette::VERMILLION;
use super::panel::{Panel, Plot, Shape};
use super::picture::Picture;
use crate::stats::summary::{QueueSummary, ScenarioLabel, VariantSummary};

/// A panel a queue that loses customers; nothing where none does.
pub(super) fn compose(label: &ScenarioLabel, variant: &VariantSummary) -> Vec<Picture> {
    let (losing, keeping): (Vec<_>, Vec<_>) =
        variant.queues.iter().partition(|(_, queue)| loses(queue));
    let panels: Vec<_> = losing
        .iter()
        .map(|(name, queue)| panel(name, queue))
        .collect();
    let names: Vec<_> = keeping.iter().map(|(name, _)| *name).collect();
    let nobody = match names.len() {
        0 => String::new(),
        1..=8 => format!(" Nobody abandons in: {}.", names.join(", ")),
        many => format!(" Nobody abandons in {many} queues that are not shown."),
    };
    let frame = Frame {
        title: format!("Abandonment by time of arrival · {}", variant.name),
        subtitle: label.name.clone(),
        legend: vec![(
            Swatch::Banded(VERMILLION),
            "abandonment, with 95 % confidence interval".to_owned(),
        )],
        footer: format!(
            "Abandonment: abandoned / (answered + abandoned).{nobody} Gaps: nobody came, or nobody was answered or left. {}",
            basis(label)
        ),
    };
    pictures(
        &frame,
        &panels,
        label,
        &time_axis(label, variant),
        "arrival",
    )
}

fn loses(queue: &QueueSummary) -> bool {
    let over_time = queue.intervals.iter().map(|interval| interval.abandonment);
    over_time
        .chain([queue.measures.abandonment])
        .any(|figure| figure.mean.is_some_and(|share| share > 0.0))
}

fn panel(name: &str, queue: &QueueSummary) -> Panel {
    let curve = of_offered(
        queue,
        |interval| interval.abandonment,
        VERMILLION,
        Shape::Banded,
    );
    let axis = Axis::new(
        Measure::Share,
        curve.extent().into_iter().map(|share| share.min(1.0)),
    );
    let main = Plot {
        caption: "abandonment".to_owned(),
        axis,
        curves: vec![curve],
        target: None,
    };
    Panel {
        title: name.to_owned(),
        note: String::new(),
        main,
        strip: None,
    }
}
