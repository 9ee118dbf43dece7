//! What `channelmix queue` takes.

use std::path::PathBuf;

use channelmix::queueing::mg_s::Method;
use channelmix::queueing::model::{Form, Model};
use channelmix::queueing::{Definition, MOST_SERVERS};
use channelmix::time::{quantity, rate};
use clap::builder::{PossibleValue, PossibleValuesParser, TypedValueParser};
use clap::{Args, ValueEnum};

use super::arguments::{Charts, Format};

/// `channelmix queue`
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  channelmix queue erlang-a --arrivals 240/h --handle-time 4m --servers 20 --patience 2m --within 20s
  channelmix queue erlang-c --arrivals 200/h --handle-time 3m --target 80%      the fewest servers
  channelmix queue erlang-a --arrivals 240/h --handle-time 4m --patience 2m --max-abandonment 3% --max-asa 15s
  channelmix queue erlang-a --arrivals 240/h --handle-time 4m --patience 2m --servers 12..24 --plot
  channelmix queue chat --arrivals 75/h --handle-time 5m --pace 1,0.85,0.7 --patience 2m --servers 4 --within 30s
  channelmix queue mm-s-g --arrivals 2/min --handle-time 5m --patience 3m --patience-law lognormal --patience-cv 1.3 --servers 10
  channelmix queue mg-s --arrivals 10/min --handle-time 4m --handle-time-cv 1.4 --servers 45
  channelmix queue priority --arrivals 80/h,148/h --handle-time 5m --class 2 --servers 20
  channelmix queue redial --arrivals 180/h --handle-time 3m --patience 150s --redial-delay 10m --redial-after-abandoning 50% --servers 10

Models hold for 1 to 100,000 servers and 10,000,000 erlangs. Exact chains (chat, mph-s, redial) are for smaller groups and say where they end.
docs/queue.md has every model with its source.

Exit status: 0 done, 1 a chart could not be written, 2 what was asked makes no sense (such as more work than servers, and nobody who leaves).")]
pub(crate) struct Queue {
    /// Which model
    #[arg(value_enum)]
    pub(crate) model: Name,
    /// Contacts for each span of time: 240/h, 4/min, 0.05/s, 62/30m; for priority several with commas, the most urgent first
    #[arg(long, value_name = "RATE", value_delimiter = ',', required = true, value_parser = rate)]
    pub(crate) arrivals: Vec<Written>,
    /// Mean handle time, such as 4m or 3m30s
    #[arg(long, value_name = "TIME", value_parser = span)]
    pub(crate) handle_time: Written,
    /// How many servers (lines for erlang-b): 20, a range 15..30, or one with a step 20..60:5
    #[arg(long, value_name = "N", value_parser = servers, conflicts_with_all = GOALS)]
    pub(crate) servers: Option<Servers>,
    /// Mean patience
    #[arg(long, value_name = "TIME", value_parser = span)]
    pub(crate) patience: Option<Written>,
    /// The threshold of the service level
    #[arg(long, value_name = "TIME", value_parser = span, default_value = "20s")]
    pub(crate) within: Written,
    /// Who leaves sooner does not count in the definition `no_short`
    #[arg(long, value_name = "TIME", value_parser = span, default_value = "5s")]
    pub(crate) short: Written,
    #[command(flatten)]
    pub(crate) goals: Goals,
    #[command(flatten)]
    pub(crate) special: Special,
    /// What is printed
    #[arg(long, value_enum, default_value = "table")]
    pub(crate) format: Format,
    /// Draw it over the number of servers
    #[arg(long)]
    pub(crate) plot: bool,
    /// Folder for the charts
    #[arg(
        long,
        value_name = "DIR",
        default_value = "output/queue",
        requires = "plot"
    )]
    pub(crate) out: PathBuf,
    /// Chart formats
    #[arg(
        long,
        value_name = "svg,png",
        default_value = "svg,png",
        requires = "plot"
    )]
    pub(crate) charts: Charts,
}

const GOALS: [&str; 6] = [
    "target",
    "max_asa",
    "max_abandonment",
    "max_wait_probability",
    "max_blocking",
    "max_occupancy",
];

/// What must hold, where the fewest servers are asked for.
#[derive(Debug, Args)]
#[command(next_help_heading = "The fewest servers with")]
pub(crate) struct Goals {
    /// At least this service level within the threshold
    #[arg(long, value_name = "SHARE", value_parser = share)]
    pub(crate) target: Option<Written>,
    /// How service levels count those who leave
    #[arg(long, value_parser = definition(), default_value = Definition::LateAbandons.name())]
    pub(crate) definition: Definition,
    /// At most this mean wait of the answered
    #[arg(long, value_name = "TIME", value_parser = span)]
    pub(crate) max_asa: Option<Written>,
    /// At most this share that leaves
    #[arg(long, value_name = "SHARE", value_parser = share)]
    pub(crate) max_abandonment: Option<Written>,
    /// At most this share that has to wait
    #[arg(long, value_name = "SHARE", value_parser = share)]
    pub(crate) max_wait_probability: Option<Written>,
    /// At most this share that is turned away
    #[arg(long, value_name = "SHARE", value_parser = share)]
    pub(crate) max_blocking: Option<Written>,
    /// At most this share of the time busy
    #[arg(long, value_name = "SHARE", value_parser = share)]
    pub(crate) max_occupancy: Option<Written>,
}

