//! Acceptance tests of the Dutch rules and of the economics on the shipped models themselves: the campus in central values, where each
//! number can be checked by hand, and the thirty-five campuses of the main study. The same rules on models of a few lines are in
//! `tests/method_rules.rs` and `tests/method_economics.rs`.
#[expect(dead_code, reason = "shared by several test programs, each of which uses a part")]
mod support;

use mkba_core::appraisal::catalogue::FlowKind;
use mkba_core::outcome::Outcome;
use std::path::Path;
use std::process::Command;
use support::project::{Project, Run};
use support::small::Small;
use support::view::view;
use support::{assert_near, assert_near_on_scale};

const ONE: &str = "scenarios/one-campus.toml";
const ONE_FOLDER: &str = "models/teaching/one-campus";
const ALL: &str = "scenarios/city-deal.toml";
const SCENARIOS: [&str; 2] = ["wlo-2015-high", "wlo-2015-low"];

/// The study of one campus with values replaced: file, parameter, value.
fn one_campus(values: &[(&str, &str, &str)]) -> Project {
    let project = Project::shipped();
    values.iter().fold(project, |project, (file, parameter, value)| {
        project.set(&format!("{ONE_FOLDER}/{file}.toml"), parameter, value)
    })
}

fn run_one(project: &Project) -> Outcome {
    project.run(ONE, Run::draws(1))
}

#[test]
fn rule_1_a_campus_to_which_everybody_moves_is_worth_minus_what_it_costs() {
    let project = one_campus(&[
        ("space", "displacement", "100 %"),
        ("space", "reuse", "0 %"),
        ("jobs", "wage_gap", "0 %"),
        ("people", "present_users", "0 person"),
        ("people", "new_users", "0 person"),
        ("surroundings", "embodied_co2", "0 t/m2"),
        ("surroundings", "nuisance_value", "0 MEUR"),
    ]);
    let outcome = run_one(&project.append(ONE, "[alternative.buildings]\nmeasures = ['campus_development']\n"));
    for scenario in ["co2-low", "co2-high"] {
        let found = view(&outcome, scenario, "buildings");
        let costs = found.of_kind(FlowKind::Cost).into_iter();
        let cost: f64 = costs.map(|number| found.result.flows[number].mean).sum();
        assert!(cost < -6e8 && found.flow("use_of_space") > 3e8);
        assert_near(found.balance(), cost, 1e-12);
        // It still changes hands: owners elsewhere lose what the campus gains.
        assert!(found.posting("vacated_space", "owners_elsewhere") < -2e8);
    }
}

#[test]
fn rule_2_a_change_of_subsidy_in_the_main_study_moves_money_between_parties_only() {
    let path = "models/kennisstad/effects/space.toml";
    let [little, much] = ["0 %", "60 %"].map(|share| {
        Project::shipped()
            .set(path, "grant_share", share)
            .run(ALL, Run::draws(64))
    });
    for scenario in SCENARIOS {
        let [little, much] = [&little, &much].map(|outcome| view(outcome, scenario, "integrated"));
        assert_eq!(little.result.balance_draws, much.result.balance_draws);
        let changes: Vec<f64> = (0..little.catalogue.parties.len())
            .map(|party| {
                let of = |postings: &[Vec<f64>]| postings.iter().map(|flow| flow[party]).sum::<f64>();
                of(&much.result.postings) - of(&little.result.postings)
            })
            .collect();
        let moved = changes.iter().copied().fold(0.0, f64::max);
        assert!(moved > 1e7, "{changes:?}");
        assert_near_on_scale(changes.iter().sum(), 0.0, moved, 1e-9);
    }
}

/// 485 homes, 5 200 euro a year, a hundred years from 2030: times 37.0820.
#[test]
fn rule_4_a_century_of_student_rent_is_an_annuity_brought_to_the_base_year() {
    let outcome = run_one(&Project::shipped());
    let rent = view(&outcome, "co2-low", "complete").flow("home_rent") / (485.0 * 5200.0);
    assert_eq!(format!("{rent:.4}"), "37.0820");
    assert_near(
        rent,
        (1.0 - 1.0225_f64.powi(-100)) / 0.0225 * 1.0225_f64.powi(-3),
        1e-13,
    );
}

