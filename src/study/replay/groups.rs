//! Agents put into a bounded number of groups by the queues that they answered.
//!
//! A log does not say who may answer what; it says who did. An agent *has* a queue that makes up a good part of their contacts.
//! Agents with the same queues are a group; where there are too many, the one with the fewest contacts joins the nearest.

use std::collections::BTreeMap;

/// An agent has a queue that is at least this share of their contacts, …
const OWN_SHARE: f64 = 0.05;
/// … or of which they answered at least so many, and this part of what they would answer if all agents were alike.
const LEAST_CONTACTS: u32 = 5;
const PART_OF_EVEN: f64 = 0.5;
/// Queues below this share of all contacts form no groups: those go to the groups that answered this part of them.
const SMALL_QUEUE: f64 = 0.01;
const PART_OF_SMALL: f64 = 0.05;
/// A group that answered at least this part of what it would answer if all were alike helps out: the queue comes last in its list.
const PART_OF_HELP: f64 = 0.1;

/// Agents who are alike.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Group {
    /// Its queues in the order in which a free agent takes.
    pub(super) skills: Vec<usize>,
    /// Its agents.
    pub(super) agents: Vec<usize>,
    /// Contacts that they answered.
    pub(super) contacts: f64,
}

/// Contacts answered, by agent and queue.
#[derive(Debug)]
pub(super) struct Answered {
    by_agent: Vec<Vec<u32>>,
    by_queue: Vec<f64>,
    total: f64,
}

impl Answered {
    pub(super) fn new(by_agent: Vec<Vec<u32>>, queues: usize) -> Self {
        let of = |queue: usize| by_agent.iter().map(|row| f64::from(row[queue])).sum();
        let by_queue: Vec<f64> = (0..queues).map(of).collect();
        Self {
            total: by_queue.iter().sum(),
            by_queue,
            by_agent,
        }
    }

    fn of_agent(&self, agent: usize) -> f64 {
        self.by_agent[agent].iter().copied().map(f64::from).sum()
    }

    fn of_group(&self, agents: &[usize], queue: usize) -> f64 {
        let rows = agents.iter().map(|agent| self.by_agent[*agent][queue]);
        rows.map(f64::from).sum()
    }

    fn is_small(&self, queue: usize) -> bool {
        self.by_queue[queue] < SMALL_QUEUE * self.total
    }

    /// The queues that an agent has; of small ones only where there is no other.
    fn own(&self, agent: usize) -> Vec<usize> {
        let all = self.of_agent(agent);
        let has = |queue: &usize| {
            let count = self.by_agent[agent][*queue];
            let share = f64::from(count) / all;
            let even = self.by_queue[*queue] / self.total;
            count > 0
                && (share >= OWN_SHARE || (count >= LEAST_CONTACTS && share >= PART_OF_EVEN * even))
        };
        let own: Vec<usize> = (0..self.by_queue.len()).filter(has).collect();
        let large: Vec<usize> = own
            .iter()
            .copied()
            .filter(|queue| !self.is_small(*queue))
            .collect();
        if large.is_empty() { own } else { large }
    }

    /// How much is gained and lost when a group's agents take on other queues than theirs.
    fn distance(&self, group: &Group, queues: &[usize]) -> f64 {
        let lost = group.skills.iter().filter(|own| !queues.contains(own));
        let gained = queues.iter().filter(|other| !group.skills.contains(other));
        lost.map(|queue| self.of_group(&group.agents, *queue) / group.contacts)
            .sum::<f64>()
            + gained
                .map(|queue| self.by_queue[*queue] / self.total)
                .sum::<f64>()
    }
}

/// The groups, the largest first. Every queue that anybody answered is served by one of them at least.
pub(super) fn groups(answered: &Answered, most: usize) -> Vec<Group> {
    let mut alike: BTreeMap<Vec<usize>, Vec<usize>> = BTreeMap::new();
    for agent in 0..answered.by_agent.len() {
        let own = answered.own(agent);
        if !own.is_empty() {
            alike.entry(own).or_default().push(agent);
        }
    }
    let mut groups: Vec<Group> = alike
        .into_iter()
        .map(|(skills, agents)| Group {
            contacts: agents.iter().map(|agent| answered.of_agent(*agent)).sum(),
            skills,
            agents,
        })
        .collect();
    groups.sort_by(|a, b| b.contacts.total_cmp(&a.contacts));
    while groups.len() > most.max(1) {
        let Some(smallest) = groups.pop() else { break };
        let far = |group: &Group| answered.distance(&smallest, &group.skills);
        let nearest = groups.iter_mut().min_by(|a, b| far(a).total_cmp(&far(b)));
        if let Some(nearest) = nearest {
            nearest.agents.extend(&smallest.agents);
            nearest.agents.sort_unstable();
            nearest.contacts += smallest.contacts;
        }
        groups.sort_by(|a, b| b.contacts.total_cmp(&a.contacts));
    }
    serve_the_rest(&mut groups, answered);
    order_skills(&mut groups, answered);
    for group in &mut groups {
        help_out(group, answered);
    }
    groups
}

