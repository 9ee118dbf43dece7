//! What answered contacts count: they are noted as they end, and counted many at a time.
//!
//! A loop over many times of one kind has its sum and its bins at hand. The event loop, which has enough of its own to keep at hand, only
//! writes down.

use crate::sim::contacts::{Contact, NO_SLOT};
use crate::stats::histogram::{Cut, Histogram, MANY};
use crate::time::SimTime;

use super::queue::QueueCounter;
use super::rules::Rules;

/// So many contacts of a queue are counted at a time.
const MOST: usize = MANY;

/// In place of the response of a contact that the service level does not count: longer than any.
const NOT_JUDGED: u64 = i64::MAX.cast_unsigned();

/// Answered contacts of a queue that are yet to be counted: spans in microseconds.
#[derive(Debug)]
pub(super) struct Noted<'a> {
    rules: Rules<'a>,
    count: usize,
    /// When each came.
    came: [Came; MOST],
    work: [u64; MOST],
    wait: [u64; MOST],
    response: [u64; MOST],
    handle_time: [u64; MOST],
    sojourn: [u64; MOST],
    /// The response where the service level counts the contact, else without end.
    judged: [u64; MOST],
}

impl<'a> Noted<'a> {
    /// Nobody yet.
    pub(super) fn new(rules: Rules<'a>) -> Self {
        let none = [0; MOST];
        Self {
            rules,
            count: 0,
            came: [Came(0); MOST],
            work: none,
            wait: none,
            response: none,
            handle_time: none,
            sojourn: none,
            judged: none,
        }
    }

    /// Whether customers of other queues come to this one.
    #[inline]
    pub(super) fn takes_moved(&self) -> bool {
        self.rules.takes_moved
    }

    /// Notes a contact whose handling ended at an instant; whether no more can be noted.
    #[inline(always)]
    #[must_use]
    pub(super) fn note(&mut self, ended_at: SimTime, contact: &Contact) -> bool {
        // Fewer than that are noted; so said, no place needs a check.
        let place = self.count % MOST;
        self.came[place] = Came::of(contact);
        self.work[place] = contact.talk.0 + contact.wrap_up.0;
        self.wait[place] = contact.started_at.after(contact.arrived_at).0;
        self.handle_time[place] = ended_at.after(contact.started_at).0;
        self.sojourn[place] = contact.replied_at.after(contact.arrived_at).0;
        if !self.rules.response_is_wait {
            self.note_response(place, contact);
        }
        self.count += 1;
        self.count == MOST
    }

    /// How long the customer waited for what the queue promises, where that is not the wait.
    #[inline(never)]
    fn note_response(&mut self, place: usize, contact: &Contact) {
        let rules = &self.rules;
        let answered_at = if rules.deferred {
            contact.replied_at
        } else {
            contact.started_at
        };
        let response = rules.on_target_clock(contact.arrived_at, answered_at).0;
        let is_judged = rules.judges_within(contact.arrived_at).is_some();
        self.response[place] = response;
        self.judged[place] = if is_judged { response } else { NOT_JUDGED };
    }
}

/// The day of an arrival above its interval.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Came(u64);

impl Came {
    #[inline(always)]
    fn of(contact: &Contact) -> Self {
        Self(u64::from(contact.day) << 32 | u64::from(contact.slot))
    }

    #[expect(clippy::cast_possible_truncation, reason = "the lower half")]
    fn slot(self) -> u32 {
        self.0 as u32
    }

    fn day(self) -> u32 {
        (self.0 >> 32) as u32
    }
}

/// What contacts count that came in the same interval of the same day.
#[derive(Debug, Default)]
struct Together {
    answered: u64,
    delayed: u64,
    judged: u64,
    in_time: u64,
    wait: u64,
    response: u64,
    work: u64,
}

