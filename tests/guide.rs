//! The guide is true: every page that shows commands is followed, in order, in a project of its own.
//!
//! A page says in a comment how it is followed: `<!-- follow: from the start -->`, `<!-- follow: after first-model.md -->` (the files of
//! that page are there, its commands are not run again), `<!-- follow: in an empty folder -->` (no project is there, `mkba init` makes
//! one), or `<!-- follow: not, REASON -->`.
//!
//! A block that begins with `# file: PATH` is a file. One that begins with `# in: PATH` changes a file that is there: each of its
//! tables replaces the one with the same heading, or is added. In a block ```` ```console ```` each line that begins with `$` is a
//! command: `mkba`, `grep TEXT FILE` or `cd FOLDER`. It must succeed, unless `$ echo $?` follows, under which the exit code stands. All other lines
//! stand in what the command before them printed, in this order and with any number of spaces; `…` is any text, `...` any further lines.
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use tempfile::TempDir;

fn guide() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/guide")
}

/// Pages of the guide by name.
fn pages() -> BTreeMap<String, String> {
    let mut found = BTreeMap::new();
    let mut folders = vec![guide()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).expect("a folder") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|end| end == "md") {
                let name = path.strip_prefix(guide()).expect("a page of the guide");
                found.insert(
                    name.to_string_lossy().into_owned(),
                    fs::read_to_string(&path).expect("a text"),
                );
            }
        }
    }
    found
}

/// How a page is followed.
#[derive(Debug, Clone, PartialEq)]
enum Follow {
    FromTheStart,
    After(String),
    InAnEmptyFolder,
    Not,
}

/// What a page says of itself; `None` if it says nothing.
fn directive(text: &str) -> Option<Follow> {
    let said = text.split("<!-- follow: ").nth(1)?.split("-->").next()?.trim();
    if said == "from the start" {
        return Some(Follow::FromTheStart);
    }
    if said == "in an empty folder" {
        return Some(Follow::InAnEmptyFolder);
    }
    if let Some(page) = said.strip_prefix("after ") {
        return Some(Follow::After(page.to_owned()));
    }
    let reason = said
        .strip_prefix("not, ")
        .unwrap_or_else(|| panic!("`follow: {said}` is not understood"));
    assert!(reason.len() > 10, "a reason is required: {said}");
    Some(Follow::Not)
}

struct Block<'t> {
    language: &'t str,
    body: &'t str,
}

fn blocks(text: &str) -> Vec<Block<'_>> {
    let mut parts = text.split("\n```");
    parts.next();
    let fenced = parts.step_by(2);
    let blocks = fenced.filter_map(|part| part.split_once('\n'));
    blocks.map(|(language, body)| Block { language, body }).collect()
}

/// Where a page is followed.
struct Place {
    /// Removed with everything in it when the page is done.
    _folder: TempDir,
    /// The folder in which commands run, and from which paths of files are written.
    here: PathBuf,
    files: usize,
    commands: usize,
}

impl Place {
    fn empty() -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        Self {
            here: folder.path().to_owned(),
            _folder: folder,
            files: 0,
            commands: 0,
        }
    }

    /// A project with the rulebook of this one.
    fn project() -> Self {
        let root = Path::new(env!("CARGO_MANIFEST_DIR"));
        let place = Self::empty();
        let rulebook = "models/rulebooks/nl-2021.toml";
        fs::create_dir_all(place.here.join("models/rulebooks")).expect("a folder");
        for path in ["mkba.toml", rulebook] {
            fs::copy(root.join(path), place.here.join(path)).expect("a file of the project");
        }
        place
    }

    /// Writes or changes the file of a block, if it is one.
    fn write(&mut self, block: &Block<'_>) {
        let Some((head, rest)) = block.body.split_once('\n') else {
            return;
        };
        let (path, text) = if let Some(path) = head.strip_prefix("# file: ") {
            (path.trim(), block.body.to_owned())
        } else if let Some(path) = head.strip_prefix("# in: ") {
            let old = fs::read_to_string(self.here.join(path.trim())).unwrap_or_else(|error| panic!("{path}: {error}"));
            (path.trim(), changed(&old, rest))
        } else {
            return;
        };
        let path = self.here.join(path);
        fs::create_dir_all(path.parent().expect("a file is in a folder")).expect("a folder");
        fs::write(path, text).expect("a file");
        self.files += 1;
    }

    /// Exit code and everything printed.
    fn run(&mut self, command: &str) -> (i32, String) {
        self.commands += 1;
        assert!(
            !command.contains(['"', '\'', '|', '>', '$']),
            "`{command}` needs a shell, which a test has not"
        );
        let mut words = command.split_whitespace();
        let mut program = match words.next() {
            Some("mkba") => Command::new(env!("CARGO_BIN_EXE_mkba")),
            Some("grep") => Command::new("grep"),
            Some("cd") => {
                self.here.extend(words);
                return (i32::from(!self.here.is_dir()), String::new());
            }
            _ => panic!(
                "`{command}` is neither `mkba`, `grep` nor `cd`: change it, or say `<!-- follow: not, REASON -->`"
            ),
        };
        let output = program
            .args(words)
            .current_dir(&self.here)
            .output()
            .expect("the program starts");
        let printed = [output.stdout, output.stderr].map(|bytes| String::from_utf8_lossy(&bytes).into_owned());
        (output.status.code().unwrap_or(-1), printed.concat())
    }

    fn follow(&mut self, page: &str, text: &str) {
        for block in blocks(text) {
            self.write(&block);
            if block.language == "console" {
                self.console(page, block.body);
            }
        }
    }

    fn console(&mut self, page: &str, body: &str) {
        let lines: Vec<&str> = body.lines().collect();
        let (mut code, mut printed, mut rest) = (0, String::new(), Vec::new());
        let mut at = 0;
        while let Some(line) = lines.get(at) {
            at += 1;
            if *line == "$ echo $?" {
                let told = lines.get(at).map(|next| next.trim().to_owned());
                assert_eq!(told, Some(code.to_string()), "{page}: exit code; printed:\n{printed}");
                (code, rest) = (0, Vec::new());
                at += 1;
            } else if let Some(command) = line.strip_prefix("$ ") {
                assert_eq!(code, 0, "{page}: a command failed; printed:\n{printed}");
                (code, printed) = self.run(command);
                rest = printed.lines().map(str::to_owned).collect();
            } else if !line.trim().is_empty() && line.trim() != "..." {
                let found = rest.iter().position(|said| fits(line, said));
                let found =
                    found.unwrap_or_else(|| panic!("{page}: `{line}` is not in, or not in this order in:\n{printed}"));
                rest.drain(..=found);
            }
        }
        assert_eq!(code, 0, "{page}: a command failed; printed:\n{printed}");
    }
}

