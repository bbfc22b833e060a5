//! What a report says, and that its words follow from its numbers.
use crate::page::{Element, Page};
use crate::sample::{LANGUAGES, html, illustration, material, material_of, report, text};
use mkba_core::appraisal::catalogue::{Entry, GateReading, InteractionEntry, Language, Text};
use mkba_core::table::{Cell, Table};
use mkba_report::{Part, compose};

fn table<'p>(tables: &'p [Element], caption: &str) -> &'p Element {
    let found = tables
        .iter()
        .find(|table| table.within("caption")[0].text().contains(caption));
    found.unwrap_or_else(|| panic!("no table `{caption}`"))
}

fn row(table: &Element, label: &str) -> Vec<String> {
    let rows = table.within("tr");
    let found = rows
        .iter()
        .find(|row| row.within("th").first().is_some_and(|cell| cell.text() == label));
    let row = found.unwrap_or_else(|| panic!("no row `{label}`"));
    row.within("td").iter().map(Element::text).collect()
}

fn balance(scenario: &str, alternative: &str) -> f64 {
    let material = material();
    let overview = material.run.table("overview").expect("there");
    let is = |row: usize, column: &str, text: &str| overview.cell(row, column).and_then(Cell::as_text) == Some(text);
    let found = (0..overview.row_count()).find(|&row| {
        is(row, "scenario", scenario) && is(row, "alternative", alternative) && is(row, "flow", "balance")
    });
    overview
        .cell(found.expect("a row"), "pv_mean_eur")
        .and_then(Cell::as_number)
        .expect("a number")
}

#[test]
fn the_headline_balances_are_those_of_the_overview() {
    let page = Page::read(&html(Language::English));
    let tables = page.named("table");
    for (scenario, label) in [("low", "WLO low"), ("high", "WLO high")] {
        let summary = table(&tables, &format!("Summary of costs and benefits, {label}"));
        let full = table(&tables, &format!("Costs, effects and balance, {label}"));
        let written = row(summary, "Balance with separate effects");
        assert_eq!(written, row(full, "Balance with separate effects"));
        for (cell, alternative) in written.iter().zip(["a1", "a2", "a3"]) {
            let shown: f64 = cell.replace(',', "").replace('−', "-").parse().expect("a number");
            assert!(
                (shown - balance(scenario, alternative) / 1e6).abs() <= 0.05 + 1e-9,
                "{cell}"
            );
        }
    }
}

#[test]
fn both_scenarios_have_the_same_tables_in_the_order_of_the_study() {
    let page = Page::read(&html(Language::Dutch));
    let captions: Vec<String> = page.named("caption").iter().map(Element::text).collect();
    let low: Vec<&String> = captions.iter().filter(|caption| caption.contains("WLO Laag")).collect();
    let high: Vec<&String> = captions.iter().filter(|caption| caption.contains("WLO Hoog")).collect();
    assert_eq!(low.len(), high.len());
    assert!(low.len() >= 8, "{low:?}");
}

#[test]
fn every_section_of_a_published_appraisal_is_there() {
    for language in LANGUAGES {
        let report = report(language);
        let ids: Vec<&str> = report.sections.iter().map(|section| section.id.as_str()).collect();
        assert_eq!(
            ids,
            [
                "summary",
                "problem",
                "alternatives",
                "assumptions",
                "costs",
                "effects",
                "results",
                "unpriced",
                "distribution",
                "uncertainty",
                "checklist",
                "conclusions",
                "annex-values",
                "annex-placeholders",
                "annex-figures",
                "annex-reproducibility",
            ]
        );
    }
}

#[test]
fn numbers_are_written_as_the_language_does() {
    let dutch = html(Language::Dutch);
    assert!(dutch.contains("mln €, contante waarde 2026, prijspeil 2025, marktprijzen incl. btw"));
    assert!(dutch.contains("−281,0"));
    let english = html(Language::English);
    assert!(english.contains("€ million, present value 2026, price level 2025, market prices incl. VAT"));
    assert!(english.contains("−281.0"));
}

#[test]
fn no_dutch_heading_is_left_in_english_and_none_the_other_way() {
    let headings = |language| {
        let page = Page::read(&html(language));
        let names = ["h2", "h3", "caption", "th", "figcaption"];
        names
            .iter()
            .flat_map(|name| page.named(name))
            .map(|it| it.text())
            .collect::<Vec<_>>()
    };
    let (dutch, english) = (headings(Language::Dutch), headings(Language::English));
    let words = [" the ", " and ", "Costs", "Balance", "Summary", "effects "];
    assert!(
        dutch.iter().all(|text| words.iter().all(|word| !text.contains(word))),
        "{dutch:?}"
    );
    let words = [" de ", " het ", "Kosten", "Saldo", "Samenvatting", "Verdeling"];
    assert!(
        english.iter().all(|text| words.iter().all(|word| !text.contains(word))),
        "{english:?}"
    );
}

