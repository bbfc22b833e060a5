//! What a second opinion on the economics would check, through the whole engine: on the shipped model with a few values replaced, or on
//! small models of one mechanism.
//!
//! Deadweight beside growth in the baseline and cost streams that outlive their benefits are in `method_guards.rs`, the stay rate of
//! students is in `method_on_models.rs` and rule 10 in `method_rules.rs`.
#[expect(dead_code, reason = "shared by several test programs, each of which uses a part")]
mod support;

use mkba_core::outcome::Outcome;
use support::project::{Project, Run};
use support::small::Small;
use support::view::view;
use support::{assert_near, assert_near_on_scale};

const STUDY: &str = "scenarios/city-deal.toml";
const OCCUPANCY: &str = "models/kennisstad/effects/occupancy.toml";
const AGGLOMERATION: &str = "models/kennisstad/effects/agglomeration.toml";
const SCENARIOS: [&str; 2] = ["wlo-2015-high", "wlo-2015-low"];
const COMPARED: [&str; 5] = ["hardware", "software", "orgware", "integrated", "integrated-phased"];

fn shipped(project: &Project) -> Outcome {
    project.run(STUDY, Run::draws(64))
}

#[test]
fn use_value_nets_to_zero_when_everybody_moves_and_nothing_is_used_again() {
    let project = Project::shipped()
        .set(OCCUPANCY, "displacement", "100 %")
        .set(OCCUPANCY, "reuse", "0 %");
    let outcome = shipped(&project.set(OCCUPANCY, "concept_premium", "0 %"));
    for scenario in SCENARIOS {
        for alternative in COMPARED {
            let found = view(&outcome, scenario, alternative);
            let (gained, lost) = (found.flow("use_of_space"), found.flow("vacated_space"));
            assert_near_on_scale(gained + lost + found.flow("concept_value"), 0.0, gained, 1e-12);
        }
        assert!(view(&outcome, scenario, "integrated").flow("use_of_space") > 1e8);
    }
}

#[test]
fn agglomeration_is_the_wage_gap_alone_when_no_job_is_additional() {
    let fixed = Project::shipped()
        .set(OCCUPANCY, "displacement", "100 %")
        .set(AGGLOMERATION, "density_elasticity", "0.038")
        .set(AGGLOMERATION, "labour_cost", "75 kEUR/fte/year")
        .set("models/kennisstad/effects/general.toml", "foreign_owned", "35 %");
    let none = shipped(&fixed.clone().set(AGGLOMERATION, "wage_gap", "0 %"));
    let some = shipped(&fixed.set(AGGLOMERATION, "wage_gap", "4 %"));
    // What leaks abroad: profit after tax of foreign owners.
    let abroad = 0.30 * (1.0 - 0.258) * 0.35;
    for (scenario, wage_growth) in SCENARIOS.into_iter().zip([1.015_f64, 1.008]) {
        assert_eq!(view(&none, scenario, "integrated").flow("agglomeration"), 0.0);
        let (with, without) = (view(&some, scenario, "integrated"), view(&some, scenario, "fragmented"));
        assert_eq!(with.indicator("jobs_additional")[0].iter().sum::<f64>(), 0.0);
        for year in 2026..=2129 {
            let position = with.year(year);
            let jobs = with.indicator("jobs_gross")[0][position] - without.indicator("jobs_gross")[0][position];
            let wages = 75e3 * wage_growth.powi((year - 2026).min(24));
            let fade = (f64::from(2030 + 50 - year) / 20.0).clamp(0.0, 1.0);
            let gain = 0.038 * 0.04 * jobs * wages * fade * (1.0 - abroad) * 1.182;
            assert_near_on_scale(with.in_year("agglomeration", year), gain, gain.abs().max(1.0), 1e-9);
        }
        assert!(with.flow("agglomeration") > 0.0);
    }
}

