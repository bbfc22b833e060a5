//! Rules that say when the draws are enough for a decision: `se(npv) < 1 %`, `rank 95 %`, or several joined by `and`.
use mkba_core::appraisal::catalogue::Catalogue;
use mkba_core::outcome::Checkpoint;
use std::fmt;
use std::str::FromStr;

/// Conditions that all have to hold, in every scenario.
#[derive(Debug, Clone, PartialEq)]
pub struct Until {
    conditions: Vec<Condition>,
}

#[derive(Debug, Clone, Copy, PartialEq)]
enum Condition {
    /// The standard error of each mean balance is below this share of the mean.
    RelativeError(f64),
    /// The standard error of each mean balance is below this amount; the unit it was written in, as factor and name.
    AbsoluteError(f64, &'static str),
    /// The ranking of the alternatives is right with at least this probability.
    Ranking(f64),
}

/// What a rule finds at a checkpoint.
#[derive(Debug, Clone, PartialEq)]
pub struct Verdict {
    /// Whether all conditions hold.
    pub met: bool,
    /// One sentence for each condition: how far it is.
    pub sentences: Vec<String>,
}

const UNITS: [(&str, f64); 4] = [("EUR", 1.0), ("kEUR", 1e3), ("MEUR", 1e6), ("bnEUR", 1e9)];
const FORMS: &str = "a rule is `se(npv) < 1 %`, `se(npv) < 2 MEUR` or `rank 95 %`, or several joined by `and`";

impl Until {
    /// Looks at the balances after some draws.
    #[must_use]
    pub fn judge(&self, checkpoint: &Checkpoint, catalogue: &Catalogue) -> Verdict {
        let found: Vec<(bool, String)> = self
            .conditions
            .iter()
            .map(|condition| condition.judge(checkpoint, catalogue))
            .collect();
        Verdict {
            met: found.iter().all(|(met, _)| *met),
            sentences: found.into_iter().map(|(_, sentence)| sentence).collect(),
        }
    }
}

impl Condition {
    fn judge(self, checkpoint: &Checkpoint, catalogue: &Catalogue) -> (bool, String) {
        match self {
            Condition::RelativeError(share) => {
                let (size, place) = worst(checkpoint, catalogue, |mean, error| error / mean.abs());
                let met = size < share;
                let more = more_draws(met, size / share, checkpoint.draws);
                (met, format!("{self}: greatest {:.3} %{place}{more}", size * 100.0))
            }
            Condition::AbsoluteError(amount, unit) => {
                let (size, place) = worst(checkpoint, catalogue, |_, error| error);
                let met = size < amount;
                let more = more_draws(met, size / amount, checkpoint.draws);
                (
                    met,
                    format!("{self}: greatest {:.3} {unit}{place}{more}", size / factor(unit)),
                )
            }
            Condition::Ranking(probability) => {
                let least = checkpoint
                    .scenarios
                    .iter()
                    .enumerate()
                    .map(|(number, found)| (found.ranking, number));
                let (least, number) = least.min_by(|a, b| a.0.total_cmp(&b.0)).unwrap_or((1.0, 0));
                let scenario = catalogue.scenarios.get(number).map_or("", |entry| entry.id.as_str());
                // Rounded down, so that it never reads better than it is.
                let shown = (least * 1e4).floor() / 1e2;
                (
                    least >= probability,
                    format!("{self}: least {shown} % (scenario `{scenario}`)"),
                )
            }
        }
    }
}

/// The greatest error and where it is. An error of zero is small whatever it is compared with.
fn worst(checkpoint: &Checkpoint, catalogue: &Catalogue, size: impl Fn(f64, f64) -> f64) -> (f64, String) {
    let mut worst = (0.0, String::new());
    for (scenario, found) in catalogue.scenarios.iter().zip(&checkpoint.scenarios) {
        for (alternative, balance) in catalogue.alternatives.iter().zip(&found.balances) {
            let error = balance.standard_error;
            let size = match error {
                0.0 => 0.0,
                _ if error.is_nan() => f64::INFINITY,
                _ => size(balance.mean, error),
            };
            if size > worst.0 {
                worst = (size, format!(" (`{}` in scenario `{}`)", alternative.id, scenario.id));
            }
        }
    }
    worst
}

/// How many draws would be needed, since an error shrinks with the root of their number.
fn more_draws(met: bool, ratio: f64, draws: u64) -> String {
    let needed = draws as f64 * ratio * ratio;
    if met || !needed.is_finite() {
        return String::new();
    }
    let digit = 10_f64.powf(needed.log10().floor() - 1.0);
    format!("; about {:.0} draws would be needed", (needed / digit).ceil() * digit)
}

fn factor(unit: &str) -> f64 {
    UNITS
        .iter()
        .find(|(name, _)| *name == unit)
        .map_or(1.0, |(_, factor)| *factor)
}

impl FromStr for Until {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let parts: Vec<&str> = text.split(" and ").map(str::trim).collect();
        let conditions = parts.into_iter().map(condition).collect::<Result<_, _>>()?;
        Ok(Until { conditions })
    }
}

