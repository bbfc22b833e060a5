//! Why a number is what it is, as plain data: a value with its formula, and under it the values it was computed from.
//!
//! The front end builds the tree; the command line prints it. All values are in the unit that stands beside them. Numbers of a tree belong
//! to one draw, to the central values of the inputs, or are means over draws; then a product of means is not the mean of the product, while
//! sums still add up.
use crate::appraisal::catalogue::Text;
use serde::Serialize;

/// What was computed while explaining: one list for each value asked for, by position, and by year before that where it has years.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Observed {
    /// Values without year.
    pub outputs: Vec<Vec<f64>>,
    /// Values by year and position.
    pub yearly: Vec<Vec<f64>>,
}

/// A value and what it was computed from.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Explanation {
    /// What to ask for to see this value at the top: `occupied[delft]@2040`. Empty for a part of a formula.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub cell: String,
    /// What it is.
    pub kind: Kind,
    /// Label in the model, or the text of a part of a formula.
    pub label: Text,
    /// What it is to the value above it.
    pub role: Role,
    /// Unit of `value` and `baseline`.
    pub unit: String,
    /// How many base units one of `unit` is.
    pub scale: f64,
    /// The value in the alternative; null in JSON when it is not a finite number.
    pub value: f64,
    /// The value in the baseline; none for what is a difference from the baseline already.
    pub baseline: Option<f64>,
    /// Part of the sum that it belongs to; none outside a sum, or where it would tell nothing.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub share: Option<f64>,
    /// In which share of the draws this is the one that counts: the bound that binds, the branch that is taken.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub decides: Option<f64>,
    /// Formulas as written, and where.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub formulas: Vec<Formula>,
    /// Where a number from outside comes from.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub stated: Option<Stated>,
    /// What was found out beside the numbers.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub notes: Vec<Note>,
    /// What it was computed from.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub groups: Vec<Group>,
}

/// What a value is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// Sum of the present values of all flows to society or to a party.
    Balance,
    /// Present value of a flow, to society, to a party or in a region.
    PresentValue,
    /// What a year adds to a present value.
    Discounted,
    /// Flow of a year to society, as a difference from the baseline.
    Flow,
    /// Amount of a flow in a year by its formula, before shares and tax.
    Amount,
    /// What one EUR of a flow is worth to society or a party, by its shares and taxes.
    Weight,
    /// What part of a flow is counted: its shares of divided gains, in the years of its gain.
    Counted,
    /// Discount factor of a year.
    DiscountFactor,
    /// Variable.
    Variable,
    /// Level of a stock at the end of the year.
    Stock,
    /// Member of a gate.
    Gate,
    /// Limit.
    Limit,
    /// Lever.
    Lever,
    /// What a measure, or the alternative itself, sets a lever to.
    Measure,
    /// Parameter.
    Parameter,
    /// Driver.
    Driver,
    /// Series.
    Series,
    /// Column of an index file.
    Column,
    /// Years that have passed, or the calendar year.
    Time,
    /// Number in a formula.
    Number,
    /// Part of a formula.
    Part,
}

/// What a value is to the one above it.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "snake_case", tag = "is")]
pub enum Role {
    /// The value asked for, or simply what the one above is.
    Itself,
    /// It is added.
    Added,
    /// It is subtracted.
    Subtracted,
    /// It is multiplied with.
    Multiplied,
    /// It is divided by.
    Divided,
    /// It counts with a weight.
    Weighted {
        /// The weight.
        weight: f64,
    },
    /// An argument of a function, a rule of a declaration, a bound by its name.
    Named {
        /// Its name.
        name: String,
    },
    /// One element of an index.
    Element {
        /// Its key.
        key: String,
    },
    /// A year.
    Year {
        /// Which.
        year: i32,
    },
    /// A party.
    Party {
        /// Which.
        id: String,
        /// Whether it counts in the balance.
        standing: bool,
    },
}

/// A formula as written.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Formula {
    /// Key under which it stands: `formula`, `adds`, `capacity`.
    pub key: String,
    /// The text, in one line.
    pub text: String,
    /// Path of the file from the root of the project.
    pub file: String,
    /// Line, from 1.
    pub line: usize,
}

/// A number from outside the formulas, and where it comes from.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Stated {
    /// As written: `triangular(30, 50, 80) %`.
    pub text: String,
    /// Whether it differs between draws.
    pub uncertain: bool,
    /// Source, with its page where the model gives one.
    pub source: String,
    /// Why it is assumed.
    pub assumption: String,
    /// `high`, `medium`, `low`, or empty.
    pub confidence: String,
    /// To be replaced first.
    pub placeholder: bool,
    /// Path of the file from the root of the project.
    pub file: String,
    /// Line, from 1.
    pub line: usize,
}

/// What was found out beside the numbers.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "snake_case", tag = "what")]
pub enum Note {
    /// A gate granted less than was asked for.
    Binds {
        /// In which share of the draws.
        share: f64,
    },
    /// A gate granted all that was asked for, in all draws.
    Serves,
    /// What a present value was discounted with.
    Discounting {
        /// Discount class.
        class: String,
        /// Rate as stated.
        stated: String,
        /// Year of the present value.
        base_year: i32,
    },
    /// The flow is kept out of the balance without separate effects.
    Separate,
    /// A measure sets this in the years it is on; this is in which share of the draws it is on here.
    On {
        /// Share of the draws.
        share: f64,
    },
    /// There is more below; it was not opened because of the depth.
    Deeper,
    /// It is explained above already.
    Above,
}

