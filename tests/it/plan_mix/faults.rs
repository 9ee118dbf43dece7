//! What [plan.mix] refuses, with its place, when the file is checked and when its combinations are made.

use channelmix::scenario::{Problems, Scenario};

const FILE: &str = r#"name = "A desk"
currency = "EUR"
[horizon]
start = "2026-09-07"
days = 1
[queues.phone]
channel = "phone"
arrivals = { per_hour = 12 }
handle_time = "5m"
[queues.chat]
channel = "chat"
arrivals = { per_hour = 12 }
handle_time = "5m"
[groups.voice]
skills = ["phone", "chat"]
staff = 3
wage = 18
at_once = { chat = 2 }
pace = [1.0, 0.8]
[[variants]]
name = "no chat"
remove = ["queues.chat"]
[plan.mix]
"#;

fn scenario(mix: &str) -> Scenario {
    let text = format!("{FILE}{mix}\n");
    Scenario::parse(&text, "desk.toml", |_| Err("no data".to_owned())).expect("it is TOML")
}

fn assert_told(problems: &Problems, place: &str, told: &str) {
    let text = problems.to_string();
    assert!(
        text.contains(&format!("desk.toml:{place}")),
        "{place}: {text}"
    );
    assert!(text.contains(told), "{told}: {text}");
}

#[test]
#[expect(clippy::too_many_lines, reason = "a list of faults")]
fn what_cannot_be_meant_is_refused_when_the_file_is_checked() {
    for (mix, place, told) in [
        ("budget = 0", "24:10", "expected a number above zero"),
        ("budget = \"2000\"", "24:10", "expected a number above zero"),
        (
            "aim = \"profit\"",
            "24:7",
            "expected an aim, found the text \"profit\"",
        ),
        ("buget = 3", "24:1", "did you mean `budget`?"),
        ("drop = { phon = {} }", "24:10", "`phon` is no queue"),
        (
            "drop = { phone = { chat = 1.5 } }",
            "24:27",
            "expected a share above 0 and at most 1",
        ),
        (
            "drop = { phone = { chat = 0.7, phone = 0.2 } }",
            "24:32",
            "customers cannot go to the queue that is dropped",
        ),
        (
            "open = { mail = [\"always\"] }",
            "24:10",
            "`mail` is no queue",
        ),
        (
            "open = { chat = [] }",
            "24:17",
            "expected at least one value",
        ),
        ("open = { chat = 3 }", "24:17", "expected a list of values"),
        (
            "heads = { voce = { max = 3 } }",
            "24:11",
            "did you mean `voice`?",
        ),
        (
            "heads = { voice = { min = 5, max = 3 } }",
            "24:27",
            "expected at most as many as max, 3, found 5",
        ),
        (
            "vary = { \"groups.voice.staff\" = \"2..4\" }",
            "24:10",
            "heads are chosen anyway",
        ),
        (
            "vary = { wage = \"2..4\" }",
            "24:10",
            "expected the path of a value in quotes",
        ),
        (
            "vary = { \"groups.voice.wage\" = \"30..10:2\" }",
            "24:32",
            "the range is reversed",
        ),
        (
            "vary = { \"queues.chat.open\" = [\"always\"] }\nopen = { chat = [\"09:00-17:00\"] }",
            "24:10",
            "are one and the same, or one holds the other",
        ),
    ] {
        let problems = scenario(mix).compile().map(|_| ()).expect_err(mix);
        assert_told(&problems, place, told);
    }
}

#[test]
fn what_a_combination_refuses_is_told_with_its_place_in_the_plan() {
    for (mix, place, told) in [
        (
            "drop = { phone = { chat = 0.7, mail = 0.2 } }",
            "24:32",
            "customers cannot move to `mail`, which is no queue",
        ),
        ("open = { chat = [\"9 to 5\"] }", "24:10", "9 to 5"),
        (
            "vary = { \"groups.voice.at_once.chat\" = \"2..3\" }",
            "19:8",
            "pace",
        ),
        (
            "vary = { \"groups.voice.wages\" = \"17,18\" }",
            "24:10",
            "unknown key `wages`",
        ),
        (
            "vary = { \"queues.phone.priority\" = \"1..40\", \"queues.chat.priority\" = \"1..40\" }",
            "23:1",
            "1600 combinations, 400 are possible",
        ),
    ] {
        let scenario = scenario(mix);
        scenario
            .compile()
            .unwrap_or_else(|problems| panic!("{mix}: {problems}"));
        let problems = scenario.mixes(None).map(|_| ()).expect_err(mix);
        assert_told(&problems, place, told);
    }
    let problems = scenario("")
        .mixes(Some("no chatt"))
        .expect_err("no variant");
    assert!(
        problems
            .to_string()
            .contains("no variant is named \"no chatt\"")
    );
    assert!(problems.to_string().contains("did you mean `no chat`?"));
}

#[test]
fn combinations_leave_out_what_makes_no_sense() {
    let mix = "drop = { phone = { chat = 0.5 }, chat = { phone = 0.5 } }\n\
               open = { chat = [\"09:00-17:00\"] }";
    let space = scenario(mix).mixes(None).expect("it is sound");
    // Both with two hours of chat, no phone with two hours, no chat with none to choose; never neither.
    assert_eq!(space.setups.len(), 5);
    assert_eq!(space.compiled.variants.len(), 6);
    let space = scenario(mix).mixes(Some("no chat")).expect("it is sound");
    assert_eq!(space.ground().name, "no chat");
    // What the variant has taken away cannot be chosen, and dropping the phone would leave no queue.
    assert_eq!(space.setups.len(), 1);
    assert_eq!(space.warnings.len(), 2);
}

#[test]
fn a_plan_is_the_same_for_all_variants() {
    let text = FILE.replace(
        "remove = [",
        "set = { \"plan.mix.budget\" = 3 }\nremove = [",
    );
    let scenario = Scenario::parse(&text, "desk.toml", |_| Err("no data".to_owned()));
    let problems = scenario
        .and_then(|scenario| scenario.compile())
        .expect_err("refused");
    assert!(
        problems
            .to_string()
            .contains("`plan` is the same for all variants")
    );
}
