//! Each forbidden pair of the rulebook, by name: two flows with its channels are refused, and pass when an apportionment divides the gain.
#[expect(dead_code, reason = "shared by several test programs, each of which uses a part")]
mod support;

use mkba_core::appraisal::Detail;
use std::collections::BTreeSet;
use support::assert_near;
use support::project::rulebook;
use support::small::Small;
use support::view::view;

macro_rules! forbidden_pairs {
    ($($name:ident: $one:literal, $other:literal;)*) => {
        /// Every pair that is tested below.
        const TESTED: &[(&str, &str)] = &[$(($one, $other)),*];
        mod is_refused_and_passes_when_apportioned {
            $(#[test]
            fn $name() {
                super::refused_and_apportioned($one, $other);
            })*
        }
    };
}

forbidden_pairs! {
    land_value_beside_access: "land_value", "access";
    land_value_beside_amenity: "land_value", "amenity";
    land_value_beside_green: "land_value", "green";
    land_value_beside_agglomeration: "land_value", "agglomeration";
    land_value_beside_tenant_surplus: "land_value", "tenant_surplus";
    land_value_beside_rent_place: "land_value", "rent_place";
    land_value_beside_rent: "land_value", "rent";
    rent_place_beside_agglomeration: "rent_place", "agglomeration";
    concept_value_beside_agglomeration: "concept_value", "agglomeration";
    wage_beside_productivity: "wage", "productivity";
    wage_beside_labour_tax: "wage", "labour_tax";
    wage_beside_schooling_external: "wage", "schooling_external";
    wage_beside_agglomeration: "wage", "agglomeration";
    wage_beside_fiscal_person: "wage", "fiscal_person";
    fiscal_person_beside_labour_tax: "fiscal_person", "labour_tax";
    fiscal_person_beside_tuition: "fiscal_person", "tuition";
    fiscal_person_beside_study_cost: "fiscal_person", "study_cost";
    fiscal_person_beside_agglomeration: "fiscal_person", "agglomeration";
    fiscal_person_beside_labour_supply: "fiscal_person", "labour_supply";
    research_return_beside_licence_income: "research_return", "licence_income";
    research_return_beside_spin_off_profit: "research_return", "spin_off_profit";
    research_return_beside_patent_value: "research_return", "patent_value";
    research_return_beside_productivity: "research_return", "productivity";
    research_return_beside_agglomeration: "research_return", "agglomeration";
    company_profit_beside_rent: "company_profit", "rent";
    company_profit_beside_subsidy: "company_profit", "subsidy";
    company_profit_beside_land_sale: "company_profit", "land_sale";
    agglomeration_beside_cluster: "agglomeration", "cluster";
    agglomeration_beside_campus_premium: "agglomeration", "campus_premium";
    agglomeration_beside_agglomeration_additional: "agglomeration", "agglomeration_additional";
    agglomeration_beside_schooling_external: "agglomeration", "schooling_external";
    grid_relief_beside_company_profit: "grid_relief", "company_profit";
    grid_delay_beside_gated_delay: "grid_delay", "gated_delay";
    nitrogen_price_beside_nitrogen_damage: "nitrogen_price", "nitrogen_damage";
    co2_beside_emission_rights: "co2", "emission_rights";
    co2_beside_co2_damage: "co2", "co2_damage";
    health_beside_environmental_price: "health", "environmental_price";
    avoided_cost_beside_cost_saving: "avoided_cost", "cost_saving";
    housing_beside_freed_dwelling: "housing", "freed_dwelling";
    upkeep_with_replacement_beside_reinvestment: "upkeep_with_replacement", "reinvestment";
    research_macro_beside_research_return: "research_macro", "research_return";
    research_macro_beside_productivity: "research_macro", "productivity";
    research_macro_beside_spin_off_profit: "research_macro", "spin_off_profit";
    schooling_macro_beside_wage: "schooling_macro", "wage";
    schooling_macro_beside_schooling_external: "schooling_macro", "schooling_external";
    schooling_macro_beside_productivity: "schooling_macro", "productivity";
    university_gdp_beside_research_return: "university_gdp", "research_return";
    university_gdp_beside_wage: "university_gdp", "wage";
    university_gdp_beside_agglomeration: "university_gdp", "agglomeration";
    university_gdp_beside_spin_off_profit: "university_gdp", "spin_off_profit";
    university_gdp_beside_schooling_macro: "university_gdp", "schooling_macro";
    university_gdp_beside_research_macro: "university_gdp", "research_macro";
    experiment_value_beside_phasing_option: "experiment_value", "phasing_option";
}

