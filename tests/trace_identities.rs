//! Explanations add up: terms, elements, years and flows to their sum, factors to their product, choices to one of them.
use mkba_core::explanation::{Explanation, Group, Role, Together};
use mkba_core::rulebook::Rulebook;
use mkba_lang::declarations::Declarations;
use mkba_lang::diagnostic::Diagnostics;
use mkba_lang::project::DiskFiles;
use mkba_lang::read::read_study;
use mkba_lang::source::Sources;
use mkba_lang::trace::{Cell, Question, trace};
use mkba_montecarlo::design::Chosen;
use mkba_montecarlo::{Inputs, observe};
use std::path::Path;

struct Study {
    declarations: Declarations,
    sources: Sources,
    rulebook: Rulebook,
}

fn study(path: &str) -> Study {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let files = DiskFiles::new(root).expect("the project");
    let (mut sources, mut diagnostics) = (Sources::default(), Diagnostics::default());
    let declarations = read_study(&files, path, &mut sources, &mut diagnostics).expect("a study without errors");
    let rules = std::fs::read_to_string(root.join("models/rulebooks/nl-2021.toml")).expect("rules");
    Study {
        declarations,
        sources,
        rulebook: toml::from_str(&rules).expect("a rulebook"),
    }
}

impl Study {
    fn explained(&self, cell: &str, alternative: &str, inputs: Inputs, depth: usize) -> Explanation {
        let mut cell = Cell::parse(cell).expect("a cell");
        cell.alternative = Some(alternative.to_owned());
        let question = Question {
            cell,
            depth: Some(depth),
            most: 3,
        };
        let mut diagnostics = Diagnostics::default();
        let answer = trace(
            &self.declarations,
            &self.sources,
            &self.rulebook,
            &mut diagnostics,
            &question,
            &mut |program, all, dependences| observe(program, all, dependences, &Chosen::default(), inputs),
        );
        let answer = answer.unwrap_or_else(|fault| panic!("{}: {fault:?}", question.cell));
        assert!(
            answer.evaluations <= 2,
            "{}: {} evaluations",
            question.cell,
            answer.evaluations
        );
        answer.explanation
    }
}

/// Parts that were checked.
#[derive(Default)]
struct Checked {
    sums: usize,
    products: usize,
    choices: usize,
    parties: usize,
}

impl Checked {
    fn explanation(&mut self, part: &Explanation, is_one_draw: bool) {
        assert!(part.value.is_finite(), "{part:?}");
        for group in &part.groups {
            self.group(part, group, is_one_draw);
            group
                .parts
                .iter()
                .for_each(|below| self.explanation(below, is_one_draw));
        }
    }

    fn group(&mut self, whole: &Explanation, group: &Group, is_one_draw: bool) {
        let value = whole.value * whole.scale;
        let near = |found: f64, size: f64, what: &str| {
            let apart = (found - value).abs();
            let allowed = 1e-9 * size.max(value.abs()) + 1e-12;
            assert!(
                apart <= allowed,
                "{what} of `{}{}`: {found} is not {value}\n{group:#?}",
                whole.cell,
                whole.label.en
            );
        };
        let rest =
            group.rest.and_then(|rest| rest.value).unwrap_or(0.0) * group.parts.first().map_or(1.0, |part| part.scale);
        match group.of {
            // Means at the mean of a lag that differs between draws are not the mean.
            Together::Terms
                if !is_one_draw
                    && group
                        .parts
                        .iter()
                        .any(|part| matches!(part.role, Role::Weighted { .. })) => {}
            Together::Terms | Together::Elements | Together::Years | Together::Flows => {
                let sum: f64 = group.parts.iter().map(Explanation::signed).sum();
                let size: f64 = group.parts.iter().map(|part| part.signed().abs()).sum();
                near(sum + rest, size + rest.abs(), "sum");
                self.sums += 1;
                let shares: Vec<f64> = group.parts.iter().filter_map(|part| part.share).collect();
                if group.rest.is_none() && !shares.is_empty() && group.of != Together::Flows {
                    assert!((shares.iter().sum::<f64>() - 1.0).abs() < 1e-9, "{group:#?}");
                }
            }
            Together::Factors if is_one_draw => {
                let product = group.parts.iter().fold(1.0, |product, part| match part.role {
                    Role::Divided => product / (part.value * part.scale),
                    _ => product * (part.value * part.scale),
                });
                near(product, value.abs(), "product");
                self.products += 1;
            }
            Together::Choices if is_one_draw => {
                let decides: Vec<&Explanation> = group.parts.iter().filter(|part| part.decides == Some(1.0)).collect();
                assert!(!decides.is_empty(), "{group:#?}");
                for part in decides {
                    near(part.value * part.scale, value.abs(), "choice");
                }
                self.choices += 1;
            }
            Together::Parties => {
                let standing = group
                    .parts
                    .iter()
                    .filter(|part| matches!(part.role, Role::Party { standing: true, .. }));
                let (sum, size) = standing.fold((0.0, 0.0), |(sum, size), part| {
                    (sum + part.value, size + part.value.abs())
                });
                near(sum, size, "parties with standing");
                self.parties += 1;
            }
            _ => {}
        }
    }
}

