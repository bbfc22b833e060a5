//! Kinds that compute: levers, variables, stocks, gates, limits, and the measures that set levers.
use super::ValueType::{Choice, Flag, Formula, Formulas, Name, Names, Table, Text, Unit, Year};
use super::data::{LABEL, OVER};
use super::{Form, Key, Kind, Place, optional, required};

pub(super) const PILLAR: Key = optional(
    "pillar",
    Choice(&["hardware", "software", "orgware"]),
    "Pillar under which results show it.",
);
const INDICATOR: Key = optional("indicator", Flag, "Report it beside the balance.");

pub(super) const LEVER: Kind = Kind {
    name: "lever",
    place: Place::Model,
    form: Form::Named,
    keys: &[
        LABEL,
        OVER,
        optional("unit", Unit, "Its unit, if it is not plain from the default."),
        required("default", Formula, "Its value when no measure sets it."),
        required(
            "combine",
            Choice(&["sum", "max", "product", "exclusive"]),
            "What several measures that set it do together.",
        ),
    ],
    one_of: &[],
    bare: None,
    in_formulas: true,
    doc: "Something that measures change.",
};

pub(super) const VARIABLE: Kind = Kind {
    name: "variable",
    place: Place::Model,
    form: Form::Named,
    keys: &[
        LABEL,
        required("unit", Unit, "Its unit, which is checked against the formula."),
        OVER,
        required("formula", Formula, "Its value in each year."),
        INDICATOR,
    ],
    one_of: &[],
    bare: None,
    in_formulas: true,
    doc: "A computed quantity.",
};

pub(super) const STOCK: Kind = Kind {
    name: "stock",
    place: Place::Model,
    form: Form::Named,
    keys: &[
        LABEL,
        required("unit", Unit, "Unit of its level."),
        OVER,
        required("initial", Formula, "Level before the first year."),
        optional("adds", Formula, "What is added per year."),
        optional("loses", Formula, "What is lost per year."),
        INDICATOR,
    ],
    one_of: &[&["adds", "loses"]],
    bare: None,
    in_formulas: true,
    doc: "A level that additions raise and losses lower; its name is the level at the end of the year.",
};

const SUBSTITUTE: &[Key] = &[
    required(
        "share",
        Formula,
        "Share of what is not served that is met in another way, between 0 and 1; it leaves the queue.",
    ),
    required(
        "cost",
        Formula,
        "Money for each unit that is met in another way; `NAME.substitute_cost` is the amount per year, for a flow.",
    ),
];

pub(super) const GATE: Kind = Kind {
    name: "gate",
    place: Place::Model,
    form: Form::Named,
    keys: &[
        LABEL,
        required("wanted", Formula, "What is asked for per year."),
        required("capacity", Formula, "What there is per year."),
        required(
            "unserved",
            Choice(&["waits", "lost"]),
            "Whether what is not served waits for the next year.",
        ),
        optional(
            "sharing",
            Choice(&["proportional", "priority"]),
            "How scarce capacity is shared; proportionally by default.",
        ),
        optional(
            "priority",
            Formula,
            "Order of service when sharing is by priority, greatest first.",
        ),
        optional(
            "substitute",
            Table(SUBSTITUTE),
            "What is not served can be met in another way, at a cost, before the rest waits.",
        ),
    ],
    one_of: &[],
    bare: None,
    in_formulas: true,
    doc: "Scarce capacity that limits and delays what passes; `NAME.granted` is what passes.",
};

pub(super) const LIMIT: Kind = Kind {
    name: "limit",
    place: Place::Model,
    form: Form::Named,
    keys: &[
        LABEL,
        required("unit", Unit, "Unit of all bounds."),
        OVER,
        required("least", Formulas, "Named bounds, the least of which counts."),
        INDICATOR,
    ],
    one_of: &[],
    bare: None,
    in_formulas: true,
    doc: "The least of several named bounds.",
};

pub(super) const MEASURE: Kind = Kind {
    name: "measure",
    place: Place::Model,
    form: Form::Labelled,
    keys: &[
        required("label", super::ValueType::Label, "What tables and figures call it."),
        PILLAR,
        optional("charge", Text, "Who is in charge of it."),
        optional(
            "status",
            Choice(&["decided", "proposed", "hypothetical"]),
            "How firm it is; decided measures belong to the baseline.",
        ),
        optional("source", Text, "Where its status and size come from."),
        optional(
            "counterpart_of",
            Names,
            "Measures of which it is what would come without them: growth that the baseline holds.",
        ),
        optional(
            "start",
            Year,
            "First year in which it is active; the first year of the model by default.",
        ),
        optional(
            "until",
            Year,
            "Last year in which it is active; the last year of the model by default.",
        ),
        optional("only_if", Formula, "Condition on earlier years under which it starts."),
        optional("over", Name, "Index set to some elements of which it is restricted."),
        optional("at", Names, "The elements to which it is restricted; all by default."),
        required("set", Formulas, "Levers it sets, with formulas."),
    ],
    one_of: &[],
    bare: None,
    in_formulas: false,
    doc: "Something a party can do: it sets levers from a year on.",
};
