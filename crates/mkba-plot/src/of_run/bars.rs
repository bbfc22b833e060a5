//! Amounts by party, department, pillar and region, for every alternative.

use std::collections::BTreeMap;

use mkba_core::run_tables::RunTables;
use mkba_core::tables::overview::kind;
use mkba_core::tables::parties::TOTAL;
use mkba_core::tables::regions::REST;
use mkba_core::words::{self, Word, word};

use super::rows::Rows;
use super::{RunFigure, names};
use crate::error::PlotError;
use crate::language::{Item, Label};
use crate::{BarRow, Bars, Caption, Figure, RowKind};

/// Amounts in EUR by row, scenario and alternative.
type Amounts = BTreeMap<(String, String, String), f64>;

/// In which order rows are shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Order {
    AsGiven,
    /// From who gains most, over all cases, to who pays most.
    ByAmount,
}

/// Who pays and who gains.
pub(super) fn make_parties(run: &RunTables) -> Result<Vec<RunFigure>, PlotError> {
    let parties = run.catalogue.parties.iter();
    let rows = parties.map(|party| BarRow {
        item: names::item(&party.entry),
        kind: if party.standing { RowKind::Part } else { RowKind::Apart },
    });
    let mut notes = Vec::new();
    if run.catalogue.parties.iter().any(|party| !party.standing) {
        notes.push(Label::new(
            "Onder het saldo: wie niet meetelt in het saldo van Nederland.",
            "Below the balance: who does not count in the balance of the Netherlands.",
        ));
    }
    let caption = caption(run, "Wie betaalt en wie wint", "Who pays and who gains", notes);
    let Some(amounts) = by_case(run, "parties", "party")? else {
        return Ok(Vec::new());
    };
    Ok(figure(
        run,
        "parties",
        "party",
        caption,
        (rows.collect(), Order::ByAmount),
        &amounts,
    ))
}

/// Where in the country it lands.
pub(super) fn make_regions(run: &RunTables) -> Result<Vec<RunFigure>, PlotError> {
    let Some(amounts) = by_case(run, "regions", "region")? else {
        return Ok(Vec::new());
    };
    let mut rows: Vec<BarRow> = names::regions(&run.catalogue).into_iter().map(part).collect();
    rows.push(part(item(REST, word("Zonder regio", "No region"))));
    let caption = caption(run, "Waar het saldo neerslaat", "Where the balance lands", Vec::new());
    Ok(figure(
        run,
        "regions",
        "region",
        caption,
        (rows, Order::AsGiven),
        &amounts,
    ))
}

/// Sums of the flows that share a pillar.
pub(super) fn make_pillars(run: &RunTables) -> Result<Vec<RunFigure>, PlotError> {
    let Some(rows) = Rows::of(run, "overview")? else {
        return Ok(Vec::new());
    };
    let (pillars, kinds) = (rows.text("pillar")?, rows.text("kind")?);
    let is_flow = |row: usize| !matches!(kinds[row].as_str(), kind::BALANCE | kind::RATIO | kind::UNPRICED);
    if !(0..pillars.len()).any(|row| is_flow(row) && !pillars[row].is_empty()) {
        return Ok(Vec::new());
    }
    let amounts = sums(&rows, "pv_mean_eur", |row| is_flow(row).then(|| pillars[row].clone()))?;
    let order = [
        (
            "hardware",
            word("Hardware (gebouwen, netten)", "Hardware (buildings, grids)"),
        ),
        (
            "software",
            word("Software (mensen, programma's)", "Software (people, programmes)"),
        ),
        (
            "orgware",
            word("Orgware (organisatie, bestuur)", "Orgware (organisation, governance)"),
        ),
        ("", word("Zonder pijler", "Without pillar")),
    ];
    let rows = order.map(|(id, word)| part(item(id, word))).to_vec();
    let notes = vec![Label::new(
        "Boekhoudkundige indeling van alle posten; het effect van een pijler is het verschil tussen met en zonder die pijler.",
        "A division of all items as bookkeeping; the effect of a pillar is the difference between with and without it.",
    )];
    let caption = caption(run, "Kosten en baten per pijler", "Costs and benefits by pillar", notes);
    Ok(figure(
        run,
        "pillars",
        "pillar",
        caption,
        (rows, Order::AsGiven),
        &amounts,
    ))
}

