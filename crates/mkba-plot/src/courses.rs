//! How amounts go over the years, or as draws are added: a line with bands for each course, one panel of equal size for each scenario.

use mkba_core::table::Table;
use serde::{Deserialize, Serialize};

use crate::FigureKind;
use crate::axis::Axis;
use crate::drawing::{Anchor, Drawing, Point, Text};
use crate::error::{PlotError, check_finite, check_not_empty};
use crate::font;
use crate::language::{Item, Label, Language};
use crate::page::{self, Caption, HEADING, LINE, Panels, SMALL};
use crate::palette::{self, BLACK, GRID, MUTED};

const PLOT_HEIGHT: f64 = 270.0;
const LEAST_PLOT: f64 = 250.0;
const BELOW_PLOT: f64 = 42.0;

/// Lines with bands.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Courses {
    /// Title, settings, notes.
    pub caption: Caption,
    /// What goes from left to right.
    pub across: Across,
    /// What goes from below to above.
    pub up: Up,
    /// In the order of the panels.
    pub scenarios: Vec<(Item, Vec<Course>)>,
}

/// What the horizontal axis is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Across {
    /// Calendar years.
    Years,
    /// Numbers of draws, each step of equal length a factor.
    Draws,
}

/// What the vertical axis is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Up {
    /// EUR, shown in millions.
    Money,
    /// A share or probability, shown in per cents from 0 to 100.
    Share,
}

/// One line.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Course {
    /// What it is of.
    pub item: Item,
    /// From left to right.
    pub points: Vec<CoursePoint>,
}

/// A point of a line, with the bands around it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct CoursePoint {
    /// The year or the number of draws.
    pub at: f64,
    /// The amount in EUR, or the share.
    pub value: f64,
    /// Lower and upper end of each band, the widest band first.
    pub bands: Vec<(f64, f64)>,
}

impl Courses {
    fn points(&self) -> impl Iterator<Item = &CoursePoint> {
        let courses = self.scenarios.iter().flat_map(|(_, courses)| courses);
        courses.flat_map(|course| &course.points)
    }

    fn vertical(&self) -> Axis {
        match self.up {
            Up::Share => Axis::between(0.0, 100.0, 5.0),
            Up::Money => {
                let bands = self
                    .points()
                    .flat_map(|point| &point.bands)
                    .flat_map(|band| [band.0, band.1]);
                let values = self.points().map(|point| point.value).chain(bands);
                Axis::over(values.map(|value| value / 1e6), 6.0)
            }
        }
    }

    /// In the numbers of the vertical axis.
    fn shown(&self, value: f64) -> f64 {
        match self.up {
            Up::Money => value / 1e6,
            Up::Share => value * 100.0,
        }
    }

    fn horizontal(&self) -> Horizontal {
        let ends = self
            .points()
            .fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), point| {
                (low.min(point.at), high.max(point.at))
            });
        let scaled = |at: f64| match self.across {
            Across::Years => at,
            Across::Draws => at.max(1.0).log10(),
        };
        let (low, high) = (scaled(ends.0), scaled(ends.1));
        Horizontal {
            across: self.across,
            low,
            span: if high > low { high - low } else { 1.0 },
        }
    }

    fn unit(&self, language: Language) -> &'static str {
        match self.up {
            Up::Money => language.millions(),
            Up::Share => "%",
        }
    }
}

/// The horizontal axis.
#[derive(Debug, Clone, Copy)]
struct Horizontal {
    across: Across,
    low: f64,
    span: f64,
}

impl Horizontal {
    fn share(&self, at: f64) -> f64 {
        match self.across {
            Across::Years => (at - self.low) / self.span,
            Across::Draws => (at.max(1.0).log10() - self.low) / self.span,
        }
    }

    /// Round numbers within the axis.
    fn ticks(&self, wanted: f64) -> Vec<f64> {
        match self.across {
            Across::Years => {
                let axis = Axis::between(self.low, self.low + self.span, wanted);
                let whole = axis.ticks.into_iter().filter(|tick| tick.fract() == 0.0);
                whole.filter(|tick| (0.0..=1.0).contains(&self.share(*tick))).collect()
            }
            Across::Draws => {
                let decades = self.low.floor() as i32..=(self.low + self.span).ceil() as i32;
                let digits: &[f64] = if self.span < 2.0 { &[1.0, 2.0, 5.0] } else { &[1.0] };
                let all = decades.flat_map(|power| digits.iter().map(move |digit| digit * 10.0_f64.powi(power)));
                all.filter(|tick| (-1e-9..=1.0 + 1e-9).contains(&self.share(*tick)))
                    .collect()
            }
        }
    }

    fn words(&self, tick: f64, language: Language) -> String {
        match self.across {
            Across::Years => format!("{tick:.0}"),
            Across::Draws => language.number(tick, 0),
        }
    }
}

