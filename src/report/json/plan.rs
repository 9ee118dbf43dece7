//! The cheapest staffing that was found, or why there is none.

use std::io::{self, Write};

use serde::Serialize;

use super::document::Document;
use crate::plan::found::{
    Bound, Ended, Failing, GroupPlan, Moment, Plan, PlanCost, Proven, SlotHeads, Unmeetable,
};
use crate::stats::summary::{Named, ScenarioLabel};

const SCHEMA: &str = "channelmix.plan/1";

/// A plan as it is told, of heads or of shifts.
#[derive(Serialize)]
pub(super) struct Content<'a> {
    scenario: &'a ScenarioLabel,
    variant: &'a str,
    /// Of staffing, as are the bound and the gap.
    cost: f64,
    bound: f64,
    gap: Option<f64>,
    staff: Named<Group<'a>>,
    targets: &'a [Proven],
    proven: bool,
    error: f64,
    costs: &'a PlanCost,
    bounds: &'a Bound,
    ended: Ended,
    progress: &'a [Moment],
    warnings: &'a [String],
}

#[derive(Serialize)]
struct Group<'a> {
    fixed: bool,
    paid_h: f64,
    paid_h_of_file: f64,
    heads: &'a [SlotHeads],
}

/// Writes the plan: `cost`, `bound` and `gap` are those of staffing.
///
/// # Errors
///
/// When `out` can't be written.
pub fn write(plan: &Plan, out: &mut impl Write) -> io::Result<()> {
    Document {
        schema: SCHEMA,
        content: content(plan),
    }
    .write(out)
}

/// What is told of a plan.
pub(super) fn content(plan: &Plan) -> Content<'_> {
    let staff = plan.staff.iter().map(|group: &GroupPlan| {
        let of_group = Group {
            fixed: group.fixed,
            paid_h: group.paid_h,
            paid_h_of_file: group.paid_h_of_file,
            heads: &group.heads,
        };
        (group.group.clone(), of_group)
    });
    Content {
        scenario: &plan.scenario,
        variant: &plan.variant,
        cost: plan.cost.staffing,
        bound: plan.bound.staffing,
        gap: plan.gap,
        staff: staff.collect(),
        targets: &plan.targets,
        proven: plan.proven,
        error: plan.error,
        costs: &plan.cost,
        bounds: &plan.bound,
        ended: plan.ended,
        progress: &plan.progress,
        warnings: &plan.warnings,
    }
}

#[derive(Serialize)]
struct NoPlan<'a> {
    cost: Option<f64>,
    bound: Option<f64>,
    gap: Option<f64>,
    staff: Named<Group<'a>>,
    targets: &'a [Failing],
    limits: Named<u32>,
    needed: Named<u32>,
    obstacles: &'a [String],
}

/// Writes why there is no plan: the same keys without a cost, the targets that fail, the limits in the way, what would be needed,
/// and what else stands in the way, in words.
///
/// # Errors
///
/// When `out` can't be written.
pub fn write_unmeetable(found: &Unmeetable, out: &mut impl Write) -> io::Result<()> {
    let content = NoPlan {
        cost: None,
        bound: None,
        gap: None,
        staff: Named::default(),
        targets: &found.targets,
        limits: found.limits.iter().cloned().collect(),
        needed: found.needed.iter().cloned().collect(),
        obstacles: &found.obstacles,
    };
    Document {
        schema: SCHEMA,
        content,
    }
    .write(out)
}

#[cfg(test)]
mod tests {
    use serde_json::Value;

    use super::*;
    use crate::report::fixture;

    /// Every key with the path that leads to it, once.
    fn keys(value: &Value, path: &str, found: &mut Vec<String>) {
        match value {
            Value::Object(entries) => {
                for (key, value) in entries {
                    let path = format!("{path}.{key}");
                    keys(value, &path, found);
                    if !found.contains(&path) {
                        found.push(path);
                    }
                }
            }
            Value::Array(items) => items
                .iter()
                .for_each(|item| keys(item, &format!("{path}[]"), found)),
            _ => {}
        }
    }

    #[test]
    fn keys_and_the_figures_that_scripts_read_stay() {
        let mut out = Vec::new();
        write(&fixture::plan(), &mut out).unwrap();
        let document: Value = serde_json::from_slice(&out).unwrap();
        assert_eq!(document["cost"], 1_800.0);
        assert_eq!(document["bound"], 1_600.0);
        assert_eq!(document["gap"], 0.125);
        assert_eq!(document["staff"]["voice"]["heads"][1]["heads"], 3);
        let mut found = Vec::new();
        keys(&document, "", &mut found);
        insta::assert_snapshot!(found.join("\n"));
    }
}
