//! The program as a user starts it.
use std::path::Path;
use std::process::{Command, Output};

/// What the program gives when started in a folder.
pub fn mkba(folder: &Path, arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_mkba"));
    command
        .current_dir(folder)
        .args(arguments)
        .output()
        .expect("the program starts")
}

/// What the program prints, when it must not fail.
#[track_caller]
pub fn succeeds(folder: &Path, arguments: &[&str]) -> String {
    let output = mkba(folder, arguments);
    let message = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(output.status.success(), "{arguments:?}: {message}");
    String::from_utf8(output.stdout).expect("UTF-8")
}
