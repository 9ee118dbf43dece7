//! Money: what costs are by arithmetic, that nothing of them is lost on the way to queues and channels, and what is assumed to be worth what.

use channelmix::finance::cost;
use channelmix::ids::{GroupId, Id, QueueId};
use channelmix::scenario::model::Variant;
use channelmix::sim::observer::Outcome;
use channelmix::stats::counts::Counts;
use channelmix::stats::estimate::Estimate;
use channelmix::stats::moments::Counters;
use channelmix::stats::money_counts::MoneyTotals;
use channelmix::stats::summary::{Named, VariantSummary};
use channelmix::time::SimTime;
use proptest::prelude::*;

use super::properties::record::{Record, Told};
use super::support::{compiled, run, summary};

/// A week in which summer time ends, of a phone queue that nobody calls; `rest` is what stands of its money.
fn silent_week(rest: &str) -> String {
    format!(
        "name = \"money\"\ncurrency = \"EUR\"\n[horizon]\nstart = \"2026-10-19\"\ndays = 7\ntime_zone = \"Europe/Berlin\"\n\
         holidays = [\"2026-10-21\"]\n[queues.phone]\nchannel = \"phone\"\narrivals = {{ per_hour = 0 }}\nhandle_time = \"4m\"\n{rest}"
    )
}

fn mean(estimate: &Estimate) -> f64 {
    estimate.mean.expect("a mean")
}

