//! The project a file belongs to.
use crate::diagnostic::Diagnostic;
use std::path::{Path, PathBuf};

/// The file that marks the root folder of a project.
pub const MARKER: &str = "mkba.toml";

/// A file or folder and its project.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Located {
    /// Root folder of the project, without symbolic links.
    pub root: PathBuf,
    /// Path from the root, with `/`.
    pub path: String,
}

/// The project of a file or folder on disk: its nearest ancestor that holds `mkba.toml`.
///
/// # Errors
/// `E0001` when the path does not exist, `E0004` when no ancestor is a project.
pub fn locate(path: &Path) -> Result<Located, Diagnostic> {
    let place = path.canonicalize().map_err(|error| {
        Diagnostic::unplaced(
            "E0001",
            format!("`{}` cannot be read: {}", path.display(), super::loader::reason(&error)),
        )
    })?;
    let root = place.ancestors().find(|folder| folder.join(MARKER).is_file());
    let Some(root) = root else {
        return Err(Diagnostic::unplaced("E0004", format!("`{}` belongs to no project", path.display()))
            .note("a project is a folder with a file `mkba.toml`")
            .help("put a file `mkba.toml` in the root folder of the project: `[project] name = \"…\"`, `language = 1`"));
    };
    let below = place.strip_prefix(root).unwrap_or(&place);
    let parts: Vec<_> = below
        .components()
        .map(|part| part.as_os_str().to_string_lossy())
        .collect();
    Ok(Located {
        root: root.to_path_buf(),
        path: parts.join("/"),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::{env, fs};

    #[test]
    fn the_nearest_folder_with_the_marker_is_the_project() {
        let base = env::temp_dir().join(format!("mkba-root-{}", std::process::id()));
        let _ = fs::remove_dir_all(&base);
        fs::create_dir_all(base.join("inner/scenarios")).expect("folder");
        fs::write(base.join(MARKER), "").expect("file");
        fs::write(base.join("inner").join(MARKER), "").expect("file");
        fs::write(base.join("inner/scenarios/s.toml"), "").expect("file");
        let found = locate(&base.join("inner/scenarios/s.toml")).expect("project");
        assert_eq!(found.root, base.join("inner").canonicalize().expect("folder"));
        assert_eq!(found.path, "scenarios/s.toml");
        assert_eq!(locate(&base.join("nothing.toml")).expect_err("absent").code, "E0001");
        fs::remove_dir_all(base).expect("clean");
    }

    #[test]
    fn a_file_without_a_project_is_refused() {
        let path = env::temp_dir().join(format!("mkba-alone-{}.toml", std::process::id()));
        fs::write(&path, "").expect("file");
        assert_eq!(locate(&path).expect_err("no project").code, "E0004");
        fs::remove_file(path).expect("clean");
    }
}
