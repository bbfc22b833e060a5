//! The families that need a table: beta (and PERT), gamma, Student.

use super::construct::{Family, Series, Side, convolve, half_table, reciprocal};
use super::special::{UnitPoint, beta_factor, beta_tails, gamma_factor, gamma_tails};
use super::table::{Half, Piece, Table};
use super::window::Window;
use mkba_core::input::gamma::stirling_correction;
use mkba_core::lane::math::{exp, ln, sqrt};
use std::f64::consts::PI;
use std::sync::Arc;

/// A family in its standard form, which is what a table is shared by.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Standard {
    /// Beta on [0, 1].
    Beta { a: f64, b: f64 },
    /// Gamma with scale 1.
    Gamma { shape: f64 },
    /// Student around 0 with scale 1.
    Student { df: f64 },
}

/// What a table holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Form {
    /// The value x.
    Plain,
    /// ln x, for a density that is infinite at 0.
    Log,
    /// ln(x / (1 - x)), for a density that is infinite at 0 or 1.
    Logit,
}

/// Tables built so far, so that inputs of the same standard form and cut share one.
#[derive(Debug, Default)]
pub(super) struct TableStore(Vec<(Standard, Window, Arc<Table>)>);

impl TableStore {
    pub(super) fn table(&mut self, standard: Standard, window: Window) -> Arc<Table> {
        let known = self
            .0
            .iter()
            .find(|(other, cut, _)| *other == standard && *cut == window);
        if let Some((_, _, table)) = known {
            return Arc::clone(table);
        }
        let table = Arc::new(standard.build(window));
        self.0.push((standard, window, Arc::clone(&table)));
        table
    }
}

impl Standard {
    /// The form whose inverse is smooth for a polynomial: shapes below one make powers above one in the tail.
    pub(super) fn form(self) -> Form {
        match self {
            Standard::Beta { a, b } if a < 1.0 || b < 1.0 => Form::Logit,
            Standard::Gamma { shape } if shape < 1.0 => Form::Log,
            _ => Form::Plain,
        }
    }

    /// Probabilities below and above x.
    pub(super) fn tails(self, x: f64) -> (f64, f64) {
        match self {
            Standard::Beta { .. } | Standard::Gamma { .. } if x <= 0.0 => (0.0, 1.0),
            Standard::Beta { .. } if x >= 1.0 => (1.0, 0.0),
            Standard::Beta { a, b } => drop_density(BetaPlain { a, b }.tails_and_density(x)),
            Standard::Gamma { .. } if x == f64::INFINITY => (1.0, 0.0),
            Standard::Gamma { shape } => drop_density(GammaPlain { shape }.tails_and_density(x)),
            Standard::Student { df } => drop_density(Student::new(df).tails_and_density(x)),
        }
    }

    fn build(self, window: Window) -> Table {
        match (self, self.form()) {
            (Standard::Beta { a, b }, Form::Logit) => {
                let lower = half_table(&BetaLogit { a, b }, window, Side::Lower);
                let mirrored = half_table(&BetaLogit { a: b, b: a }, window.mirrored(), Side::Lower);
                Table::new(&lower, &negated(mirrored))
            }
            (Standard::Beta { a, b }, _) => {
                let lower = half_table(&BetaPlain { a, b }, window, Side::Lower);
                let mut mirrored = negated(half_table(&BetaPlain { a: b, b: a }, window.mirrored(), Side::Lower));
                for Piece(coefficients) in &mut mirrored {
                    coefficients[0] += 1.0;
                }
                Table::new(&lower, &mirrored)
            }
            (Standard::Gamma { shape }, Form::Log) => both_halves(&GammaLog { shape }, window),
            (Standard::Gamma { shape }, _) => both_halves(&GammaPlain { shape }, window),
            (Standard::Student { df }, _) => {
                let family = Student::new(df);
                let lower = half_table(&family, window, Side::Lower);
                let mirrored = half_table(&family, window.mirrored(), Side::Lower);
                Table::new(&lower, &negated(mirrored))
            }
        }
    }
}

