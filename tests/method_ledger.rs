//! Who bears and who gains: tax on purchases and on gains, by the position of each party, through the whole engine.
#[expect(dead_code, reason = "shared by several test programs, each of which uses a part")]
mod support;

use support::assert_near;
use support::small::Small;
use support::view::view;

/// A purchase of 100 by a university for 40 %, a firm for 35 % and a municipality for the rest.
#[test]
fn each_buyer_of_a_shared_purchase_is_taxed_by_its_own_position() {
    let outcome = Small::new(2026, 2026, 2026)
        .model(
            "
            [lever.bought]
            default = '0'
            combine = 'exclusive'
            [flow.purchase]
            label = 'Purchase'
            kind = 'cost'
            formula = 'bought * 100 EUR/year'
            paid_by = { university = '40 %', firm = 'part', town = 'remainder' }
            tax = { vat = 'rate' }
            [parameter]
            rate = { value = '21 %' }
            part = { value = '35 %' }
            ",
        )
        .alternatives("[alternative.buy]\nset = { bought = '1' }")
        .run();
    let found = view(&outcome, "only", "buy");
    assert_near(found.posting("purchase", "university"), -40.0 * 1.21, 1e-14);
    assert_near(found.posting("purchase", "firm"), -35.0, 1e-14);
    assert_near(found.posting("purchase", "town"), -25.0, 1e-14);
    // Received from the university; missed on what the firm (average) and the public buyers (at the rate) displace.
    assert_near(
        found.posting("purchase", "treasury"),
        -35.0 * 0.182 - 25.0 * 0.21,
        1e-13,
    );
    assert_near(found.balance(), -40.0 * 1.21 - 35.0 * 1.182 - 25.0 * 1.21, 1e-14);
}

/// Labour share 0.70, tax wedge 0.45, profit tax 0.258, foreign-owned 0.35: households 0.385, treasury 0.392, domestic owners 0.145, abroad 0.078;
/// the uplift falls to the treasury on the domestic part, so the nation has 0.922 · G · 1.182.
#[test]
fn a_gain_in_productivity_is_divided_over_parties_and_raised_on_its_domestic_part() {
    let (households, owners, abroad) = (0.70 * 0.55, 0.30 * 0.742 * 0.65, 0.30 * 0.742 * 0.35);
    let outcome = Small::new(2026, 2026, 2026)
        .model(
            "
            [lever.gain]
            default = '0 EUR/year'
            combine = 'exclusive'
            [variable]
            people_part = { unit = '1', formula = 'labour_share * (1 - tax_wedge)' }
            owner_part = { unit = '1', formula = '(1 - labour_share) * (1 - profit_tax) * (1 - foreign_owned)' }
            abroad_part = { unit = '1', formula = '(1 - labour_share) * (1 - profit_tax) * foreign_owned' }
            [flow.productivity]
            label = 'Productivity'
            kind = 'benefit'
            effect = 'external'
            formula = 'gain'
            accrues_to = { people = 'people_part', firm = 'owner_part', abroad = 'abroad_part', treasury = 'remainder' }
            tax = { basis = 'factor' }
            [parameter]
            labour_share = { value = '70 %' }
            tax_wedge = { value = '45 %' }
            profit_tax = { value = '25.8 %' }
            foreign_owned = { value = '35 %' }
            ",
        )
        .alternatives("[alternative.more]\nset = { gain = '1000 EUR/year' }")
        .run();
    let found = view(&outcome, "only", "more");
    assert_near(found.posting("productivity", "people"), 1000.0 * households, 1e-13);
    assert_near(found.posting("productivity", "firm"), 1000.0 * owners, 1e-13);
    assert_near(found.posting("productivity", "abroad"), 1000.0 * abroad, 1e-13);
    let treasury = 1.0 - households - owners - abroad + 0.182 * (1.0 - abroad);
    assert_near(found.posting("productivity", "treasury"), 1000.0 * treasury, 1e-13);
    assert_near(found.balance(), 1000.0 * (1.0 - abroad) * 1.182, 1e-13);
    assert_eq!(
        [households, owners, abroad].map(|share| format!("{share:.3}")),
        ["0.385", "0.145", "0.078"]
    );
}
