//! x
use crate::arguments::InitArguments;
use crate::failure::Failure;
pub fn init(_: &InitArguments) -> Result<(), Failure> { Ok(()) }
