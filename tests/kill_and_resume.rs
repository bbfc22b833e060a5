//! A run that is killed again and again, at any moment, and resumed each time gives the bytes of one that was left alone; the one that is left alone
//! has one thread, the others have as many as there are processors.
//!
//! What is tried can be chosen by variables of the environment:
//!
//! | variable | what it says | if it is not there |
//! |---|---|---|
//! | `MKBA_KILLS` | how many times a process is killed | 8 |
//! | `MKBA_KILL_STUDY` | the study | `scenarios/campus-cba-30.toml` |
//! | `MKBA_KILL_DRAWS` | number of draws | 400 000 |
//! | `MKBA_KILL_SECONDS` | mean of the time a process is left alone | a quarter of a run |
use std::fmt::Debug;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::str::FromStr;
use std::time::{Duration, Instant};

fn chosen<T: FromStr<Err: Debug>>(variable: &str) -> Option<T> {
    let text = std::env::var(variable).ok()?;
    Some(text.parse().expect("a value of the environment"))
}

fn mkba(out: &Path, more: &[&str]) -> Command {
    let study: String = chosen("MKBA_KILL_STUDY").unwrap_or_else(|| "scenarios/campus-cba-30.toml".to_owned());
    let draws: u64 = chosen("MKBA_KILL_DRAWS").unwrap_or(400_000);
    let mut command = Command::new(env!("CARGO_BIN_EXE_mkba"));
    command
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .args(["run", &study, "--draws", &draws.to_string(), "--keep", "70000", "--out"])
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

/// A run of which processes are killed until one gets to its end.
struct Run {
    out: PathBuf,
    /// What the run that was left alone wrote.
    expected: Vec<(PathBuf, Vec<u8>)>,
    /// How many runs went on from draws of a killed one and came to their end.
    resumed: usize,
}

impl Run {
    fn start(&self) -> Child {
        mkba(&self.out, &["--resume", "--overwrite"])
            .spawn()
            .expect("it starts")
    }

    /// Whether something of a killed run is stored.
    fn has_stored(&self) -> bool {
        let spans = fs::read_dir(self.out.with_extension("spans"));
        let mut names = spans.into_iter().flatten().flatten().map(|entry| entry.file_name());
        names.any(|name| name.to_string_lossy().starts_with("span-"))
    }

    /// Waits for the end of the run, compares what it wrote, and removes it.
    fn end(&mut self, child: Child) {
        let ended = child.wait_with_output().expect("it ends");
        let said = String::from_utf8_lossy(&ended.stderr);
        assert!(ended.status.success(), "{said}");
        self.resumed += usize::from(said.contains("were finished before"));
        assert!(files(&self.out) == self.expected, "other bytes");
        fs::remove_dir_all(&self.out).expect("removed");
        let beside = fs::read_dir(self.out.parent().expect("a folder")).expect("a folder");
        let left: Vec<_> = beside
            .map(|entry| entry.expect("an entry").file_name())
            .filter(|name| name != "whole")
            .collect();
        assert!(left.is_empty(), "{left:?}");
    }
}

#[test]
fn a_run_killed_at_any_moment_is_resumed_to_the_same_bytes() {
    let kills: usize = chosen("MKBA_KILLS").unwrap_or(8);
    let folder = tempfile::tempdir().expect("a folder");
    let whole = folder.path().join("whole");
    let start = Instant::now();
    let alone = mkba(&whole, &["--quiet", "--threads", "1"])
        .status()
        .expect("it starts");
    assert!(alone.success());
    let mean = chosen("MKBA_KILL_SECONDS").unwrap_or(start.elapsed().as_secs_f64() / 4.0);
    println!("a run that is left alone takes {:.0?} on one thread", start.elapsed());

    let mut run = Run {
        out: folder.path().join("killed"),
        expected: files(&whole),
        resumed: 0,
    };
    let (mut killed, mut attempts, mut ended) = (0, 0_u32, 0);
    while killed < kills {
        attempts += 1;
        // Exponential times: whenever it is, the next kill is as near. Their probabilities are the golden ratio's multiples, which are spread evenly.
        let probability = (0.618_033_988_749_895 * f64::from(attempts)).fract();
        let mut child = run.start();
        std::thread::sleep(Duration::from_secs_f64(-mean * (1.0 - probability).ln()));
        if child.try_wait().expect("a child").is_some() {
            run.end(child);
            ended += 1;
            continue;
        }
        child.kill().expect("it can be killed");
        child.wait().expect("it ends");
        killed += 1;
        assert!(
            !run.out.exists() || files(&run.out) == run.expected,
            "no folder, or a complete one"
        );
    }
    // On a busy machine none may have got as far as to store anything: one more is killed when it has.
    let mut last = run.start();
    while !run.has_stored() && last.try_wait().expect("a child").is_none() {
        std::thread::sleep(Duration::from_millis(5));
    }
    last.kill().expect("it can be killed");
    last.wait().expect("it ends");
    run.end(run.start());
    println!(
        "{killed} processes killed and one more, {} runs came to their end, {} of them from draws of killed ones; {:.0?} in all",
        ended + 1,
        run.resumed,
        start.elapsed()
    );
    assert!(run.resumed > 0, "some finished draws were used");
}
