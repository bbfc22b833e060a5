//! Figures with realistic numbers: complete, legible, and the same every time.

use mkba_core::table::Cell;
use mkba_plot::{
    BalanceDistribution, CostsAndBenefits, Distribution, Figure, Format, Item, Label, Language, PlotError,
    PresentValues, draw,
};

const EFFECTS: [(&str, &str, &str, f64); 15] = [
    (
        "buildings",
        "Gebouwen en laboratoria",
        "Buildings and laboratories",
        -310.0,
    ),
    ("upkeep", "Beheer en onderhoud", "Upkeep", -84.0),
    ("grid", "Netaansluiting", "Grid connection", -47.0),
    (
        "housing_cost",
        "Studentenhuisvesting (bouw)",
        "Student housing (construction)",
        -128.0,
    ),
    (
        "programmes",
        "Programma's talent en valorisatie",
        "Talent and valorisation programmes",
        -66.0,
    ),
    ("organisation", "Campusorganisatie", "Campus organisation", -21.0),
    ("nuisance", "Bouwhinder", "Construction nuisance", -9.0),
    (
        "floor_space",
        "Gebruikswaarde vloeroppervlak",
        "Use value of floor space",
        190.0,
    ),
    (
        "housing_value",
        "Gebruikswaarde studentenwoningen",
        "Use value of student housing",
        141.0,
    ),
    ("travel_time", "Reistijdwinst", "Travel time savings", 38.0),
    ("agglomeration", "Agglomeratie", "Agglomeration", 76.0),
    (
        "spillovers",
        "Kennis-spillovers onderzoek",
        "Research spillovers",
        204.0,
    ),
    (
        "graduates",
        "Menselijk kapitaal afgestudeerden",
        "Human capital of graduates",
        88.0,
    ),
    ("carbon", "CO₂ en luchtkwaliteit", "CO₂ and air quality", -14.0),
    (
        "amenity",
        "Leefkwaliteit openbare ruimte",
        "Amenity of public space",
        17.0,
    ),
];

fn alternatives() -> Vec<Item> {
    vec![
        Item::new("hardware", "Hardware", "Hardware"),
        Item::new("software", "Software", "Software"),
        Item::new("orgware", "Orgware", "Orgware"),
        Item::new("integrated", "Integrale aanpak", "Integrated approach"),
        Item::new(
            "integrated-phased",
            "Integrale aanpak, gefaseerd",
            "Integrated approach, phased",
        ),
        Item::new(
            "more-students",
            "Meer internationale studenten",
            "More international students",
        ),
    ]
}

fn scenarios() -> [(Item, f64); 2] {
    [
        (Item::new("wlo-low", "WLO laag", "WLO low"), 0.72),
        (Item::new("wlo-high", "WLO hoog", "WLO high"), 1.15),
    ]
}

/// Benefits grow with the scenario; alternatives differ in size and in what they contain.
fn bars(growth: f64) -> Vec<PresentValues> {
    let bar = |alternative: usize| {
        let size = [1.0, 0.45, 0.2, 1.6, 1.3, 0.3][alternative];
        let effects = EFFECTS.iter().enumerate().map(|(number, (_, _, _, value))| {
            let present = !(number + 2 * alternative).is_multiple_of(5);
            let scale = if *value > 0.0 {
                growth * (1.0 + 0.1 * alternative as f64)
            } else {
                1.0
            };
            if present { value * size * scale * 1e6 } else { 0.0 }
        });
        let effects_eur: Vec<f64> = effects.collect();
        PresentValues {
            balance_eur: effects_eur.iter().sum(),
            effects_eur,
        }
    };
    (0..alternatives().len()).map(bar).collect()
}

fn subtitle() -> Label {
    Label::new(
        "Contante waarde ten opzichte van het nulalternatief, prijspeil 2026, basisjaar 2026, 10.000 trekkingen",
        "Present value relative to the baseline, price level 2026, base year 2026, 10,000 draws",
    )
}

