//! Making nodes: equal nodes are one, constants are folded, branches that cannot occur are dropped.
use super::apply::{apply_binary, apply_unary};
use super::space::{SetId, Space};
use super::{
    Binary, DataTable, Graph, History, HistoryId, MapId, Node, NodeId, Operation, Range, Reduction, State, StateId,
    TableId, Unary, Variation,
};

/// Read access for lowering and evaluation.
pub trait Inspection {
    /// The nodes in order of making.
    fn nodes(&self) -> &[Node];
    /// The states.
    fn states(&self) -> &[State];
    /// The histories.
    fn histories(&self) -> &[History];
    /// The tables of known numbers.
    fn tables(&self) -> &[DataTable];
    /// Positions of a map.
    fn positions(&self, map: MapId) -> &[u32];
}

impl Inspection for Graph {
    fn nodes(&self) -> &[Node] {
        &self.nodes
    }
    fn states(&self) -> &[State] {
        &self.states
    }
    fn histories(&self) -> &[History] {
        &self.histories
    }
    fn tables(&self) -> &[DataTable] {
        &self.tables
    }
    fn positions(&self, map: MapId) -> &[u32] {
        &self.maps[map.0 as usize]
    }
}

impl Graph {
    /// An empty graph.
    #[must_use]
    pub fn new(space: Space, scenarios: usize, years: usize) -> Self {
        Self {
            space,
            scenarios,
            years,
            ..Self::default()
        }
    }

    /// One node.
    #[must_use]
    pub fn node(&self, id: NodeId) -> &Node {
        &self.nodes[id.0 as usize]
    }

    /// The number of a node that is a constant.
    #[must_use]
    pub fn value(&self, id: NodeId) -> Option<f64> {
        match self.node(id).operation {
            Operation::Constant(bits) => Some(f64::from_bits(bits)),
            _ => None,
        }
    }

    /// Gives a node a name for messages; the first name stays.
    pub fn name(&mut self, node: NodeId, name: &str) {
        self.names.push((node, name.to_owned()));
    }

    /// Names given, in order.
    #[must_use]
    pub fn names(&self) -> &[(NodeId, String)] {
        &self.names
    }

    /// A number.
    pub fn constant(&mut self, value: f64) -> NodeId {
        // One zero: -0 and 0 would be two nodes.
        let value = if value == 0.0 { 0.0 } else { value };
        self.intern_as(
            Operation::Constant(value.to_bits()),
            SetId::NONE,
            Variation::default(),
            Range::point(value),
        )
    }

    /// Uncertain inputs numbered from `first`, one for each element of `set`.
    pub fn input(&mut self, first: u32, set: SetId, range: Range) -> NodeId {
        let variation = Variation {
            draw: true,
            ..Variation::default()
        };
        self.intern_as(Operation::Input(first), set, variation, range)
    }

    /// Known numbers, laid out as [`DataTable`] says. One number everywhere becomes a constant.
    pub fn data(&mut self, table: DataTable, set: SetId) -> NodeId {
        let first = table.values.first().copied().unwrap_or(0.0);
        if table.values.iter().all(|value| value.to_bits() == first.to_bits()) {
            return self.constant(first);
        }
        let low = table.values.iter().copied().fold(f64::INFINITY, f64::min);
        let high = table.values.iter().copied().fold(f64::NEG_INFINITY, f64::max);
        let variation = Variation {
            year: table.by_year,
            scenario: table.by_scenario,
            ..Variation::default()
        };
        let id = match self.tables.iter().position(|known| *known == table) {
            Some(at) => TableId(at as u32),
            None => {
                self.tables.push(table);
                TableId(self.tables.len() as u32 - 1)
            }
        };
        self.intern_as(Operation::Data(id), set, variation, Range::new(low, high))
    }

    /// −a
    pub fn negate(&mut self, a: NodeId) -> NodeId {
        let minus = self.constant(-1.0);
        self.multiply(minus, a)
    }

    /// a + b
    pub fn add(&mut self, a: NodeId, b: NodeId) -> NodeId {
        match (self.value(a), self.value(b)) {
            (Some(0.0), _) => b,
            (_, Some(0.0)) => a,
            _ => self.plain(Binary::Add, a.min(b), a.max(b)),
        }
    }

    /// a − b
    pub fn subtract(&mut self, a: NodeId, b: NodeId) -> NodeId {
        if a == b {
            return self.constant(0.0);
        }
        match (self.value(a), self.value(b)) {
            (_, Some(0.0)) => a,
            (Some(0.0), None) => self.negate(b),
            _ => self.plain(Binary::Subtract, a, b),
        }
    }

