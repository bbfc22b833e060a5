//! Where a flow stands in the overview.
use super::words;
use mkba_core::appraisal::catalogue::{FlowEntry, FlowKind};

/// A block of rows of the overview.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Group {
    /// Costs of the measures.
    Cost,
    /// Direct effects.
    Direct,
    /// Indirect effects.
    Indirect,
    /// External effects.
    External,
    /// Effects of another sort.
    OtherEffect,
    /// Transfers.
    Transfer,
    /// Effects that are kept out of the balance without separate effects.
    Separate,
}

impl Group {
    /// The effects that count in both balances, with their headings.
    pub const EFFECTS: [(Self, words::Word); 4] = [
        (Self::Direct, words::DIRECT),
        (Self::Indirect, words::INDIRECT),
        (Self::External, words::EXTERNAL),
        (Self::OtherEffect, words::OTHER_EFFECTS),
    ];

    /// The group of a flow.
    #[must_use]
    pub fn of(flow: &FlowEntry) -> Self {
        match (flow.separate, flow.kind, flow.effect.as_str()) {
            (true, ..) => Self::Separate,
            (_, FlowKind::Cost, _) => Self::Cost,
            (_, FlowKind::Transfer, _) => Self::Transfer,
            (_, FlowKind::Benefit, "direct") => Self::Direct,
            (_, FlowKind::Benefit, "indirect") => Self::Indirect,
            (_, FlowKind::Benefit, "external") => Self::External,
            (_, FlowKind::Benefit, _) => Self::OtherEffect,
        }
    }
}