fn costs_and_benefits() -> Figure {
    let effects = EFFECTS.iter().map(|(id, nl, en, _)| Item::new(*id, *nl, *en));
    Figure::CostsAndBenefits(CostsAndBenefits {
        title: Label::new("Maatschappelijke kosten en baten", "Societal costs and benefits"),
        subtitle: subtitle(),
        alternatives: alternatives(),
        effects: effects.collect(),
        scenarios: scenarios()
            .into_iter()
            .map(|(scenario, growth)| (scenario, bars(growth)))
            .collect(),
        notes: vec![Label::new(
            "Niet in geld uitgedrukt (PM): sociale cohesie en kansengelijkheid (+), strategische autonomie (+), \
             waarde van ontdekking (+), internationale reputatie (+/−).",
            "Not expressed in money: social cohesion and equality of opportunity (+), strategic autonomy (+), \
             value of discovery (+), international reputation (+/−).",
        )],
    })
}

/// Draws whose spread grows with the size of the alternative, by a logistic quantile function.
fn balance_distribution() -> Figure {
    let distribution = |bar: &PresentValues| {
        let spread = 30e6 + 0.08 * bar.effects_eur.iter().map(|value| value.abs()).sum::<f64>();
        let draws = (1..1000).map(|number| f64::from(number) / 1000.0);
        let draws: Vec<f64> = draws.map(|u| bar.balance_eur + spread * (u / (1.0 - u)).ln()).collect();
        Distribution::of_draws(&draws).expect("finite draws")
    };
    let panels = scenarios().into_iter().map(|(scenario, growth)| {
        let distributions = bars(growth).iter().map(distribution).collect();
        (scenario, distributions)
    });
    Figure::BalanceDistribution(BalanceDistribution {
        title: Label::new("Verdeling van het saldo", "Distribution of the balance"),
        subtitle: subtitle(),
        alternatives: alternatives(),
        scenarios: panels.collect(),
        notes: Vec::new(),
    })
}

fn svg(figure: &Figure, language: Language) -> String {
    String::from_utf8(draw(figure, Format::Svg, language).expect("drawn")).expect("text")
}

#[test]
fn a_scalable_figure_holds_all_its_words_in_the_language_asked() {
    for (figure, words) in [
        (
            costs_and_benefits(),
            [
                "Maatschappelijke kosten en baten",
                "mln €",
                "Saldo",
                "WLO hoog",
                "Netaansluiting",
            ],
        ),
        (
            balance_distribution(),
            [
                "Verdeling van het saldo",
                "P(saldo &gt; 0)",
                "WLO laag",
                "Orgware",
                "De krommen zijn getekend van 0,5 % tot 99,5 %.",
            ],
        ),
    ] {
        let dutch = svg(&figure, Language::Dutch);
        for word in words {
            assert!(dutch.contains(word), "`{word}` is missing");
        }
        let english = svg(&figure, Language::English);
        assert!(english.contains("WLO high") && !english.contains("WLO hoog"));
        assert!(english.contains("€ million") && !english.contains("mln €"));
    }
}

#[test]
fn every_alternative_and_effect_is_named_or_wrapped_in_every_panel() {
    let text = svg(&costs_and_benefits(), Language::English);
    for word in ["Hardware", "Software", "Orgware", "students"] {
        assert_eq!(text.matches(&format!(">\n{word}\n<")).count(), 2, "{word}");
    }
    for (_, _, label, _) in EFFECTS {
        assert_eq!(text.matches(&format!(">\n{label}\n<")).count(), 1, "{label}");
    }
}

#[test]
fn the_same_figure_has_the_same_bytes() {
    for (figure, format) in [
        (costs_and_benefits(), Format::Svg),
        (balance_distribution(), Format::Svg),
        (balance_distribution(), Format::Png),
    ] {
        let [first, second] = [0, 1].map(|_| draw(&figure, format, Language::Dutch).expect("drawn"));
        assert!(first == second);
    }
    let [dutch, english] = [Language::Dutch, Language::English].map(|language| svg(&costs_and_benefits(), language));
    assert_ne!(dutch, english);
}

#[test]
fn a_picture_is_a_png_with_ink_on_it() {
    let bytes = draw(&costs_and_benefits(), Format::Png, Language::Dutch).expect("drawn");
    let mut reader = png::Decoder::new(std::io::Cursor::new(bytes))
        .read_info()
        .expect("a PNG");
    let mut pixels = vec![0; reader.output_buffer_size().expect("a known size")];
    let frame = reader.next_frame(&mut pixels).expect("a frame");
    let inked = pixels.chunks(3).filter(|pixel| *pixel != [255, 255, 255]).count();
    let share = inked as f64 / f64::from(frame.width * frame.height);
    assert!((0.05..0.6).contains(&share), "{share} of the picture is not white");
    assert_eq!(pixels[..3], [255, 255, 255]);
}

