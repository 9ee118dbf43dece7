//! The channel mixes side by side: service level, wait, abandonment, cost, and what became of the customers.

use super::axis::{Axis, Measure};
use super::bars::{Bars, FOOT, HEAD, ROW, Row};
use super::demand;
use super::font::{self, Weight};
use super::frame::{Frame, HEADING, LABEL, MARGIN, Swatch, WIDTH, basis};
use super::palette::{BLUE, GRID, INK, MIST, PURPLE, VERMILLION};
use super::picture::{Anchor, Area, Picture};
use super::wait;
use crate::report::figure::{Clock, promised_level, threshold};
use crate::stats::estimate::Estimate;
use crate::stats::summary::{QueueSummary, Summary, VariantSummary};

/// Queues beside each other.
const COLUMNS: usize = 4;
/// Room for the names of the variants.
const NAMES: f64 = 190.0;
/// Size of names on two lines.
const SMALL: f64 = 11.0;
const BETWEEN: f64 = 26.0;
/// Above the panels of a section: its rule and title.
const SECTION: f64 = 44.0;

/// Nothing where there is only the base.
pub(super) fn compose(summary: &Summary) -> Vec<Picture> {
    if summary.variants.len() < 2 {
        return Vec::new();
    }
    let queues = queue_names(&summary.variants);
    let pages = queues.len().div_ceil(COLUMNS).max(1);
    let by_queue = queues.len() < MEASURES.len();
    let frame = frame(summary);
    (0..pages)
        .map(|page| {
            let names: Vec<_> = queues
                .iter()
                .skip(page * COLUMNS)
                .take(COLUMNS)
                .copied()
                .collect();
            let mut sheet = Sheet {
                picture: Picture::new(WIDTH),
                y: 0.0,
                variants: &summary.variants,
            };
            sheet.y = frame.begin(&mut sheet.picture, (page + 1, pages)) - 10.0;
            for (title, panels) in sections(&summary.variants, &names, by_queue) {
                sheet.bars(&title, &panels);
            }
            if page == 0 {
                sheet.cost_and_demand(&summary.scenario.currency);
            }
            frame.end(&mut sheet.picture, sheet.y + 6.0);
            sheet.picture
        })
        .collect()
}

fn frame(summary: &Summary) -> Frame {
    let key = |swatch, text: &str| (swatch, text.to_owned());
    let mut legend = vec![
        key(
            Swatch::Bar(MIST),
            "mean with 95 % confidence interval, the base in grey",
        ),
        key(Swatch::Dashes(MIST), "level of the base"),
        key(Swatch::Dashes(INK), "target"),
        key(Swatch::Fill(demand::SERVED), "served"),
        key(Swatch::Fill(demand::OPEN), "open at the end"),
        key(Swatch::Fill(demand::LOST), "lost"),
        key(
            Swatch::Fill(demand::MOVED),
            "moved to another queue, whatever became of it",
        ),
    ];
    if demand::has_bots(summary.variants.iter().map(|variant| &variant.demand)) {
        let before_open = legend.len() - 3;
        let contained = key(Swatch::Fill(demand::CONTAINED), "ended at a bot");
        legend.insert(before_open, contained);
    }
    Frame {
        title: "Channel mixes side by side".to_owned(),
        subtitle: summary.scenario.name.clone(),
        legend,
        footer: format!(
            "Service level: share in time, by the definition of each target. Wait: mean, to the start of handling or to abandonment. Response: mean, to the reply. Abandonment: abandoned / \
             (answered + abandoned). Cost: {}, over the horizon. {}",
            cost_in_words(summary),
            basis(&summary.scenario)
        ),
    }
}

/// What the cost is made of.
fn cost_in_words(summary: &Summary) -> &'static str {
    let mut variants = summary.variants.iter();
    if variants.any(|variant| variant.cost.is_itemised()) {
        "all lines of the scenario, from wages to what is paid by the month"
    } else {
        "paid hours × wage, overtime included"
    }
}

/// What is shown of each queue.
const MEASURES: [(&str, Measured); 3] = [
    ("Service level", service_level),
    ("Wait (of deferred queues: response)", wait),
    ("Abandonment", abandonment),
];

