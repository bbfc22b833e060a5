//! The teaching models reproduce work that was done elsewhere: a benchmark written in another language, a published appraisal and a
//! published recursion.
#[expect(dead_code, reason = "shared by several test programs, each of which uses a part")]
mod support;

use mkba_core::outcome::Outcome;
use support::project::{Project, Run};
use support::view::view;
use support::{assert_near, assert_near_on_scale};

/// Uncertain inputs of the benchmark in the order of its rows: name, unit as written, size of the unit in base units.
const INPUTS: [(&str, &str, f64); 20] = [
    ("discount.standard", "1/year", 1.0),
    ("investment", "MEUR", 1e6),
    ("cost_overrun", "", 1.0),
    ("operating_cost_share", "1/year", 1.0),
    ("opening_delay", "year", 1.0),
    ("students_now", "student", 1.0),
    ("student_growth", "1/year", 1.0),
    ("stay_rate", "", 1.0),
    ("wage_premium", "kEUR/student/year", 1e3),
    ("wage_growth", "1/year", 1.0),
    ("research_spillover", "", 1.0),
    ("research_spending", "MEUR/year", 1e6),
    ("density_elasticity", "", 1.0),
    ("jobs", "job", 1.0),
    ("output_per_job", "kEUR/job/year", 1e3),
    ("deadweight", "", 1.0),
    ("displacement", "", 1.0),
    ("ramp_up_time", "year", 1.0),
    ("co2_price_growth", "1/year", 1.0),
    ("co2_saved", "kt/year", 1e6),
];

/// Alternatives of the benchmark: name; scale of cost and of benefits, years of later start, scale of research.
const ALTERNATIVES: [(&str, f64, f64, f64, f64); 4] = [
    ("continue", 0.15, 0.10, 0.0, 0.05),
    ("small", 0.6, 0.65, 2.0, 0.6),
    ("full", 1.0, 1.0, 4.0, 1.0),
    ("grand", 1.1, 1.05, 6.0, 1.2),
];

#[test]
fn the_campus_model_agrees_with_its_equations_on_sampled_inputs() {
    let outcome = Project::shipped().run(
        "scenarios/campus-cba-30.toml",
        Run {
            seed: 1,
            ..Run::draws(200)
        },
    );
    for draw in 0..200 {
        let row = row(&outcome, draw);
        for (number, (name, ..)) in ALTERNATIVES.iter().enumerate() {
            let found = view(&outcome, "single", name).result.balance_draws[draw] / 1e6;
            let (value, gross) = net_present_value(&row, number);
            assert_near_on_scale(found, value, gross, 1e-13);
        }
    }
}

/// The file was made by an independent program in another language: see its README.
#[test]
fn the_campus_model_agrees_with_an_independent_program_on_the_same_inputs() {
    let mut rows = csv::Reader::from_reader(include_str!("cases/campus-cba-30/rows.csv").as_bytes());
    let mut tried = 0;
    for record in rows.records() {
        let numbers: Vec<String> = record.expect("a row of the file").iter().map(str::to_owned).collect();
        let (inputs, values) = numbers.split_at(INPUTS.len());
        let outcome = with_fixed_inputs(inputs).run("scenarios/campus-cba-30.toml", Run::draws(1));
        let row: Vec<f64> = inputs.iter().map(|text| text.parse().expect("a number")).collect();
        for (number, ((name, ..), value)) in ALTERNATIVES.iter().zip(values).enumerate() {
            let value: f64 = value.parse().expect("a number");
            // Relative to what is added up: some of the values are next to nothing.
            let (_, gross) = net_present_value(&row, number);
            assert_near_on_scale(view(&outcome, "single", name).balance() / 1e6, value, gross, 1e-12);
        }
        tried += 1;
    }
    assert_eq!(tried, 40);
}

