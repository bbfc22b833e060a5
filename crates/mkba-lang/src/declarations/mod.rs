//! Everything a project declares, one typed struct per kind: the result of reading and binding (stage 2).
//!
//! Formulas are still trees here; names in them are resolved while typing (stage 3).
mod names;
mod sweep;

pub use sweep::{Axis, AxisValue, Combination, Setting, Sweep, Varied};

use crate::source::{Span, Spanned};
use crate::syntax::{Expr, UnitExpr, ValueExpr};
use mkba_core::appraisal::catalogue::GateReading;
use mkba_core::input::{Distribution, Method};
use mkba_core::rulebook::{CalendarDate, Rulebook};
use std::collections::{BTreeMap, BTreeSet};

/// A name and where it is declared.
pub type Name = Spanned<String>;

/// Text in two languages. English falls back to Dutch and the reverse; both to the name.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Text {
    /// Dutch.
    pub nl: String,
    /// English.
    pub en: String,
}

/// Where a number comes from.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Provenance {
    /// Source, or empty when it is an assumption.
    pub source: String,
    /// Why it is assumed, or empty when there is a source.
    pub assumption: String,
    /// `high`, `medium`, `low`, or empty.
    pub confidence: String,
    /// Replace this first.
    pub placeholder: bool,
    /// Last day on which it counts as looked at; of a year its last day.
    pub review: Option<CalendarDate>,
}

/// A whole project after reading: model, study and scenarios. Vectors are in order of name (bytes).
#[derive(Debug, Clone)]
pub struct Declarations {
    /// Names of declarations with faults, which are left out: what is said with them cannot be judged. None in a project without faults.
    pub faulty: BTreeSet<String>,
    /// `[model]`
    pub model: Model,
    /// `[study]`
    pub study: Study,
    /// `[unit.NAME]`; `equals` resolved later by the unit table.
    pub units: Vec<UnitDeclaration>,
    /// `[index.NAME]`
    pub indices: Vec<Index>,
    /// `[party.NAME]`
    pub parties: Vec<Party>,
    /// `[parameter.NAME]`
    pub parameters: Vec<Parameter>,
    /// `[dependence.NAME]`
    pub dependences: Vec<Dependence>,
    /// `[driver.NAME]`
    pub drivers: Vec<Driver>,
    /// `[series.NAME]`
    pub series: Vec<Series>,
    /// `[deflator.NAME]`
    pub deflators: Vec<Deflator>,
    /// `[lever.NAME]`
    pub levers: Vec<Lever>,
    /// `[variable.NAME]`
    pub variables: Vec<Variable>,
    /// `[stock.NAME]`
    pub stocks: Vec<Stock>,
    /// `[gate.NAME]`
    pub gates: Vec<Gate>,
    /// `[limit.NAME]`
    pub limits: Vec<Limit>,
    /// `[flow.NAME]`
    pub flows: Vec<Flow>,
    /// `[group.NAME]`
    pub groups: Vec<Group>,
    /// `[apportionment.NAME]`
    pub apportionments: Vec<Apportionment>,
    /// `[unpriced.NAME]`
    pub unpriced: Vec<Unpriced>,
    /// `[measure.NAME]`
    pub measures: Vec<Measure>,
    /// Scenarios in the order of the study.
    pub scenarios: Vec<Scenario>,
    /// Alternatives in the order of the study; the baseline among them (added, without measures, if it is only named).
    pub alternatives: Vec<Alternative>,
    /// Interactions in the order of the study.
    pub interactions: Vec<Interaction>,
    /// Measures that other studies of the model take, as far as they were looked for: when this study leaves some out.
    pub of_other_studies: BTreeSet<String>,
}

/// `[model]`
#[derive(Debug, Clone)]
pub struct Model {
    /// Identifier.
    pub id: String,
    /// Label.
    pub label: Text,
    /// `EUR` means EUR of this year.
    pub price_year: Spanned<i32>,
    /// Present values are amounts at this year.
    pub base_year: Spanned<i32>,
    /// First year of the computation.
    pub first_year: Spanned<i32>,
    /// Last year (given, or opening year + `after_opening` - 1).
    pub last_year: Spanned<i32>,
    /// Opening year, if given.
    pub opening_year: Option<Spanned<i32>>,
    /// Index set of the regional account.
    pub region: Option<Name>,
    /// Folder of the model from the project root.
    pub folder: String,
}

