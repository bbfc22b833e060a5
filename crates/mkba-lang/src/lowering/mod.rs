//! Stages 4 to 6: alternatives applied, the graph built, the ledger added, the program compiled.
pub(crate) mod build;
mod catalogue;
mod counted;
pub(crate) mod dependences;
mod faults;
mod gates;
mod interactions;
pub(crate) mod levers;
mod observed;
mod rates;
mod values;
pub(crate) mod versions;

use crate::checklist;
use crate::declarations::{self, Contained, Declarations, FlowKind, Model, Quantity, Tax, ValueInput, Vat};
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::guards;
use crate::source::Sources;
use crate::typing::{Symbol, Typed, TypedFlow, TypedStudy, type_study, warn_of_unused};
use build::Builder;
use mkba_core::appraisal::catalogue::Catalogue;
use mkba_core::appraisal::{self, Account, Appraisal, Appraised, Detail, Flow, Prices, Shares};
use mkba_core::compiled::{Compiled, Formulated, Yearly};
use mkba_core::finance::Timing;
use mkba_core::graph::NodeId;
use mkba_core::rulebook::{PriceUnit, Rulebook};
use observed::Observed;
pub(crate) use rates::ClassRate;
use rates::rates;

/// Compiles a study under a rulebook, or reports every fault.
#[must_use]
pub fn compile(
    declarations: &Declarations,
    sources: &Sources,
    rulebook: &Rulebook,
    detail: Detail,
    diagnostics: &mut Diagnostics,
) -> Option<Compiled> {
    let compiled = formulate(declarations, sources, rulebook, detail, diagnostics)?.compile();
    guards::lifetimes::warn(declarations, &compiled, diagnostics);
    checklist::warn(declarations, rulebook, diagnostics);
    Some(compiled)
}

/// A study under a rulebook as arithmetic, or every fault: what [`compile`] makes its program of.
#[must_use]
pub fn formulate(
    declarations: &Declarations,
    sources: &Sources,
    rulebook: &Rulebook,
    detail: Detail,
    diagnostics: &mut Diagnostics,
) -> Option<Formulated> {
    levers::conflicts(declarations, diagnostics);
    let study = type_study(declarations, sources, diagnostics)?;
    let lowered = lower(&study, rulebook, detail, diagnostics)?;
    let dependences = dependences::dependences(&study.scope, &lowered.builder.inputs);
    let catalogue = lowered.catalogue(&study, rulebook);
    let Lowered {
        builder: Builder { graph, inputs, .. },
        appraised,
        yearly,
        observed,
        ..
    } = lowered;
    Some(Formulated {
        graph,
        inputs,
        dependences,
        catalogue,
        outputs: appraised.outputs,
        yearly,
        observed: observed.nodes,
        observations: observed.observations,
        observed_every: declarations.study.gate_years,
    })
}

/// A study as a graph, before it becomes a program.
pub(crate) struct Lowered<'s, 'd> {
    /// The graph, and what each part of a formula is in it.
    pub builder: Builder<'s, 'd>,
    /// What was appraised.
    pub appraisal: Appraisal,
    /// Nodes of the appraisal.
    pub appraised: Appraised,
    /// Values by year that a run keeps.
    pub yearly: Vec<(Yearly, NodeId)>,
    /// Values that a run keeps in some years.
    pub observed: Observed,
    /// Rates in use.
    pub rates: Vec<ClassRate>,
    /// What part of each flow is counted, by apportionments and the years of its gain; none when all of it always is.
    pub counted: Vec<Option<NodeId>>,
}

/// Builds the graph of a study with its ledger, or reports every fault.
pub(crate) fn lower<'s, 'd>(
    study: &'s TypedStudy<'d>,
    rulebook: &'s Rulebook,
    detail: Detail,
    diagnostics: &'s mut Diagnostics,
) -> Option<Lowered<'s, 'd>> {
    let declarations = study.scope.declarations;
    guards::check(declarations, rulebook, diagnostics);
    let mut builder = Builder::new(study, rulebook, diagnostics);
    everything(&mut builder);
    let rates = rates(&mut builder);
    let counted = counted::counted(&mut builder);
    let flows = flows(&mut builder, &rates, &counted);
    let indicators = indicators(&mut builder);
    let observed = match detail {
        Detail::Full => observed::observed(&mut builder),
        Detail::WholeBalances | Detail::Balances => Observed::default(),
    };
    builder.finish();
    if builder.diagnostics.has_errors() {
        return None;
    }
    warn_of_unused(study, builder.diagnostics);
    let model = &declarations.model;
    let space = &mut builder.graph.space;
    let region = model.region.as_ref().and_then(|name| space.find(&name.value));
    let appraisal = Appraisal {
        flows,
        accounts: accounts(declarations, rulebook),
        treasury: declarations.parties.iter().position(|party| party.treasury),
        prices: Prices {
            unit: rulebook.prices.unit,
            uplift: rulebook.prices.indirect_tax_uplift,
        },
        rates: rates.iter().map(|rate| rate.node).collect(),
        schedules: rates
            .iter()
            .map(|rate| rate.factors(model, timing(declarations, rulebook)))
            .collect(),
        counted_years: last_counted_year(model, rulebook)
            .map(|last| usize::try_from(last - model.first_year.value + 1).unwrap_or(0)),
        timing: timing(declarations, rulebook),
        first_elapsed: model.first_year.value - model.base_year.value,
        baseline: baseline(declarations),
        regions: region.map(|region| space.set(&[region])),
    };
    let mut appraised = appraisal::appraise(&mut builder.graph, &appraisal, detail);
    interactions::add(&mut builder.graph, declarations, &mut appraised);
    let mut yearly: Vec<(Yearly, NodeId)> = appraised
        .yearly
        .iter()
        .map(|&(alternative, flow, node)| (Yearly::Flow { alternative, flow }, node))
        .collect();
    let balances = appraised.balances_by_year.iter();
    yearly.extend(balances.map(|&(alternative, node)| (Yearly::Balance { alternative }, node)));
    if detail == Detail::Full {
        yearly.extend(indicators);
    }
    Some(Lowered {
        builder,
        appraisal,
        appraised,
        yearly,
        observed,
        rates,
        counted,
    })
}

