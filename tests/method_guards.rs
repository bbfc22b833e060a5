//! The guards of the appraisal through the whole engine: where two gains meet, what an apportionment does, whose life a cost shares, what the
//! baseline has to hold, and what the checklist says; on small models, and on the shipped one with a fault put in.
#[expect(dead_code, reason = "shared by several test programs, each of which uses a part")]
mod support;

use mkba_core::appraisal::Detail;
use mkba_core::appraisal::catalogue::{JudgedBy, RuleEntry, RuleStatus};
use mkba_core::outcome::Outcome;
use support::project::Project;
use support::small::Small;
use support::view::view;
use support::{assert_near, assert_near_on_scale};

const KENNISSTAD: &str = "models/kennisstad/groups.toml";
const STUDY: &str = "scenarios/city-deal.toml";

/// Rent, and nearness of which tenants pay in their rent: a forbidden pair, each of 10 million euro a year in 2027 to 2036.
fn rent_and_nearness(rent: &str, nearness: &str) -> Small {
    let gain = |name: &str, channel: &str, more: &str| {
        format!(
            "[flow.{name}]\nlabel = 'Gain'\nkind = 'benefit'\nformula = 'done * 10 MEUR/year'\naccrues_to = 'firm'\nchannel = ['{channel}']\n{more}\n"
        )
    };
    Small::new(2026, 2027, 2036)
        .file("places.csv", "id,part\nhere,west\nthere,east\n")
        .file("parts.csv", "id\nwest\neast\n")
        .model(
            "
            [index.part]
            from = 'parts.csv'
            key = 'id'
            [index.place]
            from = 'places.csv'
            key = 'id'
            within = { part = 'part' }
            [group.users]
            label = 'Users'
            [group.tenants]
            label = 'Tenants'
            within = 'users'
            [group.neighbours]
            label = 'Neighbours'
            [lever.done]
            default = '0'
            combine = 'exclusive'
            ",
        )
        .model(&(gain("rent", "rent_place", rent) + &gain("nearness", "agglomeration", nearness)))
        .alternatives("[alternative.yes]\nset = { done = '1' }")
}

#[test]
fn a_pair_is_forbidden_only_where_the_same_people_gain_at_the_same_place_in_the_same_years() {
    let everybody = "";
    let gain = |text: &str| format!("gain = {{ {text} }}");
    let meet = [
        (everybody.to_owned(), everybody.to_owned()),
        (gain("who = ['tenants']"), everybody.to_owned()),
        (gain("who = ['tenants']"), gain("who = ['users']")),
        (gain("who = ['users']"), gain("who = ['neighbours', 'tenants']")),
        (gain("where = ['place']"), gain("where = ['here']")),
        (gain("where = ['west']"), gain("where = ['here']")),
        (gain("until = 2030"), gain("from = 2030")),
        (
            gain("who = ['tenants'], where = ['here']"),
            gain("who = ['tenants'], where = ['part']"),
        ),
    ];
    for (rent, nearness) in meet {
        assert_eq!(
            rent_and_nearness(&rent, &nearness).refused(),
            ["E0502"],
            "{rent} / {nearness}"
        );
        assert_eq!(
            rent_and_nearness(&nearness, &rent).refused(),
            ["E0502"],
            "{nearness} / {rent}"
        );
    }
    let apart = [
        (gain("who = ['tenants']"), gain("who = ['neighbours']")),
        (gain("where = ['here']"), gain("where = ['there']")),
        (gain("where = ['here']"), gain("where = ['east']")),
        (gain("where = ['place']"), gain("where = ['elsewhere', 'abroad']")),
        (gain("until = 2029"), gain("from = 2030")),
        (
            gain("who = ['users'], where = ['here']"),
            gain("who = ['users'], where = ['abroad']"),
        ),
    ];
    for (rent, nearness) in apart {
        let outcome = rent_and_nearness(&rent, &nearness).run();
        assert!(view(&outcome, "only", "yes").balance() > 0.0, "{rent} / {nearness}");
    }
}

