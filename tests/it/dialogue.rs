//! Chats in turns against a Markov chain of one agent with several chats, and who leaves while waiting for a reply.

use channelmix::sim::observer::Outcome;
use channelmix::stats::estimate::Estimate;
use channelmix::stats::summary::VariantSummary;

use super::properties::record::Record;
use super::support::{agrees, compiled, run, summary};

/// Chats at an hourly rate to one agent with `at_once` of them; the agent's work and the customer's thinking in seconds.
struct Desk {
    per_hour: f64,
    work_s: f64,
    turns: f64,
    thinking_s: f64,
    at_once: u32,
}

impl Desk {
    fn text(&self, days: u32, more: &str) -> String {
        let Self {
            per_hour,
            work_s,
            turns,
            thinking_s,
            at_once,
        } = self;
        format!(
            "name = \"desk\"\ncurrency = \"EUR\"\n[horizon]\nstart = \"2026-09-07\"\ndays = {days}\nwarm_up = \"1d\"\n\
             [queues.chat]\nchannel = \"chat\"\narrivals = {{ per_hour = {per_hour} }}\n\
             handle_time = {{ dist = \"exponential\", mean = \"{work_s}s\" }}\n\
             turns = {{ mean = {turns}, thinking = {{ dist = \"exponential\", mean = \"{thinking_s}s\" }}{more} }}\n\
             [groups.desk]\nskills = [\"chat\"]\nat_once = {{ chat = {at_once} }}\nstaff = 1\n"
        )
    }

    /// The stationary chain of chats in the system and of customers who wait for a reply, cut off where it is hardly ever: means of
    /// both, and of the chats open at the agent.
    ///
    /// An exponential work of mean w that is cut by a Poisson process of rate c is a geometric number of turns, each exponential of rate
    /// 1/w + c, the last with probability (1/w) / (1/w + c).
    fn means(&self) -> [f64; 3] {
        const MOST: usize = 150;
        let k = self.at_once as usize;
        let (arrive, write) = (self.per_hour / 3_600.0, 1.0 / self.thinking_s);
        let (last, go_on) = (1.0 / self.work_s, (self.turns - 1.0) / self.work_s);
        let place = |n: usize, j: usize| n * (k + 1) + j;
        let mut rates = vec![vec![0.0_f64; place(MOST, k) + 1]; place(MOST, k) + 1];
        for n in 0..=MOST {
            let open = n.min(k);
            for j in 0..=k {
                if j > open {
                    // No such state; it leads to one that is, so that the chain is one.
                    rates[place(n, j)][0] = 1.0;
                    continue;
                }
                let from = &mut rates[place(n, j)];
                if n < MOST {
                    from[place(n + 1, if n < k { j + 1 } else { j })] += arrive;
                }
                if j < open {
                    from[place(n, j + 1)] += (open - j) as f64 * write;
                }
                if j > 0 {
                    from[place(n, j - 1)] += go_on;
                    from[place(n - 1, if n > k { j } else { j - 1 })] += last;
                }
            }
        }
        let p = stationary(rates);
        assert!(p[place(MOST, k)] < 1e-9, "cut off too early");
        let mut means = [0.0; 3];
        for n in 0..=MOST {
            for j in 0..=n.min(k) {
                let p = p[place(n, j)];
                means[0] += n as f64 * p;
                means[1] += j as f64 * p;
                means[2] += n.min(k) as f64 * p;
            }
        }
        means
    }
}

/// The stationary distribution of a chain by its rates.
///
/// Source: Grassmann, Taksar and Heyman, "Regenerative analysis and steady state distributions for Markov chains", *Operations
/// Research* 33, 1985.
fn stationary(mut rates: Vec<Vec<f64>>) -> Vec<f64> {
    for last in (1..rates.len()).rev() {
        let (before, from) = rates.split_at_mut(last);
        let out: f64 = from[0][..last].iter().sum();
        for row in before.iter_mut().filter(|row| row[last] > 0.0) {
            row[last] /= out;
            let share = row[last];
            for (rate, onward) in row[..last].iter_mut().zip(&from[0]) {
                *rate += share * onward;
            }
        }
    }
    let mut p = vec![1.0; rates.len()];
    for state in 1..rates.len() {
        p[state] = (0..state).map(|from| p[from] * rates[from][state]).sum();
    }
    let total: f64 = p.iter().sum();
    p.into_iter().map(|p| p / total).collect()
}

fn chat(found: &VariantSummary) -> &channelmix::stats::summary::QueueMeasures {
    &found.queues.find("chat").expect("the queue").measures
}

#[test]
fn one_agent_with_several_chats_is_a_markov_chain() {
    const REPLICATIONS: u64 = 150;
    for desk in [
        Desk {
            per_hour: 15.0,
            work_s: 150.0,
            turns: 5.0,
            thinking_s: 40.0,
            at_once: 3,
        },
        Desk {
            per_hour: 11.0,
            work_s: 120.0,
            turns: 3.0,
            thinking_s: 100.0,
            at_once: 2,
        },
        Desk {
            per_hour: 12.0,
            work_s: 200.0,
            turns: 8.0,
            thinking_s: 20.0,
            at_once: 5,
        },
    ] {
        let found = run(&desk.text(60, ""), REPLICATIONS);
        let [system, asked, open] = desk.means();
        let rate = desk.per_hour / 3_600.0;
        let measures = chat(&found);
        // Little's law: of the line, of the chats open, and of the customers who wait for a reply.
        agrees(measures.asa_s, (system - open) / rate, REPLICATIONS, "wait");
        agrees(
            measures.handle_time_s.mean,
            open / rate,
            REPLICATIONS,
            "handle time",
        );
        let turns = found.turns.find("chat").expect("its turns");
        agrees(
            turns.reply_mean_s,
            asked / (rate * desk.turns),
            REPLICATIONS,
            "wait for a reply",
        );
        agrees(
            turns.replies,
            rate * desk.turns * 59.0 * 86_400.0,
            REPLICATIONS,
            "replies",
        );
    }
}

