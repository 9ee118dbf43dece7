//! What may be chosen beside heads, and what each value of it makes of a variant.

use super::edit::{list_in, put, table_in, text_of};
use crate::scenario::mix::{Lever, LeverKind};
use crate::scenario::mix_file::{Alternatives, MixFile};
use crate::scenario::problem::Place;
use crate::scenario::read::Named;
use crate::scenario::scalar::ShareAboveZero;
use crate::scenario::tree::{Node, Table, Value};

/// A lever with what its values make of the file.
pub(super) struct Tool {
    pub(super) lever: Lever,
    pub(super) place: Place,
    pub(super) values: Vec<Option<Node>>,
    pub(super) moves: Option<Named<ShareAboveZero>>,
}

impl Tool {
    /// Puts a value into the table of a variant.
    pub(super) fn edit(&self, value: usize, variant: &mut Table) {
        let span = self.place.span.clone();
        match (&self.lever.what, &self.values[value]) {
            (_, None) => (),
            (LeverKind::Drop(queue), Some(_)) => {
                let path = Node {
                    span: span.clone(),
                    value: Value::Text(format!("queues.{queue}")),
                };
                if let Value::List(items) = list_in(variant, "remove") {
                    items.push(path);
                }
                let shares = self.moves.iter().flat_map(|moves| &moves.entries);
                let mut targets = Table::default();
                for to in shares {
                    let share = to.value.map_or(0.0, |share| share.0);
                    put(
                        &mut targets,
                        &to.name,
                        to.place.span.clone(),
                        Value::Float(share),
                    );
                }
                if let Some(moves) = table_in(variant, "moves") {
                    put(moves, queue, span, Value::Table(targets));
                }
            }
            (LeverKind::Open(_) | LeverKind::Vary(_), Some(node)) => {
                if let Some(set) = table_in(variant, "set") {
                    let path = self.lever.what.path();
                    put(set, &path, span, node.value.clone());
                }
            }
        }
    }

    /// The queue that it is of, if any.
    pub(super) fn queue(&self) -> Option<String> {
        match &self.lever.what {
            LeverKind::Drop(_) => None,
            LeverKind::Open(queue) => Some(queue.clone()),
            LeverKind::Vary(path) => {
                let parts: Vec<&str> = path.split('.').collect();
                match parts.as_slice() {
                    ["queues", queue, ..] | ["groups", _, "at_once", queue] => {
                        Some((*queue).to_owned())
                    }
                    _ => None,
                }
            }
        }
    }
}

/// What may be chosen, channels first.
pub(super) fn tools(mix: &MixFile) -> Vec<Tool> {
    let drops = mix.drop.iter().flat_map(|drop| &drop.value.entries);
    let drops = drops.map(|entry| Tool {
        lever: Lever {
            what: LeverKind::Drop(entry.name.clone()),
            values: vec!["kept".to_owned(), "dropped".to_owned()],
        },
        place: entry.place.clone(),
        values: vec![
            None,
            Some(Node {
                span: entry.place.span.clone(),
                value: Value::Boolean(true),
            }),
        ],
        moves: entry.value.clone(),
    });
    let opens = mix.open.iter().flat_map(|open| &open.value.entries);
    let opens = opens.filter_map(|entry| {
        let own = ("as in the file".to_owned(), None);
        let what = LeverKind::Open(entry.name.clone());
        Some(tool(what, &entry.place, Some(own), entry.value.as_ref()?))
    });
    let varied = mix.vary.iter().flat_map(|vary| &vary.value.0);
    let varied = varied
        .map(|(place, path, values)| tool(LeverKind::Vary(path.clone()), place, None, values));
    drops.chain(opens).chain(varied).collect()
}

fn tool(
    what: LeverKind,
    place: &Place,
    own: Option<(String, Option<Node>)>,
    values: &Alternatives,
) -> Tool {
    let written = values
        .0
        .iter()
        .map(|node| (text_of(node), Some(node.clone())));
    let (texts, values) = own.into_iter().chain(written).unzip();
    Tool {
        lever: Lever {
            what,
            values: texts,
        },
        place: place.clone(),
        values,
        moves: None,
    }
}
