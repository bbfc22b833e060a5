//! What must be true of the knowledge-city model and its studies: policy that is undone, instruments of finance, research, students,
//! nitrogen, closing of space, and the scenarios it is run under.
#[expect(dead_code, reason = "shared by several test programs, each of which uses a part")]
mod support;

use mkba_core::appraisal::Detail;
use mkba_core::outcome::Outcome;
use std::sync::LazyLock;
use support::project::{Project, Run};
use support::view::{View, view};
use support::{assert_near, assert_near_on_scale};

const CITY_DEAL: &str = "scenarios/city-deal.toml";
const FINANCING: &str = "scenarios/financing.toml";
const EXPERIMENTS: &str = "scenarios/experiment-agenda.toml";
const WLO_NEW: &str = "scenarios/wlo-new/study.toml";
const NATIONAL: &str = "models/kennisstad/national-policy.toml";
const EFFECTS: &str = "models/kennisstad/effects";
const SCENARIOS: [&str; 2] = ["wlo-2015-high", "wlo-2015-low"];

static CITY: LazyLock<Outcome> = LazyLock::new(|| Project::shipped().run(CITY_DEAL, Run::draws(64)));
static FINANCED: LazyLock<Outcome> = LazyLock::new(|| Project::shipped().run(FINANCING, Run::draws(64)));

fn effect(name: &str) -> String {
    format!("{EFFECTS}/{name}.toml")
}

/// Present value in 2026 of one euro in each year from the first up to and including the last, at 2.25 %.
fn worth(first: i32, last: i32) -> f64 {
    (first..=last).map(|year| 1.0225_f64.powi(2026 - year)).sum()
}

#[test]
fn cuts_that_are_undone_leave_what_was_there_without_them() {
    let without = "[alternative.never-cut]\nmeasures = ['autonomous_growth', 'temporary_programmes']";
    let outcome = Project::shipped()
        .append(CITY_DEAL, without)
        .run(CITY_DEAL, Run::draws(64));
    for scenario in SCENARIOS {
        let (undone, never) = (
            view(&outcome, scenario, "before-cuts"),
            view(&outcome, scenario, "never-cut"),
        );
        assert!(undone.balance() != 0.0);
        assert_eq!(undone.result, never.result);
    }
}

#[test]
fn what_the_cuts_cost_is_what_undoing_them_is_worth() {
    let cuts = Project::shipped()
        .replace(CITY_DEAL, "baseline  = \"fragmented\"", "baseline  = \"before-cuts\"")
        .run(CITY_DEAL, Run::draws(64));
    for scenario in SCENARIOS {
        let cost = view(&cuts, scenario, "fragmented");
        let worth = view(&CITY, scenario, "before-cuts");
        assert_near(cost.balance(), -worth.balance(), 1e-12);
        assert!(
            cost.flow("public_research") > 1e9,
            "a cut saves money: {}",
            cost.flow("public_research")
        );
        assert!(cost.flow("public_research_return") < -1e9);
    }
}

#[test]
fn domestic_instruments_move_money_between_parties_and_leave_the_balance() {
    let domestic = [
        ("land-lease", "ground_rent"),
        ("national-grant", "extra_grant"),
        ("municipal-grant", "specific_grant"),
        ("cost-recovery", "cost_recovery"),
        ("loan", "loan_service"),
    ];
    for scenario in SCENARIOS {
        let present = view(&FINANCED, scenario, "integrated");
        for (alternative, flow) in domestic {
            let found = view(&FINANCED, scenario, alternative);
            assert_near_on_scale(found.balance(), present.balance(), present.gross(), 1e-14);
            assert_eq!(
                found.result.balance_draws, present.result.balance_draws,
                "{alternative}"
            );
            let moved = &found.result.postings[found.number(flow)];
            let (sum, gross): (f64, f64) = (moved.iter().sum(), moved.iter().map(|amount| amount.abs()).sum());
            assert!(gross > 1e6, "{alternative}: {gross}");
            assert_near_on_scale(sum, 0.0, gross, 1e-14);
        }
    }
}

#[test]
fn a_revolving_fund_costs_what_running_it_costs_and_returning_money_is_no_benefit() {
    for scenario in SCENARIOS {
        let (present, fund) = (
            view(&FINANCED, scenario, "integrated"),
            view(&FINANCED, scenario, "revolving-fund"),
        );
        let running = fund.flow("fund_administration");
        assert!(running < -1e6);
        assert_near_on_scale(fund.balance() - present.balance(), running, present.gross(), 1e-13);
        assert_eq!((fund.flow("fund_out"), fund.flow("fund_in")), (0.0, 0.0));
        let back = -fund.posting("fund_in", "companies") / fund.posting("fund_out", "companies");
        assert!((0.6..0.85).contains(&back), "discounted and less losses: {back}");
    }
}

