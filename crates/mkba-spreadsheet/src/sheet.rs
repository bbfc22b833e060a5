//! Cells, columns and formats that all sheets share.
use crate::SpreadsheetError;
use mkba_core::appraisal::catalogue::{Catalogue, Language};
use mkba_core::table::{Table, Values};
use mkba_core::words::choose;
use rust_xlsxwriter::{Format, FormatAlign, FormatBorder, Worksheet, utility::column_number_to_name};

/// The paper size as the file format numbers it.
const A4: u8 = 9;
const PRINTED_PERCENT: u16 = 60;

/// The look of cells.
pub struct Formats {
    pub title: Format,
    pub note: Format,
    pub heading: Format,
    pub label: Format,
    pub strong: Format,
    pub millions: Format,
    pub total: Format,
    pub ratio: Format,
    pub euros: Format,
    pub cents: Format,
    pub factor: Format,
    pub percentage: Format,
    pub year: Format,
    pub wrapped: Format,
}

impl Formats {
    pub fn new() -> Self {
        let plain = Format::new;
        Self {
            title: plain().set_bold().set_font_size(14),
            note: plain().set_font_color("#555555"),
            heading: plain()
                .set_bold()
                .set_text_wrap()
                .set_align(FormatAlign::Top)
                .set_border_bottom(FormatBorder::Thin),
            label: plain().set_indent(1),
            strong: plain().set_bold(),
            millions: plain().set_num_format("#,##0.0;-#,##0.0;0.0"),
            total: plain()
                .set_num_format("#,##0.0;-#,##0.0;0.0")
                .set_bold()
                .set_border_top(FormatBorder::Thin),
            ratio: plain().set_num_format("0.00"),
            euros: plain().set_num_format("#,##0"),
            cents: plain().set_num_format("#,##0.00"),
            factor: plain().set_num_format("0.000000"),
            percentage: plain().set_num_format("0.00%"),
            year: plain()
                .set_num_format("0")
                .set_bold()
                .set_border_bottom(FormatBorder::Thin),
            wrapped: plain().set_text_wrap().set_align(FormatAlign::Top),
        }
    }
}

/// Title and note of a sheet: the study with its price level and base year.
pub fn head(
    sheet: &mut Worksheet,
    formats: &Formats,
    catalogue: &Catalogue,
    notes: &[&str],
    language: Language,
) -> Result<(), SpreadsheetError> {
    sheet.write_string_with_format(0, 0, catalogue.study.get(language), &formats.title)?;
    let prices = choose(
        language,
        format!(
            "Prijspeil {}, contante waarde in {}, {}",
            catalogue.price_year, catalogue.base_year, catalogue.rulebook.label.nl
        ),
        format!(
            "Prices of {}, present values in {}, {}",
            catalogue.price_year, catalogue.base_year, catalogue.rulebook.label.en
        ),
    );
    sheet.write_string_with_format(1, 0, prices, &formats.note)?;
    for (row, note) in (2..).zip(notes) {
        sheet.write_string_with_format(row, 0, *note, &formats.note)?;
    }
    Ok(())
}

/// On paper: lying down, small enough for a few columns more, with headings and names on every page. Up to which row and column.
pub fn print_across(sheet: &mut Worksheet, last_row: u32, last_column: u16) -> Result<(), SpreadsheetError> {
    sheet
        .set_landscape()
        .set_paper_size(A4)
        .set_print_scale(PRINTED_PERCENT);
    sheet.set_repeat_rows(0, last_row)?.set_repeat_columns(0, last_column)?;
    sheet.set_footer("&L&A&R&P / &N");
    Ok(())
}

/// A column of text.
pub fn texts<'t>(table: &'t Table, name: &str) -> Result<&'t [String], SpreadsheetError> {
    match column(table, name)? {
        Values::Text(values) => Ok(values),
        _ => Err(missing(table, name)),
    }
}

/// A column of numbers; what is absent is zero.
pub fn numbers(table: &Table, name: &str) -> Result<Vec<f64>, SpreadsheetError> {
    match column(table, name)? {
        Values::Number(values) => Ok(values.clone()),
        Values::OptionalNumber(values) => Ok(values.iter().map(|value| value.unwrap_or(0.0)).collect()),
        Values::Whole(values) => Ok(values.iter().map(|&value| value as f64).collect()),
        Values::Text(_) => Err(missing(table, name)),
    }
}

fn column<'t>(table: &'t Table, name: &str) -> Result<&'t Values, SpreadsheetError> {
    let found = table.columns.iter().find(|column| column.name == name);
    found.map(|column| &column.values).ok_or_else(|| missing(table, name))
}

fn missing(table: &Table, name: &str) -> SpreadsheetError {
    SpreadsheetError::Missing(format!("column `{name}` in `{}`", table.name))
}

/// The table of a name.
pub fn table<'t>(run: &'t mkba_core::run_tables::RunTables, name: &str) -> Result<&'t Table, SpreadsheetError> {
    run.table(name)
        .ok_or_else(|| SpreadsheetError::Missing(format!("table `{name}`")))
}

/// `B`, of column 1.
pub fn letters(column: u16) -> String {
    column_number_to_name(column)
}

/// A text within a formula.
pub fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('"', "\"\""))
}
