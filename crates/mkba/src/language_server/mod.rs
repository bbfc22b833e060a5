//! A language server: what is wrong while one types, what a name means, where it is declared, what could be written here.
//!
//! The protocol is that of Microsoft's Language Server Protocol, version 3.17, as plain JSON; `lsp-server` reads and writes its messages.
mod answers;
mod documents;
mod place;

use crate::failure::Failure;
use answers::Answers;
use documents::Documents;
use lsp_server::{Connection, Message, Notification, Request, Response};
use serde_json::{Value, json};
use std::error::Error;

/// Serves one editor over standard input and output.
///
/// # Errors
/// The protocol is broken off, or a message cannot be read or written.
pub fn serve() -> Result<(), Box<dyn Error + Send + Sync>> {
    let (connection, threads) = Connection::stdio();
    connection.initialize(json!({
        // 1: the editor sends the whole text of a file at each change.
        "textDocumentSync": { "openClose": true, "change": 1, "save": true },
        "hoverProvider": true,
        "definitionProvider": true,
        "completionProvider": { "triggerCharacters": ["[", "'", "\""] },
    }))?;
    let mut documents = Documents::default();
    for message in &connection.receiver {
        match message {
            Message::Request(request) => {
                if connection.handle_shutdown(&request)? {
                    break;
                }
                let response = answer(&documents, request);
                connection.sender.send(Message::Response(response))?;
            }
            Message::Notification(notification) => {
                for (uri, diagnostics) in noticed(&mut documents, &notification) {
                    let params = json!({ "uri": uri, "diagnostics": diagnostics });
                    let published = Notification::new("textDocument/publishDiagnostics".to_owned(), params);
                    connection.sender.send(Message::Notification(published))?;
                }
            }
            Message::Response(_) => {}
        }
    }
    drop(connection);
    threads.join()?;
    Ok(())
}

fn answer(documents: &Documents, request: Request) -> Response {
    let at = &request.params["position"];
    let (line, character) = (number(&at["line"]), number(&at["character"]));
    let answers = request.params["textDocument"]["uri"]
        .as_str()
        .and_then(|uri| Answers::at(documents, uri, line, character));
    let result = match request.method.as_str() {
        "textDocument/hover" => answers.and_then(|answers| answers.hover()),
        "textDocument/definition" => answers.and_then(|answers| answers.definition()),
        "textDocument/completion" => answers.map(|answers| answers.completion()),
        other => {
            let message = format!("`{other}` is not served");
            return Response::new_err(request.id, lsp_server::ErrorCode::MethodNotFound as i32, message);
        }
    };
    Response::new_ok(request.id, result.unwrap_or(Value::Null))
}

/// Takes note of what the editor tells, and gives what is wrong now in each file concerned.
fn noticed(documents: &mut Documents, notification: &Notification) -> Vec<(String, Vec<Value>)> {
    let params = &notification.params;
    let document = &params["textDocument"];
    let Some(uri) = document["uri"].as_str() else {
        return Vec::new();
    };
    match notification.method.as_str() {
        "textDocument/didOpen" => documents.open(uri, document["text"].as_str().unwrap_or_default()),
        "textDocument/didChange" => {
            let changes = params["contentChanges"].as_array();
            if let Some(text) = changes
                .and_then(|changes| changes.last())
                .and_then(|change| change["text"].as_str())
            {
                documents.open(uri, text);
            }
        }
        "textDocument/didClose" => documents.close(uri),
        "textDocument/didSave" => {}
        _ => return Vec::new(),
    }
    documents.check(uri)
}

fn number(value: &Value) -> usize {
    value
        .as_u64()
        .and_then(|number| usize::try_from(number).ok())
        .unwrap_or(0)
}

/// The message of a failure that stands in no file.
fn told(failure: &Failure) -> String {
    failure.message()
}
