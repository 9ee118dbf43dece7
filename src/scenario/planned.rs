//! A scenario with other staff, as a file that can be run: what a plan found, for anyone to check.

use super::change::clash;
use super::file::Scenario;
use super::format::VariantFile;
use super::problem::{Place, Problem, Problems};
use super::read::{Read, Reader};
use super::rewrite::rewrite;
use super::tree::{Entry, Node, Table, Value};
use super::variant;

/// Heads of a group that take the place of its staff.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlannedStaff {
    /// The group.
    pub group: String,
    /// Heads by interval of the day for each weekday by its name, in the order of the week; `None` for every day.
    pub days: Vec<(Option<&'static str>, Vec<u32>)>,
}

/// A scenario with planned staff.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Planned {
    /// The file.
    pub text: String,
    /// The variant that has the planned staff: the file's base, unless what the variant changes cannot stand in a base.
    pub variant: String,
}

/// A file with planned staff, not yet checked.
pub(super) struct Settled {
    pub(super) tree: Node,
    /// Whether the variant stays one beside the file's own base.
    pub(super) stays: bool,
}

impl Scenario {
    /// The text of this scenario with other staff in a variant, or in `base`. The variant becomes the base of the new file; where it takes
    /// queues away or moves their customers, which only a variant can, it is the only variant of the new file. `path` gives the new path of
    /// each data file, `said` the comment at its head.
    ///
    /// # Errors
    /// When the result is not accepted as a scenario.
    pub fn with_staff(
        &self,
        name: &str,
        staff: &[PlannedStaff],
        said: &[String],
        path: &dyn Fn(&str) -> String,
    ) -> Result<Planned, Problems> {
        let staff = staff.iter().map(|of| (of.group.clone(), heads(of)));
        self.with_values(name, &staff.collect::<Vec<_>>(), &[], said, path)
    }

    /// The same with a roster, a file that lies beside the new one, as the staff of groups; nobody works in those that are `idle`.
    ///
    /// # Errors
    /// When the result is not accepted as a scenario.
    pub fn with_roster(
        &self,
        name: &str,
        groups: &[String],
        idle: &[String],
        roster: (&str, &[u8]),
        said: &[String],
        path: &dyn Fn(&str) -> String,
    ) -> Result<Planned, Problems> {
        let of_group = |group: &String| {
            let entries = vec![entry("roster", Value::Text(roster.0.to_owned()))];
            (group.clone(), Value::Table(Table { entries }))
        };
        let nobody = idle.iter().map(|group| (group.clone(), Value::Integer(0)));
        let staff: Vec<(String, Value)> = groups.iter().map(of_group).chain(nobody).collect();
        self.with_values(name, &staff, &[roster], said, path)
    }

    fn with_values(
        &self,
        name: &str,
        staff: &[(String, Value)],
        beside: &[(&str, &[u8])],
        said: &[String],
        path: &dyn Fn(&str) -> String,
    ) -> Result<Planned, Problems> {
        let is_named = |node: &&Node| {
            let own = node.as_table().and_then(|table| table.get("name"));
            own.and_then(|entry| entry.node.as_text()).map(str::trim) == Some(name)
        };
        let written = self.variant_nodes().iter().find(is_named);
        let settled = self.settled(written, staff, path);
        let variant = if settled.stays { name } else { "base" };
        Ok(Planned {
            text: self.checked(settled.tree, said, path, beside)?,
            variant: variant.to_owned(),
        })
    }

    /// The variants as they are written.
    pub(super) fn variant_nodes(&self) -> &[Node] {
        let variants = self.root.as_table().and_then(|root| root.get("variants"));
        match variants.map(|entry| &entry.node.value) {
            Some(Value::List(nodes)) => nodes,
            _ => &[],
        }
    }