fn amount(lines: &Named<Estimate>, line: &str) -> f64 {
    lines.find(line).map_or(0.0, mean)
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

/// Two queues and two groups, one of them somebody else's; `rest` comes after them.
fn busy_day(rest: &str) -> String {
    format!(
        "name = \"money\"\ncurrency = \"EUR\"\n[horizon]\nstart = \"2026-09-07\"\ndays = 2\nwarm_up = \"5h\"\n\
         [costs.phone]\nper_minute = 0.03\nper_contact = 0.1\n[queues.phone]\nchannel = \"phone\"\narrivals = {{ per_hour = 40 }}\n\
         handle_time = {{ dist = \"exponential\", mean = \"4m\" }}\nwrap_up = \"30s\"\n\
         patience = {{ dist = \"exponential\", mean = \"2m\" }}\ntarget = {{ share = 0.8, within = \"20s\" }}\n\
         value = {{ abandoned = 2, late = 1.5, churn = {{ at_risk = 300, answered = [[\"20s\", 0.01], [\"5m\", 0.05]], abandoned = 0.08 }} }}\n\
         [queues.email]\nchannel = \"email\"\narrivals = {{ per_hour = 12 }}\nhandle_time = \"6m\"\nwrap_up = \"1m\"\n\
         costs = {{ per_minute = 0.5, minutes = \"talk\" }}\ntarget = {{ share = 0.9, within = \"6m\" }}\n\
         value = {{ late = 7, converts = {{ share = [[\"0s\", 0.5], [\"2h\", 0.1]], revenue = 10 }} }}\n\
         [groups.own]\nskills = [\"phone\", \"email\"]\nstaff = [3, 1, 3, 0]\nwage = 20\novertime_rate = 2\nat_once = {{ email = 2 }}\npace = [1.0, 0.7]\n\
         [groups.partner]\nskills = [\"phone\", \"email\"]\nstaff = [1, 0, 2, 1]\noutsourced = {{ per_contact = 3.5, per_minute = 0.25 }}\n{rest}"
    )
    .replace("days = 2", "days = 2\ninterval = \"6h\"")
}

fn priced(variant: &Variant, index: u64) -> Record {
    let mut record = Record::of(variant, 7, index);
    cost::price(&variant.model, &mut record.counts);
    record
}

const PHONE: usize = 0;
const EMAIL: usize = 1;

#[test]
fn minutes_and_contacts_are_those_of_the_contacts_told() {
    let compiled = compiled(&busy_day(""));
    let variant = &compiled.variants[0];
    let warm_up = variant.model.warm_up;
    for index in 0..3 {
        let record = priced(variant, index);
        let (mut minutes, mut contacts, mut handled) = ([0_i128; 2], 0, [[0_i128; 2]; 2]);
        for (at, contact, outcome) in record.endings() {
            if contact.came_at < warm_up {
                continue;
            }
            let queue = contact.queue.index();
            let (until, from) = match (outcome, queue) {
                (Outcome::Answered, PHONE) => (contact.replied_at, contact.arrived_at),
                (Outcome::Answered, _) => (contact.replied_at, contact.started_at),
                (Outcome::Abandoned, PHONE) => (at, contact.arrived_at),
                _ => continue,
            };
            minutes[queue] += i128::from(until.since(from).0);
            contacts += i128::from(queue == PHONE);
            if outcome == Outcome::Answered {
                handled[group_of(&record, contact.key)][queue] += 1;
            }
        }
        let money = &record.counts.money;
        let phone = &money.queues[QueueId(0)];
        let email = &money.queues[QueueId(1)];
        assert_eq!(
            phone.telephony,
            (minutes[PHONE] * 30_000 + 30_000_000) / 60_000_000
        );
        assert_eq!(
            email.telephony,
            (minutes[EMAIL] * 500_000 + 30_000_000) / 60_000_000
        );
        assert_eq!(phone.platform, contacts * 100_000);
        let partner = &record.counts.groups[GroupId(1)].agent_time;
        for (queue, totals) in [(0_u32, phone), (1, email)] {
            let time = partner[QueueId(queue)];
            let by_minute = (time * 250_000 + 30_000_000) / 60_000_000;
            let by_contact = handled[1][queue as usize] * 3_500_000;
            assert_eq!(totals.outsourced, by_minute + by_contact);
            assert!(by_contact > 0, "nothing outsourced proves nothing");
        }
    }
}

/// The group that last began a contact.
fn group_of(record: &Record, key: u64) -> usize {
    let begun = record.log.iter().rev().find_map(|(_, told)| match told {
        Told::Started { contact, group, .. } if contact.key == key => Some(group.index()),
        _ => None,
    });
    begun.expect("who is answered was begun")
}

#[test]
fn chances_follow_the_waits_told() {
    let compiled = compiled(&busy_day(""));
    let variant = &compiled.variants[0];
    let record = priced(variant, 0);
    let line = |wait: i128, [(from, low), (to, high)]: [(i128, i128); 2]| {
        let wait = wait.clamp(from, to);
        // Rounded down where it rises, up where it falls.
        if high > low {
            low + (high - low) * (wait - from) / (to - from)
        } else {
            low - (low - high) * (wait - from) / (to - from)
        }
    };
    let second = 1_000_000;
    let (mut churn, mut conversion, mut abandoned) = (0, 0, 0);
    for (_, contact, outcome) in record.endings() {
        if contact.came_at < variant.model.warm_up {
            continue;
        }
        let wait = |until: SimTime| i128::from(until.since(contact.arrived_at).0);
        match (contact.queue.index(), outcome) {
            (PHONE, Outcome::Answered) => {
                let curve = [(20 * second, 10_000), (300 * second, 50_000)];
                churn += line(wait(contact.started_at), curve);
            }
            (PHONE, Outcome::Abandoned) => {
                churn += 80_000;
                abandoned += 1;
            }
            (EMAIL, Outcome::Answered) => {
                let curve = [(0, 500_000), (7_200 * second, 100_000)];
                conversion += line(wait(contact.replied_at), curve);
            }
            _ => {}
        }
    }
    let money = &record.counts.money;
    let (phone, email) = (&money.queues[QueueId(0)], &money.queues[QueueId(1)]);
    assert_eq!(phone.churned, churn);
    assert_eq!(phone.lost_churn, churn * 300);
    assert_eq!(phone.lost_abandoned, abandoned * 2_000_000);
    assert_eq!(email.revenue, conversion * 10);
    let totals = &record.counts.queues[QueueId(1)].totals;
    let late = totals.level_answered - totals.level_in_time + totals.level_late;
    assert_eq!(email.lost_late, late * 7_000_000);
    assert!(churn > 0 && conversion > 0 && abandoned > 0 && late > 0);
    assert_eq!(money.total.cost, record.counts.demand.cost);
}

#[test]
fn overtime_of_its_own_rate_is_a_line_of_its_own() {
    let plain = busy_day("").replace("overtime_rate = 2\n", "");
    let [with, without] = [busy_day(""), plain].map(|text| {
        let compiled = compiled(&text);
        priced(&compiled.variants[0], 0).counts.money.groups[GroupId(0)]
    });
    assert_eq!(without.overtime, 0);
    let overtime = without.wages - with.wages;
    assert!(overtime > 0, "there is none");
    assert!(
        (with.overtime - 2 * overtime).abs() <= 3,
        "{with:?} {without:?}"
    );
}

#[test]
fn who_finds_no_queue_is_worth_what_the_removed_queue_says() {
    let text = busy_day(
        "[[variants]]\nname = \"no phone\"\nremove = [\"queues.phone\"]\nmoves = { phone = { email = 0.4 } }\n",
    )
    .replace("value = { abandoned = 2,", "value = { blocked = 3,")
    .replace("abandoned = 0.08", "blocked = 0.1");
    let compiled = compiled(&text);
    let variant = &compiled.variants[1];
    let record = priced(variant, 0);
    let turned = record
        .log
        .iter()
        .filter(|(at, told)| matches!(told, Told::TurnedAway(_)) && *at >= variant.model.warm_up);
    let turned = turned.count() as i128;
    assert!(turned > 0);
    let money = &record.counts.money;
    assert_eq!(money.turned_away.lost_blocked, turned * 3_000_000);
    assert_eq!(money.turned_away.lost_churn, turned * 30_000_000);
    assert_eq!(money.total.lost_churn, money.turned_away.lost_churn);
    let variant = summary(&text, 1).variants.swap_remove(1);
    let value = variant.value.expect("it is assumed");
    assert!(
        value.assumed
            && value
                .assumptions
                .iter()
                .any(|line| line.starts_with("phone: "))
    );
    assert!(mean(&value.turned_away.lost) > 0.0);
}

#[test]
fn batches_of_a_replication_add_up_to_it() {
    let text = busy_day("").replace("warm_up = \"5h\"", "").replace(
        "wage = 20\n",
        "wage = 20\non_cost = 0.2\npremiums = { night = { hours = \"20:00-30:00\", share = 0.3 } }\n",
    );
    let whole = run(&text, 1);
    let batched = run(
        &format!("{text}[run]\nbatch_days = 1\nreplications = 1\n"),
        1,
    );
    for (line, figure) in whole.cost.lines.iter() {
        let of_batches = 2.0 * amount(&batched.cost.lines, line);
        // Time at agents is cut where the batch ends, so that minutes are rounded twice.
        assert!(
            (mean(figure) - of_batches).abs() < 1e-5,
            "{line}: {figure:?} {of_batches}"
        );
    }
    assert!(whole.cost.lines.iter().count() >= 5);
    let lost =
        |variant: &VariantSummary| mean(&variant.value.as_ref().expect("assumed").total.lost);
    assert!((lost(&whole) - 2.0 * lost(&batched)).abs() < 1e-5);
}

#[test]
fn where_nothing_is_assumed_nothing_is_said_of_value() {
    let text = busy_day("");
    let plain: Vec<&str> = text
        .lines()
        .filter(|line| !line.starts_with("value"))
        .collect();
    let variant = run(&plain.join("\n"), 1);
    assert!(variant.value.is_none());
    let json = serde_json::to_string(&variant).expect("JSON");
    assert!(!json.contains("assumed"));
}

/// Random prices on a centre with retries, a bot, transfers and unresolved issues.
fn prices() -> impl Strategy<Value = String> {
    let price = || 0_u32..100_000;
    let of = prop::collection::vec(price(), 16);
    (of, any::<[bool; 3]>(), 0_u32..100).prop_map(|(prices, [by_issue, outsourced, bot], rate)| {
        let of = |at: usize| f64::from(prices[at]) / 997.0;
        let churn = if by_issue {
            "resolved = [[\"0s\", 0.001], [\"9m\", 0.2]], lost = 0.3"
        } else {
            "answered = [[\"1s\", 0.0], [\"3m\", 0.1], [\"9m\", 0.11]], abandoned = [[\"1m\", 0.2], [\"2m\", 0.3]], blocked = 1"
        };
        let partner = if outsourced {
            format!("outsourced = {{ per_contact = {}, per_minute = {} }}", of(0), of(1))
        } else {
            format!("wage = {}\non_cost = 0.237\ncurrency = \"CHF\"", of(2))
        };
        let bot = if bot {
            format!(
                "[bots.ada]\nqueues = [\"phone\"]\nsession = \"1m\"\nresolved = 0.3\ngave_up = 0.1\ncost_per_session = {}\n",
                of(3) / 10.0
            )
        } else {
            String::new()
        };
        format!(
            "name = \"prices\"\ncurrency = \"EUR\"\ncurrencies = {{ CHF = {} }}\n[horizon]\nstart = \"2026-09-07\"\ndays = 1\n\
             interval = \"2h\"\nwarm_up = \"3h\"\n\
             [costs.phone]\nper_minute = {}\nper_contact = {}\nfixed_per_month = {}\nlicence_per_month = {}\n\
             [costs.email]\nfixed_per_month = {}\n\
             [queues.phone]\nchannel = \"phone\"\nopen = \"04:00-20:00\"\narrivals = {{ per_hour = 30 }}\nhandle_time = \"6m\"\n\
             patience = \"3m\"\nretry = {{ chance = 0.6, delay = \"10m\", to = {{ email = 0.3 }}, at_most = 2 }}\n\
             resolution = {{ share = 0.7, delay = \"1h\" }}\ntarget = {{ share = 0.8, within = \"20s\" }}\n\
             value = {{ abandoned = {}, blocked = {}, late = {}, lost = {}, churn = {{ at_risk = {}, {churn} }} }}\n\
             [queues.email]\nchannel = \"email\"\narrivals = {{ per_hour = 5 }}\nhandle_time = \"8m\"\ncosts = {{ fixed_per_month = {} }}\n\
             [queues.desk]\nchannel = \"phone\"\narrivals = {{ per_hour = 2 }}\nhandle_time = \"8m\"\n\
             value = {{ converts = {{ share = 0.33, revenue = {} }} }}\n\
             {bot}[groups.own]\nskills = [\"phone\", \"email\", \"desk\"]\nstaff = [2, 3, 3, 2, 1, 3, 4, 2, 3, 1, 0, 2]\nwage = {}\n\
             overtime_rate = 1.37\nturnover = {{ yearly = 0.41, cost = 0.7 }}\nhiring = {{ cost = {}, ramp = \"77h\" }}\n\
             premiums = {{ odd = {{ hours = \"07:20-13:40\", share = 0.313 }} }}\n\
             [groups.partner]\nskills = [\"phone\"]\nstaff = 1\n{partner}\n[groups.idle]\nskills = []\nstaff = 1\nwage = 9.99\n\
             [[variants]]\nname = \"no desk\"\nremove = [\"queues.desk\"]\n",
            f64::from(rate + 1) / 37.0,
            of(4) / 100.0,
            of(5),
            of(6) * 50.0,
            of(7),
            of(8) * 50.0,
            of(9),
            of(10),
            of(11),
            of(12),
            of(13),
            of(14),
            of(15),
            of(2),
            of(3) * 40.0,
        )
    })
}

proptest! {
    #![proptest_config(ProptestConfig {
        cases: 60,
        failure_persistence: None,
        rng_seed: proptest::test_runner::RngSeed::Fixed(20_260_907),
        ..ProptestConfig::default()
    })]

    #[test]
    fn no_millionth_is_lost_between_lines_groups_queues_and_channels(text in prices(), index in 0_u64..5) {
        for variant in &compiled(&text).variants {
            let record = priced(variant, index);
            balances(variant, &record.counts)?;
        }
    }
}

