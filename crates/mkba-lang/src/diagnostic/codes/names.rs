//! E02: names and what they refer to.
use super::{CodePage, page};

pub(super) const PAGES: &[CodePage] = &[
    page(
        "E0201",
        "unknown name",
        "A formula names parameters, variables, stocks, gates, limits, levers, drivers, series and index columns of \
         the model, and the built-in `elapsed`, `since_opening` and `now`. The order of declarations does not matter.",
        "formula = 'flor_space * rent'",
        "formula = 'floor_space * rent'",
    ),
    page(
        "E0202",
        "unknown index set",
        "`over`, `within`, `region` and the word after `over` in a formula name an index set declared with \
         `[index.NAME]`.",
        "formula = 'sum(rent over campuses)'",
        "formula = 'sum(rent over campus)'",
    ),
    page(
        "E0203",
        "unknown element",
        "The key between brackets, or in `at`, stands in no row of the index file.",
        "formula = 'rent[delt]'",
        "formula = 'rent[delft]'",
    ),
    page(
        "E0204",
        "unknown member",
        "A point selects a part of a gate: `asked`, `granted`, `waiting`, `unserved` or `binding`. A gate is a value \
         only by its members, and nothing else has members.",
        "formula = 'grid.given'",
        "formula = 'grid.granted'",
    ),
    page(
        "E0205",
        "unknown party",
        "A flow is posted to parties declared with `[party.NAME]`.",
        "[flow.grant]\nkind    = \"cost\"\nformula = '5 MEUR/year'\npaid_by = \"ministry\"",
        "[flow.grant]\nkind    = \"cost\"\nformula = '5 MEUR/year'\npaid_by = \"treasury\"",
    ),
    page(
        "E0206",
        "unknown lever",
        "A measure or an alternative sets levers declared with `[lever.NAME]`; a parameter or variable cannot be set.",
        "[measure.buildings]\nlabel = \"Buildings\"\nset   = { space = '1000 m2/year' }",
        "[measure.buildings]\nlabel = \"Buildings\"\nset   = { space_programme = '1000 m2/year' }",
    ),
    page(
        "E0207",
        "unknown measure",
        "An alternative lists measures declared with `[measure.NAME]`.",
        "[measure.grid_first]\nlabel = \"Grid first\"\nset   = { grid_reinforcement = '15 MW/year' }\n\n# file: study.toml\n[alternative.full]\nmeasures = [\"gird_first\"]",
        "[measure.grid_first]\nlabel = \"Grid first\"\nset   = { grid_reinforcement = '15 MW/year' }\n\n# file: study.toml\n[alternative.full]\nmeasures = [\"grid_first\"]",
    ),
    page(
        "E0208",
        "unknown function",
        "The functions are min, max, clamp, abs, sqrt, exp, ln, round_up, round_down, ratio; sum, mean, greatest, \
         least_of and count over an index set; opening, previous, lagged, cumulative; grown, ramp, fade, lookup \
         and ration.",
        "formula = 'maximum(0 year, elapsed - building_time)'",
        "formula = 'max(0 year, elapsed - building_time)'",
    ),
    page(
        "E0209",
        "wrong arguments of a function",
        "A function is called with too many, too few or wrongly named arguments, or with something else than it \
         takes, such as `opening` with what is no stock. The message says how it is used.",
        "formula = 'ratio(occupied, space)'",
        "formula = 'ratio(occupied, space, if_none = 0)'",
    ),
    page(
        "E0210",
        "a value needs its own value of the same year",
        "Within one year values are computed one after another, so none may depend on itself. The path is printed. \
         A stock's name is its level at the end of the year: `opening(x)` is the level at the start, `previous(x)` \
         the value of the year before, and both break the cycle.",
        "[stock.knowledge]\nunit    = \"EUR\"\ninitial = '100 MEUR'\nloses   = 'knowledge * knowledge_depreciation'",
        "[stock.knowledge]\nunit    = \"EUR\"\ninitial = '100 MEUR'\nloses   = 'opening(knowledge) * knowledge_depreciation'",
    ),
    page(
        "E0211",
        "name is taken or cannot be written",
        "A name consists of lowercase letters, digits and `_` and begins with a letter; that of a unit may \
         have capitals too. It may not be another unit with or without prefix, a function, a built-in name or a \
         keyword, because formulas could then be read in two ways.",
        "[parameter.year]\nvalue = \"4\"",
        "[parameter.years_of_works]\nvalue = \"4\"",
    ),
    page(
        "E0212",
        "unknown unit",
        "Built in are EUR, EUR_nominal, year, month, day, hour, m, g, t, Wh, W, J, `%` and 1, with the prefixes k, M, \
         G (bn for money, only k for m and g). All other units are declared with `[unit.NAME]` and take no prefix.",
        "unit = \"EUR/studnet\"",
        "unit = \"EUR/student\"   # with [unit.student]",
    ),
    page(
        "E0213",
        "a unit equals itself",
        "Units with `equals` lead back to units without, or to built-in ones. Here they lead around in a circle.",
        "[unit.dozen]\nequals = \"0.08333 gross\"\n[unit.gross]\nequals = \"12 dozen\"",
        "[unit.dozen]\n[unit.gross]\nequals = \"12 dozen\"",
    ),
    page(
        "E0214",
        "a unit has no usable size",
        "What a unit equals is a positive number of other units, and its size can be represented (1e-307 to 1e308). \
         A model has at most 65 530 units without `equals`.",
        "[unit.campus_unit]\nequals = \"0 m\"",
        "[unit.campus_unit]\nequals = \"100 m\"",
    ),
    page(
        "E0220",
        "two measures of one alternative exclude each other",
        "The lever has `combine = \"exclusive\"`: at most one active measure may set it at a time. Choose one, let them \
         follow each other with `start` and `until`, or choose another way to combine.",
        "[lever.campus_size]\ndefault = '0'\ncombine = \"exclusive\"\n\n[measure.small_campus]\nlabel = \"Small campus\"\nset   = { campus_size = '0.5' }\n\n[measure.large_campus]\nlabel = \"Large campus\"\nset   = { campus_size = '1' }\n\n# file: study.toml\n[alternative.all]\nmeasures = [\"small_campus\", \"large_campus\"]",
        "[lever.campus_size]\ndefault = '0'\ncombine = \"exclusive\"\n\n[measure.small_campus]\nlabel = \"Small campus\"\nset   = { campus_size = '0.5' }\n\n[measure.large_campus]\nlabel = \"Large campus\"\nset   = { campus_size = '1' }\n\n# file: study.toml\n[alternative.small]\nmeasures = [\"small_campus\"]\n\n[alternative.large]\nmeasures = [\"large_campus\"]",
    ),
    page(
        "E0221",
        "a scenario lacks a driver",
        "Every scenario gives every driver of the model, so that scenarios differ only where they mean to.",
        "[driver.wage_growth]\nunit = \"%/year\"\n\n# file: study.toml\n[scenario.single.driver]   # none",
        "[driver.wage_growth]\nunit = \"%/year\"\n\n# file: study.toml\n[scenario.single.driver]\nwage_growth = { value = \"1 %/year\", source = \"WLO-2015\" }",
    ),
    page(
        "E0222",
        "unknown driver",
        "A scenario gives drivers that the model declares with `[driver.NAME]`.",
        "[driver.wage_growth]\nunit = \"%/year\"\n\n# file: study.toml\n[scenario.single.driver]\nwages = { value = \"1 %/year\", source = \"WLO-2015\" }",
        "[driver.wage_growth]\nunit = \"%/year\"\n\n# file: study.toml\n[scenario.single.driver]\nwage_growth = { value = \"1 %/year\", source = \"WLO-2015\" }",
    ),
    page(
        "E0223",
        "unknown baseline",
        "The baseline is one of the study's alternatives. A baseline without measures may be only named, by a name \
         that cannot be a slip of the pen for another alternative.",
        "# file: study.toml\n[study]\nbaseline = \"noting\"",
        "# file: study.toml\n[study]\nbaseline = \"nothing\"",
    ),
    page(
        "E0224",
        "unknown deflator",
        "A price level is converted by a price index declared with `[deflator.NAME]`.",
        "[parameter.building_cost]\nvalue    = \"3000 EUR@2021/m2\"\ndeflator = \"construction_costs\"",
        "[parameter.building_cost]\nvalue    = \"3000 EUR@2021/m2\"\ndeflator = \"construction\"",
    ),
    page(
        "E0225",
        "uncertain driver in a scenario",
        "A scenario is one picture of the future: each driver has a number or a path in it. What is uncertain within \
         a scenario is a parameter of the model, by which the driver is multiplied.",
        "[driver.wage_growth]\nunit = \"%/year\"\n\n# file: study.toml\n[scenario.single.driver]\nwage_growth = { value = \"normal(0.8, sd = 0.2) %/year\", source = \"WLO-2015\" }",
        "[driver.wage_growth]\nunit = \"%/year\"\n\n# file: study.toml\n[scenario.single.driver]\nwage_growth = { value = \"0.8 %/year\", source = \"WLO-2015\" }",
    ),
    page(
        "E0226",
        "a value before the first year changes over the years",
        "The `initial` level of a stock, and the values before the first year in `previous` and `lagged`, are one \
         number for each element and draw. Nothing that changes from year to year can stand in them.",
        "[stock.knowledge]\nunit    = \"EUR\"\ninitial = 'research_budget * elapsed'\nadds    = 'research_budget'",
        "[stock.knowledge]\nunit    = \"EUR\"\ninitial = 'research_budget * 1 year'\nadds    = 'research_budget'",
    ),
    page(
        "E0227",
        "impossible lag",
        "A lag is a duration that is not negative, has a greatest value and is the same in all years: so many years \
         back are remembered.",
        "[parameter.research_lag]\nvalue = \"lognormal(median = 6, sigma = 0.4) year\"\n\n[variable.research_at_work]\nunit    = \"EUR/year\"\nformula = 'lagged(research_budget, research_lag, before = 0)'",
        "[parameter.research_lag]\nvalue = \"lognormal(median = 6, sigma = 0.4, max = 25) year\"\n\n[variable.research_at_work]\nunit    = \"EUR/year\"\nformula = 'lagged(research_budget, research_lag, before = 0)'",
    ),
    page(
        "E0228",
        "growth at rates of years that the model does not compute",
        "`grown` counts from the base year. At a rate that changes over the years the growth before the first year of \
         the model is not known, so such a model starts by the year after its base year.",
        "# file: model/model.toml\n[model]\nbase_year = 2020\nyears     = { first = 2026, last = 2030 }\n\n[series.wage_growth]\nunit       = \"%/year\"\npoints     = { 2020 = 1, 2030 = 2 }\nbetween    = \"linear\"\nassumption = \"placeholder\"\n\n[variable.wage_index]\nunit    = \"1\"\nformula = 'grown(wage_growth)'",
        "# file: model/model.toml\n[model]\nbase_year = 2025\nyears     = { first = 2026, last = 2030 }\n\n[series.wage_growth]\nunit       = \"%/year\"\npoints     = { 2020 = 1, 2030 = 2 }\nbetween    = \"linear\"\nassumption = \"placeholder\"\n\n[variable.wage_index]\nunit    = \"1\"\nformula = 'grown(wage_growth)'",
    ),
    page(
        "E0229",
        "priority is not known before the run",
        "Who is served first is decided once, for all draws, years and scenarios. The formula of `priority` holds \
         columns of index files, parameters that are not uncertain, and numbers.",
        "[gate.permits]\nwanted   = 'planned_space / 10 year'\ncapacity = '5 m2/year'\nunserved = \"waits\"\nsharing  = \"priority\"\npriority = 'planned_space * elapsed'",
        "[gate.permits]\nwanted   = 'planned_space / 10 year'\ncapacity = '5 m2/year'\nunserved = \"waits\"\nsharing  = \"priority\"\npriority = 'planned_space'",
    ),
    page(
        "E0230",
        "impossible horizon",
        "The first year is not after the last, the opening year lies between them, and the last year is given either \
         as `last` or, with `opening_year`, as the number of years `after_opening`.",
        "# file: model/model.toml\n[model]\nyears = { first = 2026, after_opening = 100 }",
        "# file: model/model.toml\n[model]\nopening_year = 2030\nyears        = { first = 2026, after_opening = 100 }",
    ),
    page(
        "E0231",
        "measure ends before it starts",
        "A measure is active from `start` to `until`, both inclusive.",
        "[measure.grid_first]\nlabel = \"Grid first\"\nstart = 2030\nuntil = 2028\nset   = { grid_reinforcement = '15 MW/year' }",
        "[measure.grid_first]\nlabel = \"Grid first\"\nstart = 2028\nuntil = 2030\nset   = { grid_reinforcement = '15 MW/year' }",
    ),
    page(
        "E0232",
        "`since_opening` without an opening year",
        "`since_opening` is the time since the opening year of the model. A model without one counts from its base \
         year, with `elapsed`.",
        "[variable.age]\nunit    = \"year\"\nformula = 'max(0, since_opening)'",
        "[variable.age]\nunit    = \"year\"\nformula = 'max(0, since_opening)'\n\n# file: model/model.toml\n[model]\nopening_year = 2028",
    ),
    page(
        "E0233",
        "factor prices without money",
        "`basis = \"factor\"` says that an amount of money is in factor prices; the rulebook's average indirect tax raises it \
         to market prices. A number whose unit holds no money has no price basis.",
        "[parameter.stay_rate]\nvalue = \"30 %\"\nbasis = \"factor\"",
        "[parameter.stay_rate]\nvalue = \"30 %\"",
    ),
    page(
        "E0234",
        "the unit of a gate or lever follows from itself",
        "A gate states no unit: it has that of what is wanted and of the capacity, which are the same. A gate may name its own \
         members of an earlier year in either of them, but not in both: then its unit is open. A variable states its unit, so put \
         that part in one. A lever has the unit of its default unless it states one.",
        "[gate.laboratories]\nwanted   = 'previous(laboratories.unserved, first = 0)'\n\
         capacity = '2 * previous(laboratories.granted, first = 0)'\nunserved = \"lost\"",
        "[gate.laboratories]\nwanted   = 'previous(laboratories.unserved, first = 0)'\n\
         capacity = '30 m2/year'\nunserved = \"lost\"",
    ),
    page(
        "E0235",
        "unknown member of a dependence",
        "Members of a dependence are parameters of the model, by name.",
        "[dependence.prices]\nmembers = [\"rent\", \"wages\"]   # no [parameter.wages]\nrank    = [[1, 0.5], [0.5, 1]]",
        "[parameter.wages]\nvalue = \"lognormal(p05 = 60, p95 = 90) kEUR/year\"",
    ),
    page(
        "E0236",
        "an interaction that cannot be told",
        "An interaction compares the balance of one alternative, the whole, with the sum of those of two or more others, the parts. All are \
         alternatives of the study that are compared with the baseline, each named once. `gates` lists how gates are read: `as-is`, \
         `soft` (all that is not served is met by the substitute) or `off` (no bounds).",
        "# file: study.toml\n[alternative.half]\nmeasures = [\"half_size\"]\n\n[alternative.full]\nmeasures = [\"full_size\"]\n\n[interaction.sizes]\nwhole = \"full\"\nparts = [\"half\", \"quarter\"]",
        "# file: study.toml\n[alternative.half]\nmeasures = [\"half_size\"]\n\n[alternative.quarter]\nmeasures = [\"half_size\"]\n\n[alternative.full]\nmeasures = [\"full_size\"]\n\n[interaction.sizes]\nwhole = \"full\"\nparts = [\"half\", \"quarter\"]",
    ),
    page(
        "E0240",
        "an axis varies nothing there is",
        "`varies` of an axis of a sweep names what changes from point to point, as a key in the files of the project: \
         `parameter.NAME`, `measure.NAME` (in or out), `measure.NAME.start`, `measure.NAME.until`, `measure.NAME.set.LEVER`, \
         `alternative.NAME.set.LEVER`, `discount.CLASS`, `discount.timing`, `study.rulebook` or `study.gates`.",
        "# file: study.toml\n[axis.rent]\nvaries = \"parameter.rents\"\nvalues = [\"160 EUR/m2/year\", \"240 EUR/m2/year\"]",
        "# file: study.toml\n[axis.rent]\nvaries = \"parameter.rent\"\nvalues = [\"160 EUR/m2/year\", \"240 EUR/m2/year\"]",
    ),
    page(
        "E0241",
        "the values of an axis cannot be gone through",
        "An axis has a list of different values, or a range with a first value, another last value and a number of equal steps \
         between them; both ends are included, so there is one value more than steps. Numbers of one axis are written in one unit, \
         which is that of its column in the results. With `points = \"list\"` all axes have as many values.",
        "# file: study.toml\n[axis.rent]\nvaries = \"parameter.rent\"\nvalues = { from = \"160 EUR/m2/year\", to = \"240 EUR/m2/year\", steps = 0 }",
        "# file: study.toml\n[axis.rent]\nvaries = \"parameter.rent\"\nvalues = { from = \"160 EUR/m2/year\", to = \"240 EUR/m2/year\", steps = 8 }",
    ),
    page(
        "E0242",
        "an axis gives a parameter in another unit",
        "A value of an axis takes the place of the parameter's own, so it has the same unit, in any scale: a share may be given \
         as `60 %` or as `0.6`.",
        "# file: study.toml\n[axis.rent]\nvaries = \"parameter.rent\"\nvalues = [\"160 EUR/m2\", \"240 EUR/m2\"]",
        "# file: study.toml\n[axis.rent]\nvaries = \"parameter.rent\"\nvalues = [\"160 EUR/m2/year\", \"240 EUR/m2/year\"]",
    ),
    page(
        "E0250",
        "unknown flow",
        "An apportionment divides a gain over flows of the model.",
        "[flow.research_spillover]\nkind       = \"benefit\"\nformula    = '5 MEUR/year'\naccrues_to = \"residents\"\nchannel    = [\"research_return\"]\n\n[flow.nearness]\nkind       = \"benefit\"\nformula    = '5 MEUR/year'\naccrues_to = \"residents\"\nchannel    = [\"agglomeration\"]\n\n[apportionment.of_research]\nshares = { research_spillover = '70 %', nearnes = 'remainder' }\nreason = \"part of it is in agglomeration\"",
        "[flow.research_spillover]\nkind       = \"benefit\"\nformula    = '5 MEUR/year'\naccrues_to = \"residents\"\nchannel    = [\"research_return\"]\n\n[flow.nearness]\nkind       = \"benefit\"\nformula    = '5 MEUR/year'\naccrues_to = \"residents\"\nchannel    = [\"agglomeration\"]\n\n[apportionment.of_research]\nshares = { research_spillover = '70 %', nearness = 'remainder' }\nreason = \"part of it is in agglomeration\"",
    ),
    page(
        "E0251",
        "unknown group, or a group within itself",
        "Whose gain a flow is, is said by groups that the model declares with `[group.NAME]`. A group may lie within a larger one, and never within itself.",
        "[flow.use]\nkind       = \"benefit\"\nformula    = '5 MEUR/year'\naccrues_to = \"residents\"\nchannel    = [\"rent_place\"]\ngain       = { who = [\"tenant\"] }\n\n[group.tenants]\nlabel = \"Tenants\"",
        "[flow.use]\nkind       = \"benefit\"\nformula    = '5 MEUR/year'\naccrues_to = \"residents\"\nchannel    = [\"rent_place\"]\ngain       = { who = [\"tenants\"] }\n\n[group.tenants]\nlabel = \"Tenants\"",
    ),
    page(
        "E0252",
        "unknown place",
        "Where a gain is, is said by an index set (all of its elements), by elements of index sets, or by `elsewhere` (in the country, at none of them) or `abroad`.",
        "[flow.use]\nkind       = \"benefit\"\nformula    = '5 MEUR/year'\naccrues_to = \"residents\"\nchannel    = [\"rent_place\"]\ngain       = { where = [\"delf\"] }",
        "[flow.use]\nkind       = \"benefit\"\nformula    = '5 MEUR/year'\naccrues_to = \"residents\"\nchannel    = [\"rent_place\"]\ngain       = { where = [\"delft\"] }",
    ),
    page(
        "E0253",
        "unknown life",
        "`lifetime_of` names the stock, measure or parameter whose life a stream shares.",
        "[flow.use]\nkind       = \"benefit\"\nformula    = '5 MEUR/year'\naccrues_to = \"residents\"\nlifetime_of = \"building\"",
        "[flow.use]\nkind       = \"benefit\"\nformula    = '5 MEUR/year'\naccrues_to = \"residents\"\nlifetime_of = \"buildings\"",
    ),
];