#[test]
fn rule_6_the_co2_row_of_one_campus_is_emissions_times_the_path_raised_by_18_2_percent() {
    let outcome = run_one(&Project::shipped());
    for (scenario, first) in [("co2-low", 20.0), ("co2-high", 80.0)] {
        let found = view(&outcome, scenario, "complete");
        for year in 2027..=2129 {
            // Indicators are in base units: kilograms.
            let emitted = found.indicator("co2_emitted")[0][found.year(year)] / 1e3;
            let price = first * 1.36 * 1.182 * 2.0_f64.powf(f64::from(year.min(2050) - 2030) / 20.0);
            assert_near_on_scale(
                found.in_year("co2", year),
                -emitted * price,
                emitted.max(1.0) * price,
                1e-12,
            );
        }
    }
}

#[test]
fn rule_6_both_shipped_models_refuse_a_row_of_emission_rights() {
    let row = |party: &str| {
        format!(
            "\n[flow.emission_rights]\nlabel = 'Emission rights'\nkind = 'benefit'\neffect = 'external'\nformula = 'co2_emitted * 60 EUR/t'\naccrues_to = '{party}'\ntax = {{ basis = 'market' }}\nchannel = ['co2']\n"
        )
    };
    for (study, file, party) in [
        (ONE, "models/teaching/one-campus/surroundings.toml", "firms"),
        (ALL, "models/kennisstad/effects/climate.toml", "companies"),
    ] {
        let project = Project::shipped().append(file, &row(party));
        let faults = project
            .try_compile(study, Run::draws(1).detail)
            .expect_err("the study is refused");
        let codes: Vec<&str> = faults.iter().map(|(code, _)| *code).collect();
        assert_eq!(codes, ["E0501"], "{faults:?}");
    }
}

/// What the program prints of a study.
fn printed(study: &str, language: &str) -> String {
    let folder = tempfile::tempdir().expect("a folder");
    let out = folder.path().join("run");
    let output = Command::new(env!("CARGO_BIN_EXE_mkba"))
        .current_dir(Path::new(env!("CARGO_MANIFEST_DIR")))
        .args(["run", study, "--draws", "64", "--lang", language, "--out"])
        .arg(&out)
        .output()
        .expect("the program starts");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).expect("UTF-8")
}

/// Lines of the table of each scenario, from its title to the next one.
fn tables<'t>(text: &'t str, titles: &[&str]) -> Vec<Vec<&'t str>> {
    let mut tables: Vec<Vec<&str>> = Vec::new();
    for line in text.lines() {
        if titles.iter().any(|title| line.starts_with(title)) {
            tables.push(Vec::new());
        }
        if let Some(table) = tables.last_mut() {
            table.push(line);
        }
    }
    tables
}

#[test]
fn rule_8_high_and_low_are_printed_one_below_the_other_with_the_same_rows_and_no_average() {
    let titles = ["WLO-2015 low (CO2)", "WLO-2015 high (CO2)"];
    let text = printed(ONE, "en");
    let tables = tables(&text, &titles);
    assert_eq!(tables.len(), 2, "{text}");
    let rows = |table: &[&str]| -> Vec<String> {
        let words = table
            .iter()
            .skip(1)
            .take_while(|line| !line.starts_with("Benefit-cost ratio:"));
        let words = words.map(|line| line.chars().take(40).collect::<String>().trim_end().to_owned());
        words.filter(|line| !line.is_empty()).collect()
    };
    assert!(rows(&tables[0]).len() > 30);
    assert_eq!(rows(&tables[0]), rows(&tables[1]));
    assert!(!text.to_lowercase().contains("average of"), "{text}");
}

#[test]
fn rule_14_both_balances_are_printed_in_both_languages_and_scenarios() {
    for (language, with, without, switch) in [
        (
            "nl",
            "Saldo met aparte effecten",
            "Saldo zonder aparte effecten",
            "Omslagwaarde",
        ),
        (
            "en",
            "Balance with separate effects",
            "Balance without separate effects",
            "Switching value",
        ),
    ] {
        let text = printed(ONE, language);
        for row in [with, without] {
            assert_eq!(
                text.lines()
                    .filter(|line| line.contains(row) && !line.contains(switch))
                    .count(),
                2,
                "{row}: {text}"
            );
        }
    }
}

/// What can be seen before the second phase is decided on, with its probability: yearly takings of the second phase in million euro.
const BRANCHES: [(f64, f64); 3] = [(0.4, 0.3), (1.0, 0.5), (1.6, 0.2)];