#[test]
fn a_gain_that_is_counted_until_a_year_is_nothing_afterwards() {
    let outcome = rent_and_nearness("gain = { until = 2029 }", "gain = { from = 2030, until = 2031 }").run();
    let found = view(&outcome, "only", "yes");
    for year in 2027..=2036 {
        let expected = |counted: bool| if counted { 10e6 } else { 0.0 };
        assert_eq!(found.in_year("rent", year), expected(year <= 2029), "{year}");
        assert_eq!(
            found.in_year("nearness", year),
            expected((2030..=2031).contains(&year)),
            "{year}"
        );
    }
    let factor = |years: std::ops::RangeInclusive<i32>| years.map(|year| 1.0225_f64.powi(2026 - year)).sum::<f64>();
    assert_near(found.flow("rent"), 10e6 * factor(2027..=2029), 1e-14);
    assert_near(found.flow("nearness"), 10e6 * factor(2030..=2031), 1e-14);
}

#[test]
fn without_of_every_flow_is_multiplied_by_its_share_and_with_of_that_flow_alone() {
    let whole = 10e6 * (1.0 - 1.0225_f64.powi(-10)) / 0.0225;
    let divided = |of: &str| {
        let text = format!(
            "[apportionment.one]\nshares = {{ rent = '30 %', nearness = 'remainder' }}\nreason = 'a test'\n{of}"
        );
        rent_and_nearness("", "").model(&text).run()
    };
    let (both, one) = (divided(""), divided("of = 'nearness'"));
    let (both, one) = (view(&both, "only", "yes"), view(&one, "only", "yes"));
    assert_near(both.flow("rent"), 0.3 * whole, 1e-14);
    assert_near(both.flow("nearness"), 0.7 * whole, 1e-14);
    assert_near(both.balance(), whole, 1e-14);
    assert_near(one.flow("rent"), whole, 1e-14);
    assert_near(one.flow("nearness"), 0.7 * whole, 1e-14);
}

#[test]
fn shares_that_are_drawn_multiply_in_each_draw_and_a_flow_may_be_divided_twice() {
    let shares = "
        [apportionment.one]
        shares = { rent = 'part', nearness = 'remainder' }
        reason = 'a test'
        [apportionment.two]
        shares = { rent = '0.5', third = '0.5' }
        reason = 'another test'
        [flow.third]
        label = 'Third'
        kind = 'benefit'
        formula = 'done * 10 MEUR/year'
        accrues_to = 'people'
        channel = ['noise']
        [parameter.part]
        value = 'triangular(20, 40, 90) %'
    ";
    let outcome = rent_and_nearness(
        "gain = { who = ['tenants'] }",
        "gain = { who = ['users'], where = ['elsewhere'] }",
    )
    .model(shares)
    .draws(50);
    let found = view(&outcome, "only", "yes");
    let annuity = (1.0 - 1.0225_f64.powi(-10)) / 0.0225;
    let (_, drawn) = &outcome.inputs[0];
    for (draw, balance) in found.result.balance_draws.iter().enumerate() {
        let part = drawn[draw];
        let expected = 10e6 * annuity * (part * 0.5 + (1.0 - part) + 0.5);
        assert_near_on_scale(*balance, expected, 30e6 * annuity, 1e-13);
    }
}

#[test]
fn a_share_that_could_leave_the_range_from_0_to_1_is_refused() {
    let divided = |value: &str| {
        let text = format!(
            "[apportionment.one]\nshares = {{ rent = 'part', nearness = 'remainder' }}\nreason = 'a test'\n[parameter.part]\nvalue = '{value}'"
        );
        rent_and_nearness("", "").model(&text)
    };
    assert_eq!(divided("triangular(20, 90, 120) %").refused(), ["E0401"]);
    assert_eq!(divided("normal(0.5, sd = 0.1)").refused(), ["E0401"]);
    assert_eq!(divided("uniform(0, 1)").run().scenarios.len(), 1);
}

