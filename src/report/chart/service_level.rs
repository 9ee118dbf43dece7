//! Service level by time of arrival, against its target.

use super::axis::Axis;
use super::compose::{of_offered, pictures, time_axis};
use super::frame::{Frame, Swatch, basis};
use super::palette::{BLUE, INK};
use super::panel::{Panel, Plot, Shape};
use super::picture::Picture;
use crate::report::figure::{exact_share, promised_level, threshold};
use crate::stats::summary::{QueueSummary, ScenarioLabel, TargetSummary, VariantSummary};

/// A panel a queue that has a target for its service level; nothing where none has one.
pub(super) fn compose(label: &ScenarioLabel, variant: &VariantSummary) -> Vec<Picture> {
    let panels: Vec<_> = variant
        .queues
        .iter()
        .filter_map(|(name, queue)| Some(panel(name, queue, promised_level(queue)?)))
        .collect();
    let frame = Frame {
        title: format!("Service level by time of arrival · {}", variant.name),
        subtitle: label.name.clone(),
        legend: vec![
            (
                Swatch::Banded(BLUE),
                "service level, with 95 % confidence interval".to_owned(),
            ),
            (Swatch::Dashes(INK), "target".to_owned()),
        ],
        footer: format!(
            "Service level: share in time, by the definition of each target. Gaps: nobody came, or nobody that counts. {}",
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

fn panel(name: &str, queue: &QueueSummary, target: &TargetSummary) -> Panel {
    let within = threshold(target).map(|within| format!(" within {within}"));
    Panel {
        title: name.to_owned(),
        note: format!(
            "target: {}{}",
            exact_share(target.limit),
            within.unwrap_or_default()
        ),
        main: Plot {
            caption: "service level".to_owned(),
            axis: Axis::whole_share(),
            curves: vec![of_offered(
                queue,
                |interval| interval.service_level,
                BLUE,
                Shape::Banded,
            )],
            target: Some(target.limit),
        },
        strip: None,
    }
}
