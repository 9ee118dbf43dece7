//! A scenario as written: its text and the content of its data files. The only place outside the command line that opens
//! files.

use std::collections::BTreeMap;
use std::fs;
use std::ops::Range;
use std::path::Path;
use std::sync::Arc;

use super::name::content_hash;
use super::problem::{Place, Problem, Problems};
use super::tree::{self, Node};

/// Data files are this large at most.
const LARGEST_BYTES: u64 = 256 << 20;
/// The keys that name a data file.
pub(super) const DATA_KEYS: [&str; 2] = ["file", "roster"];

/// What a person wrote: the text and the content of its data files, so that it travels whole.
#[derive(Debug, Clone)]
pub struct Scenario {
    pub(super) file: String,
    pub(super) text: Arc<str>,
    pub(super) root: Node,
    pub(super) data: BTreeMap<String, Result<Arc<[u8]>, String>>,
}

impl Scenario {
    /// A scenario that explains itself line by line, as `channelmix init` writes it.
    pub const STARTER: &str = include_str!("starter.toml");

    /// Reads a scenario file and the data files that it names, by paths relative to it.
    ///
    /// # Errors
    /// When the file cannot be read, is not UTF-8, is empty, or is no TOML. A data file that cannot be read is a problem
    /// of [`Self::compile`], beside all others.
    pub fn read(path: &Path) -> Result<Self, Problems> {
        let (file, text) = read_text(path)?;
        let folder = path.parent().unwrap_or(Path::new(""));
        Self::parse(&text, &file, |name| load(&folder.join(name)))
    }

    /// A scenario from a text; `file` is its name in messages, `load` gives the content of a data file.
    ///
    /// # Errors
    /// When the text is empty or no TOML.
    ///
    /// ```
    /// use channelmix::scenario::Scenario;
    /// let problems = Scenario::parse("name = ", "a.toml", |_| Err("no data".to_owned())).unwrap_err();
    /// assert!(problems.to_string().contains("a.toml:1:8"));
    /// ```
    pub fn parse(
        text: &str,
        file: &str,
        mut load: impl FnMut(&str) -> Result<Vec<u8>, String>,
    ) -> Result<Self, Problems> {
        let text: Arc<str> = text.into();
        let holds = "a scenario has name, currency, [horizon], [queues] and [groups]";
        let root = tree_of(&text, file, holds)?;
        let mut data = BTreeMap::new();
        root.for_each_table(&mut |table| {
            for key in DATA_KEYS {
                if let Some(name) = table.get(key).and_then(|entry| entry.node.as_text()) {
                    data.entry(name.to_owned())
                        .or_insert_with(|| load(name).map(Arc::from));
                }
            }
        });
        Ok(Self {
            file: file.to_owned(),
            text,
            root,
            data,
        })
    }

    /// The text as written.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The name of the file in messages.
    pub fn file(&self) -> &str {
        &self.file
    }

    /// A stable hash of the text and the content of the data files.
    pub fn fingerprint(&self) -> u64 {
        let data = self.data.iter().flat_map(|(name, content)| {
            let content = content.as_deref().unwrap_or_default();
            [name.as_bytes(), content]
        });
        content_hash(std::iter::once(self.text.as_bytes()).chain(data))
    }

    /// The data files that the scenario names and that could be read, with their content.
    pub fn data_files(&self) -> impl Iterator<Item = (&str, &str)> {
        self.data.iter().filter_map(|(name, content)| {
            let content = content.as_ref().ok()?;
            Some((name.as_str(), std::str::from_utf8(content).ok()?))
        })
    }
}

/// The tree of a text; `holds` says what stands in a file of its kind.
pub(super) fn tree_of(text: &Arc<str>, file: &str, holds: &str) -> Result<Node, Problems> {
    let refused = |items| Problems::new(file, Arc::clone(text), items);
    if text
        .trim_matches(['\u{feff}', ' ', '\t', '\r', '\n'])
        .is_empty()
    {
        let message = format!("the file is empty: {holds}");
        return Err(refused(vec![whole_file(message)]));
    }
    tree::parse(text).map_err(|errors| refused(syntax_problems(&errors, text)))
}

/// The name of a file in messages, and its text.
pub(super) fn read_text(path: &Path) -> Result<(String, String), Problems> {
    let file = path.display().to_string();
    let bytes = load(path).map_err(|reason| {
        let message = format!("the file cannot be read: {reason}");
        Problems::new(&file, "".into(), vec![whole_file(message)])
    })?;
    match String::from_utf8(bytes) {
        Ok(text) => Ok((file, text)),
        Err(error) => {
            let at = error.utf8_error().valid_up_to();
            let byte = error.as_bytes()[at];
            let text = String::from_utf8_lossy(error.as_bytes());
            let mut problem = whole_file(format!(
                "the file is not UTF-8: byte 0x{byte:02x} begins no character; save it as UTF-8"
            ));
            problem.place.span = at..at + char::REPLACEMENT_CHARACTER.len_utf8();
            Err(Problems::new(&file, text.into(), vec![problem]))
        }
    }
}

fn whole_file(message: String) -> Problem {
    Problem {
        message,
        hint: None,
        variant: None,
        place: Place::default(),
    }
}

fn syntax_problems(errors: &[toml::de::Error], text: &str) -> Vec<Problem> {
    let problem = |error: &toml::de::Error| {
        let message = error.message().trim().replace('\n', ", ");
        let (message, span) = match error.span() {
            Some(span) => (message, span),
            // Only the depth of a key is refused without a place.
            None => (
                "a key has too many dotted parts".to_owned(),
                longest_key(text),
            ),
        };
        let mut problem = whole_file(format!("no valid TOML: {message}"));
        problem.place.span = span;
        problem
    };
    let mut problems: Vec<Problem> = errors.iter().map(problem).collect();
    problems.dedup();
    problems
}

/// The beginning of the line with the most dots.
fn longest_key(text: &str) -> Range<usize> {
    let mut most = (0, 0);
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        let dots = line.bytes().filter(|byte| *byte == b'.').count();
        if dots > most.0 {
            most = (dots, start);
        }
        start += line.len();
    }
    most.1..most.1
}

/// The content of a regular file of bounded size.
pub(super) fn load(path: &Path) -> Result<Vec<u8>, String> {
    let size = fs::metadata(path).map_err(reason)?;
    if size.is_dir() {
        return Err("it is a folder".to_owned());
    }
    if !size.is_file() {
        return Err("it is no regular file".to_owned());
    }
    if size.len() > LARGEST_BYTES {
        return Err(format!("it is larger than {} MiB", LARGEST_BYTES >> 20));
    }
    fs::read(path).map_err(reason)
}

#[expect(clippy::needless_pass_by_value, reason = "for map_err")]
fn reason(error: std::io::Error) -> String {
    match error.kind() {
        std::io::ErrorKind::NotFound => "there is no such file".to_owned(),
        std::io::ErrorKind::PermissionDenied => "permission is denied".to_owned(),
        _ => error.to_string(),
    }
}
