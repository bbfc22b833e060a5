//! Formulas and values as text and as trees.
mod lexer;
mod parser;
mod print;
#[cfg(test)]
mod tests;
mod tree;

pub use lexer::KEYWORDS;
pub use parser::{AGGREGATIONS, parse_formula, parse_unit, parse_value};
pub use print::{print, print_unit, print_value};
pub use tree::{Argument, Expr, ExprKind, Operator, UnitExpr, UnitPart, ValueExpr, ValueKind};