#[test]
fn the_alternative_text_gives_the_conclusion() {
    let text = costs_and_benefits().alt_text(Language::Dutch);
    assert!(
        text.starts_with("Maatschappelijke kosten en baten. WLO laag: saldo Hardware € 140,"),
        "{text}"
    );
    let text = balance_distribution().alt_text(Language::English);
    assert!(
        text.contains("Probability of a positive balance. WLO low: Hardware"),
        "{text}"
    );
}

#[test]
fn the_table_holds_the_numbers_by_identifier() {
    let table = costs_and_benefits().table();
    assert_eq!(table.check(), Ok(()));
    assert_eq!(table.row_count(), 2 * 6 * (EFFECTS.len() + 1));
    assert_eq!(table.cell(EFFECTS.len(), "effect"), Some(Cell::Text("balance")));
    assert_eq!(table.cell(1, "pv_mean_eur"), Some(Cell::Number(-84e6)));
    let table = balance_distribution().table();
    assert_eq!(table.check(), Ok(()));
    assert_eq!(table.row_count(), 2 * 6 * 201);
    assert_eq!(table.cell(200, "probability"), Some(Cell::Number(1.0)));
}

#[test]
fn a_figure_survives_storage() {
    for figure in [costs_and_benefits(), balance_distribution()] {
        let text = serde_json::to_string(&figure).expect("written");
        let read: Figure = serde_json::from_str(&text).expect("read");
        assert!(draw(&read, Format::Svg, Language::Dutch) == draw(&figure, Format::Svg, Language::Dutch));
    }
}

#[test]
fn markup_in_a_label_is_text() {
    let Figure::CostsAndBenefits(mut figure) = costs_and_benefits() else {
        panic!("of this kind")
    };
    figure.title = Label::new("Kosten < baten & \"meer\"", "Costs");
    let text = svg(&Figure::CostsAndBenefits(figure), Language::Dutch);
    assert!(text.contains("Kosten &lt; baten &amp;") && !text.contains("Kosten <"));
}

#[test]
fn what_cannot_be_drawn_is_an_error() {
    let Figure::CostsAndBenefits(figure) = costs_and_benefits() else {
        panic!("of this kind")
    };
    let failure = |change: &dyn Fn(&mut CostsAndBenefits)| {
        let mut figure = figure.clone();
        change(&mut figure);
        draw(&Figure::CostsAndBenefits(figure), Format::Svg, Language::Dutch).expect_err("it cannot be drawn")
    };
    assert_eq!(
        failure(&|figure| figure.scenarios.clear()),
        PlotError::Empty { what: "scenarios" }
    );
    assert_eq!(
        failure(&|figure| figure.effects.clear()),
        PlotError::Empty { what: "effects" }
    );
    let missing = failure(&|figure| figure.scenarios[0].1[0].effects_eur.truncate(3));
    assert_eq!(
        missing.to_string(),
        "the figure has 3 effects of `hardware` in `wlo-low` where 15 are needed"
    );
    let infinite = failure(&|figure| figure.scenarios[1].1[2].balance_eur = f64::INFINITY);
    assert_eq!(
        infinite,
        PlotError::NotFinite {
            place: "`orgware` in `wlo-high`".into()
        }
    );
}

/// Set `MKBA_FIGURES` to a folder to look at the figures of this test.
#[test]
fn figures_are_left_where_asked() {
    let Some(folder) = std::env::var_os("MKBA_FIGURES") else {
        return;
    };
    for (name, figure) in [
        ("costs-and-benefits", costs_and_benefits()),
        ("balance-distribution", balance_distribution()),
    ] {
        for (language, tag) in [(Language::Dutch, "nl"), (Language::English, "en")] {
            for (format, extension) in [(Format::Svg, "svg"), (Format::Png, "png")] {
                let path = std::path::Path::new(&folder).join(format!("{name}-{tag}.{extension}"));
                std::fs::write(path, draw(&figure, format, language).expect("drawn")).expect("written");
            }
        }
    }
}
