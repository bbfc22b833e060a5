//! Kinds of project, study and scenario files.
use super::ValueType::{Choice, DriverValues, Formulas, Label, Name, Names, Path, Paths, Points, Text, Value, Whole};
use super::data::{
    AFTER, ASSUMPTION, BASIS_KEY, BETWEEN, CONFIDENCE_KEY, DEFLATOR_KEY, LABEL, PLACEHOLDER, REVIEW, SOURCE,
};
use super::{Form, Kind, Place, optional, required};

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

pub(super) const CHECKLIST: Kind = Kind {
    name: "checklist",
    place: Place::Study,
    form: Form::Labelled,
    keys: &[
        required(
            "status",
            Choice(&["comply", "explain", "not_applicable"]),
            "Whether the study follows the rule, departs from it for a reason, or has nothing to which it applies.",
        ),
        required("explanation", Text, "How it is followed, or why not."),
    ],
    one_of: &[],
    bare: None,
    in_formulas: false,
    doc: "How the study deals with a rule of the guideline, by the identifier of the rule in the rulebook.",
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
