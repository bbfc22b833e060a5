//! Prices in which costs and benefits are expressed.

use serde::{Deserialize, Serialize};

use super::Text;

/// Prices in which costs and benefits are expressed.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PriceRule {
    /// With or without indirect taxes.
    pub unit: PriceUnit,
    /// Average indirect tax by which amounts in factor prices are raised to market prices, as a fraction.
    pub indirect_tax_uplift: f64,
    /// Standard rate of value added tax, as a fraction.
    pub standard_vat: f64,
    /// Where prices that rise faster or slower than the general level are booked, and for which effects.
    pub relative_price_rule: Text,
    /// Where the rules come from.
    pub source: String,
}

/// With or without indirect taxes: the unit of account.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PriceUnit {
    /// Market prices: value added tax and other indirect taxes included.
    #[default]
    MarketPrices,
    /// Factor prices: net of indirect taxes.
    FactorPrices,
}
