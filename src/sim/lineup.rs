//! The agents of a group who are on duty without an exclusive contact: how many contacts they have open, and who of them takes the next.

use std::ops::Range;

use crate::scenario::model::AgentChoice;
use crate::time::SimTime;

use super::centre::GroupLayout;
use super::features::{Features, Full};
use super::streams::{Stream, any_below};
use super::tournament::{SMALL, Tournament};

const NOBODY: u32 = u32::MAX;

/// The neighbours of an agent in its list.
#[derive(Debug, Clone, Copy)]
struct Link {
    next: u32,
    previous: u32,
}

/// Agents in the order in which they came to a load.
#[derive(Debug, Clone, Copy)]
struct List {
    first: u32,
    last: u32,
    len: u32,
}

/// Free agents by load, and what the group's choice must know of them beside.
#[derive(Debug, Clone)]
pub(super) struct LineUp {
    /// Those with nothing in hand.
    idle: List,
    /// The others by how many contacts are open, from one on.
    lists: Vec<List>,
    /// By agent.
    links: Vec<Link>,
    choice: AgentChoice,
    ranks: Ranks,
}

/// What a choice must know beside the lists.
#[derive(Debug, Clone)]
enum Ranks {
    /// Nothing.
    None,
    /// Who has the smallest key.
    Keys(Box<Keys>),
    /// Who is there, in any order.
    Lots(Box<Lots>),
}

/// Agents with a key each.
#[derive(Debug, Clone)]
struct Keys {
    by_load: Vec<Tournament<SMALL>>,
    /// How often somebody has come to a load.
    moves: u64,
    /// By agent: microseconds with something in hand, up to when it was last idle.
    busy: Vec<u64>,
    /// By agent: since when it has been busy; never where it is idle.
    busy_since: Vec<SimTime>,
    /// What the idle agent who began last had been busy: who comes on duty begins level with it.
    level: u64,
}

/// Agents of whom each is as likely as another.
#[derive(Debug, Clone)]
struct Lots {
    by_load: Vec<Vec<u32>>,
    /// By agent: the place in the list of its load.
    place: Vec<usize>,
    stream: Stream,
}

impl LineUp {
    /// Nobody on duty; `stream` is what a random choice draws from.
    pub(super) fn new(layout: &GroupLayout, choice: AgentChoice, stream: Stream) -> Self {
        let (heads, loads) = (layout.heads_max as usize, layout.at_once_max as usize + 1);
        let empty = List {
            first: NOBODY,
            last: NOBODY,
            len: 0,
        };
        let alone = Link {
            next: NOBODY,
            previous: NOBODY,
        };
        let ranks = match choice {
            AgentChoice::LeastLoaded | AgentChoice::MostLoaded => Ranks::None,
            AgentChoice::LongestIdle | AgentChoice::LeastOccupied | AgentChoice::LowestNumber => {
                Ranks::Keys(Box::new(Keys {
                    by_load: vec![Tournament::new(heads); loads],
                    moves: 0,
                    busy: vec![0; heads],
                    busy_since: vec![SimTime::NEVER; heads],
                    level: 0,
                }))
            }
            AgentChoice::Random => Ranks::Lots(Box::new(Lots {
                by_load: vec![Vec::new(); loads],
                place: vec![0; heads],
                stream,
            })),
        };
        Self {
            idle: empty,
            lists: vec![empty; loads - 1],
            links: vec![alone; heads],
            choice,
            ranks,
        }
    }

    #[inline]
    fn list(&self, load: usize) -> &List {
        match load.checked_sub(1) {
            None => &self.idle,
            Some(others) => &self.lists[others],
        }
    }

    #[inline(always)]
    fn list_mut(&mut self, load: u32) -> &mut List {
        match (load as usize).checked_sub(1) {
            None => &mut self.idle,
            Some(others) => &mut self.lists[others],
        }
    }

    /// Who has had nothing in hand for longest.
    #[inline(always)]
    pub(super) fn idle_longest(&self) -> Option<u32> {
        let first = self.idle.first;
        (first != NOBODY).then_some(first)
    }

    /// How many have nothing in hand.
    #[inline]
    pub(super) fn idle(&self) -> u32 {
        self.idle.len
    }

    /// Who takes a contact that an agent may begin with fewer than `at_once` open. The first `surplus`, counted from the fewest open, take nothing.
    #[inline(always)]
    pub(super) fn free_for(&mut self, at_once: u32, mut surplus: u32) -> Option<u32> {
        let busy = &self.lists[..at_once as usize - 1];
        for (load, list) in std::iter::once(&self.idle).chain(busy).enumerate() {
            if list.len > surplus {
                if self.choice == AgentChoice::LeastLoaded {
                    return Some(list.first);
                }
                return self.choose(load..at_once as usize, surplus);
            }
            surplus -= list.len;
        }
        None
    }

    /// Whether an agent with so many open is one of the first `surplus`, counted from the fewest open: among equals who came to that load last.
    pub(super) fn is_among_first(&self, number: u32, load: u32, surplus: u32) -> bool {
        let load = load as usize;
        let fewer: u32 = (0..load).map(|load| self.list(load).len).sum();
        let (mut left, mut last) = (surplus.saturating_sub(fewer), self.list(load).last);
        while left > 0 && last != NOBODY {
            if last == number {
                return true;
            }
            last = self.links[last as usize].previous;
            left -= 1;
        }
        false
    }

