//! What the value of a key may be.
use super::Key;

/// What the value of a key must be.
#[derive(Debug, Clone, Copy)]
pub enum ValueType {
    /// Text.
    Text,
    /// Text, or `{ nl = "…", en = "…" }`.
    Label,
    /// A number.
    Number,
    /// A whole number that is not negative.
    Whole,
    /// A calendar year.
    Year,
    /// A day of the calendar, or a whole year.
    Date,
    /// `true` or `false`.
    Flag,
    /// A formula as text, or a bare number.
    Formula,
    /// A value with its unit or a distribution as text, or a bare number.
    Value,
    /// A unit as text.
    Unit,
    /// The name of another declaration.
    Name,
    /// Names of other declarations: a list, or one as text.
    Names,
    /// Path of a file.
    Path,
    /// List of paths.
    Paths,
    /// One of a few words.
    Choice(&'static [&'static str]),
    /// One party as text, or a table of parties with share formulas of which one may be `remainder`.
    Shares,
    /// A table of flows with share formulas of which one may be `remainder`.
    Divided,
    /// A table of names with formulas.
    Formulas,
    /// A table of names with text.
    Texts,
    /// A table of names with units.
    Units,
    /// A table of years with values.
    Points,
    /// A table with these keys.
    Table(&'static [Key]),
    /// A table of drivers with their values in a scenario.
    DriverValues,
    /// A list of rows of numbers.
    Matrix,
    /// A list of pairs of names with a number: `["a", "b", 0.5]`.
    Pairs,
    /// A list of values, words or years, or a range of numbers: `{ from = '0 %', to = '50 %', steps = 10 }`.
    AxisValues,
}

/// Keys of a range of values.
pub const RANGE: &[Key] = &[
    Key {
        name: "from",
        value: ValueType::Value,
        required: true,
        doc: "First value.",
    },
    Key {
        name: "to",
        value: ValueType::Value,
        required: true,
        doc: "Last value.",
    },
    Key {
        name: "steps",
        value: ValueType::Whole,
        required: true,
        doc: "Number of equal steps between them: one less than there are values.",
    },
];

impl ValueType {
    /// In words, with an article.
    #[must_use]
    pub fn describe(self) -> String {
        let words = match self {
            Self::Text => "text",
            Self::Label => "text or `{ nl = \"…\", en = \"…\" }`",
            Self::Number => "a number",
            Self::Whole => "a whole number that is not negative",
            Self::Year => "a year between 1000 and 9999",
            Self::Date => "a year (`2027`) or a date (`2027-06-30`), without quotes",
            Self::Flag => "`true` or `false`",
            Self::Formula => "a formula between quotes, or a number",
            Self::Value => "a value between quotes (`\"40 MEUR/year\"`), or a number",
            Self::Unit => "a unit between quotes",
            Self::Name => "a name between quotes",
            Self::Names => "a list of names",
            Self::Path => "a path between quotes",
            Self::Paths => "a list of paths",
            Self::Choice(words) => {
                let words: Vec<String> = words.iter().map(|word| format!("`\"{word}\"`")).collect();
                return match words.as_slice() {
                    [one] => one.clone(),
                    [first @ .., last] => format!("{} or {last}", first.join(", ")),
                    [] => String::new(),
                };
            }
            Self::Shares => "a party, or a table of parties with their shares",
            Self::Divided => "a table of flows with their shares",
            Self::Formulas => "a table of names with formulas",
            Self::Texts => "a table of names with text",
            Self::Units => "a table of names with units",
            Self::Points => "a table of years with values",
            Self::Table(keys) => {
                let names: Vec<String> = keys.iter().map(|key| format!("`{}`", key.name)).collect();
                return format!("a table with {}", names.join(", "));
            }
            Self::DriverValues => "a table of drivers with their values",
            Self::Matrix => "a list of rows of numbers",
            Self::AxisValues => "a list of values, or a range `{ from = …, to = …, steps = … }`",
            Self::Pairs => "a list of pairs with their number, such as `[[\"a\", \"b\", 0.5]]`",
        };
        words.to_owned()
    }
}