/// Sums of the parties that belong to a department.
pub(super) fn make_departments(run: &RunTables) -> Result<Vec<RunFigure>, PlotError> {
    let parties = &run.catalogue.parties;
    let Some(rows) = Rows::of(run, "parties")?.filter(|_| parties.iter().any(|party| !party.department.is_empty()))
    else {
        return Ok(Vec::new());
    };
    let (of_row, flows) = (rows.text("party")?, rows.text("flow")?);
    let department = |row: usize| {
        let party = parties
            .iter()
            .find(|party| party.entry.id == of_row[row] && party.standing)?;
        (flows[row] == TOTAL).then(|| party.department.clone())
    };
    let amounts = sums(&rows, "pv_mean_eur", department)?;
    let mut ids: Vec<&str> = parties.iter().map(|party| party.department.as_str()).collect();
    ids.retain(|id| !id.is_empty());
    ids.sort_unstable();
    ids.dedup();
    let named = |id: &&str| Item {
        id: (*id).to_owned(),
        label: names::both(|language| words::department(id, language)),
    };
    let mut rows: Vec<BarRow> = ids.iter().map(|id| part(named(id))).collect();
    rows.push(part(item(
        "",
        word("Partijen buiten het Rijk", "Parties outside the state"),
    )));
    let notes = vec![Label::new(
        "Posten van partijen die onder een departement vallen. Welke begroting betaalt, hangt af van afspraken over overdrachten.",
        "Items of parties that belong to a department. Which budget pays depends on agreements about transfers.",
    )];
    let caption = caption(
        run,
        "Kosten en baten per departement",
        "Costs and benefits by department",
        notes,
    );
    Ok(figure(
        run,
        "departments",
        "department",
        caption,
        (rows, Order::AsGiven),
        &amounts,
    ))
}

fn caption(run: &RunTables, nl: &str, en: &str, notes: Vec<Label>) -> Caption {
    Caption {
        title: names::with_study(&run.catalogue, nl, en),
        subtitle: names::settings(run),
        notes,
    }
}

fn part(item: Item) -> BarRow {
    BarRow {
        item,
        kind: RowKind::Part,
    }
}

fn item(id: &str, word: Word) -> Item {
    Item {
        id: id.to_owned(),
        label: names::label_of(word),
    }
}

/// The rows `total` of a table that has one for each case and whatever `column` names.
fn by_case(run: &RunTables, table: &str, column: &str) -> Result<Option<Amounts>, PlotError> {
    let Some(rows) = Rows::of(run, table)? else {
        return Ok(None);
    };
    let (ids, flows) = (rows.text(column)?, rows.text("flow")?);
    sums(&rows, "pv_mean_eur", |row| {
        (flows[row] == TOTAL).then(|| ids[row].clone())
    })
    .map(Some)
}

/// Sums of a column by the name that each row is given; rows without name do not count.
fn sums(rows: &Rows<'_>, column: &str, name: impl Fn(usize) -> Option<String>) -> Result<Amounts, PlotError> {
    let (scenarios, alternatives) = (rows.text("scenario")?, rows.text("alternative")?);
    let mut sums = Amounts::new();
    for (row, amount) in rows.numbers(column)?.into_iter().enumerate() {
        if let (Some(name), Some(amount)) = (name(row), amount) {
            let key = (name, scenarios[row].clone(), alternatives[row].clone());
            *sums.entry(key).or_insert(0.0) += amount;
        }
    }
    Ok(sums)
}

/// The figure, with a total of the parts; rows that are zero everywhere are left out. None if all are.
fn figure(
    run: &RunTables,
    name: &str,
    what: &str,
    caption: Caption,
    (rows, order): (Vec<BarRow>, Order),
    amounts: &Amounts,
) -> Vec<RunFigure> {
    let (scenarios, alternatives) = (names::scenarios(&run.catalogue), names::alternatives(&run.catalogue));
    let amount = |row: &BarRow, scenario: &Item, alternative: &Item| {
        let key = (row.item.id.clone(), scenario.id.clone(), alternative.id.clone());
        amounts.get(&key).copied().unwrap_or(0.0)
    };
    let has_amount = |row: &BarRow| {
        let mut cases = scenarios
            .iter()
            .flat_map(|scenario| alternatives.iter().map(move |one| (scenario, one)));
        cases.any(|(scenario, alternative)| amount(row, scenario, alternative) != 0.0)
    };
    let (mut parts, apart): (Vec<BarRow>, Vec<BarRow>) = rows
        .into_iter()
        .filter(has_amount)
        .partition(|row| row.kind == RowKind::Part);
    if parts.is_empty() {
        return Vec::new();
    }
    if order == Order::ByAmount {
        let sum = |row: &BarRow| -> f64 {
            let cases = scenarios
                .iter()
                .flat_map(|scenario| alternatives.iter().map(move |one| (scenario, one)));
            cases
                .map(|(scenario, alternative)| amount(row, scenario, alternative))
                .sum()
        };
        parts.sort_by(|one, other| sum(other).total_cmp(&sum(one)));
    }
    let panels = scenarios.iter().map(|scenario| {
        let row = |row: &BarRow| -> Vec<f64> {
            alternatives
                .iter()
                .map(|alternative| amount(row, scenario, alternative))
                .collect()
        };
        let mut all: Vec<Vec<f64>> = parts.iter().map(row).collect();
        let total = (0..alternatives.len()).map(|number| all.iter().map(|amounts| amounts[number]).sum());
        all.push(total.collect());
        all.extend(apart.iter().map(row));
        (scenario.clone(), all)
    });
    let panels = panels.collect();
    let total = BarRow {
        item: item("balance", words::BALANCE),
        kind: RowKind::Total,
    };
    vec![RunFigure {
        name: name.to_owned(),
        figure: Figure::Bars(Bars {
            caption,
            what: what.to_owned(),
            rows: parts.into_iter().chain([total]).chain(apart).collect(),
            alternatives,
            scenarios: panels,
        }),
    }]
}
