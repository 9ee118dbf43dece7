//! `[plan.mix]` from tables to variants: every combination of what may be chosen is one, and compiled as those of the file are.

use std::sync::Arc;

use super::whole::BASE;
use crate::scenario::Scenario;
use crate::scenario::change::clash;
use crate::scenario::format::ScenarioFile;
use crate::scenario::mix::{Aim, HeadRange, Lever, LeverKind, MixSpace, Setup};
use crate::scenario::mix_file::{Alternatives, MixFile};
use crate::scenario::people::heads_of;
use crate::scenario::problem::{Place, Problem, Problems};
use crate::scenario::read::{At, Named, Read, Reader, hint_of};
use crate::scenario::scalar::ShareAboveZero;
use crate::scenario::tree::{Entry, Node, Table, Value, digits, shortened};

/// The most combinations.
const MOST_SETUPS: usize = 400;
/// The most characters of a variant's name, as of any other.
const LONGEST_NAME: usize = 100;

/// A lever with what its values make of the file.
struct Tool {
    lever: Lever,
    place: Place,
    values: Vec<Option<Node>>,
    moves: Option<Named<ShareAboveZero>>,
}

/// Reports queues, groups and paths in `[plan.mix]` that cannot be meant.
pub(super) fn check_mix(file: &ScenarioFile, reader: &mut Reader) {
    let Some(mix) = mix_of(file) else {
        return;
    };
    let queues: Vec<&str> = names(file.queues.as_ref());
    let groups: Vec<&str> = names(file.groups.as_ref());
    let dropped = mix.drop.iter().flat_map(|drop| &drop.value.entries);
    let opened = mix.open.iter().flat_map(|open| &open.value.entries);
    let bounded = mix.heads.iter().flat_map(|heads| &heads.value.entries);
    let of_queues = dropped.map(|entry| (&entry.name, &entry.place));
    let of_queues = of_queues.chain(opened.map(|entry| (&entry.name, &entry.place)));
    let of_groups = bounded
        .clone()
        .map(|entry| (&entry.name, &entry.place, "group", &groups));
    let all = of_queues
        .map(|(name, place)| (name, place, "queue", &queues))
        .chain(of_groups);
    for (name, place, what, known) in all {
        if !known.contains(&name.as_str()) {
            let hint = hint_of(name, known.iter().copied());
            let message = format!("`{}` is no {what}", shortened(name));
            reader.report_at(place, message, Some(hint));
        }
    }
    for heads in bounded.filter_map(|entry| entry.value.as_ref()) {
        if let (Some(min), Some(max)) = (&heads.min, &heads.max)
            && min.value.0 > max.value.0
        {
            let (least, most) = (min.value.0, max.value.0);
            let message = format!("expected at most as many as max, {most}, found {least}");
            reader.report_at(&min.place, message, None);
        }
    }
    check_paths(&tools(mix), reader);
}

/// Two levers must not change one and the same; heads are no lever.
fn check_paths(tools: &[Tool], reader: &mut Reader) {
    for (number, tool) in tools.iter().enumerate() {
        let path = tool.lever.what.path();
        let is_staff = path.starts_with("groups.") && path.ends_with(".staff");
        if is_staff || path.contains(".staff.") {
            let message = "heads are chosen anyway: say in [plan.mix.heads] how few and how many";
            reader.report_at(&tool.place, message, None);
        }
        let is_value = |tool: &&Tool| !matches!(tool.lever.what, LeverKind::Drop(_));
        let mut earlier = tools[..number].iter().filter(is_value);
        if !is_value(&tool) {
            continue;
        }
        if let Some(other) = earlier.find(|other| clash(&other.lever.what.path(), &path)) {
            let other = other.lever.what.path();
            let message =
                format!("`{other}` and `{path}` are one and the same, or one holds the other");
            reader.report_at(&tool.place, message, None);
        }
    }
}

