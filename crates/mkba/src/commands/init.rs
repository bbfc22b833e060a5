//! `mkba init`: a project with a small model that runs, or such a model in a project that is there.
use crate::arguments::InitArguments;
use crate::failure::Failure;
use crate::terminal;
use mkba_lang::project::MARKER;
use mkba_results::ResultsError;
use std::fs::{self, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

/// Names longer than this make paths and tables hard to read.
const LONGEST_NAME: usize = 60;
/// `models/rulebooks` has another meaning.
const RULEBOOKS: &str = "rulebooks";

/// Writes the files of a template under a new name.
///
/// # Errors
/// The name cannot be one, something of that name is there already, or a file cannot be written. Nothing is replaced, and what
/// was written before a failure is removed again.
pub fn init(arguments: &InitArguments) -> Result<(), Failure> {
    let name = arguments.name.as_str();
    check_name(name).map_err(Failure::Use)?;
    let here = std::env::current_dir().map_err(cannot_write(Path::new(".")))?;
    let files = arguments.template.files(name);
    let (root, is_new) = match project_around(&here) {
        Some(root) => (root, false),
        None => (here.join(name), true),
    };
    let wanted: Vec<(PathBuf, &str)> = files
        .iter()
        .filter(|(path, _)| is_new || path != MARKER)
        .map(|(path, text)| (root.join(path), text.as_str()))
        .collect();
    if is_new {
        require_empty(&root, name)?;
    } else {
        require_absent(&root, name, &wanted)?;
    }
    write_all(&wanted)?;
    report(name, &root, is_new, &here, &files)
}

/// A name of a model that is also a name of a folder everywhere.
fn check_name(name: &str) -> Result<(), String> {
    let rule = "a name is a lowercase letter, then lowercase letters, digits and `-`";
    let is_right = name.starts_with(|letter: char| letter.is_ascii_lowercase())
        && name
            .bytes()
            .all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-');
    if name.len() > LONGEST_NAME {
        return Err(format!(
            "the name has more than {LONGEST_NAME} letters; choose a shorter one"
        ));
    }
    if name == RULEBOOKS {
        return Err(format!("`{name}` is the folder of rulebooks; choose another name"));
    }
    if is_right {
        return Ok(());
    }
    if name.contains(['/', '\\']) || matches!(name, "." | "..") {
        return Err(format!(
            "`{name}` is a path, and a name is wanted: go to the folder in which the project has to come; {rule}"
        ));
    }
    let lowercase = name.to_lowercase();
    let words = lowercase
        .split(|letter: char| !letter.is_ascii_alphanumeric())
        .filter(|word| !word.is_empty());
    let mended = words.collect::<Vec<_>>().join("-");
    let mended = mended.trim_start_matches(|letter: char| letter == '-' || letter.is_ascii_digit());
    let help = if mended.is_empty() {
        String::new()
    } else {
        format!("; `{mended}` would do")
    };
    Err(format!("`{name}` cannot be a name: {rule}{help}"))
}

/// The project in which a folder lies, if any.
fn project_around(folder: &Path) -> Option<PathBuf> {
    let root = folder.ancestors().find(|folder| folder.join(MARKER).is_file())?;
    Some(root.to_path_buf())
}

/// A new project takes a folder of its own.
fn require_empty(folder: &Path, name: &str) -> Result<(), Failure> {
    let found = match fs::read_dir(folder) {
        Ok(mut entries) => entries.next().is_some(),
        Err(error) if error.kind() == io::ErrorKind::NotFound => false,
        Err(error) if error.kind() == io::ErrorKind::NotADirectory => {
            return Err(Failure::Use(format!("`{name}` is a file; choose another name")));
        }
        Err(error) => return Err(cannot_write(folder)(error)),
    };
    if found {
        return Err(Failure::Use(format!(
            "the folder `{name}` is not empty, and nothing in it will be changed; choose another name"
        )));
    }
    Ok(())
}

/// A model in a project takes a folder and names of its own.
fn require_absent(root: &Path, name: &str, wanted: &[(PathBuf, &str)]) -> Result<(), Failure> {
    let folder = root.join("models").join(name);
    let mut places = std::iter::once(&folder).chain(wanted.iter().map(|(path, _)| path));
    // A link to nothing is something too.
    let Some(taken) = places.find(|place| place.symlink_metadata().is_ok()) else {
        return Ok(());
    };
    let shown = taken.strip_prefix(root).unwrap_or(taken).display();
    Err(Failure::Use(format!(
        "the project in `{}` has `{shown}` already, and nothing in it will be changed; choose another name",
        root.display()
    )))
}

/// Writes all files or none.
fn write_all(wanted: &[(PathBuf, &str)]) -> Result<(), Failure> {
    let mut made: Vec<PathBuf> = Vec::new();
    for (path, text) in wanted {
        if let Err((place, error)) = write(path, text, &mut made) {
            for path in made.iter().rev() {
                // What cannot be removed either stays; the first failure is the one to tell.
                let _ = if path.is_dir() {
                    fs::remove_dir(path)
                } else {
                    fs::remove_file(path)
                };
            }
            return Err(cannot_write(&place)(error));
        }
    }
    Ok(())
}

/// Writes a new file and the folders above it, and remembers what it made.
fn write(path: &Path, text: &str, made: &mut Vec<PathBuf>) -> Result<(), (PathBuf, io::Error)> {
    let missing: Vec<&Path> = path.ancestors().skip(1).take_while(|folder| !folder.exists()).collect();
    for folder in missing.into_iter().rev() {
        fs::create_dir(folder).map_err(|error| (folder.to_owned(), error))?;
        made.push(folder.to_owned());
    }
    let place = |error| (path.to_owned(), error);
    let mut file = OpenOptions::new()
        .write(true)
        .create_new(true)
        .open(path)
        .map_err(place)?;
    made.push(path.to_owned());
    file.write_all(text.as_bytes()).map_err(place)
}

fn cannot_write(path: &Path) -> impl Fn(io::Error) -> Failure {
    let path = path.to_owned();
    move |error| {
        ResultsError::CannotWrite {
            path: path.clone(),
            error,
        }
        .into()
    }
}

/// What was written, and what to type next.
fn report(name: &str, root: &Path, is_new: bool, here: &Path, files: &[(String, String)]) -> Result<(), Failure> {
    let mut text = if is_new {
        format!("new project in {name}/\n")
    } else {
        format!("new model `{name}` in the project in {}\n", root.display())
    };
    for (path, _) in files.iter().filter(|(path, _)| is_new || path != MARKER) {
        text.push_str(&format!("  {path}\n"));
    }
    let study = format!("scenarios/{name}.toml");
    text.push_str("\nnext:\n");
    if here != root {
        let folder = if is_new {
            name.to_owned()
        } else {
            root.display().to_string()
        };
        text.push_str(&format!("  cd {folder}\n"));
    }
    text.push_str(&format!(
        "  mkba run {study}\n  mkba graph models/{name} --out {name}.svg\n  mkba sources {study}\n"
    ));
    terminal::print(&text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_one_of_folders_and_of_models() {
        for right in ["a", "my-city", "delft2030"] {
            assert_eq!(check_name(right), Ok(()), "{right}");
        }
        for (wrong, part) in [
            ("", "cannot be a name"),
            ("My City", "`my-city` would do"),
            ("2030-plan", "`plan` would do"),
            ("../up", "is a path"),
            (".", "is a path"),
            ("stad_één", "cannot be a name"),
        ] {
            let message = check_name(wrong).expect_err(wrong);
            assert!(message.contains(part), "{wrong}: {message}");
        }
        assert!(check_name(&"a".repeat(61)).is_err());
    }

    #[test]
    fn a_failure_takes_back_what_was_written() {
        let folder = tempfile::tempdir().expect("a folder");
        let taken = folder.path().join("b");
        fs::write(&taken, "mine").expect("a file");
        let wanted = [(folder.path().join("a/deep/x"), "x"), (taken.join("y"), "y")];
        assert!(write_all(&wanted).is_err());
        assert!(!folder.path().join("a").exists());
        assert_eq!(fs::read_to_string(taken).expect("untouched"), "mine");
    }
}
