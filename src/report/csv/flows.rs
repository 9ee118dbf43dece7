//! The ways that issues went: `flows.csv`.

use std::io::{self, Write};

use super::intervals::cells_of;
use crate::stats::summary::Summary;

/// Writes `flows.csv`: a row a variant and a way from one place to another. No rows where issues are not followed over their contacts.
///
/// # Errors
///
/// When `out` can't be written.
pub fn write_flows(summary: &Summary, out: &mut impl Write) -> io::Result<()> {
    let mut writer = csv::Writer::from_writer(out);
    writer.write_record(["variant", "from", "to", "mean", "lo", "hi"])?;
    for variant in &summary.variants {
        for flow in &variant.flows {
            let [mean, lo, hi] = cells_of(&flow.issues);
            writer.write_record([&variant.name, &flow.from, &flow.to, &mean, &lo, &hi])?;
        }
    }
    writer.flush()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::fixture;
    use crate::stats::estimate::Estimate;
    use crate::stats::issue_summary::FlowSummary;

    #[test]
    fn there_is_a_row_a_variant_and_way() {
        let mut summary = fixture::one_day();
        summary.variants[0].flows = vec![
            FlowSummary {
                from: "new".to_owned(),
                to: "queues.phone, the old one".to_owned(),
                issues: Estimate::between(90.5, 100.0, 110.0),
            },
            FlowSummary {
                from: "queues.phone, the old one".to_owned(),
                to: "resolved".to_owned(),
                issues: Estimate::point(80.25),
            },
        ];
        let mut out = Vec::new();
        write_flows(&summary, &mut out).expect("a vector takes every byte");
        let text = String::from_utf8(out).expect("CSV is UTF-8");
        let wanted = "variant,from,to,mean,lo,hi\n\
                      base,new,\"queues.phone, the old one\",100,90.5,110\n\
                      base,\"queues.phone, the old one\",resolved,80.25,,\n";
        assert_eq!(text, wanted);
    }
}
