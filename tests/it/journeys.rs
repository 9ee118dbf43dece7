//! Issues over several contacts: what must hold whatever the scenario says, on random ones.

use std::collections::BTreeMap;

use channelmix::ids::BotId;
use channelmix::scenario::model::Variant;
use channelmix::sim::centre::{Centre, Layout};
use channelmix::sim::contacts::Contact;
use channelmix::sim::counting::{Counting, extent};
use channelmix::sim::issues::{Issue, Stop};
use channelmix::sim::observer::{BotEnd, Observer, Outcome, Turn};
use channelmix::sim::replicate::{Ending, replicate};
use channelmix::stats::counts::Counts;
use channelmix::stats::issue_counts::IssueTotals;
use channelmix::time::{SimDuration, SimTime};
use proptest::prelude::*;

use super::support::compiled;

/// What a random scenario chooses.
#[derive(Debug, Clone)]
struct Draft {
    staff: [u32; 2],
    retry: (u32, u32, u32),
    resolution: (u32, u32),
    replies: (u32, u32),
    transfer: (u32, u32),
    bot: (u32, u32, u32, u32),
    lines: Option<u32>,
    closed: bool,
    turns: (u32, u32, u32, bool),
    /// Whether e-mails wait for the agent who answered before, whether they give way to calls, and whether chats go in turns.
    habits: (bool, bool, bool),
    seed: u64,
}

fn drafts() -> impl Strategy<Value = Draft> {
    let percent = 0_u32..=100;
    let parts = (
        [0_u32..9, 0_u32..5],
        (percent.clone(), 0_u32..=100, 0_u32..4),
        (percent.clone(), percent.clone()),
        (1_u32..150, 0_u32..4),
        (percent.clone(), percent.clone()),
        (0_u32..=100, 0_u32..40, 0_u32..40, 0_u32..8),
        prop::option::of(1_u32..12),
        any::<bool>(),
        (0_u32..=100, 0_u32..=100, 1_u32..=100, any::<bool>()),
        (any::<u64>(), any::<bool>(), any::<bool>(), any::<bool>()),
    );
    parts.prop_map(
        |(
            staff,
            retry,
            resolution,
            replies,
            transfer,
            bot,
            lines,
            closed,
            turns,
            (seed, keeps, yields, writes),
        )| Draft {
            staff,
            retry,
            resolution,
            replies,
            transfer,
            bot,
            lines,
            closed,
            turns,
            habits: (keeps, yields, writes),
            seed,
        },
    )
}

