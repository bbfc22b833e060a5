//! Figures of runs: which there are, what they say, and that they can be read however awkward the run is.

use super::sample::{Size, run};
use super::*;
use crate::legibility::assert_legible;
use mkba_core::table::Values;

const PLAIN: Size<'_> = Size {
    scenarios: 2,
    alternatives: 2,
    label: "Plan",
    scale: 1e6,
    all_negative: false,
};

fn names(figures: &[RunFigure]) -> Vec<&str> {
    figures.iter().map(|figure| figure.name.as_str()).collect()
}

#[test]
fn a_run_with_all_tables_has_all_figures() {
    let figures = figures(&run(PLAIN)).expect("made");
    assert_eq!(
        names(&figures),
        [
            "costs-and-benefits",
            "waterfall-alternative-1",
            "waterfall-alternative-2",
            "balance-density",
            "balance-distribution",
            "cumulative-alternative-1",
            "cumulative-alternative-2",
            "regret",
            "parties",
            "departments",
            "pillars",
            "regions",
            "map-alternative-1",
            "map-alternative-2",
            "gates-alternative-1",
            "gates-alternative-2",
            "tornado-alternative-1",
            "tornado-alternative-2",
            "input-correlations",
            "convergence",
        ]
    );
    for figure in figures {
        let data = figure.data();
        assert_eq!((data.check(), data.name.as_str()), (Ok(()), figure.name.as_str()));
        assert!(data.row_count() > 0, "{}", figure.name);
    }
}

#[test]
fn figures_can_be_read_however_awkward_the_run_is() {
    let long = "Meer internationale studenten in een gefaseerde internationaliseringsaanpak";
    for (scenarios, alternatives, label) in [
        (1, 1, "A"),
        (2, 5, long),
        (2, 12, "Integraal, gefaseerd"),
        (4, 3, long),
        (3, 2, "B"),
    ] {
        for (scale, all_negative) in [(0.0, false), (4e3, true), (3e7, false), (5e9, true)] {
            let size = Size {
                scenarios,
                alternatives,
                label,
                scale,
                all_negative,
            };
            for figure in figures(&run(size)).expect("made") {
                for language in [Language::Dutch, Language::English] {
                    figure.figure.check().expect("complete");
                    let drawing = figure.figure.kind().lay_out(language);
                    let drawing = drawing.unwrap_or_else(|error| panic!("{} of {size:?}: {error}", figure.name));
                    assert_legible(&drawing, &format!("{} of {size:?}", figure.name));
                }
            }
        }
    }
}

/// What each kind of figure shows, as data. `INSTA_UPDATE=always` writes the recorded data anew.
#[test]
fn figures_hold_what_the_tables_say() {
    for figure in figures(&run(PLAIN)).expect("made") {
        if figure.name.ends_with("-2") {
            continue;
        }
        let text = serde_json::to_string_pretty(&figure.figure).expect("plain data");
        insta::assert_snapshot!(figure.name.clone(), text);
    }
}

#[test]
fn sums_by_pillar_department_and_region_are_the_balance() {
    let run = run(PLAIN);
    let overview = overview::Overview::of(&run).expect("read").expect("there");
    for name in ["parties", "departments", "pillars", "regions"] {
        let made = figures_of_kinds(&run, |kind| kind == name).expect("made");
        let [
            RunFigure {
                figure: Figure::Bars(bars),
                ..
            },
        ] = made.as_slice()
        else {
            panic!("one figure of bars")
        };
        let total = bars
            .rows
            .iter()
            .position(|row| row.kind == crate::RowKind::Total)
            .expect("a total");
        for (scenario, rows) in &bars.scenarios {
            for (number, alternative) in bars.alternatives.iter().enumerate() {
                let balance = overview.balance((&scenario.id, &alternative.id)).expect("stated");
                assert!((rows[total][number] - balance).abs() < 1e-6, "{name}");
            }
        }
    }
}

