//! Distributions as written to distributions as data; impossible numbers are refused (specification section 2).
use super::arguments::{Numbers, Signature};
use super::reader::Reader;
use super::suggestion;
use crate::declarations::Name;
use crate::diagnostic::Diagnostic;
use crate::source::{Span, Spanned};
use crate::syntax::{Argument, ExprKind};
use mkba_core::input::Distribution;

/// 0.95 quantile of the standard normal distribution (Wichura 1988, algorithm AS 241).
const Z_95: f64 = 1.644_853_626_951_472_7;

/// How far probabilities may be from a sum of one.
const SUM_TOLERANCE: f64 = 1e-9;

const fn signature(
    name: &'static str,
    positional: usize,
    forms: &'static [&'static [&'static str]],
    usage: &'static str,
) -> Signature {
    Signature {
        name,
        forms,
        positional,
        usage,
    }
}

/// Distributions that are stated by numbers.
const BY_NUMBERS: &[Signature] = &[
    signature("uniform", 2, &[&["low", "high"]], "uniform(low, high)"),
    signature(
        "triangular",
        3,
        &[&["low", "mode", "high"]],
        "triangular(low, mode, high)",
    ),
    signature("pert", 3, &[&["low", "mode", "high"]], "pert(low, mode, high)"),
    signature("normal", 1, &[&["mean", "sd"]], "normal(mean, sd = …)"),
    signature(
        "lognormal",
        0,
        &[&["median", "sigma"], &["mean", "sd"], &["p05", "p95"]],
        "lognormal(median = …, sigma = …)`, `lognormal(mean = …, sd = …)` or `lognormal(p05 = …, p95 = …)",
    ),
    signature("beta", 2, &[&["a", "b"]], "beta(a, b)"),
    signature("gamma", 0, &[&["shape", "scale"]], "gamma(shape = …, scale = …)"),
    signature(
        "student",
        0,
        &[&["df", "centre", "scale"]],
        "student(df = …, centre = …, scale = …)",
    ),
    signature("weibull", 0, &[&["shape", "scale"]], "weibull(shape = …, scale = …)"),
];

/// Distributions that are stated by a list.
const BY_LIST: [&str; 3] = ["discrete", "empirical", "metalog"];

/// Names of all distributions.
pub fn distributions() -> impl Iterator<Item = &'static str> {
    BY_NUMBERS.iter().map(|signature| signature.name).chain(BY_LIST)
}

/// The distribution of a call; faults are reported.
pub fn distribution(function: &Name, arguments: &[Argument], reader: &mut Reader<'_>) -> Option<Distribution> {
    let name = function.value.as_str();
    if let Some(signature) = BY_NUMBERS.iter().find(|signature| signature.name == name) {
        let numbers = reader.numbers(signature, arguments, function.span)?;
        let of = reader.possible(by_numbers(name, &numbers))?;
        return reader.truncated(of, &numbers);
    }
    if BY_LIST.contains(&name) {
        // `min =` and `max =` belong to the truncation, all others to the list.
        let is_bound = |argument: &&Argument| {
            argument
                .name
                .as_ref()
                .is_some_and(|name| matches!(name.value.as_str(), "min" | "max"))
        };
        let bounds: Vec<Argument> = arguments.iter().filter(is_bound).cloned().collect();
        let items: Vec<Argument> = arguments
            .iter()
            .filter(|argument| !is_bound(argument))
            .cloned()
            .collect();
        let none = signature("list", 0, &[&[]], "min = …, max = …");
        let bounds = reader.numbers(&none, &bounds, function.span)?;
        let of = match name {
            "discrete" => reader.discrete(function, &items)?,
            "metalog" => reader.metalog(function, &items)?,
            _ => reader.empirical(function, &items)?,
        };
        return reader.truncated(of, &bounds);
    }
    let known = || {
        BY_NUMBERS
            .iter()
            .map(|signature| signature.name)
            .chain(BY_LIST)
            .chain(["column"])
    };
    let message = format!("no distribution `{name}`");
    let mut diagnostic = Diagnostic::error("E0023", message, function.span, "unknown");
    let names: Vec<String> = known().map(|name| format!("`{name}`")).collect();
    let elsewhere = ELSEWHERE.iter().find(|(other, _)| other.eq_ignore_ascii_case(name));
    diagnostic.help = elsewhere
        .map(|(_, here)| *here)
        .or_else(|| suggestion::nearest(name, known()))
        .map(|found| format!("did you mean `{found}`?"))
        .or_else(|| Some(format!("known: {}", names.join(", "))));
    reader.report(diagnostic);
    None
}

