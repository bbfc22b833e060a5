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
        "[flow.rent]\nkind    = \"transfer\"\npaid_by = \"companies\"",
        "[flow.rent]\nkind = \"transfer\"\nfrom = \"companies\"\nto   = \"universities\"",
    ),
    page(
        "E0403",
        "a flow with tax content requires a treasury",
        "A tax is paid to somebody. When a flow states its tax content, exactly one party has `role = \"treasury\"`.",
        "[party.government]\nlabel = \"Rijk\"",
        "[party.government]\nlabel = \"Rijk\"\nrole  = \"treasury\"",
    ),
    page(
        "E0404",
        "unknown discount class",
        "The discount class of a flow chooses its rate under the rulebook: `standard`, `sunk` (mostly fixed costs) or \
         `nonlinear` (strongly dependent on the economy).",
        "discount = \"fixed\"",
        "discount = \"sunk\"",
    ),
    page(
        "E0405",
        "unknown rulebook",
        "The rulebook holds the appraisal rules, such as discount rates and the price basis, under a versioned name.",
        "[study]\nrulebook = \"nl\"",
        "[study]\nrulebook = \"nl-2021\"",
    ),
    page(
        "E0501",
        "two flows count the same gain",
        "A channel names the gain that a flow values. Two flows that claim one channel in full would count it twice: \
         drop one, or state how the gain is divided, with a reason.",
        "[flow.research_spillover]\nchannel = [\"research_return\"]\n[flow.spin_off_value]\nchannel = [\"research_return\"]",
        "[flow.research_spillover]\nchannel = [\"research_return\"]\n[flow.spin_off_value]\nchannel = [\"spin_off_profit\"]",
    ),
];
