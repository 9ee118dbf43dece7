//! What one replication counted, in integers: numbers of contacts, microseconds, millionths of the currency.

use crate::ids::{GroupId, QueueId, Table};

use super::histogram::{CoarseHistogram, FineHistogram};
use super::issue_counts::{IssueCounts, Stops};
use super::money_counts::MoneyCounts;

/// Products of counts are taken as they are, those of times in milliseconds, those of money in hundredths.
pub(super) const COUNT: i128 = 1;
pub(super) const TIME: i128 = 1_000;
pub(super) const MONEY: i128 = 10_000;

macro_rules! counters {
    ($(#[$doc:meta])* $name:ident / $figures:ident { $($(#[$field_doc:meta])* $field:ident $figure:ident $scale:ident,)* }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
        pub struct $name {
            $($(#[$field_doc])* pub $field: i128,)*
        }

        #[doc = concat!("The places of the counters of [`", stringify!($name), "`].")]
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub enum $figures {
            $(#[doc = concat!("See [`", stringify!($name), "::", stringify!($field), "`].")] $figure,)*
        }

        impl $name {
            /// Adds another's counters to its own.
            pub fn add(&mut self, other: &Self) {
                $(self.$field += other.$field;)*
            }
        }

        impl $figures {
            /// The counter taken once.
            pub const fn once(self) -> (usize, i128) {
                (self as usize, 1)
            }
            /// The counter taken away once.
            pub const fn less(self) -> (usize, i128) {
                (self as usize, -1)
            }
        }

        impl $crate::stats::moments::Counters for $name {
            const SCALES: &'static [i128] = &[$($scale,)*];
            fn values(&self, into: &mut Vec<i128>) {
                into.extend([$(self.$field,)*]);
            }
        }
    };
}

pub(super) use counters;

counters! {
    /// A queue over the whole horizon.
    QueueTotals / QueueFigure {
        /// New contacts.
        offered Offered COUNT,
        /// Contacts open at the start.
        carried_in CarriedIn COUNT,
        /// Contacts handled to the end.
        answered Answered COUNT,
        /// Contacts that left while waiting.
        abandoned Abandoned COUNT,
        /// Contacts that met a closed door.
        blocked Blocked COUNT,
        /// Contacts that ended at a bot.
        contained Contained COUNT,
        /// Contacts neither finished nor gone.
        open_at_end OpenAtEnd COUNT,
        /// Answered or abandoned contacts that were not started at once.
        delayed Delayed COUNT,
        /// Answered contacts that count for the service level (A).
        level_answered LevelAnswered COUNT,
        /// Of these, within the threshold (A≤T).
        level_in_time LevelInTime COUNT,
        /// Abandoned contacts that count for the service level (Ab).
        level_abandoned LevelAbandoned COUNT,
        /// Of these, within the threshold (Ab≤T).
        level_abandoned_in_time LevelAbandonedInTime COUNT,
        /// Of these, within the short time (S).
        level_abandoned_short LevelAbandonedShort COUNT,
        /// Contacts whose deadline has passed and that are open.
        level_late LevelLate COUNT,
        /// Numerator of the target's own definition.
        level_kept LevelKept COUNT,
        /// Denominator of the target's own definition.
        level_counted LevelCounted COUNT,
        /// Days on which the target's share was reached.
        days_met DaysMet COUNT,
        /// Days with contacts that count.
        days_counted DaysCounted COUNT,
        /// Waits of the answered.
        wait_answered WaitAnswered TIME,
        /// Waits of the abandoned.
        wait_abandoned WaitAbandoned TIME,
        /// Responses of the answered.
        response Response TIME,
        /// Handle times of the answered.
        handle_time HandleTime TIME,
        /// Times in the system of the answered.
        sojourn Sojourn TIME,
        /// Longest wait.
        wait_max WaitMax TIME,
        /// Longest response.
        response_max ResponseMax TIME,
        /// Longest handle time.
        handle_time_max HandleTimeMax TIME,
        /// Longest time in the system.
        sojourn_max SojournMax TIME,
        /// Time integral of the contacts waiting.
        queue_time QueueTime TIME,
        /// Longest line.
        queue_max QueueMax COUNT,
        /// Work drawn by new contacts that met an open door.
        work Work TIME,
        /// Share of what is paid.
        cost Cost MONEY,
    }
}

counters! {
    /// A queue in one interval of the day or the week.
    QueueSlot / QueueSlotFigure {
        /// New contacts.
        offered Offered COUNT,
        /// Of these, answered.
        answered Answered COUNT,
        /// Of these, abandoned.
        abandoned Abandoned COUNT,
        /// Of these, blocked.
        blocked Blocked COUNT,
        /// Of the answered and the abandoned, not started at once.
        delayed Delayed COUNT,
        /// Numerator of the target's own definition.
        level_kept LevelKept COUNT,
        /// Denominator of the target's own definition.
        level_counted LevelCounted COUNT,
        /// Waits of the answered.
        wait_answered WaitAnswered TIME,
        /// Waits of the abandoned.
        wait_abandoned WaitAbandoned TIME,
        /// Responses of the answered.
        response Response TIME,
        /// Time integral of the contacts waiting.
        queue_time QueueTime TIME,
        /// Contacts in the system at the interval's ends.
        backlog Backlog COUNT,
        /// How many ends there were.
        backlog_samples BacklogSamples COUNT,
        /// Median ages at these.
        age_p50 AgeP50 TIME,
        /// Ages that 90 % were below.
        age_p90 AgeP90 TIME,
        /// Ages of the oldest.
        age_max AgeMax TIME,
        /// How many ends there were with anybody in the system.
        age_samples AgeSamples COUNT,
    }
}

counters! {
    /// A group over the whole horizon.
    GroupTotals / GroupFigure {
        /// Heads before shrinkage, and overtime.
        paid Paid TIME,
        /// Agents present.
        staffed Staffed TIME,
        /// Agents with at least one contact.
        busy Busy TIME,
        /// Agents busy beyond those present.
        overtime Overtime TIME,
        /// Contacts open at all agents.
        open Open TIME,
        /// Contacts set aside for others.
        interruptions Interruptions COUNT,
        /// Contacts begun after one of another queue, where that takes longer.
        switches Switches COUNT,
        /// Work that finding back into contacts and turning to another queue took, at pace and speed 1.
        changeover Changeover TIME,
        /// What is paid.
        cost Cost MONEY,
    }
}

counters! {
    /// A group in one interval of the day or the week.
    GroupSlot / GroupSlotFigure {
        /// Heads before shrinkage.
        heads Heads TIME,
        /// Agents present.
        staffed Staffed TIME,
        /// Agents with at least one contact.
        busy Busy TIME,
        /// Agents busy beyond those present.
        overtime Overtime TIME,
    }
}

counters! {
    /// All customers.
    DemandTotals / DemandFigure {
        /// Contacts that customers wanted.
        wanted Wanted COUNT,
        /// Answered.
        served Served COUNT,
        /// Sent to another queue than their own.
        moved Moved COUNT,
        /// Abandoned, blocked or turned away.
        lost Lost COUNT,
        /// Ended at a bot.
        contained Contained COUNT,
        /// Neither finished nor gone.
        open_at_end OpenAtEnd COUNT,
        /// Paid to all groups and bots.
        cost Cost MONEY,
    }
}

counters! {
    /// Contacts in a queue's system at the ends of intervals, by part of the counted time; of scenarios that are the same at all times.
    SteadyCounts / SteadyFigure {
        /// In the first tenth.
        early Early COUNT,
        /// How many ends that has.
        early_ends EarlyEnds COUNT,
        /// In the second third.
        middle Middle COUNT,
        /// How many ends that has.
        middle_ends MiddleEnds COUNT,
        /// In the last third.
        last Last COUNT,
        /// How many ends that has.
        last_ends LastEnds COUNT,
        /// In the second half.
        late Late COUNT,
        /// How many ends that has.
        late_ends LateEnds COUNT,
    }
}

/// What a queue counted.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct QueueCounts {
    /// Over the horizon.
    pub totals: QueueTotals,
    /// Waits of the answered and the abandoned.
    pub wait: FineHistogram,
    /// Responses of the answered.
    pub response: FineHistogram,
    /// Handle times of the answered.
    pub handle_time: FineHistogram,
    /// Times in the system of the answered.
    pub sojourn: FineHistogram,
    /// By interval.
    pub slots: Vec<QueueSlot>,
    /// By interval: waits where the queue is real-time, responses where it is deferred. Empty where there are too many
    /// intervals to keep them.
    pub slot_times: Vec<CoarseHistogram>,
    /// By day: numerator and denominator of the target's own definition.
    pub days: Vec<(u32, u32)>,
    /// By part of the counted time.
    pub steady: SteadyCounts,
}

/// What a group counted.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct GroupCounts {
    /// Over the horizon.
    pub totals: GroupTotals,
    /// By interval.
    pub slots: Vec<GroupSlot>,
    /// Agents' time by queue: an agent with k contacts open gives each 1/k.
    pub agent_time: Table<QueueId, i128>,
}

/// What one replication, or one batch of it, of one variant counted.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Counts {
    /// By queue.
    pub queues: Table<QueueId, QueueCounts>,
    /// By group.
    pub groups: Table<GroupId, GroupCounts>,
    /// All customers.
    pub demand: DemandTotals,
    /// Their issues, where these are followed.
    pub issues: IssueCounts,
    /// What it costs, and what it is worth.
    pub money: MoneyCounts,
}

/// How much is counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Extent {
    /// Queues of the variant.
    pub queues: usize,
    /// Groups of the variant.
    pub groups: usize,
    /// Intervals of a row of figures.
    pub slots: usize,
    /// Days of the horizon.
    pub days: usize,
    /// Whether issues are followed.
    pub issues: bool,
    /// Bots of the variant.
    pub bots: usize,
    /// Channels of the variant.
    pub channels: usize,
}

