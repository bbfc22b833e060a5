//! `mkba replay`: a finished run computed again from its manifest, and compared with what it was.
use crate::arguments::{Language, ReplayArguments, RunArguments};
use crate::failure::Failure;
use crate::{commands, terminal};
use mkba_core::appraisal::catalogue::GateReading;
use mkba_lang::project::locate;
use mkba_montecarlo::Until;
use mkba_montecarlo::design::Kind;
use mkba_results::{FileHash, FinishedRun, Manifest};
use std::fmt::Write;
use std::path::{Path, PathBuf};

/// Runs the study of a run again and says what is the same.
///
/// # Errors
/// The folder does not hold a complete run, its study cannot be run any more, or the result is another: code 1.
pub fn replay(arguments: &ReplayArguments) -> Result<(), Failure> {
    let run = FinishedRun::open(&arguments.run)?;
    let project = project(&run, arguments)?;
    let earlier = run.manifest;
    let scratch = tempfile::tempdir().map_err(Failure::Output)?;
    let out = scratch.path().join("run");
    commands::run::run_silently(&as_it_was_run(&earlier, arguments, &project.folder, out.clone())?)?;
    let again = FinishedRun::open(&out)?.manifest;
    let (text, same) = compared(&earlier, &again);
    terminal::print(&format!("{}\n{text}", project.told()))?;
    if same { Ok(()) } else { Err(Failure::Told(1)) }
}

/// The arguments that give the run of a manifest, without figures, report and spreadsheet, which are made from its tables.
fn as_it_was_run(
    manifest: &Manifest,
    arguments: &ReplayArguments,
    project: &Path,
    out: PathBuf,
) -> Result<RunArguments, Failure> {
    let unknown = |what: &str, word: &str| {
        let engine = &manifest.engine_version;
        Failure::Use(format!(
            "this version knows no {what} `{word}`; the run was made by mkba {engine}"
        ))
    };
    let gates_were_typed = manifest
        .command
        .iter()
        .any(|word| word == "--gates" || word.starts_with("--gates="));
    let gates = gates_were_typed
        .then(|| GateReading::of(&manifest.gates).ok_or_else(|| unknown("reading of gates", &manifest.gates)))
        .transpose()?;
    let until = manifest.until.as_deref().filter(|_| manifest.ended_by == "until");
    Ok(RunArguments {
        study: project.join(&manifest.study),
        // A run that ended early is the run of the draws that it did.
        draws: Some(if until.is_some() {
            manifest.draws_asked
        } else {
            manifest.draws
        }),
        until: until
            .map(|rule| rule.parse::<Until>().map_err(|_| unknown("rule", rule)))
            .transpose()?,
        max_time: None,
        max_memory: None,
        keep: usize::try_from(manifest.draws_kept).unwrap_or(usize::MAX),
        resume: false,
        seed: Some(manifest.seed),
        design: Some(Kind::of(&manifest.design).ok_or_else(|| unknown("design", &manifest.design))?),
        threads: arguments.threads,
        out: Some(out),
        overwrite: false,
        lang: Language::Nl,
        rulebook: Some(manifest.rulebook.id.clone()),
        gates,
        no_figures: true,
        no_spreadsheet: true,
        no_report: true,
        quiet: arguments.quiet,
    })
}

/// The project that a run is computed from again.
struct Project {
    folder: PathBuf,
    /// Whether it is what the run kept.
    kept: bool,
}

impl Project {
    fn told(&self) -> String {
        let folder = self.folder.display();
        if self.kept {
            format!("computed again from the files that the run kept, in {folder}")
        } else {
            format!("computed again from the project in {folder}")
        }
    }
}

/// The project asked for; else the files that the run kept, if they are as it kept them; else, of a run that kept none, the project in
/// which it stands, or the current folder.
fn project(run: &FinishedRun, arguments: &ReplayArguments) -> Result<Project, Failure> {
    let (folder, kept) = match (&arguments.project, run.project_folder()) {
        (Some(project), _) => (project.clone(), false),
        (None, Some(kept)) => {
            run.project()?;
            (kept, true)
        }
        (None, None) => {
            let around = locate(&arguments.run);
            (
                around.map_or_else(|_| PathBuf::from("."), |located| located.root),
                false,
            )
        }
    };
    Ok(Project { folder, kept })
}

/// What is the same and what is not, and whether everything is.
fn compared(earlier: &Manifest, again: &Manifest) -> (String, bool) {
    let mut text = String::new();
    let mut same = true;
    for (what, before, now) in [
        ("version of mkba", &earlier.engine_version, &again.engine_version),
        ("random scheme", &earlier.random_scheme, &again.random_scheme),
        ("rulebook", &earlier.rulebook.blake3, &again.rulebook.blake3),
    ] {
        if before != now {
            let _ = writeln!(text, "another {what}: {before} then, {now} now");
        }
    }
    for (what, before, now) in [
        (
            "files that it is made from",
            &earlier.project_files,
            &again.project_files,
        ),
        ("tables", &tables(earlier), &tables(again)),
    ] {
        let differences = differences(before, now);
        if differences.is_empty() {
            let _ = writeln!(text, "all {} {what} are the same", before.len());
        } else {
            same = false;
            let _ = writeln!(
                text,
                "{} of {} {what} are not the same:",
                differences.len(),
                before.len().max(now.len())
            );
            for difference in differences {
                let _ = writeln!(text, "  {difference}");
            }
        }
    }
    text.push_str(if same {
        "the run is identical\n"
    } else {
        "the run is not identical\n"
    });
    (text, same)
}

/// Results that are numbers: no drawings and documents, which depend on the language.
fn tables(manifest: &Manifest) -> Vec<FileHash> {
    let is_table = |file: &&FileHash| {
        !file.path.contains('/') && [".csv", ".parquet", ".json"].iter().any(|end| file.path.ends_with(end))
    };
    manifest.results.iter().filter(is_table).cloned().collect()
}

fn differences(before: &[FileHash], now: &[FileHash]) -> Vec<String> {
    let find = |list: &[FileHash], path: &str| {
        list.iter()
            .find(|file| file.path == path)
            .map(|file| file.blake3.clone())
    };
    let mut found = Vec::new();
    for file in before {
        match find(now, &file.path) {
            None => found.push(format!("{}: no longer there", file.path)),
            Some(hash) if hash != file.blake3 => found.push(format!("{}: changed", file.path)),
            Some(_) => {}
        }
    }
    let new = now.iter().filter(|file| find(before, &file.path).is_none());
    found.extend(new.map(|file| format!("{}: new", file.path)));
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(path: &str, hash: &str) -> FileHash {
        FileHash {
            path: path.into(),
            blake3: hash.into(),
        }
    }

    #[test]
    fn what_changed_came_and_went_is_named() {
        let before = [file("a", "1"), file("b", "1"), file("c", "1")];
        let now = [file("a", "1"), file("b", "2"), file("d", "1")];
        assert_eq!(
            differences(&before, &now),
            ["b: changed", "c: no longer there", "d: new"]
        );
        assert!(differences(&before, &before).is_empty());
    }
}
