//! The rulebooks through the whole engine: what flips between them, what stays, and what is refused.
#[expect(dead_code, reason = "shared by several test programs, each of which uses a part")]
mod support;

use mkba_core::appraisal::Detail;
use mkba_core::finance::Timing;
use mkba_core::outcome::Outcome;
use mkba_core::rulebook::{Part, PriceUnit, ResidualRule, Rulebook};
use support::project::{Project, Run, rulebook_named};
use support::small::Small;
use support::view::view;
use support::{assert_near, assert_near_on_scale};

const RULEBOOKS: [&str; 4] = ["nl-2021", "nl-2016", "eu-2021", "uk-2026"];
const LEVER: &str = "[lever.bought]\ndefault = '0'\ncombine = 'exclusive'";
const BUY: &str = "[alternative.buy]\nset = { bought = '1' }";

fn run(small: &Small, rulebook: &Rulebook) -> Outcome {
    small.project().run_under(rulebook, "study.toml", Run::draws(1))
}

fn flow(name: &str, kind: &str, party: &str, tax: &str) -> String {
    let of = if kind == "cost" { "paid_by" } else { "accrues_to" };
    format!(
        "[flow.{name}]\nlabel = '{name}'\nkind = '{kind}'\nformula = 'bought * 100 EUR/year'\n{of} = '{party}'\n{tax}\n"
    )
}

/// One euro a year in every year.
fn euro(first: i32, last: i32) -> Small {
    let euro = "[flow.euro]\nlabel = 'Euro'\nkind = 'benefit'\nformula = 'bought * 1 EUR/year'\naccrues_to = 'people'\ntax = { basis = 'market', contains = '0 %' }";
    Small::new(2026, first, last).model(LEVER).model(euro).alternatives(BUY)
}

#[test]
fn rule_3_a_cost_of_100_without_tax_is_118_2_or_121_in_the_netherlands_and_100_under_european_rules() {
    let small = Small::new(2026, 2026, 2026)
        .model(LEVER)
        .model(
            &["firm", "town", "university"]
                .map(|buyer| flow(&format!("of_{buyer}"), "cost", buyer, "tax = { vat = '21 %' }"))
                .concat(),
        )
        .alternatives(BUY);
    let totals = |id: &str| -> Vec<(f64, f64)> {
        let outcome = run(&small, &rulebook_named(id));
        let found = view(&outcome, "only", "buy");
        ["firm", "town", "university"]
            .map(|buyer| {
                (
                    found.posting(&format!("of_{buyer}"), buyer),
                    found.flow(&format!("of_{buyer}")),
                )
            })
            .into()
    };
    for id in ["nl-2021", "nl-2016", "uk-2026"] {
        for (found, expected) in totals(id)
            .iter()
            .zip([(-100.0, -118.2), (-100.0, -121.0), (-121.0, -121.0)])
        {
            assert_near(found.0, expected.0, 1e-14);
            assert_near(found.1, expected.1, 1e-14);
        }
    }
    // Each pays what it paid; to society it is what the purchase costs without tax.
    for (found, cash) in totals("eu-2021").iter().zip([-100.0, -100.0, -121.0]) {
        assert_near(found.0, cash, 1e-14);
        assert_near(found.1, -100.0, 1e-14);
    }
}

#[test]
fn benefits_flip_between_market_and_factor_prices_with_the_costs() {
    let small = Small::new(2026, 2026, 2026)
        .model(LEVER)
        .model(&flow("rent", "benefit", "firm", "tax = { basis = 'factor' }"))
        .model(&flow(
            "comfort",
            "benefit",
            "people",
            "tax = { basis = 'market', contains = 'average' }",
        ))
        .model(&flow(
            "saving",
            "benefit",
            "people",
            "tax = { basis = 'market', contains = '25 %' }",
        ))
        .alternatives(BUY);
    let found = |id: &str| -> [f64; 3] {
        let outcome = run(&small, &rulebook_named(id));
        let found = view(&outcome, "only", "buy");
        ["rent", "comfort", "saving"].map(|flow| found.flow(flow))
    };
    for (value, expected) in found("nl-2021").into_iter().zip([118.2, 100.0, 100.0]) {
        assert_near(value, expected, 1e-14);
    }
    for (value, expected) in found("eu-2021").into_iter().zip([100.0, 100.0 / 1.182, 80.0]) {
        assert_near(value, expected, 1e-14);
    }
}