/// Rent paid in by tenants, and use valued without it.
#[test]
fn rent_posted_as_a_transfer_leaves_the_use_value_of_students_unchanged() {
    let with = shipped(&Project::shipped());
    let path = "models/kennisstad/effects/student-homes.toml";
    let rent = "formula = 'homes * home_occupancy * home_rent'";
    let without =
        shipped(&Project::shipped().replace(path, rent, "formula = 'homes * home_occupancy * home_rent * 0'"));
    for scenario in SCENARIOS {
        let [with, without] = [&with, &without].map(|outcome| view(outcome, scenario, "integrated"));
        assert_eq!(
            with.result.flows[with.number("student_housing")],
            without.result.flows[without.number("student_housing")]
        );
        assert_eq!(with.result.balance_draws, without.result.balance_draws);
        let paid = with.posting("student_rent", "students");
        assert!(paid < -1e7 && without.posting("student_rent", "students") == 0.0);
        assert_near(with.posting("student_rent", "housing_associations"), -paid, 1e-15);
    }
}

#[test]
fn a_european_grant_raises_the_balance_only_as_far_as_it_is_additional() {
    let path = "models/kennisstad/effects/space.toml";
    let [none, half, all] = ["0 %", "50 %", "100 %"]
        .map(|additional| shipped(&Project::shipped().set(path, "european_additional", additional)));
    for scenario in SCENARIOS {
        let [none, half, all] = [&none, &half, &all].map(|outcome| view(outcome, scenario, "integrated"));
        let grant = all.flow("european_grant");
        assert!(grant > 1e6 && none.flow("european_grant") == 0.0);
        assert_near(half.flow("european_grant"), grant / 2.0, 1e-12);
        assert_near_on_scale(all.balance() - none.balance(), grant, all.gross(), 1e-13);
        assert_near_on_scale(half.balance() - none.balance(), grant / 2.0, all.gross(), 1e-13);
        assert_near(all.posting("european_grant", "universities"), grant, 1e-15);
        assert_near(all.posting("european_grant", "abroad"), -grant, 1e-15);
    }
}

/// Research of one euro in the base year.
fn knowledge(lag: &str, depreciation: &str) -> f64 {
    let outcome = Small::new(2026, 2026, 2426)
        .model(
            "
            [lever.research]
            default = '0 EUR/year'
            combine = 'exclusive'
            [variable.research_added]
            unit = 'EUR/year'
            formula = 'if elapsed = 0 year then research else 0'
            [stock.knowledge]
            unit = 'EUR'
            initial = '0 EUR'
            adds = 'lagged(research_added, research_lag, before = 0 EUR/year)'
            loses = 'opening(knowledge) * depreciation'
            [flow.spillover]
            label = 'Spillover'
            kind = 'benefit'
            effect = 'external'
            formula = 'external_return * domestic_share * knowledge'
            accrues_to = 'firm'
            [parameter]
            external_return = { value = '20 %/year' }
            domestic_share = { value = '50 %' }
            ",
        )
        .model(&format!(
            "research_lag = {{ value = '{lag}' }}\ndepreciation = {{ value = '{depreciation}' }}"
        ))
        .alternatives("[alternative.more]\nset = { research = '1 EUR/year' }")
        .without_horizon();
    view(&outcome, "only", "more").balance()
}

/// ρ · dom · (1 + r)^−L · (1 + r) / (r + δ) for an infinite horizon, the benefit starting in the year of entry. The model stops after 400 years:
/// what comes later is a part ((1 − δ) / (1 + r))^(400 − L) of the whole, at 5 % depreciation 2e-13.
#[test]
fn the_value_of_a_euro_of_research_has_its_closed_form() {
    let r = 0.0225_f64;
    let closed = |lag: i32, depreciation: f64| 0.2 * 0.5 * (1.0 + r).powi(-lag) * (1.0 + r) / (r + depreciation);
    for depreciation in [0.05, 0.15, 0.20] {
        let stated = format!("{} %/year", 100.0 * depreciation);
        for lag in [0, 3, 20] {
            assert_near(
                knowledge(&format!("{lag} year"), &stated),
                closed(lag, depreciation),
                1e-9,
            );
        }
        // Between whole years the arrival is divided over two years.
        let between = 0.75 * closed(2, depreciation) + 0.25 * closed(3, depreciation);
        assert_near(knowledge("2.25 year", &stated), between, 1e-9);
    }
}

