//! A comparison on a screen: what was changed, and what each change does to the balances.
use super::files::place;
use super::side::{Balance, Side};
use super::told::{Presence, Told, rules};
use super::{Comparison, Row};
use crate::overview::number::{MoneyUnit, number};
use crate::overview::{columns_of, emphasised, wrap};
use mkba_core::appraisal::catalogue::{Entry, Language};
use mkba_core::words::choose;
use mkba_lang::read::{KeyDifference, Stated};
use std::fmt::Write;

/// Columns of the page.
const WIDTH: usize = 110;
/// Columns of a label.
const LABEL: usize = 52;
/// The same beside more than two scenarios.
const NARROW_LABEL: usize = 38;
/// Columns of a scenario: an amount, and what the order makes of it.
const LEAST_COLUMN: usize = 22;
const MOST_COLUMN: usize = 30;
/// Columns of what the order makes of it.
const AROUND: usize = 11;
/// Steps of an alternative at most; the others are together in one.
const MOST_STEPS: usize = 15;
/// Keys of a declaration that are written out.
const MOST_KEYS: usize = 6;
/// Characters of a value.
const LONGEST: usize = 90;

/// Which steps of an alternative are told one by one.
pub struct Shown {
    /// The largest first.
    pub steps: Vec<usize>,
    /// Small ones. Steps that change nothing are in neither.
    pub others: Vec<usize>,
    /// What is left.
    pub rest: Option<usize>,
}

impl Shown {
    /// Whether no step changes anything.
    pub fn is_empty(&self) -> bool {
        self.steps.is_empty() && self.rest.is_none()
    }
}

/// The steps of an alternative in order of size, `most` of them.
pub fn shown(comparison: &Comparison, alternative: usize, most: usize) -> Shown {
    let size = |row: &Row| {
        let of = |balances: &super::Balances| balances.iter().map(|it| it[alternative].all.abs()).fold(0.0, f64::max);
        of(&row.mean).max(of(&row.interaction))
    };
    let mut all: Vec<(usize, f64)> = comparison.rows.iter().map(size).enumerate().collect();
    all.retain(|(_, size)| *size > 0.0);
    let rest = all.pop_if(|(step, _)| comparison.rows[*step].items.is_empty());
    // Equal sizes stay in the order of replacement.
    all.sort_by(|a, b| b.1.total_cmp(&a.1));
    let steps: Vec<usize> = all.iter().map(|(step, _)| *step).collect();
    // A line for several others takes as much room as one of them.
    let fits = if steps.len() <= most + 1 { steps.len() } else { most };
    Shown {
        others: steps[fits..].to_vec(),
        rest: rest.map(|(step, _)| step),
        steps: steps[..fits].to_vec(),
    }
}

/// The whole text.
pub fn text(comparison: &Comparison, language: Language) -> String {
    let mut text = String::new();
    let pair = &comparison.pair;
    let _ = writeln!(text, "\n{}", emphasised(pair.after.catalogue.study.get(language)));
    for (letter, side) in [("A", &pair.before), ("B", &pair.after)] {
        let _ = writeln!(text, "{letter}  {}", run(side, language));
    }
    if comparison.is_nothing() {
        let same = choose(
            language,
            "De runs zijn gelijk: dezelfde invoer, formules, regels en trekkingen, en dezelfde saldo's.",
            "The runs are the same: the same inputs, formulas, rules and draws, and the same balances.",
        );
        let _ = writeln!(text, "\n{same}");
        text.push_str(&without_influence(comparison, language));
        return text;
    }
    let _ = writeln!(
        text,
        "\n{}",
        emphasised(choose(language, "Wat is veranderd", "What was changed"))
    );
    for (number, row) in comparison.rows.iter().enumerate() {
        text.push_str(&changed(number + 1, row, language));
    }
    text.push_str(&balances(comparison, language));
    text.push_str(&without_influence(comparison, language));
    for sentence in notes(comparison, language) {
        for line in wrap(&sentence, WIDTH) {
            let _ = writeln!(text, "{line}");
        }
    }
    text
}

fn run(side: &Side, language: Language) -> String {
    let run = &side.manifest;
    let draws = number(run.draws as f64, 0, language);
    let draws = choose(language, format!("{draws} trekkingen"), format!("{draws} draws"));
    format!(
        "{} · {} · {draws}, seed {} · {} · mkba {}",
        side.place.display(),
        run.study,
        run.seed,
        run.rulebook.id,
        run.engine_version
    )
}