#[test]
fn an_amount_of_which_the_tax_is_not_stated_is_refused_net_of_taxes_and_a_transfer_is_not() {
    let transfer = "[flow.grant]\nlabel = 'Grant'\nkind = 'transfer'\nformula = 'bought * 100 EUR/year'\nfrom = 'treasury'\nto = 'town'\n";
    let silent = [
        flow("silent", "benefit", "people", ""),
        flow("basis_only", "cost", "town", "tax = { basis = 'market' }"),
    ];
    let small = Small::new(2026, 2026, 2026)
        .model(LEVER)
        .model(transfer)
        .alternatives(BUY);
    let codes = |small: &Small, id: &str| -> Vec<(&str, String)> {
        let project = small.project();
        project
            .try_compile_under(&rulebook_named(id), "study.toml", Detail::Balances)
            .err()
            .unwrap_or_default()
    };
    assert_eq!(codes(&small, "eu-2021"), []);
    let small = small.model(&silent.concat());
    assert_eq!(codes(&small, "nl-2021"), []);
    let refused = codes(&small, "eu-2021");
    assert_eq!(
        refused.iter().map(|(code, _)| *code).collect::<Vec<_>>(),
        ["E0408", "E0408"]
    );
    assert!(
        refused[0].1.contains("`basis_only`") && refused[1].1.contains("`silent`"),
        "{refused:?}"
    );
}

#[test]
fn rule_11_a_euro_in_year_40_is_worth_the_chained_factor_under_british_rules() {
    let uk = rulebook_named("uk-2026");
    let only = |year: i32, rulebook: &Rulebook| {
        let outcome = run(&euro(year, year), rulebook);
        view(&outcome, "only", "buy").balance()
    };
    assert_near(only(2066, &uk), 1.035_f64.powi(-30) * 1.03_f64.powi(-10), 1e-13);
    assert_near(only(2056, &uk), 1.035_f64.powi(-30), 1e-13);
    let long = uk.under_schedule("long-term").expect("the rulebook has it");
    assert_near(only(2066, &long), 1.03_f64.powi(-30) * 1.0257_f64.powi(-10), 1e-13);
    let mut mid = uk;
    mid.timing = Timing::MidYear;
    assert_near(
        only(2066, &mid),
        1.035_f64.powi(-30) * 1.03_f64.powi(-10) * 1.03_f64.sqrt(),
        1e-13,
    );
}

/// The days are those on which the analyses are started; which rulebook is right for them is tested beside the rulebooks.
#[test]
fn rule_13_an_analysis_of_2019_is_at_3_and_4_5_percent_and_one_of_2024_at_2_25_percent() {
    let flows = [("plain", "standard"), ("works", "physical"), ("jams", "nonlinear")];
    let flows = flows
        .map(|(name, class)| flow(name, "benefit", "people", &format!("discount = '{class}'")))
        .concat();
    let small = Small::new(2026, 2027, 2027)
        .model(LEVER)
        .model(&flows)
        .alternatives(BUY);
    let rates = |id: &str| -> Vec<String> {
        let outcome = run(&small, &rulebook_named(id));
        let found = view(&outcome, "only", "buy");
        let percent = |flow: &str| format!("{:.2}", 100.0 * (100.0 / found.flow(flow) - 1.0));
        ["plain", "works", "jams"].map(percent).into()
    };
    assert_eq!(rates("nl-2016"), ["3.00", "4.50", "4.50"]);
    assert_eq!(rates("nl-2021"), ["2.25", "2.25", "2.90"]);
    assert_eq!(rates("eu-2021"), ["3.00", "3.00", "3.00"]);
}

#[test]
fn years_after_the_horizon_do_not_count_unless_they_are_the_residual_value() {
    let value = |rulebook: &Rulebook| {
        let outcome = run(&euro(2026, 2125), rulebook);
        view(&outcome, "only", "buy").balance()
    };
    let annuity_due = |rate: f64, years: i32| (0..years).map(|year| (1.0 + rate).powi(-year)).sum::<f64>();
    assert_near(value(&rulebook_named("nl-2021")), annuity_due(0.0225, 100), 1e-12);
    let mut eu = rulebook_named("eu-2021");
    assert_near(value(&eu), annuity_due(0.03, 100), 1e-12);
    eu.horizon.residual = ResidualRule::None;
    assert_near(value(&eu), annuity_due(0.03, 25), 1e-12);
    let uk = value(&rulebook_named("uk-2026"));
    let later: f64 = (1..30).map(|year| 1.03_f64.powi(-year)).sum::<f64>() * 1.035_f64.powi(-30);
    assert_near(uk, annuity_due(0.035, 31) + later, 1e-12);
}