    /// The file with staff by group, in a variant or in its base, and data files under their new paths.
    pub(super) fn settled(
        &self,
        variant: Option<&Node>,
        staff: &[(String, Value)],
        path: &dyn Fn(&str) -> String,
    ) -> Settled {
        let renamed = |node: &Node| {
            let mut node = node.clone();
            node.for_each_table_mut(&mut |table| rename(table, path));
            node
        };
        // What cannot be meant in it is told when the result is checked.
        let mut reader = Reader::default();
        let variant = variant.map(renamed);
        let read = variant
            .as_ref()
            .and_then(|node| VariantFile::read(node, &mut reader));
        let stays = read.as_ref().is_some_and(needs_base);
        let mut tree = renamed(&self.root);
        if let Some(read) = read.filter(|_| !stays) {
            tree = variant::apply(&tree, &read, &mut reader);
        }
        if let Some(root) = tree.as_table_mut() {
            if let Some(variant) = variant.filter(|_| stays) {
                keep_only(root, variant, staff);
            } else {
                root.remove("variants");
                put_staff(root, staff);
            }
            let keys: Vec<String> = staff.iter().map(|(group, _)| key(group)).collect();
            forget_uncertain(root, |uncertain| {
                keys.iter().any(|key| clash(key, uncertain))
            });
        }
        Settled { tree, stays }
    }

    /// The text of a tree, once it is accepted with the files that lie `beside` it; what is uncertain of something that has gone is left
    /// out.
    pub(super) fn checked(
        &self,
        mut tree: Node,
        said: &[String],
        path: &dyn Fn(&str) -> String,
        beside: &[(&str, &[u8])],
    ) -> Result<String, Problems> {
        let mut is_last = false;
        loop {
            let Some(text) = rewrite(&self.text, &self.root, &tree) else {
                return Err(self.unwritable());
            };
            let text = with_head(&text, said);
            let load = |renamed: &str| {
                if let Some((_, content)) = beside.iter().find(|(name, _)| *name == renamed) {
                    return Ok(content.to_vec());
                }
                let own = self.data.iter().find(|(name, _)| path(name) == renamed);
                let content = own.map(|(_, content)| content.clone());
                let content = content.unwrap_or(Err("there is no such file".to_owned()));
                content.map(|content| content.to_vec())
            };
            let compiled = Self::parse(&text, "plan.toml", load).and_then(|plan| plan.compile());
            let Err(problems) = compiled else {
                return Ok(text);
            };
            let uncertain =
                |problem: &Problem| problem.key().strip_prefix("uncertain.").map(str::to_owned);
            let gone: Option<Vec<String>> = problems.iter().map(uncertain).collect();
            let Some(gone) = gone.filter(|_| !is_last) else {
                return Err(problems);
            };
            if let Some(root) = tree.as_table_mut() {
                forget_uncertain(root, |key| gone.iter().any(|gone| gone == key));
            }
            is_last = true;
        }
    }

    fn unwritable(&self) -> Problems {
        let problem = Problem {
            message: "the file could not be written anew".to_owned(),
            hint: None,
            variant: None,
            place: Place::default(),
        };
        Problems::new(&self.file, self.text.clone(), vec![problem])
    }
}

/// Whether a variant is one of something: its customers are those of queues that it does not have.
fn needs_base(variant: &VariantFile) -> bool {
    let removed = variant.remove.iter().flat_map(|remove| &remove.value);
    let mut queues = removed.filter(|path| path.value.starts_with("queues."));
    let mut moves = variant.moves.iter().flat_map(|moves| &moves.value.entries);
    moves.next().is_some() || queues.next().is_some()
}

fn key(group: &str) -> String {
    format!("groups.{group}.staff")
}

/// Leaves one variant, with its staff.
fn keep_only(root: &mut Table, variant: Node, staff: &[(String, Value)]) {
    let only = Value::List(vec![variant]);
    match root.get_mut("variants") {
        Some(variants) => variants.node.value = only,
        None => root.put(entry("variants", only)),
    }
    let Some(Value::List(variants)) = root.get_mut("variants").map(|entry| &mut entry.node.value)
    else {
        return;
    };
    let Some(variant) = variants.first_mut().and_then(Node::as_table_mut) else {
        return;
    };
    if variant.get("set").is_none() {
        variant.put(entry("set", Value::Table(Table::default())));
    }
    let set = variant
        .get_mut("set")
        .and_then(|set| set.node.as_table_mut());
    if let Some(set) = set {
        for (group, staff) in staff {
            forget_path(set, &key(group));
            set.put(entry(&key(group), staff.clone()));
        }
    }
}

