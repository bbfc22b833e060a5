//! Sums over the years of many products at once, with what the products have in common computed once.
use super::{Binary, Graph, NodeId};
use std::collections::BTreeMap;

impl Graph {
    /// Σ over years of `a · b` for each pair. Factors without year are taken out of the sums. Of what is left, the two factors that occur
    /// together most often are multiplied once, and so on; two geometric sequences become one.
    pub fn totals_of_products(&mut self, pairs: &[(NodeId, NodeId)]) -> Vec<NodeId> {
        let mut steady = Vec::with_capacity(pairs.len());
        let mut yearly: Vec<Vec<NodeId>> = Vec::with_capacity(pairs.len());
        for &(a, b) in pairs {
            let (outside, inside) = self.split_by_year(a, b);
            steady.push(outside);
            yearly.push(inside);
        }
        self.multiply_what_is_shared(&mut yearly);
        let one = self.constant(1.0);
        steady
            .into_iter()
            .zip(yearly)
            .map(|(steady, factors)| {
                let product = factors
                    .into_iter()
                    .reduce(|product, factor| self.multiply_as_is(product, factor))
                    .unwrap_or(one);
                let total = self.total_as_is(product);
                self.multiply(steady, total)
            })
            .collect()
    }

    /// The product of the factors of `a · b` without year, and the others. What is divided by every year stays one factor.
    fn split_by_year(&mut self, a: NodeId, b: NodeId) -> (NodeId, Vec<NodeId>) {
        let (mut all, other) = (self.factors(a), self.factors(b));
        all.coefficient *= other.coefficient;
        all.numerator.extend(other.numerator);
        all.denominator.extend(other.denominator);
        if all.coefficient == 0.0 {
            return (self.constant(0.0), vec![]);
        }
        let is_yearly =
            |graph: &Self, node: NodeId| graph.node(node).variation.year || graph.node(node).variation.after;
        let (mut inside, above): (Vec<NodeId>, Vec<NodeId>) =
            all.numerator.iter().partition(|&&node| is_yearly(self, node));
        let (divided, below): (Vec<NodeId>, Vec<NodeId>) =
            all.denominator.iter().partition(|&&node| is_yearly(self, node));
        let steady = self.product_of(all.coefficient, above, below);
        if !divided.is_empty() {
            inside = vec![self.product_of(1.0, inside, divided)];
        }
        (steady, inside)
    }

    /// Replaces pairs of factors by their product, the most common pair first, until no pair occurs twice and no two geometric sequences
    /// meet. Equal counts are taken in order of making.
    fn multiply_what_is_shared(&mut self, products: &mut [Vec<NodeId>]) {
        loop {
            let mut counts: BTreeMap<(NodeId, NodeId), usize> = BTreeMap::new();
            for factors in products.iter_mut() {
                factors.sort_unstable();
                for (at, &a) in factors.iter().enumerate() {
                    for &b in &factors[at + 1..] {
                        *counts.entry((a, b)).or_default() += 1;
                    }
                }
            }
            let worth = |&(pair, count): &((NodeId, NodeId), usize)| count > 1 || self.are_geometric(pair);
            let Some((pair, _)) = counts
                .into_iter()
                .filter(worth)
                .max_by(|(a, m), (b, n)| m.cmp(n).then(b.cmp(a)))
            else {
                return;
            };
            let product = self.product_of_pair(pair);
            for factors in products.iter_mut() {
                while let Some((first, second)) = positions(factors, pair) {
                    factors[first] = product;
                    factors.remove(second);
                }
            }
        }
    }

    fn are_geometric(&self, (a, b): (NodeId, NodeId)) -> bool {
        self.as_geometric(a).is_some() && self.as_geometric(b).is_some()
    }

    fn product_of_pair(&mut self, (a, b): (NodeId, NodeId)) -> NodeId {
        if let (Some((start, ratio)), Some((other_start, other_ratio))) = (self.as_geometric(a), self.as_geometric(b)) {
            let (before, ratio) = (self.multiply(start, other_start), self.multiply(ratio, other_ratio));
            return self.geometric(before, ratio);
        }
        self.plain(Binary::Multiply, a, b)
    }
}

/// Two different places where the one and the other of a pair stand.
fn positions(factors: &[NodeId], (a, b): (NodeId, NodeId)) -> Option<(usize, usize)> {
    let first = factors.iter().position(|&factor| factor == a)?;
    let second = (0..factors.len()).find(|&at| at != first && factors[at] == b)?;
    Some((first, second))
}
