//! Choice of instruction set at run time, with the one unsafe call it needs.

/// Widest vector instructions a kernel is compiled for. It changes speed, never a bit of a result.
///
/// The order is from narrow to wide, so `a <= b` reads "b has everything a has".
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Isa {
    /// What every machine of the target has: SSE2 on x86-64, NEON on aarch64.
    Baseline,
    /// Four lanes of `f64`.
    Avx2,
    /// Eight lanes of `f64`.
    Avx512,
}

/// Work to be compiled once for each [`Isa`].
///
/// Implement it on a struct that borrows what the work needs, and mark `run` and **every function it calls in its loops**
/// `#[inline(always)]`: a function that is not inlined is compiled for the baseline only.
///
/// ```
/// use mkba_core::lane::{Isa, Kernel, math};
///
/// struct Exponentials<'a>(&'a mut [f64]);
///
/// impl Kernel for Exponentials<'_> {
///     type Output = ();
///     #[inline(always)]
///     fn run(self) {
///         for x in self.0 {
///             *x = math::exp(*x);
///         }
///     }
/// }
///
/// let mut values = [0.0; 64];
/// Isa::detect().run(Exponentials(&mut values));
/// assert_eq!(values, [1.0; 64]);
/// ```
pub trait Kernel {
    /// What the work returns.
    type Output;

    /// Does the work. Must be `#[inline(always)]`.
    fn run(self) -> Self::Output;
}

impl Isa {
    /// All instruction sets, narrow to wide.
    pub const ALL: [Isa; 3] = [Isa::Baseline, Isa::Avx2, Isa::Avx512];

    /// The widest instruction set of this machine.
    #[must_use]
    pub fn detect() -> Isa {
        Isa::ALL
            .into_iter()
            .rev()
            .find(|isa| isa.is_available())
            .unwrap_or(Isa::Baseline)
    }

    /// Whether this machine has it.
    #[must_use]
    pub fn is_available(self) -> bool {
        #[cfg(target_arch = "x86_64")]
        match self {
            Isa::Baseline => true,
            Isa::Avx2 => std::arch::is_x86_feature_detected!("avx2"),
            Isa::Avx512 => {
                std::arch::is_x86_feature_detected!("avx512f")
                    && std::arch::is_x86_feature_detected!("avx512dq")
                    && std::arch::is_x86_feature_detected!("avx512vl")
                    && std::arch::is_x86_feature_detected!("avx512bw")
            }
        }
        #[cfg(not(target_arch = "x86_64"))]
        {
            self == Isa::Baseline
        }
    }

    /// Runs the work compiled for this instruction set, or for the baseline on a machine that does not have it.
    #[inline]
    pub fn run<K: Kernel>(self, kernel: K) -> K::Output {
        #[cfg(target_arch = "x86_64")]
        if self.is_available() {
            #[expect(
                unsafe_code,
                reason = "calling a function with target features is unsafe only where the machine lacks them, and \
                          `is_available` has just asked the machine for exactly those features"
            )]
            // SAFETY: guarded by `is_available`, whose feature list is that of the function called.
            return unsafe {
                match self {
                    Isa::Baseline => kernel.run(),
                    Isa::Avx2 => run_avx2(kernel),
                    Isa::Avx512 => run_avx512(kernel),
                }
            };
        }
        kernel.run()
    }
}

#[cfg(target_arch = "x86_64")]
#[target_feature(enable = "avx2")]
fn run_avx2<K: Kernel>(kernel: K) -> K::Output {
    kernel.run()
}

#[cfg(target_arch = "x86_64")]
#[target_feature(enable = "avx512f,avx512dq,avx512vl,avx512bw")]
fn run_avx512<K: Kernel>(kernel: K) -> K::Output {
    kernel.run()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lane::math;

    /// Every kernel of `math` over a buffer, mixed so that no result is dropped by the optimiser.
    struct Everything<'a>(&'a mut [f64]);

    impl Kernel for Everything<'_> {
        type Output = ();
        #[inline(always)]
        fn run(self) {
            for x in self.0 {
                let v = *x;
                let a = math::exp(v) + math::ln(math::abs(v));
                let b = math::pow(math::abs(v), 1.7) + math::floor(v) - math::ceil(v * 1.3);
                let u = math::clamp(math::abs(v) * 1e-3, 1e-12, 0.9);
                *x = math::select(v > 0.5, a, b) + math::normal_quantile(u) + math::min(a, b) * math::sqrt(u);
            }
        }
    }

    #[test]
    fn every_instruction_set_gives_the_same_bits() {
        let input: Vec<f64> = (0..4096).map(|i| f64::from(i) * 0.337 - 690.0).collect();
        let mut expected = input.clone();
        Everything(&mut expected).run();
        for isa in Isa::ALL {
            let mut values = input.clone();
            isa.run(Everything(&mut values));
            let same = values.iter().zip(&expected).all(|(a, b)| a.to_bits() == b.to_bits());
            assert!(same, "{isa:?} differs from plain code");
        }
    }

    #[test]
    fn the_detected_instruction_set_is_available() {
        assert!(Isa::detect().is_available());
        assert!(Isa::Baseline.is_available());
    }
}
