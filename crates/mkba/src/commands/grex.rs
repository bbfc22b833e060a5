//! `mkba grex`: from a land-development account to a balance.
use crate::arguments::GrexArguments;
use crate::exploitation::{of_parties, of_steps, print, read};
use crate::failure::Failure;
use crate::terminal;
use mkba_core::land_exploitation::bridge;
use mkba_results::write_csv;
use std::fs;

/// Prints the bridge, and writes it where asked.
///
/// # Errors
/// Everything that is wrong in the account; a file is there already, or cannot be written.
pub fn grex(arguments: &GrexArguments) -> Result<(), Failure> {
    let exploitation = read(&arguments.file)?;
    let bridge = bridge(&exploitation.account);
    if let Some(folder) = &arguments.out {
        let tables = [of_steps(&bridge), of_parties(&exploitation.account, &bridge)];
        let files: Vec<_> = tables
            .iter()
            .map(|table| folder.join(format!("{}.csv", table.name)))
            .collect();
        if let Some(path) = files.iter().find(|path| path.exists()).filter(|_| !arguments.overwrite) {
            let message = format!("`{}` is there already; `--overwrite` replaces it", path.display());
            return Err(Failure::Use(message));
        }
        fs::create_dir_all(folder).map_err(Failure::Output)?;
        for (table, path) in tables.iter().zip(&files) {
            write_csv(table, path)?;
        }
    }
    terminal::print(&print(&exploitation, &bridge, arguments.lang.into()))?;
    if let Some(folder) = &arguments.out {
        terminal::message(&format!("written to {}", folder.display()));
    }
    Ok(())
}