/// `[study]` with `[discount]`.
#[derive(Debug, Clone)]
pub struct Study {
    /// Label.
    pub label: Text,
    /// Name of the baseline alternative.
    pub baseline: Name,
    /// Number of draws.
    pub draws: Spanned<u64>,
    /// Seed.
    pub seed: u64,
    /// `random`, `latin_hypercube`, `sobol` or `antithetic`.
    pub design: Spanned<String>,
    /// Rulebook identifier, `nl-2021` by default, and where it is given.
    pub rulebook: String,
    /// The day on which the analysis was started, and where it is stated.
    pub started: Option<Spanned<CalendarDate>>,
    /// `[discount]`: own rate per discount class, in place of the rulebook's.
    pub discount: BTreeMap<String, ValueInput>,
    /// `[discount] timing`, if given: `end_of_year` or `mid_year`.
    pub timing: Option<Spanned<String>>,
    /// `[checklist.ID]` of the study, in order of identifier, and then of the model what the study does not say itself.
    pub checklist: Vec<Statement>,
    /// `[sweep]` and `[axis.NAME]`.
    pub sweep: Sweep,
    /// How gates are read.
    pub gates: GateReading,
    /// Gates and limits are tabulated every so many years.
    pub gate_years: u32,
}

/// `[checklist.ID]`: what the author says of a rule of the guideline.
#[derive(Debug, Clone)]
pub struct Statement {
    /// Identifier of the rule.
    pub rule: Name,
    /// `comply`, `explain` or `not_applicable`.
    pub status: Spanned<String>,
    /// How it is followed, or why not.
    pub explanation: String,
}

/// `[interaction.NAME]`
#[derive(Debug, Clone)]
pub struct Interaction {
    /// Name.
    pub name: Name,
    /// Label.
    pub label: Text,
    /// Alternative with everything together.
    pub whole: Name,
    /// Alternatives with each part alone.
    pub parts: Vec<Name>,
    /// Readings of the gates under which it is told; none for that of the study.
    pub gates: Vec<GateReading>,
}

/// `[unit.NAME]`
#[derive(Debug, Clone)]
pub struct UnitDeclaration {
    /// Name.
    pub name: Name,
    /// `equals = "1000 kg"`: a number and a unit.
    pub equals: Option<(f64, UnitExpr)>,
}

/// `[index.NAME]` with its file read.
#[derive(Debug, Clone)]
pub struct Index {
    /// Name.
    pub name: Name,
    /// Label.
    pub label: Text,
    /// Element keys in order of bytes.
    pub elements: Vec<String>,
    /// Coarser index sets: name and, for each element, the number of its element there.
    pub within: Vec<(Name, Vec<u32>)>,
    /// Columns that formulas may use: name, unit, value for each element (in the unit as written).
    pub columns: Vec<Column>,
    /// All other columns as text, for labels and maps: header and cell for each element.
    pub texts: Vec<(String, Vec<String>)>,
}

/// A numeric column of an index file.
#[derive(Debug, Clone)]
pub struct Column {
    /// Name.
    pub name: Name,
    /// Unit as written; `"1"` has no parts.
    pub unit: UnitExpr,
    /// Values in element order.
    pub values: Vec<f64>,
}

/// Value added tax position of a party.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Vat {
    /// Firms: input tax is recovered; the average indirect tax stands for lost consumption.
    Recovers,
    /// Municipalities and provinces: recovered from the compensation fund.
    Compensated,
    /// Universities, hospitals, housing associations, the treasury, households: not recovered.
    Exempt,
}

/// `[party.NAME]`
#[derive(Debug, Clone)]
pub struct Party {
    /// Name.
    pub name: Name,
    /// Label.
    pub label: Text,
    /// Counts in the balance.
    pub standing: bool,
    /// Elsewhere in the European Union: counts under rulebooks that count the Union.
    pub in_union: bool,
    /// Receives taxes.
    pub treasury: bool,
    /// Value added tax position.
    pub vat: Vat,
    /// Ministry, if any.
    pub department: Option<String>,
    /// Element of the index set of the regional account in which it lies, if any.
    pub region: Option<Name>,
}

impl Party {
    /// Whether its gains and losses count in the balance under a rulebook.
    #[must_use]
    pub fn counts(&self, rulebook: &Rulebook) -> bool {
        self.standing || (self.in_union && rulebook.standing.union)
    }
}

