//! Arguments of a distribution: which may stand by position, which must be named.
use super::reader::Reader;
use super::suggestion;
use crate::declarations::Name;
use crate::diagnostic::Diagnostic;
use crate::source::{Span, Spanned};
use crate::syntax::{Argument, Expr, ExprKind};

/// What a distribution takes.
#[derive(Debug, Clone, Copy)]
pub struct Signature {
    /// Its name.
    pub name: &'static str,
    /// Ways to state it: names of the numbers of each. The first is that of positional numbers.
    pub forms: &'static [&'static [&'static str]],
    /// How many numbers of the first form may stand by position, because their order is obvious.
    pub positional: usize,
    /// How it is written.
    pub usage: &'static str,
}

/// Numbers of a distribution by name, in order of the form they belong to, with truncation apart.
#[derive(Debug, Clone)]
pub struct Numbers {
    /// The form that was used.
    pub form: &'static [&'static str],
    /// Its numbers in order.
    pub values: Vec<Spanned<f64>>,
    /// `min =`
    pub min: Option<Spanned<f64>>,
    /// `max =`
    pub max: Option<Spanned<f64>>,
}

impl Reader<'_> {
    /// A number with an optional percent sign.
    pub fn plain_number(&mut self, expr: &Expr) -> Option<Spanned<f64>> {
        let number = number(expr).filter(|number| number.is_finite());
        if number.is_none() {
            let message = "a distribution requires numbers here";
            let help = "only numbers with `%` may stand here; the unit is stated once, after the `)`";
            self.report(Diagnostic::error("E0023", message, expr.span, "not a number").help(help));
        }
        Some(Spanned {
            value: number?,
            span: expr.span,
        })
    }
    /// Sorts the arguments of a distribution by name.
    pub fn numbers(&mut self, signature: &Signature, arguments: &[Argument], whole: Span) -> Option<Numbers> {
        let mut named: Vec<(Name, Spanned<f64>)> = Vec::new();
        let mut right = true;
        let mut position = 0;
        for argument in arguments {
            let first = signature.forms.first().copied().unwrap_or_default();
            let name = match &argument.name {
                Some(name) => name.clone(),
                None if argument.key.is_none() && position < signature.positional => {
                    position += 1;
                    Spanned {
                        value: first[position - 1].to_owned(),
                        span: argument.value.span,
                    }
                }
                None => {
                    self.report(nameless(signature, argument.value.span));
                    right = false;
                    continue;
                }
            };
            let Some(number) = self.plain_number(&argument.value) else {
                right = false;
                continue;
            };
            if let Some((before, _)) = named.iter().find(|(before, _)| before.value == name.value) {
                let message = format!("`{}` of `{}` is given twice", name.value, signature.name);
                let before = before.span;
                self.report(Diagnostic::error("E0023", message, name.span, "again").and(before, "first"));
                right = false;
                continue;
            }
            named.push((name, number));
        }
        if !right {
            return None;
        }
        let mut take = |name: &str| {
            let at = named.iter().position(|(given, _)| given.value == name)?;
            Some(named.remove(at).1)
        };
        let (min, max) = (take("min"), take("max"));
        let form = self.form(signature, &named, whole)?;
        let values = form.iter().filter_map(|name| {
            let found = named.iter().find(|(given, _)| given.value == *name);
            found.map(|(_, number)| number.clone())
        });
        let values: Vec<Spanned<f64>> = values.collect();
        Some(Numbers { form, values, min, max })
    }
    fn form(
        &mut self,
        signature: &Signature,
        named: &[(Name, Spanned<f64>)],
        whole: Span,
    ) -> Option<&'static [&'static str]> {
        let fits = |form: &&&'static [&'static str]| named.iter().all(|(name, _)| form.contains(&name.value.as_str()));
        let exact = signature
            .forms
            .iter()
            .find(|form| fits(form) && form.len() == named.len());
        if let Some(form) = exact {
            return Some(form);
        }
        let all = || signature.forms.iter().copied().flatten().copied().chain(["min", "max"]);
        if let Some((name, _)) = named.iter().find(|(name, _)| !all().any(|known| known == name.value)) {
            let message = format!("`{}` has no number `{}`", signature.name, name.value);
            let mut diagnostic = Diagnostic::error("E0023", message, name.span, "unknown");
            diagnostic.help = suggestion::nearest(&name.value, all())
                .map(|found| format!("did you mean `{found}`?"))
                .or_else(|| Some(format!("write `{}`", signature.usage)));
            self.report(diagnostic);
            return None;
        }
        let message = match signature.forms.iter().find(fits) {
            Some(form) => {
                let missing = form
                    .iter()
                    .filter(|name| !named.iter().any(|(given, _)| given.value == **name));
                let missing: Vec<String> = missing.map(|name| format!("`{name}`")).collect();
                format!("`{}` requires {}", signature.name, missing.join(", "))
            }
            None => format!("these numbers of `{}` do not go together", signature.name),
        };
        let help = format!("write `{}`", signature.usage);
        self.report(Diagnostic::error("E0023", message, whole, "").help(help));
        None
    }
}

fn nameless(signature: &Signature, at: Span) -> Diagnostic {
    let message = if signature.positional > 0 {
        let numbers = if signature.positional == 1 { "number" } else { "numbers" };
        format!(
            "`{}` takes {} {numbers} without a name",
            signature.name, signature.positional
        )
    } else {
        format!("the numbers of `{}` require names", signature.name)
    };
    Diagnostic::error("E0023", message, at, "which number is this?").help(format!("write `{}`", signature.usage))
}

/// A number with sign and percent sign.
fn number(expr: &Expr) -> Option<f64> {
    match &expr.kind {
        ExprKind::Number { value, unit: None } => Some(*value),
        ExprKind::Number {
            value,
            unit: Some(unit),
        } => match unit.parts.as_slice() {
            [part] if part.name == "%" && part.exponent == 1 => Some(value / 100.0),
            _ => None,
        },
        ExprKind::Negate(inner) => number(inner).map(|number| -number),
        _ => None,
    }
}