/// CPB and PBL 2016: 20 to 40 and 80 to 160 euro of 2013 per tonne from 2030 to 2050; the scenario files say what becomes of it.
#[test]
fn the_co2_price_of_the_shipped_scenarios_grows_between_its_years_and_is_flat_after_the_last() {
    let model = "
        [driver]
        gdp_growth = { unit = '%/year' }
        wage_growth = { unit = '%/year' }
        time_value_growth = { unit = '%/year' }
        employment_growth = { unit = '%/year' }
        house_price_growth = { unit = '%/year' }
        population = { unit = '1' }
        student_demand = { unit = '1' }
        space_demand = { unit = '1' }
        co2_price = { unit = 'EUR/t' }
        [deflator.cpi]
        from = 'prices.csv'
        assumption = 'test'
        [lever.saved]
        default = '0 t/year'
        combine = 'exclusive'
        [flow.co2]
        label = 'CO2'
        kind = 'benefit'
        effect = 'external'
        formula = 'saved * co2_price'
        accrues_to = 'people'
    ";
    let small = Small::new(2026, 2026, 2129)
        .scenarios("")
        .model(model)
        .file("prices.csv", "year,index\n2013,80\n2025,120\n");
    let mut project = small
        .alternatives("[alternative.less]\nset = { saved = '1 t/year' }")
        .project();
    let paths = SCENARIOS.map(|scenario| format!("scenarios/{scenario}.toml"));
    for path in &paths {
        project = project.with(path, Project::shipped().text(path));
    }
    let project = project.replace(
        "study.toml",
        "seed = 1\n",
        &format!("seed = 1\nscenarios = {paths:?}\n"),
    );
    let outcome = project.run("study.toml", Run::draws(1));
    for (scenario, price) in SCENARIOS.into_iter().zip([80.0, 20.0]) {
        let found = view(&outcome, scenario, "less");
        // Half as much again: 120 / 80.
        assert_near(found.in_year("co2", 2030), 1.5 * price, 1e-14);
        assert_near(found.in_year("co2", 2040), 1.5 * price * 2.0_f64.sqrt(), 1e-14);
        for year in 2050..=2129 {
            assert_near(found.in_year("co2", year), 3.0 * price, 1e-14);
        }
    }
}

#[test]
fn two_campuses_in_a_pool_are_worth_at_most_the_sum_of_one_each() {
    let outcome = Small::new(2026, 2026, 2060)
        .file("campuses.csv", "id\neast\nwest\n")
        .model(
            "
            [unit.m2]
            [index.campus]
            from = 'campuses.csv'
            key = 'id'
            [lever.programme]
            over = ['campus']
            default = '0 m2/year'
            combine = 'sum'
            [measure.east]
            label = 'East'
            until = 2030
            over = 'campus'
            at = ['east']
            set = { programme = '8 m2/year' }
            [measure.west]
            label = 'West'
            until = 2030
            over = 'campus'
            at = ['west']
            set = { programme = '8 m2/year' }
            [gate.permit]
            wanted = 'programme'
            capacity = 'room'
            unserved = 'waits'
            [stock.space]
            unit = 'm2'
            over = ['campus']
            initial = '0 m2'
            adds = 'permit.granted'
            [flow.use]
            label = 'Use'
            kind = 'benefit'
            formula = 'space * 200 EUR/m2/year'
            accrues_to = 'firm'
            [parameter.room]
            value = 'uniform(4, 24) m2/year'
            ",
        )
        .alternatives("[alternative.east]\nmeasures = ['east']\n[alternative.west]\nmeasures = ['west']")
        .alternatives("[alternative.both]\nmeasures = ['east', 'west']")
        .draws(300);
    let [east, west, both] = ["east", "west", "both"].map(|name| &view(&outcome, "only", name).result.balance_draws);
    let (name, room) = &outcome.inputs[0];
    assert_eq!(name, "room");
    let mut scarce = 0;
    for draw in 0..300 {
        let sum = east[draw] + west[draw];
        if room[draw] < 16.0 {
            scarce += 1;
            assert!(
                both[draw] < sum,
                "room {}: {} is not below {sum}",
                room[draw],
                both[draw]
            );
        } else {
            assert_near(both[draw], sum, 1e-14);
        }
    }
    assert!(scarce > 100 && scarce < 250);
}

