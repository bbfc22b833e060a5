//! The pages as a chapter of the guide.
use super::{CodePage, pages};

/// What stands before the pages.
const HEAD: &str = "# Messages and their codes

<!-- follow: not, the examples are compiled by crates/mkba-lang/tests/pages.rs -->
<!-- Made from the pages of `mkba explain`: `MKBA_BLESS=1 cargo test --release -p mkba-lang --test pages` writes this file anew. -->

Every message of `mkba` has a code that keeps its meaning and is never used again for another one. `mkba explain E0301` prints the page of
a code. Codes with E stop a run; those with W do not, and somebody should look. Below, each code has an example with the fault and the
same example repaired. A line `# file: PATH` says to which file the lines below it belong; without it they stand in a file of the model.

## For other programs

`mkba check STUDY --format json` prints a list of objects to standard output, empty when nothing was found, and nothing else. The exit code
is the same as without it. An object has

| key | holds |
|---|---|
| `code` | `E0301` |
| `severity` | `error` or `warning` |
| `message` | one fragment, with names in backticks |
| `labels` | places in files, the main one first; none for a fault without a place |
| `notes` | further facts, such as the units that were found and required |
| `help` | what to do, or null |

and a label

| key | holds |
|---|---|
| `path` | file, from the root of the project |
| `line`, `column` | first character, counted from 1 |
| `end_line`, `end_column` | one past the last character |
| `text` | what is the matter there; may be empty |
| `primary` | whether it is the main place |
";

/// Codes that begin alike, and what they are about.
const GROUPS: [(&str, &str); 9] = [
    ("E00", "Files, keys and stated numbers"),
    ("E01", "How formulas, values and units are written"),
    ("E02", "Names, and what they refer to"),
    ("E03", "Units, index sets and price levels"),
    ("E04", "Postings, taxes and discounting"),
    ("E05", "Double counting"),
    ("E06", "While running"),
    ("E07", "While writing and reading results"),
    ("W01", "Warnings"),
];

/// All pages as the chapter `docs/guide/codes.md`.
#[must_use]
pub fn chapter() -> String {
    let mut text = HEAD.to_owned();
    for (start, title) in GROUPS {
        text.push_str(&format!("\n## {start}: {}\n", title));
        pages()
            .filter(|page| page.code.starts_with(start))
            .for_each(|it| text.push_str(&section(it)));
    }
    text
}

fn section(page: &CodePage) -> String {
    let block = |example: &str| {
        let language = if example.starts_with("$ ") {
            "console"
        } else if example.starts_with("# file: ") && example.lines().next().is_some_and(|line| line.ends_with(".csv")) {
            "text"
        } else {
            "toml"
        };
        format!("```{language}\n{example}\n```\n")
    };
    format!(
        "\n### {}: {}\n\n{}\n\nWith the fault:\n\n{}\nRepaired:\n\n{}",
        page.code,
        page.title,
        page.explanation,
        block(page.bad),
        block(page.good)
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_page_stands_in_the_chapter_once() {
        let chapter = chapter();
        for page in pages() {
            assert_eq!(
                chapter.matches(&format!("\n### {}: ", page.code)).count(),
                1,
                "{}",
                page.code
            );
        }
    }
}
