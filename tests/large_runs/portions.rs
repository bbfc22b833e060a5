//! Spans that are evaluated and stored portion by portion.
use super::{DRAWS, How, Memory, digits, run, try_run, until};
use mkba_montecarlo::runner::SPAN;
use mkba_montecarlo::summary::CHUNK;
use mkba_montecarlo::{Plan, RunError, StoppedBy};
use std::sync::atomic::AtomicBool;

#[test]
fn portions_of_any_size_give_the_bits_of_whole_spans() {
    let few = Plan {
        keep: 3000,
        ..Plan::default()
    };
    for (plan, draws) in [(few, DRAWS), (few, SPAN + 1), (Plan::default(), 2 * SPAN)] {
        let how = How {
            draws,
            ..How::default()
        };
        let whole = digits(&run(how, &plan).outcome);
        for (portion, threads) in [(1, 1), (4, 2), (7, 3), (32, 1)] {
            let in_portions = Plan {
                portion: Some(portion),
                ..plan
            };
            let found = run(How { threads, ..how }, &in_portions).outcome;
            assert!(digits(&found) == whole, "{draws} draws, portions of {portion} chunks");
        }
    }
}

#[test]
fn a_run_goes_on_from_the_middle_of_a_span() {
    const PORTION: usize = 4;
    fn plan(store: &Memory) -> Plan<'_> {
        Plan {
            portion: Some(PORTION),
            ..store.plan()
        }
    }
    let whole = digits(&run(How::default(), &Memory::default().plan()).outcome);
    let mut loaded = Vec::new();
    for stop_after in [1, 9, 33] {
        let store = Memory {
            stop_after: Some((stop_after, AtomicBool::new(false))),
            ..Memory::default()
        };
        let one = How {
            threads: 1,
            ..How::default()
        };
        let stop = &store.stop_after.as_ref().expect("given").1;
        assert!(matches!(try_run(one, &plan(&store), stop), Err(RunError::Stopped)));
        let resumed = run(How::default(), &plan(&store));
        loaded.push(resumed.loaded as usize / (PORTION * CHUNK));
        assert!(digits(&resumed.outcome) == whole, "stored {stop_after} times");
        assert!(store.refused.lock().expect("unlocked").is_empty());
    }
    assert_eq!(loaded, [1, 9, 33]);
}

#[test]
fn a_rule_does_not_go_on_from_the_middle_of_the_first_span_but_finds_the_same() {
    let rule = until("se(npv) < 2 MEUR");
    let store = Memory {
        stop_after: Some((2, AtomicBool::new(false))),
        ..Memory::default()
    };
    let plan = Plan {
        portion: Some(4),
        ..store.plan()
    };
    let stop = &store.stop_after.as_ref().expect("given").1;
    let fresh = Plan {
        until: Some(&rule),
        ..plan
    };
    let expected = run(How::default(), &Plan { spans: None, ..fresh });
    assert_eq!(expected.outcome.draws, 16_384);
    let one = How {
        threads: 1,
        ..How::default()
    };
    assert!(matches!(try_run(one, &plan, stop), Err(RunError::Stopped)));
    let ended = run(How::default(), &fresh);
    assert_eq!((ended.stopped_by, ended.loaded), (StoppedBy::Until, 0));
    assert!(digits(&ended.outcome) == digits(&expected.outcome));
}