#[test]
fn a_euro_a_year_from_2030_to_2129_is_worth_37_0820_in_2026() {
    let outcome = Small::new(2026, 2030, 2129)
        .model("[lever.open]\ndefault = '0'\ncombine = 'exclusive'\n[flow.euro]\nlabel = 'Euro'\nkind = 'benefit'\nformula = 'open * 1 EUR/year'\naccrues_to = 'people'")
        .alternatives("[alternative.yes]\nset = { open = '1' }")
        .run();
    let worth = view(&outcome, "only", "yes").balance();
    assert_eq!(format!("{worth:.4}"), "37.0820");
    let sum: f64 = (4..=103).map(|year| 1.0225_f64.powi(-year)).sum();
    assert_near(worth, sum, 1e-13);
}

#[test]
fn the_regions_together_are_the_nation() {
    let project = Project::shipped();
    let outcome = shipped(&project);
    let mut campuses = csv::Reader::from_reader(project.text("models/kennisstad/data/campuses.csv").as_bytes());
    let column = campuses
        .headers()
        .expect("a head")
        .iter()
        .position(|name| name == "province")
        .expect("a column");
    let with_campus: Vec<String> = campuses
        .records()
        .map(|row| row.expect("a row")[column].to_owned())
        .collect();
    assert_eq!((outcome.catalogue.regions.len(), with_campus.len()), (12, 35));
    for scenario in SCENARIOS {
        for alternative in COMPARED {
            let found = view(&outcome, scenario, alternative);
            let mut regional = 0;
            for (number, by_region) in found
                .result
                .regional
                .iter()
                .enumerate()
                .filter(|(_, regions)| !regions.is_empty())
            {
                let gross: f64 = by_region.iter().map(|value| value.abs()).sum();
                assert_near_on_scale(by_region.iter().sum(), found.result.flows[number].mean, gross, 1e-13);
                regional += usize::from(gross > 0.0);
            }
            assert!(
                regional >= 1 || alternative == "software",
                "{alternative}: {regional} flows with a region"
            );
        }
        // Space comes where campuses are, and nowhere else.
        let use_value = view(&outcome, scenario, "integrated").regional("use_of_space");
        for (region, value) in outcome.catalogue.regions.iter().zip(use_value) {
            assert_eq!(*value > 0.0, with_campus.contains(region), "{region}: {value}");
        }
    }
}

/// A model in which every date is `later` years later; the base year stays.
fn dated(later: i32) -> Outcome {
    let year = |year: i32| year + later;
    Small::new(2026, year(2026), year(2070))
        .head(&format!("opening_year = {}", year(2030)))
        .model(&format!(
            "
            [unit.m2]
            [lever.programme]
            default = '0 m2/year'
            combine = 'sum'
            [measure.building]
            label = 'Building'
            start = {}
            until = {}
            set = {{ programme = '700 m2/year' }}
            [measure.more_if_used]
            label = 'More, if used'
            start = {}
            only_if = 'previous(space, first = 0 m2) > threshold'
            set = {{ programme = '300 m2/year' }}
            [series.room]
            unit = 'm2/year'
            points = {{ {} = 100, {} = 900 }}
            between = 'linear'
            assumption = 'test'
            confidence = 'high'
            ",
            year(2027),
            year(2034),
            year(2033),
            year(2028),
            year(2036)
        ))
        .model(
            "
            [gate.permit]
            wanted = 'programme'
            capacity = 'room'
            unserved = 'waits'
            [stock.space]
            unit = 'm2'
            initial = '0 m2'
            adds = 'lagged(permit.granted, building_time, before = 0 m2/year)'
            [flow.construction]
            label = 'Construction'
            kind = 'cost'
            effect = 'investment'
            formula = 'permit.granted * 4000 EUR/m2'
            paid_by = 'university'
            tax = { vat = '21 %' }
            [flow.use]
            label = 'Use'
            kind = 'benefit'
            formula = 'space * 260 EUR/m2/year * (1 - 0.3 * max(0, min(1, since_opening / 20 year)))'
            accrues_to = 'firm'
            tax = { basis = 'factor' }
            [parameter]
            building_time = { value = 'triangular(1, 2.5, 4) year' }
            threshold = { value = 'uniform(500, 3000) m2' }
            ",
        )
        .alternatives("[alternative.build]\nmeasures = ['building', 'more_if_used']")
        .draws(50)
}

