//! The whole page.

use std::io::{self, Write};

use askama::Template;

use super::section::Section;
use super::{
    assumptions, basis, data, definitions, detail, flows, frontier, margin, mixes, short,
    waterfall, worth,
};
use crate::report::material::Material;

const STYLE: &str = concat!(
    include_str!("style/page.css"),
    include_str!("style/table.css"),
    include_str!("style/chart.css"),
    include_str!("style/print.css"),
);
const CHARTS: &str = include_str!("../../../assets/echarts/echarts.min.js");
/// One file a chart, in one function of its own.
const SCRIPT: &str = concat!(
    "(function () {\n'use strict';\n",
    include_str!("script/format.js"),
    include_str!("script/state.js"),
    include_str!("script/palette.js"),
    include_str!("script/chart.js"),
    include_str!("script/sort.js"),
    include_str!("script/demand.js"),
    include_str!("script/spend.js"),
    include_str!("script/frontier.js"),
    include_str!("script/waterfall.js"),
    include_str!("script/worth.js"),
    include_str!("script/heat.js"),
    include_str!("script/interval.js"),
    include_str!("script/waits.js"),
    include_str!("script/backlog.js"),
    include_str!("script/busy.js"),
    include_str!("script/flows.js"),
    include_str!("script/start.js"),
    "}());\n",
);

/// Why a page could not be laid out.
#[derive(Debug, thiserror::Error)]
pub enum PageError {
    /// A template failed.
    #[error("the page could not be laid out: {0}")]
    Template(#[from] askama::Error),
    /// The figures could not be written as JSON.
    #[error("the figures of the page could not be written: {0}")]
    Data(#[from] serde_json::Error),
    /// The page could not be written.
    #[error("the page could not be written: {0}")]
    Writing(#[from] io::Error),
}

#[derive(Template)]
#[template(path = "page.html")]
struct Page<'a> {
    title: &'a str,
    subtitle: String,
    version: &'a str,
    style: &'a str,
    charts: &'a str,
    script: &'a str,
    data: String,
    sections: Vec<Section>,
}

/// Writes the report as one HTML page.
///
/// # Errors
/// When `out` can't be written.
pub fn write(material: &Material<'_>, out: &mut impl Write) -> Result<(), PageError> {
    let label = &material.summary.scenario;
    let page = Page {
        title: &label.name,
        subtitle: format!(
            "{} from {}, {} replications, seed {}",
            days(label.days),
            label.start,
            label.replications,
            label.seed
        ),
        version: Material::VERSION,
        style: STYLE,
        charts: CHARTS,
        script: SCRIPT,
        data: data::json(material)?,
        sections: sections(material)?,
    };
    out.write_all(page.render()?.as_bytes())?;
    Ok(())
}

/// The sections in the order of the page.
fn sections(material: &Material<'_>) -> Result<Vec<Section>, askama::Error> {
    let has_mixes = material.summary.variants.len() > 1;
    let compares_cost = has_mixes && material.has_costs();
    let sections = [
        Some(short::section(material)?),
        Some(mixes::section(material)?),
        compares_cost
            .then(|| frontier::section(material))
            .transpose()?,
        margin::section(material)?,
        compares_cost
            .then(|| waterfall::section(material))
            .transpose()?,
        worth::section(material)?,
        Some(detail::section(material)?),
        flows::section(material)?,
        Some(assumptions::section(material)?),
        Some(definitions::section()?),
        Some(basis::section(material)?),
    ];
    Ok(sections.into_iter().flatten().collect())
}

fn days(days: u32) -> String {
    match days {
        1 => "One day".to_owned(),
        _ => format!("{days} days"),
    }
}
