//! The language server as an editor talks to it: over standard input and output, in the tour of the language.
use serde_json::{Value, json};
use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::path::Path;
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};
use tempfile::TempDir;

struct Editor {
    server: Child,
    input: ChildStdin,
    output: BufReader<ChildStdout>,
    folder: TempDir,
    requests: u64,
}

impl Editor {
    /// An editor in a copy of the tour.
    fn new() -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let here = Path::new(env!("CARGO_MANIFEST_DIR"));
        copy(
            &here.join("models/teaching/tour"),
            &folder.path().join("models/teaching/tour"),
        );
        for path in ["mkba.toml", "scenarios/tour.toml", "scenarios/tour-low.toml"] {
            let to = folder.path().join(path);
            fs::create_dir_all(to.parent().expect("a folder")).expect("a folder");
            fs::copy(here.join(path), to).expect("a file");
        }
        let mut server = Command::new(env!("CARGO_BIN_EXE_mkba"))
            .arg("lsp")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .expect("the server starts");
        let input = server.stdin.take().expect("its input");
        let output = BufReader::new(server.stdout.take().expect("its output"));
        let mut editor = Self {
            server,
            input,
            output,
            folder,
            requests: 0,
        };
        let told = editor.ask("initialize", json!({ "capabilities": {} }));
        assert_eq!(told["capabilities"]["hoverProvider"], json!(true));
        editor.tell("initialized", json!({}));
        editor
    }

    fn uri(&self, path: &str) -> String {
        format!(
            "file://{}",
            self.folder
                .path()
                .canonicalize()
                .expect("a folder")
                .join(path)
                .display()
        )
    }

    fn text(&self, path: &str) -> String {
        fs::read_to_string(self.folder.path().join(path)).expect("a text")
    }

    fn send(&mut self, message: &Value) {
        let text = message.to_string();
        write!(self.input, "Content-Length: {}\r\n\r\n{text}", text.len()).expect("the server listens");
        self.input.flush().expect("the server listens");
    }

    fn receive(&mut self) -> Value {
        let mut length = 0;
        loop {
            let mut line = String::new();
            assert!(
                self.output.read_line(&mut line).expect("the server speaks") > 0,
                "the server ended"
            );
            match line.trim() {
                "" => break,
                header => {
                    if let Some(number) = header.strip_prefix("Content-Length: ") {
                        length = number.parse().expect("a number");
                    }
                }
            }
        }
        let mut body = vec![0; length];
        self.output.read_exact(&mut body).expect("a message");
        serde_json::from_slice(&body).expect("JSON")
    }

    fn tell(&mut self, method: &str, params: Value) {
        self.send(&json!({ "jsonrpc": "2.0", "method": method, "params": params }));
    }

    fn ask(&mut self, method: &str, params: Value) -> Value {
        self.requests += 1;
        let id = self.requests;
        self.send(&json!({ "jsonrpc": "2.0", "id": id, "method": method, "params": params }));
        loop {
            let message = self.receive();
            if message["id"] == json!(id) {
                return message["result"].clone();
            }
        }
    }

    /// Opens a file, and gives the codes and first places of the faults that are told of it.
    fn open(&mut self, path: &str, text: &str) -> Vec<Value> {
        let uri = self.uri(path);
        self.tell(
            "textDocument/didOpen",
            json!({ "textDocument": { "uri": uri, "languageId": "toml", "version": 1, "text": text } }),
        );
        self.faults(path)
    }

    fn change(&mut self, path: &str, text: &str) -> Vec<Value> {
        let uri = self.uri(path);
        self.tell(
            "textDocument/didChange",
            json!({ "textDocument": { "uri": uri, "version": 2 }, "contentChanges": [{ "text": text }] }),
        );
        self.faults(path)
    }

    fn faults(&mut self, path: &str) -> Vec<Value> {
        let uri = self.uri(path);
        loop {
            let message = self.receive();
            if message["method"] == "textDocument/publishDiagnostics" && message["params"]["uri"] == json!(uri) {
                return message["params"]["diagnostics"].as_array().expect("a list").clone();
            }
        }
    }

    /// Asks about the place where a text first stands in a file.
    fn ask_at(&mut self, method: &str, path: &str, text: &str, mark: &str) -> Value {
        let at = text.find(mark).unwrap_or_else(|| panic!("no `{mark}`")) + mark.len();
        let line = text[..at].matches('\n').count();
        let character = text[..at].rsplit('\n').next().expect("a line").encode_utf16().count();
        let uri = self.uri(path);
        self.ask(
            method,
            json!({ "textDocument": { "uri": uri }, "position": { "line": line, "character": character } }),
        )
    }

    fn end(mut self) {
        self.ask("shutdown", Value::Null);
        self.tell("exit", Value::Null);
        assert!(self.server.wait().expect("the server ends").success());
    }
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).expect("a folder");
    for entry in fs::read_dir(from).expect("a folder") {
        let path = entry.expect("an entry").path();
        let there = to.join(path.file_name().expect("a name"));
        if path.is_dir() {
            copy(&path, &there);
        } else {
            fs::copy(&path, &there).expect("a file");
        }
    }
}

