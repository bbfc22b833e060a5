//! What the reference says of functions, distributions and units, which the program knows by name only. The examples are checked: they
//! stand in the tour of the language.

/// A function: name, example in the tour, unit of the example, meaning.
pub struct Function(pub &'static str, pub &'static str, pub &'static str, pub &'static str);

/// All functions of formulas.
pub const FUNCTIONS: &[Function] = &[
    Function("abs", "abs(rent_index - 1)", "1", "Size without sign."),
    Function(
        "clamp",
        "clamp(rent_index, 0.5, 2)",
        "1",
        "`x`, but at least `low` and at most `high`.",
    ),
    Function(
        "count",
        "count(space > 1000 m2 over campus)",
        "1",
        "Number of elements for which a condition holds.",
    ),
    Function(
        "cumulative",
        "cumulative(grid_room)",
        "MW",
        "Sum over the years so far, this year included, times one year.",
    ),
    Function(
        "exp",
        "exp(-elapsed / (10 year))",
        "1",
        "Exponential of a number without unit.",
    ),
    Function(
        "fade",
        "fade(from = 2030, over = 10 year)",
        "1",
        "Falls in a straight line from 1 to 0. `from` is a calendar year or a time since the base year.",
    ),
    Function(
        "greatest",
        "greatest(space over campus)",
        "m2",
        "Greatest of the elements.",
    ),
    Function(
        "grown",
        "grown(rent_growth)",
        "1",
        "`(1 + rate) ^ elapsed`, compounded year by year when the rate changes.",
    ),
    Function(
        "lagged",
        "lagged(grid_room, by = 2 year, before = 0 MW/year)",
        "MW/year",
        "The value of so long ago; `before` holds before the first year. A lag between whole years is interpolated.",
    ),
    Function(
        "least_of",
        "least_of(space over campus)",
        "m2",
        "Least of the elements.",
    ),
    Function(
        "ln",
        "ln(rent_index)",
        "1",
        "Natural logarithm of a number without unit.",
    ),
    Function(
        "lookup",
        "lookup(electricity_price, 2035)",
        "EUR/MWh",
        "The value of a series in another year.",
    ),
    Function(
        "max",
        "max(0 m2, opening(space) - 1000 m2)",
        "m2",
        "Greatest of two or more values.",
    ),
    Function("mean", "mean(occupied_share over campus)", "1", "Mean of the elements."),
    Function("min", "min(space, planned)", "m2", "Least of two or more values."),
    Function(
        "opening",
        "opening(space)",
        "m2",
        "Level of a stock at the start of the year.",
    ),
    Function(
        "previous",
        "previous(rent_index, first = 1)",
        "1",
        "The value of the year before; `first` holds in the first year. A stock needs no `first`.",
    ),
    Function(
        "ramp",
        "ramp(from = 2028, over = 4 year)",
        "1",
        "Rises in a straight line from 0 to 1; the first year of `from` counts. `from` is a calendar year or a time since the base year.",
    ),
    Function(
        "ratio",
        "ratio(space, planned, if_none = 0)",
        "1",
        "`a / b`, and `if_none` where `b` is zero.",
    ),
    Function(
        "ration",
        "ration(planned / (1 year), 30_000 m2/year)",
        "m2/year",
        "What each gets of what is available, in proportion to what is wanted.",
    ),
    Function(
        "round_down",
        "round_down(rent_index, 0.1)",
        "1",
        "The next multiple of `step` below; of 1 without a step.",
    ),
    Function(
        "round_up",
        "round_up(space, 500 m2)",
        "m2",
        "The next multiple of `step` above; of 1 without a step.",
    ),
    Function(
        "sqrt",
        "sqrt(rent_index)",
        "1",
        "Square root; the powers of units must be even.",
    ),
    Function(
        "sum",
        "sum(space over campus where planned > 20_000 m2)",
        "m2",
        "Sum of the elements, of those for which a condition holds if there is one. Over a coarser index set it sums within each of its elements.",
    ),
];

/// What formulas know without declaration: name, example in the tour, unit, meaning.
pub const BUILT_IN: &[Function] = &[
    Function("elapsed", "elapsed / (1 year)", "1", "Time since the base year."),
    Function(
        "since_opening",
        "max(0 year, since_opening) / (1 year)",
        "1",
        "Time since the opening year, negative before it.",
    ),
    Function(
        "now",
        "if now < 2030 then 0 else 1",
        "1",
        "The calendar year. It can be compared with a year, or a year subtracted from it, which gives a time.",
    ),
];

