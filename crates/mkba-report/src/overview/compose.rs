//! From numbers to the rows of the page, in one language.
use super::figures::{CaseFigures, Figures, Ratio, Spread};
use super::group::Group;
use super::header;
use super::number::{MoneyUnit, number};
use super::page::{Page, Row, RowStyle, ScenarioRows};
use super::words;
use mkba_core::appraisal::catalogue::{Catalogue, FlowEntry, Language};

/// The page of a run.
#[must_use]
pub fn compose(figures: &Figures, catalogue: &Catalogue, draws: u64, language: Language) -> Page {
    let unit = unit_of(figures);
    let composer = Composer {
        figures,
        catalogue,
        unit,
        language,
    };
    let title = match catalogue.study.get(language) {
        "" => catalogue.model.label.get(language),
        study => study,
    };
    Page {
        title: title.to_owned(),
        settings: header::settings(figures, catalogue, unit, draws, language),
        alternatives: catalogue
            .compared()
            .map(|number| catalogue.alternatives[number].label.get(language).to_owned())
            .collect(),
        scenarios: (catalogue.scenarios.iter().zip(&figures.scenarios))
            .map(|(scenario, cases)| ScenarioRows {
                title: scenario.label.get(language).to_owned(),
                rows: composer.rows(cases),
            })
            .collect(),
        notes: header::notes(figures, language)
            .into_iter()
            .chain(composer.without_value())
            .collect(),
    }
}

/// The unit in which amounts of a run are shown.
#[must_use]
pub fn unit_of(figures: &Figures) -> MoneyUnit {
    let amounts = figures
        .cases()
        .flat_map(|case| case.flows.iter().copied().chain([case.balance.mean]));
    MoneyUnit::for_amounts_up_to(amounts.map(f64::abs).fold(0.0, f64::max))
}

/// Makes rows of finished text from the numbers of a run.
#[derive(Debug, Clone, Copy)]
pub struct Composer<'a> {
    /// Numbers.
    pub figures: &'a Figures,
    /// Names.
    pub catalogue: &'a Catalogue,
    /// Unit of amounts.
    pub unit: MoneyUnit,
    /// Language of labels and numbers.
    pub language: Language,
}

