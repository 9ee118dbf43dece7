//! How many people a group may have, and who is then on duty when: the file's own pattern with more heads or fewer.

use crate::ids::{GroupId, Table};
use crate::scenario::Step;
use crate::scenario::mix::MixSpace;
use crate::scenario::model::{Model, Planned, Staffing, Variant};
use crate::time::profile::Profile;

/// The heads that a group may have at its peak.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Range {
    /// The file's own.
    pub own: u32,
    /// At least.
    pub min: u32,
    /// At most.
    pub max: u32,
}

impl Range {
    /// How far heads go at once where the way from the most to the fewest has so many parts.
    pub fn unit(&self, parts: u32) -> u32 {
        (self.max - self.min).div_ceil(parts).max(1)
    }
}

/// The heads of every group at its peak.
pub type Levels = Vec<u32>;

/// What the heads of every group may be: by the file, else from half to twice the file's own. Groups whose staff is fixed keep theirs.
pub fn ranges(space: &MixSpace, variant: &Variant) -> Vec<Range> {
    let groups = variant.model.groups.iter();
    let range = groups.map(|(id, group)| {
        let own = peak(&variant.staffing, id);
        let bounds = space.heads.iter().find(|of| of.group == group.name.text);
        let (least, most) = match group.plan {
            Planned::Fixed => (own, own),
            Planned::Within { min, max } => {
                let within = |heads: u32| heads.clamp(min.min(max), max);
                (within(own.div_ceil(2)), within(own.saturating_mul(2)))
            }
        };
        let min = bounds.and_then(|of| of.min).unwrap_or(least);
        let max = bounds.and_then(|of| of.max).unwrap_or(most.max(min));
        let min = min.min(max);
        // Nobody can be added where there is nobody: it is not known when.
        if own == 0 {
            Range {
                own,
                min: 0,
                max: 0,
            }
        } else {
            Range { own, min, max }
        }
    });
    range.collect()
}

/// The most heads that a group ever pays.
pub fn peak(staffing: &Staffing, group: GroupId) -> u32 {
    staffing.heads[group].values().max().unwrap_or(0)
}

/// The same where a setup leaves a group nothing to do: it then has nobody.
pub fn ranges_of(model: &Model, ranges: &[Range]) -> Vec<Range> {
    let groups = model.groups.values().zip(ranges);
    let of_group = groups.map(|(group, range)| {
        let is_idle = group.skills.is_empty() && group.plan != Planned::Fixed;
        if is_idle {
            Range {
                min: 0,
                max: 0,
                ..*range
            }
        } else {
            *range
        }
    });
    of_group.collect()
}

/// Who is on duty with so many heads at each group's peak: where heads are all that is known in proportion to the file's, at least one
/// wherever it has any; of shifts and rosters by whole agents more or fewer.
pub fn staffing(variant: &Variant, ranges: &[Range], levels: &[u32]) -> Staffing {
    let mut staffing = variant.staffing.clone();
    let (model, own) = (&variant.model, &variant.staffing);
    let ids: Vec<GroupId> = model.groups.ids().collect();
    for ((&id, range), &level) in ids.iter().zip(ranges).zip(levels) {
        if level == range.own {
            continue;
        }
        if own.duties[id].is_none() {
            staffing.heads[id] = scaled(&own.heads[id], level, range.own);
            continue;
        }
        let (step, many) = if level > range.own {
            (Step::More, level - range.own)
        } else {
            (Step::Fewer, range.own - level)
        };
        for _ in 0..many {
            match staffing.with_one(id, step, &model.calendar) {
                Some(next) => staffing = next,
                None => break,
            }
        }
    }
    staffing
}

fn scaled(heads: &Profile<u32>, level: u32, peak: u32) -> Profile<u32> {
    let (level, peak) = (u64::from(level), u64::from(peak.max(1)));
    heads.map(|heads| {
        if heads == 0 || level == 0 {
            return 0;
        }
        let scaled = (2 * u64::from(heads) * level + peak) / (2 * peak);
        u32::try_from(scaled.max(1)).unwrap_or(u32::MAX)
    })
}

/// Paid hours of each group over the counted horizon.
pub fn paid_hours(model: &Model, staffing: &Staffing) -> Table<GroupId, f64> {
    let mut hours: Table<GroupId, f64> = vec![0.0; model.groups.len()].into();
    for piece in model.calendar.pieces() {
        let from = piece.start.max(model.warm_up);
        if from >= piece.end {
            continue;
        }
        let span = piece.end.since(from).as_hours();
        for (id, sum) in hours.iter_mut() {
            *sum += span * f64::from(staffing.heads[id].at(&piece));
        }
    }
    hours
}
