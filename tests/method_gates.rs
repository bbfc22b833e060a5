//! Nothing is lost at a gate: what was asked for was granted, or waits, or was refused.
#[expect(dead_code, reason = "shared by several test programs, each of which uses a part")]
mod support;

use support::project::{Project, Run};
use support::small::Small;
use support::view::view;
use support::{assert_near, assert_near_on_scale};

const SPACE: &str = "models/kennisstad/effects/space.toml";

/// Both ways of sharing, waiting and being lost: three gates over five campuses in two provinces, wishes uncertain per campus.
#[test]
fn what_a_gate_was_asked_for_is_what_it_granted_and_what_still_waits() {
    let gate = |name: &str, rest: &str| {
        format!(
            "
            [gate.{name}]
            wanted = 'wish * programme'
            capacity = 'room'
            {rest}
            [variable.{name}_wanted]
            unit = 'm2'
            formula = 'cumulative(sum(wish * programme over campus))'
            indicator = true
            [variable.{name}_granted]
            unit = 'm2'
            formula = 'cumulative(sum({name}.granted over campus))'
            indicator = true
            [variable.{name}_left]
            unit = 'm2'
            formula = 'sum({name}.waiting over campus)'
            indicator = true
            [variable.{name}_unserved]
            unit = 'm2'
            formula = 'cumulative(sum({name}.unserved over campus))'
            indicator = true
            [variable.{name}_in_province]
            unit = 'm2/year'
            over = ['province']
            formula = 'sum({name}.granted over campus)'
            indicator = true
            "
        )
    };
    let outcome = Small::new(2026, 2026, 2045)
        .file("provinces.csv", "id,room\nnorth,10\nsouth,25\n")
        .file(
            "campuses.csv",
            "id,province,rank\na,north,2\nb,north,1\nc,south,3\nd,south,3\ne,south,1\n",
        )
        .model(
            "
            [unit.m2]
            [index.province]
            from = 'provinces.csv'
            key = 'id'
            columns = { room = 'm2/year' }
            [index.campus]
            from = 'campuses.csv'
            key = 'id'
            within = { province = 'province' }
            columns = { rank = '1' }
            [lever.programme]
            default = '0'
            combine = 'max'
            [measure.ten_years]
            label = 'Ten years'
            until = 2035
            set = { programme = '1' }
            [parameter.wish]
            value = 'uniform(0, 20) m2/year'
            over = ['campus']
            draws = 'each'
            ",
        )
        .model(&gate("shared", "unserved = 'waits'"))
        .model(&gate(
            "in_order",
            "unserved = 'waits'\nsharing = 'priority'\npriority = 'rank'",
        ))
        .model(&gate("refused", "unserved = 'lost'"))
        .model("[flow.fee]\nlabel = 'Fee'\nkind = 'cost'\nformula = 'programme * 1 EUR/year'\npaid_by = 'town'")
        .alternatives("[alternative.yes]\nmeasures = ['ten_years']")
        .draws(200);
    let found = view(&outcome, "only", "yes");
    let total = |name: &str, year: usize| found.indicator(name)[0][year];
    for year in 0..20 {
        for name in ["shared", "in_order"] {
            let (wanted, granted) = (
                total(&format!("{name}_wanted"), year),
                total(&format!("{name}_granted"), year),
            );
            assert_near_on_scale(granted + total(&format!("{name}_left"), year), wanted, wanted, 1e-12);
        }
        // However it is shared, a province serves the same sum.
        assert_near(total("in_order_granted", year), total("shared_granted", year), 1e-12);
        let (wanted, granted) = (total("refused_wanted", year), total("refused_granted", year));
        assert_near(granted + total("refused_unserved", year), wanted, 1e-12);
        assert_eq!(total("refused_left", year), 0.0);
        for name in ["shared", "in_order", "refused"] {
            let by_province = found.indicator(&format!("{name}_in_province"));
            assert!(by_province[0][year] <= 10.0 * (1.0 + 1e-12) && by_province[1][year] <= 25.0 * (1.0 + 1e-12));
        }
    }
    assert!(total("shared_left", 9) > 50.0, "the gate binds");
    assert!(total("refused_granted", 19) < 0.95 * total("shared_granted", 19));
}

/// A gate that asks again for what it did not get last year is a gate whose unserved wait: an identity between two ways to write it.
#[test]
fn a_gate_may_ask_again_for_what_it_did_not_get_the_year_before() {
    let total =
        |name: &str, of: &str| format!("[variable.{name}]\nunit = 'm2/year'\nformula = '{of}'\nindicator = true\n");
    let outcome = Small::new(2026, 2026, 2040)
        .model(
            "
            [unit.m2]
            [parameter.wish]
            value = 'uniform(0, 20) m2/year'
            [variable.wanted]
            unit = 'm2/year'
            formula = 'if elapsed <= 8 year then wish else 0'
            [gate.again]
            wanted = 'previous(again.unserved, first = 0) + wanted'
            capacity = '8 m2/year'
            unserved = 'lost'
            [gate.waits]
            wanted = 'wanted'
            capacity = '8 m2/year'
            unserved = 'waits'
            ",
        )
        .model(&total("granted_again", "again.granted"))
        .model(&total("granted_waiting", "waits.granted"))
        .model("[flow.fee]\nlabel = 'Fee'\nkind = 'cost'\nformula = 'granted_again * 1 EUR/m2'\npaid_by = 'town'")
        .alternatives("[alternative.yes]")
        .draws(200);
    let found = view(&outcome, "only", "yes");
    let of = |name: &str, year: usize| found.indicator(name)[0][year];
    for year in 0..15 {
        let expected = of("granted_waiting", year);
        assert_near_on_scale(of("granted_again", year), expected, 8.0, 1e-12);
    }
    assert!(of("granted_again", 9) > 1.0, "what was not served is asked for again");
}

#[test]
fn the_permit_gate_of_the_shipped_model_loses_nothing() {
    let more = "
[variable.ever_wanted]
unit      = 'm2'
formula   = 'cumulative(sum(space_wanted over campus))'
indicator = true
[variable.ever_permitted]
unit      = 'm2'
formula   = 'cumulative(sum(permit.granted over campus))'
indicator = true
[variable.still_waiting]
unit      = 'm2'
formula   = 'sum(permit.waiting over campus)'
indicator = true
";
    let outcome = Project::shipped()
        .append(SPACE, more)
        .run("scenarios/city-deal.toml", Run::draws(64));
    for scenario in ["wlo-2015-high", "wlo-2015-low"] {
        for name in ["hardware", "software", "orgware", "integrated", "integrated-phased"] {
            let found = view(&outcome, scenario, name);
            let total = |name: &str, year: usize| found.indicator(name)[0][year];
            for year in 0..104 {
                let wanted = total("ever_wanted", year);
                assert_near_on_scale(
                    total("ever_permitted", year) + total("still_waiting", year),
                    wanted,
                    wanted,
                    1e-12,
                );
            }
            let waits = (0..104).any(|year| total("still_waiting", year) > 1e4);
            assert_eq!(waits, name != "software" && name != "orgware", "{name}");
        }
    }
}
