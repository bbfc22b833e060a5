//! Every number of the model with its unit, source and confidence.
use crate::SpreadsheetError;
use crate::sheet::{Formats, head, print_across, texts};
use crate::words;
use mkba_core::appraisal::catalogue::Language;
use mkba_core::run_tables::RunTables;
use mkba_core::words::{Word, choose, confidence};
use mkba_core::written::written;
use rust_xlsxwriter::Workbook;

const HEADINGS_ROW: u32 = 4;

pub fn write(workbook: &mut Workbook, run: &RunTables, language: Language) -> Result<(), SpreadsheetError> {
    let formats = Formats::new();
    let sheet = workbook.add_worksheet().set_name(words::INPUTS.get(language))?;
    head(sheet, &formats, &run.catalogue, &[], language)?;
    let columns: Vec<(Word, u16, Vec<String>)> = match run.table("sources") {
        Some(table) => {
            let label = choose(language, "label_nl", "label_en");
            let column = |name: &str| texts(table, name).map(<[String]>::to_vec);
            vec![
                (words::NAME, 28, column("name")?),
                (words::LABEL, 36, column(label)?),
                (
                    words::KIND,
                    16,
                    told(column("kind")?, |kind| words::kind(kind, language).to_owned()),
                ),
                (words::SCENARIO, 16, column("scenario")?),
                (
                    words::VALUE,
                    36,
                    told(column("value")?, |value| written(value, language)),
                ),
                (
                    words::CONFIDENCE,
                    14,
                    told(column("confidence")?, |word| confidence(word, language).to_owned()),
                ),
                (words::PLACEHOLDER, 14, yes(&column("placeholder")?, language)),
                (words::SOURCE, 60, column("source")?),
                (words::ASSUMPTION, 60, column("assumption")?),
                (words::USED_BY, 40, column("used_by")?),
                (words::PLACE, 40, column("place")?),
            ]
        }
        None => {
            let inputs = &run.catalogue.inputs;
            let of = |pick: &dyn Fn(&mkba_core::appraisal::catalogue::InputEntry) -> String| {
                inputs.iter().map(pick).collect()
            };
            vec![
                (words::NAME, 28, of(&|it| it.entry.id.clone())),
                (words::LABEL, 36, of(&|it| it.entry.label.get(language).to_owned())),
                (words::UNIT, 16, of(&|it| it.unit.clone())),
                (words::DISTRIBUTION, 40, of(&|it| it.distribution.clone())),
            ]
        }
    };
    let mut last = HEADINGS_ROW;
    for (column, (heading, width, values)) in (0..).zip(&columns) {
        sheet.write_string_with_format(HEADINGS_ROW, column, heading.get(language), &formats.heading)?;
        for (row, value) in (HEADINGS_ROW + 1..).zip(values) {
            sheet.write_string_with_format(row, column, value, &formats.wrapped)?;
            last = last.max(row);
        }
        sheet.set_column_width(column, f64::from(*width))?;
    }
    sheet.set_freeze_panes(HEADINGS_ROW + 1, 1)?;
    sheet.autofilter(HEADINGS_ROW, 0, last, columns.len() as u16 - 1)?;
    print_across(sheet, HEADINGS_ROW, 0)?;
    Ok(())
}

/// Words of a column as a reader says them.
fn told(values: Vec<String>, how: impl Fn(&str) -> String) -> Vec<String> {
    values.iter().map(|value| how(value)).collect()
}

/// `true` as a word, anything else as nothing.
fn yes(values: &[String], language: Language) -> Vec<String> {
    let word = |value: &String| if value == "true" { words::YES.get(language) } else { "" };
    values.iter().map(|value| word(value).to_owned()).collect()
}
