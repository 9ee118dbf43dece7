//! Variants and warnings, compiled.

use super::Scenario;
use super::model::{Compiled, Variant};
use crate::ids::{GroupId, Id, QueueId};
use crate::time::profile::Profile;

const BASE: &str = r#"
name = "n"
currency = "EUR"
[horizon]
start = "2026-09-07"
days = 7
[queues.phone]
channel = "phone"
open = "08:00-20:00"
arrivals = { per_interval = [0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,6,6,6,6,6,6,6,6,6,6,6,6,6,6,6,6,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0] }
handle_time = "10m"
groups = ["voice", "mixed"]
backlog = 4
[queues.email]
channel = "email"
arrivals = { per_hour = 3 }
handle_time = "10m"
[groups.voice]
skills = ["phone"]
staff = 2
[groups.mixed]
skills = ["phone", { queue = "email", speed = 0.5 }]
staff = 3
at_once = { phone = 2 }
pace = [1.0, 0.6]
"#;

fn compile(variant: &str) -> Compiled {
    let scenario = Scenario::parse(
        &format!("{BASE}{variant}"),
        "a.toml",
        |_| Err(String::new()),
    );
    let compiled = scenario.and_then(|scenario| scenario.compile());
    compiled.unwrap_or_else(|problems| panic!("{problems}"))
}

fn last(variant: &str) -> Variant {
    compile(variant).variants.pop().expect("a variant")
}

#[test]
fn a_removed_queue_is_forgotten_wherever_it_is_named() {
    let variant = last(
        "[[variants]]\nname = \"v\"\nremove = [\"queues.phone\"]\nmoves = { phone = { email = 0.75 } }\n",
    );
    let model = &variant.model;
    assert_eq!((model.queues.len(), model.sources.len()), (1, 2));
    let phone = model.sources.values().next().unwrap();
    assert_eq!(
        (phone.name.text.as_str(), phone.own, phone.lost_backlog),
        ("phone", None, 4)
    );
    assert_eq!(
        (phone.moves[0].to, phone.moves[0].share),
        (QueueId::from_index(0), 0.75)
    );
    let mixed = &model.groups[GroupId::from_index(1)];
    assert_eq!((mixed.skills.len(), mixed.pace.len()), (1, 1));
    let expected = [
        "line 28: variants[1].remove[1]: queue `phone` is removed: its starting backlog of 4 is lost with it",
        "line 18: groups.voice: the group has no skills; it is idle and still paid",
    ];
    assert_eq!(variant.warnings, expected);
}

#[test]
fn a_removed_group_is_forgotten_too() {
    let variant = last("[[variants]]\nname = \"v\"\nremove = [\"groups.voice\"]\n");
    let phone = &variant.model.queues[QueueId::from_index(0)];
    assert_eq!(phone.servers.len(), 1);
    assert_eq!(variant.staffing.heads.len(), 1);
}

#[test]
fn a_removed_key_counts_as_not_written() {
    let variant = last(
        "[[variants]]\nname = \"v\"\nremove = [\"queues.phone.backlog\", \"groups.mixed.pace\", \"groups.mixed.at_once.phone\"]\n",
    );
    let phone = &variant.model.queues[QueueId(0)];
    assert_eq!(phone.backlog.count, 0);
    assert_eq!(variant.model.groups[GroupId(1)].pace, [1.0]);
}

#[test]
fn customers_of_a_kept_queue_move_in_part() {
    let variant = last("[[variants]]\nname = \"v\"\nmoves = { phone = { email = 0.25 } }\n");
    let phone = variant.model.sources.values().next().unwrap();
    assert_eq!(
        (phone.own, phone.lost_backlog),
        (Some(QueueId::from_index(0)), 0)
    );
    assert_eq!(phone.moves[0].to, QueueId::from_index(1));
}

#[test]
fn values_are_set_by_path_or_as_nested_tables() {
    for set in [
        "set = { \"groups.voice.staff\" = 9, \"queues.email.handle_time\" = \"5m\" }",
        "set.groups.voice.staff = 9\nset.queues.email.handle_time = \"5m\"",
        "set.\"groups.voice\" = { staff = 9 }\nset.queues.email = { handle_time = \"5m\" }",
    ] {
        let variant = last(&format!("[[variants]]\nname = \"v\"\n{set}\n"));
        assert_eq!(
            variant.staffing.heads[GroupId::from_index(0)],
            Profile::Constant(9)
        );
        let email = &variant.model.queues[QueueId::from_index(1)];
        approx::assert_relative_eq!(email.handle_time.sampler.mean(), 300.0);
        assert_eq!(variant.model.groups.len(), 2);
    }
}

