//! The balance over two inputs as coloured cells, with the line on which it is zero, one panel of equal size for each scenario.

use mkba_core::table::Table;
use mkba_core::written::written;
use serde::{Deserialize, Serialize};

use crate::FigureKind;
use crate::drawing::{Anchor, Drawing, Point, Text};
use crate::error::{PlotError, check_count, check_finite, check_not_empty};
use crate::font;
use crate::language::{Item, Label, Language, decimals_of_millions};
use crate::page::{self, Caption, HEADING, LINE, Panels, SMALL};
use crate::palette::{self, BLACK, MUTED, Pattern, Stroke, WHITE, diverging};

const LEAST_PLOT: f64 = 340.0;
const LEAST_CELL: f64 = 16.0;
const CELL_HEIGHT: f64 = 26.0;
/// Colours of the scale, from a loss to a gain.
const SCALE_STEPS: usize = 9;

/// A balance for each pair of values.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct HeatMap {
    /// Title, settings, notes.
    pub caption: Caption,
    /// From left to right.
    pub across: HeatAxis,
    /// From below to above.
    pub up: HeatAxis,
    /// In the order of the panels; for each value of `up` a balance in EUR for every value of `across`.
    pub scenarios: Vec<(Item, Vec<Vec<f64>>)>,
}

/// Values of an input, ascending.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct HeatAxis {
    /// Name and label of the input.
    pub item: Item,
    /// Unit; empty for a number without unit.
    pub unit: String,
    /// The values, each of which has a row or column of cells of the same size.
    pub values: Vec<f64>,
}

impl HeatAxis {
    fn words(&self, language: Language) -> String {
        let label = self.item.label.in_language(language);
        match self.unit.as_str() {
            "" => label.to_owned(),
            unit => format!("{label} ({})", written(unit, language.into())),
        }
    }

    /// Decimals with which all values are exact; if more than two were needed, as many as tell them apart, at least two and at most four.
    fn decimals(&self) -> usize {
        let rounded = |value: f64, decimals: usize| {
            let scale = 10_f64.powi(decimals as i32);
            (value * scale).round() / scale
        };
        let is_exact = |value: f64, decimals| (rounded(value, decimals) - value).abs() <= value.abs() * 1e-9;
        let are_exact = |decimals: &usize| self.values.iter().all(|value| is_exact(*value, *decimals));
        let differ = |decimals: &usize| {
            let mut pairs = self.values.windows(2);
            pairs.all(|pair| rounded(pair[0], *decimals) != rounded(pair[1], *decimals))
        };
        let exact = (0..=2).find(are_exact);
        exact.or_else(|| (2..=4).find(differ)).unwrap_or(4)
    }
}

impl HeatMap {
    fn amounts(&self) -> impl Iterator<Item = f64> {
        let rows = self.scenarios.iter().flat_map(|(_, rows)| rows);
        rows.flatten().copied()
    }
}

impl FigureKind for HeatMap {
    fn check(&self) -> Result<(), PlotError> {
        check_not_empty("scenarios", self.scenarios.is_empty())?;
        for axis in [&self.across, &self.up] {
            check_not_empty("values", axis.values.is_empty())?;
            check_finite(&format!("`{}`", axis.item.id), &axis.values)?;
        }
        for (scenario, rows) in &self.scenarios {
            let place = format!("rows in `{}`", scenario.id);
            check_count(&place, self.up.values.len(), rows.len())?;
            for row in rows {
                check_count(&place, self.across.values.len(), row.len())?;
                check_finite(&place, row)?;
            }
        }
        Ok(())
    }

    fn title(&self) -> &Label {
        &self.caption.title
    }