#[test]
fn european_money_counts_as_far_as_it_is_additional() {
    let run = |additional: &str| {
        Project::shipped()
            .set(&effect("space"), "european_additional", additional)
            .run(FINANCING, Run::draws(64))
    };
    let (none, all) = (run("0 %"), run("100 %"));
    for scenario in SCENARIOS {
        let gain = |outcome: &Outcome| {
            view(outcome, scenario, "european").balance() - view(outcome, scenario, "integrated").balance()
        };
        assert_eq!(gain(&none), 0.0);
        let found = view(&all, scenario, "european");
        assert_near_on_scale(gain(&all), found.flow("european_programme"), found.gross(), 1e-13);
        assert!(found.flow("european_programme") > 1e7);
    }
}

/// A euro of public research for ten years, all of it real, without the private research that follows:
/// ρ · dom · (1 + r)^−L · (1 + r) / (r + δ) a euro, times the part that stays in the country and the indirect tax. The model stops
/// in 2129, at least 88 years after the last euro works: a part ((1 − δ) / (1 + r))^88 of it is lost, 1e-7.
#[test]
fn the_knowledge_stock_of_public_research_has_its_closed_form() {
    let research = effect("public-research");
    let outcome = Project::shipped()
        .set(&research, "public_return", "20 %/year")
        .set(&research, "public_lag", "6 year")
        .set(&research, "crowding_in", "0")
        .replace(
            &research,
            "members    = [\"social_return\", \"public_return\", \"knowledge_depreciation\"]",
            "members    = [\"social_return\", \"private_return\"]",
        )
        .replace(
            &research,
            "pairs      = [[\"social_return\", \"public_return\", 0.5], [\"social_return\", \"knowledge_depreciation\", 0.5], [\"public_return\", \"knowledge_depreciation\", 0.4]]",
            "pairs      = [[\"social_return\", \"private_return\", 0.5]]",
        )
        .set(&effect("research"), "knowledge_depreciation", "15 %/year")
        .set(&research, "public_domestic_share", "50 %")
        .set(&effect("research"), "research_volume", "100 %")
        .set(&effect("general"), "foreign_owned", "35 %")
        .run(CITY_DEAL, Run::draws(2));
    let per_euro = 0.2 * 0.5 * 1.0225_f64.powi(-6) * 1.0225 / (0.0225 + 0.15);
    let at_home = (1.0 - 0.30 * (1.0 - 0.258) * 0.35) * 1.182;
    for scenario in SCENARIOS {
        let found = view(&outcome, scenario, "growth-fund-restored");
        let spent = 340e6 * worth(2026, 2035);
        assert_near(found.flow("public_research"), -spent * 1.182, 1e-12);
        assert_near(found.flow("public_research_return"), spent * per_euro * at_home, 1e-6);
    }
}

/// N(s) = s · V − C, once per entrant: a stay rate of 30 in place of 20 % adds a tenth of V, and C does not change.
#[test]
fn the_value_of_a_student_is_affine_in_the_stay_rate_and_booked_once() {
    let students = effect("international-students");
    let value = |stay: &str| {
        let outcome = Project::shipped()
            .set(&students, "stay_eea", stay)
            .set(&students, "marginal_student", "100 %")
            .set(&effect("graduates"), "value_of_stayer", "240 kEUR@2018/person")
            .run(CITY_DEAL, Run::draws(2));
        view(&outcome, "wlo-2015-low", "before-cuts").flow("international_students")
    };
    let (twenty, thirty, none) = (value("20 %"), value("30 %"), value("0 %"));
    let deflated = 100.0 / 77.1173;
    let entrants = 4750.0 * worth(2026, 2049);
    assert_near(thirty - twenty, entrants * 0.1 * 240e3 * deflated, 1e-5);
    assert_near(none, -entrants * 30e3 * deflated, 1e-5);
    assert_near(twenty - none, 2.0 * (thirty - twenty), 1e-9);
}

#[test]
fn the_price_of_nitrogen_room_and_its_damage_are_never_counted_together() {
    let damage = Project::shipped()
        .set(&effect("environment"), "damage_counted", "1")
        .run(CITY_DEAL, Run::draws(64));
    for scenario in SCENARIOS {
        let price = view(&CITY, scenario, "integrated");
        assert!(price.flow("nitrogen_costs") < -1e6 && price.flow("nitrogen_damage") == 0.0);
        let damage = view(&damage, scenario, "integrated");
        assert!(damage.flow("nitrogen_damage") < -1e5 && damage.flow("nitrogen_costs") == 0.0);
        assert!(price.flow("bought_room") < 0.0 && damage.flow("bought_room") == 0.0);
    }
}