    /// The lesser: a if a < b, else b.
    pub fn min(&mut self, a: NodeId, b: NodeId) -> NodeId {
        let (x, y) = (*self.node(a), *self.node(b));
        let set = self.space.union(x.set, y.set);
        if a == b || (x.range.high <= y.range.low && x.set == set) {
            return a;
        }
        if y.range.high <= x.range.low && y.set == set {
            return b;
        }
        self.plain(Binary::Min, a, b)
    }

    /// The greater: a if a > b, else b.
    pub fn max(&mut self, a: NodeId, b: NodeId) -> NodeId {
        let (x, y) = (*self.node(a), *self.node(b));
        let set = self.space.union(x.set, y.set);
        if a == b || (x.range.low >= y.range.high && x.set == set) {
            return a;
        }
        if y.range.low >= x.range.high && y.set == set {
            return b;
        }
        self.plain(Binary::Max, a, b)
    }

    /// a < b
    pub fn less(&mut self, a: NodeId, b: NodeId) -> NodeId {
        let (x, y) = (self.node(a).range, self.node(b).range);
        if x.high < y.low {
            return self.constant(1.0);
        }
        if x.low >= y.high {
            return self.constant(0.0);
        }
        match self.compared(a, b) {
            Some((a, b)) => self.less(a, b),
            None => self.plain(Binary::Less, a, b),
        }
    }

    /// The same comparison with less to compute: a < max(c, b) where c ≤ a is a < b, and 0 < a − b is b < a.
    fn compared(&self, a: NodeId, b: NodeId) -> Option<(NodeId, NodeId)> {
        let never_decides = |c: NodeId| self.node(c).range.high <= self.node(a).range.low;
        match self.node(b).operation {
            Operation::Binary(Binary::Max, c, b) if never_decides(c) => Some((a, b)),
            Operation::Binary(Binary::Max, b, c) if never_decides(c) => Some((a, b)),
            Operation::Binary(Binary::Subtract, more, less) if self.value(a) == Some(0.0) => Some((less, more)),
            _ => None,
        }
    }

    /// a ≤ b
    pub fn less_or_equal(&mut self, a: NodeId, b: NodeId) -> NodeId {
        let (x, y) = (self.node(a).range, self.node(b).range);
        if x.high <= y.low {
            return self.constant(1.0);
        }
        if x.low > y.high {
            return self.constant(0.0);
        }
        self.plain(Binary::LessOrEqual, a, b)
    }

    /// a = b
    pub fn equal(&mut self, a: NodeId, b: NodeId) -> NodeId {
        if a == b {
            return self.constant(1.0);
        }
        self.plain(Binary::Equal, a.min(b), a.max(b))
    }

    /// not a, for a truth value
    pub fn not(&mut self, a: NodeId) -> NodeId {
        let one = self.constant(1.0);
        self.subtract(one, a)
    }

    /// a to the power b. Small whole exponents become products.
    pub fn power(&mut self, a: NodeId, b: NodeId) -> NodeId {
        match self.value(b) {
            Some(0.5) => self.unary(Unary::Sqrt, a),
            Some(exponent) if exponent.fract() == 0.0 && exponent.abs() <= 8.0 && self.value(a).is_none() => {
                let one = self.constant(1.0);
                let product = (0..exponent.abs() as u32).fold(one, |product, _| self.multiply(product, a));
                if exponent < 0.0 {
                    self.divide(one, product)
                } else {
                    product
                }
            }
            _ => self.plain(Binary::Power, a, b),
        }
    }

    /// a if the condition is not 0, else b. A finite value or nothing is a product with the condition, so that what does not change over
    /// the years can be taken out of it.
    pub fn select(&mut self, condition: NodeId, a: NodeId, b: NodeId) -> NodeId {
        let values = self.joint_set(a, b);
        let set = self.space.union(values, self.node(condition).set);
        match self.value(condition) {
            Some(c) if c != 0.0 && self.node(a).set == set => return a,
            Some(c) if c == 0.0 && self.node(b).set == set => return b,
            _ if a == b && self.node(a).set == set => return a,
            _ if self.value(b) == Some(0.0) && self.is_truth(condition) && self.node(a).finite => {
                return self.multiply(condition, a);
            }
            _ => {}
        }
        self.intern(Operation::Select(condition, a, b), &[condition, a, b])
    }

