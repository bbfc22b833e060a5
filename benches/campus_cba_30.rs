//! The benchmark model against its peers, in pairs: `cargo bench --bench campus_cba_30 [-- PAIRS DRAWS BLOCK avx2]`.
//!
//! All sides sample 20 inputs, evaluate 4 alternatives over 30 years and summarise (means, quantiles, value of perfect information) on one
//! thread. Peers are C as written down, C with what alternatives share computed once, and numpy, idiomatic and tuned (`benches/peers`);
//! numpy is left out where python3 has none. Processor time of each side, taken in turns, so that a noisy machine disturbs all; the
//! figures that count are the median ratios. With the word `avx2` or `baseline` the engine uses no wider vectors than those.
use mkba_core::appraisal::Detail;
use mkba_core::compiled::Compiled;
use mkba_core::lane::Isa;
use mkba_core::outcome::Outcome;
use mkba_lang::diagnostic::{Diagnostics, render};
use mkba_lang::project::DiskFiles;
use mkba_lang::read::read_study;
use mkba_lang::source::Sources;
use mkba_montecarlo::design::{Dimensions, Kind};
use mkba_montecarlo::{Plan, Settings, run_planned};
use nix::time::ClockId;
use serde::Deserialize;
use std::error::Error;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::atomic::AtomicBool;

/// Numpy is slow enough to be measured on fewer draws.
const DRAWS_OF_NUMPY: usize = 100_000;

/// What a peer prints.
#[derive(Debug, Deserialize)]
struct Found {
    seconds: f64,
    /// Mean balance of each alternative, million euro.
    means: Vec<f64>,
    /// Million euro.
    perfect_information: f64,
}

/// A program that computes the same.
struct Peer {
    name: &'static str,
    command: Vec<String>,
    draws: usize,
    /// Draws a second of the engine divided by those of the peer, pair by pair.
    ratios: Vec<f64>,
}

#[expect(clippy::print_stdout, reason = "a benchmark prints its figures")]
fn main() -> Result<(), Box<dyn Error>> {
    let numbers: Vec<usize> = std::env::args().filter_map(|argument| argument.parse().ok()).collect();
    let pairs = numbers.first().copied().unwrap_or(9);
    let draws = numbers.get(1).copied().unwrap_or(400_000);
    let block = numbers.get(2).copied().unwrap_or(64);
    let has = |word: &str| std::env::args().any(|argument| argument == word);
    let isa = match (has("avx2"), has("baseline")) {
        (false, false) => Isa::detect(),
        (true, _) => Isa::Avx2,
        (_, true) => Isa::Baseline,
    };
    let engine = Engine::new(block, isa)?;
    engine.designs(pairs, draws)?;
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let folder = std::env::temp_dir().join(format!("mkba-peers-{}", std::process::id()));
    std::fs::create_dir_all(&folder)?;
    let mut peers = peers(root, &folder, draws)?;
    for pair in 0..pairs {
        for peer in &mut peers {
            let ours = engine.run(Kind::Random, peer.draws, pair as u64)?;
            let theirs = peer.run(pair)?;
            agree(&ours, &theirs, peer)?;
            peer.ratios.push(theirs.seconds / ours.seconds);
            println!(
                "pair {pair}, {:<20} {:>6.2} M draws a second, mkba {:>6.2} M, ratio {:.2}",
                peer.name,
                peer.draws as f64 / theirs.seconds / 1e6,
                peer.draws as f64 / ours.seconds / 1e6,
                theirs.seconds / ours.seconds
            );
        }
    }
    std::fs::remove_dir_all(&folder)?;
    println!("\n{isa:?}, blocks of {block}: how many times as fast as");
    for Peer { name, ratios, .. } in &mut peers {
        ratios.sort_by(f64::total_cmp);
        let (least, greatest) = (ratios[0], ratios[ratios.len() - 1]);
        println!(
            "{name:<20} median {:>6.2} (least {least:.2}, greatest {greatest:.2})",
            ratios[ratios.len() / 2]
        );
    }
    Ok(())
}

