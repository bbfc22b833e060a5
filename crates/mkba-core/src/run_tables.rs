//! The tables of one run together with the names of what is in them.
use crate::appraisal::catalogue::Catalogue;
use crate::table::Table;

/// All that figures, reports and spreadsheets are made from. It comes from a run that has just been done, or from the folder of an
/// earlier one: whoever takes it cannot tell, so everything can be made again later, in another language.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct RunTables {
    /// Names, labels, units and settings.
    pub catalogue: Catalogue,
    /// Number of draws that were done.
    pub draws: u64,
    /// The tables that there are, in any order. Which a run has depends on the model and the study.
    pub tables: Vec<Table>,
}

impl RunTables {
    /// The table of this name.
    #[must_use]
    pub fn table(&self, name: &str) -> Option<&Table> {
        self.tables.iter().find(|table| table.name == name)
    }
}