impl Composer<'_> {
    /// All rows of a scenario.
    #[must_use]
    pub fn rows(&self, cases: &[CaseFigures]) -> Vec<Row> {
        let mut rows = Vec::new();
        rows.extend(self.group(cases, Group::Cost, words::COSTS));
        rows.extend(self.sum(cases, &[Group::Cost], words::TOTAL_COSTS));
        for (group, word) in Group::EFFECTS {
            rows.extend(self.group(cases, group, word));
        }
        rows.extend(self.sum(cases, &Group::EFFECTS.map(|(group, _)| group), words::TOTAL_EFFECTS));
        rows.extend(self.transfers(cases));
        let separate = self.group(cases, Group::Separate, words::SEPARATE);
        if separate.is_empty() {
            rows.extend(self.balance(cases, words::BALANCE, |case| (case.balance, &case.ratio)));
        } else {
            rows.extend(self.balance(cases, words::BALANCE_WITHOUT, |case| {
                (case.balance_without_separate, &case.ratio_without_separate)
            }));
            rows.extend(separate);
            rows.extend(self.balance(cases, words::BALANCE_WITH, |case| (case.balance, &case.ratio)));
        }
        rows.extend(self.unpriced(cases));
        rows
    }

    /// Flows of a group, by effect and then the greatest first. Outside transfers, flows that are worth nothing to society in
    /// any case have no row: the note below the table names them.
    #[must_use]
    pub fn flows(&self, group: Group) -> Vec<(usize, &FlowEntry)> {
        let flows = self.catalogue.flows.iter().enumerate();
        let shown = |number: usize| group == Group::Transfer || self.greatest(number) > 0.0;
        let mut found: Vec<(usize, &FlowEntry)> = flows
            .filter(|(number, flow)| Group::of(flow) == group && shown(*number))
            .collect();
        found.sort_by(|(a, flow_a), (b, flow_b)| {
            let order = |flow: &FlowEntry| words::effect_order(&flow.effect);
            order(flow_a)
                .cmp(&order(flow_b))
                .then(self.greatest(*b).total_cmp(&self.greatest(*a)))
        });
        found
    }

    /// The greatest amount of a flow in any case, without its sign.
    #[must_use]
    pub fn greatest(&self, flow: usize) -> f64 {
        self.figures
            .cases()
            .map(|case| case.flows[flow].abs())
            .fold(0.0, f64::max)
    }

    /// A note on the flows that have no row, such as what leaks abroad.
    fn without_value(&self) -> Option<String> {
        let flows = self.catalogue.flows.iter().enumerate();
        let labels: Vec<&str> = flows
            .filter(|(number, flow)| Group::of(flow) != Group::Transfer && self.greatest(*number) == 0.0)
            .map(|(_, flow)| flow.entry.label.get(self.language))
            .collect();
        (!labels.is_empty()).then(|| format!("{}: {}", words::WITHOUT_VALUE.get(self.language), labels.join("; ")))
    }

    /// Heading and rows of a group; nothing if it is empty.
    #[must_use]
    pub fn group(&self, cases: &[CaseFigures], group: Group, word: words::Word) -> Vec<Row> {
        let items: Vec<Row> = self
            .flows(group)
            .into_iter()
            .map(|(number, flow)| self.item(cases, number, flow))
            .collect();
        if items.is_empty() {
            return items;
        }
        let heading = Row::heading(word.get(self.language));
        [heading].into_iter().chain(items).collect()
    }

    /// The row of a flow.
    #[must_use]
    pub fn item(&self, cases: &[CaseFigures], number: usize, flow: &FlowEntry) -> Row {
        let cells = cases
            .iter()
            .map(|case| self.unit.show(case.flows[number], self.language))
            .collect();
        Row::new(flow.entry.label.get(self.language), RowStyle::Item, cells)
    }

    /// The sum of groups; nothing if they are empty.
    #[must_use]
    pub fn sum(&self, cases: &[CaseFigures], groups: &[Group], word: words::Word) -> Option<Row> {
        let flows: Vec<usize> = groups
            .iter()
            .flat_map(|&group| self.flows(group))
            .map(|(number, _)| number)
            .collect();
        let total = |case: &CaseFigures| flows.iter().map(|&number| case.flows[number]).sum::<f64>();
        let cells = cases
            .iter()
            .map(|case| self.unit.show(total(case), self.language))
            .collect();
        (!flows.is_empty()).then(|| Row::new(word.get(self.language), RowStyle::Sum, cells))
    }

    /// Transfers that society gains or loses by, in any scenario, one by one; all others in one row, which is zero.
    #[must_use]
    pub fn transfers(&self, cases: &[CaseFigures]) -> Vec<Row> {
        let counts = |number: usize| {
            self.figures
                .cases()
                .any(|case| self.unit.is_visible(case.flows[number]))
        };
        let (across, within): (Vec<_>, Vec<_>) = self
            .flows(Group::Transfer)
            .into_iter()
            .partition(|(number, _)| counts(*number));
        let mut rows = Vec::new();
        if !across.is_empty() {
            rows.push(Row::heading(words::TRANSFERS.get(self.language)));
            rows.extend(across.into_iter().map(|(number, flow)| self.item(cases, number, flow)));
        }
        if !within.is_empty() {
            let total = |case: &CaseFigures| within.iter().map(|(number, _)| case.flows[*number]).sum::<f64>();
            let cells = cases
                .iter()
                .map(|case| self.unit.show(total(case), self.language))
                .collect();
            rows.push(Row::new(words::CANCELLING.get(self.language), RowStyle::Sum, cells));
        }
        rows
    }

    /// A balance with its band, error and ratio.
    pub fn balance<'c>(
        &self,
        cases: &'c [CaseFigures],
        word: words::Word,
        of: impl Fn(&'c CaseFigures) -> (Spread, &'c Ratio),
    ) -> Vec<Row> {
        let (language, unit) = (self.language, self.unit);
        let row = |label: words::Word, style: RowStyle, show: &dyn Fn(Spread, &Ratio) -> String| {
            let cells = cases
                .iter()
                .map(&of)
                .map(|(spread, ratio)| show(spread, ratio))
                .collect();
            Row::new(label.get(language), style, cells)
        };
        let uncertain = self.figures.cases().any(|case| case.balance.standard_error > 0.0);
        let mut rows = vec![row(word, RowStyle::Balance, &|spread, _| {
            unit.show(spread.mean, language)
        })];
        if uncertain {
            rows.push(row(words::BAND, RowStyle::Detail, &|spread, _| {
                unit.show_band(spread.p05, spread.p95, language)
            }));
            rows.push(row(words::STANDARD_ERROR, RowStyle::Detail, &|spread, _| {
                format!("±{}", unit.show(spread.standard_error, language))
            }));
        }
        rows.push(row(words::RATIO, RowStyle::Detail, &|_, ratio| match ratio.value {
            Some(value) => number(value, 2, language),
            None => words::NOT_DEFINED.get(language).to_owned(),
        }));
        rows
    }

    /// Heading and rows of what is not priced.
    #[must_use]
    pub fn unpriced(&self, cases: &[CaseFigures]) -> Vec<Row> {
        let items = self.catalogue.unpriced.iter().map(|item| {
            let sign = if item.sign == "-" { "−" } else { &item.sign };
            let cell = words::choose(self.language, format!("{sign}PM"), sign.to_owned());
            Row::new(
                item.entry.label.get(self.language),
                RowStyle::Item,
                vec![cell; cases.len()],
            )
        });
        let items: Vec<Row> = items.collect();
        if items.is_empty() {
            return items;
        }
        let heading = Row::heading(words::UNPRICED.get(self.language));
        let apart = self.catalogue.flows.iter().any(|flow| flow.separate);
        let (without, with) = (words::SWITCH_WITHOUT, words::SWITCH_WITH);
        let mut switches = vec![self.switch(cases, if apart { with } else { words::SWITCH }, |case| case.balance)];
        if apart {
            switches.insert(0, self.switch(cases, without, |case| case.balance_without_separate));
        }
        [heading].into_iter().chain(items).chain(switches).collect()
    }

    /// What the unpriced items together have to be worth for a balance to be nothing.
    fn switch(&self, cases: &[CaseFigures], word: words::Word, of: impl Fn(&CaseFigures) -> Spread) -> Row {
        let cells = cases
            .iter()
            .map(|case| self.unit.show(-of(case).mean, self.language))
            .collect();
        Row::new(word.get(self.language), RowStyle::Detail, cells)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::overview::sample;

    fn page(language: Language) -> Page {
        let (table, catalogue) = sample::run(2);
        let figures = Figures::collect(&table, &catalogue).expect("complete");
        compose(&figures, &catalogue, 10_000, language)
    }

    fn cells<'p>(page: &'p Page, label: &str) -> Vec<&'p Vec<String>> {
        page.scenarios[0]
            .rows
            .iter()
            .filter(|row| row.label == label)
            .map(|row| &row.cells)
            .collect()
    }

    #[test]
    fn costs_are_negative_and_in_millions() {
        let page = page(Language::Dutch);
        assert_eq!(cells(&page, "Gebouwen en laboratoria"), [&["−281,0", "−385,0"]]);
        assert_eq!(cells(&page, "Totaal kosten"), [&["−412,0", "−564,5"]]);
        assert!(page.settings[0].contains("mln EUR"));
    }

    #[test]
    fn separate_effects_stand_between_the_two_balances() {
        let page = page(Language::English);
        let place = |label: &str| {
            page.scenarios[0]
                .rows
                .iter()
                .position(|row| row.label == label)
                .expect(label)
        };
        assert!(place("Balance without separate effects") < place("Research spillovers"));
        assert!(place("Research spillovers") < place("Balance with separate effects"));
        // -281.04 - 131 + 393.26 + 26.5 - 2.4 + 4 and 75 on top of it.
        assert_eq!(cells(&page, "Balance without separate effects")[0][0], "9.3");
        assert_eq!(cells(&page, "Balance with separate effects")[0][0], "84.3");
    }

    #[test]
    fn balances_have_a_band_an_error_and_a_ratio() {
        let page = page(Language::Dutch);
        let band = cells(&page, "5 % … 95 % van de trekkingen");
        // 84.32 with 0.6 times itself and one million on either side.
        assert_eq!(band[1][0], "33…136");
        let ratio = cells(&page, "Baten-kostenverhouding");
        // 421.36 and 496.36 to 412.04.
        assert_eq!((ratio[0][0].as_str(), ratio[1][0].as_str()), ("1,02", "1,20"));
    }

    #[test]
    fn without_separate_effects_there_is_one_balance() {
        let (table, mut catalogue) = sample::run(2);
        for flow in &mut catalogue.flows {
            flow.separate = false;
        }
        let figures = Figures::collect(&table, &catalogue).expect("complete");
        let page = compose(&figures, &catalogue, 1, Language::English);
        let balances = page.scenarios[0]
            .rows
            .iter()
            .filter(|row| row.style == RowStyle::Balance);
        assert_eq!(balances.map(|row| row.label.as_str()).collect::<Vec<_>>(), ["Balance"]);
    }

    #[test]
    fn transfers_that_cancel_are_one_row_of_zeros_and_others_are_named() {
        let page = page(Language::Dutch);
        assert_eq!(cells(&page, "Europese subsidie")[0][0], "4,0");
        assert_eq!(cells(&page, "Overdrachten die wegvallen")[0], &["0,0", "0,0"]);
        assert!(cells(&page, "Huur").is_empty());
    }

    #[test]
    fn unpriced_items_are_never_left_out() {
        let page = page(Language::Dutch);
        assert_eq!(cells(&page, "Sociale cohesie en kansengelijkheid"), [&["±PM", "±PM"]]);
        assert_eq!(cells(&page, "Drukte"), [&["−PM", "−PM"]]);
        // The balances of the sample with their signs turned.
        let switch = cells(&page, "Omslagwaarde zonder aparte");
        let balance = cells(&page, "Saldo zonder aparte effecten");
        assert_eq!((balance[0][0].as_str(), switch[0][0].as_str()), ("9,3", "−9,3"));
    }

    #[test]
    fn scenarios_have_the_same_rows() {
        let page = page(Language::Dutch);
        let labels = |number: usize| -> Vec<&str> {
            page.scenarios[number]
                .rows
                .iter()
                .map(|row| row.label.as_str())
                .collect()
        };
        assert_eq!(labels(0), labels(1));
    }

    #[test]
    fn settings_say_what_has_to_be_known() {
        let text = page(Language::Dutch).settings.join("\n");
        for part in [
            "rijspeil 2025",
            "asisjaar 2026",
            "2026–2129",
            "2,25 % (standaard)",
            "10.000 trekkingen",
            "triangular(1, 1.6, 2) %/year (vast en verzonken, eigen waarde van de studie)",
            "eind van het jaar",
            "nl-2021",
            "Monte Carlo-standaardfout",
            "Versnipperd beleid",
        ] {
            assert!(text.contains(part), "{part} in\n{text}");
        }
    }

    #[test]
    fn a_ratio_that_is_not_defined_says_why_below() {
        let mut outcome = sample::outcome(1);
        for scenario in &mut outcome.scenarios {
            for flow in &mut scenario.alternatives[1].flows {
                flow.mean = -flow.mean;
            }
        }
        let table = mkba_core::tables::overview(&outcome, mkba_core::finance::RatioConvention::default());
        let figures = Figures::collect(&table, &outcome.catalogue).expect("complete");
        let page = compose(&figures, &outcome.catalogue, 1, Language::English);
        assert_eq!(cells(&page, "Benefit-cost ratio")[0][0], "n/a");
        assert!(
            page.notes.contains(&"n/a: the costs are a saving".to_owned()),
            "{:?}",
            page.notes
        );
    }
}