/// What a `value` may be.
#[derive(Debug, Clone)]
pub enum Quantity {
    /// One number.
    Fixed(f64),
    /// One distribution.
    Uncertain(Distribution),
    /// One number per element, from `column(name)` or a CSV.
    PerElement(Vec<f64>),
}

/// A value with its unit, price level and provenance.
#[derive(Debug, Clone)]
pub struct ValueInput {
    /// The text as a tree, for spans.
    pub text: ValueExpr,
    /// The numbers, in the unit as written (percent signs inside a distribution already applied).
    pub quantity: Quantity,
    /// Unit as written (may carry `@year`); no parts means without unit.
    pub unit: UnitExpr,
    /// Named deflator.
    pub deflator: Option<Name>,
    /// `basis = "factor"`: to be raised by the rulebook's uplift.
    pub factor_prices: bool,
    /// Where it comes from.
    pub provenance: Provenance,
}

/// `[parameter.NAME]`
#[derive(Debug, Clone)]
pub struct Parameter {
    /// Name.
    pub name: Name,
    /// Label.
    pub label: Text,
    /// Index sets.
    pub over: Vec<Name>,
    /// `draws = "each"`: one draw per element; otherwise all elements share one.
    pub each: bool,
    /// The value.
    pub value: ValueInput,
    /// `min` and `max` of plausible values, in the unit as written.
    pub bounds: (Option<f64>, Option<f64>),
    /// Stream name, when it differs from the name.
    pub stream: Option<String>,
    /// Measures of which it is the share that would not have come anyway.
    pub additionality_of: Vec<Name>,
}

/// `[dependence.NAME]`
#[derive(Debug, Clone)]
pub struct Dependence {
    /// Name.
    pub name: Name,
    /// Uncertain parameters, all with one draw or all with one draw for each element of the same index sets.
    pub members: Vec<Name>,
    /// How draws are tied together.
    pub method: Method,
    /// Lower triangular factor of the correlations (see `mkba_core::input::Dependence`).
    pub rows: Vec<Vec<f64>>,
}

/// `[driver.NAME]`
#[derive(Debug, Clone)]
pub struct Driver {
    /// Name.
    pub name: Name,
    /// Label.
    pub label: Text,
    /// Unit.
    pub unit: UnitExpr,
    /// Index sets.
    pub over: Vec<Name>,
}

/// How a series runs between and after its points.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Between {
    /// Straight line.
    Linear,
    /// Last given point.
    Step,
    /// Constant growth rate.
    Growth,
    /// Constant after the last point (only for `after`).
    Constant,
}

/// Points in time.
#[derive(Debug, Clone)]
pub struct Points {
    /// Year and value in the unit as written, ascending.
    pub points: Vec<(i32, f64)>,
    /// Between points.
    pub between: Between,
    /// After the last point: `Constant` or `Growth`.
    pub after: Between,
    /// Unit as written, common to all points.
    pub unit: UnitExpr,
    /// Named deflator.
    pub deflator: Option<Name>,
    /// `basis = "factor"`.
    pub factor_prices: bool,
    /// Where it comes from.
    pub provenance: Provenance,
    /// Where it stands.
    pub span: Span,
}

/// `[series.NAME]`
#[derive(Debug, Clone)]
pub struct Series {
    /// Name.
    pub name: Name,
    /// Label.
    pub label: Text,
    /// The points.
    pub points: Points,
}

/// `[deflator.NAME]` with its file read.
#[derive(Debug, Clone)]
pub struct Deflator {
    /// Name.
    pub name: Name,
    /// Index number per year.
    pub index: BTreeMap<i32, f64>,
    /// Where it comes from.
    pub provenance: Provenance,
}

/// What several measures on one lever do together.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Combine {
    /// They add to the default.
    Sum,
    /// The greatest counts.
    Max,
    /// They multiply.
    Product,
    /// Only one may be active.
    Exclusive,
}

/// `[lever.NAME]`
#[derive(Debug, Clone)]
pub struct Lever {
    /// Name.
    pub name: Name,
    /// Label.
    pub label: Text,
    /// Default.
    pub default: Expr,
    /// Combination rule.
    pub combine: Combine,
    /// Index sets.
    pub over: Vec<Name>,
    /// Unit, if stated (else that of the default).
    pub unit: Option<UnitExpr>,
}

