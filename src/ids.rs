//! Dense numbers for queues, groups and sources, and vectors that only their own kind of number can read.

use std::fmt;
use std::marker::PhantomData;
use std::ops::{Index, IndexMut};

/// A number that stands for one thing of a kind and indexes a [`Table`].
pub trait Id: Copy + Eq + fmt::Debug {
    /// The id of place `index`. The index is below 2³².
    fn from_index(index: usize) -> Self;
    /// The place that this id names.
    fn index(self) -> usize;
}

macro_rules! id {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(pub u32);

        impl Id for $name {
            #[inline]
            fn from_index(index: usize) -> Self {
                Self(u32::try_from(index).expect("compile bounds every table"))
            }
            #[inline]
            fn index(self) -> usize {
                self.0 as usize
            }
        }
    };
}

id!(
    /// A queue of a compiled model, in the order of the file.
    QueueId
);
id!(
    /// A group of agents of a compiled model, in the order of the file.
    GroupId
);
id!(
    /// A source of customers of a compiled model: one for each queue that the file names, removed or not.
    SourceId
);

id!(
    /// A bundle of telephone lines of a compiled model: those that the file names, then those of single queues.
    TrunkId
);
id!(
    /// A bot of a compiled model, in the order of the file.
    BotId
);

/// A vector read by its own kind of id.
///
/// ```
/// use channelmix::ids::{Id, QueueId, Table};
/// let table: Table<QueueId, &str> = Table::from(vec!["phone", "chat"]);
/// assert_eq!(table[QueueId::from_index(1)], "chat");
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Table<I, T> {
    items: Vec<T>,
    kind: PhantomData<I>,
}

impl<I, T> Default for Table<I, T> {
    fn default() -> Self {
        Self::from(Vec::new())
    }
}

impl<I, T> From<Vec<T>> for Table<I, T> {
    fn from(items: Vec<T>) -> Self {
        Self {
            items,
            kind: PhantomData,
        }
    }
}

impl<I, T> FromIterator<T> for Table<I, T> {
    fn from_iter<S: IntoIterator<Item = T>>(items: S) -> Self {
        Self::from(items.into_iter().collect::<Vec<_>>())
    }
}

impl<I: Id, T> Table<I, T> {
    /// How many things the table holds.
    pub fn len(&self) -> usize {
        self.items.len()
    }
    /// Whether the table holds nothing.
    pub fn is_empty(&self) -> bool {
        self.items.is_empty()
    }
    /// Every id of the table, in order.
    pub fn ids(&self) -> impl DoubleEndedIterator<Item = I> + ExactSizeIterator + use<I, T> {
        (0..self.items.len()).map(I::from_index)
    }
    /// Every thing with its id, in order.
    pub fn iter(&self) -> impl DoubleEndedIterator<Item = (I, &T)> + ExactSizeIterator {
        self.items
            .iter()
            .enumerate()
            .map(|(index, item)| (I::from_index(index), item))
    }
    /// Every thing with its id, in order, to be changed.
    pub fn iter_mut(&mut self) -> impl DoubleEndedIterator<Item = (I, &mut T)> + ExactSizeIterator {
        self.items
            .iter_mut()
            .enumerate()
            .map(|(index, item)| (I::from_index(index), item))
    }
    /// The things alone, in order.
    pub fn values(&self) -> std::slice::Iter<'_, T> {
        self.items.iter()
    }
    /// The things alone, in order, to be changed.
    pub fn values_mut(&mut self) -> std::slice::IterMut<'_, T> {
        self.items.iter_mut()
    }
    /// The things alone, in order, out of the table.
    pub fn into_values(self) -> std::vec::IntoIter<T> {
        self.items.into_iter()
    }
    /// Adds a thing and gives its id.
    pub fn push(&mut self, item: T) -> I {
        self.items.push(item);
        I::from_index(self.items.len() - 1)
    }
}

impl<I: Id, T> Index<I> for Table<I, T> {
    type Output = T;
    #[inline]
    fn index(&self, id: I) -> &T {
        &self.items[id.index()]
    }
}

impl<I: Id, T> IndexMut<I> for Table<I, T> {
    #[inline]
    fn index_mut(&mut self, id: I) -> &mut T {
        &mut self.items[id.index()]
    }
}
