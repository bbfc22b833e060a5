//! A draw that goes wrong stops the run and says which draw, which value, where and when.
#[expect(dead_code, reason = "shared by several test programs, each of which uses a part")]
mod support;

use mkba_core::appraisal::Detail;
use mkba_core::lane::Isa;
use mkba_montecarlo::{NotFinite, RunError, Settings, run};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use support::project::Run;
use support::small::Small;
use support::view::view;

/// Three campuses whose chance is now and then zero, two scenarios, five years.
fn chances(formula: &str) -> Small {
    Small::new(2026, 2026, 2030)
        .scenarios("[scenario.first]\n[scenario.second]\n")
        .file("campuses.csv", "id\neast\nnorth\nwest\n")
        .model(
            "
            [index.campus]
            from = 'campuses.csv'
            key = 'id'
            [lever.done]
            default = '0'
            combine = 'max'
            [parameter.chance]
            value = 'discrete(0: 0.01 %, 1: 39.99 %, 2: 60 %)'
            over = ['campus']
            draws = 'each'
            [parameter.size]
            value = 'uniform(1, 2)'
            ",
        )
        .model(&format!(
            "[variable.odds]\nunit = '1'\nover = ['campus']\nformula = '{formula}'"
        ))
        .model(
            "[flow.gain]\nlabel = 'Gain'\nkind = 'benefit'\nformula = 'done * odds * 1 MEUR/year'\naccrues_to = 'firm'",
        )
        .alternatives("[alternative.go]\nset = { done = '1' }")
}

fn fault(small: &Small, how: Run) -> NotFinite {
    match small.project().try_run("study.toml", how) {
        Err(RunError::NotFinite(fault)) => *fault,
        other => panic!("a fault was expected: {:?}", other.map(|outcome| outcome.draws)),
    }
}

#[test]
fn a_division_by_zero_names_the_first_draw_that_has_it_with_value_element_and_year() {
    let draws = 6000;
    let keys = ["east", "north", "west"];
    // The first draw with a zero, of the first seed where it is neither in the first block nor at the first campus alone.
    let (seed, expected, element) = (1..)
        .find_map(|seed| {
            let sound = chances("size * chance").project().run(
                "study.toml",
                Run {
                    seed,
                    ..Run::draws(draws)
                },
            );
            let of = |key: &str| {
                &sound
                    .inputs
                    .iter()
                    .find(|(name, _)| name == &format!("chance[{key}]"))
                    .expect("an input")
                    .1
            };
            let draw = (0..draws).find(|&draw| keys.iter().any(|key| of(key)[draw] == 0.0))?;
            let element = keys.into_iter().find(|key| of(key)[draw] == 0.0)?;
            (draw > 64 && element != "east").then_some((seed, draw, element))
        })
        .expect("a zero is drawn in the end");
    // In the third year only.
    let wrong = chances("if now = 2028 then size / chance else size");
    for (threads, block, isa) in [(1, 64, Isa::detect()), (2, 8, Isa::Baseline), (2, 256, Isa::detect())] {
        let found = fault(
            &wrong,
            Run {
                seed,
                threads,
                block,
                isa,
                ..Run::draws(draws)
            },
        );
        assert_eq!((found.draw, found.scenario.as_str()), (expected, "first"));
        assert_eq!(
            (found.name.as_str(), found.element.as_str(), found.year),
            ("odds", element, Some(2028))
        );
        assert!(found.value.is_infinite() && !found.negative);
        assert!(
            found
                .inputs
                .iter()
                .any(|(name, value)| name == &format!("chance[{element}]") && *value == 0.0),
            "{:?}",
            found.inputs
        );
        assert!(found.inputs.iter().any(|(name, _)| name == "size"));
    }
}

#[test]
fn a_fault_in_a_part_that_is_not_chosen_is_no_fault() {
    let outcome = chances("if chance = 0 then 0 else size / chance").draws(6000);
    assert!(view(&outcome, "first", "go").balance() > 0.0);
    let outcome = chances("ratio(size, chance, if_none = 0)").draws(6000);
    assert!(view(&outcome, "second", "go").balance() > 0.0);
}

#[test]
fn a_known_zero_in_one_year_is_found_in_the_first_draw_of_the_first_scenario() {
    let series = "[series.dip]\nunit = '1'\npoints = { 2026 = 3, 2029 = 0, 2030 = 1 }\nbetween = 'linear'\nassumption = 'test'\nconfidence = 'high'\n";
    let found = fault(&chances("size / dip + 0 * chance").model(series), Run::draws(100));
    assert_eq!(
        (found.draw, found.scenario.as_str(), found.name.as_str(), found.year),
        (0, "first", "odds", Some(2029))
    );
}