#[test]
fn all_dates_a_year_later_divide_the_present_value_by_one_plus_the_rate() {
    let [now, later] = [dated(0), dated(1)];
    let [now, later] = [&now, &later].map(|outcome| view(outcome, "only", "build"));
    for (now_draw, later_draw) in now.result.balance_draws.iter().zip(&later.result.balance_draws) {
        assert_near_on_scale(later_draw * 1.0225, *now_draw, now.gross(), 1e-13);
    }
    for flow in ["construction", "use"] {
        assert_near(later.flow(flow) * 1.0225, now.flow(flow), 1e-12);
    }
}

#[test]
fn a_rate_that_is_drawn_discounts_each_draw_with_its_own_rate() {
    let outcome = Small::new(2024, 2026, 2040)
        .discount("standard = 'uniform(1, 4) %/year'\nsunk = '1 %/year'")
        .model("[lever.on]\ndefault = '0'\ncombine = 'max'")
        .model("[flow.gain]\nlabel = 'Gain'\nkind = 'benefit'\nformula = 'on * 1 EUR/year'\naccrues_to = 'people'")
        .model("[flow.upkeep]\nlabel = 'Upkeep'\nkind = 'cost'\ndiscount = 'sunk'\nformula = 'on * 0.5 EUR/year'\npaid_by = 'people'")
        .alternatives("[alternative.with]\nset = { on = '1' }")
        .draws(50);
    let rates = &outcome
        .inputs
        .iter()
        .find(|(name, _)| name == "discount.standard")
        .expect("the rate")
        .1;
    let worth = |rate: f64| -> f64 { (2026..=2040).map(|year| (1.0 + rate).powi(2024 - year)).sum() };
    for (rate, balance) in rates.iter().zip(&view(&outcome, "only", "with").result.balance_draws) {
        let expected = worth(*rate) - 0.5 * worth(0.01);
        assert_near_on_scale(*balance, expected, worth(*rate), 1e-13);
    }
}

#[test]
fn decided_policy_against_the_baseline_that_holds_it_is_exactly_zero() {
    let project = Project::shipped();
    let decided: Vec<String> = ["measures", "national-policy"]
        .into_iter()
        .flat_map(|file| {
            let text = project.text(&format!("models/kennisstad/{file}.toml"));
            let file: toml::Table = toml::from_str(text).expect("TOML");
            file["measure"].as_table().expect("measures").clone()
        })
        .filter(|(_, it)| it["status"].as_str() == Some("decided"))
        .map(|(name, _)| name)
        .collect();
    let expected = [
        "autonomous_growth",
        "temporary_programmes",
        "fewer_international_students",
        "growth_fund_ended",
        "research_cut",
    ];
    assert_eq!(decided, expected);
    let outcome = shipped(&project.append(STUDY, &format!("[alternative.decided]\nmeasures = {decided:?}")));
    for scenario in SCENARIOS {
        let found = view(&outcome, scenario, "decided").result;
        assert_eq!(found.balance_draws, [0.0; 64]);
        assert!(
            found
                .flows
                .iter()
                .all(|flow| (flow.mean, flow.p05, flow.p95) == (0.0, 0.0, 0.0))
        );
        assert!(found.yearly.iter().flatten().all(|amount| *amount == 0.0));
    }
}
