//! What contacts lead to: retries, resolution, threads, transfers, bots, callbacks.

use super::base::{Case, assert_faults};

/// Where a line of the queue `phone` is put.
const LINE: &str = "groups = [\"voice\"]";

const JOURNEYS: &[Case] = &[
    (
        LINE,
        "groups = [\"voice\"]\nreplies = { mean = 1, delay = \"1h\", same_agent = \"0s\" }",
        "18:50 queues.phone.replies.same_agent",
        &["a duration above zero"],
    ),
    (
        LINE,
        "groups = [\"voice\"]\nturns = { mean = 0.5, thinking = \"40s\" }",
        "18:18 queues.phone.turns.mean",
        &["a number of turns from 1 to 10000"],
    ),
    (
        LINE,
        "groups = [\"voice\"]\nturns = { mean = 5 }",
        "18:9 queues.phone.turns.thinking",
        &["missing key `thinking`"],
    ),
    (
        LINE,
        "groups = [\"voice\"]\nsilent = { share = 0.5, noticed = \"1m\" }\nturns = { mean = 5, thinking = \"40s\" }",
        "19:9 queues.phone.turns",
        &["a chat in turns goes without silent"],
    ),
    (
        "shrinkage = 0.1",
        "shrinkage = 0.1\n[queues.chat]\nchannel = \"chat\"\narrivals = { per_hour = 1 }\nhandle_time = \"4m\"\n\
         turns = { mean = 5, thinking = \"40s\" }\n[groups.chat]\nskills = [\"chat\", \"phone\"]\nstaff = 1\nat_once = { chat = 2, phone = 2 }",
        "38:11 groups.chat.at_once",
        &[
            "no contact of `phone` open beside a chat of `chat`",
            "leave out `phone`, or give it turns too",
        ],
    ),
    (
        LINE,
        "groups = [\"voice\"]\nretry = { chance = 0.5, delay = \"5m\", patiense = 0.5 }",
        "18:39 queues.phone.retry.patiense",
        &["unknown key `patiense`", "did you mean `patience`?"],
    ),
    (
        LINE,
        "groups = [\"voice\"]\nretry = { chance = 1.5, delay = \"5m\" }",
        "18:20 queues.phone.retry.chance",
        &["a share from 0 to 1"],
    ),
    (
        LINE,
        "groups = [\"voice\"]\nretry = { chance = 0.5, delay = \"5m\", to = \"emial\" }",
        "18:44 queues.phone.retry.to",
        &["there is no queue \"emial\"", "did you mean `email`?"],
    ),
    (
        LINE,
        "groups = [\"voice\"]\nretry = { chance = 0.5, delay = \"5m\", to = { email = 0.7, phone = 0.7 } }",
        "18:44 queues.phone.retry.to",
        &["sum to 1 at most, found a sum of 1.4"],
    ),
    (
        LINE,
        "groups = [\"voice\"]\nretry = { chance = 0.5, delay = \"never\" }",
        "18:33 queues.phone.retry.delay",
        &["found \"never\""],
    ),
    (
        LINE,
        "groups = [\"voice\"]\nresolution = \"most\"",
        "18:14 queues.phone.resolution",
        &["a share from 0 to 1"],
    ),
    (
        LINE,
        "groups = [\"voice\"]\nresolution = { share = 0.8, groups = { voices = 0.9 } }",
        "18:40 queues.phone.resolution.groups.voices",
        &["`voices` is no group", "did you mean `voice`?"],
    ),
    (
        LINE,
        "groups = [\"voice\"]\nreplies = { mean = 0, delay = \"1h\" }",
        "18:20 queues.phone.replies.mean",
        &["a number above zero"],
    ),
    (
        LINE,
        "groups = [\"voice\"]\ntransfer = { share = 0.1, to = \"phone\" }",
        "18:32 queues.phone.transfer.to",
        &["another queue than its own"],
    ),
    (
        LINE,
        "groups = [\"voice\"]\ncallback = { accept = 0.5 }",
        "18:12 queues.phone.callback",
        &["exactly one of when_expecting and when_waiting"],
    ),
    (
        LINE,
        "groups = [\"voice\"]\ncallback = { when_waiting = \"1m\", accept = 0.5, reached = 0 }",
        "18:59 queues.phone.callback.reached",
        &["a share above 0"],
    ),
    (
        LINE,
        "groups = [\"voice\"]\nannounce = { leave = 2 }",
        "18:22 queues.phone.announce.leave",
        &["a share from 0 to 1"],
    ),
    (
        LINE,
        "groups = [\"voice\"]\npublic = { share = 0.5, deflects = { share = 0.2, lasts = \"1h\", queues = [\"mail\"] } }",
        "18:75 queues.phone.public.deflects.queues[1]",
        &["there is no queue \"mail\"", "did you mean `email`?"],
    ),
    (
        LINE,
        "groups = [\"voice\"]\ntriage = { share = 0.5 }",
        "18:10 queues.phone.triage.time",
        &["missing key `time`"],
    ),
    (
        LINE,
        "groups = [\"voice\"]\nsilent = { share = 0.3, noticed = \"0s\" }",
        "18:35 queues.phone.silent.noticed",
        &["above zero"],
    ),
];

/// Where a table is put before the variants.
const END: &str = "shrinkage = 0.1";

const BOTS: &[Case] = &[
    (
        END,
        "shrinkage = 0.1\n[bots.b]\nqueues = [\"fone\"]\nsession = \"1m\"",
        "31:11 bots.b.queues[1]",
        &["there is no queue \"fone\"", "did you mean `phone`?"],
    ),
    (
        END,
        "shrinkage = 0.1\n[bots.b]\nqueues = [\"phone\"]\nsession = \"1m\"\nresolved = 0.7\nunresolved = 0.4",
        "30:7 bots.b",
        &["sum to 1 at most", "found a sum of 1.1"],
    ),
    (
        END,
        "shrinkage = 0.1\n[bots.b]\nqueues = [\"phone\"]\nsession = \"1m\"\n[bots.c]\nqueues = [\"phone\"]\nsession = \"1m\"",
        "34:11 bots.c.queues[1]",
        &["the queue \"phone\" has a bot already"],
    ),
    (
        END,
        "shrinkage = 0.1\n[bots.b]\nqueues = [\"phone\"]",
        "30:1 bots.b.session",
        &["missing key `session`"],
    ),
    (
        END,
        "shrinkage = 0.1\n[bots.b]\nqueues = [\"phone\"]\nsession = \"1m\"\nclosed = \"mail\"",
        "33:10 bots.b.closed",
        &["there is no queue \"mail\"", "did you mean `email`?"],
    ),
    (
        END,
        "shrinkage = 0.1\n[issues]\nwindow = 7",
        "31:10 issues.window",
        &["a duration"],
    ),
    (
        "set = { \"groups.voice.staff\" = 5 }",
        "set = { \"issues.window\" = \"1d\" }",
        "32:9 variants[1].set.issues.window",
        &["the same for all variants"],
    ),
    (
        "remove = [\"queues.phone\"]",
        "remove = [\"bots.helper\"]",
        "35:11 variants[2].remove[1]",
        &["there is no \"bots.helper\" to remove"],
    ),
];

#[test]
fn journeys_are_checked() {
    assert_faults(JOURNEYS);
}

#[test]
fn bots_are_checked() {
    assert_faults(BOTS);
}
