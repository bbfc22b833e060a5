//! Acceptance tests of the Dutch rules for cost-benefit analysis, each through the whole engine: text in, outcome out.
//!
//! The numbers are those of the project's list of rules; the same on the shipped models is in `tests/method_on_models.rs`. Not here yet: 11 and 13 (other rulebooks).
#[path = "support/program.rs"]
mod program;
#[expect(dead_code, reason = "shared by several test programs, each of which uses a part")]
mod support;

use mkba_core::appraisal::Detail;
use mkba_core::finance::Timing;
use mkba_core::outcome::Outcome;
use program::succeeds;
use std::sync::LazyLock;
use support::project::{Project, Run};
use support::small::Small;
use support::view::view;
use support::{assert_near, assert_near_on_scale};

/// The main study, with few draws.
static CITY_DEAL: LazyLock<Outcome> =
    LazyLock::new(|| Project::shipped().run("scenarios/city-deal.toml", Run::draws(64)));

#[test]
fn rule_1_pure_relocation_costs_its_cost_and_moves_the_rest_between_regions() {
    let outcome = Small::new(2026, 2027, 2036)
        .head("region = 'region'")
        .file("regions.csv", "id,jobs_now,direction\nplace-a,500,-1\nplace-b,200,1\n")
        .model(
            "
            [unit.job]
            [index.region]
            from = 'regions.csv'
            key = 'id'
            columns = { jobs_now = 'job', direction = '1' }
            [lever.moved]
            default = '0 job'
            combine = 'exclusive'
            [variable.jobs]
            unit = 'job'
            over = ['region']
            formula = 'jobs_now + direction * moved'
            [flow.output]
            label = 'Output'
            kind = 'benefit'
            effect = 'indirect'
            formula = 'jobs * output_per_job'
            accrues_to = 'firm'
            [flow.removal]
            label = 'Removal'
            kind = 'cost'
            effect = 'other'
            formula = 'if now = 2027 then moved * removal_cost else 0'
            paid_by = 'firm'
            [parameter]
            output_per_job = { value = '80 kEUR/job/year' }
            removal_cost = { value = '5 kEUR/job/year' }
            ",
        )
        .alternatives("[alternative.move]\nset = { moved = '100 job' }")
        .run();
    let found = view(&outcome, "only", "move");
    let cost = 100.0 * 5e3 / 1.0225;
    let output = 100.0 * 80e3 * annuity(0.0225, 10);
    assert_eq!(outcome.catalogue.regions, ["place-a", "place-b"]);
    assert_near(found.regional("output")[0], -output, 1e-12);
    assert_near(found.regional("output")[1], output, 1e-12);
    assert_near_on_scale(found.flow("output"), 0.0, output, 1e-14);
    assert_near_on_scale(found.balance(), -cost, output, 1e-14);
}

#[test]
fn rule_2_a_change_of_subsidy_leaves_the_balance_and_sums_to_zero_over_parties() {
    let outcome = Small::new(2026, 2026, 2046)
        .model(
            "
            [lever.built]
            default = '0'
            combine = 'exclusive'
            [lever.subsidised]
            default = '0 %'
            combine = 'exclusive'
            [flow.building]
            label = 'Building'
            kind = 'cost'
            effect = 'investment'
            formula = 'built * price'
            paid_by = 'university'
            tax = { vat = '21 %' }
            [flow.use]
            label = 'Use'
            kind = 'benefit'
            effect = 'direct'
            formula = 'built * price * 1.3'
            accrues_to = { firm = '60 %', people = 'remainder' }
            [flow.subsidy]
            label = 'Subsidy'
            kind = 'transfer'
            formula = 'built * price * subsidised'
            from = { treasury = '70 %', town = 'remainder' }
            to = 'university'
            [parameter.price]
            value = 'triangular(8, 10, 15) MEUR/year'
            ",
        )
        .alternatives("[alternative.little]\nset = { built = '1', subsidised = '20 %' }")
        .alternatives("[alternative.much]\nset = { built = '1', subsidised = '60 %' }")
        .draws(100);
    let (little, much) = (view(&outcome, "only", "little"), view(&outcome, "only", "much"));
    assert_eq!(little.result.balance_draws, much.result.balance_draws);
    assert!(little.balance() != 0.0);
    let parties: Vec<&str> = outcome
        .catalogue
        .parties
        .iter()
        .map(|party| party.entry.id.as_str())
        .collect();
    let change = |party: &&str| much.posting("subsidy", party) - little.posting("subsidy", party);
    assert!(change(&"university") > 1e7 && change(&"treasury") < -1e7 && change(&"town") < -1e6);
    let sum: f64 = parties.iter().map(change).sum();
    assert_near_on_scale(sum, 0.0, change(&"university"), 1e-14);
    for found in [little, much] {
        let sum: f64 = parties.iter().map(|party| found.posting("subsidy", party)).sum();
        assert_near_on_scale(sum, 0.0, found.posting("subsidy", "university"), 1e-14);
        assert_eq!(found.flow("subsidy"), 0.0);
    }
}

