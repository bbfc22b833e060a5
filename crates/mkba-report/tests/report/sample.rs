//! A run made by hand, with everything that a report can show.
use mkba_core::appraisal::catalogue::{Catalogue, Entry, InputEntry, JudgedBy, Language, RuleEntry, RuleStatus, Text};
use mkba_core::finance::RatioConvention;
use mkba_core::run_tables::RunTables;
use mkba_core::table::Table;
use mkba_core::tables;
use mkba_report::document::Report;
use mkba_report::overview::sample;
use mkba_report::{AuthorText, Illustration, Material, Origin, Part, compose};

pub const LANGUAGES: [Language; 2] = [Language::Dutch, Language::English];

pub fn material() -> Material {
    material_of(3)
}

/// With so many alternatives beside the baseline.
pub fn material_of(alternatives: usize) -> Material {
    let outcome = sample::outcome(alternatives);
    let convention = RatioConvention::CostsOfTheMeasure;
    let mut catalogue = outcome.catalogue.clone();
    catalogue.inputs = vec![InputEntry {
        entry: Entry {
            id: "reuse".into(),
            label: Text {
                nl: "Hergebruik".into(),
                en: "Reuse".into(),
            },
        },
        placeholder: true,
        ..InputEntry::default()
    }];
    catalogue.checklist = rules();
    let tables = vec![
        tables::overview(&outcome, convention),
        tables::parties(&outcome),
        tables::indicators(&outcome, convention),
        distribution(&catalogue),
        measures(),
        sources(),
        influence(&catalogue),
        tables::checklist(&catalogue),
    ];
    let run = RunTables {
        draws: outcome.draws as u64,
        catalogue,
        tables,
    };
    let rulebook = include_str!("../../../../models/rulebooks/nl-2021.toml");
    Material {
        run,
        rulebook: toml::from_str(rulebook).expect("a rulebook"),
        origin: origin(),
        illustrations: vec![illustration("costs-and-benefits"), illustration("brand-new")],
        texts: vec![
            text(
                Part::Problem,
                Language::Dutch,
                "## Aanleiding\n\nEen <b>vet</b> woord & *meer*.",
            ),
            text(
                Part::Baseline,
                Language::English,
                "> A quotation.\n\n1. first\n2. second\n\n```\ncode\n```",
            ),
        ],
    }
}

pub fn report(language: Language) -> Report {
    compose(&material(), language).expect("complete")
}

pub fn html(language: Language) -> String {
    mkba_report::html(&report(language))
}

pub fn text(part: Part, language: Language, markdown: &str) -> AuthorText {
    AuthorText {
        part,
        language,
        markdown: markdown.to_owned(),
    }
}

pub fn illustration(name: &str) -> Illustration {
    Illustration {
        name: name.to_owned(),
        title: name.to_owned(),
        alternative_text: format!("What \"{name}\" shows < all"),
        svg: "<?xml version=\"1.0\"?><svg xmlns=\"http://www.w3.org/2000/svg\" role=\"img\" viewBox=\"0 0 2 1\"><defs><pattern id=\"p\" \
              width=\"1\" height=\"1\"></pattern></defs><rect width=\"2\" height=\"1\" fill=\"url(#p)\"/></svg>"
            .to_owned(),
    }
}

fn origin() -> Origin {
    let file = |path: &str| (path.to_owned(), "0123456789abcdef".repeat(4));
    Origin {
        engine_version: "0.1.0".into(),
        study: "scenarios/sample.toml".into(),
        seed: 1,
        draws: 10_000,
        random_scheme: "mkba-random-1".into(),
        design: "random".into(),
        rulebook: ("nl-2021".into(), "f".repeat(64)),
        inputs: vec![file("scenarios/sample.toml"), file("models/sample/model.toml")],
    }
}

fn cases(catalogue: &Catalogue) -> impl Iterator<Item = (String, String)> + '_ {
    let scenarios = catalogue.scenarios.iter();
    scenarios.flat_map(move |scenario| {
        let compared = catalogue.compared();
        compared.map(move |number| (scenario.id.clone(), catalogue.alternatives[number].id.clone()))
    })
}

