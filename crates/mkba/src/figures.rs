//! The two standard figures of a run: costs and benefits, and how the balance is distributed.
use crate::failure::Failure;
use crate::overview::words;
use mkba_core::appraisal::catalogue::{self, Catalogue, Entry};
use mkba_core::outcome::{AlternativeOutcome, Outcome};
use mkba_plot::{
    BalanceDistribution, CostsAndBenefits, Distribution, Figure, Format, Item, Label, Language, PlotError,
    PresentValues,
};

/// What is kept out of the balance without separate effects, as an effect of its own.
const SEPARATE: &str = "separate";

/// Names and bytes of all files of figures; none when there is nothing to compare.
///
/// # Errors
/// The drawing library fails.
pub fn draw(outcome: &Outcome, language: catalogue::Language) -> Result<Vec<(String, Vec<u8>)>, Failure> {
    if outcome.catalogue.compared().next().is_none() || outcome.catalogue.scenarios.is_empty() {
        return Ok(Vec::new());
    }
    let language = match language {
        catalogue::Language::Dutch => Language::Dutch,
        catalogue::Language::English => Language::English,
    };
    let fault = |error: PlotError| Failure::Machine(format!("a figure cannot be drawn: {error}"));
    let figures = [
        (
            "costs-and-benefits",
            Figure::CostsAndBenefits(costs_and_benefits(outcome)),
        ),
        (
            "balance-distribution",
            Figure::BalanceDistribution(balance_distribution(outcome).map_err(fault)?),
        ),
    ];
    let mut files = Vec::new();
    for (name, figure) in figures {
        for (format, end) in [(Format::Svg, "svg"), (Format::Png, "png")] {
            let bytes = mkba_plot::draw(&figure, format, language).map_err(fault)?;
            files.push((format!("{name}.{end}"), bytes));
        }
    }
    Ok(files)
}

/// Present values by effect; what is kept separate is an effect of its own.
fn costs_and_benefits(outcome: &Outcome) -> CostsAndBenefits {
    let catalogue = &outcome.catalogue;
    let effect_of_flow: Vec<&str> = catalogue
        .flows
        .iter()
        .map(|flow| if flow.separate { SEPARATE } else { flow.effect.as_str() })
        .collect();
    let has_value = |flow: usize| {
        let mut results = outcome.scenarios.iter().flat_map(|scenario| &scenario.alternatives);
        results.any(|result| result.flows.get(flow).is_some_and(|value| value.mean != 0.0))
    };
    let flows = effect_of_flow.iter().enumerate();
    let mut ids: Vec<&str> = flows.filter(|(flow, _)| has_value(*flow)).map(|(_, id)| *id).collect();
    ids.sort_by_key(|id| (words::effect_order(id), *id));
    ids.dedup();
    let bar = |result: &AlternativeOutcome| {
        let of_effect = |id: &str| {
            let flows = effect_of_flow.iter().zip(&result.flows);
            flows
                .filter(|(effect, _)| **effect == id)
                .map(|(_, value)| value.mean)
                .sum()
        };
        let effects_eur = ids.iter().map(|id| of_effect(id)).collect();
        PresentValues {
            effects_eur,
            balance_eur: result.balance.mean,
        }
    };
    CostsAndBenefits {
        title: with_study(catalogue, "Kosten en baten", "Costs and benefits"),
        subtitle: subtitle(catalogue),
        alternatives: alternatives(catalogue),
        scenarios: by_scenario(outcome, bar),
        effects: ids.iter().map(|id| effect(id)).collect(),
        notes: unpriced(catalogue),
    }
}

fn balance_distribution(outcome: &Outcome) -> Result<BalanceDistribution, PlotError> {
    let catalogue = &outcome.catalogue;
    let distributions = by_scenario(outcome, |result| match &result.balance_distribution {
        Some(spread) => Ok(Distribution {
            quantiles_eur: spread.quantiles.clone(),
            probability_positive: spread.share_positive,
        }),
        None => Distribution::of_draws(&result.balance_draws),
    });
    let mut scenarios = Vec::new();
    for (scenario, distributions) in distributions {
        scenarios.push((scenario, distributions.into_iter().collect::<Result<Vec<_>, _>>()?));
    }
    Ok(BalanceDistribution {
        title: with_study(catalogue, "Verdeling van het saldo", "Distribution of the balance"),
        subtitle: subtitle(catalogue),
        alternatives: alternatives(catalogue),
        scenarios,
        notes: unpriced(catalogue),
    })
}