/// Builds the C programs, and finds out whether there is numpy.
#[expect(clippy::print_stdout, reason = "a benchmark prints its figures")]
fn peers(root: &Path, folder: &Path, draws: usize) -> Result<Vec<Peer>, Box<dyn Error>> {
    let source = root.join("benches/peers/campus-cba-30.c");
    let mut peers = Vec::new();
    for (name, file, define) in [
        ("C", "plain", None),
        ("C, shared terms", "shared", Some("-DSHARED_TERMS")),
    ] {
        let program = folder.join(file);
        let mut build = Command::new("cc");
        build
            .args(["-O3", "-march=native", "-ffast-math"])
            .args(define)
            .arg(&source)
            .arg("-lm")
            .arg("-o")
            .arg(&program);
        if !build.status()?.success() {
            return Err(format!("{} cannot be built", source.display()).into());
        }
        peers.push(Peer::new(name, vec![text(program)], draws));
    }
    let python = std::env::var("PYTHON").unwrap_or_else(|_| "python3".to_owned());
    let has_numpy = Command::new(&python)
        .args(["-c", "import numpy"])
        .output()
        .is_ok_and(|found| found.status.success());
    if has_numpy {
        let script = text(root.join("benches/peers/campus_cba_30.py"));
        for (name, variant) in [("numpy, tuned", "tuned"), ("numpy, idiomatic", "idiomatic")] {
            let command = vec![python.clone(), script.clone(), variant.to_owned()];
            peers.push(Peer::new(name, command, draws.min(DRAWS_OF_NUMPY)));
        }
    } else {
        println!("no numpy in `{python}`: not compared with it (the variable PYTHON names another interpreter)");
    }
    Ok(peers)
}

fn text(path: PathBuf) -> String {
    path.to_string_lossy().into_owned()
}

impl Peer {
    fn new(name: &'static str, command: Vec<String>, draws: usize) -> Self {
        Self {
            name,
            command,
            draws,
            ratios: Vec::new(),
        }
    }

    fn run(&self, pair: usize) -> Result<Found, Box<dyn Error>> {
        let mut command = Command::new(&self.command[0]);
        command
            .args(&self.command[1..])
            .args([self.draws.to_string(), (pair + 1).to_string()]);
        // One thread, as for everybody.
        let output = command
            .env("OMP_NUM_THREADS", "1")
            .env("OPENBLAS_NUM_THREADS", "1")
            .output()?;
        if !output.status.success() {
            return Err(format!("{} failed: {}", self.name, String::from_utf8_lossy(&output.stderr)).into());
        }
        Ok(serde_json::from_slice(&output.stdout)?)
    }
}

/// Both sides compute the same: means and the value of perfect information agree within what draws leave open.
fn agree(ours: &Found, theirs: &Found, peer: &Peer) -> Result<(), Box<dyn Error>> {
    let (a, b) = (
        ours.means.iter().chain([&ours.perfect_information]),
        theirs.means.iter().chain([&theirs.perfect_information]),
    );
    // The greatest deviation of a balance is about 200 million euro; six standard errors of a difference of two such means.
    let allowed = 6.0 * 2_f64.sqrt() * 200.0 / (peer.draws as f64).sqrt();
    let far = |apart: f64| apart.is_nan() || apart >= allowed;
    match a.zip(b).find(|(a, b)| far((*a - *b).abs())) {
        Some((a, b)) => Err(format!("mkba finds {a}, {} finds {b} million euro", peer.name).into()),
        None => Ok(()),
    }
}

