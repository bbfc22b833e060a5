//! The same study gives the same bits, however it is divided over threads, blocks and instruction sets; a draw depends on nothing but the
//! seed, its number and the names of the inputs.
#[expect(dead_code, reason = "shared by several test programs, each of which uses a part")]
mod support;

use mkba_core::appraisal::Detail;
use mkba_core::lane::Isa;
use mkba_core::outcome::Outcome;
use std::collections::BTreeMap;
use support::project::{Project, Run, evaluate};
use support::view::view;

const CAMPUS: &str = "scenarios/campus-cba-30.toml";
const PARAMETERS: &str = "models/teaching/campus-cba-30/parameters.toml";
const CITY_DEAL: &str = "scenarios/city-deal.toml";

/// Every number with all its digits, the sign of zero included.
fn digits(outcome: &Outcome) -> String {
    format!("{outcome:?}")
}

/// Runs a study in every division of the work and compares all numbers.
fn assert_same_for_every_division(study: &str, draws: usize) {
    let compiled = Project::shipped().compile(study, Detail::Full);
    let first = Run {
        threads: 1,
        block: 64,
        isa: Isa::Baseline,
        ..Run::draws(draws)
    };
    let expected = evaluate(&compiled, first).expect("the study runs");
    let digits_expected = digits(&expected);
    assert_eq!(expected.draws, draws);
    let mut tried = 0;
    for isa in Isa::ALL.into_iter().filter(|isa| isa.is_available()) {
        for block in [8, 64, 256] {
            for threads in [1, 2] {
                let found = evaluate(
                    &compiled,
                    Run {
                        threads,
                        block,
                        isa,
                        ..first
                    },
                )
                .expect("the study runs");
                assert!(found == expected, "{isa:?}, blocks of {block}, {threads} threads");
                if block == 8 && threads == 2 {
                    assert!(digits(&found) == digits_expected, "{isa:?}: the sign of a zero");
                }
                tried += 1;
            }
        }
    }
    assert!(tried >= 6);
}

#[test]
fn the_campus_study_has_the_same_bits_for_all_threads_blocks_and_instruction_sets() {
    assert_same_for_every_division(CAMPUS, 3000);
}

#[test]
fn the_main_study_has_the_same_bits_for_all_threads_blocks_and_instruction_sets() {
    assert_same_for_every_division(CITY_DEAL, 200);
}

#[test]
fn a_study_read_and_compiled_again_has_the_same_bits() {
    let [one, other] = [0, 1].map(|_| digits(&Project::shipped().run(CITY_DEAL, Run::draws(32))));
    assert!(one == other);
}

#[test]
fn another_seed_gives_other_draws() {
    let [one, other] = [1, 2].map(|seed| {
        Project::shipped().run(
            CAMPUS,
            Run {
                seed,
                ..Run::draws(100)
            },
        )
    });
    for ((name, draws), (_, others)) in one.inputs.iter().zip(&other.inputs) {
        assert!(draws.iter().zip(others).all(|(draw, other)| draw != other), "{name}");
    }
    assert_ne!(
        view(&one, "single", "full").result.balance_draws,
        view(&other, "single", "full").result.balance_draws
    );
}

#[test]
fn more_draws_begin_with_the_same_draws() {
    let [few, many] = [100, 2500].map(|draws| Project::shipped().run(CAMPUS, Run::draws(draws)));
    for ((name, few), (_, many)) in few.inputs.iter().zip(&many.inputs) {
        assert_eq!(few[..], many[..100], "{name}");
    }
    let [few, many] = [&few, &many].map(|outcome| &view(outcome, "single", "grand").result.balance_draws);
    assert_eq!(few[..], many[..100]);
}

#[test]
fn an_unrelated_parameter_leaves_the_draws_of_all_others_unchanged() {
    let inputs = |project: &Project| -> BTreeMap<String, Vec<f64>> {
        project.run(CAMPUS, Run::draws(1500)).inputs.into_iter().collect()
    };
    let before = inputs(&Project::shipped());
    let more = "
[parameter]
a_first   = { value = 'uniform(0, 1) MEUR/year' }
m_middle  = { value = 'beta(2, 3)' }
z_last    = { value = 'normal(1, sd = 2) 1/year' }
";
    let flow = "
[flow.something_else]
label   = 'Something else'
kind    = 'cost'
formula = 'a_first * m_middle * (1 + z_last * 1 year)'
paid_by = 'treasury'
";
    let text = Project::shipped();
    let parameters = text.text(PARAMETERS).replace("[parameter]\n", more);
    let more = Project::shipped()
        .with(PARAMETERS, parameters)
        .append("models/teaching/campus-cba-30/effects.toml", flow);
    let mut after = inputs(&more);
    for added in ["a_first", "m_middle", "z_last"] {
        assert!(after.remove(added).is_some(), "{added} is drawn");
    }
    assert_eq!(before.len(), 20);
    assert!(before == after);
}

#[test]
fn a_renamed_parameter_keeps_its_draws_when_it_keeps_its_stream() {
    let before = Project::shipped().run(CAMPUS, Run::draws(200));
    let effects = "models/teaching/campus-cba-30/effects.toml";
    let renamed = Project::shipped()
        .replace(
            PARAMETERS,
            "ramp_up_time         = { value",
            "time_to_fill = { stream = 'ramp_up_time', value",
        )
        .replace(effects, "/ ramp_up_time", "/ time_to_fill");
    let after = renamed.run(CAMPUS, Run::draws(200));
    let lost = Project::shipped()
        .replace(PARAMETERS, "ramp_up_time         = { value", "time_to_fill = { value")
        .replace(effects, "/ ramp_up_time", "/ time_to_fill");
    let lost = lost.run(CAMPUS, Run::draws(200));
    let [before, after, lost] =
        [&before, &after, &lost].map(|outcome| &view(outcome, "single", "small").result.balance_draws);
    assert_eq!(before, after);
    assert_ne!(before, lost);
}
