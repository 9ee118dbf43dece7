//! Backlog of deferred queues over time.

use super::axis::{Axis, Measure};
use super::compose::{interval_h, pictures, time_axis};
use super::frame::{Frame, Swatch, basis};
use super::palette::PURPLE;
use super::panel::{Curve, Panel, Plot, Shape};
use super::picture::Picture;
use crate::report::figure::grouped;
use crate::stats::summary::{QueueSummary, ScenarioLabel, VariantSummary};

/// A panel a deferred queue; nothing where there is none.
pub(super) fn compose(label: &ScenarioLabel, variant: &VariantSummary) -> Vec<Picture> {
    let deferred = variant.queues.iter().filter(|(_, queue)| queue.deferred);
    let panels: Vec<_> = deferred
        .map(|(name, queue)| panel(name, queue, label))
        .collect();
    let open = if label.batch_days.is_none() {
        "Open at the end: at the end of the horizon, a replication. "
    } else {
        ""
    };
    let frame = Frame {
        title: format!("Backlog · {}", variant.name),
        subtitle: label.name.clone(),
        legend: vec![(
            Swatch::Banded(PURPLE),
            "contacts waiting and in hand, with 95 % confidence interval".to_owned(),
        )],
        footer: format!(
            "Deferred queues only. Backlog: at the end of each interval. {open}{}",
            basis(label)
        ),
    };
    pictures(
        &frame,
        &panels,
        label,
        &time_axis(label, variant),
        "end of interval",
    )
}

fn panel(name: &str, queue: &QueueSummary, label: &ScenarioLabel) -> Panel {
    let figures = queue.intervals.iter().map(|interval| {
        (
            interval.weekday,
            interval.start.as_str(),
            Some(interval.backlog),
        )
    });
    let mut curve = Curve::new(figures, PURPLE, Shape::Banded);
    // A curve stands at the middle of its intervals; this one tells of their ends.
    curve
        .points
        .iter_mut()
        .for_each(|(hour, _)| *hour += interval_h(label) / 2.0);
    let open = &queue.measures.open_at_end;
    let note = match (open.mean, open.half_width()) {
        // Only the last batch of a replication has an end at which work stays open.
        _ if label.batch_days.is_some() => String::new(),
        (Some(mean), Some(half)) => format!(
            "open at the end: {} ± {}",
            grouped(mean, 1),
            grouped(half, 1)
        ),
        (Some(mean), None) => format!("open at the end: {}", grouped(mean, 1)),
        (None, _) => String::new(),
    };
    let axis = Axis::new(Measure::Count("contacts"), curve.extent());
    let main = Plot {
        caption: "backlog".to_owned(),
        axis,
        curves: vec![curve],
        target: None,
    };
    Panel {
        title: name.to_owned(),
        note,
        main,
        strip: None,
    }
}