#[test]
fn rule_3_a_cost_of_100_without_tax_is_118_2_by_the_average_and_121_by_a_rate_that_is_not_recovered() {
    let purchase = |buyer: &str, tax: &str| {
        format!(
            "[flow.{buyer}_{0}]\nlabel = 'Purchase'\nkind = 'cost'\nformula = 'bought * 100 EUR/year'\npaid_by = '{buyer}'\ntax = {1}\n",
            if tax.contains("vat") { "rated" } else { "average" },
            tax
        )
    };
    let (average, rated) = ("{ basis = 'factor' }", "{ vat = '21 %' }");
    let outcome = Small::new(2026, 2026, 2026)
        .model("[lever.bought]\ndefault = '0'\ncombine = 'exclusive'")
        .model(
            &["firm", "town", "university"]
                .map(|buyer| purchase(buyer, average) + &purchase(buyer, rated))
                .concat(),
        )
        .alternatives("[alternative.buy]\nset = { bought = '1' }")
        .run();
    let found = view(&outcome, "only", "buy");
    let expected = [
        // Flow, its payer, cash of the payer, total.
        ("firm_average", "firm", -100.0, -118.2),
        ("town_average", "town", -100.0, -118.2),
        ("university_average", "university", -100.0, -118.2),
        ("firm_rated", "firm", -100.0, -118.2),
        ("town_rated", "town", -100.0, -121.0),
        ("university_rated", "university", -121.0, -121.0),
    ];
    for (flow, payer, cash, total) in expected {
        assert_near(found.posting(flow, payer), cash, 1e-14);
        assert_near_on_scale(found.posting(flow, "treasury"), total - cash, 100.0, 1e-14);
        assert_near(found.flow(flow), total, 1e-14);
    }
}

#[test]
fn rule_4_a_euro_a_year_for_a_century_after_opening_is_an_annuity_brought_to_the_base_year() {
    let euro = |base, opening, discount: &str, last: i32| {
        let model = Small::new(base, base, last)
            .head(&format!("opening_year = {opening}"))
            .discount(discount)
            .model("[lever.open]\ndefault = '0'\ncombine = 'exclusive'")
            .model(
                "
                [flow.euro]
                label = 'Euro'
                kind = 'benefit'
                formula = 'if since_opening >= 0 year then open * 1 EUR/year else 0'
                accrues_to = 'people'
                ",
            );
        model
            .alternatives("[alternative.yes]\nset = { open = '1' }")
            .without_horizon()
    };
    // Opening in the fourth year after the base year; one hundred years, the opening year included.
    let outcome = euro(2026, 2030, "timing = 'end_of_year'", 2129);
    assert_eq!(outcome.catalogue.timing, Timing::EndOfYear);
    let century = view(&outcome, "only", "yes").balance();
    assert_near(century, annuity(0.0225, 100) * 1.0225_f64.powi(-3), 1e-13);
    let outcome = euro(2026, 2030, "timing = 'mid_year'", 2129);
    assert_eq!(outcome.catalogue.timing, Timing::MidYear);
    assert_near(
        view(&outcome, "only", "yes").balance(),
        century * 1.0225_f64.sqrt(),
        1e-13,
    );
    // Published factor of one hundred years: 39.64; 10.8 % of a perpetuity lies beyond. Fifteen centuries stand for ever: what lies beyond
    // them is 1.0225^-1500 = 3e-15 of the whole.
    let from_next_year = |last| view(&euro(2026, 2027, "timing = 'end_of_year'", last), "only", "yes").balance();
    let (hundred, ever) = (from_next_year(2126), from_next_year(3526));
    assert_eq!(format!("{hundred:.2}"), "39.64");
    assert_near(ever, 1.0 / 0.0225, 1e-12);
    assert_eq!(format!("{:.1}", 100.0 * (1.0 - hundred / ever)), "10.8");
}