/// Two gains of 10 and 4 million euro a year for ten years.
fn two_gains(one: &str, other: &str) -> Small {
    let gain = |name: &str, size: u32, channel: &str| {
        format!(
            "[flow.{name}]\nlabel = 'Gain'\nkind = 'benefit'\nformula = 'done * {size} MEUR/year'\naccrues_to = 'firm'\nchannel = ['{channel}']\n"
        )
    };
    Small::new(2026, 2027, 2036)
        .model("[lever.done]\ndefault = '0'\ncombine = 'exclusive'")
        .model(&(gain("one", 10, one) + &gain("other", 4, other)))
        .alternatives("[alternative.yes]\nset = { done = '1' }")
}

fn refused_and_apportioned(one: &str, other: &str) {
    let faults = two_gains(one, other).project().try_compile("study.toml", Detail::Full);
    let faults = faults.expect_err("the pair is refused");
    assert_eq!(faults.len(), 1, "{faults:?}");
    let (code, message) = &faults[0];
    assert_eq!(*code, "E0502");
    assert!(message.contains("`one`") && message.contains("`other`"), "{message}");
    let divided = "[apportionment.divided]\nshares = { one = '0.6', other = 'remainder' }\nreason = 'a test'";
    let outcome = two_gains(one, other).model(divided).run();
    let found = view(&outcome, "only", "yes");
    let annuity = (1.0 - 1.0225_f64.powi(-10)) / 0.0225;
    assert_near(found.flow("one"), 0.6 * 10e6 * annuity, 1e-13);
    assert_near(found.flow("other"), 0.4 * 4e6 * annuity, 1e-13);
    assert_near(found.balance(), 7.6e6 * annuity, 1e-13);
}

#[test]
fn every_forbidden_pair_of_the_rulebook_has_a_test_here() {
    let ordered = |a: &str, b: &str| (a.min(b).to_owned(), a.max(b).to_owned());
    let tested: BTreeSet<_> = TESTED.iter().map(|(a, b)| ordered(a, b)).collect();
    let pairs = rulebook().forbidden_pairs;
    let listed: BTreeSet<_> = pairs
        .iter()
        .map(|pair| ordered(&pair.channels[0], &pair.channels[1]))
        .collect();
    assert_eq!(tested, listed);
    assert!(listed.len() > 50 && listed.len() == pairs.len());
}

#[test]
fn two_channels_that_are_no_pair_are_allowed_beside_each_other() {
    let found = two_gains("co2", "wage").run();
    assert!(view(&found, "only", "yes").balance() > 0.0);
}

#[test]
fn the_page_of_the_method_has_every_pair_channel_and_rule() {
    let page = include_str!("../docs/method/double-counting.md");
    let rulebook = rulebook();
    let has = |row: String| assert!(page.contains(&row), "not in the page: {row}");
    for pair in &rulebook.forbidden_pairs {
        has(format!(
            "| `{}` | `{}` | {} |",
            pair.channels[0], pair.channels[1], pair.reason.en
        ));
    }
    for (channel, text) in &rulebook.channels {
        has(format!("| `{channel}` | {} | {} |", text.en, text.nl));
    }
    for rule in &rulebook.checklist {
        has(format!("| {} |", rule.text.en));
    }
}
