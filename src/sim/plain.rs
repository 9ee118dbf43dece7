//! Contacts of plain models (see `features`), from their arrival to their end, without what only other models need on the way.

use crate::ids::{GroupId, QueueId};
use crate::scenario::model::{Group, Model, Policy, Queue};
use crate::time::SimTime;

use super::centre::Centre;
use super::contacts::Contact;
use super::features::Features;
use super::observer::{Observer, Outcome};
use super::replicate::Replication;
use super::work::InHand;

impl<O: Observer, F: Features> Replication<'_, O, F> {
    /// Takes a contact in: an idle agent begins it at once, else it joins the line.
    #[inline(always)]
    pub(super) fn admit_plainly(&mut self, contact: Contact, queue: &Queue) {
        self.left_before_now_included();
        let now = self.now;
        let Centre {
            agents,
            contacts,
            calendar,
            ..
        } = &mut *self.centre;
        let (index, contact) = contacts.take_in(contact);
        self.observer.arrived(now, contact);
        for server in &queue.servers {
            let group = server.group;
            let agents = &mut agents[group];
            let Some(number) = agents.idle_longest() else {
                continue;
            };
            // First of all, since it decides what happens next (DESIGN 93).
            calendar.add_finish(now.later(contact.talk), agents.place(number));
            contact.begin(now);
            self.observer.started(now, contact, group, number);
            agents.begin_alone::<F>(number, now);
            agents.only_hand_mut(number).hold(index, contact.queue);
            let load = (group, agents.busy());
            return self
                .observer
                .turned_to(now, load, None, Some(contact.queue));
        }
        let queue = contact.queue;
        self.join_line_plainly(index, queue);
    }

    /// An agent who has been idle begins a contact that has waited.
    #[inline(never)]
    pub(super) fn start_plainly(&mut self, index: u32, group: GroupId, number: u32) {
        self.centre.agents[group].begin_alone::<F>(number, self.now);
        let queue = self.begin_waiting(index, group, number);
        let load = (group, self.centre.agents[group].busy());
        self.observer.turned_to(self.now, load, None, Some(queue));
    }

    /// A contact that has waited comes into the hands of an agent. Gives its queue.
    fn begin_waiting(&mut self, index: u32, group: GroupId, number: u32) -> QueueId {
        let now = self.now;
        let Centre {
            agents,
            contacts,
            calendar,
            ..
        } = &mut *self.centre;
        let (agents, contact) = (&mut agents[group], &mut contacts[index]);
        contact.begin(now);
        self.observer.started(now, contact, group, number);
        agents.only_hand_mut(number).hold(index, contact.queue);
        calendar.set_finish(now.later(contact.talk), agents.place(number));
        contact.queue
    }

    /// The contact that has just come joins the line.
    #[inline(always)]
    fn join_line_plainly(&mut self, index: u32, queue: QueueId) {
        let now = self.now;
        let is_counted = now >= self.model.warm_up;
        if self.centre.lines[queue].nears_longest(is_counted) {
            self.look_through(queue);
        }
        let line = &mut self.centre.lines[queue];
        line.push(index);
        self.observer.line_changed(now, queue, line.len());
        self.observer.joined(now, &self.centre.contacts[index]);
    }

    /// The one contact of an agent ends, answered, and the agent goes on to the next or is idle.
    #[inline(always)]
    pub(super) fn finish_plainly(&mut self, group: GroupId, number: u32) {
        let now = self.now;
        let (ended, next) = self.centre.begin_next(self.model, (group, number), now);
        let contact = self.centre.contacts.remove(ended.contact);
        contact.replied_at = now;
        self.observer.finished(now, contact, group, number);
        if self.centre.is_closed {
            self.tell_after_horizon(ended.contact);
        } else {
            self.observer.ended(now, contact, Outcome::Answered);
        }
        match next {
            Next::Began(next) => {
                self.observer.line_changed(now, next.queue, next.waiting);
                let contact = &self.centre.contacts[next.contact];
                self.observer.started(now, contact, group, number);
                if next.queue != ended.queue {
                    self.turn(group, ended.queue, next.queue);
                }
            }
            Next::Nobody => self.rest(group, number, ended.queue),
            Next::Unknown => self.find_next(group, number, ended.queue),
        }
    }

    /// What is deferred has been told of at the end of the horizon.
    #[inline(never)]
    fn tell_after_horizon(&mut self, index: u32) {
        self.tell(self.now, index, Outcome::Answered);
    }

    /// An agent who goes on works for another queue.
    #[inline(always)]
    fn turn(&mut self, group: GroupId, from: QueueId, to: QueueId) {
        let load = (group, self.centre.agents[group].busy());
        self.observer
            .turned_to(self.now, load, Some(from), Some(to));
    }

    /// An agent has nothing in hand, and no end to come.
    #[inline(always)]
    fn rest(&mut self, group: GroupId, number: u32, from: QueueId) {
        let agents = &mut self.centre.agents[group];
        agents.rest(number, self.now);
        let load = (group, agents.busy());
        self.observer.turned_to(self.now, load, Some(from), None);
    }

    /// An agent whose contact has ended, which is told, goes on where the next one is found by policy or by dropping those who have left, or
    /// where agents are there too many.
    #[inline(never)]
    fn find_next(&mut self, group: GroupId, number: u32, from: QueueId) {
        let has_surplus = self.centre.agents[group].surplus() > 0;
        let next = if has_surplus {
            None
        } else {
            self.take_next_exclusive(group)
        };
        if let Some((_, index)) = next {
            let queue = self.begin_waiting(index, group, number);
            if queue != from {
                self.turn(group, from, queue);
            }
            return;
        }
        let place = self.centre.agents[group].place(number);
        self.centre.calendar.clear_finish(place);
        self.rest(group, number, from);
        if has_surplus {
            self.fill_from_lines(group);
        }
    }
}