fn condition(text: &str) -> Result<Condition, String> {
    if let Some(rest) = text.strip_prefix("rank") {
        let (number, unit) = amount(rest).map_err(|why| format!("{why} after `rank`; {FORMS}"))?;
        if unit != "%" {
            return Err(format!(
                "`rank` requires a probability in %, such as `rank 95 %`, not `{}`",
                rest.trim()
            ));
        }
        if !(50.0..100.0).contains(&number) {
            return Err(format!(
                "`rank {number} %`: a probability from 50 % to below 100 % is required, since a ranking is never certain"
            ));
        }
        return Ok(Condition::Ranking(number / 100.0));
    }
    let Some(rest) = text.strip_prefix("se").map(str::trim_start) else {
        return Err(format!("`{text}` is not a rule; {FORMS}"));
    };
    let named = rest.strip_prefix('(').and_then(|rest| rest.split_once(')'));
    let Some((name, rest)) = named else {
        return Err(format!(
            "`se` requires what it is the standard error of: `se(npv) < 1 %`; {FORMS}"
        ));
    };
    if name.trim() != "npv" {
        return Err(format!(
            "`se({})` is not known; the rule looks at the balances: `se(npv)`",
            name.trim()
        ));
    }
    let Some(limit) = rest
        .trim_start()
        .strip_prefix('<')
        .filter(|limit| !limit.starts_with('='))
    else {
        return Err(format!(
            "`se(npv)` requires `<` and a limit: `se(npv) < 1 %`; found `{}`",
            rest.trim()
        ));
    };
    let (number, unit) = amount(limit).map_err(|why| format!("{why} after `se(npv) <`; {FORMS}"))?;
    if number <= 0.0 {
        return Err(format!(
            "`se(npv) < {number}`: a limit above zero is required; more draws never bring an error to zero"
        ));
    }
    if unit == "%" {
        return Ok(Condition::RelativeError(number / 100.0));
    }
    match UNITS.iter().find(|(name, _)| *name == unit) {
        Some((name, factor)) => Ok(Condition::AbsoluteError(number * factor, name)),
        None if unit.is_empty() => Err(format!(
            "`se(npv) < {number}` requires a unit: `{number} %` of the balance, or `{number} MEUR`"
        )),
        None => Err(format!("`{unit}` is no unit here; use %, EUR, kEUR, MEUR or bnEUR")),
    }
}

/// A number and the word behind it.
fn amount(text: &str) -> Result<(f64, &str), String> {
    let text = text.trim();
    let end = text.find(|c: char| c == '%' || c.is_whitespace() || c.is_ascii_uppercase() || c == 'k' || c == 'b');
    let (number, unit) = text.split_at(end.unwrap_or(text.len()));
    match number.replace('_', "").parse::<f64>() {
        Ok(value) if value.is_finite() => Ok((value, unit.trim())),
        _ if number.is_empty() => Err("a number is required".to_owned()),
        _ => Err(format!("`{number}` is not a number")),
    }
}

impl fmt::Display for Condition {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Condition::RelativeError(share) => write!(f, "se(npv) < {} %", round(share * 100.0)),
            Condition::AbsoluteError(amount, unit) => write!(f, "se(npv) < {} {unit}", round(amount / factor(unit))),
            Condition::Ranking(probability) => write!(f, "rank {} %", round(probability * 100.0)),
        }
    }
}

/// Without the last digits, in which a percentage differs from what was written.
fn round(value: f64) -> f64 {
    format!("{value:.12e}").parse().unwrap_or(value)
}

impl fmt::Display for Until {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (number, condition) in self.conditions.iter().enumerate() {
            let and = if number > 0 { " and " } else { "" };
            write!(f, "{and}{condition}")?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests;
