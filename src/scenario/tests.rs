//! Good scenarios in every form, compiled.

use super::model::{Compiled, Definition, Model, Stopping};
use super::{Problems, Scenario};
use crate::ids::{GroupId, Id, QueueId};
use crate::time::profile::Profile;
use crate::time::{SimDuration, SimTime};

const HEAD: &str = "name = \"n\"\ncurrency = \"EUR\"\n";
const HORIZON: &str = "[horizon]\nstart = \"2026-09-07\"\ndays = 7\ninterval = \"6h\"\n";
const PHONE: &str =
    "[queues.phone]\nchannel = \"phone\"\narrivals = { per_hour = 2 }\nhandle_time = \"4m\"\n";
const VOICE: &str = "[groups.voice]\nskills = [\"phone\"]\nstaff = 3\n";

fn try_with(text: &str, data: &str) -> Result<Compiled, Problems> {
    Scenario::parse(text, "a.toml", |_| Ok(data.as_bytes().to_vec()))?.compile()
}

fn with_data(text: &str, data: &str) -> Compiled {
    try_with(text, data).unwrap_or_else(|problems| panic!("{problems}"))
}

fn compile(parts: &[&str]) -> Compiled {
    with_data(&format!("{HEAD}{HORIZON}{}", parts.concat()), "")
}

fn only(compiled: &Compiled) -> &Model {
    &compiled.variants[0].model
}

/// The values of a profile at every piece of the horizon.
fn values<T: Copy>(model: &Model, profile: &Profile<T>) -> Vec<T> {
    model
        .calendar
        .pieces()
        .map(|piece| profile.at(&piece))
        .collect()
}

fn arrivals(horizon: &str, form: &str, data: &str) -> Vec<f64> {
    let phone = PHONE.replace("{ per_hour = 2 }", form);
    let compiled = with_data(&format!("{HEAD}{horizon}{phone}{VOICE}"), data);
    let model = only(&compiled);
    let source = model.sources.values().next().expect("a source");
    values(model, &source.arrivals_per_hour)
}

fn heads(form: &str, data: &str) -> Vec<u32> {
    let voice = VOICE.replace("staff = 3", &format!("staff = {form}"));
    let compiled = with_data(&format!("{HEAD}{HORIZON}{PHONE}{voice}"), data);
    let staffing = &compiled.variants[0].staffing;
    values(only(&compiled), &staffing.heads[GroupId::from_index(0)])
}

fn rows(first: &str, hours: i64, values: impl Iterator<Item = u32>) -> String {
    let mut at: jiff::civil::DateTime = first.parse().expect("a time");
    let mut lines = vec!["start,x".to_owned()];
    for value in values {
        lines.push(format!("{},{value}", at.strftime("%Y-%m-%d %H:%M")));
        at += jiff::SignedDuration::from_hours(hours);
    }
    lines.join("\n") + "\n"
}

#[test]
fn the_starter_file_compiles_without_warnings() {
    let compiled = with_data(Scenario::STARTER, "");
    assert_eq!(compiled.warnings, [""; 0]);
    assert_eq!(compiled.variants.len(), 3);
    for variant in &compiled.variants {
        assert_eq!(variant.warnings, [""; 0], "{}", variant.name);
    }
}

#[test]
fn what_is_missing_has_its_default() {
    let compiled = compile(&[PHONE, VOICE]);
    assert_eq!(compiled.stopping, Stopping::Replications(100));
    assert_eq!((compiled.seed, compiled.time_zone.as_str()), (1, "UTC"));
    let model = only(&compiled);
    let queue = &model.queues[QueueId::from_index(0)];
    assert!(!queue.deferred && queue.open.is_none() && queue.patience.is_none());
    assert_eq!((queue.priority, queue.servers.len()), (1, 1));
    let group = &model.groups[GroupId::from_index(0)];
    assert_eq!(
        (group.pace.as_slice(), group.wage_micros_per_hour),
        ([1.0].as_slice(), 0)
    );
    assert_eq!(model.bred_limit, 20 * 336 + 1_000_000);
    assert_eq!(model.warm_up, SimTime::START);
}

#[test]
fn a_precision_stops_the_run_instead() {
    let compiled = compile(&["[run]\nprecision = 0.01\nseed = 7\n", PHONE, VOICE]);
    let stopping = Stopping::Precision {
        half_width: 0.01,
        max_replications: 10_000,
    };
    assert_eq!((compiled.stopping, compiled.seed), (stopping, 7));
}

#[test]
fn arrivals_are_counts_by_interval_of_a_day_or_a_week() {
    assert_eq!(arrivals(HORIZON, "{ per_hour = 2 }", ""), [2.0; 28]);
    let day = arrivals(HORIZON, "{ per_interval = [0, 6, 12.0, 3] }", "");
    assert_eq!(day, [0.0, 1.0, 2.0, 0.5].repeat(7));
    let week: Vec<f64> = (0..28).map(f64::from).collect();
    let rates = arrivals(HORIZON, &format!("{{ per_interval = {week:?} }}"), "");
    assert_eq!(
        rates,
        week.iter().map(|count| count / 6.0).collect::<Vec<_>>()
    );
}

