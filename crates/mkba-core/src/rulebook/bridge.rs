//! From one rulebook to another, a part at a time.

use super::Rulebook;

/// What rulebooks differ in, in the order in which a bridge takes the other rulebook's part over.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Part {
    /// Discount classes with their rates, and the timing of flows within the year.
    Rates,
    /// Market prices or prices net of indirect taxes.
    UnitOfAccount,
    /// Years after the horizon no longer count.
    Horizon,
    /// What lies after the horizon counts as residual value.
    ResidualValue,
    /// Whose welfare counts.
    Standing,
    /// The average indirect tax between factor and market prices.
    PriceRules,
}

impl Part {
    /// All parts in order.
    pub const ALL: [Self; 6] = [
        Self::Rates,
        Self::UnitOfAccount,
        Self::Horizon,
        Self::ResidualValue,
        Self::Standing,
        Self::PriceRules,
    ];

    /// As in columns and files.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Rates => "rate",
            Self::UnitOfAccount => "unit_of_account",
            Self::Horizon => "horizon",
            Self::ResidualValue => "residual_value",
            Self::Standing => "standing",
            Self::PriceRules => "price_rules",
        }
    }

    /// Replaces this part of a rulebook by that of another.
    pub fn take_over(self, rulebook: &mut Rulebook, other: &Rulebook) {
        match self {
            Self::Rates => {
                rulebook.discount.clone_from(&other.discount);
                rulebook.instead.clone_from(&other.instead);
                rulebook
                    .default_discount_class
                    .clone_from(&other.default_discount_class);
                rulebook.timing = other.timing;
            }
            Self::UnitOfAccount => rulebook.prices.unit = other.prices.unit,
            Self::Horizon => {
                // What lies after the horizon is a step of its own: both rules without it, then with it.
                rulebook.horizon.clone_from(&other.horizon);
                rulebook.horizon.residual = super::ResidualRule::None;
            }
            Self::ResidualValue => rulebook.horizon.residual = other.horizon.residual,
            Self::Standing => rulebook.standing.clone_from(&other.standing),
            Self::PriceRules => {
                let unit = rulebook.prices.unit;
                rulebook.prices.clone_from(&other.prices);
                rulebook.prices.unit = unit;
            }
        }
    }
}

impl Rulebook {
    /// Whether every appraisal comes out the same under another rulebook: the same classes, rates, unit of account, tax, horizon and
    /// standing, whatever the texts around them say.
    #[must_use]
    pub fn computes_as(&self, other: &Self) -> bool {
        let rates = |rulebook: &Self| -> Vec<(String, f64, Vec<super::RateStep>)> {
            let classes = rulebook.discount.iter();
            classes
                .map(|(name, class)| (name.clone(), class.rate_per_year, class.steps.clone()))
                .collect()
        };
        let instead = |rulebook: &Self| -> Vec<(String, String)> {
            let instead = rulebook.instead.iter();
            instead.map(|(name, it)| (name.clone(), it.class.clone())).collect()
        };
        let rules = |it: &Self| {
            let (horizon, prices) = (&it.horizon, &it.prices);
            (
                it.timing,
                (horizon.years, horizon.from, horizon.residual),
                (prices.unit, prices.indirect_tax_uplift),
                (it.standing.default, it.standing.union),
            )
        };
        rates(self) == rates(other) && instead(self) == instead(other) && rules(self) == rules(other)
    }
}