    fn alt_text(&self, language: Language) -> String {
        let decimals = decimals_of_millions(self.amounts());
        let mut text = format!(
            "{}. {} {} {}.",
            self.caption.title.in_language(language),
            self.across.words(language),
            language.choose("tegen", "against"),
            self.up.words(language)
        );
        for (scenario, rows) in &self.scenarios {
            let all = || rows.iter().flatten();
            let (least, most) = all().fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), x| {
                (low.min(*x), high.max(*x))
            });
            let above = all().filter(|amount| **amount > 0.0).count() as f64 / all().count().max(1) as f64;
            text.push_str(&format!(
                " {}: {} {} {} {}, {} {}.",
                scenario.label.in_language(language),
                language.choose("saldo van", "balance from"),
                language.amount(least, decimals),
                language.choose("tot", "to"),
                language.amount(most, decimals),
                language.choose("boven nul in", "above zero in"),
                language.probability(above)
            ));
        }
        text
    }

    /// `scenario`, a column for each input, `npv_mean_eur`.
    fn table(&self) -> Table {
        let mut cells = Vec::new();
        for (scenario, rows) in &self.scenarios {
            for (up, row) in self.up.values.iter().zip(rows) {
                let row = self.across.values.iter().zip(row);
                cells.extend(row.map(|(across, amount)| (scenario.id.as_str(), *across, *up, *amount)));
            }
        }
        Table::new("heat_map")
            .text("scenario", cells.iter().map(|cell| cell.0))
            .number(&*self.across.item.id, cells.iter().map(|cell| cell.1))
            .number(&*self.up.item.id, cells.iter().map(|cell| cell.2))
            .number("npv_mean_eur", cells.iter().map(|cell| cell.3))
    }

    fn lay_out(&self, language: Language) -> Result<Drawing, PlotError> {
        let greatest = self.amounts().fold(0.0_f64, |most, amount| most.max(amount.abs()));
        let colour = |amount: f64| diverging(if greatest > 0.0 { amount / greatest } else { 0.0 });
        let (columns, rows) = (self.across.values.len(), self.up.values.len());
        let mut gutter = 0.0_f64;
        for value in &self.up.values {
            gutter = gutter.max(font::text_width(
                &language.number(*value, self.up.decimals()),
                SMALL,
                false,
            )?);
        }
        gutter += 8.0;
        let mut needed = LEAST_PLOT.max(columns as f64 * LEAST_CELL);
        for axis in [&self.across, &self.up] {
            needed = needed.max(font::text_width(&axis.words(language), SMALL, false)?);
        }
        let panels = Panels::of(self.scenarios.len(), gutter + needed);
        let cell = ((panels.width - gutter) / columns as f64).min(90.0);
        let mut number = 0.0_f64;
        for value in &self.across.values {
            number = number.max(font::text_width(
                &language.number(*value, self.across.decimals()),
                SMALL,
                false,
            )?);
        }
        // Every so many columns have a number, so that none touches another.
        let every = ((number + 8.0) / cell).ceil().max(1.0) as usize;
        let plot_height = rows as f64 * CELL_HEIGHT;
        let above = HEADING + 14.0 + LINE;
        let height = above + plot_height + 44.0;

        let (mut drawing, top) = page::begin(panels.page_width(), &self.caption, language)?;
        for (panel, (scenario, amounts)) in self.scenarios.iter().enumerate() {
            let corner = panels.corner(panel, top, height);
            page::panel_heading(&mut drawing, scenario.label.in_language(language), corner);
            let (left, floor) = (corner.0 + gutter, corner.1 + above + plot_height);
            let name = Text::new(self.up.words(language), (corner.0, corner.1 + above - 6.0), SMALL);
            drawing.text(name.coloured(MUTED));
            for (row, amounts) in amounts.iter().enumerate() {
                for (column, amount) in amounts.iter().enumerate() {
                    let lower = (left + column as f64 * cell, floor - row as f64 * CELL_HEIGHT);
                    // A little larger, so that no light shows between cells.
                    let (right, upper) = (lower.0 + cell + 0.5, lower.1 - CELL_HEIGHT - 0.5);
                    let corners = vec![lower, (right, lower.1), (right, upper), (lower.0, upper)];
                    drawing.polygon(corners, colour(*amount), 1.0);
                }
                let words = language.number(self.up.values[row], self.up.decimals());
                let place = (left - 8.0, floor - (row as f64 + 0.5) * CELL_HEIGHT + SMALL * 0.36);
                drawing.text(Text::new(words, place, SMALL).anchored(Anchor::End));
            }
            for (column, value) in self.across.values.iter().enumerate().step_by(every) {
                let words = language.number(*value, self.across.decimals());
                let place = (left + (column as f64 + 0.5) * cell, floor + 17.0);
                drawing.text(Text::new(words, place, SMALL).anchored(Anchor::Middle));
            }
            let name = Text::new(self.across.words(language), (left, floor + 35.0), SMALL);
            drawing.text(name.coloured(MUTED));
            let on_page = |(column, row): Point| (left + (column + 0.5) * cell, floor - (row + 0.5) * CELL_HEIGHT);
            for [from, to] in break_even(amounts) {
                let line = |width, colour| (vec![on_page(from), on_page(to)], width, Stroke { colour, dash: None });
                for (points, width, stroke) in [line(4.5, WHITE), line(2.5, BLACK)] {
                    drawing.line(points, width, stroke);
                }
            }
        }
        let bottom = panels.bottom(self.scenarios.len(), top, height) + 4.0;
        let bottom = scale(&mut drawing, greatest, bottom, language)?;
        page::end(
            drawing,
            vec![self.explanation(language)],
            &self.caption,
            bottom,
            language,
        )
    }
}

