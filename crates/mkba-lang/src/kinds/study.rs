//! Kinds of project, study and scenario files.
use super::ValueType::{
    AxisValues, Choice, Date, DriverValues, Formulas, Label, Name, Names, Path, Paths, Points, Text, Value, Whole,
};
use super::data::{
    AFTER, ASSUMPTION, BASIS_KEY, BETWEEN, CONFIDENCE_KEY, DEFLATOR_KEY, LABEL, PLACEHOLDER, REVIEW, SOURCE,
};
use super::{Form, Key, Kind, Place, optional, required};

pub(super) const PROJECT: Kind = Kind {
    name: "project",
    place: Place::Project,
    form: Form::Single,
    keys: &[
        required("name", Text, "Name of the project."),
        required("language", Whole, "Version of the model language: 1."),
    ],
    one_of: &[],
    bare: None,
    in_formulas: false,
    doc: "Marks the root folder of a project.",
};

pub(super) const STUDY: Kind = Kind {
    name: "study",
    place: Place::Study,
    form: Form::Single,
    keys: &[
        LABEL,
        required("model", Path, "Folder of the model, from the project root."),
        optional(
            "scenarios",
            Paths,
            "Scenario files, from the project root, in the order of the tables.",
        ),
        required("baseline", Name, "Alternative with which all others are compared."),
        required("draws", Whole, "Number of draws."),
        required("seed", Whole, "Seed of the random numbers."),
        optional(
            "design",
            Choice(&["random", "latin_hypercube", "sobol", "antithetic"]),
            "How draws are spread; `random` by default. `sobol` needs the file that `mkba lock` writes.",
        ),
        optional("rulebook", Text, "Appraisal rules; `nl-2021` by default."),
        optional(
            "gates",
            Choice(&["as-is", "soft", "off"]),
            "How gates are read: as declared (by default), with all that is not served met by the substitute, or without bounds.",
        ),
        optional(
            "gate_years",
            Whole,
            "Every so many years, from the first on, gates and limits are tabulated; 5 by default, 1 for all years.",
        ),
        optional(
            "started",
            Date,
            "Day on which the analysis was started; which rulebook is right depends on it.",
        ),
    ],
    one_of: &[],
    bare: None,
    in_formulas: false,
    doc: "What one command runs.",
};

pub(super) const DISCOUNT: Kind = Kind {
    name: "discount",
    place: Place::Study,
    form: Form::Single,
    keys: &[
        optional(
            "standard",
            Value,
            "Rate of the standard class, in place of the rulebook's.",
        ),
        optional("sunk", Value, "Rate for costs that are sunk after the decision."),
        optional(
            "nonlinear",
            Value,
            "Rate for effects that depend on use in a non-linear way.",
        ),
        optional(
            "physical",
            Value,
            "Rate for public physical investment and travel time, a class of the Dutch rules of 2016.",
        ),
        optional("health", Value, "Rate for effects on health."),
        optional(
            "timing",
            Choice(&["end_of_year", "mid_year"]),
            "When in a year amounts fall.",
        ),
        SOURCE,
        optional(
            "assumption",
            Text,
            "Why the rates of the rulebook are replaced, when there is no source.",
        ),
    ],
    one_of: &[],
    bare: None,
    in_formulas: false,
    doc: "Own discount rates of a study, in place of the rulebook's.",
};

pub(super) const INLINE_SCENARIO: Kind = Kind {
    name: "scenario",
    place: Place::Study,
    form: Form::Labelled,
    keys: &[
        LABEL,
        optional("driver", DriverValues, "Values of the drivers, as in a scenario file."),
    ],
    one_of: &[],
    bare: None,
    in_formulas: false,
    doc: "A scenario written in the study itself.",
};

pub(super) const ALTERNATIVE: Kind = Kind {
    name: "alternative",
    place: Place::Study,
    form: Form::Labelled,
    keys: &[
        LABEL,
        optional("measures", Names, "Measures it consists of."),
        optional("set", Formulas, "Levers it sets directly in all years, with formulas."),
    ],
    one_of: &[],
    bare: None,
    in_formulas: false,
    doc: "A set of measures.",
};

