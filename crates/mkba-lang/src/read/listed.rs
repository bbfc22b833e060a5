//! Distributions that are stated by a list: of values, of quantiles, of observations in a file, or of other distributions.
use super::distribution::distribution;
use super::reader::Reader;
use crate::declarations::Name;
use crate::diagnostic::Diagnostic;
use crate::source::{Span, Spanned};
use crate::syntax::{Argument, Expr, ExprKind};
use mkba_core::input::Distribution;

/// How far probabilities may be from a sum of one.
const SUM_TOLERANCE: f64 = 1e-9;

impl Reader<'_> {
    /// A distribution inside another, or a number as one that is certain.
    fn part(&mut self, expr: &Expr) -> Option<Distribution> {
        match &expr.kind {
            ExprKind::Call { function, arguments } => distribution(function, arguments, self),
            _ => self.plain_number(expr).map(|number| certain(number.value)),
        }
    }
    fn wrong_list(&mut self, at: Span, message: &str, usage: &str) {
        self.report(Diagnostic::error("E0023", message, at, "").help(format!("write `{usage}`")));
    }
    /// `mixture(weight: distribution, …)`
    pub(super) fn mixture(&mut self, function: &Name, items: &[Argument]) -> Option<Distribution> {
        let mut weights = Vec::new();
        let mut parts = Vec::new();
        let mut right = !items.is_empty();
        for item in items {
            let (Some(key), None) = (&item.key, &item.name) else {
                let message = "`mixture` requires pairs `weight: distribution`";
                self.wrong_list(
                    item.value.span,
                    message,
                    "mixture(0.7: triangular(2, 6, 12), 0.3: uniform(10, 20))",
                );
                right = false;
                continue;
            };
            match (self.plain_number(key), self.part(&item.value)) {
                (Some(weight), Some(part)) => {
                    weights.push(weight);
                    parts.push(part);
                }
                _ => right = false,
            }
        }
        if !right {
            return None;
        }
        let fault = weights
            .iter()
            .find(|weight| !(weight.value > 0.0 && weight.value <= 1.0))
            .map(|weight| {
                let message = format!(
                    "a weight of `mixture` lies above 0 and not above 1, found {}",
                    weight.value
                );
                (message, weight.span)
            });
        let total: f64 = weights.iter().map(|weight| weight.value).sum();
        let sum = ((total - 1.0).abs() > SUM_TOLERANCE).then(|| {
            let percent = (total * 1e14).round() / 1e12;
            (
                format!("the weights of `mixture` sum to {percent} %, not to 100 %"),
                function.span,
            )
        });
        if let Some((message, at)) = fault.or(sum) {
            self.report(Diagnostic::error("E0022", message, at, "impossible"));
            return None;
        }
        self.mixed(
            function,
            weights.into_iter().map(|weight| weight.value).collect(),
            parts,
        )
    }
    /// `pool(distribution, …)`: experts of equal weight.
    pub(super) fn pool(&mut self, function: &Name, items: &[Argument]) -> Option<Distribution> {
        let usage = "pool(triangular(2, 6, 12), lognormal(p05 = 3, p95 = 9))";
        let mut parts = Vec::new();
        let mut right = items.len() >= 2;
        if !right {
            self.wrong_list(
                function.span,
                "`pool` requires the distributions of two or more experts",
                usage,
            );
        }
        for item in items {
            if item.key.is_some() || item.name.is_some() {
                let message = "the distributions of `pool` have equal weight; `mixture` takes `weight: distribution`";
                self.wrong_list(item.value.span, message, usage);
                right = false;
            } else {
                match self.part(&item.value) {
                    Some(part) => parts.push(part),
                    None => right = false,
                }
            }
        }
        let count = parts.len() as f64;
        right
            .then(|| self.mixed(function, vec![1.0 / count; parts.len()], parts))
            .flatten()
    }
    /// `zero_inflated(probability of zero, distribution)`
    pub(super) fn zero_inflated(&mut self, function: &Name, items: &[Argument]) -> Option<Distribution> {
        let plain = |item: &Argument| item.key.is_none() && item.name.is_none();
        let [probability, rest] = items else {
            let message = "`zero_inflated` requires the probability of zero and a distribution";
            self.wrong_list(
                function.span,
                message,
                "zero_inflated(30 %, lognormal(p05 = 1, p95 = 9))",
            );
            return None;
        };
        if !(plain(probability) && plain(rest)) {
            let message = "`zero_inflated` takes its probability and distribution without names";
            self.wrong_list(
                function.span,
                message,
                "zero_inflated(30 %, lognormal(p05 = 1, p95 = 9))",
            );
            return None;
        }
        let (probability, rest) = (self.plain_number(&probability.value), self.part(&rest.value));
        let (probability, rest) = (probability?, rest?);
        let zero = probability.value;
        if !(zero > 0.0 && zero < 1.0) {
            let message = format!("the probability of zero lies between 0 and 1, found {zero}");
            self.report(Diagnostic::error("E0022", message, probability.span, "impossible"));
            return None;
        }
        self.mixed(function, vec![zero, 1.0 - zero], vec![certain(0.0), rest])
    }
    fn mixed(&mut self, function: &Name, weights: Vec<f64>, parts: Vec<Distribution>) -> Option<Distribution> {
        let mixture = Distribution::Mixture { weights, parts };
        match mixture.validate() {
            Ok(()) => Some(mixture),
            Err(sentence) => {
                self.report(Diagnostic::error("E0022", sentence, function.span, "impossible"));
                None
            }
        }
    }
    /// `a: b` pairs of a list.
    fn pairs(&mut self, function: &Name, items: &[Argument]) -> Option<Vec<(Spanned<f64>, Spanned<f64>)>> {
        let mut pairs = Vec::new();
        let mut right = true;
        for item in items {
            let usage = if function.value == "discrete" {
                "value: probability"
            } else {
                "probability: value"
            };
            let (Some(key), None) = (&item.key, &item.name) else {
                let message = format!("`{}` requires pairs `{usage}`", function.value);
                self.report(Diagnostic::error("E0023", message, item.value.span, "no pair"));
                right = false;
                continue;
            };
            match (self.plain_number(key), self.plain_number(&item.value)) {
                (Some(key), Some(value)) => pairs.push((key, value)),
                _ => right = false,
            }
        }
        right.then_some(pairs)
    }
    pub(super) fn discrete(&mut self, function: &Name, items: &[Argument]) -> Option<Distribution> {
        let mut pairs = self.pairs(function, items)?;
        pairs.sort_by(|(a, _), (b, _)| a.value.total_cmp(&b.value));
        let fault = pairs
            .iter()
            .find(|(_, probability)| !(0.0..=1.0).contains(&probability.value))
            .map(|(_, at)| {
                (
                    format!(
                        "a probability of `discrete` must be between 0 and 1, found {}",
                        at.value
                    ),
                    at.span,
                )
            });
        let twice = pairs.windows(2).find(|pair| pair[0].0.value >= pair[1].0.value);
        let twice = twice.map(|pair| {
            (
                format!("`discrete` has the value {} twice", pair[1].0.value),
                pair[1].0.span,
            )
        });
        let total: f64 = pairs.iter().map(|(_, probability)| probability.value).sum();
        let sum = ((total - 1.0).abs() > SUM_TOLERANCE).then(|| {
            (
                // Fifteen digits are what a number carries, so 0.3 + 0.6 shows as 0.9.
                format!(
                    "the probabilities of `discrete` sum to {} %, not to 100 %",
                    (total * 1e14).round() / 1e12
                ),
                function.span,
            )
        });
        if let Some((message, at)) = fault.or(twice).or(sum) {
            self.report(Diagnostic::error("E0022", message, at, "impossible"));
            return None;
        }
        // A value that cannot happen is no value.
        pairs.retain(|(_, probability)| probability.value > 0.0);
        Some(Distribution::Discrete {
            values: pairs.iter().map(|(value, _)| value.value).collect(),
            probabilities: pairs.iter().map(|(_, probability)| probability.value).collect(),
        })
    }
    pub(super) fn metalog(&mut self, function: &Name, items: &[Argument]) -> Option<Distribution> {
        let pairs = self.pairs(function, items)?;
        let outside = pairs
            .iter()
            .find(|(probability, _)| !(probability.value > 0.0 && probability.value < 1.0));
        let outside = outside.map(|(at, _)| {
            (
                format!(
                    "a probability of `metalog` must lie between 0 and 1, found {}",
                    at.value
                ),
                at.span,
            )
        });
        let order = pairs.windows(2).find_map(|pair| {
            let [(p, v), (q, w)] = pair else { return None };
            if p.value >= q.value {
                Some((
                    format!(
                        "the probabilities of `metalog` must ascend, found {} after {}",
                        q.value, p.value
                    ),
                    q.span,
                ))
            } else if v.value >= w.value {
                Some((
                    format!(
                        "the values of `metalog` must ascend, found {} after {}",
                        w.value, v.value
                    ),
                    w.span,
                ))
            } else {
                None
            }
        });
        let few = (pairs.len() < 2).then(|| ("`metalog` requires at least two pairs".to_owned(), function.span));
        if let Some((message, at)) = outside.or(order).or(few) {
            self.report(Diagnostic::error("E0022", message, at, "impossible"));
            return None;
        }
        Some(Distribution::Metalog {
            probabilities: pairs.iter().map(|(probability, _)| probability.value).collect(),
            values: pairs.iter().map(|(_, value)| value.value).collect(),
        })
    }
    /// `empirical("data/x.csv", column)`
    pub(super) fn empirical(&mut self, function: &Name, items: &[Argument]) -> Option<Distribution> {
        let names: Vec<&Name> = items
            .iter()
            .filter_map(|item| match (&item.value.kind, &item.key, &item.name) {
                (ExprKind::Name { name, .. }, None, None) => Some(name),
                _ => None,
            })
            .collect();
        let ([file, column], 2) = (names.as_slice(), items.len()) else {
            let message = "`empirical` requires a file and a column";
            let help = "write `empirical(\"data/rents.csv\", rent)`, with the whole value between single quotes";
            self.report(Diagnostic::error("E0023", message, function.span, "").help(help));
            return None;
        };
        let table = self.table_file(file)?;
        let number = self.column_of(&table, &column.value, column.span)?;
        let mut values = self.column_numbers(&table, number)?;
        values.sort_by(f64::total_cmp);
        Some(Distribution::Empirical { values })
    }
}

/// A number as a distribution.
fn certain(value: f64) -> Distribution {
    Distribution::Discrete {
        values: vec![value],
        probabilities: vec![1.0],
    }
}
