//! Random scenarios of every shape that the core of the format knows, small enough for a replication in milliseconds.

use proptest::prelude::*;
use proptest::sample::select;

use super::clock::{HOURS, Hours};

/// A scenario as drawn; [`Draft::text`] writes it.
#[derive(Debug, Clone)]
pub(super) struct Draft {
    pub(super) horizon: Horizon,
    pub(super) queues: Vec<Queue>,
    pub(super) groups: Vec<Group>,
    /// In the variant: the queue whose customers go elsewhere, and whether it is removed.
    pub(super) moved: (usize, bool),
}

#[derive(Debug, Clone)]
pub(super) struct Horizon {
    pub(super) start: (&'static str, &'static str),
    pub(super) days: u32,
    pub(super) warm_up: &'static str,
    pub(super) day_cv: f64,
    /// Whether the second day is one.
    pub(super) holiday: bool,
}

#[derive(Debug, Clone)]
pub(super) struct Queue {
    pub(super) channel: &'static str,
    pub(super) deferred: Option<bool>,
    pub(super) arrivals: Vec<u32>,
    pub(super) day_cv: f64,
    pub(super) handle_time: &'static str,
    pub(super) wrap_up: Option<&'static str>,
    pub(super) patience: Option<&'static str>,
    pub(super) priority: i64,
    pub(super) open: Option<&'static Hours>,
    pub(super) backlog: Option<&'static str>,
    pub(super) target: Option<String>,
    pub(super) spread: Option<&'static str>,
    pub(super) lines: Option<&'static str>,
    /// What it takes to find back into a contact that was set aside, where any is.
    pub(super) resume: Option<&'static str>,
    /// Whether arriving contacts try the last group of the file first.
    pub(super) last_group_first: bool,
}

#[derive(Debug, Clone)]
pub(super) struct Group {
    /// By queue: whether it is served.
    pub(super) skills: Vec<bool>,
    pub(super) reversed: bool,
    pub(super) at_once: Vec<u32>,
    pub(super) reserve: Vec<u32>,
    pub(super) after: Vec<&'static str>,
    /// Who takes, and whom.
    pub(super) rules: (&'static str, &'static str),
    pub(super) speed: f64,
    pub(super) pace: [f64; 4],
    pub(super) staff: Staff,
    pub(super) shrinkage: f64,
    pub(super) absence: f64,
    pub(super) late: bool,
    pub(super) speed_cv: f64,
    pub(super) new_hires: bool,
    pub(super) wage: u32,
    pub(super) switch: &'static str,
}

#[derive(Debug, Clone)]
pub(super) enum Staff {
    Constant(u32),
    /// One number for each quarter of the day.
    Quarters([u32; 4]),
    /// From Monday to Friday, on Saturday, on Sunday.
    Weekdays(u32, u32, u32),
    /// Agents of the shift by day and of the one by night, see [`SHIFTS`](super::written::SHIFTS).
    Shifts(u32, u32),
}

const MOST_QUEUES: usize = 5;

/// Agents of every group serve one contact after the other, each as it was drawn, and nobody posts because others posted.
pub(super) fn plain() -> impl Strategy<Value = Draft> {
    drafts().prop_map(|mut draft| {
        for group in &mut draft.groups {
            group.at_once.fill(1);
            group.speed = 1.0;
            group.speed_cv = 0.0;
            group.new_hires = false;
            group.pace = [1.0; 4];
            group.switch = "0s";
        }
        for queue in &mut draft.queues {
            queue.resume = None;
        }
        draft
    })
}

/// Any draft; of some, the last queue gives way to the first one.
pub(super) fn drafts() -> impl Strategy<Value = Draft> {
    (shapes(), 0_u32..3).prop_map(|(mut draft, kind)| {
        if kind == 0 {
            blend(&mut draft);
        }
        draft
    })
}

/// Every group that serves the last queue serves the first one too, and before it.
fn blend(draft: &mut Draft) {
    let last = draft.queues.len() - 1;
    let (first, gives_way) = (&mut draft.queues[0], "30s");
    first.deferred = Some(false);
    first.resume = None;
    first.priority = -3;
    draft.queues[last].resume = Some(gives_way);
    for group in draft.groups.iter_mut().filter(|group| group.skills[last]) {
        group.skills[0] = true;
        group.at_once[last] = 1;
        group.reserve[0] = 0;
        group.after[0] = "0s";
    }
}

