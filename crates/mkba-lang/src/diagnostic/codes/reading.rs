//! E00: files, keys and stated numbers.
use super::{CodePage, page};

pub(super) const PAGES: &[CodePage] = &[
    page(
        "E0001",
        "file cannot be read",
        "The file does not exist, is a folder, or may not be read. Paths are written from the project root, the \
         folder with `mkba.toml`.",
        "[index.campus]\nfrom = \"campusses.csv\"\nkey  = \"id\"",
        "[index.campus]\nfrom = \"models/kennisstad/data/campuses.csv\"\nkey  = \"id\"",
    ),
    page(
        "E0002",
        "file is not UTF-8",
        "All files are text in UTF-8. A spreadsheet program often saves CSV in an older encoding unless asked.",
        "save as: CSV (Windows)",
        "save as: CSV UTF-8",
    ),
    page(
        "E0003",
        "invalid TOML",
        "The file does not follow the rules of TOML. Frequent causes are a missing quote, a table opened twice, and a \
         formula over several lines without three quotes.",
        "label = { nl = \"Huur, en = \"Rent\" }",
        "label = { nl = \"Huur\", en = \"Rent\" }",
    ),
    page(
        "E0004",
        "unknown kind of declaration",
        "A model consists of declarations of known kinds, such as `[parameter.NAME]`, `[variable.NAME]`, \
         `[stock.NAME]` and `[flow.NAME]`.",
        "[cashflow.rent]",
        "[flow.rent]",
    ),
    page(
        "E0005",
        "unknown key",
        "Each kind has its own keys. A key that is not known is refused rather than ignored, because a misspelt key \
         would silently change nothing.",
        "[flow.upkeep]\nkind    = \"cost\"\npaidby  = \"universities\"\nformula = 'upkeep_price * space'",
        "[flow.upkeep]\nkind    = \"cost\"\npaid_by = \"universities\"\nformula = 'upkeep_price * space'",
    ),
    page(
        "E0006",
        "required key is missing",
        "Some keys must be given for every declaration of a kind, directly or in `[defaults.KIND]` of the same file.",
        "[variable.occupancy]\nformula = 'occupied / space'",
        "[variable.occupancy]\nunit    = \"1\"\nformula = 'occupied / space'",
    ),
    page(
        "E0007",
        "wrong type of value",
        "A key expects text, a number, yes or no, a list or a table. Numbers with a unit are text, as in \
         `\"40 MEUR/year\"`.",
        "[study]\ndraws = \"many\"",
        "[study]\ndraws = 10_000",
    ),
    page(
        "E0008",
        "path outside the project",
        "A project reads only files below its root, so that it can be copied, hashed and replayed elsewhere.",
        "[deflator.cpi]\nfrom = \"/home/me/cpi.csv\"",
        "[deflator.cpi]\nfrom = \"models/kennisstad/data/cpi.csv\"",
    ),
    page(
        "E0009",
        "no project found",
        "The root of a project is the folder with `mkba.toml`. It was looked for in the given folder and all folders \
         above it.",
        "mkba run ~/Downloads/study.toml",
        "cd ~/knowledge-city   # holds mkba.toml\nmkba run scenarios/study.toml",
    ),
    page(
        "E0010",
        "name declared twice",
        "A model has one namespace for everything that a formula can name, over all its files. Two declarations with \
         one name would make the meaning depend on the order of files.",
        "[parameter.rent]\nvalue = \"200 EUR/m2/year\"\n[variable.rent]\nformula = 'base_rent * 2'",
        "[parameter.base_rent]\nvalue = \"200 EUR/m2/year\"\n[variable.rent]\nformula = 'base_rent * 2'",
    ),
    page(
        "E0011",
        "invalid name",
        "A name consists of lowercase letters, digits and `_`, begins with a letter, and is no keyword. A unit may \
         have capitals too.",
        "[parameter.Rent-2025]",
        "[parameter.rent_2025]",
    ),
    page(
        "E0012",
        "CSV file without rows",
        "An index set needs at least one element and a deflator at least one year, below a line of headers.",
        "id,planned_space",
        "id,planned_space\ndelft,120000",
    ),
    page(
        "E0013",
        "ragged row or a cell that is not a number",
        "Every row has as many cells as the header, and every cell of a column with a unit is a number with a decimal \
         point and without thousands separators.",
        "id,planned_space\ndelft,\"120.000,5\"",
        "id,planned_space\ndelft,120000.5",
    ),
    page(
        "E0014",
        "column is missing",
        "A column named by `key`, `within` or `columns` does not stand in the header of the file.",
        "[index.campus]\nfrom    = \"data/campuses.csv\"   # header: id,name,space\nkey     = \"id\"\ncolumns = { planned_space = \"m2\" }",
        "[index.campus]\nfrom    = \"data/campuses.csv\"   # header: id,name,space\nkey     = \"id\"\ncolumns = { space = \"m2\" }",
    ),
    page(
        "E0015",
        "element key occurs twice",
        "The column named by `key` identifies the elements, so each key stands in one row.",
        "id,space\ndelft,120000\ndelft,90000",
        "id,space\ndelft_north,120000\ndelft_south,90000",
    ),
    page(
        "E0020",
        "number without source or assumption",
        "Every number of a model can be traced. Each parameter, series, driver and deflator names its `source`, or \
         says in `assumption` why the number is assumed. `[defaults.parameter]` may say it once for a file.",
        "[parameter.research_lag]\nvalue = \"6 year\"",
        "[parameter.research_lag]\nvalue  = \"6 year\"\nsource = \"frontier-2024\"",
    ),
    page(
        "E0021",
        "uncertain parameter over an index set requires `draws`",
        "With `draws = \"shared\"` all elements get the same draw, with `draws = \"each\"` their own. This changes the \
         spread of a sum over n elements by the square root of n, so the model must say it.",
        "[parameter.rent]\nover  = [\"campus\"]\nvalue = \"normal(200, sd = 20) EUR/m2/year\"",
        "[parameter.rent]\nover  = [\"campus\"]\nvalue = \"normal(200, sd = 20) EUR/m2/year\"\ndraws = \"each\"",
    ),
    page(
        "E0022",
        "impossible parameter of a distribution",
        "Spreads and shapes are positive, bounds are in order, probabilities lie between 0 and 1 and those of \
         `discrete` sum to one.",
        "value = \"triangular(6, 2, 12) year\"",
        "value = \"triangular(2, 6, 12) year\"",
    ),
    page(
        "E0023",
        "unknown distribution",
        "The distributions are uniform, triangular, pert, normal, lognormal, beta, gamma, student, weibull, discrete, \
         empirical and metalog. `column(name)` takes the values of an index file.",
        "value = \"gaussian(8000, sd = 800) student\"",
        "value = \"normal(8000, sd = 800) student\"",
    ),
    page(
        "E0024",
        "value outside its bounds",
        "`min` and `max` of a parameter say which values are plausible. The value, or the range of its distribution, \
         goes beyond them: either is wrong.",
        "[parameter.stay_rate]\nvalue = \"140 %\"\nmax   = \"100 %\"",
        "[parameter.stay_rate]\nvalue = \"40 %\"\nmax   = \"100 %\"",
    ),
];