#[test]
fn authors_write_in_their_section_and_their_html_is_text() {
    let page = Page::read(&html(Language::Dutch));
    let sections = page.named("section");
    let of = |id: &str| {
        sections
            .iter()
            .find(|section| section.attribute("id") == Some(id))
            .expect("a section")
    };
    let problem = of("problem");
    assert!(
        problem
            .within("h3")
            .iter()
            .any(|heading| heading.text() == "Aanleiding")
    );
    assert!(problem.text().contains("Een <b>vet</b> woord & meer."));
    assert!(problem.within("b").is_empty());
    // What exists in the other language only is shown, and says which language it is.
    let foreign = of("alternatives").within("div");
    let foreign = foreign
        .iter()
        .find(|it| it.attribute("lang") == Some("en"))
        .expect("in English");
    assert_eq!(foreign.within("blockquote")[0].text().trim(), "A quotation.");
    assert_eq!(foreign.within("ol")[0].within("li").len(), 2);
}

#[test]
fn a_missing_problem_analysis_is_said() {
    let mut material = material();
    material.texts.clear();
    let report = compose(&material, Language::English).expect("complete");
    assert!(mkba_report::html(&report).contains("No analysis of the problem was written"));
}

#[test]
fn conclusions_are_careful_and_rank_nothing() {
    for language in LANGUAGES {
        let text = Page::read(&html(language)).named("main")[0].text().to_lowercase();
        for word in [
            "het beste alternatief",
            "best alternative",
            "voorkeursalternatief",
            "meest waarschijnlijke scenario",
            "wij adviseren",
        ] {
            assert!(!text.contains(word), "{word}");
        }
    }
    let page = Page::read(&html(Language::Dutch));
    let sections = page.named("section");
    let conclusions = sections
        .iter()
        .find(|section| section.attribute("id") == Some("conclusions"))
        .expect("there");
    let text = conclusions.within("li")[0].text();
    let first = text.trim();
    // 84.3 million with a band from 33 to 136, and 9.3 with a band from 2.7 to 15.9 without the separate effects; both greater in high.
    assert!(
        first.starts_with("Hardware: de in geld uitgedrukte baten zijn in alle scenario's groter dan de kosten"),
        "{first}"
    );
    assert!(
        first.contains("WLO Laag €\u{a0}84,3\u{a0}mln (90\u{a0}%-band €\u{a0}32,7\u{a0}mln tot €\u{a0}136\u{a0}mln"),
        "{first}"
    );
    assert!(first.contains(">\u{a0}99\u{a0}% van de trekkingen"), "{first}");
}

#[test]
fn unpriced_items_keep_their_sign_and_have_a_switching_test() {
    let page = Page::read(&html(Language::Dutch));
    let tables = page.named("table");
    assert_eq!(
        row(table(&tables, "Niet in geld uitgedrukte effecten"), "Drukte")[0],
        "−"
    );
    let test = table(&tables, "voordat het saldo van teken wisselt, met");
    let cell = &row(test, "Hardware")[0];
    assert!(
        cell.starts_with("−84,3 ("),
        "the balance is 84.3, so they must cost as much: {cell}"
    );
}

#[test]
fn switching_factors_bring_the_balance_to_zero() {
    let page = Page::read(&html(Language::English));
    let tables = page.named("table");
    let factors = table(&tables, "Factor at which the mean balance is zero, WLO low");
    let factor: f64 = row(factors, "Total costs")[0].parse().expect("a number");
    let balance = balance("low", "a1") / 1e6;
    let costs = -281.04 - 131.0;
    assert!((balance + (factor - 1.0) * costs).abs() < 0.005 * 412.0, "{factor}");
}

#[test]
fn placeholders_are_listed_with_their_share() {
    let page = Page::read(&html(Language::English));
    let tables = page.named("table");
    assert_eq!(
        row(table(&tables, "Placeholders, to be replaced first"), "Reuse")[1],
        "42.0\u{a0}%"
    );
    assert_eq!(
        row(table(&tables, "Figures, sources and assumptions"), "Rent")[1],
        "A report <2024> & more"
    );
    let main = page.named("main")[0].text();
    assert!(
        main.contains("1 of the 4 numbers are placeholders"),
        "told beside the conclusions"
    );
}

#[test]
fn a_run_without_its_later_tables_still_has_a_report() {
    let mut material = material();
    material
        .run
        .tables
        .retain(|table| matches!(table.name.as_str(), "overview" | "parties"));
    for language in LANGUAGES {
        let report = compose(&material, language).expect("enough");
        assert!(Page::read(&mkba_report::html(&report)).faults().is_empty());
    }
    material.run.tables.clear();
    assert_eq!(
        compose(&material, Language::Dutch),
        Err("the run has no table `overview`".to_owned())
    );
}

