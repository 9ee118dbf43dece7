//! The page and the workbook: read back, held against the summary they were made of.
#![cfg(feature = "xlsx")]

use std::io::Cursor;

use calamine::{Data, Reader, Xlsx};
use channelmix::report::{Material, json, page, table, workbook};
use channelmix::scenario::Scenario;
use channelmix::scenario::model::{Compiled, Stopping};
use channelmix::sim::parallel::Workers;
use channelmix::stats::estimate::Estimate;
use channelmix::stats::summary::Summary;
use channelmix::study::marginal::{Margin, Marginal};
use channelmix::study::run::Study;
use serde_json::Value;

/// Phone and e-mail over two days, in mixes whose names would break a page or a formula that does not mind them.
const TEXT: &str = r#"
name     = "Tom & Jerry's </script> centre"
currency = "EUR"

[horizon]
start    = "2026-09-07"
days     = 2
interval = "1h"

[queues.phone]
channel     = "phone"
open        = "08:00-18:00"
arrivals    = { per_hour = 40 }
handle_time = { dist = "exponential", mean = "4m" }
patience    = { dist = "exponential", mean = "2m" }
target      = { share = 0.8, within = "20s" }

[queues.email]
channel     = "email"
arrivals    = { per_hour = 6 }
handle_time = { dist = "lognormal", mean = "6m", cv = 1.0 }
target      = { share = 0.9, within = "6h" } # as the board wants it

[groups.voice]
skills = ["phone"]
staff  = 4
wage   = 19.5

[groups.office]
skills = ["email"]
staff  = 2
wage   = 17.25

[[variants]]
name   = "<b>no \"phone\"</b>"
remove = ["queues.phone"]
moves  = { phone = { email = 0.5 } }

[[variants]]
name = "dearer"
set  = { "groups.voice.wage" = 30, "groups.voice.staff" = 3 }
"#;

struct Made {
    scenario: Scenario,
    compiled: Compiled,
    summary: Summary,
    marginal: Marginal,
}

fn made_of(text: &str) -> Made {
    let scenario = Scenario::parse(text, "test.toml", |_| Err("no data here".to_owned()));
    let scenario = scenario.unwrap_or_else(|problems| panic!("{problems}"));
    let compiled = scenario
        .compile()
        .unwrap_or_else(|problems| panic!("{problems}"));
    let workers = Workers::new(2).expect("two threads");
    let summary = summary_of(&compiled, 6);
    let marginal = Margin::new(&compiled, &compiled.variants[0], None)
        .expect("few queues")
        .run(Stopping::Replications(6), &workers, &|| ())
        .expect("the run ends");
    Made {
        scenario,
        compiled,
        summary,
        marginal,
    }
}

fn summary_of(compiled: &Compiled, replications: u64) -> Summary {
    let workers = Workers::new(2).expect("two threads");
    Study::new(compiled, |_| true, None)
        .run(Stopping::Replications(replications), &workers, &|| ())
        .expect("the run ends")
}

fn made() -> Made {
    made_of(TEXT)
}

impl Made {
    fn material(&self) -> Material<'_> {
        Material {
            summary: &self.summary,
            marginal: Some(&self.marginal),
            scenario: &self.scenario,
            compiled: &self.compiled,
        }
    }

    fn page(&self) -> String {
        let mut out = Vec::new();
        page::write(&self.material(), &mut out).expect("memory takes anything");
        String::from_utf8(out).expect("UTF-8")
    }

    fn workbook(&self) -> Xlsx<Cursor<Vec<u8>>> {
        let bytes = workbook::write(&self.material()).expect("it fits");
        Xlsx::new(Cursor::new(bytes)).expect("a workbook")
    }

    fn document(&self) -> Value {
        let mut out = Vec::new();
        json::write(&self.summary, Some(&self.marginal), &mut out).expect("memory takes anything");
        serde_json::from_slice(&out).expect("JSON")
    }
}

/// What stands between two marks.
fn between<'a>(text: &'a str, start: &str, end: &str) -> &'a str {
    let after = text.split_once(start).expect("it begins").1;
    after.split_once(end).expect("it ends").0
}

fn data_of(page: &str) -> Value {
    let text = between(
        page,
        r#"<script type="application/json" id="data">"#,
        "</script>",
    );
    serde_json::from_str(text).expect("the page's figures are JSON")
}

/// The page without the charting library, whose comments name its home.
fn own_part(page: &str) -> String {
    let library = include_str!("../../assets/echarts/echarts.min.js");
    let own = page.replace(library, "");
    assert!(
        own.len() + library.len() == page.len(),
        "the library is embedded once, unchanged"
    );
    own
}

