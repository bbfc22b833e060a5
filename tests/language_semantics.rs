//! What the constructs of the language mean, against plain loops written from their definitions.
#[expect(dead_code, reason = "shared by several test programs, each of which uses a part")]
mod support;

use mkba_core::outcome::Outcome;
use support::small::Small;
use support::view::view;

const YEARS: usize = 15;
const CAMPUSES: [&str; 4] = ["a", "b", "c", "d"];
const SIZE: [f64; 4] = [1.0, 2.0, 4.0, 7.0];
const RANK: [f64; 4] = [3.0, 3.0, 1.0, 2.0];
/// Position of the province of each campus: north, north, south, south.
const PROVINCE: [usize; 4] = [0, 0, 1, 1];
const ROOM: [f64; 2] = [5.0, 12.0];

const MODEL: &str = "
[unit.m2]
[index.province]
from = 'provinces.csv'
key = 'id'
columns = { room = 'm2/year' }
[index.campus]
from = 'campuses.csv'
key = 'id'
within = { province = 'province' }
columns = { size = 'm2/year', rank = '1' }
[series.demand]
unit = '1'
points = { 2026 = 1, 2030 = 3, 2034 = 2 }
between = 'linear'
assumption = 'test'
confidence = 'high'
[series.faster]
unit = '1'
points = { 2027 = 10, 2032 = 20 }
between = 'growth'
after = 'growth'
assumption = 'test'
confidence = 'high'
[series.steps]
unit = '1'
points = { 2028 = 1, 2031 = 4, 2033 = 2 }
between = 'step'
assumption = 'test'
confidence = 'high'
[parameter]
drawn_lag = { value = 'uniform(0.4, 3.7) year' }
each_lag = { value = 'uniform(0, 2.5) year', over = ['campus'], draws = 'each' }
[flow.nothing]
label = 'Nothing'
kind = 'cost'
formula = '0 EUR/year'
paid_by = 'town'
[defaults.variable]
indicator = true
[defaults.stock]
indicator = true
[variable.wish]
unit = 'm2/year'
formula = 'size * demand'
[stock.stand]
unit = 'm2'
over = ['campus']
initial = '3 m2'
adds = 'wish'
loses = 'opening(stand) * 10 %/year'
";

fn outcome(variables: &[(&str, &str, &str)]) -> Outcome {
    let variable = |(name, unit, formula): &(&str, &str, &str)| {
        format!("[variable.{name}]\nunit = '{unit}'\nformula = '''{formula}'''\n")
    };
    Small::new(2025, 2026, 2040)
        .head("opening_year = 2030")
        .file("provinces.csv", "id,room\nsouth,12\nnorth,5\n")
        .file(
            "campuses.csv",
            "rank,id,size,province\n1,c,4,south\n3,b,2,north\n2,d,7,south\n3,a,1,north\n",
        )
        .model(MODEL)
        .model(&variables.iter().map(variable).collect::<String>())
        .alternatives("[alternative.with]\n")
        .run()
}

/// Compares an indicator with its definition for every element and year, counted from 0.
#[track_caller]
fn assert_is(outcome: &Outcome, name: &str, definition: impl Fn(usize, usize) -> f64) {
    for (element, path) in view(outcome, "only", "with").indicator(name).iter().enumerate() {
        assert_eq!(path.len(), YEARS);
        for (year, found) in path.iter().enumerate() {
            let expected = definition(element, year);
            let near = (found - expected).abs() <= 1e-12 * expected.abs().max(1.0);
            assert!(
                near,
                "{name} of element {element} in {}: {found}, expected {expected}",
                2026 + year
            );
        }
    }
}

fn demand(year: usize) -> f64 {
    match year {
        0..=4 => 1.0 + 0.5 * year as f64,
        5..=8 => 3.0 - 0.25 * (year - 4) as f64,
        _ => 2.0,
    }
}

fn wish(campus: usize, year: usize) -> f64 {
    SIZE[campus] * demand(year)
}

