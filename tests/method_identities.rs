//! What must be exactly nothing, must not matter, or must add up: on the main study with few draws, and on small models.
#[expect(dead_code, reason = "shared by several test programs, each of which uses a part")]
mod support;

use mkba_core::appraisal::Detail;
use mkba_core::appraisal::catalogue::FlowKind;
use mkba_core::outcome::{AlternativeOutcome, Outcome};
use std::collections::BTreeMap;
use std::sync::LazyLock;
use support::project::{Project, Run};
use support::rewriting::{lists_of_measures_reversed, money_doubled, rows_reversed, sections_reversed};
use support::small::Small;
use support::view::view;
use support::{assert_near, assert_near_on_scale};

const STUDY: &str = "scenarios/city-deal.toml";
const MEASURES: &str = "models/kennisstad/measures.toml";
const SPACE: &str = "models/kennisstad/effects/space.toml";
const SCENARIOS: [&str; 2] = ["wlo-2015-high", "wlo-2015-low"];
const COMPARED: [&str; 5] = ["hardware", "software", "orgware", "integrated", "integrated-phased"];
const DRAWS: usize = 64;

static CITY_DEAL: LazyLock<Outcome> = LazyLock::new(|| shipped(&Project::shipped()));

fn shipped(project: &Project) -> Outcome {
    project.run(STUDY, Run::draws(DRAWS))
}

fn assert_nothing(found: &AlternativeOutcome) {
    let summaries = found
        .flows
        .iter()
        .chain([&found.balance, &found.balance_without_separate]);
    for summary in summaries {
        let all = [
            summary.mean,
            summary.standard_error,
            summary.p05,
            summary.p50,
            summary.p95,
        ];
        assert_eq!(all, [0.0; 5]);
    }
    assert!(
        found
            .balance_draws
            .iter()
            .chain(&found.balance_without_separate_draws)
            .all(|value| *value == 0.0)
    );
    let lists = found.postings.iter().chain(&found.regional).chain(&found.yearly);
    assert!(lists.flatten().all(|value| *value == 0.0));
}

#[test]
fn the_balance_builds_up_over_the_years_to_what_it_is() {
    for scenario in &CITY_DEAL.scenarios {
        for alternative in CITY_DEAL.catalogue.compared() {
            let result = &scenario.alternatives[alternative];
            let last = result.cumulative.last().expect("every year has one");
            let scale = result.flows.iter().map(|flow| flow.mean.abs()).sum::<f64>();
            assert_near_on_scale(last.mean, result.balance.mean, scale, 1e-12);
            // So few draws are all among those whose quantiles are told.
            for (found, expected) in [
                (0, result.balance.p05),
                (2, result.balance.p50),
                (4, result.balance.p95),
            ] {
                assert_near_on_scale(last.quantiles[found], expected, scale, 1e-12);
            }
        }
    }
}

#[test]
fn the_baseline_against_itself_is_exactly_zero() {
    let again = "[alternative.again]\nmeasures = ['fewer_international_students', 'growth_fund_ended', 'research_cut', 'temporary_programmes', 'autonomous_growth']";
    let outcome = shipped(&Project::shipped().append(STUDY, again));
    for scenario in SCENARIOS {
        assert_nothing(view(&outcome, scenario, "fragmented").result);
        assert_nothing(view(&outcome, scenario, "again").result);
        assert_eq!(view(&outcome, scenario, "again").result.balance_draws.len(), DRAWS);
    }
}

#[test]
fn an_alternative_without_measures_is_exactly_zero_against_a_baseline_without_measures() {
    let project = Project::shipped().replace(STUDY, "baseline  = \"fragmented\"", "baseline  = \"nothing\"");
    let outcome = shipped(&project.append(STUDY, "[alternative.nothing]\n[alternative.still-nothing]"));
    for scenario in SCENARIOS {
        assert_nothing(view(&outcome, scenario, "still-nothing").result);
        assert!(view(&outcome, scenario, "fragmented").balance() != 0.0);
    }
}