#[test]
fn the_page_is_one_file_that_asks_for_nothing() {
    let page = made().page();
    let own = own_part(&page);
    for forbidden in [
        "http:",
        "https:",
        "//cdn",
        "@import",
        "url(",
        " src=",
        "fetch(",
        "XMLHttpRequest",
        "import(",
    ] {
        assert!(!own.contains(forbidden), "{forbidden}");
    }
    let links = own.split(" href=\"").skip(1);
    let links: Vec<&str> = links.map(|rest| rest.split('"').next().unwrap()).collect();
    assert!(links.len() > 5);
    assert!(
        links
            .iter()
            .all(|link| link.starts_with('#') || *link == "data:,"),
        "{links:?}"
    );
    assert!(own.contains("default-src 'none'"));
}

#[test]
fn the_page_has_the_figures_of_the_json_document() {
    let made = made();
    let mut document = made.document();
    let data = data_of(&made.page());
    for variant in document["variants"].as_array_mut().unwrap() {
        for kind in ["queues", "groups"] {
            for thing in variant[kind].as_object_mut().unwrap().values_mut() {
                thing["intervals"] = Value::Array(Vec::new());
            }
        }
    }
    assert_eq!(data["variants"], document["variants"]);
    assert_eq!(data["scenario"], document["scenario"]);
}

#[test]
fn the_intervals_of_the_page_are_those_of_the_json_document_in_four_digits() {
    let made = made();
    let (document, data) = (made.document(), data_of(&made.page()));
    let mut compared = 0;
    for (variant, columns) in document["variants"]
        .as_array()
        .unwrap()
        .iter()
        .zip(data["intervals"].as_array().unwrap())
    {
        for kind in ["queues", "groups"] {
            for (name, figures) in columns[kind].as_object().unwrap() {
                let rows = variant[kind][name]["intervals"].as_array().unwrap();
                assert_eq!(rows.len(), data["slots"].as_array().unwrap().len());
                for (figure, column) in figures.as_object().unwrap() {
                    for (part, values) in column.as_object().unwrap() {
                        for (value, row) in values.as_array().unwrap().iter().zip(rows) {
                            let (short, exact) = (value.as_f64(), row[figure][part].as_f64());
                            assert_eq!(short.is_some(), exact.is_some(), "{name} {figure}");
                            let (short, exact) = (short.unwrap_or(0.0), exact.unwrap_or(0.0));
                            assert!(
                                (short - exact).abs() <= 5.1e-4 * exact.abs(),
                                "{name} {figure} {short} {exact}"
                            );
                            compared += 1;
                        }
                    }
                }
            }
        }
    }
    assert!(compared > 3_000, "{compared}");
}

#[test]
fn every_printed_figure_stands_in_a_table_of_the_page() {
    let made = made();
    let page = made.page();
    let mut printed = Vec::new();
    table::write(&made.summary, &mut printed).expect("memory takes anything");
    let printed = String::from_utf8(printed).unwrap();
    let rows = printed.lines().filter(|line| {
        [" phone", " email", " voice", " office"]
            .iter()
            .any(|name| line.starts_with(name))
    });
    let mut found = 0;
    for row in rows {
        for cell in row
            .split("  ")
            .map(str::trim)
            .filter(|cell| cell.contains('±'))
        {
            assert!(
                page.contains(&format!("<td>{cell}</td>")),
                "{cell} of {row}"
            );
            found += 1;
        }
    }
    assert!(found > 100, "{found}");
}

#[test]
fn who_is_worth_its_cost_is_told_as_compare_tells_it() {
    let made = made();
    let page = made.page();
    let table = between(&page, "Which mixes are worth their cost", "</table>");
    let mut sheet = made.workbook();
    let mixes = rows(&mut sheet, "Mixes");
    let column = mixes[0]
        .iter()
        .position(|head| *head == "Cost against in time");
    for mix in &made.summary.frontiers[0].mixes {
        let word = match mix.standing.word() {
            "perhaps_efficient" => "efficient?",
            "perhaps_dominated" => "dominated?",
            word => word,
        };
        assert!(table.contains(&format!("<td>{word}")), "{word}: {table}");
        let mut rows = mixes.iter().skip(1);
        let row = rows.find(|row| row[0] == *mix.name).expect("a row a mix");
        let wanted = mix.standing.word().replace('_', " ");
        assert_eq!(row[column.expect("a column")].to_string(), wanted);
    }
    let document = made.document();
    assert_eq!(data_of(&page)["frontiers"], document["frontiers"]);
    assert_eq!(document["frontiers"][0]["gain"], "demand.in_time_share");
    assert_eq!(document["frontiers"][1]["gain"], "demand.lost");
}