impl Scenario {
    /// What a planner may choose of the file as written or of one of its variants, every combination compiled.
    ///
    /// # Errors
    /// Everything that is wrong with the file or one of the combinations; that there is no such variant; that there are too many combinations.
    pub fn mixes(&self, variant: Option<&str>) -> Result<MixSpace, Problems> {
        self.compile()?;
        let refused = |items| Problems::new(self.file(), Arc::clone(&self.text), items);
        let mut reader = Reader::default();
        let file = ScenarioFile::read(&self.root, &mut reader);
        let Some(file) = file.filter(|_| reader.problems.is_empty()) else {
            return Err(refused(reader.problems));
        };
        let ground = variant.unwrap_or(BASE);
        let own = self
            .variant_table(ground)
            .map_err(|problem| refused(vec![problem]))?;
        let mix = mix_of(&file);
        let mut warnings = Vec::new();
        let mut tools = mix.map_or(Vec::new(), tools);
        tools.retain(|tool| {
            let queue = tool.queue().map(|queue| format!("queues.{queue}"));
            let mut paths = queue.into_iter().chain([tool.lever.what.path()]);
            let is_there = !paths.any(|path| is_removed(&own, &path));
            if !is_there {
                let path = tool.lever.what.path();
                warnings.push(format!(
                    "the variant \"{ground}\" has no {path} that could be chosen"
                ));
            }
            is_there
        });
        for tool in &mut tools {
            if let (LeverKind::Open(_), Some(hours)) =
                (&tool.lever.what, tool.lever.values.first_mut())
            {
                *hours = self.hours_of(&own, &tool.lever.what.path());
            }
        }
        let queues = names(file.queues.as_ref()).len();
        let setups = setups(&tools, queues).map_err(|many| {
            let problem = Problem {
                message: format!(
                    "{many} combinations, {MOST_SETUPS} are possible: name fewer values"
                ),
                hint: None,
                variant: None,
                place: mix_place(&file),
            };
            refused(vec![problem])
        })?;
        let scenario = self.with_setups(&own, &tools, &setups);
        Ok(MixSpace {
            ground: ground.to_owned(),
            budget: mix.and_then(|mix| mix.budget.as_ref().map(|budget| budget.value.0)),
            aim: mix
                .and_then(|mix| mix.aim.as_ref())
                .map_or(Aim::default(), |aim| aim.value),
            levers: tools.iter().map(|tool| tool.lever.clone()).collect(),
            setups,
            heads: mix.map_or(Vec::new(), heads),
            compiled: scenario.compile()?,
            scenario,
            warnings,
        })
    }

    /// What a variant changes; nothing for the file as written.
    fn variant_table(&self, name: &str) -> Result<Table, Problem> {
        let variants = self.root.as_table().and_then(|root| root.get("variants"));
        let items = match variants.map(|entry| &entry.node.value) {
            Some(Value::List(items)) => items.as_slice(),
            _ => &[],
        };
        let tables = || items.iter().filter_map(Node::as_table);
        let name_of = |table: &Table| Some(table.get("name")?.node.as_text()?.to_owned());
        if name == BASE {
            return Ok(Table::default());
        }
        let found = tables().find(|table| name_of(table).as_deref() == Some(name));
        found.cloned().ok_or_else(|| {
            let names: Vec<String> = tables().filter_map(name_of).collect();
            let known = std::iter::once(BASE).chain(names.iter().map(String::as_str));
            Problem {
                message: format!("no variant is named \"{}\"", shortened(name)),
                hint: Some(hint_of(name, known)),
                variant: None,
                place: Place::default(),
            }
        })
    }

    /// The hours of a queue before anything is chosen, as they are written.
    fn hours_of(&self, variant: &Table, path: &str) -> String {
        let set = variant.get("set").and_then(|set| set.node.as_table());
        if let Some(own) = set.and_then(|set| set.get(path)) {
            return text_of(&own.node);
        }
        let mut node = &self.root;
        for key in path.split('.') {
            match node.as_table().and_then(|table| table.get(key)) {
                Some(entry) => node = &entry.node,
                None => return "always".to_owned(),
            }
        }
        text_of(node)
    }

    /// The scenario with the setups in the place of its variants.
    fn with_setups(&self, own: &Table, tools: &[Tool], setups: &[Setup]) -> Self {
        let variants = setups.iter().enumerate().map(|(number, setup)| {
            let mut table = own.clone();
            let name = name_of(number, tools, setup);
            put(&mut table, "name", 0..0, Value::Text(name));
            for (tool, value) in tools.iter().zip(&setup.values) {
                if let Some(value) = value {
                    tool.edit(*value, &mut table);
                }
            }
            forget_moves_to_removed(&mut table);
            Node {
                span: 0..0,
                value: Value::Table(table),
            }
        });
        // The variant that is the ground stands before its setups.
        let ground = own.get("name").map(|_| Node {
            span: 0..0,
            value: Value::Table(own.clone()),
        });
        let mut scenario = self.clone();
        let variants = Value::List(ground.into_iter().chain(variants).collect());
        if let Some(root) = scenario.root.as_table_mut() {
            put(root, "variants", 0..0, variants);
        }
        scenario
    }
}

