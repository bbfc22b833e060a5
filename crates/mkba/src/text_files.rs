//! Files that a command makes anew each time: schemas and manual pages.
use crate::failure::Failure;
use mkba_results::ResultsError;
use std::fs;
use std::path::Path;

/// Writes files to a folder, which is made if it is not there. Files of these names are replaced, others left alone.
///
/// # Errors
/// The folder or a file cannot be written.
pub fn write_all(folder: &Path, files: &[(String, Vec<u8>)]) -> Result<(), Failure> {
    let cannot = |path: &Path, error| {
        Failure::from(ResultsError::CannotWrite {
            path: path.to_owned(),
            error,
        })
    };
    fs::create_dir_all(folder).map_err(|error| cannot(folder, error))?;
    for (name, bytes) in files {
        let path = folder.join(name);
        fs::write(&path, bytes).map_err(|error| cannot(&path, error))?;
    }
    Ok(())
}
