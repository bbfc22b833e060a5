//! Runs of more than one span: the same numbers however the work is divided, interrupted and ended.
#[path = "large_runs/portions.rs"]
mod portions;
#[expect(dead_code, reason = "shared by several test programs, each of which uses a part")]
mod support;

use mkba_core::appraisal::Detail;
use mkba_core::compiled::Compiled;
use mkba_core::lane::Isa;
use mkba_core::outcome::{Outcome, Summary};
use mkba_montecarlo::runner::SPAN;
use mkba_montecarlo::summary::{Moments, quantiles};
use mkba_montecarlo::{Finished, Plan, RunError, Settings, SpanStore, StoppedBy, Until, run_planned};
use std::collections::BTreeMap;
use std::error::Error;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{LazyLock, Mutex};
use std::time::{Duration, Instant};
use support::project::Project;

const CAMPUS: &str = "scenarios/campus-cba-30.toml";
/// Two spans and a bit, the bit not a whole number of chunks.
const DRAWS: usize = 2 * SPAN + 5000;

static COMPILED: LazyLock<Compiled> = LazyLock::new(|| Project::shipped().compile(CAMPUS, Detail::Balances));

/// How a run is divided.
#[derive(Clone, Copy)]
struct How {
    draws: usize,
    seed: u64,
    threads: usize,
    block: usize,
    isa: Isa,
}

impl Default for How {
    fn default() -> Self {
        Self {
            draws: DRAWS,
            seed: 7,
            threads: 2,
            block: 64,
            isa: Isa::detect(),
        }
    }
}

fn try_run(how: How, plan: &Plan<'_>, stop: &AtomicBool) -> Result<Finished, RunError> {
    let settings = Settings {
        draws: how.draws,
        seed: how.seed,
        threads: how.threads,
        block: how.block,
        isa: how.isa,
        keep_inputs: true,
        progress: &|_| (),
        stop,
    };
    run_planned(&COMPILED, &settings, plan)
}

fn run(how: How, plan: &Plan<'_>) -> Finished {
    try_run(how, plan, &AtomicBool::new(false)).expect("the study runs")
}

/// Every number with all its digits, the sign of zero included.
fn digits(outcome: &Outcome) -> String {
    format!("{outcome:?}")
}

/// Spans in memory.
#[derive(Default)]
struct Memory {
    spans: Mutex<BTreeMap<u64, Vec<u8>>>,
    refused: Mutex<Vec<(u64, String)>>,
    saved: AtomicUsize,
    /// Becomes true when spans were stored so many times.
    stop_after: Option<(usize, AtomicBool)>,
}

impl SpanStore for Memory {
    fn load(&self, number: u64) -> Option<Vec<u8>> {
        self.spans.lock().expect("unlocked").get(&number).cloned()
    }
    fn save(&self, number: u64, bytes: &[u8]) -> Result<(), Box<dyn Error + Send + Sync>> {
        let mut spans = self.spans.lock().expect("unlocked");
        spans.insert(number, bytes.to_vec());
        if let Some((count, stop)) = &self.stop_after
            && self.saved.fetch_add(1, Ordering::Relaxed) + 1 >= *count
        {
            stop.store(true, Ordering::Relaxed);
        }
        Ok(())
    }
    fn refused(&self, number: u64, why: &str) {
        self.refused.lock().expect("unlocked").push((number, why.to_owned()));
    }
}

impl Memory {
    fn plan(&self) -> Plan<'_> {
        Plan {
            keep: 70_000,
            spans: Some(self),
            ..Plan::default()
        }
    }
    fn change(&self, number: u64, change: impl FnOnce(&mut Vec<u8>)) {
        change(self.spans.lock().expect("unlocked").get_mut(&number).expect("stored"));
    }
}

fn balances(outcome: &Outcome) -> impl Iterator<Item = (Summary, &Vec<f64>)> {
    let scenarios = outcome.scenarios.iter().flat_map(|scenario| &scenario.alternatives);
    scenarios
        .flat_map(|one| {
            [
                (one.balance, &one.balance_draws),
                (one.balance_without_separate, &one.balance_without_separate_draws),
            ]
        })
        .filter(|(_, draws)| !draws.is_empty())
}

