//! What may be concluded from the balances of an alternative, no more.
//!
//! The words follow the Dutch guidance on reading sensitivity analyses (Steunpunt Economische Expertise, rwseconomie.nl, "Hoe kunnen
//! uitkomsten van gevoeligheidsanalyses worden geduid"): where signs differ and amounts are small, benefits are about equal to costs;
//! where they are large, the result is uncertain, and putting off a decision is a legitimate conclusion.

/// Balances up to this share of the costs are called small. A convention of this program; reports state it.
pub const SMALL: f64 = 0.05;

/// A mean within so many standard errors of zero has no sign. About 95 % for a normal distribution.
pub const ERRORS: f64 = 2.0;

/// One balance of an alternative: in one scenario, with or without separate effects.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct View {
    /// Mean over the draws.
    pub mean: f64,
    /// Its Monte Carlo standard error.
    pub standard_error: f64,
    /// 5 % quantile.
    pub low: f64,
    /// 95 % quantile.
    pub high: f64,
    /// Costs, or effects if they are greater, without sign: what an amount is small against.
    pub size: f64,
}

/// What the balances of an alternative say together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Finding {
    /// The alternative does not differ from the baseline.
    NoDifference,
    /// Above zero in all views, at both ends of the band.
    Positive,
    /// Below zero in all views, at both ends of the band.
    Negative,
    /// Means are above zero in all views, but bands are not.
    PositiveOnAverage,
    /// Means are below zero in all views, but bands are not.
    NegativeOnAverage,
    /// Signs differ or are not known, and all means are small.
    AboutEqual,
    /// Signs differ or are not known, and not all means are small.
    Uncertain,
}

impl Finding {
    /// What the views of an alternative say together.
    #[must_use]
    pub fn of(views: &[View]) -> Self {
        if views
            .iter()
            .all(|view| view.mean == 0.0 && view.low == 0.0 && view.high == 0.0)
        {
            return Self::NoDifference;
        }
        let all = |is: fn(&View) -> bool| views.iter().all(is);
        if all(|view| view.low > 0.0 && view.sign() > 0) {
            Self::Positive
        } else if all(|view| view.high < 0.0 && view.sign() < 0) {
            Self::Negative
        } else if all(View::is_small) {
            Self::AboutEqual
        } else if all(|view| view.sign() > 0) {
            Self::PositiveOnAverage
        } else if all(|view| view.sign() < 0) {
            Self::NegativeOnAverage
        } else {
            Self::Uncertain
        }
    }
}

impl View {
    /// 1, −1, or 0 where the draws do not tell.
    fn sign(&self) -> i8 {
        if self.mean.abs() <= ERRORS * self.standard_error || self.mean == 0.0 {
            0
        } else if self.mean > 0.0 {
            1
        } else {
            -1
        }
    }

    fn is_small(&self) -> bool {
        self.mean.abs() <= SMALL * self.size
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn view(mean: f64, half: f64) -> View {
        View {
            mean,
            standard_error: half / 100.0,
            low: mean - half,
            high: mean + half,
            size: 1000.0,
        }
    }

    #[test]
    fn one_sign_in_all_scenarios_and_draws_is_a_clear_result() {
        assert_eq!(
            Finding::of(&[view(200.0, 100.0), view(300.0, 100.0)]),
            Finding::Positive
        );
        assert_eq!(
            Finding::of(&[view(-200.0, 100.0), view(-300.0, 100.0)]),
            Finding::Negative
        );
        // Small, and yet on one side in nearly all draws.
        assert_eq!(Finding::of(&[view(-20.0, 5.0)]), Finding::Negative);
    }

    #[test]
    fn a_band_over_zero_is_said() {
        assert_eq!(
            Finding::of(&[view(200.0, 300.0), view(300.0, 100.0)]),
            Finding::PositiveOnAverage
        );
        assert_eq!(Finding::of(&[view(-200.0, 300.0)]), Finding::NegativeOnAverage);
    }

    #[test]
    fn small_amounts_of_differing_sign_are_about_equal() {
        assert_eq!(
            Finding::of(&[view(40.0, 300.0), view(-30.0, 300.0)]),
            Finding::AboutEqual
        );
        assert_eq!(Finding::of(&[view(50.0, 300.0)]), Finding::AboutEqual);
        assert_eq!(Finding::of(&[view(51.0, 300.0)]), Finding::PositiveOnAverage);
    }

    #[test]
    fn large_amounts_of_differing_sign_are_uncertain() {
        assert_eq!(
            Finding::of(&[view(40.0, 300.0), view(-300.0, 300.0)]),
            Finding::Uncertain
        );
        assert_eq!(
            Finding::of(&[view(400.0, 30.0), view(-300.0, 30.0)]),
            Finding::Uncertain
        );
    }

    #[test]
    fn a_sign_within_the_monte_carlo_error_is_no_sign() {
        let noisy = View {
            standard_error: 150.0,
            ..view(200.0, 3000.0)
        };
        assert_eq!(Finding::of(&[noisy]), Finding::Uncertain);
    }

    #[test]
    fn an_alternative_that_changes_nothing_has_no_balance_to_judge() {
        assert_eq!(Finding::of(&[view(0.0, 0.0)]), Finding::NoDifference);
    }
}
