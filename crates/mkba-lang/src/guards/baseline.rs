//! What the baseline has to hold: decided policy; and growth that comes anyway, which then needs no second correction.
use crate::declarations::{Alternative, Declarations, Measure, Name};
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::lowering::levers::together;
use mkba_core::rulebook::{Judge, Rulebook};

/// A measure that is where it does not belong.
pub enum Misplaced<'d> {
    /// It is decided, and not in the baseline.
    DecidedOutside(&'d Measure),
    /// It is not decided, and in the baseline.
    OpenInside(&'d Measure, &'d Name),
}

/// The baseline of a study; none of a model by itself.
fn baseline(declarations: &Declarations) -> Option<&Alternative> {
    let name = &declarations.study.baseline.value;
    declarations.alternatives.iter().find(|it| it.name.value == *name)
}

/// Decided measures outside the baseline, and others inside.
pub fn misplaced(declarations: &Declarations) -> Vec<Misplaced<'_>> {
    let Some(baseline) = baseline(declarations) else {
        return Vec::new();
    };
    let inside = |measure: &Measure| baseline.measures.iter().find(|name| name.value == measure.name.value);
    let of = declarations.measures.iter();
    of.filter_map(|measure| match (measure.status.as_str(), inside(measure)) {
        ("decided", None) => Some(Misplaced::DecidedOutside(measure)),
        ("proposed" | "hypothetical", Some(at)) => Some(Misplaced::OpenInside(measure, at)),
        _ => None,
    })
    .collect()
}

/// Warns of measures that are where they do not belong, unless the study explains it in its checklist.
pub fn decided_policy(declarations: &Declarations, rulebook: &Rulebook, diagnostics: &mut Diagnostics) {
    let rules = rulebook.checklist.iter();
    let mut rules = rules.filter(|rule| rule.judged_by == Some(Judge::DecidedInBaseline));
    let explained = rules.any(|rule| {
        let mut said = declarations.study.checklist.iter();
        said.any(|it| it.rule.value == rule.id && it.status.value != "comply")
    });
    let Some(baseline) = baseline(declarations).filter(|_| !explained) else {
        return;
    };
    let name = &baseline.name;
    for it in misplaced(declarations) {
        let fault = match it {
            Misplaced::DecidedOutside(measure) => {
                let message = format!("`{}` is decided and not in the baseline", measure.name.value);
                Diagnostic::error("W0122", message, measure.name.span, "decided policy happens anyway")
                    .and(name.span, "the baseline")
                    .note("against a baseline that holds it, decided policy gives exactly zero; without it, its effects are credited to the alternatives")
                    .help(format!("add it to `measures` of `[alternative.{}]`", name.value))
            }
            Misplaced::OpenInside(measure, at) => {
                let message = format!(
                    "the baseline holds `{}`, which is {}",
                    measure.name.value, measure.status
                );
                Diagnostic::error("W0122", message, at.span, "not decided")
                    .and(measure.name.span, format!("`status = \"{}\"`", measure.status))
                    .help("move it to an alternative; a baseline holds what happens without new decisions")
            }
        };
        let note = "a study that asks something else, such as what decided policy costs, says so in its checklist";
        diagnostics.push(fault.note(note).warning());
    }
}

/// A measure is corrected once for what would come anyway: by growth in the baseline or by an additionality share, never by both.
pub fn counted_twice(declarations: &Declarations, diagnostics: &mut Diagnostics) {
    let Some(baseline) = baseline(declarations) else {
        return;
    };
    for parameter in &declarations.parameters {
        for corrected in &parameter.additionality_of {
            let Some(measure) = find(declarations, &corrected.value) else {
                continue;
            };
            for name in &baseline.measures {
                let Some(growth) = find(declarations, &name.value) else {
                    continue;
                };
                let Some(how) = counterpart(declarations, growth, measure) else {
                    continue;
                };
                let message = format!("`{}` is corrected twice for what would come anyway", measure.name.value);
                diagnostics.push(
                    Diagnostic::error("E0503", message, corrected.span, format!("once by the share `{}`", parameter.name.value))
                        .and(name.span, format!("once by `{}` in the baseline", growth.name.value))
                        .and(growth.name.span, how)
                        .and(measure.name.span, "the measure")
                        .help("effects are differences from the baseline: set the share to 100 % and drop it, or take the growth out of the baseline"),
                );
            }
        }
    }
}

fn find<'d>(declarations: &'d Declarations, name: &str) -> Option<&'d Measure> {
    declarations.measures.iter().find(|it| it.name.value == name)
}

/// How a measure of the baseline is what would come without another one: it says so, or it does the same in its place.
fn counterpart(declarations: &Declarations, growth: &Measure, measure: &Measure) -> Option<&'static str> {
    if growth.name.value == measure.name.value {
        return None;
    }
    if growth.counterpart_of.iter().any(|of| of.value == measure.name.value) {
        return Some("says that it is the counterpart");
    }
    let number = |it: &Measure| {
        declarations
            .measures
            .iter()
            .position(|other| other.name.value == it.name.value)
    };
    let same_lever = growth
        .set
        .iter()
        .any(|(lever, _)| measure.set.iter().any(|(other, _)| other.value == lever.value));
    let has = |alternative: &Alternative, it: &Measure| {
        let mut measures = alternative.measures.iter();
        measures.any(|name| name.value == it.name.value)
    };
    let mut alternatives = declarations.alternatives.iter();
    let replaced = alternatives.any(|alternative| has(alternative, measure) && !has(alternative, growth));
    let overlap = together(declarations, number(growth), number(measure));
    (same_lever && replaced && overlap).then_some("sets the same lever, and the alternative leaves it out")
}
