//! Instructions that a draw takes, counted by callgrind: the same on a busy machine as on an idle one, so that lost vectorisation is seen.
//!
//! `cargo bench --bench instructions` compares with `benches/instructions.json` and fails beyond its tolerance;
//! `cargo bench --bench instructions -- --bless` writes that file. Needs valgrind; without it nothing is compared. Valgrind knows AVX2 but
//! not AVX-512. The counts belong to a compiler: another one may need a new file.
use mkba_core::appraisal::Detail;
use mkba_core::compiled::Compiled;
use mkba_core::evaluate::{Evaluator, Sink};
use mkba_core::lane::Isa;
use mkba_lang::diagnostic::{Diagnostics, render};
use mkba_lang::project::DiskFiles;
use mkba_lang::read::read_study;
use mkba_lang::source::Sources;
use mkba_montecarlo::{Random, Sampler, Settings, run};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::error::Error;
use std::hint::black_box;
use std::path::Path;
use std::process::{Command, ExitCode};
use std::sync::atomic::AtomicBool;

const BLOCK: usize = 64;
const FILE: &str = "benches/instructions.json";
/// Word that makes this program do one workload and end.
const WORK: &str = "--work";

/// Study, what is done with it, and numbers of draws whose difference is counted, so that reading and compiling drop out.
const WORKLOADS: [(&str, &str, [usize; 2]); 4] = [
    ("scenarios/campus-cba-30.toml", "sampling", [1024, 3072]),
    ("scenarios/campus-cba-30.toml", "evaluation", [1024, 3072]),
    ("scenarios/campus-cba-30.toml", "run", [1024, 3072]),
    ("scenarios/city-deal.toml", "evaluation", [64, 192]),
];

/// The file of counts.
#[derive(Debug, Serialize, Deserialize)]
struct Counts {
    /// Compiler that they belong to.
    compiler: String,
    /// Share by which a count may differ.
    tolerance: f64,
    /// Instructions a draw by workload.
    instructions_per_draw: BTreeMap<String, f64>,
}

#[expect(clippy::print_stdout, reason = "a benchmark prints its figures")]
fn main() -> Result<ExitCode, Box<dyn Error>> {
    let words: Vec<String> = std::env::args().collect();
    if let Some(at) = words.iter().position(|word| word == WORK) {
        work(&words[at + 1..])?;
        return Ok(ExitCode::SUCCESS);
    }
    if !Command::new("valgrind")
        .arg("--version")
        .output()
        .is_ok_and(|output| output.status.success())
    {
        println!("no valgrind here: instructions are not counted");
        return Ok(ExitCode::SUCCESS);
    }
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut found = BTreeMap::new();
    for (study, what, [few, many]) in WORKLOADS {
        for isa in ["baseline", "avx2"] {
            let [few_counted, many_counted] = [few, many].map(|draws| counted(study, what, isa, draws));
            let per_draw = (many_counted? - few_counted?) / (many - few) as f64;
            let stem = Path::new(study)
                .file_stem()
                .unwrap_or_default()
                .to_string_lossy()
                .into_owned();
            found.insert(format!("{stem}, {what}, {isa}"), per_draw.round());
        }
    }
    let compiler = compiler()?;
    if words.iter().any(|word| word == "--bless") {
        let counts = Counts {
            compiler,
            tolerance: 0.03,
            instructions_per_draw: found,
        };
        std::fs::write(root.join(FILE), serde_json::to_string_pretty(&counts)? + "\n")?;
        println!("written to {FILE}");
        return Ok(ExitCode::SUCCESS);
    }
    let counts: Counts = serde_json::from_str(&std::fs::read_to_string(root.join(FILE))?)?;
    if compiler != counts.compiler {
        println!(
            "the counts are of {}, this is {compiler}: a difference may be the compiler's",
            counts.compiler
        );
    }
    let mut far = 0;
    println!(
        "{:<40}{:>12}{:>12}{:>9}",
        "instructions a draw", "expected", "found", "change"
    );
    for (workload, found) in &found {
        let expected = counts.instructions_per_draw.get(workload).copied().unwrap_or(f64::NAN);
        let change = found / expected - 1.0;
        let within = change.abs() <= counts.tolerance;
        far += usize::from(!within);
        let mark = if within { "" } else { "  beyond the tolerance" };
        println!(
            "{workload:<40}{expected:>12.0}{found:>12.0}{:>8.1} %{mark}",
            change * 100.0
        );
    }
    if far > 0 {
        println!(
            "{far} counts differ by more than {} %: find out why, or accept them with `-- --bless`",
            counts.tolerance * 100.0
        );
        return Ok(ExitCode::FAILURE);
    }
    Ok(ExitCode::SUCCESS)
}

