use std::fmt::Write as _;

use super::super::cover::{Cover, cover};
use super::super::grid::{Grid, Heads};
use super::columns::{Columns, columns};
use super::roster::{agents, keeps, rows, staffing};
use crate::ids::{GroupId, Id};
use crate::scenario::Scenario;
use crate::scenario::model::{Compiled, Model, Staffing};

fn compiled(days: u32, staff: &str, patterns: &str) -> Compiled {
    let text = format!(
        r#"
name = "Desk"
currency = "EUR"
[horizon]
start = "2026-09-07"
days = {days}
interval = "1h"
[queues.phone]
channel = "phone"
arrivals = {{ per_hour = 20 }}
handle_time = "4m"
target = {{ share = 0.8, within = "20s" }}
[groups.desk]
skills = ["phone"]
staff = {staff}
wage = 10
{patterns}
"#
    );
    Compiled::sample(&text)
}

fn covered(model: &Model, heads: &[u32]) -> (Columns, Cover, Heads) {
    let grid = Grid::new(model);
    let nobody: Heads = model.groups.ids().map(|_| vec![0; grid.slots()]).collect();
    let columns = columns(model, &grid, &nobody);
    let required: Heads = std::iter::once(heads.to_vec()).collect();
    let found = cover(&columns.space, &required).expect("a small programme");
    assert!(columns.space.allows(&found.choice));
    let there = columns.space.heads(&found.choice);
    (columns, found, there)
}

const DAY_AND_NIGHT: &str = r#"
[plan.patterns.eights]
groups = ["desk"]
starts = ["00:00", "08:00", "16:00"]
lengths = "8h"
"#;

#[test]
fn three_shifts_cover_the_highest_head_of_each_third_of_a_day() {
    let compiled = compiled(1, "1", DAY_AND_NIGHT);
    let mut heads = vec![1; 24];
    heads[9] = 4;
    heads[23] = 3;
    let (_, found, there) = covered(&compiled.variants[0].model, &heads);
    assert_eq!(found.choice, [1, 4, 3]);
    // 8 shifts of 8 hours at 10, and an hour counts a millionth beside.
    assert!((found.cost / 1e6 - 640.0).abs() < 0.001, "{}", found.cost);
    assert!(found.missing.is_empty());
    assert_eq!(there[GroupId::from_index(0)][9], 4);
}

#[test]
fn a_lunch_is_taken_where_a_head_can_be_spared() {
    let patterns = r#"
[plan.patterns.day]
groups = ["desk"]
starts = "08:00"
lengths = "9h"
lunch = { length = "1h", after = "3h", before = "6h" }
"#;
    let compiled = compiled(1, "1", patterns);
    let mut heads = vec![0; 24];
    heads[8..17].fill(2);
    // Three at lunch one after the other leave two there; two cannot.
    let (columns, found, there) = covered(&compiled.variants[0].model, &heads);
    assert_eq!(found.choice, [3, 1, 1, 1]);
    assert_eq!(columns.parts.len(), 4);
    // 3 × 8 paid hours.
    assert!((found.cost / 1e6 - 240.0).abs() < 0.001, "{}", found.cost);
    assert_eq!(
        there[GroupId::from_index(0)][8..17],
        [3, 3, 3, 2, 2, 2, 3, 3, 3]
    );
}

#[test]
fn hours_that_no_shift_reaches_are_told() {
    let patterns = r#"
[plan.patterns.day]
groups = ["desk"]
starts = "08:00"
lengths = "8h"
max = 2
"#;
    let compiled = compiled(1, "1", patterns);
    let mut heads = vec![0; 24];
    heads[7] = 1;
    heads[12] = 3;
    let (_, found, _) = covered(&compiled.variants[0].model, &heads);
    let desk = GroupId::from_index(0);
    assert_eq!(found.missing, [(desk, 7, 1.0), (desk, 12, 1.0)]);
    assert_eq!(found.choice, [2]);
}

const FIVE_DAYS: &str = r#"
[plan.patterns.full]
groups = ["desk"]
starts = "08:00"
lengths = "8h"
days_on = 5
days_off_together = 2
"#;

