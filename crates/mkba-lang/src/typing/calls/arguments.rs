//! Arguments of a call, by position or by name.
use crate::diagnostic::Diagnostic;
use crate::source::{Span, Spanned};
use crate::syntax::{Argument, Expr};
use crate::typing::infer::Typist;

/// Puts arguments in the order of the parameters; a missing one in brackets is `None`.
pub fn bind<'a>(
    typist: &mut Typist<'_, '_>,
    function: &Spanned<String>,
    parameters: &[&str],
    arguments: &'a [Argument],
    span: Span,
) -> Option<Vec<Option<&'a Expr>>> {
    let mut given: Vec<Option<&Expr>> = vec![None; parameters.len()];
    let plain = |parameter: &str| parameter.trim_matches(['[', ']']).to_owned();
    let usage = || format!("`{}({})`", function.value, parameters.join(", "));
    for (at, argument) in arguments.iter().enumerate() {
        let slot = match &argument.name {
            Some(name) => parameters.iter().position(|p| plain(p) == name.value),
            None => (at < parameters.len()).then_some(at),
        };
        match slot {
            Some(slot) if given[slot].is_none() => given[slot] = Some(&argument.value),
            _ => {
                let at = argument.name.as_ref().map_or(argument.value.span, |name| name.span);
                typist.diagnostics.push(
                    Diagnostic::error(
                        "E0209",
                        format!("`{}` does not take this", function.value),
                        at,
                        "not an argument of it",
                    )
                    .help(format!("it is used as {}", usage())),
                );
                return None;
            }
        }
    }
    let missing = parameters
        .iter()
        .zip(&given)
        .find(|(parameter, given)| given.is_none() && !parameter.starts_with('['));
    if let Some((parameter, _)) = missing {
        typist.diagnostics.push(
            Diagnostic::error(
                "E0209",
                format!("`{}` requires `{parameter}`", function.value),
                span,
                "missing argument",
            )
            .help(format!("it is used as {}", usage())),
        );
        return None;
    }
    Some(given)
}
