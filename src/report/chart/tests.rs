//! What every chart owes its readers.

use std::collections::HashSet;

use super::draw::{Format, compose_all, draw_all};
use super::font;
use super::picture::{Anchor, Area, Mark, Picture, Text};
use crate::queueing::figures::Figures;
use crate::queueing::{Definition, Load, erlang_a};
use crate::report::answers::{Answers, Row};
use crate::report::fixture;
use crate::stats::estimate::Estimate;
use crate::stats::summary::Summary;

/// Composes everything and looks for what must not be: texts over each other or over the edge, places that are no numbers.
fn check(summary: &Summary) -> Vec<(String, Picture)> {
    let all = compose_all(summary);
    let names: HashSet<_> = all.iter().map(|(name, _)| name).collect();
    assert_eq!(names.len(), all.len(), "two pictures of one name");
    for (name, picture) in &all {
        assert!(
            picture.height > 100.0 && picture.height < 6000.0,
            "{name} is {} high",
            picture.height
        );
        picture
            .marks
            .iter()
            .for_each(|mark| check_places(name, mark));
        check_texts(name, picture);
    }
    all
}

pub(super) fn check_places(name: &str, mark: &Mark) {
    let places: Vec<f64> = match mark {
        Mark::Line { points, .. } => points.iter().flat_map(|(x, y)| [*x, *y]).collect(),
        Mark::Band { edges, .. } => edges
            .iter()
            .flat_map(|(x, upper, lower)| [*x, *upper, *lower])
            .collect(),
        Mark::Fill(
            Area {
                left,
                top,
                right,
                bottom,
            },
            _,
        ) => vec![*left, *top, *right, *bottom],
        Mark::Dot { at, .. } | Mark::Text(Text { at, .. }) => vec![at.0, at.1],
    };
    assert!(
        places.iter().all(|place| (0.0..6000.0).contains(place)),
        "{name}: {mark:?}"
    );
}

pub(super) fn check_texts(name: &str, picture: &Picture) {
    let texts: Vec<_> = picture
        .marks
        .iter()
        .filter_map(|mark| match mark {
            Mark::Text(text) => Some((text, area_of(text))),
            Mark::Line { .. } | Mark::Band { .. } | Mark::Fill(..) | Mark::Dot { .. } => None,
        })
        .collect();
    for (at, (text, area)) in texts.iter().enumerate() {
        let inside =
            area.left >= 0.0 && area.right <= picture.width && area.bottom <= picture.height;
        assert!(
            inside,
            "{name}: {:?} leaves the sheet: {area:?}",
            text.words
        );
        for (other, beside) in &texts[at + 1..] {
            let apart = area.right <= beside.left
                || beside.right <= area.left
                || area.bottom <= beside.top
                || beside.bottom <= area.top;
            assert!(
                apart,
                "{name}: {:?} and {:?} overlap",
                text.words, other.words
            );
        }
    }
}

/// The room that a text takes.
fn area_of(text: &Text) -> Area {
    let width = font::width(&text.words, text.em, text.weight);
    let left = match text.anchor {
        Anchor::Start => text.at.0,
        Anchor::Middle => text.at.0 - width / 2.0,
        Anchor::End => text.at.0 - width,
    };
    Area {
        left,
        top: text.at.1 - 0.76 * text.em,
        right: left + width,
        bottom: text.at.1 + 0.24 * text.em,
    }
}

fn text_of(svg: &[u8]) -> String {
    String::from_utf8(svg.to_vec()).expect("an SVG is UTF-8")
}

#[test]
fn a_week_of_five_mixes_has_its_charts() {
    let all = check(&fixture::week());
    let names: Vec<_> = all.iter().map(|(name, _)| name.as_str()).collect();
    assert_eq!(names.len(), 5 * 5 + 1);
    for name in [
        "wait-base",
        "service-level-no-phone",
        "backlog-smaller-budget-10",
        "mixes",
    ] {
        assert!(names.contains(&name), "{name} is not among {names:?}");
    }
}

#[test]
fn a_day_of_one_queue_has_its_charts() {
    let all = check(&fixture::one_day());
    let names: Vec<_> = all.iter().map(|(name, _)| name.as_str()).collect();
    assert_eq!(
        names,
        [
            "wait-base",
            "service-level-base",
            "abandonment-base",
            "occupancy-base"
        ]
    );
}

