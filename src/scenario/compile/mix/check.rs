//! What in `[plan.mix]` cannot be meant, as far as that can be told without making anything of it.

use super::lever::{Tool, tools};
use super::space::{mix_of, names};
use crate::scenario::change::clash;
use crate::scenario::format::ScenarioFile;
use crate::scenario::mix::LeverKind;
use crate::scenario::read::{Reader, hint_of};
use crate::scenario::tree::shortened;

/// Reports queues, groups and paths in `[plan.mix]` that cannot be meant.
pub(in crate::scenario::compile) fn check_mix(file: &ScenarioFile, reader: &mut Reader) {
    let Some(mix) = mix_of(file) else {
        return;
    };
    let queues: Vec<&str> = names(file.queues.as_ref());
    let groups: Vec<&str> = names(file.groups.as_ref());
    let dropped = mix.drop.iter().flat_map(|drop| &drop.value.entries);
    let opened = mix.open.iter().flat_map(|open| &open.value.entries);
    let bounded = mix.heads.iter().flat_map(|heads| &heads.value.entries);
    let of_queues = dropped.map(|entry| (&entry.name, &entry.place));
    let of_queues = of_queues.chain(opened.map(|entry| (&entry.name, &entry.place)));
    let of_groups = bounded
        .clone()
        .map(|entry| (&entry.name, &entry.place, "group", &groups));
    let all = of_queues
        .map(|(name, place)| (name, place, "queue", &queues))
        .chain(of_groups);
    for (name, place, what, known) in all {
        if !known.contains(&name.as_str()) {
            let hint = hint_of(name, known.iter().copied());
            let message = format!("`{}` is no {what}", shortened(name));
            reader.report_at(place, message, Some(hint));
        }
    }
    for entry in mix.drop.iter().flat_map(|drop| &drop.value.entries) {
        let targets = entry.value.iter().flat_map(|targets| &targets.entries);
        for own in targets.filter(|to| to.name == entry.name) {
            let message = "customers cannot go to the queue that is dropped: leave their share out";
            reader.report_at(&own.place, message, None);
        }
    }
    for heads in bounded.filter_map(|entry| entry.value.as_ref()) {
        if let (Some(min), Some(max)) = (&heads.min, &heads.max)
            && min.value.0 > max.value.0
        {
            let (least, most) = (min.value.0, max.value.0);
            let message = format!("expected at most as many as max, {most}, found {least}");
            reader.report_at(&min.place, message, None);
        }
    }
    check_paths(&tools(mix), reader);
}

/// Two levers must not change one and the same; heads are no lever.
fn check_paths(tools: &[Tool], reader: &mut Reader) {
    for (number, tool) in tools.iter().enumerate() {
        let path = tool.lever.what.path();
        let is_staff = path.starts_with("groups.") && path.rsplit('.').next() == Some("staff");
        if is_staff || path.contains(".staff.") {
            let message = "heads are chosen anyway: say in [plan.mix.heads] how few and how many";
            reader.report_at(&tool.place, message, None);
        }
        let is_value = |tool: &&Tool| !matches!(tool.lever.what, LeverKind::Drop(_));
        let mut earlier = tools[..number].iter().filter(is_value);
        if !is_value(&tool) {
            continue;
        }
        if let Some(other) = earlier.find(|other| clash(&other.lever.what.path(), &path)) {
            let other = other.lever.what.path();
            let message =
                format!("`{other}` and `{path}` are one and the same, or one holds the other");
            reader.report_at(&tool.place, message, None);
        }
    }
}