#[test]
fn spans_have_the_same_bits_for_all_threads_blocks_and_instruction_sets() {
    let expected = run(How::default(), &Plan::default()).outcome;
    assert_eq!((expected.draws, expected.kept), (DRAWS, DRAWS));
    for isa in Isa::ALL.into_iter().filter(|isa| isa.is_available()) {
        for (threads, block) in [(1, 8), (2, 256), (3, 1024)] {
            let how = How {
                threads,
                block,
                isa,
                ..How::default()
            };
            assert!(
                run(how, &Plan::default()).outcome == expected,
                "{isa:?}, {threads} threads, blocks of {block}"
            );
        }
    }
}

#[test]
fn summaries_of_many_draws_are_those_of_the_draws_themselves() {
    let outcome = run(How::default(), &Plan::default()).outcome;
    let mut seen = 0;
    for (summary, draws) in balances(&outcome) {
        let moments = Moments::of(draws);
        assert_eq!(summary.mean, moments.mean());
        assert_eq!(summary.standard_error, moments.standard_error());
        let exact = quantiles(&mut draws.clone(), &[0.05, 0.5, 0.95]);
        for (found, exact) in [summary.p05, summary.p50, summary.p95].into_iter().zip(exact) {
            assert!((found / exact - 1.0).abs() <= 1.0 / 2048.0, "{found} for {exact}");
            assert_ne!(found, exact, "by counts, not exactly");
        }
        seen += 1;
    }
    assert_eq!(seen, 8);
}

#[test]
fn one_span_is_exact() {
    let how = How {
        draws: SPAN,
        ..How::default()
    };
    for (summary, draws) in balances(&run(how, &Plan::default()).outcome) {
        let exact = quantiles(&mut draws.clone(), &[0.05, 0.5, 0.95]);
        assert_eq!([summary.p05, summary.p50, summary.p95][..], exact);
    }
}

#[test]
fn draws_that_are_not_kept_change_no_summary() {
    let all = run(How::default(), &Plan::default()).outcome;
    for keep in [0, 1, 70_000] {
        let few = run(
            How::default(),
            &Plan {
                keep,
                ..Plan::default()
            },
        )
        .outcome;
        assert_eq!(few.kept, keep);
        assert_eq!(few.convergence, all.convergence);
        for (few, all) in few.scenarios[0].alternatives.iter().zip(&all.scenarios[0].alternatives) {
            assert_eq!(few.balance, all.balance);
            assert_eq!(few.yearly, all.yearly);
            assert_eq!(
                few.balance_draws,
                all.balance_draws[..keep.min(all.balance_draws.len())]
            );
        }
        for ((_, few), (_, all)) in few.inputs.iter().zip(&all.inputs) {
            assert_eq!(few[..], all[..keep]);
        }
    }
}

#[test]
fn how_a_balance_is_distributed_is_told_when_draws_are_not_kept() {
    let how = How {
        draws: 5000,
        ..How::default()
    };
    let all = run(how, &Plan::default()).outcome;
    let none = run(
        how,
        &Plan {
            keep: 0,
            ..Plan::default()
        },
    )
    .outcome;
    for (all, none) in all.scenarios[0]
        .alternatives
        .iter()
        .zip(&none.scenarios[0].alternatives)
        .skip(1)
    {
        assert_eq!(all.balance_distribution, None);
        let spread = none.balance_distribution.as_ref().expect("told");
        let positive = all.balance_draws.iter().filter(|balance| **balance > 0.0).count();
        assert_eq!(spread.share_positive, positive as f64 / 5000.0);
        assert_eq!(spread.quantiles.len(), 201);
        assert!(spread.quantiles.is_sorted());
        let least = all.balance_draws.iter().copied().fold(f64::INFINITY, f64::min);
        assert!((spread.quantiles[0] / least - 1.0).abs() <= 1.0 / 2048.0);
    }
}