#[test]
fn both_balances_of_the_campus_model_are_there_and_differ_by_the_research_spillover() {
    let outcome = Project::shipped().run("scenarios/campus-cba-30.toml", Run::draws(100));
    for (name, ..) in ALTERNATIVES {
        let found = view(&outcome, "single", name);
        let without = found.result.balance_without_separate.mean;
        assert!(found.flow("research_spillover") > 0.0);
        assert_near_on_scale(
            found.balance() - without,
            found.flow("research_spillover"),
            found.gross(),
            1e-13,
        );
    }
}

/// Inputs of one draw in the units of the benchmark.
fn row(outcome: &Outcome, draw: usize) -> Vec<f64> {
    let value = |name: &str| {
        let found = outcome.inputs.iter().find(|(input, _)| input == name);
        found.unwrap_or_else(|| panic!("no input `{name}`")).1[draw]
    };
    INPUTS.iter().map(|(name, _, size)| value(name) / size).collect()
}

/// The campus study with a number in place of every distribution.
fn with_fixed_inputs(inputs: &[String]) -> Project {
    let path = "models/teaching/campus-cba-30/parameters.toml";
    let mut parameters =
        "[defaults.parameter]\nassumption = 'row of a file'\nconfidence = 'low'\n[parameter]\n".to_owned();
    for ((name, unit, _), value) in INPUTS.iter().zip(inputs).skip(1) {
        parameters.push_str(&format!("{name} = {{ value = \"{value} {unit}\" }}\n"));
    }
    parameters.push_str("co2_price = { value = '100 EUR/t' }\nextra_graduates = { value = '25 %' }\n");
    let rate = format!("\"{} 1/year\"", inputs[0]);
    let project = Project::shipped().with(path, parameters);
    project.replace(
        "scenarios/campus-cba-30.toml",
        "\"triangular(1.6, 2.25, 3.0) %/year\"",
        &rate,
    )
}

/// The benchmark's equations in million euro: net present value of an alternative, and the sum of the sizes of what is added up.
fn net_present_value(row: &[f64], alternative: usize) -> (f64, f64) {
    let &[
        rate,
        investment,
        overrun,
        operating,
        delay,
        students,
        student_growth,
        stay,
        premium,
        wage_growth,
        spillover,
        research,
        elasticity,
        jobs,
        output,
        deadweight,
        displacement,
        ramp,
        co2_growth,
        co2_saved,
    ] = row
    else {
        panic!("twenty inputs")
    };
    let (_, cost_scale, benefit_scale, later, research_scale) = ALTERNATIVES[alternative];
    let capital = investment * overrun * cost_scale;
    let duration = 3.0 + 0.5 * later;
    let building_years = duration.ceil();
    let (mut value, mut gross) = (0.0, 0.0);
    for year in 1..=30 {
        let t = f64::from(year);
        let open = (t - duration - delay).max(0.0);
        let reach = 1.0 - (-open / ramp).exp();
        let wages = (1.0 + wage_growth).powi(year);
        let human =
            0.001 * students * (1.0 + student_growth).powi(year) * stay * premium * wages * 0.25 * benefit_scale;
        let knowledge = research * spillover * research_scale * wages;
        let density =
            0.001 * jobs * output * elasticity * (1.0 - deadweight) * (1.0 - displacement) * benefit_scale * wages;
        let climate = co2_saved * 0.1 * (1.0 + co2_growth).powi(year) * benefit_scale;
        let building = if t <= building_years {
            capital / building_years
        } else {
            0.0
        };
        let running = if open > 0.0 { capital * operating } else { 0.0 };
        let factor = (1.0 + rate).powi(-year);
        let benefits = (human + knowledge + density + climate) * reach;
        value += factor * (benefits - building - running);
        gross += factor * (benefits + building + running);
    }
    (value, gross)
}

