//! References are found wherever a formula may stand.
use super::influence;
use crate::diagnostic::Diagnostics;
use crate::project::MemoryFiles;
use crate::read::read_model;
use crate::source::Sources;
use mkba_core::influence::{Influence, Link};

const MODEL: &str = r#"
[model]
language = 1
id = "small"
label = { nl = "Klein", en = "Small" }
price_year = 2025
base_year = 2025
years = { first = 2026, last = 2030 }

[unit]
m2 = {}

[index.campus]
from = "campuses.csv"
key = "id"
columns = { planned = "m2" }

[party]
town = { label = "Town", role = "treasury" }
firms = { label = "Firms" }

[defaults.parameter]
assumption = "test"

[parameter]
plan = { value = "column(planned)", over = ["campus"] }
price = { value = "uniform(2, 3) EUR/m2" }
share = { value = "40 %" }
lag = { value = "2 year" }
room = { value = "7 m2/year" }
threshold = { value = "1 m2" }

[driver.growth]
unit = "%/year"

[lever.programme]
default = '0 m2/year'
combine = "sum"

[measure.build]
label = "Build"
set = { programme = 'room / 2' }
only_if = 'previous(space, first = 0 m2) < threshold'

[gate.permit]
wanted = 'programme'
capacity = 'room'
unserved = "waits"

[stock.space]
unit = "m2"
initial = '0 m2'
adds = 'lagged(x = permit.granted, by = lag, before = 0 m2/year)'
loses = 'opening(space) * 1 %/year'

[limit.use]
unit = "m2"
least = { plan = 'sum(plan over campus)', space = 'opening(space)' }

[variable.bill]
unit = "EUR/year"
formula = '(if use > 0 m2 then cumulative(permit.granted) * price else 0 EUR) * grown(growth) / 1 year'
"#;

const FLOW: &str = r#"
[flow.cost]
kind = "cost"
effect = "investment"
pillar = "hardware"
formula = 'bill'
paid_by = { town = 'share', firms = 'remainder' }
tax = { vat = '21 %' }

[flow.rent]
kind = "transfer"
formula = 'bill'
from = "firms"
to = "town"
"#;

fn read() -> Influence {
    let files = MemoryFiles::new()
        .with("models/small/model.toml", MODEL)
        .with("models/small/effects/flow.toml", FLOW)
        .with("models/small/campuses.csv", "id,planned\ndelft,4\n");
    let (mut sources, mut diagnostics) = (Sources::default(), Diagnostics::default());
    let declarations = read_model(&files, "models/small", &mut sources, &mut diagnostics);
    let declarations = declarations.unwrap_or_else(|| panic!("{:#?}", diagnostics.list()));
    influence(&declarations, &sources)
}

/// `from -> to` for each reference, with `~>` for earlier years and the words of postings.
fn edges(influence: &Influence) -> Vec<String> {
    let id = |number: usize| influence.nodes[number].id();
    let arrow = |link| match link {
        Link::SameYear => "->",
        Link::EarlierYear => "~>",
        Link::Bears => "bears",
        Link::Gains => "gains",
    };
    let edges = influence.edges.iter();
    edges
        .map(|edge| format!("{} {} {}", id(edge.from), arrow(edge.link), id(edge.to)))
        .collect()
}

#[test]
fn every_reference_of_every_kind_is_found_once() {
    let influence = read();
    let mut found = edges(&influence);
    found.sort();
    assert_eq!(
        found,
        [
            "column.planned -> parameter.plan",
            "driver.growth -> variable.bill",
            "flow.cost bears party.firms",
            "flow.cost bears party.town",
            "flow.rent bears party.firms",
            "flow.rent gains party.town",
            "gate.permit -> variable.bill",
            "gate.permit ~> stock.space",
            "lever.programme -> gate.permit",
            "limit.use -> variable.bill",
            "measure.build -> lever.programme",
            "parameter.lag -> stock.space",
            "parameter.plan -> limit.use",
            "parameter.price -> variable.bill",
            "parameter.room -> gate.permit",
            "parameter.room -> measure.build",
            "parameter.share -> flow.cost",
            "parameter.threshold -> measure.build",
            "stock.space ~> limit.use",
            "stock.space ~> measure.build",
            "variable.bill -> flow.cost",
            "variable.bill -> flow.rent",
        ]
    );
}

#[test]
fn a_node_knows_its_file_its_label_and_what_is_written() {
    let influence = read();
    let node = |id: &str| influence.nodes.iter().find(|node| node.id() == id).expect("declared");
    assert_eq!(node("flow.cost").file, "effects/flow.toml");
    assert_eq!(node("column.planned").file, "model.toml");
    assert_eq!(node("parameter.price").written, "uniform(2, 3) EUR/m2");
    assert_eq!(
        node("stock.space").written,
        "+ lagged(x = permit.granted, by = lag, before = 0 m2/year)\n− opening(space) * 1 %/year"
    );
    assert_eq!(node("measure.build").written, "programme = room / 2");
    assert_eq!(
        (influence.model.nl.as_str(), influence.model.en.as_str()),
        ("Klein", "Small")
    );
}
