//! Wait by time of arrival; of deferred queues, response.

use super::axis::{Axis, Measure};
use super::compose::{of_offered, pictures, time_axis};
use super::frame::{Frame, Swatch, basis};
use super::palette::{BLUE, VERMILLION};
use super::panel::{Panel, Plot, Shape};
use super::picture::Picture;
use crate::stats::summary::{QueueSummary, ScenarioLabel, VariantSummary};

/// A panel a queue: mean and the 90 % quantile.
pub(super) fn compose(label: &ScenarioLabel, variant: &VariantSummary) -> Vec<Picture> {
    let panels: Vec<_> = variant
        .queues
        .iter()
        .map(|(name, queue)| panel(name, queue))
        .collect();
    let any = |deferred: bool| {
        variant
            .queues
            .iter()
            .any(|(_, queue)| queue.deferred == deferred)
    };
    let (title, meaning) = match (any(false), any(true)) {
        (true, true) => (
            "Wait and response",
            "Wait: to the start of handling or to abandonment. Response (deferred queues): to the reply, of those replied to.",
        ),
        (false, true) => (
            "Response",
            "Response: from arrival to the reply, of those replied to.",
        ),
        (true | false, false) => (
            "Wait",
            "Wait: from arrival to the start of handling or to abandonment.",
        ),
    };
    let frame = Frame {
        title: format!("{title} by time of arrival · {}", variant.name),
        subtitle: label.name.clone(),
        legend: vec![
            (
                Swatch::Banded(BLUE),
                "mean, with 95 % confidence interval".to_owned(),
            ),
            (Swatch::Line(VERMILLION), "p90: 90 % wait less".to_owned()),
        ],
        footer: format!("{meaning} Gaps: nothing was offered. {}", basis(label)),
    };
    pictures(
        &frame,
        &panels,
        label,
        &time_axis(label, variant),
        "arrival",
    )
}

fn panel(name: &str, queue: &QueueSummary) -> Panel {
    let (caption, curves) = if queue.deferred {
        let mean = of_offered(
            queue,
            |interval| interval.response_mean_s,
            BLUE,
            Shape::Banded,
        );
        (
            "response",
            vec![
                mean,
                of_offered(
                    queue,
                    |interval| interval.response_p90_s,
                    VERMILLION,
                    Shape::Line,
                ),
            ],
        )
    } else {
        let mean = of_offered(queue, |interval| interval.wait_mean_s, BLUE, Shape::Banded);
        (
            "wait",
            vec![
                mean,
                of_offered(
                    queue,
                    |interval| interval.wait_p90_s,
                    VERMILLION,
                    Shape::Line,
                ),
            ],
        )
    };
    let axis = Axis::new(
        Measure::Time,
        curves.iter().flat_map(super::panel::Curve::extent),
    );
    let main = Plot {
        caption: caption.to_owned(),
        axis,
        curves,
        target: None,
    };
    Panel {
        title: name.to_owned(),
        note: String::new(),
        main,
        strip: None,
    }
}