#[test]
fn a_data_file_may_have_finer_or_coarser_steps_and_more_days() {
    let file = "{ file = \"d.csv\", column = \"x\" }";
    let finer = arrivals(HORIZON, file, &rows("2026-09-06 00:00", 3, 0..80));
    assert_eq!(finer.len(), 56);
    assert_eq!(finer[..2], [8.0 / 3.0, 9.0 / 3.0]);
    let coarser = arrivals(HORIZON, file, &rows("2026-09-07T00:00", 24, 1..8));
    assert_eq!(
        coarser[..5],
        [1.0 / 24.0, 1.0 / 24.0, 1.0 / 24.0, 1.0 / 24.0, 2.0 / 24.0]
    );
    let utc = rows("2026-09-07 00:00", 12, 0..14).replace(":00,", ":00Z,");
    assert_eq!(arrivals(HORIZON, file, &utc)[2..3], [1.0 / 12.0]);
}

const BERLIN: &str = "[horizon]\nstart = \"2026-10-25\"\ndays = 1\ninterval = \"1h\"\ntime_zone = \"Europe/Berlin\"\n";

#[test]
fn the_hour_repeated_in_autumn_may_appear_twice() {
    let file = "{ file = \"d.csv\", column = \"x\" }";
    let once = rows("2026-10-25 00:00", 1, 0..24);
    let twice = once.replace(
        "2026-10-25 03:00,3",
        "2026-10-25 02:00,50\n2026-10-25 03:00,3",
    );
    assert_eq!(
        arrivals(BERLIN, file, &twice)[..5],
        [0.0, 1.0, 2.0, 50.0, 3.0]
    );
    // One row for two hours: its contacts are spread over both.
    assert_eq!(
        arrivals(BERLIN, file, &once)[..5],
        [0.0, 1.0, 1.0, 1.0, 3.0]
    );
    let offsets = rows("2026-10-24 22:00", 1, 0..25).replace(":00,", ":00Z,");
    let expected: Vec<f64> = (0..25).map(f64::from).collect();
    assert_eq!(arrivals(BERLIN, file, &offsets), expected);
    let a_day = arrivals(BERLIN, file, "start,x\n2026-10-25,50\n");
    assert_eq!(a_day, [2.0; 25]);
}

#[test]
fn the_hour_skipped_in_spring_may_be_missing() {
    let file = "{ file = \"d.csv\", column = \"x\" }";
    let horizon = BERLIN.replace("10-25", "03-29");
    let all = rows("2026-03-29 00:00", 1, 0..24);
    let without = all.replace("2026-03-29 02:00,2\n", "");
    let rates = arrivals(&horizon, file, &without);
    assert_eq!(rates[..4], [0.0, 1.0, 3.0, 4.0]);
    assert_eq!(rates.len(), 23);
    assert_eq!(arrivals(&horizon, file, &all), rates);
    let a_day = arrivals(&horizon, file, "start,x\n2026-03-29,23\n");
    assert_eq!(a_day, [1.0; 23]);
}

#[test]
fn a_day_that_a_zone_left_out_needs_no_rows() {
    let horizon = "[horizon]\nstart = \"2011-12-29\"\ndays = 3\ntime_zone = \"Pacific/Apia\"\n";
    let data = "start,x\n2011-12-29,12\n2011-12-29 12:00,12\n2011-12-31,24\n2011-12-31 12:00,24\n";
    let rates = arrivals(horizon, "{ file = \"d.csv\", column = \"x\" }", data);
    assert_eq!(rates, [[1.0; 48], [2.0; 48]].concat());
}

#[test]
fn staff_is_a_number_a_list_a_week_or_a_file() {
    assert_eq!(heads("3", ""), [3; 28]);
    assert_eq!(heads("[0, 2, 2, 1]", ""), [0, 2, 2, 1].repeat(7));
    let week = heads(
        "{ mon-wed = [0, 2, 2, 1], \"thu,fri\" = 3, sat-sun = 0 }",
        "",
    );
    assert_eq!(week[..8], [0, 2, 2, 1, 0, 2, 2, 1]);
    assert_eq!(week[12..], [3, 3, 3, 3, 3, 3, 3, 3, 0, 0, 0, 0, 0, 0, 0, 0]);
    let file = heads(
        "{ file = \"d.csv\", column = \"x\" }",
        &rows("2026-09-07 00:00", 12, 0..14),
    );
    assert_eq!(file[..5], [0, 0, 1, 1, 2]);
}