/// (1 − f) x(t − k) + f x(t − k − 1), `before` where there is no x yet.
fn lagged(x: impl Fn(usize) -> f64, lag: f64, before: f64, year: usize) -> f64 {
    let at = |back: usize| if back > year { before } else { x(year - back) };
    let whole = lag.floor();
    let part = lag - whole;
    (1.0 - part) * at(whole as usize) + part * at(whole as usize + 1)
}

#[test]
fn elements_are_in_order_of_their_keys_whatever_the_order_of_the_file() {
    let outcome = outcome(&[("place", "m2/year", "size[b] + 10 * size[d]")]);
    let wish_entry = outcome
        .catalogue
        .indicators
        .iter()
        .find(|it| it.entry.id == "wish")
        .expect("the indicator");
    assert_eq!(wish_entry.elements, CAMPUSES);
    assert_is(&outcome, "wish", wish);
    assert_is(&outcome, "place", |_, _| 72.0);
}

#[test]
fn series_run_linearly_by_growth_or_in_steps_and_as_stated_after_their_last_point() {
    let outcome = outcome(&[
        ("grows", "1", "faster"),
        ("jumps", "1", "steps"),
        ("at_2029", "1", "lookup(demand, 2029)"),
        ("at_now", "1", "lookup(demand, now)"),
    ]);
    let growth = |year: f64| 10.0 * 2.0_f64.powf((year - 1.0).max(0.0) / 5.0);
    assert_is(&outcome, "grows", |_, year| growth(year as f64));
    assert_is(&outcome, "jumps", |_, year| {
        if year < 5 {
            1.0
        } else if year < 7 {
            4.0
        } else {
            2.0
        }
    });
    assert_is(&outcome, "at_2029", |_, _| 2.5);
    assert_is(&outcome, "at_now", |_, year| demand(year));
}

#[test]
fn stocks_and_values_of_earlier_years_are_as_defined() {
    let outcome = outcome(&[
        ("at_start", "m2", "opening(stand)"),
        ("before", "m2", "previous(stand)"),
        ("one_ago", "m2/year", "previous(wish, first = 5 m2/year)"),
        (
            "two_ago",
            "m2/year",
            "previous(previous(wish, first = 5 m2/year), first = 6 m2/year)",
        ),
        ("so_far", "m2", "cumulative(wish)"),
        ("summed", "m2", "sum(stand over campus)"),
    ]);
    let stand = |campus: usize, year: usize| (0..=year).fold(3.0, |level, year| level * 0.9 + wish(campus, year));
    let opening = |campus: usize, year: usize| if year == 0 { 3.0 } else { stand(campus, year - 1) };
    assert_is(&outcome, "stand", stand);
    assert_is(&outcome, "at_start", opening);
    assert_is(&outcome, "before", opening);
    assert_is(&outcome, "one_ago", |campus, year| {
        if year == 0 { 5.0 } else { wish(campus, year - 1) }
    });
    assert_is(&outcome, "two_ago", |campus, year| match year {
        0 => 6.0,
        1 => 5.0,
        _ => wish(campus, year - 2),
    });
    assert_is(&outcome, "so_far", |campus, year| {
        (0..=year).map(|year| wish(campus, year)).sum()
    });
    assert_is(&outcome, "summed", |_, year| {
        (0..4).map(|campus| stand(campus, year)).sum()
    });
}

#[test]
fn lags_are_linear_between_whole_years_whether_they_are_known_drawn_or_drawn_for_each_element() {
    let outcome = outcome(&[
        ("known", "m2/year", "lagged(wish, 2.25 year, before = 2 m2/year)"),
        ("whole", "m2/year", "lagged(wish, 36 month, before = 2 m2/year)"),
        ("none", "m2/year", "lagged(wish, 0 year, before = 2 m2/year)"),
        ("drawn", "m2/year", "lagged(wish, drawn_lag, before = 2 m2/year)"),
        ("each", "m2/year", "lagged(wish, each_lag, before = 2 m2/year)"),
        (
            "national",
            "m2/year",
            "lagged(sum(wish over campus), drawn_lag, before = 2 m2/year)",
        ),
    ]);
    let input = |name: &str| {
        outcome
            .inputs
            .iter()
            .find(|(input, _)| input == name)
            .expect("an input")
            .1[0]
    };
    assert_is(&outcome, "known", |campus, year| {
        lagged(|t| wish(campus, t), 2.25, 2.0, year)
    });
    assert_is(&outcome, "whole", |campus, year| {
        lagged(|t| wish(campus, t), 3.0, 2.0, year)
    });
    assert_is(&outcome, "none", wish);
    assert_is(&outcome, "drawn", |campus, year| {
        lagged(|t| wish(campus, t), input("drawn_lag"), 2.0, year)
    });
    let each = CAMPUSES.map(|campus| input(&format!("each_lag[{campus}]")));
    assert_is(&outcome, "each", |campus, year| {
        lagged(|t| wish(campus, t), each[campus], 2.0, year)
    });
    let total = |t: usize| (0..4).map(|campus| wish(campus, t)).sum();
    assert_is(&outcome, "national", |_, year| {
        lagged(total, input("drawn_lag"), 2.0, year)
    });
}

