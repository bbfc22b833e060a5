//! The page: what has to be known to read the numbers, the tree, and the signs that occur in it.
use super::columns::{Row, WIDTH, arrange};
use super::{Page, tree, words};
use crate::overview::words::choose;
use crate::overview::{emphasised, wrap};
use mkba_core::appraisal::catalogue::Language;
use mkba_core::explanation::{Explanation, Note, Together};

/// The page as text. Emphasis is in escape codes, which the output leaves out where they do not belong.
pub fn text(page: &Page, language: Language) -> String {
    let rows = tree::rows(&page.explanation, language);
    let has_baseline = rows
        .iter()
        .any(|row| matches!(row, Row::Columns(line) if !line.baseline.is_empty()));
    let alternative = page.alternative.label.get(language);
    let heads = has_baseline.then(|| [alternative, choose(language, "nulalternatief", "baseline")]);
    let mut lines = heading(page, language);
    lines.push(String::new());
    lines.extend(arrange(&rows, heads));
    lines.push(String::new());
    lines.extend(legend(page, language));
    lines.push(String::new());
    lines.join("\n")
}

/// What has to be known to read the numbers.
fn heading(page: &Page, language: Language) -> Vec<String> {
    let label = page.alternative.label.get(language);
    let named = |label: &str, id: &str| {
        if label.is_empty() {
            id.to_owned()
        } else {
            format!("{label} ({id})")
        }
    };
    let scenario = named(page.scenario.label.get(language), &page.scenario.id);
    let alternative = named(label, &page.alternative.id);
    let case = match &page.baseline {
        Some(baseline) => {
            let baseline = named(baseline.label.get(language), &baseline.id);
            choose(
                language,
                format!("{scenario} · {alternative} ten opzichte van {baseline}"),
                format!("{scenario} · {alternative} against {baseline}"),
            )
        }
        None => format!("{scenario} · {alternative}"),
    };
    let settings = choose(
        language,
        format!("prijspeil {}, contante waarden in {}", page.price_year, page.base_year),
        format!("price level {}, present values in {}", page.price_year, page.base_year),
    );
    let numbers = format!("{} · {settings}", words::numbers(page.numbers, language));
    let mut lines = vec![String::new()];
    lines.extend(
        wrap(page.study.get(language), WIDTH)
            .iter()
            .map(|line| emphasised(line)),
    );
    lines.extend(wrap(&case, WIDTH));
    lines.extend(wrap(&numbers, WIDTH));
    lines
}

/// The signs that occur, explained.
fn legend(page: &Page, language: Language) -> Vec<String> {
    let mut signs = Signs::default();
    signs.find(&page.explanation, true);
    let mut lines = Vec::new();
    if signs.decides {
        lines.push(choose(
            language,
            "◄ dit geldt (met het deel van de trekkingen)",
            "◄ this one counts (with the share of the draws)",
        ));
    }
    if signs.deeper {
        lines.push(choose(
            language,
            "▸ hier zit nog iets onder: `--depth` opent het, of vraag ernaar als cel",
            "▸ there is more below: `--depth` opens it, or ask for it as a cell",
        ));
    }
    if signs.above {
        lines.push(choose(
            language,
            "↑ hierboven al uitgelegd",
            "↑ explained above already",
        ));
    }
    if signs.equal {
        lines.push(choose(
            language,
            "= zelfde waarde in het nulalternatief",
            "= the same value in the baseline",
        ));
    }
    if matches!(page.numbers, super::Numbers::Mean { .. }) && signs.product {
        lines.push(choose(
            language,
            "Gemiddelden tellen op, maar vermenigvuldigen niet: `--draw 17` toont één trekking, waarin ook producten kloppen",
            "Means add up but do not multiply: `--draw 17` shows one draw, in which products are right too",
        ));
    }
    lines.into_iter().flat_map(|line| wrap(line, WIDTH)).collect()
}

#[derive(Default)]
struct Signs {
    decides: bool,
    deeper: bool,
    above: bool,
    equal: bool,
    product: bool,
}

impl Signs {
    fn find(&mut self, part: &Explanation, is_top: bool) {
        self.decides |= part.decides.is_some_and(|share| share > 0.0) && !is_top;
        self.deeper |= part.notes.contains(&Note::Deeper);
        self.above |= part.notes.contains(&Note::Above);
        self.equal |= part
            .baseline
            .is_some_and(|baseline| baseline.to_bits() == part.value.to_bits());
        for group in &part.groups {
            self.product |= group.of == Together::Factors;
            group.parts.iter().for_each(|part| self.find(part, false));
        }
    }
}
