//! The present value of flows as a function of the rate, in the variable in which it is best behaved.

/// `f(s) = Σ_k a_k · e^(-s·t_k)`: the present value of amounts `a_k` at times `t_k ≥ 0` (the earliest is 0), with
/// `s = ln(1 + r)` the continuous rate. Amounts are kept as sign and logarithm, so that neither rates near -100 % nor
/// amounts near the ends of the number range overflow. Never empty.
///
/// Multiplying by `e^(c·s)` changes no zero; `g(s) = e^(c·s)·f(s)` with a well-chosen centre `c` has derivatives
/// `g⁽ʲ⁾(s) = Σ_k a_k · (c - t_k)^j · e^((c - t_k)·s)` of moderate size.
#[derive(Clone, Debug)]
pub(super) struct ExponentialSum {
    terms: Vec<Term>,
}

/// One amount at one time.
#[derive(Clone, Copy, Debug)]
struct Term {
    time: f64,
    sign: f64,
    log_amount: f64,
}

/// A value, or a derivative, at a point: scaled by some positive factor that is the same for all fields.
#[derive(Clone, Copy, Debug)]
pub(super) struct Value {
    /// The value.
    pub value: f64,
    /// Its derivative.
    pub slope: f64,
    /// A bound on the rounding error of `value`.
    pub noise: f64,
}

impl Value {
    /// Whether the value is zero within rounding.
    pub fn is_zero(self) -> bool {
        self.value.abs() <= self.noise
    }

    /// Whether the value is below zero, rounding aside.
    pub fn is_negative(self) -> bool {
        self.value < 0.0
    }
}

/// Highest derivative of an [`Expansion`].
pub(super) const HIGHEST_ORDER: usize = 8;

/// The derivatives at the middle of an interval, with bounds over the interval.
#[derive(Clone, Copy, Debug)]
pub(super) struct Expansion {
    /// The centre `c`: mean time, weighted by the size of the terms.
    pub centre: f64,
    /// Spread of the times around the centre, weighted likewise.
    pub spread: f64,
    values: [f64; HIGHEST_ORDER + 1],
    bounds: [f64; HIGHEST_ORDER + 1],
}

impl Expansion {
    /// The lowest order whose derivative provably keeps its sign over the whole interval.
    pub fn lowest_order_of_one_sign(&self) -> Option<usize> {
        (0..=HIGHEST_ORDER).find(|order| self.values[*order].abs() > self.bounds[*order])
    }
}

impl ExponentialSum {
    /// From times and finite amounts in any order. Amounts at the same time are added; zeros are dropped. None if nothing
    /// is left.
    pub fn new(times: &[f64], amounts: &[f64]) -> Option<Self> {
        let mut dated: Vec<(f64, f64)> = times.iter().copied().zip(amounts.iter().copied()).collect();
        dated.sort_by(|left, right| left.0.total_cmp(&right.0));
        let mut merged: Vec<(f64, f64)> = Vec::with_capacity(dated.len());
        for (time, amount) in dated {
            match merged.last_mut() {
                Some(last) if last.0 == time => last.1 += amount,
                _ => merged.push((time, amount)),
            }
        }
        merged.retain(|(_, amount)| *amount != 0.0);
        let first_time = merged.first()?.0;
        let terms = merged
            .into_iter()
            .map(|(time, amount)| Term {
                time: time - first_time,
                sign: amount.signum(),
                log_amount: amount.abs().ln(),
            })
            .collect();
        Some(Self { terms })
    }

    /// Number of sign changes in order of time. By Descartes' rule (for real exponents: Laguerre 1883) the number of zeros
    /// is at most this, and differs from it by an even number.
    pub fn sign_changes(&self) -> usize {
        self.terms
            .windows(2)
            .filter(|pair| pair[0].sign != pair[1].sign)
            .count()
    }

