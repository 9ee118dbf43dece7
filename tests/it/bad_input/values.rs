//! Keys, types, quantities, shares, days and sizes.

use super::base::{Case, assert_faults};

const KEYS_AND_TYPES: &[Case] = &[
    (
        "patience =",
        "patiance =",
        "15:1 queues.phone.patiance",
        &["unknown key `patiance`", "did you mean `patience`?"],
    ),
    (
        "handle_time = \"7m\"\n",
        "",
        "18:1 queues.email.handle_time",
        &["missing key `handle_time`"],
    ),
    (
        "name = \"Small\"\n",
        "",
        "1:1 name",
        &["missing key `name`"],
    ),
    (
        "\"Small\"",
        "5",
        "1:8 name",
        &["expected a text, found the number 5"],
    ),
    (
        "currency = \"EUR\"",
        "currency = \"euro\"",
        "2:12 currency",
        &["three capitals", "euro"],
    ),
    (
        "groups = [\"voice\"]",
        "groups = 3",
        "17:10 queues.phone.groups",
        &["expected a list of groups or \"most_specialised\", found the number 3"],
    ),
    (
        "channel = \"phone\"",
        "channel = \"phon\"",
        "11:11 queues.phone.channel",
        &["expected a channel", "did you mean `phone`?"],
    ),
    (
        "[run]\nreplications = 20",
        "run = 3",
        "8:1 horizon.run",
        &["unknown key `run`"],
    ),
    (
        "dist = \"lognormal\"",
        "dist = \"log-normal\"",
        "14:24 queues.phone.handle_time.dist",
        &["did you mean `lognormal`?"],
    ),
    (
        "\"lognormal\", mean = \"4m\", cv = 1.1",
        "\"erlang\", mean = \"4m\"",
        "14:15 queues.phone.handle_time.stages",
        &["missing key `stages`"],
    ),
    (
        "\"lognormal\", mean = \"4m\", cv",
        "\"weibull\", mean = \"4m\", shape",
        "14:15 queues.phone.handle_time",
        &["either mean and cv or shape and scale"],
    ),
    (
        "per_interval = [0, 9, 9, 0]",
        "per_hour = 3, file = \"d.csv\"",
        "13:12 queues.phone.arrivals",
        &["exactly one of per_hour"],
    ),
    (
        "replications = 20",
        "replications = 20\nprecision = 0.1",
        "10:13 run.precision",
        &["found both"],
    ),
];

#[test]
fn keys_and_types_are_checked() {
    assert_faults(KEYS_AND_TYPES);
}

const QUANTITIES_AND_SHARES: &[Case] = &[
    (
        "mean = \"4m\"",
        "mean = 240",
        "14:44 queues.phone.handle_time.mean",
        &[
            "such as \"20s\"",
            "found the number 240",
            "a unit is missing",
        ],
    ),
    (
        "\"20s\"",
        "\"20\"",
        "16:34 queues.phone.target.within",
        &["the number 20 has no unit"],
    ),
    (
        "\"20s\"",
        "\"20min\"",
        "16:34 queues.phone.target.within",
        &["unknown unit `min`", "did you mean `m`?"],
    ),
    (
        "mean = \"4m\"",
        "mean = \"0s\"",
        "14:44 queues.phone.handle_time.mean",
        &["above zero"],
    ),
    (
        "mean = \"4m\"",
        "mean = \"-4m\"",
        "14:44 queues.phone.handle_time.mean",
        &["cannot be negative"],
    ),
    (
        "handle_time = \"7m\"",
        "handle_time = \"0s\"",
        "21:15 queues.email.handle_time",
        &["above zero"],
    ),
    (
        "handle_time = \"7m\"",
        "handle_time = \"never\"",
        "21:15 queues.email.handle_time",
        &["only patience"],
    ),
    (
        "cv = 1.1",
        "cv = 0",
        "14:55 queues.phone.handle_time.cv",
        &["a cv from 0.000001 to 100", "found the number 0"],
    ),
    (
        "cv = 1.1",
        "cv = 101",
        "14:55 queues.phone.handle_time.cv",
        &["a cv from 0.000001 to 100"],
    ),
    (
        "cv = 1.1",
        "cv = nan",
        "14:55 queues.phone.handle_time.cv",
        &["NaN"],
    ),
    (
        "wage = 19.5",
        "wage = inf",
        "28:8 groups.voice.wage",
        &["found the number inf"],
    ),
    (
        "wage = 19.5",
        "wage = -1",
        "28:8 groups.voice.wage",
        &["a wage from 0"],
    ),
    (
        "days = 3",
        "days = 99999999999999999999",
        "5:8 horizon.days",
        &["99999999999999999999"],
    ),
    (
        "share = 0.8",
        "share = 1.5",
        "16:20 queues.phone.target.share",
        &["a share from 0 to 1"],
    ),
    (
        "share = 0.8, ",
        "",
        "16:10 queues.phone.target",
        &["missing key `share`"],
    ),
    (
        "shrinkage = 0.1",
        "shrinkage = 1",
        "29:13 groups.voice.shrinkage",
        &["from 0 to below 1"],
    ),
    (
        "fades = \"3h\"",
        "fades = \"0h\"",
        "22:42 queues.email.spread.fades",
        &["above zero"],
    ),
];