#[test]
fn a_measure_of_size_zero_changes_nothing() {
    let measure = "
[measure.of_size_zero]
label  = 'Of size zero'
start  = 2028
until  = 2040
set    = { space_programme = 'planned_space * size / 6 year', learning_places = 'learning_plan * size', grid_reinforcement = 'grid_room * size', home_programme = 'planned_homes * size / 8 year', nitrogen_programme = '0 m2/year', joint_governance = 'size', city_deal_years = 'size', retention = 'size', access_link = 'size', facility_programme = 'size / 6 year', public_space_programme = 'size / 6 year', valorisation_teams = '0 firm/year', incubator_places = '0 firm/year', welfare_places = '0 person/year', experiments = 'size', public_research = '0 EUR/year', eea_entrants = '0 person/year', other_entrants = '0 person/year' }

[parameter.size]
value      = '0 %'
assumption = 'test'
confidence = 'high'
";
    let list = |name: &str| {
        let study = Project::shipped();
        let list = study
            .text(STUDY)
            .split_once(&format!("[alternative.{name}]"))
            .expect("the alternative")
            .1;
        list.split_once("measures = [")
            .expect("measures")
            .1
            .split_once(']')
            .expect("the end")
            .0
            .to_owned()
    };
    let more: String = COMPARED
        .iter()
        .chain(&["fragmented"])
        .map(|name| {
            format!(
                "[alternative.{name}-and-zero]\nmeasures = [{}, 'of_size_zero']\n",
                list(name)
            )
        })
        .collect();
    let outcome = shipped(&Project::shipped().append(MEASURES, measure).append(STUDY, &more));
    for scenario in SCENARIOS {
        for name in COMPARED {
            let with_zero = view(&outcome, scenario, &format!("{name}-and-zero"));
            let found = view(&outcome, scenario, name);
            assert_eq!(with_zero.result, found.result, "{name}");
            assert!(found.balance() != 0.0);
        }
        assert_nothing(view(&outcome, scenario, "fragmented-and-zero").result);
    }
}

#[test]
fn what_does_not_change_is_zero_without_a_sign() {
    let found = view(&CITY_DEAL, "wlo-2015-low", "software").result;
    let summaries = found
        .flows
        .iter()
        .flat_map(|flow| [flow.mean, flow.p05, flow.p50, flow.p95]);
    let lists = found
        .postings
        .iter()
        .chain(&found.regional)
        .chain(&found.yearly)
        .flatten()
        .copied();
    let zeros: Vec<f64> = summaries.chain(lists).filter(|value| *value == 0.0).collect();
    assert!(zeros.len() > 100 && zeros.iter().all(|zero| zero.is_sign_positive()));
}

#[test]
fn doubling_every_amount_of_money_doubles_every_balance() {
    let double = |path: &str, text: &str| {
        let changed = if path.ends_with(".toml") && !path.contains("rulebooks") {
            money_doubled(text)
        } else {
            text.to_owned()
        };
        (path.to_owned(), changed)
    };
    let project = Project::shipped()
        .map("models/kennisstad", double)
        .map("scenarios/wlo-2015", double);
    assert!(
        project
            .text(SPACE)
            .contains("lognormal(p05 = 5000, p95 = 11000) EUR@2024/m2")
    );
    assert!(
        project
            .text("scenarios/wlo-2015-low.toml")
            .contains("2030 = \"40 EUR@2013/t\"")
    );
    let doubled = shipped(&project);
    for scenario in SCENARIOS {
        for name in COMPARED {
            let (doubled, single) = (view(&doubled, scenario, name), view(&CITY_DEAL, scenario, name));
            for (number, flow) in doubled.catalogue.flows.iter().enumerate() {
                let [twice, once] = [&doubled, &single].map(|found| found.result.flows[number].mean);
                assert!(
                    (twice - 2.0 * once).abs() <= 1e-11 * once.abs(),
                    "{}: {twice} is not twice {once}",
                    flow.entry.id
                );
            }
            for (twice, once) in doubled.result.balance_draws.iter().zip(&single.result.balance_draws) {
                assert_near_on_scale(*twice, 2.0 * once, single.gross(), 1e-11);
            }
            assert_eq!(
                doubled.indicator("jobs_additional"),
                single.indicator("jobs_additional")
            );
        }
    }
}

