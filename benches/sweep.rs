//! Time per point of a sweep against a run of a point alone: `cargo bench --bench sweep [-- RUNS]`.
//!
//! Whole processes on one thread: `mkba sweep` with about 200 points of 1 000 draws, and `mkba run` with 1 000 draws of points of that sweep,
//! their values written into the files of a copy of the project. The runs are taken in turns with the sweep, before and after, so
//! that a noisy machine disturbs both. Processor time counts; elapsed time is told beside it. The figures that count are the ratios.
use std::error::Error;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Instant;

/// What is swept, and how a point of it is written by hand.
struct Case {
    name: &'static str,
    /// How many times less a point has to take.
    bar: f64,
    axes: &'static str,
    points: usize,
    /// Parameters with their value in the run.
    parameters: &'static [(&'static str, &'static str)],
    /// Text put into the study, after its first line of this beginning.
    study: &'static [(&'static str, &'static str)],
}

const CASES: &[Case] = &[
    Case {
        name: "discount regime",
        bar: 5.0,
        axes: "[axis.standard]\nvaries = \"discount.standard\"\nvalues = { from = \"0.5 %/year\", to = \"5.45 %/year\", steps = 99 }\n\
               [axis.timing]\nvaries = \"discount.timing\"\nvalues = [\"end_of_year\", \"mid_year\"]\n",
        points: 200,
        parameters: &[],
        study: &[(
            "rulebook",
            "\n[discount]\nstandard = \"3 %/year\"\ntiming = \"mid_year\"\n",
        )],
    },
    Case {
        name: "prices",
        bar: 5.0,
        axes: "[axis.rent]\nvaries = \"parameter.rent\"\nvalues = { from = \"160 EUR/m2/year\", to = \"255 EUR/m2/year\", steps = 19 }\n\
               [axis.home_rent]\nvaries = \"parameter.home_rent\"\nvalues = { from = \"4500 EUR/home/year\", to = \"5400 EUR/home/year\", steps = 9 }\n",
        points: 200,
        parameters: &[("rent", "205 EUR/m2/year"), ("home_rent", "5200 EUR/home/year")],
        study: &[],
    },
    Case {
        name: "displacement",
        bar: 5.0,
        axes: "[axis.displacement]\nvaries = \"parameter.displacement\"\nvalues = { from = \"50.25 %\", to = \"100 %\", steps = 199 }\n",
        points: 200,
        parameters: &[("displacement", "85 %")],
        study: &[],
    },
    Case {
        name: "ramp-up",
        bar: 1.2,
        axes: "[axis.filling_time]\nvaries = \"parameter.filling_time\"\nvalues = { from = \"2 year\", to = \"11.95 year\", steps = 199 }\n",
        points: 200,
        parameters: &[("filling_time", "4.5 year")],
        study: &[],
    },
    Case {
        name: "gates",
        bar: 1.2,
        axes: "[axis.permits]\nvaries = \"parameter.permit_factor\"\nvalues = { from = \"50 %\", to = \"240 %\", steps = 19 }\n\
               [axis.grid]\nvaries = \"parameter.grid_factor\"\nvalues = { from = \"50 %\", to = \"230 %\", steps = 9 }\n",
        points: 200,
        parameters: &[("permit_factor", "120 %"), ("grid_factor", "130 %")],
        study: &[],
    },
];

const DRAWS: &str = "1000";
/// A study with other axes, which are cut out.
const STUDY: &str = "scenarios/sweep-displacement.toml";

#[expect(clippy::print_stdout, reason = "a benchmark prints its figures")]
fn main() -> Result<(), Box<dyn Error>> {
    let runs = std::env::args()
        .filter_map(|argument| argument.parse().ok())
        .next()
        .unwrap_or(4_usize);
    let folder = std::env::temp_dir().join(format!("mkba-sweep-{}", std::process::id()));
    let project = Project::copied(&folder)?;
    println!("processor time of whole processes, one thread, {DRAWS} draws, scenarios and alternatives of {STUDY}\n");
    let mut missed = 0;
    for case in CASES {
        let (mut alone, mut elapsed) = (Vec::new(), Vec::new());
        let mut swept = Taken::default();
        for number in 0..=runs {
            if number == runs / 2 {
                project.write_study(&format!("\n{}", case.axes))?;
                swept = project.mkba(&["sweep", STUDY])?;
            } else {
                project.write_point(case)?;
                let taken = project.mkba(&["run", STUDY, "--no-report", "--no-spreadsheet", "--no-figures"])?;
                project.restore()?;
                alone.push(taken.processor);
                elapsed.push(taken.elapsed);
            }
        }
        let (alone, elapsed) = (median(&mut alone), median(&mut elapsed));
        let points = case.points as f64;
        let ratio = alone / (swept.processor / points);
        println!(
            "{:<16} run {alone:.3} s, point {:.4} s: {ratio:.1} times less (elapsed {:.1}); at least {}",
            case.name,
            swept.processor / points,
            elapsed / (swept.elapsed / points),
            case.bar
        );
        missed += usize::from(ratio < case.bar);
    }
    fs::remove_dir_all(&folder)?;
    if missed > 0 {
        return Err(format!("{missed} of {} are slower than they have to be", CASES.len()).into());
    }
    Ok(())
}