#[test]
fn a_map_on_which_every_province_would_read_zero_is_left_out() {
    let mut run = run(PLAIN);
    let maps = |run: &RunTables| {
        let made = figures(run).expect("made");
        names(&made).iter().filter(|name| name.starts_with("map-")).count()
    };
    assert_eq!(maps(&run), 2);
    let table = run
        .tables
        .iter_mut()
        .find(|table| table.name == "regions")
        .expect("there");
    for column in &mut table.columns {
        match &mut column.values {
            Values::Number(amounts) => amounts.iter_mut().for_each(|amount| *amount *= 1e-9),
            Values::OptionalNumber(amounts) => amounts.iter_mut().flatten().for_each(|amount| *amount *= 1e-9),
            Values::Text(_) | Values::Whole(_) => {}
        }
    }
    assert_eq!(maps(&run), 0);
}

#[test]
fn a_figure_without_its_table_is_left_out() {
    let mut run = run(PLAIN);
    let all = figures(&run).expect("made").len();
    run.tables
        .retain(|table| table.name == "overview" || table.name == "distribution");
    let made = figures(&run).expect("made");
    assert!(made.len() < all);
    assert_eq!(
        names(&made),
        [
            "costs-and-benefits",
            "waterfall-alternative-1",
            "waterfall-alternative-2",
            "balance-density",
            "balance-distribution",
            "pillars"
        ]
    );
    for table in &mut run.tables {
        *table = Table::new(&table.name);
    }
    assert_eq!(figures(&run), Ok(Vec::new()));
}

#[test]
fn a_study_that_compares_nothing_has_no_figures() {
    let size = Size {
        alternatives: 0,
        ..PLAIN
    };
    assert_eq!(figures(&run(size)), Ok(Vec::new()));
}

#[test]
fn a_table_that_lacks_a_column_is_told_by_name() {
    let mut run = run(PLAIN);
    let table = run
        .tables
        .iter_mut()
        .find(|table| table.name == "regret")
        .expect("there");
    table.columns.retain(|column| column.name != "regret_eur");
    let error = figures(&run).expect_err("a column is missing");
    assert_eq!(error.to_string(), "table `regret` has no column `regret_eur`");
}

#[test]
fn without_checkpoints_the_draws_themselves_show_whether_they_are_enough() {
    let mut run = run(PLAIN);
    run.tables.retain(|table| table.name != "convergence");
    let cases = ["scenario-0", "scenario-1"].iter().flat_map(|scenario| {
        let alternatives = ["alternative-1", "alternative-2"].iter();
        alternatives.map(move |alternative| (*scenario, *alternative))
    });
    let rows: Vec<(&str, &str, f64)> = cases
        .flat_map(|(scenario, alternative)| (0..100).map(move |draw| (scenario, alternative, f64::from(draw % 2))))
        .collect();
    run.tables.push(
        Table::new("npv")
            .text("scenario", rows.iter().map(|row| row.0))
            .text("alternative", rows.iter().map(|row| row.1))
            .number("npv_eur", rows.iter().map(|row| row.2)),
    );
    let made = figures_of_kinds(&run, |kind| kind == "convergence").expect("made");
    let Figure::Courses(courses) = &made[0].figure else {
        panic!("courses")
    };
    let points = &courses.scenarios[0].1[0].points;
    let ends: Vec<f64> = points.iter().map(|point| point.at).collect();
    assert_eq!(ends, [16.0, 32.0, 64.0, 100.0]);
    // Half zeros and half ones: variance 100 / 99 / 4, two standard errors to either side.
    let last = points.last().expect("points");
    let error = (100.0_f64 / 99.0 / 4.0 / 100.0).sqrt();
    assert_eq!(last.value, 0.5);
    assert!((last.bands[0].1 - 0.5 - 2.0 * error).abs() < 1e-12);
}

