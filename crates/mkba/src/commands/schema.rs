//! `mkba schema`: what editors complete and check model files by.
use crate::arguments::SchemaArguments;
use crate::failure::Failure;
use crate::terminal;
use crate::text_files::write_all;
use mkba_lang::schema::{FileKind, schema_text};

/// Prints one schema, or writes all of them to a folder.
///
/// # Errors
/// The output cannot be written.
pub fn schema(arguments: &SchemaArguments) -> Result<(), Failure> {
    match &arguments.out {
        None => terminal::print(&schema_text(arguments.kind)),
        Some(folder) => {
            let files = FileKind::ALL.map(|kind| (kind.file_name(), schema_text(kind).into_bytes()));
            write_all(folder, &files)
        }
    }
}
