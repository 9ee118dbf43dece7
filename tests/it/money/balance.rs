//! Random prices: every part of the books adds up to the whole.

use channelmix::scenario::model::Variant;
use channelmix::stats::counts::Counts;
use channelmix::stats::moments::Counters;
use channelmix::stats::money_counts::MoneyTotals;
use proptest::prelude::*;

use super::super::support::compiled;
use super::priced;

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
