//! What customers do beside waiting, and what becomes of contacts that are handed on: against what must come out.

use channelmix::ids::GroupId;
use channelmix::scenario::model::Variant;
use channelmix::sim::centre::{Centre, Layout};
use channelmix::sim::contacts::Contact;
use channelmix::sim::observer::{Observer, Outcome, Turn};
use channelmix::sim::replicate::replicate;
use channelmix::stats::estimate::Estimate;
use channelmix::time::{SimDuration, SimTime};

use super::support::{compiled, run};

/// A crowded queue; `more` are further lines of it.
fn crowded(more: &str) -> String {
    format!(
        r#"
name = "turns"
currency = "EUR"
[horizon]
start = "2026-09-07"
days = 4
[queues.phone]
channel = "phone"
arrivals = {{ per_hour = 60 }}
handle_time = {{ dist = "exponential", mean = "5m" }}
patience = {{ dist = "exponential", mean = "4m" }}
{more}
[groups.all]
skills = ["phone"]
staff = 5
wage = 20
"#
    )
}

fn mean(figure: Estimate) -> f64 {
    figure.mean.expect("something was counted")
}

/// Writes down what was told of contacts, in order.
#[derive(Default)]
struct Heard {
    log: Vec<(SimTime, Contact, What)>,
}

#[derive(Debug, Clone, Copy, PartialEq)]
enum What {
    Started,
    Finished,
    Turned(Turn),
    Ended(Outcome),
}

impl Observer for Heard {
    fn started(&mut self, at: SimTime, contact: &Contact, _group: GroupId, _agent: u32) {
        self.log.push((at, *contact, What::Started));
    }
    fn finished(&mut self, at: SimTime, contact: &Contact, _group: GroupId, _agent: u32) {
        self.log.push((at, *contact, What::Finished));
    }
    fn turned(&mut self, at: SimTime, contact: &Contact, turn: Turn) {
        self.log.push((at, *contact, What::Turned(turn)));
    }
    fn ended(&mut self, at: SimTime, contact: &Contact, outcome: Outcome) {
        self.log.push((at, *contact, What::Ended(outcome)));
    }
}

fn heard(text: &str) -> Heard {
    let compiled = compiled(text);
    let Variant {
        model, staffing, ..
    } = &compiled.variants[0];
    let layout = Layout::new(model, staffing);
    let mut centre = Centre::new(model, &layout, 1, 0);
    let mut heard = Heard::default();
    replicate((model, staffing, &layout), 1, 0, &mut centre, &mut heard);
    heard
}

/// Who balks is told the wait of the last contact that an agent took, and has less patience than that.
#[test]
fn customers_balk_at_the_wait_of_the_last_one() {
    let heard = heard(&crowded("announce = { leave = 1 }"));
    let mut last_wait = SimDuration::ZERO;
    let (mut balked, mut patient) = (0, 0);
    for (at, contact, what) in &heard.log {
        let patience = contact.leaves_at.since(contact.arrived_at);
        match what {
            What::Started => last_wait = at.since(contact.arrived_at),
            What::Turned(Turn::Balked) => {
                assert_eq!(*at, contact.arrived_at);
                assert!(patience < last_wait, "{patience:?} {last_wait:?}");
                balked += 1;
            }
            What::Finished => {}
            What::Turned(turn) => panic!("{turn:?}"),
            What::Ended(_) => patient += 1,
        }
    }
    assert!(balked > 300 && patient > 4_000, "{balked} {patient}");
}

/// Where half of those leave who are told too long a wait, about as many stay.
#[test]
fn the_share_that_leaves_is_the_one_of_the_file() {
    let figures = run(&crowded("announce = { leave = 0.5 }"), 8);
    let balked = mean(figures.turns.find("phone").expect("a queue").balked);
    let text = crowded("announce = { leave = 0.5 }");
    let mut last_wait = SimDuration::ZERO;
    let (mut would, mut did) = (0.0, 0.0);
    for (at, contact, what) in &heard(&text).log {
        let patience = contact.leaves_at.since(contact.arrived_at);
        match what {
            What::Started => last_wait = at.since(contact.arrived_at),
            What::Turned(_) => did += 1.0,
            What::Ended(Outcome::Abandoned) if *at > contact.arrived_at => {
                // Most of those told too long a wait and staying give up later.
                would += f64::from(u8::from(patience < last_wait));
            }
            What::Ended(_) | What::Finished => {}
        }
    }
    assert!(balked > 100.0);
    assert!(
        did > 100.0 && would > did * 0.5 && would < did * 2.0,
        "{would} {did}"
    );
}

