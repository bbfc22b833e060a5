//! Kinds of the ledger: flows and what has no price.
use super::ValueType::{Choice, Divided, Formula, Label, Name, Names, Shares, Table, Text, Year};
use super::behaviour::PILLAR;
use super::{Form, Key, Kind, Place, optional, required};

const TAX: &[Key] = &[
    optional("basis", Choice(&["market", "factor"]), "Price basis of the amount."),
    optional(
        "vat",
        Formula,
        "Rate of value added tax on a purchase whose amount excludes it.",
    ),
    optional(
        "contains",
        Formula,
        "Rate of indirect tax that an amount in market prices contains, or `average` for the average rate of the rulebook.",
    ),
];

const GAIN: &[Key] = &[
    optional("who", Names, "Groups whose gain it is; everybody by default."),
    optional(
        "where",
        Names,
        "Where the gain is: index sets, elements of them, `elsewhere` or `abroad`; everywhere by default.",
    ),
    optional(
        "from",
        Year,
        "First year in which it is counted; the flow is nothing before.",
    ),
    optional(
        "until",
        Year,
        "Last year in which it is counted; the flow is nothing after.",
    ),
];

pub(super) const FLOW: Kind = Kind {
    name: "flow",
    place: Place::Model,
    form: Form::Labelled,
    keys: &[
        optional("label", Label, "What tables and figures call it."),
        required(
            "kind",
            Choice(&["cost", "benefit", "transfer"]),
            "Whether resources are used, welfare is gained or money changes hands.",
        ),
        optional(
            "effect",
            Choice(&[
                "investment",
                "reinvestment",
                "upkeep",
                "programme",
                "other",
                "direct",
                "indirect",
                "external",
                "transfer",
            ]),
            "Row of the overview table: the first five for costs, the next three for benefits.",
        ),
        PILLAR,
        required("formula", Formula, "Amount per year."),
        optional("paid_by", Shares, "Who bears a cost."),
        optional("accrues_to", Shares, "Who gains a benefit."),
        optional("from", Shares, "Who pays a transfer."),
        optional("to", Shares, "Who receives a transfer."),
        optional(
            "tax",
            Table(TAX),
            "Tax content of the amount; market prices by default.",
        ),
        optional(
            "discount",
            Choice(&["standard", "sunk", "nonlinear", "physical", "health"]),
            "Discount class; standard by default.",
        ),
        optional(
            "headline",
            Choice(&["separate"]),
            "Kept out of the balance without separate effects.",
        ),
        optional(
            "channel",
            Names,
            "Channels of value, guarded against counting a gain twice.",
        ),
        optional(
            "gain",
            Table(GAIN),
            "Whose gain it is, where and when: two flows count the same gain only where these meet.",
        ),
        optional(
            "lifetime_of",
            Name,
            "The stock, measure or parameter whose life the stream shares.",
        ),
    ],
    one_of: &[],
    bare: None,
    in_formulas: false,
    doc: "An amount of money per year, posted to the parties that bear or gain it.",
};

pub(super) const GROUP: Kind = Kind {
    name: "group",
    place: Place::Model,
    form: Form::Labelled,
    keys: &[
        required("label", Label, "What messages and tables call it."),
        optional("within", Name, "Group of which it is a part."),
    ],
    one_of: &[],
    bare: None,
    in_formulas: false,
    doc: "People, firms or users whose gain is counted once; groups have nobody in common unless one is within the other.",
};

pub(super) const APPORTIONMENT: Kind = Kind {
    name: "apportionment",
    place: Place::Model,
    form: Form::Labelled,
    keys: &[
        required(
            "shares",
            Divided,
            "Flows with their shares of the gain; each flow is multiplied by its share.",
        ),
        optional(
            "of",
            Name,
            "The flow of which the gain is divided; then it alone is multiplied, and the others hold their shares in their own amounts.",
        ),
        required("reason", Text, "Why the gain is divided like this."),
    ],
    one_of: &[],
    bare: None,
    in_formulas: false,
    doc: "A gain that several flows hold a part of, divided so that it is counted once.",
};

pub(super) const UNPRICED: Kind = Kind {
    name: "unpriced",
    place: Place::Model,
    form: Form::Labelled,
    keys: &[
        required("label", Label, "What tables and figures call it."),
        required(
            "sign",
            Choice(&["+", "-", "±"]),
            "Whether it adds to welfare or takes from it.",
        ),
        required("why", Text, "Why it has no price."),
    ],
    one_of: &[],
    bare: None,
    in_formulas: false,
    doc: "An effect that is not put in money, and is never left out.",
};
