//! Over which years effects are counted.

use serde::Deserialize;

use super::Text;

/// Over which years effects are counted. A model that computes fewer years counts all of them.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct HorizonRule {
    /// Number of years, the one they are counted from included.
    pub years: u32,
    /// The year they are counted from.
    pub from: HorizonStart,
    /// What becomes of effects after the horizon.
    pub residual: ResidualRule,
    /// The rule in words.
    pub note: Text,
    /// Where the rule comes from.
    pub source: String,
}

/// The year from which a horizon is counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum HorizonStart {
    /// The opening year; the first year of a model that has none.
    Opening,
    /// The first year of the model: construction is part of the horizon.
    FirstYear,
}

/// What becomes of effects after the horizon.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ResidualRule {
    /// They do not count.
    None,
    /// Their present value is the residual value: what the model still computes after the horizon counts.
    NetFlows,
}

impl HorizonRule {
    /// The year from which the horizon of a model is counted.
    #[must_use]
    pub fn start(&self, first: i32, opening: Option<i32>) -> i32 {
        match self.from {
            HorizonStart::Opening => opening.unwrap_or(first),
            HorizonStart::FirstYear => first,
        }
    }

    /// The last year that counts, of a model that computes `first ..= last` and opens in `opening`; none if all of them count.
    #[must_use]
    pub fn last_counted(&self, first: i32, last: i32, opening: Option<i32>) -> Option<i32> {
        let end = i64::from(self.start(first, opening)) + i64::from(self.years) - 1;
        match self.residual {
            ResidualRule::NetFlows => None,
            ResidualRule::None => i32::try_from(end).ok().filter(|end| *end < last),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rule(years: u32, from: HorizonStart, residual: ResidualRule) -> HorizonRule {
        let text = Text {
            nl: "regel".into(),
            en: "rule".into(),
        };
        HorizonRule {
            years,
            from,
            residual,
            note: text,
            source: "a test".into(),
        }
    }

    /// Opening 2020, one hundred years: through 2119.
    #[test]
    fn a_horizon_counts_from_opening_or_from_the_first_year() {
        let hundred = rule(100, HorizonStart::Opening, ResidualRule::None);
        assert_eq!(hundred.last_counted(2016, 2200, Some(2020)), Some(2119));
        assert_eq!(hundred.last_counted(2016, 2119, Some(2020)), None, "all years count");
        assert_eq!(hundred.last_counted(2016, 2200, None), Some(2115));
        let period = rule(25, HorizonStart::FirstYear, ResidualRule::None);
        assert_eq!(period.last_counted(2016, 2200, Some(2020)), Some(2040));
    }

    #[test]
    fn a_residual_value_of_net_flows_counts_all_years() {
        let period = rule(25, HorizonStart::FirstYear, ResidualRule::NetFlows);
        assert_eq!(period.last_counted(2016, 2200, Some(2020)), None);
    }
}
