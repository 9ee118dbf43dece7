//! The picture.

use super::graph::{Graph, Kind, Place, Way};
use super::layout::{GAP, Layout, layout};
use crate::report::chart::demand::{LOST, OPEN, SERVED, number};
use crate::report::chart::font::{self, Weight};
use crate::report::chart::frame::{Frame, LABEL, MARGIN, Swatch, WIDTH, basis};
use crate::report::chart::palette::{BLUE, Colour, INK, PURPLE, SKY, WHITE};
use crate::report::chart::picture::{Anchor, Area, Picture};
use crate::stats::estimate::Estimate;
use crate::stats::summary::{ScenarioLabel, VariantSummary};

/// How wide a place is.
const BAR: f64 = 14.0;
/// How strong the colour of a way is.
const FAINT: f64 = 0.42;
/// Narrower ways bear no number.
const NUMBERED: f64 = 12.0;
/// Straight pieces of a curve.
const PIECES: usize = 40;
/// Room for the name of a place.
const NAME: f64 = 225.0;

/// One picture; nothing where issues are not followed.
pub(in crate::report::chart) fn compose(
    label: &ScenarioLabel,
    variant: &VariantSummary,
) -> Vec<Picture> {
    let Some(graph) = Graph::of(variant) else {
        return Vec::new();
    };
    let layout = layout(&graph);
    let frame = frame(label, variant, &graph);
    let mut picture = Picture::new(WIDTH);
    let top = frame.begin(&mut picture, (1, 1)) - 24.0;
    let mut sheet = Sheet {
        picture: &mut picture,
        variant,
        graph: &graph,
        layout: &layout,
        top,
    };
    sheet.ways();
    sheet.places();
    frame.end(&mut picture, top + layout.height + 28.0);
    vec![picture]
}

fn frame(label: &ScenarioLabel, variant: &VariantSummary, graph: &Graph) -> Frame {
    let kinds = [
        Kind::New,
        Kind::Bot,
        Kind::Again,
        Kind::Resolved,
        Kind::Lost,
        Kind::Open,
    ];
    let is_shown = |kind: &Kind| graph.ways.iter().flatten().any(|way| way.kind == *kind);
    let legend = kinds.into_iter().filter(is_shown);
    let left_out = match graph.left_out {
        (0, _) => String::new(),
        (1, issues) => format!(" Left out: one narrow way, {}.", count(issues)),
        (ways, issues) => format!(" Left out: {ways} narrow ways, {} in all.", count(issues)),
    };
    Frame {
        title: format!("Where issues go · {}", variant.name),
        subtitle: label.name.clone(),
        legend: legend
            .map(|kind| {
                (
                    Swatch::Fill(colour(kind).tint(FAINT)),
                    words(kind).to_owned(),
                )
            })
            .collect(),
        footer: format!(
            "Numbers: issues a replication, mean; each time counted. Further contacts leave on the right, by where they go, and come in again on the left: \
             retries, comebacks, replies, transfers.{left_out} {}",
            basis(label)
        ),
    }
}

fn words(kind: Kind) -> &'static str {
    match kind {
        Kind::New => "first contacts",
        Kind::Bot => "from a bot to a queue",
        Kind::Again => "further contacts of an issue",
        Kind::Resolved => "to a resolution",
        Kind::Lost => "lost: the customer gives up",
        Kind::Open => "open at the end",
    }
}

fn colour(kind: Kind) -> Colour {
    match kind {
        Kind::New => BLUE,
        Kind::Bot => SKY,
        Kind::Again => PURPLE,
        Kind::Resolved => SERVED,
        Kind::Lost => LOST,
        Kind::Open => OPEN,
    }
}

/// How many issues.
fn count(issues: f64) -> String {
    number(Estimate::point(issues))
}

struct Sheet<'a> {
    picture: &'a mut Picture,
    variant: &'a VariantSummary,
    graph: &'a Graph,
    layout: &'a Layout,
    top: f64,
}