    /// An operation on one value.
    pub fn unary(&mut self, operation: Unary, a: NodeId) -> NodeId {
        if let Some(x) = self.value(a) {
            return self.constant(apply_unary(operation, x));
        }
        if operation == Unary::Exp
            && let Some(sequence) = self.exponential_of_line(a)
        {
            return sequence;
        }
        self.intern(Operation::Unary(operation, a), &[a])
    }

    /// The value of `a` at these positions.
    pub fn gather(&mut self, a: NodeId, positions: Vec<u32>, set: SetId) -> NodeId {
        if self.value(a).is_some() {
            return a;
        }
        let map = self.map_id(positions);
        let node = *self.node(a);
        self.intern_as(Operation::Gather(a, map), set, node.variation, node.range)
    }

    /// The same value over a finer set: one position for each of its elements.
    pub fn spread(&mut self, a: NodeId, set: SetId) -> NodeId {
        let node = *self.node(a);
        if node.set == set {
            return a;
        }
        let Some(positions) = self.space.map(set, node.set) else {
            unreachable!("a value is spread only over a set that holds its own");
        };
        let map = self.map_id(positions);
        self.intern_as(Operation::Gather(a, map), set, node.variation, node.range)
    }

    /// `a` reduced to the coarser set `to`. Factors that are the same for all that is summed are taken out of the sum.
    pub fn reduce(&mut self, reduction: Reduction, a: NodeId, to: SetId) -> NodeId {
        let node = *self.node(a);
        if node.set == to {
            return a;
        }
        if reduction == Reduction::Sum
            && let Some((outer, inner)) =
                self.common_factor(a, |graph, factor| graph.space.map(to, factor.set).is_some())
            && self.node(inner).set == node.set
        {
            let sum = self.reduce(reduction, inner, to);
            return self.multiply(outer, sum);
        }
        let range = match reduction {
            Reduction::Sum => {
                let most = self.space.extent(node.set) as f64;
                node.range.times(Range::new(0.0, most)).hull(node.range)
            }
            _ if self.has_empty_groups(node.set, to) => Range::ALL,
            _ => node.range,
        };
        self.intern_as(Operation::Reduce(reduction, a), to, node.variation, range)
    }

    /// Whether an element of `to` holds no element of `from`: the greatest and the least of nothing are infinite.
    fn has_empty_groups(&self, from: SetId, to: SetId) -> bool {
        let mut empty = vec![true; self.space.extent(to)];
        for position in self.space.map(from, to).unwrap_or_default() {
            empty[position as usize] = false;
        }
        empty.contains(&true)
    }

    /// Sum of `a` over the elements before each one in `order`, within each element of `groups`.
    pub fn earlier(&mut self, a: NodeId, order: Vec<u32>, groups: SetId) -> NodeId {
        let node = *self.node(a);
        let map = self.map_id(order);
        self.intern_as(Operation::Earlier(a, map, groups), node.set, node.variation, Range::ALL)
    }

    /// A value carried to the next year. `varies` says what it is expected to depend on besides the year.
    pub fn state(&mut self, set: SetId, initial: NodeId, varies: Variation, range: Range) -> (StateId, NodeId) {
        let id = StateId(self.states.len() as u32);
        self.states.push(State {
            set,
            initial,
            next: None,
        });
        let variation = Variation { year: true, ..varies };
        (id, self.intern_as(Operation::Previous(id), set, variation, range))
    }

    /// Says what a state is at the end of the year.
    pub fn set_next(&mut self, state: StateId, next: NodeId) {
        self.states[state.0 as usize].next = Some(next);
    }

    /// The past of a value of which up to `depth` years are needed.
    pub fn history(&mut self, set: SetId, depth: u32, immediate: bool) -> HistoryId {
        self.histories.push(History {
            set,
            of: None,
            depth,
            immediate,
        });
        HistoryId(self.histories.len() as u32 - 1)
    }

    /// Says of what a history is.
    pub fn set_history(&mut self, history: HistoryId, of: NodeId) {
        self.histories[history.0 as usize].of = Some(of);
    }

    /// The value `by` years ago, linear between whole years; `before` in years before the first.
    pub fn lagged(&mut self, history: HistoryId, by: NodeId, before: NodeId) -> NodeId {
        let set = self.joint_set(by, before);
        let set = self.space.union(self.histories[history.0 as usize].set, set);
        let variation = Variation {
            draw: true,
            year: true,
            scenario: true,
            after: false,
        };
        self.intern_as(Operation::Lagged(history, by, before), set, variation, Range::ALL)
    }

