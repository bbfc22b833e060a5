//! What is said when a declaration leads back to itself within a year, and when a lag has no bounds.
use super::build::Builder;
use crate::declarations::Flow;
use crate::diagnostic::Diagnostic;
use crate::source::Span;
use crate::typing::{Kind, Symbol, Typed};
use mkba_core::graph::Range;
use mkba_core::rulebook::Rulebook;

/// The fault of an amount in market prices of which nobody said how much tax it contains, under a rulebook that takes the tax off.
pub fn unknown_tax_content(rulebook: &Rulebook, flow: &Flow) -> Diagnostic {
    let message = format!(
        "rulebook `{}` counts net of indirect taxes, and what `{}` contains of them is not stated",
        rulebook.id, flow.name.value
    );
    Diagnostic::error("E0408", message, flow.name.span, "in market prices")
        .note(
            "`contains = \"average\"` is for what households would pay, `contains = \"0 %\"` for an amount without tax",
        )
        .help("say which rate of tax the amount contains: `tax = { basis = \"market\", contains = \"21 %\" }`")
}

impl Builder<'_, '_> {
    /// The fault of a round of declarations, each with where it is referred to. `at` is the reference that closes it.
    pub fn cycle(&self, round: &[(Symbol, usize, Span)], at: Span) -> Diagnostic {
        let scope = &self.study.scope;
        let first = round[0].0;
        let mut fault = Diagnostic::error(
            "E0210",
            format!("`{}` needs its own value of the same year", scope.name(first)),
            at,
            "",
        );
        let mut words = vec![scope.name(first).to_owned()];
        for (n, &(symbol, ..)) in round.iter().enumerate() {
            let next = round.get(n + 1);
            let (to, place) = next.map_or((first, at), |&(to, _, place)| (to, place));
            let rule = self.rule(symbol, place);
            words.extend(rule.map(|rule| format!("{}.{rule}", scope.name(symbol))));
            words.push(scope.name(to).to_owned());
            let text = match (to, rule) {
                (Symbol::Stock(_), Some(rule)) if to == symbol => {
                    format!("the level at the end of the year, which `{rule}` is part of")
                }
                (Symbol::Stock(_), _) => format!("the level of `{}` at the end of the year", scope.name(to)),
                _ => format!("needs `{}`", scope.name(to)),
            };
            if next.is_none() {
                fault.labels[0].text = text;
            } else if fault.labels.iter().all(|label| label.span != place) {
                fault = fault.and(place, text);
            }
        }
        let fault = fault.note(format!("path      {}", words.join(" → ")));
        match round.iter().find(|(symbol, ..)| matches!(symbol, Symbol::Stock(_))) {
            Some((stock, ..)) => fault.help(format!(
                "use the level at the start of the year: `opening({})`",
                scope.name(*stock)
            )),
            None => fault.help(
                "let one step look at the year before: `previous(x, first = …)`, or `lagged(x, 1 year, before = …)`",
            ),
        }
    }

    /// The rule of a stock in which a place stands.
    fn rule(&self, symbol: Symbol, place: Span) -> Option<&'static str> {
        let Symbol::Stock(stock) = symbol else { return None };
        let rules = &self.study.stocks[stock];
        let holds = |typed: &&Typed| typed.span.to(place) == typed.span && typed.span.file == place.file;
        let of = |typed: Option<&Typed>, name| typed.filter(holds).map(|_| name);
        of(rules.adds.as_ref(), "adds")
            .or(of(rules.loses.as_ref(), "loses"))
            .or(of(Some(&rules.initial), "initial"))
    }

    /// The fault of a lag that is not known to be a bounded duration.
    pub fn impossible_lag(&self, by: &Typed, changes: bool, range: Range) -> Diagnostic {
        let (message, label, help) = if changes {
            let help = "use a parameter; for a delay that changes, take the step with `previous` each year";
            (
                "a lag requires the same duration in all years",
                "changes over the years".to_owned(),
                help,
            )
        } else if range.low < 0.0 {
            let help = "give the distribution a least value, such as `min = 0`";
            ("a lag cannot be negative", format!("can be {} year", range.low), help)
        } else {
            let help = "give the distribution a greatest value, such as `max = 20`: so many years are remembered";
            (
                "a lag requires a greatest value",
                "can be any number of years".to_owned(),
                help,
            )
        };
        let fault = Diagnostic::error("E0227", message, by.span, label).help(help);
        match by.kind {
            Kind::Value(symbol) => fault.and(self.study.scope.describe(symbol).1, "declared here"),
            _ => fault,
        }
    }
}
