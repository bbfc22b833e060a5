//! Level payments: annuity factors, equivalent annual amounts, and the time-value functions of spreadsheets.
//!
//! The spreadsheet functions share one equation over `n` periods at rate `r` per period, in which money received is
//! positive and money paid negative (source: the OpenDocument formula specification, financial functions PV, FV, PMT,
//! NPER, RATE, RRI, PDURATION):
//! `present·(1+r)^n + payment·(1 + r·w)·((1+r)^n - 1)/r + future = 0`, `w` = 1 for payments at the start of a period.

use super::{AnnualFlow, FinanceError, InternalRates, PresentValue, Rate, internal_rates};

/// Present value of 1 a year at the end of each of `years` years: `(1 - (1+r)^-n) / r`, or `n` at rate zero.
#[must_use]
pub fn annuity_factor(rate: Rate, years: u32) -> f64 {
    let years = f64::from(years);
    if rate.value_per_year() == 0.0 {
        years
    } else {
        -(-years * rate.value_per_year().ln_1p()).exp_m1() / rate.value_per_year()
    }
}

/// Present value of 1 a year at the end of each year for ever, `1 / r`; none unless the rate is positive.
#[must_use]
pub fn perpetuity_factor(rate: Rate) -> Option<f64> {
    (rate.value_per_year() > 0.0).then(|| 1.0 / rate.value_per_year())
}

/// The level amount at the end of each of `years` years that has this present value (equivalent annual amount).
///
/// # Errors
/// If there are no years, or the answer is not finite.
pub fn annuity(value: PresentValue, rate: Rate, years: u32) -> Result<AnnualFlow, FinanceError> {
    finite("annuity", value.0 / annuity_factor(rate, years)).map(AnnualFlow)
}

/// When in its period a payment falls.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum PaymentTiming {
    /// At the end of each period.
    #[default]
    EndOfPeriod,
    /// At the start of each period.
    StartOfPeriod,
}

impl PaymentTiming {
    /// The growth of a payment until the end of its period.
    const fn growth(self, rate: Rate) -> f64 {
        match self {
            Self::EndOfPeriod => 1.0,
            Self::StartOfPeriod => rate.growth(),
        }
    }
}

/// The level payment of a loan or saving plan (spreadsheets: PMT).
///
/// # Errors
/// If there is no finite answer, as with zero periods.
pub fn level_payment(
    rate: Rate,
    periods: f64,
    present: f64,
    future: f64,
    timing: PaymentTiming,
) -> Result<f64, FinanceError> {
    let grown_payments = timing.growth(rate) * final_value_of_one_a_period(rate, periods);
    finite(
        "payment",
        -(present * growth_over(rate, periods) + future) / grown_payments,
    )
}

/// The amount at the start (spreadsheets: PV).
///
/// # Errors
/// If there is no finite answer.
pub fn present_amount(
    rate: Rate,
    periods: f64,
    payment: f64,
    future: f64,
    timing: PaymentTiming,
) -> Result<f64, FinanceError> {
    let payments = payment * timing.growth(rate) * final_value_of_one_a_period(rate, periods);
    finite("present amount", -(payments + future) / growth_over(rate, periods))
}

/// The amount at the end (spreadsheets: FV).
///
/// # Errors
/// If there is no finite answer.
pub fn future_amount(
    rate: Rate,
    periods: f64,
    payment: f64,
    present: f64,
    timing: PaymentTiming,
) -> Result<f64, FinanceError> {
    let payments = payment * timing.growth(rate) * final_value_of_one_a_period(rate, periods);
    finite("future amount", -(payments + present * growth_over(rate, periods)))
}

/// The number of periods, whole or not (spreadsheets: NPER).
///
/// # Errors
/// If no number of periods solves the equation.
pub fn number_of_periods(
    rate: Rate,
    payment: f64,
    present: f64,
    future: f64,
    timing: PaymentTiming,
) -> Result<f64, FinanceError> {
    let r = rate.value_per_year();
    let periods = if r == 0.0 {
        -(present + future) / payment
    } else {
        let grown_payment = payment * timing.growth(rate);
        ((grown_payment - future * r) / (grown_payment + present * r)).ln() / r.ln_1p()
    };
    finite("number of periods", periods)
}

/// All rates per period that solve the equation (spreadsheets: RATE, which gives one of them).
///
/// # Errors
/// If an amount is not finite.
pub fn level_payment_rates(
    periods: u16,
    payment: f64,
    present: f64,
    future: f64,
    timing: PaymentTiming,
) -> Result<InternalRates, FinanceError> {
    let mut amounts = vec![0.0; usize::from(periods) + 1];
    let payments = match timing {
        PaymentTiming::EndOfPeriod => 1..amounts.len(),
        PaymentTiming::StartOfPeriod => 0..amounts.len() - 1,
    };
    amounts[payments].fill(payment);
    amounts[0] += present;
    amounts[usize::from(periods)] += future;
    internal_rates(&amounts)
}

/// The growth per period that leads from one amount to another (spreadsheets: RRI).
///
/// # Errors
/// Unless both amounts have the same sign and there is a positive number of periods.
pub fn equivalent_growth(periods: f64, from: f64, to: f64) -> Result<Rate, FinanceError> {
    let what = "growth rate";
    if periods.is_nan() || periods <= 0.0 {
        return Err(FinanceError::NoFiniteAnswer { what });
    }
    Rate::per_year(((to / from).ln() / periods).exp_m1()).map_err(|_| FinanceError::NoFiniteAnswer { what })
}

/// The number of periods in which an amount grows to another (spreadsheets: PDURATION).
///
/// # Errors
/// Unless both amounts have the same sign and the rate is not zero.
pub fn periods_to_grow(rate: Rate, from: f64, to: f64) -> Result<f64, FinanceError> {
    finite("number of periods", (to / from).ln() / rate.value_per_year().ln_1p())
}

/// `(1+r)^n`.
fn growth_over(rate: Rate, periods: f64) -> f64 {
    (periods * rate.value_per_year().ln_1p()).exp()
}

/// `((1+r)^n - 1) / r`, or `n` at rate zero.
fn final_value_of_one_a_period(rate: Rate, periods: f64) -> f64 {
    if rate.value_per_year() == 0.0 {
        periods
    } else {
        (periods * rate.value_per_year().ln_1p()).exp_m1() / rate.value_per_year()
    }
}

fn finite(what: &'static str, number: f64) -> Result<f64, FinanceError> {
    if number.is_finite() {
        Ok(number)
    } else {
        Err(FinanceError::NoFiniteAnswer { what })
    }
}
