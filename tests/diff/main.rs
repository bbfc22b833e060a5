//! `mkba diff` as a user meets it.
mod project;
mod steps;
mod told;
