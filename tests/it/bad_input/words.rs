//! Messages that say what is wrong in the words of the one who wrote it.

use channelmix::scenario::Scenario;

use super::base::{BASE, Case, DATA, assert_faults, check};

const TEXTS_AND_NUMBERS: &[Case] = &[
    (
        "\"Small\"",
        "\"\"",
        "1:8 name",
        &["a text of at least one character"],
    ),
    (
        "\"Small\"",
        "\"a\\u0007b\"",
        "1:8 name",
        &["1 to 100 characters and no control characters"],
    ),
    (
        "name = \"more\"",
        "name = \"mo\\nre\"",
        "31:8 variants[1].name",
        &["1 to 100 characters and no control characters"],
    ),
    (
        "mean = \"4m\"",
        "mean = \"3m 3m\"",
        "14:44 queues.phone.handle_time.mean",
        &["units go from large to small, each once"],
    ),
    (
        "cv = 1.1",
        "cv = 1e-300",
        "14:55 queues.phone.handle_time.cv",
        &["a cv from 0.000001 to 100, found the number 1e-300\n"],
    ),
    (
        "wage = 19.5",
        "wage = 1e300",
        "28:8 groups.voice.wage",
        &["found the number 1e300\n"],
    ),
    (
        "replications = 20",
        "seed = -1",
        "9:8 run.seed",
        &["a whole number from 0 to 18446744073709551615"],
    ),
    (
        "replications = 20",
        "seed = 18446744073709551616",
        "9:8 run.seed",
        &["a whole number from 0 to 18446744073709551615"],
    ),
    (
        "2026-10-24",
        "9999-12-31",
        "4:9 horizon.start",
        &["the horizon must end by 9999-12-30, found 3 days from 9999-12-31"],
    ),
    (
        "days = 3",
        "days = 1\nwarm_up = \"2d\"",
        "6:11 horizon.warm_up",
        &["shorter than the horizon, 1 day\n"],
    ),
];

const DISTRIBUTIONS: &[Case] = &[
    (
        "{ dist = \"exponential\", mean = \"2m\" }",
        "\"Never\"",
        "15:12 queues.phone.patience",
        &["or \"never\", found", "did you mean `never`?"],
    ),
    (
        "{ dist = \"exponential\", mean = \"2m\" }",
        "{ dist = \"mixture\", parts = [{ share = 1, of = \"never\" }] }",
        "15:59 queues.phone.patience.parts[1].of",
        &["found \"never\", which no part of a mixture can be"],
    ),
    (
        "handle_time = \"7m\"",
        "handle_time = { dist = \"mixture\", parts = [] }",
        "21:43 queues.email.handle_time.parts",
        &["at least one part"],
    ),
    (
        "handle_time = \"7m\"",
        "handle_time = { dist = \"hyperexponential\", means = [], shares = [] }",
        "21:52 queues.email.handle_time.means",
        &["at least one mean"],
    ),
    (
        "handle_time = \"7m\"",
        "handle_time = { dist = \"uniform\", min = \"5m\", max = \"90s\" }",
        "21:15 queues.email.handle_time",
        &["found min 5m and max 1m 30s"],
    ),
    (
        "handle_time = \"7m\"",
        "handle_time = { dist = \"triangular\", min = \"1m\", mode = \"5m\", max = \"4m\" }",
        "21:15 queues.email.handle_time",
        &["found 5m outside 1m to 4m"],
    ),
    (
        "handle_time = \"7m\"",
        "handle_time = { dist = \"weibull\", shape = 1e-300, scale = \"1m\" }",
        "21:15 queues.email.handle_time",
        &["expected a cv from 0.000001 to 100, found one of 1.79"],
    ),
];

#[test]
fn texts_and_numbers_are_named_in_few_digits() {
    assert_faults(TEXTS_AND_NUMBERS);
}

#[test]
fn distributions_are_named_with_their_units() {
    assert_faults(DISTRIBUTIONS);
}

#[test]
fn a_seed_may_have_64_bits_and_a_name_100_characters() {
    let seed = BASE.replace("replications = 20", "seed = 18446744073709551615");
    let load = |_: &str| Ok(DATA.as_bytes().to_vec());
    let compiled = Scenario::parse(&seed, "a.toml", load)
        .and_then(|scenario| scenario.compile())
        .expect("sound");
    assert_eq!(compiled.seed, u64::MAX);
    check(&BASE.replace("Small", &"é".repeat(100)), DATA).expect("100 characters");
    let long = check(&BASE.replace("Small", &"é".repeat(101)), DATA).expect_err("101");
    assert!(long.to_string().contains("1 to 100 characters"), "{long}");
}

#[test]
fn a_key_of_too_many_parts_has_a_place() {
    for line in [
        format!("[{}]", vec!["a"; 20_000].join(".")),
        format!("{} = 1", vec!["a"; 20_000].join(".")),
    ] {
        let text = format!("name = \"x\"\n{line}\n");
        let shown = check(&text, DATA).expect_err("too deep").to_string();
        assert!(shown.contains("a.toml:2:1"), "{}", &shown[..200]);
        assert!(shown.contains("a key has too many dotted parts"));
    }
}
