//! Text to compiled program: syntax, names, units, index sets, guards, diagnostics, lowering.
pub mod declarations;
pub mod diagnostic;
pub mod kinds;
pub mod plain;
pub mod project;
pub mod read;
pub mod source;
pub mod syntax;
pub mod unit;
mod typing;
mod lowering;

pub use lowering::compile;
pub use typing::FUNCTIONS;
