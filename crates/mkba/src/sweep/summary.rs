//! What a sweep found, on a screen: how far the balance runs, and where it changes sign.
use crate::overview::number::{MoneyUnit, number};
use comfy_table::{CellAlignment, ContentArrangement, Table, presets};
use mkba_core::appraisal::catalogue::Language;
use mkba_core::sweep::{BreakEven, SweepOutcome};
use mkba_core::tables::Scope;
use std::fmt::Write;

/// Columns of a page.
const WIDTH: u16 = 100;

/// The page of a sweep.
pub fn page(outcome: &SweepOutcome, found: &[BreakEven], language: Language) -> String {
    let words = Words { language };
    let catalogue = &outcome.catalogue;
    let mut text = format!("{}\n", catalogue.study.get(language));
    let _ = writeln!(text, "{}\n", words.size(outcome));
    for (number, axis) in outcome.axes.iter().enumerate() {
        let (first, last) = (axis.texts.first(), axis.texts.last());
        let (Some(first), Some(last)) = (first, last) else {
            continue;
        };
        let values = match axis.texts.len() {
            1 => first.clone(),
            2 => format!("{first}, {last}"),
            count => format!("{first} … {last} ({})", words.values(count)),
        };
        let _ = write!(text, "  {} ({}): {values}", axis.label.get(language), axis.varies);
        if axis.texts.len() > 1 && outcome.is_without_influence(number) {
            let _ = write!(text, "; {}", words.without_influence());
        }
        text.push('\n');
    }
    let means = outcome.results.iter().flat_map(|point| &point.scenarios);
    let greatest = means
        .flat_map(|scenario| &scenario.cases)
        .map(|case| case.result.balance.mean.abs());
    let money = MoneyUnit::for_amounts_up_to(greatest.fold(0.0, f64::max));
    for (scenario, entry) in catalogue.scenarios.iter().enumerate() {
        let _ = writeln!(
            text,
            "\n{}",
            words.scenario(entry.label.get(language), money.name(language))
        );
        for &scope in Scope::of(catalogue) {
            let _ = writeln!(text, "{}", words.scope(scope));
            let _ = writeln!(text, "{}", table(outcome, found, scenario, scope, money, &words));
        }
    }
    let _ = writeln!(text, "\n{}", words.footer());
    text
}

fn table(
    outcome: &SweepOutcome,
    found: &[BreakEven],
    scenario: usize,
    scope: Scope,
    money: MoneyUnit,
    words: &Words,
) -> Table {
    let followed: Vec<usize> = (0..outcome.axes.len())
        .filter(|&axis| found.iter().any(|one| one.axis == axis))
        .collect();
    let mut table = Table::new();
    table.load_preset(presets::UTF8_HORIZONTAL_ONLY);
    table
        .set_content_arrangement(ContentArrangement::Dynamic)
        .set_width(WIDTH);
    let [alternative, least, greatest, even] = words.heads();
    let zeros = followed
        .iter()
        .map(|&axis| format!("{even}: {}", outcome.axes[axis].label.get(words.language)));
    table.set_header(
        [alternative, least, greatest]
            .map(str::to_owned)
            .into_iter()
            .chain(zeros),
    );
    for alternative in outcome.catalogue.compared() {
        let mean = |point: usize| {
            let result = &outcome.results[point].scenarios[scenario].cases[alternative].result;
            match scope {
                Scope::All => result.balance.mean,
                Scope::WithoutSeparate => result.balance_without_separate.mean,
            }
        };
        let means = || (0..outcome.results.len()).map(mean);
        let (low, high) = (
            means().fold(f64::INFINITY, f64::min),
            means().fold(f64::NEG_INFINITY, f64::max),
        );
        let mut row = vec![
            outcome.catalogue.alternatives[alternative]
                .label
                .get(words.language)
                .to_owned(),
            money.show(low, words.language),
            money.show(high, words.language),
        ];
        row.extend(followed.iter().map(|&axis| {
            let of_axis = |one: &&BreakEven| {
                (one.scenario, one.alternative, one.scope, one.axis) == (scenario, alternative, scope, axis)
            };
            words.crossings(
                &found.iter().filter(of_axis).collect::<Vec<_>>(),
                &outcome.axes[axis].unit,
            )
        }));
        table.add_row(row);
    }
    for column in 1..=2 {
        if let Some(column) = table.column_mut(column) {
            column.set_cell_alignment(CellAlignment::Right);
        }
    }
    table
}

