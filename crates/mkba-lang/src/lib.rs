//! Text to compiled program: syntax, names, units, index sets, guards, diagnostics, lowering.
mod checklist;
pub mod declarations;
pub mod diagnostic;
pub mod format;
mod guards;
pub mod influence;
pub mod inputs;
pub mod kinds;
mod lowering;
pub mod plain;
pub mod project;
pub mod read;
pub mod schema;
pub mod source;
pub mod syntax;
pub mod trace;
mod typing;
pub mod unit;

pub use guards::check as check_guards;
pub use lowering::{compile, formulate, input_names};
pub use typing::FUNCTIONS;

use declarations::Declarations;
use diagnostic::Diagnostics;
use source::Sources;

/// Checks names, units and index sets of all formulas without compiling them: what can be said of a model by itself.
///
/// Faults are added to `diagnostics`; true when there is no error among them.
pub fn check(declarations: &Declarations, sources: &Sources, diagnostics: &mut Diagnostics) -> bool {
    let Some(study) = typing::type_study(declarations, sources, diagnostics) else {
        return false;
    };
    typing::warn_of_unused(&study, diagnostics);
    true
}