/// Whether a line of the guide is what was printed: spaces count as one, `…` is any text.
fn fits(told: &str, said: &str) -> bool {
    let plain = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    let (told, said) = (plain(told), plain(said));
    if told == said {
        return true;
    }
    let mut rest = said.as_str();
    let mut parts = told.split('…').map(str::trim).peekable();
    let mut first = true;
    while let Some(part) = parts.next() {
        let last = parts.peek().is_none();
        let at = match (first, last) {
            (true, true) => return false,
            (true, false) => rest.starts_with(part).then_some(0),
            (false, true) => rest.ends_with(part).then(|| rest.len() - part.len()),
            (false, false) => rest.find(part),
        };
        let Some(at) = at else { return false };
        rest = &rest[at + part.len()..];
        first = false;
    }
    true
}

/// A file with the tables of another text in place of its own with the same heading, or after them. All other lines stay.
fn changed(old: &str, new: &str) -> String {
    let mut tables = tables(old);
    for table in self::tables(new).into_iter().filter(|table| table.starts_with('[')) {
        let heading = table.lines().next().map(str::to_owned);
        let own = tables
            .iter_mut()
            .find(|own| own.lines().next().map(str::to_owned) == heading);
        match own {
            Some(own) => *own = format!("{}\n{}", table.trim_end(), what_follows(own)),
            None => tables.push(format!("\n{}\n", table.trim_end())),
        }
    }
    tables.concat()
}

/// Blank lines and comments at the end of a table: they belong to what comes after it.
fn what_follows(table: &str) -> String {
    let lines: Vec<&str> = table.lines().collect();
    let is_content = |line: &&str| !line.trim().is_empty() && !line.starts_with('#');
    let end = lines.iter().rposition(is_content).map_or(0, |last| last + 1);
    lines[end..].iter().map(|line| format!("{line}\n")).collect()
}

/// Parts of a file that begin with a heading, and first what stands before the first one.
fn tables(text: &str) -> Vec<String> {
    let mut found = vec![String::new()];
    for line in text.lines() {
        if line.starts_with('[') {
            found.push(String::new());
        }
        let part = found.last_mut().expect("never empty");
        part.push_str(line);
        part.push('\n');
    }
    found
}

#[test]
fn every_page_that_shows_commands_is_followed_or_says_why_not() {
    let pages = pages();
    let (mut files, mut followed) = (0, 0);
    for (name, text) in &pages {
        let shows = blocks(text).iter().any(|block| {
            let is_shell = matches!(block.language, "console" | "sh");
            is_shell
                && block
                    .body
                    .lines()
                    .any(|line| line.trim_start_matches("$ ").starts_with("mkba "))
        });
        let Some(follow) = directive(text) else {
            assert!(
                !shows,
                "`docs/guide/{name}` shows commands: add `<!-- follow: from the start -->`, `<!-- follow: after PAGE -->` or `<!-- follow: not, REASON -->`"
            );
            continue;
        };
        let mut place = match follow {
            Follow::Not => continue,
            Follow::FromTheStart => Place::project(),
            Follow::InAnEmptyFolder => Place::empty(),
            Follow::After(before) => {
                let before = pages
                    .get(&before)
                    .unwrap_or_else(|| panic!("`{name}` goes on from `{before}`, which is not there"));
                let mut place = Place::project();
                blocks(before).iter().for_each(|block| place.write(block));
                place
            }
        };
        place.follow(name, text);
        assert!(place.commands > 0, "{name}: no command");
        (files, followed) = (files + place.files, followed + 1);
    }
    assert!(
        followed >= 8 && files >= 20,
        "{followed} pages were followed, with {files} files"
    );
}

#[test]
fn a_line_is_what_was_printed_but_for_spaces_and_what_is_left_out() {
    assert!(fits("Balance   −12.0", "Balance −12.0"));
    assert!(fits(
        "error[E0701]: `…/runs/first` already holds a run",
        "error[E0701]: `/tmp/x/runs/first` already holds a run"
    ));
    assert!(fits("Balance … −30.0", "Balance  −12.0  −30.0"));
    assert!(!fits("Balance", "Balance −12.0"));
    assert!(!fits("Balance … −3", "Balance  −12.0  −30.0"));
    assert!(!fits("x … y", "y x"));
}

#[test]
fn a_change_replaces_tables_of_its_heading_and_adds_others() {
    let old = "# head\n[a]\nx = 1\n\n# of b\n[b]\ny = 1\n";
    let new = "[a]\nx = 2\nz = 2\n\n[c]\nz = 1\n";
    assert_eq!(
        changed(old, new),
        "# head\n[a]\nx = 2\nz = 2\n\n# of b\n[b]\ny = 1\n\n[c]\nz = 1\n"
    );
}