#[test]
fn rationing_and_gates_share_by_need_or_by_order_within_each_province() {
    let gates = "
        [gate.shared]
        wanted = 'wish'
        capacity = 'room'
        unserved = 'waits'
        [gate.in_order]
        wanted = 'wish'
        capacity = 'room'
        unserved = 'waits'
        sharing = 'priority'
        priority = 'rank'
    ";
    let outcome = Small::new(2025, 2026, 2040)
        .file("provinces.csv", "id,room\nnorth,5\nsouth,12\n")
        .file(
            "campuses.csv",
            "rank,id,size,province\n1,c,4,south\n3,b,2,north\n2,d,7,south\n3,a,1,north\n",
        )
        .model(&MODEL.replace("[flow.nothing]", &format!("{gates}[flow.nothing]")))
        .model(
            "
            [variable]
            ration_now = { unit = 'm2/year', formula = 'ration(wish, room)' }
            shared_now = { unit = 'm2/year', formula = 'shared.granted' }
            shared_waits = { unit = 'm2', formula = 'shared.waiting' }
            shared_binds = { unit = '1', formula = 'shared.binding' }
            ordered_now = { unit = 'm2/year', formula = 'in_order.granted' }
            ordered_waits = { unit = 'm2', formula = 'in_order.waiting' }
            ",
        )
        .alternatives("[alternative.with]\n")
        .run();
    let proportional = |asked: [f64; 4]| -> [f64; 4] {
        let total = |province: usize| -> f64 { (0..4).filter(|&c| PROVINCE[c] == province).map(|c| asked[c]).sum() };
        let share = |c: usize| (ROOM[PROVINCE[c]] / total(PROVINCE[c])).min(1.0);
        [0, 1, 2, 3].map(|c| asked[c] * share(c))
    };
    // Greatest rank first, in order of key on ties: a before b, d before c.
    let in_order = |asked: [f64; 4]| -> [f64; 4] {
        let mut left = ROOM;
        let mut granted = [0.0; 4];
        for c in [0, 1, 3, 2] {
            granted[c] = left[PROVINCE[c]].min(asked[c]);
            left[PROVINCE[c]] -= granted[c];
        }
        granted
    };
    let run = |share: &dyn Fn([f64; 4]) -> [f64; 4]| {
        let mut waiting = [0.0; 4];
        let mut years = Vec::new();
        for year in 0..YEARS {
            let asked = [0, 1, 2, 3].map(|c| wish(c, year) + waiting[c]);
            let granted = share(asked);
            waiting = [0, 1, 2, 3].map(|c| asked[c] - granted[c]);
            years.push((granted, waiting, asked));
        }
        years
    };
    assert_is(&outcome, "ration_now", |campus, year| {
        proportional([0, 1, 2, 3].map(|c| wish(c, year)))[campus]
    });
    let shared = run(&proportional);
    assert_is(&outcome, "shared_now", |campus, year| shared[year].0[campus]);
    assert_is(&outcome, "shared_waits", |campus, year| shared[year].1[campus]);
    let binds = |campus: usize, year: usize| shared[year].0[campus] < shared[year].2[campus] * (1.0 - 1e-9);
    assert_is(&outcome, "shared_binds", |campus, year| {
        f64::from(u8::from(binds(campus, year)))
    });
    let ordered = run(&in_order);
    assert_is(&outcome, "ordered_now", |campus, year| ordered[year].0[campus]);
    assert_is(&outcome, "ordered_waits", |campus, year| ordered[year].1[campus]);
    assert!(binds(3, 4) && !binds(0, 0), "both a year with and one without scarcity");
}