#[test]
fn rule_5_relative_price_growth_in_the_flow_is_a_flat_flow_at_1_238_percent() {
    let rate: f64 = 1.0225 / 1.01 - 1.0;
    assert_eq!(format!("{:.3}", 100.0 * rate), "1.238");
    let nature = |formula: &str, discount: &str| {
        let model = Small::new(2026, 2027, 2126).discount(discount);
        let flow = format!(
            "[flow.nature]\nlabel = 'Nature'\nkind = 'benefit'\neffect = 'external'\nformula = '{formula}'\naccrues_to = 'people'"
        );
        let model = model
            .model(&flow)
            .model("[lever.area]\ndefault = '0'\ncombine = 'exclusive'");
        let outcome = model.alternatives("[alternative.more]\nset = { area = '1' }").run();
        (
            view(&outcome, "only", "more").balance(),
            outcome.catalogue.rates[0].clone(),
        )
    };
    let (grown, rulebook) = nature("area * 3 MEUR/year * grown(1 %/year)", "timing = 'end_of_year'");
    let (flat, own) = nature("area * 3 MEUR/year", &format!("standard = '{rate} 1/year'"));
    assert_eq!(
        (rulebook.per_year, rulebook.replaced, own.replaced),
        (Some(0.0225), false, true)
    );
    assert_near(grown, flat, 1e-12);
    assert_near(flat, 3e6 * annuity(rate, 100), 1e-12);
}

/// Efficient prices of the WLO scenarios without indirect tax: 20 to 40 (low) and 80 to 160 (high) euro per tonne from 2030 to 2050.
const CO2: &str = "
    [driver.co2_price]
    unit = 'EUR/t'
    [lever.saved]
    default = '0 t/year'
    combine = 'exclusive'
    [flow.co2]
    label = 'CO2'
    kind = 'benefit'
    effect = 'external'
    formula = 'saved * co2_price'
    accrues_to = 'people'
    channel = ['co2']
";

fn co2() -> Small {
    let path = |name: &str, first: f64, last: f64| {
        format!(
            "[scenario.{name}.driver.co2_price]\npoints = {{ 2030 = '{first} EUR/t', 2050 = '{last} EUR/t' }}\nbetween = 'growth'\nafter = 'constant'\nbasis = 'factor'\nassumption = 'test'\n"
        )
    };
    Small::new(2026, 2026, 2060)
        .scenarios(&(path("low", 20.0, 40.0) + &path("high", 80.0, 160.0)))
        .model(CO2)
        .alternatives("[alternative.less]\nset = { saved = '1 t/year' }")
}

#[test]
fn rule_6_the_co2_price_grows_by_a_fixed_percentage_between_years_and_is_raised_by_18_2_percent() {
    let outcome = co2().run();
    for (scenario, first) in [("low", 20.0), ("high", 80.0)] {
        let found = view(&outcome, scenario, "less");
        for year in 2030..=2060 {
            let grown = 2.0_f64.powf(f64::from(year.min(2050) - 2030) / 20.0);
            assert_near(found.in_year("co2", year), first * 1.182 * grown, 1e-13);
        }
        assert_near(found.in_year("co2", 2030), first * 1.182, 1e-15);
        assert_near(found.in_year("co2", 2050), 2.0 * first * 1.182, 1e-15);
    }
}

#[test]
fn rule_6_no_row_of_emission_rights_is_allowed_beside_the_co2_price() {
    let rights = "
        [flow.emission_rights]
        label = 'Emission rights'
        kind = 'benefit'
        formula = 'saved * 60 EUR/t'
        accrues_to = 'firm'
        channel = ['co2']
    ";
    assert_eq!(co2().model(rights).refused(), ["E0501"]);
}