/// With one chat at a time the agent waits for the customer too: M/G/1.
///
/// Source: Pollaczek and Khinchine, λE[S²] / 2(1 − λE[S]); with work W exponential of mean w, c = (turns − 1) / w and thinking exponential of mean
/// h, E[S] = w(1 + ch) and E[S²] = 2w²(1 + ch)² + 2cwh².
#[test]
fn one_chat_at_a_time_is_a_queue_with_longer_service() {
    const REPLICATIONS: u64 = 60;
    let desk = Desk {
        per_hour: 9.0,
        work_s: 100.0,
        turns: 4.0,
        thinking_s: 45.0,
        at_once: 1,
    };
    let found = run(&desk.text(60, ""), REPLICATIONS);
    let (w, h, rate) = (desk.work_s, desk.thinking_s, desk.per_hour / 3_600.0);
    let c = (desk.turns - 1.0) / w;
    let mean = w * (1.0 + c * h);
    let square = 2.0 * w * w * (1.0 + c * h).powi(2) + 2.0 * c * w * h * h;
    let wait = rate * square / 2.0 / (1.0 - rate * mean);
    agrees(chat(&found).asa_s, wait, REPLICATIONS, "wait");
    agrees(
        chat(&found).handle_time_s.mean,
        mean,
        REPLICATIONS,
        "handle time",
    );
}

/// One turn is no conversation: the agent takes one chat after the other, whatever it has open.
#[test]
fn chats_of_one_turn_are_served_one_by_one() {
    const REPLICATIONS: u64 = 40;
    let desk = Desk {
        per_hour: 20.0,
        work_s: 120.0,
        turns: 1.0,
        thinking_s: 60.0,
        at_once: 4,
    };
    let found = run(&desk.text(20, ""), REPLICATIONS);
    // M/M/1 from arrival to reply.
    let exact = 120.0 / (1.0 - 20.0 * 120.0 / 3_600.0);
    agrees(
        chat(&found).sojourn_s.mean,
        exact,
        REPLICATIONS,
        "time to the reply",
    );
}

#[test]
fn who_waits_too_long_for_a_reply_leaves_at_that_instant_or_with_the_reply() {
    let desk = Desk {
        per_hour: 14.0,
        work_s: 180.0,
        turns: 6.0,
        thinking_s: 30.0,
        at_once: 4,
    };
    let text = desk.text(3, ", patience = \"70s\"") + "wage = 20\n";
    let found = run(&text, 20);
    let turns = found.turns.find("chat").expect("its turns");
    let left = turns.left_midway.mean.expect("a mean");
    assert!(left > 10.0, "{left} left");
    let issues = found.issues.as_ref().expect("issues are followed");
    assert_eq!(
        issues.measures.lost.mean, turns.left_midway.mean,
        "they give up"
    );
    let compiled = compiled(&text);
    let record = Record::of(&compiled.variants[0], 1, 0);
    let answered = record
        .endings()
        .filter(|(_, _, outcome)| *outcome == Outcome::Answered);
    assert!(answered.count() > 100);
    // With a retry they come again.
    let again = text.replace(
        "[groups.desk]",
        "retry = { chance = 1, delay = \"5m\", at_most = 1 }\n[groups.desk]",
    );
    let again = run(&again, 20);
    let issues = again.issues.as_ref().expect("issues are followed");
    let (opened, contacts) = (issues.measures.opened, issues.measures.contacts_per_issue);
    assert!(contacts.mean > Some(1.05), "{contacts:?} of {opened:?}");
}

#[test]
fn a_patient_customer_is_never_told_to_have_left() {
    let desk = Desk {
        per_hour: 14.0,
        work_s: 180.0,
        turns: 6.0,
        thinking_s: 30.0,
        at_once: 4,
    };
    let found = run(&desk.text(2, ", patience = \"never\""), 5);
    let turns = found.turns.find("chat").expect("its turns");
    assert_eq!(turns.left_midway.mean, Some(0.0));
}

/// docs/chat-in-turns.md says what its scenario gives.
#[test]
fn the_page_shows_the_figures_of_its_scenario() {
    const ROOT: &str = env!("CARGO_MANIFEST_DIR");
    let read = |name: &str| std::fs::read_to_string(format!("{ROOT}/{name}")).expect("it is there");
    let page = read("docs/chat-in-turns.md");
    let found = summary(&read("scenarios/beyond/chat-turns.toml"), 60);
    for variant in &found.variants {
        let (chat, agents) = (
            chat(variant),
            &variant.groups.find("agents").expect("it").measures,
        );
        let shown =
            |figure: Estimate, unit: f64, digits: usize| match (figure.mean, figure.half_width()) {
                (Some(mean), Some(half)) => {
                    format!("{:.digits$} ±{:.digits$}", mean * unit, half * unit)
                }
                _ => "–".to_owned(),
            };
        let reply = variant.turns.find("chat").map(|turns| turns.reply_mean_s);
        let row = [
            variant.name.clone(),
            shown(chat.service_level, 100.0, 1),
            shown(chat.abandonment, 100.0, 1),
            shown(agents.mean_concurrency, 1.0, 2),
            shown(chat.handle_time_s.mean, 1.0 / 60.0, 1),
            shown(reply.unwrap_or(Estimate::NONE), 1.0, 1),
        ];
        let row = format!("| {} |", row.join(" | "));
        assert!(page.contains(&row), "{row}");
    }
}