#[test]
fn the_checklist_says_who_judged_and_what_nobody_did() {
    let page = Page::read(&html(Language::Dutch));
    let tables = page.named("table");
    let checklist = table(&tables, "Toetslijst van de rekenregels");
    let judged = row(checklist, "Discontovoeten horen bij de startdatum.");
    assert_eq!(
        judged,
        ["richtlijn", "voldoet, programma", "standard 2,25 % · rwseconomie.nl"]
    );
    assert_eq!(row(checklist, "Er is een onafhankelijke toets.")[1], "niet beoordeeld");
    // Whoever deviates says why.
    let deviates = row(checklist, "Verdeling is besproken.");
    assert_eq!(
        deviates[1..],
        ["wijkt af, toegelicht, auteurs", "there was no time · cpb.nl"]
    );
    assert!(
        page.named("main")[0]
            .text()
            .contains("3 regels: 1 voldoet, 1 wijkt af, toegelicht, 1 niet beoordeeld.")
    );
}

#[test]
fn the_summary_says_the_same_of_several_alternatives_once() {
    let page = Page::read(&html(Language::English));
    let sections = page.named("section");
    let first = sections[0].within("li")[0].text();
    assert!(
        first
            .trim()
            .starts_with("Hardware; Software; Orgware: benefits put in money exceed costs in all scenarios"),
        "{first}"
    );
}

#[test]
fn tables_too_wide_for_a_page_are_divided_and_nothing_is_left_out() {
    let material = material_of(11);
    let report = compose(&material, Language::English).expect("complete");
    let page = Page::read(&mkba_report::html(&report));
    assert_eq!(page.faults(), Vec::<String>::new());
    let tables = page.named("table");
    let parts = ["part 1 of 2", "part 2 of 2"].map(|part| {
        let captions = tables
            .iter()
            .filter(|table| table.within("caption")[0].text().ends_with(part));
        captions.count()
    });
    assert!(parts[0] > 8 && parts[0] == parts[1], "{parts:?}");
    let widest = tables
        .iter()
        .map(|table| table.within("thead")[0].within("th").len())
        .max();
    assert!(widest.is_some_and(|columns| columns <= 9), "{widest:?}");
    let of = |caption: &str| row(table(&tables, caption), "Balance with separate effects").len();
    let (first, second) = ("Summary of costs and benefits, WLO low", "part 2 of 2");
    assert_eq!(
        of(first)
            + tables
                .iter()
                .find(|table| {
                    let caption = table.within("caption")[0].text();
                    caption.contains(first) && caption.ends_with(second)
                })
                .map(|table| row(table, "Balance with separate effects").len())
                .expect("a second part"),
        11
    );
}

const OF_ALTERNATIVES: [&str; 5] = ["waterfall", "cumulative", "map", "gates", "tornado"];

/// The names of the figures of a report with so many alternatives, and with an author who asks for two, one of which does not exist.
fn figures_with(alternatives: usize) -> (Vec<String>, Page) {
    let mut material = material_of(alternatives);
    let names = OF_ALTERNATIVES
        .iter()
        .flat_map(|kind| (1..=alternatives).map(move |number| format!("{kind}-a{number}")));
    let general = [
        "costs-and-benefits",
        "balance-density",
        "balance-distribution",
        "parties",
        "regions",
        "brand-new",
    ];
    let names = general.into_iter().map(str::to_owned).chain(names);
    material.illustrations = names.map(|name| illustration(&name)).collect();
    material.texts.push(text(
        Part::Results,
        Language::English,
        "Look:\n\n![in short](figure:waterfall-a2)\n\n![gone](figure:tornado-gone)\n",
    ));
    let report = compose(&material, Language::English).expect("complete");
    let blocks = report.sections.iter().flat_map(|section| &section.blocks);
    let names = blocks.filter_map(|block| match block {
        mkba_report::document::Block::Figure(figure) => Some(figure.name.clone()),
        _ => None,
    });
    (names.collect(), Page::read(&mkba_report::html(&report)))
}

#[test]
fn with_few_alternatives_every_figure_of_theirs_is_in_the_report_once() {
    let (names, page) = figures_with(3);
    assert_eq!(page.faults(), Vec::<String>::new());
    for kind in OF_ALTERNATIVES {
        for number in 1..=3 {
            let name = format!("{kind}-a{number}");
            assert_eq!(names.iter().filter(|one| **one == name).count(), 1, "{name}");
        }
    }
    assert!(
        !names.iter().any(|name| name == "balance-distribution"),
        "the hills show the same"
    );
}

