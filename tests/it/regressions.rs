//! One test for each fault that was found and mended, on the smallest scenario that shows it.

use channelmix::ids::QueueId;
use channelmix::sim::observer::Outcome;

use crate::properties::record::{Record, Told};
use crate::support::{compiled, summary};

const HEAD: &str = "name = \"Small\"\ncurrency = \"EUR\"\n[horizon]\nstart = \"2026-09-07\"\ndays = 1\ninterval = \"6h\"\n";

fn record(rest: &str) -> Record {
    Record::of(&compiled(&format!("{HEAD}{rest}")).variants[0], 7, 0)
}

/// A chat was given to an agent after its customer had left: the agent was kept for a call, the caller hung up, and nobody
/// looked whose patience had ended since.
#[test]
fn an_agent_released_by_an_abandonment_takes_nobody_who_has_left() {
    let record = record(
        r#"
[queues.phone]
channel = "phone"
arrivals = { per_hour = 20 }
handle_time = "4m"
patience = "1m"
priority = 0
[queues.chat]
channel = "chat"
arrivals = { per_hour = 20 }
handle_time = "10m"
patience = "50s"
[groups.all]
skills = ["phone", "chat"]
at_once = { chat = 3 }
pace = [1.0, 0.8, 0.65]
staff = 2
"#,
    );
    let late = record.log.iter().filter(
        |(now, told)| matches!(told, Told::Started { contact, .. } if contact.leaves_at < *now),
    );
    assert_eq!(late.count(), 0);
}

/// Agents kept for contacts that another group took at midnight of the first day waited for the next event.
#[test]
fn agents_released_at_the_very_start_take_work_at_once() {
    let queue = |name: &str, channel: &str, priority: i32, backlog: u32| {
        format!(
            "[queues.{name}]\nchannel = \"{channel}\"\narrivals = {{ per_hour = 0 }}\nhandle_time = \"4m\"\npriority = {priority}\nbacklog = {backlog}\n"
        )
    };
    let groups = r#"
[groups.mixed]
skills = ["soon", "phone", "later"]
at_once = { soon = 2, later = 2 }
pace = [1.0, 0.8]
staff = 2
[groups.voice]
skills = ["phone"]
staff = 6
"#;
    let queues = [
        queue("soon", "chat", 0, 3),
        queue("phone", "phone", 0, 3),
        queue("later", "chat", 1, 1),
    ];
    let record = record(&format!("{}{groups}", queues.concat()));
    let waits = record.endings().map(|(_, contact, _)| contact.started_at.0);
    assert_eq!(waits.max(), Some(0), "eight places for seven contacts");
}

/// What a deferred contact in hand at the end had taken of its agent's time was in no queue's share of the cost.
#[test]
fn work_in_hand_at_the_end_is_agent_time_of_its_queue() {
    let record = record(
        "[queues.mail]\nchannel = \"email\"\narrivals = { per_hour = 0 }\nhandle_time = \"40h\"\nbacklog = 1\n\
         [groups.desk]\nskills = [\"mail\"]\nstaff = 1\n",
    );
    let [group] = record.counts.groups.values().as_slice() else {
        panic!("one group");
    };
    assert_eq!(group.agent_time[QueueId(0)], 24 * 3_600_000_000);
    assert!(
        record
            .endings()
            .all(|(_, _, outcome)| outcome == Outcome::OpenAtEnd)
    );
}

/// A line that stood since before the end of the warm-up and only became shorter was not counted.
#[test]
fn the_longest_line_may_stem_from_the_warm_up() {
    let record = record(
        "warm_up = \"6h\"\n[queues.phone]\nchannel = \"phone\"\narrivals = { per_hour = 0 }\nhandle_time = \"4m\"\nbacklog = 5\n\
         [groups.desk]\nskills = [\"phone\"]\nstaff = [0, 0, 1, 1]\n",
    );
    assert_eq!(record.counts.queues[QueueId(0)].totals.queue_max, 5);
}

/// The difference of paid hours between equal variants had an interval of rounding errors.
#[test]
fn equal_variants_differ_by_exactly_nothing_however_large_their_figures_are() {
    let text = format!(
        "{HEAD}[queues.phone]\nchannel = \"phone\"\narrivals = {{ per_hour = 30 }}\nhandle_time = \"4m\"\n\
         [groups.desk]\nskills = [\"phone\"]\nstaff = 7013\nwage = 19.37\n[[variants]]\nname = \"same\"\n"
    );
    let summary = summary(&text, 7);
    let differences = summary.variants[1]
        .differences
        .as_ref()
        .expect("a variant has differences");
    let group = differences.groups.find("desk").expect("both have it");
    for estimate in [
        group.paid_h,
        group.busy_h,
        group.occupancy,
        differences.cost.total,
        differences.cost.per_contact,
    ] {
        assert_eq!((estimate.lo, estimate.hi), (Some(0.0), Some(0.0)));
    }
}