#[test]
fn rule_7_a_forbidden_pair_is_refused_and_an_apportioned_pair_passes() {
    let gain = |name: &str, channel: &str| {
        format!(
            "[flow.{name}]\nlabel = 'Gain'\nkind = 'benefit'\nformula = 'done * 10 MEUR/year'\naccrues_to = 'firm'\nchannel = ['{channel}']\n"
        )
    };
    let model = || {
        let model = Small::new(2026, 2026, 2035).model("[lever.done]\ndefault = '0'\ncombine = 'exclusive'");
        model.alternatives("[alternative.yes]\nset = { done = '1' }")
    };
    let (spillover, spin_offs) = (
        gain("spillover", "research_return"),
        gain("spin_offs", "spin_off_profit"),
    );
    let both = || model().model(&spillover).model(&spin_offs);
    assert_eq!(both().refused(), ["E0502"]);
    assert_eq!(
        model()
            .model(&spillover)
            .model(&gain("again", "research_return"))
            .refused(),
        ["E0501"]
    );
    let whole = model().model(&spillover).run();
    let divided =
        "[apportionment.research]\nshares = { spillover = '70 %', spin_offs = 'remainder' }\nreason = 'a test'";
    let apportioned = both().model(divided).run();
    let (whole, apportioned) = (view(&whole, "only", "yes"), view(&apportioned, "only", "yes"));
    assert_near(apportioned.balance(), whole.balance(), 1e-15);
    assert_near(apportioned.flow("spillover"), 0.7 * whole.balance(), 1e-15);
    assert_near(apportioned.flow("spin_offs"), 0.3 * whole.balance(), 1e-15);
}

#[test]
fn rule_8_high_and_low_are_both_in_the_outcome_with_every_alternative_and_there_is_no_average() {
    let names: Vec<&str> = CITY_DEAL
        .catalogue
        .scenarios
        .iter()
        .map(|scenario| scenario.id.as_str())
        .collect();
    assert_eq!(names, ["wlo-2015-high", "wlo-2015-low"]);
    assert_eq!(CITY_DEAL.scenarios.len(), 2);
    for alternative in CITY_DEAL.catalogue.compared() {
        let [high, low] = [0, 1].map(|scenario| &CITY_DEAL.scenarios[scenario].alternatives[alternative]);
        assert_eq!((high.balance_draws.len(), low.balance_draws.len()), (64, 64));
        assert_eq!(
            (high.flows.len(), low.flows.len()),
            (CITY_DEAL.catalogue.flows.len(), CITY_DEAL.catalogue.flows.len())
        );
        // Public research alone depends on nothing that a scenario decides.
        let id = CITY_DEAL.catalogue.alternatives[alternative].id.as_str();
        let of_research = ["restore-research", "growth-fund-restored"].contains(&id);
        assert_eq!(high.balance_draws == low.balance_draws, of_research, "{id}");
    }
}

#[test]
fn rule_9_every_unpriced_item_survives_to_the_outcome_with_its_sign() {
    let items = |outcome: &Outcome| -> Vec<(String, String)> {
        let items = outcome.catalogue.unpriced.iter();
        items.map(|item| (item.entry.id.clone(), item.sign.clone())).collect()
    };
    let outcome = Small::new(2026, 2026, 2026)
        .model("[unpriced.discovery]\nlabel = 'Discovery'\nsign = '+'\nwhy = 'no valuation'")
        .model("[unpriced.crowding]\nlabel = 'Crowding'\nsign = '-'\nwhy = 'no valuation'")
        .model("[unpriced.cohesion]\nlabel = 'Cohesion'\nsign = '±'\nwhy = 'no valuation'")
        .run();
    let expected = [("cohesion", "±"), ("crowding", "-"), ("discovery", "+")];
    assert_eq!(
        items(&outcome),
        expected.map(|(id, sign)| (id.to_owned(), sign.to_owned()))
    );
    assert_eq!(outcome.catalogue.unpriced[0].entry.label.en, "Cohesion");
    let shipped = [
        ("cohesion", "±"),
        ("discovery", "+"),
        ("housing_pressure", "-"),
        ("reputation", "+"),
        ("strategic_autonomy", "+"),
    ];
    assert_eq!(
        items(&CITY_DEAL),
        shipped.map(|(id, sign)| (id.to_owned(), sign.to_owned()))
    );
}

