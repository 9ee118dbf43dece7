//! One figure as text.

use crate::report::figure::{Clock, FigureKind, grouped};
use crate::stats::estimate::Estimate;

/// What there is to show for nothing over nothing.
pub(in crate::report) const NOTHING: &str = "-";
/// Marks times that only open hours count in.
pub(super) const OPEN: char = '‡';
/// How the ends of one-sided intervals begin, of none and of all.
pub(super) const BOUNDS: [&str; 2] = ["(≤", "(≥"];

/// How a figure is written.
#[derive(Debug, Clone, Copy)]
struct Style {
    /// The amount that is written as 1.
    one: f64,
    /// Its sign, if it has one.
    sign: &'static str,
    decimals: usize,
    /// Whether what is above zero says so.
    plus: bool,
}

/// A time in the unit that suits it.
pub(in crate::report) fn time(figure: &Estimate, clock: Clock) -> String {
    let unit = clock.unit(figure.mean.unwrap_or_default());
    let text = written(
        figure,
        Style {
            one: unit.seconds(),
            sign: unit.sign(),
            decimals: 1,
            plus: false,
        },
    );
    by(clock, text)
}

/// A share in per cent, which the heading names; none and all with the end of their interval: `0.0 (≤0.1)`.
pub(in crate::report) fn share(figure: &Estimate) -> String {
    if let Some(text) = one_sided(figure) {
        return text;
    }
    written(
        figure,
        Style {
            one: 0.01,
            sign: "",
            decimals: 1,
            plus: false,
        },
    )
}

/// A number of things, or hours.
pub(in crate::report) fn count(figure: &Estimate) -> String {
    written(
        figure,
        Style {
            one: 1.0,
            sign: "",
            decimals: decimals(figure),
            plus: false,
        },
    )
}

/// A ratio of about one.
pub(super) fn ratio(figure: &Estimate) -> String {
    written(
        figure,
        Style {
            one: 1.0,
            sign: "",
            decimals: 2,
            plus: false,
        },
    )
}

/// An amount of money, without its currency.
pub(in crate::report) fn money(figure: &Estimate) -> String {
    written(
        figure,
        Style {
            one: 1.0,
            sign: "",
            decimals: money_decimals(figure),
            plus: false,
        },
    )
}

/// A difference of times.
pub(super) fn time_difference(figure: &Estimate, clock: Clock) -> String {
    let unit = clock.unit(figure.mean.unwrap_or_default());
    let text = difference(
        figure,
        Style {
            one: unit.seconds(),
            sign: unit.sign(),
            decimals: 1,
            plus: true,
        },
    );
    by(clock, text)
}

/// A difference of shares in percentage points, which the heading names.
pub(in crate::report) fn share_difference(figure: &Estimate) -> String {
    difference(
        figure,
        Style {
            one: 0.01,
            sign: "",
            decimals: 1,
            plus: true,
        },
    )
}

/// A difference of numbers of things.
pub(in crate::report) fn count_difference(figure: &Estimate) -> String {
    difference(
        figure,
        Style {
            one: 1.0,
            sign: "",
            decimals: decimals(figure),
            plus: true,
        },
    )
}

/// A difference of amounts of money.
pub(in crate::report) fn money_difference(figure: &Estimate) -> String {
    difference(
        figure,
        Style {
            one: 1.0,
            sign: "",
            decimals: money_decimals(figure),
            plus: true,
        },
    )
}

/// A figure of this kind.
pub(super) fn of_kind(figure: &Estimate, kind: FigureKind) -> String {
    match kind {
        FigureKind::Money => money(figure),
        FigureKind::Share => share(figure),
        FigureKind::Time => time(figure, Clock::Calendar),
        FigureKind::Count => count(figure),
    }
}

/// A difference of figures of this kind.
pub(super) fn difference_of_kind(figure: &Estimate, kind: FigureKind) -> String {
    match kind {
        FigureKind::Money => money_difference(figure),
        FigureKind::Share => share_difference(figure),
        FigureKind::Time => time_difference(figure, Clock::Calendar),
        FigureKind::Count => count_difference(figure),
    }
}

/// Marked where only open hours count.
pub(super) fn by(clock: Clock, text: String) -> String {
    match clock {
        Clock::OpenHours if text != NOTHING => format!("{text}{OPEN}"),
        Clock::OpenHours | Clock::Calendar => text,
    }
}

/// A share of none or of all, whose interval has one end only: rounded outwards, so that it stays true.
fn one_sided(figure: &Estimate) -> Option<String> {
    let (mean, lo, hi) = (figure.mean?, figure.lo?, figure.hi?);
    let [below, above] = BOUNDS;
    if mean <= 0.0 && lo >= mean && hi > mean && hi <= 1.0 {
        Some(format!("0.0 {below}{:.1})", (hi * 1e3).ceil() / 10.0))
    } else if mean >= 1.0 && hi <= mean && lo < mean && lo >= 0.0 {
        Some(format!("100.0 {above}{:.1})", (lo * 1e3).floor() / 10.0))
    } else {
        None
    }
}

