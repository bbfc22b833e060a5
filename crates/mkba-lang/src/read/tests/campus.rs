//! The benchmark model of the language specification: one campus, thirty years.
use super::Outcome;
use crate::declarations::{Combine, Declarations, FlowKind, Parameter, Quantity, Tax};
use crate::project::{Files, MemoryFiles};
use crate::read::tests::small;
use mkba_core::input::Distribution;

const MODEL: &str = r#"# One campus, thirty years: the benchmark model, same equations as its reference programs.
[model]
language   = 1
id         = "campus-cba-30"
label      = { nl = "Eén campus, dertig jaar", en = "One campus, thirty years" }
price_year = 2025
base_year  = 2025                           # present values are amounts at the end of 2025
years      = { first = 2026, last = 2055 }

[unit]
student = {}
job     = {}

[party]
treasury  = { label = { nl = "Rijk", en = "Treasury" } }
companies = { label = { nl = "Bedrijven", en = "Companies" } }
residents = { label = { nl = "Inwoners", en = "Residents" } }

# What an alternative may change. `combine` says what happens when two measures set the same lever.
[lever]
campus_size   = { default = "0", combine = "exclusive", label = { nl = "Omvang campus", en = "Campus size" } }
benefit_reach = { default = "0", combine = "exclusive", label = { nl = "Bereik baten", en = "Reach of benefits" } }
research_size = { default = "0", combine = "exclusive", label = { nl = "Omvang onderzoek", en = "Research size" } }
later_start   = { default = "0 year", combine = "exclusive", label = { nl = "Latere start", en = "Later start" } }
"#;

const PARAMETERS: &str = r#"# A value is written as one would say it: a number with its unit, or a distribution of such numbers.
# The unit is part of the value, so it is stated once. Teaching values: all are assumptions.
[defaults.parameter]
assumption = "teaching value of the benchmark"
confidence = "low"

[parameter]
investment           = { value = "lognormal(median = 250, sigma = 0.2) MEUR" }
cost_overrun         = { value = "triangular(0.9, 1.05, 1.6)" }
operating_cost_share = { value = "uniform(1, 3) %/year" }
opening_delay        = { value = "uniform(0, 3) year" }
students_now         = { value = "normal(8000, sd = 800) student" }
student_growth       = { value = "normal(1, sd = 1) %/year" }
stay_rate            = { value = "beta(4, 6)" }
wage_premium         = { value = "lognormal(median = 6, sigma = 0.3) kEUR/student/year" }
wage_growth          = { value = "normal(1, sd = 0.5) %/year" }
research_spillover   = { value = "lognormal(median = 0.3, sigma = 0.5)" }
research_spending    = { value = "normal(40, sd = 6) MEUR/year" }
density_elasticity   = { value = "triangular(0.01, 0.03, 0.08)" }
jobs                 = { value = "normal(3000, sd = 500) job" }
output_per_job       = { value = "lognormal(median = 80, sigma = 0.15) kEUR/job/year" }
deadweight           = { value = "beta(3, 4)" }
displacement         = { value = "beta(2, 5)" }
ramp_up_time         = { value = "uniform(3, 10) year" }
co2_price_growth     = { value = "normal(3, sd = 1) %/year" }
co2_saved            = { value = "triangular(1, 3, 6) kt/year" }
co2_price            = { value = "100 EUR/t" }
extra_graduates      = { value = "25 %" }
"#;

const EFFECTS: &str = r#"# --- time -------------------------------------------------------------------------------------------------
[variable.building_time]
unit    = "year"
formula = '3 year + 0.5 * later_start'

[variable.operating_time]                     # how long the campus has been open at the end of the year
unit    = "year"
formula = 'max(0 year, elapsed - building_time - opening_delay)'    # `elapsed` = time since the base year

[variable.occupancy]
unit    = "1"
formula = '1 - exp(-operating_time / ramp_up_time)'

# --- costs ------------------------------------------------------------------------------------------------
[variable.total_investment]
unit    = "EUR"
formula = 'investment * cost_overrun * campus_size'

[flow.construction]
kind    = "cost"
effect  = "investment"
formula = 'if elapsed <= round_up(building_time, 1 year) then total_investment / round_up(building_time, 1 year) else 0'
paid_by = "treasury"

[flow.operation]
kind    = "cost"
effect  = "upkeep"
formula = 'if operating_time > 0 year then total_investment * operating_cost_share else 0'
paid_by = "treasury"

# --- benefits ---------------------------------------------------------------------------------------------
[flow.human_capital]
kind       = "benefit"
effect     = "indirect"
formula    = 'students_now * grown(student_growth) * extra_graduates * stay_rate * wage_premium * grown(wage_growth) * benefit_reach * occupancy'
accrues_to = "residents"