#[test]
fn quantities_and_shares_are_checked() {
    assert_faults(QUANTITIES_AND_SHARES);
}

const DAYS_HOURS_AND_SIZES: &[Case] = &[
    (
        "days = 3",
        "days = 0",
        "5:8 horizon.days",
        &["a whole number from 1 to 3660"],
    ),
    (
        "days = 3",
        "days = 3661",
        "5:8 horizon.days",
        &["a whole number from 1 to 3660"],
    ),
    (
        "replications = 20",
        "replications = 0",
        "9:16 run.replications",
        &["from 1 to 1000000"],
    ),
    (
        "replications = 20",
        "replications = 1000001",
        "9:16 run.replications",
        &["from 1 to 1000000"],
    ),
    (
        "interval = \"6h\"",
        "interval = \"7h\"",
        "7:12 horizon.interval",
        &["divides a day"],
    ),
    (
        "interval = \"6h\"",
        "interval = \"500ms\"",
        "7:12 horizon.interval",
        &["whole seconds"],
    ),
    (
        "Europe/Berlin",
        "Europe/Berlim",
        "6:13 horizon.time_zone",
        &["unknown time zone", "did you mean \"Europe/Berlin\"?"],
    ),
    (
        "2026-10-24",
        "2026-02-30",
        "4:9 horizon.start",
        &["the date 2026-02-30 does not exist"],
    ),
    (
        "2026-10-24",
        "24.10.2026",
        "4:9 horizon.start",
        &["a date such as"],
    ),
    (
        "\"09:00-13:00\"",
        "\"13:00-09:00\"",
        "12:41 queues.phone.open.sat",
        &["end before they begin", "13:00-33:00"],
    ),
    (
        "\"09:00-13:00\"",
        "\"9-13\"",
        "12:41 queues.phone.open.sat",
        &["no time of day"],
    ),
    (
        "sat = ",
        "wed = ",
        "12:35 queues.phone.open.wed",
        &["`wed` is given twice"],
    ),
    (
        "sat = ",
        "sta = ",
        "12:35 queues.phone.open.sta",
        &["expected weekdays", "did you mean `sat`?"],
    ),
    (
        "[1, 2, 2, 1]",
        "[1, 2, 2]",
        "25:9 groups.voice.staff",
        &["expected 4 numbers", "found 3"],
    ),
    (
        "[1, 2, 2, 1]",
        "[1, 2.5, 2, 1]",
        "25:13 groups.voice.staff[2]",
        &["a whole number", "2.5"],
    ),
    (
        "[1, 2, 2, 1]",
        "100001",
        "25:9 groups.voice.staff",
        &["from 0 to 100000"],
    ),
    (
        "[1, 2, 2, 1]",
        "{ mon-fri = 3, sat = 1 }",
        "25:9 groups.voice.staff",
        &["days without staff: sun", "sun = 0"],
    ),
    (
        "[0, 9, 9, 0]",
        "[0, 9]",
        "13:29 queues.phone.arrivals.per_interval",
        &["expected 4 numbers for a day or 28 for a week, found 2"],
    ),
    (
        "[0, 9, 9, 0]",
        "[0, 9, -9, 0]",
        "13:36 queues.phone.arrivals.per_interval[3]",
        &["zero or above", "-9"],
    ),
];

#[test]
fn days_hours_and_sizes_are_checked() {
    assert_faults(DAYS_HOURS_AND_SIZES);
}