/// Marked where its interval excludes zero.
fn difference(figure: &Estimate, style: Style) -> String {
    let mark = if figure.excludes_zero() { "*" } else { "" };
    format!("{}{mark}", written(figure, style))
}

/// One decimal below a hundred, unless it is a whole number without doubt.
fn decimals(figure: &Estimate) -> usize {
    let mean = figure.mean.unwrap_or_default();
    let whole = mean.fract() == 0.0 && figure.half_width().is_none_or(|half| half <= 0.0);
    let vague = figure.half_width().is_some_and(|half| half >= 100.0);
    usize::from(mean.abs() < 100.0 && !whole && !vague)
}

fn money_decimals(figure: &Estimate) -> usize {
    if figure.mean.is_some_and(|mean| mean.abs() >= 1000.0) {
        0
    } else {
        2
    }
}

fn written(figure: &Estimate, style: Style) -> String {
    let Some(mean) = figure.mean.filter(|mean| mean.is_finite()) else {
        return NOTHING.to_owned();
    };
    let mean = mean / style.one;
    let half = figure
        .half_width()
        .filter(|half| half.is_finite())
        .map(|half| half / style.one);
    // A doubt that would round to nothing is told with one decimal more.
    let unit_of_last = 0.1_f64.powi(i32::try_from(style.decimals).unwrap_or(0));
    let hidden = half.is_some_and(|half| half > 0.0 && half < unit_of_last / 2.0);
    let decimals = style.decimals + usize::from(hidden);
    let number = short(mean, decimals);
    let plus =
        if style.plus && mean > 0.0 && number.bytes().any(|byte| (b'1'..=b'9').contains(&byte)) {
            "+"
        } else {
            ""
        };
    let doubt = half
        .map(|half| format!(" ±{}", short(half, decimals)))
        .unwrap_or_default();
    let space = if style.sign.is_empty() { "" } else { " " };
    format!("{plus}{number}{doubt}{space}{}", style.sign)
}

/// With thousands parted, or as a power of ten where that would fill the line.
fn short(number: f64, decimals: usize) -> String {
    if number.abs() < 1e9 {
        grouped(number, decimals)
    } else {
        format!("{number:.2e}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_read_in_human_units() {
        let calendar = |figure| time(&figure, Clock::Calendar);
        assert_eq!(calendar(Estimate::around(12.34, 0.41)), "12.3 ±0.4 s");
        assert_eq!(calendar(Estimate::around(246.0, 6.0)), "4.1 ±0.1 min");
        assert_eq!(calendar(Estimate::point(18_720.0)), "5.2 h");
        assert_eq!(calendar(Estimate::point(864_000.0)), "10.0 d");
        let open = time(&Estimate::point(864_000.0), Clock::OpenHours);
        assert_eq!(open, "240.0 h‡");
        assert_eq!(share(&Estimate::around(0.8432, 0.0004)), "84.32 ±0.04");
        assert_eq!(count(&Estimate::around(14_120.4, 42.3)), "14,120 ±42");
        assert_eq!(count(&Estimate::around(120.0, 0.0)), "120 ±0");
        assert_eq!(money(&Estimate::around(3.417, 0.021)), "3.42 ±0.02");
        assert_eq!(money(&Estimate::around(48_211.5, 193.2)), "48,212 ±193");
    }

    #[test]
    fn a_difference_says_its_direction_and_whether_it_is_real() {
        assert_eq!(
            share_difference(&Estimate::around(0.032, 0.004)),
            "+3.2 ±0.4*"
        );
        assert_eq!(
            time_difference(&Estimate::around(-12.0, 20.0), Clock::Calendar),
            "-12.0 ±20.0 s"
        );
        assert_eq!(money_difference(&Estimate::around(0.0, 0.0)), "0.00 ±0.00");
    }

    #[test]
    fn none_and_all_have_one_bound() {
        let share_of = |mean, lo, hi| share(&Estimate::between(lo, mean, hi));
        assert_eq!(share_of(0.0, 0.0, 0.000_21), "0.0 (≤0.1)");
        assert_eq!(share_of(1.0, 0.9963, 1.0), "100.0 (≥99.6)");
        assert_eq!(share_of(0.0, 0.0, 0.0), "0.0 ±0.0");
        assert_eq!(share_of(0.5, 0.4, 0.6), "50.0 ±10.0");
    }

    #[test]
    fn nothing_is_a_dash() {
        assert_eq!(time(&Estimate::NONE, Clock::OpenHours), NOTHING);
        assert_eq!(share(&Estimate::point(f64::NAN)), NOTHING);
        assert_eq!(count(&Estimate::around(1e300, f64::INFINITY)), "1.00e300");
    }
}