/// `[variable.NAME]`
#[derive(Debug, Clone)]
pub struct Variable {
    /// Name.
    pub name: Name,
    /// Label.
    pub label: Text,
    /// Formula.
    pub formula: Expr,
    /// Unit.
    pub unit: UnitExpr,
    /// Index sets, if stated.
    pub over: Option<Vec<Name>>,
    /// Reported beside the balance.
    pub indicator: bool,
}

/// `[stock.NAME]`
#[derive(Debug, Clone)]
pub struct Stock {
    /// Name.
    pub name: Name,
    /// Label.
    pub label: Text,
    /// Unit of the level.
    pub unit: UnitExpr,
    /// Level before the first year.
    pub initial: Expr,
    /// Additions per year.
    pub adds: Option<Expr>,
    /// Losses per year.
    pub loses: Option<Expr>,
    /// Index sets, if stated.
    pub over: Option<Vec<Name>>,
    /// Reported beside the balance.
    pub indicator: bool,
}

/// `[gate.NAME]`
#[derive(Debug, Clone)]
pub struct Gate {
    /// Name.
    pub name: Name,
    /// Label.
    pub label: Text,
    /// What is wanted per year.
    pub wanted: Expr,
    /// What there is per year.
    pub capacity: Expr,
    /// `waits` (true) or `lost`.
    pub waits: bool,
    /// `priority` formula when sharing by priority.
    pub priority: Option<Expr>,
    /// How what is not served is met in another way.
    pub substitute: Option<Substitute>,
}

/// `substitute` of a gate.
#[derive(Debug, Clone)]
pub struct Substitute {
    /// Share of what is not served.
    pub share: Expr,
    /// Money per unit.
    pub cost: Expr,
    /// Where it is written.
    pub span: Span,
}

/// `[limit.NAME]`
#[derive(Debug, Clone)]
pub struct Limit {
    /// Name.
    pub name: Name,
    /// Label.
    pub label: Text,
    /// Unit.
    pub unit: UnitExpr,
    /// Named bounds, in order of name.
    pub least: Vec<(Name, Expr)>,
    /// Index sets, if stated.
    pub over: Option<Vec<Name>>,
    /// Reported beside the balance.
    pub indicator: bool,
}

/// Kinds of flow.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum FlowKind {
    /// Real resources used.
    Cost,
    /// Welfare gained (may be negative).
    Benefit,
    /// From one party to another.
    Transfer,
}

/// Who takes which share. A share of `None` is the remainder.
#[derive(Debug, Clone)]
pub struct Posting {
    /// Party.
    pub party: Name,
    /// Share formula.
    pub share: Option<Expr>,
}

/// Indirect tax that an amount in market prices contains.
#[derive(Debug, Clone)]
pub enum Contained {
    /// Nobody said: market prices only.
    Unstated,
    /// The average of the rulebook: what households would pay for it, they would have spent on all sorts of things.
    Average,
    /// At this rate.
    Rate(Expr),
}

/// Tax content of an amount.
#[derive(Debug, Clone)]
pub enum Tax {
    /// Already in market prices.
    Market(Contained),
    /// In factor prices.
    Factor,
    /// Purchase at a price without value added tax; the rate.
    Vat(Expr),
}

/// `[flow.NAME]`
#[derive(Debug, Clone)]
pub struct Flow {
    /// Name.
    pub name: Name,
    /// Label.
    pub label: Text,
    /// Kind, and where it is stated.
    pub kind: Spanned<FlowKind>,
    /// Amount per year.
    pub formula: Expr,
    /// `paid_by`, `accrues_to` or `from`.
    pub postings: Vec<Posting>,
    /// `to`, for transfers.
    pub to: Vec<Posting>,
    /// Where the postings stand.
    pub postings_span: Span,
    /// `investment`, `direct`, ….
    pub effect: String,
    /// `hardware`, `software`, `orgware`, or empty.
    pub pillar: String,
    /// Discount class.
    pub discount: Spanned<String>,
    /// Channels of value, guarded against double counting.
    pub channels: Vec<Name>,
    /// Kept out of the balance without separate effects.
    pub separate: bool,
    /// Tax content.
    pub tax: Tax,
    /// Whose gain it is, where and when.
    pub gain: Gain,
    /// The stock, measure or parameter whose life it shares.
    pub lifetime_of: Option<Name>,
    /// Keys that are written, the defaults of the file included.
    pub stated: BTreeSet<String>,
}

