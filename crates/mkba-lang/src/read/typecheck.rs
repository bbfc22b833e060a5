//! Whether a value has the type that the table of kinds asks for.
use super::entry::fragment;
use super::suggestion;
use super::tree::{Node, NodeKind};
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::kinds::{Key, LANGUAGES, RANGE, ValueType};

/// Checks a value. `what` names it in messages: `` `start` of `[measure.a]` ``.
pub fn check(node: &Node, wanted: ValueType, what: &str, diagnostics: &mut Diagnostics) -> bool {
    let is_text = node.text().is_some();
    let right = match wanted {
        ValueType::Text | ValueType::Unit | ValueType::Name | ValueType::Path => is_text,
        ValueType::Label => match &node.kind {
            NodeKind::Table(_) => return check_table(node, LANGUAGES, what, diagnostics),
            _ => is_text,
        },
        ValueType::Number => node.number().is_some(),
        ValueType::Whole => matches!(node.kind, NodeKind::Integer(Some(0..))),
        ValueType::Year => matches!(node.kind, NodeKind::Integer(Some(1000..=9999))),
        ValueType::Date => matches!(
            node.kind,
            NodeKind::Integer(Some(1000..=9999)) | NodeKind::Date(Some(_))
        ),
        ValueType::Flag => matches!(node.kind, NodeKind::Flag(_)),
        ValueType::Formula | ValueType::Value => is_text || node.number().is_some(),
        ValueType::Names | ValueType::Paths => match &node.kind {
            NodeKind::List(items) => return check_all(items.iter(), ValueType::Text, what, diagnostics),
            _ => is_text && matches!(wanted, ValueType::Names),
        },
        ValueType::Choice(words) => {
            if let Some(word) = node.text().filter(|word| !words.contains(word)) {
                let message = format!("{what} requires {}, found `\"{word}\"`", wanted.describe());
                let mut diagnostic = Diagnostic::error("E0015", message, node.inner_span(), "");
                diagnostic.help =
                    suggestion::nearest(word, words.iter().copied()).map(|found| format!("did you mean `{found}`?"));
                diagnostics.push(diagnostic);
                return false;
            }
            is_text
        }
        ValueType::Shares => match &node.kind {
            NodeKind::Table(entries) => {
                return check_all(
                    entries.iter().map(|(_, node)| node),
                    ValueType::Formula,
                    what,
                    diagnostics,
                );
            }
            _ => is_text,
        },
        ValueType::Divided | ValueType::Formulas | ValueType::Texts | ValueType::Units | ValueType::Points => {
            let inner = match wanted {
                ValueType::Divided | ValueType::Formulas => ValueType::Formula,
                ValueType::Texts => ValueType::Text,
                ValueType::Units => ValueType::Unit,
                _ => ValueType::Value,
            };
            match &node.kind {
                NodeKind::Table(entries) => {
                    return check_all(entries.iter().map(|(_, node)| node), inner, what, diagnostics);
                }
                _ => false,
            }
        }
        ValueType::Table(keys) => match &node.kind {
            NodeKind::Table(_) => return check_table(node, keys, what, diagnostics),
            _ => false,
        },
        ValueType::DriverValues => node.table().is_some(),
        ValueType::Matrix => {
            rows(node).is_some_and(|mut rows| rows.all(|row| row.iter().all(|item| item.number().is_some())))
        }
        ValueType::AxisValues => match &node.kind {
            NodeKind::Table(_) => return check_table(node, RANGE, what, diagnostics),
            NodeKind::List(items) => items
                .iter()
                .all(|item| item.text().is_some() || item.number().is_some()),
            _ => false,
        },
        ValueType::Pairs => rows(node).is_some_and(|mut rows| rows.all(is_pair)),
    };
    if !right {
        let message = format!("{what} requires {}, found {}", wanted.describe(), found(node, wanted));
        diagnostics.push(Diagnostic::error("E0013", message, node.span, ""));
    }
    right
}

/// The lists in a list.
fn rows(node: &Node) -> Option<impl Iterator<Item = &[Node]>> {
    let NodeKind::List(items) = &node.kind else { return None };
    let list = |item: &'_ Node| matches!(item.kind, NodeKind::List(_));
    items.iter().all(list).then(|| {
        items.iter().map(|item| match &item.kind {
            NodeKind::List(row) => row.as_slice(),
            _ => &[],
        })
    })
}

fn is_pair(row: &[Node]) -> bool {
    matches!(row, [a, b, c] if a.text().is_some() && b.text().is_some() && c.number().is_some())
}

fn found(node: &Node, wanted: ValueType) -> String {
    match (&node.kind, wanted) {
        (NodeKind::Integer(Some(number)), ValueType::Whole | ValueType::Year | ValueType::Date) => format!("{number}"),
        _ => node.describe().to_owned(),
    }
}

/// Checks each of several values: every fault is reported.
fn check_all<'n>(
    nodes: impl Iterator<Item = &'n Node>,
    wanted: ValueType,
    what: &str,
    diagnostics: &mut Diagnostics,
) -> bool {
    let mut right = true;
    for node in nodes {
        right &= check(node, wanted, what, diagnostics);
    }
    right
}

fn check_table(node: &Node, keys: &[Key], what: &str, diagnostics: &mut Diagnostics) -> bool {
    let mut right = true;
    let mut meant = Vec::new();
    for (name, node) in node.table().unwrap_or_default() {
        match keys.iter().find(|key| key.name == name.value) {
            Some(key) => right &= check(node, key.value, &format!("`{}` in {what}", name.value), diagnostics),
            None => {
                let message = format!("{what} has no key `{}`", name.value);
                let mut diagnostic = Diagnostic::error("E0011", message, name.span, "unknown key");
                diagnostic.help = suggestion::help(&name.value, keys.iter().map(|key| key.name));
                meant.extend(suggestion::nearest(&name.value, keys.iter().map(|key| key.name)));
                diagnostics.push(diagnostic);
                right = false;
            }
        }
    }
    let missing = |key: &&Key| key.required && node.get(key.name).is_none() && !meant.contains(&key.name);
    for key in keys.iter().filter(missing) {
        let message = format!("{what} requires `{}`", key.name);
        diagnostics.push(Diagnostic::error("E0012", message, node.span, "").note(format!(
            "`{}`: {}",
            key.name,
            fragment(key.doc)
        )));
        right = false;
    }
    right
}