fn by_scenario<Anything>(
    outcome: &Outcome,
    of: impl Fn(&AlternativeOutcome) -> Anything,
) -> Vec<(Item, Vec<Anything>)> {
    let catalogue = &outcome.catalogue;
    let scenarios = catalogue.scenarios.iter().zip(&outcome.scenarios);
    scenarios
        .map(|(scenario, results)| {
            let compared = catalogue.compared().map(|number| of(&results.alternatives[number]));
            (item(scenario), compared.collect())
        })
        .collect()
}

fn alternatives(catalogue: &Catalogue) -> Vec<Item> {
    catalogue
        .compared()
        .map(|number| item(&catalogue.alternatives[number]))
        .collect()
}

fn item(entry: &Entry) -> Item {
    let text = |language| entry.label.get(language).to_owned();
    Item::new(
        &entry.id,
        text(catalogue::Language::Dutch),
        text(catalogue::Language::English),
    )
}

fn effect(id: &str) -> Item {
    match (id, words::effect(id)) {
        (SEPARATE, _) => Item::new(id, words::SEPARATE.nl, words::SEPARATE.en),
        (_, Some(word)) => Item::new(id, word.nl, word.en),
        (_, None) => Item::new(id, id, id),
    }
}

fn with_study(catalogue: &Catalogue, nl: &str, en: &str) -> Label {
    let study = |language| match catalogue.study.get(language) {
        "" => catalogue.model.label.get(language).to_owned(),
        study => study.to_owned(),
    };
    Label::new(
        format!("{nl}: {}", study(catalogue::Language::Dutch)),
        format!("{en}: {}", study(catalogue::Language::English)),
    )
}

fn subtitle(catalogue: &Catalogue) -> Label {
    let text = |language| crate::overview::short_settings(catalogue, language);
    Label::new(text(catalogue::Language::Dutch), text(catalogue::Language::English))
}

/// What is not in the figure: unpriced items with their sign.
fn unpriced(catalogue: &Catalogue) -> Vec<Label> {
    if catalogue.unpriced.is_empty() {
        return Vec::new();
    }
    let listed = |language: catalogue::Language| {
        let items = catalogue.unpriced.iter();
        let items: Vec<String> = items
            .map(|item| format!("{} ({})", item.entry.label.get(language), item.sign.replace('-', "−")))
            .collect();
        format!("{}: {}", words::UNPRICED.get(language), items.join("; "))
    };
    vec![Label::new(
        listed(catalogue::Language::Dutch),
        listed(catalogue::Language::English),
    )]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::overview::sample;

    #[test]
    fn effects_of_a_bar_add_up_to_its_balance() {
        let figure = costs_and_benefits(&sample::outcome(3));
        figure.check().expect("complete");
        for (scenario, bars) in &figure.scenarios {
            assert_eq!(bars.len(), 3);
            for bar in bars {
                let sum: f64 = bar.effects_eur.iter().sum();
                assert!((sum - bar.balance_eur).abs() < 1.0, "{}", scenario.id);
            }
        }
    }

    #[test]
    fn separate_effects_are_apart() {
        let figure = costs_and_benefits(&sample::outcome(1));
        let ids: Vec<&str> = figure.effects.iter().map(|effect| effect.id.as_str()).collect();
        assert_eq!(
            ids,
            [
                "investment",
                "upkeep",
                "direct",
                "indirect",
                "external",
                "transfer",
                "separate"
            ]
        );
    }

    #[test]
    fn both_figures_are_drawn_in_both_formats() {
        let files = draw(&sample::outcome(2), catalogue::Language::Dutch).expect("drawn");
        let names: Vec<&str> = files.iter().map(|(name, _)| name.as_str()).collect();
        assert_eq!(
            names,
            [
                "costs-and-benefits.svg",
                "costs-and-benefits.png",
                "balance-distribution.svg",
                "balance-distribution.png"
            ]
        );
        assert!(files.iter().all(|(_, bytes)| bytes.len() > 1000));
    }

    #[test]
    fn a_study_with_only_a_baseline_has_no_figures() {
        assert!(
            draw(&sample::outcome(0), catalogue::Language::Dutch)
                .expect("nothing")
                .is_empty()
        );
    }
}
