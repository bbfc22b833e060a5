//! Numbers of an outcome by name.
use mkba_core::appraisal::catalogue::{Catalogue, Entry, FlowKind};
use mkba_core::outcome::{AlternativeOutcome, Outcome};

/// One alternative in one scenario.
pub struct View<'o> {
    /// Names.
    pub catalogue: &'o Catalogue,
    /// Numbers.
    pub result: &'o AlternativeOutcome,
}

/// An alternative in a scenario, both by name.
#[track_caller]
pub fn view<'o>(outcome: &'o Outcome, scenario: &str, alternative: &str) -> View<'o> {
    let catalogue = &outcome.catalogue;
    let scenario = position(catalogue.scenarios.iter(), scenario);
    let alternative = position(catalogue.alternatives.iter(), alternative);
    View {
        catalogue,
        result: &outcome.scenarios[scenario].alternatives[alternative],
    }
}

impl<'o> View<'o> {
    /// Mean balance.
    pub fn balance(&self) -> f64 {
        self.result.balance.mean
    }

    /// Number of a flow.
    #[track_caller]
    pub fn number(&self, flow: &str) -> usize {
        position(self.catalogue.flows.iter().map(|flow| &flow.entry), flow)
    }

    /// Mean present value of a flow to society.
    #[track_caller]
    pub fn flow(&self, flow: &str) -> f64 {
        self.result.flows[self.number(flow)].mean
    }

    /// Mean present value of a flow to a party.
    #[track_caller]
    pub fn posting(&self, flow: &str, party: &str) -> f64 {
        let party = position(self.catalogue.parties.iter().map(|party| &party.entry), party);
        self.result.postings[self.number(flow)][party]
    }

    /// Mean present value of a flow to society by region.
    #[track_caller]
    pub fn regional(&self, flow: &str) -> &'o [f64] {
        &self.result.regional[self.number(flow)]
    }

    /// Mean amount of a flow in a calendar year, not discounted.
    #[track_caller]
    pub fn in_year(&self, flow: &str, year: i32) -> f64 {
        self.result.yearly[self.number(flow)][self.year(year)]
    }

    /// Mean of an indicator: elements by years.
    #[track_caller]
    pub fn indicator(&self, indicator: &str) -> &'o [Vec<f64>] {
        &self.result.indicators[position(
            self.catalogue.indicators.iter().map(|indicator| &indicator.entry),
            indicator,
        )]
    }

    /// Position of a calendar year.
    pub fn year(&self, year: i32) -> usize {
        usize::try_from(year - self.catalogue.first_year).expect("a year of the model")
    }

    /// Sum of the absolute values of all flows: what the balance is small against.
    pub fn gross(&self) -> f64 {
        self.result.flows.iter().map(|flow| flow.mean.abs()).sum()
    }

    /// Numbers of the flows of a kind.
    pub fn of_kind(&self, kind: FlowKind) -> Vec<usize> {
        let flows = self.catalogue.flows.iter().enumerate();
        flows
            .filter(|(_, flow)| flow.kind == kind)
            .map(|(number, _)| number)
            .collect()
    }
}

#[track_caller]
fn position<'e>(mut entries: impl Iterator<Item = &'e Entry>, id: &str) -> usize {
    entries
        .position(|entry| entry.id == id)
        .unwrap_or_else(|| panic!("no `{id}`"))
}