fn shapes() -> impl Strategy<Value = Draft> {
    let queues = prop::collection::vec(queue(), 1..=MOST_QUEUES);
    let groups = prop::collection::vec(group(), 1..=5);
    let moved = (0..MOST_QUEUES, any::<bool>());
    (horizon(), queues, groups, moved).prop_map(|(horizon, queues, mut groups, moved)| {
        for group in &mut groups {
            group.skills.truncate(queues.len());
            group.at_once.truncate(queues.len());
            group.reserve.truncate(queues.len());
            group.after.truncate(queues.len());
        }
        for queue in 0..queues.len() {
            if !groups.iter().any(|group| group.skills[queue]) {
                let group = queue % groups.len();
                groups[group].skills[queue] = true;
            }
        }
        let moved = (moved.0 % queues.len(), moved.1 && queues.len() > 1);
        Draft {
            horizon,
            queues,
            groups,
            moved,
        }
    })
}

fn horizon() -> impl Strategy<Value = Horizon> {
    let starts = [
        ("2026-09-07", "UTC"),
        ("2026-10-25", "Europe/Berlin"),
        ("2026-03-28", "Europe/Berlin"),
        ("2026-04-04", "Australia/Lord_Howe"),
    ];
    let warm_ups = ["0s", "0s", "0s", "6h", "5h 17m"];
    (
        select(starts.to_vec()),
        1_u32..=3,
        select(warm_ups.to_vec()),
        select(vec![0.0, 0.0, 0.4]),
        any::<bool>(),
    )
        .prop_map(|(start, days, warm_up, day_cv, holiday)| Horizon {
            start,
            days,
            warm_up,
            day_cv,
            holiday,
        })
}

