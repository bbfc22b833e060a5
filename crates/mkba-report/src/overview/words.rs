//! The words of the overview in both languages; those that other results share are in core.
pub use mkba_core::words::{
    BALANCE, DIRECT, EXTERNAL, INDIRECT, SEPARATE, TRANSFERS, UNPRICED, Word, choose, discount_class, effect,
    effect_order, word,
};

/// Heading of costs.
pub const COSTS: Word = word("Kosten", "Costs");
/// Sum of costs.
pub const TOTAL_COSTS: Word = word("Totaal kosten", "Total costs");
/// Heading of effects of another sort.
pub const OTHER_EFFECTS: Word = word("Overige effecten", "Other effects");
/// Sum of effects.
pub const TOTAL_EFFECTS: Word = word("Totaal effecten", "Total effects");
/// Transfers between parties with standing.
pub const CANCELLING: Word = word("Overdrachten die wegvallen", "Transfers that cancel");
/// Balance without separate effects.
pub const BALANCE_WITHOUT: Word = word("Saldo zonder aparte effecten", "Balance without separate effects");
/// Balance with separate effects.
pub const BALANCE_WITH: Word = word("Saldo met aparte effecten", "Balance with separate effects");
/// Nine draws in ten.
pub const BAND: Word = word("5 % … 95 % van de trekkingen", "5 % … 95 % of the draws");
/// Monte Carlo standard error.
pub const STANDARD_ERROR: Word = word("Monte Carlo-standaardfout", "Monte Carlo standard error");
/// Benefit-cost ratio.
pub const RATIO: Word = word("Baten-kostenverhouding", "Benefit-cost ratio");
/// At what worth of the unpriced items together the balance is nothing.
pub const SWITCH: Word = word("Omslagwaarde van PM", "Switching value of unpriced");
/// The same of the balance without separate effects.
pub const SWITCH_WITHOUT: Word = word("Omslagwaarde zonder aparte", "Switching value without separate");
/// The same of the balance with separate effects.
pub const SWITCH_WITH: Word = word("Omslagwaarde met aparte", "Switching value with separate");
/// Flows without a row.
pub const WITHOUT_VALUE: Word = word("Overal nul en daarom zonder regel", "Zero everywhere, so without a row");
/// What is not defined.
pub const NOT_DEFINED: Word = word("n.v.t.", "n/a");

/// How the ratio is divided; by the word in the column `note`.
#[must_use]
pub fn convention(note: &str) -> Word {
    match note {
        "costs_of_the_measure" => word(
            "baten = alle effecten met hun teken, kosten = kosten van de maatregelen",
            "benefits = all effects with their sign, costs = costs of the measures",
        ),
        "all_negative_items" => word(
            "baten = alle positieve posten, kosten = alle negatieve posten",
            "benefits = all positive items, costs = all negative items",
        ),
        _ => word("onbekende conventie", "unknown convention"),
    }
}

/// Why a ratio is not defined; by the word behind the convention in the column `note`.
#[must_use]
pub fn reason(note: &str) -> Word {
    match note {
        "no_cost" => word("er zijn geen kosten", "there are no costs"),
        "cost_is_saving" => word("de kosten zijn een besparing", "the costs are a saving"),
        _ => word("een bedrag is geen eindig getal", "an amount is not a finite number"),
    }
}
