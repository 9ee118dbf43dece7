//! Work that is set aside: by the microsecond on single contacts, and against priority queues with preemptive resumption.

use channelmix::sim::observer::Step;
use channelmix::time::SimTime;

use super::properties::record::{Record, Told};
use super::support::{agrees, compiled, run};

/// One email of an hour open at the start; calls of a quarter of an hour, the first of which come as the seed has them.
fn desk(email: &str, staff: &str, phone: &str) -> String {
    format!(
        "name = \"desk\"\ncurrency = \"EUR\"\n[horizon]\nstart = \"2026-09-07\"\ndays = 1\ninterval = \"1h\"\n\
         [queues.phone]\nchannel = \"phone\"\nhandle_time = \"15m\"\n{phone}\n\
         [queues.email]\nchannel = \"email\"\narrivals = {{ per_hour = 0 }}\nhandle_time = \"1h\"\n{email}\n\
         [groups.desk]\nskills = [\"phone\", \"email\"]\n{staff}\n"
    )
}

const ONE_EMAIL: &str = "backlog = 1\ninterruptible = true\nresume = \"2m\"";
const ONE_CALL: &str = "arrivals = { per_interval = [20, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0] }\nlines = 1";

/// Who did what: seconds from the start, what, the queue's number and the agent's.
fn told(text: &str) -> Vec<(f64, String, u32, u32)> {
    let compiled = compiled(text);
    let record = Record::of(&compiled.variants[0], 1, 0);
    let seconds = |at: SimTime| at.since(SimTime::START).as_seconds();
    let told = record.log.iter().filter_map(|(now, told)| {
        let (what, contact, agent) = match told {
            Told::Started { contact, agent, .. } => ("begins".to_owned(), contact, *agent),
            Told::Finished { contact, agent, .. } => ("ends".to_owned(), contact, *agent),
            Told::Stepped {
                contact,
                agent,
                step,
                ..
            } => {
                let what = match step {
                    Step::SetAside => "sets aside".to_owned(),
                    Step::TakenUp(resume) => format!("takes up, {} s", resume.as_seconds()),
                    Step::Switched(extra) => format!("switches, {} s", extra.as_seconds()),
                    Step::Wrote | Step::Replied(_) => return None,
                };
                (what, contact, *agent)
            }
            _ => return None,
        };
        Some((seconds(*now), what, contact.queue.0, agent))
    });
    told.collect()
}

#[test]
fn an_email_is_set_aside_for_a_call_and_taken_up_after_it() {
    let told = told(&desk(ONE_EMAIL, "staff = 1", ONE_CALL));
    let words: Vec<_> = told
        .iter()
        .map(|(_, what, queue, _)| (what.as_str(), *queue))
        .collect();
    assert_eq!(
        words[..6],
        [
            ("begins", 1),
            ("sets aside", 1),
            ("begins", 0),
            ("ends", 0),
            ("takes up, 120 s", 1),
            ("sets aside", 1),
        ]
    );
    // All the agent did until the email ended: the email, the calls before it and what finding back took.
    let ended = told
        .iter()
        .position(|(_, what, queue, _)| what == "ends" && *queue == 1);
    let before = &told[..=ended.expect("a day is long enough")];
    let count = |wanted: &str| before.iter().filter(|(_, what, ..)| what == wanted).count() as f64;
    let calls = before
        .iter()
        .filter(|(_, what, queue, _)| what == "ends" && *queue == 0)
        .count() as f64;
    let (at, ..) = before.last().expect("it ended");
    let busy = 3_600.0 + 900.0 * calls + 120.0 * count("takes up, 120 s");
    assert!(calls >= 3.0);
    assert!(
        (at - busy).abs() < 1e-3,
        "{at} s where {busy} s of work were done"
    );
}