/// Values that stand together under another one.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Group {
    /// How they make the value above.
    pub of: Together,
    /// The values; of a long sum the greatest only.
    pub parts: Vec<Explanation>,
    /// What is not listed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rest: Option<Rest>,
}

/// How values make the one above them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Together {
    /// Added and subtracted they are the value above.
    Terms,
    /// Multiplied and divided they are the value above.
    Factors,
    /// The value above is a function of them.
    Arguments,
    /// The value above is one of them, or the least or greatest.
    Choices,
    /// Elements of an index whose sum is the value above.
    Elements,
    /// Elements of an index, without a sum.
    Listed,
    /// Years whose sum is the value above.
    Years,
    /// Flows whose sum is the value above.
    Flows,
    /// Parties; those with standing add up to the value above.
    Parties,
}

/// Parts of a sum that are not listed.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Rest {
    /// How many.
    pub count: usize,
    /// Their sum; none where they are not summed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub value: Option<f64>,
    /// The same in the baseline.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub baseline: Option<f64>,
}

impl Default for Explanation {
    fn default() -> Self {
        Self {
            cell: String::new(),
            kind: Kind::Part,
            label: Text::default(),
            role: Role::Itself,
            unit: String::new(),
            scale: 1.0,
            value: 0.0,
            baseline: None,
            share: None,
            decides: None,
            formulas: Vec::new(),
            stated: None,
            notes: Vec::new(),
            groups: Vec::new(),
        }
    }
}

impl Explanation {
    /// The value in base units, with the sign it has in a sum.
    #[must_use]
    pub fn signed(&self) -> f64 {
        let value = self.value * self.scale;
        match self.role {
            Role::Subtracted => -value,
            Role::Weighted { weight } => weight * value,
            _ => value,
        }
    }
}

impl Together {
    /// Whether the parts add up to the value above.
    #[must_use]
    pub fn is_sum(self) -> bool {
        matches!(self, Self::Terms | Self::Elements | Self::Years | Self::Flows)
    }
}

/// Terms that add up, without their signs, to more than so many times the whole have no shares.
const MOST_CANCELLING: f64 = 5.0;

impl Group {
    /// A group of all its parts, with their shares where it is a sum.
    #[must_use]
    pub fn whole(of: Together, parts: Vec<Explanation>) -> Self {
        Self::of(of, parts, usize::MAX)
    }

    /// A group of at most `most` parts. A longer sum keeps the greatest, and what is left becomes its rest; a sum of elements, years or flows
    /// is always listed with the greatest first.
    #[must_use]
    pub fn of(of: Together, mut parts: Vec<Explanation>, most: usize) -> Self {
        let sum: f64 = parts.iter().map(Explanation::signed).sum();
        let gross: f64 = parts.iter().map(|part| part.signed().abs()).sum();
        let has_numbers = parts.iter().any(|part| part.kind == Kind::Number);
        // In `1 - x`, and where large terms nearly cancel, a share tells nothing.
        let tells = match of {
            Together::Terms => !has_numbers && sum.abs() * MOST_CANCELLING >= gross,
            _ => of.is_sum() && sum.abs() > gross * 1e-12,
        };
        if tells && gross > 0.0 {
            for part in &mut parts {
                part.share = Some(part.signed() / sum);
            }
        }
        if of != Together::Terms && of.is_sum() || parts.len() > most {
            parts.sort_by(|a, b| magnitude(b).total_cmp(&magnitude(a)));
        }
        let rest = (parts.len() > most).then(|| {
            let left = parts.split_off(most);
            let sums = of.is_sum();
            let baseline: Option<Vec<f64>> = left.iter().map(|part| part.baseline).collect();
            Rest {
                count: left.len(),
                value: sums.then(|| left.iter().map(|part| part.signed() / part.scale).sum()),
                baseline: baseline.filter(|_| sums).map(|all| all.iter().sum()),
            }
        });
        Self { of, parts, rest }
    }
}

/// By which parts are ordered: what is not a number first, because it explains why the sum is none.
fn magnitude(part: &Explanation) -> f64 {
    if part.value.is_nan() {
        return f64::INFINITY;
    }
    part.value.abs().max(part.baseline.map_or(0.0, f64::abs))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn part(value: f64, role: Role) -> Explanation {
        Explanation {
            value,
            role,
            ..Explanation::default()
        }
    }

    #[test]
    fn shares_of_a_sum_add_up_to_one_with_its_rest() {
        let parts = [1.0, -2.0, 5.0, 4.0].map(|value| part(value, Role::Added)).to_vec();
        let group = Group::of(Together::Elements, parts, 2);
        let values: Vec<f64> = group.parts.iter().map(|part| part.value).collect();
        assert_eq!(values, [5.0, 4.0]);
        let rest = group.rest.expect("two are left");
        assert_eq!((rest.count, rest.value), (2, Some(-1.0)));
        let listed: f64 = group.parts.iter().filter_map(|part| part.share).sum();
        assert!((listed + -1.0 / 8.0 - 1.0).abs() < 1e-12);
    }

    #[test]
    fn terms_keep_the_order_of_the_formula_and_their_sign() {
        let group = Group::whole(
            Together::Terms,
            vec![part(1.0, Role::Added), part(4.0, Role::Subtracted)],
        );
        assert_eq!(group.parts.iter().map(Explanation::signed).sum::<f64>(), -3.0);
        assert_eq!(group.parts[1].share, Some(4.0 / 3.0));
    }

    #[test]
    fn a_sum_of_nothing_has_no_shares() {
        let group = Group::whole(
            Together::Terms,
            vec![part(3.0, Role::Added), part(3.0, Role::Subtracted)],
        );
        assert!(group.parts.iter().all(|part| part.share.is_none()));
    }
}