impl Sheet<'_> {
    /// The left edge of a column's places.
    fn x(&self, column: usize) -> f64 {
        let last = self.graph.columns.len() - 1;
        let room = WIDTH - 2.0 * MARGIN - BAR;
        MARGIN + room * column as f64 / last as f64
    }

    fn ways(&mut self) {
        let graph = self.graph;
        let mut all: Vec<(usize, usize)> = Vec::new();
        for (column, ways) in graph.ways.iter().enumerate() {
            all.extend((0..ways.len()).map(|way| (column, way)));
        }
        let issues = |(column, way): (usize, usize)| graph.ways[column][way].issues;
        // The narrow ones on top.
        all.sort_by(|one, other| issues(*other).total_cmp(&issues(*one)));
        for (column, way) in all {
            let ends = self.layout.ends[column][way];
            self.way(column, &graph.ways[column][way], ends);
        }
        for (column, ways) in graph.ways.iter().enumerate() {
            for (way, (start, _)) in ways.iter().zip(&self.layout.ends[column]) {
                self.number(column, way, *start);
            }
        }
    }

    fn way(&mut self, column: usize, way: &Way, (start, end): (f64, f64)) {
        let half = way.issues * self.layout.scale / 2.0;
        // A way that only passes goes through the width of the places there.
        let passes = |column: usize, place: usize| {
            matches!(self.graph.columns[column][place], Place::Passing(_))
        };
        let from = self.x(column) + if passes(column, way.from) { 0.0 } else { BAR };
        let to = self.x(column + 1);
        let (from_y, to_y) = (self.top + start + half, self.top + end + half);
        // At least a hair, so that it is seen.
        let half = half.max(0.4);
        let edges: Vec<(f64, f64, f64)> = (0..=PIECES)
            .map(|piece| {
                let share = piece as f64 / PIECES as f64;
                let y = from_y + (to_y - from_y) * share * share * (3.0 - 2.0 * share);
                (from + (to - from) * share, y - half, y + half)
            })
            .collect();
        let rim = |edge: fn(&(f64, f64, f64)) -> (f64, f64)| edges.iter().map(edge).collect();
        let (upper, lower) = (rim(|edge| (edge.0, edge.1)), rim(|edge| (edge.0, edge.2)));
        self.picture.band(edges, colour(way.kind).tint(FAINT));
        if half > 2.0 {
            self.picture.line(upper, 0.8, WHITE);
            self.picture.line(lower, 0.8, WHITE);
        }
    }

    /// How many issues go a way, where it begins.
    fn number(&mut self, column: usize, way: &Way, start: f64) {
        let width = way.issues * self.layout.scale;
        if way.is_start && width >= NUMBERED {
            let at = (
                self.x(column) + BAR + 7.0,
                self.top + start + width / 2.0 + LABEL * 0.33,
            );
            self.picture
                .text(&count(way.issues), at, Anchor::Start, LABEL - 1.0, INK);
        }
    }

    fn places(&mut self) {
        let last = self.graph.columns.len() - 1;
        for (column, places) in self.graph.columns.iter().enumerate() {
            for (number, place) in places.iter().enumerate() {
                let Some((name, colour)) = self.name(*place) else {
                    continue;
                };
                let spot = self.layout.spots[column][number];
                let x = self.x(column);
                let area = Area {
                    left: x,
                    top: self.top + spot.top,
                    right: x + BAR,
                    bottom: self.top + spot.bottom.max(spot.top + 1.0),
                };
                self.picture.fill(area, colour);
                let through = count(self.issues(column, number));
                let room = NAME - 8.0 - font::width(&through, LABEL, Weight::Regular);
                let name = font::fit(&name, LABEL, Weight::Bold, room);
                let name_width = font::width(&name, LABEL, Weight::Bold) + 6.0;
                let through_width = font::width(&through, LABEL, Weight::Regular);
                let left = if column == last {
                    x + BAR - name_width - through_width
                } else {
                    x
                };
                let y = area.top - (GAP - LABEL) / 3.0;
                self.picture
                    .bold(&name, (left, y), Anchor::Start, LABEL, INK);
                let at = (left + name_width, y);
                self.picture.text(&through, at, Anchor::Start, LABEL, INK);
            }
        }
    }

    /// The issues that come through a place.
    fn issues(&self, column: usize, place: usize) -> f64 {
        let spot = self.layout.spots[column][place];
        (spot.bottom - spot.top) / self.layout.scale
    }

    fn name(&self, place: Place) -> Option<(String, Colour)> {
        let queue = |number: usize| self.variant.queues.0[number].0.as_str();
        let bot = |number: usize| {
            let mut bots = self.variant.bots.iter();
            bots.nth(number).map_or("", |(name, _)| name)
        };
        Some(match place {
            Place::New => ("New issues".to_owned(), BLUE),
            Place::Again => ("Come again".to_owned(), PURPLE),
            Place::Bot(number) => (format!("bot {}", bot(number)), SKY),
            Place::Queue(number) => (queue(number).to_owned(), INK),
            Place::Resolved => ("Resolved".to_owned(), SERVED),
            Place::Lost => ("Lost".to_owned(), LOST),
            Place::Open => ("Open at the end".to_owned(), OPEN),
            Place::AgainBot(number) => (format!("again: bot {}", bot(number)), PURPLE),
            Place::AgainQueue(number) => (format!("again: {}", queue(number)), PURPLE),
            Place::Passing(_) => return None,
        })
    }
}
