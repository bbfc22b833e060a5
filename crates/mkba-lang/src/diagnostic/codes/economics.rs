//! E04 and E05: postings, discounting and double counting.
use super::{CodePage, page};

pub(super) const PAGES: &[CodePage] = &[
    page(
        "E0401",
        "shares do not sum to one",
        "The whole amount of a flow is posted. Constant shares sum to one within 1e-9, or exactly one of them is \
         `remainder`.",
        "paid_by = { universities = '60 %', municipalities = '25 %' }",
        "paid_by = { universities = '60 %', municipalities = '25 %', companies = 'remainder' }",
    ),
    page(
        "E0402",
        "postings do not fit the kind of flow",
        "A cost has `paid_by`, a benefit `accrues_to`, a transfer `from` and `to`, and none of them has those of \
         another kind.",
        "[flow.rent_paid]\nkind    = \"transfer\"\nformula = 'floor_space * rent_per_space'\npaid_by = \"companies\"",
        "[flow.rent_paid]\nkind    = \"transfer\"\nformula = 'floor_space * rent_per_space'\nfrom    = \"companies\"\nto      = \"universities\"",
    ),
    page(
        "E0403",
        "a flow with tax content requires a treasury",
        "A tax is paid to somebody. When a flow states its tax content, exactly one party has `role = \"treasury\"`.",
        "[flow.paving]\nkind    = \"cost\"\nformula = '5 MEUR/year'\npaid_by = \"municipalities\"\ntax     = { vat = '21 %' }",
        "[flow.paving]\nkind    = \"cost\"\nformula = '5 MEUR/year'\npaid_by = \"municipalities\"\ntax     = { vat = '21 %' }\n\n# file: model/model.toml\n[party.treasury]\nrole = \"treasury\"",
    ),
    page(
        "E0404",
        "the rulebook has no such discount class",
        "The discount class of a flow chooses its rate under the rulebook: `standard`, `sunk` (mostly fixed costs) or \
         `nonlinear` (strongly dependent on the economy), `physical` (public physical investment) or `health`. A \
         rulebook without a class says in its table `[instead]` which of its own stands for it; where it does not, the study may \
         state a rate of its own.",
        "[flow.upkeep]\nkind     = \"cost\"\nformula  = 'upkeep_price * floor_space'\npaid_by  = \"universities\"\ndiscount = \"sunk\"",
        "[flow.upkeep]\nkind     = \"cost\"\nformula  = 'upkeep_price * floor_space'\npaid_by  = \"universities\"\ndiscount = \"standard\"",
    ),
    page(
        "E0405",
        "unknown rulebook",
        "The rulebook holds the appraisal rules, such as discount rates and the price basis, under a versioned name.",
        "# file: study.toml\n[study]\nrulebook = \"nl\"",
        "# file: study.toml\n[study]\nrulebook = \"nl-2021\"",
    ),
    page(
        "E0406",
        "a share or tax rate that changes",
        "Flows are discounted first and divided among parties afterwards, so shares and tax rates are the same in all \
         years and alternatives. Where they are not, there are two flows.",
        "accrues_to = { companies = 'ramp(from = 2030, over = 5 year)', residents = 'remainder' }",
        "accrues_to = { companies = '30 %', residents = 'remainder' }",
    ),
    page(
        "E0407",
        "a share or rate has the wrong unit",
        "Shares of parties and rates of tax have no unit. A discount rate is a share per year.",
        "# file: study.toml\n[discount]\nstandard = \"2.25 %\"\nsource   = \"rulebook of 2021\"",
        "# file: study.toml\n[discount]\nstandard = \"2.25 %/year\"\nsource   = \"rulebook of 2021\"",
    ),
    page(
        "E0408",
        "the tax in an amount is not stated",
        "Some rulebooks count net of indirect taxes. Under them an amount in market prices has to say what rate of tax it contains: \
         it is refused rather than guessed. `contains = 'average'` is for what households would pay for it; an amount with a rate of \
         its own states that rate, and one without any tax `0 %`. Transfers have no tax content.",
        "# file: study.toml\n[study]\nrulebook = \"eu-2021\"\n\n# file: model/effects.toml\n[flow.travel_time]\nkind       = \"benefit\"\nformula    = '5 MEUR/year'\naccrues_to = \"residents\"",
        "# file: study.toml\n[study]\nrulebook = \"eu-2021\"\n\n# file: model/effects.toml\n[flow.travel_time]\nkind       = \"benefit\"\nformula    = '5 MEUR/year'\naccrues_to = \"residents\"\ntax        = { basis = \"market\", contains = \"average\" }",
    ),
    page(
        "E0501",
        "two flows count the same gain",
        "A channel names the gain that a flow values. Two flows that claim one channel would count it twice where their gains meet: \
         drop one, divide the gain with `[apportionment.NAME]`, or say with `gain` whose gain each is, where and when.",
        "[flow.research_spillover]\nkind       = \"benefit\"\nformula    = '5 MEUR/year'\naccrues_to = \"residents\"\nchannel    = [\"research_return\"]\n\n[flow.spin_off_value]\nkind       = \"benefit\"\nformula    = '2 MEUR/year'\naccrues_to = \"companies\"\nchannel    = [\"research_return\"]",
        "[flow.research_spillover]\nkind       = \"benefit\"\nformula    = '5 MEUR/year'\naccrues_to = \"residents\"\nchannel    = [\"research_return\"]\n\n[flow.spin_off_value]\nkind       = \"benefit\"\nformula    = '2 MEUR/year'\naccrues_to = \"companies\"\nchannel    = [\"research_return\"]\n\n[apportionment.of_research]\nshares = { research_spillover = '70 %', spin_off_value = 'remainder' }\nreason = \"three tenths of what the research yields is found at the spin-offs\"",
    ),
    page(
        "E0502",
        "two channels that hold the same gain",
        "The rulebook lists pairs of channels that hold the same gain, with the reason: the value of land holds the better access of the same place, the return on research holds the spin-offs of the same research. Two flows with such channels are refused where their gains meet: the same people, at the same place, in the same years. An `[apportionment.NAME]` divides the gain, and its shares multiply the flows; `gain` says that two gains are of different people, places or years.",
        "[flow.research_spillover]\nkind       = \"benefit\"\nformula    = '5 MEUR/year'\naccrues_to = \"residents\"\nchannel    = [\"research_return\"]\n\n[flow.spin_off_value]\nkind       = \"benefit\"\nformula    = '2 MEUR/year'\naccrues_to = \"companies\"\nchannel    = [\"spin_off_profit\"]",
        "[flow.research_spillover]\nkind       = \"benefit\"\nformula    = '5 MEUR/year'\naccrues_to = \"residents\"\nchannel    = [\"research_return\"]\n\n[flow.spin_off_value]\nkind       = \"benefit\"\nformula    = '2 MEUR/year'\naccrues_to = \"companies\"\nchannel    = [\"spin_off_profit\"]\n\n[apportionment.research_at_spin_offs]\nshares = { research_spillover = '70 %', spin_off_value = 'remainder' }\nreason = \"three tenths of what the research yields is found at the spin-offs\"",
    ),
    page(
        "E0503",
        "corrected twice for what would come anyway",
        "Effects are differences from the baseline, so what comes anyway is taken off once: by growth that the baseline holds, or, for a measure without a counterpart in the baseline, by a share of additionality. A measure that has both would be corrected twice.",
        "[measure.programme]\nlabel = \"Programme\"\nset   = { space_programme = '100 m2/year' }\n\n[measure.market]\nlabel          = \"What the market builds\"\ncounterpart_of = [\"programme\"]\nset            = { space_programme = '20 m2/year' }\n\n[parameter.additional]\nvalue            = \"80 %\"\nadditionality_of = [\"programme\"]\n\n# file: study.toml\n[alternative.nothing]\nmeasures = [\"market\"]\n\n[alternative.full]\nmeasures = [\"market\", \"programme\"]",
        "[measure.programme]\nlabel = \"Programme\"\nset   = { space_programme = '100 m2/year' }\n\n[measure.market]\nlabel          = \"What the market builds\"\ncounterpart_of = [\"programme\"]\nset            = { space_programme = '20 m2/year' }\n\n[parameter.additional]\nvalue = \"80 %\"\n\n# file: study.toml\n[alternative.nothing]\nmeasures = [\"market\"]\n\n[alternative.full]\nmeasures = [\"market\", \"programme\"]",
    ),
    page(
        "E0504",
        "a division that divides nothing",
        "An `[apportionment.NAME]` names two or more flows with their shares and says why; `of`, if it is there, is one of them.",
        "[flow.research_spillover]\nkind       = \"benefit\"\nformula    = '5 MEUR/year'\naccrues_to = \"residents\"\nchannel    = [\"research_return\"]\n\n[apportionment.of_research]\nshares = { research_spillover = '70 %' }\nreason = \"part of it is in agglomeration\"",
        "[flow.research_spillover]\nkind       = \"benefit\"\nformula    = '5 MEUR/year'\naccrues_to = \"residents\"\nchannel    = [\"research_return\"]\n\n[flow.nearness]\nkind       = \"benefit\"\nformula    = '5 MEUR/year'\naccrues_to = \"residents\"\nchannel    = [\"agglomeration\"]\n\n[apportionment.of_research]\nshares = { research_spillover = '70 %', nearness = 'remainder' }\nreason = \"part of it is in agglomeration\"",
    ),
];
