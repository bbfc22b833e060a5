//! Elementwise arithmetic over lanes of draws: the same bits at every vector width.
//!
//! A lane is one draw of a block. Kernels in [`math`] are plain functions on one `f64`, always inlined, so that a loop over
//! lanes is vectorised by the compiler; [`isa`] picks the instruction set once per block. Nothing here uses fused
//! multiply-add or reassociates, so SSE2, AVX2 and AVX-512 give identical results.
pub mod isa;
pub mod math;

pub use isa::{Isa, Kernel};
