//! What every code means, with an example of the fault and of its repair: the text of `mkba explain CODE`.
//!
//! One table, in files by hundred: E00 files and keys, E01 syntax, E02 names, E03 units and index sets, E04 and E05
//! the economics, E06 and E07 running and writing, W01 warnings. A code is never reused for another meaning.
mod chapter;
mod economics;
mod names;
mod reading;
mod running;
mod syntax;
mod units;
mod warnings;

pub use chapter::chapter;
use std::fmt;

/// The page of one code.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CodePage {
    /// `E0301`, `W0101`.
    pub code: &'static str,
    /// The fault in a few words, a lowercase fragment.
    pub title: &'static str,
    /// What is asked for and why, in full sentences.
    pub explanation: &'static str,
    /// Text with the fault.
    pub bad: &'static str,
    /// The same text repaired.
    pub good: &'static str,
}

/// The page of a code, written in capitals or not; `None` for an unknown code.
///
/// ```
/// use mkba_lang::diagnostic::explain;
/// assert_eq!(explain("e0301").map(|page| page.title), Some("a flow requires money per year"));
/// assert_eq!(explain("E9999"), None);
/// ```
#[must_use]
pub fn explain(code: &str) -> Option<&'static CodePage> {
    pages().find(|page| page.code.eq_ignore_ascii_case(code))
}

/// All pages in order of code.
pub fn pages() -> impl Iterator<Item = &'static CodePage> {
    let groups = [
        reading::PAGES,
        syntax::PAGES,
        names::PAGES,
        units::PAGES,
        economics::PAGES,
        running::PAGES,
        warnings::PAGES,
    ];
    groups.into_iter().flatten()
}

impl fmt::Display for CodePage {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let indented = |text: &str| text.lines().map(|line| format!("    {line}\n")).collect::<String>();
        write!(
            formatter,
            "{}: {}\n\n{}\n\nWith the fault:\n\n{}\nRepaired:\n\n{}",
            self.code,
            self.title,
            self.explanation,
            indented(self.bad),
            indented(self.good)
        )
    }
}

const fn page(
    code: &'static str,
    title: &'static str,
    explanation: &'static str,
    bad: &'static str,
    good: &'static str,
) -> CodePage {
    CodePage {
        code,
        title,
        explanation,
        bad,
        good,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;
    use std::fs;
    use std::path::Path;

    #[test]
    fn pages_are_in_order_of_code_without_doubles() {
        let codes: Vec<&str> = pages().map(|page| page.code).collect();
        let mut sorted: Vec<&str> = codes.clone();
        sorted.sort_unstable();
        sorted.dedup();
        assert_eq!(codes, sorted);
    }

    #[test]
    fn every_page_is_complete_and_repairs_its_fault() {
        for page in pages() {
            assert!(page.explanation.ends_with('.'), "{}", page.code);
            assert!(!page.title.is_empty() && !page.title.ends_with('.'), "{}", page.code);
            assert!(
                !page.bad.is_empty() && !page.good.is_empty() && page.bad != page.good,
                "{}",
                page.code
            );
            assert!(
                page.to_string()
                    .starts_with(&format!("{}: {}\n", page.code, page.title))
            );
        }
    }

    #[test]
    fn every_code_in_the_sources_of_this_crate_has_a_page() {
        let mut used = BTreeSet::new();
        collect(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"), &mut used);
        assert!(used.contains("E0101") && used.contains("E0212"), "found {used:?}");
        let missing: Vec<&String> = used.iter().filter(|code| explain(code).is_none()).collect();
        assert!(missing.is_empty(), "without a page: {missing:?}");
        let idle = pages().filter(|page| used.contains(page.code) == NOT_HERE.contains(&page.code));
        let idle: Vec<&str> = idle.map(|page| page.code).collect();
        assert!(
            idle.is_empty(),
            "neither raised here nor said to be raised elsewhere, or both: {idle:?}"
        );
    }

    #[test]
    fn the_page_of_functions_names_all_of_them() {
        let page = explain("E0208").expect("the page of unknown functions").explanation;
        let words: BTreeSet<&str> = page.split(|c: char| c != '_' && !c.is_alphanumeric()).collect();
        for (name, _) in crate::typing::FUNCTIONS {
            assert!(words.contains(name), "{name}");
        }
    }

    #[test]
    fn codes_that_were_in_use_once_do_not_come_back() {
        assert!(RETIRED.iter().all(|code| explain(code).is_none()));
    }

    /// Codes that other crates raise.
    const NOT_HERE: &[&str] = &[
        "E0405", "E0601", "E0602", "E0603", "E0604", "E0701", "E0702", "E0703", "E0704", "E0799", "W0110",
    ];
    /// Codes that had a page once: placeholders are what `mkba sources` lists.
    const RETIRED: [&str; 1] = ["W0102"];

    /// Adds the codes between quotes in the files of a folder, these pages and their tests apart.
    fn collect(folder: &Path, used: &mut BTreeSet<String>) {
        for entry in fs::read_dir(folder).expect("a folder") {
            let path = entry.expect("an entry").path();
            if path.is_dir() && !path.ends_with("codes") && !path.ends_with("tests") {
                collect(&path, used);
            } else if path.extension().is_some_and(|end| end == "rs")
                && !path.ends_with("codes.rs")
                && !path.ends_with("tests.rs")
            {
                let text = fs::read_to_string(&path).expect("a text");
                let words = text.split('"').filter(|word| word.len() == 5);
                let is_code =
                    |word: &&str| word.starts_with(['E', 'W']) && word[1..].bytes().all(|byte| byte.is_ascii_digit());
                used.extend(words.filter(is_code).map(str::to_owned));
            }
        }
    }
}
