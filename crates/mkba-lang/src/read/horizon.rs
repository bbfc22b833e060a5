//! `[model]`: language, price level and the years of the computation.
use super::entry::{Entry, check_identifier, whole, year};
use super::reader::{INDEX, Reader};
use super::tree::Node;
use crate::declarations::Model;
use crate::diagnostic::Diagnostic;
use crate::source::Spanned;

/// Version of the model language that is read here.
pub const LANGUAGE: u64 = 1;

impl Reader<'_> {
    /// `[model]`
    pub fn model(&mut self, entry: &Entry, folder: &str) -> Option<Model> {
        self.check_language(entry);
        if let Some(id) = entry.name("id") {
            check_identifier(&id, self.diagnostics);
        }
        let region = entry.name("region").filter(|region| self.refers(INDEX, region));
        let years = entry.get("years")?;
        let opening_year = entry.year("opening_year");
        let first_year = year(years.get("first")?)?;
        let last_year = self.last_year(years, opening_year.as_ref())?;
        let model = Model {
            id: entry.text("id")?.to_owned(),
            label: entry.label(),
            price_year: entry.year("price_year")?,
            base_year: entry.year("base_year")?,
            first_year,
            last_year,
            opening_year,
            region,
            folder: folder.to_owned(),
        };
        self.check_horizon(&model);
        Some(model)
    }
    /// The language of a model or project is the one that is read here.
    pub fn check_language(&mut self, entry: &Entry) {
        let Some(language) = entry.whole("language").filter(|language| language.value != LANGUAGE) else {
            return;
        };
        let message = format!("language version {} is not known", language.value);
        let help = format!("this version reads `language = {LANGUAGE}`");
        self.report(Diagnostic::error("E0016", message, language.span, "").help(help));
    }
    /// The last year as given, or the opening year and the years after it: `opening_year + after_opening - 1`.
    fn last_year(&mut self, years: &Node, opening: Option<&Spanned<i32>>) -> Option<Spanned<i32>> {
        match (years.get("last"), years.get("after_opening")) {
            (Some(last), None) => year(last),
            (None, Some(after)) => {
                let count = whole(after)?;
                let Some(opening) = opening else {
                    let help = "add `opening_year = …` to `[model]`, or give `last`";
                    let message = "`after_opening` requires `opening_year`";
                    self.report(Diagnostic::error("E0230", message, after.span, "").help(help));
                    return None;
                };
                let last = i32::try_from(count.value)
                    .ok()
                    .and_then(|count| opening.value.checked_add(count - 1));
                let Some(last) = last.filter(|last| *last <= 9999 && count.value > 0) else {
                    let message = format!("`after_opening` = {} is no number of years", count.value);
                    self.report(Diagnostic::error("E0230", message, after.span, ""));
                    return None;
                };
                Some(Spanned {
                    value: last,
                    span: after.span,
                })
            }
            (Some(last), Some(after)) => {
                let message = "the last year is given twice";
                self.report(Diagnostic::error("E0230", message, after.span, "").and(last.span, "and here"));
                None
            }
            (None, None) => {
                let message = "`years` requires `last` or `after_opening`";
                self.report(Diagnostic::error("E0230", message, years.span, ""));
                None
            }
        }
    }
    /// base year ≤ first year ≤ opening year ≤ last year.
    fn check_horizon(&mut self, model: &Model) {
        let pairs = [
            (
                Some(&model.base_year),
                "base year",
                Some(&model.first_year),
                "first year",
            ),
            (
                Some(&model.first_year),
                "first year",
                Some(&model.last_year),
                "last year",
            ),
            (
                Some(&model.first_year),
                "first year",
                model.opening_year.as_ref(),
                "opening year",
            ),
            (
                model.opening_year.as_ref(),
                "opening year",
                Some(&model.last_year),
                "last year",
            ),
        ];
        for (early, early_name, late, late_name) in pairs {
            let (Some(early), Some(late)) = (early, late) else {
                continue;
            };
            if early.value > late.value {
                let message = format!(
                    "the {early_name} {} lies after the {late_name} {}",
                    early.value, late.value
                );
                self.report(Diagnostic::error("E0230", message, early.span, early_name).and(late.span, late_name));
                // One wrong year would break several of these rules.
                return;
            }
        }
    }
}
