//! What the program gives to shells, to `man` and to editors.
use mkba_lang::schema::{FileKind, schema_text};
use std::fs;
use std::process::{Command, Output};

fn mkba(arguments: &[&str]) -> Output {
    let program = Command::new(env!("CARGO_BIN_EXE_mkba")).args(arguments).output();
    program.expect("the program starts")
}

/// What a command prints, which must succeed.
fn printed(arguments: &[&str]) -> String {
    let output = mkba(arguments);
    assert!(
        output.status.success(),
        "{arguments:?}: {}",
        String::from_utf8_lossy(&output.stderr)
    );
    String::from_utf8(output.stdout).expect("text")
}

/// Commands as `--help` lists them.
fn commands() -> Vec<String> {
    let help = printed(&["--help"]);
    let list = help.split("Commands:\n").nth(1).expect("a list of commands");
    let names = list.lines().take_while(|line| !line.trim().is_empty());
    let names: Vec<String> = names
        .filter_map(|line| line.strip_prefix("  ")?.split_whitespace().next().map(str::to_owned))
        .filter(|name| name != "help")
        .collect();
    assert!(names.contains(&"run".to_owned()), "{names:?}");
    names
}

#[test]
fn the_completion_script_of_every_shell_knows_every_command_and_option() {
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let script = printed(&["completions", shell]);
        for word in commands().iter().map(String::as_str).chain(["overwrite", "threads"]) {
            assert!(script.contains(word), "{shell} does not complete `{word}`");
        }
    }
    assert_eq!(mkba(&["completions", "cmd"]).status.code(), Some(2));
}

#[test]
fn the_completion_script_is_one_that_bash_can_read_and_completes_a_command() {
    let folder = tempfile::tempdir().expect("a folder");
    let script = folder.path().join("mkba.bash");
    fs::write(&script, printed(&["completions", "bash"])).expect("a script");
    let ask = format!(
        "source '{}' && COMP_WORDS=(mkba ch) && COMP_CWORD=1 && _mkba mkba ch mkba && printf '%s\\n' \"${{COMPREPLY[@]}}\"",
        script.display()
    );
    match Command::new("bash").args(["-c", &ask]).output() {
        Ok(output) => {
            let said = String::from_utf8_lossy(&output.stdout);
            assert_eq!(said.trim(), "check", "{}", String::from_utf8_lossy(&output.stderr));
        }
        Err(_) => eprintln!("skipped: there is no bash"),
    }
}

#[test]
fn there_is_a_manual_page_for_the_program_and_for_each_command() {
    let page = printed(&["man"]);
    assert!(page.contains(".TH mkba 1") && page.contains("Exit codes"), "{page}");
    let folder = tempfile::tempdir().expect("a folder");
    let out = folder.path().join("man1");
    printed(&["man", "--out", out.to_str().expect("a path")]);
    assert_eq!(fs::read_to_string(out.join("mkba.1")).expect("the page"), page);
    for command in commands() {
        let page = fs::read_to_string(out.join(format!("mkba-{command}.1"))).expect("a page for each command");
        assert!(page.contains(&format!(".TH mkba-{command} 1")), "{page}");
        assert!(page.contains(".SH SYNOPSIS"), "{page}");
    }
}

#[test]
fn every_schema_is_printed_and_all_are_written_at_once() {
    assert_eq!(printed(&["schema"]), schema_text(FileKind::Any));
    let folder = tempfile::tempdir().expect("a folder");
    let out = folder.path().join("schemas");
    printed(&["schema", "--out", out.to_str().expect("a path")]);
    for kind in FileKind::ALL {
        assert_eq!(printed(&["schema", kind.name()]), schema_text(kind));
        assert_eq!(
            fs::read_to_string(out.join(kind.file_name())).expect("a schema"),
            schema_text(kind)
        );
    }
}

#[test]
fn wrong_use_of_these_commands_says_what_there_is() {
    let output = mkba(&["schema", "parameter"]);
    assert_eq!(output.status.code(), Some(2));
    let message = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(message.contains("study") && message.contains("rulebook"), "{message}");
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("taken");
    fs::write(&file, "x").expect("a file");
    for command in ["schema", "man"] {
        let output = mkba(&[command, "--out", file.to_str().expect("a path")]);
        assert_eq!(output.status.code(), Some(4));
        assert!(String::from_utf8_lossy(&output.stderr).contains("E0702"));
    }
}
