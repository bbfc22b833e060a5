//! `[dependence.NAME]`: which parameters move together, and whether their correlations can be.
use super::entry::Entry;
use super::reader::{PARAMETER, Reader};
use super::tree::{Node, NodeKind};
use crate::declarations::{Dependence, Name, Parameter, Quantity};
use crate::diagnostic::Diagnostic;
use crate::source::Span;
use mkba_core::input::Method;
use mkba_core::input::dependence::{GREATEST_MOVE, MOST_MEMBERS, Moved, factor};
use std::collections::BTreeMap;

/// Code of a dependence that cannot be.
const IMPOSSIBLE: &str = "E0027";

impl Reader<'_> {
    /// All dependences; an input may be in one only.
    pub fn dependences(&mut self, entries: &[&Entry], parameters: &[Parameter]) -> Vec<Dependence> {
        let mut taken: BTreeMap<String, Span> = BTreeMap::new();
        let found: Vec<Dependence> = entries
            .iter()
            .filter_map(|entry| self.dependence(entry, parameters))
            .collect();
        for member in found.iter().flat_map(|dependence| &dependence.members) {
            if let Some(first) = taken.insert(member.value.clone(), member.span) {
                let message = format!("`{}` is in two dependences", member.value);
                let help = "put all that moves with it in one dependence";
                self.report(
                    Diagnostic::error(IMPOSSIBLE, message, member.span, "again")
                        .and(first, "first")
                        .help(help),
                );
            }
        }
        found
    }

    fn dependence(&mut self, entry: &Entry, parameters: &[Parameter]) -> Option<Dependence> {
        let members = self.members(entry, parameters)?;
        let (rank, at) = match (entry.get("rank"), entry.get("pairs")) {
            (Some(_), Some(pairs)) => {
                let message = format!("`{}` has both `rank` and `pairs`", entry.heading());
                self.report(Diagnostic::error(
                    IMPOSSIBLE,
                    message,
                    pairs.span,
                    "one of them is enough",
                ));
                return None;
            }
            (Some(rank), None) => (self.matrix(rank, &members)?, rank.span),
            (None, pairs) => (self.pairs_of(pairs?, &members)?, pairs?.span),
        };
        let factored = match factor(&rank) {
            Ok(factored) => factored,
            Err(moved) => {
                self.report(contradiction(&members, &moved, at));
                return None;
            }
        };
        if !factored.moved.is_empty() {
            let message = format!("the rank correlations of `{}` cannot all be at once", entry.heading());
            let diagnostic = Diagnostic::error("W0108", message, at, "moved to the nearest possible ones").warning();
            self.report(told(diagnostic, &members, &factored.moved));
        }
        let method = match entry.text("method") {
            Some("iman_conover") => Method::ImanConover,
            _ => Method::GaussianCopula,
        };
        Some(Dependence {
            name: entry.name.clone(),
            members,
            method,
            rows: factored.rows,
        })
    }

    /// The members, when they can move together.
    fn members(&mut self, entry: &Entry, parameters: &[Parameter]) -> Option<Vec<Name>> {
        let members = entry.names("members");
        let at = entry.key_span("members");
        if !(2..=MOST_MEMBERS).contains(&members.len()) {
            let message = format!(
                "`{}` requires 2 to {MOST_MEMBERS} members, found {}",
                entry.heading(),
                members.len()
            );
            self.report(Diagnostic::error(IMPOSSIBLE, message, at, ""));
            return None;
        }
        let mut right = true;
        let mut first: Option<&Parameter> = None;
        for (n, member) in members.iter().enumerate() {
            if let Some(before) = members[..n].iter().find(|before| before.value == member.value) {
                let message = format!("`{}` stands twice in `{}`", member.value, entry.heading());
                self.report(Diagnostic::error(IMPOSSIBLE, message, member.span, "again").and(before.span, "first"));
                right = false;
                continue;
            }
            if !self.refers(PARAMETER, member) {
                right = false;
                continue;
            }
            // A parameter with faults of its own is declared, and has been reported.
            let Some(parameter) = parameters.iter().find(|it| it.name.value == member.value) else {
                right = false;
                continue;
            };
            if !matches!(parameter.value.quantity, Quantity::Uncertain(_)) {
                let message = format!("`{}` is not uncertain, so nothing moves with it", member.value);
                let fault = Diagnostic::error(IMPOSSIBLE, message, member.span, "certain");
                self.report(fault.and(parameter.value.text.span, "its value"));
                right = false;
                continue;
            }
            match first {
                None => first = Some(parameter),
                Some(first) if draws(first) != draws(parameter) => {
                    let message = format!(
                        "`{}` has {} and `{}` has {}",
                        first.name.value,
                        draws(first),
                        member.value,
                        draws(parameter)
                    );
                    let help = "members of a dependence all have one draw, or all a draw for each element of the same index sets";
                    self.report(Diagnostic::error(IMPOSSIBLE, message, member.span, "").help(help));
                    right = false;
                }
                Some(_) => {}
            }
        }
        right.then_some(members)
    }

    fn matrix(&mut self, node: &Node, members: &[Name]) -> Option<Vec<Vec<f64>>> {
        let rows = lists(node);
        let count = members.len();
        if rows.len() != count || rows.iter().any(|row| row.len() != count) {
            let message = format!("`rank` requires {count} rows of {count} numbers, one for each member");
            self.report(Diagnostic::error(IMPOSSIBLE, message, node.span, ""));
            return None;
        }
        let number = |row: usize, column: usize| rows[row][column].number().unwrap_or(f64::NAN);
        for row in 0..count {
            for column in 0..count {
                let (here, mirrored) = (number(row, column), number(column, row));
                let pair = format!("`{}` and `{}`", members[row].value, members[column].value);
                let message = if row == column && here != 1.0 {
                    format!(
                        "the rank correlation of `{}` with itself is 1, found {here}",
                        members[row].value
                    )
                } else if here != mirrored {
                    format!("{pair} have two rank correlations, {mirrored} and {here}")
                } else if !(-1.0..=1.0).contains(&here) {
                    format!("a rank correlation lies between -1 and 1, found {here}")
                } else {
                    continue;
                };
                self.report(Diagnostic::error(IMPOSSIBLE, message, rows[row][column].span, ""));
                return None;
            }
        }
        Some(
            (0..count)
                .map(|row| (0..count).map(|column| number(row, column)).collect())
                .collect(),
        )
    }

    fn pairs_of(&mut self, node: &Node, members: &[Name]) -> Option<Vec<Vec<f64>>> {
        let count = members.len();
        let mut rank: Vec<Vec<Option<f64>>> = vec![vec![None; count]; count];
        for pair in lists(node) {
            let [a, b, number] = pair else { return None };
            let place = |node: &Node| {
                members
                    .iter()
                    .position(|member| Some(member.value.as_str()) == node.text())
            };
            let (Some(i), Some(j)) = (place(a), place(b)) else {
                let stranger = if place(a).is_none() { a } else { b };
                let message = format!(
                    "`{}` is no member of this dependence",
                    stranger.text().unwrap_or_default()
                );
                self.report(Diagnostic::error(
                    IMPOSSIBLE,
                    message,
                    stranger.inner_span(),
                    "not in `members`",
                ));
                return None;
            };
            let value = number.number().unwrap_or(f64::NAN);
            let (message, at) = if i == j {
                ("a pair requires two different members".to_owned(), b.span)
            } else if rank[i][j].is_some() {
                (
                    format!("`{}` and `{}` are paired twice", members[i].value, members[j].value),
                    b.span,
                )
            } else if !(-1.0..=1.0).contains(&value) {
                (
                    format!("a rank correlation lies between -1 and 1, found {value}"),
                    number.span,
                )
            } else {
                rank[i][j] = Some(value);
                rank[j][i] = Some(value);
                continue;
            };
            self.report(Diagnostic::error(IMPOSSIBLE, message, at, ""));
            return None;
        }
        let number = |i: usize, j: usize| if i == j { 1.0 } else { rank[i][j].unwrap_or(0.0) };
        Some((0..count).map(|i| (0..count).map(|j| number(i, j)).collect()).collect())
    }
}