/// What holds of every scalable figure: one picture with a title and a description, text in the words of the language, nothing from elsewhere.
#[test]
fn scalable_figures_are_whole_and_ask_for_nothing_from_elsewhere() {
    for figure in figures(&run(PLAIN)).expect("made") {
        let svg = figure.svg(Language::English).expect("drawn");
        assert!(
            svg.starts_with("<svg ") && svg.trim_end().ends_with("</svg>"),
            "{}",
            figure.name
        );
        for once in ["role=\"img\"", "<title>", "<desc>"] {
            assert_eq!(svg.matches(once).count(), 1, "{once} in {}", figure.name);
        }
        for never in ["NaN", "inf", "href", "<script", "url("] {
            assert!(!svg.contains(never), "{never} in {}", figure.name);
        }
        assert!(
            svg.contains("WLO 0") || figure.name == "input-correlations",
            "{}",
            figure.name
        );
    }
}

/// Fourteen alternatives with a name as long as a word can be: at a width that print makes 7 points of, whatever their number.
#[test]
fn a_page_is_no_wider_for_more_alternatives() {
    let size = Size {
        alternatives: 14,
        label: "Internationaliseringsbeleid",
        ..PLAIN
    };
    for figure in figures(&run(size)).expect("made") {
        let drawing = figure.figure.kind().lay_out(Language::Dutch).expect("laid out");
        assert!(
            drawing.width <= crate::page::GREATEST_WIDTH,
            "{} is {} wide",
            figure.name,
            drawing.width
        );
    }
}

/// Within a panel each curve has a colour of its own: no two of them are told apart by their dashes only.
#[test]
fn no_two_curves_of_a_panel_look_alike() {
    let size = Size {
        alternatives: 22,
        ..PLAIN
    };
    let made = figures_of_kinds(&run(size), |kind| kind == "balance-distribution").expect("made");
    let drawing = made[0].figure.kind().lay_out(Language::Dutch).expect("laid out");
    let strokes = drawing.shapes.iter().filter_map(|shape| match shape {
        crate::drawing::Shape::Line { points, stroke, .. } if points.len() > 2 => Some((points[0].0, *stroke)),
        _ => None,
    });
    let strokes: Vec<_> = strokes.collect();
    assert_eq!(strokes.len(), 44, "22 alternatives in two scenarios");
    assert!(strokes.iter().all(|(_, stroke)| stroke.dash.is_none()));
    // Four panels in each scenario, of at most six curves.
    let blue = strokes
        .iter()
        .filter(|(_, stroke)| stroke.colour == crate::palette::BLUE)
        .count();
    assert_eq!(blue, 8);
}

#[test]
fn a_balance_that_does_not_vary_has_no_figure_of_its_spread() {
    let mut run = run(PLAIN);
    for name in ["distribution", "convergence"] {
        let table = run.tables.iter_mut().find(|table| table.name == name).expect("there");
        for column in &mut table.columns {
            let constant = match column.name.as_str() {
                "npv_eur" => 5e6,
                "npv_se_eur" => 0.0,
                _ => continue,
            };
            column.values = Values::Number(vec![constant; column.values.len()]);
        }
    }
    let is_of_spread = |kind: &str| kind.starts_with("balance") || kind == "convergence";
    assert_eq!(figures_of_kinds(&run, is_of_spread), Ok(Vec::new()));
}

#[test]
fn a_number_beside_a_bar_of_a_waterfall_is_not_crossed_by_a_line() {
    let made = figures_of_kinds(&run(PLAIN), |kind| kind == "waterfall").expect("made");
    let Figure::Waterfall(waterfall) = &made[0].figure else {
        panic!("a waterfall")
    };
    let drawing = made[0].figure.kind().lay_out(Language::Dutch).expect("laid out");
    // Behind each number there is a white surface, drawn after all lines of the axis.
    let surfaces = drawing.shapes.iter().filter(
        |shape| matches!(shape, crate::drawing::Shape::Polygon { colour, .. } if *colour == crate::palette::WHITE),
    );
    assert_eq!(surfaces.count(), waterfall.steps.len() * waterfall.scenarios.len());
}