/// Everybody who has waited a minute accepts: nobody abandons later than that, and everybody is answered in the end.
#[test]
fn who_is_called_back_does_not_abandon() {
    let callback = "callback = { when_waiting = \"1m\", accept = 1 }";
    let heard = heard(&crowded(callback));
    let minute = SimDuration::from_seconds(60);
    let mut accepted = 0;
    for (at, contact, what) in &heard.log {
        match what {
            What::Ended(Outcome::Abandoned) => {
                assert!(at.since(contact.arrived_at) <= minute);
            }
            What::Turned(Turn::CallbackAccepted) => {
                assert_eq!(at.since(contact.arrived_at), minute);
                accepted += 1;
            }
            _ => {}
        }
    }
    assert!(accepted > 500, "{accepted}");
    let plain = run(&crowded(""), 8);
    let figures = run(&crowded(callback), 8);
    let abandonment = |figures: &channelmix::stats::summary::VariantSummary| {
        mean(
            figures
                .queues
                .find("phone")
                .expect("a queue")
                .measures
                .abandonment,
        )
    };
    assert!(abandonment(&figures) < abandonment(&plain));
}

/// Half of the calls are in vain and there are two tries: a quarter is never reached, and three calls are made for two customers.
#[test]
fn who_is_not_reached_is_called_again_and_then_lost() {
    let callback = "callback = { when_waiting = \"30s\", accept = 1, reached = 0.5, tries = 2, ring = \"20s\", again = \"10m\" }";
    let figures = run(&crowded(callback), 12);
    let turns = figures.turns.find("phone").expect("a queue");
    let accepted = mean(turns.callbacks_accepted);
    let (called, missed) = (mean(turns.called), mean(turns.not_reached));
    assert!(accepted > 300.0);
    // Standard errors over 12 replications of some thousand: below 0.02.
    assert!(
        (called / accepted - 1.5).abs() < 0.05,
        "{called} {accepted}"
    );
    assert!(
        (missed / accepted - 0.75).abs() < 0.05,
        "{missed} {accepted}"
    );
}

/// At another time: nobody is called before the delay is over, and the wait runs on.
#[test]
fn a_scheduled_callback_comes_after_its_delay() {
    let callback = "callback = { when_waiting = \"30s\", accept = 1, delay = \"2h\" }";
    let heard = heard(&crowded(callback));
    let (mut starts, delay) = (0, SimDuration::from_seconds(7_230));
    for (at, contact, what) in &heard.log {
        if *what == What::Started && contact.leaves_at == SimTime::NEVER {
            assert!(at.since(contact.arrived_at) >= delay);
            starts += 1;
        }
    }
    assert!(starts > 300, "{starts}");
}

/// Whoever leaves without a word takes an agent as long as the file says, and is abandoned after the patience.
#[test]
fn silent_customers_take_an_agent_until_noticed() {
    let text = crowded("silent = { share = 1, noticed = \"45s\" }");
    let heard = heard(&text);
    let (mut noticed, mut finished_at) = (0, SimTime::START);
    let mut started = std::collections::BTreeMap::new();
    for (at, contact, what) in &heard.log {
        match what {
            What::Started => {
                started.insert(contact.key(), *at);
            }
            What::Finished => finished_at = *at,
            What::Ended(Outcome::Abandoned) => {
                let taken_at = started[&contact.key()];
                assert!(*at < taken_at, "noticed after leaving");
                assert_eq!(finished_at.since(taken_at), SimDuration::from_seconds(45));
                noticed += 1;
            }
            _ => {}
        }
    }
    assert!(noticed > 200, "{noticed}");
}

/// A transfer leaves the first agent after its part and finds the second with the rest of the file's times.
#[test]
fn a_transfer_is_two_contacts_of_one_issue() {
    let text = crowded("transfer = { share = 0.3, to = \"desk\", after = 0.5, warm = \"30s\" }").replace(
        "[groups.all]\nskills = [\"phone\"]",
        "[queues.desk]\nchannel = \"phone\"\narrivals = { per_hour = 0 }\nhandle_time = \"7m\"\n[groups.all]\nskills = [\"desk\", \"phone\"]",
    );
    let figures = run(&text, 8);
    let of = |name: &str| &figures.queues.find(name).expect("a queue").measures;
    let share = mean(of("desk").offered) / mean(of("phone").answered);
    assert!((share - 0.3).abs() < 0.02, "{share}");
    let handled = mean(of("desk").handle_time_s.mean);
    assert!((handled - 450.0).abs() < 1e-6, "{handled}");
    let issues = figures.issues.expect("issues are followed");
    let opened = mean(issues.measures.opened);
    let contacts = mean(issues.measures.contacts_per_issue);
    let expected = 1.0 + mean(of("desk").offered) / opened;
    assert!((contacts - expected).abs() < 1e-9, "{contacts} {expected}");
}

