//! Every model of a steady state by its name, for a reader who chooses one.

use super::fault::QueueError;
use super::law::Law;
use super::load::Load;
use super::measures::SteadyState;
use super::mg_s::Method;
use super::mph_s::TwoPhases;
use super::redial::Redials;
use super::staffing::{self, Goal};
use super::{
    chat, erlang_a, erlang_b, erlang_c, md_s, mg_1, mg_s, mm_s_g, mm_s_k, mm_s_k_m, mph_s,
    priority, redial,
};

/// A model of a queue in a steady state.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Model {
    /// M/M/s/s.
    ErlangB,
    /// M/M/s.
    ErlangC,
    /// M/M/s+M.
    ErlangA,
    /// M/M/s/K.
    MmSK,
    /// M/M/s/K+M.
    MmSKM,
    /// M/M/s+G.
    MmSG,
    /// M/M/s(/K)(+M) with redials.
    Redial,
    /// M/G/1.
    Mg1,
    /// M/D/s.
    MdS,
    /// M/Ph/s.
    MphS,
    /// M/G/s, approximately.
    MgS,
    /// M/M/s with priorities.
    Priority,
    /// Chats that share agents.
    Chat,
}

/// Something that only some models take.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Input {
    /// Mean patience.
    Patience,
    /// Its law and cv, and who leaves at once.
    PatienceLaw,
    /// The cv of the handle time.
    HandleTimeCv,
    /// Its law.
    HandleTimeLaw,
    /// Lines in all.
    Lines,
    /// Paces of an agent with 1, 2, … chats.
    Pace,
    /// Delay and chances of redials.
    Redials,
    /// Whose approximation.
    Method,
    /// Several streams of arrivals, and the class that is asked about.
    Class,
}

/// The form of a law that is given by mean and cv.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// Exponential.
    Exponential,
    /// Always the same.
    Constant,
    /// Between nothing and twice the mean.
    Uniform,
    /// Lognormal.
    Lognormal,
    /// Gamma.
    Gamma,
    /// Two exponentials with balanced means.
    Hyperexponential,
}

impl Form {
    /// The law of this form, mean and cv (which exponential, constant and uniform do not use).
    fn law(self, mean_s: f64, cv: f64) -> Result<Law, QueueError> {
        Ok(match self {
            Self::Exponential => Law::Exponential { mean_s },
            Self::Constant => Law::Constant { value_s: mean_s },
            Self::Uniform => Law::Uniform {
                low_s: 0.0,
                high_s: 2.0 * mean_s,
            },
            Self::Lognormal => Law::Lognormal { mean_s, cv },
            Self::Gamma => Law::Gamma { mean_s, cv },
            Self::Hyperexponential => TwoPhases::of_squared_cv(mean_s, cv * cv)?.law(),
        })
    }
}

/// What a model is asked with; each takes what it [uses](Model::uses).
#[derive(Debug, Clone, PartialEq)]
pub struct Given {
    /// Arrivals per second; several for [`Model::Priority`], the most urgent first.
    pub arrivals_per_s: Vec<f64>,
    /// Mean handle time (s).
    pub handle_time_s: f64,
    /// Standard deviation of the handle time / its mean.
    pub handle_time_cv: f64,
    /// Form of its law.
    pub handle_time_form: Form,
    /// Mean patience (s).
    pub patience_s: Option<f64>,
    /// Standard deviation of the patience / its mean.
    pub patience_cv: f64,
    /// Form of its law.
    pub patience_form: Form,
    /// Share of those who would wait that leaves at once (exponential patience only).
    pub balk: f64,
    /// Lines in all.
    pub lines: Option<u32>,
    /// Speed of each of 1, 2, … chats at the same agent.
    pub pace: Vec<f64>,
    /// Redials.
    pub redials: Option<Redials>,
    /// Whose approximation.
    pub method: Method,
    /// The class asked about, from 0.
    pub class: usize,
}

