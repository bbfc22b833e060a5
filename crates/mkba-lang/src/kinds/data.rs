//! Kinds that hold data: model, units, index sets, parties, parameters, drivers, series, deflators.
use super::ValueType::{
    Choice, Date, Flag, Label, Matrix, Name, Names, Number, Pairs, Path, Points, Table, Text, Texts, Unit, Units,
    Value, Whole, Year,
};
use super::{Form, Key, Kind, Place, optional, required};

/// How sure one is of a number.
const CONFIDENCE: super::ValueType = Choice(&["high", "medium", "low"]);
/// Price bases of an amount.
const BASIS: super::ValueType = Choice(&["market", "factor"]);

pub(super) const SOURCE: Key = optional("source", Text, "Where the number comes from.");
pub(super) const ASSUMPTION: Key = optional(
    "assumption",
    Text,
    "Why the number is assumed, when there is no source.",
);
pub(super) const CONFIDENCE_KEY: Key = optional("confidence", CONFIDENCE, "How sure one is of the number.");
pub(super) const PLACEHOLDER: Key = optional(
    "placeholder",
    Flag,
    "The number must be replaced first; every report lists it.",
);
pub(super) const REVIEW: Key = optional(
    "review",
    Date,
    "Year or day by which the number must be looked at again; `mkba sources` lists what is past it.",
);
pub(super) const DEFLATOR_KEY: Key = optional(
    "deflator",
    Name,
    "Price index that brings the price level of the value to the price year of the model.",
);
pub(super) const BASIS_KEY: Key = optional(
    "basis",
    BASIS,
    "Price basis of an amount; `factor` is raised by the indirect-tax uplift of the rulebook.",
);
pub(super) const BETWEEN: Key = optional(
    "between",
    Choice(&["linear", "step", "growth"]),
    "How the value runs from one point to the next.",
);
pub(super) const AFTER: Key = optional(
    "after",
    Choice(&["constant", "growth"]),
    "How the value runs after the last point: constant (default), or on at the last growth rate.",
);
pub(super) const LABEL: Key = optional("label", Label, "What tables and figures call it.");
pub(super) const OVER: Key = optional("over", Names, "Index sets over which it has a value for each element.");

const YEARS: &[Key] = &[
    required("first", Year, "First year of the computation."),
    optional("last", Year, "Last year of the computation."),
    optional(
        "after_opening",
        Whole,
        "Number of years counted from the opening year, in place of `last`.",
    ),
];

pub(super) const MODEL: Kind = Kind {
    name: "model",
    place: Place::Model,
    form: Form::Single,
    keys: &[
        required("language", Whole, "Version of the model language: 1."),
        required("id", Text, "Identifier of the model in results."),
        required("label", Label, "What tables and figures call it."),
        required("price_year", Year, "`EUR` means EUR of this year."),
        required("base_year", Year, "Present values are amounts at this year."),
        optional("opening_year", Year, "Year in which the project opens."),
        required("years", Table(YEARS), "Years of the computation."),
        optional(
            "discount_timing",
            Choice(&["end_of_year", "mid_year"]),
            "When in a year amounts fall, unless the study says otherwise.",
        ),
        optional("region", Name, "Index set of the regional account."),
    ],
    one_of: &[],
    bare: None,
    in_formulas: false,
    doc: "The model as a whole: language version, years and price level.",
};

pub(super) const UNIT: Kind = Kind {
    name: "unit",
    place: Place::Model,
    form: Form::Named,
    keys: &[
        optional(
            "equals",
            Value,
            "What one of it is in other units; without it the unit is a dimension of its own.",
        ),
        LABEL,
    ],
    one_of: &[],
    bare: Some("equals"),
    in_formulas: false,
    doc: "A unit of the model beside the built-in ones.",
};

pub(super) const INDEX: Kind = Kind {
    name: "index",
    place: Place::Model,
    form: Form::Named,
    keys: &[
        LABEL,
        required(
            "from",
            Path,
            "CSV file with one row per element, from the model folder or the project root.",
        ),
        required("key", Text, "Column with the names of the elements."),
        optional(
            "within",
            Texts,
            "Coarser index sets, each with the column that names the element there.",
        ),
        optional("columns", Units, "Columns that formulas may use, with their units."),
    ],
    one_of: &[],
    bare: None,
    in_formulas: false,
    doc: "A set of elements, such as campuses or provinces, from a CSV file.",
};