impl Tool {
    /// Puts a value into the table of a variant.
    fn edit(&self, value: usize, variant: &mut Table) {
        let span = self.place.span.clone();
        match (&self.lever.what, &self.values[value]) {
            (_, None) => (),
            (LeverKind::Drop(queue), Some(_)) => {
                let path = Node {
                    span: span.clone(),
                    value: Value::Text(format!("queues.{queue}")),
                };
                if let Value::List(items) = list_in(variant, "remove") {
                    items.push(path);
                }
                let shares = self.moves.iter().flat_map(|moves| &moves.entries);
                let mut targets = Table::default();
                for to in shares {
                    let share = to.value.map_or(0.0, |share| share.0);
                    put(
                        &mut targets,
                        &to.name,
                        to.place.span.clone(),
                        Value::Float(share),
                    );
                }
                if let Some(moves) = table_in(variant, "moves") {
                    put(moves, queue, span, Value::Table(targets));
                }
            }
            (LeverKind::Open(_) | LeverKind::Vary(_), Some(node)) => {
                if let Some(set) = table_in(variant, "set") {
                    let path = self.lever.what.path();
                    put(set, &path, span, node.value.clone());
                }
            }
        }
    }

    /// The queue that it is of, if any.
    fn queue(&self) -> Option<String> {
        match &self.lever.what {
            LeverKind::Drop(_) => None,
            LeverKind::Open(queue) => Some(queue.clone()),
            LeverKind::Vary(path) => {
                let parts: Vec<&str> = path.split('.').collect();
                match parts.as_slice() {
                    ["queues", queue, ..] | ["groups", _, "at_once", queue] => {
                        Some((*queue).to_owned())
                    }
                    _ => None,
                }
            }
        }
    }
}

fn mix_of(file: &ScenarioFile) -> Option<&MixFile> {
    let plan = file.plan.as_ref()?;
    plan.value.mix.as_ref().map(|mix| &mix.value)
}

fn mix_place(file: &ScenarioFile) -> Place {
    let mix = file.plan.as_ref().and_then(|plan| plan.value.mix.as_ref());
    mix.map(|mix| mix.place.clone()).unwrap_or_default()
}

fn names<T>(named: Option<&At<Named<T>>>) -> Vec<&str> {
    named.map_or(Vec::new(), |named| {
        named
            .value
            .entries
            .iter()
            .map(|entry| entry.name.as_str())
            .collect()
    })
}

fn heads(mix: &MixFile) -> Vec<HeadRange> {
    let entries = mix.heads.iter().flat_map(|heads| &heads.value.entries);
    let range = entries.filter_map(|entry| {
        let file = entry.value.as_ref()?;
        Some(HeadRange {
            group: entry.name.clone(),
            min: file.min.as_ref().map(|min| heads_of(min.value)),
            max: file.max.as_ref().map(|max| heads_of(max.value)),
        })
    });
    range.collect()
}

/// What may be chosen, channels first.
fn tools(mix: &MixFile) -> Vec<Tool> {
    let drops = mix.drop.iter().flat_map(|drop| &drop.value.entries);
    let drops = drops.map(|entry| Tool {
        lever: Lever {
            what: LeverKind::Drop(entry.name.clone()),
            values: vec!["kept".to_owned(), "dropped".to_owned()],
        },
        place: entry.place.clone(),
        values: vec![
            None,
            Some(Node {
                span: entry.place.span.clone(),
                value: Value::Boolean(true),
            }),
        ],
        moves: entry.value.clone(),
    });
    let opens = mix.open.iter().flat_map(|open| &open.value.entries);
    let opens = opens.filter_map(|entry| {
        let own = ("as in the file".to_owned(), None);
        let what = LeverKind::Open(entry.name.clone());
        Some(tool(what, &entry.place, Some(own), entry.value.as_ref()?))
    });
    let varied = mix.vary.iter().flat_map(|vary| &vary.value.0);
    let varied = varied
        .map(|(place, path, values)| tool(LeverKind::Vary(path.clone()), place, None, values));
    drops.chain(opens).chain(varied).collect()
}

fn tool(
    what: LeverKind,
    place: &Place,
    own: Option<(String, Option<Node>)>,
    values: &Alternatives,
) -> Tool {
    let written = values
        .0
        .iter()
        .map(|node| (text_of(node), Some(node.clone())));
    let (texts, values) = own.into_iter().chain(written).unzip();
    Tool {
        lever: Lever {
            what,
            values: texts,
        },
        place: place.clone(),
        values,
        moves: None,
    }
}

/// Every combination that makes sense: a queue is left, and nothing is chosen of one that is dropped.
fn setups(tools: &[Tool], queues: usize) -> Result<Vec<Setup>, usize> {
    let mut setups = vec![Setup { values: Vec::new() }];
    for tool in tools {
        let mut longer = Vec::new();
        for setup in setups {
            let dropped = dropped(tools, &setup);
            let is_gone = tool.queue().is_some_and(|queue| dropped.contains(&queue));
            let choices = if is_gone {
                vec![None]
            } else {
                (0..tool.values.len()).map(Some).collect()
            };
            for choice in choices {
                let mut setup = setup.clone();
                setup.values.push(choice);
                let is_left = self::dropped(tools, &setup).len() < queues;
                longer.extend(is_left.then_some(setup));
            }
        }
        setups = longer;
        if setups.len() > MOST_SETUPS {
            let more = tools[setups[0].values.len()..].iter();
            return Err(more.fold(setups.len(), |many, tool| {
                many.saturating_mul(tool.values.len())
            }));
        }
    }
    Ok(setups)
}

