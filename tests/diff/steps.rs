//! Every step is the difference of two runs, and all steps add up.
use super::project::*;

/// A change alone is one step, which is the difference of two runs bit by bit, and leaves nothing unexplained.
#[track_caller]
fn assert_is_one_step(name: &str, edits: &[Edit], options: &[&str]) {
    let folder = Folder::new();
    folder.run("a", &[], &[]);
    folder.run("b", edits, options);
    let rows = folder.diff("run-a", "run-b", &[]);
    assert_adds_up(&rows, &folder.path("run-a"), &folder.path("run-b"));
    assert_eq!(names_with_influence(&rows), [name]);
    let (a, b) = (balances(&folder.path("run-a")), balances(&folder.path("run-b")));
    for row in rows.iter().filter(|row| row["name"] == name) {
        let case = (row["scenario"].clone(), row["alternative"].clone());
        assert_eq!(number(row, "change_mean_eur"), b[&case][0] - a[&case][0], "{row:?}");
        assert_eq!(number(row, "interaction_mean_eur"), 0.0);
        assert_eq!(
            number(row, "change_without_separate_mean_eur"),
            b[&case][1] - a[&case][1],
            "{row:?}"
        );
    }
}

#[test]
fn a_changed_parameter_is_the_difference_of_two_runs() {
    assert_is_one_step("parameter.rent", &[RENT], &[]);
}

#[test]
fn a_changed_distribution_is_the_difference_of_two_runs() {
    assert_is_one_step("parameter.upkeep", &[UPKEEP], &[]);
}

#[test]
fn a_changed_formula_is_the_difference_of_two_runs() {
    assert_is_one_step("flow.upkeep_cost", &[FORMULA], &[]);
}

#[test]
fn another_rulebook_is_the_difference_of_two_runs() {
    assert_is_one_step("rulebook.rate", &[RULEBOOK], &[]);
    assert_is_one_step("rulebook.rate", &[], &["--rulebook", "other"]);
}

#[test]
fn other_draws_are_the_difference_of_two_runs() {
    assert_is_one_step("draws", &[SEED], &[]);
    assert_is_one_step("draws", &[], &["--draws", "1300"]);
    assert_is_one_step("draws", &[], &["--design", "latin_hypercube"]);
}

#[test]
fn another_reading_of_the_gates_is_the_difference_of_two_runs() {
    assert_is_one_step("study.gates", &[], &["--gates", "off"]);
}

#[test]
fn an_added_effect_with_its_parameter_is_the_difference_of_two_runs() {
    assert_is_one_step("flow.nuisance", &[EFFECT], &[]);
}

#[test]
fn data_scenarios_levers_rates_dependences_and_years_are_steps() {
    let csv = ("model/campus.csv", "west,0.8", "west,0.9");
    assert_is_one_step("index.campus", &[csv], &[]);
    assert_is_one_step("parameter.spilled", &[("model/spilled.csv", "0.06", "0.09")], &[]);
    assert_is_one_step("scenario.low.driver.busyness", &[("low.toml", "0.9", "0.8")], &[]);
    assert_is_one_step("scenario.high.driver.busyness", &[(IN_STUDY, "1.2", "1.3")], &[]);
    let rate = (
        IN_STUDY,
        "[scenario.high]",
        "[discount]\nsunk = \"1 %/year\"\nassumption = \"test\"\n\n[scenario.high]",
    );
    assert_is_one_step("discount", &[rate], &[]);
    assert_is_one_step("dependence.prices", &[(IN_MODEL, "0.6]", "-0.2]")], &[]);
    assert_is_one_step("model", &[(IN_MODEL, "last = 2045", "last = 2050")], &[]);
    assert_is_one_step(
        "index.campus",
        &[("model/campus.csv", "west,0.8", "west,0.8\nsouth,0.5")],
        &[],
    );
    assert_is_one_step(
        "alternative.much",
        &[(IN_STUDY, "[\"build\", \"more\"]", "[\"more\"]")],
        &[],
    );
    assert_is_one_step("gate.building", &[(IN_MODEL, "= \"waits\"", "= \"lost\"")], &[]);
}

#[test]
fn everything_together_adds_up_to_the_last_bits_of_two_published_balances() {
    let folder = Folder::new();
    folder.run("a", &[], &[]);
    folder.run("b", ALL, &[]);
    let rows = folder.diff("run-a", "run-b", &[]);
    assert_adds_up(&rows, &folder.path("run-a"), &folder.path("run-b"));
    let expected = [
        "draws",
        "rulebook.rate",
        "parameter.rent",
        "parameter.upkeep",
        "flow.nuisance",
        "flow.upkeep_cost",
    ];
    assert_eq!(names_with_influence(&rows), expected);
    assert!(rows.iter().all(|row| row["kind"] != "unexplained"), "nothing is left");
    // Back again, all steps have the other sign: the two orders change places.
    let back = folder.diff("run-b", "run-a", &[]);
    for row in rows.iter().filter(|row| expected.contains(&row["name"].as_str())) {
        let is_it = |it: &&Row| {
            ["scenario", "alternative", "name"]
                .iter()
                .all(|key| it[*key] == row[*key])
        };
        let other = back.iter().find(is_it).expect("the same step");
        let (there, again) = (number(row, "change_mean_eur"), number(other, "change_mean_eur"));
        assert!((there + again).abs() <= there.abs() * 1e-9 + 1e-6, "{row:?} {other:?}");
    }
    // Threads change nothing.
    assert_eq!(rows, folder.diff("run-a", "run-b", &["--threads", "1"]));
}

