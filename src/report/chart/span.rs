//! An axis that need not begin at zero: the values of a key, a difference, a cost.

use super::axis::round_step;
use super::font::{self, Weight};
use super::frame::LABEL;
use super::palette::{GREY, GRID, MIST};
use super::picture::{Anchor, Area, Picture};
use crate::report::figure::{Clock, FigureKind, plain};

/// From one round number to another.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Span {
    low: f64,
    high: f64,
    step: f64,
    /// The value that the axis shows as 1.
    one: f64,
    /// What it counts in, empty for bare numbers.
    pub(super) unit: String,
}

impl Span {
    /// A span that holds all of these, which are figures of a kind.
    pub(super) fn of_kind(
        kind: FigureKind,
        currency: &str,
        values: impl Iterator<Item = f64> + Clone,
    ) -> Self {
        let largest = values.clone().map(f64::abs).fold(0.0, f64::max);
        let (one, unit) = match kind {
            FigureKind::Share => (0.01, "%".to_owned()),
            FigureKind::Money => (1.0, currency.to_owned()),
            FigureKind::Time => {
                let unit = Clock::Calendar.unit(largest);
                (unit.seconds(), unit.sign().to_owned())
            }
            FigureKind::Count => (1.0, String::new()),
        };
        Self::new(values, one, unit)
    }

    /// A span that holds all of these.
    pub(super) fn new(values: impl Iterator<Item = f64>, one: f64, unit: String) -> Self {
        let (low, high) = values
            .filter(|value| value.is_finite())
            .fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), value| {
                (low.min(value), high.max(value))
            });
        let (low, high) = if low > high { (0.0, 1.0) } else { (low, high) };
        let width = (high - low).max(high.abs() * 1e-9).max(one * 1e-9);
        let step = round_step(width / one / 4.0) * one;
        Self {
            low: (low / step + 1e-9).floor() * step,
            high: (high / step - 1e-9).ceil() * step,
            step,
            one,
            unit,
        }
    }

    /// Where a value lies, 0 at the low end and 1 at the high one; beyond these, at the nearer.
    pub(super) fn place(&self, value: f64) -> f64 {
        let width = (self.high - self.low).max(f64::MIN_POSITIVE);
        ((value - self.low) / width).clamp(0.0, 1.0)
    }

    /// Values and labels of the ticks.
    pub(super) fn ticks(&self) -> Vec<(f64, String)> {
        let steps = ((self.high - self.low) / self.step).round().min(20.0);
        (0..=20_u8)
            .map(f64::from)
            .take_while(|count| *count <= steps)
            .map(|count| {
                let value = self.low + count * self.step;
                // What is nearly nothing beside a step is nothing.
                let shown = (value / self.step).round() * self.step / self.one;
                (value, plain((shown * 1e9).round() / 1e9))
            })
            .collect()
    }
}

/// Room that the labels of an upright axis take.
pub(super) fn room(up: &Span) -> f64 {
    let ticks = up.ticks().into_iter();
    let widths = ticks.map(|(_, label)| font::width(&label, LABEL, Weight::Regular));
    widths.fold(0.0, f64::max) + 10.0
}

/// Draws the upright axis of an area: lines at its ticks, with labels.
pub(super) fn upright(picture: &mut Picture, plot: Area, up: &Span) {
    for (value, label) in up.ticks() {
        let y = plot.bottom - up.place(value) * plot.height();
        picture.line(vec![(plot.left, y), (plot.right, y)], 1.0, GRID);
        picture.text(&label, (plot.left - 8.0, y + 4.2), Anchor::End, LABEL, GREY);
    }
}

/// Draws two axes about an area: lines at the ticks of the upright one, labels at both, and a caption below.
pub(super) fn axes(picture: &mut Picture, plot: Area, (across, up): (&Span, &Span), caption: &str) {
    upright(picture, plot, up);
    for (value, label) in across.ticks() {
        let x = plot.left + across.place(value) * plot.width();
        picture.line(vec![(x, plot.bottom), (x, plot.bottom + 4.0)], 1.0, MIST);
        picture.text(&label, (x, plot.bottom + 18.0), Anchor::Middle, LABEL, GREY);
    }
    let middle = (plot.left + plot.width() / 2.0, plot.bottom + 36.0);
    let caption = font::fit(caption, LABEL, Weight::Regular, plot.width());
    picture.text(&caption, middle, Anchor::Middle, LABEL, GREY);
}

#[cfg(test)]
mod tests {
    use super::*;

    fn labels(kind: FigureKind, low: f64, high: f64) -> String {
        let span = Span::of_kind(kind, "EUR", [low, high].into_iter());
        let labels: Vec<String> = span.ticks().into_iter().map(|(_, label)| label).collect();
        format!("{} {}", labels.join(" "), span.unit)
    }

    #[test]
    fn ticks_are_round_and_hold_the_values() {
        assert_eq!(
            labels(FigureKind::Money, 3_456.0, 6_912.0),
            "3,000 4,000 5,000 6,000 7,000 EUR"
        );
        assert_eq!(labels(FigureKind::Share, -0.031, 0.042), "-4 -2 0 2 4 6 %");
        assert_eq!(labels(FigureKind::Time, 10.0, 71.0), "0 20 40 60 80 s");
        assert_eq!(labels(FigureKind::Count, 0.2, 0.6), "0.2 0.3 0.4 0.5 0.6 ");
        assert!(labels(FigureKind::Count, 5.0, 5.0).starts_with('5'));
        assert!(labels(FigureKind::Count, f64::NAN, f64::INFINITY).starts_with('0'));
    }
}