/// What only some models take.
#[derive(Debug, Args)]
#[command(next_help_heading = "For some models")]
pub(crate) struct Special {
    /// Lines in all, in hand and waiting (mm-s-k, mm-s-k-m, redial)
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..=i64::from(MOST_SERVERS)))]
    pub(crate) lines: Option<u32>,
    /// Form of the patience (mm-s-g) [default: exponential]
    #[arg(long, value_enum, value_name = "LAW")]
    pub(crate) patience_law: Option<Law>,
    /// Standard deviation / mean of the patience (mm-s-g) [default: 1]
    #[arg(long, value_name = "CV", value_parser = cv)]
    pub(crate) patience_cv: Option<f64>,
    /// Share of those who would wait that leaves at once (mm-s-g, exponential)
    #[arg(long, value_name = "SHARE", value_parser = share)]
    pub(crate) balk: Option<Written>,
    /// Form of the handle time (mg-1) [default: exponential]
    #[arg(long, value_enum, value_name = "LAW")]
    pub(crate) handle_time_law: Option<Law>,
    /// Standard deviation / mean of the handle time (mg-1, mph-s, mg-s)
    #[arg(long, value_name = "CV", value_parser = cv)]
    pub(crate) handle_time_cv: Option<f64>,
    /// Whose approximation (mg-s) [default: kimura]
    #[arg(long, value_enum)]
    pub(crate) method: Option<MethodName>,
    /// Speed of each chat while 1, 2, ... are open at the same agent (chat)
    #[arg(long, value_name = "P1,P2,...", value_delimiter = ',')]
    pub(crate) pace: Vec<f64>,
    /// Which class is asked about, 1 the most urgent (priority) [default: 1]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..))]
    pub(crate) class: Option<u16>,
    /// Mean time until somebody calls again (redial)
    #[arg(long, value_name = "TIME", value_parser = span)]
    pub(crate) redial_delay: Option<Written>,
    /// Share of those who left that calls again (redial) [default: 0%]
    #[arg(long, value_name = "SHARE", value_parser = share, requires = "redial_delay")]
    pub(crate) redial_after_abandoning: Option<Written>,
    /// Share of those turned away that calls again (redial) [default: 0%]
    #[arg(long, value_name = "SHARE", value_parser = share, requires = "redial_delay")]
    pub(crate) redial_after_blocking: Option<Written>,
}

/// A value and how it was written.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Written {
    pub(crate) value: f64,
    pub(crate) text: String,
}

impl Written {
    fn new(value: f64, text: &str) -> Self {
        Self {
            value,
            text: text.trim().to_owned(),
        }
    }
}

fn rate(text: &str) -> Result<Written, String> {
    let value = rate::parse(text).map_err(|error| error.to_string())?;
    Ok(Written::new(value, text))
}

fn span(text: &str) -> Result<Written, String> {
    let value = quantity::parse(text).map_err(|error| error.to_string())?;
    Ok(Written::new(value.as_seconds(), text))
}

fn share(text: &str) -> Result<Written, String> {
    let (number, scale) = match text.trim().strip_suffix('%') {
        Some(number) => (number.trim(), 100.0),
        None => (text.trim(), 1.0),
    };
    let value = number.parse::<f64>().map(|number| number / scale);
    match value {
        Ok(value) if (0.0..=1.0).contains(&value) => Ok(Written::new(value, text)),
        _ => Err("expected a share such as 80% or 0.8, between 0 and 1".to_owned()),
    }
}

fn cv(text: &str) -> Result<f64, String> {
    let number = text.trim().parse().ok();
    number
        .filter(|cv: &f64| cv.is_finite() && *cv >= 0.0)
        .ok_or_else(|| format!("expected a number of at least zero such as 1.3, found \"{text}\""))
}

/// One number of servers, or several.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Servers {
    pub(crate) numbers: Vec<u32>,
    pub(crate) is_range: bool,
}