#[test]
fn decided_policy_that_every_alternative_undoes_is_credited_to_none_of_them() {
    let study = |baseline: &str| {
        Small::new(2026, 2026, 2035)
            .model("[lever.size]\ndefault = '1'\ncombine = 'sum'")
            .model("[measure.cut]\nlabel = 'Cut'\nstatus = 'decided'\nsource = 'a test'\nset = { size = '-0.2' }")
            .model("[flow.use]\nlabel = 'Use'\nkind = 'benefit'\nformula = 'size * 5 MEUR/year'\naccrues_to = 'people'")
            .alternatives("[alternative.cut-too]\nmeasures = ['cut']")
            .baseline(baseline)
    };
    let (with, without) = (study("measures = ['cut']"), study(""));
    assert_eq!(warnings(&with.project(), "study.toml"), Vec::<&str>::new());
    assert_eq!(view(&with.run(), "only", "cut-too").balance(), 0.0);
    assert_eq!(warnings(&without.project(), "study.toml"), ["W0122"]);
    assert!(view(&without.run(), "only", "cut-too").balance() < -1e6);
    let asked = without
        .alternatives("[checklist.decided-in-baseline]\nstatus = 'explain'\nexplanation = 'the study asks what the decided cut costs'");
    assert_eq!(warnings(&asked.project(), "study.toml"), Vec::<&str>::new());
    assert_eq!(rule(&asked.run(), "decided-in-baseline").status, RuleStatus::Explain);
}

#[test]
fn a_baseline_that_holds_what_is_not_decided_is_told() {
    let study = Small::new(2026, 2026, 2035)
        .model("[lever.size]\ndefault = '1'\ncombine = 'sum'")
        .model("[measure.wish]\nlabel = 'Wish'\nstatus = 'proposed'\nsource = 'a test'\nset = { size = '0.2' }")
        .model("[flow.use]\nlabel = 'Use'\nkind = 'benefit'\nformula = 'size * 5 MEUR/year'\naccrues_to = 'people'")
        .baseline("measures = ['wish']");
    assert_eq!(warnings(&study.project(), "study.toml"), ["W0122"]);
}

/// A programme, what would come without it, and the share of the programme that would not have come anyway.
fn corrected(counterpart: &str, share_of: &str, baseline: &str, alternative: &str) -> Small {
    Small::new(2026, 2026, 2035)
        .model("[lever.places]\ndefault = '0'\ncombine = 'sum'")
        .model("[measure.programme]\nlabel = 'Programme'\nset = { places = '10' }")
        .model(&format!("[measure.anyway]\nlabel = 'Anyway'\nset = {{ places = '3' }}\n{counterpart}"))
        .model("[flow.use]\nlabel = 'Use'\nkind = 'benefit'\nformula = 'places * additional * 5 MEUR/year'\naccrues_to = 'people'")
        .model(&format!("[parameter.additional]\nvalue = '70 %'\n{share_of}"))
        .baseline(baseline)
        .alternatives(&format!("[alternative.yes]\nmeasures = [{alternative}]"))
}

#[test]
fn a_deadweight_share_beside_growth_in_the_baseline_is_an_error() {
    let (counterpart, share) = ("counterpart_of = ['programme']", "additionality_of = ['programme']");
    let (anyway, both) = ("measures = ['anyway']", "'anyway', 'programme'");
    assert_eq!(corrected(counterpart, share, anyway, both).refused(), ["E0503"]);
    // The alternative replaces what comes anyway by the programme: the difference has taken it off already.
    assert_eq!(corrected("", share, anyway, "'programme'").refused(), ["E0503"]);
    for right in [
        corrected(counterpart, "", anyway, both),
        corrected(counterpart, share, "", "'programme'"),
        corrected("", share, anyway, both),
    ] {
        assert!(view(&right.run(), "only", "yes").balance() > 0.0);
    }
}

