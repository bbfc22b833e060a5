//! Question and problem: the authors' own text, because no program knows it.
use super::writer::Writer;
use crate::document::{Block, Section};
use crate::material::Part;

pub(super) fn section(writer: &Writer<'_>) -> Section {
    let mut blocks = writer.own(Part::Problem);
    if blocks.is_empty() {
        blocks.push(Block::note(writer.say(
            "Bij deze studie is geen probleemanalyse geschreven. Zonder analyse van het probleem, van de rol van de overheid en van de oorzaak \
             van het falen van markt of beleid is de uitkomst niet te duiden.",
            "No analysis of the problem was written for this study. Without an analysis of the problem, of the role of government and of the \
             cause of market or policy failure, the result cannot be interpreted.",
        )));
    }
    let alternatives = writer.alternatives();
    let (count, baseline) = (alternatives.len(), writer.baseline());
    let model = writer.catalogue().model.label.get(writer.language).to_owned();
    blocks.push(Block::paragraph(writer.say(
        format!(
            "Dit rapport vergelijkt {count} {} met het nulalternatief (“{baseline}”) en gaat na wat zij de Nederlandse samenleving kosten en \
             opleveren, wie die kosten en baten draagt en hoe zeker dat is. De berekeningen zijn gemaakt met het model “{model}”.",
            if count == 1 { "projectalternatief" } else { "projectalternatieven" },
        ),
        format!(
            "This report compares {count} {} with the baseline (“{baseline}”): what they cost and yield to society, who bears those costs and \
             benefits, and how sure that is. Calculations were made with the model “{model}”.",
            if count == 1 { "alternative" } else { "alternatives" },
        ),
    )));
    writer.section("problem", "Vraag en probleem", "Question and problem", blocks)
}