#[test]
fn an_interrupted_run_goes_on_from_its_finished_spans_to_the_same_bits() {
    let whole = digits(&run(How::default(), &Memory::default().plan()).outcome);
    for finished in [1, 2] {
        let store = Memory {
            stop_after: Some((finished, AtomicBool::new(false))),
            ..Memory::default()
        };
        let stop = &store.stop_after.as_ref().expect("given").1;
        assert!(matches!(
            try_run(How::default(), &store.plan(), stop),
            Err(RunError::Stopped)
        ));
        assert_eq!(store.spans.lock().expect("unlocked").len(), finished);
        let resumed = run(
            How {
                threads: 1,
                ..How::default()
            },
            &store.plan(),
        );
        assert_eq!(resumed.loaded, (finished * SPAN) as u64);
        assert!(digits(&resumed.outcome) == whole, "{finished} spans");
    }
}

#[test]
fn any_span_that_is_missing_damaged_or_foreign_is_computed_again() {
    let store = Memory::default();
    let whole = digits(&run(How::default(), &store.plan()).outcome);
    assert_eq!(store.spans.lock().expect("unlocked").len(), 3);

    store.spans.lock().expect("unlocked").remove(&0);
    store.change(1, |bytes| bytes[1000] ^= 4);
    store.change(2, |bytes| bytes.truncate(500));
    let again = run(How::default(), &store.plan());
    assert!(digits(&again.outcome) == whole);
    assert_eq!(again.loaded, 0);
    let refused = std::mem::take(&mut *store.refused.lock().expect("unlocked"));
    assert_eq!(
        refused,
        [(1, "it is damaged".to_owned()), (2, "it is damaged".to_owned())]
    );

    let other = How {
        seed: 8,
        ..How::default()
    };
    let with_foreign = digits(&run(other, &store.plan()).outcome);
    assert_eq!(store.refused.lock().expect("unlocked").len(), 3);
    assert!(with_foreign == digits(&run(other, &Memory::default().plan()).outcome));

    // Now the spans are those of the other seed; all of them serve.
    let again = run(other, &store.plan());
    assert_eq!(again.loaded, DRAWS as u64);
    assert!(digits(&again.outcome) == with_foreign);
}

#[test]
fn finished_spans_serve_a_run_of_more_draws() {
    let store = Memory::default();
    run(How::default(), &store.plan());
    let more = How {
        draws: DRAWS + SPAN,
        ..How::default()
    };
    let resumed = run(more, &store.plan());
    // The last span had fewer draws than it has now.
    assert_eq!(resumed.loaded, 2 * SPAN as u64);
    assert!(digits(&resumed.outcome) == digits(&run(more, &Memory::default().plan()).outcome));
}

fn until(rule: &str) -> Until {
    rule.parse().expect("a rule")
}

#[test]
fn a_run_that_ends_by_a_rule_is_the_run_of_that_many_draws() {
    // The error after 1024 draws is about 3 MEUR for the largest balance, and halves with four times the draws.
    for (rule, border) in [
        ("se(npv) < 100 MEUR", 1024),
        ("se(npv) < 2 MEUR", 16_384),
        ("se(npv) < 0.9 MEUR", SPAN),
        ("se(npv) < 0.55 MEUR", 2 * SPAN),
    ] {
        let rule = until(rule);
        let mut ends = Vec::new();
        for threads in [1, 2] {
            let how = How {
                draws: 3 * SPAN,
                threads,
                ..How::default()
            };
            let plan = Plan {
                until: Some(&rule),
                ..Plan::default()
            };
            let ended = run(how, &plan);
            assert_eq!(ended.stopped_by, StoppedBy::Until, "{rule}");
            assert!(ended.verdict.as_ref().expect("judged").met);
            ends.push(ended.outcome);
        }
        assert_eq!(ends[0].draws, border, "{rule}");
        assert!(ends[0] == ends[1]);
        let asked = How {
            draws: border,
            ..How::default()
        };
        assert!(
            digits(&run(asked, &Plan::default()).outcome) == digits(&ends[0]),
            "{rule}"
        );
    }
}

