//! `mkba lsp`: help in the editor while one writes.
use crate::failure::Failure;
use crate::language_server;

/// Serves one editor until it ends the conversation.
///
/// # Errors
/// The editor breaks the protocol off, or the conversation cannot be read or written.
pub fn lsp() -> Result<(), Failure> {
    language_server::serve()
        .map_err(|error| Failure::Machine(format!("the conversation with the editor ended: {error}")))
}
