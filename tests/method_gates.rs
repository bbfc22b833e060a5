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
        let replaced = if rest.contains("substitute") {
            format!("cumulative(sum({name}.substituted over campus))")
        } else {
            "0 m2".to_owned()
        };
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
            [variable.{name}_replaced]
            unit = 'm2'
            formula = '{replaced}'
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
        .model(&gate(
            "replaced",
            "unserved = 'waits'\nsubstitute = { share = 'other_way', cost = '2 EUR/m2' }",
        ))
        .model(&gate(
            "replaced_in_order",
            "unserved = 'waits'\nsharing = 'priority'\npriority = 'rank'\nsubstitute = { share = 'other_way', cost = '2 EUR/m2' }",
        ))
        .model("[parameter.other_way]\nvalue = 'uniform(0, 1)'\nover = ['campus']\ndraws = 'each'")
        .model(
            "[flow.other_ways]\nlabel = 'Other ways'\nkind = 'cost'\nformula = 'sum(replaced.substitute_cost + replaced_in_order.substitute_cost over campus)'\npaid_by = 'town'",
        )
        .model("[flow.fee]\nlabel = 'Fee'\nkind = 'cost'\nformula = 'programme * 1 EUR/year'\npaid_by = 'town'")
        .alternatives("[alternative.yes]\nmeasures = ['ten_years']")
        .draws(200);
    let found = view(&outcome, "only", "yes");
    let total = |name: &str, year: usize| found.indicator(name)[0][year];
    for year in 0..20 {
        for name in ["shared", "in_order", "replaced", "replaced_in_order"] {
            let of = |what: &str| total(&format!("{name}_{what}"), year);
            let (wanted, granted) = (of("wanted"), of("granted"));
            assert_near_on_scale(granted + of("replaced") + of("left"), wanted, wanted, 1e-12);
        }
        // What is met in another way costs two euros for each unit.
        let before = |name: &str| if year == 0 { 0.0 } else { total(name, year - 1) };
        let replaced = ["replaced_replaced", "replaced_in_order_replaced"].map(|name| total(name, year) - before(name));
        let cost = found.in_year("other_ways", 2026 + year as i32);
        assert_near_on_scale(-2.0 * (replaced[0] + replaced[1]), cost, 100.0, 1e-12);
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
    assert!(total("replaced_replaced", 9) > 10.0, "the substitute is used");
    assert!(total("replaced_left", 9) < total("shared_left", 9));
}

/// Capacity of 8 for 20 a year, over four years: 12 are not served, of which a quarter is met in another way, by hand.
#[test]
fn a_substitute_meets_a_share_of_what_is_not_served_each_year() {
    let model = |reading: &str| {
        let small = Small::new(2026, 2026, 2029)
            .model(
                "
                [unit.m2]
                [gate.grid]
                wanted = '20 m2/year'
                capacity = '8 m2/year'
                unserved = 'waits'
                substitute = { share = '25 %', cost = '3 EUR/m2' }
                [gate.permit]
                wanted = '20 m2/year'
                capacity = '8 m2/year'
                unserved = 'waits'
                [variable.waiting]
                unit = 'm2'
                formula = 'grid.waiting'
                indicator = true
                [variable.permits]
                unit = 'm2/year'
                formula = 'permit.granted'
                indicator = true
                [flow.other_way]
                label = 'Other way'
                kind = 'cost'
                formula = 'go * grid.substitute_cost'
                paid_by = 'town'
                [lever.go]
                default = '0'
                combine = 'max'
                ",
            )
            .alternatives("[alternative.yes]\nset = { go = '1' }");
        let study = small.project();
        let text = study.text("study.toml").replace("seed = 1", &format!("seed = 1\ngates = '{reading}'\ngate_years = 1"));
        study.with("study.toml", text).run("study.toml", Run::draws(1))
    };
    let outcome = model("as-is");
    let found = view(&outcome, "only", "yes");
    // 12 left, 3 met otherwise; then 9 + 12 left, 5.25 met otherwise; and so on.
    for (year, (waiting, cost)) in [(9.0, 9.0), (15.75, 15.75), (20.8125, 20.8125), (24.609375, 24.609375)].into_iter().enumerate() {
        assert_near(found.indicator("waiting")[0][year], waiting, 1e-15);
        assert_near(-found.in_year("other_way", 2026 + year as i32), cost, 1e-15);
    }
    let gate = &found.result.gates[0];
    assert_eq!(gate.waiting[0], [9.0, 15.75, 20.8125, 24.609375]);
    assert_eq!(gate.substituted[0], [3.0, 5.25, 6.9375, 8.203125]);
    assert_eq!((gate.wanted[0].as_slice(), gate.granted[0].as_slice()), (&[20.0; 4][..], &[8.0; 4][..]));
    assert_eq!(gate.binding[0], [1.0; 4]);

    let soft = model("soft");
    let found = view(&soft, "only", "yes");
    assert_eq!(found.result.gates[0].substituted[0], [12.0; 4], "all of what is not served");
    assert_eq!(found.indicator("waiting")[0], [0.0; 4]);
    assert_near(-found.in_year("other_way", 2029), 36.0, 1e-15);
    assert_eq!(found.indicator("permits")[0], [8.0; 4], "a gate without a substitute is as it is");

    let off = model("off");
    let found = view(&off, "only", "yes");
    assert_eq!(found.result.gates[0].granted[0], [20.0; 4]);
    assert_eq!(found.result.gates[0].binding[0], [0.0; 4]);
    assert_eq!(found.indicator("permits")[0], [20.0; 4]);
    assert_eq!(found.balance(), 0.0);
}

