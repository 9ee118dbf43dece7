//! Amounts that arithmetic on the file alone gives.

use super::super::support::run;
use super::{amount, mean};

/// A week in which summer time ends, of a phone queue that nobody calls; `rest` is what stands of its money.
fn silent_week(rest: &str) -> String {
    format!(
        "name = \"money\"\ncurrency = \"EUR\"\n[horizon]\nstart = \"2026-10-19\"\ndays = 7\ntime_zone = \"Europe/Berlin\"\n\
         holidays = [\"2026-10-21\"]\n[queues.phone]\nchannel = \"phone\"\narrivals = {{ per_hour = 0 }}\nhandle_time = \"4m\"\n{rest}"
    )
}

/// To the millionth, of which each amount may be half off.
fn assert_amount(found: f64, expected: f64, what: &str) {
    assert!(
        (found - expected).abs() < 2e-6,
        "{what}: {found}, not {expected}"
    );
}

#[test]
fn a_week_of_pay_is_as_by_hand() {
    let variant = run(
        &silent_week(
            "[currencies]\nPLN = 0.25\n[groups.voice]\nskills = [\"phone\"]\nstaff = 2\nwage = 40\ncurrency = \"PLN\"\n\
             overtime_rate = 1.5\non_cost = 0.2\nturnover = { yearly = 0.4, cost = 0.5 }\n\
             hiring = { cost = 4000, ramp = \"80h\", yearly = 3 }\n[groups.voice.premiums]\n\
             night = { hours = \"22:00-30:00\", share = 0.25 }\nsunday = { hours = { sun = \"always\" }, share = 0.5 }\n\
             holiday = { hours = { holidays = \"00:00-24:00\" }, share = 1.0 }\n",
        ),
        1,
    );
    let lines = &variant.cost.lines;
    // 169 hours, since the clocks go back on Sunday; EUR 10 an hour.
    assert_amount(amount(lines, "wages"), 2.0 * 169.0 * 10.0, "wages");
    assert_amount(amount(lines, "overtime"), 0.0, "overtime");
    // Nights: six hours in the first night to Monday and two each evening, eight in between, one more in the longest; Sunday has 25.
    let nights = 2.0 * (7.0 * 8.0 + 1.0) * 10.0 * 0.25;
    let sunday = 2.0 * 25.0 * 10.0 * 0.5;
    let holiday = 2.0 * 24.0 * 10.0;
    let premiums = nights + sunday + holiday;
    assert_amount(amount(lines, "premiums"), premiums, "premiums");
    let on_cost = (3_380.0 + premiums) * 0.2;
    assert_amount(amount(lines, "on_cost"), on_cost, "on_cost");
    assert_amount(amount(lines, "turnover"), 3_380.0 * 0.4 * 0.5, "turnover");
    // 338 hours are 338 / (40 · 52.178571) agents of a year, of whom 40 % leave; three hires a year beside.
    let years = 169.0 / 8_766.0;
    let hires = 338.0 / (40.0 * 365.25 / 7.0) * 0.4 + 3.0 * years;
    let a_hire = 1_000.0 + 80.0 * 10.0 * 1.2;
    let hiring = amount(lines, "hiring");
    assert!((hiring - hires * a_hire).abs() < 2e-3, "{hiring}");
    let all: f64 = lines.iter().map(|(_, figure)| mean(figure)).sum();
    assert_amount(mean(&variant.cost.total), all, "total");
    assert_eq!(variant.cost.currencies.find("PLN"), Some(&0.25));
}

#[test]
fn what_is_paid_by_the_month_is_a_part_of_it() {
    let text = silent_week(
        "costs = { fixed_per_month = 100 }\n[costs.phone]\nfixed_per_month = 730.5\nlicence_per_month = 36.525\n\
         [groups.voice]\nskills = [\"phone\"]\nstaff = [2, 2, 2, 3]\n[groups.named]\nskills = [\"phone\"]\nstaff = 1\npeople = 12\n\
         [groups.spare]\nskills = []\nstaff = 4\n",
    )
    .replace("days = 7", "days = 7\ninterval = \"6h\"");
    let variant = run(&text, 1);
    let months = 169.0 / (24.0 * 365.25 / 12.0);
    let lines = &variant.cost.lines;
    assert_amount(amount(lines, "fixed"), 830.5 * months, "fixed");
    // At most three at once in the one, twelve people in the other; who may not serve the phone has no licence.
    assert_amount(
        amount(lines, "licences"),
        15.0 * 36.525 * months,
        "licences",
    );
}

#[test]
fn a_warm_up_is_not_paid() {
    let text = silent_week(
        "costs = { fixed_per_month = 1000 }\n[groups.voice]\nskills = [\"phone\"]\nstaff = 3\nwage = 10\n\
         premiums = { night = { hours = \"20:00-24:00\", share = 0.5 } }\n",
    )
    .replace("days = 7", "days = 2\nwarm_up = \"21h 10m\"");
    let lines = run(&text, 1).cost.lines;
    let hours = 48.0 - 21.0 - 1.0 / 6.0;
    assert_amount(amount(&lines, "wages"), 3.0 * hours * 10.0, "wages");
    let nights = 24.0 - 21.0 - 1.0 / 6.0 + 4.0;
    assert_amount(amount(&lines, "premiums"), 3.0 * nights * 5.0, "premiums");
    let months = hours / (24.0 * 365.25 / 12.0);
    assert_amount(amount(&lines, "fixed"), 1_000.0 * months, "fixed");
}

/// An amount in another currency is rounded once, with its price: half a millionth of the scenario's for each unit at most.
#[test]
fn a_rate_is_rounded_once_and_no_more() {
    for (wage, rate) in [(13.37, 0.234_567_8), (0.01, 0.000_123), (999_999.99, 3.3)] {
        let text = silent_week(&format!(
            "[currencies]\nXXX = {rate}\n[groups.voice]\nskills = [\"phone\"]\nstaff = 1\nwage = {wage}\ncurrency = \"XXX\"\n"
        ));
        let found = mean(&run(&text, 1).cost.total);
        let off = (found - 169.0 * wage * rate).abs();
        assert!(off <= 169.0 * 0.5e-6 + 1e-6 + found * 1e-12, "{off}");
    }
}