#[test]
fn days_off_are_chosen_so_that_a_week_is_covered() {
    let compiled = compiled(7, "1", FIVE_DAYS);
    let model = &compiled.variants[0].model;
    // Baker (1976), days off two in a row: 5 heads a day over 7 days are 35 duties, 7 agents of 5.
    let heads: Vec<u32> = (0..168)
        .map(|slot| if (8..16).contains(&(slot % 24)) { 5 } else { 0 })
        .collect();
    let (columns, found, there) = covered(model, &heads);
    assert_eq!(columns.parts.len(), 7);
    assert_eq!(found.choice.iter().sum::<u32>(), 7);
    assert!(
        there[GroupId::from_index(0)]
            .iter()
            .zip(&heads)
            .all(|(there, heads)| there >= heads)
    );
    let grid = Grid::new(model);
    let agents = agents(model, &grid, &columns, &found.choice);
    assert_eq!(agents.len(), 7);
    for agent in &agents {
        assert_eq!(agent.days.iter().flatten().count(), 5, "{agent:?}");
        let days: Vec<_> = agent.days.iter().map(Option::as_ref).collect();
        assert!(keeps(&model.patterns[0], &days));
    }
}

#[test]
fn a_roster_read_from_its_file_is_the_staffing_that_was_planned() {
    let patterns = r#"
[plan.patterns.turns]
groups = ["desk"]
starts = { from = "06:00", to = "22:00", step = "4h" }
lengths = "8h"
days_on = 5
vary = "4h"
weekly_hours = { max = "38h" }
breaks = [{ length = "15m", after = "1h", before = "3h" }]
lunch = { length = "30m", after = "3h", before = "5h" }
"#;
    let planned = compiled(7, "1", patterns);
    let model = &planned.variants[0].model;
    let heads: Vec<u32> = (0..168)
        .map(|slot| 1 + u32::from((9..17).contains(&(slot % 24))))
        .collect();
    let grid = Grid::new(model);
    let nobody: Heads = model.groups.ids().map(|_| vec![0; grid.slots()]).collect();
    let columns = columns(model, &grid, &nobody);
    let required: Heads = std::iter::once(heads).collect();
    let found = cover(&columns.space, &required).unwrap();
    assert!(found.missing.is_empty(), "{:?}", found.missing);
    let people = agents(model, &grid, &columns, &found.choice);
    let pattern = &model.patterns[0];
    for agent in &people {
        let days: Vec<_> = agent.days.iter().map(Option::as_ref).collect();
        assert!(keeps(pattern, &days), "{agent:?}");
        let paid: u64 = days
            .iter()
            .flatten()
            .map(|given| given.of(pattern).paid().0)
            .sum();
        assert!(paid <= 38 * 3_600_000_000, "{agent:?}");
    }
    let rows = rows(model, &people);
    let (fine, staffing) = staffing(model, &rows, &planned.variants[0].staffing).unwrap();
    brings(&fine, &staffing, &columns.space.heads(&found.choice));
    let mut csv = "agent,group,start,end,activity\n".to_owned();
    for row in &rows {
        let (from, to) = (model.calendar.text(row.from), model.calendar.text(row.to));
        let activity = row.activity.name();
        writeln!(csv, "{},{},{from},{to},{activity}", row.agent, row.group).unwrap();
    }
    let again = of_roster(&csv);
    assert_eq!(again.variants[0].staffing, staffing);
    assert_eq!(
        again.variants[0].model.calendar.step(),
        fine.calendar.step()
    );
}

fn of_roster(csv: &str) -> Compiled {
    let text = "name = \"Desk\"\ncurrency = \"EUR\"\n[horizon]\nstart = \"2026-09-07\"\ndays = 7\ninterval = \"1h\"\n[queues.phone]\nchannel = \"phone\"\narrivals = { per_hour = 20 }\nhandle_time = \"4m\"\n[groups.desk]\nskills = [\"phone\"]\nstaff = { roster = \"roster.csv\" }\n";
    let load = |_: &str| Ok(csv.as_bytes().to_vec());
    let scenario = Scenario::parse(text, "plan.toml", load).expect("TOML");
    scenario.compile().expect("a sound scenario")
}

/// What the interval's heads say, the roster brings at every moment, breaks of a quarter of an hour in the mean.
fn brings(fine: &Model, staffing: &Staffing, there: &Heads) {
    let desk = GroupId::from_index(0);
    let mut parts = vec![0.0; 168];
    for piece in fine.calendar.pieces() {
        let slot = usize::from(piece.weekday) * 24
            + usize::try_from(piece.time_of_day.0 / 3_600_000_000).expect("an hour of the day");
        parts[slot] +=
            f64::from(staffing.at_work(desk, &piece)) * piece.end.since(piece.start).as_hours();
    }
    for (slot, part) in parts.iter().enumerate() {
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "few heads"
        )]
        let whole = (part + 1e-6) as u32;
        assert_eq!(whole, there[desk][slot], "slot {slot}");
    }
}
