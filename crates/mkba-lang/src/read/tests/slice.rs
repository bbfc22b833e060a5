//! A slice of the knowledge-city model of the language specification: gates, stocks, limits, postings, index sets.
use super::Outcome;
use crate::declarations::{Combine, Quantity};
use crate::project::MemoryFiles;

const MODEL: &str = r#"[model]
language     = 1
id           = "kennisstad"
label        = { nl = "Kennisstad", en = "Knowledge city" }
price_year   = 2025                 # inside the model EUR always means EUR of this year
base_year    = 2026
opening_year = 2030
years        = { first = 2026, after_opening = 100 }

[unit]
m2  = {}                            # floor space counts as its own kind of thing, not as length squared
fte = {}

[index.province]
from = "data/provinces.csv"
key  = "id"

[index.campus]
from   = "data/campuses.csv"
key    = "id"
within = { province = "province" }  # each campus lies in one province: a province value is usable wherever a campus value is
columns = { planned_space = "m2", jobs_now = "fte" }

[deflator.construction]
from = "data/construction-index.csv"
source = "cbs-construction-index"

[driver.wage_growth]                # every scenario file must give it
unit  = "%/year"
label = { nl = "Loonstijging", en = "Wage growth" }
"#;

const MEASURES: &str = r#"[lever.space_programme]
over    = ["campus"]
unit    = "m2/year"
default = "0 m2/year"
combine = "sum"

[lever.grid_reinforcement]
over    = ["province"]
unit    = "MW/year"
default = "0 MW/year"
combine = "sum"

[lever.joint_governance]
over    = ["campus"]
default = "0"
combine = "max"                     # two governance programmes do not add up

[measure.campus_buildings]
label   = { nl = "Campusgebouwen", en = "Campus buildings" }
pillar  = "hardware"
charge  = "OCW"
start   = 2028
set     = { space_programme = 'planned_space / 6 year' }
until   = 2033

[measure.grid_first]
label   = { nl = "Netverzwaring naar voren", en = "Grid first" }
pillar  = "hardware"
charge  = "EZ"
start   = 2027
set     = { grid_reinforcement = '15 MW/year' }

[measure.campus_organisation]
label   = { nl = "Campusorganisatie", en = "Campus organisation" }
pillar  = "orgware"
charge  = "region"
start   = 2027
set     = { joint_governance = '1' }

[measure.second_phase]              # stop or go on what has been observed; once started it stays started
label   = { nl = "Tweede fase", en = "Second phase" }
pillar  = "hardware"
charge  = "OCW"
start   = 2034
only_if = 'previous(occupancy, first = 0) > occupancy_threshold'
set     = { space_programme = 'planned_space / 12 year' }
"#;

const CONSTRUCTION: &str = r#"# From plan to building: permit first, then builders. What is not served this year waits for the next.
[gate.permit]
label    = { nl = "Stikstofruimte en vergunning", en = "Nitrogen room and permit" }
wanted   = 'space_programme'                # m2/year, per campus
capacity = 'permit_room'                    # m2/year, per province: campuses in a province share it
unserved = "waits"
sharing  = "proportional"

[gate.builders]
label    = { nl = "Bouwcapaciteit", en = "Building labour" }
wanted   = 'permit.granted'
capacity = 'building_capacity'              # m2/year, national
unserved = "waits"

[stock.space]
label   = { nl = "Gebouwde ruimte", en = "Floor space" }
unit    = "m2"
initial = '0 m2'
adds    = 'builders.granted'
loses   = 'opening(space) / building_life'  # `opening(x)`: the stock at the start of the year

[flow.construction_cost]
label   = { nl = "Bouwkosten", en = "Construction cost" }
kind    = "cost"
effect  = "investment"
pillar  = "hardware"
formula = 'builders.granted * construction_price * cost_overrun'
paid_by = { universities = '60 %', municipalities = '25 %', companies = 'remainder' }

[parameter.construction_price]
label      = { nl = "Bouwkosten laboratorium", en = "Laboratory construction price" }
value      = "pert(2600, 3400, 4800) EUR@2021/m2"
deflator   = "construction"                 # brought to the price year of the model here, at the edge
source     = "bouwkostenkompas-2021"
confidence = "low"
placeholder = true
"#;

