//! What is not put in money, and what it would have to be worth.
use super::writer::Writer;
use crate::document::{Block, Column, Section, Style, TableRow};
use crate::material::Part;
use crate::rows::records;

pub(super) fn section(writer: &Writer<'_>) -> Section {
    let catalogue = writer.catalogue();
    let mut blocks = writer.own(Part::Unpriced);
    if catalogue.unpriced.is_empty() {
        blocks.push(Block::note(writer.say(
            "Het model noemt geen effecten die niet in geld zijn uitgedrukt.",
            "The model names no effects that are not put in money.",
        )));
    } else {
        blocks.push(Block::paragraph(writer.say(
            "Deze effecten zijn niet in geld uitgedrukt. Zij zijn niet nul: het teken zegt of zij het saldo hoger (+), lager (−) of beide \
             kanten op (±) zouden veranderen.",
            "These effects are not put in money. They are not zero: the sign says whether they would raise the balance (+), lower it (−) or \
             could do either (±).",
        )));
        let rows = catalogue.unpriced.iter().map(|item| {
            let label = item.entry.label.get(writer.language).to_owned();
            vec![label, item.sign.replace('-', "−"), item.why.clone()]
        });
        let columns = vec![
            Column::text(writer.say("PM-post", "Unpriced item"), 3),
            Column::text(writer.say("Teken", "Sign"), 1),
            Column::text(writer.say("Waarom niet in geld", "Why not in money"), 6),
        ];
        let caption = writer.say(
            "Niet in geld uitgedrukte effecten (PM)",
            "Effects that are not put in money",
        );
        blocks.push(writer.records(caption, columns, rows.collect()));
    }
    blocks.extend(switching(writer));
    writer.section(
        "unpriced",
        "Niet in geld uitgedrukte effecten",
        "Effects not put in money",
        blocks,
    )
}

/// What unpriced items must be worth for the balance to change sign.
fn switching(writer: &Writer<'_>) -> Vec<Block> {
    let catalogue = writer.catalogue();
    let balances = if writer.has_separate() { 2 } else { 1 };
    let mut blocks = vec![
        Block::heading(writer.say("Omslagtoets", "Switching test")),
        Block::paragraph(writer.say(
            "Hoeveel moeten de niet in geld uitgedrukte effecten samen waard zijn, per saldo, om het teken van het saldo te veranderen? Een \
             positief bedrag wil zeggen dat zij ten minste zoveel moeten opleveren; een negatief bedrag dat zij ten minste zoveel moeten \
             kosten. Tussen haakjes: hetzelfde als vast bedrag per jaar over de zichtperiode.",
            "How much must the unpriced effects be worth together, net, for the balance to change sign? A positive amount means that they must \
             yield at least as much; a negative amount that they must cost at least as much. Between brackets: the same as a constant amount \
             a year over the horizon.",
        )),
    ];
    for balance in 0..balances {
        let with = balance == 1 || balances == 1;
        let indicator = if with {
            "equivalent_annual_amount"
        } else {
            "equivalent_annual_amount_without_separate"
        };
        let rows = writer
            .alternatives()
            .into_iter()
            .enumerate()
            .map(|(place, alternative)| {
                let cells = catalogue
                    .scenarios
                    .iter()
                    .zip(&writer.figures.scenarios)
                    .map(|(scenario, cases)| {
                        let case = &cases[place];
                        let mean = if with {
                            case.balance.mean
                        } else {
                            case.balance_without_separate.mean
                        };
                        let mut found = records(writer.table("indicators")).filter(|row| {
                            row.is("indicator", indicator)
                                && row.is("scenario", &scenario.id)
                                && row.is("alternative", writer.alternative_ids()[place])
                        });
                        let yearly = found.next().and_then(|row| row.number("mean"));
                        match yearly {
                            Some(yearly) => format!("{} ({})", writer.amount(-mean), writer.amount(-yearly)),
                            None => writer.amount(-mean),
                        }
                    });
                TableRow::new(Style::Item, [alternative].into_iter().chain(cells))
            });
        let rows = rows.collect();
        let first = Column::text(writer.say("Alternatief", "Alternative"), 2);
        let scenarios = writer.scenarios().map(|(label, _)| Column::number(label));
        let columns = [first].into_iter().chain(scenarios).collect();
        let which = match (with, balances) {
            (_, 1) => String::new(),
            (true, _) => writer.say(
                ", met de apart getoonde effecten",
                ", with the effects shown separately",
            ),
            (false, _) => writer.say(
                ", zonder de apart getoonde effecten",
                ", without the effects shown separately",
            ),
        };
        let caption = writer.say(
            format!(
                "Waarde die PM-posten samen moeten hebben voordat het saldo van teken wisselt{which} ({})",
                writer.basis()
            ),
            format!(
                "Worth that unpriced items must have together before the balance changes sign{which} ({})",
                writer.basis()
            ),
        );
        blocks.push(writer.numbers(caption, columns, rows, Vec::new()));
    }
    blocks
}