fn compile(root: &Path) -> Result<Compiled, Box<dyn Error>> {
    let files = DiskFiles::new(root)?;
    let (mut sources, mut diagnostics) = (Sources::default(), Diagnostics::default());
    let rulebook = toml::from_str(&std::fs::read_to_string(root.join("models/rulebooks/nl-2021.toml"))?)?;
    let compiled = read_study(&files, "scenarios/campus-cba-30.toml", &mut sources, &mut diagnostics)
        .and_then(|study| mkba_lang::compile(&study, &sources, &rulebook, Detail::WholeBalances, &mut diagnostics));
    compiled.ok_or_else(|| render(diagnostics.list(), &sources).into())
}

/// The engine with its study.
struct Engine {
    compiled: Compiled,
    dimensions: Dimensions,
    block: usize,
    isa: Isa,
}

impl Engine {
    fn new(block: usize, isa: Isa) -> Result<Self, Box<dyn Error>> {
        let root = Path::new(env!("CARGO_MANIFEST_DIR"));
        let lock = std::fs::read_to_string(root.join("models/teaching/campus-cba-30/sobol.lock"))?;
        Ok(Self {
            compiled: compile(root)?,
            dimensions: Dimensions::parse(&lock).map_err(|fault| format!("{fault:?}"))?,
            block,
            isa,
        })
    }

    fn run(&self, design: Kind, draws: usize, seed: u64) -> Result<Found, Box<dyn Error>> {
        let stop = AtomicBool::new(false);
        let settings = Settings {
            draws,
            seed,
            threads: 1,
            block: self.block,
            isa: self.isa,
            keep_inputs: false,
            progress: &|_| {},
            stop: &stop,
        };
        let plan = Plan {
            design,
            dimensions: Some(&self.dimensions),
            ..Plan::default()
        };
        let before = processor_seconds()?;
        let outcome = run_planned(&self.compiled, &settings, &plan)
            .map_err(|error| format!("{error:?}"))?
            .outcome;
        let perfect_information = value_of_perfect_information(&outcome);
        Ok(Found {
            seconds: processor_seconds()? - before,
            means: compared(&outcome)
                .map(|alternative| alternative.balance.mean / 1e6)
                .collect(),
            perfect_information,
        })
    }

    /// Prints how fast other designs are beside random draws.
    #[expect(clippy::print_stdout, reason = "a benchmark prints its figures")]
    fn designs(&self, pairs: usize, draws: usize) -> Result<(), Box<dyn Error>> {
        for design in [Kind::LatinHypercube, Kind::Sobol] {
            let mut ratios = Vec::new();
            for pair in 0..pairs {
                let random = self.run(Kind::Random, draws, pair as u64)?.seconds;
                ratios.push(random / self.run(design, draws, pair as u64)?.seconds);
            }
            ratios.sort_by(f64::total_cmp);
            println!("{}: {:.2} of the random rate", design.name(), ratios[ratios.len() / 2]);
        }
        Ok(())
    }
}

fn compared(outcome: &Outcome) -> impl Iterator<Item = &mkba_core::outcome::AlternativeOutcome> {
    outcome
        .catalogue
        .compared()
        .map(|number| &outcome.scenarios[0].alternatives[number])
}

/// Mean over the draws of the best balance, less the best mean balance, in million euro.
fn value_of_perfect_information(outcome: &Outcome) -> f64 {
    let compared: Vec<_> = compared(outcome).collect();
    let mut best = vec![f64::MIN; outcome.draws];
    for alternative in &compared {
        for (best, &balance) in best.iter_mut().zip(&alternative.balance_draws) {
            *best = best.max(balance);
        }
    }
    let mean = best.iter().sum::<f64>() / outcome.draws as f64;
    (mean - compared.iter().map(|a| a.balance.mean).fold(f64::MIN, f64::max)) / 1e6
}

/// User and system time of this process so far.
fn processor_seconds() -> Result<f64, Box<dyn Error>> {
    let time = ClockId::CLOCK_PROCESS_CPUTIME_ID.now()?;
    Ok(time.tv_sec() as f64 + time.tv_nsec() as f64 * 1e-9)
}
