//! Random scenarios of every shape that the core of the format knows, small enough for a replication in milliseconds.

use std::fmt::Write;

use channelmix::scenario::model::Name;
use proptest::prelude::*;
use proptest::sample::select;

use super::clock::{HOURS, Hours, Wall};

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
    /// Whether arriving contacts try the last group of the file first.
    pub(super) last_group_first: bool,
}

#[derive(Debug, Clone)]
pub(super) struct Group {
    /// By queue: whether it is served.
    pub(super) skills: Vec<bool>,
    pub(super) reversed: bool,
    pub(super) at_once: Vec<u32>,
    pub(super) speed: f64,
    pub(super) pace: [f64; 4],
    pub(super) staff: Staff,
    pub(super) shrinkage: f64,
    pub(super) wage: u32,
}

#[derive(Debug, Clone)]
pub(super) enum Staff {
    Constant(u32),
    /// One number for each quarter of the day.
    Quarters([u32; 4]),
    /// From Monday to Friday, on Saturday, on Sunday.
    Weekdays(u32, u32, u32),
}

const MOST_QUEUES: usize = 5;

/// Agents of every group serve one contact after the other, each as it was drawn, and nobody posts because others posted.
pub(super) fn plain() -> impl Strategy<Value = Draft> {
    drafts().prop_map(|mut draft| {
        for group in &mut draft.groups {
            group.at_once.fill(1);
            group.speed = 1.0;
            group.pace = [1.0; 4];
        }
        draft
    })
}

