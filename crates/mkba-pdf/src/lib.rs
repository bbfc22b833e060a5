//! A report as PDF, tagged for readers by ear, with the fonts within it.
//!
//! The only crate that knows typst. It takes minutes to build, so everything is behind the feature `engine`, which the program switches on
//! with its own feature `pdf`; without it this crate is empty.
#![cfg(feature = "engine")]

mod world;

use mkba_report::document::Report;
use typst::diag::SourceDiagnostic;
use typst_layout::PagedDocument;
use typst_pdf::{PdfOptions, PdfStandard, PdfStandards};

/// The bytes of the file, which depend on the report alone. It follows PDF/UA-1: headings, tables with header cells, figures with words in
/// their place, language and title.
///
/// # Errors
/// A figure is no drawing that can be placed; says what the typesetter says.
pub fn pdf(report: &Report) -> Result<Vec<u8>, String> {
    let world = world::PageWorld::new(report)?;
    let compiled = typst::compile::<PagedDocument>(&world);
    let document = compiled.output.map_err(|faults| sentences(&faults))?;
    let standards = PdfStandards::new(&[PdfStandard::Ua_1]).map_err(|fault| fault.message().to_string())?;
    let options = PdfOptions {
        standards,
        ..PdfOptions::default()
    };
    typst_pdf::pdf(&document, &options).map_err(|faults| sentences(&faults))
}

fn sentences(faults: &[SourceDiagnostic]) -> String {
    let messages: Vec<&str> = faults.iter().map(|fault| fault.message.as_str()).collect();
    messages.join("; ")
}
