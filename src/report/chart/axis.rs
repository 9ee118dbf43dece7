//! The axis of values: from zero to a round number, in a unit people use.

use super::font::{self, Weight};
use super::frame::LABEL;
use super::palette::{GREY, GRID, MIST};
use super::picture::{Anchor, Area, Picture};
use crate::report::figure::{Clock, grouped};

/// What is measured.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Measure<'a> {
    /// Seconds by this clock, shown in the unit that suits them.
    Time(Clock),
    /// A share, shown in per cent.
    Share,
    /// A number of this kind of thing.
    Count(&'a str),
}

/// An axis from zero.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Axis {
    /// The value at its far end.
    top: f64,
    /// Between two ticks.
    step: f64,
    /// The value that the axis shows as 1.
    one: f64,
    /// What it counts in.
    unit: String,
}

impl Axis {
    /// An axis that reaches the largest of these, of which those that are no numbers are left out.
    pub(super) fn new(measure: Measure<'_>, values: impl IntoIterator<Item = f64>) -> Self {
        let largest = values
            .into_iter()
            .filter(|value| value.is_finite())
            .fold(0.0, f64::max)
            .min(1e300);
        let (one, unit) = match measure {
            Measure::Time(clock) => {
                let unit = clock.unit(largest);
                (unit.seconds(), unit.sign().to_owned())
            }
            Measure::Share => (0.01, "%".to_owned()),
            Measure::Count(thing) => (1.0, thing.to_owned()),
        };
        let (scale, word) = match largest / one {
            shown if shown < 1e5 => (1.0, ""),
            shown if shown < 1e6 => (1e3, "thousand "),
            shown if shown < 1e9 => (1e6, "million "),
            shown if shown < 1e15 => (1e9, "billion "),
            _ => (1e12, "trillion "),
        };
        let one = one * scale;
        let shown = if largest > 0.0 { largest / one } else { 1.0 };
        let step = round_step(shown / 4.0);
        let steps = (shown / step - 1e-9).ceil().max(1.0);
        Self {
            top: steps * step * one,
            step: step * one,
            one,
            unit: format!("{word}{unit}"),
        }
    }

    /// An axis of shares from 0 to 100 %.
    pub(super) fn whole_share() -> Self {
        Self {
            top: 1.0,
            step: 0.25,
            one: 0.01,
            unit: "%".to_owned(),
        }
    }

    /// What it counts in.
    pub(super) fn unit(&self) -> &str {
        &self.unit
    }

    /// Where a value lies, 0 at zero and 1 at the far end; beyond these, at the nearer.
    pub(super) fn place(&self, value: f64) -> f64 {
        let place = value / self.top;
        if place.is_finite() {
            place.clamp(0.0, 1.0)
        } else {
            1.0
        }
    }

    /// The height of a value in an area.
    pub(super) fn y(&self, area: Area, value: f64) -> f64 {
        area.bottom - self.place(value) * area.height()
    }

    /// The width of its longest label.
    pub(super) fn room(&self) -> f64 {
        let widths = self.ticks().into_iter();
        widths
            .map(|(_, label)| font::width(&label, LABEL, Weight::Regular))
            .fold(0.0, f64::max)
    }

    /// Draws its lines over an area, and their labels at the left of it.
    pub(super) fn draw(&self, picture: &mut Picture, area: Area) {
        for (value, label) in self.ticks() {
            let y = self.y(area, value);
            let colour = if value > 0.0 { GRID } else { MIST };
            picture.line(vec![(area.left, y), (area.right, y)], 1.0, colour);
            picture.text(&label, (area.left - 8.0, y + 4.2), Anchor::End, LABEL, GREY);
        }
    }

    /// A value as it is written beside its bar: in the axis's unit, with about three digits.
    pub(super) fn label(&self, value: f64) -> String {
        let number = value / self.one;
        match number.abs() {
            size if size < 9.995 => grouped(number, 2),
            size if size < 99.95 => grouped(number, 1),
            size if size < 1e9 => grouped(number, 0),
            _ => format!("{number:.0e}"),
        }
    }

    /// Values and labels of the ticks, from zero.
    pub(super) fn ticks(&self) -> Vec<(f64, String)> {
        let shown = self.step / self.one;
        let decimals = (0..6_u8).find(|decimals| {
            let scaled = shown * 10_f64.powi(i32::from(*decimals));
            (scaled - scaled.round()).abs() < 1e-6 * scaled
        });
        let decimals = usize::from(decimals.unwrap_or(6));
        (0..=8_u8)
            .map(|count| f64::from(count) * self.step)
            .take_while(|value| *value <= self.top * (1.0 + 1e-9))
            .map(|value| {
                let number = value / self.one;
                let label = if number < 1e9 {
                    grouped(number, decimals)
                } else {
                    format!("{number:.0e}")
                };
                (value, label)
            })
            .collect()
    }
}

/// The next of 1, 2, 2.5, 5 times a power of ten.
pub(super) fn round_step(least: f64) -> f64 {
    let power = 10_f64.powf(least.log10().floor());
    let digits = [1.0, 2.0, 2.5, 5.0, 10.0];
    let digit = digits
        .into_iter()
        .find(|digit| digit * power >= least * (1.0 - 1e-9));
    digit.unwrap_or(10.0) * power
}

#[cfg(test)]
mod tests {
    use super::*;

    fn labels(measure: Measure<'_>, largest: f64) -> (String, String) {
        let axis = Axis::new(measure, [largest]);
        let labels: Vec<_> = axis.ticks().into_iter().map(|(_, label)| label).collect();
        (labels.join(" "), axis.unit().to_owned())
    }

    #[test]
    fn ticks_are_round_and_in_a_human_unit() {
        let of = |labels: &str, unit: &str| (labels.to_owned(), unit.to_owned());
        let time = Measure::Time(Clock::Calendar);
        assert_eq!(labels(time, 71.0), of("0 20 40 60 80", "s"));
        assert_eq!(labels(time, 600.0), of("0.0 2.5 5.0 7.5 10.0", "min"));
        assert_eq!(labels(time, 30_000.0), of("0.0 2.5 5.0 7.5 10.0", "h"));
        assert_eq!(labels(Measure::Share, 0.034), of("0 1 2 3 4", "%"));
        assert_eq!(
            labels(Measure::Count("contacts"), 71_000.0),
            of("0 20,000 40,000 60,000 80,000", "contacts")
        );
        assert_eq!(
            labels(Measure::Count("contacts"), 2.1e6),
            of("0 1 2 3", "million contacts")
        );
    }

    #[test]
    fn nothing_and_too_much_still_make_an_axis() {
        for largest in [0.0, f64::NAN, f64::INFINITY, 1e308, 1e-300, -3.0] {
            let axis = Axis::new(Measure::Time(Clock::OpenHours), [largest]);
            assert!(
                (2..=6).contains(&axis.ticks().len()),
                "{largest}: {:?}",
                axis.ticks()
            );
            assert!(axis.place(largest) <= 1.0 && axis.place(0.0) < 1e-9);
        }
    }
}
