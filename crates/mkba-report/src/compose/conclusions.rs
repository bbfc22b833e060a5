//! What may be concluded, in the words that the guidance allows.
//!
//! Never which alternative is best, never a preferred scenario, never a ranking by ratio: those are not the program's to give.
use super::uncertainty::{chance, influences, probabilities};
use super::writer::Writer;
use crate::document::{Block, Inline, Section};
use crate::finding::{Finding, SMALL, View};
use crate::material::Part;
use crate::overview::{CaseFigures, Group, Spread};
use crate::rows::records;

pub(super) fn section(writer: &Writer<'_>) -> Section {
    let mut blocks = vec![Block::List {
        ordered: false,
        start: 1,
        items: sentences(writer)
            .into_iter()
            .map(|text| vec![Block::Paragraph { text }])
            .collect(),
    }];
    blocks.push(Block::heading(
        writer.say("Wat bij deze uitkomst hoort", "What belongs to this result"),
    ));
    blocks.push(Block::list(caveats(writer)));
    let small = writer.percent(SMALL, 0);
    blocks.push(Block::paragraph(writer.say(
        format!(
            "“Ongeveer gelijk” wil hier zeggen: het saldo is in elk scenario, met en zonder de apart getoonde effecten, hoogstens {small} van \
             de kosten (of van de effecten als die groter zijn), terwijl het teken niet vaststaat. Staat het teken niet vast en zijn de bedragen groter, dan is de uitkomst onzeker; uitstel, \
             fasering of nader onderzoek is dan een legitieme conclusie."
        ),
        format!(
            "“About equal” means here: in each scenario, with and without the effects shown separately, the balance is at most {small} of the \
             costs (or of the effects if they are greater), while its sign is not certain. Where the sign is not certain and amounts are larger, the result is uncertain; putting off the decision, \
             phasing or further research is then a legitimate conclusion."
        ),
    )));
    blocks.push(Block::paragraph(writer.say(
        "Deze formuleringen volgen uit de getallen in dit rapport. Een MKBA ondersteunt een besluit en neemt het niet: de afweging, ook van wat \
         niet in geld is uitgedrukt en van de verdeling, is aan het bestuur.",
        "These words follow from the numbers in this report. An appraisal supports a decision and does not take it: weighing, also of what is \
         not put in money and of the distribution, is up to those who govern.",
    )));
    blocks.extend(writer.own(Part::Conclusions));
    writer.section(
        "conclusions",
        "Conclusies en duiding",
        "Conclusions and interpretation",
        blocks,
    )
}

/// A sentence for each alternative with its amounts, in the order of the study.
fn sentences(writer: &Writer<'_>) -> Vec<Vec<Inline>> {
    let alternatives = writer.alternatives();
    let sentence = |(place, label): (usize, &String)| {
        let judgement = judgement(writer, finding(writer, place));
        said(label, format!("{judgement} {}", amounts(writer, place)))
    };
    alternatives.iter().enumerate().map(sentence).collect()
}

/// A sentence for each finding, with the alternatives that it is true of, both in the order of the study. Amounts stand in the table.
pub(super) fn grouped(writer: &Writer<'_>) -> Vec<Vec<Inline>> {
    let mut groups: Vec<(Finding, Vec<String>)> = Vec::new();
    for (place, label) in writer.alternatives().into_iter().enumerate() {
        let finding = finding(writer, place);
        match groups.iter_mut().find(|(known, _)| *known == finding) {
            Some((_, labels)) => labels.push(label),
            None => groups.push((finding, vec![label])),
        }
    }
    let sentence = |(finding, labels): (Finding, Vec<String>)| said(&labels.join("; "), judgement(writer, finding));
    groups.into_iter().map(sentence).collect()
}

fn said(of: &str, sentence: String) -> Vec<Inline> {
    let strong = Inline::Strong {
        text: vec![Inline::plain(format!("{of}: "))],
    };
    vec![strong, Inline::plain(sentence)]
}

/// The finding on an alternative.
fn finding(writer: &Writer<'_>, place: usize) -> Finding {
    let cases = writer.figures.scenarios.iter().map(|cases| &cases[place]);
    let views = cases.flat_map(|case| {
        let size = size(writer, case);
        let view = |spread: Spread| View {
            mean: spread.mean,
            standard_error: spread.standard_error,
            low: spread.p05,
            high: spread.p95,
            size,
        };
        [view(case.balance_without_separate), view(case.balance)]
    });
    Finding::of(&views.collect::<Vec<View>>())
}

/// Costs, or effects if they are greater, without sign.
fn size(writer: &Writer<'_>, case: &CaseFigures) -> f64 {
    let both = || writer.catalogue().flows.iter().zip(&case.flows);
    let costs: f64 = both()
        .filter(|(flow, _)| Group::of(flow) == Group::Cost)
        .map(|(_, value)| value)
        .sum();
    let others: f64 = both()
        .filter(|(flow, _)| Group::of(flow) != Group::Cost)
        .map(|(_, value)| value)
        .sum();
    costs.abs().max(others.abs())
}