fn servers(text: &str) -> Result<Servers, String> {
    let number = |text: &str| {
        let number = text.trim().parse::<u32>().ok();
        number
            .filter(|number| (1..=MOST_SERVERS).contains(number))
            .ok_or_else(|| format!("expected a number between 1 and 100,000, found \"{text}\""))
    };
    let Some((from, rest)) = text.split_once("..") else {
        return Ok(Servers {
            numbers: vec![number(text)?],
            is_range: false,
        });
    };
    let (to, step) = rest.split_once(':').unwrap_or((rest, "1"));
    let (from, to, step) = (number(from)?, number(to)?, number(step)?);
    if from > to {
        return Err(format!("the range {from}..{to} is empty"));
    }
    let numbers: Vec<u32> = (from..=to).step_by(step as usize).collect();
    if numbers.len() > 200 {
        return Err(
            "a range can have 200 numbers at most; give it a larger step, such as 100..5000:50"
                .to_owned(),
        );
    }
    Ok(Servers {
        numbers,
        is_range: true,
    })
}

/// The models by name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Name {
    /// Nobody can wait: lines, sessions of a bot; what share is turned away
    ErlangB,
    /// Nobody leaves; a cautious answer while there is less work than servers
    ErlangC,
    /// Those who wait may leave: the usual model of a telephone or chat queue
    ErlangA,
    /// Nobody leaves, but only so many can wait: limited lines
    #[value(name = "mm-s-k")]
    MmSK,
    /// Limited lines, and those who wait may leave
    #[value(name = "mm-s-k-m")]
    MmSKM,
    /// Patience is known to be other than exponential: some give up at once, or all at about the same time
    #[value(name = "mm-s-g")]
    MmSG,
    /// Those who left, or were turned away, call again
    Redial,
    /// One server, handle times of any law
    #[value(name = "mg-1")]
    Mg1,
    /// Every contact takes equally long; the shortest waits that many servers can have
    MdS,
    /// Handle times steadier (cv 0.707) or more variable (cv 1 and more) than exponential, exactly, up to 200 servers
    MphS,
    /// Handle times by mean and cv, approximately (Allen-Cunneen, Kimura), any number of servers
    MgS,
    /// Several classes, the more urgent first, nobody interrupted
    Priority,
    /// Agents hold several chats at a time and slow down with each
    Chat,
}

impl Name {
    /// The model, and what it is in short.
    pub(crate) fn model(self) -> (Model, &'static str) {
        match self {
            Self::ErlangB => (Model::ErlangB, "M/M/s/s"),
            Self::ErlangC => (Model::ErlangC, "M/M/s"),
            Self::ErlangA => (Model::ErlangA, "M/M/s+M"),
            Self::MmSK => (Model::MmSK, "M/M/s/K"),
            Self::MmSKM => (Model::MmSKM, "M/M/s/K+M"),
            Self::MmSG => (Model::MmSG, "M/M/s+G"),
            Self::Redial => (Model::Redial, "M/M/s+M with redials, by attempt"),
            Self::Mg1 => (Model::Mg1, "M/G/1"),
            Self::MdS => (Model::MdS, "M/D/s"),
            Self::MphS => (Model::MphS, "M/Ph/s"),
            Self::MgS => (Model::MgS, "M/G/s, approximately"),
            Self::Priority => (Model::Priority, "M/M/s with priorities, one class"),
            Self::Chat => (Model::Chat, "limited processor sharing"),
        }
    }
}

/// A form of law by name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Law {
    /// Memoryless
    Exponential,
    /// Always the same
    Constant,
    /// Evenly between nothing and twice the mean
    Uniform,
    /// By mean and cv
    Lognormal,
    /// By mean and cv
    Gamma,
    /// Two exponentials, by mean and cv of 1 and more
    Hyperexponential,
}

impl Law {
    /// Whether the mean leaves anything to say.
    pub(crate) fn takes_cv(self) -> bool {
        match self {
            Self::Exponential | Self::Constant | Self::Uniform => false,
            Self::Lognormal | Self::Gamma | Self::Hyperexponential => true,
        }
    }

    pub(crate) fn form(self) -> Form {
        match self {
            Self::Exponential => Form::Exponential,
            Self::Constant => Form::Constant,
            Self::Uniform => Form::Uniform,
            Self::Lognormal => Form::Lognormal,
            Self::Gamma => Form::Gamma,
            Self::Hyperexponential => Form::Hyperexponential,
        }
    }
}

/// An approximation by name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum MethodName {
    /// Erlang C times (1 + cv²)/2
    AllenCunneen,
    /// Between M/M/s and M/D/s: closer
    Kimura,
}

impl MethodName {
    pub(crate) fn method(self) -> Method {
        match self {
            Self::AllenCunneen => Method::AllenCunneen,
            Self::Kimura => Method::Kimura,
        }
    }
}

/// The definitions of the service level by name.
fn definition() -> impl TypedValueParser<Value = Definition> {
    let named =
        |definition: Definition| PossibleValue::new(definition.name()).help(definition.formula());
    PossibleValuesParser::new(Definition::ALL.map(named)).try_map(|name| {
        let mut all = Definition::ALL.into_iter();
        all.find(|definition| definition.name() == name)
            .ok_or("no definition has this name")
    })
}
