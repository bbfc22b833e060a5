use super::*;
use mkba_core::appraisal::catalogue::Entry;
use mkba_core::outcome::{Precision, Summary};

fn rule(text: &str) -> Until {
    text.parse().expect("a rule")
}

fn entry(id: &str) -> Entry {
    Entry {
        id: id.to_owned(),
        ..Entry::default()
    }
}

/// Means and errors of `small` and `large` in one scenario, beside the baseline `nothing`.
fn found(balances: [(f64, f64); 2], ranking: f64) -> Verdict {
    judge(&rule("se(npv) < 1 %"), balances, ranking)
}

fn judge(rule: &Until, balances: [(f64, f64); 2], ranking: f64) -> Verdict {
    let catalogue = Catalogue {
        scenarios: vec![entry("only")],
        alternatives: ["nothing", "small", "large"].map(entry).to_vec(),
        ..Catalogue::default()
    };
    let balances = balances.map(|(mean, standard_error)| Summary {
        mean,
        standard_error,
        ..Summary::default()
    });
    let balances = [Summary::default()].into_iter().chain(balances).collect();
    let checkpoint = Checkpoint {
        draws: 1024,
        scenarios: vec![Precision { balances, ranking }],
    };
    rule.judge(&checkpoint, &catalogue)
}

#[test]
fn rules_are_read_and_written_back() {
    for (text, shown) in [
        ("se(npv) < 1 %", "se(npv) < 1 %"),
        ("se( npv )<0.1%", "se(npv) < 0.1 %"),
        ("  rank 95 %  ", "rank 95 %"),
        ("rank 99.5%", "rank 99.5 %"),
        ("se(npv) < 2.5 MEUR and rank 90 %", "se(npv) < 2.5 MEUR and rank 90 %"),
        ("se(npv) < 1_000 kEUR", "se(npv) < 1000 kEUR"),
    ] {
        assert_eq!(rule(text).to_string(), shown);
        assert_eq!(rule(shown), rule(text));
    }
}

#[test]
fn what_is_no_rule_is_explained() {
    for (text, part) in [
        ("", "is not a rule"),
        ("npv < 1 %", "a rule is `se(npv) < 1 %`"),
        ("se < 1 %", "requires what it is the standard error of"),
        ("se(bcr) < 1 %", "`se(bcr)` is not known"),
        ("se(npv) 1 %", "requires `<` and a limit"),
        ("se(npv) <= 1 %", "requires `<` and a limit"),
        ("se(npv) < 1", "requires a unit: `1 %` of the balance, or `1 MEUR`"),
        ("se(npv) < %", "a number is required"),
        ("se(npv) < x %", "`x` is not a number"),
        ("se(npv) < 0 %", "a limit above zero"),
        ("se(npv) < 1 USD", "`USD` is no unit here"),
        ("rank 95", "requires a probability in %"),
        ("rank 100 %", "never certain"),
        ("rank 20 %", "from 50 %"),
        ("rank", "a number is required after `rank`"),
        ("rank 95 % and", "not `95 % and`"),
    ] {
        let message = text.parse::<Until>().expect_err(text);
        assert!(message.contains(part), "{text}: {message}");
    }
}

#[test]
fn a_relative_error_is_judged_by_the_worst_alternative() {
    assert!(found([(100.0, 0.5), (-10.0, 0.09)], 0.0).met);
    let verdict = found([(100.0, 0.5), (-10.0, 0.2)], 0.0);
    assert!(!verdict.met);
    // Twice the limit needs four times the draws.
    assert_eq!(
        verdict.sentences,
        ["se(npv) < 1 %: greatest 2.000 % (`large` in scenario `only`); about 4100 draws would be needed"]
    );
}

#[test]
fn a_balance_that_does_not_vary_is_precise_even_when_it_is_zero() {
    assert!(found([(0.0, 0.0), (100.0, 0.0)], 0.0).met);
    assert!(!found([(0.0, 1.0), (100.0, 0.0)], 0.0).met);
    assert!(!found([(1.0, f64::NAN), (100.0, 0.0)], 0.0).met);
}

#[test]
fn an_amount_is_an_error_in_euro() {
    let limit = rule("se(npv) < 2 MEUR");
    assert!(judge(&limit, [(0.0, 1.9e6), (1.0, 1.0)], 0.0).met);
    let verdict = judge(&limit, [(0.0, 4e6), (1.0, 1.0)], 0.0);
    assert!(
        !verdict.met && verdict.sentences[0].contains("greatest 4.000 MEUR (`small`"),
        "{verdict:?}"
    );
}

#[test]
fn all_conditions_have_to_hold() {
    let both = rule("se(npv) < 1 % and rank 95 %");
    let precise = [(100.0, 0.5), (50.0, 0.1)];
    assert!(judge(&both, precise, 0.95).met);
    let verdict = judge(&both, precise, 0.949_999);
    assert!(!verdict.met);
    assert_eq!(verdict.sentences[1], "rank 95 %: least 94.99 % (scenario `only`)");
}