const GRID: &str = r#"# Connections are asked for when space is built and arrive through the queue of the province.
[gate.grid]
label    = { nl = "Netaansluiting", en = "Grid connection" }
wanted   = 'builders.granted * power_per_space'           # MW/year
capacity = 'grid_expansion + grid_reinforcement'          # MW/year, per province
unserved = "waits"
sharing  = "proportional"

[stock.connected_power]
unit    = "MW"
initial = '0 MW'
adds    = 'grid.granted'
"#;

const OCCUPANCY: &str = r#"[variable.target_occupancy]
unit    = "1"
formula = 'structural_occupancy + joint_governance * governance_gain'

[stock.let_space]                           # tenants arrive: each year a share of the gap closes
unit    = "m2"
initial = '0 m2'
adds    = '(target_occupancy * space - opening(let_space)) * filling_speed * (1 + joint_governance * governance_speed)'

# The smallest of several limits, by name. `occupied.binding` says which one, per campus and year.
[limit.occupied]
label = { nl = "Ruimte in gebruik", en = "Space in use" }
unit  = "m2"
least = { market = 'let_space', grid = 'connected_power / power_per_space', talent = 'talent * space_per_job' }

[variable.occupancy]
unit    = "1"
formula = 'ratio(occupied, space, if_none = 0)'
"#;

const RESEARCH: &str = r#"[variable.additional_research]
label   = { nl = "Additioneel onderzoek", en = "Additional research" }
unit    = "EUR/year"
formula = 'sum(occupied * research_per_space over campus) * (1 - deadweight)'

[stock.knowledge]
label   = { nl = "Kennisvoorraad", en = "Knowledge stock" }
unit    = "EUR"
initial = '0 EUR'
adds    = 'lagged(additional_research, research_lag, before = 0 EUR/year)'
loses   = 'opening(knowledge) * knowledge_depreciation'

[flow.research_spillover]
label      = { nl = "Kennisspillovers", en = "Research spillovers" }
kind       = "benefit"
effect     = "external"
pillar     = "software"
formula    = 'social_return * domestic_share * opening(knowledge)'
accrues_to = { companies = '60 %', residents = '30 %', treasury = 'remainder' }
headline   = "separate"                     # the balance is printed with and without it
channel    = ["research_return"]            # guard against double counting

[flow.rent]                                 # a transfer: nets to zero, stays in the table of parties
label   = { nl = "Huur", en = "Rent" }
kind    = "transfer"
formula = 'sum(occupied * rent over campus)'
from    = "companies"
to      = "universities"

[parameter.research_lag]
label      = { nl = "Vertraging onderzoek", en = "Research lag" }
value      = "triangular(2, 6, 12) year"
source     = "frontier-2024"
confidence = "medium"

[unpriced.discovery]
label = { nl = "Waarde van ontdekking", en = "Value of discovery" }
sign  = "+"
why   = "no accepted valuation"
"#;

/// What the slice refers to and does not show.
const PARTIES: &str = "
[party]
companies = { label = 'Companies' }
municipalities = { label = 'Municipalities' }
residents = { label = 'Residents' }
treasury = { label = 'Treasury' }
universities = { label = 'Universities' }
";

const STUDY: &str = "
[study]
model = 'models/kennisstad'
scenarios = ['scenarios/low.toml', 'scenarios/high.toml']
baseline = 'baseline'
draws = 1000
seed = 1
[alternative.hardware]
measures = ['campus_buildings', 'grid_first']
[alternative.integrated]
measures = ['campus_buildings', 'grid_first', 'campus_organisation', 'second_phase']
";

fn scenario(id: &str, growth: &str) -> String {
    format!(
        "[scenario]\nid = '{id}'\nlabel = '{id}'\n[driver]\nwage_growth = {{ value = '{growth} %/year', assumption = 'test' }}\n"
    )
}

