//! What contacts do beside waiting and being handled, and agents beside handling: one small file a mechanism, none of them tied to a channel.

pub(super) mod attendance;
pub(super) mod bot;
pub(super) mod follow_up;
pub(super) mod interruption;
pub(super) mod moves;
mod overflow;
pub(super) mod public;
pub(super) mod same_agent;
pub(super) mod speeds;
pub(super) mod spread;
mod switching;
pub(super) mod trunks;
pub(super) mod waiting;
