//! Amounts that follow from what the engine tells of contacts.

use channelmix::ids::{GroupId, Id, QueueId};
use channelmix::sim::observer::Outcome;
use channelmix::stats::summary::VariantSummary;
use channelmix::time::SimTime;

use super::super::properties::record::{Record, Told};
use super::super::support::{compiled, run, summary};
use super::{amount, mean, priced};

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
                handled[group_of(&record, contact.key())][queue] += 1;
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
        Told::Started { contact, group, .. } if contact.key() == key => Some(group.index()),
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
