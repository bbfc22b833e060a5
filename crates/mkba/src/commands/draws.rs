//! `mkba draws`
use crate::arguments::DrawsArguments;
use crate::failure::Failure;

pub fn draws(_arguments: &DrawsArguments) -> Result<(), Failure> {
    Err(Failure::Use(String::new()))
}