#[test]
fn rule_9_the_printed_table_has_every_unpriced_item_with_its_sign_and_the_worth_at_which_the_balance_turns() {
    let project = Small::new(2026, 2026, 2026)
        .model("[lever.done]\ndefault = '0'\ncombine = 'exclusive'")
        .model("[flow.cost]\nlabel = 'Cost'\nkind = 'cost'\nformula = 'done * 12 MEUR/year'\npaid_by = 'town'")
        .model("[unpriced.discovery]\nlabel = 'Discovery'\nsign = '+'\nwhy = 'no valuation'")
        .model("[unpriced.crowding]\nlabel = 'Crowding'\nsign = '-'\nwhy = 'no valuation'")
        .alternatives("[alternative.yes]\nset = { done = '1' }")
        .project();
    let folder = tempfile::tempdir().expect("a folder");
    project.write_to(folder.path());
    let printed = succeeds(folder.path(), &["run", "study.toml", "--lang", "en"]);
    let cells = |label: &str| -> Vec<String> {
        let line = printed.lines().find(|line| line.trim_start().starts_with(label));
        let line = line.unwrap_or_else(|| panic!("no `{label}` in\n{printed}"));
        line.trim_start()[label.len()..]
            .split_whitespace()
            .map(str::to_owned)
            .collect()
    };
    assert_eq!(cells("Discovery"), ["+"]);
    assert_eq!(cells("Crowding"), ["−"]);
    assert_eq!(cells("Switching value of unpriced"), ["12.0"]);
}

#[test]
fn rule_10_the_value_of_an_international_student_is_multiplied_by_the_stay_rate_once() {
    const GRADUATES: &str = "models/kennisstad/effects/graduates.toml";
    const STUDENTS: &str = "models/kennisstad/effects/international-students.toml";
    let fixed = Project::shipped()
        .set(GRADUATES, "value_of_stayer", "200 kEUR@2018/person")
        .set(STUDENTS, "stay_other", "40 %");
    let found = |project: &Project, alternative: &str, flow: &str| {
        view(
            &project.run("scenarios/city-deal.toml", Run::draws(8)),
            "wlo-2015-low",
            alternative,
        )
        .flow(flow)
    };
    // More graduates stay: in proportion to the rise, n Δs V. Twice the stay rate would make it quadratic.
    let staying = |gain: &str| {
        let project = fixed.clone().set(GRADUATES, "stay_gain", gain);
        found(&project, "software", "graduates_staying")
    };
    let (two, six) = (staying("2 %"), staying("6 %"));
    assert_near(six, 3.0 * two, 1e-12);
    // 10 000 graduates a year reached in 2029 to 2049, fewer by the scenario; 200 thousand euro of 2018 in prices of 2025.
    let years = 2029..=2049;
    let discounted = years.map(|year: i32| {
        let students = 1.0 - 0.1 * f64::from(year - 2026) / 24.0;
        10_000.0 * students * 0.06 * 200e3 * (100.0 / 77.1173) * 1.0225_f64.powi(2026 - year)
    });
    assert_near(six, discounted.sum(), 1e-9);
    // More students come: N(s) = s V − C, affine in the stay rate: equal steps of the rate give equal steps of the figure.
    let coming = |stay: &str| {
        let project = fixed.clone().set(STUDENTS, "stay_eea", stay);
        found(&project, "more-international-students", "international_students")
    };
    let (low, middle, high) = (coming("20 %"), coming("30 %"), coming("40 %"));
    assert!(middle > low);
    assert_near(high - middle, middle - low, 1e-9);
    // And none of the same people's taxes, tuition or study cost may stand beside it.
    for channel in ["labour_tax", "tuition", "study_cost"] {
        let beside = format!(
            "[flow.beside]\nlabel = 'Beside'\nkind = 'benefit'\nformula = '1 MEUR/year'\naccrues_to = 'treasury'\ntax = {{ basis = 'market' }}\nchannel = ['{channel}']\ngain = {{ who = ['students_from_abroad'] }}"
        );
        let faults = Project::shipped()
            .append(STUDENTS, &beside)
            .try_compile("scenarios/city-deal.toml", Detail::Balances);
        let codes: Vec<&str> = faults.expect_err(channel).iter().map(|(code, _)| *code).collect();
        assert_eq!(codes, ["E0502"], "{channel}");
    }
}

