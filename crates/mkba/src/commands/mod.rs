//! One file a command.
pub mod bench;
pub mod check;
pub mod explain;
pub mod lock;
pub mod program_listing;
pub mod run;
pub mod table;
