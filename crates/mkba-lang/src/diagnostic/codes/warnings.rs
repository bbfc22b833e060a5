//! W01: it runs, but somebody should look.
use super::{CodePage, page};

pub(super) const PAGES: &[CodePage] = &[
    page(
        "W0101",
        "declaration is never used",
        "No flow, indicator or other used declaration needs it. Either it was forgotten in a formula, or it can go. What only an \
         unused declaration needs is not told beside it.",
        "[parameter.displacement]\nvalue = \"25 %\"\n\n[flow.wages]\nkind       = \"benefit\"\nformula    = 'floor_space * rent_per_space'\n\
         accrues_to = \"residents\"",
        "[parameter.displacement]\nvalue = \"25 %\"\n\n[flow.wages]\nkind       = \"benefit\"\n\
         formula    = 'floor_space * (1 - displacement) * rent_per_space'\naccrues_to = \"residents\"",
    ),
    page(
        "W0103",
        "measure is in no alternative",
        "Neither this study nor another study of the same model in its folder switches this measure on.",
        "[measure.grid_first]\nlabel = \"Grid first\"\nset   = { grid_reinforcement = '15 MW/year' }\n\n# file: study.toml\n[alternative.full]\nmeasures = []",
        "[measure.grid_first]\nlabel = \"Grid first\"\nset   = { grid_reinforcement = '15 MW/year' }\n\n# file: study.toml\n[alternative.full]\nmeasures = [\"grid_first\"]",
    ),
    page(
        "W0104",
        "the study replaces a discount rate of the rulebook and does not say why",
        "Results with an own discount rate cannot be compared with those of other appraisals; every table says so. Like every \
         number it names its `source`, or says in `assumption` why it is taken.",
        "# file: study.toml\n[discount]\nstandard = \"3 %/year\"",
        "# file: study.toml\n[discount]\nstandard = \"3 %/year\"\nsource   = \"rate of the province for its own projects, 2024\"",
    ),
    page(
        "W0105",
        "a cost outlives its benefits",
        "Flows with one `lifetime_of` share a life. When a cost goes on after the last benefit of that life, either the cost should end with it (exit, with the value of what is left), or a benefit was forgotten. Judged at central values of all inputs, as differences from the baseline.",
        "[lever.open]\ndefault = '0'\ncombine = \"max\"\n\n[flow.upkeep]\nkind        = \"cost\"\nformula     = 'open * 1 MEUR/year'\npaid_by     = \"universities\"\nlifetime_of = \"buildings\"\n\n[flow.use]\nkind        = \"benefit\"\nformula     = 'if now < 2029 then open * 2 MEUR/year else 0'\naccrues_to  = \"companies\"\nlifetime_of = \"buildings\"\n\n# file: study.toml\n[alternative.yes]\nset = { open = '1' }",
        "[lever.open]\ndefault = '0'\ncombine = \"max\"\n\n[flow.upkeep]\nkind        = \"cost\"\nformula     = 'if now < 2029 then open * 1 MEUR/year else 0'\npaid_by     = \"universities\"\nlifetime_of = \"buildings\"\n\n[flow.use]\nkind        = \"benefit\"\nformula     = 'if now < 2029 then open * 2 MEUR/year else 0'\naccrues_to  = \"companies\"\nlifetime_of = \"buildings\"\n\n# file: study.toml\n[alternative.yes]\nset = { open = '1' }",
    ),
    page(
        "W0106",
        "measure is never active",
        "The measure starts after the last year of the model, or ends before the first, so it changes nothing.",
        "[measure.grid_first]\nlabel = \"Grid first\"\nstart = 2060\nset   = { grid_reinforcement = '15 MW/year' }",
        "[measure.grid_first]\nlabel = \"Grid first\"\nstart = 2027\nset   = { grid_reinforcement = '15 MW/year' }",
    ),
    page(
        "W0107",
        "treatment of value added tax is not stated",
        "A party pays value added tax and has no `vat`. It is taken as exempt: the tax is a cost to it. Firms recover \
         the tax on their purchases, municipalities and provinces are compensated from the fund.",
        "[party.province]\nlabel = \"Province\"\n\n[party.government]\nlabel = \"State\"\nrole  = \"treasury\"\n\n[flow.paving]\nkind    = \"cost\"\nformula = '5 MEUR/year'\npaid_by = \"province\"\ntax     = { vat = '21 %' }",
        "[party.province]\nlabel = \"Province\"\nvat   = \"compensated\"\n\n[party.government]\nlabel = \"State\"\nrole  = \"treasury\"\n\n[flow.paving]\nkind    = \"cost\"\nformula = '5 MEUR/year'\npaid_by = \"province\"\ntax     = { vat = '21 %' }",
    ),
    page(
        "W0108",
        "rank correlations were moved",
        "No quantities can have exactly these correlations at once. The nearest possible ones are used (Higham 2002); the \
         message says which were moved, and by how much.",
        "[dependence.prices]\nassumption = \"teaching values\"\nmembers    = [\"price_of_labour\", \"price_of_steel\", \"price_of_glass\"]\nrank       = [[1, 0.9, 0.5], [0.9, 1, 0.87], [0.5, 0.87, 1]]",
        "[dependence.prices]\nassumption = \"teaching values\"\nmembers    = [\"price_of_labour\", \"price_of_steel\", \"price_of_glass\"]\nrank       = [[1, 0.9, 0.6], [0.9, 1, 0.85], [0.6, 0.85, 1]]",
    ),
    page(
        "W0109",
        "the substitute of a gate costs nobody anything",
        "What a gate does not serve may be met in another way, at a cost. The cost is a number of the gate, `NAME.substitute_cost`; it \
         counts only when a flow says who pays it. Without such a flow scarcity would be free.",
        "[gate.grid]\nwanted     = 'space_programme'\ncapacity   = '20_000 m2/year'\nunserved   = \"waits\"\nsubstitute = { share = '30 %', cost = '100 EUR/m2' }\n\n[variable.connected]\nunit      = \"m2/year\"\nformula   = 'sum(grid.granted + grid.substituted over campus)'\nindicator = true",
        "[gate.grid]\nwanted     = 'space_programme'\ncapacity   = '20_000 m2/year'\nunserved   = \"waits\"\nsubstitute = { share = '30 %', cost = '100 EUR/m2' }\n\n[variable.connected]\nunit      = \"m2/year\"\nformula   = 'sum(grid.granted + grid.substituted over campus)'\nindicator = true\n\n[flow.grid_substitute]\nkind    = \"cost\"\neffect  = \"investment\"\nformula = 'sum(grid.substitute_cost over campus)'\npaid_by = \"companies\"",
    ),
    page(
        "W0110",
        "another rulebook is right for the day on which the analysis was started",
        "Discount rates and other rules hold for analyses that are started in a certain period, whatever their base year. The message \
         names the rulebook of the same authority for the day in `started`. To compare with older analyses, `mkba compare-rulebooks` \
         shows what another rulebook makes of the same study.",
        "# file: study.toml\n[study]\nrulebook = \"nl-2021\"\nstarted  = 2019-06-01",
        "# file: study.toml\n[study]\nrulebook = \"nl-2016\"\nstarted  = 2019-06-01",
    ),
    page(
        "W0121",
        "a channel that no forbidden pair knows",
        "The rulebook lists the channels of value and which of them may not be counted beside each other. A channel that is not in its list is guarded only against a second flow with the same channel.",
        "[flow.research_spillover]\nkind       = \"benefit\"\nformula    = '5 MEUR/year'\naccrues_to = \"residents\"\nchannel    = [\"reserch_return\"]",
        "[flow.research_spillover]\nkind       = \"benefit\"\nformula    = '5 MEUR/year'\naccrues_to = \"residents\"\nchannel    = [\"research_return\"]",
    ),
    page(
        "W0122",
        "decided policy belongs to the baseline, and only that",
        "The baseline is what happens without new decisions: decided measures are in it, proposed and hypothetical ones are not. Against a baseline that holds it, decided policy gives exactly zero. A study that asks something else says so with `explain` in its checklist.",
        "[measure.cuts]\nlabel  = \"Adopted cuts\"\nstatus = \"decided\"\nsource = \"coalition agreement, adopted by parliament\"\nset    = { space_programme = '-10 m2/year' }\n\n# file: study.toml\n[alternative.full]\nmeasures = [\"cuts\"]",
        "[measure.cuts]\nlabel  = \"Adopted cuts\"\nstatus = \"decided\"\nsource = \"coalition agreement, adopted by parliament\"\nset    = { space_programme = '-10 m2/year' }\n\n# file: study.toml\n[alternative.nothing]\nmeasures = [\"cuts\"]",
    ),
    page(
        "W0123",
        "a rule of the guideline that is said to be followed, and is not",
        "What the engine can judge of the checklist it judges itself. The author can explain a departure, and cannot call it compliance; until then the rule stays open.",
        "# file: study.toml\n[checklist.regional-account]\nstatus      = \"comply\"\nexplanation = \"the model shows regions\"",
        "# file: study.toml\n[checklist.regional-account]\nstatus      = \"explain\"\nexplanation = \"one region only, which is the whole country\"",
    ),
    page(
        "W0124",
        "unknown rule of the guideline",
        "A study states by the identifier of a rule how it deals with it. `mkba check STUDY --checklist` prints all of them.",
        "# file: study.toml\n[checklist.problem-analisis]\nstatus      = \"comply\"\nexplanation = \"chapter 2 of the report\"",
        "# file: study.toml\n[checklist.problem-analysis]\nstatus      = \"comply\"\nexplanation = \"chapter 2 of the report\"",
    ),
];