/// A building that costs upkeep until the end, and is used until a year.
fn building(used_until: i32, upkeep_until: i32) -> Small {
    Small::new(2026, 2026, 2055)
        .model("[lever.built]\ndefault = '0'\ncombine = 'exclusive'")
        .model("[stock.space]\nunit = '1'\ninitial = '0'\nadds = 'built * 1 1/year'")
        .model(&format!(
            "[flow.upkeep]\nlabel = 'Upkeep'\nkind = 'cost'\neffect = 'upkeep'\nformula = 'if now <= {upkeep_until} then space * 1 MEUR/year * price else 0'\npaid_by = 'town'\nlifetime_of = 'space'"
        ))
        .model(&format!(
            "[flow.use]\nlabel = 'Use'\nkind = 'benefit'\nformula = 'if now <= {used_until} then space * 2 MEUR/year else 0'\naccrues_to = 'people'\nlifetime_of = 'space'"
        ))
        .model("[parameter.price]\nvalue = 'triangular(0.5, 1, 2)'")
        .alternatives("[alternative.yes]\nset = { built = '1' }")
}

#[test]
fn a_cost_stream_that_outlives_its_benefits_warns() {
    assert_eq!(warnings(&building(2040, 2055).project(), "study.toml"), ["W0105"]);
    assert_eq!(warnings(&building(2040, 2041).project(), "study.toml"), ["W0105"]);
    for (used, upkeep) in [(2055, 2055), (2040, 2040), (2045, 2040)] {
        assert_eq!(
            warnings(&building(used, upkeep).project(), "study.toml"),
            Vec::<&str>::new()
        );
    }
}

/// What the shipped model may not be given as well: a flow with a channel that one of its gains holds, of the same people.
#[test]
fn the_guards_of_the_shipped_model_bite() {
    let beside = [
        ("land_value", "tenants"),
        ("agglomeration_additional", "neighbours"),
        ("cluster", "neighbours"),
        ("campus_premium", "neighbours"),
        ("productivity", "participants"),
        ("labour_tax", "participants"),
        ("schooling_external", "participants"),
        ("labour_tax", "stayers"),
        ("tuition", "stayers"),
        ("study_cost", "students_from_abroad"),
        ("labour_supply", "stayers"),
        ("spin_off_profit", "users_of_knowledge"),
        ("patent_value", "users_of_knowledge"),
        ("licence_income", "users_of_public_research"),
        ("freed_dwelling", "students"),
        ("land_value", "travellers"),
        ("land_value", "residents_near"),
        ("grid_delay", "tenants"),
        ("emission_rights", "tenants"),
        ("environmental_price", "cyclists"),
        ("reinvestment", "access_links"),
        ("upkeep_with_replacement", "campus_buildings"),
    ];
    let project = Project::shipped();
    assert!(project.try_compile(STUDY, Detail::Balances).is_ok());
    for (channel, who) in beside {
        let flow = format!(
            "[flow.again]\nlabel = 'Again'\nkind = 'benefit'\nformula = '1 MEUR/year'\naccrues_to = 'households'\ntax = {{ basis = 'market' }}\nchannel = ['{channel}']\ngain = {{ who = ['{who}'] }}"
        );
        let faults = project
            .clone()
            .append(KENNISSTAD, &flow)
            .try_compile(STUDY, Detail::Balances);
        let faults = faults.expect_err(channel);
        assert!(
            faults
                .iter()
                .all(|(code, message)| ["E0501", "E0502"].contains(code) && message.contains("`again`")),
            "{channel}: {faults:?}"
        );
    }
}

#[test]
fn what_the_shipped_model_divides_is_refused_when_it_is_not_divided() {
    for (file, name) in [
        ("models/kennisstad/effects/research.toml", "knowledge_near_campuses"),
        (
            "models/kennisstad/effects/research.toml",
            "knowledge_near_campuses_abroad",
        ),
        ("models/kennisstad/effects/environment.toml", "nitrogen_price_or_damage"),
    ] {
        let project = Project::shipped();
        let text = project.text(file);
        let start = text.find(&format!("[apportionment.{name}]")).expect("it is there");
        let end = start + text[start..].find("\n\n").expect("something follows");
        let without = format!("{}{}", &text[..start], &text[end..]);
        let faults = project.with(file, without).try_compile(STUDY, Detail::Balances);
        let codes: Vec<&str> = faults.expect_err(name).iter().map(|(code, _)| *code).collect();
        assert_eq!(codes, ["E0502"], "{name}");
    }
}