/// A decision tree: a chance node of three branches, seen in 2026 to 2029; then a decision on a second phase, which costs 20 million euro in 2030 and
/// brings the takings of the branch in 2030 to 2056. Not starting costs nothing.
fn decision_tree() -> Outcome {
    let rule = |name: &str, threshold: f64| {
        format!(
            "[measure.{name}]\nlabel = '{name}'\nstart = 2030\nonly_if = 'previous(takings, first = 0 MEUR/year) > {threshold} MEUR/year'\nset = {{ second = '1' }}\n"
        )
    };
    let branches: Vec<String> = BRANCHES
        .iter()
        .map(|(takings, share)| format!("{takings}: {share}"))
        .collect();
    let mut model = Small::new(2026, 2026, 2056)
        .model(&format!(
            "
            [lever.second]
            default = '0'
            combine = 'max'
            [variable.takings]
            unit = 'MEUR/year'
            formula = 'demand * 1 MEUR/year'
            [flow.investment]
            label = 'Investment'
            kind = 'cost'
            effect = 'investment'
            formula = 'max(0, second - previous(second, first = 0)) * 20 MEUR/year'
            paid_by = 'firm'
            [flow.takings_of_second]
            label = 'Takings'
            kind = 'benefit'
            formula = 'second * takings'
            accrues_to = 'firm'
            [parameter.demand]
            value = 'discrete({})'
            ",
            branches.join(", ")
        ))
        .model("[measure.rigid]\nlabel = 'rigid'\nstart = 2030\nset = { second = '1' }\n")
        .alternatives("[alternative.rigid]\nmeasures = ['rigid']");
    for (name, threshold) in [("any", 0.0), ("half", 0.5), ("much", 1.2), ("never", 9.0)] {
        model = model
            .model(&rule(name, threshold))
            .alternatives(&format!("[alternative.{name}]\nmeasures = ['{name}']"));
    }
    model.draws(2000)
}

/// By backward induction: 27 years of takings are worth 1 + a(2.25 %, 26) = 20.5231 of them in 2030, so the second phase is worth −11.79, 0.52 and
/// 12.84 million in the three branches. The rigid plan takes all three, −0.70 on average; the phased one stops in the first, which is worth 0.3 · 11.79.
#[test]
fn rule_12_in_a_decision_tree_the_phased_plan_is_worth_the_rigid_one_and_what_stopping_saves() {
    let outcome = decision_tree();
    let worth = 1.0 + (1.0 - 1.0225_f64.powi(-26)) / 0.0225;
    assert_eq!(format!("{worth:.4}"), "20.5231");
    let of_branch = BRANCHES.map(|(takings, _)| (takings * worth - 20.0) * 1e6 * 1.0225_f64.powi(-4));
    let expected = |threshold: f64| -> f64 {
        let branches = BRANCHES.iter().zip(of_branch);
        let taken = branches.filter(|((takings, _), _)| *takings > threshold);
        taken.map(|((_, share), value)| share * value).sum()
    };
    let demand = &outcome
        .inputs
        .iter()
        .find(|(name, _)| name == "demand")
        .expect("an input")
        .1;
    let rules = [
        ("rigid", -1.0),
        ("any", 0.0),
        ("half", 0.5),
        ("much", 1.2),
        ("never", 9.0),
    ];
    for (name, threshold) in rules {
        let found = view(&outcome, "only", name);
        for (seen, balance) in demand.iter().zip(&found.result.balance_draws) {
            let branch = BRANCHES
                .iter()
                .position(|(takings, _)| takings == seen)
                .expect("a branch");
            let value = if *seen > threshold { of_branch[branch] } else { 0.0 };
            assert_near_on_scale(*balance, value, 20e6, 1e-12);
        }
        let (mean, error) = (found.balance(), found.result.balance.standard_error);
        assert!(
            (mean - expected(threshold)).abs() <= 4.0 * error,
            "{name}: {mean} and {}",
            expected(threshold)
        );
    }
    let best = rules
        .map(|(_, threshold)| expected(threshold))
        .into_iter()
        .fold(f64::MIN, f64::max);
    let (rigid, phased) = (expected(-1.0), expected(0.5));
    assert_near(phased, best, 1e-15);
    assert_near(phased - rigid, -0.3 * of_branch[0], 1e-12);
    assert!(rigid < 0.0 && phased > 0.0);
    assert!(view(&outcome, "only", "half").balance() > view(&outcome, "only", "rigid").balance());
    assert_eq!(
        view(&outcome, "only", "any").result.balance_draws,
        view(&outcome, "only", "rigid").result.balance_draws
    );
}