#[test]
fn tabulated_years_are_those_of_all_years_and_bounds_share_the_draws() {
    let model = |every: usize| {
        let small = Small::new(2026, 2026, 2037)
            .model(
                "
                [unit.m2]
                [parameter.wish]
                value = 'uniform(0, 20) m2/year'
                [gate.permit]
                wanted = 'if elapsed <= 8 year then wish else 0'
                capacity = '8 m2/year'
                unserved = 'waits'
                [limit.used]
                unit = 'm2'
                least = { built = 'cumulative(permit.granted)', asked = '3 year * wish', room = '40 m2' }
                [flow.fee]
                label = 'Fee'
                kind = 'cost'
                formula = 'used * 1 EUR/m2/year'
                paid_by = 'town'
                ",
            )
            .alternatives("[alternative.yes]");
        let study = small.project();
        let text = study.text("study.toml").replace("seed = 1", &format!("seed = 1\ngate_years = {every}"));
        study.with("study.toml", text).run("study.toml", Run::draws(1500))
    };
    let (all, some) = (model(1), model(5));
    assert_eq!(some.catalogue.gate_years, [2026, 2031, 2036]);
    let (all, some) = (view(&all, "only", "yes"), view(&some, "only", "yes"));
    let at = |values: &[f64]| [values[0], values[5], values[10]];
    let (gate, chosen) = (&all.result.gates[0], &some.result.gates[0]);
    for (every, chosen) in [
        (&gate.wanted, &chosen.wanted),
        (&gate.granted, &chosen.granted),
        (&gate.waiting, &chosen.waiting),
        (&gate.binding, &chosen.binding),
    ] {
        assert_eq!(at(&every[0]), chosen[0].as_slice());
    }
    // A wish of more than 8 is not served in the first year: three fifths of them.
    assert!((gate.binding[0][0] - 0.6).abs() < 0.05);
    assert_eq!(all.balance(), some.balance(), "looking changes nothing");
    let limit = &all.result.limits[0];
    for year in 0..12 {
        let shares: f64 = limit.least.iter().map(|bound| bound[0][year]).sum();
        assert_near(shares, 1.0, 1e-12);
    }
    assert_eq!(at(&limit.level[0]), some.result.limits[0].level[0].as_slice());
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
formula   = 'cumulative(sum(permitted over campus))'
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
            let waits = (0..104).any(|year| total("still_waiting", year) > 2e3);
            assert_eq!(waits, name != "software" && name != "orgware", "{name}");
        }
    }
}
