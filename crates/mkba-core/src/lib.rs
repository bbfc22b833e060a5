//! The economics of a societal cost-benefit analysis. Pure: no files, threads, clock, randomness or printing.

pub mod finance;
pub mod rulebook;
