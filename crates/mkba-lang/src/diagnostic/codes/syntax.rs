//! E01: how formulas, values and units are written.
use super::{CodePage, page};

pub(super) const PAGES: &[CodePage] = &[
    page(
        "E0101",
        "something is missing or too much",
        "A formula is a number with its unit, a name, a call, or several of these joined by operators. The message \
         says what was found where something else must stand.",
        "formula = 'floor_space * '",
        "formula = 'floor_space * rent'",
    ),
    page(
        "E0102",
        "malformed number",
        "A number has digits, at most one point with digits on both sides, and an exponent if wanted. `_` may stand \
         between digits. There is no decimal comma.",
        "formula = '.5 * rent'",
        "formula = '0.5 * rent'",
    ),
    page(
        "E0103",
        "character without a meaning",
        "Formulas know the operators + - * / ^ < <= > >= = !=, the words `and`, `or`, `not`, `if`, `then`, `else`, \
         parentheses, and `#` for comments. `=` compares; `==`, `&&`, `×` and the like do not exist.",
        "formula = 'rent × space'",
        "formula = 'rent * space'",
    ),
    page(
        "E0104",
        "parenthesis or bracket without its other half",
        "Every `(` requires a `)` and every `[` a `]`. The message points at the one that was opened and at the place \
         where it should have been closed at the latest.",
        "formula = 'rent * (space + 10 m2'",
        "formula = 'rent * (space + 10 m2)'",
    ),
    page(
        "E0105",
        "comparisons do not chain",
        "`a < b < c` would compare the answer yes or no with `c`. Two comparisons are joined by `and`.",
        "formula = 'if 2 < density < 5 then 1 else 0'",
        "formula = 'if 2 < density and density < 5 then 1 else 0'",
    ),
    page(
        "E0106",
        "a unit stands where a value is needed",
        "A unit belongs to the number before it, on the same line, and is no value of its own. After a number it \
         extends over `/` only while what follows is a unit, so one per year is written `1/year` behind the number.",
        "formula = '0.5 / year'",
        "formula = '0.5 1/year'",
    ),
    page(
        "E0107",
        "a number is followed by a word that is no unit",
        "After a number stands its unit or an operator. Multiplication is always written. Units of a model's own are \
         declared with `[unit.NAME]`.",
        "formula = '3 yaer'",
        "formula = '3 year'",
    ),
    page(
        "E0108",
        "formula nested too deeply",
        "Parentheses, calls and operands may stand 100 deep inside each other, and a sum or product may have 200 \
         terms. Beyond that nobody can read it: give parts a name of their own as variables, or sum over an index set.",
        "formula = '((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((rent))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))'",
        "formula = 'rent'",
    ),
    page(
        "E0109",
        "incomplete `if`",
        "A choice gives a value in every case, so each `if` has a `then` and an `else`.",
        "formula = 'if density > 2 then rent'",
        "formula = 'if density > 2 then rent else 0'",
    ),
    page(
        "E0110",
        "a formula cannot hold a price level",
        "Inside formulas there is one EUR, that of the model's price year. A price level is allowed only in the \
         `value` of a parameter, series or driver, where a deflator brings it to that year.",
        "formula = '3000 EUR@2021/m2 * space'",
        "formula = 'construction_price * space'\n# [parameter.construction_price]\n# value    = \"3000 EUR@2021/m2\"\n# deflator = \"construction\"",
    ),
    page(
        "E0111",
        "unit inside a distribution",
        "The unit of a value is stated once, after the distribution, and applies to all its numbers. Only `%` may \
         stand inside.",
        "value = \"triangular(2 year, 6 year, 12 year)\"",
        "value = \"triangular(2, 6, 12) year\"",
    ),
    page(
        "E0112",
        "empty text",
        "A formula, a value and a unit cannot be empty. Nothing is written as `0`, no unit as `1`.",
        "formula = ''",
        "formula = '0'",
    ),
    page(
        "E0113",
        "`if` or `not` inside a computation requires parentheses",
        "`if` reaches to the end of the formula and `not` binds less tightly than a comparison, so inside a sum or \
         product they stand in parentheses.",
        "formula = 'rent * if density > 2 then 1 else 0'",
        "formula = 'rent * (if density > 2 then 1 else 0)'",
    ),
    page(
        "E0114",
        "not a name",
        "Names consist of lowercase letters a to z, digits and `_`, and begin with a letter. Capitals belong to units.",
        "formula = 'FloorSpace * rent'",
        "formula = 'floor_space * rent'",
    ),
    page(
        "E0115",
        "a value is stated, not computed",
        "The `value` of a parameter is a number or a distribution with its unit, or `column(name)`. What is computed \
         from other numbers is a variable with a formula, so that it can be traced.",
        "value = \"2 * 40 MEUR\"",
        "value = \"80 MEUR\"",
    ),
    page(
        "E0117",
        "`over` or `where` outside an aggregation",
        "Only `sum`, `mean`, `greatest`, `least_of` and `count` go over an index set, and `where` follows `over`.",
        "formula = 'max(rent over campus)'",
        "formula = 'greatest(rent over campus)'",
    ),
    page(
        "E0118",
        "malformed unit",
        "A unit is a series of names with whole powers, joined by `.` and `/`. Each `/` divides by the one name after \
         it. `1` means no unit, and `@` is followed by a year of four digits.",
        "unit = \"EUR/(m2.year)\"",
        "unit = \"EUR/m2/year\"",
    ),
    page(
        "E0119",
        "quoted text is not closed",
        "Quoted text, such as the file of `empirical`, ends with the same quote on the same line.",
        "value = 'empirical(\"data/rents.csv, rent) EUR/m2/year'",
        "value = 'empirical(\"data/rents.csv\", rent) EUR/m2/year'",
    ),
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::Diagnostics;
    use crate::source::FileId;
    use crate::syntax::{parse_formula, parse_unit, parse_value};
    use crate::unit::UnitNames;

    /// Codes that the parser raises for the first line of a page's example.
    fn codes(example: &str) -> Vec<&'static str> {
        let (key, text) = example
            .lines()
            .next()
            .expect("a line")
            .split_once(" = ")
            .expect("a key");
        let text = &text[1..text.len() - 1];
        let units = UnitNames::new(["m2"]);
        let mut diagnostics = Diagnostics::default();
        let at = (FileId(0), 0);
        match key {
            "formula" => parse_formula(text, at.0, at.1, &units, &mut diagnostics).is_some(),
            "value" => parse_value(text, at.0, at.1, &units, &mut diagnostics).is_some(),
            "unit" => parse_unit(text, at.0, at.1, &units, &mut diagnostics).is_some(),
            _ => panic!("unexpected key {key}"),
        };
        diagnostics.list().iter().map(|diagnostic| diagnostic.code).collect()
    }

    #[test]
    fn bad_examples_raise_their_code_and_good_ones_nothing() {
        for page in PAGES {
            assert_eq!(codes(page.bad), [page.code], "{}", page.bad);
            assert!(codes(page.good).is_empty(), "{}", page.good);
        }
    }
}