impl HeatMap {
    fn explanation(&self, language: Language) -> String {
        let crosses = self
            .scenarios
            .iter()
            .any(|(_, amounts)| !break_even(amounts).is_empty());
        let words = if crosses {
            language.choose(
                "Zwarte lijn: kantelpunt, waar het gemiddelde saldo nul is; recht getrokken tussen de berekende punten.",
                "Black line: break-even, where the mean balance is zero; drawn straight between the points that were computed.",
            )
        } else {
            language.choose(
                "Het gemiddelde saldo is binnen dit bereik nergens nul.",
                "The mean balance is nowhere zero within this range.",
            )
        };
        words.to_owned()
    }
}

/// The scale of colours; gives the place below it.
fn scale(drawing: &mut Drawing, greatest: f64, top: f64, language: Language) -> Result<f64, PlotError> {
    let decimals = decimals_of_millions([greatest]);
    let ends = [-greatest, 0.0, greatest].map(|amount| language.millions_of(amount, decimals));
    let first = font::text_width(&ends[0], SMALL, false)?;
    let (left, step) = (page::MARGIN + first / 2.0, 36.0);
    for number in 0..SCALE_STEPS {
        let share = 2.0 * number as f64 / (SCALE_STEPS - 1) as f64 - 1.0;
        let fill = palette::Fill {
            colour: diverging(share),
            pattern: Pattern::Solid,
        };
        let from = left + number as f64 * step;
        drawing.rectangle((from, top), (from + step + 0.5, top + 12.0), fill);
    }
    let width = SCALE_STEPS as f64 * step;
    for (place, words) in [0.0, 0.5, 1.0].into_iter().zip(ends) {
        let place = (left + place * width, top + 28.0);
        drawing.text(Text::new(words, place, SMALL).anchored(Anchor::Middle));
    }
    let end = font::text_width(&language.millions_of(greatest, decimals), SMALL, false)? / 2.0;
    let unit = language.choose("gemiddeld saldo in mln €", "mean balance in € million");
    drawing.text(Text::new(unit, (left + width + end + 12.0, top + 11.0), SMALL).coloured(MUTED));
    Ok(top + 30.0)
}

/// Pieces of the line on which the amounts are zero, in columns and rows, by marching squares: in each square of four neighbours the sides
/// with ends of different sign are crossed where a straight line between the ends is zero. Where all four are crossed, the mean of the
/// corners says which belong together (Lorensen and Cline 1987, Computer Graphics 21(4), 163-169, in two dimensions).
fn break_even(amounts: &[Vec<f64>]) -> Vec<[Point; 2]> {
    let mut pieces = Vec::new();
    for (row, pair) in amounts.windows(2).enumerate() {
        for column in 0..pair[0].len().saturating_sub(1) {
            let corners = [
                ((column, row), pair[0][column]),
                ((column + 1, row), pair[0][column + 1]),
                ((column + 1, row + 1), pair[1][column + 1]),
                ((column, row + 1), pair[1][column]),
            ];
            let crossings: Vec<Point> = (0..4)
                .filter_map(|side| crossing(corners[side], corners[(side + 1) % 4]))
                .collect();
            match crossings.as_slice() {
                [one, other] => pieces.push([*one, *other]),
                // A line around the first corner and one around the third, or around the second and the fourth.
                [below, right, above, left] => {
                    let mean: f64 = corners.iter().map(|corner| corner.1).sum();
                    if (mean > 0.0) == (corners[0].1 > 0.0) {
                        pieces.extend([[*below, *right], [*above, *left]]);
                    } else {
                        pieces.extend([[*below, *left], [*above, *right]]);
                    }
                }
                _ => {}
            }
        }
    }
    pieces
}