impl Centre {
    /// An agent of a plain model whose contact ends begins the next that it may take, where that is known without telling anybody anything.
    /// Until the calendar knows of it nobody knows what happens next, so this comes before all that is to be told. Gives what ends, too.
    #[inline(always)]
    fn begin_next(
        &mut self,
        model: &Model,
        (group, number): (GroupId, u32),
        now: SimTime,
    ) -> (InHand, Next) {
        self.left_before = now;
        let agents = &mut self.agents[group];
        let (has_surplus, place) = (agents.surplus() > 0, agents.place(number));
        let hand = agents.only_hand_mut(number);
        let ended = *hand;
        let Group { skills, policy, .. } = &model.groups[group];
        if has_surplus || *policy != Policy::ListOrder {
            return (ended, Next::Unknown);
        }
        for skill in skills {
            let line = &mut self.lines[skill.queue];
            let Some(index) = line.take_front() else {
                continue;
            };
            let contact = &mut self.contacts[index];
            if !contact.still_waits(now) {
                line.put_back(index);
                return (ended, Next::Unknown);
            }
            contact.begin(now);
            hand.hold(index, skill.queue);
            self.calendar.set_finish(now.later(contact.talk), place);
            let begun = Begun {
                queue: skill.queue,
                contact: index,
                waiting: line.len(),
            };
            return (ended, Next::Began(begun));
        }
        self.calendar.clear_finish(place);
        (ended, Next::Nobody)
    }
}

/// What an agent does whose contact ends.
#[derive(Debug, Clone, Copy)]
enum Next {
    /// It has begun another.
    Began(Begun),
    /// It is idle.
    Nobody,
    /// That takes more to be found out: more are there than should be, who is next goes by policy, or who is first has left.
    Unknown,
}

/// A contact that an agent has just begun.
#[derive(Debug, Clone, Copy)]
struct Begun {
    queue: QueueId,
    contact: u32,
    /// How many still wait in its line.
    waiting: u32,
}

#[cfg(test)]
mod tests {
    use crate::scenario::model::Compiled;
    use crate::sim::centre::Layout;
    use crate::sim::counting::{Counting, extent};
    use crate::sim::replicate::replicate;
    use crate::stats::counts::Counts;

