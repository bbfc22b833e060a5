//! Guards of the appraisal: gains that would be counted twice, policy that is decided or comes anyway, costs that outlive their benefits.
pub mod baseline;
pub mod double_counting;
mod gain;
pub mod lifetimes;

use crate::declarations::Declarations;
use crate::diagnostic::Diagnostics;
use mkba_core::rulebook::Rulebook;

/// Everything that can be judged before a study is computed.
pub fn check(declarations: &Declarations, rulebook: &Rulebook, diagnostics: &mut Diagnostics) {
    double_counting::forbidden_pairs(declarations, rulebook, diagnostics);
    double_counting::unknown_channels(declarations, rulebook, diagnostics);
    baseline::counted_twice(declarations, diagnostics);
    baseline::decided_policy(declarations, rulebook, diagnostics);
}
