//! What contacts do beside waiting and being handled: one small file a mechanism, none of them tied to a channel.

pub(super) mod moves;
mod overflow;
pub(super) mod spread;
pub(super) mod trunks;