    /// A time between the terms of the first sign change. With exactly one change, `e^(c·s)·f(s)` is monotone for this `c`.
    pub fn time_of_first_sign_change(&self) -> f64 {
        self.terms
            .windows(2)
            .find(|pair| pair[0].sign != pair[1].sign)
            .map_or(0.0, |pair| 0.5 * (pair[0].time + pair[1].time))
    }

    /// Whether at this `s` the first term is larger than all others together; then also at every greater `s`.
    pub fn first_term_dominates(&self, s: f64) -> bool {
        self.dominates(s, 0)
    }

    /// Whether at this `s` the last term is larger than all others together; then also at every smaller `s`.
    pub fn last_term_dominates(&self, s: f64) -> bool {
        self.dominates(s, self.terms.len() - 1)
    }

    fn dominates(&self, s: f64, position: usize) -> bool {
        let own = self.terms[position].log_size(s);
        let others: f64 = self
            .terms
            .iter()
            .enumerate()
            .filter(|(other, _)| *other != position)
            .map(|(_, term)| (term.log_size(s) - own).exp())
            .sum();
        // A margin far above the rounding of the exponents.
        others < 1.0 - 1e-9
    }

    /// The derivative of this order of `e^(c·s)·f(s)` at `s`.
    pub fn at(&self, s: f64, centre: f64, order: usize) -> Value {
        let largest = self.largest_log_size(s);
        let mut result = Value {
            value: 0.0,
            slope: 0.0,
            noise: 0.0,
        };
        for term in &self.terms {
            let offset = centre - term.time;
            let part = term.sign * (term.log_size(s) - largest).exp() * power(offset, order);
            result.value += part;
            result.slope += part * offset;
            result.noise += part.abs() * term.relative_error(s, largest);
        }
        result
    }

    /// The derivatives at `s`, with bounds that hold within `half_width` of it.
    pub fn expand(&self, s: f64, half_width: f64) -> Expansion {
        let largest = self.largest_log_size(s);
        let mut size = 0.0;
        let mut first_moment = 0.0;
        let mut second_moment = 0.0;
        for term in &self.terms {
            let part = (term.log_size(s) - largest).exp();
            size += part;
            first_moment += part * term.time;
            second_moment += part * term.time * term.time;
        }
        let centre = first_moment / size;
        let mut values = [0.0; HIGHEST_ORDER + 1];
        let mut bounds = [0.0; HIGHEST_ORDER + 1];
        for term in &self.terms {
            let exponent = term.log_size(s) - largest;
            let part = exponent.exp();
            let offset = centre - term.time;
            let reach = half_width * offset.abs();
            // Greatest change of the term over the interval; for distant terms written so that it cannot be 0 · ∞.
            let change = if reach < 1.0 {
                part * reach.exp_m1()
            } else {
                (exponent + reach).exp()
            };
            let uncertainty = change + part * term.relative_error(s, largest);
            let mut power = 1.0_f64;
            for order in 0..=HIGHEST_ORDER {
                values[order] += term.sign * part * power;
                bounds[order] += uncertainty * power.abs();
                power *= offset;
            }
        }
        let spread = (second_moment / size - centre * centre).max(0.0).sqrt();
        Expansion {
            centre,
            spread,
            values,
            bounds,
        }
    }

    fn largest_log_size(&self, s: f64) -> f64 {
        self.terms
            .iter()
            .map(|term| term.log_size(s))
            .fold(f64::NEG_INFINITY, f64::max)
    }
}

impl Term {
    /// Logarithm of the size of the term.
    fn log_size(&self, s: f64) -> f64 {
        self.log_amount - s * self.time
    }

    /// A bound on the relative rounding error of the scaled term: of its exponent, and of the few operations after it.
    fn relative_error(&self, s: f64, largest: f64) -> f64 {
        let exponents = self.log_amount.abs() + (s * self.time).abs() + largest.abs();
        f64::EPSILON * (8.0 + exponents)
    }
}

fn power(base: f64, order: usize) -> f64 {
    (0..order).fold(1.0, |product, _| product * base)
}
