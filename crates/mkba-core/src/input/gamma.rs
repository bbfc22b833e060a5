//! The gamma function, from operations that give the same bits on every machine.

use crate::lane::math::{exp, ln, sqrt};

/// ln Γ(z) minus Stirling's formula `(z - 1/2) ln z - z + ln(2π) / 2`, for z > 0; absolute error about 1e-15.
///
/// Series of Abramowitz and Stegun 6.1.41 from z = 15 on; below, the recurrence Γ(z + 1) = z Γ(z).
#[must_use]
pub fn stirling_correction(z: f64) -> f64 {
    let mut shifted = z;
    let mut correction = 0.0;
    while shifted < 15.0 {
        correction += (shifted + 0.5) * ln((shifted + 1.0) / shifted) - 1.0;
        shifted += 1.0;
    }
    let square = shifted * shifted;
    let series = 1.0 / 12.0
        - (1.0 / 360.0
            - (1.0 / 1260.0 - (1.0 / 1680.0 - (1.0 / 1188.0 - 691.0 / 360_360.0 / square) / square) / square) / square)
            / square;
    correction + series / shifted
}

/// Γ(z) for z > 0, about 1e-14 relative; infinity above 171.6.
#[must_use]
pub fn gamma_function(z: f64) -> f64 {
    let stirling = (z - 0.5) * ln(z) - z + stirling_correction(z);
    sqrt(2.0 * std::f64::consts::PI) * exp(stirling)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn gamma_of_whole_and_half_numbers_is_known() {
        let root = std::f64::consts::PI.sqrt();
        let known = [
            (0.5, root),
            (1.0, 1.0),
            (1.5, root / 2.0),
            (5.0, 24.0),
            (10.0, 362_880.0),
            (20.0, 121_645_100_408_832_000.0),
            (1e-3, 999.423_772_484_595_5),
            (100.5, 9.320_963_104_082_708e156),
        ];
        for (z, expected) in known {
            let got = gamma_function(z);
            assert!(
                (got / expected - 1.0).abs() < 2e-13,
                "gamma({z}) = {got:e}, expected {expected:e}"
            );
        }
    }

    #[test]
    fn the_correction_is_continuous_where_the_series_takes_over() {
        let below = stirling_correction(15.0 - 1e-12);
        let above = stirling_correction(15.0);
        assert!((below - above).abs() < 2e-15, "{below} {above}");
    }
}
