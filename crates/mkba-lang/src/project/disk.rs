//! A project on disk.
use super::{Files, MARKER, OutsideProject, normalise};
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

/// The files below one folder of the disk.
#[derive(Debug, Clone)]
pub struct DiskFiles {
    root: PathBuf,
}

impl DiskFiles {
    /// The project in `root`.
    ///
    /// # Errors
    /// When the folder does not exist or cannot be read.
    pub fn new(root: &Path) -> io::Result<Self> {
        Ok(Self {
            root: root.canonicalize()?,
        })
    }
    /// The folder, without symbolic links.
    #[must_use]
    pub fn root(&self) -> &Path {
        &self.root
    }
    /// The true place of a path, refused when it is outside the project.
    fn place(&self, path: &str) -> io::Result<PathBuf> {
        let path = normalise(path).ok_or_else(|| OutsideProject::error(path))?;
        let place = self.root.join(&path).canonicalize()?;
        if place.starts_with(&self.root) {
            Ok(place)
        } else {
            Err(OutsideProject::error(&path))
        }
    }
    /// Files of one folder and its sub-folders, without other projects, such as those that runs keep. `above` holds the true places of the folders on the way, against loops.
    fn walk(&self, folder: &str, above: &mut Vec<PathBuf>, found: &mut Vec<String>) -> io::Result<()> {
        let place = self.place(folder)?;
        if above.contains(&place) {
            return Ok(());
        }
        above.push(place.clone());
        for entry in fs::read_dir(&place)? {
            let entry = entry?;
            let name = entry.file_name();
            let Some(name) = name.to_str() else { continue };
            if name.starts_with('.') {
                continue;
            }
            let path = if folder.is_empty() {
                name.to_owned()
            } else {
                format!("{folder}/{name}")
            };
            let kind = entry.file_type()?;
            let is_folder = kind.is_dir() || (kind.is_symlink() && entry.path().is_dir());
            if is_folder && entry.path().join(MARKER).is_file() {
                continue;
            }
            if is_folder {
                self.walk(&path, above, found)?;
            } else {
                found.push(path);
            }
        }
        above.pop();
        Ok(())
    }
}

impl Files for DiskFiles {
    fn read(&self, path: &str) -> io::Result<Vec<u8>> {
        fs::read(self.place(path)?)
    }
    fn list(&self, folder: &str) -> io::Result<Vec<String>> {
        let mut found = Vec::new();
        let folder = normalise(folder).ok_or_else(|| OutsideProject::error(folder))?;
        self.walk(&folder, &mut Vec::new(), &mut found)?;
        found.sort();
        Ok(found)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::env;

    /// A fresh folder with a project and a file beside it.
    fn folder(name: &str) -> PathBuf {
        let folder = env::temp_dir().join(format!("mkba-disk-{name}-{}", std::process::id()));
        let _ = fs::remove_dir_all(&folder);
        fs::create_dir_all(folder.join("project/models/a/deep")).expect("folder");
        fs::write(folder.join("project/models/a/model.toml"), "x = 1").expect("file");
        fs::write(folder.join("project/models/a/deep/b.toml"), "y = 1").expect("file");
        fs::write(folder.join("secret.toml"), "z = 1").expect("file");
        folder
    }

    #[test]
    fn files_of_all_sub_folders_are_listed_in_order_of_bytes() {
        let base = folder("list");
        let files = DiskFiles::new(&base.join("project")).expect("project");
        assert_eq!(
            files.list("models").expect("list"),
            ["models/a/deep/b.toml", "models/a/model.toml"]
        );
        assert_eq!(files.read("models/a/model.toml").expect("read"), b"x = 1");
        fs::remove_dir_all(base).expect("clean");
    }

    #[test]
    fn a_project_in_a_folder_is_another_one() {
        let base = folder("nested");
        fs::write(base.join("project/mkba.toml"), "").expect("file");
        fs::create_dir_all(base.join("project/runs/a/project")).expect("folder");
        fs::write(base.join("project/runs/a/project/mkba.toml"), "").expect("file");
        fs::write(base.join("project/runs/a/project/model.toml"), "").expect("file");
        let files = DiskFiles::new(&base.join("project")).expect("project");
        let found = files.list("").expect("list");
        assert!(found.iter().all(|path| !path.starts_with("runs/")), "{found:?}");
        let within = DiskFiles::new(&base.join("project/runs/a/project")).expect("project");
        assert_eq!(within.list("").expect("list"), ["mkba.toml", "model.toml"]);
        fs::remove_dir_all(base).expect("clean");
    }

    #[cfg(unix)]
    #[test]
    fn neither_dots_nor_links_lead_out_of_the_project() {
        let base = folder("link");
        std::os::unix::fs::symlink(base.join("secret.toml"), base.join("project/models/link.toml")).expect("link");
        std::os::unix::fs::symlink(base.join("project/models"), base.join("project/models/a/loop")).expect("link");
        let files = DiskFiles::new(&base.join("project")).expect("project");
        assert!(OutsideProject::is(&files.read("../secret.toml").expect_err("outside")));
        assert!(OutsideProject::is(
            &files.read("models/link.toml").expect_err("outside")
        ));
        assert!(files.list("models").expect("no endless loop").len() < 10);
        std::os::unix::fs::symlink(&base, base.join("project/models/out")).expect("link");
        assert!(OutsideProject::is(&files.list("models").expect_err("outside")));
        fs::remove_dir_all(base).expect("clean");
    }
}
