//! Where a project's files are and how they are read: nothing outside the project folder, ever.
mod disk;
mod loader;
mod memory;
mod path;
mod root;

pub use disk::DiskFiles;
pub use loader::Loader;
pub(crate) use loader::outside;
pub use memory::MemoryFiles;
pub use path::{join, normalise, parent};
pub use root::{Located, MARKER, locate};

use std::fmt;
use std::io;

/// Access to the files of one project. Paths are from the project root, with `/`, without `.` or `..`.
pub trait Files {
    /// The bytes of a file.
    ///
    /// # Errors
    /// As the file system says; [`OutsideProject`] inside the error when the path leads out of the project.
    fn read(&self, path: &str) -> io::Result<Vec<u8>>;
    /// Paths of all files below a folder, at any depth, in order of bytes.
    ///
    /// # Errors
    /// As for [`Files::read`].
    fn list(&self, folder: &str) -> io::Result<Vec<String>>;
}

/// The path leads out of the project folder, through `..`, an absolute path or a symbolic link.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OutsideProject {
    /// The path as written.
    pub path: String,
}

impl fmt::Display for OutsideProject {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "`{}` lies outside the project", self.path)
    }
}

impl std::error::Error for OutsideProject {}

impl OutsideProject {
    /// As an error of the file system.
    #[must_use]
    pub fn error(path: &str) -> io::Error {
        io::Error::other(Self { path: path.to_owned() })
    }
    /// Whether an error of the file system is this one.
    #[must_use]
    pub fn is(error: &io::Error) -> bool {
        error.get_ref().is_some_and(|inner| inner.is::<Self>())
    }
}