#[test]
fn what_is_not_interruptible_is_not_set_aside_and_what_comes_later_in_the_list_interrupts_nothing()
{
    let plain = told(&desk("backlog = 1", "staff = 1", ONE_CALL));
    assert!(plain.iter().all(|(_, what, ..)| what != "sets aside"));
    let text = desk(ONE_EMAIL, "staff = 1", ONE_CALL);
    let reversed = told(&text.replace("[\"phone\", \"email\"]", "[\"email\", \"phone\"]"));
    assert!(reversed.iter().all(|(_, what, ..)| what != "sets aside"));
    let on_terms = told(&text.replace("\"phone\", ", "{ queue = \"phone\", reserve = 1 }, "));
    assert!(on_terms.iter().all(|(_, what, ..)| what != "sets aside"));
    let deferred = told(&text.replace("lines = 1", "lines = 1\ndeferred = true"));
    assert!(deferred.iter().all(|(_, what, ..)| what != "sets aside"));
}

/// Calls of two queues interrupt one email; by the policy of the group, not by the list, it is decided whose call comes next before the email is
/// taken up again.
#[test]
fn whoever_has_waited_longest_interrupts_first_where_the_group_goes_by_that() {
    let calls = "channel = \"phone\"\nhandle_time = \"15m\"\npatience = \"never\"\n\
                 arrivals = { per_interval = [5, 5, 5, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0] }";
    let begun_in_order = |policy: &str| {
        let text = desk(
            &format!("{ONE_EMAIL}\npriority = 2"),
            &format!("staff = 1\npolicy = \"{policy}\""),
            "arrivals = { per_hour = 0 }",
        )
        .replace(
            "[queues.email]",
            &format!("[queues.first]\n{calls}\n[queues.second]\n{calls}\n[queues.email]"),
        )
        .replace("[\"phone\",", "[\"phone\", \"first\", \"second\",");
        let compiled = compiled(&text);
        let record = Record::of(&compiled.variants[0], 1, 0);
        let begun: Vec<_> = record
            .log
            .iter()
            .filter_map(|(_, told)| match told {
                Told::Started { contact, .. } if contact.queue.0 < 3 => Some(contact.arrived_at),
                _ => None,
            })
            .collect();
        let aside = record.log.iter().any(|(_, told)| {
            matches!(
                told,
                Told::Stepped {
                    step: Step::SetAside,
                    ..
                }
            )
        });
        assert!(aside && begun.len() > 15, "{}", begun.len());
        begun.is_sorted()
    };
    assert!(begun_in_order("longest_waiting"));
    assert!(!begun_in_order("list_order"));
}

/// Of two agents with an email each one leaves at the end of the first hour, in the middle of calls. The email left behind waits until the other
/// has ended its own.
#[test]
fn what_an_agent_leaves_behind_is_taken_up_by_another() {
    let staff = format!("staff = [2, {}1]", "1, ".repeat(22));
    let email = ONE_EMAIL.replace("backlog = 1", "backlog = 2");
    let phone = ONE_CALL.replace("lines = 1", "lines = 2");
    let told = told(&desk(&email, &staff, &phone));
    let of_emails = |wanted: &str| {
        let of = told
            .iter()
            .filter(|(_, what, queue, _)| what.starts_with(wanted) && *queue == 1);
        of.map(|(at, _, _, agent)| (*at, *agent))
            .collect::<Vec<_>>()
    };
    let aside = of_emails("sets aside");
    assert!(
        (0..2).all(|agent| aside.iter().any(|(_, by)| *by == agent)),
        "both were interrupted"
    );
    let ended = of_emails("ends");
    assert_eq!(ended.len(), 2);
    let (first_at, stays) = ended[0];
    assert_eq!(ended[1].1, stays, "who stays ends both");
    // The other's email had been under way for less than an hour, and is taken up as soon as nothing else is left.
    assert!(of_emails("takes up").contains(&(first_at, stays)));
    assert!(ended[1].0 - first_at > 120.0 && ended[1].0 - first_at < 3_720.0);
}

#[test]
fn another_kind_of_work_takes_longer_to_begin() {
    let two_calls = ONE_CALL.replace("lines = 1", "lines = 2");
    let text = desk("backlog = 1", "staff = 1\nswitch = \"40s\"", &two_calls);
    let told = told(&text);
    let at = |wanted: &str| {
        told.iter()
            .filter(|(_, what, ..)| what == wanted)
            .map(|told| told.0)
            .collect::<Vec<_>>()
    };
    let switches = at("switches, 40 s");
    assert_eq!(switches.len(), 1, "email, then calls");
    let begun = at("begins");
    let ended = at("ends");
    assert!((ended[0] - begun[0] - 3_600.0).abs() < 1e-6);
    assert!((ended[1] - begun[1] - 940.0).abs() < 1e-6);
    assert!((ended[2] - begun[2] - 900.0).abs() < 1e-6);
}