impl Together {
    /// Of contacts who waited so long, had such responses, as they are and as the service level counts them, and brought such work.
    #[inline(never)]
    fn of([waits, responses, judged, work]: [&[u64]; 4], within: u64) -> Self {
        let mut together = Self::default();
        for (((&wait, &response), &judged), &work) in
            waits.iter().zip(responses).zip(judged).zip(work)
        {
            together.answered += 1;
            together.delayed += is_less(0, wait);
            together.judged += is_less(judged, NOT_JUDGED);
            together.in_time += 1 - is_less(within, judged);
            together.wait += wait;
            together.response += response;
            together.work += work;
        }
        together
    }
}

/// One where a span is shorter than another: the sign of their difference, since several at a time are sooner subtracted than compared.
#[inline]
fn is_less(span: u64, other: u64) -> u64 {
    span.wrapping_sub(other) >> (u64::BITS - 1)
}

impl QueueCounter<'_> {
    /// Counts the answered contacts that have been noted.
    #[inline(never)]
    pub(super) fn count(&mut self, noted: &mut Noted) {
        let rules = self.rules;
        let [waits, responses, handled, sojourns] = [
            &noted.wait,
            &noted.response,
            &noted.handle_time,
            &noted.sojourn,
        ]
        .map(|spans| &spans[..noted.count]);
        let (responses, judged) = if rules.response_is_wait {
            (waits, waits)
        } else {
            (responses, &noted.judged[..noted.count])
        };
        let Self {
            counts, longest, ..
        } = self;
        record(responses, &mut counts.response, &mut longest.response);
        record(handled, &mut counts.handle_time, &mut longest.handle_time);
        record(sojourns, &mut counts.sojourn, &mut longest.sojourn);
        if !rules.response_is_wait {
            record(waits, &mut counts.wait, &mut longest.wait);
        }
        counts.totals.handle_time += sum(handled);
        counts.totals.sojourn += sum(sojourns);
        self.count_by_slot(noted, waits, responses, judged);
        noted.count = 0;
    }

    /// Counts what is kept by interval and by day: what came together is added up first.
    fn count_by_slot(&mut self, noted: &Noted, waits: &[u64], responses: &[u64], judged: &[u64]) {
        let within = self
            .rules
            .level
            .map_or(0, |level| level.within.0.min(NOT_JUDGED - 1));
        let count = waits.len();
        let (came, work) = (&noted.came[..count], &noted.work[..count]);
        let mut from = 0;
        while let Some(&of_first) = came.get(from) {
            let others = came[from..].iter().position(|&other| other != of_first);
            let to = others.map_or(count, |others| from + others);
            let spans = [waits, responses, judged, work].map(|spans| &spans[from..to]);
            self.add(of_first, &Together::of(spans, within));
            let times = if self.rules.deferred {
                responses
            } else {
                waits
            };
            let histogram = self.counts.slot_times.get_mut(of_first.slot() as usize);
            if let Some(histogram) = histogram {
                // The longest of an interval is not asked for.
                let _ = histogram.record_all(&times[from..to], 0);
            }
            from = to;
        }
    }

    fn add(&mut self, came: Came, together: &Together) {
        if came.slot() != NO_SLOT {
            self.counts.totals.work += i128::from(together.work);
        }
        if self.rules.level.is_some() {
            self.add_to_level(came, together);
        }
        let response_is_wait = self.rules.response_is_wait;
        let slot = self.slot_of(came.slot());
        slot.answered += i128::from(together.answered);
        slot.delayed += i128::from(together.delayed);
        slot.wait_answered += i128::from(together.wait);
        if !response_is_wait {
            slot.response += i128::from(together.response);
        }
    }

    /// Of a real-time queue, the denominator follows from the others at the end.
    #[expect(
        clippy::cast_possible_truncation,
        reason = "at most as many as are noted"
    )]
    fn add_to_level(&mut self, came: Came, together: &Together) {
        let (in_time, judged) = (together.in_time, together.judged);
        if let Some(day) = self.day_of(came.slot(), came.day()) {
            day.0 += in_time as u32;
            day.1 += judged as u32;
        }
        self.slot_of(came.slot()).level_kept += i128::from(in_time);
        if self.rules.deferred {
            self.slot_of(came.slot()).level_counted += i128::from(judged);
            self.counts.totals.level_answered += i128::from(judged);
            self.counts.totals.level_in_time += i128::from(in_time);
        }
    }
}

