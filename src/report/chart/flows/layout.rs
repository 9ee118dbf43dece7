//! Where places and ways lie.

use super::graph::{Graph, Place};

/// Empty between two places, where the name of the lower one stands.
pub(super) const GAP: f64 = 30.0;
/// Empty beside a way that only passes.
const PASSING_GAP: f64 = 8.0;

/// From where to where a place reaches.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Spot {
    pub(super) top: f64,
    pub(super) bottom: f64,
}

/// Where everything lies, from the top.
#[derive(Debug, Clone)]
pub(super) struct Layout {
    /// The spots of the places of each column.
    pub(super) spots: Vec<Vec<Spot>>,
    /// Of each way, the tops of its two ends.
    pub(super) ends: Vec<Vec<(f64, f64)>>,
    /// How wide one issue is.
    pub(super) scale: f64,
    /// How high all is.
    pub(super) height: f64,
}

/// Lays a graph out.
pub(super) fn layout(graph: &Graph) -> Layout {
    let sizes = sizes(graph);
    let orders = orders(graph, &sizes);
    let most = graph.columns.iter().map(|column| {
        let named = column.iter().filter(|place| !is_passing(**place));
        named.count()
    });
    let height = (230.0 + 62.0 * most.max().unwrap_or(0) as f64).clamp(420.0, 1_100.0);
    let gaps = |column: usize| -> f64 {
        let places = graph.columns[column].iter();
        places.map(|place| gap(*place)).sum()
    };
    let columns = 0..graph.columns.len();
    let scale = columns
        .clone()
        .map(|column| (height - gaps(column)).max(100.0) / sizes[column].iter().sum::<f64>())
        .fold(f64::INFINITY, f64::min);
    let mut spots: Vec<Vec<Spot>> = Vec::new();
    for column in columns {
        let used = sizes[column].iter().sum::<f64>() * scale + gaps(column);
        let mut y = ((height - used) / 2.0).max(0.0);
        let nowhere = Spot {
            top: 0.0,
            bottom: 0.0,
        };
        let mut own = vec![nowhere; graph.columns[column].len()];
        for &place in &orders[column] {
            let top = y + gap(graph.columns[column][place]);
            let bottom = top + sizes[column][place] * scale;
            own[place] = Spot { top, bottom };
            y = bottom;
        }
        spots.push(own);
    }
    let ends = ends(graph, &spots, scale);
    let bottoms = spots.iter().flatten().map(|spot| spot.bottom);
    Layout {
        height: bottoms.fold(height, f64::max),
        spots,
        ends,
        scale,
    }
}

fn is_passing(place: Place) -> bool {
    matches!(place, Place::Passing(_))
}

/// Above a place.
fn gap(place: Place) -> f64 {
    if is_passing(place) { PASSING_GAP } else { GAP }
}

/// How many issues come through each place: the more of those that come and those that go, as some ways are left out.
fn sizes(graph: &Graph) -> Vec<Vec<f64>> {
    let columns = graph.columns.iter().map(|column| vec![0.0; column.len()]);
    let mut come: Vec<Vec<f64>> = columns.collect();
    let mut go = come.clone();
    for (column, ways) in graph.ways.iter().enumerate() {
        for way in ways {
            go[column][way.from] += way.issues;
            come[column + 1][way.to] += way.issues;
        }
    }
    for (come, go) in come.iter_mut().flatten().zip(go.iter().flatten()) {
        *come = come.max(*go);
    }
    come
}

/// The order of each column from top to bottom: as few crossings as a few sweeps over the columns find.
fn orders(graph: &Graph, sizes: &[Vec<f64>]) -> Vec<Vec<usize>> {
    let mut orders: Vec<Vec<usize>> = graph
        .columns
        .iter()
        .map(|column| {
            let mut order: Vec<usize> = (0..column.len()).collect();
            order.sort_by(|one, other| column[*one].cmp(&column[*other]));
            order
        })
        .collect();
    let last = orders.len() - 1;
    for _ in 0..4 {
        for column in (1..=last).chain((1..last).rev()) {
            let heights: Vec<Vec<f64>> = orders
                .iter()
                .zip(sizes)
                .map(|(order, sizes)| middles(order, sizes))
                .collect();
            let mut pull = vec![(0.0, 0.0); graph.columns[column].len()];
            for way in &graph.ways[column - 1] {
                pull[way.to].0 += way.issues * heights[column - 1][way.from];
                pull[way.to].1 += way.issues;
            }
            for way in graph.ways.get(column).into_iter().flatten() {
                pull[way.from].0 += way.issues * heights[column + 1][way.to];
                pull[way.from].1 += way.issues;
            }
            let mean = |place: usize| {
                let (sum, weight): (f64, f64) = pull[place];
                if weight > 0.0 { sum / weight } else { 0.0 }
            };
            let places = &graph.columns[column];
            orders[column].sort_by(|one, other| {
                let by_end = end(places[*one]).cmp(&end(places[*other]));
                by_end.then(mean(*one).total_cmp(&mean(*other)))
            });
        }
    }
    orders
}

/// The ends of issues stand first, in an order of their own; all else goes where it crosses least.
fn end(place: Place) -> u8 {
    match place {
        Place::Resolved => 0,
        Place::Lost => 1,
        Place::Open => 2,
        Place::New
        | Place::Again
        | Place::Bot(_)
        | Place::Queue(_)
        | Place::AgainBot(_)
        | Place::AgainQueue(_)
        | Place::Passing(_) => 3,
    }
}

/// The middle of each place of a column, as a share of the column.
fn middles(order: &[usize], sizes: &[f64]) -> Vec<f64> {
    let all: f64 = sizes.iter().sum();
    let mut middles = vec![0.0; sizes.len()];
    let mut above = 0.0;
    for &place in order {
        middles[place] = (above + sizes[place] / 2.0) / all;
        above += sizes[place];
    }
    middles
}

/// At either end, ways lie in the order of the places at their other ends.
fn ends(graph: &Graph, spots: &[Vec<Spot>], scale: f64) -> Vec<Vec<(f64, f64)>> {
    let mut ends = Vec::new();
    for (column, ways) in graph.ways.iter().enumerate() {
        let mut own = vec![(0.0, 0.0); ways.len()];
        let mut left: Vec<f64> = spots[column].iter().map(|spot| spot.top).collect();
        let mut right: Vec<f64> = spots[column + 1].iter().map(|spot| spot.top).collect();
        let mut order: Vec<usize> = (0..ways.len()).collect();
        order.sort_by(|one, other| {
            let top = |way: usize| spots[column + 1][ways[way].to].top;
            top(*one).total_cmp(&top(*other))
        });
        for &way in &order {
            own[way].0 = left[ways[way].from];
            left[ways[way].from] += ways[way].issues * scale;
        }
        order.sort_by(|one, other| {
            let top = |way: usize| spots[column][ways[way].from].top;
            top(*one).total_cmp(&top(*other))
        });
        for &way in &order {
            own[way].1 = right[ways[way].to];
            right[ways[way].to] += ways[way].issues * scale;
        }
        ends.push(own);
    }
    ends
}
