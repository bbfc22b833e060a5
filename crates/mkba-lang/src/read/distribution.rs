//! Distributions as written to distributions as data; impossible numbers are refused (specification section 2).
use super::arguments::{Numbers, Signature};
use super::reader::Reader;
use super::suggestion;
use crate::declarations::Name;
use crate::diagnostic::Diagnostic;
use crate::source::{Span, Spanned};
use crate::syntax::Argument;
use mkba_core::input::{Distribution, elicitation};
use mkba_core::lane::math::ln;

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
    signature(
        "pert",
        3,
        &[&["low", "mode", "high"], &["low", "mode", "high", "weight"]],
        "pert(low, mode, high)` or `pert(low, mode, high, weight = …)",
    ),
    signature(
        "normal",
        1,
        &[&["mean", "sd"], &["p05", "p95"], &["p10", "p90"]],
        "normal(mean, sd = …)` or `normal(p05 = …, p95 = …)",
    ),
    signature(
        "lognormal",
        0,
        &[
            &["median", "sigma"],
            &["mean", "sd"],
            &["p05", "p95"],
            &["p10", "p90"],
            &["p05", "p50", "p95"],
            &["p10", "p50", "p90"],
        ],
        "lognormal(median = …, sigma = …)`, `lognormal(mean = …, sd = …)`, `lognormal(p05 = …, p95 = …)` or \
         `lognormal(p05 = …, p50 = …, p95 = …)",
    ),
    signature(
        "beta",
        2,
        &[&["a", "b"], &["p05", "p95"]],
        "beta(a, b)` or `beta(p05 = …, p95 = …)",
    ),
    signature(
        "gamma",
        0,
        &[&["shape", "scale"], &["p05", "p95"]],
        "gamma(shape = …, scale = …)` or `gamma(p05 = …, p95 = …)",
    ),
    signature("exponential", 1, &[&["mean"]], "exponential(mean)"),
    signature(
        "logistic",
        0,
        &[&["centre", "scale"]],
        "logistic(centre = …, scale = …)",
    ),
    signature("gumbel", 0, &[&["mode", "scale"]], "gumbel(mode = …, scale = …)"),
    signature(
        "student",
        0,
        &[&["df", "centre", "scale"]],
        "student(df = …, centre = …, scale = …)",
    ),
    signature("weibull", 0, &[&["shape", "scale"]], "weibull(shape = …, scale = …)"),
];

/// Distributions that are stated by a list, of numbers or of other distributions.
const BY_LIST: [&str; 6] = ["discrete", "empirical", "metalog", "mixture", "pool", "zero_inflated"];

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
            "mixture" => reader.mixture(function, &items)?,
            "pool" => reader.pool(function, &items)?,
            "zero_inflated" => reader.zero_inflated(function, &items)?,
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
    /// A number strictly between 0 and 1.
    fn share(&self, index: usize) -> Result<f64, Impossible> {
        let number = self.at(index);
        if number.value > 0.0 && number.value < 1.0 {
            return Ok(number.value);
        }
        let name = self.numbers.form[index];
        Err(Impossible {
            message: format!(
                "`{}` requires `{name}` between 0 and 1, found {}",
                self.distribution, number.value
            ),
            at: number.span,
            text: name,
            other: None,
        })
    }
    /// What was fitted through the first and last number, if anything was.
    fn fitted(&self, found: Option<Distribution>) -> Possible {
        let last = self.numbers.values.len() - 1;
        found.ok_or_else(|| Impossible {
            message: format!("no `{}` distribution has these quantiles", self.distribution),
            at: self.at(0).span,
            text: self.numbers.form[0],
            other: Some((self.at(last).span, self.numbers.form[last])),
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
            match (name, numbers.form) {
                ("pert", [_, _, _, "weight"]) => weighted_pert(low, mode, high, given.positive(3)?),
                ("pert", _) => Distribution::Pert { low, mode, high },
                _ => Distribution::Triangular { low, mode, high },
            }
        }
        "normal" => match tail(&given)? {
            Some(tail) => elicitation::normal(tail, value(0), value(1)),
            None => Distribution::Normal {
                mean: value(0),
                sd: given.positive(1)?,
            },
        },
        "lognormal" => lognormal(&given)?,
        "beta" => match tail(&given)? {
            Some(tail) => {
                given.share(0)?;
                given.share(1)?;
                given.fitted(elicitation::beta(tail, value(0), value(1)))?
            }
            None => Distribution::Beta {
                a: given.positive(0)?,
                b: given.positive(1)?,
            },
        },
        "gamma" => match tail(&given)? {
            Some(tail) => given.fitted(elicitation::gamma(tail, given.positive(0)?, given.positive(1)?))?,
            None => Distribution::Gamma {
                shape: given.positive(0)?,
                scale: given.positive(1)?,
            },
        },
        "exponential" => Distribution::Weibull {
            shape: 1.0,
            scale: given.positive(0)?,
        },
        "logistic" => logistic(value(0), given.positive(1)?),
        "gumbel" => Distribution::Gumbel {
            mode: value(0),
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

/// The tail probability outside the quantiles of a form by quantiles, which must ascend; none for other forms.
fn tail(given: &Given<'_>) -> Result<Option<f64>, Impossible> {
    let tail = match given.numbers.form {
        ["p05", .., "p95"] => 0.05,
        ["p10", .., "p90"] => 0.1,
        _ => return Ok(None),
    };
    for right in 1..given.numbers.form.len() {
        given.ordered(right - 1, right, true)?;
    }
    Ok(Some(tail))
}

/// Lognormal by median and sigma of the logarithm, by mean and standard deviation, by two quantiles, or shifted through three.
///
/// With mean m and standard deviation s: sigma² = ln(1 + s²/m²), median = m / √(1 + s²/m²) (Johnson, Kotz and
/// Balakrishnan 1994, Continuous Univariate Distributions 1, chapter 14).
fn lognormal(given: &Given<'_>) -> Possible {
    let tail = tail(given)?;
    if let (Some(tail), [low, median, high]) = (tail, given.numbers.values.as_slice()) {
        return Ok(elicitation::shifted_lognormal(
            tail,
            low.value,
            median.value,
            high.value,
        ));
    }
    let (first, second) = (given.positive(0)?, given.positive(1)?);
    let (median, sigma) = match (tail, given.numbers.form) {
        (Some(tail), _) => return Ok(elicitation::lognormal(tail, first, second)),
        (None, ["mean", "sd"]) => {
            let spread = 1.0 + (second / first) * (second / first);
            (first / spread.sqrt(), ln(spread).sqrt())
        }
        _ => (first, second),
    };
    Ok(Distribution::Lognormal { median, sigma })
}

/// PERT with another weight of the mode than 4: shapes `1 + weight (mode - low) / (high - low)` and likewise from above.
fn weighted_pert(low: f64, mode: f64, high: f64, weight: f64) -> Distribution {
    let range = high - low;
    Distribution::Scaled {
        of: Box::new(Distribution::Beta {
            a: 1.0 + weight * (mode - low) / range,
            b: 1.0 + weight * (high - mode) / range,
        }),
        shift: low,
        factor: range,
    }
}

/// The logistic distribution is the metalog of two terms (Keelin 2016): any two of its quantiles fix it.
fn logistic(centre: f64, scale: f64) -> Distribution {
    let half_range = scale * ln(3.0);
    Distribution::Metalog {
        probabilities: vec![0.25, 0.75],
        values: vec![centre - half_range, centre + half_range],
    }
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
        let (least, greatest) = of.support();
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
}