/// Where the amount is zero between two corners; zero itself counts as not above.
fn crossing(
    ((from_column, from_row), from): ((usize, usize), f64),
    ((to_column, to_row), to): ((usize, usize), f64),
) -> Option<Point> {
    if (from > 0.0) == (to > 0.0) {
        return None;
    }
    let share = from / (from - to);
    let between = |from: usize, to: usize| from as f64 + (to as f64 - from as f64) * share;
    Some((between(from_column, to_column), between(from_row, to_row)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::legibility::assert_legible;

    #[test]
    fn the_line_of_a_plane_is_straight_and_where_the_plane_is_zero() {
        // Zero where column + 2 row = 2.5.
        let amounts: Vec<Vec<f64>> = (0..3)
            .map(|row| {
                (0..4)
                    .map(|column| f64::from(column) + 2.0 * f64::from(row) - 2.5)
                    .collect()
            })
            .collect();
        let pieces = break_even(&amounts);
        assert_eq!(pieces.len(), 4);
        for point in pieces.iter().flatten() {
            assert!((point.0 + 2.0 * point.1 - 2.5).abs() < 1e-12, "{point:?}");
        }
    }

    #[test]
    fn a_saddle_has_two_lines_that_do_not_cross() {
        let pieces = break_even(&[vec![1.0, -1.0], vec![-1.0, 3.0]]);
        // The middle is above zero, so the two low corners are cut off.
        assert_eq!(pieces, [[(0.5, 0.0), (1.0, 0.25)], [(0.25, 1.0), (0.0, 0.5)]]);
    }

    #[test]
    fn nothing_crosses_where_all_have_one_sign() {
        assert!(break_even(&[vec![1.0, 2.0], vec![3.0, 4.0]]).is_empty());
        assert!(break_even(&[vec![0.0, -2.0], vec![0.0, -4.0]]).is_empty());
        assert!(break_even(&[vec![-1.0, 1.0]]).is_empty());
    }

    #[test]
    fn axes_are_in_the_language_of_the_figure_with_decimals_that_can_be_read() {
        let axis = |values: &[f64]| HeatAxis {
            item: Item::new("rate", "Voet", "Rate"),
            unit: "%/year".to_owned(),
            values: values.to_vec(),
        };
        assert_eq!(axis(&[0.5]).words(Language::Dutch), "Voet (%/jaar)");
        assert_eq!(axis(&[0.5]).words(Language::English), "Rate (%/year)");
        let decimals = [
            &[5.0, 50.0][..],
            &[0.5, 1.25],
            &[0.5, 1.291_666, 2.083_333],
            &[0.001, 0.002],
        ];
        assert_eq!(decimals.map(|values| axis(values).decimals()), [0, 2, 2, 3]);
    }

    #[test]
    fn heat_maps_are_legible_of_any_size() {
        for (columns, rows, scenarios) in [(1, 1, 1), (20, 10, 2), (60, 3, 4), (3, 40, 1)] {
            for scale in [0.0, 5.0, 3e7, 1e12] {
                let axis = |count: usize, label: &str| HeatAxis {
                    item: Item::new(label, format!("{label} van onderzoek en onderwijs"), label),
                    unit: "%/year".to_owned(),
                    values: (0..count).map(|number| number as f64 * 2.5).collect(),
                };
                let row = |row: usize| {
                    (0..columns)
                        .map(|column| scale * (column as f64 - row as f64))
                        .collect()
                };
                let amounts: Vec<Vec<f64>> = (0..rows).map(row).collect();
                let figure = HeatMap {
                    caption: Caption::default(),
                    across: axis(columns, "Verdringing"),
                    up: axis(rows, "Rendement"),
                    scenarios: (0..scenarios)
                        .map(|number| (Item::new(format!("{number}"), "WLO Hoog", "WLO high"), amounts.clone()))
                        .collect(),
                };
                figure.check().expect("complete");
                for language in [Language::Dutch, Language::English] {
                    let name = format!("{columns} × {rows}, {scenarios}, {scale}");
                    assert_legible(&figure.lay_out(language).expect("laid out"), &name);
                }
            }
        }
    }
}
