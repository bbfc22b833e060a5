//! Formulas and values as text and as trees.
mod tree;
pub use tree::{Argument, Expr, ExprKind, Operator, UnitExpr, UnitPart, ValueExpr, ValueKind};
