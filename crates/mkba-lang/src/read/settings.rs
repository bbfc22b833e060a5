//! Values in place of those in the files: a point of a sweep is read like any other study.
use super::entry::Entry;
use super::reader::Reader;
use super::tree::{Node, NodeKind};
use super::typecheck::check;
use crate::declarations::{Parameter, Quantity, Setting, Varied};
use crate::kinds::{Place, kind};
use crate::source::Spanned;

impl Reader<'_> {
    /// Puts the settings that belong to these entries in their place.
    pub fn apply_settings(&mut self, entries: &mut Vec<Entry>, place: Place) {
        for setting in self.settings_of_point.clone() {
            match &setting.varies {
                Varied::Key { kind, name, key } => self.set_key(entries, place, kind, name, key, &setting),
                Varied::Lever { kind, name, lever } => {
                    let entry = entries
                        .iter_mut()
                        .find(|it| it.kind.name == *kind && it.name.value == *name);
                    if let Some(entry) = entry {
                        set_lever(entry, lever, &setting);
                    }
                }
                Varied::Presence { measure, alternatives } => {
                    for entry in entries.iter_mut().filter(|it| it.kind.name == "alternative") {
                        if alternatives.contains(&entry.name.value) {
                            set_presence(entry, measure, &setting);
                        }
                    }
                }
            }
        }
    }

    fn set_key(
        &mut self,
        entries: &mut Vec<Entry>,
        place: Place,
        kind_name: &str,
        name: &str,
        key: &str,
        setting: &Setting,
    ) {
        let Some(kind) = kind(kind_name, place) else { return };
        let Some(known) = kind.key(key) else { return };
        if !check(
            &setting.value.node,
            known.value,
            &format!("`{key}` of `{kind_name}`"),
            self.diagnostics,
        ) {
            return;
        }
        let at = entries
            .iter()
            .position(|it| it.kind.name == kind_name && it.name.value == name);
        let at = at.or_else(|| {
            // A study without a table of rates of its own gets one.
            (kind_name == "discount").then(|| {
                entries.push(Entry {
                    kind,
                    name: Spanned {
                        value: name.to_owned(),
                        span: setting.value.span,
                    },
                    keys: Vec::new(),
                });
                entries.len() - 1
            })
        });
        if let Some(at) = at {
            put(&mut entries[at].keys, key, &setting.value.node);
        }
    }

    /// Dependences without the parameters that a setting has made certain; one with a single member left is none.
    pub fn without_certain(&self, entries: &[&Entry], parameters: &[Parameter]) -> Vec<Entry> {
        let set = |name: &str| {
            let of =
                |it: &Setting| matches!(&it.varies, Varied::Key { kind: "parameter", name: set, .. } if set == name);
            self.settings_of_point.iter().any(of)
        };
        let certain = |name: &str| {
            set(name)
                && parameters
                    .iter()
                    .any(|it| it.name.value == name && !matches!(it.value.quantity, Quantity::Uncertain(_)))
        };
        let mut kept = Vec::new();
        for entry in entries {
            let members = entry.names("members");
            let gone: Vec<usize> = (0..members.len()).filter(|&n| certain(&members[n].value)).collect();
            if gone.is_empty() {
                kept.push((*entry).clone());
            } else if members.len() - gone.len() > 1 {
                let mut entry = (*entry).clone();
                for (key, node) in &mut entry.keys {
                    match key.value.as_str() {
                        "members" => drop_items(node, &gone),
                        "rank" => {
                            drop_items(node, &gone);
                            rows(node).for_each(|row| drop_items(row, &gone));
                        }
                        "pairs" => {
                            let names: Vec<&str> = gone.iter().map(|&n| members[n].value.as_str()).collect();
                            drop_pairs(node, &names);
                        }
                        _ => {}
                    }
                }
                kept.push(entry);
            }
        }
        kept
    }
}

/// Sets a key, whether or not it is there.
fn put(keys: &mut Vec<(Spanned<String>, Node)>, key: &str, node: &Node) {
    match keys.iter_mut().find(|(name, _)| name.value == key) {
        Some((_, old)) => *old = node.clone(),
        None => {
            let name = Spanned {
                value: key.to_owned(),
                span: node.span,
            };
            keys.push((name, node.clone()));
        }
    }
}

fn set_lever(entry: &mut Entry, lever: &str, setting: &Setting) {
    let node = &setting.value.node;
    let mut levers = entry.get("set").and_then(Node::table).unwrap_or_default().to_vec();
    put(&mut levers, lever, node);
    let span = entry.get("set").map_or(node.span, |set| set.span);
    let set = Node {
        kind: NodeKind::Table(levers),
        span,
    };
    put(&mut entry.keys, "set", &set);
}

fn set_presence(entry: &mut Entry, measure: &str, setting: &Setting) {
    let node = &setting.value.node;
    let mut measures = match entry.get("measures").map(|node| &node.kind) {
        Some(NodeKind::List(items)) => items.clone(),
        Some(_) => entry.get("measures").cloned().into_iter().collect(),
        None => Vec::new(),
    };
    let is_it = |item: &Node| item.text() == Some(measure);
    if node.text() == Some("out") {
        measures.retain(|item| !is_it(item));
    } else if !measures.iter().any(is_it) {
        measures.push(Node {
            kind: NodeKind::Text(super::tree::Content {
                text: measure.to_owned(),
                exact: None,
            }),
            span: node.span,
        });
    }
    let list = Node {
        kind: NodeKind::List(measures),
        span: entry.get("measures").map_or(node.span, |old| old.span),
    };
    put(&mut entry.keys, "measures", &list);
}

fn drop_items(node: &mut Node, gone: &[usize]) {
    if let NodeKind::List(items) = &mut node.kind {
        let mut place = 0;
        items.retain(|_| {
            place += 1;
            !gone.contains(&(place - 1))
        });
    }
}

fn rows(node: &mut Node) -> impl Iterator<Item = &mut Node> {
    match &mut node.kind {
        NodeKind::List(items) => items.iter_mut(),
        _ => [].iter_mut(),
    }
}

fn drop_pairs(node: &mut Node, names: &[&str]) {
    if let NodeKind::List(items) = &mut node.kind {
        items.retain(|pair| match &pair.kind {
            NodeKind::List(parts) => !parts.iter().filter_map(Node::text).any(|name| names.contains(&name)),
            _ => true,
        });
    }
}
