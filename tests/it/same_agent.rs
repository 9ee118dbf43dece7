//! Replies that wait for the agent who handled the contact before.

use std::collections::BTreeMap;

use channelmix::ids::GroupId;
use channelmix::sim::centre::{Centre, Layout};
use channelmix::sim::contacts::Contact;
use channelmix::sim::issues::{Issue, Origin, Stop};
use channelmix::sim::observer::Observer;
use channelmix::sim::replicate::{Ending, replicate};
use channelmix::time::SimTime;

use super::support::compiled;

/// Who started each contact of an issue, and when.
#[derive(Default)]
struct Threads {
    /// The issue and the origin of the contact that comes next.
    told: Option<(u64, Origin)>,
    of: BTreeMap<u64, (u64, Origin)>,
    /// By issue: who had it last.
    last: BTreeMap<u64, (GroupId, u32)>,
    replies: Vec<Reply>,
    /// When a contact last left somebody's hands.
    finished_at: SimTime,
    /// By agent: what is open.
    busy: BTreeMap<(GroupId, u32), u32>,
}

#[derive(Debug)]
struct Reply {
    wait_s: f64,
    by_same: bool,
    /// That agent was idle when the reply was begun.
    was_free: bool,
    /// It was begun as somebody ended a contact.
    at_an_end: bool,
}

impl Observer for Threads {
    fn travelled(&mut self, _at: SimTime, issue: &Issue, _from: Stop) {
        self.told = Some((issue.number, issue.origin));
    }
    fn arrived(&mut self, _at: SimTime, contact: &Contact) {
        let told = self.told.take().expect("its issue was told before");
        self.of.insert(contact.key(), told);
    }
    fn started(&mut self, at: SimTime, contact: &Contact, group: GroupId, agent: u32) {
        let (issue, origin) = self.of[&contact.key()];
        let before = self.last.insert(issue, (group, agent));
        if let (Origin::Reply, Some(before)) = (origin, before) {
            let busy = self.busy.get(&before).copied().unwrap_or(0);
            self.replies.push(Reply {
                wait_s: at.since(contact.arrived_at).as_seconds(),
                by_same: before == (group, agent),
                was_free: busy == 0,
                at_an_end: self.finished_at == at,
            });
        }
        *self.busy.entry((group, agent)).or_default() += 1;
    }
    fn finished(&mut self, at: SimTime, _contact: &Contact, group: GroupId, agent: u32) {
        self.finished_at = at;
        *self.busy.entry((group, agent)).or_default() -= 1;
    }
}

fn replies(same_agent: &str, per_hour: u32, groups: &str) -> Vec<Reply> {
    let text = format!(
        "name = \"threads\"\ncurrency = \"EUR\"\n[horizon]\nstart = \"2026-09-07\"\ndays = 4\ninterval = \"6h\"\n\
         [queues.email]\nchannel = \"email\"\narrivals = {{ per_hour = {per_hour} }}\nhandle_time = {{ dist = \"exponential\", mean = \"8m\" }}\n\
         replies = {{ mean = 1.5, delay = {{ dist = \"exponential\", mean = \"20m\" }}{same_agent} }}\n\
         [queues.phone]\nchannel = \"phone\"\narrivals = {{ per_hour = 6 }}\nhandle_time = {{ dist = \"exponential\", mean = \"5m\" }}\npriority = 0\n{groups}"
    );
    let compiled = compiled(&text);
    let variant = &compiled.variants[0];
    let layout = Layout::new(&variant.model, &variant.staffing);
    let mut centre = Centre::new(&variant.model, &layout, 5, 0);
    let mut threads = Threads::default();
    let ending = replicate(
        (&variant.model, &variant.staffing, &layout),
        5,
        0,
        &mut centre,
        &mut threads,
    );
    assert_eq!(ending, Ending::Complete);
    assert!(threads.replies.len() > 200, "{}", threads.replies.len());
    threads.replies
}

const DESKS: &str = "[groups.desk]\nskills = [\"phone\", \"email\"]\nstaff = 5\n[groups.back]\nskills = [\"email\"]\nstaff = 3\n";