fn some(forms: &[&'static str]) -> impl Strategy<Value = Option<&'static str>> + use<> {
    prop::option::of(select(forms.to_vec()))
}

fn queue() -> impl Strategy<Value = Queue> {
    let channel = select(vec!["phone", "chat", "email", "social"]);
    let deferred = prop::option::weighted(0.3, any::<bool>());
    let arrivals = prop_oneof![
        (0_u32..25).prop_map(|rate| vec![rate]),
        prop::collection::vec(0_u32..25, 4),
    ];
    let backlogs = ["3", "12", "{ count = 15, oldest = \"30h\" }"];
    let spreads = [
        "{ posts_per_hour = 0.2, fades = \"3h\" }",
        "{ posts_per_hour = 2.0, fades = \"15m\" }",
    ];
    let laws = laws();
    let hours = prop::option::of(select(HOURS.to_vec()));
    let waiting = (hours, some(&backlogs), target(), some(&spreads));
    let lines = prop::option::weighted(0.2, select(vec!["2", "7"]));
    let resumes = prop::option::weighted(0.3, select(vec!["0s", "30s", "2m"]));
    let order = (
        -2_i64..3,
        any::<bool>(),
        select(vec![0.0, 0.0, 0.5]),
        lines,
        resumes,
    );
    (channel, deferred, arrivals, laws, waiting, order).prop_map(
        |(channel, deferred, arrivals, laws, waiting, order)| Queue {
            channel,
            deferred,
            arrivals,
            day_cv: order.2,
            handle_time: laws.0,
            wrap_up: laws.1,
            patience: laws.2,
            priority: order.0,
            open: waiting.0,
            backlog: waiting.1,
            target: waiting.2,
            spread: waiting.3,
            lines: order.3,
            resume: order.4,
            last_group_first: order.1,
        },
    )
}

/// Talk, wrap-up and patience.
type Laws = (&'static str, Option<&'static str>, Option<&'static str>);

fn laws() -> impl Strategy<Value = Laws> {
    let handle_times = [
        "\"4m\"",
        "\"10m\"",
        "{ dist = \"exponential\", mean = \"5m\" }",
        "{ dist = \"lognormal\", mean = \"8m\", cv = 1.2 }",
        "{ dist = \"gamma\", mean = \"12m\", cv = 0.6 }",
        "{ dist = \"uniform\", min = \"0s\", max = \"4m\" }",
        "{ dist = \"erlang\", mean = \"25m\", stages = 3 }",
    ];
    let wrap_ups = [
        "\"0s\"",
        "\"1m\"",
        "{ dist = \"exponential\", mean = \"90s\" }",
    ];
    let patiences = [
        "\"0s\"",
        "\"never\"",
        "\"1m\"",
        // As long as some handle times, so that a patience ends as an agent becomes free.
        "\"4m\"",
        "{ dist = \"exponential\", mean = \"40s\" }",
        "{ dist = \"exponential\", mean = \"10m\" }",
        "{ dist = \"mixture\", parts = [{ share = 0.3, of = \"0s\" }, { share = 0.7, of = \"3m\" }] }",
    ];
    (
        select(handle_times.to_vec()),
        some(&wrap_ups),
        some(&patiences),
    )
}

fn target() -> impl Strategy<Value = Option<String>> {
    let definitions = [
        "answered",
        "offered",
        "late_abandons",
        "early_abandons_ok",
        "no_short",
    ];
    let level = (
        select(vec!["0s", "20s", "10m", "3h"]),
        select(definitions.to_vec()),
        select(vec!["calendar", "open_hours"]),
    )
        .prop_map(|(within, definition, clock)| {
            format!(
                "{{ share = 0.8, within = \"{within}\", definition = \"{definition}\", clock = \"{clock}\", short = \"15s\" }}"
            )
        });
    prop::option::weighted(0.8, level)
}

fn group() -> impl Strategy<Value = Group> {
    let paces = [
        [1.0, 0.8, 0.65, 0.5],
        [1.0, 1.0, 1.0, 1.0],
        [0.9, 0.95, 0.4, 0.3],
        [1.0, 0.5, 0.333_333_3, 0.25],
    ];
    let staff = prop_oneof![
        (0_u32..7).prop_map(Staff::Constant),
        prop::array::uniform4(0_u32..7).prop_map(Staff::Quarters),
        (0_u32..7, 0_u32..4, 0_u32..4).prop_map(|(week, sat, sun)| Staff::Weekdays(week, sat, sun)),
        (0_u32..7, 0_u32..4).prop_map(|(day, night)| Staff::Shifts(day, night)),
    ];
    (
        prop::collection::vec(any::<bool>(), MOST_QUEUES),
        any::<bool>(),
        terms(),
        select(vec![1.0, 1.0, 0.8, 1.3]),
        select(paces.to_vec()),
        staff,
        select(vec![0.0, 0.0, 0.15, 0.45]),
        (
            select(vec![0.0, 0.0, 0.3]),
            prop::bool::weighted(0.2),
            select(vec![0.0, 0.0, 0.4]),
            prop::bool::weighted(0.2),
        ),
        (0_u32..3_000, rules(), select(vec!["0s", "0s", "45s"])),
    )
        .prop_map(
            |(
                skills,
                reversed,
                (at_once, reserve, after),
                speed,
                pace,
                staff,
                shrinkage,
                people,
                (wage, rules, switch),
            )| Group {
                skills,
                reversed,
                at_once,
                reserve,
                after,
                rules,
                speed,
                pace,
                staff,
                shrinkage,
                absence: people.0,
                late: people.1,
                speed_cv: people.2,
                new_hires: people.3,
                wage,
                switch,
            },
        )
}

/// By queue: places at once, agents kept in reserve, and the wait after which its contacts are taken.
type Terms = (Vec<u32>, Vec<u32>, Vec<&'static str>);

fn terms() -> impl Strategy<Value = Terms> {
    let places = vec![1, 1, 1, 2, 3, 4];
    let reserves = vec![0, 0, 0, 0, 1, 2];
    // As long as a patience, so that somebody comes of age as the patience ends.
    let afters = vec!["0s", "0s", "0s", "0s", "30s", "4m"];
    (
        prop::collection::vec(select(places), MOST_QUEUES),
        prop::collection::vec(select(reserves), MOST_QUEUES),
        prop::collection::vec(select(afters), MOST_QUEUES),
    )
}

/// Who takes, and whom.
fn rules() -> impl Strategy<Value = (&'static str, &'static str)> {
    let choices = [
        "least_loaded",
        "least_loaded",
        "most_loaded",
        "longest_idle",
        "least_occupied",
        "lowest_number",
        "random",
    ];
    let policies = [
        "list_order",
        "list_order",
        "longest_waiting",
        "shortest_slack",
        "weighted",
    ];
    (select(choices.to_vec()), select(policies.to_vec()))
}