/// Baird, Hicks, Kremer and Miguel, Quarterly Journal of Economics 131(4), 2016, Table 5, with the digits of the open policy analysis of
/// the Berkeley Initiative for Transparency in the Social Sciences (`code/01_final_opa.md`, reference values of its unit tests).
/// US dollars per treated child.
#[test]
fn the_deworming_model_reproduces_every_published_figure() {
    let outcome = Project::shipped().run("scenarios/deworming.toml", Run::draws(1));
    let published = [
        // Alternative, benefits, benefits in tax, costs, net, net in tax.
        (
            "treatment",
            142.425_878_358_24,
            23.607_089_337_878_4,
            11.776_188_118_988,
            130.649_690_239_252,
            11.830_901_218_890_4,
        ),
        (
            "treatment-with-externality",
            766.814_399_527_604,
            127.099_486_721_7,
            25.196_213_055_989_4,
            741.618_186_471_615,
            101.903_273_665_711,
        ),
    ];
    for (alternative, benefits, tax, costs, net, net_tax) in published {
        let found = view(&outcome, "published", alternative);
        assert_near(found.flow("earnings"), benefits, 1e-9);
        assert_near(found.posting("earnings", "government"), tax, 1e-9);
        assert_near(-found.flow("medication") - found.flow("schooling"), costs, 1e-9);
        assert_near(found.balance(), net, 1e-9);
        let fiscal: f64 = ["earnings", "medication", "schooling"]
            .iter()
            .map(|flow| found.posting(flow, "government"))
            .sum();
        assert_near(fiscal, net_tax, 1e-9);
        // Cost of medication before take-up, printed with four decimals.
        assert!((-found.flow("medication") / 0.75 - 1.4219).abs() < 1e-4);
    }
}

/// The lake problem of Carpenter, Ludwig and Brock (1999) as in Hadka et al. (2015) and Kwakkel (2017); values computed with constant inflow.
#[test]
fn the_lake_model_reproduces_trajectories_greatest_level_and_utility() {
    let outcome = Project::shipped().run("scenarios/lake.toml", Run::draws(1));
    let published = [
        // Alternative, X10, X50, X100, greatest, utility.
        (
            "low-release",
            0.127_347_353_711_596_94,
            0.142_831_369_062_837_05,
            0.142_857_132_990_693_94,
            0.346_952_177_642_098_35,
        ),
        (
            "medium-release",
            0.328_368_466_024_096_1,
            2.111_256_091_118_049_6,
            2.111_382_169_097_549_6,
            0.867_380_444_105_246_7,
        ),
        (
            "high-release",
            1.163_257_278_156_534,
            2.283_540_971_099_385_3,
            2.283_542_090_759_238_5,
            1.734_760_888_210_493_5,
        ),
        (
            "slow-lake",
            0.140_767_804_808_022_2,
            0.177_723_235_379_450_92,
            0.178_075_352_060_178_8,
            0.0,
        ),
    ];
    for (alternative, x10, x50, x100, utility) in published {
        let found = view(&outcome, "single", alternative);
        let level = &found.indicator("phosphorus_level")[0];
        // The stock at the end of year 2000 + t is the level after t + 1 steps.
        assert_near(level[9], x10, 1e-9);
        assert_near(level[49], x50, 1e-9);
        assert_near(level[99], x100, 1e-9);
        assert_near(level.iter().copied().fold(0.0, f64::max), x100, 1e-9);
        assert_near(found.flow("utility"), utility, 1e-9);
        assert_near(found.balance(), utility, 1e-9);
    }
}

#[test]
fn the_lake_model_follows_its_recursion_in_every_year() {
    let outcome = Project::shipped().run("scenarios/lake.toml", Run::draws(1));
    let settings = [
        ("low-release", 0.02, 0.42, 2.0, 0.02),
        ("medium-release", 0.05, 0.42, 2.0, 0.02),
        ("high-release", 0.1, 0.42, 2.0, 0.02),
        ("slow-lake", 0.0, 0.2, 3.0, 0.03),
    ];
    for (alternative, release, removal, exponent, inflow) in settings {
        let found = view(&outcome, "single", alternative);
        let mut level: f64 = 0.0;
        for &reached in &found.indicator("phosphorus_level")[0] {
            let fed = level.powf(exponent);
            level += release + fed / (1.0 + fed) - removal * level + inflow;
            assert_near(reached, level, 1e-9);
        }
    }
}