#[test]
fn reductions_over_elements_and_their_conditions_are_as_defined() {
    let outcome = outcome(&[
        ("total", "m2/year", "sum(wish over campus)"),
        ("average", "m2/year", "mean(wish over campus)"),
        ("most", "m2/year", "greatest(wish over campus)"),
        ("fewest", "m2/year", "least_of(wish over campus)"),
        (
            "some",
            "m2/year",
            "sum(wish over campus where rank >= 2 and wish > 2 m2/year)",
        ),
        ("number", "1", "count(wish > 4 m2/year over campus)"),
        (
            "alike",
            "m2/year",
            "sum(if now < 2030 then 1 m2/year else size * 0 + 2 m2/year over campus)",
        ),
        ("share", "1", "wish / sum(wish over campus)"),
    ]);
    let all = |year: usize| [0, 1, 2, 3].map(|campus| wish(campus, year));
    assert_is(&outcome, "total", |_, year| all(year).iter().sum());
    assert_is(&outcome, "average", |_, year| all(year).iter().sum::<f64>() / 4.0);
    assert_is(&outcome, "most", |_, year| wish(3, year));
    assert_is(&outcome, "fewest", |_, year| wish(0, year));
    let chosen = |year: usize, campus: &usize| RANK[*campus] >= 2.0 && wish(*campus, year) > 2.0;
    assert_is(&outcome, "some", |_, year| {
        (0..4)
            .filter(|campus| chosen(year, campus))
            .map(|campus| wish(campus, year))
            .sum()
    });
    assert_is(&outcome, "number", |_, year| {
        all(year).iter().filter(|wish| **wish > 4.0).count() as f64
    });
    assert_is(&outcome, "alike", |_, year| if year < 4 { 4.0 } else { 8.0 });
    assert_is(&outcome, "share", |campus, year| {
        wish(campus, year) / all(year).iter().sum::<f64>()
    });
}

#[test]
fn arithmetic_units_and_time_are_as_defined() {
    let outcome = outcome(&[
        ("minus_square", "1", "-2^2"),
        ("tower", "1", "2^3^2"),
        ("inverse", "1", "2^-1"),
        ("half_year", "year", "6 month"),
        ("energy", "MWh", "3 MW * 2 hour"),
        ("money", "EUR/m2", "3 kEUR/m2 + 200 EUR/m2"),
        ("percent", "1", "12.5 % * 8"),
        ("up", "1", "round_up(demand * 1.3) + 100 * round_down(-demand * 1.3)"),
        ("up_by", "year", "round_up(elapsed * 0.7, 3 month)"),
        ("passed", "1", "elapsed / 1 year + 100 * (since_opening / 1 year)"),
        (
            "dates",
            "1",
            "(now - 2020) / 1 year + (if now >= 2033 then 1000 else 0)",
        ),
        ("growth", "1", "grown(2 %/year)"),
        (
            "logic",
            "1",
            "if not (demand > 2 and rank[a] = 3) or now = 2031 then 1 else if demand != 3 then 2 else 3",
        ),
        ("quotient", "1", "ratio(demand - 1, demand - 3, if_none = 7)"),
        (
            "bounds",
            "1",
            "clamp(demand, 1.5, 2.5) + 10 * min(demand, 2, 5) + 100 * max(demand, 2)",
        ),
        (
            "roots",
            "1",
            "sqrt(demand) + exp(-demand) * ln(demand + 1) + abs(1 - demand)",
        ),
    ]);
    let fixed = [
        ("minus_square", -4.0),
        ("tower", 512.0),
        ("inverse", 0.5),
        ("half_year", 0.5),
        ("energy", 6e6),
        ("money", 3200.0),
        ("percent", 1.0),
    ];
    for (name, value) in fixed {
        assert_is(&outcome, name, |_, _| value);
    }
    assert_is(&outcome, "up", |_, year| {
        (demand(year) * 1.3).ceil() + 100.0 * (-demand(year) * 1.3).floor()
    });
    assert_is(&outcome, "up_by", |_, year| {
        ((year + 1) as f64 * 0.7 / 0.25).ceil() * 0.25
    });
    assert_is(&outcome, "passed", |_, year| {
        (year as f64 + 1.0) + 100.0 * (year as f64 - 4.0)
    });
    assert_is(&outcome, "dates", |_, year| {
        (year + 6) as f64 + if year >= 7 { 1000.0 } else { 0.0 }
    });
    assert_is(&outcome, "growth", |_, year| 1.02_f64.powi(year as i32 + 1));
    assert_is(&outcome, "logic", |_, year| match demand(year) {
        _ if year == 5 => 1.0,
        demand if demand <= 2.0 => 1.0,
        demand if demand != 3.0 => 2.0,
        _ => 3.0,
    });
    assert_is(&outcome, "quotient", |_, year| match demand(year) {
        3.0 => 7.0,
        demand => (demand - 1.0) / (demand - 3.0),
    });
    assert_is(&outcome, "bounds", |_, year| {
        let x = demand(year);
        x.clamp(1.5, 2.5) + 10.0 * x.min(2.0) + 100.0 * x.max(2.0)
    });
    assert_is(&outcome, "roots", |_, year| {
        let x = demand(year);
        x.sqrt() + (-x).exp() * (x + 1.0).ln() + (1.0 - x).abs()
    });
}