/// Words of a page in its language.
struct Words {
    language: Language,
}

impl Words {
    fn pick(&self, nl: &'static str, en: &'static str) -> &'static str {
        match self.language {
            Language::Dutch => nl,
            Language::English => en,
        }
    }

    fn size(&self, outcome: &SweepOutcome) -> String {
        let points = number(outcome.results.len() as f64, 0, self.language);
        let draws = number(outcome.draws as f64, 0, self.language);
        match self.language {
            Language::Dutch => format!("{points} punten, elk met dezelfde {draws} trekkingen"),
            Language::English => format!("{points} points, each with the same {draws} draws"),
        }
    }

    fn values(&self, count: usize) -> String {
        format!("{count} {}", self.pick("waarden", "values"))
    }

    fn without_influence(&self) -> &'static str {
        self.pick("verandert geen enkel saldo", "changes no balance at all")
    }

    fn scenario(&self, label: &str, money: &str) -> String {
        match self.language {
            Language::Dutch => format!("{label}: saldo, {money}, gemiddeld over de trekkingen"),
            Language::English => format!("{label}: balance, {money}, mean over the draws"),
        }
    }

    fn scope(&self, scope: Scope) -> &'static str {
        match scope {
            Scope::All => self.pick("met alle effecten", "with all effects"),
            Scope::WithoutSeparate => self.pick("zonder aparte effecten", "without separate effects"),
        }
    }

    fn heads(&self) -> [&'static str; 4] {
        match self.language {
            Language::Dutch => ["alternatief", "laagste", "hoogste", "kantelpunt"],
            Language::English => ["alternative", "least", "greatest", "break-even at"],
        }
    }

    /// Where lines along one axis cross zero.
    fn crossings(&self, lines: &[&BreakEven], unit: &str) -> String {
        let shown = |value: f64| {
            let decimals = match value.abs() {
                size if size >= 1000.0 => 0,
                size if size >= 10.0 => 1,
                size if size >= 1.0 => 2,
                _ => 3,
            };
            number(value, decimals, self.language)
        };
        let with_unit = |text: String| {
            if unit.is_empty() {
                text
            } else {
                format!("{text} {unit}")
            }
        };
        let values: Vec<f64> = lines
            .iter()
            .flat_map(|line| line.crossings.iter().map(|crossing| crossing.value))
            .collect();
        if values.is_empty() {
            return self.pick("geen binnen bereik", "none in range").to_owned();
        }
        if let [line] = lines {
            let all: Vec<String> = line.crossings.iter().map(|crossing| shown(crossing.value)).collect();
            return with_unit(all.join(self.pick(" en ", " and ")));
        }
        let crossed = lines.iter().filter(|line| !line.crossings.is_empty()).count();
        let low = values.iter().copied().fold(f64::INFINITY, f64::min);
        let high = values.iter().copied().fold(f64::NEG_INFINITY, f64::max);
        let range = if shown(low) == shown(high) {
            shown(low)
        } else {
            format!("{}…{}", shown(low), shown(high))
        };
        let of = match self.language {
            Language::Dutch => format!("op {crossed} van {} lijnen", lines.len()),
            Language::English => format!("on {crossed} of {} lines", lines.len()),
        };
        format!("{}, {of}", with_unit(range))
    }

    fn footer(&self) -> &'static str {
        self.pick(
            "Een kantelpunt ligt op een rechte lijn tussen twee punten; langs een lijn staan de andere assen vast. Alle staan in break-even.csv.",
            "A break-even point lies on a straight line between two points; along a line the other axes are held. All are in break-even.csv.",
        )
    }
}
