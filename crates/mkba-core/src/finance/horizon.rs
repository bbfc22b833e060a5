//! Which calendar years have flows, and which year is the base year of discounting.

use std::ops::RangeInclusive;

use super::FinanceError;

/// The flow years of an appraisal and its base year. The base year (of discounting) is another setting than the price
/// year (of money) and may lie before, in or after the flow years.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Horizon {
    first_year: i32,
    last_year: i32,
    base_year: i32,
    opening_year: Option<i32>,
}

impl Horizon {
    /// Flow years `first_year ..= last_year`.
    ///
    /// # Errors
    /// If a year is outside 0..=9999 or the last year is before the first.
    pub fn new(first_year: i32, last_year: i32, base_year: i32) -> Result<Self, FinanceError> {
        for year in [first_year, last_year, base_year] {
            require_calendar_year(i64::from(year))?;
        }
        if last_year < first_year {
            return Err(FinanceError::HorizonReversed { first_year, last_year });
        }
        Ok(Self {
            first_year,
            last_year,
            base_year,
            opening_year: None,
        })
    }

    /// A horizon that is counted from opening: `years` years of which the opening year is the first, so 100 years after
    /// opening in 2030 run through 2129. Flows (construction) may start before opening.
    ///
    /// Source: 100 years after opening, opening 2020 through 2119: Rijkswaterstaat, Werkwijzer MKBA bij
    /// MIRT-verkenningen, "Opstellen overzicht kosten en baten".
    ///
    /// # Errors
    /// If `years` is zero, a year is outside 0..=9999, or opening is before the first year.
    pub fn years_after_opening(
        first_year: i32,
        opening_year: i32,
        years: u32,
        base_year: i32,
    ) -> Result<Self, FinanceError> {
        require_calendar_year(i64::from(opening_year))?;
        if years == 0 {
            return Err(FinanceError::NoYearsAfterOpening { opening_year });
        }
        let last_year = require_calendar_year(i64::from(opening_year) + i64::from(years) - 1)?;
        if opening_year < first_year {
            return Err(FinanceError::OpeningOutsideHorizon {
                opening_year,
                first_year,
                last_year,
            });
        }
        Self::new(first_year, last_year, base_year)?.with_opening_year(opening_year)
    }

    /// The same horizon with a known opening year.
    ///
    /// # Errors
    /// If the opening year is not a flow year.
    pub fn with_opening_year(self, opening_year: i32) -> Result<Self, FinanceError> {
        if !self.contains(opening_year) {
            return Err(FinanceError::OpeningOutsideHorizon {
                opening_year,
                first_year: self.first_year,
                last_year: self.last_year,
            });
        }
        Ok(Self {
            opening_year: Some(opening_year),
            ..self
        })
    }

    /// First year with flows.
    #[must_use]
    pub const fn first_year(&self) -> i32 {
        self.first_year
    }

    /// Last year with flows.
    #[must_use]
    pub const fn last_year(&self) -> i32 {
        self.last_year
    }

    /// The year to which flows are discounted; its own flows count in full.
    #[must_use]
    pub const fn base_year(&self) -> i32 {
        self.base_year
    }

    /// The year of opening, if the horizon knows one.
    #[must_use]
    pub const fn opening_year(&self) -> Option<i32> {
        self.opening_year
    }

    /// All flow years, ascending.
    #[must_use]
    pub fn years(&self) -> RangeInclusive<i32> {
        self.first_year..=self.last_year
    }

    /// Number of flow years; at least one.
    #[must_use]
    #[expect(clippy::len_without_is_empty, reason = "a horizon is never empty")]
    pub fn len(&self) -> usize {
        self.first_year.abs_diff(self.last_year) as usize + 1
    }

    /// Years since the base year; negative before it.
    #[must_use]
    pub const fn elapsed(&self, year: i32) -> i32 {
        year - self.base_year
    }

    /// Whether flows can fall in this year.
    #[must_use]
    pub fn contains(&self, year: i32) -> bool {
        self.years().contains(&year)
    }

    /// Position of a flow year in a series over the horizon, from zero.
    #[must_use]
    pub fn position(&self, year: i32) -> Option<usize> {
        self.contains(year).then(|| self.first_year.abs_diff(year) as usize)
    }
}

/// Bounds years, so that no loop over years can be long and no difference can overflow.
fn require_calendar_year(year: i64) -> Result<i32, FinanceError> {
    match i32::try_from(year) {
        Ok(small) if (0..=9999).contains(&small) => Ok(small),
        _ => Err(FinanceError::YearOutOfRange { year }),
    }
}
