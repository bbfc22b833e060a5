//! Spans on disk, as far as they are done, while a run is not complete.
use crate::failure::Failure;
use crate::terminal;
use mkba_montecarlo::SpanStore;
use mkba_results::SpanFolder;
use std::error::Error;
use std::path::Path;

/// The spans of one run.
pub struct Spans {
    folder: SpanFolder,
    resume: bool,
}

impl Spans {
    /// Beside the folder of the run. With `resume`, what is stored there is used.
    ///
    /// # Errors
    /// The path of the run has no name.
    pub fn beside(run: &Path, resume: bool) -> Result<Self, Failure> {
        let folder = SpanFolder::beside(run)?;
        Ok(Self { folder, resume })
    }

    /// What has to be said before the draws: spans are there that are not used, or none that could be.
    pub fn greeting(&self) -> Option<String> {
        let place = self.folder.path().display();
        match (self.folder.count(), self.resume) {
            (0, true) => Some(format!("no stored spans in `{place}`: all draws are computed")),
            (0, false) | (_, true) => None,
            (count, false) => Some(format!(
                "{} of an earlier run in `{place}`: not used without `--resume`",
                counted(count)
            )),
        }
    }

    /// What has to be said after a run that can be continued with these options, if spans are there.
    pub fn farewell(&self, options: &str) -> Option<String> {
        let count = self.folder.count();
        let place = self.folder.path().display();
        (count > 0).then(|| {
            format!(
                "{} in `{place}`: the same command with `{options}` goes on from there",
                counted(count)
            )
        })
    }

    /// Removes them, when nothing is left to be continued.
    ///
    /// # Errors
    /// A file cannot be removed.
    pub fn clear(&self) -> Result<(), Failure> {
        Ok(self.folder.clear()?)
    }
}

fn counted(spans: usize) -> String {
    if spans == 1 {
        "1 stored span".to_owned()
    } else {
        format!("{spans} stored spans")
    }
}

impl SpanStore for Spans {
    fn load(&self, number: u64) -> Option<Vec<u8>> {
        if self.resume { self.folder.read(number) } else { None }
    }

    fn save(&self, number: u64, bytes: &[u8]) -> Result<(), Box<dyn Error + Send + Sync>> {
        Ok(self.folder.write(number, bytes)?)
    }

    fn refused(&self, number: u64, why: &str) {
        let place = self.folder.path().display();
        terminal::message(&format!("span {number} in `{place}` is not used: {why}"));
    }
}
