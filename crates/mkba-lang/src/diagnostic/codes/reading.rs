//! E00: files, keys and stated numbers.
use super::{CodePage, page};

pub(super) const PAGES: &[CodePage] = &[
    page(
        "E0001",
        "file cannot be read",
        "The file does not exist, is a folder, or may not be read. Paths are written from the project root, the \
         folder with `mkba.toml`; those of data files also from the folder of the model.",
        "[index.place]\nfrom = \"data/campusses.csv\"\nkey  = \"id\"",
        "[index.place]\nfrom = \"data/campuses.csv\"\nkey  = \"id\"",
    ),
    page(
        "E0002",
        "file is not UTF-8",
        "All files are text in UTF-8. A spreadsheet program often saves CSV in an older encoding unless asked.",
        "$ iconv -t WINDOWS-1252 campuses.csv > model/data/campuses.csv      # in a spreadsheet: save as \"CSV (Windows)\"",
        "$ cp campuses.csv model/data/campuses.csv                              # in a spreadsheet: save as \"CSV UTF-8\"",
    ),
    page(
        "E0003",
        "invalid TOML",
        "The file does not follow the rules of TOML. Frequent causes are a missing quote, a table opened twice, and a \
         formula over several lines without three quotes.",
        "[party.tenants]\nlabel = { nl = \"Huurders, en = \"Tenants\" }",
        "[party.tenants]\nlabel = { nl = \"Huurders\", en = \"Tenants\" }",
    ),
    page(
        "E0004",
        "no project found",
        "The root of a project is the folder with `mkba.toml`. It was looked for in the given folder and all folders \
         above it.",
        "$ mkba run ~/Downloads/study.toml",
        "$ cd ~/knowledge-city                 # holds mkba.toml\n$ mkba run scenarios/study.toml",
    ),
    page(
        "E0005",
        "folder is not a model",
        "A model is a folder with `model.toml`; every other TOML file below it belongs to the model too.",
        "# file: study.toml\n[study]\nmodel = \"model/data\"",
        "# file: study.toml\n[study]\nmodel = \"model\"",
    ),
    page(
        "E0008",
        "path outside the project",
        "A project reads only files below its root, so that it can be copied, hashed and replayed elsewhere.",
        "[deflator.cpi]\nfrom       = \"/home/me/prices.csv\"\nassumption = \"placeholder\"",
        "[deflator.cpi]\nfrom       = \"data/prices.csv\"\nassumption = \"placeholder\"",
    ),
    page(
        "E0010",
        "name declared twice",
        "A model has one namespace for everything that a formula can name, over all its files. Two declarations with \
         one name would make the meaning depend on the order of files.",
        "[parameter.wage]\nvalue = \"60 kEUR/job/year\"\n\n[variable.wage]\nunit    = \"EUR/job/year\"\nformula = 'wage * grown(1 %/year)'",
        "[parameter.wage_now]\nvalue = \"60 kEUR/job/year\"\n\n[variable.wage]\nunit    = \"EUR/job/year\"\nformula = 'wage_now * grown(1 %/year)'",
    ),
    page(
        "E0011",
        "unknown key",
        "Each kind has its own keys. A key that is not known is refused rather than ignored, because a misspelt key \
         would silently change nothing.",
        "[flow.upkeep]\nkind    = \"cost\"\nformula = 'upkeep_price * floor_space'\npaidby  = \"universities\"",
        "[flow.upkeep]\nkind    = \"cost\"\nformula = 'upkeep_price * floor_space'\npaid_by = \"universities\"",
    ),
    page(
        "E0012",
        "required key is missing",
        "Some keys must be given for every declaration of a kind, directly or in `[defaults.KIND]` of the same file, \
         and some keys require another one.",
        "[variable.vacancy]\nformula = '1 - occupied / space'",
        "[variable.vacancy]\nunit    = \"1\"\nformula = '1 - occupied / space'",
    ),
    page(
        "E0013",
        "wrong type of value",
        "A key expects text, a number, yes or no, a list or a table. Numbers with a unit are text, as in \
         `\"40 MEUR/year\"`.",
        "# file: study.toml\n[study]\ndraws = \"many\"",
        "# file: study.toml\n[study]\ndraws = 10_000",
    ),
    page(
        "E0014",
        "unknown kind of declaration",
        "A model consists of declarations of known kinds, such as `[parameter.NAME]`, `[variable.NAME]`, \
         `[stock.NAME]` and `[flow.NAME]`; a study and a scenario have kinds of their own.",
        "[cashflow.rent_paid]\nkind    = \"transfer\"\nformula = 'floor_space * rent_per_space'\nfrom    = \"companies\"\nto      = \"universities\"",
        "[flow.rent_paid]\nkind    = \"transfer\"\nformula = 'floor_space * rent_per_space'\nfrom    = \"companies\"\nto      = \"universities\"",
    ),
    page(
        "E0015",
        "value is not one of those allowed",
        "Some keys take one of a few words, or a number within a range. The message names them.",
        "[lever.building_speed]\ndefault = '1'\ncombine = \"add\"",
        "[lever.building_speed]\ndefault = '1'\ncombine = \"sum\"",
    ),
    page(
        "E0016",
        "unknown version of the language",
        "`language` says for which version of the model language a model or project is written. This program reads \
         version 1; a higher one needs a newer program.",
        "# file: model/model.toml\n[model]\nlanguage = 3",
        "# file: model/model.toml\n[model]\nlanguage = 1",
    ),
    page(
        "E0020",
        "number without source or assumption",
        "Every number of a model can be traced. Each parameter, series, driver and deflator names its `source`, or \
         says in `assumption` why the number is assumed. `[defaults.parameter]` may say it once for a file.",
        "[parameter.delay]\nvalue = \"6 year\"\nassumption = \"\"",
        "[parameter.delay]\nvalue  = \"6 year\"\nsource = \"Frontier Economics 2024\"",
    ),
    page(
        "E0021",
        "uncertain parameter over an index set requires `draws`",
        "With `draws = \"shared\"` all elements get the same draw, with `draws = \"each\"` their own. This changes the \
         spread of a sum over n elements by the square root of n, so the model must say it.",
        "[parameter.rent_asked]\nover  = [\"campus\"]\nvalue = \"normal(200, sd = 20) EUR/m2/year\"",
        "[parameter.rent_asked]\nover  = [\"campus\"]\nvalue = \"normal(200, sd = 20) EUR/m2/year\"\ndraws = \"each\"",
    ),
    page(
        "E0022",
        "impossible or implausible number",
        "Spreads and shapes of distributions are positive, bounds are in order, probabilities lie between 0 and 1 and \
         those of `discrete` sum to one. A value lies between the `min` and `max` that its parameter states as \
         plausible.",
        "value = \"triangular(6, 2, 12) year\"",
        "value = \"triangular(2, 6, 12) year\"",
    ),
    page(
        "E0023",
        "unknown distribution, or wrong numbers in it",
        "The distributions are uniform, triangular, pert, normal, lognormal, beta, gamma, student, weibull, discrete, \
         empirical and metalog, each with numbers of its own, named where their order is not obvious. `column(name)` \
         takes the values of an index file and requires `over`.",
        "value = \"gaussian(8000, 800) student\"",
        "value = \"normal(8000, sd = 800) student\"",
    ),
    page(
        "E0024",
        "impossible series of points",
        "A series has points, each a whole year with a number, all in one unit, in the file or in a CSV but not in \
         both. Constant growth requires numbers above 0, and growth after the last point requires two points. Numbers \
         of a price index are above 0.",
        "[series.co2_price]\nunit    = \"EUR/t\"\npoints  = { 2030 = 0, 2050 = 40 }\nbetween = \"growth\"",
        "[series.co2_price]\nunit    = \"EUR/t\"\npoints  = { 2030 = 20, 2050 = 40 }\nbetween = \"growth\"",
    ),
    page(
        "E0025",
        "column has another unit",
        "The unit of an index column is declared once, in `columns` of the index set. A value that takes the column \
         may leave the unit out or repeat it.",
        "[parameter.plan]\nover  = [\"campus\"]\nvalue = \"column(planned_space) job\"",
        "[parameter.plan]\nover  = [\"campus\"]\nvalue = \"column(planned_space)\"",
    ),
    page(
        "E0026",
        "index set lies within itself",
        "`within` leads from finer to coarser index sets, so it cannot lead back.",
        "# file: model/model.toml\n[index.campus]\nwithin = { province = \"province\" }\n\n[index.province]\nwithin = { campus = \"capital\" }",
        "# file: model/model.toml\n[index.campus]\nwithin = { province = \"province\" }\n\n[index.province]\nwithin = {}",
    ),
    page(
        "E0027",
        "impossible dependence",
        "A dependence has two to 64 uncertain parameters, each in one dependence only, all with one draw or all with a \
         draw for each element of the same index sets. Rank correlations lie between -1 and 1 and are the same for a \
         pair in either order. Numbers that contradict each other a little are moved to the nearest possible ones, with a \
         warning (W0108); those that would move by more than 0.1 are refused.",
        "[dependence.prices]\nassumption = \"teaching values\"\nmembers    = [\"price_of_steel\", \"price_of_glass\"]\npairs      = [[\"price_of_steel\", \"price_of_glass\", -1.4]]",
        "[dependence.prices]\nassumption = \"teaching values\"\nmembers    = [\"price_of_steel\", \"price_of_glass\"]\npairs      = [[\"price_of_steel\", \"price_of_glass\", -0.4]]",
    ),
    page(
        "E0031",
        "CSV file is empty",
        "An index set needs at least one element, a series and a deflator at least one year, below a line of headers.",
        "# file: model/data/campuses.csv\nid,province,planned_space",
        "# file: model/data/campuses.csv\nid,province,planned_space\ndelft,holland,120000",
    ),
    page(
        "E0032",
        "row of a CSV file is ragged",
        "Every row has as many cells as the header. A cell that holds a comma stands between double quotes.",
        "# file: model/data/campuses.csv\nid,name,province,planned_space\ndelft,Delft, South,holland,120000",
        "# file: model/data/campuses.csv\nid,name,province,planned_space\ndelft,\"Delft, South\",holland,120000",
    ),
    page(
        "E0033",
        "key of a CSV file is empty or occurs twice",
        "The column named by `key` identifies the elements and `year` the points in time, so each key stands in one \
         row and no header twice.",
        "# file: model/data/campuses.csv\nid,province,planned_space\ndelft,holland,120000\ndelft,holland,90000",
        "# file: model/data/campuses.csv\nid,province,planned_space\ndelft,holland,120000\ndelft_south,holland,90000",
    ),
    page(
        "E0034",
        "cell of a CSV file is not a number",
        "Cells of a column with a unit are numbers with a decimal point and without thousands separators; `year` holds \
         whole years.",
        "# file: model/data/campuses.csv\nid,province,planned_space\ndelft,holland,\"120.000,5\"",
        "# file: model/data/campuses.csv\nid,province,planned_space\ndelft,holland,120000.5",
    ),
    page(
        "E0035",
        "column is missing",
        "A column named by `key`, `within`, `columns` or a value does not stand in the header of the file.",
        "# file: model/model.toml\n[index.campus]                        # its file has the columns id, province and planned_space\ncolumns = { planned_spaces = \"m2\" }",
        "# file: model/model.toml\n[index.campus]                        # its file has the columns id, province and planned_space\ncolumns = { planned_space = \"m2\" }",
    ),
];