/// A step with the values before and after.
fn changed(step: usize, row: &Row, language: Language) -> String {
    let mut text = String::new();
    let _ = writeln!(text, "{step:>4}  {}", row.label(language));
    for it in &row.items {
        let presence = match it.presence {
            Presence::Both => "",
            Presence::Added => choose(language, " (nieuw)", " (new)"),
            Presence::Removed => choose(language, " (vervallen)", " (gone)"),
        };
        let _ = writeln!(text, "      {}{presence}", it.name);
        text.push_str(&values(it, language));
    }
    text
}

fn values(it: &Told, language: Language) -> String {
    let mut text = String::new();
    // Of what is new or gone, words are of no use here.
    let keys: Vec<&KeyDifference> = it.keys.iter().filter(|key| !key.only_words).collect();
    for key in keys.iter().take(MOST_KEYS) {
        let [before, after] = shortened([&key.before, &key.after]);
        let values = match (before, after) {
            (Some(a), Some(b)) if columns_of(&a) + columns_of(&b) > WIDTH - 30 => format!("{a}\n          → {b}"),
            (Some(a), Some(b)) => format!("{a} → {b}"),
            (Some(a), None) if it.presence == Presence::Removed => a,
            (Some(a), None) => format!("{a} → {}", choose(language, "(niets)", "(nothing)")),
            (None, Some(b)) if it.presence == Presence::Added => b,
            (None, Some(b)) => format!("{} → {b}", choose(language, "(niets)", "(nothing)")),
            (None, None) => continue,
        };
        let _ = writeln!(text, "        {}: {values}   {}", key.key, places(key));
    }
    if keys.len() > MOST_KEYS {
        let more = keys.len() - MOST_KEYS;
        let _ = writeln!(
            text,
            "        {}",
            choose(
                language,
                format!("en nog {more} in changes.csv"),
                format!("and {more} more in changes.csv")
            )
        );
    }
    text
}

/// Where it stands now, and where it stood if that is elsewhere.
fn places(key: &KeyDifference) -> String {
    let of = |stated: &Option<Stated>| stated.as_ref().map(place);
    match (of(&key.before), of(&key.after)) {
        (Some(a), Some(b)) if a != b => format!("[{a} → {b}]"),
        (_, Some(place)) | (Some(place), None) => format!("[{place}]"),
        (None, None) => String::new(),
    }
}

/// Both texts, of long ones the stretch in which they differ.
fn shortened(stated: [&Option<Stated>; 2]) -> [Option<String>; 2] {
    let texts = stated.map(|it| it.as_ref().map(|it| it.text.chars().collect::<Vec<char>>()));
    let equal = match &texts {
        [Some(a), Some(b)] => a.iter().zip(b).take_while(|(a, b)| a == b).count(),
        _ => 0,
    };
    texts.map(|text| {
        let text = text?;
        if text.len() <= LONGEST {
            return Some(text.iter().collect());
        }
        // Some of what is the same stands before the difference, so that one sees where it is.
        let start = equal.saturating_sub(LONGEST / 3).min(text.len() - LONGEST);
        let end = start + LONGEST;
        let stretch: String = text[start..end].iter().collect();
        let (head, tail) = (
            if start > 0 { "…" } else { "" },
            if end < text.len() { "…" } else { "" },
        );
        Some(format!("{head}{stretch}{tail}"))
    })
}

/// A block for each alternative whose balance changes.
fn balances(comparison: &Comparison, language: Language) -> String {
    let (cases, numbers) = (&comparison.pair.cases, &comparison.attribution);
    let all = numbers.before.iter().chain(&numbers.after).flatten();
    let unit = MoneyUnit::for_amounts_up_to(all.map(|it| it.all.abs()).fold(0.0, f64::max));
    let money = unit.name(language);
    let mut text = format!(
        "\n{}\n",
        emphasised(&choose(
            language,
            format!("Saldo in {money}, gemiddeld over de trekkingen, en wat elke stap eraan verandert"),
            format!("Balance in {money}, mean over the draws, and what each step changes in it"),
        ))
    );
    let catalogue = &comparison.pair.after.catalogue;
    let mut same = Vec::new();
    for (number, id) in cases.alternatives.iter().enumerate() {
        let shown = shown(comparison, number, MOST_STEPS);
        let label = label_of(&catalogue.alternatives, id, language);
        if shown.is_empty() {
            same.push(label);
            continue;
        }
        let _ = writeln!(text, "\n{}", emphasised(label));
        text.push_str(&block(comparison, number, &shown, unit, language));
    }
    if !same.is_empty() {
        let same = same.join(", ");
        let _ = writeln!(
            text,
            "\n{}",
            choose(
                language,
                format!("Geen enkele stap verandert: {same}"),
                format!("No step changes: {same}")
            )
        );
    }
    text
}