#[test]
fn what_one_agent_buys_stands_on_the_page_and_in_the_workbook() {
    let made = made();
    let page = made.page();
    let section = between(&page, "<section id=\"margin\"", "</section>");
    assert!(
        section.contains("One agent more in voice costs EUR 936"),
        "{section}"
    );
    let sheet = rows(&mut made.workbook(), "One agent");
    assert_eq!(sheet.len(), 1 + made.marginal.steps.len());
    for (row, step) in sheet.iter().skip(1).zip(&made.marginal.steps) {
        assert!(row[0] == *step.group && is_near(number(&row[1]), f64::from(step.agents)));
        // 48 hours at 19.50 or 17.25, be it more or fewer.
        let wage = if step.group == "voice" { 19.5 } else { 17.25 };
        assert!(is_near(
            number(&row[2]),
            f64::from(step.agents) * 48.0 * wage
        ));
    }
    assert_eq!(made.document()["marginal"]["variant"], "base");
    // Where nobody asked, nothing is said.
    let without = Material {
        marginal: None,
        ..made.material()
    };
    let mut out = Vec::new();
    page::write(&without, &mut out).expect("memory takes anything");
    assert!(!String::from_utf8(out).unwrap().contains("id=\"margin\""));
}

#[test]
fn one_replication_claims_nothing_that_it_cannot_know() {
    let mut made = made();
    made.summary = summary_of(&made.compiled, 1);
    let without = Material {
        marginal: None,
        ..made.material()
    };
    let mut out = Vec::new();
    page::write(&without, &mut out).expect("memory takes anything");
    let page = String::from_utf8(out).unwrap();
    for wanted in [
        "One replication was simulated, so nothing says how sure these figures are.",
        "One replication was simulated: efficient and dominated go by its figures alone",
    ] {
        assert!(page.contains(wanted), "{wanted}");
    }
    let short = between(&page, "<section id=\"short\"", "</section>");
    for forbidden in [
        "The cheapest mix that keeps every promise",
        "with 95 %",
        "costs as much",
    ] {
        assert!(!short.contains(forbidden), "{forbidden}: {short}");
    }
}

#[test]
fn no_name_breaks_the_page() {
    let page = made().page();
    let own = own_part(&page);
    assert!(!own.contains("<b>no") && !own.contains("Jerry's </script>"));
    assert_eq!(own.matches("<script").count(), 3);
    assert_eq!(own.matches("</script>").count(), 3);
    let data = data_of(&page);
    assert_eq!(data["variants"][1]["name"], "<b>no \"phone\"</b>");
}

#[test]
fn sections_and_assumptions_are_there() {
    let made = made();
    let page = made.page();
    let sections = [
        "short",
        "mixes",
        "frontier",
        "margin",
        "steps",
        "detail",
        "assumptions",
        "definitions",
        "basis",
    ];
    let places: Vec<_> = sections
        .iter()
        .map(|id| page.find(&format!("<section id=\"{id}\"")))
        .collect();
    assert!(
        places.iter().all(Option::is_some) && places.is_sorted(),
        "{places:?}"
    );
    let table = between(&page, "Every key of the scenario file", "</table>");
    for input in made.scenario.inputs() {
        let key = input
            .key
            .replace('<', "&#60;")
            .replace('>', "&#62;")
            .replace('"', "&#34;");
        assert!(table.contains(&key), "{key}");
    }
    assert!(table.contains("as the board wants it"));
    assert!(page.contains(concat!("channelmix ", env!("CARGO_PKG_VERSION"))));
}

#[test]
fn one_mix_without_wages_has_no_sections_of_money_and_mixes() {
    let text = TEXT.split("[[variants]]").next().unwrap();
    let text = text
        .replace("wage   = 19.5", "")
        .replace("wage   = 17.25", "");
    let made = made_of(&text);
    let page = made.page();
    for absent in ["id=\"frontier\"", "id=\"steps\"", "id=\"spend\"", "Cost of"] {
        assert!(!own_part(&page).contains(absent), "{absent}");
    }
    let names = made.workbook().sheet_names();
    assert!(
        !names
            .iter()
            .any(|name| name.contains("Costs") || name == "Wages"),
        "{names:?}"
    );
}

#[test]
fn the_same_report_is_the_same_file() {
    let made = made();
    assert!(made.page() == made.page());
    let bytes = workbook::write(&made.material()).expect("it fits");
    assert!(bytes == workbook::write(&made.material()).expect("it fits"));
    // The time in a zip file's first header: none, on the first day that it knows.
    assert_eq!(bytes[..4], *b"PK\x03\x04");
    assert_eq!(bytes[10..14], [0, 0, 0x21, 0]);
}

fn number(value: &Data) -> f64 {
    match value {
        Data::Float(number) => *number,
        Data::Int(number) => *number as f64,
        other => panic!("no number: {other:?}"),
    }
}

