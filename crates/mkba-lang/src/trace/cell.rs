//! A cell as it is typed: which number is asked for.
use std::fmt;

/// `[SCENARIO/ALTERNATIVE/]NAME[.MEMBER][[ELEMENT,…]][@YEAR]`, such as `occupied[delft]@2040` or `balance.treasury`.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Cell {
    /// Scenario, if given.
    pub scenario: Option<String>,
    /// Alternative, if given.
    pub alternative: Option<String>,
    /// `balance`, or a name of the model.
    pub name: String,
    /// Member of a gate, or a party.
    pub member: Option<String>,
    /// Keys of elements.
    pub elements: Vec<String>,
    /// Calendar year.
    pub year: Option<i32>,
}

/// A cell that does not exist, and what to do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CellFault {
    /// What is wrong.
    pub message: String,
    /// What to do.
    pub help: String,
}

impl CellFault {
    pub(super) fn new(message: impl Into<String>, help: impl Into<String>) -> Self {
        Self {
            message: message.into(),
            help: help.into(),
        }
    }
}

impl fmt::Display for CellFault {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}; {}", self.message, self.help)
    }
}

impl std::error::Error for CellFault {}

/// How a cell is written, for messages.
const FORM: &str = "a cell is `NAME`, `NAME[element]`, `NAME@2040` or `NAME[element]@2040`, with `SCENARIO/ALTERNATIVE/` before it if need be";

impl Cell {
    /// Reads a cell.
    ///
    /// ```
    /// use mkba_lang::trace::Cell;
    /// let cell = Cell::parse("wlo-high/integrated/occupied[delft]@2040").expect("well formed");
    /// assert_eq!((cell.name.as_str(), cell.year), ("occupied", Some(2040)));
    /// assert_eq!(cell.to_string(), "wlo-high/integrated/occupied[delft]@2040");
    /// assert!(Cell::parse("occupied[delft").is_err());
    /// ```
    ///
    /// # Errors
    /// It is not of that form.
    pub fn parse(text: &str) -> Result<Self, CellFault> {
        let malformed = |what: &str| CellFault::new(format!("`{text}` is not a cell: {what}"), FORM);
        let text = text.trim();
        let (path, own) = match text.find('[').map_or(text, |at| &text[..at]).rfind('/') {
            Some(at) => (Some(&text[..at]), &text[at + 1..]),
            None => (None, text),
        };
        let (scenario, alternative) = match path.map(|path| path.split('/').collect::<Vec<_>>()).as_deref() {
            None => (None, None),
            Some([scenario, alternative]) if !scenario.is_empty() && !alternative.is_empty() => {
                (Some((*scenario).to_owned()), Some((*alternative).to_owned()))
            }
            Some(_) => return Err(malformed("a path has a scenario and an alternative")),
        };
        let bracket = own.find('[');
        let closing = own.rfind(']');
        let (before, elements, after) = match (bracket, closing) {
            (None, None) => {
                let at = own.find('@').unwrap_or(own.len());
                (&own[..at], Vec::new(), &own[at..])
            }
            (Some(open), Some(close)) if open < close => {
                let keys: Vec<String> = own[open + 1..close]
                    .split(',')
                    .map(|key| key.trim().to_owned())
                    .collect();
                if keys.iter().any(String::is_empty) {
                    return Err(malformed("there is no element between the brackets"));
                }
                (&own[..open], keys, &own[close + 1..])
            }
            _ => return Err(malformed("a bracket is not closed")),
        };
        let year = match after.strip_prefix('@') {
            None if after.is_empty() => None,
            Some(year) => Some(year.trim().parse().map_err(|_| malformed("no year follows `@`"))?),
            None => return Err(malformed("something follows the brackets")),
        };
        let (name, member) = match before.split_once('.') {
            Some((name, member)) => (name, Some(member.trim().to_owned())),
            None => (before, None),
        };
        if name.trim().is_empty() || member.as_deref() == Some("") {
            return Err(malformed("there is no name"));
        }
        Ok(Self {
            scenario,
            alternative,
            name: name.trim().to_owned(),
            member,
            elements,
            year,
        })
    }
}

impl fmt::Display for Cell {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let (Some(scenario), Some(alternative)) = (&self.scenario, &self.alternative) {
            write!(formatter, "{scenario}/{alternative}/")?;
        }
        write!(formatter, "{}", self.name)?;
        if let Some(member) = &self.member {
            write!(formatter, ".{member}")?;
        }
        if !self.elements.is_empty() {
            write!(formatter, "[{}]", self.elements.join(","))?;
        }
        match self.year {
            Some(year) => write!(formatter, "@{year}"),
            None => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_form_reads_back_as_it_was_written() {
        for text in [
            "balance",
            "balance.treasury",
            "buildings@2031",
            "grid.granted[delft]@2040",
            "x[a,b]",
            "x[a/b@c]@2030",
            "low/integrated/balance",
        ] {
            assert_eq!(Cell::parse(text).map(|cell| cell.to_string()).as_deref(), Ok(text));
        }
    }

    #[test]
    fn what_is_no_cell_is_refused_with_the_form_of_one() {
        for text in [
            "", "x[", "x]", "x[]", "x@", "x@soon", "low/x", "a/b/c/x", "x[a]b", ".granted", "x.",
        ] {
            let fault = Cell::parse(text).expect_err(text);
            assert!(fault.help.contains("NAME[element]@2040"), "{fault}");
        }
    }
}