impl Draft {
    #[expect(clippy::too_many_lines, reason = "a scenario file")]
    fn text(&self) -> String {
        let share = |percent: u32| f64::from(percent) / 100.0;
        let (chance, to_chat, at_most) = self.retry;
        let lines = self
            .lines
            .map_or(String::new(), |lines| format!("lines = {lines}"));
        let closed = if self.closed {
            "closed = \"email\""
        } else {
            ""
        };
        let (leave, accept, reached, is_early) = self.turns;
        let offer = if is_early {
            "when_expecting = \"1m\""
        } else {
            "when_waiting = \"2m\""
        };
        let delay = if self.closed { ", delay = \"40m\"" } else { "" };
        let turns_of_phone = format!(
            "announce = {{ leave = {} }}\ncallback = {{ {offer}, accept = {}, reached = {}, again = \"20m\"{delay} }}",
            share(leave),
            share(accept),
            share(reached),
        );
        let (keeps, yields, writes) = self.habits;
        let turns_of_chat = if writes {
            "turns = { mean = 4, thinking = { dist = \"exponential\", mean = \"1m\" }, patience = { dist = \"exponential\", mean = \"9m\" } }".to_owned()
        } else {
            format!("silent = {{ share = {}, noticed = \"1m\" }}", share(leave))
        };
        let (offered, resolved, left, sessions) = self.bot;
        let same_agent = if keeps { ", same_agent = \"40m\"" } else { "" };
        let yields = if yields {
            "interruptible = true\nresume = \"1m\""
        } else {
            ""
        };
        format!(
            r#"
name = "journeys"
currency = "EUR"
[horizon]
start = "2026-09-07"
days = 1
interval = "1h"
[queues.phone]
channel = "phone"
open = "04:00-20:00"
arrivals = {{ per_hour = 30 }}
handle_time = {{ dist = "exponential", mean = "6m" }}
wrap_up = {{ dist = "exponential", mean = "1m" }}
patience = {{ dist = "exponential", mean = "4m" }}
{lines}
retry = {{ chance = {}, delay = {{ dist = "exponential", mean = "20m" }}, to = {{ chat = {} }}, at_most = {at_most}, patience = 0.7 }}
resolution = {{ share = {}, chance = {}, delay = {{ dist = "exponential", mean = "2h" }}, at_most = 5 }}
{turns_of_phone}
transfer = {{ share = {}, to = {{ desk = {} }}, after = 0.4, warm = "20s" }}
[queues.desk]
channel = "phone"
arrivals = {{ per_hour = 1 }}
handle_time = {{ dist = "exponential", mean = "9m" }}
[queues.chat]
channel = "chat"
arrivals = {{ per_hour = 12 }}
handle_time = {{ dist = "exponential", mean = "8m" }}
patience = {{ dist = "exponential", mean = "5m" }}
retry = {{ chance = 0.5, delay = "15m", to = "email" }}
{turns_of_chat}
[queues.email]
channel = "email"
arrivals = {{ per_hour = 6 }}
handle_time = {{ dist = "exponential", mean = "5m" }}
backlog = 9
replies = {{ mean = {}, delay = {{ dist = "exponential", mean = "1h" }}, at_most = {}, handle_time = 0.5{same_agent} }}
{yields}
[groups.voice]
skills = ["desk", "phone", "email"]
staff = {}
wage = 20
[groups.digital]
skills = ["chat", "email"]
staff = {}
at_once = {{ chat = 2 }}
pace = [1, 0.8]
wage = 18
[bots.helper]
queues = ["phone", "chat"]
share = {}
session = {{ dist = "exponential", mean = "3m" }}
sessions = {sessions}
resolved = {}
unresolved = {}
gave_up = 0.1
returns = {{ chance = 0.6, delay = "30m" }}
handle_time = 0.8
patience = 0.5
cost_per_session = 0.1
{closed}
"#,
            share(chance),
            share(to_chat).max(0.01),
            share(self.resolution.0),
            share(self.resolution.1),
            share(self.transfer.0),
            share(self.transfer.1).max(0.01),
            share(self.replies.0),
            self.replies.1,
            self.staff[0],
            self.staff[1],
            share(offered),
            share(resolved),
            share(left),
        )
    }
}

/// What was told of issues, and what the engine's own listener counted.
struct Listener<'a> {
    counting: Counting<'a>,
    contacts: Vec<Contact>,
    ended: Vec<(SimTime, Contact, Outcome)>,
    /// Where each issue is.
    at: BTreeMap<u64, Stop>,
    issues: Vec<(SimTime, Issue)>,
    sessions: Vec<(Contact, SimTime, BotEnd)>,
}

