//! W01: it runs, but somebody should look.
use super::{CodePage, page};

pub(super) const PAGES: &[CodePage] = &[
    page(
        "W0101",
        "declaration is never used",
        "No flow, indicator or other used declaration needs it. Either it was forgotten in a formula, or it can go.",
        "[parameter.displacement]\nvalue = \"25 %\"\n[flow.wages]\nformula = 'jobs * output_per_job'",
        "[parameter.displacement]\nvalue = \"25 %\"\n[flow.wages]\nformula = 'jobs * (1 - displacement) * output_per_job'",
    ),
    page(
        "W0102",
        "placeholder value",
        "The number is marked as a placeholder. Results that depend on it are for testing the model only.",
        "[parameter.rent]\nvalue       = \"200 EUR/m2/year\"\nassumption  = \"to be looked up\"\nplaceholder = true",
        "[parameter.rent]\nvalue  = \"185 EUR/m2/year\"\nsource = \"rent-survey-2024\"",
    ),
    page(
        "W0103",
        "measure is in no alternative",
        "The study never switches this measure on.",
        "[measure.grid_first]\nset = { grid_reinforcement = '15 MW/year' }\n[alternative.full]\nmeasures = []",
        "[measure.grid_first]\nset = { grid_reinforcement = '15 MW/year' }\n[alternative.full]\nmeasures = [\"grid_first\"]",
    ),
    page(
        "W0104",
        "the study replaces a discount rate of the rulebook",
        "Results with an own discount rate cannot be compared with those of other appraisals; every table says so.",
        "[discount]\nstandard = \"3 %/year\"",
        "# no [discount]: the rate of the rulebook",
    ),
    page(
        "W0105",
        "costs outlive the benefits they pay for",
        "A cost stream runs on after the asset or measure whose life the benefits share has ended.",
        "[flow.upkeep]\nformula = 'upkeep_price * built_ever'",
        "[flow.upkeep]\nformula = 'upkeep_price * space'",
    ),
    page(
        "W0106",
        "measure is never active",
        "The measure starts after the last year of the model, or ends before the first, so it changes nothing.",
        "[model]\nyears = { first = 2026, last = 2055 }\n[measure.grid_first]\nstart = 2060",
        "[model]\nyears = { first = 2026, last = 2055 }\n[measure.grid_first]\nstart = 2027",
    ),
    page(
        "W0107",
        "treatment of value added tax is not stated",
        "A party pays value added tax and has no `vat`. It is taken as exempt: the tax is a cost to it. Firms recover \
         the tax on their purchases, municipalities and provinces are compensated from the fund.",
        "[party.municipality]\nlabel = \"Municipality\"\n[flow.paving]\npaid_by = \"municipality\"\ntax     = { vat = '21 %' }",
        "[party.municipality]\nlabel = \"Municipality\"\nvat   = \"compensated\"\n[flow.paving]\npaid_by = \"municipality\"\ntax     = { vat = '21 %' }",
    ),
    page(
        "W0108",
        "rank correlations were moved",
        "No quantities can have exactly these correlations at once. The nearest possible ones are used (Higham 2002); the \
         message says which were moved, and by how much.",
        "[dependence.prices]\nmembers = [\"rent\", \"wage\", \"land\"]\nrank    = [[1, 0.9, 0.5], [0.9, 1, 0.87], [0.5, 0.87, 1]]",
        "[dependence.prices]\nmembers = [\"rent\", \"wage\", \"land\"]\nrank    = [[1, 0.9, 0.6], [0.9, 1, 0.85], [0.6, 0.85, 1]]",
    ),
];
