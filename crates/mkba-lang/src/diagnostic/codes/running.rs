//! E06 and E07: what goes wrong while running and writing.
use super::{CodePage, page};

pub(super) const PAGES: &[CodePage] = &[
    page(
        "E0601",
        "a draw gives a value that is not a finite number",
        "A division by zero, a logarithm of zero or an overflow in one draw would spoil every mean. The message names \
         the variable, element, year and inputs of the draw.",
        "[variable.open_space]\nunit    = \"m2\"\nformula = 'if elapsed > 2 year then space else 0'\n\n[flow.rent_paid]\nkind       = \"benefit\"\nformula    = 'occupied / open_space * 1 MEUR/year'\naccrues_to = \"universities\"",
        "[variable.open_space]\nunit    = \"m2\"\nformula = 'if elapsed > 2 year then space else 0'\n\n[flow.rent_paid]\nkind       = \"benefit\"\nformula    = 'ratio(occupied, open_space, if_none = 0) * 1 MEUR/year'\naccrues_to = \"universities\"",
    ),
    page(
        "E0602",
        "negative amount in a gate",
        "Scarce capacity can be shared only among amounts that are not negative. The message names draw, element and \
         year; `max(0 m2/year, …)` states that less than nothing is not asked for.",
        "[gate.permits]\nwanted   = '30 m2/year - 10 m2/year^2 * elapsed'\ncapacity = '5 m2/year'\nunserved = \"waits\"\n\n[flow.permits_paid]\nkind    = \"cost\"\nformula = 'permits.granted * 100 EUR/m2'\npaid_by = \"municipalities\"",
        "[gate.permits]\nwanted   = 'max(0, 30 m2/year - 10 m2/year^2 * elapsed)'\ncapacity = '5 m2/year'\nunserved = \"waits\"\n\n[flow.permits_paid]\nkind    = \"cost\"\nformula = 'permits.granted * 100 EUR/m2'\npaid_by = \"municipalities\"",
    ),
    page(
        "E0603",
        "input without a dimension of the Sobol design",
        "Each uncertain input has a dimension of the Sobol sequence, given out once in `sobol.lock` in the folder of the \
         model and never changed, so that the draws of other inputs stay as they are. `mkba lock` adds what is missing; \
         a damaged file comes back from version control.",
        "mkba run study.toml --design sobol     # a parameter is new",
        "mkba lock study.toml\nmkba run study.toml --design sobol",
    ),
    page(
        "E0604",
        "a sweep has too many points for memory",
        "The results of all points are held until the last is done. The message says how many points would fit. The number of points \
         of a grid is the product of the numbers of values of its axes.",
        "[axis.rent]\nvaries = \"parameter.rent\"\nvalues = { from = \"100 EUR/m2/year\", to = \"300 EUR/m2/year\", steps = 9_000 }\n\n[axis.price]\nvaries = \"parameter.building_price\"\nvalues = { from = \"2000 EUR/m2\", to = \"6000 EUR/m2\", steps = 9_000 }",
        "[axis.rent]\nvaries = \"parameter.rent\"\nvalues = { from = \"100 EUR/m2/year\", to = \"300 EUR/m2/year\", steps = 20 }\n\n[axis.price]\nvaries = \"parameter.building_price\"\nvalues = { from = \"2000 EUR/m2\", to = \"6000 EUR/m2\", steps = 20 }",
    ),
    page(
        "E0701",
        "the output folder already holds something",
        "A run never overwrites another one by accident, and never a folder that is not a run.",
        "$ mkba run study.toml --out results/first     # holds a run",
        "$ mkba run study.toml --out results/second",
    ),
    page(
        "E0702",
        "results cannot be written",
        "The disk is full, or the folder may not be written. Earlier results are untouched, and no half-written file \
         stands under a final name.",
        "$ mkba run study.toml --out /read-only/first",
        "$ mkba run study.toml --out results/first",
    ),
    page(
        "E0703",
        "results cannot be read",
        "There is no run in the folder, or a table or manifest of the run is missing or cut off.",
        "$ mkba table results/first                    # its catalogue.json was cut off while copying",
        "$ mkba run study.toml --out results/again",
    ),
    page(
        "E0704",
        "a file of a run was changed",
        "The bytes of the file do not have the hash that the manifest of the run states, so what stands in it did not come from the run. \
         Commands that read a run show nothing of it.",
        "$ mkba table results/first                    # its overview.csv was saved by a spreadsheet program",
        "$ mkba run study.toml --out results/again",
    ),
    page(
        "E0799",
        "a table of results is malformed",
        "Columns of one table differ in length. No model can cause this: it is a fault of the program, please report \
         it with the study and the version.",
        "$ mkba run study.toml                         # ends with E0799",
        "$ mkba --version                              # to be stated in the report",
    ),
];