    use super::*;

    /// Everything that a plain model may have: priorities, policies, patience, a deferred queue, a backlog, skills that overlap, and heads that
    /// rise, fall below the busy and are gone for hours.
    const MIXED: &str = r#"
name = "Mixed"
currency = "EUR"
[horizon]
start = "2026-09-07"
days = 4
interval = "2h"
day_cv = 0.2
[queues.a]
channel = "phone"
arrivals = { per_hour = 66 }
handle_time = { dist = "lognormal", mean = "5m", cv = 1.0 }
patience = { dist = "exponential", mean = "120s" }
target = { share = 0.8, within = "20s", definition = "early_abandons_ok" }
[queues.b]
channel = "phone"
priority = 2
arrivals = { per_hour = 54 }
handle_time = { dist = "exponential", mean = "5m" }
patience = { dist = "constant", mean = "60s" }
target = { share = 0.8, within = "20s", definition = "late_abandons" }
[queues.m]
channel = "email"
priority = 3
arrivals = { per_hour = 12 }
handle_time = { dist = "exponential", mean = "4m" }
target = { share = 0.9, within = "4h" }
backlog = { count = 30, oldest = "5h" }
[groups.first]
skills = ["a"]
staff = [4, 4, 4, 4, 6, 2, 2, 2, 4, 4, 4, 0]
shrinkage = 0.1
absence = 0.1
late = { share = 0.2, by = "20m" }
[groups.second]
skills = ["b", "m"]
staff = 3
policy = "longest_waiting"
[groups.both]
skills = ["a", "b", "m"]
staff = [5, 5, 1, 1, 5, 5, 0, 5, 5, 9, 9, 1]
"#;

    /// More agents than a block of the calendar has places.
    const LARGE: &str = r#"
name = "Large"
currency = "EUR"
[horizon]
start = "2026-09-07"
days = 1
interval = "6h"
[queues.q]
channel = "phone"
arrivals = { per_hour = 1800 }
handle_time = { dist = "exponential", mean = "5m" }
patience = { dist = "exponential", mean = "120s" }
target = { share = 0.8, within = "20s" }
[groups.g]
skills = ["q"]
staff = [160, 130, 0, 150]
"#;

    /// What is counted in each batch of a replication, by the way of plain models or by that of all.
    fn counted(text: &str, is_plain: bool, index: u64) -> Vec<Counts> {
        let compiled = Compiled::sample(text);
        let variant = &compiled.variants[0];
        let (model, staffing) = (&variant.model, &variant.staffing);
        let mut layout = Layout::new(model, staffing);
        assert!(layout.is_plain, "else there is nothing to compare");
        layout.is_plain = is_plain;
        let mut batches = Vec::new();
        let mut keep = |counts: &mut Counts| batches.push(counts.clone());
        let mut centre = Centre::new(model, &layout, 1, index);
        let empty = Counts::new(extent(model, &layout));
        let mut counting = Counting::new(model, &layout, empty).in_batches(&mut keep);
        replicate(
            (model, staffing, &layout),
            1,
            index,
            &mut centre,
            &mut counting,
        );
        let last = counting.finish();
        batches.push(last);
        batches
    }

    #[test]
    fn plain_models_go_as_all_others_do() {
        let warmed_up = MIXED.replace("day_cv", "warm_up = \"7h\"\nday_cv");
        let in_batches = "warm_up = \"1d\"\n[run]\nbatch_days = 1\n[queues.a]";
        let in_batches = MIXED.replace("[queues.a]", in_batches);
        let by_slack = MIXED.replace("longest_waiting", "shortest_slack");
        for text in [MIXED, &warmed_up, &in_batches, &by_slack, LARGE] {
            for index in 0..3 {
                let (plain, full) = (counted(text, true, index), counted(text, false, index));
                assert_eq!(plain, full, "{text}");
                assert!(
                    plain[0]
                        .queues
                        .values()
                        .all(|queue| queue.totals.answered > 50)
                );
            }
        }
    }
}