#[test]
fn the_checklist_of_the_shipped_study_leaves_nothing_open_that_is_a_guideline() {
    let compiled = Project::shipped().compile(STUDY, Detail::Balances);
    let checklist = compiled.catalogue.checklist;
    assert!(checklist.len() > 30);
    let open = checklist.iter().filter(|rule| rule.status == RuleStatus::Open);
    let open: Vec<&str> = open.map(|rule| rule.id.as_str()).collect();
    assert_eq!(open, Vec::<&str>::new());
    for rule in &checklist {
        let explained = rule.judged_by == JudgedBy::Engine || !rule.explanation.is_empty();
        assert!(explained && !rule.source.is_empty(), "{}", rule.id);
    }
}

#[test]
fn what_the_engine_sees_decides_and_what_nobody_stated_is_open() {
    let rent = "gain = { where = ['here'] }";
    let plain = rent_and_nearness(rent, "gain = { where = ['abroad'] }").run();
    // Judged by the engine, not judged by anybody, and seen to be departed from.
    assert_eq!(
        judged(&plain, "no-double-counting"),
        (RuleStatus::Comply, JudgedBy::Engine)
    );
    assert_eq!(judged(&plain, "problem-analysis"), (RuleStatus::Open, JudgedBy::Nobody));
    assert_eq!(
        judged(&plain, "several-scenarios"),
        (RuleStatus::Open, JudgedBy::Engine)
    );
    let stated = |checklist: &str| rent_and_nearness(rent, "gain = { where = ['abroad'] }").alternatives(checklist);
    let said = "[checklist.problem-analysis]\nstatus = 'comply'\nexplanation = 'chapter 2'\n[checklist.several-scenarios]\nstatus = 'explain'\nexplanation = 'a test'";
    let outcome = stated(said).run();
    assert_eq!(
        judged(&outcome, "problem-analysis"),
        (RuleStatus::Comply, JudgedBy::Author)
    );
    assert_eq!(
        judged(&outcome, "several-scenarios"),
        (RuleStatus::Explain, JudgedBy::Author)
    );
    assert!(rule(&outcome, "several-scenarios").finding.en.starts_with("1 scenario"));
    // Who says that a rule is followed and does not follow it is contradicted, and the rule stays open.
    let boast = stated("[checklist.several-scenarios]\nstatus = 'comply'\nexplanation = 'one is enough'");
    assert_eq!(warnings(&boast.project(), "study.toml"), ["W0123"]);
    assert_eq!(
        judged(&boast.run(), "several-scenarios"),
        (RuleStatus::Open, JudgedBy::Engine)
    );
}

#[test]
fn a_number_without_source_or_assumption_is_refused() {
    let project = Project::shipped().append(
        KENNISSTAD,
        "[parameter.from_nowhere]\nlabel = 'From nowhere'\nvalue = '3 EUR'\nconfidence = 'low'",
    );
    let faults = project
        .try_compile(STUDY, Detail::Balances)
        .expect_err("a number without source");
    assert_eq!(faults[0].0, "E0020");
}

#[track_caller]
fn rule<'o>(outcome: &'o Outcome, id: &str) -> &'o RuleEntry {
    let mut rules = outcome.catalogue.checklist.iter();
    rules
        .find(|rule| rule.id == id)
        .unwrap_or_else(|| panic!("no rule `{id}`"))
}

fn judged(outcome: &Outcome, id: &str) -> (RuleStatus, JudgedBy) {
    let rule = rule(outcome, id);
    (rule.status, rule.judged_by)
}

/// Codes of the warnings of a study without errors, those of what is never used left out.
#[track_caller]
fn warnings(project: &Project, study: &str) -> Vec<&'static str> {
    let found = project.warnings(study);
    found
        .into_iter()
        .filter(|code| !["W0101", "W0103"].contains(code))
        .collect()
}