/// The rule of the main study, with a threshold under which it always starts: nothing is left of the option. With one that is never reached, only the first
/// phase is there, at no cost for what was not built.
#[test]
fn rule_12_the_phased_plan_of_the_main_study_holds_the_rigid_one_and_stopping_in_it_is_free() {
    let with_threshold = |threshold: &str| {
        let first = "[alternative.first-phase]\nmeasures = [\"autonomous_growth\", \"temporary_programmes\", \"campus_buildings\"]\n";
        let rigid = first
            .replace("first-phase", "rigid")
            .replace("\"]", "\", \"second_phase\"]");
        let phased = first
            .replace("first-phase", "phased")
            .replace("\"]", "\", \"second_phase_if_occupied\"]");
        let project = Project::shipped().set("models/kennisstad/measures.toml", "occupancy_threshold", threshold);
        project
            .append(ALL, &format!("{first}{rigid}{phased}"))
            .run(ALL, Run::draws(64))
    };
    let (always, never) = (with_threshold("-100 %"), with_threshold("200 %"));
    for scenario in SCENARIOS {
        let (phased, rigid) = (view(&always, scenario, "phased"), view(&always, scenario, "rigid"));
        assert!(rigid.flow("buildings") < 1.2 * view(&always, scenario, "first-phase").flow("buildings"));
        for (phased, rigid) in phased.result.balance_draws.iter().zip(&rigid.result.balance_draws) {
            assert_near(*phased, *rigid, 1e-9);
        }
        let (phased, first) = (view(&never, scenario, "phased"), view(&never, scenario, "first-phase"));
        assert_eq!(phased.result.balance_draws, first.result.balance_draws);
    }
}

#[test]
fn agglomeration_of_one_campus_is_the_wage_gap_alone_when_no_job_is_additional() {
    let outcome = run_one(&one_campus(&[("space", "displacement", "100 %")]));
    let found = view(&outcome, "co2-low", "complete");
    assert_eq!(found.flow("agglomeration_new"), 0.0);
    for year in 2030..=2129 {
        let jobs = found.indicator("jobs")[0][found.year(year)];
        let fade = (f64::from(2080 - year) / 20.0).clamp(0.0, 1.0);
        let gain = 0.0353 * 75e3 * 0.04 * jobs * fade * 0.92 * 1.182;
        assert_near_on_scale(found.in_year("agglomeration_moved", year), gain, gain.max(1.0), 1e-12);
    }
}

/// CPB 2019 for university students from the European Economic Area, in thousand euro: 16.9 at a stay rate of 0.20, and V = 95.0 / 0.40 = 237.5 from those
/// from elsewhere, who have no study cost. So C = 0.20 · 237.5 − 16.9 = 30.6, and at 0.30 the figure is 40.65: 2.4 times as much, not one and a half times.
#[test]
fn a_stay_rate_that_rises_from_20_to_30_percent_adds_what_the_affine_figure_adds() {
    let (value, cost) = (237.5, 30.6);
    let figure = |stay: f64| stay * value - cost;
    assert_near(figure(0.20), 16.9, 1e-12);
    assert_near(figure(0.30), 40.65, 1e-12);
    let gain = figure(0.30) - figure(0.20);
    assert!(gain > 2.0 * (16.9 * 0.30 / 0.20 - 16.9));
    let outcome = run_one(&one_campus(&[
        ("people", "stay_gain", "10 %"),
        ("people", "value_of_stayer", "237.5 kEUR@2018/person"),
    ]));
    let found = view(&outcome, "co2-low", "complete");
    assert_near(found.in_year("stayers", 2035), 400.0 * gain * 1e3 * 1.32, 1e-12);
    // Booked once, in the year of graduation, and to the treasury alone.
    assert_eq!(
        (found.in_year("stayers", 2029), found.in_year("stayers", 2050)),
        (0.0, 0.0)
    );
    assert_near(found.posting("stayers", "treasury"), found.flow("stayers"), 1e-15);
}
