//! What a person chooses by one of a few words.

use schemars::json_schema;

use super::defaults::{CHANNELS, Channel};
use super::model::{AgentChoice, Definition, Over, Policy};
use super::read::{Read, Reader};
use super::scalar::word;
use super::schema::schemas;
use super::tree::Node;

/// A channel by its name.
pub(crate) type ChannelName = Channel;

impl Read for Channel {
    fn read(node: &Node, reader: &mut Reader) -> Option<Self> {
        word(
            node,
            "a channel",
            &CHANNELS.map(|channel| (channel.name, channel)),
            reader,
        )
    }
}

impl Read for Definition {
    fn read(node: &Node, reader: &mut Reader) -> Option<Self> {
        let words = Self::ALL.map(|definition| (definition.name(), definition));
        word(node, "a definition of service level", &words, reader)
    }
}

impl Read for Policy {
    fn read(node: &Node, reader: &mut Reader) -> Option<Self> {
        let words = Self::ALL.map(|policy| (policy.name(), policy));
        word(node, "a policy", &words, reader)
    }
}

impl Read for Over {
    fn read(node: &Node, reader: &mut Reader) -> Option<Self> {
        let words = Self::ALL.map(|over| (over.name(), over));
        word(node, "what a target must hold over", &words, reader)
    }
}

impl Read for AgentChoice {
    fn read(node: &Node, reader: &mut Reader) -> Option<Self> {
        let words = Self::ALL.map(|choice| (choice.name(), choice));
        word(node, "a choice of agents", &words, reader)
    }
}

/// Which time counts for a target.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Clock {
    Calendar,
    OpenHours,
}

const CLOCKS: [(&str, Clock); 2] = [
    ("calendar", Clock::Calendar),
    ("open_hours", Clock::OpenHours),
];

impl Read for Clock {
    fn read(node: &Node, reader: &mut Reader) -> Option<Self> {
        word(node, "a clock", &CLOCKS, reader)
    }
}

schemas! {
    Channel, "Channel", json_schema!({ "enum": CHANNELS.map(|channel| channel.name) });
    Definition, "Definition", json_schema!({ "enum": Self::ALL.map(Self::name) });
    Policy, "Policy", json_schema!({ "enum": Self::ALL.map(Self::name) });
    AgentChoice, "AgentChoice", json_schema!({ "enum": Self::ALL.map(Self::name) });
    Over, "Over", json_schema!({ "enum": Self::ALL.map(Self::name) });
    Clock, "Clock", json_schema!({ "enum": CLOCKS.map(|(name, _)| name) });
}