/// Takes out of what is set the value at a path and those below it, however they are nested.
fn forget_path(set: &mut Table, path: &str) {
    let within = |own: &str, path: &str| {
        let rest = own.strip_prefix(path);
        rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
    };
    let spaceless = |key: &str| key.split('.').map(str::trim).collect::<Vec<_>>().join(".");
    set.entries
        .retain(|entry| !within(&spaceless(&entry.key), path));
    for entry in &mut set.entries {
        let outer = spaceless(&entry.key);
        let rest = path
            .strip_prefix(&outer)
            .and_then(|rest| rest.strip_prefix('.'));
        if let (Some(rest), Some(inner)) = (rest.map(str::to_owned), entry.node.as_table_mut()) {
            forget_path(inner, &rest);
        }
    }
}

/// Puts the heads in the place of the groups' staff.
fn put_staff(root: &mut Table, staff: &[(String, Value)]) {
    let groups = root
        .get_mut("groups")
        .and_then(|groups| groups.node.as_table_mut());
    let Some(groups) = groups else {
        return;
    };
    for (group, staff) in staff {
        let group = groups
            .get_mut(group)
            .and_then(|group| group.node.as_table_mut());
        if let Some(group) = group {
            group.put(entry("staff", staff.clone()));
        }
    }
}

/// A number, a list, or a table of these by weekday.
pub(super) fn heads(staff: &PlannedStaff) -> Value {
    let mut days: Vec<(String, &'static str, &[u32])> = Vec::new();
    for (weekday, heads) in &staff.days {
        let weekday = weekday.unwrap_or_default();
        match days.last_mut() {
            Some((days, last, same)) if *same == &heads[..] && follows(last, weekday) => {
                let first = days.split('-').next().unwrap_or_default();
                *days = format!("{first}-{weekday}");
                *last = weekday;
            }
            _ => days.push((weekday.to_owned(), weekday, heads)),
        }
    }
    match &days[..] {
        [(day, _, heads)] if day.is_empty() => of_day(heads),
        _ => {
            let entries = days.iter().map(|(day, _, heads)| entry(day, of_day(heads)));
            Value::Table(Table {
                entries: entries.collect(),
            })
        }
    }
}

fn follows(one: &str, other: &str) -> bool {
    let place = |name: &str| super::forms::WEEKDAYS.iter().position(|day| *day == name);
    place(one)
        .zip(place(other))
        .is_some_and(|(one, other)| one + 1 == other)
}

pub(super) fn of_day(heads: &[u32]) -> Value {
    let number = |&heads: &u32| Value::Integer(i64::from(heads));
    match heads.first() {
        Some(first) if heads.iter().all(|heads| heads == first) => number(first),
        _ => Value::List(heads.iter().map(|heads| node(number(heads))).collect()),
    }
}

fn node(value: Value) -> Node {
    Node { span: 0..0, value }
}

pub(super) fn entry(key: &str, value: Value) -> Entry {
    Entry {
        key: key.to_owned(),
        key_span: 0..0,
        node: node(value),
    }
}

/// Leaves out what is uncertain under some keys.
fn forget_uncertain(root: &mut Table, is_gone: impl Fn(&str) -> bool) {
    let uncertain = root
        .get_mut("uncertain")
        .and_then(|entry| entry.node.as_table_mut());
    if let Some(uncertain) = uncertain {
        uncertain.entries.retain(|entry| !is_gone(&entry.key));
        if uncertain.entries.is_empty() {
            root.remove("uncertain");
        }
    }
}

/// Gives data files their new paths.
fn rename(table: &mut Table, path: &dyn Fn(&str) -> String) {
    for key in super::file::DATA_KEYS {
        if let Some(Value::Text(name)) = table.get_mut(key).map(|entry| &mut entry.node.value) {
            *name = path(name);
        }
    }
}

/// The text under a comment; what tells editors of a schema stands beside the file's old place and is left out.
fn with_head(text: &str, said: &[String]) -> String {
    let comment: Vec<String> = said.iter().map(|line| format!("# {line}")).collect();
    let text = text.trim_start_matches('\u{feff}');
    let rest = text.lines().filter(|line| !line.starts_with("#:schema"));
    let rest: Vec<&str> = rest.collect();
    format!(
        "{}\n\n{}\n",
        comment.join("\n"),
        rest.join("\n").trim_start()
    )
}