const SPACE: &str = "models/teaching/tour/space.toml";

#[test]
fn faults_are_told_as_one_types_and_taken_back_when_mended() {
    let mut editor = Editor::new();
    let text = editor.text(SPACE);
    assert_eq!(editor.open(SPACE, &text), Vec::<Value>::new());
    let wrong = text.replace("grown(rent_growth)", "grown(rent_groth)");
    let faults = editor.change(SPACE, &wrong);
    assert_eq!(faults.len(), 1, "{faults:#?}");
    assert_eq!(faults[0]["severity"], json!(1));
    assert!(
        faults[0]["message"]
            .as_str()
            .expect("a text")
            .contains("did you mean `rent_growth`?"),
        "{faults:#?}"
    );
    let line = wrong[..wrong.find("rent_groth").expect("a word")].matches('\n').count();
    assert_eq!(faults[0]["range"]["start"]["line"], json!(line));
    assert_eq!(editor.change(SPACE, &text), Vec::<Value>::new());
    assert!(!editor.change(SPACE, "[variable.x\n").is_empty(), "no TOML");
    editor.end();
}

#[test]
fn a_fault_of_a_study_and_of_a_scenario_is_told_in_its_file() {
    let mut editor = Editor::new();
    let study = "scenarios/tour.toml";
    let text = editor.text(study).replace("\"solar_roofs\"", "\"solar_roof\"");
    let faults = editor.open(study, &text);
    assert_eq!(faults[0]["code"], json!("E0207"), "{faults:#?}");
    // Closed without saving, the study is again as it is on disk.
    let closed = json!({ "textDocument": { "uri": editor.uri(study) } });
    editor.tell("textDocument/didClose", closed);
    assert_eq!(editor.faults(study), Vec::<Value>::new());
    let scenario = "scenarios/tour-low.toml";
    let text = editor.text(scenario).replace("0.5 %/year", "0.5 EUR");
    let faults = editor.open(scenario, &text);
    assert!(
        faults
            .iter()
            .any(|fault| fault["code"].as_str().is_some_and(|code| code.starts_with("E03"))),
        "{faults:#?}"
    );
    editor.end();
}

