//! What the figures rest on: runs, seed, version, doubts and warnings.

use askama::Template;

use super::section::Section;
use crate::report::figure::grouped;
use crate::report::material::Material;

#[derive(Template)]
#[template(path = "basis.html")]
struct Basis {
    facts: Vec<(&'static str, String)>,
    few: Vec<(String, Vec<String>)>,
    warnings: Vec<(String, Vec<String>)>,
}

/// How sure it is, and how to make it again.
pub(super) fn section(material: &Material<'_>) -> askama::Result<Section> {
    let label = &material.summary.scenario;
    let facts = vec![
        (
            "Days simulated",
            format!("{} from {} ({})", label.days, label.start, label.time_zone),
        ),
        (
            "Replications",
            format!(
                "{} ({}){}",
                grouped(label.replications as f64, 0),
                label.stopped.words(),
                label.in_batches()
            ),
        ),
        ("Seed", label.seed.to_string()),
        (
            "Interval",
            format!("{} minutes", label.interval_s as f64 / 60.0),
        ),
        ("Program", format!("channelmix {}", Material::VERSION)),
        (
            "Fingerprint of the inputs",
            format!("{:016x}", material.scenario.fingerprint()),
        ),
    ];
    let of_each = |of: fn(&crate::stats::summary::VariantSummary) -> &Vec<String>| {
        let variants = material
            .summary
            .variants
            .iter()
            .filter(|variant| !of(variant).is_empty());
        variants
            .map(|variant| (variant.name.clone(), of(variant).clone()))
            .collect()
    };
    let content = Basis {
        facts,
        few: of_each(|variant| &variant.too_few_events),
        warnings: of_each(|variant| &variant.warnings),
    };
    Section::new(
        "basis",
        "How sure this is, and how to make it again",
        &content,
    )
}
