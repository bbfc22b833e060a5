//! The gates of the knowledge-city model: pools, substitutes, the account of jobs, and what an integrated approach is worth beyond its parts.
#[expect(dead_code, reason = "shared by several test programs, each of which uses a part")]
mod support;

use mkba_core::appraisal::Detail;
use mkba_core::appraisal::catalogue::FlowKind;
use mkba_core::outcome::Outcome;
use support::project::{Project, Run};
use support::view::view;
use support::{assert_near, assert_near_on_scale};

const STUDY: &str = "scenarios/city-deal.toml";
const MODEL: &str = "models/kennisstad";
const SCENARIOS: [&str; 2] = ["wlo-2015-high", "wlo-2015-low"];

fn read_as(project: Project, reading: &str) -> Project {
    let gates = format!("rulebook  = \"nl-2021\"\ngates     = \"{reading}\"");
    project.replace(STUDY, "rulebook  = \"nl-2021\"", &gates)
}

/// Orgware that changes nothing, by its priors at zero.
fn orgware_without_effect(project: Project) -> Project {
    project
        .set(&format!("{MODEL}/effects/occupancy.toml"), "governance_occupancy", "0 %")
        .set(&format!("{MODEL}/effects/occupancy.toml"), "governance_speed", "0 year")
        .set(&format!("{MODEL}/effects/occupancy.toml"), "concept_premium", "0 %")
        .set(&format!("{MODEL}/effects/organisation.toml"), "time_gain", "0 year")
}

#[test]
fn orgware_without_effect_on_occupancy_speed_and_concept_has_no_benefit() {
    let outcome = orgware_without_effect(Project::shipped()).run(STUDY, Run::draws(64));
    for scenario in SCENARIOS {
        let found = view(&outcome, scenario, "orgware");
        for number in found.of_kind(FlowKind::Benefit) {
            assert_eq!(found.result.flows[number].mean, 0.0, "{}", found.catalogue.flows[number].entry.id);
        }
        assert!(found.balance() < 0.0, "it costs what it costs");
    }
}

/// Net jobs by province add up to the additional jobs of the nation, and those are imported or activated.
#[test]
fn region_and_rest_of_the_country_are_the_nation() {
    let outcome = Project::shipped().run(STUDY, Run::draws(64));
    for scenario in SCENARIOS {
        let found = view(&outcome, scenario, "integrated");
        let national = |name: &str, year: usize| found.indicator(name)[0][year];
        for year in 0..104 {
            let net: f64 = found.indicator("jobs_net").iter().map(|years| years[year]).sum();
            let (gross, added) = (national("jobs_gross", year), national("jobs_additional", year));
            assert_near_on_scale(net, added, gross, 1e-12);
            assert_near_on_scale(national("jobs_imported", year) + national("jobs_activated", year), added, gross, 1e-12);
            assert_near_on_scale(national("jobs_moved", year) + added, gross, gross, 1e-12);
            assert!(national("jobs_imported", year) >= 0.0 && national("jobs_activated", year) >= -1e-9);
        }
        let losers = found.indicator("jobs_net").iter().filter(|years| years[30] < 0.0).count();
        assert!(losers > 0, "some province loses jobs to others");
        assert!(national("jobs_gross", 30) > 5e3 && national("jobs_additional", 30) > 100.0);
        // Space that movers leave follows the same rule: by region it adds up to what society loses.
        let regional: f64 = found.regional("vacated_space").iter().sum();
        assert_near(regional, found.flow("vacated_space"), 1e-12);
        assert!(found.regional("vacated_space").iter().all(|loss| *loss < 0.0), "every province loses tenants");
    }
}

/// With the gates off, orgware without effect and nobody additional, what is left of the formulas that two pillars share is nothing: the
/// integrated approach is its parts. With the gates as they are it is not.
///
/// The tolerance is that of rounding: balances of some billions are sums of flows of tens of billions, computed in another order for each
/// alternative, so that 1e-12 of the gross amounts is what remains.
#[test]
fn with_the_gates_off_the_whole_is_the_sum_of_its_parts_up_to_what_the_formulas_say() {
    let plain = || {
        orgware_without_effect(Project::shipped()).set(&format!("{MODEL}/effects/occupancy.toml"), "displacement", "100 %")
    };
    let how = Run {
        detail: Detail::Balances,
        ..Run::draws(256)
    };
    let off = read_as(plain(), "off").run(STUDY, how);
    let as_is = plain().run(STUDY, how);
    for (number, scenario) in SCENARIOS.into_iter().enumerate() {
        let gross = view(&as_is, scenario, "integrated").balance().abs() * 10.0;
        let difference = |outcome: &Outcome| outcome.scenarios[number].interactions[0].difference;
        let (off, as_is) = (difference(&off), difference(&as_is));
        assert!(off.mean.abs() <= 1e-12 * gross && off.p95 - off.p05 <= 1e-11 * gross, "{off:?}");
        assert!(as_is.mean.abs() > 1e-4 * gross, "{as_is:?}");
    }
}