    /// Who of those with so many open takes a contact; of the fewest, `surplus` take nothing.
    #[inline(never)]
    fn choose(&mut self, loads: Range<usize>, mut surplus: u32) -> Option<u32> {
        let least = loads.start;
        match &mut self.ranks {
            Ranks::None => {
                let mut loads = loads.rev();
                let load = loads.find(|&load| self.list(load).len > 0);
                load.map(|load| self.list(load).first)
            }
            Ranks::Keys(keys) => {
                if least == 0 && self.choice != AgentChoice::LowestNumber {
                    return keys.by_load[0].first().map(|(_, number)| number);
                }
                let firsts = keys.by_load[loads].iter().filter_map(Tournament::first);
                firsts.min().map(|(_, number)| number)
            }
            Ranks::Lots(lots) => {
                let len = |list: &Vec<u32>| u32::try_from(list.len()).unwrap_or(u32::MAX);
                let total: u32 = lots.by_load[loads.clone()].iter().map(len).sum();
                let mut number = any_below(&mut lots.stream, total - surplus);
                for load in loads {
                    let count = len(&lots.by_load[load]) - std::mem::take(&mut surplus);
                    if number < count {
                        return Some(lots.by_load[load][number as usize]);
                    }
                    number -= count;
                }
                None
            }
        }
    }

    /// An agent comes on duty, idle.
    pub(super) fn come(&mut self, number: u32, now: SimTime) {
        if let Ranks::Keys(keys) = &mut self.ranks {
            keys.busy[number as usize] = keys.level;
            keys.busy_since[number as usize] = SimTime::NEVER;
        }
        self.join::<Full>(0, number, now);
    }

    /// An agent has so many contacts open from now on.
    #[inline(always)]
    pub(super) fn join<F: Features>(&mut self, load: u32, number: u32, now: SimTime) {
        let list = self.list_mut(load);
        let last = std::mem::replace(&mut list.last, number);
        list.len += 1;
        if last == NOBODY {
            list.first = number;
        } else {
            self.links[last as usize].next = number;
        }
        self.links[number as usize] = Link {
            previous: last,
            next: NOBODY,
        };
        if !F::IS_PLAIN && self.is_ranked() {
            self.rank(load, number, now);
        }
    }

    #[inline]
    fn is_ranked(&self) -> bool {
        !matches!(self.ranks, Ranks::None)
    }

    #[inline(never)]
    fn rank(&mut self, load: u32, number: u32, now: SimTime) {
        match &mut self.ranks {
            Ranks::None => (),
            Ranks::Keys(keys) => keys.join(self.choice, load, number, now),
            Ranks::Lots(lots) => {
                let list = &mut lots.by_load[load as usize];
                lots.place[number as usize] = list.len();
                list.push(number);
            }
        }
    }

    /// An agent with so many contacts open begins another.
    #[inline(always)]
    pub(super) fn begin<F: Features>(&mut self, load: u32, number: u32, now: SimTime) {
        self.unlink(load, number);
        if !F::IS_PLAIN && self.is_ranked() {
            self.unrank(load, number);
            self.note_busy(load, number, now);
        }
    }

    fn note_busy(&mut self, load: u32, number: u32, now: SimTime) {
        if load == 0
            && let Ranks::Keys(keys) = &mut self.ranks
        {
            keys.level = keys.busy[number as usize];
            keys.busy_since[number as usize] = now;
        }
    }

    /// An agent no longer has so many contacts open.
    #[inline(always)]
    pub(super) fn leave(&mut self, load: u32, number: u32) {
        self.unlink(load, number);
        if self.is_ranked() {
            self.unrank(load, number);
        }
    }

    #[inline(always)]
    fn unlink(&mut self, load: u32, number: u32) {
        let Link { previous, next } = self.links[number as usize];
        let list = self.list_mut(load);
        list.len -= 1;
        if previous == NOBODY {
            list.first = next;
        } else {
            self.links[previous as usize].next = next;
        }
        if next == NOBODY {
            self.list_mut(load).last = previous;
        } else {
            self.links[next as usize].previous = previous;
        }
    }

    #[inline(never)]
    fn unrank(&mut self, load: u32, number: u32) {
        match &mut self.ranks {
            Ranks::None => (),
            Ranks::Keys(keys) => keys.by_load[load as usize].remove(number),
            Ranks::Lots(lots) => {
                let place = lots.place[number as usize];
                let list = &mut lots.by_load[load as usize];
                list.swap_remove(place);
                if let Some(&moved) = list.get(place) {
                    lots.place[moved as usize] = place;
                }
            }
        }
    }

    /// Everybody who is idle, longest first.
    pub(super) fn all_idle(&self) -> impl Iterator<Item = u32> + '_ {
        let somebody = |number: u32| (number != NOBODY).then_some(number);
        std::iter::successors(somebody(self.idle.first), move |&number| {
            somebody(self.links[number as usize].next)
        })
    }
}

impl Keys {
    fn join(&mut self, choice: AgentChoice, load: u32, number: u32, now: SimTime) {
        let agent = number as usize;
        if load == 0 && self.busy_since[agent] < SimTime::NEVER {
            self.busy[agent] += now.since(self.busy_since[agent]).0;
            self.busy_since[agent] = SimTime::NEVER;
        }
        self.moves += 1;
        let key = match choice {
            AgentChoice::LeastOccupied => self.busy[agent],
            AgentChoice::LowestNumber => 0,
            AgentChoice::LongestIdle
            | AgentChoice::LeastLoaded
            | AgentChoice::MostLoaded
            | AgentChoice::Random => self.moves,
        };
        self.by_load[load as usize].insert(number, key);
    }
}