fn distribution(catalogue: &Catalogue) -> Table {
    let (scenarios, alternatives): (Vec<String>, Vec<String>) = cases(catalogue).unzip();
    let count = scenarios.len();
    Table::new("distribution")
        .text("scenario", scenarios)
        .text("alternative", alternatives)
        .number("probability", vec![0.5; count])
        .number("npv_eur", vec![0.0; count])
        .number("probability_positive", vec![0.998; count])
}

fn measures() -> Table {
    Table::new("measures")
        .text("alternative", ["baseline", "a1", "a1"])
        .text("measure", ["growth", "growth", "homes"])
        .text("label_nl", ["Autonome groei", "Autonome groei", "Woningen"])
        .text("label_en", ["Autonomous growth", "Autonomous growth", "Homes"])
        .text("pillar", ["hardware"; 3])
        .text("charge", ["region", "region", "VRO"])
        .text("status", ["decided", "decided", "hypothetical"])
        .optional_number("start", [Some(2027.0), Some(2027.0), None])
        .optional_number("until", [Some(2036.0), Some(2036.0), None])
}

fn sources() -> Table {
    Table::new("sources")
        .text("kind", ["parameter", "parameter", "driver", "driver"])
        .text("name", ["rent", "reuse", "growth", "growth"])
        .text("scenario", ["", "", "low", "high"])
        .text("label_nl", ["Huur", "Hergebruik", "Groei", "Groei"])
        .text("label_en", ["Rent", "Reuse", "Growth", "Growth"])
        .text(
            "value",
            ["205 EUR/m2/year", "triangular(0.5, 0.75, 1)", "1 %/year", "2 %/year"],
        )
        .text("source", ["A report <2024> & more", "", "WLO-2015", "WLO-2015"])
        .text("assumption", ["", "the range of experience", "", ""])
        .text("confidence", ["medium", "low", "high", "high"])
        .text("placeholder", ["false", "true", "false", "false"])
        .text("uncertain", ["false", "true", "false", "false"])
}

fn influence(catalogue: &Catalogue) -> Table {
    let (scenarios, alternatives): (Vec<String>, Vec<String>) = cases(catalogue).unzip();
    let count = scenarios.len();
    Table::new("influence")
        .text("scenario", scenarios)
        .text("alternative", alternatives)
        .text("input", vec!["reuse"; count])
        .number("low_mean_eur", vec![-1e6; count])
        .number("high_mean_eur", vec![2e6; count])
        .number("share_of_variance", vec![0.42; count])
        .number("rank_correlation", vec![0.6; count])
        .whole("placeholder", vec![1; count])
}

/// The rules as the catalogue of a run has them, so that the table is the one that runs write.
fn rules() -> Vec<RuleEntry> {
    let rule =
        |id: &str, kind: &str, (nl, en): (&str, &str), (status, judged_by), finding: (&str, &str), source: &str| {
            RuleEntry {
                id: id.into(),
                text: Text {
                    nl: nl.into(),
                    en: en.into(),
                },
                kind: kind.into(),
                source: source.into(),
                status,
                judged_by,
                finding: Text {
                    nl: finding.0.into(),
                    en: finding.1.into(),
                },
                explanation: match status {
                    RuleStatus::Explain => "there was no time".into(),
                    _ => String::new(),
                },
            }
        };
    vec![
        rule(
            "discounting",
            "guideline",
            (
                "Discontovoeten horen bij de startdatum.",
                "Rates follow the start of the analysis.",
            ),
            (RuleStatus::Comply, JudgedBy::Engine),
            ("`standard` 2,25 %", "`standard` 2.25%"),
            "rwseconomie.nl",
        ),
        rule(
            "second-opinion",
            "advice",
            ("Er is een onafhankelijke toets.", "There is an independent check."),
            (RuleStatus::Open, JudgedBy::Nobody),
            ("", ""),
            "esb.nu",
        ),
        rule(
            "generations",
            "guideline",
            ("Verdeling is besproken.", "Distribution is discussed."),
            (RuleStatus::Explain, JudgedBy::Author),
            ("", ""),
            "cpb.nl",
        ),
    ]
}