#[test]
fn an_svg_says_what_it_shows() {
    let mut summary = fixture::week_of(&fixture::sketches());
    summary.variants[0].name = "a <b> & \"c\" ätsch".to_owned();
    let files = draw_all(&summary, &[Format::Svg]).unwrap();
    let svg = text_of(&files[0].1);
    assert_eq!(files[0].0, "wait-a-b-c-ätsch.svg");
    for text in [
        "Wait and response by time of arrival · a &lt;b&gt; &amp; &quot;c&quot; ätsch",
        "mean, with 95 % confidence interval",
        "arrival: day of the week",
        "wait (min)",
        "response, open hours (h)",
        "response (h)",
        "phone",
        "Mon",
    ] {
        assert!(svg.contains(text), "{text:?} is missing");
    }
    assert!(!svg.contains("NaN") && !svg.contains("inf"));
}

#[test]
fn the_same_summary_gives_the_same_bytes() {
    let summary = fixture::one_day();
    let formats = [Format::Svg, Format::Png];
    let files = draw_all(&summary, &formats).unwrap();
    assert_eq!(files, draw_all(&summary, &formats).unwrap());
    let (_, bytes) = files
        .iter()
        .find(|(name, _)| name == "wait-base.png")
        .expect("a PNG was asked for");
    assert!(bytes.starts_with(b"\x89PNG\r\n\x1a\n"));
}

#[test]
fn no_figure_at_all_still_makes_pictures() {
    let mut summary = fixture::week();
    fixture::for_each_estimate(&mut summary, |figure| *figure = Estimate::NONE);
    check(&summary);
    fixture::for_each_estimate(&mut summary, |figure| *figure = Estimate::point(f64::NAN));
    check(&summary);
    assert!(draw_all(&summary, &[Format::Svg, Format::Png]).is_ok());
}

#[test]
fn extreme_figures_make_pictures() {
    for figure in [
        Estimate::around(0.0, 0.0),
        Estimate::around(1e-300, 0.0),
        Estimate::around(-5.0, 1.0),
        Estimate::around(123_456_789.0, 1e9),
        Estimate::around(1e18, 1e17),
        Estimate::around(1e300, 1e308),
        Estimate::between(f64::NEG_INFINITY, 1.0, f64::INFINITY),
    ] {
        let mut summary = fixture::week();
        fixture::for_each_estimate(&mut summary, |own| *own = figure);
        let all = check(&summary);
        assert!(!all.is_empty());
    }
}

#[test]
fn a_single_interval_and_none_make_pictures() {
    for kept in [1, 0] {
        let mut summary = fixture::week();
        for variant in &mut summary.variants {
            variant
                .queues
                .0
                .iter_mut()
                .for_each(|(_, queue)| queue.intervals.truncate(kept));
            variant
                .groups
                .0
                .iter_mut()
                .for_each(|(_, group)| group.intervals.truncate(kept));
        }
        check(&summary);
        assert!(draw_all(&summary, &[Format::Svg, Format::Png]).is_ok());
    }
    let mut summary = fixture::week();
    summary
        .variants
        .iter_mut()
        .for_each(|variant| variant.queues.0.clear());
    check(&summary);
    summary.variants.clear();
    assert_eq!(check(&summary), []);
}

#[test]
fn many_queues_and_long_names_go_on_further_pictures() {
    let four = fixture::sketches();
    let sketches: Vec<_> = (0..27).map(|at| four[at % 4]).collect();
    let mut summary = fixture::week_of(&sketches);
    for (at, (name, _)) in summary.variants[0].queues.0.iter_mut().enumerate() {
        *name = format!(
            "queue number {at} <of a very long & winded name that nobody can read in a hurry>"
        );
    }
    let base = summary.variants[0].clone();
    for number in 1..12 {
        let mut variant = base.clone();
        variant.name =
            format!("a channel mix whose name is far longer than it should be, {number}");
        summary.variants.push(variant);
    }
    let all = check(&summary);
    assert!(all.iter().any(|(name, _)| name == "wait-base_4"));
    assert!(all.iter().any(|(name, _)| name == "mixes_7"));
}

