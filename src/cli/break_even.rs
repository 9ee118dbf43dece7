//! `channelmix break-even`

use channelmix::report::{csv, json, table};
use channelmix::scenario::Scenario;
use channelmix::scenario::model::Compiled;
use channelmix::scenario::vary::Values;
use channelmix::study::break_even::{BreakEvenError, Opposite, Question, break_even};

use super::arguments::Format;
use super::compare::workers;
use super::exit::{Failure, tell};
use super::marginal::variant_of;
use super::output::{Folder, print, text};
use super::progress;
use super::study_arguments::BreakEven;
use super::sweep::replications;

/// About as many values of the key are tried as this.
const VALUES: u64 = 16;

/// Finds the value of a key at which two figures are equal.
pub(crate) fn break_even_of(asked: &BreakEven) -> Result<(), Failure> {
    let scenario = Scenario::read(&asked.file)?;
    let compiled = scenario.compile()?;
    variant_of(&compiled, &asked.variant)?;
    for warning in &compiled.warnings {
        tell(&format!("warning: {warning}"));
    }
    let opposite = opposite(asked, &compiled)?;
    let ground = scenario.ground(Some(&asked.variant))?;
    let range = match &asked.vary.values {
        Values::Between(range) => range.input(&asked.vary.key),
        Values::Listed(_) => None,
    };
    let Some(input) = range else {
        return Err(Failure::Usage(format!(
            "expected a range without a step to search, such as {}=1..4, found {}",
            asked.vary.key, asked.vary.written
        )));
    };
    let question = Question {
        input: ground.as_it_may_be(input),
        ground: &ground,
        figure: &asked.of,
        opposite,
        replications: replications(asked.effort.replications, &compiled)?,
        seed: asked.effort.seed.unwrap_or(compiled.seed),
    };
    let folder = Folder::named(asked.place.out.as_deref(), &asked.file)?;
    let workers = workers(asked.effort.threads)?;
    let bar = progress::bar_of(VALUES, "values");
    let found = break_even(&question, &workers, &|| bar.inc(1)).map_err(failure)?;
    bar.finish_and_clear();
    let table = text(|out| table::write_break_even(&found, out))?;
    let json = text(|out| json::write_break_even(&found, out))?;
    let csv = text(|out| csv::write_break_even(&found, out))?;
    print(match asked.place.format {
        Format::Table => &table,
        Format::Json => &json,
    })?;
    folder.write(&[
        ("break-even.txt", table.as_bytes()),
        ("break-even.json", json.as_bytes()),
        ("break-even.csv", csv.as_bytes()),
    ])
}

/// What the figure is held against: as asked, or the file as written.
fn opposite<'a>(asked: &BreakEven, compiled: &'a Compiled) -> Result<Opposite<'a>, Failure> {
    match &asked.equals {
        Some(text) => Opposite::named(text, compiled).map_err(Failure::Usage),
        None if asked.variant != "base" => Ok(Opposite::Mix(&compiled.variants[0])),
        None => {
            let reason = "the base equals itself: give --equals a variant, a figure or a number, or --variant the one whose key is varied";
            Err(Failure::Usage(reason.to_owned()))
        }
    }
}

fn failure(error: BreakEvenError) -> Failure {
    match error {
        BreakEvenError::Run(error) => error.into(),
        error => Failure::Usage(error.to_string()),
    }
}