fn judgement(writer: &Writer<'_>, finding: Finding) -> String {
    let both = writer.has_separate();
    let also = if both {
        writer.say(
            ", met en zonder de apart getoonde effecten",
            ", with and without the effects shown separately",
        )
    } else {
        String::new()
    };
    let every = match writer.figures.scenarios.len() {
        1 => writer.say("in het scenario", "in the scenario"),
        _ => writer.say("in alle scenario's", "in all scenarios"),
    };
    match finding {
        Finding::NoDifference => writer.say("geen verschil met het nulalternatief.", "no difference from the baseline."),
        Finding::Positive => writer.say(
            format!("de in geld uitgedrukte baten zijn {every} groter dan de kosten, in ten minste 95 % van de trekkingen{also}."),
            format!("benefits put in money exceed costs {every}, in at least 95 % of the draws{also}."),
        ),
        Finding::Negative => writer.say(
            format!("de kosten zijn {every} groter dan de in geld uitgedrukte baten, in ten minste 95 % van de trekkingen{also}."),
            format!("costs exceed the benefits put in money {every}, in at least 95 % of the draws{also}."),
        ),
        Finding::PositiveOnAverage => writer.say(
            format!(
                "de in geld uitgedrukte baten zijn gemiddeld {every} groter dan de kosten{also}, maar een negatief saldo is niet uitgesloten."
            ),
            format!("on average, benefits put in money exceed costs {every}{also}, but a negative balance is not excluded."),
        ),
        Finding::NegativeOnAverage => writer.say(
            format!(
                "de kosten zijn gemiddeld {every} groter dan de in geld uitgedrukte baten{also}, maar een positief saldo is niet uitgesloten."
            ),
            format!("on average, costs exceed the benefits put in money {every}{also}, but a positive balance is not excluded."),
        ),
        Finding::AboutEqual => writer.say(
            "baten ongeveer gelijk aan kosten.",
            "benefits about equal to costs.",
        ),
        Finding::Uncertain => writer.say(
            "de uitkomst is onzeker: het teken van het saldo staat niet vast.",
            "the result is uncertain: the sign of the balance is not certain.",
        ),
    }
}

/// The balances of an alternative in every scenario, with the band and the share of draws above zero.
fn amounts(writer: &Writer<'_>, place: usize) -> String {
    let probabilities = probabilities(writer);
    let id = writer.alternative_ids()[place];
    let parts = writer
        .scenarios()
        .zip(&writer.catalogue().scenarios)
        .map(|((label, cases), entry)| {
            let spread = cases[place].balance;
            let mean = writer.money(spread.mean);
            if spread.standard_error == 0.0 {
                return format!("{label} {mean}");
            }
            let (low, high) = (writer.money(spread.p05), writer.money(spread.p95));
            let band = writer.say(
                format!("90\u{a0}%-band {low} tot {high}"),
                format!("90\u{a0}% band {low} to {high}"),
            );
            let chance = probabilities.get(&[entry.id.clone(), id.to_owned()]).map(|share| {
                let share = chance(writer, *share);
                writer.say(
                    format!("; positief in {share} van de trekkingen"),
                    format!("; positive in {share} of the draws"),
                )
            });
            format!("{label} {mean} ({band}{})", chance.unwrap_or_default())
        });
    let parts: Vec<String> = parts.collect();
    let which = if writer.has_separate() {
        writer.say(
            "Saldo met de apart getoonde effecten: ",
            "Balance with the effects shown separately: ",
        )
    } else {
        writer.say("Saldo: ", "Balance: ")
    };
    format!("{which}{}.", parts.join("; "))
}

/// What has to be said beside any conclusion.
pub(super) fn caveats(writer: &Writer<'_>) -> Vec<String> {
    let mut caveats = Vec::new();
    let unpriced = writer.catalogue().unpriced.len();
    if unpriced > 0 {
        caveats.push(writer.say(
            format!("{unpriced} effecten zijn niet in geld uitgedrukt en zitten niet in het saldo; zij kunnen het verhogen of verlagen."),
            format!("{unpriced} effects are not put in money and are not in the balance; they may raise or lower it."),
        ));
    }
    if writer.scenarios().count() > 1 {
        caveats.push(writer.say(
            "De scenario's zijn even plausibel; geen ervan heeft de voorkeur en zij zijn niet gewogen.",
            "The scenarios are equally plausible; none is preferred and they are not weighed.",
        ));
    }
    caveats.extend(placeholders(writer));
    if writer.is_uncertain() {
        let errors = writer.figures.cases().map(|case| case.balance.standard_error);
        let greatest = writer.money(errors.fold(0.0, f64::max));
        let draws = writer.number(writer.material.run.draws as f64, 0);
        caveats.push(writer.say(
            format!("Met {draws} trekkingen is de Monte Carlo-standaardfout van een gemiddeld saldo hoogstens {greatest}; verschillen die kleiner zijn dan tweemaal dat bedrag zijn niet te duiden."),
            format!("With {draws} draws the Monte Carlo standard error of a mean balance is at most {greatest}; differences below twice that amount have no meaning."),
        ));
    }
    caveats
}

/// How much rests on figures that are to be replaced.
fn placeholders(writer: &Writer<'_>) -> Option<String> {
    let figures = || records(writer.table("sources"));
    let (all, temporary) = (
        figures().count(),
        figures().filter(|row| row.says_yes("placeholder")).count(),
    );
    if temporary == 0 {
        return None;
    }
    let influences = influences(writer);
    let share: f64 = influences
        .iter()
        .filter(|(_, it)| it.placeholder)
        .map(|(_, it)| it.mean)
        .sum();
    let carried = if influences.is_empty() {
        String::new()
    } else {
        let share = writer.percent(share.min(1.0), 0);
        writer.say(
            format!("; samen dragen zij ongeveer {share} van de spreiding van het saldo"),
            format!("; together they carry about {share} of the spread of the balance"),
        )
    };
    Some(writer.say(
        format!("{temporary} van de {all} getallen zijn tijdelijke aannames, geen officiële kengetallen{carried}. De uitkomst is daarom voorlopig."),
        format!("{temporary} of the {all} numbers are placeholders, not official figures{carried}. The result is therefore provisional."),
    ))
}
