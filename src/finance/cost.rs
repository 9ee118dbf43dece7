//! The books of one replication: what is paid, line by line, and which queue's share of it is whose.
//!
//! What is paid for a group goes to queues by its agents' time, an agent with k contacts open giving each 1/k; idle time and overtime
//! follow the same shares. A group that was never busy is shared equally over its skills, one without skills over all queues. What a
//! channel costs a month goes to its queues by the contacts that came, or equally where none did. Everything else belongs to a queue from
//! the start: minutes, contacts, bots, contacts of outsourced groups. All of it in whole millionths of the currency and for each
//! replication, each line by itself: what rounding leaves over goes to the largest share, so that the queues add up to what is paid.

use crate::ids::{GroupId, Id, QueueId};
use crate::scenario::model::{Group, Model};
use crate::scenario::money::{Channel, Charges, Minutes};
use crate::stats::counts::{Counts, QueueTotals};
use crate::stats::money_counts::MoneyCounts;
use crate::stats::money_line::Line;
use crate::time::instant::MICROS_PER_SECOND;

use super::labour;
use super::split::{or_equal, rounded, shares};
use super::value;

const MINUTE: i128 = 60 * MICROS_PER_SECOND as i128;
/// A twelfth of 365.25 days.
pub(super) const MONTH: i128 = 2_629_800 * MICROS_PER_SECOND as i128;

/// Puts the money of one replication into its counts.
pub fn price(model: &Model, counts: &mut Counts) {
    let mut books = Books {
        model,
        counts,
        money: MoneyCounts::default(),
    };
    std::mem::swap(&mut books.money, &mut books.counts.money);
    books.groups();
    books.queues();
    books.channels();
    books.bots();
    value::reckon(model, books.counts, &mut books.money);
    books.close();
}

/// The money of one replication, being reckoned from its counts.
struct Books<'a> {
    model: &'a Model,
    counts: &'a mut Counts,
    money: MoneyCounts,
}