/// The lists in a list; the table of kinds has checked that there is nothing else in it.
fn lists(node: &Node) -> Vec<&[Node]> {
    let NodeKind::List(rows) = &node.kind else {
        return Vec::new();
    };
    rows.iter()
        .filter_map(|row| match &row.kind {
            NodeKind::List(row) => Some(row.as_slice()),
            _ => None,
        })
        .collect()
}

/// How many draws a parameter has, in words.
fn draws(parameter: &Parameter) -> String {
    if parameter.each {
        let mut over: Vec<String> = parameter.over.iter().map(|name| format!("`{}`", name.value)).collect();
        over.sort();
        format!("a draw for each element of {}", over.join(" and "))
    } else {
        "one draw".to_owned()
    }
}

fn contradiction(members: &[Name], moved: &[Moved], at: Span) -> Diagnostic {
    let message =
        format!("these rank correlations contradict each other: one would have to move by more than {GREATEST_MOVE}");
    let diagnostic = Diagnostic::error(IMPOSSIBLE, message, at, "impossible together");
    told(diagnostic, members, moved).help("choose correlations that can be at once; the nearest are those above")
}

/// Most entries that a message lists.
const MOST_LISTED: usize = 6;

fn told(diagnostic: Diagnostic, members: &[Name], moved: &[Moved]) -> Diagnostic {
    let mut diagnostic = diagnostic;
    for moved in moved.iter().take(MOST_LISTED) {
        let (row, column) = (&members[moved.row].value, &members[moved.column].value);
        let change = moved.given - moved.asked;
        diagnostic = diagnostic.note(format!(
            "`{row}` and `{column}`: {} becomes {:.4} ({change:+.4})",
            moved.asked, moved.given
        ));
    }
    match moved.len().saturating_sub(MOST_LISTED) {
        0 => diagnostic,
        more => diagnostic.note(format!("and {more} more")),
    }
}