#[test]
fn every_distribution_is_read() {
    let mean = |form: &str, data: &str| {
        let phone = PHONE.replace("handle_time = \"4m\"", &format!("handle_time = {form}"));
        let compiled = with_data(&format!("{HEAD}{HORIZON}{phone}{VOICE}"), data);
        only(&compiled).queues[QueueId::from_index(0)]
            .handle_time
            .sampler
            .mean()
    };
    for form in [
        "\"1m\"",
        "{ dist = \"constant\", mean = \"60s\" }",
        "{ dist = \"exponential\", mean = \"1m\" }",
        "{ dist = \"gamma\", mean = \"1m\", cv = 2 }",
        "{ dist = \"erlang\", mean = \"1m\", stages = 3 }",
        "{ dist = \"lognormal\", mean = \"1m\", cv = 1.2 }",
        "{ dist = \"weibull\", mean = \"1m\", cv = 1.5 }",
        "{ dist = \"weibull\", shape = 1, scale = \"1m\" }",
        "{ dist = \"uniform\", min = \"0s\", max = \"2m\" }",
        "{ dist = \"triangular\", min = \"30s\", mode = \"60s\", max = \"90s\" }",
        "{ dist = \"hyperexponential\", means = [\"30s\", \"90s\"], shares = [0.5, 0.5] }",
        "{ dist = \"empirical\", file = \"d.csv\", column = \"x\" }",
        "{ dist = \"mixture\", parts = [{ share = 0.5, of = \"0s\" }, { share = 0.5, of = \"2m\" }] }",
    ] {
        approx::assert_relative_eq!(mean(form, "x\n30\n90\n"), 60.0, max_relative = 1e-6);
    }
}

#[test]
fn a_mean_may_come_from_a_file() {
    let law =
        "handle_time = { dist = \"gamma\", mean = { file = \"d.csv\", column = \"x\" }, cv = 0.5 }";
    let phone = PHONE.replace("handle_time = \"4m\"", law);
    let data = rows("2026-09-07 00:00", 6, 100..128);
    let compiled = with_data(&format!("{HEAD}{HORIZON}{phone}{VOICE}"), &data);
    let law = &only(&compiled).queues[QueueId::from_index(0)].handle_time;
    approx::assert_relative_eq!(law.sampler.mean(), 1.0, max_relative = 1e-9);
    assert_eq!(
        values(only(&compiled), law.mean.as_ref().unwrap())[..2],
        [100.0, 101.0]
    );
}

#[test]
fn a_mean_of_nobody_stands_for_the_average_of_the_others() {
    let law =
        "handle_time = { dist = \"exponential\", mean = { file = \"d.csv\", column = \"x\" } }";
    let phone = PHONE.replace("handle_time = \"4m\"", law);
    let text = format!("{HEAD}{HORIZON}{phone}{VOICE}");
    let data = rows("2026-09-07 00:00", 6, 100..128)
        .replace(",100\n", ",\n")
        .replace(",101\n", ",0\n");
    let compiled = with_data(&text, &data);
    let law = &only(&compiled).queues[QueueId::from_index(0)].handle_time;
    let average = f64::from((102..128).sum::<i32>()) / 26.0;
    assert_eq!(
        values(only(&compiled), law.mean.as_ref().unwrap())[..3],
        [average, average, 102.0]
    );
}

#[test]
fn a_target_has_its_definition_and_clock() {
    let target = "open = \"08:00-20:00\"\ntarget = { share = 0.8, within = \"20s\", definition = \"no_short\", clock = \"open_hours\", asa = \"30s\", abandonment = 0.05 }\n";
    let compiled = compile(&[PHONE, target, VOICE]);
    let target = only(&compiled).queues[QueueId::from_index(0)]
        .target
        .clone()
        .unwrap();
    let level = target.service_level.unwrap();
    assert_eq!(
        (level.definition, level.short),
        (Definition::NoShort, SimDuration::from_seconds(5))
    );
    assert!(level.open_hours.is_some());
    assert_eq!(target.asa, Some(SimDuration::from_seconds(30)));
    assert_eq!(target.abandonment, Some(0.05));
}

#[test]
fn servers_come_in_the_order_in_which_contacts_try_them() {
    let queues = "[queues.b]\nchannel = \"chat\"\npriority = 2\ngroups = [\"g3\"]\narrivals = { per_hour = 1 }\nhandle_time = \"1m\"\n";
    let groups = "[groups.g1]\nskills = [\"b\", \"phone\"]\nstaff = 1\n\
        [groups.g2]\nskills = [\"phone\", \"b\"]\nstaff = 1\n\
        [groups.g3]\nskills = [{ queue = \"phone\", speed = 2 }, \"b\"]\nstaff = 1\nat_once = { b = 2 }\npace = [1, 0.7, 0.5]\n";
    let compiled = compile(&[PHONE, queues, groups]);
    let model = only(&compiled);
    let order = |queue: usize| -> Vec<u32> {
        let queue = &model.queues[QueueId::from_index(queue)];
        queue.servers.iter().map(|server| server.group.0).collect()
    };
    assert_eq!(order(0), [1, 2, 0]);
    assert_eq!(order(1), [2, 0, 1]);
    let first = &model.groups[GroupId::from_index(0)];
    assert_eq!(first.skills[0].queue, QueueId::from_index(0));
    let last = &model.groups[GroupId::from_index(2)];
    assert_eq!(
        (
            last.pace.len(),
            last.skills[0].speed,
            last.skills[1].at_once
        ),
        (2, 2.0, 2)
    );
}