/// Adds the queues that a group answered now and then, at the end of its list.
fn help_out(group: &mut Group, answered: &Answered) {
    let part = |queue: usize| {
        let share = answered.of_group(&group.agents, queue) / group.contacts;
        share / (answered.by_queue[queue] / answered.total)
    };
    let helps = |queue: &usize| {
        let count = answered.of_group(&group.agents, *queue);
        !group.skills.contains(queue)
            && !answered.is_small(*queue)
            && count >= f64::from(LEAST_CONTACTS)
            && part(*queue) >= PART_OF_HELP
    };
    let mut others: Vec<usize> = (0..answered.by_queue.len()).filter(helps).collect();
    others.sort_by(|a, b| part(*b).total_cmp(&part(*a)));
    group.skills.extend(others);
}

/// Gives small queues, and those whose group joined another, to who answered them.
fn serve_the_rest(groups: &mut [Group], answered: &Answered) {
    for (queue, all) in answered.by_queue.iter().enumerate() {
        let parts: Vec<f64> = groups
            .iter()
            .map(|group| answered.of_group(&group.agents, queue) / all)
            .collect();
        let is_served = groups.iter().any(|group| group.skills.contains(&queue));
        if *all <= 0.0 || (is_served && !answered.is_small(queue)) {
            continue;
        }
        let most = parts.iter().copied().fold(0.0, f64::max);
        for (group, part) in groups.iter_mut().zip(&parts) {
            if (*part >= PART_OF_SMALL || *part >= most) && !group.skills.contains(&queue) {
                group.skills.push(queue);
            }
        }
    }
}

/// In logs a freed agent mostly takes who waits longest; in a scenario the first queue of its list. So that no queue comes last
/// everywhere, small queues stand first, and the others lead the lists of groups in proportion to their contacts.
fn order_skills(groups: &mut [Group], answered: &Answered) {
    let mut led = vec![0.0; answered.by_queue.len()];
    for group in groups {
        let rank = |queue: usize| {
            let size = answered.by_queue[queue];
            let place = if answered.is_small(queue) {
                size
            } else {
                led[queue] / size
            };
            (!answered.is_small(queue), place, -size)
        };
        group.skills.sort_by(|a, b| {
            let (a, b) = (rank(*a), rank(*b));
            a.0.cmp(&b.0)
                .then(a.1.total_cmp(&b.1))
                .then(a.2.total_cmp(&b.2))
        });
        let first = group
            .skills
            .iter()
            .find(|queue| !answered.is_small(**queue));
        if let Some(first) = first {
            led[*first] += group.contacts;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn grouped(by_agent: &[[u32; 3]], most: usize) -> Vec<Group> {
        let rows = by_agent.iter().map(|row| row.to_vec()).collect();
        groups(&Answered::new(rows, 3), most)
    }

    #[test]
    fn agents_with_the_same_queues_are_a_group() {
        let groups = grouped(
            &[[500, 0, 0], [400, 3, 0], [250, 250, 0], [0, 300, 200]],
            12,
        );
        let agents: Vec<_> = groups.iter().map(|group| group.agents.clone()).collect();
        assert_eq!(agents, [vec![0, 1], vec![2], vec![3]]);
        assert_eq!(groups[0].skills, [0]);
    }

    #[test]
    fn the_smallest_joins_the_nearest_and_every_queue_stays_served() {
        let groups = grouped(&[[500, 500, 0], [600, 0, 0], [10, 90, 100]], 2);
        assert_eq!(groups.len(), 2);
        assert_eq!(groups[0].agents, [0, 2]);
        assert!(groups[0].skills.contains(&2), "{groups:?}");
    }

    #[test]
    fn queues_lead_lists_in_proportion_to_their_contacts() {
        let groups = grouped(&[[600, 500, 0], [300, 300, 0], [100, 90, 60]], 12);
        let first: Vec<usize> = groups.iter().map(|group| group.skills[0]).collect();
        assert_eq!(first, [0, 1]);
        assert_eq!(groups[0].agents, [0, 1]);
    }

    #[test]
    fn a_queue_answered_now_and_then_comes_last() {
        let groups = grouped(&[[1000, 20, 0], [0, 0, 900], [0, 280, 0]], 12);
        let skills: Vec<_> = groups.iter().map(|group| group.skills.clone()).collect();
        assert_eq!(skills, [vec![0, 1], vec![2], vec![1]]);
    }

    #[test]
    fn a_small_queue_stands_first_where_it_is_answered() {
        let groups = grouped(&[[1000, 0, 6], [0, 800, 0]], 12);
        assert_eq!(groups[0].skills, [2, 0]);
        assert_eq!(groups[1].skills, [1]);
    }
}