/// A first phase shows the demand; the second costs 20 million euro once and earns the demand from then on.
fn phases(threshold: f64) -> Outcome {
    Small::new(2026, 2026, 2056)
        .model(
            "
            [lever.second]
            default = '0'
            combine = 'max'
            [measure.second_phase]
            label = 'Second phase, fixed'
            start = 2030
            set = { second = '1' }
            [variable.takings]
            unit = 'EUR/year'
            formula = 'demand * 1 MEUR/year'
            [flow.investment]
            label = 'Investment'
            kind = 'cost'
            effect = 'investment'
            formula = 'max(0, second - previous(second, first = 0)) * 20 MEUR/year'
            paid_by = 'firm'
            [flow.benefit]
            label = 'Benefit'
            kind = 'benefit'
            formula = 'second * takings'
            accrues_to = 'firm'
            [parameter.demand]
            value = 'uniform(0, 2)'
            ",
        )
        .model(&format!(
            "[measure.second_phase_if_used]\nlabel = 'Second phase, if used'\nstart = 2030\nonly_if = 'previous(takings, first = 0 EUR/year) > {threshold} EUR/year'\nset = {{ second = '1' }}"
        ))
        .alternatives("[alternative.rigid]\nmeasures = ['second_phase']")
        .alternatives("[alternative.phased]\nmeasures = ['second_phase_if_used']")
        .draws(500)
}

#[test]
fn rule_12_a_phased_option_is_worth_at_least_the_rigid_one_when_stopping_is_free() {
    // In the year of the decision, 27 years of takings are worth this many.
    let worth = 1.0 + annuity(0.0225, 26);
    let outcome = phases(20e6 / worth);
    let (rigid, phased) = (view(&outcome, "only", "rigid"), view(&outcome, "only", "phased"));
    let pairs = phased.result.balance_draws.iter().zip(&rigid.result.balance_draws);
    assert!(pairs.clone().all(|(phased, rigid)| phased >= rigid && *phased >= 0.0));
    let stopped = pairs.filter(|(phased, rigid)| phased > rigid).count();
    assert!(
        stopped > 100 && stopped < 400,
        "the rule stops in {stopped} of 500 draws"
    );
    assert!(phased.balance() > rigid.balance());
}

#[test]
fn rule_12_a_condition_that_always_holds_gives_the_rigid_plan() {
    let outcome = phases(-1.0);
    let (rigid, phased) = (view(&outcome, "only", "rigid"), view(&outcome, "only", "phased"));
    assert_eq!(phased.result.balance_draws, rigid.result.balance_draws);
}

#[test]
fn rule_14_the_balance_is_there_with_and_without_research_spillovers() {
    for scenario in ["wlo-2015-high", "wlo-2015-low"] {
        for alternative in CITY_DEAL.catalogue.compared() {
            let name = &CITY_DEAL.catalogue.alternatives[alternative].id;
            let found = view(&CITY_DEAL, scenario, name);
            let without = found.result.balance_without_separate.mean;
            let spillover = found.flow("research_spillover") + found.flow("public_research_return");
            assert_eq!(spillover > 0.0, !name.ends_with("further-cuts"), "{name}: {spillover}");
            assert_near_on_scale(found.balance() - without, spillover, found.gross(), 1e-13);
            assert_eq!(found.result.balance_without_separate_draws.len(), 64);
        }
    }
}

/// Present value of one euro at the end of each of so many years.
fn annuity(rate: f64, years: i32) -> f64 {
    (1.0 - (1.0 + rate).powi(-years)) / rate
}