#[test]
fn a_rule_looks_at_early_borders_of_stored_spans_too() {
    let rule = until("se(npv) < 2 MEUR and rank 99 %");
    let fresh = Plan {
        until: Some(&rule),
        keep: 70_000,
        ..Plan::default()
    };
    let expected = run(How::default(), &fresh);
    assert!(expected.outcome.draws < SPAN);
    let store = Memory::default();
    run(How::default(), &store.plan());
    let resumed = run(
        How::default(),
        &Plan {
            until: Some(&rule),
            ..store.plan()
        },
    );
    assert_eq!(resumed.stopped_by, StoppedBy::Until);
    assert!(digits(&resumed.outcome) == digits(&expected.outcome));
}

#[test]
fn a_rule_that_never_holds_leaves_all_draws_and_says_what_is_missing() {
    let rule = until("se(npv) < 1 kEUR");
    let how = How {
        draws: 3000,
        ..How::default()
    };
    let ended = run(
        how,
        &Plan {
            until: Some(&rule),
            ..Plan::default()
        },
    );
    assert_eq!((ended.stopped_by, ended.outcome.draws), (StoppedBy::Draws, 3000));
    let verdict = ended.verdict.expect("judged");
    assert!(
        !verdict.met && verdict.sentences[0].contains("draws would be needed"),
        "{verdict:?}"
    );
}

#[test]
fn the_ranking_becomes_certain_as_draws_are_added() {
    let outcome = run(How::default(), &Plan::default()).outcome;
    let draws: Vec<u64> = outcome.convergence.iter().map(|checkpoint| checkpoint.draws).collect();
    let borders = [1024, 2048, 4096, 8192, 16_384, 32_768, 65_536, 131_072];
    assert_eq!(draws[..8], borders);
    assert_eq!(draws[8..], [DRAWS as u64]);
    let ranking: Vec<f64> = outcome
        .convergence
        .iter()
        .map(|checkpoint| checkpoint.scenarios[0].ranking)
        .collect();
    assert!(ranking[0] < ranking[7] && ranking[7] > 0.999_999, "{ranking:?}");
    let last = outcome.convergence.last().expect("one");
    let found = outcome.scenarios[0]
        .alternatives
        .iter()
        .map(|alternative| alternative.balance);
    assert!(found.eq(last.scenarios[0].balances.iter().copied()));
}

#[test]
fn lack_of_time_ends_a_run_at_a_border() {
    let passed = Plan {
        deadline: Some(Instant::now()),
        ..Plan::default()
    };
    let ended = run(How::default(), &passed);
    assert_eq!((ended.stopped_by, ended.outcome.draws), (StoppedBy::Time, 1024));
    let asked = How {
        draws: 1024,
        ..How::default()
    };
    assert!(digits(&run(asked, &Plan::default()).outcome) == digits(&ended.outcome));

    let enough = Plan {
        deadline: Some(Instant::now() + Duration::from_secs(3600)),
        ..Plan::default()
    };
    let ended = run(How::default(), &enough);
    assert_eq!((ended.stopped_by, ended.outcome.draws), (StoppedBy::Draws, DRAWS));
}

#[test]
fn a_span_that_cannot_be_stored_stops_the_run() {
    struct Full;
    impl SpanStore for Full {
        fn load(&self, _: u64) -> Option<Vec<u8>> {
            None
        }
        fn save(&self, _: u64, _: &[u8]) -> Result<(), Box<dyn Error + Send + Sync>> {
            Err("the disk is full".into())
        }
        fn refused(&self, _: u64, _: &str) {}
    }
    let plan = Plan {
        spans: Some(&Full),
        ..Plan::default()
    };
    let stop = AtomicBool::new(false);
    let Err(RunError::Store(error)) = try_run(How::default(), &plan, &stop) else {
        panic!("it ran");
    };
    assert_eq!(error.to_string(), "the disk is full");
}
