//! What contacts do beside waiting and being handled: one small file a mechanism, none of them tied to a channel.

pub(super) mod bot;
pub(super) mod follow_up;
pub(super) mod moves;
pub(super) mod spread;
pub(super) mod trunks;
pub(super) mod waiting;