/// Any draft.
pub(super) fn drafts() -> impl Strategy<Value = Draft> {
    let queues = prop::collection::vec(queue(), 1..=MOST_QUEUES);
    let groups = prop::collection::vec(group(), 1..=5);
    let moved = (0..MOST_QUEUES, any::<bool>());
    (horizon(), queues, groups, moved).prop_map(|(horizon, queues, mut groups, moved)| {
        for group in &mut groups {
            group.skills.truncate(queues.len());
            group.at_once.truncate(queues.len());
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
    )
        .prop_map(|(start, days, warm_up, day_cv)| Horizon {
            start,
            days,
            warm_up,
            day_cv,
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
    let order = (-2_i64..3, any::<bool>(), select(vec![0.0, 0.0, 0.5]));
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
    ];
    (
        prop::collection::vec(any::<bool>(), MOST_QUEUES),
        any::<bool>(),
        prop::collection::vec(select(vec![1, 1, 1, 2, 3, 4]), MOST_QUEUES),
        select(vec![1.0, 1.0, 0.8, 1.3]),
        select(paces.to_vec()),
        staff,
        select(vec![0.0, 0.0, 0.15, 0.45]),
        0_u32..3_000,
    )
        .prop_map(
            |(skills, reversed, at_once, speed, pace, staff, shrinkage, wage)| Group {
                skills,
                reversed,
                at_once,
                speed,
                pace,
                staff,
                shrinkage,
                wage,
            },
        )
}

impl Draft {
    /// The scenario's file, with a variant `moved`.
    pub(super) fn text(&self) -> String {
        let mut text = self.without_variants();
        let (from, is_removed) = self.moved;
        text += "[[variants]]\nname = \"moved\"\n";
        if is_removed {
            let _ = writeln!(text, "remove = [\"queues.q{from}\"]");
        }
        let moves = self.moves();
        if !moves.is_empty() {
            let moves: Vec<String> = moves
                .iter()
                .map(|(to, share)| format!("q{to} = {share:?}"))
                .collect();
            let _ = writeln!(text, "moves = {{ q{from} = {{ {} }} }}", moves.join(", "));
        }
        text
    }

    /// In the variant: where customers of the moved queue go, and how many of them.
    pub(super) fn moves(&self) -> Vec<(usize, f64)> {
        let (from, queues) = (self.moved.0, self.queues.len());
        let targets = [((from + 1) % queues, 0.4), ((from + 2) % queues, 0.25)];
        targets.into_iter().take(queues - 1).collect()
    }

    /// The queue of a model's name.
    pub(super) fn queue(&self, name: &Name) -> &Queue {
        &self.queues[number(name)]
    }

    /// The group of a model's name.
    pub(super) fn group(&self, name: &Name) -> &Group {
        &self.groups[number(name)]
    }

    /// The scenario's file as far as its groups.
    pub(super) fn without_variants(&self) -> String {
        let mut text = self.head();
        for (number, queue) in self.queues.iter().enumerate() {
            self.write_queue(number, queue, &mut text);
        }
        for (number, group) in self.groups.iter().enumerate() {
            group.write(number, &mut text);
        }
        text
    }

    fn head(&self) -> String {
        let Horizon {
            start: (first, zone),
            days,
            warm_up,
            day_cv,
        } = &self.horizon;
        format!(
            "name = \"Random\"\ncurrency = \"EUR\"\n\n[horizon]\nstart = \"{first}\"\ndays = {days}\ntime_zone = \"{zone}\"\n\
             interval = \"6h\"\nwarm_up = \"{warm_up}\"\nday_cv = {day_cv:?}\n\n"
        )
    }

    fn write_queue(&self, number: usize, queue: &Queue, text: &mut String) {
        let mut key = |name: &str, value: &str| {
            let _ = writeln!(text, "{name} = {value}");
        };
        key(
            &format!("[queues.q{number}]\nchannel"),
            &format!("{:?}", queue.channel),
        );
        let rates = match &queue.arrivals[..] {
            [rate] => format!("per_hour = {rate}"),
            rates => format!(
                "per_interval = {:?}",
                rates.iter().map(|rate| 6 * rate).collect::<Vec<_>>()
            ),
        };
        key(
            "arrivals",
            &format!("{{ {rates}, day_cv = {:?} }}", queue.day_cv),
        );
        key("handle_time", queue.handle_time);
        key("priority", &queue.priority.to_string());
        let optional = [
            ("wrap_up", queue.wrap_up),
            ("patience", queue.patience),
            ("open", queue.open.map(|hours| hours.text)),
            ("backlog", queue.backlog),
            ("target", queue.target.as_deref()),
            ("spread", queue.spread),
        ];
        for (name, value) in optional {
            if let Some(value) = value {
                key(name, value);
            }
        }
        if let Some(deferred) = queue.deferred {
            key("deferred", &deferred.to_string());
        }
        let last = self.groups.iter().rposition(|group| group.skills[number]);
        if let Some(last) = last.filter(|_| queue.last_group_first) {
            key("groups", &format!("[\"g{last}\"]"));
        }
        text.push('\n');
    }
}

/// Queues are named q0, q1 and so on, groups g0, g1 and so on.
pub(super) fn number(name: &Name) -> usize {
    name.text[1..].parse().expect("a number")
}

impl Queue {
    /// Contacts an hour.
    pub(super) fn rate(&self, wall: Wall) -> f64 {
        f64::from(self.arrivals[wall.quarter() % self.arrivals.len()])
    }
}

impl Group {
    /// Paid heads.
    pub(super) fn heads(&self, wall: Wall) -> u32 {
        match (&self.staff, wall.weekday) {
            (Staff::Constant(heads), _) | (Staff::Weekdays(heads, ..), 0..=4) => *heads,
            (Staff::Quarters(heads), _) => heads[wall.quarter()],
            (Staff::Weekdays(_, sat, _), 5) => *sat,
            (Staff::Weekdays(.., sun), _) => [*sun, 0, *sun, 1][wall.quarter()],
        }
    }

    fn write(&self, number: usize, text: &mut String) {
        let mut queues: Vec<usize> = (0..self.skills.len())
            .filter(|&queue| self.skills[queue])
            .collect();
        if self.reversed {
            queues.reverse();
        }
        let skills: Vec<String> = queues
            .iter()
            .map(|queue| format!("{{ queue = \"q{queue}\", speed = {:?} }}", self.speed))
            .collect();
        let at_once: Vec<String> = queues
            .iter()
            .map(|&queue| format!("q{queue} = {}", self.at_once[queue]))
            .collect();
        let staff = match &self.staff {
            Staff::Constant(heads) => heads.to_string(),
            Staff::Quarters(heads) => format!("{heads:?}"),
            Staff::Weekdays(week, sat, sun) => {
                format!("{{ mon-fri = {week}, sat = {sat}, sun = [{sun}, 0, {sun}, 1] }}")
            }
        };
        let _ = writeln!(
            text,
            "[groups.g{number}]\nskills = [{}]\nat_once = {{ {} }}\npace = {:?}\nstaff = {staff}\nshrinkage = {:?}\nwage = {:?}\n",
            skills.join(", "),
            at_once.join(", "),
            self.pace,
            self.shrinkage,
            f64::from(self.wage) / 100.0,
        );
    }
}