fn rows(book: &mut Xlsx<Cursor<Vec<u8>>>, sheet: &str) -> Vec<Vec<Data>> {
    let range = book
        .worksheet_range(sheet)
        .unwrap_or_else(|error| panic!("{sheet}: {error}"));
    range.rows().map(<[Data]>::to_vec).collect()
}

fn is_near(a: f64, b: f64) -> bool {
    (a - b).abs() <= 1e-6 * b.abs().max(1.0)
}

#[test]
fn numbers_of_the_workbook_are_those_of_the_summary() {
    let made = made();
    let mut book = made.workbook();
    assert_eq!(
        book.sheet_names(),
        [
            "Summary",
            "Mixes",
            "Queues",
            "Groups",
            "One agent",
            "Intervals",
            "Staffing",
            "Wages",
            "Costs",
            "Queue costs",
            "Assumptions",
            "Definitions"
        ]
    );
    let queues = rows(&mut book, "Queues");
    let column = |name: &str| {
        queues[0]
            .iter()
            .position(|head| head == name)
            .unwrap_or_else(|| panic!("{name}: {:?}", queues[0]))
    };
    let mut row = queues.iter().skip(1);
    for variant in &made.summary.variants {
        for (name, queue) in variant.queues.iter() {
            let cells = row.next().expect("a row a queue");
            assert_eq!(
                (cells[0].to_string(), cells[1].to_string()),
                (variant.name.clone(), name.to_owned())
            );
            let figures: [(&str, Estimate); 3] = [
                ("Offered", queue.measures.offered),
                ("Service level", queue.measures.service_level),
                ("Wait p90, s", queue.measures.wait_s.p90),
            ];
            for (heading, figure) in figures {
                assert!(
                    is_near(number(&cells[column(heading)]), figure.mean.unwrap()),
                    "{heading}"
                );
            }
            let upper = number(&cells[column("Service level, upper 95 %")]);
            assert!(is_near(upper, queue.measures.service_level.hi.unwrap()));
        }
    }
    assert!(row.next().is_none());
    let intervals = rows(&mut book, "Intervals").len() - 1;
    let all: usize = made
        .summary
        .variants
        .iter()
        .flat_map(|variant| variant.queues.iter())
        .map(|(_, queue)| queue.intervals.len())
        .sum();
    assert_eq!(intervals, all);
}

#[test]
fn costs_of_the_workbook_are_formulas_whose_results_are_those_of_the_run() {
    let made = made();
    let mut book = made.workbook();
    let formulas = book.worksheet_formula("Costs").expect("formulas");
    let formula = |row: u32, column: u32| {
        formulas
            .get_value((row, column))
            .cloned()
            .unwrap_or_default()
    };
    assert_eq!(formula(1, 3), "'Wages'!$B$2");
    assert_eq!(
        (formula(1, 5), formula(1, 7)),
        ("C2*D2*E2".to_owned(), "F2+G2".to_owned())
    );
    let costs = rows(&mut book, "Costs");
    let dearer = costs
        .iter()
        .position(|row| row[0] == "dearer" && row[1] == "voice")
        .expect("a row");
    let own_wage = u32::try_from(dearer).unwrap();
    assert_eq!(formula(own_wage, 3), "", "a wage of its own is no formula");
    assert!(is_near(number(&costs[dearer][3]), 30.0));
    let wages = rows(&mut book, "Wages");
    assert!(is_near(number(&wages[1][1]), 19.5) && is_near(number(&wages[2][1]), 17.25));
    let mixes = rows(&mut book, "Mixes");
    let shares = rows(&mut book, "Queue costs");
    for (variant, mix) in made.summary.variants.iter().zip(&mixes[1..]) {
        let total = variant.cost.total.mean.unwrap();
        assert!(is_near(number(&mix[1]), total));
        let of_mix = |row: &&Vec<Data>| row[0] == variant.name.as_str();
        for row in costs.iter().filter(of_mix) {
            let cost = variant
                .cost
                .groups
                .find(&row[1].to_string())
                .and_then(|cost| cost.mean)
                .unwrap();
            assert!(is_near(
                number(&row[2]) * number(&row[3]) * number(&row[4]) + number(&row[6]),
                number(&row[7])
            ));
            assert!(is_near(number(&row[7]), cost));
        }
        let sum: f64 = costs.iter().filter(of_mix).map(|row| number(&row[7])).sum();
        assert!(is_near(sum + number(&mix[2]), total));
        let share: f64 = shares
            .iter()
            .filter(of_mix)
            .map(|row| number(&row[2]))
            .sum();
        assert!(is_near(share, 1.0));
    }
    let of_mixes = book.worksheet_formula("Mixes").expect("formulas");
    assert_eq!(
        of_mixes.get_value((2, 1)).unwrap(),
        "SUMIFS('Costs'!$H$2:$H$7,'Costs'!$A$2:$A$7,$A3)+C3"
    );
}
