//! Whether a run fits in memory, before it starts.
use crate::failure::Failure;
use mkba_core::compiled::Compiled;
use mkba_montecarlo::{Plan, Settings, runner};
use std::num::NonZero;

/// Bytes of a row of `npv.parquet` while it is written: names, numbers, and both again as columns.
const BYTES_PER_BALANCE: u64 = 400;
/// The program itself, its libraries, and the tables that do not grow with the draws.
const BESIDES: u64 = 100_000_000;

/// Refuses a run that is expected to need more than `most` bytes, or than are free if no limit is given.
///
/// # Errors
/// It needs more; says what can be done.
pub(super) fn require(
    compiled: &Compiled,
    settings: &Settings<'_>,
    plan: &Plan<'_>,
    most: Option<u64>,
) -> Result<(), Failure> {
    let Some(available) = most.or_else(available) else {
        return Ok(());
    };
    let threads = match settings.threads {
        0 => std::thread::available_parallelism().map_or(1, NonZero::get),
        number => number,
    };
    let all = needed(compiled, settings, plan, threads);
    if all <= available {
        return Ok(());
    }
    let without = Plan { keep: 0, ..*plan };
    let without_draws = needed(compiled, settings, &without, threads);
    let gigabytes = |bytes: u64| bytes as f64 / 1e9;
    let limit = if most.is_some() {
        "allowed by `--max-memory`"
    } else {
        "free"
    };
    let advice = if without_draws <= available {
        let kept = plan.keep.min(settings.draws);
        let room = (available - without_draws) / ((all - without_draws) / kept.max(1) as u64).max(1);
        format!("; of that, {kept} draws that are kept one by one: `--keep {room}` would fit")
    } else if threads > 1 && needed(compiled, settings, &without, 1) <= available {
        "; each thread needs its own part: choose fewer with `--threads`, and `--keep 0`".to_owned()
    } else {
        String::new()
    };
    Err(Failure::Use(format!(
        "the run is expected to need {:.2} GB of memory, and {:.2} GB are {limit}{advice}",
        gigabytes(all),
        gigabytes(available)
    )))
}

fn needed(compiled: &Compiled, settings: &Settings<'_>, plan: &Plan<'_>, threads: usize) -> u64 {
    let cases = u64::from(compiled.program.scenarios) * compiled.catalogue.alternatives.len() as u64;
    let written = (plan.keep.min(settings.draws) as u64).saturating_mul(cases * BYTES_PER_BALANCE);
    let run = runner::memory(compiled, settings, plan, threads);
    BESIDES.saturating_add(run).saturating_add(written)
}

/// Bytes that Linux says can be had without swapping; unknown elsewhere.
pub fn available() -> Option<u64> {
    let text = std::fs::read_to_string("/proc/meminfo").ok()?;
    let line = text.lines().find_map(|line| line.strip_prefix("MemAvailable:"))?;
    let kibibytes: u64 = line.trim().strip_suffix("kB")?.trim().parse().ok()?;
    Some(kibibytes * 1024)
}

#[cfg(test)]
mod tests {
    use super::*;
    use mkba_core::lane::Isa;
    use std::sync::atomic::AtomicBool;

    fn refusal(draws: usize, keep: usize, most: u64) -> Option<String> {
        let compiled = Compiled {
            program: mkba_core::program::Program {
                outputs: vec![(mkba_core::program::Source::Rows(0), 1)],
                scenarios: 2,
                ..Default::default()
            },
            graph: mkba_core::graph::Graph::new(Default::default(), 2, 1),
            inputs: Vec::new(),
            dependences: Vec::new(),
            catalogue: mkba_core::appraisal::catalogue::Catalogue {
                alternatives: vec![Default::default()],
                ..Default::default()
            },
            outputs: vec![mkba_core::appraisal::Quantity::Balance { alternative: 0 }],
            yearly: Vec::new(),
            observed: Vec::new(),
        };
        let stop = AtomicBool::new(false);
        let settings = Settings {
            draws,
            seed: 1,
            threads: 1,
            block: 64,
            isa: Isa::Baseline,
            keep_inputs: true,
            progress: &|_| (),
            stop: &stop,
        };
        let plan = Plan {
            keep,
            ..Plan::default()
        };
        let failure = require(&compiled, &settings, &plan, Some(most)).err()?;
        assert_eq!(failure.exit_code(), 2);
        Some(failure.message())
    }

    #[test]
    fn memory_does_not_grow_with_the_draws_unless_they_are_kept() {
        assert_eq!(refusal(1 << 40, 65_536, 250_000_000), None);
        let message = refusal(1 << 40, usize::MAX, 250_000_000).expect("too much");
        assert!(
            message.contains("--keep") && message.contains("--max-memory"),
            "{message}"
        );
    }

    #[test]
    fn the_number_of_draws_that_fits_is_told() {
        let message = refusal(1_000_000, 1_000_000, 300_000_000).expect("too much");
        let words = message.split_once("--keep ").expect("advice").1;
        let room: usize = words.split('`').next().expect("a number").parse().expect("a number");
        assert_eq!(refusal(1_000_000, room, 300_000_000), None);
        assert!(refusal(1_000_000, room + room / 10, 300_000_000).is_some());
    }

    #[test]
    fn a_machine_that_is_too_small_is_told_so() {
        assert!(
            refusal(10, 10, 1_000_000)
                .expect("too much")
                .contains("expected to need 0.1")
        );
    }
}