#[test]
fn space_that_nobody_pays_for_closes_and_is_not_replaced() {
    let at_rent = |rent: &str| {
        Project::shipped()
            .set(&effect("occupancy"), "rent", rent)
            .run(CITY_DEAL, Run::draws(64))
    };
    let given_up = |found: &View<'_>| *found.indicator("space_given_up")[0].last().expect("a last year");
    let (low, high) = (at_rent("40 EUR/m2/year"), at_rent("2000 EUR/m2/year"));
    for scenario in SCENARIOS {
        let closed = view(&low, scenario, "hardware");
        assert_eq!(closed.flow("reinvestment"), 0.0);
        assert!(given_up(&closed) > 900e3, "all that was built: {}", given_up(&closed));
        // What was cleared is not there at the end either, and its land came back before.
        assert!(closed.flow("land_at_the_end").abs() < 0.01 * closed.flow("land").abs());
        let kept = view(&high, scenario, "hardware");
        assert!(kept.flow("reinvestment") < -1e9 && kept.flow("land_at_the_end") > 1e7);
        assert!(
            given_up(&kept) < 0.35 * given_up(&closed),
            "only what stays empty: {}",
            given_up(&kept)
        );
    }
}

#[test]
fn labour_supply_and_matching_are_nothing_unless_somebody_says_otherwise() {
    let labour = effect("labour-market");
    let some = Project::shipped()
        .set(&labour, "labour_supply_share", "10 %")
        .set(&labour, "matching_gain", "1 %")
        .run(CITY_DEAL, Run::draws(16));
    for scenario in SCENARIOS {
        for flow in ["labour_supply", "matching"] {
            assert_eq!(view(&CITY, scenario, "integrated").flow(flow), 0.0);
            assert!(view(&some, scenario, "integrated").flow(flow) > 1e6);
        }
    }
}

#[test]
fn experiments_and_what_is_learned_change_nothing_but_their_cost() {
    let outcome = Project::shipped().run(EXPERIMENTS, Run::draws(32));
    for scenario in SCENARIOS {
        let found = view(&outcome, scenario, "experiments-everywhere");
        assert!(found.flow("experiments") < -1e6);
        assert_eq!(found.balance(), found.flow("experiments"));
        let part = view(&outcome, scenario, "experiments-mature").flow("experiments");
        assert_near(part, found.flow("experiments") * 10.0 / 35.0, 1e-12);
    }
}

#[test]
fn the_jobs_of_the_campuses_are_those_of_the_inventory_of_2018() {
    let project = Project::shipped();
    let mut campuses = csv::Reader::from_reader(project.text("models/kennisstad/data/campuses.csv").as_bytes());
    let head = campuses.headers().expect("a head").clone();
    let column = |name: &str| head.iter().position(|it| it == name).expect("a column");
    let (phase, firms, all) = (column("phase"), column("company_jobs"), column("total_jobs"));
    let rows: Vec<csv::StringRecord> = campuses.records().map(|row| row.expect("a row")).collect();
    let sum = |column: usize, phases: &[&str]| -> f64 {
        rows.iter()
            .filter(|row| phases.contains(&&row[phase]))
            .map(|row| row[column].parse::<f64>().expect("a number"))
            .sum()
    };
    assert_eq!(rows.len(), 35);
    assert_eq!(sum(all, &["mature", "growth", "start", "idea"]), 163_000.0);
    assert_eq!(sum(firms, &["mature", "growth"]), 47_152.0);
}

#[test]
fn the_four_scenarios_of_the_newer_wlo_are_refused_until_they_are_filled_in() {
    let project = Project::shipped();
    let names = ["high-fast", "high-delayed", "low-fast", "low-delayed"];
    let faults = project
        .try_compile(WLO_NEW, Detail::Full)
        .expect_err("nothing is filled in");
    for name in names {
        let missing = faults
            .iter()
            .filter(|(code, message)| *code == "E0221" && message.contains(&format!("`wlo-new-{name}`")));
        assert_eq!(missing.count(), 9, "{name}: one for each driver: {faults:#?}");
    }
    // With values in place of the template, any number of scenarios loads, and all are there.
    let filled = names.iter().fold(project, |project, name| {
        let low = project.text("scenarios/wlo-2015-low.toml");
        let text = low.replace("\"wlo-2015-low\"", &format!("\"wlo-new-{name}\""));
        project.with(&format!("scenarios/wlo-new/{name}.toml"), text)
    });
    let outcome = filled.run(WLO_NEW, Run::draws(4));
    assert_eq!(outcome.scenarios.len(), 4);
    let first = view(&outcome, "wlo-new-high-fast", "integrated").balance();
    assert!(first != 0.0);
    for name in names {
        let found = view(&outcome, &format!("wlo-new-{name}"), "integrated").balance();
        assert_eq!(found, first, "the same values give the same balance");
    }
}

#[test]
fn the_sign_of_a_balance_differs_between_draws_or_scenarios() {
    let differs = [
        "hardware",
        "software",
        "orgware",
        "integrated",
        "integrated-phased",
        "restore-research",
    ]
    .iter()
    .filter(|name| {
        let draws: Vec<f64> = SCENARIOS
            .iter()
            .flat_map(|scenario| view(&CITY, scenario, name).result.balance_draws.clone())
            .collect();
        draws.iter().any(|value| *value > 0.0) && draws.iter().any(|value| *value < 0.0)
    })
    .count();
    assert!(differs >= 1);
    assert!(Project::shipped().text(NATIONAL).contains("status = \"decided\""));
}
