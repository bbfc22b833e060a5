//! Paths as text, from the project root, with `/`.

/// The path without `.`, `..` and doubled `/`; `None` when it leads out of the project or is absolute.
#[must_use]
pub fn normalise(path: &str) -> Option<String> {
    let path = path.replace('\\', "/");
    let drive = path.as_bytes().get(1) == Some(&b':');
    if path.starts_with('/') || drive || path.contains('\0') {
        return None;
    }
    let mut parts: Vec<&str> = Vec::new();
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop()?;
            }
            _ => parts.push(part),
        }
    }
    Some(parts.join("/"))
}

/// A path below a folder; `None` when it leads out of the project.
#[must_use]
pub fn join(folder: &str, path: &str) -> Option<String> {
    let absolute = path.starts_with(['/', '\\']) || path.as_bytes().get(1) == Some(&b':');
    if folder.is_empty() || absolute {
        normalise(path)
    } else {
        normalise(&format!("{folder}/{path}"))
    }
}

/// The folder of a path; empty for the project root.
#[must_use]
pub fn parent(path: &str) -> &str {
    path.rsplit_once('/').map_or("", |(folder, _)| folder)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_is_cleaned_but_never_leaves_the_project() {
        assert_eq!(normalise("a/./b//c/../d").as_deref(), Some("a/b/d"));
        assert_eq!(normalise("a\\b").as_deref(), Some("a/b"));
        assert_eq!(normalise("."), Some(String::new()));
        assert_eq!(normalise("../a"), None);
        assert_eq!(normalise("a/../../b"), None);
        assert_eq!(normalise("/etc/passwd"), None);
        assert_eq!(normalise("c:/x"), None);
    }

    #[test]
    fn a_path_below_a_folder_may_climb_only_inside_the_project() {
        assert_eq!(join("models/a", "data/x.csv").as_deref(), Some("models/a/data/x.csv"));
        assert_eq!(
            join("models/a", "../other/x.csv").as_deref(),
            Some("models/other/x.csv")
        );
        assert_eq!(join("models/a", "../../../x.csv"), None);
        assert_eq!(join("models/a", "/x.csv"), None);
        assert_eq!(join("", "x.csv").as_deref(), Some("x.csv"));
    }

    #[test]
    fn the_folder_of_a_file_in_the_root_is_empty() {
        assert_eq!(parent("x.toml"), "");
        assert_eq!(parent("a/b/x.toml"), "a/b");
    }
}
