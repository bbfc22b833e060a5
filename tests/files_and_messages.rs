//! `mkba fmt`, and messages for other programs: files, streams and exit codes.
use std::fs;
use std::path::PathBuf;
use std::process::{Command, Output};
use tempfile::TempDir;

const UNTIDY: &str = "[model]
language=1
label='Small'
id = 'small'     # in results
price_year = 2025
base_year = 2025


years={first=2026,last=2030}
# who pays
[party.town]
label='Town'
[flow.rent]
formula = '5 MEUR/year'
kind = 'cost'
paid_by = 'town'
";

const TIDY: &str = "[model]
language   = 1
id         = 'small'                          # in results
label      = 'Small'
price_year = 2025
base_year  = 2025

years      = { first = 2026, last = 2030 }

# who pays
[party.town]
label = 'Town'

[flow.rent]
kind    = 'cost'
formula = '5 MEUR/year'
paid_by = 'town'
";

struct Project {
    folder: TempDir,
}

impl Project {
    fn new() -> Self {
        let project = Self {
            folder: tempfile::tempdir().expect("a folder"),
        };
        project.write("mkba.toml", "[project]\nname     = \"small\"\nlanguage = 1\n");
        project.write("model/model.toml", UNTIDY);
        project
    }

    fn path(&self, path: &str) -> PathBuf {
        self.folder.path().join(path)
    }

    fn write(&self, path: &str, text: &str) {
        let path = self.path(path);
        fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        fs::write(path, text).expect("a file");
    }

    fn text(&self, path: &str) -> String {
        fs::read_to_string(self.path(path)).expect("a file")
    }

    /// Exit code, standard output and standard error of a command in the project.
    fn mkba(&self, arguments: &[&str]) -> (Option<i32>, String, String) {
        let Output { status, stdout, stderr } = Command::new(env!("CARGO_BIN_EXE_mkba"))
            .args(arguments)
            .current_dir(self.folder.path())
            .output()
            .expect("the program starts");
        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
        (status.code(), text(&stdout), text(&stderr))
    }
}

#[test]
fn files_are_formatted_once_and_named() {
    let project = Project::new();
    let (code, out, err) = project.mkba(&["fmt", "--check", "."]);
    assert_eq!(
        (code, out.as_str(), err.as_str()),
        (Some(1), "would change ./model/model.toml\n", "")
    );
    assert_eq!(project.text("model/model.toml"), UNTIDY);

    let (code, out, err) = project.mkba(&["fmt", "model"]);
    assert_eq!(
        (code, out.as_str(), err.as_str()),
        (Some(0), "formatted model/model.toml\n", "")
    );
    assert_eq!(project.text("model/model.toml"), TIDY);

    for arguments in [&["fmt", "."][..], &["fmt", "--check", "model/model.toml", "mkba.toml"]] {
        assert_eq!(
            project.mkba(arguments),
            (Some(0), String::new(), String::new()),
            "{arguments:?}"
        );
    }
    assert_eq!(project.text("model/model.toml"), TIDY);
    assert_eq!(
        fs::read_dir(project.path("model")).expect("a folder").count(),
        1,
        "nothing is left behind"
    );
}

#[test]
fn files_of_others_hidden_ones_and_those_that_are_no_toml_are_left_alone() {
    let project = Project::new();
    project.write("Cargo.toml", "[package]\nname='x'\n");
    project.write(".hidden/model.toml", UNTIDY);
    project.write("model/broken.toml", "[flow.a\n");
    let (code, out, err) = project.mkba(&["fmt", ".", "nowhere.toml"]);
    assert_eq!(code, Some(1), "{err}");
    assert_eq!(
        out, "formatted ./model/model.toml\n",
        "the others are done all the same"
    );
    for part in ["E0003", "broken.toml:1", "E0001", "nowhere.toml"] {
        assert!(err.contains(part), "{part} in {err}");
    }
    assert_eq!(project.text("Cargo.toml"), "[package]\nname='x'\n");
    assert_eq!(project.text(".hidden/model.toml"), UNTIDY);
    assert_eq!(project.text("model/broken.toml"), "[flow.a\n");
    assert_eq!(project.mkba(&["fmt"]).0, Some(2), "a path is required");
}

#[test]
fn messages_are_told_to_programs_as_json_with_the_same_exit_code() {
    let project = Project::new();
    let json = |arguments: &[&str]| {
        let (code, out, err) = project.mkba(&[&["check", "--format", "json"], arguments].concat());
        assert_eq!(err, "", "{arguments:?}");
        let list: serde_json::Value = serde_json::from_str(&out).expect("JSON");
        (code, list)
    };
    assert_eq!(json(&["model"]), (Some(0), serde_json::json!([])));

    project.write(
        "model/more.toml",
        "[flow.grant]\nkind = 'cost'\nformula = '5 MEUR'\npaid_by = 'twon'\n",
    );
    let (code, list) = json(&["model"]);
    assert_eq!(code, Some(1));
    let of =
        |key: &str| -> Vec<&serde_json::Value> { list.as_array().expect("a list").iter().map(|it| &it[key]).collect() };
    assert_eq!(of("code"), ["E0205", "E0301"]);
    assert_eq!(of("severity"), ["error", "error"]);
    assert_eq!(of("help")[0], "did you mean `town`?");
    let label = &list[0]["labels"][0];
    assert_eq!(
        (
            &label["path"],
            &label["line"],
            &label["column"],
            &label["end_column"],
            &label["primary"]
        ),
        (
            &"model/more.toml".into(),
            &4.into(),
            &12.into(),
            &16.into(),
            &true.into()
        )
    );

    project.write(
        "model/more.toml",
        "[parameter.idle]\nvalue = '5 MEUR'\nassumption = 'a'\n",
    );
    let (code, list) = json(&["model"]);
    assert_eq!(
        (code, &list[0]["code"], &list[0]["severity"]),
        (Some(0), &"W0101".into(), &"warning".into())
    );

    let (code, list) = json(&["nowhere.toml"]);
    assert_eq!(
        (code, &list[0]["code"], &list[0]["labels"]),
        (Some(4), &"E0001".into(), &serde_json::json!([]))
    );
}