impl Extent {
    /// More intervals than this, over all queues, keep no histograms: they would fill the memory.
    pub const MOST_SLOT_HISTOGRAMS: usize = 20_000;

    /// The ways that issues may go, as far as they are counted.
    pub fn flows(&self) -> usize {
        let stops = self.stops();
        if self.issues && stops.left() <= Stops::MOST {
            stops.left() * stops.reached()
        } else {
            0
        }
    }

    /// The stops of issues.
    pub fn stops(&self) -> Stops {
        Stops {
            queues: self.queues,
            bots: self.bots,
        }
    }

    /// Whether each interval has a histogram of its own.
    pub fn has_slot_times(&self) -> bool {
        self.queues * self.slots <= Self::MOST_SLOT_HISTOGRAMS
    }
}

impl Counts {
    /// Nothing counted yet.
    pub fn new(extent: Extent) -> Self {
        let times = if extent.has_slot_times() {
            extent.slots
        } else {
            0
        };
        let queue = || QueueCounts {
            totals: QueueTotals::default(),
            wait: FineHistogram::default(),
            response: FineHistogram::default(),
            handle_time: FineHistogram::default(),
            sojourn: FineHistogram::default(),
            slots: vec![QueueSlot::default(); extent.slots],
            slot_times: vec![CoarseHistogram::default(); times],
            days: vec![(0, 0); extent.days],
            steady: SteadyCounts::default(),
        };
        let group = || GroupCounts {
            totals: GroupTotals::default(),
            slots: vec![GroupSlot::default(); extent.slots],
            agent_time: vec![0; extent.queues].into(),
        };
        Self {
            queues: std::iter::repeat_with(queue).take(extent.queues).collect(),
            groups: std::iter::repeat_with(group).take(extent.groups).collect(),
            demand: DemandTotals::default(),
            issues: IssueCounts::new(extent),
            money: MoneyCounts::new(extent),
        }
    }

    /// Forgets everything and keeps the memory.
    pub fn clear(&mut self) {
        self.demand = DemandTotals::default();
        self.issues.clear();
        self.money.clear();
        self.queues.values_mut().for_each(QueueCounts::clear);
        self.groups.values_mut().for_each(GroupCounts::clear);
    }
}

impl QueueCounts {
    fn clear(&mut self) {
        self.totals = QueueTotals::default();
        for times in [
            &mut self.wait,
            &mut self.response,
            &mut self.handle_time,
            &mut self.sojourn,
        ] {
            times.clear();
        }
        self.slots.fill(QueueSlot::default());
        self.slot_times.iter_mut().for_each(CoarseHistogram::clear);
        self.days.fill((0, 0));
        self.steady = SteadyCounts::default();
    }
}

impl GroupCounts {
    fn clear(&mut self) {
        self.totals = GroupTotals::default();
        self.slots.fill(GroupSlot::default());
        self.agent_time.values_mut().for_each(|time| *time = 0);
    }
}
