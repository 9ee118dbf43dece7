//! What a scenario assumes: every key that its file has, with the value as written and the remark beside it.

use super::file::Scenario;
use super::tree::{Node, Value};

/// One key of the file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Input {
    /// The tables it stands in, and its own name: `queues.phone.arrivals`, `variants.no phone.remove`.
    pub key: String,
    /// As written; of a long list, how long it is and how it begins.
    pub value: String,
    /// The comment after it in its line.
    pub remark: String,
    /// The line of the file, from 1.
    pub line: usize,
}

/// Longer values are told by their beginning.
const LONGEST: usize = 160;

impl Scenario {
    /// Every key of the file, in its order. Tables between braces are one value, as the file has them.
    ///
    /// ```
    /// use channelmix::scenario::Scenario;
    /// let text = "name = \"A\" # ours\n[queues.phone]\narrivals = { per_hour = 60 }\n";
    /// let scenario = Scenario::parse(text, "a.toml", |_| Err("no data".to_owned()))?;
    /// let inputs = scenario.inputs();
    /// assert_eq!((inputs[0].value.as_str(), inputs[0].remark.as_str()), ("A", "ours"));
    /// assert_eq!(inputs[1].key, "queues.phone.arrivals");
    /// assert_eq!(inputs[1].value, "{ per_hour = 60 }");
    /// # Ok::<(), channelmix::scenario::Problems>(())
    /// ```
    pub fn inputs(&self) -> Vec<Input> {
        let mut inputs = Vec::new();
        self.collect(&self.root, "", &mut inputs);
        inputs.sort_by_key(|input| input.line);
        inputs
    }

    fn collect(&self, node: &Node, path: &str, inputs: &mut Vec<Input>) {
        let Some(table) = node.as_table() else {
            return;
        };
        for entry in &table.entries {
            let key = join(path, &entry.key);
            match &entry.node.value {
                Value::Table(_) if !self.is_inline(&entry.node) => {
                    self.collect(&entry.node, &key, inputs);
                }
                Value::List(items) if items.iter().any(|item| self.is_block(item)) => {
                    for (number, item) in items.iter().enumerate() {
                        let name = item.as_table().and_then(|table| table.get("name"));
                        let name = name.and_then(|entry| entry.node.as_text());
                        let own = name.map_or_else(|| (number + 1).to_string(), str::to_owned);
                        self.collect(item, &join(&key, &own), inputs);
                    }
                }
                _ => inputs.push(self.input(key, entry.key_span.start, &entry.node)),
            }
        }
    }

    fn input(&self, key: String, at: usize, node: &Node) -> Input {
        let written = self.text().get(node.span.clone()).unwrap_or_default();
        let rest = self.text().get(node.span.end..).unwrap_or_default();
        let remark = rest.lines().next().unwrap_or_default().split_once('#');
        let value = match &node.value {
            Value::Text(text) => text.clone(),
            Value::List(items) if written.len() > LONGEST => {
                format!("{} entries: {}", items.len(), beginning(written))
            }
            _ => beginning(written),
        };
        Input {
            key,
            value,
            remark: remark.map_or(String::new(), |(_, text)| text.trim().to_owned()),
            line: 1 + self.text()[..at].matches('\n').count(),
        }
    }

    fn is_inline(&self, node: &Node) -> bool {
        self.begins_with(node, '{')
    }

    /// Whether a table stands under a heading of its own.
    fn is_block(&self, node: &Node) -> bool {
        node.as_table().is_some() && !self.is_inline(node)
    }

    fn begins_with(&self, node: &Node, letter: char) -> bool {
        let written = self.text().get(node.span.clone());
        written.is_some_and(|written| written.starts_with(letter))
    }
}

fn join(path: &str, key: &str) -> String {
    if path.is_empty() {
        key.to_owned()
    } else {
        format!("{path}.{key}")
    }
}

/// In one line, and no longer than a reader of a table bears.
fn beginning(written: &str) -> String {
    let without_remarks = written
        .lines()
        .map(|line| line.split('#').next().unwrap_or_default());
    let line: Vec<&str> = without_remarks.flat_map(str::split_whitespace).collect();
    let line = line.join(" ");
    match line.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("{} …", line[..end].trim_end()),
        None => line,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn inputs(text: &str) -> Vec<Input> {
        Scenario::parse(text, "test.toml", |_| Err("no data here".to_owned()))
            .expect("TOML")
            .inputs()
    }

    #[test]
    fn the_starter_tells_each_of_its_keys_once() {
        let found = inputs(Scenario::STARTER);
        let mut keys: Vec<&str> = found.iter().map(|input| input.key.as_str()).collect();
        let all = keys.len();
        keys.sort_unstable();
        keys.dedup();
        assert_eq!(keys.len(), all);
        assert!(keys.contains(&"horizon.start") && all > 20, "{keys:?}");
    }

    #[test]
    fn variants_go_by_their_names_and_long_lists_by_their_length() {
        let numbers = vec!["12"; 96].join(", ");
        let text = format!(
            "[groups.voice]\nstaff = [{numbers}]\n[[variants]]\nname = \"less\" # cheap\n[variants.set]\n\"groups.voice.staff\" = 3\n"
        );
        let found = inputs(&text);
        assert_eq!(found[0].key, "groups.voice.staff");
        assert!(
            found[0].value.starts_with("96 entries: [12, 12"),
            "{found:?}"
        );
        assert_eq!(found[1].remark, "cheap");
        assert_eq!(found[2].key, "variants.less.set.groups.voice.staff");
        assert_eq!((found[2].value.as_str(), found[2].line), ("3", 6));
    }
}