fn slice() -> MemoryFiles {
    MemoryFiles::new()
        .with("models/kennisstad/model.toml", MODEL)
        .with("models/kennisstad/measures.toml", MEASURES)
        .with("models/kennisstad/parties.toml", PARTIES)
        .with("models/kennisstad/effects/construction.toml", CONSTRUCTION)
        .with("models/kennisstad/effects/grid.toml", GRID)
        .with("models/kennisstad/effects/occupancy.toml", OCCUPANCY)
        .with("models/kennisstad/effects/research.toml", RESEARCH)
        .with("models/kennisstad/data/provinces.csv", "id,name\nzuid-holland,Zuid-Holland\nutrecht,Utrecht\n")
        .with(
            "models/kennisstad/data/campuses.csv",
            "id,province,planned_space,jobs_now\nutrecht_science_park,utrecht,90000,25000\ndelft,zuid-holland,60000,4000\n",
        )
        .with("models/kennisstad/data/construction-index.csv", "year,index\n2021,100\n2025,117.8\n")
        .with("scenarios/low.toml", scenario("low", "0.5"))
        .with("scenarios/high.toml", scenario("high", "1.5"))
        .with("scenarios/study.toml", STUDY)
}

#[test]
fn the_slice_is_read_whole() {
    let found = Outcome::study(&slice(), "scenarios/study.toml").right();
    assert_eq!(found.model.last_year.value, 2129);
    let counts = [
        found.indices.len(),
        found.gates.len(),
        found.stocks.len(),
        found.limits.len(),
        found.measures.len(),
        found.flows.len(),
        found.unpriced.len(),
    ];
    assert_eq!(counts, [2, 3, 4, 1, 4, 3, 1]);
    let names: Vec<_> = found
        .scenarios
        .iter()
        .map(|scenario| scenario.name.value.as_str())
        .collect();
    assert_eq!(names, ["low", "high"], "scenarios are in the order of the study");
    let names: Vec<_> = found
        .alternatives
        .iter()
        .map(|alternative| alternative.name.value.as_str())
        .collect();
    assert_eq!(
        names,
        ["baseline", "hardware", "integrated"],
        "the baseline is added first"
    );
}

#[test]
fn measures_and_levers_are_as_written() {
    let found = Outcome::study(&slice(), "scenarios/study.toml").right();
    let combine: Vec<_> = found.levers.iter().map(|lever| lever.combine).collect();
    assert_eq!(combine, [Combine::Sum, Combine::Max, Combine::Sum]);
    let phase = found
        .measures
        .iter()
        .find(|measure| measure.name.value == "second_phase")
        .expect("measure");
    assert!(phase.only_if.is_some() && phase.until.is_none());
    assert_eq!(phase.start.as_ref().map(|year| year.value), Some(2034));
    let buildings = found
        .measures
        .iter()
        .find(|measure| measure.name.value == "campus_buildings")
        .expect("measure");
    assert_eq!(
        (buildings.pillar.as_str(), buildings.charge.as_str()),
        ("hardware", "OCW")
    );
    assert_eq!(buildings.until.as_ref().map(|year| year.value), Some(2033));
}

#[test]
fn postings_bounds_and_channels_are_as_written() {
    let found = Outcome::study(&slice(), "scenarios/study.toml").right();
    let spillover = found
        .flows
        .iter()
        .find(|flow| flow.name.value == "research_spillover")
        .expect("flow");
    let shares: Vec<_> = spillover
        .postings
        .iter()
        .map(|posting| (posting.party.value.as_str(), posting.share.is_some()))
        .collect();
    assert_eq!(shares, [("companies", true), ("residents", true), ("treasury", false)]);
    assert_eq!(spillover.channels[0].value, "research_return");
    let rent = found.flows.iter().find(|flow| flow.name.value == "rent").expect("flow");
    assert_eq!(
        (rent.postings.len(), rent.to.len(), rent.effect.as_str()),
        (1, 1, "transfer")
    );
    let bounds: Vec<_> = found.limits[0]
        .least
        .iter()
        .map(|(name, _)| name.value.as_str())
        .collect();
    assert_eq!(bounds, ["grid", "market", "talent"]);
    let price = found
        .parameters
        .iter()
        .find(|parameter| parameter.name.value == "construction_price")
        .expect("parameter");
    assert!(price.value.provenance.placeholder && matches!(price.value.quantity, Quantity::Uncertain(_)));
}
