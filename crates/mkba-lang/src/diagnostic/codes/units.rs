//! E03: units, index sets and price levels.
use super::{CodePage, page};

pub(super) const PAGES: &[CodePage] = &[
    page(
        "E0300",
        "units differ",
        "What is added, subtracted, compared or chosen between must have one unit, apart from prefixes. A bare 0 fits \
         every unit.",
        "formula = 'max(0 year, 5 EUR)'",
        "formula = 'max(0 EUR, 5 EUR)'",
    ),
    page(
        "E0301",
        "a flow requires money per year",
        "A stock is an amount (EUR), a flow an amount per time (EUR/year). A return, a depreciation or an interest \
         rate turns a stock into a flow and is a share per year: 20 %/year, not 20 %.",
        "[parameter.social_return]\nvalue = \"20 %\"\n\n[flow.research_spillover]\nkind       = \"benefit\"\nformula    = 'social_return * opening(buildings)'\naccrues_to = \"residents\"",
        "[parameter.social_return]\nvalue = \"20 %/year\"\n\n[flow.research_spillover]\nkind       = \"benefit\"\nformula    = 'social_return * opening(buildings)'\naccrues_to = \"residents\"",
    ),
    page(
        "E0302",
        "what a stock gains or loses is an amount per year",
        "A stock of X has unit X; its `adds` and `loses` have unit X/year and are multiplied by one year.",
        "[stock.built]\nunit    = \"m2\"\ninitial = '0 m2'\nadds    = '1000 m2'",
        "[stock.built]\nunit    = \"m2\"\ninitial = '0 m2'\nadds    = '1000 m2/year'",
    ),
    page(
        "E0303",
        "a function requires another unit",
        "`exp` and `ln` have a meaning only for numbers without unit: divide by a quantity of the same unit first. \
         `lagged` takes a duration as its lag, `grown` a rate per year, `ramp` and `fade` a year or duration and a \
         duration, `lookup` a calendar year.",
        "formula = 'exp(-operating_time)'",
        "formula = 'exp(-operating_time / ramp_up_time)'",
    ),
    page(
        "E0304",
        "impossible exponent",
        "A quantity with a unit can be raised only to a constant whole power, and a square root requires a unit whose \
         powers are even. A number without unit can be raised to any exponent without unit.",
        "formula = '(3 m)^0.5'",
        "formula = '(3 m / 1 m)^0.5'",
    ),
    page(
        "E0305",
        "the declared unit differs from that of the formula",
        "The unit of a variable, lever or limit is stated and checked against what its formula gives; that of a driver \
         against its values in each scenario.",
        "[variable.occupancy]\nunit    = \"m2\"\nformula = 'occupied / space'",
        "[variable.occupancy]\nunit    = \"1\"\nformula = 'occupied / space'",
    ),
    page(
        "E0306",
        "a condition or an amount is required",
        "What stands after `if`, `where` and `only_if` and around `and`, `or`, `not` is a condition, such as \
         `density > 2`. Everywhere else an amount is required: neither a condition nor a calendar year.",
        "formula = 'if density then rent else 0'",
        "formula = 'if density > 2 then rent else 0'",
    ),
    page(
        "E0310",
        "the index set differs from `over`",
        "A formula varies over every index set of its parts. If `over` is given it must be just those. The message \
         names the part that brings the other index set: sum over it, pick an element, or add it to `over`.",
        "[variable.total_plan]\nover    = []\nunit    = \"m2\"\nformula = 'planned_space'            # over campus",
        "[variable.total_plan]\nover    = []\nunit    = \"m2\"\nformula = 'sum(planned_space over campus)'",
    ),
    page(
        "E0311",
        "aggregation over an index set that the formula lacks",
        "Summing over an index set requires something that varies over it; otherwise the result would be the same \
         number counted many times.",
        "formula = 'sum(interest_rate over campus)'",
        "formula = 'sum(rent over campus)'",
    ),
    page(
        "E0312",
        "capacity over a finer index set than what is wanted",
        "A gate and `ration` share what is available among what is wanted, so each amount that is wanted belongs to \
         one amount that is available: campuses share the capacity of their province or of the country.",
        "[gate.permits]\nwanted   = 'sum(planned_space over campus) / 10 year'\ncapacity = 'permit_room'             # over province\nunserved = \"waits\"",
        "[gate.permits]\nwanted   = 'planned_space / 10 year'\ncapacity = 'permit_room'             # over province\nunserved = \"waits\"",
    ),
    page(
        "E0320",
        "price level without a deflator",
        "EUR of another year than the model's `price_year` must be brought to that year by a named price index, and \
         which index fits is a choice: building costs and consumer prices rise differently.",
        "[parameter.building_cost]\nvalue  = \"3000 EUR@2021/m2\"\nsource = \"cost-survey-2021\"",
        "[parameter.building_cost]\nvalue    = \"3000 EUR@2021/m2\"\nsource   = \"cost-survey-2021\"\ndeflator = \"construction\"",
    ),
    page(
        "E0321",
        "a deflator lacks a year",
        "The price index must hold both the year of the price level and the price year of the model. Nothing is \
         extrapolated.",
        "# file: model/data/construction.csv\nyear,index\n2021,112.3\n2024,130.1\n\n# file: model/example.toml\n[parameter.building_cost]\nvalue    = \"3000 EUR@2021/m2\"\ndeflator = \"construction\"",
        "# file: model/data/construction.csv\nyear,index\n2021,112.3\n2024,130.1\n2025,132.9\n\n# file: model/example.toml\n[parameter.building_cost]\nvalue    = \"3000 EUR@2021/m2\"\ndeflator = \"construction\"",
    ),
];