#[test]
fn large_figures_of_mixes_have_their_room() {
    for (mean, shown) in [
        (123_456.0, "123,456"),
        (9_999_999.0, "9,999,999"),
        (123_456_789.0, "123.5 M"),
    ] {
        let mut summary = fixture::week();
        fixture::for_each_estimate(&mut summary, |own| {
            *own = Estimate::around(mean, mean * 0.01);
        });
        summary.variants[1].name = "a channel mix without its phone lines".to_owned();
        let all = check(&summary);
        let (_, mixes) = all.last().expect("mixes come last");
        let has = |words: &str| {
            let is = |mark: &Mark| matches!(mark, Mark::Text(text) if text.words == words);
            mixes.marks.iter().any(is)
        };
        assert!(has(shown), "{shown} is not there in full");
        assert!(has("a channel mix without its") && has("phone lines"));
    }
}

#[test]
fn nobody_who_leaves_and_nobody_there_draw_nothing() {
    let mut summary = fixture::week();
    let variant = &mut summary.variants[0];
    for (_, queue) in &mut variant.queues.0 {
        queue.measures.abandonment = Estimate::around(0.0, 0.0);
        for interval in &mut queue.intervals {
            interval.abandonment = Estimate::around(0.0, 0.0);
        }
    }
    for (_, group) in &mut variant.groups.0 {
        for interval in &mut group.intervals {
            interval.staffed = Estimate::point(0.01);
            interval.occupancy = Estimate::point(1.0);
        }
    }
    let all = check(&summary);
    assert!(all.iter().all(|(name, _)| name != "abandonment-base"));
    let (_, occupancy) = all
        .iter()
        .find(|(name, _)| name == "occupancy-base")
        .expect("groups are shown");
    let empty = |mark: &&Mark| matches!(mark, Mark::Text(text) if text.words == "no figures");
    assert_eq!(occupancy.marks.iter().filter(empty).count(), 3);
}

/// Erlang A with a handle time of a minute and a patience of two, 95 % of the first number of servers.
fn answers(servers: &[u32], target: Option<f64>) -> Answers {
    let load = Load::new(0.95 * f64::from(servers[0]) / 60.0, 60.0).expect("a load");
    let figures = |servers| {
        let queue = erlang_a::solve(load, servers, 120.0).expect("a queue");
        Figures::of(&queue, 20.0, 5.0).expect("times")
    };
    let row = |servers: &u32| Row {
        servers: *servers,
        figures: figures(*servers),
    };
    Answers {
        model: "erlang-a".to_owned(),
        short: "M/M/s+M".to_owned(),
        given: vec![("arrivals".to_owned(), "very many, ".repeat(30))],
        within_s: 20.0,
        definition: Definition::LateAbandons,
        target,
        goals: Vec::new(),
        is_range: true,
        rows: servers.iter().map(row).collect(),
    }
}

#[test]
fn queue_models_have_their_charts_at_any_size() {
    let wide: Vec<u32> = (0..200).map(|step| 90_000 + 50 * step).collect();
    for servers in [&[1][..], &[9, 10, 11], &wide] {
        for target in [None, Some(0.8)] {
            let picture = super::answers::compose(&answers(servers, target));
            picture
                .marks
                .iter()
                .for_each(|mark| check_places("models", mark));
            check_texts("models", &picture);
        }
    }
}

#[test]
fn texts_on_each_other_would_be_found() {
    let mut picture = Picture::new(200.0);
    picture.height = 200.0;
    for x in [50.0, 52.0] {
        picture.text("text", (x, 50.0), Anchor::Start, 12.0, super::palette::INK);
    }
    assert!(std::panic::catch_unwind(|| check_texts("made up", &picture)).is_err());
}

#[test]
fn the_figures_of_one_queue_stand_side_by_side_with_its_target() {
    let mut summary = fixture::one_day();
    let mut second = summary.variants[0].clone();
    second.name = "another".to_owned();
    summary.variants.push(second);
    let all = check(&summary);
    let (_, mixes) = all.last().expect("mixes come last");
    let place = |words: &str| {
        let places = mixes.marks.iter().filter_map(|mark| {
            let Mark::Text(text) = mark else {
                return None;
            };
            (text.words == words).then_some(text.at)
        });
        let places: Vec<_> = places.collect();
        assert_eq!(places.len(), 1, "{words}: {places:?}");
        places[0]
    };
    let heights = ["service level", "wait", "abandonment"].map(|words| place(words).1);
    assert!(
        heights
            .iter()
            .all(|height| height.to_bits() == heights[0].to_bits())
    );
    place("target");
}
