//! Amounts by year with the formula of their present value.
use crate::SpreadsheetError;
use crate::discount::{FIRST_YEAR_COLUMN, Factors};
use crate::sheet::{Formats, head, letters, numbers, print_across, table, texts};
use crate::words;
use mkba_core::appraisal::catalogue::{Catalogue, FlowEntry, Language};
use mkba_core::run_tables::RunTables;
use mkba_core::words::{discount_class, effect};
use rust_xlsxwriter::{Formula, Workbook};
use std::collections::BTreeMap;

/// Row with the headings.
const HEADINGS_ROW: u32 = 4;
/// Column of the present value.
const PRESENT_COLUMN: u16 = 7;

/// The amounts of one flow in one case.
struct Row {
    scenario: String,
    alternative: String,
    flow: String,
    class: String,
    /// What part of the amount is society's: less than all of a transfer, one of everything else.
    share: f64,
    /// As the engine found it.
    present_eur: f64,
    yearly_eur: Vec<f64>,
}

/// All rows that are not nothing.
pub struct Timeline {
    rows: Vec<Row>,
}

impl Timeline {
    pub fn of(run: &RunTables, factors: &Factors) -> Result<Self, SpreadsheetError> {
        let presents = presents(run)?;
        let timeline = table(run, "timeline")?;
        let (scenarios, alternatives) = (texts(timeline, "scenario")?, texts(timeline, "alternative")?);
        let (flows, amounts) = (texts(timeline, "flow")?, numbers(timeline, "mean_eur")?);
        let years = factors.years().len().max(1);
        let mut rows = Vec::new();
        for (number, yearly) in amounts.chunks(years).enumerate() {
            let at = number * years;
            let case = (scenarios[at].as_str(), alternatives[at].as_str(), flows[at].as_str());
            let present = presents.get(&case).copied().unwrap_or(0.0);
            let Some(flow) = flow(&run.catalogue, &flows[at]) else {
                continue;
            };
            if present == 0.0 && yearly.iter().all(|amount| *amount == 0.0) {
                continue;
            }
            let discounted = factors.by_year(&flow.discount).map(|factors| {
                yearly
                    .iter()
                    .zip(factors)
                    .map(|(amount, factor)| amount * factor)
                    .sum::<f64>()
            });
            let is_transfer = flow.kind == mkba_core::appraisal::catalogue::FlowKind::Transfer;
            rows.push(Row {
                scenario: scenarios[at].clone(),
                alternative: alternatives[at].clone(),
                flow: flows[at].clone(),
                class: flow.discount.clone(),
                share: match discounted {
                    Some(whole) if is_transfer && whole != 0.0 => present / whole,
                    _ if is_transfer => 0.0,
                    _ => 1.0,
                },
                present_eur: present,
                yearly_eur: yearly.to_vec(),
            });
        }
        Ok(Self { rows })
    }

    /// The formula that adds up the present values of a flow in a case, in EUR.
    pub fn sum_of(&self, scenario: &str, alternative: &str, flow: &str, language: Language) -> String {
        let name = words::TIMELINE.get(language);
        let last = HEADINGS_ROW as usize + 1 + self.rows.len().max(1);
        let cells = |column: u16| {
            let letters = letters(column);
            format!("{name}!${letters}${}:${letters}${last}", HEADINGS_ROW + 2)
        };
        format!(
            "SUMIFS({},{},{scenario},{},{alternative},{},{flow})",
            cells(PRESENT_COLUMN),
            cells(0),
            cells(1),
            cells(2)
        )
    }

