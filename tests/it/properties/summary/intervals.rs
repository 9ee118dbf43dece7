//! Figures by interval of the day or the week.

use channelmix::ids::{GroupId, QueueId};
use channelmix::stats::counts::{GroupSlot, QueueSlot};
use channelmix::stats::summary::{GroupInterval, QueueInterval};
use proptest::prelude::*;

use super::super::Verdict;
use super::{HOUR, Runs, mean, ratio, same};

impl Runs {
    pub(super) fn queue_intervals(&self, id: QueueId, found: &[QueueInterval]) -> Verdict {
        let counted = (0..self.slot_hours.len()).filter(|slot| self.slot_hours[*slot] > 0.0);
        let slots: Vec<usize> = counted.collect();
        prop_assert_eq!(found.len(), slots.len());
        for (found, slot) in found.iter().zip(slots) {
            let sum = |figure: fn(&QueueSlot) -> i128| {
                self.sum(|record| figure(&record.counts.queues[id].slots[slot]))
            };
            let (hours, times) = (self.slot_hours[slot], self.slot_hours[slot] / 6.0);
            let seconds = |sum: i128, of: i128| ratio(sum, of).map(|micros| micros / 1e6);
            let (answered, abandoned) = (sum(|slot| slot.answered), sum(|slot| slot.abandoned));
            let (waits, ended) = (sum(|slot| slot.wait_answered), answered + abandoned);
            let samples = sum(|slot| slot.age_samples);
            same(
                "offered",
                found.offered,
                Some(mean(sum(|slot| slot.offered), times)),
            )?;
            same("answered", found.answered, Some(mean(answered, times)))?;
            same("abandoned", found.abandoned, Some(mean(abandoned, times)))?;
            same(
                "blocked",
                found.blocked,
                Some(mean(sum(|slot| slot.blocked), times)),
            )?;
            same("abandonment", found.abandonment, ratio(abandoned, ended))?;
            same("asa", found.asa_s, seconds(waits, answered))?;
            let waits = waits + sum(|slot| slot.wait_abandoned);
            same("wait", found.wait_mean_s, seconds(waits, ended))?;
            same(
                "response",
                found.response_mean_s,
                seconds(sum(|slot| slot.response), answered),
            )?;
            let line = Some(mean(sum(|slot| slot.queue_time), hours * HOUR));
            same("line", found.queue_length, line)?;
            let backlog = ratio(sum(|slot| slot.backlog), sum(|slot| slot.backlog_samples));
            same("backlog", found.backlog, backlog)?;
            same(
                "half",
                found.backlog_age_p50_s,
                seconds(sum(|slot| slot.age_p50), samples),
            )?;
            same(
                "nine in ten",
                found.backlog_age_p90_s,
                seconds(sum(|slot| slot.age_p90), samples),
            )?;
            same(
                "oldest",
                found.backlog_age_max_s,
                seconds(sum(|slot| slot.age_max), samples),
            )?;
        }
        Ok(())
    }

    pub(super) fn group_intervals(&self, id: GroupId, found: &[GroupInterval]) -> Verdict {
        let counted = (0..self.slot_hours.len()).filter(|slot| self.slot_hours[*slot] > 0.0);
        let slots: Vec<usize> = counted.collect();
        prop_assert_eq!(found.len(), slots.len());
        for (found, slot) in found.iter().zip(slots) {
            let unit = self.slot_hours[slot] * HOUR;
            let sum = |figure: fn(&GroupSlot) -> i128| {
                self.sum(|record| figure(&record.counts.groups[id].slots[slot]))
            };
            let (staffed, busy) = (sum(|slot| slot.staffed), sum(|slot| slot.busy));
            let overtime = sum(|slot| slot.overtime);
            same(
                "heads",
                found.heads,
                Some(mean(sum(|slot| slot.heads), unit)),
            )?;
            same("staffed", found.staffed, Some(mean(staffed, unit)))?;
            same("busy", found.busy, Some(mean(busy, unit)))?;
            same("overtime", found.overtime, Some(mean(overtime, unit)))?;
            same(
                "occupancy",
                found.occupancy,
                ratio(busy, staffed + overtime),
            )?;
        }
        Ok(())
    }
}