/// A figure of a queue over the variants, titled by the measure; nothing where there is nothing to show.
type Measured = fn(&[VariantSummary], &str) -> Option<Bars>;

/// A section for each measure, with a panel for each queue; the other way round where that leaves less of the sheet empty.
fn sections(
    variants: &[VariantSummary],
    queues: &[&str],
    by_queue: bool,
) -> Vec<(String, Vec<Bars>)> {
    if by_queue {
        let section = |queue: &&str| {
            let panels = MEASURES
                .iter()
                .filter_map(|(_, bars)| bars(variants, queue));
            ((*queue).to_owned(), panels.collect())
        };
        return queues.iter().map(section).collect();
    }
    let section = |(title, bars): &(&str, Measured)| {
        let panels = queues.iter().filter_map(|queue| {
            let title = (*queue).to_owned();
            Some(Bars {
                title,
                ..bars(variants, queue)?
            })
        });
        ((*title).to_owned(), panels.collect())
    };
    MEASURES.iter().map(section).collect()
}

/// Names of all queues of all variants, each once.
fn queue_names(variants: &[VariantSummary]) -> Vec<&str> {
    let mut names: Vec<&str> = Vec::new();
    for (name, _) in variants.iter().flat_map(|variant| variant.queues.iter()) {
        if !names.contains(&name) {
            names.push(name);
        }
    }
    names
}

fn rows(
    variants: &[VariantSummary],
    queue: &str,
    figure: fn(&QueueSummary) -> Estimate,
) -> Vec<Row> {
    variants
        .iter()
        .map(|variant| {
            variant
                .queues
                .find(queue)
                .map_or(Row::Absent, |queue| Row::Figure(figure(queue)))
        })
        .collect()
}

/// Of a queue that promises one.
fn service_level(variants: &[VariantSummary], queue: &str) -> Option<Bars> {
    let target = variants
        .iter()
        .find_map(|variant| promised_level(variant.queues.find(queue)?))?;
    let within = threshold(target).map(|within| format!("within {within}"));
    Some(Bars {
        title: "service level".to_owned(),
        caption: within.unwrap_or_default(),
        axis: Axis::whole_share(),
        rows: rows(variants, queue, |queue| queue.measures.service_level),
        colour: BLUE,
        target: Some(target.limit),
    })
}

#[expect(
    clippy::unnecessary_wraps,
    reason = "the other measures may be missing"
)]
fn wait(variants: &[VariantSummary], queue: &str) -> Option<Bars> {
    let deferred = variants
        .iter()
        .find_map(|variant| variant.queues.find(queue))
        .filter(|queue| queue.deferred);
    let (title, caption, clock, rows) = match deferred {
        Some(found) => (
            "response",
            wait::response(Clock::of(found)),
            Clock::of(found),
            rows(variants, queue, |queue| queue.measures.response_s.mean),
        ),
        None => (
            "wait",
            "wait",
            Clock::Calendar,
            rows(variants, queue, |queue| queue.measures.wait_s.mean),
        ),
    };
    Some(Bars {
        title: title.to_owned(),
        caption: format!("mean {caption}"),
        axis: Axis::new(Measure::Time(clock), rows.iter().flat_map(Row::extent)),
        rows,
        colour: BLUE,
        target: None,
    })
}

/// Of a queue that loses customers in any variant.
fn abandonment(variants: &[VariantSummary], queue: &str) -> Option<Bars> {
    let rows = rows(variants, queue, |queue| queue.measures.abandonment);
    let extent: Vec<_> = rows.iter().flat_map(Row::extent).collect();
    let loses = extent.iter().any(|share| *share > 0.0);
    loses.then(|| Bars {
        title: "abandonment".to_owned(),
        caption: "share who gave up".to_owned(),
        axis: Axis::new(Measure::Share, extent),
        rows,
        colour: VERMILLION,
        target: None,
    })
}

/// A picture in the making.
struct Sheet<'a> {
    picture: Picture,
    y: f64,
    variants: &'a [VariantSummary],
}