#[test]
fn what_is_gone_is_a_step_and_its_names_are_without_influence() {
    let folder = Folder::new();
    folder.run("a", &[EFFECT], &[]);
    folder.run("b", &[], &[]);
    let rows = folder.diff("run-a", "run-b", &[]);
    assert_adds_up(&rows, &folder.path("run-a"), &folder.path("run-b"));
    assert_eq!(names_with_influence(&rows), ["flow.nuisance"]);
    let page = folder.done(&["diff", "run-a", "run-b", "--lang", "en", "--alternative", "some"]);
    assert!(
        page.contains("flow.nuisance (gone)") && page.contains("parameter.noise (gone)"),
        "{page}"
    );
    assert!(
        page.contains("without influence on these balances: 2 parameter.noise"),
        "{page}"
    );
    assert!(!page.contains("Much"), "{page}");
}

/// A model without uncertainty or discounting: the balance of a year is size times price.
const LINEAR: &[Edit] = &[
    (
        IN_MODEL,
        "formula = 'sum(building.granted over campus) * price'",
        "formula = 'size * worth'",
    ),
    (IN_MODEL, "tax     = { vat = \"21 %\" }\n", ""),
    (
        IN_MODEL,
        "value = \"triangular(2000, 3000, 4500) EUR/m2\"",
        "value = \"2000 EUR/m2\"",
    ),
    (
        IN_MODEL,
        "[flow.upkeep_cost]",
        "[variable.size]\nunit = \"m2/year\"\nformula = 'sum(planned over campus)'\n\n[variable.worth]\nunit = \"EUR/m2\"\nformula = 'price'\n\n[flow.upkeep_cost]",
    ),
    (IN_MODEL, "* upkeep'", "* upkeep * 0'"),
    (IN_MODEL, "* busyness'", "* busyness * 0'"),
    (IN_MODEL, "formula    = 'spilled *", "formula    = '0 * spilled *"),
    (
        IN_MODEL,
        "members    = [\"price\", \"rent\", \"upkeep\"]",
        "members    = [\"rent\", \"upkeep\"]",
    ),
    (IN_MODEL, "[\"price\", \"rent\", 0.6], ", ""),
    (
        IN_STUDY,
        "[scenario.high]",
        "[discount]\nstandard = \"0 %/year\"\nassumption = \"test\"\n\n[scenario.high]",
    ),
];

#[test]
fn two_factors_of_a_product_share_what_they_change_together() {
    // East 1000 m2 a year and west 800, in the four years from 2027 on: 7 200 m2 at 2 000 EUR cost 14.4 MEUR; 50 % more of both cost 32.4.
    let folder = Folder::new();
    folder.run("a", LINEAR, &[]);
    let mut edits = LINEAR.to_vec();
    edits.push((IN_MODEL, "\"2000 EUR/m2\"", "\"3000 EUR/m2\""));
    edits.push((IN_MODEL, "'1000 m2/year * share'", "'1500 m2/year * share'"));
    folder.run("b", &edits, &[]);
    let rows = folder.diff("run-a", "run-b", &["--alternative", "some", "--scenario", "low"]);
    let told: Vec<(&str, f64, f64, f64)> = rows
        .iter()
        .map(|row| {
            let of = |column: &str| (number(row, column) / 1e3).round() / 1e3;
            (
                row["name"].as_str(),
                of("change_mean_eur"),
                of("interaction_mean_eur"),
                of("balance_mean_eur"),
            )
        })
        .collect();
    // Large changes are drawn between the balances.
    let drawn = [
        "diff",
        "run-a",
        "run-b",
        "--alternative",
        "some",
        "--out",
        "why",
        "--quiet",
    ];
    folder.done(&drawn);
    let mut bars = csv::Reader::from_path(folder.path("why/waterfall-some.csv")).expect("a table");
    let bars: Vec<Row> = bars.deserialize().map(|row| row.expect("a row")).collect();
    assert_eq!(
        (bars[0]["step"].as_str(), bars[3]["step"].as_str()),
        ("balance_a", "balance_b")
    );
    assert_eq!(number(&bars[3], "pv_mean_eur").round(), -32.4e6);
    // Price first: 7.2, then size: 10.8. Size first: 7.2, then price: 10.8. Both are 9 in the mean, 1.8 less or more.
    assert_eq!(
        told,
        [
            ("", 0.0, 0.0, -14.4),
            ("parameter.price", -9.0, 1.8, -23.4),
            ("measure.build", -9.0, -1.8, -32.4),
            ("", 0.0, 0.0, -32.4),
        ]
    );
}

#[test]
fn what_cannot_be_computed_alone_is_one_step_with_what_it_needs() {
    let folder = Folder::new();
    folder.run("a", &[], &[]);
    // The unit of the rent and the formula with it, and beside them, in between in the order, what has nothing to do with it.
    let per_month = (IN_MODEL, "uniform(150, 250) EUR/m2/year", "uniform(12, 21) EUR/m2");
    let formula = (IN_MODEL, "* rent * busyness", "* rent * busyness * 12 / 1 year");
    let alone = (IN_MODEL, "triangular(600, 1200, 2400)", "triangular(600, 1300, 2500)");
    folder.run("b", &[per_month, formula, alone, UPKEEP, FORMULA], &[]);
    let rows = folder.diff("run-a", "run-b", &[]);
    assert_adds_up(&rows, &folder.path("run-a"), &folder.path("run-b"));
    assert_eq!(
        names_with_influence(&rows),
        [
            "parameter.capacity",
            "parameter.rent; flow.use",
            "parameter.upkeep",
            "flow.upkeep_cost"
        ]
    );
    assert!(rows.iter().any(|row| row["kind"] == "several"));
}
