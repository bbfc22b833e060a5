//! The words of the overview in both languages; those that other results share are in core.
pub use mkba_core::words::{
    BALANCE, DIRECT, EXTERNAL, INDIRECT, SEPARATE, TRANSFERS, UNPRICED, Word, choose, discount_class, effect_order,
    word,
};

pub const COSTS: Word = word("Kosten", "Costs");
pub const TOTAL_COSTS: Word = word("Totaal kosten", "Total costs");
pub const OTHER_EFFECTS: Word = word("Overige effecten", "Other effects");
pub const TOTAL_EFFECTS: Word = word("Totaal effecten", "Total effects");
pub const CANCELLING: Word = word("Overdrachten die wegvallen", "Transfers that cancel");
pub const BALANCE_WITHOUT: Word = word("Saldo zonder aparte effecten", "Balance without separate effects");
pub const BALANCE_WITH: Word = word("Saldo met aparte effecten", "Balance with separate effects");
pub const BAND: Word = word("5 % … 95 % van de trekkingen", "5 % … 95 % of the draws");
pub const STANDARD_ERROR: Word = word("Monte Carlo-standaardfout", "Monte Carlo standard error");
pub const RATIO: Word = word("Baten-kostenverhouding", "Benefit-cost ratio");
pub const WITHOUT_VALUE: Word = word("Overal nul en daarom zonder regel", "Zero everywhere, so without a row");
pub const NOT_DEFINED: Word = word("n.v.t.", "n/a");

/// How the ratio is divided; by the word in the column `note`.
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
pub fn reason(note: &str) -> Word {
    match note {
        "no_cost" => word("er zijn geen kosten", "there are no costs"),
        "cost_is_saving" => word("de kosten zijn een besparing", "the costs are a saving"),
        _ => word("een bedrag is geen eindig getal", "an amount is not a finite number"),
    }
}
