//! What is wrong with a map or a log is told with its place.

use channelmix::scenario::log::{Log, LogMap, Window};

use super::centre::MAP;

fn map_faults(text: &str) -> String {
    LogMap::parse(text, "map.toml")
        .expect_err("a fault")
        .to_string()
}

fn log_faults(text: &str, window: &Window) -> String {
    let map = LogMap::parse(MAP, "map.toml").expect("a sound map");
    Log::parse(text, "log.csv", &map, window)
        .expect_err("a fault")
        .to_string()
}

const HEADER: &str = "arrived,queue,agent,wait_s,talk_s,left_after_s\n";

#[test]
fn all_faults_of_a_map_are_told_with_line_column_and_the_likely_word() {
    let told = map_faults(
        "interval = \"40m\"\ntime_zone = \"Europe/Berlen\"\n[columns]\narrived = \"a\"\nanswerd = \"b\"\n\
         ended = { seconds = \"c\", after = \"anserd\" }\nagent = 3\n[duty]\ngap = 15\n",
    );
    for expected in [
        "map.toml:1:12",
        "a log's interval divides an hour into whole seconds",
        "map.toml:2:13",
        "did you mean \"Europe/Berlin\"?",
        "map.toml:5:1",
        "unknown key `answerd`",
        "did you mean `answered`?",
        "missing key `answered`: When an agent answered",
        "map.toml:6:34",
        "expected a time of the contact, found the text \"anserd\"",
        "map.toml:7:9",
        "expected a text, found the number 3",
        "map.toml:9:7",
        "a unit is missing",
    ] {
        assert!(told.contains(expected), "{expected} is missing in\n{told}");
    }
    assert!(map_faults("").contains("the file is empty: a map has [columns]"));
    assert!(
        map_faults("name = \"x\"\n").contains("missing key `columns`: Which column holds what.")
    );
}

#[test]
fn a_time_is_told_in_one_way_and_counts_from_one_before_it() {
    let map = |arrived: &str, ended: &str| {
        format!(
            "[columns]\narrived = {arrived}\nanswered = \"b\"\nended = {ended}\nagent = \"x\"\n"
        )
    };
    let told = map_faults(&map(
        "\"a\"",
        "{ column = \"c\", seconds = \"d\", after = \"arrived\" }",
    ));
    assert!(
        told.contains("map.toml:4:9")
            && told.contains("expected { column }, { date, time }, or { seconds, after }")
    );
    let told = map_faults(&map("\"a\"", "{ seconds = \"c\", after = \"ended\" }"));
    assert!(
        told.contains("expected a time before it: `arrived`, `answered`"),
        "{told}"
    );
    let told = map_faults(&map("{ seconds = \"c\", after = \"arrived\" }", "\"c\""));
    assert!(told.contains("the first time counts from none"), "{told}");
    let told = map_faults(&format!("interval = \"2h\"\n{}", map("\"a\"", "\"c\"")));
    assert!(
        told.contains("a log's interval divides an hour into whole seconds"),
        "{told}"
    );
}

#[test]
fn a_cell_that_does_not_fit_is_told_with_file_line_and_column() {
    let all = Window::default();
    let told = log_faults(
        &format!(
            "{HEADER}2026-03-02 08:00:00,a,x,5,60,\nyesterday,a,x,5,60,\n2026-03-02 08:00:00,a,x,soon,60,\n1,2\n"
        ),
        &all,
    );
    assert_eq!(
        told,
        "log.csv: line 3, column `arrived`: expected a time such as \"2014-03-01 08:00:00\", or as the map's format says, found \"yesterday\"\n\
         log.csv: line 4, column `wait_s`: expected seconds or h:m:s, found \"soon\"\n\
         log.csv: line 5 has 2 cells, the header has 6"
    );
    let told = log_faults("arrived,queue,agent,waits_s,talk_s,left_after_s\n", &all);
    assert_eq!(
        told,
        "log.csv: no column `wait_s` in the header; did you mean `waits_s`?"
    );
    assert_eq!(log_faults(HEADER, &all), "no row of the log is a contact");
}

#[test]
fn days_without_contacts_are_refused() {
    let rows = format!("{HEADER}2026-03-02 08:00:00,a,x,5,60,\n");
    let window = |from: &str, days| Window {
        from: Some(from.to_owned()),
        days,
    };
    assert_eq!(
        log_faults(&rows, &window("March", None)),
        "expected a date such as 2014-03-01, found \"March\""
    );
    assert!(log_faults(&rows, &window("2026-04-01", None)).contains("no day from 2026-04-01 on"));
    assert_eq!(
        log_faults(&rows, &window("2026-03-03", Some(2))),
        "no contact arrived from 2026-03-03 to 2026-03-04"
    );
}

#[test]
fn rows_that_are_no_contacts_are_counted_by_why() {
    let map = LogMap::parse(
        "[columns]\nblank = \"NULL\"\narrived = { date = \"day\", time = \"from\", format = \"%d.%m.%Y %H:%M:%S\" }\n\
         answered = { date = \"day\", time = \"answer\", format = \"%d.%m.%Y %H:%M:%S\" }\n\
         ended = { date = \"day\", time = \"to\", format = \"%d.%m.%Y %H:%M:%S\" }\nagent = \"agent\"\nqueue = [\"kind\", \"rank\"]\n\
         [outcome]\ncolumn = \"outcome\"\nanswered = [\"A\", \"B\"]\nleft_out = \"TEST\"\n\
         [queues]\n\"a 1\" = { name = \"first\", priority = 0 }\n\"a 2\" = { left_out = true }\n",
        "map.toml",
    )
    .unwrap_or_else(|problems| panic!("{problems}"));
    let text = "day,from,answer,to,agent,kind,rank,outcome\n\
                02.03.2026,08:00:00,08:00:10,08:05:00,x,a,1,A\n\
                02.03.2026,08:01:00,08:00:58,08:05:00,x,a,1,B\n\
                02.03.2026,08:02:00,08:02:10,08:05:00,x,a,1,TEST\n\
                02.03.2026,08:02:00,08:02:10,08:05:00,x,a,2,A\n\
                02.03.2026,08:02:00,NULL,NULL,,a,1,LEFT\n\
                02.03.2026,08:02:00,NULL,08:03:00,,a,1,A\n\
                02.03.2026,08:02:00,08:02:30,08:01:00,x,a,1,A\n\
                03.03.2026,23:59:00,00:00:30,00:10:00,x,b,1,A\n\
                09.03.2026,08:02:00,NULL,08:03:00,,a,1,LEFT\n";
    let window = Window {
        from: None,
        days: Some(2),
    };
    let log = Log::parse(text, "log.csv", &map, &window).expect("a log");
    assert_eq!(log.queues, ["first", "b 1"]);
    assert_eq!(log.contacts.len(), 3);
    let waits: Vec<f64> = log
        .contacts
        .iter()
        .map(|contact| {
            contact
                .answered
                .expect("answered")
                .since(contact.arrived)
                .as_seconds()
        })
        .collect();
    assert_eq!(waits, [10.0, 0.0, 90.0]);
    let left_out = log.left_out;
    let counts = (
        left_out.by_map,
        left_out.without_time,
        left_out.out_of_order,
        left_out.outside,
    );
    assert_eq!(counts, (2, 2, 1, 1));
    assert_eq!(map.priority("first"), Some(0));
}