fn drop_density((below, above, _): (f64, f64, f64)) -> (f64, f64) {
    (below, above)
}

fn both_halves<F: Family>(family: &F, window: Window) -> Table {
    Table::new(
        &half_table(family, window, Side::Lower),
        &half_table(family, window, Side::Upper),
    )
}

fn negated(half: Half) -> Half {
    half.into_iter()
        .map(|Piece(coefficients)| Piece(coefficients.map(|c| -c)))
        .collect()
}

/// Beta in x itself.
struct BetaPlain {
    a: f64,
    b: f64,
}

impl Family for BetaPlain {
    fn tails_and_density(&self, x: f64) -> (f64, f64, f64) {
        if x <= 0.0 {
            return (0.0, 1.0, 0.0);
        }
        if x >= 1.0 {
            return (1.0, 0.0, 0.0);
        }
        let complement = 1.0 - x;
        // ln(1 - x) from the rounded complement, corrected for its rounding.
        let lost = (1.0 - complement) - x;
        let point = UnitPoint {
            x,
            complement,
            ln_x: ln(x),
            ln_complement: ln(complement) + lost / complement,
        };
        let factor = beta_factor(self.a, self.b, point);
        let (below, above) = beta_tails(self.a, self.b, point, factor);
        (below, above, factor / (x * complement))
    }

    fn slope(&self, n: usize, x: &Series, [inverse, inverse_complement]: &mut [Series; 2]) -> f64 {
        inverse[n] = reciprocal(x, inverse, n);
        let mut complement = x.map(|c| -c);
        complement[0] += 1.0;
        inverse_complement[n] = reciprocal(&complement, inverse_complement, n);
        (self.a - 1.0) * inverse[n] - (self.b - 1.0) * inverse_complement[n]
    }
}

/// Beta in y = ln(x / (1 - x)), with density `x^a (1 - x)^b / B(a, b)`.
struct BetaLogit {
    a: f64,
    b: f64,
}

impl Family for BetaLogit {
    fn tails_and_density(&self, y: f64) -> (f64, f64, f64) {
        let outward = exp(-y.abs());
        let (small, great) = (outward / (1.0 + outward), 1.0 / (1.0 + outward));
        let ln_great = -ln_one_plus(outward);
        let ln_small = ln_great - y.abs();
        let point = if y < 0.0 {
            UnitPoint {
                x: small,
                complement: great,
                ln_x: ln_small,
                ln_complement: ln_great,
            }
        } else {
            UnitPoint {
                x: great,
                complement: small,
                ln_x: ln_great,
                ln_complement: ln_small,
            }
        };
        let factor = beta_factor(self.a, self.b, point);
        let (below, above) = beta_tails(self.a, self.b, point, factor);
        (below, above, factor)
    }

    fn slope(&self, n: usize, y: &Series, [x, product]: &mut [Series; 2]) -> f64 {
        // x = 1 / (1 + e^-y), so x' = x (1 - x) y'; `product` is x (1 - x).
        if n == 0 {
            let outward = exp(-y[0].abs());
            x[0] = if y[0] < 0.0 {
                outward / (1.0 + outward)
            } else {
                1.0 / (1.0 + outward)
            };
        } else {
            x[n] = product_with_derivative(product, y, n);
        }
        let square = convolve(x, x, n);
        product[n] = x[n] - square;
        let constant = if n == 0 { self.a } else { 0.0 };
        constant - (self.a + self.b) * x[n]
    }
}

/// Gamma in x itself.
struct GammaPlain {
    shape: f64,
}

impl Family for GammaPlain {
    fn tails_and_density(&self, x: f64) -> (f64, f64, f64) {
        if x <= 0.0 {
            return (0.0, 1.0, 0.0);
        }
        let factor = gamma_factor(self.shape, x, ln(x));
        let (below, above) = gamma_tails(self.shape, x, factor);
        (below, above, factor / x)
    }

