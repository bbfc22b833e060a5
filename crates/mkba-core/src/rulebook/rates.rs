//! The discount rates a study really uses: those of its rulebook, except where the study replaces them.

use std::collections::BTreeMap;
use std::fmt;

use super::{Rulebook, Text};
use crate::finance::Rate;

/// A discount rate in use, to be printed with every table.
#[derive(Clone, Debug, PartialEq)]
pub struct RateInUse {
    /// Discount class.
    pub class: String,
    /// Name of the class in tables and reports.
    pub label: Text,
    /// The rate in use.
    pub rate: Rate,
    /// The rulebook's own rate.
    pub rulebook_rate: Rate,
}

impl RateInUse {
    /// Whether the study replaced the rulebook's rate by another one.
    #[must_use]
    pub fn is_replaced(&self) -> bool {
        self.rate != self.rulebook_rate
    }
}

/// A study replaces the rate of a class that its rulebook does not have.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnknownDiscountClass {
    /// The class the study names.
    pub class: String,
    /// The classes there are.
    pub known: Vec<String>,
}

impl fmt::Display for UnknownDiscountClass {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            out,
            "discount class `{}` is not one of `{}`",
            self.class,
            self.known.join("`, `")
        )
    }
}

impl std::error::Error for UnknownDiscountClass {}

impl Rulebook {
    /// The rate of each class in order of its name, after the replacements of a study. A class whose rate
    /// [`Rulebook::validate`] refuses is left out.
    ///
    /// # Errors
    /// One error for each replacement of a class that does not exist.
    pub fn rates_in_use(
        &self,
        replacements: &BTreeMap<String, Rate>,
    ) -> Result<Vec<RateInUse>, Vec<UnknownDiscountClass>> {
        let unknown: Vec<UnknownDiscountClass> = replacements
            .keys()
            .filter(|class| !self.discount.contains_key(*class))
            .map(|class| UnknownDiscountClass {
                class: class.clone(),
                known: self.discount.keys().cloned().collect(),
            })
            .collect();
        if !unknown.is_empty() {
            return Err(unknown);
        }
        let in_use = self.discount.iter().filter_map(|(class, rule)| {
            let rulebook_rate = self.discount_rate(class)?;
            let rate = replacements.get(class).copied().unwrap_or(rulebook_rate);
            Some(RateInUse {
                class: class.clone(),
                label: rule.label.clone(),
                rate,
                rulebook_rate,
            })
        });
        Ok(in_use.collect())
    }
}
