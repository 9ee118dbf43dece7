//! A scenario with one of its variants, ready for other values: what these do not touch is read once.

use std::sync::Arc;

use super::centre::{Centre, centre};
use super::column::DataSet;
use super::horizon::{Horizon, batches, horizon, run};
use super::journey;
use super::whole::{BASE, leads_on};
use crate::scenario::Scenario;
use crate::scenario::change::{self, Change};
use crate::scenario::format::{ScenarioFile, VariantFile};
use crate::scenario::model::{Compiled, IssueRules, Stopping, Variant};
use crate::scenario::problem::{Place, Problem, Problems};
use crate::scenario::read::{Read, Reader};
use crate::scenario::tree::Node;
use crate::scenario::uncertain::{Input, Spread, Unit};
use crate::scenario::variant;

/// What single values are changed in: the file as written or one of its variants.
#[derive(Debug)]
pub struct Ground<'a> {
    scenario: &'a Scenario,
    name: String,
    tree: Node,
    /// The file as written.
    file: ScenarioFile,
    variant: Option<VariantFile>,
    horizon: Horizon,
    data: DataSet,
    stopping: Stopping,
    seed: u64,
    rules: IssueRules,
    follows_issues: bool,
    inputs: Vec<Input>,
}

impl Scenario {
    /// The file as written, or the variant of this name, ready for other values.
    ///
    /// # Errors
    /// Everything that is wrong with the file, or that it has no such variant.
    pub fn ground(&self, name: Option<&str>) -> Result<Ground<'_>, Problems> {
        let compiled = self.compile()?;
        let mut reader = Reader::default();
        let refused = |problems| Problems::new(&self.file, Arc::clone(&self.text), problems);
        let parts = |reader: &mut Reader| {
            let file = ScenarioFile::read(&self.root, reader)?;
            let mut horizon = horizon(&file, reader)?;
            horizon.batches = batches(&file, &horizon, reader);
            Some((file, horizon))
        };
        let Some((file, horizon)) = parts(&mut reader) else {
            return Err(refused(reader.problems));
        };
        let (stopping, seed) = run(file.run.as_ref(), &mut reader);
        let name = name.unwrap_or(BASE);
        let is_named =
            |variant: &&VariantFile| variant.name.as_ref().is_some_and(|own| own.value.0 == name);
        let variants = file.variants.iter().flat_map(|variants| &variants.value);
        let variant = variants
            .map(|variant| &variant.value)
            .find(is_named)
            .cloned();
        if variant.is_none() && name != BASE {
            let known: Vec<String> = compiled
                .variants
                .iter()
                .map(|variant| format!("\"{}\"", variant.name))
                .collect();
            let problem = Problem {
                message: format!(
                    "no variant is named \"{name}\"; the file has {}",
                    known.join(", ")
                ),
                hint: None,
                variant: None,
                place: Place::default(),
            };
            return Err(refused(vec![problem]));
        }
        let tree = match &variant {
            Some(variant) => variant::apply(&self.root, variant, &mut reader),
            None => self.root.clone(),
        };
        let mut ground = Ground {
            scenario: self,
            name: name.to_owned(),
            tree,
            rules: journey::rules(file.issues.as_ref()),
            variant,
            horizon,
            data: DataSet::new(&self.data),
            stopping,
            seed,
            follows_issues: compiled.variants.iter().any(leads_on),
            inputs: Vec::new(),
            file,
        };
        ground.inputs = ground.uncertain();
        Ok(ground)
    }
}

