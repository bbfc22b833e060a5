//! Rates and discount factors by class and year.
use crate::SpreadsheetError;
use crate::sheet::{Formats, head, letters, print_across};
use crate::words;
use mkba_core::appraisal::catalogue::{Catalogue, Language, RateEntry};
use mkba_core::finance::Timing;
use mkba_core::words::discount_class;
use mkba_core::written::written;
use rust_xlsxwriter::{Formula, Workbook};

/// Column of the first year, here and in the timeline, so that a row of amounts and a row of factors stand above each other.
pub const FIRST_YEAR_COLUMN: u16 = 8;
/// Row with the years.
const YEARS_ROW: u32 = 4;

/// Factors of all classes that can be computed from their rates.
pub struct Factors {
    classes: Vec<Class>,
    years: Vec<i32>,
}

struct Class {
    name: String,
    /// Rate of each year; none when the rate is drawn.
    rates: Option<Vec<f64>>,
    factors: Vec<f64>,
}

impl Factors {
    pub fn of(catalogue: &Catalogue) -> Self {
        let years: Vec<i32> = (catalogue.first_year..=catalogue.last_year).collect();
        let classes = catalogue.rates.iter().map(|entry| {
            let rates = entry.per_year.map(|first| {
                years
                    .iter()
                    .map(|&year| rate_in(entry, first, year))
                    .collect::<Vec<f64>>()
            });
            let factors = rates
                .as_deref()
                .map_or_else(Vec::new, |rates| factors(catalogue, rates));
            Class {
                name: entry.class.clone(),
                rates,
                factors,
            }
        });
        Self {
            classes: classes.collect(),
            years,
        }
    }

    /// Factors of a class by year; none when its rate is drawn.
    pub fn by_year(&self, class: &str) -> Option<&[f64]> {
        let class = self.classes.iter().find(|found| found.name == class)?;
        class.rates.as_ref().map(|_| class.factors.as_slice())
    }

    /// The cells with the factors of a class, as a formula refers to them.
    pub fn cells(&self, class: &str, language: Language) -> Option<String> {
        let place = self.classes.iter().position(|found| found.name == class)?;
        let row = factor_row(place) + 1;
        let (first, last) = (letters(FIRST_YEAR_COLUMN), letters(self.last_column()));
        Some(format!(
            "{}!${first}${row}:${last}${row}",
            words::DISCOUNT.get(language)
        ))
    }

    /// Column of the last year.
    pub fn last_column(&self) -> u16 {
        FIRST_YEAR_COLUMN + u16::try_from(self.years.len()).unwrap_or(u16::MAX).saturating_sub(1)
    }

    pub fn years(&self) -> &[i32] {
        &self.years
    }

    /// The sheet: two rows for each class, rates that can be changed and factors that follow.
    pub fn write(
        &self,
        workbook: &mut Workbook,
        catalogue: &Catalogue,
        language: Language,
    ) -> Result<(), SpreadsheetError> {
        let formats = Formats::new();
        let sheet = workbook.add_worksheet().set_name(words::DISCOUNT.get(language))?;
        let is_drawn = self.classes.iter().any(|class| class.rates.is_none());
        let notes: &[&str] = if is_drawn {
            &[words::RATE_IS_DRAWN.get(language)]
        } else {
            &[]
        };
        head(sheet, &formats, catalogue, notes, language)?;
        sheet.write_string_with_format(YEARS_ROW, 0, words::CLASS.get(language), &formats.heading)?;
        sheet.write_string_with_format(
            YEARS_ROW,
            FIRST_YEAR_COLUMN - 1,
            words::YEAR.get(language),
            &formats.heading,
        )?;
        for (column, &year) in (FIRST_YEAR_COLUMN..).zip(&self.years) {
            sheet.write_number_with_format(YEARS_ROW, column, f64::from(year), &formats.year)?;
        }
        for (place, (class, entry)) in self.classes.iter().zip(&catalogue.rates).enumerate() {
            let (rate_row, factor_row) = (factor_row(place) - 1, factor_row(place));
            let name = discount_class(&class.name, language);
            sheet.write_string_with_format(
                rate_row,
                0,
                format!("{name}: {}", written(&entry.stated, language)),
                &formats.strong,
            )?;
            sheet.write_string(rate_row, FIRST_YEAR_COLUMN - 1, words::RATE.get(language))?;
            sheet.write_string(factor_row, FIRST_YEAR_COLUMN - 1, words::FACTOR.get(language))?;
            let Some(rates) = &class.rates else { continue };
            for (number, (&rate, &factor)) in rates.iter().zip(&class.factors).enumerate() {
                let column = FIRST_YEAR_COLUMN + number as u16;
                sheet.write_number_with_format(rate_row, column, rate, &formats.percentage)?;
                let formula = self.formula(catalogue, number, column, rate_row, factor_row);
                let formula = Formula::new(formula).set_result(factor.to_string());
                sheet.write_formula_with_format(factor_row, column, formula, &formats.factor)?;
            }
        }
        sheet.set_column_width(0, 34)?;
        sheet.set_column_width(FIRST_YEAR_COLUMN - 1, 14)?;
        sheet.set_freeze_panes(YEARS_ROW + 1, FIRST_YEAR_COLUMN)?;
        print_across(sheet, YEARS_ROW, 0)?;
        Ok(())
    }

    /// The factor of a year from the one before it.
    fn formula(&self, catalogue: &Catalogue, number: usize, column: u16, rate_row: u32, factor_row: u32) -> String {
        if !counts(catalogue, self.years[number]) {
            return "=0".to_owned();
        }
        let rate = format!("{}{}", letters(column), rate_row + 1);
        if number == 0 {
            let elapsed = self.years[0] - catalogue.base_year;
            let half = match catalogue.timing {
                Timing::EndOfYear => "",
                Timing::MidYear => "+0.5",
            };
            return format!("=(1+{rate})^(-({elapsed}){half})");
        }
        let before = letters(column - 1);
        let half = match catalogue.timing {
            Timing::EndOfYear => String::new(),
            Timing::MidYear => format!("*((1+{rate})/(1+{before}{}))^0.5", rate_row + 1),
        };
        format!("={before}{}/(1+{rate}){half}", factor_row + 1)
    }
}

/// Row of the factors of a class.
fn factor_row(place: usize) -> u32 {
    YEARS_ROW + 2 + 2 * place as u32
}

/// The rate of a year, which brings it to the year before.
fn rate_in(entry: &RateEntry, first: f64, year: i32) -> f64 {
    let step = entry.steps.iter().rev().find(|(from, _)| *from <= year);
    step.map_or(first, |(_, rate)| *rate)
}

fn factors(catalogue: &Catalogue, rates: &[f64]) -> Vec<f64> {
    let years = catalogue.first_year..=catalogue.last_year;
    let elapsed = catalogue.first_year - catalogue.base_year;
    let mut raw = rates.first().map_or(1.0, |rate| (1.0 + rate).powi(-elapsed));
    let all = years.zip(rates).enumerate().map(|(number, (year, rate))| {
        if number > 0 {
            raw /= 1.0 + rate;
        }
        let half = match catalogue.timing {
            Timing::EndOfYear => 1.0,
            Timing::MidYear => (1.0 + rate).sqrt(),
        };
        if counts(catalogue, year) { raw * half } else { 0.0 }
    });
    all.collect()
}

fn counts(catalogue: &Catalogue, year: i32) -> bool {
    catalogue.last_counted_year.is_none_or(|last| year <= last)
}
