//! What can be wrong with a scenario, where, and how it is shown.

use std::fmt;
use std::ops::Range;
use std::sync::Arc;

use annotate_snippets::{AnnotationKind, Level, Renderer, Snippet};

/// The most problems that are shown; the rest are counted.
const MOST_SHOWN: usize = 50;

/// Where a value stands in the scenario file.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Place {
    /// Bytes of the text.
    pub(crate) span: Range<usize>,
    /// The path of its key, `queues.phone.patience.mean`.
    pub(crate) key: String,
}

/// One thing that is wrong.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// What is wrong: what was expected and what was found.
    pub message: String,
    /// What to write instead, where that can be said.
    pub hint: Option<String>,
    /// The variant that has the problem; `None` for the file as written.
    pub variant: Option<String>,
    pub(crate) place: Place,
}

impl Problem {
    /// The path of the key, `queues.phone.patience.mean`; empty for the file itself. Entries of a list count from 1.
    pub fn key(&self) -> &str {
        &self.place.key
    }

    /// Whether another problem says the same, or only that something is missing because of this one.
    pub(crate) fn covers(&self, other: &Self) -> bool {
        let (here, there) = (&self.place, &other.place);
        let rest = here.key.strip_prefix(there.key.as_str());
        let lies_within = rest.is_some_and(|rest| rest.starts_with(['.', '[']))
            && there.span.start <= here.span.start
            && here.span.end <= there.span.end;
        lies_within || (here == there && self.message == other.message)
    }
}

/// Everything that is wrong with a scenario, in the order of the text.
#[derive(Debug, Clone)]
pub struct Problems {
    file: String,
    text: Arc<str>,
    items: Vec<Problem>,
}

impl Problems {
    pub(crate) fn new(file: &str, text: Arc<str>, mut items: Vec<Problem>) -> Self {
        items.sort_by_key(|problem| (problem.variant.is_some(), problem.place.span.start));
        Self {
            file: file.to_owned(),
            text,
            items,
        }
    }

    /// The problems one by one.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = &Problem> {
        self.items.iter()
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.items.len()
    }

    /// Whether there are none, which no function returns.
    pub fn is_empty(&self) -> bool {
        self.items.is_empty()
    }

    /// The line and the column of a problem, both from 1, the column in characters.
    pub fn line_and_column(&self, problem: &Problem) -> (usize, usize) {
        line_and_column(&self.text, problem.place.span.start)
    }

    /// The problems as text, each with its line; `color` for a terminal.
    pub fn render(&self, color: bool) -> String {
        let renderer = if color {
            Renderer::styled()
        } else {
            Renderer::plain()
        };
        let mut shown: Vec<String> = self
            .items
            .iter()
            .take(MOST_SHOWN)
            .map(|problem| self.render_one(problem, &renderer))
            .collect();
        if self.items.len() > MOST_SHOWN {
            shown.push(format!("and {} more", self.items.len() - MOST_SHOWN));
        }
        shown.join("\n\n")
    }

    fn render_one(&self, problem: &Problem, renderer: &Renderer) -> String {
        let start = problem.place.span.start.min(self.text.len());
        let (line_number, _) = line_and_column(&self.text, start);
        let line_start = self.text[..start].rfind('\n').map_or(0, |at| at + 1);
        let line_end = self.text[start..]
            .find('\n')
            .map_or(self.text.len(), |at| start + at);
        let line = self.text[line_start..line_end].trim_end_matches('\r');
        let from = (start - line_start).min(line.len());
        let to = problem.place.span.end.saturating_sub(line_start);
        let to = to.clamp(from, line.len());
        let title = match &problem.variant {
            Some(variant) => format!("in variant \"{variant}\": {}", problem.message),
            None => problem.message.clone(),
        };
        let mut mark = AnnotationKind::Primary.span(from..to);
        if let Some(hint) = &problem.hint {
            mark = mark.label(hint.as_str());
        }
        let snippet = Snippet::source(line)
            .line_start(line_number)
            .path(self.file.as_str())
            .annotation(mark);
        let mut group = Level::ERROR.primary_title(title).element(snippet);
        if !problem.place.key.is_empty() {
            let key = format!("key: {}", problem.place.key);
            group = group.element(Level::NOTE.no_name().message(key));
        }
        renderer.render(&[group])
    }
}

impl fmt::Display for Problems {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.render(false))
    }
}

impl std::error::Error for Problems {}

/// The line and the column of a byte, both from 1, the column in characters.
pub(crate) fn line_and_column(text: &str, byte: usize) -> (usize, usize) {
    let mut byte = byte.min(text.len());
    while !text.is_char_boundary(byte) {
        byte -= 1;
    }
    let before = &text[..byte];
    let line = before.bytes().filter(|byte| *byte == b'\n').count() + 1;
    let line_start = before.rfind('\n').map_or(0, |at| at + 1);
    (line, before[line_start..].chars().count() + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn problems(text: &str, span: Range<usize>, count: usize) -> Problems {
        let problem = Problem {
            message: "expected a number, found the text \"x\"".to_owned(),
            hint: Some("write 3".to_owned()),
            variant: None,
            place: Place {
                span,
                key: "groups.voice.staff".to_owned(),
            },
        };
        Problems::new("a.toml", text.into(), vec![problem; count])
    }

    #[test]
    fn a_problem_is_shown_with_its_line_and_a_caret() {
        let shown = problems("name = 1\nstaff = \"x\"\n", 17..20, 1).to_string();
        assert!(shown.contains("a.toml:2:9"), "{shown}");
        assert!(shown.contains("staff = \"x\""), "{shown}");
        assert!(shown.contains("^^^ write 3"), "{shown}");
        assert!(shown.contains("key: groups.voice.staff"), "{shown}");
    }

    #[test]
    fn columns_count_characters_and_places_past_the_end_are_harmless() {
        assert_eq!(line_and_column("é = 1\nü = 2", 9), (2, 2));
        assert_eq!(line_and_column("é", 1), (1, 1));
        assert!(problems("a", 7..9, 1).to_string().contains("a.toml:1:2"));
        assert!(problems("", 0..0, 1).to_string().contains("a.toml"));
    }

    #[test]
    fn a_flood_is_counted() {
        let flood = problems("staff", 0..5, 60);
        assert!(flood.to_string().ends_with("and 10 more"));
    }
}
