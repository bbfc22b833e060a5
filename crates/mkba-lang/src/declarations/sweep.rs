//! `[sweep]` and its axes: which values of a study are varied, and through which values they go.
use super::{Name, Text};
use crate::read::Node;
use crate::source::{Span, Spanned};
use crate::syntax::UnitExpr;

/// How the values of several axes are combined.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Combination {
    /// Every value of each axis with every value of the others; the last axis changes fastest.
    #[default]
    Grid,
    /// The first values of all axes are the first point, the second values the second, and so on.
    List,
}

/// `[sweep]` with all `[axis.NAME]`.
#[derive(Debug, Clone, Default)]
pub struct Sweep {
    /// How values are combined.
    pub combination: Combination,
    /// Axes in order of writing; none in a study without a sweep.
    pub axes: Vec<Axis>,
}

/// `[axis.NAME]`
#[derive(Debug, Clone)]
pub struct Axis {
    /// Name, which is that of a column of results.
    pub name: Name,
    /// Label.
    pub label: Text,
    /// What it varies.
    pub varies: Spanned<Varied>,
    /// Its values, at least one.
    pub values: Vec<AxisValue>,
    /// Unit in which its numbers are written; empty when they have none.
    pub unit: String,
}

/// What an axis varies, as a key in the files of the project.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Varied {
    /// A key of a declaration: the value of a parameter, the first year of a measure, a discount rate, the rulebook.
    Key {
        /// Kind of the declaration.
        kind: &'static str,
        /// Its name; that of the kind when there is only one.
        name: String,
        /// The key.
        key: String,
    },
    /// What a measure or an alternative sets a lever to.
    Lever {
        /// `measure` or `alternative`.
        kind: &'static str,
        /// Its name.
        name: String,
        /// The lever.
        lever: String,
    },
    /// Whether a measure is part of these alternatives.
    Presence {
        /// The measure.
        measure: String,
        /// The alternatives.
        alternatives: Vec<String>,
    },
}

/// One value of an axis.
#[derive(Debug, Clone)]
pub struct AxisValue {
    /// As one writes it: `60 %`, `triangular(1, 2, 4) year`, `in`.
    pub text: String,
    /// Its number in the unit of the axis, when it is a single one.
    pub number: Option<f64>,
    /// Unit of a value, as written.
    pub unit: Option<UnitExpr>,
    /// Where it stands.
    pub span: Span,
    /// What takes the place of what the files say.
    pub(crate) node: Node,
}

/// A value in place of what the files say.
#[derive(Debug, Clone)]
pub struct Setting {
    /// Where it belongs.
    pub varies: Varied,
    /// The value.
    pub value: AxisValue,
}

impl Axis {
    /// One of its values as a setting.
    #[must_use]
    pub fn setting(&self, value: usize) -> Setting {
        Setting {
            varies: self.varies.value.clone(),
            value: self.values[value].clone(),
        }
    }

    /// Whether all of its values are single numbers.
    #[must_use]
    pub fn is_numeric(&self) -> bool {
        self.values.iter().all(|value| value.number.is_some())
    }
}

impl Sweep {
    /// Number of points; `None` when there are more than can be counted.
    #[must_use]
    pub fn points(&self) -> Option<usize> {
        let mut sizes = self.axes.iter().map(|axis| axis.values.len());
        match (self.axes.is_empty(), self.combination) {
            (true, _) => Some(0),
            (_, Combination::List) => sizes.min(),
            (_, Combination::Grid) => sizes.try_fold(1_usize, usize::checked_mul),
        }
    }

    /// For each axis the number of its value in a point.
    #[must_use]
    pub fn point(&self, number: usize) -> Vec<usize> {
        match self.combination {
            Combination::List => vec![number; self.axes.len()],
            Combination::Grid => {
                let mut rest = number;
                let mut values: Vec<usize> = self
                    .axes
                    .iter()
                    .rev()
                    .map(|axis| {
                        let value = rest % axis.values.len();
                        rest /= axis.values.len();
                        value
                    })
                    .collect();
                values.reverse();
                values
            }
        }
    }

    /// The settings of a point.
    #[must_use]
    pub fn settings(&self, number: usize) -> Vec<Setting> {
        let values = self.point(number);
        self.axes
            .iter()
            .zip(values)
            .map(|(axis, value)| axis.setting(value))
            .collect()
    }
}