pub(super) const PARTY: Kind = Kind {
    name: "party",
    place: Place::Model,
    form: Form::Labelled,
    keys: &[
        required("label", Label, "What tables and figures call it."),
        optional(
            "standing",
            Flag,
            "Whether its gains and losses count in the balance; `true` by default.",
        ),
        optional(
            "society",
            Choice(&["nation", "union", "abroad"]),
            "Where it belongs; `union` counts in the balance under rulebooks that count the European Union, whatever `standing` says.",
        ),
        optional("role", Choice(&["treasury"]), "The treasury receives and loses taxes."),
        optional(
            "vat",
            Choice(&["recovers", "compensated", "exempt"]),
            "Value added tax on its purchases: recovered (firms), compensated from the fund (municipalities, provinces) or a cost (default).",
        ),
        optional("department", Text, "Ministry it belongs to."),
        optional(
            "region",
            Text,
            "Element of the index set of the regional account in which it lies.",
        ),
    ],
    one_of: &[],
    bare: None,
    in_formulas: false,
    doc: "Somebody who pays, receives or gains.",
};

pub(super) const PARAMETER: Kind = Kind {
    name: "parameter",
    place: Place::Model,
    form: Form::Named,
    keys: &[
        LABEL,
        OVER,
        required(
            "value",
            Value,
            "A number with its unit, a distribution, or a column of an index file.",
        ),
        optional(
            "draws",
            Choice(&["shared", "each"]),
            "Whether the elements of an index set share one draw or have one each; required when the value is uncertain.",
        ),
        optional("min", Number, "Least plausible value, in the unit of the value."),
        optional("max", Number, "Greatest plausible value, in the unit of the value."),
        DEFLATOR_KEY,
        BASIS_KEY,
        SOURCE,
        ASSUMPTION,
        CONFIDENCE_KEY,
        PLACEHOLDER,
        REVIEW,
        optional(
            "additionality_of",
            Names,
            "Measures of which it is the share that would not have come anyway; they have no counterpart in the baseline.",
        ),
        optional(
            "stream",
            Text,
            "Name of its random stream, to keep the draws of a parameter that was renamed.",
        ),
    ],
    one_of: &[],
    bare: None,
    in_formulas: true,
    doc: "A number, certain or not, with its unit and where it comes from.",
};

pub(super) const DEPENDENCE: Kind = Kind {
    name: "dependence",
    place: Place::Model,
    form: Form::Labelled,
    keys: &[
        required(
            "members",
            Names,
            "Uncertain parameters that move together; the first keeps its draws, the others are moved towards those before them.",
        ),
        optional(
            "rank",
            Matrix,
            "Rank correlations (Spearman) of the members, a row for each, in their order.",
        ),
        optional(
            "pairs",
            Pairs,
            "Rank correlations by pair, in place of `rank`; pairs that are not named have 0.",
        ),
        optional(
            "method",
            Choice(&["gaussian", "iman_conover"]),
            "How draws are tied together: a Gaussian copula (default), or reordering within blocks of 1024 draws.",
        ),
        SOURCE,
        ASSUMPTION,
        LABEL,
    ],
    one_of: &[&["rank", "pairs"], &["source", "assumption"]],
    bare: None,
    in_formulas: false,
    doc: "Uncertain parameters that move together in the draws.",
};

pub(super) const DRIVER: Kind = Kind {
    name: "driver",
    place: Place::Model,
    form: Form::Named,
    keys: &[LABEL, required("unit", Unit, "Its unit."), OVER],
    one_of: &[],
    bare: None,
    in_formulas: true,
    doc: "Something the world decides: every scenario gives its value or path.",
};

pub(super) const SERIES: Kind = Kind {
    name: "series",
    place: Place::Model,
    form: Form::Named,
    keys: &[
        LABEL,
        required("unit", Unit, "Its unit; may carry a price level."),
        optional("points", Points, "Values in some years."),
        optional(
            "from",
            Path,
            "CSV file with the columns `year` and `value`, in place of `points`.",
        ),
        BETWEEN,
        AFTER,
        DEFLATOR_KEY,
        BASIS_KEY,
        SOURCE,
        ASSUMPTION,
        CONFIDENCE_KEY,
        PLACEHOLDER,
        REVIEW,
    ],
    one_of: &[&["points", "from"]],
    bare: None,
    in_formulas: true,
    doc: "A path in time; in a formula its name is the value in the current year.",
};

pub(super) const DEFLATOR: Kind = Kind {
    name: "deflator",
    place: Place::Model,
    form: Form::Named,
    keys: &[
        LABEL,
        required("from", Path, "CSV file with the columns `year` and `index`."),
        SOURCE,
        ASSUMPTION,
        CONFIDENCE_KEY,
        PLACEHOLDER,
        REVIEW,
    ],
    one_of: &[],
    bare: None,
    in_formulas: true,
    doc: "A price index that brings price levels together.",
};
