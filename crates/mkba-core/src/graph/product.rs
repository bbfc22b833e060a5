//! Products in normal form, so that what does not change is computed once.
//!
//! Factors of nested products and quotients are gathered and regrouped by what they vary with: first what is the same in all years
//! (`A`), then what changes with the year (`Y`), each from coarse to fine index sets. The value is `A * Y`. Sums are never regrouped.
//! The rewrite is part of the evaluator's contract, version 1: changing it changes last bits of results.
use super::space::SetId;
use super::{Binary, Graph, Node, NodeId, Operation};

/// Factors of a product: `coefficient * numerator / denominator`.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Factors {
    pub coefficient: f64,
    pub numerator: Vec<NodeId>,
    pub denominator: Vec<NodeId>,
}

/// Beyond this many factors a product is taken as one factor itself.
const MOST_FACTORS: usize = 24;

impl Graph {
    /// a × b
    pub fn multiply(&mut self, a: NodeId, b: NodeId) -> NodeId {
        let (left, right) = (self.factors(a), self.factors(b));
        self.product(left, right)
    }

    /// a × b as it stands: neither side is taken apart, so that both stay shared with their other uses.
    pub fn multiply_as_is(&mut self, a: NodeId, b: NodeId) -> NodeId {
        match (self.value(a), self.value(b)) {
            (Some(0.0), _) | (_, Some(0.0)) => self.constant(0.0),
            (Some(1.0), _) => b,
            (_, Some(1.0)) => a,
            _ => self.plain(Binary::Multiply, a.min(b), a.max(b)),
        }
    }

    /// a ÷ b
    pub fn divide(&mut self, a: NodeId, b: NodeId) -> NodeId {
        if self.value(b) == Some(0.0) {
            return self.intern(Operation::Binary(Binary::Divide, a, b), &[a, b]);
        }
        let (left, right) = (self.factors(a), self.factors(b));
        let inverse = Factors {
            coefficient: 1.0 / right.coefficient,
            numerator: right.denominator,
            denominator: right.numerator,
        };
        // A quotient of constants keeps its own rounding.
        if let (Some(x), Some(y)) = (self.value(a), self.value(b)) {
            return self.constant(x / y);
        }
        self.product(left, inverse)
    }

    /// A product as a factor for which `is_common` holds and the rest; nothing when there is no such factor, or nothing else.
    pub(super) fn common_factor(
        &mut self,
        node: NodeId,
        is_common: impl Fn(&Self, &Node) -> bool,
    ) -> Option<(NodeId, NodeId)> {
        let factors = self.factors(node);
        let split = |of: &[NodeId]| {
            of.iter()
                .copied()
                .partition(|&factor| is_common(self, self.node(factor)))
        };
        let (above, rest_above): (Vec<NodeId>, Vec<NodeId>) = split(&factors.numerator);
        let (below, rest_below): (Vec<NodeId>, Vec<NodeId>) = split(&factors.denominator);
        if rest_above.is_empty() || (factors.coefficient == 1.0 && above.is_empty() && below.is_empty()) {
            return None;
        }
        let common = self.product_of(factors.coefficient, above, below);
        let rest = self.product_of(1.0, rest_above, rest_below);
        Some((common, rest))
    }

    /// A product less one factor of its numerator.
    pub(super) fn product_without(&mut self, factors: &Factors, factor: NodeId) -> NodeId {
        let mut numerator = factors.numerator.clone();
        numerator.retain(|&other| other != factor);
        self.product_of(factors.coefficient, numerator, factors.denominator.clone())
    }

    pub(super) fn product_of(&mut self, coefficient: f64, numerator: Vec<NodeId>, denominator: Vec<NodeId>) -> NodeId {
        let nothing = Factors {
            coefficient: 1.0,
            numerator: vec![],
            denominator: vec![],
        };
        let factors = Factors {
            coefficient,
            numerator,
            denominator,
        };
        self.product(factors, nothing)
    }

    pub(super) fn factors(&self, node: NodeId) -> Factors {
        if let Some(value) = self.value(node) {
            return Factors {
                coefficient: value,
                numerator: vec![],
                denominator: vec![],
            };
        }
        match self.factors.get(&node) {
            Some(known) if known.numerator.len() + known.denominator.len() <= MOST_FACTORS / 2 => known.clone(),
            _ => Factors {
                coefficient: 1.0,
                numerator: vec![node],
                denominator: vec![],
            },
        }
    }

    fn product(&mut self, mut a: Factors, b: Factors) -> NodeId {
        let coefficient = a.coefficient * b.coefficient;
        if coefficient == 0.0 {
            return self.constant(0.0);
        }
        a.numerator.extend(b.numerator);
        a.denominator.extend(b.denominator);
        let factors = Factors { coefficient, ..a };
        let (steady_above, yearly_above) = self.split(&factors.numerator);
        let (steady_below, yearly_below) = self.split(&factors.denominator);

        let mut steady = if coefficient == 1.0 {
            None
        } else {
            Some(self.constant(coefficient))
        };
        steady = self.chain(steady, &steady_above);
        if let Some(below) = self.chain(None, &steady_below) {
            let above = steady.unwrap_or_else(|| self.constant(1.0));
            steady = Some(self.plain(Binary::Divide, above, below));
        }
        let yearly = self.chain(None, &yearly_above);
        let below = self.chain(None, &yearly_below);
        let result = match (steady, yearly, below) {
            (steady, None, Some(below)) => {
                let above = steady.unwrap_or_else(|| self.constant(1.0));
                self.plain(Binary::Divide, above, below)
            }
            (steady, Some(yearly), Some(below)) => {
                let yearly = self.plain(Binary::Divide, yearly, below);
                self.chain(steady, &[yearly]).unwrap_or(yearly)
            }
            (steady, Some(yearly), None) => self.chain(steady, &[yearly]).unwrap_or(yearly),
            (Some(steady), None, None) => steady,
            (None, None, None) => self.constant(1.0),
        };
        let parts = factors.numerator.len() + factors.denominator.len();
        if self.value(result).is_none() && (parts > 1 || factors.coefficient != 1.0) {
            self.factors.entry(result).or_insert(factors);
        }
        result
    }

    /// Steady factors by variation then size of set, yearly factors by size of set; both then in order of making.
    fn split(&self, factors: &[NodeId]) -> (Vec<NodeId>, Vec<NodeId>) {
        let is_yearly = |&node: &NodeId| self.node(node).variation.year || self.node(node).variation.after;
        let mut steady: Vec<NodeId> = factors.iter().copied().filter(|node| !is_yearly(node)).collect();
        let mut yearly: Vec<NodeId> = factors.iter().copied().filter(is_yearly).collect();
        steady.sort_by_key(|&node| {
            let variation = self.node(node).variation;
            (variation.draw, variation.scenario, self.size(node), node)
        });
        yearly.sort_by_key(|&node| (self.size(node), self.node(node).variation.draw, node));
        (steady, yearly)
    }

    fn size(&self, node: NodeId) -> usize {
        let set = self.node(node).set;
        if set == SetId::NONE { 1 } else { self.space.extent(set) }
    }

    fn chain(&mut self, start: Option<NodeId>, factors: &[NodeId]) -> Option<NodeId> {
        factors.iter().fold(start, |product, &factor| {
            Some(match product {
                Some(product) => self.plain(Binary::Multiply, product, factor),
                None => factor,
            })
        })
    }
}
