//! `mkba diff` as a user meets it.
#[path = "../support/program.rs"]
mod program;
mod project;
mod steps;
mod told;