impl FigureKind for Courses {
    fn check(&self) -> Result<(), PlotError> {
        check_not_empty("scenarios", self.scenarios.is_empty())?;
        for (scenario, courses) in &self.scenarios {
            check_not_empty("courses", courses.is_empty())?;
            for course in courses {
                check_not_empty("points", course.points.is_empty())?;
                let place = format!("`{}` in `{}`", course.item.id, scenario.id);
                for point in &course.points {
                    check_finite(&place, &[point.at, point.value])?;
                    check_finite(
                        &place,
                        &point.bands.iter().flat_map(|band| [band.0, band.1]).collect::<Vec<_>>(),
                    )?;
                }
            }
        }
        Ok(())
    }

    fn title(&self) -> &Label {
        &self.caption.title
    }

    fn alt_text(&self, language: Language) -> String {
        let decimals = crate::language::decimals_of_millions(self.points().map(|point| point.value));
        let said = |value: f64| match self.up {
            Up::Money => language.amount(value, decimals),
            Up::Share => language.probability(value),
        };
        let horizontal = self.horizontal();
        let mut text = format!("{}.", self.caption.title.in_language(language));
        for (scenario, courses) in &self.scenarios {
            let ends = courses.iter().filter_map(|course| {
                let (first, last) = (course.points.first()?, course.points.last()?);
                Some(format!(
                    "{}: {} ({}) {} {} ({})",
                    course.item.label.in_language(language),
                    said(first.value),
                    horizontal.words(first.at, language),
                    language.choose("tot", "to"),
                    said(last.value),
                    horizontal.words(last.at, language)
                ))
            });
            let ends: Vec<String> = ends.collect();
            text.push_str(&format!(
                " {}: {}.",
                scenario.label.in_language(language),
                ends.join("; ")
            ));
        }
        text
    }

    /// `scenario`, `course`, `year` or `draws`, `mean_eur` or `share`, and the ends of the bands, `band_1_low` first.
    fn table(&self) -> Table {
        let rows = self.scenarios.iter().flat_map(|(scenario, courses)| {
            let points = courses
                .iter()
                .flat_map(|course| course.points.iter().map(move |point| (course, point)));
            points.map(move |(course, point)| (scenario.id.as_str(), course.item.id.as_str(), point))
        });
        let rows: Vec<_> = rows.collect();
        let (at, value) = (
            match self.across {
                Across::Years => "year",
                Across::Draws => "draws",
            },
            match self.up {
                Up::Money => "mean_eur",
                Up::Share => "share",
            },
        );
        let table = Table::new("courses")
            .text("scenario", rows.iter().map(|row| row.0))
            .text("course", rows.iter().map(|row| row.1))
            .whole(at, rows.iter().map(|row| row.2.at as i64))
            .number(value, rows.iter().map(|row| row.2.value));
        let bands = rows.iter().map(|row| row.2.bands.len()).max().unwrap_or(0);
        (0..bands).fold(table, |table, band| {
            let end = |pick: fn(&(f64, f64)) -> f64| rows.iter().map(move |row| row.2.bands.get(band).map(pick));
            table
                .optional_number(format!("band_{}_low", band + 1), end(|band| band.0))
                .optional_number(format!("band_{}_high", band + 1), end(|band| band.1))
        })
    }

    fn lay_out(&self, language: Language) -> Result<Drawing, PlotError> {
        let (axis, horizontal) = (self.vertical(), self.horizontal());
        let mut gutter = font::text_width(self.unit(language), SMALL, false)?;
        for tick in &axis.ticks {
            gutter = gutter.max(font::text_width(&language.number(*tick, axis.decimals), SMALL, false)?);
        }
        gutter += 8.0;
        // A lone line needs no name: the title says what it is.
        let names_lines = self.up == Up::Share || self.scenarios.iter().any(|(_, courses)| courses.len() > 1);
        let mut behind = 16.0_f64;
        if names_lines {
            for course in self.scenarios.iter().flat_map(|(_, courses)| courses) {
                for line in font::wrap(course.item.label.in_language(language), NAME_WIDTH, SMALL, false)? {
                    behind = behind.max(font::text_width(&line, SMALL, false)? + 12.0);
                }
            }
        }
        let panels = Panels::of(self.scenarios.len(), gutter + LEAST_PLOT + behind);
        let plot = panels.width - gutter - behind;
        let mut plot_height = PLOT_HEIGHT;
        if names_lines {
            for (_, courses) in &self.scenarios {
                let names = courses.iter().map(|course| name_height(course, language));
                plot_height = plot_height.max(names.sum::<Result<f64, _>>()?);
            }
        }
        let height = HEADING + 14.0 + plot_height + BELOW_PLOT;

        let (mut drawing, top) = page::begin(panels.page_width(), &self.caption, language)?;
        for (panel, (scenario, courses)) in self.scenarios.iter().enumerate() {
            let (corner_left, corner_top) = panels.corner(panel, top, height);
            let (left, right) = (corner_left + gutter, corner_left + gutter + plot);
            let (roof, floor) = (corner_top + HEADING + 14.0, corner_top + HEADING + 14.0 + plot_height);
            page::panel_heading(&mut drawing, scenario.label.in_language(language), (left, corner_top));
            let unit = Text::new(self.unit(language), (left - 8.0, corner_top + HEADING), SMALL);
            drawing.text(unit.anchored(Anchor::End).coloured(MUTED));
            let down = |value: f64| floor - axis.share(self.shown(value)) * plot_height;
            let across = |at: f64| left + horizontal.share(at) * plot;
            for tick in &axis.ticks {
                let place = floor - axis.share(*tick) * plot_height;
                drawing.rule((left, place), (right, place), 1.0, GRID);
                let words = language.number(*tick, axis.decimals);
                drawing.text(Text::new(words, (left - 8.0, place + 4.5), SMALL).anchored(Anchor::End));
            }
            self.draw_years(&mut drawing, &horizontal, (left, right), floor, language)?;
            for (number, course) in courses.iter().enumerate() {
                let bands = course.points.iter().map(|point| point.bands.len()).max().unwrap_or(0);
                for band in 0..bands {
                    let with_band = course
                        .points
                        .iter()
                        .filter_map(|point| Some((point.at, *point.bands.get(band)?)));
                    let with_band: Vec<(f64, (f64, f64))> = with_band.collect();
                    let upper = with_band.iter().map(|(at, ends)| (across(*at), down(ends.1)));
                    let lower = with_band.iter().rev().map(|(at, ends)| (across(*at), down(ends.0)));
                    let opacity = if courses.len() > 1 { 0.15 } else { 0.2 };
                    drawing.polygon(upper.chain(lower).collect(), palette::stroke(number).colour, opacity);
                }
            }
            drawing.rule((left, down(0.0)), (right, down(0.0)), 1.5, BLACK);
            for (number, course) in courses.iter().enumerate() {
                let points: Vec<Point> = course
                    .points
                    .iter()
                    .map(|point| (across(point.at), down(point.value)))
                    .collect();
                drawing.line(points, 2.0, palette::stroke(number));
            }
            if names_lines {
                draw_names(&mut drawing, courses, (right, roof, floor), down, language)?;
            }
        }
        let bottom = panels.bottom(self.scenarios.len(), top, height);
        page::end(drawing, Vec::new(), &self.caption, bottom - 8.0, language)
    }
}

