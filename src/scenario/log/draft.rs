//! A scenario made from figures, as text and data files that a person may go on editing.

use std::fmt::Write as _;

use crate::dist::Family;
use crate::scenario::file::Scenario;
use crate::scenario::problem::Problems;
use crate::time::{Calendar, SimDuration, quantity};

/// The data file of arrivals.
pub const ARRIVALS: &str = "arrivals.csv";
/// The data file of heads.
pub const STAFF: &str = "staff.csv";
/// The data file of mean handle times.
pub const HANDLE_TIMES: &str = "handle_times.csv";

/// What is known of a queue.
#[derive(Debug, Clone, PartialEq)]
pub struct DraftQueue {
    /// Its name.
    pub name: String,
    /// What the handle time was read off, as a comment.
    pub remark: String,
    /// Talk, without the wrap-up.
    pub handle_time: Family,
    /// Its mean in seconds in each interval of the horizon, where it varies over the day.
    pub handle_means_s: Option<Vec<f64>>,
    /// `None`: nobody leaves.
    pub patience: Option<Family>,
    /// Its priority, where it has one.
    pub priority: Option<i64>,
    /// Expected contacts in each interval of the horizon.
    pub arrivals: Vec<f64>,
}

/// What is known of a group.
#[derive(Debug, Clone, PartialEq)]
pub struct DraftGroup {
    /// Its name.
    pub name: String,
    /// Who is in it, as a comment.
    pub remark: String,
    /// The queues that it serves, in the order in which its agents take them.
    pub skills: Vec<String>,
    /// Heads in each interval of the horizon.
    pub heads: Vec<u32>,
}

/// A scenario before it is written.
#[derive(Debug, Clone)]
pub struct Draft<'a> {
    /// Its name.
    pub name: String,
    /// Its days, cut into intervals.
    pub calendar: &'a Calendar,
    /// The first day as text.
    pub start: &'a str,
    /// The name of its time zone.
    pub time_zone: &'a str,
    /// What every queue promises: a share, and the time within which.
    pub promise: (f64, SimDuration),
    /// Work after each contact.
    pub wrap_up: SimDuration,
    /// How often it is to be simulated, and the seed.
    pub run: (u64, u64),
    /// Its queues.
    pub queues: Vec<DraftQueue>,
    /// Its groups.
    pub groups: Vec<DraftGroup>,
}

/// A scenario as files.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Written {
    /// The scenario.
    pub text: String,
    /// The data file of arrivals.
    pub arrivals: String,
    /// The data file of heads.
    pub staff: String,
    /// The data file of mean handle times; `None` where all are constant.
    pub handle_times: Option<String>,
}

impl Written {
    /// Reads what was written; `file` is its name in messages.
    ///
    /// # Errors
    /// Where the draft holds what no scenario may.
    pub fn scenario(&self, file: &str) -> Result<Scenario, Problems> {
        Scenario::parse(&self.text, file, |name| match name {
            ARRIVALS => Ok(self.arrivals.clone().into_bytes()),
            STAFF => Ok(self.staff.clone().into_bytes()),
            HANDLE_TIMES => {
                let content = self.handle_times.clone().map(String::into_bytes);
                content.ok_or_else(|| "no handle time varies".to_owned())
            }
            _ => Err("there is no such file".to_owned()),
        })
    }
}