#[test]
fn measures_set_levers_in_their_years_and_places_and_combine_as_each_lever_says() {
    let levers = "
        [lever]
        added = { over = ['campus'], default = '1', combine = 'sum' }
        highest = { over = ['campus'], default = '1', combine = 'max' }
        times = { over = ['campus'], default = '1', combine = 'product' }
        [measure.early]
        label = 'Early'
        until = 2031
        set = { added = 'rank', highest = '2', times = '3' }
        [measure.late]
        label = 'Late'
        start = 2030
        over = 'campus'
        at = ['b', 'c']
        set = { added = '10', highest = 'rank', times = '5' }
        [measure.once_large]
        label = 'Once large'
        start = 2029
        until = 2037
        only_if = 'previous(wish, first = 0 m2/year) > 9 m2/year'
        set = { added = '100' }
        [defaults.variable]
        indicator = true
        [variable]
        sums = { unit = '1', formula = 'added', over = ['campus'] }
        most = { unit = '1', formula = 'highest', over = ['campus'] }
        products = { unit = '1', formula = 'times', over = ['campus'] }
    ";
    let outcome = Small::new(2025, 2026, 2040)
        .file("provinces.csv", "id,room\nnorth,5\nsouth,12\n")
        .file(
            "campuses.csv",
            "rank,id,size,province\n1,c,4,south\n3,b,2,north\n2,d,7,south\n3,a,1,north\n",
        )
        .model(&format!(
            "{}{levers}",
            MODEL.replace("[defaults.variable]\nindicator = true\n", "")
        ))
        .alternatives("[alternative.with]\nmeasures = ['late', 'once_large', 'early']")
        .run();
    let early = |year: usize| year <= 5;
    let late = |campus: usize, year: usize| year >= 4 && [1, 2].contains(&campus);
    // From 2029 on; once on it stays on.
    let large = |campus: usize, year: usize| (3..=year).any(|t| wish(campus, t - 1) > 9.0) && year <= 11;
    let part = |on: bool, value: f64| if on { value } else { 0.0 };
    assert_is(&outcome, "sums", |c, t| {
        1.0 + part(early(t), RANK[c]) + part(late(c, t), 10.0) + part(large(c, t), 100.0)
    });
    assert_is(&outcome, "most", |c, t| {
        1.0_f64.max(part(early(t), 2.0)).max(part(late(c, t), RANK[c]))
    });
    assert_is(&outcome, "products", |c, t| {
        (if early(t) { 3.0 } else { 1.0 }) * if late(c, t) { 5.0 } else { 1.0 }
    });
    assert!(large(3, 3) && !large(2, 3) && large(2, 4) && large(2, 11) && !large(1, 11) && wish(2, 10) < 9.0);
}
