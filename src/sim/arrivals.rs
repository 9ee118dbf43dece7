//! When customers come: Poisson arrivals at piecewise constant rates, each day's level random where the file says so.

use rand_distr::{Distribution, Gamma};

use crate::ids::QueueId;
use crate::scenario::model::{Model, Source};
use crate::time::instant::{MICROS_PER_HOUR, whole_part};
use crate::time::{Piece, SimTime};

use super::ahead::Ahead;
use super::luck::Luck;
use super::streams::{Purpose, Stream, StreamRoot, pair_name};

/// Where the next customers of one source come from.
#[derive(Debug, Clone)]
pub struct Arrivals {
    gaps: Ahead,
    levels: Option<(Gamma<f64>, Stream)>,
    level: f64,
    per_micro: f64,
    /// What is left of the next gap, in expected arrivals.
    owed: f64,
    /// The part of the last gap cut off by rounding down to whole microseconds; the next gap is longer by it.
    cut_off: f64,
    /// The arrival after the next one within the piece, never where there is none: worked out one ahead, so that nobody waits for the
    /// division when it comes to the question of what happens next.
    following: SimTime,
    /// The source's name, hashed.
    pub name: u64,
    /// The queue of those who stay, and their luck.
    pub own: Option<(QueueId, Luck)>,
    /// Where each customer goes, and the luck of those who go, by target.
    pub routes: Stream,
    /// One for each of the source's moves.
    pub moved: Vec<Luck>,
    /// How many have come.
    pub count: u64,
}

impl Arrivals {
    /// The arrivals of a source in one replication.
    pub fn new(model: &Model, source: &Source, root: StreamRoot) -> Self {
        let name = source.name.hash;
        let mut gaps = Ahead::new(root.stream(name, Purpose::Arrivals));
        let owed = gaps.next();
        let moved = source
            .moves
            .iter()
            .map(|to| Luck::new(root, pair_name(name, model.queues[to.to].name.hash)));
        Self {
            gaps,
            levels: day_levels(source.day_cv)
                .map(|levels| (levels, root.stream(name, Purpose::DayLevel))),
            level: 1.0,
            per_micro: 0.0,
            owed,
            cut_off: 0.0,
            following: SimTime::NEVER,
            name,
            own: source.own.map(|queue| (queue, Luck::new(root, name))),
            routes: root.stream(name, Purpose::Move),
            moved: moved.collect(),
            count: 0,
        }
    }

    /// Draws the level of a new day; one that all sources share takes its place.
    pub fn begin_day(&mut self, shared_level: Option<f64>) {
        let own = self
            .levels
            .as_mut()
            .map_or(1.0, |(levels, stream)| levels.sample(stream));
        self.level = shared_level.unwrap_or(own);
    }

    /// The first arrival within a piece that begins now; never where there is none.
    pub fn begin_piece(&mut self, source: &Source, piece: &Piece) -> SimTime {
        self.per_micro = source.arrivals_per_hour.at(piece) * self.level / MICROS_PER_HOUR as f64;
        self.following = self.within(self.owed, piece.start, piece.end);
        self.next(piece)
    }

    /// After an arrival: the next one within the piece; never where there is none.
    #[inline(always)]
    pub fn next(&mut self, piece: &Piece) -> SimTime {
        let next = self.following;
        if next < SimTime::NEVER {
            let owed = self.gaps.next() + self.cut_off;
            self.following = self.within(owed, next, piece.end);
        }
        next
    }

    #[inline(always)]
    fn within(&mut self, owed: f64, from: SimTime, end: SimTime) -> SimTime {
        let room = end.after(from).as_micros_f64();
        let gap = owed / self.per_micro;
        if gap < room {
            let whole = whole_part(gap);
            self.cut_off = (gap - whole.as_micros_f64()) * self.per_micro;
            return from.later(whole);
        }
        self.owed = owed - room * self.per_micro;
        SimTime::NEVER
    }
}

/// The distribution of a day's level: Gamma of mean 1 with this coefficient of variation.
pub fn day_levels(cv: f64) -> Option<Gamma<f64>> {
    let variance = cv * cv;
    if variance > 0.0 {
        Gamma::new(1.0 / variance, variance).ok()
    } else {
        None
    }
}