    /// Σ over years. Factors without year are taken out of the sum.
    pub fn total(&mut self, a: NodeId) -> NodeId {
        let node = *self.node(a);
        if !node.variation.year && !node.variation.after {
            let years = self.constant(self.years as f64);
            return self.multiply(years, a);
        }
        if let Some((steady, yearly)) =
            self.common_factor(a, |_, factor| !factor.variation.year && !factor.variation.after)
        {
            let total = self.total_as_is(yearly);
            return self.multiply(steady, total);
        }
        self.total_as_is(a)
    }

    /// Σ over years of a yearly value as it stands.
    pub(super) fn total_as_is(&mut self, a: NodeId) -> NodeId {
        let node = *self.node(a);
        if !node.variation.year && !node.variation.after {
            return self.total(a);
        }
        let variation = Variation {
            year: false,
            after: true,
            ..node.variation
        };
        let range = node.range.times(Range::new(0.0, self.years as f64)).hull(node.range);
        self.intern_as(Operation::Total(a), node.set, variation, range)
    }

    /// A binary operation as it stands, with constants folded.
    pub(super) fn plain(&mut self, operation: Binary, a: NodeId, b: NodeId) -> NodeId {
        if let (Some(x), Some(y)) = (self.value(a), self.value(b)) {
            return self.constant(apply_binary(operation, x, y));
        }
        self.intern(Operation::Binary(operation, a, b), &[a, b])
    }

    pub(super) fn intern(&mut self, operation: Operation, operands: &[NodeId]) -> NodeId {
        let mut set = SetId::NONE;
        let mut variation = Variation::default();
        for &operand in operands {
            let node = *self.node(operand);
            set = self.space.union(set, node.set);
            variation = variation.and(node.variation);
        }
        let range = self.range_of(operation);
        self.intern_as(operation, set, variation, range)
    }

    fn intern_as(&mut self, operation: Operation, set: SetId, variation: Variation, range: Range) -> NodeId {
        if let Some(&id) = self.interned.get(&(operation, set)) {
            return id;
        }
        let id = NodeId(self.nodes.len() as u32);
        let finite = self.finite_of(operation, range);
        self.nodes.push(Node {
            operation,
            set,
            variation,
            range,
            finite,
        });
        self.interned.insert((operation, set), id);
        id
    }

    fn joint_set(&mut self, a: NodeId, b: NodeId) -> SetId {
        let (a, b) = (self.node(a).set, self.node(b).set);
        self.space.union(a, b)
    }

    pub(super) fn map_id(&mut self, positions: Vec<u32>) -> MapId {
        if let Some(&id) = self.map_ids.get(&positions) {
            return id;
        }
        let id = MapId(self.maps.len() as u32);
        self.map_ids.insert(positions.clone(), id);
        self.maps.push(positions);
        id
    }

    fn range_of(&self, operation: Operation) -> Range {
        let range = |id: NodeId| self.node(id).range;
        match operation {
            Operation::Unary(unary, a) => {
                let a = range(a);
                match unary {
                    Unary::Exp => Range::new(a.low.exp() * (1.0 - 1e-12), a.high.exp() * (1.0 + 1e-12)),
                    Unary::Ln if a.low > 0.0 => Range::new(a.low.ln() - 1e-9, a.high.ln() + 1e-9),
                    Unary::Sqrt => Range::new(a.low.max(0.0).sqrt(), a.high.max(0.0).sqrt()),
                    Unary::Floor => Range::new(a.low.floor(), a.high.floor()),
                    Unary::Ceil => Range::new(a.low.ceil(), a.high.ceil()),
                    Unary::Abs if a.low >= 0.0 => a,
                    Unary::Abs => Range::new(0.0, a.low.abs().max(a.high.abs())),
                    Unary::Ln => Range::ALL,
                }
            }
            Operation::Binary(binary, a, b) => {
                let (a, b) = (range(a), range(b));
                match binary {
                    Binary::Add => a.plus(b),
                    Binary::Subtract => a.minus(b),
                    Binary::Multiply => a.times(b),
                    Binary::Divide => a.over(b),
                    Binary::Min => Range::new(a.low.min(b.low), a.high.min(b.high)),
                    Binary::Max => Range::new(a.low.max(b.low), a.high.max(b.high)),
                    Binary::Less | Binary::LessOrEqual | Binary::Equal => Range::TRUTH,
                    Binary::Power if a.low >= 0.0 => Range {
                        low: 0.0,
                        high: f64::INFINITY,
                    },
                    Binary::Power => Range::ALL,
                }
            }
            Operation::Select(_, a, b) => range(a).hull(range(b)),
            _ => Range::ALL,
        }
    }
}
