//! The economics and the compiled program, pure: no files, threads, clock, randomness.
pub mod appraisal;
pub mod compiled;
pub mod evaluate;
pub mod explanation;
pub mod finance;
pub mod graph;
pub mod influence;
pub mod input;
pub mod land_exploitation;
pub mod lane;
pub mod outcome;
pub mod program;
pub mod rulebook;
pub mod run_tables;
pub mod table;
pub mod tables;
pub mod words;