#[test]
fn splitting_a_flow_in_two_changes_nothing() {
    let text = Project::shipped();
    let text = text.text(SPACE);
    let (before, rest) = text.split_once("[flow.buildings]").expect("the flow");
    let (flow, after) = rest.split_once("[flow.building_upkeep]").expect("the next flow");
    let part = |name: &str, share: &str| {
        let formula = format!("formula = '(construction_value) * {share}'");
        assert!(flow.contains("formula = 'construction_value'"));
        format!(
            "[flow.{name}]{}",
            flow.replace("formula = 'construction_value'", &formula)
        )
    };
    let (one, other) = (part("buildings_one", "0.3"), part("buildings_other", "(1 - 0.3)"));
    let split = format!("{before}{one}{other}[flow.building_upkeep]{after}");
    let split = shipped(&Project::shipped().with(SPACE, split));
    for scenario in SCENARIOS {
        for name in COMPARED {
            let (split, whole) = (view(&split, scenario, name), view(&CITY_DEAL, scenario, name));
            let both = split.flow("buildings_one") + split.flow("buildings_other");
            assert_near(both, whole.flow("buildings"), 1e-12);
            for party in ["universities", "companies", "treasury"] {
                let both = split.posting("buildings_one", party) + split.posting("buildings_other", party);
                assert_near(both, whole.posting("buildings", party), 1e-12);
            }
            for (split, one) in split.result.balance_draws.iter().zip(&whole.result.balance_draws) {
                assert_near_on_scale(*split, *one, whole.gross(), 1e-12);
            }
        }
    }
}

#[test]
fn the_order_of_files_declarations_measures_and_rows_changes_no_bit() {
    let files = Project::shipped();
    let rank = |path: &str| 1000 - files.text(path).len() % 1000;
    let shuffle = |path: &str, text: &str| {
        if path.ends_with(".csv") {
            let index = ["campuses", "provinces", "campus-types"]
                .iter()
                .any(|name| path.contains(name));
            return (
                path.to_owned(),
                if index { rows_reversed(text) } else { text.to_owned() },
            );
        }
        let moved = match path.rsplit_once("/effects/") {
            Some((folder, name)) => format!("{folder}/elsewhere/{:04}-{name}", rank(path)),
            None => path.to_owned(),
        };
        (moved, sections_reversed(text))
    };
    let study = lists_of_measures_reversed(files.text(STUDY));
    assert_ne!(study, files.text(STUDY));
    let project = files.clone().map("models/kennisstad", shuffle).with(STUDY, study);
    let shuffled = shipped(&project);
    assert_eq!(shuffled, *CITY_DEAL);
    assert!(
        format!("{shuffled:?}") == format!("{:?}", *CITY_DEAL),
        "a zero changed its sign"
    );
}

#[test]
fn an_alternative_does_not_depend_on_which_others_are_in_the_study() {
    let files = Project::shipped();
    let study: String = files
        .text(STUDY)
        .split_inclusive("\n\n")
        .filter(|part| {
            let kept = ["fragmented", "integrated-phased"].map(|name| format!("[alternative.{name}]"));
            let asks_for_others = part.contains("[alternative.") || part.contains("[interaction.");
            !asks_for_others || kept.iter().any(|name| part.contains(name))
        })
        .collect();
    let alone = shipped(&files.with(STUDY, study));
    assert_eq!(alone.catalogue.alternatives.len(), 2);
    for scenario in SCENARIOS {
        let [alone, among] = [&alone, &*CITY_DEAL].map(|outcome| view(outcome, scenario, "integrated-phased").result);
        assert_eq!(alone.balance_draws, among.balance_draws);
        assert_eq!(alone.flows, among.flows);
        assert_eq!(alone.yearly, among.yearly);
    }
}

#[test]
fn balances_are_the_same_whether_flows_are_asked_for_or_not() {
    let short = Project::shipped().run(
        STUDY,
        Run {
            detail: Detail::Balances,
            ..Run::draws(DRAWS)
        },
    );
    for scenario in SCENARIOS {
        for name in COMPARED {
            let (short, full) = (view(&short, scenario, name), view(&CITY_DEAL, scenario, name));
            let with = short.result.balance_draws.iter().zip(&full.result.balance_draws);
            let without = short
                .result
                .balance_without_separate_draws
                .iter()
                .zip(&full.result.balance_without_separate_draws);
            with.chain(without)
                .for_each(|(short, long)| assert_near_on_scale(*short, *long, full.gross(), 1e-12));
        }
    }
}

