//! What the picture of flows owes its readers.

use super::compose;
use super::graph::Graph;
use super::layout::layout;
use crate::report::chart::picture::{Mark, Picture};
use crate::report::chart::tests::{check_places, check_texts};
use crate::report::fixture;
use crate::stats::estimate::Estimate;
use crate::stats::issue_summary::FlowSummary;
use crate::stats::summary::{QueueSummary, Summary};

/// A day with queues of these names and these flows.
fn day(queues: &[String], flows: &[(&str, &str, f64)]) -> Summary {
    let mut summary = fixture::one_day();
    let variant = &mut summary.variants[0];
    let queue: QueueSummary = variant.queues.0[0].1.clone();
    variant.queues.0 = queues
        .iter()
        .map(|name| (name.clone(), queue.clone()))
        .collect();
    variant.flows = flows
        .iter()
        .map(|(from, to, issues)| FlowSummary {
            from: (*from).to_owned(),
            to: (*to).to_owned(),
            issues: Estimate::around(*issues, 1.0),
        })
        .collect();
    summary
}

fn phone_and_email() -> Summary {
    let queues = ["phone", "email"].map(str::to_owned);
    let flows = [
        ("new", "queues.phone", 600.0),
        ("new", "queues.email", 200.0),
        ("queues.phone", "queues.phone", 150.0),
        ("queues.phone", "queues.email", 50.0),
        ("queues.phone", "resolved", 450.0),
        ("queues.phone", "lost", 100.0),
        ("queues.email", "resolved", 240.0),
        ("queues.email", "open_at_end", 10.0),
    ];
    day(&queues, &flows)
}

/// The one picture, looked through for texts over each other.
fn picture(summary: &Summary) -> Picture {
    let mut pictures = compose(&summary.scenario, &summary.variants[0]);
    assert_eq!(pictures.len(), 1);
    let picture = pictures.remove(0);
    check_texts("flows", &picture);
    for mark in &picture.marks {
        check_places("flows", mark);
    }
    picture
}

fn words(picture: &Picture) -> Vec<&str> {
    let texts = picture.marks.iter().filter_map(|mark| match mark {
        Mark::Text(text) => Some(text.words.as_str()),
        _ => None,
    });
    texts.collect()
}

#[test]
fn every_place_and_every_wide_way_has_its_number() {
    let picture = picture(&phone_and_email());
    let words = words(&picture);
    for wanted in [
        "New issues",
        "800",
        "Come again",
        "200",
        "phone",
        "750",
        "email",
        "250",
        "Resolved",
        "690",
        "Lost",
        "100",
        "Open at the end",
        "10",
        "again: phone",
        "150",
        "again: email",
        "450",
    ] {
        assert!(words.contains(&wanted), "{wanted} is not among {words:?}");
    }
}

#[test]
fn ways_are_as_wide_as_the_issues_that_go_them() {
    let summary = phone_and_email();
    let graph = Graph::of(&summary.variants[0]).expect("there are flows");
    let layout = layout(&graph);
    // What comes leaves: on the left what begins or comes again, in the middle the queues, on the right all ends.
    for column in &layout.spots {
        let wide: f64 = column.iter().map(|spot| spot.bottom - spot.top).sum();
        assert!((wide / layout.scale - 1_000.0).abs() < 1e-6, "{wide}");
    }
    let picture = picture(&summary);
    let mut widths: Vec<f64> = picture
        .marks
        .iter()
        .filter_map(|mark| match mark {
            Mark::Band { edges, .. } => Some((edges[0].2 - edges[0].1) / layout.scale),
            _ => None,
        })
        .collect();
    widths.sort_by(f64::total_cmp);
    let wanted = [
        10.0, 50.0, 50.0, 100.0, 150.0, 150.0, 200.0, 240.0, 450.0, 600.0,
    ];
    let wide = widths.len() == wanted.len()
        && widths
            .iter()
            .zip(wanted)
            .all(|(found, wanted)| (found - wanted).abs() < 1e-6);
    assert!(wide, "{widths:?}");
}

#[test]
fn ends_of_ways_do_not_overlap() {
    let summary = phone_and_email();
    let graph = Graph::of(&summary.variants[0]).expect("there are flows");
    let layout = layout(&graph);
    for (ways, ends) in graph.ways.iter().zip(&layout.ends) {
        for side in [|end: &(f64, f64)| end.0, |end: &(f64, f64)| end.1] {
            let mut spans: Vec<(f64, f64)> = ways
                .iter()
                .zip(ends)
                .map(|(way, end)| (side(end), side(end) + way.issues * layout.scale))
                .collect();
            spans.sort_by(|one, other| one.0.total_cmp(&other.0));
            let apart = |pair: &[(f64, f64)]| pair[0].1 <= pair[1].0 + 1e-6;
            assert!(spans.windows(2).all(apart), "{spans:?}");
        }
    }
}

#[test]
fn many_queues_with_long_names_show_the_largest_and_say_what_is_left_out() {
    for many in [10, 40] {
        let queues: Vec<String> = (0..many)
            .map(|number| format!("queue {number} of a name that is longer than anyone would read"))
            .collect();
        let names: Vec<String> = queues.iter().map(|name| format!("queues.{name}")).collect();
        let mut flows = Vec::new();
        for (number, name) in names.iter().enumerate() {
            let issues = 1_000.0 / (number + 1) as f64;
            let next = &names[(number + 3) % many];
            flows.push(("new", name.as_str(), issues));
            flows.push((name.as_str(), next.as_str(), issues * 0.2));
            flows.push((name.as_str(), "resolved", issues * 0.7));
            flows.push((name.as_str(), "lost", issues * 0.0005));
        }
        let picture = picture(&day(&queues, &flows));
        let left_out = words(&picture).join(" ").contains("narrow ways,");
        assert!(left_out, "{many}");
    }
}

#[test]
fn no_flows_no_picture_and_any_figure_makes_one() {
    let mut summary = phone_and_email();
    summary.variants[0].flows.clear();
    assert_eq!(compose(&summary.scenario, &summary.variants[0]), []);
    for figure in [f64::NAN, f64::INFINITY, -1.0, 0.0] {
        let summary = day(&["phone".to_owned()], &[("new", "queues.phone", figure)]);
        assert_eq!(compose(&summary.scenario, &summary.variants[0]), []);
    }
    for figure in [1e-300, 1.0, 1e9, 1e18, 1e300] {
        picture(&day(
            &["phone".to_owned()],
            &[
                ("new", "queues.phone", figure),
                ("queues.phone", "resolved", figure / 3.0),
                ("queues.phone", "queues.gone", figure),
            ],
        ));
    }
}
