//! What a channel's name stands for: one row of defaults each. Nothing beyond this table knows a channel by name.

/// The mechanisms that a queue has unless the file says otherwise.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Channel {
    /// As written in the file.
    pub(crate) name: &'static str,
    /// Whether its contacts wait for a reply rather than on the line.
    pub(crate) deferred: bool,
}

const NEUTRAL: Channel = Channel {
    name: "",
    deferred: false,
};

/// One row a channel.
pub(crate) const CHANNELS: [Channel; 4] = [
    Channel {
        name: "phone",
        ..NEUTRAL
    },
    Channel {
        name: "chat",
        ..NEUTRAL
    },
    Channel {
        name: "email",
        deferred: true,
    },
    Channel {
        name: "social",
        deferred: true,
    },
];

/// Reporting interval where `[horizon] interval` is missing, in seconds.
pub(crate) const INTERVAL_S: u64 = 1_800;
/// Replications where `[run]` says nothing.
pub(crate) const REPLICATIONS: u64 = 100;
/// The seed where `[run]` says nothing.
pub(crate) const SEED: u64 = 1;
/// The most replications of a run with a precision.
pub(crate) const MAX_REPLICATIONS: u64 = 10_000;
/// Abandonments up to here are short, in seconds.
pub(crate) const SHORT_S: u64 = 5;
/// A contact so soon after the first answer says that this resolved nothing, in seconds.
pub(crate) const FCR_WINDOW_S: u64 = 7 * 86_400;
/// After how long, on average, a customer comes back whose contact did not resolve the issue, in seconds.
pub(crate) const COMEBACK_S: f64 = 86_400.0;
/// What a call in vain takes an agent, in seconds.
pub(crate) const RING_S: u64 = 30;
/// How long after a call in vain the next one follows, in seconds.
pub(crate) const AGAIN_S: f64 = 1_800.0;
/// How often a customer is tried to be called back.
pub(crate) const CALLBACK_TRIES: u32 = 3;