fn block(comparison: &Comparison, alternative: usize, shown: &Shown, unit: MoneyUnit, language: Language) -> String {
    let (pair, numbers) = (&comparison.pair, &comparison.attribution);
    let scenarios = 0..pair.cases.scenarios.len();
    let label_width = if scenarios.len() > 2 { NARROW_LABEL } else { LABEL };
    let column = ((WIDTH - label_width) / scenarios.len()).clamp(LEAST_COLUMN, MOST_COLUMN);
    let width = column - AROUND;
    let cells = |of: &dyn Fn(usize) -> (f64, Option<f64>)| -> String {
        let cell = |scenario: usize| {
            let (value, interaction) = of(scenario);
            let around = interaction.map_or_else(String::new, |it| format!(" ± {}", unit.show(it.abs(), language)));
            format!("{:>width$}{around:AROUND$}", unit.show(value, language))
        };
        scenarios.clone().map(cell).collect::<Vec<_>>().join("")
    };
    let mut text = String::new();
    let heads: Vec<Vec<String>> = pair
        .cases
        .scenarios
        .iter()
        .map(|id| wrap(label_of(&pair.after.catalogue.scenarios, id, language), width - 1))
        .collect();
    for line in 0..heads.iter().map(Vec::len).max().unwrap_or(0) {
        let cells = heads.iter().map(|head| {
            let words = head.get(line).map_or("", String::as_str);
            let pad = width.saturating_sub(columns_of(words));
            format!("{:pad$}{words}{:AROUND$}", "", "")
        });
        let cells: String = cells.collect();
        let _ = writeln!(text, "{}", format!("{:label_width$}{cells}", "").trim_end());
    }
    let mut row = |indent: usize, label: &str, cells: String| {
        let lines = wrap(label, label_width - indent - 1);
        let last = lines.len().saturating_sub(1);
        for (number, line) in lines.iter().enumerate() {
            let pad = label_width.saturating_sub(columns_of(line) + indent);
            let cells = if number == last { cells.as_str() } else { "" };
            let _ = writeln!(text, "{}", format!("{:indent$}{line}{:pad$}{cells}", "", "").trim_end());
        }
    };
    let balance = choose(language, "Saldo", "Balance");
    row(
        0,
        &format!("{balance} A"),
        cells(&|s| (numbers.before[s][alternative].all, None)),
    );
    for &step in &shown.steps {
        let it = &comparison.rows[step];
        row(
            2,
            &format!("{}  {}", step + 1, it.label(language)),
            cells(&|s| {
                let interaction = it.interaction[s][alternative].all;
                (
                    it.mean[s][alternative].all,
                    unit.is_visible(interaction).then_some(interaction),
                )
            }),
        );
    }
    if !shown.others.is_empty() {
        let count = shown.others.len();
        let label = choose(
            language,
            format!("overige ({count} stappen)"),
            format!("others ({count} steps)"),
        );
        let sum = |s: usize| -> Balance {
            let all = shown
                .others
                .iter()
                .map(|&step| comparison.rows[step].mean[s][alternative]);
            all.fold(Balance::default(), |sum, it| sum + it)
        };
        row(2, &label, cells(&|s| (sum(s).all, None)));
    }
    if let Some(step) = shown.rest {
        let it = &comparison.rows[step];
        row(2, &it.label(language), cells(&|s| (it.mean[s][alternative].all, None)));
    }
    row(
        0,
        &format!("{balance} B"),
        cells(&|s| (numbers.after[s][alternative].all, None)),
    );
    text
}