/// Posts, all of them public, whose answers spare a part of the callers who would ask the same.
const PUBLIC: &str = r#"
name = "public"
currency = "EUR"
[horizon]
start = "2026-09-07"
days = 4
[queues.posts]
channel = "social"
arrivals = { per_hour = 6 }
handle_time = { dist = "exponential", mean = "5m" }
public = { share = 0.5, audience = 40, deflects = { share = 0.3, lasts = "1d", queues = ["phone"] } }
triage = { share = 0.25, time = "20s" }
[queues.phone]
channel = "phone"
arrivals = { per_hour = 30 }
handle_time = { dist = "exponential", mean = "4m" }
[groups.all]
skills = ["phone", "posts"]
staff = 6
wage = 20
[[variants]]
name = "private"
set = { "queues.posts.public.share" = 0.0 }
"#;

/// Answers come so often that one is always fresh: the share of callers of the file stays away, and nobody where nothing is public.
#[test]
fn public_answers_spare_the_share_of_the_file() {
    let summary = super::support::summary(PUBLIC, 10);
    let [base, private] = summary.variants.as_slice() else {
        panic!("two variants");
    };
    let of = |variant: &channelmix::stats::summary::VariantSummary, queue: &str| {
        variant.turns.find(queue).expect("told of").clone()
    };
    let phone = of(base, "phone");
    let deflection = mean(phone.deflection);
    assert!((deflection - 0.3).abs() < 0.02, "{deflection}");
    let offered = mean(base.queues.find("phone").expect("a queue").measures.offered);
    let without = mean(
        private
            .queues
            .find("phone")
            .expect("a queue")
            .measures
            .offered,
    );
    // The same customers: who is spared in the one comes in the other.
    assert!((offered + mean(phone.prevented) - without).abs() < 1e-9);
    let posts = of(base, "posts");
    let queue = &base.queues.find("posts").expect("a queue").measures;
    let share = mean(posts.public) / mean(queue.offered);
    assert!((share - 0.5).abs() < 0.03, "{share}");
    let needless = mean(posts.need_no_answer) / mean(queue.offered);
    assert!((needless - 0.25).abs() < 0.03, "{needless}");
    // A post stands unanswered as long as any: from arrival to reply.
    let (public, all) = (
        mean(posts.public_unanswered_mean_s),
        mean(queue.sojourn_s.mean),
    );
    assert!((public / all - 1.0).abs() < 0.1, "{public} {all}");
    let read = mean(posts.read_unanswered) / (mean(posts.public) * public / 3_600.0);
    assert!((read - 40.0).abs() < 1e-6, "{read}");
    assert_eq!(of(private, "posts").public.mean, Some(0.0));
}

/// The next leg begins when the first agent's talk ends, not when the wrap-up does.
#[test]
fn a_transfer_does_not_wait_for_the_wrap_up() {
    let text = crowded("wrap_up = \"10m\"\ntransfer = { share = 1, to = \"desk\" }")
        .replace("per_hour = 60", "per_hour = 6")
        .replace(
            "[groups.all]\nskills = [\"phone\"]",
            "[queues.desk]\nchannel = \"phone\"\narrivals = { per_hour = 0 }\nhandle_time = \"3m\"\n[groups.desk]\nskills = [\"desk\"]\nstaff = 30\n[groups.all]\nskills = [\"phone\"]",
        );
    let issues = run(&text, 4).issues.expect("issues are followed");
    let measures = issues.measures;
    let took = mean(measures.waiting_mean_s) + mean(measures.in_contact_mean_s);
    // But for those who gave up, all time is spent waiting or in contact.
    assert!(mean(measures.resolved_share) > 0.98);
    let resolution = mean(measures.resolution_mean_s);
    assert!(
        (resolution / took - 1.0).abs() < 0.03,
        "{resolution} {took}"
    );
}

/// What a company arranges is no wait to announce: nobody balks at the delay of a callback.
#[test]
fn a_callback_tells_nothing_of_the_wait() {
    let text = crowded(
        "announce = { leave = 1 }\ncallback = { when_expecting = \"1m\", accept = 0.5, delay = \"4h\" }",
    );
    let patient = text.replace(
        "patience = { dist = \"exponential\", mean = \"4m\" }",
        "patience = \"1h\"",
    );
    let turns = run(&patient, 4).turns;
    let phone = turns.find("phone").expect("a queue");
    assert!(mean(phone.callbacks_accepted) > 100.0);
    assert_eq!(phone.balked.mean, Some(0.0));
}

/// Handed over after the horizon, a contact meets the door of the next day.
#[test]
fn the_door_is_that_of_the_day_after_the_end() {
    let bot = "open = \"00:00-24:00\"\n";
    let text = format!(
        "{}[bots.b]\nqueues = [\"phone\"]\nsession = \"2h\"\n",
        crowded(bot)
    );
    let phone = run(&text, 2);
    let blocked = phone
        .queues
        .find("phone")
        .expect("a queue")
        .measures
        .blocked;
    assert_eq!(blocked.mean, Some(0.0));
}