#[test]
fn with_many_alternatives_the_authors_choose_and_the_rest_is_told() {
    let (names, page) = figures_with(11);
    assert_eq!(page.faults(), Vec::<String>::new());
    assert_eq!(
        names,
        ["costs-and-benefits", "waterfall-a2", "balance-density", "brand-new"]
    );
    let tables = page.named("table");
    let beside = table(&tables, "Figures that exist as files only");
    assert_eq!(
        beside.within("tbody")[0].within("tr").len(),
        8,
        "five kinds, and three figures that a table repeats"
    );
    let main = page.named("main")[0].text();
    assert!(
        main.contains("Here belongs the figure “tornado-gone”"),
        "what an author asked for and is not there"
    );
}

#[test]
fn the_overview_has_every_sort_of_cost_and_effect_once_and_the_items_are_elsewhere() {
    let page = Page::read(&html(Language::English));
    let tables = page.named("table");
    let overview = table(&tables, "Costs, effects and balance, WLO low");
    let labels: Vec<String> = overview
        .within("tbody")
        .iter()
        .flat_map(|body| body.within("tr"))
        .map(|row| row.within("th")[0].text())
        .collect();
    for label in [
        "Investment",
        "Total costs",
        "Direct effects",
        "Total effects",
        "Balance with separate effects",
    ] {
        assert_eq!(
            labels.iter().filter(|one| *one == label).count(),
            1,
            "{label} in {labels:?}"
        );
    }
    assert!(
        !labels.iter().any(|label| label == "Buildings and laboratories"),
        "{labels:?}"
    );
    assert_eq!(
        row(table(&tables, "Costs, WLO low"), "Buildings and laboratories")[0],
        "−281.0"
    );
}

#[test]
fn a_factor_that_no_item_could_reach_is_not_a_switching_value() {
    for language in LANGUAGES {
        let page = Page::read(&html(language));
        let tables = page.named("table");
        let caption = match language {
            Language::Dutch => "Factor waarbij het gemiddelde saldo nul is",
            Language::English => "Factor at which the mean balance is zero",
        };
        let factors = tables
            .iter()
            .filter(|table| table.within("caption")[0].text().contains(caption));
        for cell in factors.flat_map(|table| table.within("td")) {
            let number: Option<f64> = cell.text().replace(',', ".").parse().ok();
            assert!(number.is_none_or(|factor| factor <= 10.0), "{}", cell.text());
        }
    }
}

#[test]
fn an_interaction_is_told_with_its_error_and_the_flows_behind_it() {
    let mut material = material();
    assert!(
        !mkba_report::html(&compose(&material, Language::English).expect("complete"))
            .contains("The whole less the sum")
    );
    material.run.catalogue.interactions = vec![InteractionEntry {
        entry: Entry {
            id: "pillars".into(),
            label: Text {
                nl: "De pijlers".into(),
                en: "The pillars".into(),
            },
        },
        whole: 3,
        parts: vec![1, 2],
        readings: vec![GateReading::AsIs, GateReading::Off],
    }];
    let interactions = Table::new("interactions")
        .text("scenario", ["low", "low", "high"])
        .text("interaction", ["pillars"; 3])
        .text("gates", ["as-is", "off", "as-is"])
        .number("difference_mean_eur", [12.3e6, 0.0, -4e6])
        .number("difference_se_eur", [0.4e6, 0.0, 0.5e6])
        .number("reinforcing_probability", [0.99, 0.0, 0.25]);
    let flow = material.run.catalogue.flows[0].entry.clone();
    let flows = Table::new("interaction_flows")
        .text("scenario", ["low"])
        .text("interaction", ["pillars"])
        .text("flow", [flow.id.as_str()])
        .number("difference_mean_eur", [12.29e6]);
    material.run.tables.extend([interactions, flows]);
    let page = Page::read(&mkba_report::html(
        &compose(&material, Language::Dutch).expect("complete"),
    ));
    assert_eq!(page.faults(), Vec::<String>::new());
    let tables = page.named("table");
    let told = table(&tables, "Het geheel min de som van de delen");
    assert_eq!(
        row(told, "De pijlers, poorten zoals ze zijn"),
        ["12,3", "±0,4", "99\u{a0}%", "−4,0", "±0,5", "25\u{a0}%"]
    );
    // A reading that a scenario does not have is no zero.
    assert_eq!(row(told, "De pijlers, poorten uit")[3..], ["–", "–", "–"]);
    let results = page.named("main")[0].text();
    let behind = format!("De pijlers, WLO Laag: vooral {} €\u{a0}12,3\u{a0}mln.", flow.label.nl);
    assert!(results.contains(&behind), "{behind}");
}
