//! How fast a study runs on this machine, in figures that can be compared between days and machines.
//!
//! | module | what it holds |
//! |---|---|
//! | [`calibration`] | a loop of multiplications and additions, as fast as rows of lanes can be |
//! | [`measure`] | the stages of a run, timed in turns with it |
//! | [`report`] | the figures, for people and as JSON |
//! | [`stopwatch`] | processor time and elapsed time |
pub mod calibration;
pub mod measure;
pub mod report;
pub mod stopwatch;