impl Draft<'_> {
    /// The scenario as text, and its data files.
    pub fn write(&self) -> Written {
        let whole = |counts: &[u32]| counts.iter().copied().map(f64::from).collect();
        let queues = self.queues.iter();
        let arrivals = queues
            .clone()
            .map(|queue| (&queue.name, queue.arrivals.clone()));
        let heads = self
            .groups
            .iter()
            .map(|group| (&group.name, whole(&group.heads)));
        let means = queues.filter_map(|queue| Some((&queue.name, queue.handle_means_s.clone()?)));
        let means: Vec<_> = means.collect();
        Written {
            text: self.text(),
            arrivals: self.table(&arrivals.collect::<Vec<_>>(), |sum, more| sum + more),
            staff: self.table(&heads.collect::<Vec<_>>(), f64::max),
            handle_times: (!means.is_empty()).then(|| self.table(&means, f64::max)),
        }
    }

    fn text(&self) -> String {
        let (share, within) = (self.promise.0, quantity::text(self.promise.1));
        let mut text = format!(
            "# Read off a log of contacts by `channelmix replay`. Change it as you like.\n\
             name     = {}\ncurrency = \"EUR\"\n\n[horizon]\nstart     = \"{}\"\ndays      = {}\ntime_zone = \"{}\"\n\
             interval  = \"{}\"\n\n[run]\nreplications = {}\nseed         = {}\n",
            quoted(&self.name),
            self.start,
            self.calendar.days().len(),
            self.time_zone,
            quantity::text(self.calendar.interval()),
            self.run.0,
            self.run.1
        );
        for queue in &self.queues {
            let name = quoted(&queue.name);
            let _ = write!(
                text,
                "\n[queues.{name}]\n# {}\nchannel     = \"phone\"\narrivals    = {{ file = \"{ARRIVALS}\", column = {name} }}\n\
                 handle_time = {}\n",
                queue.remark,
                handle_time(queue)
            );
            if self.wrap_up > SimDuration::ZERO {
                let _ = writeln!(text, "wrap_up     = \"{}\"", quantity::text(self.wrap_up));
            }
            if let Some(patience) = &queue.patience {
                let _ = writeln!(text, "patience    = {}", law(patience));
            }
            if let Some(priority) = queue.priority {
                let _ = writeln!(text, "priority    = {priority}");
            }
            let _ = writeln!(
                text,
                "target      = {{ share = {share}, within = \"{within}\" }}"
            );
        }
        for group in &self.groups {
            let skills: Vec<String> = group.skills.iter().map(|name| quoted(name)).collect();
            let _ = write!(
                text,
                "\n[groups.{0}]\n# {1}\nskills = [{2}]\nstaff  = {{ file = \"{STAFF}\", column = {0} }}\n",
                quoted(&group.name),
                group.remark,
                skills.join(", ")
            );
        }
        text
    }

    /// One row an interval. Where the clocks change by less than an interval, what is left of it joins the row before.
    fn table(&self, columns: &[(&String, Vec<f64>)], joined: fn(f64, f64) -> f64) -> String {
        let mut rows: Vec<(String, Vec<f64>)> = Vec::new();
        for (number, piece) in self.calendar.pieces().enumerate() {
            let values = columns.iter().map(|(_, values)| values[number]);
            if piece
                .time_of_day
                .0
                .is_multiple_of(self.calendar.interval().0)
                || rows.is_empty()
            {
                let minute = piece.time_of_day.0 / 60_000_000;
                let date = self.calendar.days()[piece.day as usize].date;
                let start = format!("{date} {:02}:{:02}", minute / 60, minute % 60);
                rows.push((start, values.collect()));
            } else if let Some((_, last)) = rows.last_mut() {
                last.iter_mut()
                    .zip(values)
                    .for_each(|(own, value)| *own = joined(*own, value));
            }
        }
        let mut text = String::from("start");
        for (name, _) in columns {
            let _ = write!(text, ",\"{name}\"");
        }
        text.push('\n');
        for (start, values) in rows {
            text.push_str(&start);
            for value in values {
                let _ = write!(text, ",{value}");
            }
            text.push('\n');
        }
        text
    }
}

/// A text as TOML writes it. Names hold neither quotes nor control characters.
fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""))
}

fn handle_time(queue: &DraftQueue) -> String {
    if queue.handle_means_s.is_none() {
        return law(&queue.handle_time);
    }
    let (name, cv) = (quoted(&queue.name), queue.handle_time.cv());
    format!(
        "{{ dist = \"lognormal\", mean = {{ file = \"{HANDLE_TIMES}\", column = {name} }}, cv = {cv:.4} }}"
    )
}

/// A distribution as a scenario writes it: those that fitting gives, any other by its mean and cv as lognormal.
fn law(family: &Family) -> String {
    match family {
        Family::Constant { value } => format!("\"{value:.3}s\""),
        Family::Exponential { mean } => {
            format!("{{ dist = \"exponential\", mean = \"{mean:.3}s\" }}")
        }
        Family::Weibull { shape, scale } => {
            format!("{{ dist = \"weibull\", shape = {shape:.4}, scale = \"{scale:.3}s\" }}")
        }
        Family::Gamma { mean, cv } => {
            format!("{{ dist = \"gamma\", mean = \"{mean:.3}s\", cv = {cv:.4} }}")
        }
        other => {
            let (mean, cv) = (other.mean(), other.cv());
            format!("{{ dist = \"lognormal\", mean = \"{mean:.3}s\", cv = {cv:.4} }}")
        }
    }
}
