//! Present values of all flows, totals, balances, and the check against the engine.
use crate::SpreadsheetError;
use crate::sheet::{Formats, fit_row, head, letters, print_across, quoted};
use crate::timeline::{Timeline, presents};
use crate::words;
use mkba_core::appraisal::catalogue::{FlowEntry, FlowKind, Language};
use mkba_core::run_tables::RunTables;
use mkba_core::words::{SEPARATE, Word, effect_order};
use rust_xlsxwriter::{Format, Formula, Workbook, Worksheet};

/// Row with the identifiers of the scenarios, by which formulas find them; that of the alternatives follows.
const SCENARIO_ROW: u32 = 4;
const ALTERNATIVE_ROW: u32 = 5;
const LABEL_ROW: u32 = 6;
/// First column with a case.
const FIRST_CASE: u16 = 2;
const CASE_WIDTH: f64 = 17.0;

/// A scenario with an alternative, and where it stands.
struct Case<'r> {
    scenario: &'r str,
    alternative: &'r str,
    column: u16,
}

/// Rows of a sum, first and last; none of nothing.
type Rows = Option<(u32, u32)>;

pub fn write(
    workbook: &mut Workbook,
    run: &RunTables,
    timeline: &Timeline,
    language: Language,
) -> Result<(), SpreadsheetError> {
    let catalogue = &run.catalogue;
    let formats = Formats::new();
    let found = presents(run)?;
    let sheet = workbook.add_worksheet().set_name(words::OVERVIEW.get(language))?;
    head(sheet, &formats, catalogue, &[words::HOW.get(language)], language)?;
    let mut cases = Vec::new();
    let mut labels = Vec::new();
    for scenario in &catalogue.scenarios {
        for alternative in catalogue.compared() {
            let entry = &catalogue.alternatives[alternative];
            let column = FIRST_CASE + u16::try_from(cases.len()).unwrap_or(u16::MAX);
            sheet.write_string_with_format(SCENARIO_ROW, column, &scenario.id, &formats.note)?;
            sheet.write_string_with_format(ALTERNATIVE_ROW, column, &entry.id, &formats.note)?;
            let label = format!("{}: {}", scenario.label.get(language), entry.label.get(language));
            sheet.write_string_with_format(LABEL_ROW, column, &label, &formats.heading)?;
            labels.push(label);
            cases.push(Case {
                scenario: &scenario.id,
                alternative: &entry.id,
                column,
            });
        }
    }
    sheet.write_string_with_format(LABEL_ROW, 0, words::LABEL.get(language), &formats.heading)?;
    sheet.write_string_with_format(LABEL_ROW, 1, words::FLOW.get(language), &formats.heading)?;
    let value = |case: &Case<'_>, flow: &str| {
        found
            .get(&(case.scenario, case.alternative, flow))
            .copied()
            .unwrap_or(0.0)
    };
    let nonzero = |flow: &&FlowEntry| cases.iter().any(|case| value(case, &flow.entry.id) != 0.0);
    let mut page = Page {
        sheet,
        formats: &formats,
        cases: &cases,
        language,
        row: LABEL_ROW + 1,
    };
    let group =
        |page: &mut Page<'_, '_>, heading: Word, of: &dyn Fn(&FlowEntry) -> bool| -> Result<Rows, SpreadsheetError> {
            let mut flows: Vec<&FlowEntry> = catalogue.flows.iter().filter(|flow| of(flow)).filter(nonzero).collect();
            flows.sort_by_key(|flow| effect_order(&flow.effect));
            page.heading(heading)?;
            let first = page.row;
            for flow in &flows {
                let id = quoted(&flow.entry.id);
                page.line(flow.entry.label.get(language), &flow.entry.id, &|case, letter| {
                    let (scenario, alternative) = (
                        format!("{letter}${}", SCENARIO_ROW + 1),
                        format!("{letter}${}", ALTERNATIVE_ROW + 1),
                    );
                    let sum = timeline.sum_of(&scenario, &alternative, &id, language);
                    (format!("={sum}/1000000"), value(case, &flow.entry.id) / 1e6)
                })?;
            }
            Ok((!flows.is_empty()).then(|| (first, page.row - 1)))
        };
    let is_cost = |flow: &FlowEntry| flow.kind == FlowKind::Cost && !flow.separate;
    let costs = group(&mut page, words::COSTS, &is_cost)?;
    let total = |case: &Case<'_>, of: &dyn Fn(&FlowEntry) -> bool| -> f64 {
        let flows = catalogue.flows.iter().filter(|flow| of(flow));
        flows.map(|flow| value(case, &flow.entry.id)).sum::<f64>() / 1e6
    };
    let costs_row = page.total(words::TOTAL_COSTS, &|case, letter| {
        (sum(letter, costs), total(case, &is_cost))
    })?;
    let is_effect = |flow: &FlowEntry| flow.kind != FlowKind::Cost && !flow.separate;
    let effects = group(&mut page, words::EFFECTS, &is_effect)?;
    let effects_row = page.total(words::TOTAL_EFFECTS, &|case, letter| {
        (sum(letter, effects), total(case, &is_effect))
    })?;
    let not_separate = |flow: &FlowEntry| !flow.separate;
    let without_row = page.total(words::BALANCE_WITHOUT, &|case, letter| {
        (
            format!("={letter}{costs_row}+{letter}{effects_row}"),
            total(case, &not_separate),
        )
    })?;
    page.ratio(words::RATIO, &|case, letter| {
        let costs = total(case, &is_cost);
        let ratio = (costs < 0.0).then(|| -total(case, &is_effect) / costs);
        let formula = format!("=IF({letter}{costs_row}<0,-{letter}{effects_row}/{letter}{costs_row},\"\")");
        (formula, ratio)
    })?;
    let is_separate = |flow: &FlowEntry| flow.separate;
    let separate = group(&mut page, SEPARATE, &is_separate)?;
    let balance_row = page.total(words::BALANCE, &|case, letter| {
        let separate = sum(letter, separate).replacen('=', "+", 1);
        (format!("={letter}{without_row}{separate}"), total(case, &|_| true))
    })?;
    page.row += 1;
    let engine_row = page.numbers(words::ENGINE, &|case| value(case, "balance") / 1e6)?;
    let difference_row = page.total(words::DIFFERENCE, &|case, letter| {
        (
            format!("={letter}{balance_row}-{letter}{engine_row}"),
            total(case, &|_| true) - value(case, "balance") / 1e6,
        )
    })?;
    page.check(&|letter| format!("=IF(ABS({letter}{difference_row})<0.00000001,\"OK\",\"!\")"))?;
    sheet.set_column_width(0, 44)?;
    sheet.set_column_width(1, 26)?;
    for case in &cases {
        sheet.set_column_width(case.column, CASE_WIDTH)?;
    }
    fit_row(
        sheet,
        LABEL_ROW,
        labels.iter().map(|label| (label.as_str(), CASE_WIDTH)),
    )?;
    sheet.set_freeze_panes(LABEL_ROW + 1, FIRST_CASE)?;
    print_across(sheet, LABEL_ROW, FIRST_CASE - 1)?;
    Ok(())
}