/// Spans are so short that a few of them do not reach the end of what a number holds: no instant is later than 2⁵⁷ µs.
fn sum(spans: &[u64]) -> i128 {
    i128::from(spans.iter().sum::<u64>())
}

fn record<C: Cut>(spans: &[u64], histogram: &mut Histogram<C>, longest: &mut u64) {
    *longest = histogram.record_all(spans, *longest);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ids::QueueId;
    use crate::scenario::model::{Compiled, Model};
    use crate::sim::centre::Layout;
    use crate::sim::counting::count::extent;
    use crate::stats::counts::{Counts, QueueCounts};

    const QUEUE: &str = "name = \"Small\"\ncurrency = \"EUR\"\n[horizon]\nstart = \"2026-09-07\"\ndays = 2\ninterval = \"12h\"\n\
        [queues.q]\nchannel = \"phone\"\narrivals = { per_hour = 20 }\nhandle_time = \"4m\"\n";
    const GROUP: &str = "[groups.g]\nskills = [\"q\"]\nstaff = 2\n";

    /// Contacts of two intervals and of none in turn, in number more than are counted at a time: each waits as many seconds as its number.
    fn contacts() -> Vec<Contact> {
        let contact = |number: u32| {
            let second = |seconds: u32| SimTime(1_000_000 * i64::from(seconds));
            let mut contact = Contact::new(QueueId(0), second(60));
            (contact.slot, contact.day) = match number % 5 {
                4 => (NO_SLOT, 0),
                slot => (slot % 2, 0),
            };
            contact.started_at = second(60 + number);
            contact.replied_at = second(180 + number);
            contact.talk = contact.replied_at.since(contact.started_at);
            contact
        };
        (0..50).map(contact).collect()
    }

    fn counted(target: &str) -> QueueCounts {
        let compiled = Compiled::sample(&format!("{QUEUE}{target}{GROUP}"));
        let variant = &compiled.variants[0];
        let model: &Model = &variant.model;
        let layout = Layout::new(model, &variant.staffing);
        let mut counts = Counts::new(extent(model, &layout)).queues;
        let rules = Rules::of(model, QueueId(0));
        let mut noted = Noted::new(rules);
        let counts = std::mem::take(&mut counts[QueueId(0)]);
        let mut counter = QueueCounter::new(model, rules, counts);
        for contact in contacts() {
            if noted.note(contact.replied_at, &contact) {
                counter.count(&mut noted);
            }
        }
        counter.count(&mut noted);
        counter.counts
    }

    #[test]
    fn contacts_noted_are_counted_where_and_as_they_came() {
        let counts = counted("target = { share = 0.8, within = \"20s\" }\n");
        let first = &counts.slots[0];
        assert_eq!((first.answered, first.delayed), (20, 19));
        // 0, 2, 5, 7, 10, 12, 15, 17 and 20 seconds.
        assert_eq!((first.level_kept, first.level_counted), (9, 0));
        let waits = (0..50).filter(|number| number % 5 == 0 || number % 5 == 2);
        assert_eq!(first.wait_answered, 1_000_000 * waits.sum::<i128>());
        assert_eq!(counts.slots[1].answered, 20);
        assert_eq!(counts.slot_times[0].total(), 20);
        assert_eq!(counts.days[0], (17, 40));
        assert_eq!(counts.totals.work, 40 * 120_000_000);
        assert_eq!(counts.totals.handle_time, 50 * 120_000_000);
        assert_eq!(counts.response.total(), 50);
    }

    #[test]
    fn without_a_target_nothing_is_in_time() {
        let counts = counted("");
        assert!(counts.slots.iter().all(|slot| slot.level_kept == 0));
        assert_eq!(counts.days[0], (0, 0));
        assert_eq!(counts.slots[0].answered, 20);
    }
}