impl Lowered<'_, '_> {
    /// Names of the results.
    fn catalogue(&self, study: &TypedStudy<'_>, rulebook: &Rulebook) -> Catalogue {
        let Appraisal {
            timing,
            baseline,
            regions,
            ..
        } = self.appraisal;
        let inputs = &self.builder.inputs;
        catalogue::catalogue(
            study,
            rulebook,
            timing,
            &self.rates,
            baseline,
            inputs,
            regions.is_some(),
        )
    }
}

/// Builds every named value once in the baseline, so that faults of values nobody uses are found too.
fn everything(builder: &mut Builder<'_, '_>) {
    let study = builder.study;
    let declarations = study.scope.declarations;
    let baseline = baseline(declarations);
    if declarations.alternatives.is_empty() {
        return;
    }
    for (n, it) in declarations.parameters.iter().enumerate() {
        builder.value(Symbol::Parameter(n), baseline, it.name.span);
    }
    for alternative in 0..declarations.alternatives.len() {
        for (n, it) in declarations.variables.iter().enumerate() {
            builder.value(Symbol::Variable(n), alternative, it.name.span);
        }
        for (n, it) in declarations.stocks.iter().enumerate() {
            builder.value(Symbol::Stock(n), alternative, it.name.span);
        }
        for (n, it) in declarations.gates.iter().enumerate() {
            builder.gate(n, alternative, it.name.span);
        }
        for (n, it) in declarations.limits.iter().enumerate() {
            builder.value(Symbol::Limit(n), alternative, it.name.span);
        }
    }
}

pub(crate) fn baseline(declarations: &Declarations) -> usize {
    let name = &declarations.study.baseline.value;
    declarations
        .alternatives
        .iter()
        .position(|alternative| alternative.name.value == *name)
        .unwrap_or(0)
}

fn timing(declarations: &Declarations, rulebook: &Rulebook) -> Timing {
    match declarations.study.timing.as_ref().map(|timing| timing.value.as_str()) {
        Some("mid_year") => Timing::MidYear,
        Some(_) => Timing::EndOfYear,
        None => rulebook.timing,
    }
}

/// The last year that counts under the rulebook, when the model computes more.
fn last_counted_year(model: &Model, rulebook: &Rulebook) -> Option<i32> {
    let opening = model.opening_year.as_ref().map(|year| year.value);
    let horizon = &rulebook.horizon;
    horizon.last_counted(model.first_year.value, model.last_year.value, opening)
}

fn accounts(declarations: &Declarations, rulebook: &Rulebook) -> Vec<Account> {
    let vat = |vat| match vat {
        Vat::Recovers => appraisal::Vat::Recovers,
        Vat::Compensated => appraisal::Vat::Compensated,
        Vat::Exempt => appraisal::Vat::Exempt,
    };
    declarations
        .parties
        .iter()
        .map(|party| Account {
            standing: party.counts(rulebook),
            vat: vat(party.vat),
        })
        .collect()
}

/// Full names of all uncertain inputs of a model or study: parameters in order of name, then discount rates. Faults of formulas
/// are added to the diagnostics.
#[must_use]
pub fn input_names(
    declarations: &Declarations,
    sources: &Sources,
    diagnostics: &mut Diagnostics,
) -> Option<Vec<String>> {
    let study = type_study(declarations, sources, diagnostics)?;
    let uncertain = |value: &ValueInput| matches!(value.quantity, Quantity::Uncertain(_));
    let parameters = declarations.parameters.iter().enumerate();
    let parameters = parameters.filter(|(_, parameter)| uncertain(&parameter.value));
    let own_rates = declarations.study.discount.iter().filter(|(_, rate)| uncertain(rate));
    Some(
        parameters
            .flat_map(|(n, _)| values::input_names(&study.scope, n))
            .chain(own_rates.map(|(class, _)| rates::rate_name(class)))
            .collect(),
    )
}