impl Model {
    /// What it takes beside arrivals, handle time and servers, and whether it needs that.
    pub fn uses(self) -> &'static [(Input, bool)] {
        match self {
            Self::ErlangB | Self::ErlangC | Self::MdS => &[],
            Self::ErlangA => &[(Input::Patience, true)],
            Self::MmSK => &[(Input::Lines, true)],
            Self::MmSKM => &[(Input::Patience, true), (Input::Lines, true)],
            Self::MmSG => &[(Input::Patience, true), (Input::PatienceLaw, false)],
            Self::Redial => &[
                (Input::Redials, true),
                (Input::Patience, false),
                (Input::Lines, false),
            ],
            Self::Mg1 => &[(Input::HandleTimeLaw, false), (Input::HandleTimeCv, false)],
            Self::MphS => &[(Input::HandleTimeCv, true)],
            Self::MgS => &[(Input::HandleTimeCv, true), (Input::Method, false)],
            Self::Priority => &[(Input::Class, false)],
            Self::Chat => &[(Input::Pace, true), (Input::Patience, false)],
        }
    }

    /// The steady state with so many servers.
    ///
    /// # Errors
    /// When the model refuses what it is given, or misses something.
    pub fn solve(self, given: &Given, servers: u32) -> Result<Box<dyn SteadyState>, QueueError> {
        let rate = given.arrivals_per_s.first().copied().unwrap_or(f64::NAN);
        let load = Load::new(rate, given.handle_time_s)?;
        let missing = |what| QueueError::NotGiven { what };
        let patience = || given.patience_s.ok_or(missing("the patience it needs"));
        let lines = || given.lines.ok_or(missing("the lines it needs"));
        let squared_cv = given.handle_time_cv * given.handle_time_cv;
        Ok(match self {
            Self::ErlangB => Box::new(erlang_b::solve(load, servers)?),
            Self::ErlangC => Box::new(erlang_c::solve(load, servers)?),
            Self::ErlangA => Box::new(erlang_a::solve(load, servers, patience()?)?),
            Self::MmSK => Box::new(mm_s_k::solve(load, servers, lines()?)?),
            Self::MmSKM => Box::new(mm_s_k_m::solve(load, servers, lines()?, patience()?)?),
            Self::MmSG => Box::new(mm_s_g::solve(load, servers, given.patience()?)?),
            Self::Redial => {
                let redials = given.redials.ok_or(missing("the redials it needs"))?;
                let lines = given.lines;
                Box::new(redial::solve(
                    load,
                    servers,
                    given.patience_s,
                    lines,
                    redials,
                )?)
            }
            Self::Mg1 => {
                if servers != 1 {
                    return Err(QueueError::OneServer { found: servers });
                }
                let form = given.handle_time_form;
                let law = form.law(given.handle_time_s, given.handle_time_cv)?;
                Box::new(mg_1::solve(rate, law)?)
            }
            Self::MdS => Box::new(md_s::solve(load, servers)?),
            Self::MphS => {
                let service = TwoPhases::of_cv(given.handle_time_s, given.handle_time_cv)?;
                Box::new(mph_s::solve(rate, servers, service)?)
            }
            Self::MgS => Box::new(mg_s::solve(load, servers, squared_cv, given.method)?),
            Self::Priority => {
                let queue = priority::solve(&given.arrivals_per_s, given.handle_time_s, servers)?;
                Box::new(queue.of_class(given.class)?)
            }
            Self::Chat => {
                let (pace, sharing) = (&given.pace, chat::Sharing::LeastLoaded);
                Box::new(chat::solve(load, servers, pace, given.patience_s, sharing)?)
            }
        })
    }

    /// The fewest servers that meet all goals.
    ///
    /// # Errors
    /// When no number does, or the model refuses what it is given.
    pub fn least(self, goals: &[Goal], given: &Given) -> Result<u32, QueueError> {
        let most = match self {
            Self::Mg1 => 1,
            Self::MmSK | Self::MmSKM | Self::Redial => {
                given.lines.unwrap_or(super::fault::MOST_SERVERS)
            }
            Self::ErlangB
            | Self::ErlangC
            | Self::ErlangA
            | Self::MmSG
            | Self::MdS
            | Self::MphS
            | Self::MgS
            | Self::Priority
            | Self::Chat => super::fault::MOST_SERVERS,
        };
        staffing::least(goals, 1..=most, |servers| self.solve(given, servers))
    }
}

impl Given {
    /// The law of patience.
    fn patience(&self) -> Result<Law, QueueError> {
        let mean_s = self.patience_s.ok_or(QueueError::NotGiven {
            what: "the patience it needs",
        })?;
        if self.balk > 0.0 {
            if self.patience_form != Form::Exponential {
                return Err(QueueError::WrongLaw {
                    what: "leaving at once",
                    reason: "it goes with exponential patience only",
                });
            }
            return Ok(Law::ExponentialOrBalk {
                balk: self.balk,
                mean_s,
            });
        }
        self.patience_form.law(mean_s, self.patience_cv)
    }
}
