//! The line of waiting contacts of one queue, and who has left it unnoticed.
//!
//! A contact whose patience has ended stays in the line until somebody looks: this costs nothing for those answered at
//! once. Its abandonment is then told with the instant at which it happened. Only queues on whose emptiness others depend
//! (`watched`) get an event for it.

use std::collections::VecDeque;

/// Contacts waiting in the order in which they came.
#[derive(Debug, Clone, Default)]
pub struct Line {
    places: VecDeque<u32>,
    /// Places in the line that hold no contact any more.
    gone: usize,
}

impl Line {
    /// Forgets everybody and keeps the memory.
    pub fn clear(&mut self) {
        self.places.clear();
        self.gone = 0;
    }
    /// How many wait, those included who left unnoticed.
    #[inline]
    pub fn len(&self) -> usize {
        self.places.len() - self.gone
    }
    /// Whether nobody is in the line.
    #[inline]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }
    /// The first place, whether its contact still waits or not.
    #[inline]
    pub fn front(&self) -> Option<u32> {
        self.places.front().copied()
    }
    /// Joins the line.
    #[inline]
    pub fn push(&mut self, contact: u32) {
        self.places.push_back(contact);
    }
    /// Takes the first place, whose contact still counts.
    #[inline]
    pub fn take_front(&mut self) {
        self.places.pop_front();
    }
    /// Takes the first place, whose contact was marked as gone.
    pub fn drop_gone_front(&mut self) {
        self.places.pop_front();
        self.gone -= 1;
    }
    /// A contact somewhere in the line has left; its place goes when it comes to the front.
    pub fn mark_gone(&mut self) {
        self.gone += 1;
    }
    /// The places in order.
    pub fn iter(&self) -> impl Iterator<Item = u32> + '_ {
        self.places.iter().copied()
    }
    /// Keeps only some places; `gone` says how many of those dropped were marked as gone before.
    pub fn retain(&mut self, mut keep: impl FnMut(u32) -> Kept) {
        let mut gone = 0;
        self.places.retain(|&contact| match keep(contact) {
            Kept::Yes => true,
            Kept::Left => false,
            Kept::WasGone => {
                gone += 1;
                false
            }
        });
        self.gone -= gone;
    }
}

/// What becomes of a place in a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kept {
    /// Its contact waits on.
    Yes,
    /// Its contact has just left.
    Left,
    /// Its contact was marked as gone before.
    WasGone,
}