[flow.research_spillover]
kind       = "benefit"
effect     = "external"
headline   = "separate"
formula    = 'research_spending * research_spillover * research_size * grown(wage_growth) * occupancy'
accrues_to = "companies"

[flow.agglomeration]
kind       = "benefit"
effect     = "external"
formula    = '''
  jobs * (1 - deadweight) * (1 - displacement)
  * output_per_job * grown(wage_growth) * density_elasticity
  * benefit_reach * occupancy
'''
accrues_to = "companies"

[flow.co2]
kind       = "benefit"
effect     = "external"
formula    = 'co2_saved * co2_price * grown(co2_price_growth) * benefit_reach * occupancy'
accrues_to = "residents"
"#;

const STUDY: &str = r#"[study]
model    = "models/teaching/campus-cba-30"     # from the project root, never outside it
baseline = "nothing"
draws    = 10_000
seed     = 1
design   = "random"

[discount]                                     # this study replaces the rulebook's rate; every table says so
standard = "triangular(1.6, 2.25, 3.0) %/year"
timing   = "end_of_year"

[scenario.single]

[alternative.nothing]
[alternative.continue]
set = { campus_size = 0.15, benefit_reach = 0.10, research_size = 0.05 }
[alternative.small]
set = { campus_size = 0.6, benefit_reach = 0.65, research_size = 0.6, later_start = "2 year" }
[alternative.full]
set = { campus_size = 1.0, benefit_reach = 1.0, research_size = 1.0, later_start = "4 year" }
[alternative.grand]
set = { campus_size = 1.1, benefit_reach = 1.05, research_size = 1.2, later_start = "6 year" }
"#;

/// The benchmark model, its study in the model folder.
fn campus() -> MemoryFiles {
    MemoryFiles::new()
        .with("mkba.toml", "[project]\nname = 'test'\nlanguage = 1\n")
        .with("models/teaching/campus-cba-30/model.toml", MODEL)
        .with("models/teaching/campus-cba-30/parameters.toml", PARAMETERS)
        .with("models/teaching/campus-cba-30/effects.toml", EFFECTS)
        .with("models/teaching/campus-cba-30/study.toml", STUDY)
}

#[test]
fn the_benchmark_model_is_read_whole() {
    let found = Outcome::study(&campus(), "models/teaching/campus-cba-30/study.toml").right();
    assert_eq!(
        (found.model.first_year.value, found.model.last_year.value),
        (2026, 2055)
    );
    assert_eq!(found.model.label.nl, "Eén campus, dertig jaar");
    assert_eq!(found.model.folder, "models/teaching/campus-cba-30");
    assert_eq!(
        (found.study.draws.value, found.study.seed, found.study.rulebook.as_str()),
        (10_000, 1, "nl-2021")
    );
    assert_eq!(
        found.study.timing.map(|timing| timing.value).as_deref(),
        Some("end_of_year")
    );
    let counts = [
        found.units.len(),
        found.parties.len(),
        found.parameters.len(),
        found.levers.len(),
        found.variables.len(),
        found.flows.len(),
        found.scenarios.len(),
        found.alternatives.len(),
    ];
    assert_eq!(counts, [2, 3, 21, 4, 4, 6, 1, 5]);
    let names: Vec<_> = found
        .alternatives
        .iter()
        .map(|alternative| alternative.name.value.as_str())
        .collect();
    assert_eq!(names, ["nothing", "continue", "small", "full", "grand"]);
    assert_eq!(found.alternatives[2].set.len(), 4);
}

#[test]
fn a_discount_rate_of_the_study_is_a_distribution_with_one_unit() {
    let found = Outcome::study(&campus(), "models/teaching/campus-cba-30/study.toml").right();
    let rate = &found.study.discount["standard"];
    let Quantity::Uncertain(Distribution::Triangular { low, mode, high }) = rate.quantity else {
        panic!("{rate:?}");
    };
    assert_eq!((low, mode, high), (1.6, 2.25, 3.0));
    let parts: Vec<_> = rate
        .unit
        .parts
        .iter()
        .map(|part| (part.name.as_str(), part.exponent))
        .collect();
    assert_eq!(parts, [("%", 1), ("year", -1)]);
}