#[test]
fn hover_shows_unit_value_and_source_and_definition_leads_to_the_declaration() {
    let mut editor = Editor::new();
    let path = "models/teaching/tour/flows.toml";
    let text = editor.text(path);
    editor.open(path, &text);
    let hover = editor.ask_at("textDocument/hover", path, &text, "over campus) * ren");
    let said = hover["contents"]["value"].as_str().expect("a text");
    for part in ["180 EUR/m2/year", "source      = \"teaching value", "values.toml"] {
        assert!(said.contains(part), "{said}");
    }
    let definition = editor.ask_at("textDocument/definition", path, &text, "over campus) * ren");
    assert_eq!(definition["uri"], json!(editor.uri("models/teaching/tour/values.toml")));
    let values = editor.text("models/teaching/tour/values.toml");
    let line = values[..values.find("[parameter.rent]").expect("a heading")]
        .matches('\n')
        .count();
    assert_eq!(
        definition["range"]["start"],
        json!({ "line": line, "character": "[parameter.".len() })
    );
    let space = editor.text(SPACE);
    editor.open(SPACE, &space);
    let hover = editor.ask_at("textDocument/hover", SPACE, &space, "building * planne");
    let said = hover["contents"]["value"].as_str().expect("a text");
    assert!(
        said.contains("column(planned_space)") && said.contains("[defaults.parameter]\nassumption"),
        "{said}"
    );
    let key = editor.ask_at("textDocument/hover", path, &text, "headlin");
    assert!(
        key["contents"]["value"]
            .as_str()
            .expect("a text")
            .contains("Kept out of the balance"),
        "{key}"
    );
    let function = editor.ask_at("textDocument/hover", path, &text, "'su");
    assert!(
        function["contents"]["value"]
            .as_str()
            .expect("a text")
            .contains("x over index"),
        "{function}"
    );
    assert_eq!(editor.ask_at("textDocument/hover", path, &text, "# "), Value::Null);
    editor.end();
}

#[test]
fn completion_offers_kinds_keys_words_names_functions_and_units_where_they_fit() {
    let mut editor = Editor::new();
    let text = editor.text(SPACE) + "\n[variable.more]\nfor\nformula = ''\n\n[gate.more]\nunserved = \"\"\n\n[\n";
    editor.open(SPACE, &text);
    let mut labels = |mark: &str| -> Vec<String> {
        let found = editor.ask_at("textDocument/completion", SPACE, &text, mark);
        let items = found["items"].as_array().expect("a list").clone();
        items
            .iter()
            .map(|item| item["label"].as_str().expect("a label").to_owned())
            .collect()
    };
    let has = |list: &[String], words: &[&str]| words.iter().all(|word| list.iter().any(|label| label == word));
    let keys = labels("[variable.more]\nfor");
    assert!(
        has(&keys, &["formula", "unit", "over"]) && !has(&keys, &["paid_by"]),
        "{keys:?}"
    );
    let words = labels("[gate.more]\nunserved = \"");
    assert_eq!(words, ["waits", "lost"]);
    let kinds = labels("unserved = \"\"\n\n[");
    assert!(
        has(&kinds, &["parameter", "flow", "gate"]) && !has(&kinds, &["study"]),
        "{kinds:?}"
    );
    // The file is no TOML while the last heading is open: what has a heading is still there.
    let names = labels("[variable.more]\nfor\nformula = '");
    assert!(
        has(
            &names,
            &[
                "rent",
                "rent_growth",
                "sum",
                "MEUR",
                "m2",
                "electricity_price",
                "rent_index"
            ]
        ),
        "{names:?}"
    );
    editor.end();
}

#[test]
fn a_file_outside_a_project_and_an_unknown_request_are_answered_in_peace() {
    let mut editor = Editor::new();
    let nowhere = json!({ "textDocument": { "uri": "untitled:1" }, "position": { "line": 0, "character": 0 } });
    assert_eq!(editor.ask("textDocument/hover", nowhere), Value::Null);
    assert_eq!(editor.ask("textDocument/rename", json!({})), Value::Null);
    let beyond =
        json!({ "textDocument": { "uri": editor.uri(SPACE) }, "position": { "line": 99_999, "character": 7 } });
    assert_eq!(editor.ask("textDocument/definition", beyond), Value::Null);
    editor.end();
}
