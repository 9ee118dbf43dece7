//! What customers do who have to wait, beside waiting: they are told how long and leave, have themselves called back, or leave a chat
//! without a word.

use rand::RngExt;

use crate::ids::{GroupId, QueueId};
use crate::scenario::journey::{Callback, Offer};
use crate::sim::calendar::Event;
use crate::sim::centre::Centre;
use crate::sim::contacts::Stage;
use crate::sim::features::Features;
use crate::sim::issues::{Course, IssueId};
use crate::sim::luck::draw;
use crate::sim::observer::{Observer, Outcome, Turn};
use crate::sim::replicate::Replication;
use crate::sim::streams::Purpose;
use crate::time::{SimDuration, SimTime};

use super::trunks;

impl<O: Observer, F: Features> Replication<'_, O, F> {
    /// A contact would have to wait: whether it does something else instead of joining the line.
    #[inline(never)]
    pub(in crate::sim) fn turns_from_line(&mut self, index: u32) -> bool {
        let contact = self.centre.contacts[index];
        let Some(id) = contact.open_issue() else {
            return false;
        };
        if self.centre.issues.get(id).course != Course::Plain {
            return false;
        }
        let journey = &self.model.queues[contact.queue].journey;
        let expected = self.centre.lines[contact.queue].last_wait();
        if let Some(callback) = &journey.callback {
            match callback.offer {
                Offer::Expecting(limit) if expected > limit => {
                    if self.accepts_callback(index, id, callback) {
                        return self.centre.contacts[index].stage == Stage::Later;
                    }
                }
                Offer::Expecting(_) => {}
                Offer::Waiting(limit) => {
                    let reference = self.centre.contacts.reference(index);
                    let offered_at = self.now + limit;
                    self.centre
                        .calendar
                        .push(offered_at, Event::Offer(reference));
                }
            }
        }
        if let Some(announce) = &journey.announce {
            let mut luck = self.centre.root.stream(contact.key(), Purpose::Balk);
            let leaves = luck.random::<f64>() < announce.leave;
            if leaves && self.now + expected > contact.leaves_at {
                self.observer.turned(self.now, &contact, Turn::Balked);
                self.turn_away(index, Outcome::Abandoned);
                return true;
            }
        }
        false
    }

    /// An agent takes the first contact of a line: the next ones may expect to wait as long. A customer who is called back tells nothing
    /// of that.
    #[inline(never)]
    pub(in crate::sim) fn note_wait_of_first(&mut self, queue: QueueId) {
        let Centre {
            contacts,
            issues,
            lines,
            ..
        } = &mut *self.centre;
        let Some(first) = lines[queue].front() else {
            return;
        };
        let contact = &contacts[first];
        let is_called_back = contact
            .open_issue()
            .is_some_and(|id| matches!(issues.get(id).course, Course::Callback { .. }));
        if !is_called_back {
            lines[queue].note_wait(self.now.since(contact.arrived_at));
        }
    }

    /// A contact that has waited so long is offered a callback.
    pub(in crate::sim) fn offer(&mut self, index: u32) {
        let contact = self.centre.contacts[index];
        let callback = &self.model.queues[contact.queue].journey.callback;
        let (Some(id), Some(callback)) = (contact.open_issue(), callback) else {
            return;
        };
        if contact.stage != Stage::Waiting
            || self.centre.issues.get(id).course != Course::Plain
            || !self.accepts_callback(index, id, callback)
            || self.centre.contacts[index].stage != Stage::Later
        {
            return;
        }
        let line = &mut self.centre.lines[contact.queue];
        line.drop_out(index);
        self.observer
            .line_changed(self.now, contact.queue, line.len());
        self.centre.contacts[index].in_line = false;
        self.note_if_released(contact.queue);
    }

    /// Offers a callback: whoever accepts hangs up, and keeps the place in the line, or is called at another time.
    fn accepts_callback(&mut self, index: u32, id: IssueId, callback: &Callback) -> bool {
        let Centre {
            contacts,
            free_lines,
            root,
            issues,
            ..
        } = &mut *self.centre;
        let contact = &mut contacts[index];
        self.observer
            .turned(self.now, contact, Turn::CallbackOffered);
        let mut luck = root.stream(contact.key(), Purpose::Callback);
        if luck.random::<f64>() >= callback.accept {
            return false;
        }
        self.observer
            .turned(self.now, contact, Turn::CallbackAccepted);
        trunks::hang_up(contact, self.model, free_lines);
        contact.leaves_at = SimTime::NEVER;
        let mut misses = 0;
        while misses < callback.tries && luck.random::<f64>() >= callback.reached {
            misses += 1;
        }
        issues.get(id).course = Course::Callback {
            talk: contact.talk,
            wrap_up: contact.wrap_up,
            misses,
            tries: 0,
        };
        self.dial(index, id, callback);
        if let Some(delay) = &callback.delay {
            let after = draw(delay, &mut luck, &self.centre.piece);
            self.call_later(index, self.now + after);
        }
        true
    }

    /// The next try takes an agent as long as the customer's matter, or as long as the telephone rings in vain.
    fn dial(&mut self, index: u32, id: IssueId, callback: &Callback) {
        let Course::Callback {
            talk,
            wrap_up,
            misses,
            tries,
        } = self.centre.issues.get(id).course
        else {
            return;
        };
        let contact = &mut self.centre.contacts[index];
        (contact.talk, contact.wrap_up) = if tries < misses {
            (callback.ring, SimDuration::ZERO)
        } else {
            (talk, wrap_up)
        };
    }

    fn call_later(&mut self, index: u32, at: SimTime) {
        self.centre.contacts[index].stage = Stage::Later;
        let reference = self.centre.contacts.reference(index);
        self.centre.calendar.push(at, Event::CallBack(reference));
    }

    /// The time has come to call a customer back: the contact goes to a free agent, else to the end of the line.
    pub(in crate::sim) fn call_back(&mut self, index: u32) {
        let contact = &mut self.centre.contacts[index];
        if contact.told {
            // Open at the end of the horizon.
            self.centre.contacts.remove(index);
            return;
        }
        contact.stage = Stage::Waiting;
        let queue = contact.queue;
        self.seek_agent(index, &self.model.queues[queue]);
    }

    /// The patience of a contact has ended that leaves without a word: it stands in the line until an agent takes it and notices.
    pub(in crate::sim) fn leaves_silently(&mut self, index: u32) -> bool {
        let contact = self.centre.contacts[index];
        let silent = &self.model.queues[contact.queue].journey.silent;
        let (Some(id), Some(silent)) = (contact.open_issue(), silent) else {
            return false;
        };
        let mut luck = self.centre.root.stream(contact.key(), Purpose::Silence);
        if luck.random::<f64>() >= silent.share {
            return false;
        }
        self.observer.turned(self.now, &contact, Turn::LeftSilently);
        let Centre {
            contacts,
            free_lines,
            issues,
            ..
        } = &mut *self.centre;
        let contact = &mut contacts[index];
        trunks::hang_up(contact, self.model, free_lines);
        issues.get(id).course = Course::Gone {
            at: self.now,
            talk: contact.talk,
            wrap_up: contact.wrap_up,
        };
        contact.leaves_at = SimTime::NEVER;
        (contact.talk, contact.wrap_up) = (silent.noticed, SimDuration::ZERO);
        true
    }

    /// An agent has ended a contact of a followed issue: whether its customer was there, and so was answered.
    #[inline(never)]
    pub(in crate::sim) fn was_there(&mut self, index: u32, group: GroupId, number: u32) -> bool {
        let contact = self.centre.contacts[index];
        let Some(id) = contact.open_issue() else {
            return true;
        };
        let issue = self.centre.issues.get(id);
        match issue.course {
            Course::Plain | Course::Kept { .. } | Course::LeftMidway => {}
            Course::Gone { at, talk, wrap_up } => {
                self.give_back(index, talk, wrap_up);
                self.tell(at, index, Outcome::Abandoned);
                self.centre.contacts.remove(index);
                return false;
            }
            Course::Callback { misses, tries, .. } => {
                self.observer.turned(self.now, &contact, Turn::Called);
                if tries < misses {
                    self.observer.turned(self.now, &contact, Turn::NotReached);
                    self.miss(index, id);
                    return false;
                }
            }
        }
        self.centre.issues.get(id).agent = Some((group, number));
        true
    }

    /// The talk of a contact of a followed issue has ended, and its wrap-up goes on: what it leads to begins now.
    #[inline(never)]
    pub(in crate::sim) fn talk_ended(&mut self, index: u32, group: GroupId, number: u32) {
        if self.centre.contacts[index].open_issue().is_some()
            && self.was_there(index, group, number)
        {
            let contact = self.centre.contacts[index];
            self.follow(self.now, &contact, Outcome::Answered);
            self.centre.contacts[index].issue = None;
        }
    }

    /// A customer was not reached: there is another try, or the company gives up.
    fn miss(&mut self, index: u32, id: IssueId) {
        let queue = self.centre.contacts[index].queue;
        let Some(callback) = &self.model.queues[queue].journey.callback else {
            return;
        };
        if let Course::Callback {
            tries,
            talk,
            wrap_up,
            ..
        } = &mut self.centre.issues.get(id).course
        {
            *tries += 1;
            if *tries < callback.tries {
                let tries = u64::from(*tries);
                let key =
                    crate::sim::streams::contact_key(self.centre.contacts[index].key(), tries);
                let mut luck = self.centre.root.stream(key, Purpose::Callback);
                let after = draw(&callback.again, &mut luck, &self.centre.piece);
                self.dial(index, id, callback);
                self.call_later(index, self.now + after);
                return;
            }
            let (talk, wrap_up) = (*talk, *wrap_up);
            self.give_back(index, talk, wrap_up);
        }
        self.tell(self.now, index, Outcome::Abandoned);
        self.centre.contacts.remove(index);
    }

    /// A contact ends whose customer was not there: what it would have taken counts as load.
    fn give_back(&mut self, index: u32, talk: SimDuration, wrap_up: SimDuration) {
        let contact = &mut self.centre.contacts[index];
        (contact.talk, contact.wrap_up) = (talk, wrap_up);
    }

    /// How a contact ends that still stands in a line after the last event.
    pub(in crate::sim) fn end_of_waiting(&mut self, index: u32) -> (SimTime, Outcome) {
        let course = self.centre.contacts[index]
            .open_issue()
            .map(|id| self.centre.issues.get(id).course);
        match course {
            Some(Course::Gone { at, talk, wrap_up }) => {
                self.give_back(index, talk, wrap_up);
                (at, Outcome::Abandoned)
            }
            _ => (self.now, Outcome::OpenAtEnd),
        }
    }
}
