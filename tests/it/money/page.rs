//! The example of docs/costs.md, by hand and as simulated.

use channelmix::stats::summary::{QueueMeasures, VariantSummary};

use super::super::support::run;
use super::{amount, mean};

fn page() -> String {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/docs/costs.md");
    std::fs::read_to_string(path).expect("there is a page")
}

/// The example's figures.
fn example() -> VariantSummary {
    let page = page();
    let (_, rest) = page.split_once("```toml\n").expect("it shows a scenario");
    let (scenario, _) = rest.split_once("```").expect("the block ends");
    run(scenario, 1)
}

fn phone(variant: &VariantSummary) -> &QueueMeasures {
    &variant.queues.0[0].1.measures
}

/// The amount at the end of the row that begins so.
fn shown(page: &str, first: &str) -> f64 {
    let rows = page.lines().filter_map(|line| line.strip_prefix("| "));
    let mut rows = rows.filter(|row| row.starts_with(&format!("{first} |")));
    let row = rows.next().unwrap_or_else(|| panic!("a row of {first}"));
    let last = row.trim_end_matches(" |").rsplit("| ").next();
    last.and_then(|cell| cell.parse().ok()).expect("an amount")
}

fn assert_shown(page: &str, first: &str, found: f64) {
    let shown = shown(page, first);
    assert!(
        (found - shown).abs() <= 0.005,
        "{first}: {found}, shown {shown}"
    );
}

#[test]
fn the_lines_of_the_example_are_as_by_hand() {
    let (page, variant) = (page(), example());
    let voice = &variant.groups.0[0].1.measures;
    let phone = phone(&variant);
    let overtime = mean(&voice.overtime_h);
    let (answered, abandoned) = (mean(&phone.answered), mean(&phone.abandoned));
    let waited = mean(&phone.wait_s.mean) * (answered + abandoned);
    let waited_to_talk = mean(&phone.asa_s) * answered;
    let connected = mean(&phone.sojourn_s.mean) * answered + waited - waited_to_talk;
    let paid = 1_680.0 + overtime * 25.0 + 56.0;
    let hires = 84.0 / (40.0 * 365.25 / 7.0) * 0.3;
    let by_hand = [
        ("wages", 7.0 * 12.0 * 20.0),
        ("overtime", overtime * 20.0 * 1.25),
        ("premiums", 7.0 * 2.0 * 20.0 * 0.2),
        ("on_cost", paid * 0.22),
        ("turnover", 1_680.0 * 0.3 * 0.2),
        ("hiring", hires * (3_000.0 + 120.0 * 20.0 * 1.22)),
        ("licences", 7.0 * 45.0 * 12.0 / 365.25),
        ("telephony", connected / 60.0 * 0.02),
        ("platform", (answered + abandoned) * 0.15),
        ("fixed", 600.0 * 12.0 / 365.25),
    ];
    let lines = &variant.cost.lines;
    assert_eq!(lines.iter().count(), by_hand.len());
    for (line, expected) in by_hand {
        let found = amount(lines, line);
        let off = (found - expected).abs();
        assert!(off < 3e-3, "{line}: {found}, by hand {expected}");
        assert_shown(&page, &format!("`{line}`"), found);
    }
}

#[test]
fn what_the_lines_of_the_example_add_up_to_is_as_shown() {
    let (page, variant) = (page(), example());
    let (cost, phone) = (&variant.cost, phone(&variant));
    let value = variant.value.as_ref().expect("it is assumed");
    let issues = &variant.issues.as_ref().expect("followed").measures;
    let (total, value) = (mean(&cost.total), &value.total);
    let level = 100.0 * mean(&phone.service_level);
    let lost = |line| amount(&value.lost_lines, line);
    let sums = [
        (
            "total",
            total,
            cost.lines.iter().map(|(_, figure)| mean(figure)).sum(),
        ),
        (
            "a contact",
            mean(&cost.per_contact),
            total / mean(&phone.answered),
        ),
        (
            "a resolution",
            mean(&cost.per_resolution),
            total / mean(&issues.resolved),
        ),
        (
            "a point of service level",
            mean(&cost.per_service_level_point),
            total / level,
        ),
        (
            "`abandoned`",
            lost("abandoned"),
            mean(&phone.abandoned) * 2.0,
        ),
        (
            "`churn`",
            lost("churn"),
            mean(&value.customers_lost) * 150.0,
        ),
        ("lost", mean(&value.lost), lost("abandoned") + lost("churn")),
        (
            "cost + value lost − revenue",
            mean(&value.net_cost),
            total + mean(&value.lost),
        ),
    ];
    for (name, found, expected) in sums {
        let off = (found - expected).abs();
        assert!(off < 1e-6, "{name}: {found}, by hand {expected}");
        assert_shown(&page, name, found);
    }
}

#[test]
fn what_the_example_counts_is_as_shown() {
    let (page, variant) = (page(), example());
    let phone = phone(&variant);
    let issues = &variant.issues.as_ref().expect("followed").measures;
    let facts = [
        (&phone.offered, "800 calls"),
        (&phone.answered, "738 are answered"),
        (&phone.abandoned, "53 abandon"),
        (&phone.blocked, "9 come at the door"),
        (&issues.resolved, "593 issues are resolved"),
        (&issues.lost, "134 given up"),
    ];
    for (figure, words) in facts {
        let number = words.split(' ').next().and_then(|word| word.parse().ok());
        assert_eq!(figure.mean, number, "{words}");
        assert!(page.contains(words), "{words}");
    }
}