impl Sheet<'_> {
    fn bars(&mut self, title: &str, panels: &[Bars]) {
        if panels.is_empty() {
            return;
        }
        let top = self.section(title);
        for (at, panel) in panels.iter().enumerate() {
            panel.draw(&mut self.picture, column(at, 1, top));
        }
        self.end_section(top);
    }

    fn cost_and_demand(&mut self, currency: &str) {
        let top = self.section("Cost and demand");
        let bars = |title: &str, unit: &str, figure: fn(&VariantSummary) -> Estimate| {
            let rows: Vec<_> = self
                .variants
                .iter()
                .map(|variant| Row::Figure(figure(variant)))
                .collect();
            let axis = Axis::new(Measure::Count(currency), rows.iter().flat_map(Row::extent));
            Bars {
                title: title.to_owned(),
                caption: unit.to_owned(),
                axis,
                rows,
                colour: PURPLE,
                target: None,
            }
        };
        let panels = [
            bars("cost", "in total", |variant| variant.cost.total),
            bars("cost per contact", "per contact answered", |variant| {
                variant.cost.per_contact
            }),
        ];
        for (at, panel) in panels.iter().enumerate() {
            panel.draw(&mut self.picture, column(at, 1, top));
        }
        let demands: Vec<_> = self
            .variants
            .iter()
            .map(|variant| &variant.demand)
            .collect();
        demand::draw(&mut self.picture, column(2, 2, top), &demands);
        self.end_section(top);
    }

    /// A rule, the title and the names of the variants; returns where its panels begin.
    fn section(&mut self, title: &str) -> f64 {
        self.picture
            .line(vec![(MARGIN, self.y), (WIDTH - MARGIN, self.y)], 1.0, GRID);
        let at = (MARGIN, self.y + 25.0);
        self.picture
            .bold(title, at, Anchor::Start, HEADING + 2.0, INK);
        let top = self.y + SECTION;
        for (row, variant) in self.variants.iter().enumerate() {
            let y = top + HEAD + (row as f64 + 0.5) * ROW + 4.2;
            let (size, at) = (LABEL + 0.5, (MARGIN, y));
            let weight = if row == 0 {
                Weight::Bold
            } else {
                Weight::Regular
            };
            let room = NAMES - 14.0;
            if row == 0 {
                let name = font::fit(&variant.name, size, weight, room);
                self.picture.bold(&name, at, Anchor::Start, size, INK);
            } else if font::width(&variant.name, size, weight) <= room {
                self.picture
                    .text(&variant.name, at, Anchor::Start, size, INK);
            } else {
                self.long_name(&variant.name, y, room);
            }
        }
        top
    }

    /// A name on two lines, smaller; what does not fit on these is cut.
    fn long_name(&mut self, name: &str, y: f64, room: f64) {
        let first = font::wrap(name, SMALL, room)
            .into_iter()
            .next()
            .unwrap_or_default();
        let rest = name.trim_start().strip_prefix(&first).unwrap_or_default();
        let rest = font::fit(rest.trim_start(), SMALL, Weight::Regular, room);
        let lines = if rest.is_empty() {
            vec![(first, y)]
        } else {
            vec![
                (first, y - SMALL / 2.0 - 0.5),
                (rest, y + SMALL / 2.0 + 0.5),
            ]
        };
        for (line, y) in lines {
            self.picture
                .text(&line, (MARGIN, y), Anchor::Start, SMALL, INK);
        }
    }

    fn end_section(&mut self, top: f64) {
        self.y = top + HEAD + self.variants.len() as f64 * ROW + FOOT + 14.0;
    }
}

/// The place of a panel that takes so many columns from this one.
fn column(at: usize, wide: usize, top: f64) -> Area {
    let width = (WIDTH - 2.0 * MARGIN - NAMES - BETWEEN * (COLUMNS - 1) as f64) / COLUMNS as f64;
    let left = MARGIN + NAMES + at as f64 * (width + BETWEEN);
    let right = left + wide as f64 * width + (wide - 1) as f64 * BETWEEN;
    Area {
        left,
        top,
        right,
        bottom: top,
    }
}
