//! How many events an interval needs to be trusted.

/// Fewer events than this, of the rarer kind, give no interval to be trusted.
pub const ENOUGH_EVENTS: i128 = 50;

/// Events come in clusters: who waits long has neighbours who do. A figure whose standard error is that of fewer independent
/// events than this rests on too few of them, however many it counts.
pub const ENOUGH_INDEPENDENT: f64 = 30.0;

/// Whether so many events are too few; none at all only where any are possible, which the caller knows.
pub(super) fn too_few(events: i128) -> bool {
    events < ENOUGH_EVENTS
}

/// Whether a figure of events, with its standard error, is worth too few independent ones: N of them, as likely to come at any time,
/// have a relative standard error of 1/√N.
pub(super) fn too_clustered(figure: f64, standard_error: f64) -> bool {
    figure * figure < ENOUGH_INDEPENDENT * standard_error * standard_error
}