/// Every part of the books adds up to the whole.
fn balances(variant: &Variant, counts: &Counts) -> Result<(), TestCaseError> {
    let money = &counts.money;
    let sum = |of: &mut dyn Iterator<Item = &MoneyTotals>| {
        let mut sum = MoneyTotals::default();
        of.for_each(|totals| sum.add(totals));
        sum
    };
    let queues = sum(&mut money.queues.values());
    let channels = sum(&mut money.channels.iter());
    prop_assert_eq!(queues, channels);
    let mut all = queues;
    all.add(&money.turned_away);
    let resolved = counts.issues.totals.resolved;
    prop_assert_eq!(all.resolved, resolved, "each is resolved somewhere");
    prop_assert_eq!(all, money.total);
    let booked = money.queues.values().chain(money.groups.values());
    for totals in booked.chain([&money.total]).chain(&money.channels) {
        prop_assert_eq!(lines(totals).iter().sum::<i128>(), totals.cost);
        prop_assert!(lines(totals).iter().all(|&line| line >= 0));
    }
    // Groups' lines are shared out whole; the other lines are the queues' own.
    let groups = sum(&mut money.groups.values());
    let shared = |totals: &MoneyTotals| {
        let lines = lines(totals);
        [&lines[..7], &lines[11..]].concat()
    };
    prop_assert_eq!(shared(&groups), shared(&queues));
    for (queue, totals) in money.queues.iter() {
        prop_assert_eq!(counts.queues[queue].totals.cost, totals.cost);
    }
    prop_assert_eq!(counts.demand.cost, money.total.cost);
    let answered: i128 = money
        .handled
        .values()
        .flat_map(|group| group.values())
        .sum();
    let pays_by_contact =
        |group: &channelmix::scenario::model::Group| group.pay.outsourced.per_contact > 0;
    if variant.model.groups.values().any(pays_by_contact) {
        let told: i128 = counts
            .queues
            .values()
            .map(|queue| queue.totals.answered)
            .sum();
        prop_assert_eq!(answered, told);
    }
    Ok(())
}