#[test]
fn a_value_that_is_too_great_is_a_fault() {
    let found = fault(&chances("exp(400 * size) + chance"), Run::draws(100));
    assert_eq!((found.name.as_str(), found.value), ("odds", f64::INFINITY));
    let size = found
        .inputs
        .iter()
        .find(|(name, _)| name == "size")
        .expect("the input")
        .1;
    assert!(400.0 * size > 709.0, "{size}");
}

/// A gate whose applicants may ask for less than nothing.
fn gate(wish: &str, room: &str, wanted: &str) -> Small {
    Small::new(2026, 2026, 2030)
        .file("campuses.csv", "id\neast\nwest\n")
        .model(
            "
            [unit.m2]
            [index.campus]
            from = 'campuses.csv'
            key = 'id'
            [lever.done]
            default = '0'
            combine = 'max'
            [flow.gain]
            label = 'Gain'
            kind = 'benefit'
            formula = 'permit.granted * 100 EUR/m2'
            accrues_to = 'firm'
            ",
        )
        .model(&format!("[gate.permit]\nwanted = '{wanted}'\ncapacity = 'room'\nunserved = 'waits'"))
        .model(&format!("[parameter]\nwish = {{ value = '{wish}', over = ['campus'], draws = 'each' }}\nroom = {{ value = '{room}' }}"))
        .alternatives("[alternative.go]\nset = { done = '1' }")
}

#[test]
fn a_negative_amount_asked_of_a_gate_is_a_fault_with_its_draw_and_element() {
    let room = "10 m2/year";
    let found = fault(
        &gate("normal(5, sd = 2) m2/year", room, "done * wish"),
        Run::draws(3000),
    );
    assert!(found.negative, "{found:?}");
    assert_eq!((found.name.as_str(), found.year), ("permit.granted", Some(2026)));
    let wish = found
        .inputs
        .iter()
        .find(|(name, _)| name == &format!("wish[{}]", found.element))
        .expect("the input")
        .1;
    assert!(wish < 0.0, "{wish}");
    // The same gate is sound as long as nobody asks for less than nothing.
    assert!(
        gate("uniform(0, 10) m2/year", room, "done * wish")
            .project()
            .try_run("study.toml", Run::draws(3000))
            .is_ok()
    );
}

#[test]
fn an_infinite_amount_asked_of_a_gate_is_not_called_negative() {
    let wanted = "done * wish * wish / (wish - 1 m2/year)";
    let found = fault(
        &gate("discrete(1: 2 %, 2: 98 %) m2/year", "10 m2/year", wanted),
        Run::draws(1000),
    );
    assert_eq!((found.name.as_str(), found.negative), ("permit.granted", false));
}

#[test]
fn a_negative_capacity_of_a_gate_is_a_fault() {
    let found = fault(
        &gate("uniform(0, 10) m2/year", "normal(8, sd = 3) m2/year", "done * wish"),
        Run::draws(3000),
    );
    assert!(found.negative);
    assert_eq!(found.name, "permit.granted");
    let room = found
        .inputs
        .iter()
        .find(|(name, _)| name == "room")
        .expect("the input")
        .1;
    assert!(room < 0.0, "{room}");
}

#[test]
fn a_run_that_is_stopped_gives_no_outcome_and_one_that_is_not_reports_every_draw() {
    let compiled = chances("size * chance").project().compile("study.toml", Detail::Full);
    let (stop, done) = (AtomicBool::new(false), AtomicUsize::new(0));
    let progress = |draws: usize| {
        done.fetch_add(draws, Ordering::Relaxed);
    };
    let settings = Settings {
        draws: 5000,
        seed: 1,
        threads: 2,
        block: 64,
        isa: Isa::detect(),
        keep_inputs: false,
        progress: &progress,
        stop: &stop,
    };
    assert!(run(&compiled, &settings).is_ok());
    assert_eq!(done.load(Ordering::Relaxed), 5000);
    let stop_early = |_: usize| stop.store(true, Ordering::Relaxed);
    assert!(matches!(
        run(
            &compiled,
            &Settings {
                progress: &stop_early,
                ..settings
            }
        ),
        Err(RunError::Stopped)
    ));
}