const STATEMENT: &[Key] = &[
    required(
        "status",
        Choice(&["comply", "explain", "not_applicable"]),
        "Whether the rule is followed, departed from for a reason, or has nothing to which it applies.",
    ),
    required("explanation", Text, "How it is followed, or why not."),
];

pub(super) const CHECKLIST: Kind = Kind {
    name: "checklist",
    place: Place::Study,
    form: Form::Labelled,
    keys: STATEMENT,
    one_of: &[],
    bare: None,
    in_formulas: false,
    doc: "How the study deals with a rule of the guideline, by the identifier of the rule in the rulebook.",
};

pub(super) const INTERACTION: Kind = Kind {
    name: "interaction",
    place: Place::Study,
    form: Form::Labelled,
    keys: &[
        LABEL,
        required("whole", Name, "Alternative with everything together."),
        required(
            "parts",
            Names,
            "Alternatives with each part alone, all against the baseline.",
        ),
        optional(
            "gates",
            Names,
            "Readings of the gates under which it is told: `as-is`, `soft`, `off`; that of the study by default.",
        ),
    ],
    one_of: &[],
    bare: None,
    in_formulas: false,
    doc: "What a whole is worth beyond its parts.",
};

pub(super) const SWEEP: Kind = Kind {
    name: "sweep",
    place: Place::Study,
    form: Form::Single,
    keys: &[optional(
        "points",
        Choice(&["grid", "list"]),
        "`grid`, the default: every value of each axis with every value of the others. `list`: the first values of all axes together, then the second.",
    )],
    one_of: &[],
    bare: None,
    in_formulas: false,
    doc: "How the axes of `mkba sweep` are combined.",
};

pub(super) const AXIS: Kind = Kind {
    name: "axis",
    place: Place::Study,
    form: Form::Named,
    keys: &[
        LABEL,
        required(
            "varies",
            Text,
            "What changes from point to point: `parameter.NAME`, `measure.NAME`, `measure.NAME.start`, `measure.NAME.until`, `measure.NAME.set.LEVER`, `alternative.NAME.set.LEVER`, `discount.CLASS`, `discount.timing`, `study.rulebook` or `study.gates`.",
        ),
        required(
            "values",
            AxisValues,
            "Its values: a list, or `{ from = …, to = …, steps = … }` with both ends included.",
        ),
        optional(
            "alternatives",
            Names,
            "With `measure.NAME`: the alternatives in and out of which the measure goes; those that have it by default.",
        ),
    ],
    one_of: &[],
    bare: None,
    in_formulas: false,
    doc: "One thing that `mkba sweep` varies. Its name is that of a column of the results.",
};

pub(super) const CHECKLIST_OF_MODEL: Kind = Kind {
    name: "checklist",
    place: Place::Model,
    form: Form::Labelled,
    keys: STATEMENT,
    one_of: &[],
    bare: None,
    in_formulas: false,
    doc: "How every study of the model deals with a rule of the guideline, unless the study itself says otherwise.",
};

pub(super) const SCENARIO: Kind = Kind {
    name: "scenario",
    place: Place::Scenario,
    form: Form::Single,
    keys: &[
        required("id", Text, "Identifier of the scenario in results."),
        required("label", Label, "What tables and figures call it."),
    ],
    one_of: &[],
    bare: None,
    in_formulas: false,
    doc: "A background future that nobody chooses.",
};

pub(super) const DRIVER_VALUE: Kind = Kind {
    name: "driver",
    place: Place::Scenario,
    form: Form::Named,
    keys: &[
        optional("value", Value, "The same value in every year."),
        optional("points", Points, "Values in some years, in place of `value`."),
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
    one_of: &[&["value", "points"]],
    bare: Some("value"),
    in_formulas: false,
    doc: "The value or path of a driver in a scenario.",
};
