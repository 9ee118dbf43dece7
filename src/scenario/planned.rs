//! A scenario with other staff, as a file that can be run: what a plan found, for anyone to check.

use super::change::clash;
use super::file::Scenario;
use super::format::{ScenarioFile, VariantFile};
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
        let mut reader = Reader::default();
        let file = ScenarioFile::read(&self.root, &mut reader);
        let variants = file.iter().flat_map(|file| &file.variants);
        let mut variants = variants.flat_map(|variants| &variants.value);
        let is_named = |variant: &VariantFile| {
            let own = variant.name.as_ref();
            own.is_some_and(|own| own.value.0 == name)
        };
        let written = variants.find(|variant| is_named(&variant.value));
        let mut tree = match written {
            Some(written) if !needs_base(&written.value) => {
                variant::apply(&self.root, &written.value, &mut reader)
            }
            _ => self.root.clone(),
        };
        let stays = written.filter(|written| needs_base(&written.value));
        if let Some(root) = tree.as_table_mut() {
            if stays.is_some() {
                keep_only(root, name, staff);
            } else {
                root.remove("variants");
                put_staff(root, staff);
            }
            let keys: Vec<String> = staff.iter().map(|staff| key(&staff.group)).collect();
            forget_uncertain(root, |uncertain| {
                keys.iter().any(|key| clash(key, uncertain))
            });
        }
        tree.for_each_table_mut(&mut |table| rename(table, path));
        let text = self.checked(tree, said, path)?;
        let variant = if stays.is_some() { name } else { "base" };
        Ok(Planned {
            text,
            variant: variant.to_owned(),
        })
    }

    /// The text of a tree, once it is accepted; what is uncertain of something that has gone is left out.
    fn checked(
        &self,
        mut tree: Node,
        said: &[String],
        path: &dyn Fn(&str) -> String,
    ) -> Result<String, Problems> {
        let mut is_last = false;
        loop {
            let Some(text) = rewrite(&self.text, &self.root, &tree) else {
                return Err(self.unwritable());
            };
            let text = with_head(&text, said);
            let load = |renamed: &str| {
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
    variant.moves.is_some() || queues.next().is_some()
}

fn key(group: &str) -> String {
    format!("groups.{group}.staff")
}

/// Leaves one variant, with its staff.
fn keep_only(root: &mut Table, name: &str, staff: &[PlannedStaff]) {
    let Some(Value::List(variants)) = root.get_mut("variants").map(|entry| &mut entry.node.value)
    else {
        return;
    };
    let is_named = |node: &Node| {
        let own = node.as_table().and_then(|table| table.get("name"));
        own.and_then(|entry| entry.node.as_text()).map(str::trim) == Some(name)
    };
    variants.retain(is_named);
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
        for staff in staff {
            forget_path(set, &key(&staff.group));
            set.put(entry(&key(&staff.group), heads(staff)));
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
fn put_staff(root: &mut Table, staff: &[PlannedStaff]) {
    let groups = root
        .get_mut("groups")
        .and_then(|groups| groups.node.as_table_mut());
    let Some(groups) = groups else {
        return;
    };
    for staff in staff {
        let group = groups
            .get_mut(&staff.group)
            .and_then(|group| group.node.as_table_mut());
        if let Some(group) = group {
            group.put(entry("staff", heads(staff)));
        }
    }
}

/// A number, a list, or a table of these by weekday.
fn heads(staff: &PlannedStaff) -> Value {
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

fn of_day(heads: &[u32]) -> Value {
    let number = |&heads: &u32| Value::Integer(i64::from(heads));
    match heads.first() {
        Some(first) if heads.iter().all(|heads| heads == first) => number(first),
        _ => Value::List(heads.iter().map(|heads| node(number(heads))).collect()),
    }
}

fn node(value: Value) -> Node {
    Node { span: 0..0, value }
}

fn entry(key: &str, value: Value) -> Entry {
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