#[test]
fn without_it_replies_go_to_anybody() {
    let replies = replies("", 16, DESKS);
    let same = replies.iter().filter(|reply| reply.by_same).count() as f64;
    // Of eight agents hardly more than each eighth goes to the same one.
    assert!(same / (replies.len() as f64) < 0.35, "{same}");
}

#[test]
fn a_reply_is_never_taken_by_another_while_it_is_kept() {
    for (per_hour, groups) in [
        (16, DESKS),
        (
            8,
            "[groups.desk]\nskills = [{ queue = \"email\", reserve = 1 }, \"phone\"]\nstaff = [5, 3, 6, 4]\nat_once = { email = 2 }\npace = [1, 0.7]\n",
        ),
    ] {
        let always = replies(", same_agent = \"30d\"", per_hour, groups);
        assert!(always.iter().all(|reply| reply.by_same));
        let for_a_while = replies(", same_agent = \"10m\"", per_hour, groups);
        for reply in &for_a_while {
            assert!(reply.by_same || reply.wait_s >= 600.0, "{reply:?}");
        }
        let others = for_a_while.iter().filter(|reply| !reply.by_same).count();
        assert!(others > 10, "{others} went to others");
        let at_once = for_a_while.iter().filter(|reply| reply.wait_s == 0.0);
        assert!(at_once.clone().all(|reply| reply.by_same));
        assert!(at_once.count() > 10);
    }
}

/// After ten minutes to the instant, where anybody is free then.
#[test]
fn a_reply_goes_to_others_at_the_instant_at_which_its_time_is_over() {
    let replies = replies(", same_agent = \"10m\"", 8, DESKS);
    let instant = replies
        .iter()
        .filter(|reply| (reply.wait_s - 600.0).abs() < 1e-9);
    assert!(instant.clone().count() > 5);
    assert!(
        instant
            .clone()
            .all(|reply| !reply.by_same && !reply.was_free)
    );
}

/// A reply that is kept may wait for others of the group to become idle, though its own agent is.
#[test]
fn a_reply_is_taken_as_soon_as_its_agent_and_the_reserve_allow() {
    let groups =
        "[groups.desk]\nskills = [{ queue = \"email\", reserve = 1 }, \"phone\"]\nstaff = 3\n";
    let replies = replies(", same_agent = \"30d\"", 3, groups);
    // Begun by an agent who had been idle beside too few others, at the instant at which one of these ended something.
    let kept = |reply: &&Reply| reply.by_same && reply.was_free && reply.wait_s > 0.0;
    let begun = replies.iter().filter(kept).filter(|reply| reply.at_an_end);
    assert!(begun.clone().count() > 20, "{}", begun.count());
}

/// Who waits for an agent of theirs at the end of the horizon is open, and gives up unseen.
#[test]
fn replies_that_wait_at_the_end_are_told_once() {
    let text = "name = \"end\"\ncurrency = \"EUR\"\n[horizon]\nstart = \"2026-09-07\"\ndays = 1\ninterval = \"6h\"\n\
        [queues.email]\nchannel = \"email\"\narrivals = { per_hour = 20 }\nhandle_time = \"5m\"\npatience = { dist = \"exponential\", mean = \"3h\" }\n\
        replies = { mean = 3, delay = { dist = \"exponential\", mean = \"20m\" }, same_agent = \"9h\" }\n\
        [queues.phone]\nchannel = \"phone\"\narrivals = { per_hour = 5 }\nhandle_time = { dist = \"exponential\", mean = \"3h\" }\n\
        [groups.mail]\nskills = [\"email\"]\nstaff = [9, 9, 9, 0]\n[groups.voice]\nskills = [\"phone\"]\nstaff = 12\n";
    for index in 0..5 {
        let compiled = compiled(text);
        let record = super::properties::record::Record::of(&compiled.variants[0], 2, index);
        let totals = &record.counts.queues[channelmix::ids::QueueId(0)].totals;
        let ended = totals.answered + totals.abandoned + totals.blocked + totals.open_at_end;
        assert_eq!(totals.offered, ended);
        assert!(totals.open_at_end > 10, "{}", totals.open_at_end);
    }
}
