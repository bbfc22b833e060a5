//! The economics and the compiled program, pure: no files, threads, clock, randomness.
pub mod input;
pub mod table;
