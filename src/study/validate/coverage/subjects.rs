//! Models whose answers are known, as scenarios small enough to be run thousands of times.

use crate::queueing::{
    Law, Load, QueueError, SteadyState, chat, erlang_a, erlang_c, mg_1, priority,
};
use crate::study::validate::written::{self, GroupText, Head, QueueText, exponential, per_hour};

use super::day::day;
use super::values::{Place, Value};

/// A scenario and what is known of its figures.
#[derive(Debug)]
pub(super) struct Subject {
    /// The model.
    pub(super) name: &'static str,
    /// The scenario file.
    pub(super) text: String,
    /// Known of the base, or of the variant less the base.
    pub(super) values: Vec<Value>,
}

/// Contacts that one hour brings, how long they take, and who is there.
struct Centre {
    per_hour: f64,
    mean_s: f64,
    agents: u32,
    within_s: f64,
    /// Hours that are counted.
    window_h: f64,
}

/// All of them.
///
/// # Errors
/// When a model refuses its numbers, which none does.
pub(super) fn subjects() -> Result<Vec<Subject>, QueueError> {
    Ok(vec![
        waiting()?,
        one_agent()?,
        leaving()?,
        rarely_leaving()?,
        classes()?,
        chats()?,
        day()?,
        one_more()?,
        fewer_contacts()?,
    ])
}

/// Models whose runs end when their target's figures are precise, and at which half-width.
///
/// # Errors
/// When a model refuses its numbers, which none does.
pub(super) fn stopped_by_precision() -> Result<Vec<(Subject, f64)>, QueueError> {
    let loose = Subject {
        name: "M/M/20+M until ±0.04",
        ..leaving()?
    };
    let tight = Subject {
        name: "M/M/20+M until ±0.02",
        ..leaving()?
    };
    Ok(vec![(loose, 0.04), (tight, 0.02)])
}

/// M/M/s: nobody leaves, so waits come in long clusters.
fn waiting() -> Result<Subject, QueueError> {
    let centre = Centre {
        per_hour: 38.4,
        mean_s: 600.0,
        agents: 8,
        within_s: 120.0,
        window_h: 24.0,
    };
    let queue = erlang_c::solve(
        Load::per_hour(centre.per_hour, centre.mean_s)?,
        centre.agents,
    )?;
    let mut values = centre.values("q", centre.per_hour, &queue)?;
    values.extend(centre.handle_times("q"));
    values.push(centre.cost_per_contact());
    Ok(Subject {
        name: "M/M/8, 80 % loaded",
        text: centre.text(2, exponential(centre.mean_s), None),
        values,
    })
}

/// M/G/1 with handle times more variable than exponential ones.
fn one_agent() -> Result<Subject, QueueError> {
    let centre = Centre {
        per_hour: 18.0,
        mean_s: 120.0,
        agents: 1,
        within_s: 120.0,
        window_h: 24.0,
    };
    let service = Law::Gamma {
        mean_s: centre.mean_s,
        cv: 1.5,
    };
    let queue = mg_1::solve(centre.per_hour / 3_600.0, service)?;
    let law = "{ dist = \"gamma\", mean = \"120s\", cv = 1.5 }".to_owned();
    Ok(Subject {
        name: "M/G/1, cv 1.5, 60 % loaded",
        text: centre.text(2, law, None),
        values: centre.values("q", centre.per_hour, &queue)?,
    })
}

/// A centre whose customers wait half an hour on average before they leave.
const PATIENT: Centre = Centre {
    per_hour: 38.0,
    mean_s: 1_800.0,
    agents: 20,
    within_s: 300.0,
    window_h: 12.0,
};
const PATIENCE_S: f64 = 1_800.0;

/// M/M/s+M at a usual load.
fn leaving() -> Result<Subject, QueueError> {
    let queue = PATIENT.with_patience()?;
    let mut values = PATIENT.values("q", PATIENT.per_hour, &queue)?;
    values.extend(PATIENT.handle_times("q"));
    Ok(Subject {
        name: "M/M/20+M, 95 % offered",
        text: PATIENT.patient_text(),
        values,
    })
}

/// M/M/s+M with so many agents that little goes wrong.
fn rarely_leaving() -> Result<Subject, QueueError> {
    let centre = Centre {
        agents: 26,
        ..PATIENT
    };
    let queue = centre.with_patience()?;
    Ok(Subject {
        name: "M/M/26+M, 73 % offered",
        text: centre.patient_text(),
        values: centre.values("q", centre.per_hour, &queue)?,
    })
}

/// The same customers with one agent more: a difference of two known answers.
fn one_more() -> Result<Subject, QueueError> {
    let more = Centre {
        agents: PATIENT.agents + 1,
        ..PATIENT
    };
    less_patient(
        "M/M/21+M less M/M/20+M",
        &more,
        "{ \"groups.g.staff\" = 21 }",
    )
}

/// A tenth fewer customers, who come at other times: hardly alike in their luck.
fn fewer_contacts() -> Result<Subject, QueueError> {
    let fewer = Centre {
        per_hour: 34.2,
        ..PATIENT
    };
    less_patient(
        "M/M/20+M, a tenth fewer contacts, less all",
        &fewer,
        "{ \"queues.q.arrivals\" = { per_hour = 34.2 } }",
    )
}