impl Observer for Listener<'_> {
    fn piece_began(&mut self, piece: &channelmix::time::Piece) {
        self.counting.piece_began(piece);
    }
    fn arrived(&mut self, at: SimTime, contact: &Contact) {
        self.contacts.push(*contact);
        self.counting.arrived(at, contact);
    }
    fn ended(&mut self, at: SimTime, contact: &Contact, outcome: Outcome) {
        self.ended.push((at, *contact, outcome));
        self.counting.ended(at, contact, outcome);
    }
    fn bot_sessions(&mut self, at: SimTime, bot: BotId, sessions: u32) {
        self.counting.bot_sessions(at, bot, sessions);
    }
    fn bot_full(&mut self, at: SimTime, contact: &Contact) {
        self.counting.bot_full(at, contact);
    }
    fn bot_ended(&mut self, at: SimTime, contact: &Contact, end: BotEnd) {
        self.sessions.push((*contact, at, end));
        self.counting.bot_ended(at, contact, end);
    }
    fn turned(&mut self, at: SimTime, contact: &Contact, turn: Turn) {
        self.counting.turned(at, contact, turn);
    }
    fn away(&mut self, at: SimTime, issues: u32) {
        self.counting.away(at, issues);
    }
    fn travelled(&mut self, at: SimTime, issue: &Issue, from: Stop) {
        let before = self.at.insert(issue.number, issue.at).unwrap_or(Stop::New);
        assert_eq!(before, from, "issue {} came from elsewhere", issue.number);
        self.counting.travelled(at, issue, from);
    }
    fn issue_ended(&mut self, at: SimTime, issue: &Issue) {
        self.issues.push((at, *issue));
        self.counting.issue_ended(at, issue);
    }
    fn closed(&mut self, at: SimTime) {
        self.counting.closed(at);
    }
}

/// One replication, with the counts of contacts and issues.
struct Heard {
    contacts: Vec<Contact>,
    ended: Vec<(SimTime, Contact, Outcome)>,
    issues: Vec<(SimTime, Issue)>,
    sessions: Vec<(Contact, SimTime, BotEnd)>,
    counts: Counts,
}

fn heard(variant: &Variant, seed: u64) -> Heard {
    let Variant {
        model, staffing, ..
    } = variant;
    let layout = Layout::new(model, staffing);
    let mut listener = Listener {
        counting: Counting::new(model, &layout, Counts::new(extent(model, &layout))),
        contacts: Vec::new(),
        ended: Vec::new(),
        at: BTreeMap::new(),
        issues: Vec::new(),
        sessions: Vec::new(),
    };
    let mut centre = Centre::new(model, &layout, seed, 0);
    let ending = replicate(
        (model, staffing, &layout),
        seed,
        0,
        &mut centre,
        &mut listener,
    );
    assert_eq!(ending, Ending::Complete);
    let Listener {
        counting,
        contacts,
        ended,
        issues,
        sessions,
        ..
    } = listener;
    Heard {
        contacts,
        ended,
        issues,
        sessions,
        counts: counting.finish(),
    }
}

