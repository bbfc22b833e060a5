//! One file a command.
pub mod bench;
pub mod check;
pub mod completions;
pub mod draws;
pub mod explain;
pub mod fmt;
pub mod graph;
pub mod init;
pub mod lock;
pub mod lsp;
pub mod man;
pub mod program_listing;
pub mod run;
pub mod schema;
pub mod sources;
pub mod table;
pub mod trace;