/// Another centre less [`PATIENT`].
fn less_patient(name: &'static str, other: &Centre, set: &str) -> Result<Subject, QueueError> {
    let values = |centre: &Centre| centre.values("q", centre.per_hour, &centre.with_patience()?);
    let values = values(other)?
        .into_iter()
        .zip(values(&PATIENT)?)
        .filter_map(|(own, base)| own.less(&base));
    Ok(Subject {
        name,
        text: format!(
            "{}[[variants]]\nname = \"other\"\nset = {set}\n",
            PATIENT.patient_text()
        ),
        values: values.collect(),
    })
}

/// Two classes of contacts, the first served first.
fn classes() -> Result<Subject, QueueError> {
    let centre = Centre {
        per_hour: 27.0,
        mean_s: 600.0,
        agents: 6,
        within_s: 120.0,
        window_h: 24.0,
    };
    let rate = centre.per_hour / 2.0;
    let names = ["first", "second"];
    let mut text = centre.head(2).to_string();
    let mut values = Vec::new();
    for (class, name) in names.into_iter().enumerate() {
        let queue = priority::solve(&[rate / 3_600.0; 2], centre.mean_s, centre.agents)?;
        values.extend(centre.values(name, rate, &queue.of_class(class)?)?);
        let mut lines = centre.queue(name, rate, exponential(centre.mean_s), None);
        lines.more.push(format!("priority = {}", class + 1));
        text.push_str(&lines.to_string());
    }
    text.push_str(&centre.group(&names).to_string());
    Ok(Subject {
        name: "M/M/6, two classes, 75 % loaded",
        text,
        values,
    })
}

/// Chats, up to three at an agent.
fn chats() -> Result<Subject, QueueError> {
    let centre = Centre {
        per_hour: 38.0,
        mean_s: 600.0,
        agents: 4,
        within_s: 60.0,
        window_h: 18.0,
    };
    let pace = [1.0, 0.7, 0.5];
    let load = Load::per_hour(centre.per_hour, centre.mean_s)?;
    let sharing = chat::Sharing::LeastLoaded;
    let queue = chat::solve(load, centre.agents, &pace, Some(600.0), sharing)?;
    let mut values = centre.values("q", centre.per_hour, &queue)?;
    // Not the handle time: after the end nobody comes, and the last chats are handled faster than in a steady state (0.4 % in a day).
    values.push(Value::of(
        Place::Group(|group| group.mean_concurrency),
        "groups.g.mean_concurrency",
        queue.mean_concurrency(),
    ));
    Ok(Subject {
        name: "chat, 4 agents, 3 at once",
        text: format!(
            "{}at_once = {{ q = 3 }}\npace = [1.0, 0.7, 0.5]\n",
            centre.text(1, exponential(centre.mean_s), Some(600.0))
        ),
        values,
    })
}

impl Centre {
    /// Everything before the last [`Centre::window_h`] hours of so many days is warm-up.
    fn head(&self, days: u32) -> Head {
        Head {
            days,
            interval_s: 86_400.0,
            warm_up_s: (f64::from(days) * 24.0 - self.window_h) * 3_600.0,
        }
    }

    fn queue(&self, name: &str, rate: f64, law: String, patience_s: Option<f64>) -> QueueText {
        QueueText {
            patience: patience_s.map(exponential),
            ..written::queue(name, per_hour(rate), law, self.within_s)
        }
    }

    fn group(&self, skills: &[&str]) -> GroupText {
        let skills: Vec<String> = skills.iter().map(ToString::to_string).collect();
        written::group("g", &skills, self.agents.to_string())
    }

    /// The scenario of one queue.
    fn text(&self, days: u32, law: String, patience_s: Option<f64>) -> String {
        let queue = self.queue("q", self.per_hour, law, patience_s);
        format!("{}{queue}{}", self.head(days), self.group(&["q"]))
    }

    fn patient_text(&self) -> String {
        self.text(1, exponential(self.mean_s), Some(PATIENCE_S))
    }

    fn with_patience(&self) -> Result<impl SteadyState, QueueError> {
        let load = Load::per_hour(self.per_hour, self.mean_s)?;
        erlang_a::solve(load, self.agents, PATIENCE_S)
    }

    fn values(
        &self,
        queue: &'static str,
        per_hour: f64,
        model: &dyn SteadyState,
    ) -> Result<Vec<Value>, QueueError> {
        super::values::of_steady_state(queue, per_hour * self.window_h, self.within_s, model)
    }

    /// Of exponential handle times.
    fn handle_times(&self, queue: &'static str) -> Vec<Value> {
        let quantile = |share: f64| -self.mean_s * (1.0 - share).ln();
        vec![
            Value::of(
                Place::Queue(queue, |q| q.handle_time_s.mean),
                &format!("queues.{queue}.handle_time_s.mean"),
                self.mean_s,
            ),
            Value::of(
                Place::Queue(queue, |q| q.handle_time_s.p50),
                &format!("queues.{queue}.handle_time_s.p50"),
                quantile(0.5),
            ),
            Value::of(
                Place::Queue(queue, |q| q.handle_time_s.p99),
                &format!("queues.{queue}.handle_time_s.p99"),
                quantile(0.99),
            ),
        ]
    }

    /// Where nobody leaves, at a wage of 1: what an hour costs over what it brings.
    fn cost_per_contact(&self) -> Value {
        let exact = f64::from(self.agents) / self.per_hour;
        Value::of(Place::CostPerContact, "cost.per_contact", exact)
    }
}
