//! Paths in time: series, deflators, and the points of drivers.
use super::entry::Entry;
use super::formula::{no_unit, price_year, same_unit};
use super::provenance::factor_prices;
use super::reader::Reader;
use super::table_file::TableFile;
use super::tree::Node;
use crate::declarations::{Between, Deflator, Name, Points, Series};
use crate::diagnostic::Diagnostic;
use crate::source::{Span, Spanned};
use crate::syntax::{UnitExpr, ValueKind, print_unit};
use std::collections::BTreeMap;

/// Years that a point may lie in.
const YEARS: std::ops::RangeInclusive<i32> = 1000..=9999;

impl Reader<'_> {
    /// `[series.NAME]`
    pub fn series(&mut self, entry: &Entry) -> Option<Series> {
        let unit = entry.get("unit").and_then(|unit| self.unit(unit));
        if let (Some(from), Some(_)) = (entry.get("from"), entry.get("points")) {
            let message = format!("`{}` has both `points` and `from`", entry.heading());
            self.report(Diagnostic::error("E0024", message, from.span, "one of them only"));
        }
        let points = match (entry.get("points"), entry.name("from")) {
            (Some(points), _) => self.points(entry, points, unit),
            (None, Some(from)) => self.series_file(entry, &from, unit?),
            (None, None) => None,
        };
        Some(Series {
            name: entry.name.clone(),
            label: entry.label(),
            points: points?,
        })
    }
    /// Points of a series or driver, all in one unit.
    pub fn points(&mut self, entry: &Entry, node: &Node, declared: Option<UnitExpr>) -> Option<Points> {
        let mut points: BTreeMap<i32, (f64, Span)> = BTreeMap::new();
        let mut common: Option<UnitExpr> = None;
        let mut right = true;
        for (year, value) in node.table().unwrap_or_default() {
            let (number, text) = (self.point_year(year), self.value_text(value));
            let (Some(number), Some(text)) = (number, text) else {
                right = false;
                continue;
            };
            let ValueKind::Number(amount) = text.kind else {
                let message = format!("point {number} of `{}` requires a number", entry.heading());
                let help = "a path is certain; uncertainty belongs to a parameter that multiplies it";
                self.report(Diagnostic::error("E0024", message, text.span, "").help(help));
                right = false;
                continue;
            };
            let unit = text
                .unit
                .or_else(|| declared.clone())
                .unwrap_or_else(|| no_unit(text.span));
            right &= self.fits(entry, common.as_ref().or(declared.as_ref()), &unit, common.is_some());
            if common.is_none() {
                common = Some(unit);
            }
            points.insert(number, (amount, value.span));
        }
        let unit = common.or(declared)?;
        right.then(|| self.path(entry, points, unit, node.span))?
    }
    fn point_year(&mut self, year: &Name) -> Option<i32> {
        let number = year.value.parse::<i32>().ok().filter(|number| YEARS.contains(number));
        if number.is_none() {
            let message = format!("a point requires a year, found `{}`", year.value);
            self.report(Diagnostic::error("E0024", message, year.span, "").help("write `2030 = \"20 EUR/t\"`"));
        }
        number
    }
    /// Whether the unit of a point is that of the others; `exactly` compares price levels too.
    fn fits(&mut self, entry: &Entry, wanted: Option<&UnitExpr>, unit: &UnitExpr, exactly: bool) -> bool {
        let Some(wanted) = wanted else { return true };
        let fits = same_unit(wanted, unit) && (!exactly || price_year(wanted) == price_year(unit));
        if !fits {
            let message = format!("the points of `{}` require one unit", entry.heading());
            let diagnostic = Diagnostic::error("E0024", message, unit.span, format!("`{}`", print_unit(unit)));
            self.report(diagnostic.and(wanted.span, format!("`{}`", print_unit(wanted))));
        }
        fits
    }
    fn series_file(&mut self, entry: &Entry, from: &Name, unit: UnitExpr) -> Option<Points> {
        let table = self.table_file(from)?;
        let values = self.by_year(&table, "value", from.span)?;
        self.path(entry, values, unit, from.span)
    }
    /// Values by year from a file with the columns `year` and another.
    fn by_year(&mut self, table: &TableFile, column: &str, at: Span) -> Option<BTreeMap<i32, (f64, Span)>> {
        let year = self.column_of(table, "year", at);
        let value = self.column_of(table, column, at);
        let (year, value) = (year?, value?);
        let mut found: BTreeMap<i32, (f64, Span)> = BTreeMap::new();
        let mut right = true;
        for row in &table.rows {
            let number = self.cell_number(table, &row[value], value);
            let (Some(when), Some(number)) = (self.year_cell(&row[year], table), number) else {
                right = false;
                continue;
            };
            if let Some((_, before)) = found.insert(when, (number, row[year].span)) {
                let message = format!("year {when} stands twice in `{}`", table.path);
                self.report(Diagnostic::error("E0033", message, row[year].span, "again").and(before, "first"));
                right = false;
            }
        }
        right.then_some(found)
    }
    fn year_cell(&mut self, cell: &Spanned<String>, table: &TableFile) -> Option<i32> {
        let year = cell.value.parse::<i32>().ok().filter(|year| YEARS.contains(year));
        if year.is_none() {
            let message = format!(
                "column `year` of `{}` requires a year, found `{}`",
                table.path, cell.value
            );
            self.report(Diagnostic::error("E0034", message, cell.span, "not a year"));
        }
        year
    }
    /// A path through points with its rules of running.
    fn path(
        &mut self,
        entry: &Entry,
        points: BTreeMap<i32, (f64, Span)>,
        unit: UnitExpr,
        span: Span,
    ) -> Option<Points> {
        let provenance = self.provenance(entry);
        let deflator = self.deflator_name(entry);
        let between = match entry.text("between") {
            Some("step") => Between::Step,
            Some("growth") => Between::Growth,
            Some(_) => Between::Linear,
            None => {
                if points.len() > 1 {
                    let message = format!("`{}` requires `between`", entry.heading());
                    let help = "add `between = \"linear\"`, `\"step\"` or `\"growth\"`: how it runs between its points";
                    self.report(Diagnostic::error("E0012", message, entry.name.span, "").help(help));
                }
                Between::Step
            }
        };
        let after = if entry.text("after") == Some("growth") {
            Between::Growth
        } else {
            Between::Constant
        };
        if points.is_empty() {
            let message = format!("`{}` requires at least one point", entry.heading());
            self.report(Diagnostic::error("E0024", message, span, ""));
            return None;
        }
        if after == Between::Growth && points.len() < 2 {
            let message = format!("`{}` requires two points to go on growing", entry.heading());
            self.report(Diagnostic::error("E0024", message, entry.key_span("after"), ""));
        }
        if between == Between::Growth || after == Between::Growth {
            for (year, (value, at)) in points.iter().filter(|(_, (value, _))| *value <= 0.0) {
                let message = format!("growth requires values above 0, found {value} in {year}");
                self.report(Diagnostic::error("E0024", message, *at, ""));
            }
        }
        Some(Points {
            points: points.into_iter().map(|(year, (value, _))| (year, value)).collect(),
            between,
            after,
            unit,
            deflator,
            factor_prices: factor_prices(entry),
            provenance,
            span,
        })
    }
    /// `[deflator.NAME]`
    pub fn deflator(&mut self, entry: &Entry) -> Option<Deflator> {
        let provenance = self.provenance(entry);
        let from = entry.name("from")?;
        let table = self.table_file(&from)?;
        let values = self.by_year(&table, "index", from.span)?;
        for (year, (value, at)) in values.iter().filter(|(_, (value, _))| *value <= 0.0) {
            let message = format!("a price index requires numbers above 0, found {value} in {year}");
            self.report(Diagnostic::error("E0024", message, *at, ""));
        }
        Some(Deflator {
            name: entry.name.clone(),
            index: values.into_iter().map(|(year, (value, _))| (year, value)).collect(),
            provenance,
        })
    }
}
