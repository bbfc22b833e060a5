//! The guide is true: every file of `docs/guide/first-model.md` is written and every command run, in order.
//!
//! A block ```` ```toml ```` that begins with `# file: PATH` is a file. In a block ```` ```console ```` each line that begins with `$` is a
//! command; it must succeed, unless `$ echo $?` follows, under which the exit code stands. A line that begins with `error` or `help` must
//! occur in what the command before it printed, part by part where it holds `…`.
use std::error::Error;
use std::fs;
use std::path::Path;
use std::process::Command;

struct Block<'t> {
    language: &'t str,
    body: &'t str,
}

fn blocks(text: &str) -> Vec<Block<'_>> {
    let mut parts = text.split("\n```");
    parts.next();
    let fenced = parts.step_by(2);
    fenced
        .filter_map(|part| part.split_once('\n'))
        .map(|(language, body)| Block { language, body })
        .collect()
}

/// Exit code and everything printed.
fn run(root: &Path, arguments: &[&str]) -> Result<(i32, String), Box<dyn Error>> {
    let output = Command::new(env!("CARGO_BIN_EXE_mkba"))
        .args(arguments)
        .current_dir(root)
        .output()?;
    let printed = [output.stdout, output.stderr]
        .map(|bytes| String::from_utf8_lossy(&bytes).into_owned())
        .concat();
    Ok((output.status.code().unwrap_or(-1), printed))
}

#[test]
fn the_first_model_is_built_step_by_step_as_the_guide_says() -> Result<(), Box<dyn Error>> {
    let project = Path::new(env!("CARGO_MANIFEST_DIR"));
    let folder = tempfile::tempdir()?;
    let root = folder.path();
    fs::create_dir_all(root.join("models/rulebooks"))?;
    fs::copy(project.join("mkba.toml"), root.join("mkba.toml"))?;
    fs::copy(
        project.join("models/rulebooks/nl-2021.toml"),
        root.join("models/rulebooks/nl-2021.toml"),
    )?;
    let guide = fs::read_to_string(project.join("docs/guide/first-model.md"))?;
    let (mut files, mut commands) = (0, 0);
    for block in blocks(&guide) {
        if let Some(path) = block.body.lines().next().and_then(|line| line.strip_prefix("# file: ")) {
            let path = root.join(path.trim());
            fs::create_dir_all(path.parent().ok_or("a file is in a folder")?)?;
            fs::write(path, block.body)?;
            files += 1;
        }
        if block.language != "console" {
            continue;
        }
        let lines: Vec<&str> = block.body.lines().collect();
        let (mut code, mut printed) = (0, String::new());
        for (at, line) in lines.iter().enumerate() {
            if *line == "$ echo $?" {
                assert_eq!(
                    lines.get(at + 1).map(|next| next.trim()),
                    Some(code.to_string().as_str()),
                    "exit code; printed:\n{printed}"
                );
                code = 0;
            } else if let Some(command) = line.strip_prefix("$ mkba ") {
                assert_eq!(code, 0, "a command failed; printed:\n{printed}");
                (code, printed) = run(root, &command.split_whitespace().collect::<Vec<_>>())?;
                commands += 1;
            } else if line.starts_with("error") || line.starts_with("help") {
                let told = line.split('…').all(|part| printed.contains(part.trim()));
                assert!(told, "`{line}` is not in:\n{printed}");
            }
        }
        assert_eq!(code, 0, "a command failed; printed:\n{printed}");
    }
    assert!(files >= 5 && commands >= 8, "{files} files and {commands} commands");
    Ok(())
}