/// Names that distributions have in textbooks, spreadsheets and other languages, with the name here.
const ELSEWHERE: [(&str, &str); 9] = [
    ("gaussian", "normal"),
    ("gauss", "normal"),
    ("lognorm", "lognormal"),
    ("norm", "normal"),
    ("rectangular", "uniform"),
    ("t", "student"),
    ("triangle", "triangular"),
    ("unif", "uniform"),
    ("weib", "weibull"),
];

/// A number that cannot be, and why.
struct Impossible {
    message: String,
    at: Span,
    /// Name of the number there.
    text: &'static str,
    other: Option<(Span, &'static str)>,
}

type Possible = Result<Distribution, Impossible>;

/// Numbers in order of a form.
struct Given<'n> {
    distribution: &'n str,
    numbers: &'n Numbers,
}

impl Given<'_> {
    fn at(&self, index: usize) -> &Spanned<f64> {
        &self.numbers.values[index]
    }
    fn positive(&self, index: usize) -> Result<f64, Impossible> {
        let number = self.at(index);
        if number.value > 0.0 {
            return Ok(number.value);
        }
        let name = self.numbers.form[index];
        Err(Impossible {
            message: format!(
                "`{}` requires `{name}` above 0, found {}",
                self.distribution, number.value
            ),
            at: number.span,
            text: name,
            other: None,
        })
    }
    /// Refuses numbers in the wrong order; `strict` refuses equal ones too.
    fn ordered(&self, left: usize, right: usize, strict: bool) -> Result<(), Impossible> {
        let (low, high) = (self.at(left), self.at(right));
        if low.value < high.value || (!strict && low.value <= high.value) {
            return Ok(());
        }
        let (left, right) = (self.numbers.form[left], self.numbers.form[right]);
        let than = if strict { "below" } else { "not above" };
        Err(Impossible {
            message: format!(
                "`{}` requires `{left}` {than} `{right}`, found {} and {}",
                self.distribution, low.value, high.value
            ),
            at: low.span,
            text: left,
            other: Some((high.span, right)),
        })
    }
}

/// The distribution of numbers in the form of its signature.
fn by_numbers(name: &str, numbers: &Numbers) -> Possible {
    let given = Given {
        distribution: name,
        numbers,
    };
    let value = |index: usize| given.at(index).value;
    Ok(match name {
        "uniform" => {
            given.ordered(0, 1, true)?;
            Distribution::Uniform {
                low: value(0),
                high: value(1),
            }
        }
        "triangular" | "pert" => {
            given.ordered(0, 1, false)?;
            given.ordered(1, 2, false)?;
            given.ordered(0, 2, true)?;
            let (low, mode, high) = (value(0), value(1), value(2));
            if name == "pert" {
                Distribution::Pert { low, mode, high }
            } else {
                Distribution::Triangular { low, mode, high }
            }
        }
        "normal" => Distribution::Normal {
            mean: value(0),
            sd: given.positive(1)?,
        },
        "lognormal" => lognormal(&given)?,
        "beta" => Distribution::Beta {
            a: given.positive(0)?,
            b: given.positive(1)?,
        },
        "gamma" => Distribution::Gamma {
            shape: given.positive(0)?,
            scale: given.positive(1)?,
        },
        "student" => Distribution::Student {
            df: given.positive(0)?,
            centre: value(1),
            scale: given.positive(2)?,
        },
        _ => Distribution::Weibull {
            shape: given.positive(0)?,
            scale: given.positive(1)?,
        },
    })
}

