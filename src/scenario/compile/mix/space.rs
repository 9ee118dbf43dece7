//! A scenario with every combination as a variant, compiled as those of the file are.

use std::sync::Arc;

use super::edit::{forget_moves_to_removed, is_removed, put, text_of};
use super::lever::{Tool, tools};
use super::setups::{MOST_SETUPS, name_of, setups};
use crate::scenario::Scenario;
use crate::scenario::compile::whole::BASE;
use crate::scenario::format::ScenarioFile;
use crate::scenario::mix::{Aim, HeadRange, LeverKind, MixSpace, Setup};
use crate::scenario::mix_file::MixFile;
use crate::scenario::people::heads_of;
use crate::scenario::problem::{Place, Problem, Problems};
use crate::scenario::read::{At, Named, Read, Reader, hint_of};
use crate::scenario::tree::{Node, Table, Value, shortened};

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
        self.tell_own_hours(&mut tools, &own);
        let queues = names(file.queues.as_ref()).into_iter();
        let queues = queues.filter(|queue| !is_removed(&own, &format!("queues.{queue}")));
        let queues = queues.count();
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

    /// Puts the hours that queues have before anything is chosen first among those that they may have.
    fn tell_own_hours(&self, tools: &mut [Tool], own: &Table) {
        for tool in tools {
            let LeverKind::Open(_) = &tool.lever.what else {
                continue;
            };
            let hours = self.hours_of(own, &tool.lever.what.path());
            if let Some(first) = tool.lever.values.first_mut() {
                *first = hours;
            }
        }
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

pub(super) fn mix_of(file: &ScenarioFile) -> Option<&MixFile> {
    let plan = file.plan.as_ref()?;
    plan.value.mix.as_ref().map(|mix| &mix.value)
}

fn mix_place(file: &ScenarioFile) -> Place {
    let mix = file.plan.as_ref().and_then(|plan| plan.value.mix.as_ref());
    mix.map(|mix| mix.place.clone()).unwrap_or_default()
}

pub(super) fn names<T>(named: Option<&At<Named<T>>>) -> Vec<&str> {
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