/// What differs and changes no balance: words, steps of zero, and cases that only one run has.
fn without_influence(comparison: &Comparison, language: Language) -> String {
    let mut lines = Vec::new();
    let pair = &comparison.pair;
    let still: Vec<String> = comparison
        .rows
        .iter()
        .enumerate()
        .filter(|(_, row)| !row.has_influence() && !row.items.is_empty())
        .map(|(number, row)| format!("{} {}", number + 1, row.name()))
        .collect();
    if !still.is_empty() {
        let still = still.join(", ");
        lines.push(choose(
            language,
            format!("Anders, zonder invloed op deze saldo's: {still}"),
            format!("Different, without influence on these balances: {still}"),
        ));
    }
    let mut words: Vec<String> = comparison
        .words
        .iter()
        .map(|it| {
            let mut keys: Vec<&str> = it.keys.iter().map(|key| key.key.as_str()).collect();
            keys.dedup();
            format!("{} ({})", it.name, keys.join(", "))
        })
        .collect();
    let of_rulebook = rules(&pair.before, &pair.after, None);
    if !of_rulebook.is_empty() {
        let keys: Vec<&str> = of_rulebook.iter().take(MOST_KEYS).map(|key| key.key.as_str()).collect();
        let more = if of_rulebook.len() > MOST_KEYS { ", …" } else { "" };
        words.push(format!("rulebook ({}{more})", keys.join(", ")));
    }
    if !words.is_empty() {
        let (count, some) = (
            words.len(),
            words.iter().take(20).cloned().collect::<Vec<_>>().join(", "),
        );
        let more = if count > 20 { " …" } else { "" };
        lines.push(choose(
            language,
            format!("Alleen woorden anders (labels, bronnen, toelichting): {some}{more}"),
            format!("Different in words alone (labels, sources, notes): {some}{more}"),
        ));
    }
    for (letter, side, other) in [("A", &pair.before, &pair.after), ("B", &pair.after, &pair.before)] {
        let only = |of: fn(&Side) -> &Vec<Entry>| -> Vec<String> {
            let there = |id: &str| of(other).iter().any(|entry| entry.id == id);
            let own = of(side).iter().filter(|entry| !there(&entry.id));
            own.map(|entry| entry.id.clone()).collect()
        };
        let alternatives = only(|side| &side.catalogue.alternatives);
        let scenarios = only(|side| &side.catalogue.scenarios);
        let all: Vec<String> = alternatives.into_iter().chain(scenarios).collect();
        if !all.is_empty() {
            let all = all.join(", ");
            lines.push(choose(
                language,
                format!("Alleen in {letter}: {all}"),
                format!("Only in {letter}: {all}"),
            ));
        }
    }
    let mut text = String::new();
    for line in lines {
        text.push('\n');
        for line in wrap(&line, WIDTH) {
            let _ = writeln!(text, "{line}");
        }
    }
    text
}

fn notes(comparison: &Comparison, language: Language) -> Vec<String> {
    let mut notes = vec![
        String::new(),
        choose(
            language,
            "Een stap zet wat anders is van A over naar B, met dezelfde trekkingen. Wat hij verandert hangt af van wat al is overgezet: elk getal is \
             het gemiddelde van twee volgordes, die van de lijst en de omgekeerde; ± is de helft van hun verschil. Alle stappen tellen op tot B − A.",
            "A step takes over from B what is different, with the same draws. What it changes depends on what was taken over before: each number is \
             the mean of two orders, that of the list and its reverse; ± is half of their difference. All steps add up to B − A.",
        )
        .to_owned(),
    ];
    let fewer = comparison.rows.iter().any(|row| row.kind == "fewer_draws");
    if fewer {
        let [a, b] = comparison
            .attribution
            .draws
            .map(|draws| number(draws as f64, 0, language));
        notes.push(choose(
            language,
            format!("Hier zijn {a} en {b} trekkingen gedaan; het verschil met wat de runs vermelden is een stap, waarin ook zit wat onverklaard is."),
            format!("{a} and {b} draws were done here; the difference from what the runs state is a step, which has in it what is unexplained too."),
        ));
    }
    notes
}

fn label_of<'e>(entries: &'e [Entry], id: &'e str, language: Language) -> &'e str {
    let entry = entries.iter().find(|entry| entry.id == id);
    entry.map_or(id, |entry| entry.label.get(language))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn of_long_texts_the_stretch_that_differs_is_shown() {
        let stated = |text: String| {
            Some(Stated {
                text,
                path: String::new(),
                line: 1,
            })
        };
        let long = |middle: &str| stated(format!("{}{middle}{}", "a".repeat(200), "b".repeat(200)));
        let [before, after] = shortened([&long("12"), &long("34")]);
        let (before, after) = (before.expect("a text"), after.expect("a text"));
        assert!(before.contains("a12b") && after.contains("a34b"), "{before} {after}");
        assert!(before.starts_with('…') && before.ends_with('…'));
        assert_eq!(before.chars().count(), LONGEST + 2);
        let short = shortened([&stated("x".to_owned()), &None]);
        assert_eq!(short, [Some("x".to_owned()), None]);
    }
}