#[test]
fn pillars_parties_with_standing_and_effects_each_add_up_to_the_balance() {
    for scenario in SCENARIOS {
        for name in COMPARED {
            let found = view(&CITY_DEAL, scenario, name);
            let (flows, parties) = (&found.catalogue.flows, &found.catalogue.parties);
            let mut pillars: BTreeMap<&str, f64> = BTreeMap::new();
            let mut effects: BTreeMap<&str, f64> = BTreeMap::new();
            let mut by_party = vec![0.0; parties.len()];
            for (number, flow) in flows.iter().enumerate() {
                let value = found.result.flows[number].mean;
                *pillars.entry(&flow.pillar).or_default() += value;
                *effects.entry(&flow.effect).or_default() += value;
                for (sum, posting) in by_party.iter_mut().zip(&found.result.postings[number]) {
                    *sum += posting;
                }
            }
            assert_eq!(
                pillars.keys().copied().collect::<Vec<_>>(),
                ["hardware", "orgware", "software"]
            );
            assert!(effects.len() >= 7, "{effects:?}");
            let standing: f64 = by_party
                .iter()
                .zip(parties)
                .filter(|(_, party)| party.standing)
                .map(|(sum, _)| sum)
                .sum();
            for sum in [pillars.values().sum(), effects.values().sum(), standing] {
                assert_near_on_scale(sum, found.balance(), found.gross(), 1e-12);
            }
            let abroad: f64 = by_party
                .iter()
                .zip(parties)
                .filter(|(_, party)| !party.standing)
                .map(|(sum, _)| sum)
                .sum();
            assert!(abroad != 0.0, "what has no standing is shown: {name}");
        }
    }
}

#[test]
fn every_transfer_sums_to_zero_over_all_parties() {
    for scenario in SCENARIOS {
        for name in COMPARED {
            let found = view(&CITY_DEAL, scenario, name);
            let transfers = found.of_kind(FlowKind::Transfer);
            assert!(transfers.len() >= 6);
            for number in transfers {
                let postings = &found.result.postings[number];
                let moved: f64 = postings.iter().map(|posting| posting.abs()).sum();
                assert_near_on_scale(postings.iter().sum(), 0.0, moved, 1e-14);
            }
        }
        let integrated = view(&CITY_DEAL, scenario, "integrated");
        assert!(integrated.posting("rent_paid", "universities") > 1e6);
    }
}

/// A lever that every element has alike folds to one number; it still counts once for each.
#[test]
fn a_flow_that_is_the_same_everywhere_counts_once_for_each_element() {
    let model = |over: &str, formula: &str| {
        let study = Small::new(2026, 2026, 2030)
            .head("region = 'province'")
            .file("provinces.csv", "id\nnorth\nsouth\n")
            .file("campuses.csv", "id,province\na,north\nb,north\nc,south\n")
            .model(
                "
                [unit.m2]
                [index.province]
                from = 'provinces.csv'
                key = 'id'
                [index.campus]
                from = 'campuses.csv'
                key = 'id'
                within = { province = 'province' }
                [stock.space]
                unit = 'm2'
                over = ['campus']
                initial = '0 m2'
                adds = 'programme * certain'
                [parameter.certain]
                value = '1'
                over = ['campus']
                [parameter.price]
                value = 'uniform(100, 300) EUR/m2'
                ",
            )
            .model(&format!(
                "[lever.programme]\nover = ['{over}']\ndefault = '0 m2/year'\ncombine = 'sum'"
            ))
            .model(&format!(
                "[flow.use]\nlabel = 'Use'\nkind = 'benefit'\nformula = '{formula}'\naccrues_to = 'firm'"
            ))
            .alternatives("[alternative.alike]\nset = { programme = '5 m2/year' }");
        study.draws(10)
    };
    let sum = |outcome: &Outcome| view(outcome, "only", "alike").balance();
    let by_hand = sum(&model("campus", "sum(programme * price over campus)"));
    let alike = model("campus", "programme * price");
    assert_near(sum(&alike), by_hand, 1e-14);
    let regional = view(&alike, "only", "alike").regional("use");
    assert_near(regional[0], 2.0 / 3.0 * by_hand, 1e-14);
    assert_near(regional[1], 1.0 / 3.0 * by_hand, 1e-14);
    assert_near(sum(&model("province", "programme * price")), 2.0 / 3.0 * by_hand, 1e-14);
    let stock = sum(&model("campus", "space * price / 1 year"));
    assert_near(
        stock,
        sum(&model("campus", "sum(space * price / 1 year over campus)")),
        1e-14,
    );
}