/// The difference of an interaction is that of the balances it compares, draw by draw.
#[test]
fn an_interaction_is_the_whole_less_its_parts_in_each_draw() {
    let outcome = Project::shipped().run(STUDY, Run::draws(300));
    for (number, scenario) in SCENARIOS.into_iter().enumerate() {
        let draws = |name: &str| &view(&outcome, scenario, name).result.balance_draws;
        let parts = ["hardware", "software", "orgware"].map(draws);
        let differences: Vec<f64> = draws("integrated")
            .iter()
            .enumerate()
            .map(|(draw, whole)| whole - parts.iter().map(|part| part[draw]).sum::<f64>())
            .collect();
        let found = outcome.scenarios[number].interactions[0];
        let scale = view(&outcome, scenario, "integrated").gross();
        let mean = differences.iter().sum::<f64>() / 300.0;
        assert_near_on_scale(found.difference.mean, mean, scale, 1e-12);
        let squares: f64 = differences.iter().map(|it| (it - mean).powi(2)).sum();
        assert_near(found.difference.standard_error, (squares / 299.0 / 300.0).sqrt(), 1e-6);
        let positive = differences.iter().filter(|it| **it > 0.0).count();
        assert_near_on_scale(found.reinforcing, positive as f64 / 300.0, 1.0, 1e-12);
    }
}

/// Two campuses in one province, alone and together: what they are served together is no more than the sum of what each is served alone.
#[test]
fn two_campuses_in_one_pool_are_served_no_more_than_each_alone() {
    let measure = |name: &str, campus: &str| {
        format!(
            "
[measure.{name}]
label  = '{name}'
pillar = 'hardware'
charge = 'OCW'
status = 'hypothetical'
start  = 2028
until  = 2033
over   = 'campus'
at     = ['{campus}']
set    = {{ space_programme = '5 * planned_space / 6 year' }}
"
        )
    };
    let more = "
[variable.ever_connected]
unit      = 'MW'
formula   = 'sum(connected_power over campus)'
indicator = true
[variable.ever_started]
unit      = 'm2'
formula   = 'cumulative(sum(started over campus))'
indicator = true
[variable.ever_staffed]
unit      = 'fte'
formula   = 'sum(staff over campus)'
indicator = true
";
    let study = "
[study]
label     = 'Pools'
model     = 'models/kennisstad'
scenarios = ['scenarios/wlo-2015-low.toml']
baseline  = 'nothing'
draws     = 1
seed      = 1
[alternative.nothing]
[alternative.one]
measures = ['one_campus']
[alternative.other]
measures = ['other_campus']
[alternative.both]
measures = ['one_campus', 'other_campus']
";
    let outcome = Project::shipped()
        .append(&format!("{MODEL}/measures.toml"), &measure("one_campus", "high-tech-campus-eindhoven"))
        .append(&format!("{MODEL}/later.toml"), &measure("other_campus", "tue-campus"))
        .append(&format!("{MODEL}/effects/housing.toml"), more)
        .with("scenarios/pools.toml", study)
        .run("scenarios/pools.toml", Run::draws(128));
    let of = |name: &str, alternative: &str, year: usize| view(&outcome, "wlo-2015-low", alternative).indicator(name)[0][year];
    for name in ["ever_connected", "ever_started", "ever_staffed"] {
        let mut short = false;
        for year in 0..104 {
            let alone = of(name, "one", year) + of(name, "other", year);
            let both = of(name, "both", year);
            assert!(both <= alone * (1.0 + 1e-12) + 1e-9, "{name} in year {year}: {both} against {alone}");
            short |= both < 0.98 * alone;
        }
        assert!(short, "{name}: the pool is short in some year");
    }
}
