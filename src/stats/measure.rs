//! The figures by which whole mixes and their queues are compared, by the names that they have in the JSON of a run.

use serde::{Serialize, Serializer};

/// A figure.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Measure {
    /// All that is paid.
    Cost,
    /// Cost / contacts answered.
    CostPerContact,
    /// Cost / issues resolved.
    CostPerResolution,
    /// Contacts answered in time / contacts wanted.
    InTime,
    /// Contacts answered.
    Served,
    /// Contacts lost.
    Lost,
    /// Lost / wanted.
    LostShare,
    /// Issues resolved.
    Resolved,
    /// Issues lost.
    Gone,
    /// Value lost, by what the scenario assumes of its customers.
    ValueLost,
    /// Cost + value lost − revenue.
    NetCost,
    /// Of a queue.
    Queue(String, OfQueue),
}

/// A figure of a queue.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OfQueue {
    /// By the target's own definition.
    ServiceLevel,
    /// Abandoned / (answered + abandoned).
    Abandonment,
    /// Mean wait of the answered.
    Asa,
    /// Its share of what is paid.
    Cost,
    /// That / contacts answered.
    CostPerContact,
}

/// How a figure is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Money.
    Money,
    /// A share of all, 0 to 1.
    Share,
    /// A number of things.
    Count,
    /// Seconds.
    Time,
}

impl Measure {
    /// Its documented name: `cost.queues.phone.per_contact`.
    pub fn name(&self) -> String {
        match self {
            Self::Cost => "cost.total".to_owned(),
            Self::CostPerContact => "cost.per_contact".to_owned(),
            Self::CostPerResolution => "issues.cost_per_resolution".to_owned(),
            Self::InTime => "demand.in_time_share".to_owned(),
            Self::Served => "demand.served".to_owned(),
            Self::Lost => "demand.lost".to_owned(),
            Self::LostShare => "demand.lost_share".to_owned(),
            Self::Resolved => "issues.resolved".to_owned(),
            Self::Gone => "issues.lost".to_owned(),
            Self::ValueLost => "value.lost".to_owned(),
            Self::NetCost => "value.net_cost".to_owned(),
            Self::Queue(queue, OfQueue::ServiceLevel) => format!("queues.{queue}.service_level"),
            Self::Queue(queue, OfQueue::Abandonment) => format!("queues.{queue}.abandonment"),
            Self::Queue(queue, OfQueue::Asa) => format!("queues.{queue}.asa_s"),
            Self::Queue(queue, OfQueue::Cost) => format!("cost.queues.{queue}.cost"),
            Self::Queue(queue, OfQueue::CostPerContact) => {
                format!("cost.queues.{queue}.per_contact")
            }
        }
    }

    /// What it is called in tables.
    pub fn title(&self) -> String {
        let whole = match self {
            Self::Cost => "cost",
            Self::CostPerContact => "cost a contact",
            Self::CostPerResolution => "cost a resolution",
            Self::InTime => "in time",
            Self::Served => "contacts served",
            Self::Lost => "contacts lost",
            Self::LostShare => "contacts lost, of wanted",
            Self::Resolved => "issues resolved",
            Self::Gone => "issues lost",
            Self::ValueLost => "value lost",
            Self::NetCost => "cost + value lost − revenue",
            Self::Queue(queue, of) => {
                let of = match of {
                    OfQueue::ServiceLevel => "service level",
                    OfQueue::Abandonment => "abandonment",
                    OfQueue::Asa => "ASA",
                    OfQueue::Cost => "cost",
                    OfQueue::CostPerContact => "cost a contact",
                };
                return format!("{queue}: {of}");
            }
        };
        whole.to_owned()
    }

    /// How it is read.
    pub fn kind(&self) -> Kind {
        match self {
            Self::Cost
            | Self::CostPerContact
            | Self::CostPerResolution
            | Self::ValueLost
            | Self::NetCost
            | Self::Queue(_, OfQueue::Cost | OfQueue::CostPerContact) => Kind::Money,
            Self::InTime
            | Self::LostShare
            | Self::Queue(_, OfQueue::ServiceLevel | OfQueue::Abandonment) => Kind::Share,
            Self::Served | Self::Lost | Self::Resolved | Self::Gone => Kind::Count,
            Self::Queue(_, OfQueue::Asa) => Kind::Time,
        }
    }

    /// Whether it is a share answered in time.
    pub fn is_service_level(&self) -> bool {
        matches!(self, Self::InTime | Self::Queue(_, OfQueue::ServiceLevel))
    }
}

impl Serialize for Measure {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.name())
    }
}

impl OfQueue {
    /// All of them, in the order in which they are told.
    pub const ALL: [Self; 5] = [
        Self::ServiceLevel,
        Self::Abandonment,
        Self::Asa,
        Self::Cost,
        Self::CostPerContact,
    ];
}
