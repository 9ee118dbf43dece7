//! Who of a group is on duty, who comes and who goes.
//!
//! While more are busy than present, nobody is idle and the surplus takes no new contact: first those with an exclusive contact (they could
//! not anyway), then those with the fewest open, among equals those who reached that load last. Whoever becomes empty while busy ≥ present
//! leaves.

use std::cmp::Reverse;

use crate::time::SimTime;

use super::agents::Agents;
use super::features::Features;

impl Agents {
    /// How many more are busy than present.
    pub fn surplus(&self) -> u32 {
        self.busy.saturating_sub(self.present)
    }

    /// Sets how many should be present. Idle agents of the highest numbers leave first, the lowest numbers off duty come.
    pub fn set_present(&mut self, present: u32, now: SimTime) {
        self.present = present;
        let wanted = present.saturating_sub(self.busy);
        let idle = self.idle();
        if idle > wanted {
            self.send_idle_home(idle - wanted);
        }
        for _ in idle..wanted {
            let Some(Reverse(number)) = self.off_duty.pop() else {
                break;
            };
            self.everybody[number as usize].is_here = true;
            self.free.come(number, now);
        }
    }

    /// An agent has nothing in hand any more: it is idle or, with enough others, leaves.
    #[inline(always)]
    pub(super) fn become_empty<F: Features>(&mut self, number: u32, now: SimTime) {
        self.busy -= 1;
        if self.idle() < self.present.saturating_sub(self.busy) {
            self.free.join::<F>(0, number, now);
        } else {
            self.everybody[number as usize].is_here = false;
            self.off_duty.push(Reverse(number));
        }
    }

    fn send_idle_home(&mut self, count: u32) {
        let mut leaving = std::mem::take(&mut self.leaving);
        leaving.clear();
        leaving.extend(self.free.all_idle());
        leaving.sort_unstable_by_key(|&number| Reverse(number));
        for &number in &leaving[..count as usize] {
            self.free.leave(0, number);
            self.everybody[number as usize].is_here = false;
            self.off_duty.push(Reverse(number));
        }
        self.leaving = leaving;
    }
}