fn sum(times: impl Iterator<Item = SimDuration>) -> i128 {
    times.map(|time| i128::from(time.0)).sum()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 60, ..ProptestConfig::default() })]

    /// Every contact belongs to one issue and ends once; every issue ends once; what goes into a stop comes out of it.
    #[test]
    fn contacts_issues_and_ways_balance(draft in drafts()) {
        let compiled = compiled(&draft.text());
        let model = &compiled.variants[0].model;
        let heard = heard(&compiled.variants[0], draft.seed);
        prop_assert_eq!(heard.contacts.len(), heard.ended.len());
        let counts = &heard.counts;
        for (id, queue) in counts.queues.iter() {
            let t = &queue.totals;
            let came = heard.contacts.iter().filter(|contact| contact.queue == id).count();
            prop_assert_eq!(t.offered + t.carried_in, came as i128);
            prop_assert_eq!(
                t.offered + t.carried_in,
                t.answered + t.abandoned + t.blocked + t.contained + t.open_at_end
            );
        }
        let all = &counts.issues.totals;
        prop_assert_eq!(all.opened + all.carried_in, heard.issues.len() as i128);
        prop_assert_eq!(all.opened + all.carried_in, all.resolved + all.lost + all.open_at_end);
        prop_assert_eq!(all.contacts, heard.contacts.len() as i128);
        let mut numbers: Vec<u64> = heard.issues.iter().map(|(_, issue)| issue.number).collect();
        numbers.sort_unstable();
        let expected: Vec<u64> = (1..=numbers.len() as u64).collect();
        prop_assert_eq!(numbers, expected);
        balance_of_ways(model.queues.len(), model.bots.len(), counts)?;
        let of_queues = counts.issues.queues.values();
        let mut total = IssueTotals::default();
        for queue in of_queues {
            total.resolved += queue.resolved;
            total.lost += queue.lost;
            total.contacts += queue.contacts;
        }
        prop_assert_eq!((total.resolved, total.lost, total.contacts), (all.resolved, all.lost, all.contacts));
    }

    /// The times of issues are those of their contacts and sessions, and nobody comes back more often than the file says.
    #[test]
    fn issues_take_the_time_of_their_contacts(draft in drafts()) {
        let compiled = compiled(&draft.text());
        let heard = heard(&compiled.variants[0], draft.seed);
        let all = &heard.counts.issues.totals;
        let totals = heard.counts.queues.values().map(|queue| &queue.totals);
        let waited: i128 = totals.map(|t| t.wait_answered + t.wait_abandoned).sum();
        prop_assert_eq!(all.waited, waited);
        let answered = || heard.ended.iter().filter(|(_, _, outcome)| *outcome == Outcome::Answered);
        prop_assert_eq!(
            all.in_contact,
            sum(answered().map(|(_, contact, _)| contact.replied_at.since(contact.started_at)))
        );
        prop_assert_eq!(
            all.at_bots,
            sum(heard.sessions.iter().map(|(contact, at, _)| at.since(contact.came_at)))
        );
        let bots = heard.counts.issues.bots.values();
        let sessions: i128 = bots.map(|bot| bot.sessions).sum();
        prop_assert_eq!(sessions, heard.sessions.len() as i128);
        for (_, issue) in &heard.issues {
            prop_assert!(issue.replies <= draft.replies.1);
        }
    }

    /// Whoever comes for the first time is the same whatever the staffing.
    #[test]
    fn other_staffing_meets_the_same_issues(draft in drafts()) {
        let more = Draft { staff: draft.staff.map(|heads| heads + 3), ..draft.clone() };
        let firsts = |draft: &Draft| {
            let compiled = compiled(&draft.text());
            let heard = heard(&compiled.variants[0], draft.seed);
            let contacts = heard.contacts.iter();
            let fresh = contacts
                .filter(|contact| contact.source.is_some())
                .map(|contact| (contact.key(), contact.queue, contact.talk, contact.leaves_at));
            fresh.collect::<Vec<_>>()
        };
        prop_assert_eq!(firsts(&draft), firsts(&more));
    }
}

/// What comes to a queue or a bot goes on from it; what ends is what is counted.
fn balance_of_ways(queues: usize, bots: usize, counts: &Counts) -> Result<(), TestCaseError> {
    let stops = channelmix::stats::issue_counts::Stops { queues, bots };
    let flow = |from, to| counts.issues.flows[stops.way(from, to)].times;
    let ends = stops.left()..stops.left() + 3;
    for stop in 1..stops.left() {
        let came: i128 = (0..stops.left()).map(|from| flow(from, stop)).sum();
        let went: i128 = (1..ends.end).map(|to| flow(stop, to)).sum();
        prop_assert_eq!(came, went, "stop {}", stop);
    }
    let all = &counts.issues.totals;
    let into = |end: usize| (0..stops.left()).map(|from| flow(from, end)).sum::<i128>();
    let ended = [into(ends.start), into(ends.start + 1), into(ends.start + 2)];
    prop_assert_eq!(ended, [all.resolved, all.lost, all.open_at_end]);
    let begun: i128 = (1..ends.end).map(|to| flow(0, to)).sum();
    prop_assert_eq!(begun, all.opened + all.carried_in);
    let answered: i128 = counts
        .queues
        .values()
        .map(|queue| queue.totals.answered)
        .sum();
    prop_assert!(all.answered <= answered);
    Ok(())
}
