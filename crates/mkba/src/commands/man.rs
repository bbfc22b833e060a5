//! `mkba man`: manual pages, from the same definition as `--help`.
use crate::arguments::{Arguments, ManArguments};
use crate::failure::Failure;
use crate::terminal;
use crate::text_files::write_all;
use clap::{Command, CommandFactory};
use clap_mangen::Man;
use std::io;

/// Prints the page of the whole program, or writes it and a page for each command to a folder.
///
/// # Errors
/// The output cannot be written.
pub fn man(arguments: &ManArguments) -> Result<(), Failure> {
    let pages = pages().map_err(Failure::Output)?;
    match (&arguments.out, pages.first()) {
        (Some(folder), _) => write_all(folder, &pages),
        (None, Some((_, page))) => terminal::print(&String::from_utf8_lossy(page)),
        (None, None) => Ok(()),
    }
}

/// File name and text of each page, that of the whole program first.
fn pages() -> io::Result<Vec<(String, Vec<u8>)>> {
    let mut whole = Arguments::command().disable_help_subcommand(true);
    whole.build();
    let commands: Vec<Command> = whole.get_subcommands().cloned().collect();
    std::iter::once(whole)
        .chain(commands)
        .map(|command| {
            let examples = command.get_after_help().map(ToString::to_string).unwrap_or_default();
            let man = Man::new(command)
                .date("")
                .source(concat!("mkba ", env!("CARGO_PKG_VERSION")));
            let mut page = Vec::new();
            man.render_title(&mut page)?;
            man.render_name_section(&mut page)?;
            man.render_synopsis_section(&mut page)?;
            man.render_description_section(&mut page)?;
            man.render_options_section(&mut page)?;
            if man.get_filename() == "mkba.1" {
                man.render_subcommands_section(&mut page)?;
            }
            page.extend(as_written("EXAMPLES", examples.trim_start_matches("Examples:\n")).into_bytes());
            Ok((man.get_filename(), page))
        })
        .collect()
}

/// A section whose lines are kept as they are: a manual page fills lines otherwise.
fn as_written(heading: &str, text: &str) -> String {
    let line = |line: &str| {
        let line = line.replace('\\', "\\e").replace('-', "\\-");
        // A line that begins with a full stop or an apostrophe would be a command.
        let guard = if line.starts_with(['.', '\'']) { "\\&" } else { "" };
        format!("{guard}{line}\n")
    };
    let lines: String = text.lines().map(line).collect();
    format!(".SH {heading}\n.nf\n{lines}.fi\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_of_a_section_stay_as_they_are() {
        let page = as_written("EXAMPLES", "  a -b\n.c\n\n'd\\");
        assert_eq!(page, ".SH EXAMPLES\n.nf\n  a \\-b\n\\&.c\n\n\\&'d\\e\n.fi\n");
    }
}
