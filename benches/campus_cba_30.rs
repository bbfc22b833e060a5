//! The benchmark model against scalar C, in pairs: `cargo bench --bench campus_cba_30 [-- PAIRS DRAWS]`.
//!
//! Both sides sample 20 inputs, evaluate 4 alternatives over 30 years and summarise (mean, quantiles, value of perfect information) on one
//! thread. Processor time of each side, taken in turns, so that a noisy machine disturbs both; the figure that counts is the median ratio.
use mkba_core::appraisal::Detail;
use mkba_core::lane::Isa;
use mkba_core::outcome::Outcome;
use mkba_lang::diagnostic::{Diagnostics, render};
use mkba_lang::project::DiskFiles;
use mkba_lang::read::read_study;
use mkba_lang::source::Sources;
use mkba_montecarlo::{Settings, run};
use std::path::Path;
use std::process::Command;
use std::sync::atomic::AtomicBool;

#[expect(clippy::print_stdout, reason = "a benchmark prints its figures")]
fn main() -> Result<(), Box<dyn std::error::Error>> {
    let numbers: Vec<usize> = std::env::args().filter_map(|argument| argument.parse().ok()).collect();
    let (pairs, draws) = (
        numbers.first().copied().unwrap_or(9),
        numbers.get(1).copied().unwrap_or(400_000),
    );
    let block = numbers.get(2).copied().unwrap_or(64);
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let compiled = compile(root)?;
    let program = std::env::temp_dir().join(format!("mkba-peer-{}", std::process::id()));
    let source = root.join("benches/peers/campus-cba-30.c");
    let built = Command::new("cc")
        .args(["-O3", "-march=native", "-ffast-math", "-o"])
        .arg(&program)
        .arg(source)
        .arg("-lm")
        .status()?;
    if !built.success() {
        return Err("the C program could not be built".into());
    }
    let mut ratios = Vec::new();
    for pair in 0..pairs {
        let before = processor_seconds()?;
        let outcome = evaluate(&compiled, draws, block, pair as u64)?;
        let perfect_information = value_of_perfect_information(&outcome);
        let ours = processor_seconds()? - before;
        let printed = Command::new(&program)
            .args([draws.to_string(), "1".to_owned()])
            .output()?;
        let theirs =
            field(&String::from_utf8_lossy(&printed.stdout), "\"median_s\":").ok_or("the C program printed no time")?;
        println!(
            "pair {pair}: mkba {:.2} M draws/s, C {:.2} M draws/s, ratio {:.2}   (value of perfect information {perfect_information:.2} MEUR)",
            draws as f64 / ours / 1e6,
            draws as f64 / theirs / 1e6,
            theirs / ours
        );
        ratios.push(theirs / ours);
    }
    std::fs::remove_file(&program)?;
    ratios.sort_by(f64::total_cmp);
    println!(
        "{:?}: median ratio {:.2} (least {:.2}, greatest {:.2})",
        Isa::detect(),
        ratios[pairs / 2],
        ratios[0],
        ratios[pairs - 1]
    );
    Ok(())
}

fn compile(root: &Path) -> Result<mkba_core::compiled::Compiled, Box<dyn std::error::Error>> {
    let files = DiskFiles::new(root)?;
    let (mut sources, mut diagnostics) = (Sources::default(), Diagnostics::default());
    let rulebook = toml::from_str(&std::fs::read_to_string(root.join("models/rulebooks/nl-2021.toml"))?)?;
    let compiled = read_study(&files, "scenarios/campus-cba-30.toml", &mut sources, &mut diagnostics)
        .and_then(|study| mkba_lang::compile(&study, &sources, &rulebook, Detail::Balances, &mut diagnostics));
    compiled.ok_or_else(|| render(diagnostics.list(), &sources).into())
}

fn evaluate(
    compiled: &mkba_core::compiled::Compiled,
    draws: usize,
    block: usize,
    seed: u64,
) -> Result<Outcome, Box<dyn std::error::Error>> {
    let stop = AtomicBool::new(false);
    let settings = Settings {
        draws,
        seed,
        threads: 1,
        block,
        isa: Isa::detect(),
        keep_inputs: false,
        progress: &|_| {},
        stop: &stop,
    };
    run(compiled, &settings).map_err(|error| format!("{error:?}").into())
}

/// Mean over the draws of the best balance, less the best mean balance, in million euro.
fn value_of_perfect_information(outcome: &Outcome) -> f64 {
    let compared: Vec<_> = outcome
        .catalogue
        .compared()
        .map(|a| &outcome.scenarios[0].alternatives[a])
        .collect();
    let best = (0..outcome.draws).map(|draw| compared.iter().map(|a| a.balance_draws[draw]).fold(f64::MIN, f64::max));
    let mean = best.sum::<f64>() / outcome.draws as f64;
    (mean - compared.iter().map(|a| a.balance.mean).fold(f64::MIN, f64::max)) / 1e6
}

/// User and system time of this process so far.
fn processor_seconds() -> Result<f64, Box<dyn std::error::Error>> {
    let stat = std::fs::read_to_string("/proc/self/stat")?;
    let after_name = stat.rsplit(')').next().ok_or("no process statistics")?;
    let fields: Vec<&str> = after_name.split_whitespace().collect();
    let ticks: f64 = fields[11].parse::<f64>()? + fields[12].parse::<f64>()?;
    Ok(ticks / 100.0)
}

fn field(text: &str, name: &str) -> Option<f64> {
    let rest = &text[text.find(name)? + name.len()..];
    rest.split([',', '}']).next()?.parse().ok()
}
