//! `mkba explain`: what a code means.
use crate::arguments::ExplainArguments;
use crate::failure::Failure;
use crate::suggestion::nearest;
use crate::terminal;
use mkba_lang::diagnostic::{explain as page_of, pages};

/// Prints the page of a code, or the list of all codes.
///
/// # Errors
/// There is no such code.
pub fn explain(arguments: &ExplainArguments) -> Result<(), Failure> {
    match &arguments.code {
        None => terminal::print(&list()),
        Some(code) => match page_of(code) {
            Some(page) => terminal::print(&format!("{page}\n")),
            None => Err(Failure::Use(unknown(code))),
        },
    }
}

fn list() -> String {
    pages().map(|page| format!("{}  {}\n", page.code, page.title)).collect()
}

fn unknown(code: &str) -> String {
    let capitals = code.to_uppercase();
    let suggestion = match nearest(&capitals, pages().map(|page| page.code)) {
        Some(near) => format!("did you mean `{near}`? "),
        None => String::new(),
    };
    format!("no message has the code `{code}`; {suggestion}`mkba explain` lists all codes")
}

#[cfg(test)]
mod tests {
    use super::*;
    use mkba_results::ResultsError;
    use std::io;
    use std::path::PathBuf;

    #[test]
    fn every_code_has_a_line() {
        assert!(list().lines().any(|line| line.starts_with("E0301  ")));
        assert_eq!(list().lines().count(), pages().count());
    }

    #[test]
    fn an_unknown_code_is_wrong_use_with_a_suggestion() {
        let failure = explain(&ExplainArguments {
            code: Some("E031".into()),
        })
        .expect_err("unknown");
        assert_eq!(failure.exit_code(), 2);
        assert!(failure.message().contains("did you mean"), "{}", failure.message());
    }

    #[test]
    fn codes_of_results_and_of_this_program_are_explained() {
        let path = PathBuf::from("x");
        let results = [
            ResultsError::AlreadyHoldsRun { path: path.clone() },
            ResultsError::CannotWrite {
                path: path.clone(),
                error: io::Error::other("full"),
            },
            ResultsError::Unreadable {
                path,
                reason: "cut off".into(),
            },
        ];
        let own = [
            "E0001", "E0002", "E0003", "E0015", "E0023", "E0405", "E0601", "E0602", "E0603",
        ];
        for code in results.iter().map(ResultsError::code).chain(own) {
            assert!(page_of(code).is_some(), "{code}");
        }
    }
}
