//! Costs and values: negative money, missing rates, curves that go the wrong way.

use super::base::{Case, assert_faults};

const COSTS: &[Case] = &[
    (
        "wage = 19.5",
        "wage = 19.5\non_cost = -0.2",
        "29:11 groups.voice.on_cost",
        &[
            "a share or a multiple from 0 to 10",
            "found the number -0.2",
        ],
    ),
    (
        "wage = 19.5",
        "outsourced = { per_contact = -3 }",
        "28:30 groups.voice.outsourced.per_contact",
        &["an amount from 0 to 1000000000", "found the number -3"],
    ),
    (
        "wage = 19.5",
        "wage = 19.5\noutsourced = { per_minute = 1 }",
        "28:8 groups.voice.wage",
        &["wage and outsourced exclude each other"],
    ),
    (
        "wage = 19.5",
        "outsourced = {}",
        "28:14 groups.voice.outsourced",
        &["expected per_contact or per_minute"],
    ),
    (
        "wage = 19.5",
        "overtime_rate = 1.5",
        "28:17 groups.voice.overtime_rate",
        &["overtime_rate is a part of the wage", "missing key `wage`"],
    ),
    (
        "wage = 19.5",
        "wage = 19.5\nhiring = { cost = 4000 }",
        "29:10 groups.voice.hiring",
        &["nobody is hired"],
    ),
    (
        "wage = 19.5",
        "wage = 19.5\nturnover = { cost = 1 }",
        "29:12 groups.voice.turnover.yearly",
        &["missing key `yearly`"],
    ),
    (
        "wage = 19.5",
        "wage = 19.5\npremiums = { night = { hours = \"22:00-06:00\", share = 0.25 } }",
        "29:32 groups.voice.premiums.night.hours",
        &["22:00-06:00"],
    ),
    (
        "wage = 19.5",
        "wage = 19.5\ncurrency = \"PLN\"",
        "29:12 groups.voice.currency",
        &["there is no rate for PLN", "worth in EUR", "[currencies]"],
    ),
    (
        "currency = \"EUR\"",
        "currency = \"EUR\"\ncurrencies = { PLN = 0 }",
        "3:22 currencies.PLN",
        &["a rate above zero"],
    ),
    (
        "currency = \"EUR\"",
        "currency = \"EUR\"\ncurrencies = { zloty = 0.2 }",
        "3:16 currencies.zloty",
        &["a currency by its ISO 4217 code", "found `zloty`"],
    ),
    (
        "currency = \"EUR\"",
        "currency = \"EUR\"\ncurrencies = { EUR = 1.1 }",
        "3:16 currencies.EUR",
        &["the scenario's own currency: its rate is 1"],
    ),
    (
        "currency = \"EUR\"",
        "currency = \"EUR\"\ncosts = { phones = { per_minute = 0.1 } }",
        "3:11 costs.phones",
        &["`phones` is no channel", "did you mean `phone`?"],
    ),
    (
        "currency = \"EUR\"",
        "currency = \"EUR\"\ncosts = { phone = { per_minute = -0.1 } }",
        "3:34 costs.phone.per_minute",
        &["an amount from 0", "found the number -0.1"],
    ),
    (
        "handle_time = \"7m\"",
        "handle_time = \"7m\"\ncosts = { per_minute = 0.1, minutes = \"talking\" }",
        "22:39 queues.email.costs.minutes",
        &["a kind of minutes", "known: connected, talk"],
    ),
    (
        "shrinkage = 0.1",
        "shrinkage = { training = 0.5, leave = 0.6 }",
        "29:13 groups.voice.shrinkage",
        &["shares that sum to below 1", "a sum of 1.1"],
    ),
    (
        "shrinkage = 0.1",
        "shrinkage = { trainings = 0.5 }",
        "29:15 groups.voice.shrinkage.trainings",
        &["unknown key `trainings`", "did you mean `training`?"],
    ),
];

const VALUES: &[Case] = &[
    (
        "handle_time = \"7m\"",
        "handle_time = \"7m\"\nvalue = { abandoned = -2 }",
        "22:23 queues.email.value.abandoned",
        &["an amount from 0", "found the number -2"],
    ),
    (
        "handle_time = \"7m\"",
        "handle_time = \"7m\"\nvalue = {}",
        "22:9 queues.email.value",
        &["found none of them"],
    ),
    (
        "handle_time = \"7m\"",
        "handle_time = \"7m\"\nvalue = { late = 2 }",
        "22:18 queues.email.value.late",
        &["nothing is late without a time"],
    ),
    (
        "handle_time = \"7m\"",
        "handle_time = \"7m\"\nvalue = { churn = { answered = 0.1 } }",
        "22:19 queues.email.value.churn.at_risk",
        &["missing key `at_risk`"],
    ),
    (
        "handle_time = \"7m\"",
        "handle_time = \"7m\"\nvalue = { churn = { at_risk = 9 } }",
        "22:19 queues.email.value.churn",
        &["expected a chance"],
    ),
    (
        "handle_time = \"7m\"",
        "handle_time = \"7m\"\nvalue = { churn = { at_risk = 9, answered = 0.1, lost = 0.2 } }",
        "22:19 queues.email.value.churn",
        &["of contacts", "of issues", "not of both"],
    ),
    (
        "handle_time = \"7m\"",
        "handle_time = \"7m\"\nvalue = { churn = { at_risk = 9, answered = [[\"0s\", 0.3], [\"5m\", 0.2]] } }",
        "22:59 queues.email.value.churn.answered[2]",
        &["must not fall as the wait grows: 0.2 follows 0.3"],
    ),
    (
        "handle_time = \"7m\"",
        "handle_time = \"7m\"\nvalue = { converts = { share = [[\"0s\", 0.1], [\"5m\", 0.2]], revenue = 5 } }",
        "22:46 queues.email.value.converts.share[2]",
        &["must not rise as the wait grows"],
    ),
    (
        "handle_time = \"7m\"",
        "handle_time = \"7m\"\nvalue = { churn = { at_risk = 9, lost = [[\"5m\", 0.1], [\"5m\", 0.2]] } }",
        "22:55 queues.email.value.churn.lost[2]",
        &["waits grow from point to point"],
    ),
    (
        "handle_time = \"7m\"",
        "handle_time = \"7m\"\nvalue = { churn = { at_risk = 9, lost = [[\"5m\"]] } }",
        "22:42 queues.email.value.churn.lost[1]",
        &["a wait with its share"],
    ),
    (
        "handle_time = \"7m\"",
        "handle_time = \"7m\"\nvalue = { churn = { at_risk = 9, lost = [[5, 0.1]] } }",
        "22:43 queues.email.value.churn.lost[1]",
        &["a duration with its unit"],
    ),
    (
        "handle_time = \"7m\"",
        "handle_time = \"7m\"\nvalue = { churn = { at_risk = 9, lost = 1.5 } }",
        "22:41 queues.email.value.churn.lost",
        &["a share from 0 to 1"],
    ),
];

#[test]
fn costs_are_checked() {
    assert_faults(COSTS);
}

#[test]
fn values_are_checked() {
    assert_faults(VALUES);
}
