//! Which dimension of the Sobol sequence belongs to which input: the file `sobol.lock` of a model.
//!
//! A dimension belongs to a name for good. New inputs get the next free dimensions, names that are gone keep theirs, so the
//! draws of an input never change because another one came or went. One line a dimension: its number, a space, the name.

use std::collections::BTreeMap;
use std::fmt::{self, Write};

/// Greatest dimension.
pub const MOST_DIMENSIONS: usize = 2048;

const HEAD: &str =
    "# Dimension of the Sobol sequence for each uncertain input. Written by `mkba lock`; lines are only ever added.\n";

/// Dimensions by the full name of an input, counted from 1.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Dimensions {
    by_name: BTreeMap<String, usize>,
}

/// What is wrong in a lock file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LockFault {
    /// Line, from 1.
    pub line: usize,
    /// What is wrong.
    pub sentence: String,
}

impl fmt::Display for LockFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "line {}: {}", self.line, self.sentence)
    }
}

impl std::error::Error for LockFault {}

impl Dimensions {
    /// Reads a lock file.
    ///
    /// # Errors
    /// The first line that is no dimension and name, or does not follow on the line before.
    pub fn parse(text: &str) -> Result<Dimensions, LockFault> {
        let mut dimensions = Dimensions::default();
        for (line, content) in (1..).zip(text.lines()) {
            let content = content.trim();
            if content.is_empty() || content.starts_with('#') {
                continue;
            }
            let fault = |sentence: String| LockFault { line, sentence };
            let (number, name) = content
                .split_once(' ')
                .and_then(|(number, name)| Some((number.parse::<usize>().ok()?, name.trim())))
                .filter(|(_, name)| !name.is_empty())
                .ok_or_else(|| fault("a dimension requires a number, a space and the name of an input".to_owned()))?;
            let next = dimensions.len() + 1;
            if number != next {
                return Err(fault(format!("dimension {next} must come here, found {number}")));
            }
            if let Some(before) = dimensions.by_name.insert(name.to_owned(), number) {
                return Err(fault(format!("`{name}` has dimension {before} already")));
            }
        }
        Ok(dimensions)
    }

    /// Gives the next dimensions to the names that have none, and returns those names in order.
    pub fn append<'n>(&mut self, names: impl IntoIterator<Item = &'n str>) -> Vec<&'n str> {
        let mut added = Vec::new();
        for name in names {
            if !self.by_name.contains_key(name) {
                self.by_name.insert(name.to_owned(), self.len() + 1);
                added.push(name);
            }
        }
        added
    }

    /// The dimension of an input.
    #[must_use]
    pub fn of(&self, name: &str) -> Option<usize> {
        self.by_name.get(name).copied()
    }

    /// Number of dimensions given out.
    #[must_use]
    pub fn len(&self) -> usize {
        self.by_name.len()
    }

    /// Whether none is given out.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.by_name.is_empty()
    }

    /// The text of the lock file.
    #[must_use]
    pub fn to_text(&self) -> String {
        let mut lines: Vec<(usize, &str)> = self
            .by_name
            .iter()
            .map(|(name, number)| (*number, name.as_str()))
            .collect();
        lines.sort_unstable();
        lines.into_iter().fold(HEAD.to_owned(), |mut text, (number, name)| {
            writeln!(text, "{number} {name}").expect("writing to a string cannot fail");
            text
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn new_names_are_appended_and_old_ones_keep_their_dimension() {
        let mut dimensions = Dimensions::parse("# head\n1 rent\n2 jobs[delft]\n\n").expect("well formed");
        assert_eq!(dimensions.append(["wage", "rent", "area", "wage"]), ["wage", "area"]);
        assert_eq!(
            ["rent", "jobs[delft]", "wage", "area", "none"].map(|name| dimensions.of(name)),
            [Some(1), Some(2), Some(3), Some(4), None]
        );
        assert_eq!(Dimensions::parse(&dimensions.to_text()), Ok(dimensions));
    }

    #[test]
    fn a_line_out_of_order_is_refused_with_its_number() {
        let fault = |text: &str| Dimensions::parse(text).expect_err("a fault").to_string();
        assert_eq!(fault("1 rent\n3 jobs\n"), "line 2: dimension 2 must come here, found 3");
        assert_eq!(fault("1 rent\n2 rent\n"), "line 2: `rent` has dimension 1 already");
        assert!(fault("# head\nrent\n").starts_with("line 2: a dimension requires a number"));
        assert!(fault("1 \n").starts_with("line 1: a dimension requires"));
    }
}