    fn slope(&self, n: usize, x: &Series, [inverse, _]: &mut [Series; 2]) -> f64 {
        inverse[n] = reciprocal(x, inverse, n);
        let constant = if n == 0 { -1.0 } else { 0.0 };
        (self.shape - 1.0) * inverse[n] + constant
    }
}

/// Gamma in y = ln x, with density `x^shape e^-x / Γ(shape)`.
struct GammaLog {
    shape: f64,
}

impl Family for GammaLog {
    fn tails_and_density(&self, y: f64) -> (f64, f64, f64) {
        if y > 700.0 {
            return (1.0, 0.0, 0.0);
        }
        let x = exp(y);
        let factor = gamma_factor(self.shape, x, y);
        let (below, above) = gamma_tails(self.shape, x, factor);
        (below, above, factor)
    }

    fn slope(&self, n: usize, y: &Series, [x, _]: &mut [Series; 2]) -> f64 {
        // x = e^y, so x' = x y'.
        x[n] = if n == 0 {
            exp(y[0])
        } else {
            product_with_derivative(x, y, n)
        };
        let constant = if n == 0 { self.shape } else { 0.0 };
        constant - x[n]
    }
}

/// Student in t itself.
struct Student {
    df: f64,
    /// Density at 0.
    top: f64,
}

impl Student {
    fn new(df: f64) -> Student {
        let (shape, next) = (0.5 * df, 0.5 * (df + 1.0));
        // Γ(next) / (Γ(shape) sqrt(π df)), by Stirling's formula with its corrections.
        let logarithm = (next - 0.5) * ln(next) - (shape - 0.5) * ln(shape) - 0.5
            + (stirling_correction(next) - stirling_correction(shape));
        Student {
            df,
            top: exp(logarithm) / sqrt(PI * df),
        }
    }
}

impl Family for Student {
    /// Half a beta tail at `df / (df + t²)` (Abramowitz and Stegun 26.7.1).
    fn tails_and_density(&self, t: f64) -> (f64, f64, f64) {
        let square = t * t;
        let total = self.df + square;
        if square == 0.0 {
            return (0.5, 0.5, self.top);
        }
        if total.is_infinite() {
            return if t < 0.0 { (0.0, 1.0, 0.0) } else { (1.0, 0.0, 0.0) };
        }
        let ln_total = ln(total);
        let point = UnitPoint {
            x: self.df / total,
            complement: square / total,
            ln_x: -ln_one_plus(square / self.df),
            ln_complement: ln(square) - ln_total,
        };
        let shape = 0.5 * self.df;
        let (outside, inside) = beta_tails(shape, 0.5, point, beta_factor(shape, 0.5, point));
        let density = self.top * exp((shape + 0.5) * point.ln_x);
        let near = if inside < 0.5 {
            0.5 - 0.5 * inside
        } else {
            0.5 * outside
        };
        let far = 0.5 + 0.5 * inside;
        if t < 0.0 {
            (near, far, density)
        } else {
            (far, near, density)
        }
    }

    fn slope(&self, n: usize, t: &Series, [total, inverse]: &mut [Series; 2]) -> f64 {
        let constant = if n == 0 { self.df } else { 0.0 };
        total[n] = constant + convolve(t, t, n);
        inverse[n] = reciprocal(total, inverse, n);
        -(self.df + 1.0) * convolve(t, inverse, n)
    }
}

/// The coefficient of order n >= 1 of the antiderivative of `a y'`, given those of `a` below n.
fn product_with_derivative(a: &Series, y: &Series, n: usize) -> f64 {
    let sum: f64 = (1..=n).map(|k| k as f64 * y[k] * a[n - k]).sum();
    sum / n as f64
}

/// ln(1 + x) for x >= 0, accurate near 0: the logarithm of the rounded sum, corrected for its rounding.
fn ln_one_plus(x: f64) -> f64 {
    let sum = 1.0 + x;
    if sum.is_infinite() {
        return sum;
    }
    ln(sum) + (x - (sum - 1.0)) / sum
}