fn dropped(tools: &[Tool], setup: &Setup) -> Vec<String> {
    let chosen = tools.iter().zip(&setup.values);
    let dropped = chosen.filter_map(|(tool, value)| match &tool.lever.what {
        LeverKind::Drop(queue) if *value == Some(1) => Some(queue.clone()),
        _ => None,
    });
    dropped.collect()
}

/// The name of a setup's variant: its number and what it is.
fn name_of(number: usize, tools: &[Tool], setup: &Setup) -> String {
    let chosen = tools.iter().zip(&setup.values);
    let texts = chosen.filter_map(|(tool, value)| {
        let text = &tool.lever.values[(*value)?];
        match &tool.lever.what {
            LeverKind::Drop(queue) => (*value == Some(1)).then(|| format!("no {queue}")),
            LeverKind::Open(queue) => (*value > Some(0)).then(|| format!("{queue} {text}")),
            LeverKind::Vary(path) => Some(format!("{path} = {text}")),
        }
    });
    let texts: Vec<String> = texts.collect();
    let name = format!("mix {}: {}", number + 1, texts.join(", "));
    let name = name.trim_end_matches([':', ' ']);
    if name.chars().count() <= LONGEST_NAME {
        return name.to_owned();
    }
    let cut: String = name.chars().take(LONGEST_NAME - 1).collect();
    format!("{cut}…")
}

/// Whether a variant has taken away what a path leads to.
fn is_removed(variant: &Table, path: &str) -> bool {
    let removed = match variant.get("remove").map(|entry| &entry.node.value) {
        Some(Value::List(items)) => items.as_slice(),
        _ => &[],
    };
    let mut removed = removed.iter().filter_map(Node::as_text);
    removed.any(|removed| {
        let rest = path.strip_prefix(removed);
        rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
    })
}

/// Customers cannot move to a queue that is gone too: they are lost.
fn forget_moves_to_removed(variant: &mut Table) {
    let mut kept = variant.clone();
    let Some(moves) = table_in(&mut kept, "moves") else {
        return;
    };
    for entry in &mut moves.entries {
        if let Some(targets) = entry.node.as_table_mut() {
            let is_there = |to: &Entry| !is_removed(variant, &format!("queues.{}", to.key));
            targets.entries.retain(is_there);
        }
    }
    moves.entries.retain(|entry| {
        let targets = entry.node.as_table();
        targets.is_none_or(|targets| !targets.entries.is_empty())
    });
    *variant = kept;
}

fn put(table: &mut Table, key: &str, span: std::ops::Range<usize>, value: Value) {
    table.put(Entry {
        key: key.to_owned(),
        key_span: span.clone(),
        node: Node { span, value },
    });
}

/// The list under a key, which is made where it is missing.
fn list_in<'a>(table: &'a mut Table, key: &str) -> &'a mut Value {
    inner(table, key, Value::List(Vec::new()))
}

/// The table under a key, which is made where it is missing.
fn table_in<'a>(table: &'a mut Table, key: &str) -> Option<&'a mut Table> {
    match inner(table, key, Value::Table(Table::default())) {
        Value::Table(table) => Some(table),
        _ => None,
    }
}

fn inner<'a>(table: &'a mut Table, key: &str, empty: Value) -> &'a mut Value {
    let place = match table.entries.iter().position(|entry| entry.key == key) {
        Some(place) => place,
        None => {
            put(table, key, 0..0, empty);
            table.entries.len() - 1
        }
    };
    &mut table.entries[place].node.value
}

/// A value as it would be written, on one line.
fn text_of(node: &Node) -> String {
    match &node.value {
        Value::Text(text) | Value::Moment(text) | Value::HugeInteger(text) => text.clone(),
        Value::Integer(number) => number.to_string(),
        Value::Float(number) => digits(*number),
        Value::Boolean(value) => value.to_string(),
        Value::List(items) => {
            let items: Vec<String> = items.iter().map(text_of).collect();
            format!("[{}]", items.join(", "))
        }
        Value::Table(table) => {
            let entries = table.entries.iter();
            let entries: Vec<String> = entries
                .map(|entry| format!("{} {}", entry.key, text_of(&entry.node)))
                .collect();
            entries.join(", ")
        }
    }
}
