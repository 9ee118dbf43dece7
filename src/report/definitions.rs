//! What the words of a report mean, for readers who have no other page beside them.

/// A word and its meaning, in the order in which a reader meets them.
pub(super) const DEFINITIONS: [(&str, &str); 26] = [
    (
        "mix (variant)",
        "one way to run the centre: the file as written is the base, each other mix changes it by what its name stands for",
    ),
    ("contact", "one call, chat, message, e-mail or post"),
    (
        "offered",
        "contacts that came; with those open at the start they are answered, abandoned, blocked, ended at a bot, or open at the end",
    ),
    ("abandoned", "left before being answered"),
    (
        "blocked",
        "came while a queue that cannot wait was closed, or found no free line",
    ),
    (
        "deferred queue (†)",
        "its contacts may wait over night and are timed to the reply: e-mail and social by default",
    ),
    (
        "wait",
        "from arrival to the start of handling or to giving up, of all answered or abandoned, zeros included",
    ),
    (
        "response",
        "of a deferred queue: from arrival to the reply, of the answered",
    ),
    ("ASA", "average speed of answer: mean wait of the answered"),
    ("p90", "nine in ten lie below, one in ten above"),
    (
        "service level",
        "share of contacts answered within the time promised, by the definition that the promise names; by default answered in time / (answered + abandoned after the threshold)",
    ),
    (
        "met, missed, undecided",
        "a promise is met or missed where the whole confidence interval says so; undecided where more replications are needed to tell",
    ),
    (
        "days met",
        "share of the days on which a service level was met",
    ),
    ("abandonment", "abandoned / (answered + abandoned)"),
    (
        "customers lost",
        "where issues are followed, issues that their customer gave up, and their share of the issues that ended; else contacts that were wanted and neither answered nor settled by a bot (abandoned, blocked, or without a queue that would take them), and their share of those wanted; a removed channel's customers who go nowhere else are among them",
    ),
    (
        "customers moved",
        "sent to another channel than their own, whatever became of them there",
    ),
    (
        "backlog",
        "contacts waiting and in hand at an interval's end; its age: how long they have been there",
    ),
    (
        "paid hours",
        "hours of all heads before shrinkage and absence, less unpaid breaks, and overtime",
    ),
    (
        "staffed hours",
        "hours present: neither away nor in what shrinkage takes",
    ),
    (
        "occupancy",
        "share of the time on duty, overtime included, with at least one contact open",
    ),
    ("utilisation", "busy hours / paid hours"),
    ("concurrency", "contacts open at a busy agent, on average"),
    ("FTE", "paid hours a week / 40"),
    (
        "cost of a queue",
        "its share of what is paid, by the time that agents spent on it; idle time is shared in the same proportion, so that queues add up to the total",
    ),
    ("cost per contact", "cost / contacts answered"),
    (
        "95 % confidence interval",
        "the range, written ± or in brackets, that holds the true mean of the model with 95 % confidence; over replications, by Student's t. It tells how sure the simulation is, not whether the assumptions are right",
    ),
];
