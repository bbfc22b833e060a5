//! A run that is killed at any moment and resumed gives the bytes of one that was left alone. `MKBA_KILLS=100` tries more moments.
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

const STUDY: &str = "scenarios/campus-cba-30.toml";
const DRAWS: &str = "400000";

fn mkba(out: &Path, more: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_mkba"));
    command
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .args(["run", STUDY, "--draws", DRAWS, "--keep", "70000", "--out"])
        .arg(out)
        .args(more)
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::piped());
    command
}

/// Paths and bytes of all files below a folder but the manifest, in order of path.
fn files(folder: &Path) -> Vec<(PathBuf, Vec<u8>)> {
    let mut found = Vec::new();
    let mut open = vec![folder.to_path_buf()];
    while let Some(below) = open.pop() {
        for entry in fs::read_dir(below).expect("a folder") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                open.push(path);
            } else if !path.ends_with("manifest.json") {
                found.push((
                    path.strip_prefix(folder).expect("below").to_owned(),
                    fs::read(&path).expect("a file"),
                ));
            }
        }
    }
    found.sort();
    found
}

#[test]
fn a_run_killed_at_any_moment_is_resumed_to_the_same_bytes() {
    let kills: usize = std::env::var("MKBA_KILLS").map_or(4, |number| number.parse().expect("a number"));
    let folder = tempfile::tempdir().expect("a folder");
    let whole = folder.path().join("whole");
    let start = Instant::now();
    assert!(mkba(&whole, &["--quiet"]).status().expect("it starts").success());
    let duration = start.elapsed();
    let expected = files(&whole);

    let (mut killed, mut used) = (0, 0);
    for number in 0..kills {
        let out = folder.path().join(format!("run-{number}"));
        // Fractions spread evenly over the run, whatever their number (the golden ratio's multiples), each killed twice.
        let fraction = (0.618_033_988_749_895 * (number as f64 + 1.0)).fract();
        for (attempt, resume) in [&[][..], &["--resume"]].into_iter().enumerate() {
            let share = if attempt == 0 { fraction } else { fraction * 0.5 };
            let mut child = mkba(&out, resume).spawn().expect("it starts");
            std::thread::sleep(Duration::from_secs_f64(duration.as_secs_f64() * share));
            if child.try_wait().expect("a child").is_none() {
                child.kill().expect("it can be killed");
                killed += 1;
            }
            child.wait().expect("it ends");
            assert!(!out.exists() || files(&out) == expected, "no folder, or a complete one");
        }
        let resumed = mkba(&out, &["--resume", "--overwrite"]).output().expect("it starts");
        let said = String::from_utf8_lossy(&resumed.stderr);
        assert!(resumed.status.success(), "{said}");
        used += usize::from(said.contains("were finished before"));
        assert!(files(&out) == expected, "killed after {fraction} of the run");
        let left: Vec<_> = fs::read_dir(folder.path())
            .expect("a folder")
            .map(|entry| entry.expect("an entry").file_name().to_string_lossy().into_owned())
            .filter(|name| name != "whole" && !name.starts_with("run-") || name.contains("spans"))
            .collect();
        assert!(left.is_empty(), "{left:?}");
        fs::remove_dir_all(&out).expect("removed");
    }
    assert!(killed >= kills, "{killed} of {} were still running", 2 * kills);
    assert!(used > 0, "some finished spans were used");
}
