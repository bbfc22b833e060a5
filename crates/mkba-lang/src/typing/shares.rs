//! Shares of parties in a flow, and of flows in a gain, sum to one.
use super::infer::constant;
use super::tree::{Kind, Symbol, Typed};
use crate::declarations::{Declarations, Quantity};
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::source::Span;

/// Shares that are known add up to one, or leave a remainder.
pub fn check(
    declarations: &Declarations,
    shares: &[(usize, Option<Typed>)],
    span: Span,
    diagnostics: &mut Diagnostics,
) {
    if shares.is_empty() {
        return;
    }
    let remainders = shares.iter().filter(|(_, share)| share.is_none()).count();
    let known: Option<Vec<f64>> = shares
        .iter()
        .filter_map(|(_, share)| share.as_ref())
        .map(|share| known_value(declarations, share))
        .collect();
    let Some(known) = known else {
        if remainders == 0 {
            diagnostics.push(
                Diagnostic::error(
                    "E0401",
                    "shares that are not fixed numbers require a remainder",
                    span,
                    "no `remainder`",
                )
                .help("give one of them the share `'remainder'`, so that nothing is lost"),
            );
        }
        return;
    };
    let sum: f64 = known.iter().sum();
    // Fifteen digits are what a number carries, so 0.1 + 0.2 shows as 0.3.
    let percent = |share: f64| format!("{} %", (share * 1e14).round() / 1e12);
    let problem = match remainders {
        0 if (sum - 1.0).abs() > 1e-9 => Some(format!("these shares sum to {}, not to 100 %", percent(sum))),
        1 if sum > 1.0 + 1e-9 => Some(format!("the shares beside the remainder sum to {}", percent(sum))),
        n if n > 1 => Some("two shares are the remainder".to_owned()),
        _ => known
            .iter()
            .find(|share| **share < 0.0)
            .map(|share| format!("a share cannot be negative, found {}", percent(*share))),
    };
    if let Some(problem) = problem {
        let mut fault = Diagnostic::error("E0401", problem, span, "");
        for (share, known) in shares.iter().filter_map(|(_, share)| share.as_ref()).zip(&known) {
            fault = fault.and(share.span, percent(*known));
        }
        diagnostics
            .push(fault.help("shares lie between 0 and 100 % and sum to 100 %, or one of them is `'remainder'`"));
    }
}

/// The number of a share that is known: a number, a fixed parameter, or arithmetic on those.
fn known_value(declarations: &Declarations, typed: &Typed) -> Option<f64> {
    use super::tree::Arithmetic as A;
    if let Some(value) = constant(typed) {
        return Some(value);
    }
    match &typed.kind {
        Kind::Value(Symbol::Parameter(n)) => {
            let value = &declarations.parameters[*n].value;
            let percent = value.unit.parts.len() == 1 && value.unit.parts[0].name == "%";
            match (&value.quantity, value.unit.parts.len()) {
                (Quantity::Fixed(number), 0) => Some(*number),
                (Quantity::Fixed(number), _) if percent => Some(number * 0.01),
                _ => None,
            }
        }
        Kind::Arithmetic(how, a, b) => {
            let (a, b) = (known_value(declarations, a)?, known_value(declarations, b)?);
            match how {
                A::Add => Some(a + b),
                A::Subtract => Some(a - b),
                A::Multiply => Some(a * b),
                A::Divide => Some(a / b),
                _ => None,
            }
        }
        _ => None,
    }
}
