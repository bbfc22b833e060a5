//! One file a command.
pub mod bench;
pub mod check;
pub mod draws;
pub mod explain;
pub mod program_listing;
pub mod run;
pub mod table;
pub mod trace;