/// A distribution: name, example, meaning.
pub struct Distribution(pub &'static str, pub &'static str, pub &'static str);

/// All distributions of values.
pub const DISTRIBUTIONS: &[Distribution] = &[
    Distribution(
        "uniform",
        "uniform(10, 40) %",
        "Every value between `low` and `high` alike.",
    ),
    Distribution(
        "triangular",
        "triangular(2, 6, 12) year",
        "`low`, `mode`, `high`; straight lines between them.",
    ),
    Distribution(
        "pert",
        "pert(2600, 3400, 4800) EUR/m2",
        "`low`, `mode`, `high`; a smooth beta distribution with more weight near the mode.",
    ),
    Distribution(
        "normal",
        "normal(20, sd = 4) EUR/t",
        "By mean and `sd`, or by `p05` and `p95`, or `p10` and `p90`.",
    ),
    Distribution(
        "lognormal",
        "lognormal(p05 = 10, p95 = 40) EUR/t",
        "Values above zero, by `median` and `sigma` of the logarithm, by `mean` and `sd`, by `p05` and `p95`, or by `p10` and `p90`; \
         with `p50` between two others it is shifted, and mirrored where the longer tail is on the left.",
    ),
    Distribution(
        "beta",
        "beta(17, 3)",
        "A share, with shapes `a` and `b`; the mean is a / (a + b).",
    ),
    Distribution(
        "gamma",
        "gamma(shape = 4, scale = 5) EUR/t",
        "Values above zero; the mean is shape × scale.",
    ),
    Distribution(
        "student",
        "student(df = 5, centre = 20, scale = 4) EUR/t",
        "As a normal one with heavier tails.",
    ),
    Distribution(
        "weibull",
        "weibull(shape = 2, scale = 8) year",
        "Values above zero, for lifetimes.",
    ),
    Distribution(
        "exponential",
        "exponential(8) year",
        "Times until something that can happen at any moment, by their mean.",
    ),
    Distribution(
        "logistic",
        "logistic(centre = 20, scale = 4) EUR/t",
        "As a normal one with somewhat heavier tails.",
    ),
    Distribution(
        "gumbel",
        "gumbel(mode = 20, scale = 4) EUR/t",
        "The greatest of many values: a long tail to the right.",
    ),
    Distribution(
        "discrete",
        "discrete(0: 30 %, 5: 70 %) MEUR",
        "Some values with their probabilities, which sum to one.",
    ),
    Distribution(
        "metalog",
        "metalog(10 %: 2, 50 %: 5, 90 %: 12) year",
        "Values at some cumulative probabilities, 2 to 10 of them (Keelin 2016).",
    ),
    Distribution(
        "empirical",
        "empirical(\"data/grid-room.csv\", value) MW",
        "The values of a column of a file, each alike.",
    ),
    Distribution(
        "mixture",
        "mixture(0.3: normal(20, sd = 4), 0.7: uniform(30, 60)) EUR/t",
        "One of several distributions, with these probabilities, which sum to one.",
    ),
    Distribution(
        "pool",
        "pool(uniform(10, 40), pert(15, 20, 60)) EUR/t",
        "What several experts say, each with the same weight (linear opinion pool, Stone 1961).",
    ),
    Distribution(
        "zero_inflated",
        "zero_inflated(25 %, uniform(10, 40)) EUR/t",
        "Nothing with this probability, else a value of the distribution.",
    ),
];

/// Built-in units: name, meaning.
pub const UNITS: &[(&str, &str)] = &[
    ("1", "No unit."),
    ("%", "0.01."),
    (
        "EUR",
        "Money of the price year. `EUR@2021` in a value is money of 2021, brought to the price year by a `deflator`.",
    ),
    ("EUR_nominal", "Money of the day: a kind of its own."),
    ("year", "365.25 days."),
    ("month", "A twelfth of a year."),
    ("day", "24 hours."),
    ("hour", ""),
    (
        "m",
        "Metre. Floor space is best declared as a unit of its own: `[unit]` with `m2 = {}`.",
    ),
    ("g", "Gram; the base unit of mass is the kilogram."),
    ("t", "Tonne."),
    ("Wh", "Watt-hour, the base unit of energy."),
    ("J", "Joule."),
    ("W", "Watt: Wh per hour."),
];