/// Calls at rate λ₁ and emails at rate λ₂, one agent, calls first and preemptive, work resumed where it was left.
///
/// Source: Cobham's formula with preemption, e.g. Gross, Shortle, Thompson and Harris, *Fundamentals of Queueing Theory* (2008), section 3.4.3:
/// W₁ = λ₁E[S₁²] / 2(1 − ρ₁); T₂ = E[S₂] / (1 − ρ₁) + (λ₁E[S₁²] + λ₂E[S₂²]) / 2(1 − ρ₁)(1 − ρ₁ − ρ₂).
#[test]
fn one_agent_is_a_preemptive_queue_with_two_priorities() {
    const REPLICATIONS: u64 = 60;
    let text = "name = \"preemptive\"\ncurrency = \"EUR\"\n[horizon]\nstart = \"2026-09-07\"\ndays = 60\nwarm_up = \"2d\"\n\
        [queues.phone]\nchannel = \"phone\"\narrivals = { per_hour = 6 }\nhandle_time = { dist = \"exponential\", mean = \"4m\" }\n\
        [queues.email]\nchannel = \"email\"\narrivals = { per_hour = 2 }\nhandle_time = { dist = \"gamma\", mean = \"9m\", cv = 0.5 }\ninterruptible = true\n\
        [groups.desk]\nskills = [\"phone\", \"email\"]\nstaff = 1\n";
    let found = run(text, REPLICATIONS);
    let (l1, l2) = (6.0 / 3_600.0, 2.0 / 3_600.0);
    let (s1, s2) = (240.0, 540.0);
    let (q1, q2) = (2.0 * s1 * s1, 1.25 * s2 * s2);
    let (r1, r2) = (l1 * s1, l2 * s2);
    let wait = l1 * q1 / 2.0 / (1.0 - r1);
    let sojourn = s2 / (1.0 - r1) + 0.5 * (l1 * q1 + l2 * q2) / (1.0 - r1) / (1.0 - r1 - r2);
    let of = |name: &str| &found.queues.find(name).expect("the queue").measures;
    agrees(of("phone").asa_s, wait, REPLICATIONS, "wait of calls");
    agrees(
        of("email").sojourn_s.mean,
        sojourn,
        REPLICATIONS,
        "time to the reply",
    );
    // Each call that comes while an email is in hand interrupts it, and emails are in hand for ρ₂ of the time.
    let group = &found.groups.find("desk").expect("the group").measures;
    let interruptions = group
        .changeovers
        .as_ref()
        .expect("email gives way")
        .interruptions;
    agrees(
        interruptions,
        l1 * r2 * 58.0 * 86_400.0,
        REPLICATIONS,
        "interruptions",
    );
}

/// What gives way is not there for those it gives way to: with several agents calls wait as in M/M/s.
#[test]
fn calls_wait_as_if_there_were_no_emails() {
    const REPLICATIONS: u64 = 40;
    let text = "name = \"blend\"\ncurrency = \"EUR\"\n[horizon]\nstart = \"2026-09-07\"\ndays = 20\nwarm_up = \"1d\"\n\
        [queues.phone]\nchannel = \"phone\"\narrivals = { per_hour = 60 }\nhandle_time = { dist = \"exponential\", mean = \"4m\" }\n\
        [queues.email]\nchannel = \"email\"\narrivals = { per_hour = 9 }\nhandle_time = { dist = \"exponential\", mean = \"6m\" }\n\
        interruptible = true\nresume = \"30s\"\n\
        [groups.desk]\nskills = [\"phone\", \"email\"]\nstaff = 6\n";
    let found = run(text, REPLICATIONS);
    let phone = &found.queues.find("phone").expect("the queue").measures;
    let waits = channelmix::queueing::erlang_c::p_wait(6, 4.0).expect("a stable queue");
    agrees(
        phone.asa_s,
        waits * 240.0 / 2.0,
        REPLICATIONS,
        "wait of calls",
    );
}
