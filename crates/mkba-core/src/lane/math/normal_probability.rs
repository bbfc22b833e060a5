//! The standard normal distribution function.

use super::{abs, exp, select};

/// The probability that a standard normal variable stays below `z`: relative error below 1e-14 for -8.5 < z <= 0, and 1 minus
/// that above 0. NaN of NaN; 0 and 1 far out.
///
/// Half the complementary error function of x = |z| / sqrt(2), as exp(-x²) / (1 + 2x) times a polynomial in
/// (x - 15/4) / (x + 15/4): the form of Shepherd and Laframboise (1981, Mathematics of Computation 36(153), 249-253), with 23
/// coefficients of the Chebyshev series computed at 40 digits.
#[inline(always)]
#[must_use]
pub fn normal_probability(z: f64) -> f64 {
    const HALF_ROOT: f64 = std::f64::consts::FRAC_1_SQRT_2;
    let x = abs(z) * HALF_ROOT;
    let t = (x - 3.75) / (x + 3.75);
    let factor = COEFFICIENTS.iter().rev().fold(0.0, |sum, c| sum * t + c);
    let beyond = 0.5 * exp(-0.5 * z * z) * factor / (1.0 + 2.0 * x);
    let tail = select(x < 27.0, beyond, select(x.is_nan(), x, 0.0));
    select(z > 0.0, 1.0 - tail, tail)
}

#[rustfmt::skip]
const COEFFICIENTS: [f64; 23] = [
    1.2375126308378275,
    -0.14024059858554525,
    0.0035854154854790257,
    0.08227673848999506,
    -0.10880393014244462,
    0.09230432116428125,
    -0.05869339857664934,
    0.02836227737211114,
    -0.009746579683265262,
    0.0017556261651970652,
    0.000293714378044958,
    -0.00029015535246077655,
    5.164652974177416e-05,
    2.2387565714911816e-05,
    -1.1438048033346894e-05,
    -9.792625707303523e-07,
    1.7419821586224816e-06,
    -5.084465378687302e-08,
    -2.4857126248016745e-07,
    1.879082322370048e-08,
    3.197926671666804e-08,
    -1.9551358868985616e-09,
    -2.623107347133476e-09,
];