/// Every kind of cell of a study: balances, flows, and each named value at its first elements in some years.
fn cells(study: &Study, years: [i32; 2]) -> Vec<String> {
    let d = &study.declarations;
    let mut cells = vec!["balance".to_owned(), "balance_without_separate".to_owned()];
    cells.extend(d.parties.iter().map(|party| format!("balance.{}", party.name.value)));
    for flow in &d.flows {
        cells.push(flow.name.value.clone());
        cells.extend(years.map(|year| format!("{}@{year}", flow.name.value)));
    }
    let mut names: Vec<String> = Vec::new();
    names.extend(d.variables.iter().map(|it| it.name.value.clone()));
    names.extend(d.stocks.iter().map(|it| it.name.value.clone()));
    names.extend(d.limits.iter().map(|it| it.name.value.clone()));
    names.extend(d.levers.iter().map(|it| it.name.value.clone()));
    for gate in &d.gates {
        let members = ["granted", "asked", "waiting", "unserved", "binding"];
        names.extend(members.map(|member| format!("{}.{member}", gate.name.value)));
    }
    let elements: Vec<String> = d
        .indices
        .iter()
        .map(|index| format!("[{}]", index.elements[index.elements.len() / 2]))
        .collect();
    for name in names {
        for place in elements.iter().map(String::as_str).chain([""]) {
            cells.extend(years.map(|year| format!("{name}{place}@{year}")));
            cells.push(format!("{name}{place}"));
        }
    }
    cells
}

/// Whether a cell exists: not every name has every element or a year.
fn exists(study: &Study, cell: &str, alternative: &str) -> bool {
    let mut cell = Cell::parse(cell).expect("a cell");
    cell.alternative = Some(alternative.to_owned());
    let question = Question {
        cell,
        depth: Some(0),
        most: 1,
    };
    let mut diagnostics = Diagnostics::default();
    let mut evaluate =
        |_: &mkba_core::program::Program, _: &[mkba_core::input::Input], _: &[mkba_core::input::Dependence]| Err(());
    let answer = trace(
        &study.declarations,
        &study.sources,
        &study.rulebook,
        &mut diagnostics,
        &question,
        &mut evaluate,
    );
    !matches!(answer, Err(mkba_lang::trace::TraceFault::Cell(_)))
}

#[test]
fn every_cell_of_the_main_study_adds_up_in_a_draw() {
    let study = study("scenarios/city-deal.toml");
    let mut checked = Checked::default();
    let mut explained = 0;
    for cell in cells(&study, [2031, 2052]) {
        if !exists(&study, &cell, "integrated-phased") {
            continue;
        }
        let inputs = Inputs::Draw { seed: 2026, draw: 17 };
        checked.explanation(&study.explained(&cell, "integrated-phased", inputs, 3), true);
        explained += 1;
    }
    assert!(explained > 250, "{explained} cells");
    assert!(
        checked.sums > 1000 && checked.products > 1000,
        "{} sums, {} products",
        checked.sums,
        checked.products
    );
    assert!(
        checked.choices > 100 && checked.parties > 30,
        "{} choices, {} parties",
        checked.choices,
        checked.parties
    );
}

#[test]
fn means_over_draws_add_up_in_sums() {
    for (path, alternative) in [
        ("scenarios/city-deal.toml", "hardware"),
        ("scenarios/campus-cba-30.toml", "continue"),
        ("scenarios/deworming.toml", "treatment"),
    ] {
        let study = study(path);
        let mut checked = Checked::default();
        for flow in study
            .declarations
            .flows
            .iter()
            .map(|flow| flow.name.value.clone())
            .chain(["balance".to_owned()])
        {
            let inputs = Inputs::Mean { seed: 5, draws: 40 };
            checked.explanation(&study.explained(&flow, alternative, inputs, 2), false);
        }
        assert!(checked.sums > 5 && checked.parties > 1, "{path}: {} sums", checked.sums);
    }
}

#[test]
fn central_values_are_those_of_the_distributions() {
    let study = study("scenarios/city-deal.toml");
    // triangular(160, 205, 260): its mode.
    assert_eq!(study.explained("rent", "hardware", Inputs::Central, 1).value, 205.0);
}

#[test]
fn the_same_question_has_the_same_answer() {
    let study = study("scenarios/city-deal.toml");
    let ask = || {
        study.explained(
            "research_spillover",
            "integrated",
            Inputs::Mean { seed: 1, draws: 100 },
            4,
        )
    };
    assert_eq!(ask(), ask());
}