impl Courses {
    /// The numbers below a panel, of which none touches another, and what they are.
    fn draw_years(
        &self,
        drawing: &mut Drawing,
        horizontal: &Horizontal,
        (left, right): (f64, f64),
        floor: f64,
        language: Language,
    ) -> Result<(), PlotError> {
        let mut free_from = f64::NEG_INFINITY;
        for tick in horizontal.ticks((right - left) / 55.0) {
            let place = left + horizontal.share(tick) * (right - left);
            drawing.rule((place, floor), (place, floor + 4.0), 1.0, MUTED);
            let words = horizontal.words(tick, language);
            let half = font::text_width(&words, SMALL, false)? / 2.0;
            if place - half >= free_from {
                drawing.text(Text::new(words, (place, floor + 18.0), SMALL).anchored(Anchor::Middle));
                free_from = place + half + 8.0;
            }
        }
        let what = match self.across {
            Across::Years => language.choose("jaar", "year"),
            Across::Draws => language.choose("aantal trekkingen", "number of draws"),
        };
        drawing.text(Text::new(what, (left, floor + 35.0), SMALL).coloured(MUTED));
        Ok(())
    }
}

const NAME_WIDTH: f64 = 130.0;

fn name_height(course: &Course, language: Language) -> Result<f64, PlotError> {
    let lines = font::wrap(course.item.label.in_language(language), NAME_WIDTH, SMALL, false)?;
    Ok(lines.len() as f64 * LINE + 2.0)
}

/// Names at the right ends of their lines, moved apart where they would touch.
fn draw_names(
    drawing: &mut Drawing,
    courses: &[Course],
    (right, roof, floor): (f64, f64, f64),
    down: impl Fn(f64) -> f64,
    language: Language,
) -> Result<(), PlotError> {
    let mut names = Vec::new();
    for (number, course) in courses.iter().enumerate() {
        let lines = font::wrap(course.item.label.in_language(language), NAME_WIDTH, SMALL, false)?;
        let end = course.points.last().map_or(floor, |point| down(point.value));
        names.push((end, name_height(course, language)?, number, lines));
    }
    names.sort_by(|one, other| one.0.total_cmp(&other.0).then(one.2.cmp(&other.2)));
    // From above, none begins before the one above it ends; from below, none ends after the one below it begins.
    let mut tops: Vec<f64> = Vec::new();
    let mut free = roof;
    for (end, height, ..) in &names {
        tops.push((end - height / 2.0).max(free));
        free = tops.last().copied().unwrap_or(roof) + height;
    }
    let mut limit = floor;
    for (top, (_, height, ..)) in tops.iter_mut().zip(&names).rev() {
        *top = top.min(limit - height);
        limit = *top;
    }
    for (top, (end, height, number, lines)) in tops.into_iter().zip(names) {
        let colour = palette::stroke(number).colour;
        let middle = top + height / 2.0;
        drawing.rule((right, end), (right + 8.0, middle), 1.0, colour);
        for (line, words) in lines.iter().enumerate() {
            let baseline = top + 1.0 + (line as f64 + 0.75) * LINE;
            drawing.text(Text::new(words, (right + 11.0, baseline), SMALL));
        }
    }
    Ok(())
}