impl Books<'_> {
    /// What is paid for agents.
    fn groups(&mut self) {
        for (id, group) in self.model.groups.iter() {
            let weights = self.agent_time(id, group, |_| true);
            let paid = labour::lines(
                group,
                &self.counts.groups[id].totals,
                &self.money.premium_time[id],
                self.money.time,
            );
            for (line, amount) in paid {
                self.spend_group(id, line, amount, &weights);
            }
            self.licences(id, group);
            self.outsourced(id, group);
        }
    }

    /// Agents' time by queue, of those that `counts_in` names; where there was none, equal shares for the skills among them.
    fn agent_time(
        &self,
        id: GroupId,
        group: &Group,
        counts_in: impl Fn(QueueId) -> bool,
    ) -> Vec<i128> {
        let times = self.counts.groups[id].agent_time.iter();
        let weights = times.map(|(queue, &time)| if counts_in(queue) { time } else { 0 });
        let takes_part = |place| {
            let queue = QueueId::from_index(place);
            let is_skill = group.skills.iter().any(|skill| skill.queue == queue);
            counts_in(queue) && (group.skills.is_empty() || is_skill)
        };
        or_equal(weights.collect(), takes_part)
    }

    /// Books an amount on a group, and its shares on queues.
    fn spend_group(&mut self, id: GroupId, line: Line, amount: i128, weights: &[i128]) {
        if amount == 0 {
            return;
        }
        self.money.groups[id].spend(line, amount);
        self.spend_shares(line, amount, weights);
    }

    fn spend_shares(&mut self, line: Line, amount: i128, weights: &[i128]) {
        for (queue, share) in self.money.queues.values_mut().zip(shares(amount, weights)) {
            queue.spend(line, share);
        }
    }

    /// Each agent has a licence for each channel of which the group may serve a queue.
    fn licences(&mut self, id: GroupId, group: &Group) {
        let most = self.money.most_heads[id];
        let people = group
            .pay
            .people
            .map_or(most, |people| most.max(people.into()));
        for channel in &self.model.channels {
            let is_of = |queue: QueueId| channel.queues.contains(&queue);
            if channel.licence_per_month == 0 || !group.skills.iter().any(|own| is_of(own.queue)) {
                continue;
            }
            let a_month = people * i128::from(channel.licence_per_month);
            let weights = self.agent_time(id, group, is_of);
            let amount = rounded(a_month * self.money.time, MONTH);
            self.spend_group(id, Line::Licences, amount, &weights);
        }
    }

    /// Contacts and minutes of somebody else's agents belong to their queues.
    fn outsourced(&mut self, id: GroupId, group: &Group) {
        let terms = group.pay.outsourced;
        for (queue, &time) in self.counts.groups[id].agent_time.iter() {
            let contacts = self.money.handled[id][queue];
            let amount = contacts * i128::from(terms.per_contact)
                + rounded(time * i128::from(terms.per_minute), MINUTE);
            self.money.groups[id].spend(Line::Outsourced, amount);
            self.money.queues[queue].spend(Line::Outsourced, amount);
        }
    }

    /// What contacts cost beside agents.
    fn queues(&mut self) {
        for (id, queue) in self.model.queues.iter() {
            let (totals, charges) = (&self.counts.queues[id].totals, &queue.charges);
            let of_queue = &mut self.money.queues[id];
            let minutes = rounded(
                paid_time(totals, charges) * i128::from(charges.per_minute),
                MINUTE,
            );
            of_queue.spend(Line::Telephony, minutes);
            let contacts = totals.answered + totals.abandoned;
            of_queue.spend(Line::Platform, contacts * i128::from(charges.per_contact));
            let months = i128::from(charges.fixed_per_month) * self.money.time;
            of_queue.spend(Line::Fixed, rounded(months, MONTH));
        }
    }

    /// What a channel costs a month goes to its queues by the contacts that came.
    fn channels(&mut self) {
        for channel in &self.model.channels {
            let amount = i128::from(channel.fixed_per_month) * self.money.time;
            let amount = rounded(amount, MONTH);
            if amount > 0 {
                let weights = self.contacts_of(channel);
                self.spend_shares(Line::Fixed, amount, &weights);
            }
        }
    }

    fn contacts_of(&self, channel: &Channel) -> Vec<i128> {
        let is_of = |queue| channel.queues.contains(&queue);
        let queues = self.counts.queues.iter();
        let came = queues.map(|(id, queue)| {
            let totals = &queue.totals;
            i128::from(is_of(id)) * (totals.offered + totals.carried_in)
        });
        or_equal(came.collect(), |place| is_of(QueueId::from_index(place)))
    }

    /// What the sessions before each queue cost.
    fn bots(&mut self) {
        for (queue, &(sessions, resolved)) in self.counts.issues.sessions.iter() {
            let Some(id) = self.model.queues[queue].journey.bot else {
                continue;
            };
            let bot = &self.model.bots[id];
            let cost = sessions * i128::from(bot.session_cost_micros)
                + resolved * i128::from(bot.resolution_cost_micros);
            self.counts.issues.bots[id].cost += cost;
            self.money.queues[queue].spend(Line::Bots, cost);
        }
    }

    /// Adds queues up to channels and to the whole, and puts the money back into the counts.
    fn close(mut self) {
        let money = &mut self.money;
        money.total = money.turned_away;
        for (id, totals) in money.queues.iter_mut() {
            let counted = &mut self.counts.queues[id].totals;
            counted.cost = totals.cost;
            totals.answered = counted.answered;
            totals.resolved = money.resolved[id];
            totals.level_kept = counted.level_kept;
            totals.level_counted = counted.level_counted;
            money.total.add(totals);
        }
        for (channel, totals) in self.model.channels.iter().zip(&mut money.channels) {
            for queue in &channel.queues {
                totals.add(&money.queues[*queue]);
            }
        }
        for (id, totals) in money.groups.iter() {
            self.counts.groups[id].totals.cost = totals.cost;
        }
        self.counts.demand.cost = money.total.cost;
        self.counts.issues.totals.cost = money.total.cost;
        // Who found no queue and was lost without a contact resolved nothing; all that was resolved counts.
        money.total.resolved = self.counts.issues.totals.resolved;
        self.counts.money = self.money;
    }
}

/// The time of a queue's contacts that is paid by the minute.
fn paid_time(totals: &QueueTotals, charges: &Charges) -> i128 {
    match charges.minutes {
        Minutes::Connected => totals.sojourn + totals.wait_abandoned,
        Minutes::Talk => totals.sojourn - totals.wait_answered,
    }
}
