//! Who bears and who gains: a matrix of sums over the postings, and the postings.
use crate::SpreadsheetError;
use crate::sheet::{Formats, head, letters, numbers, print_across, table, texts};
use crate::words;
use mkba_core::appraisal::catalogue::{Entry, Language};
use mkba_core::run_tables::RunTables;
use mkba_core::table::Table;
use mkba_core::tables::parties::TOTAL;
use rust_xlsxwriter::{Formula, Workbook};
use std::collections::BTreeMap;

const HEADINGS_ROW: u32 = 4;
const FIRST_CASE: u16 = 2;

/// The matrix of parties and cases, in millions.
pub fn write(workbook: &mut Workbook, run: &RunTables, language: Language) -> Result<(), SpreadsheetError> {
    let catalogue = &run.catalogue;
    let formats = Formats::new();
    let postings = &without_totals(table(run, "parties")?)?;
    let rows = postings.row_count();
    let (scenarios, alternatives) = (texts(postings, "scenario")?, texts(postings, "alternative")?);
    let (parties, amounts) = (texts(postings, "party")?, numbers(postings, "pv_mean_eur")?);
    let mut sums: BTreeMap<(&str, &str, &str), f64> = BTreeMap::new();
    for (row, amount) in amounts.iter().enumerate() {
        *sums
            .entry((&scenarios[row], &alternatives[row], &parties[row]))
            .or_default() += amount / 1e6;
    }
    let sheet = workbook.add_worksheet().set_name(words::PARTIES.get(language))?;
    head(sheet, &formats, catalogue, &[words::HOW.get(language)], language)?;
    sheet.write_string_with_format(HEADINGS_ROW + 2, 0, words::PARTY.get(language), &formats.heading)?;
    let name = words::POSTINGS.get(language);
    let cells = |letter: &str| {
        format!(
            "{name}!${letter}${}:${letter}${}",
            HEADINGS_ROW + 2,
            HEADINGS_ROW as usize + 1 + rows.max(1)
        )
    };
    let mut column = FIRST_CASE;
    // Parties that count come first, so that society is a sum of rows next to each other.
    let mut order: Vec<usize> = (0..catalogue.parties.len()).collect();
    order.sort_by_key(|&party| !catalogue.parties[party].standing);
    let counting = order.iter().filter(|&&party| catalogue.parties[party].standing).count();
    let first = HEADINGS_ROW + 3;
    for (row, &party) in (first..).zip(&order) {
        let entry = &catalogue.parties[party];
        sheet.write_string_with_format(row, 0, entry.entry.label.get(language), &formats.label)?;
        let mark = if entry.standing {
            ""
        } else {
            words::NO_STANDING.get(language)
        };
        sheet.write_string_with_format(row, 1, mark, &formats.note)?;
    }
    let society_row = first + u32::try_from(order.len()).unwrap_or(0);
    sheet.write_string_with_format(society_row, 0, words::WITH_STANDING.get(language), &formats.strong)?;
    sheet.write_string_with_format(society_row + 1, 0, words::ALL_PARTIES.get(language), &formats.strong)?;
    for scenario in &catalogue.scenarios {
        for alternative in catalogue.compared() {
            let entry = &catalogue.alternatives[alternative];
            let letter = letters(column);
            sheet.write_string_with_format(HEADINGS_ROW, column, &scenario.id, &formats.note)?;
            sheet.write_string_with_format(HEADINGS_ROW + 1, column, &entry.id, &formats.note)?;
            let label = format!("{}: {}", scenario.label.get(language), entry.label.get(language));
            sheet.write_string_with_format(HEADINGS_ROW + 2, column, label, &formats.heading)?;
            let of_party = |party: usize| -> f64 {
                let party = catalogue.parties[party].entry.id.as_str();
                sums.get(&(scenario.id.as_str(), entry.id.as_str(), party))
                    .copied()
                    .unwrap_or(0.0)
            };
            for (row, &party) in (first..).zip(&order) {
                let formula = format!(
                    "=SUMIFS({},{},{letter}${},{},{letter}${},{},\"{}\")/1000000",
                    cells("E"),
                    cells("A"),
                    HEADINGS_ROW + 1,
                    cells("B"),
                    HEADINGS_ROW + 2,
                    cells("C"),
                    catalogue.parties[party].entry.id
                );
                let formula = Formula::new(formula).set_result(of_party(party).to_string());
                sheet.write_formula_with_format(row, column, formula, &formats.millions)?;
            }
            let total = |parties: &[usize]| parties.iter().map(|&party| of_party(party)).sum::<f64>();
            for (row, count) in [(society_row, counting), (society_row + 1, order.len())] {
                let formula = if count == 0 {
                    "=0".to_owned()
                } else {
                    format!("=SUM({letter}{}:{letter}{})", first + 1, first as usize + count)
                };
                let formula = Formula::new(formula).set_result(total(&order[..count]).to_string());
                sheet.write_formula_with_format(row, column, formula, &formats.total)?;
            }
            sheet.set_column_width(column, 17)?;
            column += 1;
        }
    }
    sheet.set_column_width(0, 34)?;
    sheet.set_column_width(1, 16)?;
    sheet.set_freeze_panes(first, FIRST_CASE)?;
    print_across(sheet, first - 1, FIRST_CASE - 1)?;
    Ok(())
}

