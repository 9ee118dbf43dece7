//! The whole scenario: the file as written, then each of its variants, with the problems and warnings of all.

use std::sync::Arc;

use super::centre::{Centre, centre};
use super::column::DataSet;
use super::ground::check_uncertain;
use super::horizon::{Horizon, batches, horizon, run};
use super::mix::check_mix;
use super::{hiring, journey};
use crate::ids::{Id, QueueId};
use crate::scenario::Scenario;
use crate::scenario::format::{ScenarioFile, VariantFile};
use crate::scenario::hiring::HiringBrief;
use crate::scenario::load;
use crate::scenario::model::{Compiled, Model, Skill, Variant, Yields};
use crate::scenario::money::Value;
use crate::scenario::overload;
use crate::scenario::problem::{Place, Problem, Problems, line_and_column};
use crate::scenario::read::{Read, Reader};
use crate::scenario::variant;

/// The name of the file as written among the variants.
pub(super) const BASE: &str = "base";

impl Scenario {
    /// Checks everything and makes what the engine reads.
    ///
    /// # Errors
    /// Everything that is wrong with the scenario, its variants and its data files.
    pub fn compile(&self) -> Result<Compiled, Problems> {
        let mut reader = Reader::default();
        let compiled = self.compile_with(&mut reader);
        match compiled.filter(|_| reader.problems.is_empty()) {
            Some(compiled) => Ok(compiled),
            None => Err(Problems::new(
                &self.file,
                Arc::clone(&self.text),
                reader.problems,
            )),
        }
    }

    /// The scenario as far as it could be compiled; what is wrong is in the reader.
    fn compile_with(&self, reader: &mut Reader) -> Option<Compiled> {
        let data = DataSet::new(&self.data);
        let file = ScenarioFile::read(&self.root, reader)?;
        let mut horizon = horizon(&file, reader)?;
        horizon.batches = batches(&file, &horizon, reader).filter(|_| horizon.is_sound);
        let (stopping, seed) = run(file.run.as_ref(), reader);
        check_variant_names(&file, reader);
        let written = std::mem::take(reader);
        let (base, written) = centre(&file, &file, None, &horizon, &data, written);
        *reader = written;
        check_uncertain(&self.root, &file, &horizon, &data, reader);
        check_mix(&file, reader);
        let mut variants = Vec::new();
        let mut warnings = Vec::new();
        // What the base has been warned of is told of a variant only where it differs.
        let mut told = Vec::new();
        if let Some(base) = base {
            let brief = hiring::brief(&file, &base.model, &horizon, &data, reader);
            let (brief, of_plan) = brief.unzip();
            warnings = self.lines(&spread_warnings(&base));
            warnings.extend(self.lines(&of_plan.unwrap_or_default()));
            let base = self.variant(BASE, (base, brief), Vec::new(), &warnings);
            told.extend(warnings.iter().chain(&base.warnings).cloned());
            variants.push(base);
        }
        for written in file.variants.iter().flat_map(|variants| &variants.value) {
            if let Some((found, removed)) =
                self.compile_variant(&written.value, &file, &horizon, &data, reader)
            {
                let name = written
                    .value
                    .name
                    .as_ref()
                    .map_or("", |name| name.value.0.as_str());
                variants.push(self.variant(name, found, removed, &told));
            }
        }
        if variants.iter().any(leads_on) {
            let rules = journey::rules(file.issues.as_ref());
            for variant in &mut variants {
                variant.model.issues = Some(rules);
            }
        }
        Some(Compiled {
            name: file.name.as_ref()?.value.0.clone(),
            currency: file.currency.as_ref()?.value.0.clone(),
            time_zone: horizon.time_zone,
            start: horizon.start,
            seed,
            stopping,
            variants,
            warnings,
            fingerprint: self.fingerprint(),
        })
    }

    /// A variant, and the warnings about what it removes. Problems that the file as written has too are not repeated.
    fn compile_variant(
        &self,
        written: &VariantFile,
        base: &ScenarioFile,
        horizon: &Horizon,
        data: &DataSet,
        reader: &mut Reader,
    ) -> Option<(Found, Vec<Warning>)> {
        let mut own = Reader::default();
        let tree = variant::apply(&self.root, written, &mut own);
        let file = ScenarioFile::read(&tree, &mut own);
        let (centre, mut own) = match &file {
            Some(file) => centre(file, base, Some(written), horizon, data, own),
            None => (None, own),
        };
        let brief = file.zip(centre.as_ref()).and_then(|(file, centre)| {
            hiring::brief(&file, &centre.model, horizon, data, &mut own)
        });
        let is_new = |problem: &Problem| !reader.problems.iter().any(|known| known.covers(problem));
        let mut problems: Vec<Problem> = own.problems.into_iter().filter(is_new).collect();
        for problem in &mut problems {
            problem.variant = written.name.as_ref().map(|name| name.value.0.clone());
        }
        reader.problems.extend(problems);
        let centre = centre?;
        let removed = removal_warnings(written, &centre.model);
        // What the reader should know of the weeks is told of the base.
        let brief = brief.map(|(brief, _)| brief);
        Some(((centre, brief), removed))
    }

