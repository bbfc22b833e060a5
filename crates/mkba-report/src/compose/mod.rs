//! From the material of a run to a report in one language.
//!
//! Every section is a file: it takes numbers from the tables and finishes its sentences. Nothing is computed here that is not a sum, a
//! difference or a quotient of numbers that a reader finds in the tables of the run.
mod alternatives;
mod amounts;
mod annexes;
mod assumptions;
mod checklist;
mod conclusions;
mod dividing;
mod illustrations;
mod interactions;
mod numbering;
mod parties;
mod problem;
mod results;
mod summary;
mod uncertainty;
mod unpriced;
mod writer;

use crate::document::{Furniture, Report, Section};
use crate::material::Material;
use crate::overview::{Figures, words::choose};
use mkba_core::appraisal::catalogue::Language;
use writer::Writer;

/// Composes the report of a run.
///
/// # Errors
/// A table that every run has is missing, or lacks a number that the catalogue promises; says which.
pub fn compose(material: &Material, language: Language) -> Result<Report, String> {
    let overview = material
        .run
        .table("overview")
        .ok_or_else(|| "the run has no table `overview`".to_owned())?;
    let figures = Figures::collect(overview, &material.run.catalogue)?;
    let writer = Writer::new(material, &figures, language);
    let mut sections: Vec<Section> = [
        summary::section(&writer),
        problem::section(&writer),
        alternatives::section(&writer),
        assumptions::section(&writer),
        amounts::costs(&writer),
        amounts::effects(&writer),
        results::section(&writer),
        unpriced::section(&writer),
        parties::section(&writer),
        uncertainty::section(&writer),
        checklist::section(&writer),
        conclusions::section(&writer),
    ]
    .into_iter()
    .chain(annexes::sections(&writer))
    .collect();
    dividing::divide(&writer, &mut sections);
    numbering::number(&mut sections);
    Ok(Report {
        language: choose(language, "nl", "en"),
        title: writer.title(),
        subtitle: writer.say("Maatschappelijke kosten-batenanalyse", "Societal cost-benefit analysis"),
        facts: summary::facts(&writer),
        sections,
        words: furniture(&writer),
    })
}

fn furniture(writer: &Writer<'_>) -> Furniture {
    let version = &writer.material.origin.engine_version;
    Furniture {
        contents: writer.say("Inhoud", "Contents"),
        skip: writer.say("Naar de samenvatting", "Skip to the summary"),
        table: writer.say("Tabel", "Table"),
        figure: writer.say("Figuur", "Figure"),
        scroll: writer.say("tabel, horizontaal te schuiven", "table, scrolls sideways"),
        scroll_figure: writer.say("figuur, horizontaal te schuiven", "figure, scrolls sideways"),
        hint: writer.say("Schuif opzij voor de rest →", "Scroll sideways for the rest →"),
        made_with: writer.say(
            format!("Gemaakt met mkba {version}"),
            format!("Made with mkba {version}"),
        ),
    }
}