/// Seconds that a process took.
#[derive(Default, Clone, Copy)]
struct Taken {
    processor: f64,
    elapsed: f64,
}

/// A copy of the project whose files may be changed.
struct Project {
    folder: PathBuf,
    study: String,
}

impl Project {
    fn copied(folder: &Path) -> Result<Self, Box<dyn Error>> {
        let root = Path::new(env!("CARGO_MANIFEST_DIR"));
        for part in ["models", "scenarios"] {
            copy(&root.join(part), &folder.join(part))?;
        }
        fs::copy(root.join("mkba.toml"), folder.join("mkba.toml"))?;
        let text = fs::read_to_string(folder.join(STUDY))?;
        let (before, rest) = text.split_once("[sweep]").ok_or("the study has a sweep")?;
        let (_, after) = rest.split_once("[alternative.").ok_or("the study has alternatives")?;
        Ok(Self {
            study: format!("{before}[alternative.{after}"),
            folder: folder.to_path_buf(),
        })
    }

    fn write_study(&self, more: &str) -> Result<(), Box<dyn Error>> {
        fs::write(self.folder.join(STUDY), format!("{}{more}", self.study))?;
        Ok(())
    }

    /// A point by hand: its values in the files.
    fn write_point(&self, case: &Case) -> Result<(), Box<dyn Error>> {
        let mut study = self.study.clone();
        for (beginning, more) in case.study {
            let at = study
                .find(&format!("\n{beginning}"))
                .ok_or("the study has no such line")?
                + 1;
            let end = at + study[at..].find('\n').ok_or("the line has an end")? + 1;
            study.insert_str(end, more);
        }
        fs::write(self.folder.join(STUDY), study)?;
        for (parameter, value) in case.parameters {
            self.set(parameter, value)?;
        }
        Ok(())
    }

    /// The files as they were.
    fn restore(&self) -> Result<(), Box<dyn Error>> {
        let root = Path::new(env!("CARGO_MANIFEST_DIR"));
        copy(&root.join("models/kennisstad"), &self.folder.join("models/kennisstad"))?;
        self.write_study("")
    }

    fn set(&self, parameter: &str, value: &str) -> Result<(), Box<dyn Error>> {
        let head = format!("[parameter.{parameter}]");
        for path in files(&self.folder.join("models/kennisstad"))? {
            let text = fs::read_to_string(&path).unwrap_or_default();
            let Some(at) = text.find(&head) else { continue };
            let line = at + text[at..].find("\nvalue").ok_or("a parameter has a value")? + 1;
            let end = line + text[line..].find('\n').unwrap_or(text.len() - line);
            let changed = format!("{}value = \"{value}\"{}", &text[..line], &text[end..]);
            fs::write(&path, changed)?;
            return Ok(());
        }
        Err(format!("the model has no {head}").into())
    }

    fn mkba(&self, arguments: &[&str]) -> Result<Taken, Box<dyn Error>> {
        let (before, started) = (children()?, Instant::now());
        let status = Command::new(env!("CARGO_BIN_EXE_mkba"))
            .current_dir(&self.folder)
            .args(arguments)
            .args([
                "--draws",
                DRAWS,
                "--threads",
                "1",
                "--quiet",
                "--overwrite",
                "--out",
                "out",
            ])
            .stdin(Stdio::null())
            .status()?;
        let taken = Taken {
            elapsed: started.elapsed().as_secs_f64(),
            processor: children()? - before,
        };
        if status.success() {
            Ok(taken)
        } else {
            Err(format!("`mkba {}` failed", arguments.join(" ")).into())
        }
    }
}

/// Processor seconds of all children that have ended: Linux counts them in hundredths.
fn children() -> Result<f64, Box<dyn Error>> {
    let text = fs::read_to_string("/proc/self/stat")?;
    let fields: Vec<&str> = text.rsplit_once(')').ok_or("no fields")?.1.split_whitespace().collect();
    let ticks = |field: usize| {
        fields
            .get(field)
            .and_then(|field| field.parse::<f64>().ok())
            .ok_or("no number")
    };
    // Fields 16 and 17 of proc(5); those after the name begin with the third.
    Ok((ticks(13)? + ticks(14)?) / 100.0)
}

fn median(numbers: &mut [f64]) -> f64 {
    numbers.sort_by(f64::total_cmp);
    numbers[numbers.len() / 2]
}

/// All files below a folder.
fn files(folder: &Path) -> Result<Vec<PathBuf>, Box<dyn Error>> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            found.extend(files(&path)?)
        } else {
            found.push(path)
        }
    }
    Ok(found)
}

fn copy(from: &Path, to: &Path) -> Result<(), Box<dyn Error>> {
    for path in files(from)? {
        let target = to.join(path.strip_prefix(from)?);
        if let Some(parent) = target.parent() {
            fs::create_dir_all(parent)?;
        }
        fs::copy(&path, target)?;
    }
    Ok(())
}