#[test]
fn defaults_of_a_file_reach_its_parameters_and_no_others() {
    let found = Outcome::study(&campus(), "models/teaching/campus-cba-30/study.toml").right();
    assert!(found.parameters.iter().all(|parameter| {
        let provenance = &parameter.value.provenance;
        provenance.assumption == "teaching value of the benchmark" && provenance.confidence == "low"
    }));
    let other = small("[parameter.x]\nvalue = 1\n").with(
        "models/small/other.toml",
        "[defaults.parameter]\nassumption = 'because'\n[parameter.y]\nvalue = 2\nsource = 'book'\n",
    );
    let outcome = Outcome::model(&other, "models/small");
    outcome.only("E0020", &["x"]);
    let files = other.with("models/small/model.toml", super::HEAD);
    let found = Outcome::model(&files, "models/small").right();
    assert_eq!(found.parameters[0].value.provenance.source, "book");
    assert_eq!(
        found.parameters[0].value.provenance.assumption, "",
        "a source replaces an assumption by default"
    );
}

#[test]
fn flows_levers_and_formulas_are_as_written() {
    let outcome = Outcome::study(&campus(), "models/teaching/campus-cba-30/study.toml");
    let found = outcome.declarations.as_ref().expect("no faults");
    let flow = found
        .flows
        .iter()
        .find(|flow| flow.name.value == "agglomeration")
        .expect("flow");
    assert_eq!(flow.kind.value, FlowKind::Benefit);
    assert_eq!(
        (flow.effect.as_str(), flow.separate, flow.postings.len()),
        ("external", false, 1)
    );
    assert_eq!(flow.postings[0].party.value, "companies");
    assert!(matches!(flow.tax, Tax::Market(_)));
    assert!(found.flows.iter().any(|flow| flow.separate));
    assert_eq!(found.levers[0].combine, Combine::Exclusive);
    // The formula is a text of several lines: its span is exact although TOML leaves out the first line break.
    let text = &outcome.sources.file(flow.formula.span.file).text[flow.formula.span.range()];
    assert!(
        text.starts_with("jobs * (1 - deadweight)") && text.ends_with("benefit_reach * occupancy"),
        "{text}"
    );
}

#[test]
fn the_order_of_files_changes_nothing() {
    let one = Outcome::study(&campus(), "models/teaching/campus-cba-30/study.toml").right();
    let files = campus();
    let all: String = ["parameters", "effects", "model"]
        .iter()
        .map(|name| {
            let bytes = files
                .read(&format!("models/teaching/campus-cba-30/{name}.toml"))
                .expect("file");
            String::from_utf8(bytes).expect("text")
        })
        .collect();
    let files = MemoryFiles::new()
        .with("models/teaching/campus-cba-30/z/all.toml", all)
        .with("models/teaching/campus-cba-30/model.toml", "")
        .with("study.toml", STUDY);
    let other = Outcome::study(&files, "study.toml").right();
    let parameters = |found: &Declarations| -> Vec<String> {
        let shown = |parameter: &Parameter| format!("{} {:?}", parameter.name.value, parameter.value.quantity);
        found.parameters.iter().map(shown).collect()
    };
    let others = |found: &Declarations| -> Vec<String> {
        let flows = found.flows.iter().map(|flow| &flow.name);
        let variables = found.variables.iter().map(|variable| &variable.name);
        let levers = found.levers.iter().map(|lever| &lever.name);
        flows
            .chain(variables)
            .chain(levers)
            .map(|name| name.value.clone())
            .collect()
    };
    assert_eq!(parameters(&one), parameters(&other));
    assert_eq!(others(&one), others(&other));
}

#[test]
fn damaged_files_give_faults_inside_the_text_and_never_a_panic() {
    const STUDY_PATH: &str = "models/teaching/campus-cba-30/study.toml";
    let whole = campus();
    let (mut faulty, mut all) = (0, 0);
    for path in whole.list("models").expect("files") {
        let bytes = whole.read(&path).expect("file");
        for at in (0..bytes.len()).step_by(11) {
            let mut damaged = bytes.clone();
            damaged[at] = b"\"'[]{}=,.#\n%()-0a\xff"[at % 18];
            let files = whole.clone().with(&path, damaged);
            let outcome = Outcome::study(&files, STUDY_PATH);
            assert_eq!(
                outcome.declarations.is_none(),
                outcome.diagnostics.has_errors(),
                "{path} at {at}"
            );
            for label in outcome.diagnostics.list().iter().flat_map(|fault| &fault.labels) {
                let text = &outcome.sources.file(label.span.file).text;
                assert!(text.get(label.span.range()).is_some(), "{path} at {at}: {label:?}");
            }
            faulty += usize::from(outcome.declarations.is_none());
            all += 1;
        }
    }
    assert!(faulty * 3 > all, "{faulty} of {all} damaged files were refused");
}