fn flows(builder: &mut Builder<'_, '_>, rates: &[ClassRate], counted: &[Option<NodeId>]) -> Vec<Flow> {
    let study = builder.study;
    let declarations = study.scope.declarations;
    let baseline = baseline(declarations);
    declarations
        .flows
        .iter()
        .enumerate()
        .map(|(n, it)| {
            let typed: &TypedFlow = &study.flows[n];
            let annual = (0..declarations.alternatives.len())
                .map(|a| builder.flow(n, a, counted[n]))
                .collect();
            let shares = Shares {
                of: shares(builder, &typed.shares, baseline),
                to: shares(builder, &typed.to, baseline),
            };
            let tax = tax(builder, it, typed, baseline);
            Flow {
                kind: catalogue::kind(it.kind.value),
                class: rates
                    .iter()
                    .position(|rate| rate.class == it.discount.value)
                    .unwrap_or(0),
                separate: it.separate,
                shares,
                tax,
                annual,
            }
        })
        .collect()
}

/// The tax content of a flow. What nobody stated is a fault under a rulebook that needs it: it is not guessed.
fn tax<'s>(
    builder: &mut Builder<'s, '_>,
    flow: &declarations::Flow,
    typed: &'s TypedFlow,
    baseline: usize,
) -> appraisal::Tax {
    match (&flow.tax, &typed.tax_rate) {
        (Tax::Vat(_), Some(rate)) => appraisal::Tax::Vat(steady(builder, rate, baseline)),
        (Tax::Factor, _) => appraisal::Tax::Factor,
        (Tax::Market(Contained::Average), _) => {
            let average = builder.rulebook.prices.indirect_tax_uplift;
            appraisal::Tax::Market(Some(builder.graph.constant(average)))
        }
        (_, Some(rate)) => appraisal::Tax::Market(Some(steady(builder, rate, baseline))),
        (_, None) => {
            let is_transfer = flow.kind.value == FlowKind::Transfer;
            if builder.rulebook.prices.unit == PriceUnit::FactorPrices && !is_transfer {
                builder
                    .diagnostics
                    .push(faults::unknown_tax_content(builder.rulebook, flow));
            }
            appraisal::Tax::Market(None)
        }
    }
}

fn shares<'s>(
    builder: &mut Builder<'s, '_>,
    shares: &'s [(usize, Option<Typed>)],
    baseline: usize,
) -> Vec<(usize, NodeId)> {
    let mut rest = builder.graph.constant(1.0);
    let mut nodes = Vec::new();
    for (party, share) in shares {
        if let Some(share) = share {
            let node = steady(builder, share, baseline);
            rest = builder.graph.subtract(rest, node);
            nodes.push((*party, node));
        }
    }
    let remainder = shares.iter().find(|(_, share)| share.is_none());
    nodes.extend(remainder.map(|(party, _)| (*party, rest)));
    nodes
}

/// A share or tax rate: the same in all years and alternatives.
fn steady<'s>(builder: &mut Builder<'s, '_>, typed: &'s Typed, baseline: usize) -> NodeId {
    let node = builder.node(typed, baseline);
    let versions_differ =
        (0..builder.study.scope.declarations.alternatives.len()).any(|a| builder.node(typed, a) != node);
    if builder.graph.node(node).variation.year || versions_differ {
        let problem = if versions_differ {
            "differs between alternatives"
        } else {
            "changes over the years"
        };
        builder.diagnostics.push(
            Diagnostic::error(
                "E0406",
                "a share or tax rate requires one value for all years and alternatives",
                typed.span,
                problem,
            )
            .help("use parameters only, or split the flow in two, each with its own postings"),
        );
    }
    node
}

/// Variables, stocks and limits that are reported beside the balance, in each alternative.
fn indicators(builder: &mut Builder<'_, '_>) -> Vec<(Yearly, NodeId)> {
    let declarations = builder.study.scope.declarations;
    let mut nodes = Vec::new();
    for (indicator, symbol) in catalogue::indicator_symbols(declarations).into_iter().enumerate() {
        let (_, at) = builder.study.scope.describe(symbol);
        let set = builder.study.scope.sets[&symbol];
        for alternative in 0..declarations.alternatives.len() {
            let node = builder.value(symbol, alternative, at);
            let node = builder.graph.spread(node, set);
            nodes.push((Yearly::Indicator { alternative, indicator }, node));
        }
    }
    nodes
}

impl From<FlowKind> for appraisal::catalogue::FlowKind {
    fn from(kind: FlowKind) -> Self {
        catalogue::kind(kind)
    }
}
