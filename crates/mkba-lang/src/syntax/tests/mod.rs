//! Tests of lexer, parser and printer together, through the three entry points.
mod faults;
mod formulas;
mod properties;
mod values;

use super::{Expr, parse_formula};
use crate::diagnostic::Diagnostics;
use crate::source::FileId;
use crate::unit::UnitNames;

fn units() -> UnitNames {
    UnitNames::new(["m2", "fte", "job"])
}

fn formula(text: &str) -> Expr {
    let mut diagnostics = Diagnostics::default();
    let formula = parse_formula(text, FileId(0), 0, &units(), &mut diagnostics);
    formula.unwrap_or_else(|| panic!("{text}: {:?}", diagnostics.list()))
}