/// The lines of the cost, in their order.
fn lines(totals: &MoneyTotals) -> Vec<i128> {
    let mut values = Vec::new();
    totals.values(&mut values);
    values[1..13].to_vec()
}

/// The example of docs/costs.md, by hand and as simulated.
#[test]
fn the_example_on_the_page_of_costs_is_as_shown() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/docs/costs.md");
    let page = std::fs::read_to_string(path).expect("there is a page");
    let (_, rest) = page.split_once("```toml\n").expect("it shows a scenario");
    let (scenario, _) = rest.split_once("```").expect("the block ends");
    let variant = run(scenario, 1);
    let shown = |first: &str| -> f64 {
        let rows = page.lines().filter_map(|line| line.strip_prefix("| "));
        let mut rows = rows.filter(|row| row.starts_with(&format!("{first} |")));
        let row = rows.next().unwrap_or_else(|| panic!("a row of {first}"));
        let last = row.trim_end_matches(" |").rsplit("| ").next();
        last.and_then(|cell| cell.parse().ok()).expect("an amount")
    };
    let (cost, value) = (
        &variant.cost,
        variant.value.as_ref().expect("it is assumed"),
    );
    let (phone, voice) = (
        &variant.queues.0[0].1.measures,
        &variant.groups.0[0].1.measures,
    );
    let overtime = mean(&voice.overtime_h);
    let (answered, abandoned) = (mean(&phone.answered), mean(&phone.abandoned));
    let wait = mean(&phone.wait_s.mean) * (answered + abandoned);
    let waited_to_talk = mean(&phone.asa_s) * answered;
    let connected = mean(&phone.sojourn_s.mean) * answered + wait - waited_to_talk;
    let paid = 1_680.0 + overtime * 25.0 + 56.0;
    let by_hand = [
        ("wages", 7.0 * 12.0 * 20.0),
        ("overtime", overtime * 20.0 * 1.25),
        ("premiums", 7.0 * 2.0 * 20.0 * 0.2),
        ("on_cost", paid * 0.22),
        ("turnover", 1_680.0 * 0.3 * 0.2),
        (
            "hiring",
            84.0 / (40.0 * 365.25 / 7.0) * 0.3 * (3_000.0 + 120.0 * 20.0 * 1.22),
        ),
        ("licences", 7.0 * 45.0 * 12.0 / 365.25),
        ("telephony", connected / 60.0 * 0.02),
        ("platform", (answered + abandoned) * 0.15),
        ("fixed", 600.0 * 12.0 / 365.25),
    ];
    assert_eq!(cost.lines.iter().count(), by_hand.len());
    for (line, expected) in by_hand {
        let found = amount(&cost.lines, line);
        assert!(
            (found - expected).abs() < 3e-3,
            "{line}: {found}, by hand {expected}"
        );
        let shown = shown(&format!("`{line}`"));
        assert!(
            (found - shown).abs() <= 0.005,
            "{line}: {found}, shown {shown}"
        );
    }
    let issues = variant.issues.as_ref().expect("followed");
    let total = mean(&cost.total);
    let sums = [
        ("total", &cost.total, total),
        ("a contact", &cost.per_contact, total / answered),
        (
            "a resolution",
            &cost.per_resolution,
            total / mean(&issues.measures.resolved),
        ),
        (
            "a point of service level",
            &cost.per_service_level_point,
            total / (100.0 * mean(&phone.service_level)),
        ),
        (
            "`abandoned`",
            value.total.lost_lines.find("abandoned").expect("lost"),
            abandoned * 2.0,
        ),
        (
            "`churn`",
            value.total.lost_lines.find("churn").expect("lost"),
            mean(&value.total.customers_lost) * 150.0,
        ),
        (
            "cost + value lost − revenue",
            &value.total.net_cost,
            total + mean(&value.total.lost),
        ),
    ];
    for (name, figure, expected) in sums {
        let found = mean(figure);
        assert!(
            (found - expected).abs() < 1e-6,
            "{name}: {found}, by hand {expected}"
        );
        assert!((found - shown(name)).abs() <= 0.005, "{name}: {found}");
    }
    let facts = [
        (mean(&phone.offered), "800 calls"),
        (answered, "738 are answered"),
        (abandoned, "53 abandon"),
        (mean(&phone.blocked), "9 come at the door"),
        (mean(&issues.measures.resolved), "593 issues are resolved"),
        (mean(&issues.measures.lost), "134 given up"),
    ];
    for (found, words) in facts {
        let number: f64 = words
            .split(' ')
            .next()
            .and_then(|word| word.parse().ok())
            .expect("a number");
        assert!(
            (found - number).abs() < 1e-9 && page.contains(words),
            "{words}: {found}"
        );
    }
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