#[test]
fn a_variant_may_add_a_queue_and_its_group() {
    let chat = "{ channel = \"chat\", arrivals = { per_hour = 1 }, handle_time = \"1m\" }";
    let group = "{ skills = [\"chat\"], staff = 1 }";
    let compiled = compile(&format!(
        "[[variants]]\nname = \"v\"\nset = {{ \"queues.chat\" = {chat}, \"groups.new\" = {group} }}\n"
    ));
    assert_eq!(compiled.variants[0].model.sources.len(), 2);
    assert_eq!(compiled.variants[1].model.sources.len(), 3);
    assert_eq!(compiled.variants[1].model.queues.len(), 3);
}

fn warnings_of(from: &str, to: &str) -> String {
    let text = BASE.replacen(from, to, 1);
    let compiled = Scenario::parse(&text, "a.toml", |_| Err(String::new()))
        .unwrap()
        .compile()
        .unwrap();
    let own = compiled.variants[0].warnings.iter();
    compiled
        .warnings
        .iter()
        .chain(own)
        .cloned()
        .collect::<Vec<_>>()
        .join("\n")
}

#[test]
fn a_sound_scenario_has_no_warnings() {
    assert_eq!(warnings_of("staff = 2", "staff = 2"), "");
}

#[test]
fn removing_customers_without_moves_is_a_warning() {
    let variant = last("[[variants]]\nname = \"v\"\nremove = [\"queues.phone\"]\n");
    let expected = "line 28: variants[1].remove[1]: queue `phone` is removed without `moves`: all its customers are lost";
    assert_eq!(variant.warnings[1], expected);
}

#[test]
fn closed_doors_and_endless_spread_are_warnings() {
    let closed = warnings_of("open = \"08:00-20:00\"", "open = \"10:00-20:00\"");
    assert!(
        closed.contains("queues.phone: 25 % of its contacts arrive while it is closed"),
        "{closed}"
    );
    let spread = warnings_of(
        "backlog = 4",
        "spread = { posts_per_hour = 0.5, fades = \"2h\" }",
    );
    assert!(
        spread.contains("posts_per_hour × fades is 1.00"),
        "{spread}"
    );
}

#[test]
fn a_warning_of_the_base_is_repeated_only_where_it_differs() {
    let text = BASE.replacen("open = \"08:00-20:00\"", "open = \"10:00-20:00\"", 1);
    let variants = "[[variants]]\nname = \"same\"\nset = { \"groups.voice.staff\" = 5 }\n\
        [[variants]]\nname = \"later\"\nset = { \"queues.phone.open\" = \"12:00-20:00\" }\n";
    let compiled = Scenario::parse(&format!("{text}{variants}"), "dir/a.toml", |_| {
        Err(String::new())
    });
    let compiled = compiled.unwrap().compile().unwrap();
    let warnings: Vec<String> = compiled
        .variants
        .iter()
        .map(|variant| variant.warnings.join("\n"))
        .collect();
    let closed = |share: u32| {
        format!(
            "line 7: queues.phone: {share} % of its contacts arrive while it is closed and are blocked"
        )
    };
    assert_eq!(warnings, [closed(25), String::new(), closed(50)]);
}

#[test]
fn load_over_the_heads_is_a_warning() {
    // 12 calls an hour of 10 minutes are 2 erlangs; 2 + 3 × 1.2 heads are there.
    let intervals =
        warnings_of("staff = 2", "staff = { mon-fri = 2, sat-sun = 0 }").replace("  ", " ");
    assert_eq!(intervals, "");
    let few = warnings_of("staff = 3", "staff = { mon = 0, tue-sun = 3 }").replace("staff = 2", "");
    assert_eq!(few, "");
    let text = BASE
        .replace("staff = 2", "staff = 1")
        .replace("staff = 3", "staff = { mon-sat = 3, sun = 0 }");
    let compiled = Scenario::parse(&text, "a.toml", |_| Err(String::new()))
        .unwrap()
        .compile()
        .unwrap();
    let warnings = &compiled.variants[0].warnings;
    assert_eq!(warnings.len(), 1, "{warnings:?}");
    let expected = "its own load exceeds the heads that may serve it: sun 08:00-16:00 (at worst 2.0 erlangs for 1.0 heads)";
    assert!(warnings[0].ends_with(expected), "{warnings:?}");

    // A week of 336 mails (2 × 10 minutes at half speed) and 672 calls against one head of each group.
    let pool = warnings_of("per_hour = 3", "per_hour = 40");
    assert!(
        pool.contains("h of work are expected on phone, email, more than the"),
        "{pool}"
    );
}

#[test]
fn the_fingerprint_follows_text_and_data() {
    let with = |text: &str, data: &str| {
        let load = |_: &str| Ok(data.as_bytes().to_vec());
        Scenario::parse(text, "a.toml", load).unwrap().fingerprint()
    };
    let text = "arrivals = { file = \"d.csv\" }";
    assert_eq!(with(text, "1"), with(text, "1"));
    assert_ne!(with(text, "1"), with(text, "2"));
    assert_ne!(with(text, "1"), with("arrivals = { file = \"d.csv\"}", "1"));
}