/// The ledger as it stands in `parties.csv`.
pub fn write_postings(workbook: &mut Workbook, run: &RunTables, language: Language) -> Result<(), SpreadsheetError> {
    let formats = Formats::new();
    let postings = &without_totals(table(run, "parties")?)?;
    let sheet = workbook.add_worksheet().set_name(words::POSTINGS.get(language))?;
    head(sheet, &formats, &run.catalogue, &[], language)?;
    let headings = [
        words::SCENARIO,
        words::ALTERNATIVE,
        words::PARTY,
        words::FLOW,
        words::AMOUNT,
        words::PARTY_LABEL,
        words::LABEL,
    ];
    for (column, heading) in (0..).zip(headings) {
        sheet.write_string_with_format(HEADINGS_ROW, column, heading.get(language), &formats.heading)?;
    }
    for (column, name) in (0..).zip(["scenario", "alternative", "party", "flow"]) {
        for (row, text) in (HEADINGS_ROW + 1..).zip(texts(postings, name)?) {
            sheet.write_string(row, column, text)?;
        }
        sheet.set_column_width(column, 24)?;
    }
    for (row, amount) in (HEADINGS_ROW + 1..).zip(numbers(postings, "pv_mean_eur")?) {
        sheet.write_number_with_format(row, 4, amount, &formats.cents)?;
    }
    sheet.set_column_width(4, 22)?;
    let parties = run.catalogue.parties.iter().map(|party| &party.entry);
    let flows = run.catalogue.flows.iter().map(|flow| &flow.entry);
    let named = [("party", labels(parties, language)), ("flow", labels(flows, language))];
    for (column, (name, labels)) in (5..).zip(named) {
        for (row, id) in (HEADINGS_ROW + 1..).zip(texts(postings, name)?) {
            sheet.write_string(row, column, labels.get(id.as_str()).copied().unwrap_or_default())?;
        }
        sheet.set_column_width(column, 36)?;
    }
    sheet.set_freeze_panes(HEADINGS_ROW + 1, 0)?;
    print_across(sheet, HEADINGS_ROW, 1)?;
    Ok(())
}

/// Labels by identifier.
fn labels<'c>(entries: impl Iterator<Item = &'c Entry>, language: Language) -> BTreeMap<&'c str, &'c str> {
    entries
        .map(|entry| (entry.id.as_str(), entry.label.get(language)))
        .collect()
}

/// The table without its sums, which the formulas make.
fn without_totals(table: &Table) -> Result<Table, SpreadsheetError> {
    let flows = texts(table, "flow")?;
    let kept: Vec<usize> = (0..table.row_count()).filter(|&row| flows[row] != TOTAL).collect();
    let mut rest = Table::new(&table.name);
    for name in ["scenario", "alternative", "party", "flow"] {
        let values = texts(table, name)?;
        rest = rest.text(name, kept.iter().map(|&row| values[row].as_str()));
    }
    let amounts = numbers(table, "pv_mean_eur")?;
    Ok(rest.number("pv_mean_eur", kept.iter().map(|&row| amounts[row])))
}
