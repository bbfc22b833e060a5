//! Which values are certainly finite numbers, so that zero times them is zero.
use super::{Binary, Graph, NodeId, Operation, Range, Unary};

impl Graph {
    /// Whether a new node is finite. Conservative: a state or a lag is not known to be, nor a quotient whose divisor may be zero.
    pub(super) fn finite_of(&self, operation: Operation, range: Range) -> bool {
        let finite = |id: NodeId| self.node(id).finite;
        let bounded = range.low.is_finite() && range.high.is_finite();
        match operation {
            Operation::Constant(_) | Operation::Data(_) => bounded,
            Operation::Input(_) => true,
            Operation::Unary(Unary::Abs | Unary::Floor | Unary::Ceil, a) => finite(a),
            Operation::Unary(Unary::Exp, a) => finite(a) && bounded,
            Operation::Unary(Unary::Ln, a) => finite(a) && self.node(a).range.low > 0.0,
            Operation::Unary(Unary::Sqrt, a) => finite(a) && self.node(a).range.low >= 0.0,
            Operation::Binary(Binary::Divide, a, b) => {
                let divisor = self.node(b).range;
                finite(a) && finite(b) && (divisor.low > 0.0 || divisor.high < 0.0)
            }
            Operation::Binary(Binary::Power, ..) => false,
            Operation::Binary(Binary::Less | Binary::LessOrEqual | Binary::Equal, ..) => true,
            Operation::Binary(_, a, b) => finite(a) && finite(b),
            Operation::Select(_, a, b) => finite(a) && finite(b),
            Operation::Gather(a, _) | Operation::Earlier(a, ..) | Operation::Total(a) => finite(a),
            Operation::Reduce(super::Reduction::Sum, a) => finite(a),
            Operation::Reduce(..) => bounded,
            Operation::Previous(_) | Operation::Lagged(..) => false,
        }
    }

    /// Whether a value is 1 or 0 and nothing else.
    pub(super) fn is_truth(&self, id: NodeId) -> bool {
        match self.node(id).operation {
            Operation::Binary(Binary::Less | Binary::LessOrEqual | Binary::Equal, ..) => true,
            Operation::Binary(Binary::Min | Binary::Max, a, b) => self.is_truth(a) && self.is_truth(b),
            Operation::Binary(Binary::Subtract, a, b) => self.value(a) == Some(1.0) && self.is_truth(b),
            Operation::Gather(a, _) => self.is_truth(a),
            _ => false,
        }
    }
}