impl Ground<'_> {
    /// `base`, or the name of the variant.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The scenario.
    pub fn scenario(&self) -> &Scenario {
        self.scenario
    }

    /// When a run ends, by the file.
    pub fn stopping(&self) -> Stopping {
        self.stopping
    }

    /// The file's seed.
    pub fn seed(&self) -> u64 {
        self.seed
    }

    /// What the file says is uncertain, as far as this variant has it.
    pub fn inputs(&self) -> &[Input] {
        &self.inputs
    }

    /// The same with issues followed whether or not a change leads to any: so that all runs have the same figures.
    pub fn follow_issues(&mut self) {
        self.follows_issues = true;
    }

    /// Compiles with some values changed, as the only variant.
    ///
    /// # Errors
    /// What is wrong with the changes: where they lead to no value, or to a file that is refused.
    pub fn compile(&self, changes: &[Change]) -> Result<Compiled, Vec<Problem>> {
        self.compile_all(&[(self.name.as_str(), changes)])
    }

    /// Compiles several such changes of this variant, each under its name: differences are to the first.
    ///
    /// # Errors
    /// What is wrong with the first of them that is refused.
    pub fn compile_all(&self, named: &[(&str, &[Change])]) -> Result<Compiled, Vec<Problem>> {
        let variant = |(name, changes): &(&str, &[Change])| -> Result<Variant, Vec<Problem>> {
            let centre = self.centre(changes)?;
            Ok(Variant {
                name: (*name).to_owned(),
                model: centre.model,
                staffing: centre.staffing,
                warnings: Vec::new(),
                hiring: None,
            })
        };
        let mut variants: Vec<Variant> = named.iter().map(variant).collect::<Result<_, _>>()?;
        if self.follows_issues || variants.iter().any(leads_on) {
            for variant in &mut variants {
                variant.model.issues = Some(self.rules);
            }
        }
        let name = self.file.name.as_ref().map(|name| name.value.0.clone());
        let currency = self.file.currency.as_ref();
        Ok(Compiled {
            name: name.unwrap_or_default(),
            currency: currency.map_or(String::new(), |currency| currency.value.0.clone()),
            time_zone: self.horizon.time_zone.clone(),
            start: self.horizon.start.clone(),
            seed: self.seed,
            stopping: self.stopping,
            variants,
            warnings: Vec::new(),
            fingerprint: self.scenario.fingerprint(),
        })
    }

    fn centre(&self, changes: &[Change]) -> Result<Centre, Vec<Problem>> {
        let context = (&self.file, self.variant.as_ref(), &self.horizon, &self.data);
        changed(&self.tree, changes, context)
    }

    /// The uncertain values that this variant has; of those that take whole numbers alone it is known.
    fn uncertain(&self) -> Vec<Input> {
        let written = self.file.uncertain.iter().flat_map(|form| &form.value.0);
        let inputs = written.map(|(_, input)| input.clone());
        let is_there = |input: &Input| self.centre(&[input.low()]).is_ok();
        inputs
            .filter(is_there)
            .map(|input| self.as_it_may_be(input))
            .collect()
    }

    /// An input in whole numbers where its key takes no others.
    pub fn as_it_may_be(&self, input: Input) -> Input {
        let (low, high) = input.ends();
        let is_bounded = !matches!(input.law.spread, Spread::Lognormal { .. });
        let may_be_whole = input.law.unit == Unit::Number
            && is_bounded
            && low.fract() == 0.0
            && high.fract() == 0.0;
        if !may_be_whole || self.centre(&[input.change(low + 0.5)]).is_ok() {
            return input;
        }
        let mut input = input;
        input.law.unit = Unit::Whole;
        input
    }
}

/// The file as written, the variant, the horizon and the data files.
type Context<'a> = (
    &'a ScenarioFile,
    Option<&'a VariantFile>,
    &'a Horizon,
    &'a DataSet,
);

/// The centre of a tree with some values changed.
fn changed(
    tree: &Node,
    changes: &[Change],
    (file, variant, horizon, data): Context<'_>,
) -> Result<Centre, Vec<Problem>> {
    let mut reader = Reader::default();
    let mut tree = tree.clone();
    if let Some(root) = tree.as_table_mut() {
        // Ranges of values and plans are none of the centre's.
        root.remove("uncertain");
        root.remove("plan");
        for change in changes {
            if let Err((message, hint)) = change::put(root, change) {
                let place = Place {
                    span: 0..0,
                    key: change.key.clone(),
                };
                reader.report_at(&place, message, hint);
            }
        }
    }
    let (centre, reader) = match ScenarioFile::read(&tree, &mut reader) {
        Some(own) => centre(&own, file, variant, horizon, data, reader),
        None => (None, reader),
    };
    match centre {
        Some(centre) if reader.problems.is_empty() => Ok(centre),
        _ => Err(reader.problems),
    }
}

/// Reports uncertain values that the file does not have, or that it refuses at an end of their range.
pub(super) fn check_uncertain(
    root: &Node,
    file: &ScenarioFile,
    horizon: &Horizon,
    data: &DataSet,
    reader: &mut Reader,
) {
    let Some(uncertain) = &file.uncertain else {
        return;
    };
    for (number, (place, input)) in uncertain.value.0.iter().enumerate() {
        let mut earlier = uncertain.value.0[..number].iter();
        if let Some((_, other)) = earlier.find(|(_, other)| change::clash(&other.key, &input.key)) {
            let message = format!(
                "`{}` and `{}` are one and the same, or one holds the other",
                other.key, input.key
            );
            reader.report_at(place, message, None);
            continue;
        }
        for change in [input.low(), input.high()] {
            let Err(problems) = changed(
                root,
                std::slice::from_ref(&change),
                (file, None, horizon, data),
            ) else {
                continue;
            };
            let is_new =
                |problem: &&Problem| !reader.problems.iter().any(|known| known.covers(problem));
            let Some(problem) = problems.iter().find(is_new) else {
                continue;
            };
            let message = format!("at {}: {}", change.to, problem.message);
            reader.report_at(place, message, problem.hint.clone());
            break;
        }
    }
}