    fn variant(
        &self,
        name: &str,
        (centre, hiring): Found,
        mut warnings: Vec<Warning>,
        known: &[String],
    ) -> Variant {
        warnings.extend(spread_warnings(&centre));
        warnings.extend(load_warnings(&centre));
        let mut lines = self.lines(&warnings);
        lines.retain(|line| !known.contains(line));
        Variant {
            name: name.to_owned(),
            model: centre.model,
            staffing: centre.staffing,
            warnings: lines,
            hiring,
        }
    }

    fn lines(&self, warnings: &[Warning]) -> Vec<String> {
        let line = |(place, message): &Warning| {
            let (line, _) = line_and_column(&self.text, place.span.start);
            format!("line {line}: {}: {message}", place.key)
        };
        warnings.iter().map(line).collect()
    }
}

type Warning = (Place, String);

/// A compiled variant, and what its weeks are planned from.
type Found = (Centre, Option<HiringBrief>);

/// Whether a contact of a variant may lead to another.
pub(super) fn leads_on(variant: &Variant) -> bool {
    let mut queues = variant.model.queues.values();
    queues.any(|queue| {
        let value = queue.value.as_ref();
        queue.journey.leads_on() || value.is_some_and(Value::is_of_issues)
    })
}

fn check_variant_names(file: &ScenarioFile, reader: &mut Reader) {
    let variants = file.variants.iter().flat_map(|variants| &variants.value);
    let mut names = vec![BASE];
    for name in variants.filter_map(|variant| variant.value.name.as_ref()) {
        if name.value.0 == BASE {
            reader.report_at(
                &name.place,
                "the name \"base\" is that of the file as written",
                None,
            );
        } else if names.contains(&name.value.0.as_str()) {
            let message = format!("two variants are named \"{}\"", name.value.0);
            reader.report_at(&name.place, message, None);
        }
        names.push(&name.value.0);
    }
}

/// Spread without bound, and groups that may serve nothing.
fn spread_warnings(centre: &Centre) -> Vec<Warning> {
    let queues = centre.model.queues.values().zip(&centre.queue_places).filter_map(|(queue, place)| {
        let spread = queue.spread?;
        let bred = spread.posts_per_hour * spread.fades.as_hours();
        (bred >= 1.0).then(|| {
            let message = format!(
                "posts_per_hour × fades is {bred:.2}: from 1 on the posts have no bound where nobody answers"
            );
            (place.clone(), message)
        })
    });
    let groups = centre.model.groups.values().zip(&centre.group_places);
    let idle = groups.filter(|(group, _)| group.skills.is_empty());
    let idle = idle.map(|(_, place)| {
        (
            place.clone(),
            "the group has no skills; it is idle and still paid".to_owned(),
        )
    });
    queues
        .chain(idle)
        .chain(never_interrupted(centre))
        .collect()
}

/// Queues that are interruptible, which nothing ever interrupts.
fn never_interrupted(centre: &Centre) -> impl Iterator<Item = Warning> {
    let is_interrupted = |queue: QueueId| {
        centre.model.groups.values().any(|group| {
            let mut skills = group.skills.iter();
            let gives_way =
                |skill: &Skill| skill.queue == queue && skill.yields == Yields::GivesWay;
            skills.clone().any(gives_way) && skills.any(|skill| skill.yields == Yields::Interrupts)
        })
    };
    let queues = centre.model.queues.iter();
    let queues = queues.filter(move |(id, queue)| queue.resume.is_some() && !is_interrupted(*id));
    queues.map(|(id, _)| {
        let message = "nothing ever interrupts it: no group takes it one at a time and a real-time queue before it";
        (centre.queue_places[id.index()].clone(), message.to_owned())
    })
}

fn load_warnings(centre: &Centre) -> Vec<Warning> {
    overload::warnings(&centre.model, &centre.staffing)
        .into_iter()
        .map(|(queue, message)| (centre.queue_places[queue.index()].clone(), message))
        .collect()
}

/// Queues removed with their customers or their backlog.
fn removal_warnings(written: &VariantFile, model: &Model) -> Vec<Warning> {
    let mut warnings = Vec::new();
    for path in written.remove.iter().flat_map(|remove| &remove.value) {
        let Some(name) = path.value.strip_prefix("queues.") else {
            continue;
        };
        let source = model
            .sources
            .values()
            .find(|source| source.name.text == name && source.own.is_none());
        let Some(source) = source else {
            continue;
        };
        if source.lost_backlog > 0 {
            let message = format!(
                "queue `{name}` is removed: its starting backlog of {} is lost with it",
                source.lost_backlog
            );
            warnings.push((path.place.clone(), message));
        }
        let rate = &source.arrivals_per_hour;
        if source.moves.is_empty() && load::expected(rate, &model.calendar) > 0.0 {
            let message =
                format!("queue `{name}` is removed without `moves`: all its customers are lost");
            warnings.push((path.place.clone(), message));
        }
    }
    warnings
}