/// Lognormal by median and sigma of the logarithm, by mean and standard deviation, or by its 5 % and 95 % quantiles.
///
/// With mean m and standard deviation s: sigma² = ln(1 + s²/m²), median = m / √(1 + s²/m²) (Johnson, Kotz and
/// Balakrishnan 1994, Continuous Univariate Distributions 1, chapter 14). With quantiles q05 and q95:
/// median = √(q05·q95), sigma = ln(q95/q05) / (2·z95), from the quantile median·exp(sigma·z).
fn lognormal(given: &Given<'_>) -> Possible {
    let (first, second) = (given.positive(0)?, given.positive(1)?);
    let (median, sigma) = match given.numbers.form {
        ["mean", "sd"] => {
            let spread = 1.0 + (second / first) * (second / first);
            (first / spread.sqrt(), spread.ln().sqrt())
        }
        ["p05", "p95"] => {
            given.ordered(0, 1, true)?;
            (first.sqrt() * second.sqrt(), (second / first).ln() / (2.0 * Z_95))
        }
        _ => (first, second),
    };
    Ok(Distribution::Lognormal { median, sigma })
}

impl Reader<'_> {
    fn possible(&mut self, result: Possible) -> Option<Distribution> {
        match result {
            Ok(distribution) => Some(distribution),
            Err(fault) => {
                let mut diagnostic = Diagnostic::error("E0022", fault.message, fault.at, fault.text);
                if let Some((span, text)) = fault.other {
                    diagnostic = diagnostic.and(span, text);
                }
                self.report(diagnostic);
                None
            }
        }
    }
    /// Cut off at `min` and `max`, which must leave something.
    fn truncated(&mut self, of: Distribution, numbers: &Numbers) -> Option<Distribution> {
        let (least, greatest) = support(&of);
        let (min, max) = match (&numbers.min, &numbers.max) {
            (None, None) => return Some(of),
            (min, max) => (min.as_ref(), max.as_ref()),
        };
        let mut impossible = |message: String, at: Span| {
            self.report(Diagnostic::error("E0022", message, at, "impossible"));
            None
        };
        if let (Some(min), Some(max)) = (min, max)
            && min.value >= max.value
        {
            return impossible(
                format!("`min` must be below `max`, found {} and {}", min.value, max.value),
                min.span,
            );
        }
        if let Some(min) = min.filter(|min| min.value >= greatest) {
            let message = format!(
                "`min` = {} leaves nothing: the greatest possible value is {greatest}",
                min.value
            );
            return impossible(message, min.span);
        }
        if let Some(max) = max.filter(|max| max.value <= least) {
            let message = format!(
                "`max` = {} leaves nothing: the least possible value is {least}",
                max.value
            );
            return impossible(message, max.span);
        }
        Some(Distribution::Truncated {
            of: Box::new(of),
            min: min.map_or(f64::NEG_INFINITY, |min| min.value),
            max: max.map_or(f64::INFINITY, |max| max.value),
        })
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
    fn discrete(&mut self, function: &Name, items: &[Argument]) -> Option<Distribution> {
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
    fn metalog(&mut self, function: &Name, items: &[Argument]) -> Option<Distribution> {
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
    fn empirical(&mut self, function: &Name, items: &[Argument]) -> Option<Distribution> {
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

/// Least and greatest possible value.
fn support(distribution: &Distribution) -> (f64, f64) {
    match distribution {
        Distribution::Uniform { low, high }
        | Distribution::Triangular { low, high, .. }
        | Distribution::Pert { low, high, .. } => (*low, *high),
        Distribution::Beta { .. } => (0.0, 1.0),
        Distribution::Lognormal { .. } | Distribution::Gamma { .. } | Distribution::Weibull { .. } => {
            (0.0, f64::INFINITY)
        }
        Distribution::Discrete { values, .. } | Distribution::Empirical { values } => {
            let first = values.first().copied().unwrap_or(f64::NEG_INFINITY);
            (first, values.last().copied().unwrap_or(f64::INFINITY))
        }
        Distribution::Normal { .. } | Distribution::Student { .. } | Distribution::Metalog { .. } => {
            (f64::NEG_INFINITY, f64::INFINITY)
        }
        Distribution::Truncated { of, min, max } => {
            let (least, greatest) = support(of);
            (least.max(*min), greatest.min(*max))
        }
    }
}