/// Instructions of this program doing one workload under callgrind.
fn counted(study: &str, what: &str, isa: &str, draws: usize) -> Result<f64, Box<dyn Error>> {
    let output = Command::new("valgrind")
        .args(["--tool=callgrind", "--callgrind-out-file=/dev/null"])
        .arg(std::env::current_exe()?)
        .args([WORK, study, what, isa, &draws.to_string()])
        .output()?;
    let said = String::from_utf8_lossy(&output.stderr);
    let counted = said
        .lines()
        .find_map(|line| line.split_once("Collected :")?.1.trim().parse().ok());
    counted
        .filter(|_| output.status.success())
        .ok_or_else(|| format!("callgrind counted nothing:\n{said}").into())
}

fn work(words: &[String]) -> Result<(), Box<dyn Error>> {
    let [study, what, isa, draws] = words else {
        return Err("study, work, instruction set and draws are required".into());
    };
    let isa = match isa.as_str() {
        "baseline" => Isa::Baseline,
        _ => Isa::Avx2,
    };
    if !isa.is_available() {
        return Err("valgrind shows no AVX2 on this machine".into());
    }
    let draws: usize = draws.parse()?;
    let compiled = compile(study)?;
    let sampler =
        Sampler::new(&compiled.inputs, Box::new(Random { seed: 1 }), isa).map_err(|faults| format!("{faults:?}"))?;
    let mut samples = vec![0.0; sampler.input_count() * BLOCK];
    match what.as_str() {
        "sampling" => {
            for first in (0..draws).step_by(BLOCK) {
                sampler.fill(first as u64, BLOCK, &mut samples);
                black_box(&mut samples);
            }
        }
        "evaluation" => {
            sampler.fill(0, BLOCK, &mut samples);
            let mut evaluator = Evaluator::new(&compiled.program, isa, BLOCK);
            for _ in (0..draws).step_by(BLOCK) {
                evaluator.run(black_box(&samples), BLOCK, &mut Nowhere);
            }
        }
        _ => {
            let settings = Settings {
                draws,
                seed: 1,
                threads: 1,
                block: BLOCK,
                isa,
                keep_inputs: false,
                progress: &|_| (),
                stop: &AtomicBool::new(false),
            };
            black_box(run(&compiled, &settings).map_err(|error| format!("{error:?}"))?);
        }
    }
    Ok(())
}

fn compile(study: &str) -> Result<Compiled, Box<dyn Error>> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let files = DiskFiles::new(root)?;
    let (mut sources, mut diagnostics) = (Sources::default(), Diagnostics::default());
    let rulebook = toml::from_str(&std::fs::read_to_string(root.join("models/rulebooks/nl-2021.toml"))?)?;
    let compiled = read_study(&files, study, &mut sources, &mut diagnostics)
        .and_then(|study| mkba_lang::compile(&study, &sources, &rulebook, Detail::Full, &mut diagnostics));
    compiled.ok_or_else(|| render(diagnostics.list(), &sources).into())
}

fn compiler() -> Result<String, Box<dyn Error>> {
    let output = Command::new(std::env::var("RUSTC").unwrap_or_else(|_| "rustc".to_owned()))
        .arg("--version")
        .output()?;
    Ok(String::from_utf8_lossy(&output.stdout).trim().to_owned())
}

/// Takes results and forgets them.
struct Nowhere;

impl Sink for Nowhere {
    fn output(&mut self, _: usize, _: usize, _: usize, lanes: &[f64]) {
        black_box(lanes);
    }
    fn yearly(&mut self, _: usize, _: usize, _: usize, _: usize, lanes: &[f64]) {
        black_box(lanes);
    }
}