/// Payback and the equivalent annual amount see the same factors and years as the balance.
#[test]
fn indicators_follow_the_schedule_and_the_horizon() {
    let outcome = run(&euro(2026, 2125), &rulebook_named("uk-2026"));
    assert_eq!(outcome.catalogue.last_counted_year, Some(2085));
    let table = mkba_core::tables::indicators(&outcome, mkba_core::finance::RatioConvention::CostsOfTheMeasure);
    let mut csv = String::new();
    for row in 0..table.row_count() {
        let cells = table
            .columns
            .iter()
            .map(|column| format!("{:?}", column.values.cell(row)));
        csv += &format!("{}\n", cells.collect::<Vec<_>>().join(" "));
    }
    let line = csv
        .lines()
        .find(|line| line.contains("\"equivalent_annual_amount\""))
        .expect("there is one");
    let number = |text: &str| text.split("Number(").nth(1)?.split(')').next()?.parse::<f64>().ok();
    assert_near(number(line).expect("a number"), 1.0, 1e-12);
}

#[test]
fn money_from_the_union_is_a_gain_to_the_netherlands_and_a_transfer_under_european_rules() {
    let grant = "[party.brussels]\nlabel = 'Brussels'\nsociety = 'union'\nvat = 'exempt'\n[flow.grant]\nlabel = 'Grant'\nkind = 'transfer'\nformula = 'bought * 100 EUR/year'\nfrom = 'brussels'\nto = 'town'\n";
    let small = Small::new(2026, 2026, 2026).model(LEVER).model(grant).alternatives(BUY);
    let balance = |id: &str| {
        let outcome = run(&small, &rulebook_named(id));
        view(&outcome, "only", "buy").balance()
    };
    assert_near(balance("nl-2021"), 100.0, 1e-14);
    assert_near(balance("uk-2026"), 100.0, 1e-14);
    assert_near_on_scale(balance("eu-2021"), 0.0, 100.0, 1e-14);
}

/// No taxes, one flat rate, and years that all count: nothing is left in which the rulebooks differ.
#[test]
fn without_taxes_and_at_equal_flat_rates_all_rulebooks_give_the_same_balance() {
    let flows = flow("cost", "cost", "town", "tax = { basis = 'market', contains = '0 %' }")
        + &flow(
            "gain",
            "benefit",
            "people",
            "tax = { basis = 'market', contains = '0 %' }\ndiscount = 'nonlinear'",
        );
    let small = Small::new(2026, 2026, 2040)
        .model(LEVER)
        .model(&flows)
        .model("[flow.more]\nlabel = 'More'\nkind = 'benefit'\nformula = 'bought * grown(2 %/year) * 7 EUR/year'\naccrues_to = 'people'\ntax = { basis = 'market', contains = '0 %' }")
        .alternatives(BUY);
    let balance = |id: &str| {
        let mut rulebook = rulebook_named(id);
        for class in rulebook.discount.values_mut() {
            (class.rate_per_year, class.steps) = (0.03, Vec::new());
        }
        let outcome = run(&small, &rulebook);
        view(&outcome, "only", "buy").balance()
    };
    let expected = balance("nl-2021");
    assert!(expected.abs() > 1.0);
    for id in RULEBOOKS {
        assert_near(balance(id), expected, 1e-14);
    }
}

#[test]
fn the_shipped_study_runs_under_every_rulebook_without_a_change() {
    let project = Project::shipped();
    let mut balances = Vec::new();
    for id in RULEBOOKS {
        let outcome = project.run_under(&rulebook_named(id), "scenarios/city-deal.toml", Run::draws(64));
        let integrated = outcome.catalogue.compared().last().expect("an alternative");
        let balance = outcome.scenarios[0].alternatives[integrated].balance.mean;
        assert!(balance.is_finite() && balance != 0.0, "{id}: {balance}");
        assert!(!balances.contains(&balance), "{id} is as another rulebook");
        balances.push(balance);
    }
}

/// The parts are taken over one by one; what the last of them gives is the other rulebook's balance.
#[test]
fn the_steps_of_a_bridge_end_at_the_balance_of_the_other_rulebook() {
    let project = Project::shipped();
    let mean = |rulebook: &Rulebook| {
        let outcome = project.run_under(rulebook, "scenarios/tour.toml", Run::draws(64));
        let compared = outcome.catalogue.compared().last().expect("an alternative");
        outcome.scenarios[0].alternatives[compared].balance.mean
    };
    let (from, to) = (rulebook_named("nl-2021"), rulebook_named("eu-2021"));
    let (start, end) = (mean(&from), mean(&to));
    let mut between = from;
    let (mut before, mut changes) = (start, Vec::new());
    for part in Part::ALL {
        part.take_over(&mut between, &to);
        let after = mean(&between);
        changes.push(after - before);
        before = after;
    }
    assert!(between.computes_as(&to));
    let sum: f64 = changes.iter().sum();
    assert_near_on_scale(start + sum, end, start, 1e-9);
    // The tour sets its own rates, and its years are fewer than the reference period: only the unit of account changes it.
    assert_eq!(to.prices.unit, PriceUnit::FactorPrices);
    assert!(changes[1].abs() > 1e-3 * start.abs(), "{changes:?}");
}