/// The sum of rows in a column.
fn sum(letter: &str, rows: Rows) -> String {
    match rows {
        Some((first, last)) => format!("=SUM({letter}{}:{letter}{})", first + 1, last + 1),
        None => "=0".to_owned(),
    }
}

/// The formula of a case and its result.
type Cell<'f> = &'f dyn Fn(&Case<'_>, &str) -> (String, f64);

/// The same of a ratio, which need not exist.
type RatioCell<'f> = &'f dyn Fn(&Case<'_>, &str) -> (String, Option<f64>);

/// The sheet while it is written from top to bottom.
struct Page<'p, 'r> {
    sheet: &'p mut Worksheet,
    formats: &'p Formats,
    cases: &'p [Case<'r>],
    language: Language,
    row: u32,
}

impl Page<'_, '_> {
    fn heading(&mut self, heading: Word) -> Result<(), SpreadsheetError> {
        let text = heading.get(self.language);
        self.sheet
            .write_string_with_format(self.row, 0, text, &self.formats.strong)?;
        self.row += 1;
        Ok(())
    }

    fn line(&mut self, label: &str, id: &str, cell: Cell<'_>) -> Result<(), SpreadsheetError> {
        self.sheet
            .write_string_with_format(self.row, 0, label, &self.formats.label)?;
        self.sheet
            .write_string_with_format(self.row, 1, id, &self.formats.note)?;
        self.formulas(cell, &self.formats.millions)
    }

    /// The number of the row, as formulas write it.
    fn total(&mut self, label: Word, cell: Cell<'_>) -> Result<u32, SpreadsheetError> {
        self.heading(label)?;
        self.row -= 1;
        self.formulas(cell, &self.formats.total)?;
        Ok(self.row)
    }

    fn formulas(&mut self, cell: Cell<'_>, format: &Format) -> Result<(), SpreadsheetError> {
        for case in self.cases {
            let (formula, result) = cell(case, &letters(case.column));
            let formula = Formula::new(formula).set_result(result.to_string());
            self.sheet
                .write_formula_with_format(self.row, case.column, formula, format)?;
        }
        self.row += 1;
        Ok(())
    }

    fn ratio(&mut self, label: Word, cell: RatioCell<'_>) -> Result<(), SpreadsheetError> {
        let text = label.get(self.language);
        self.sheet
            .write_string_with_format(self.row, 0, text, &self.formats.label)?;
        for case in self.cases {
            let (formula, ratio) = cell(case, &letters(case.column));
            let formula = Formula::new(formula).set_result(ratio.map_or_else(String::new, |ratio| ratio.to_string()));
            self.sheet
                .write_formula_with_format(self.row, case.column, formula, &self.formats.ratio)?;
        }
        self.row += 1;
        Ok(())
    }

    fn numbers(&mut self, label: Word, value: &dyn Fn(&Case<'_>) -> f64) -> Result<u32, SpreadsheetError> {
        let text = label.get(self.language);
        self.sheet
            .write_string_with_format(self.row, 0, text, &self.formats.label)?;
        for case in self.cases {
            self.sheet
                .write_number_with_format(self.row, case.column, value(case), &self.formats.millions)?;
        }
        self.row += 1;
        Ok(self.row)
    }

    fn check(&mut self, formula: &dyn Fn(&str) -> String) -> Result<(), SpreadsheetError> {
        self.heading(words::CHECK)?;
        self.row -= 1;
        for case in self.cases {
            let formula = Formula::new(formula(&letters(case.column))).set_result("OK");
            self.sheet
                .write_formula_with_format(self.row, case.column, formula, &self.formats.strong)?;
        }
        self.row += 1;
        Ok(())
    }
}