    pub fn write(
        &self,
        workbook: &mut Workbook,
        catalogue: &Catalogue,
        factors: &Factors,
        language: Language,
    ) -> Result<(), SpreadsheetError> {
        let formats = Formats::new();
        let sheet = workbook.add_worksheet().set_name(words::TIMELINE.get(language))?;
        head(
            sheet,
            &formats,
            catalogue,
            &[words::HOW_TIMELINE.get(language)],
            language,
        )?;
        let headings = [
            words::SCENARIO,
            words::ALTERNATIVE,
            words::FLOW,
            words::LABEL,
            words::EFFECT,
            words::CLASS,
            words::SHARE,
            words::PRESENT,
        ];
        for (column, heading) in (0..).zip(headings) {
            sheet.write_string_with_format(HEADINGS_ROW, column, heading.get(language), &formats.heading)?;
        }
        for (column, &year) in (FIRST_YEAR_COLUMN..).zip(factors.years()) {
            sheet.write_number_with_format(HEADINGS_ROW, column, f64::from(year), &formats.year)?;
        }
        let (first, last) = (letters(FIRST_YEAR_COLUMN), letters(factors.last_column()));
        for (row, it) in (HEADINGS_ROW + 1..).zip(&self.rows) {
            let entry = flow(catalogue, &it.flow);
            for (column, text) in (0..).zip([
                it.scenario.as_str(),
                it.alternative.as_str(),
                it.flow.as_str(),
                entry.map_or("", |entry| entry.entry.label.get(language)),
                entry.map_or("", |entry| {
                    effect(&entry.effect).map_or(entry.effect.as_str(), |word| word.get(language))
                }),
                discount_class(&it.class, language),
            ]) {
                sheet.write_string(row, column, text)?;
            }
            sheet.write_number(row, PRESENT_COLUMN - 1, it.share)?;
            let factor_cells = factors
                .by_year(&it.class)
                .and_then(|_| factors.cells(&it.class, language));
            match factor_cells {
                Some(cells) => {
                    let number = row + 1;
                    let share = letters(PRESENT_COLUMN - 1);
                    let formula = format!("={share}{number}*SUMPRODUCT({first}{number}:{last}{number},{cells})");
                    let formula = Formula::new(formula).set_result(it.present_eur.to_string());
                    sheet.write_formula_with_format(row, PRESENT_COLUMN, formula, &formats.euros)?;
                }
                None => {
                    sheet.write_number_with_format(row, PRESENT_COLUMN, it.present_eur, &formats.euros)?;
                }
            }
            for (column, &amount) in (FIRST_YEAR_COLUMN..).zip(&it.yearly_eur) {
                if amount != 0.0 {
                    sheet.write_number_with_format(row, column, amount, &formats.euros)?;
                }
            }
        }
        sheet.set_column_width(0, 16)?;
        sheet.set_column_width(1, 22)?;
        sheet.set_column_width(2, 24)?;
        sheet.set_column_width(3, 36)?;
        sheet.set_column_width(4, 20)?;
        sheet.set_column_width(PRESENT_COLUMN, 18)?;
        // Years of a large programme reach billions.
        sheet.set_column_range_width(FIRST_YEAR_COLUMN, factors.last_column(), 15)?;
        print_across(sheet, HEADINGS_ROW, 3)?;
        sheet.set_freeze_panes(HEADINGS_ROW + 1, PRESENT_COLUMN + 1)?;
        if !self.rows.is_empty() {
            let last_row = HEADINGS_ROW + u32::try_from(self.rows.len()).unwrap_or(u32::MAX);
            sheet.autofilter(HEADINGS_ROW, 0, last_row, PRESENT_COLUMN)?;
        }
        Ok(())
    }
}

/// Present value of each flow to society, by scenario, alternative and flow.
pub fn presents(run: &RunTables) -> Result<BTreeMap<(&str, &str, &str), f64>, SpreadsheetError> {
    let overview = table(run, "overview")?;
    let (scenarios, alternatives) = (texts(overview, "scenario")?, texts(overview, "alternative")?);
    let (flows, values) = (texts(overview, "flow")?, numbers(overview, "pv_mean_eur")?);
    let keys = scenarios.iter().zip(alternatives).zip(flows);
    let named = keys.map(|((scenario, alternative), flow)| (scenario.as_str(), alternative.as_str(), flow.as_str()));
    Ok(named.zip(values).collect())
}

/// The flow of a name.
pub fn flow<'c>(catalogue: &'c Catalogue, id: &str) -> Option<&'c FlowEntry> {
    catalogue.flows.iter().find(|flow| flow.entry.id == id)
}