/// Whose gain a flow is, where and when. What is not stated is everybody, everywhere, always.
#[derive(Debug, Clone, Default)]
pub struct Gain {
    /// Groups.
    pub who: Vec<Name>,
    /// Index sets, elements, `elsewhere`, `abroad`.
    pub places: Vec<Name>,
    /// First year in which it is counted.
    pub from: Option<Spanned<i32>>,
    /// Last year in which it is counted.
    pub until: Option<Spanned<i32>>,
}

impl Gain {
    /// Whether it is counted in a calendar year.
    #[must_use]
    pub fn counts_in(&self, year: i32) -> bool {
        let begun = self.from.as_ref().is_none_or(|from| from.value <= year);
        begun && self.until.as_ref().is_none_or(|until| year <= until.value)
    }
}

/// `[group.NAME]`
#[derive(Debug, Clone)]
pub struct Group {
    /// Name.
    pub name: Name,
    /// Label.
    pub label: Text,
    /// Group of which it is a part.
    pub within: Option<Name>,
}

/// `[apportionment.NAME]`
#[derive(Debug, Clone)]
pub struct Apportionment {
    /// Name.
    pub name: Name,
    /// Flows with their shares, in order of name. A share of `None` is the remainder.
    pub shares: Vec<(Name, Option<Expr>)>,
    /// Where the shares stand.
    pub span: Span,
    /// The only flow that is multiplied by its share; without it all are.
    pub of: Option<Name>,
    /// Why.
    pub reason: String,
}

impl Apportionment {
    /// Whether it multiplies a flow by its share.
    #[must_use]
    pub fn multiplies(&self, flow: &str) -> bool {
        self.of.as_ref().is_none_or(|of| of.value == flow) && self.has(flow)
    }
    /// Whether a flow is among its shares.
    #[must_use]
    pub fn has(&self, flow: &str) -> bool {
        self.shares.iter().any(|(name, _)| name.value == flow)
    }
}

impl Flow {
    /// The stated rate of tax: on a purchase, or contained in a market price.
    #[must_use]
    pub fn tax_rate(&self) -> Option<&Expr> {
        match &self.tax {
            Tax::Vat(rate) | Tax::Market(Contained::Rate(rate)) => Some(rate),
            Tax::Factor | Tax::Market(_) => None,
        }
    }
}

/// `[unpriced.NAME]`
#[derive(Debug, Clone)]
pub struct Unpriced {
    /// Name.
    pub name: Name,
    /// Label.
    pub label: Text,
    /// `+`, `-` or `±`.
    pub sign: String,
    /// Why it is not priced.
    pub why: String,
}

/// `[measure.NAME]`
#[derive(Debug, Clone)]
pub struct Measure {
    /// Name.
    pub name: Name,
    /// Label.
    pub label: Text,
    /// Pillar or empty.
    pub pillar: String,
    /// Who is in charge, or empty.
    pub charge: String,
    /// `decided`, `proposed`, `hypothetical`, or empty.
    pub status: String,
    /// Where status and size come from, or empty.
    pub source: String,
    /// Measures of which it is what would come without them.
    pub counterpart_of: Vec<Name>,
    /// First year, if given.
    pub start: Option<Spanned<i32>>,
    /// Last year, if given.
    pub until: Option<Spanned<i32>>,
    /// Condition.
    pub only_if: Option<Expr>,
    /// Elements to which it is limited: index and keys.
    pub at: Option<(Name, Vec<Name>)>,
    /// Lever and formula.
    pub set: Vec<(Name, Expr)>,
}

/// A driver's value in a scenario.
#[derive(Debug, Clone)]
pub enum DriverValue {
    /// Same in every year.
    Value(Box<ValueInput>),
    /// A path.
    Path(Points),
}

/// A scenario.
#[derive(Debug, Clone)]
pub struct Scenario {
    /// Name.
    pub name: Name,
    /// Label.
    pub label: Text,
    /// Value per driver, in order of name.
    pub drivers: Vec<(Name, DriverValue)>,
}

/// `[alternative.NAME]`
#[derive(Debug, Clone)]
pub struct Alternative {
    /// Name.
    pub name: Name,
    /// Label.
    pub label: Text,
    /// Measures.
    pub measures: Vec<Name>,
    /// Levers set directly, from the first year to the last.
    pub set: Vec<(Name, Expr)>,
}
