//! Arithmetic as a chain: it begins with a row, and each link takes what there is so far and one or two more operands.
use crate::graph::Binary;
use crate::lane::math;
use crate::program::{Form, Instruction, Opcode, Operand};

/// 1 or 0.
#[inline(always)]
pub fn truth(holds: bool) -> f64 {
    math::select(holds, 1.0, 0.0)
}

/// What is done with the value `x` so far and the operands `y` and, where it takes two, `z`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Link {
    /// x + y
    Add,
    /// x − y
    Subtract,
    /// y − x
    SubtractFrom,
    /// x × y
    Multiply,
    /// x ÷ y
    Divide,
    /// y ÷ x
    DivideInto,
    /// x if x < y else y
    Min,
    /// y if y < x else x
    MinOf,
    /// x if x > y else y
    Max,
    /// y if y > x else x
    MaxOf,
    /// x < y
    Less,
    /// y < x
    Greater,
    /// x ≤ y
    LessOrEqual,
    /// y ≤ x
    GreaterOrEqual,
    /// x = y
    Equal,
    /// x to the power y
    Power,
    /// y to the power x
    PowerOf,
    /// y × z + x
    AddProduct,
    /// y if x is not 0 else z
    Select,
    /// x if y is not 0 else z
    Unless,
    /// z if y is not 0 else x
    Otherwise,
}

impl Link {
    /// The value after this link.
    #[inline(always)]
    pub fn apply(self, x: f64, y: f64, z: f64) -> f64 {
        match self {
            Self::Add => x + y,
            Self::Subtract => x - y,
            Self::SubtractFrom => y - x,
            Self::Multiply => x * y,
            Self::Divide => x / y,
            Self::DivideInto => y / x,
            Self::Min => math::min(x, y),
            Self::MinOf => math::min(y, x),
            Self::Max => math::max(x, y),
            Self::MaxOf => math::max(y, x),
            Self::Less => truth(x < y),
            Self::Greater => truth(y < x),
            Self::LessOrEqual => truth(x <= y),
            Self::GreaterOrEqual => truth(y <= x),
            Self::Equal => truth(x == y),
            Self::Power => math::pow(x, y),
            Self::PowerOf => math::pow(y, x),
            Self::AddProduct => y * z + x,
            Self::Select => math::select(x != 0.0, y, z),
            Self::Unless => math::select(y != 0.0, x, z),
            Self::Otherwise => math::select(y != 0.0, z, x),
        }
    }

    /// How many operands it takes.
    #[cfg(test)]
    pub fn operands(self) -> usize {
        match self {
            Self::AddProduct | Self::Select | Self::Unless | Self::Otherwise => 2,
            _ => 1,
        }
    }

    /// The link that gives the same with `x` and `y` exchanged, of those that take one operand.
    fn exchanged(self) -> Self {
        match self {
            Self::Subtract => Self::SubtractFrom,
            Self::SubtractFrom => Self::Subtract,
            Self::Divide => Self::DivideInto,
            Self::DivideInto => Self::Divide,
            Self::Min => Self::MinOf,
            Self::MinOf => Self::Min,
            Self::Max => Self::MaxOf,
            Self::MaxOf => Self::Max,
            Self::Less => Self::Greater,
            Self::Greater => Self::Less,
            Self::LessOrEqual => Self::GreaterOrEqual,
            Self::GreaterOrEqual => Self::LessOrEqual,
            Self::Power => Self::PowerOf,
            Self::PowerOf => Self::Power,
            same => same,
        }
    }
}

impl From<Binary> for Link {
    fn from(operation: Binary) -> Self {
        match operation {
            Binary::Add => Self::Add,
            Binary::Subtract => Self::Subtract,
            Binary::Multiply => Self::Multiply,
            Binary::Divide => Self::Divide,
            Binary::Min => Self::Min,
            Binary::Max => Self::Max,
            Binary::Less => Self::Less,
            Binary::LessOrEqual => Self::LessOrEqual,
            Binary::Equal => Self::Equal,
            Binary::Power => Self::Power,
        }
    }
}

/// A row of the phase, and what is done with it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Chain {
    /// The row it begins with.
    pub first: u16,
    /// What is done, in order.
    pub links: Vec<Link>,
    /// The operands of all links, in order.
    pub operands: Vec<Operand>,
}

impl Chain {
    /// An instruction as a chain, if it is arithmetic on at least one row with another operand.
    pub fn of(instruction: &Instruction) -> Option<Self> {
        let Instruction { opcode, a, b, c, .. } = *instruction;
        let (row, number) = (Operand::Row, Operand::Number);
        let chain = |first: u16, links: &[Link], operands: &[Operand]| {
            Some(Self {
                first,
                links: links.to_vec(),
                operands: operands.to_vec(),
            })
        };
        match opcode {
            Opcode::Binary(operation, Form::VV) => chain(a, &[operation.into()], &[row(b)]),
            Opcode::Binary(operation, Form::VS) => chain(a, &[operation.into()], &[number(b)]),
            Opcode::Binary(operation, Form::SV) => chain(b, &[Link::from(operation).exchanged()], &[number(a)]),
            Opcode::MultiplyAdd(form) => {
                let (first, factor) = match form {
                    Form::VV => (a, row(b)),
                    Form::VS => (a, number(b)),
                    Form::SV => (b, number(a)),
                };
                chain(first, &[Link::Multiply, Link::Add], &[factor, row(c)])
            }
            Opcode::Select(form) => {
                let (b, c) = match form {
                    Form::VV => (row(b), row(c)),
                    Form::VS => (row(b), number(c)),
                    Form::SV => (number(b), row(c)),
                };
                chain(a, &[Link::Select], &[b, c])
            }
            Opcode::SelectScalars => chain(a, &[Link::Select], &[number(b), number(c)]),
            _ => None,
        }
    }

    /// Rows that it reads.
    pub fn rows(&self) -> impl Iterator<Item = u16> {
        let operands = self.operands.iter().filter_map(|operand| operand.row());
        std::iter::once(self.first).chain(operands)
    }

    /// The same chain with a row that it reads once put first, if it can be.
    pub fn beginning_with(&self, row: u16) -> Option<Self> {
        if self.first == row {
            return Some(self.clone());
        }
        let at = self.operands.iter().position(|operand| *operand == Operand::Row(row))?;
        let mut chain = self.clone();
        chain.first = row;
        match (&*self.links, at) {
            ([Link::Select, ..], 0 | 1) => {
                // The condition becomes an operand, and what is not chosen the other.
                chain.links[0] = if at == 0 { Link::Unless } else { Link::Otherwise };
                chain.operands[0] = Operand::Row(self.first);
                chain.operands[1] = self.operands[1 - at];
            }
            ([Link::Multiply, Link::Add, ..], 1) => {
                chain.links.splice(..2, [Link::AddProduct]);
                chain.operands[0] = Operand::Row(self.first);
                chain.operands[1] = self.operands[0];
            }
            ([link, ..], 0) => {
                chain.links[0] = link.exchanged();
                chain.operands[0] = Operand::Row(self.first);
            }
            _ => return None,
        }
        Some(chain)
    }

    /// This chain and after it another one, which begins with its value.
    pub fn then(&self, next: &Self) -> Self {
        Self {
            first: self.first,
            links: [&*self.links, &*next.links].concat(),
            operands: [&*self.operands, &*next.operands].concat(),
        }
    }
}

#[cfg(test)]
pub mod tests {
    use super::*;

    /// All operations on rows and numbers, in all forms.
    pub fn arithmetic() -> impl Iterator<Item = Opcode> {
        use Binary::{Add, Divide, Equal, Less, LessOrEqual, Max, Min, Multiply, Power, Subtract};
        let forms = [Form::VV, Form::VS, Form::SV];
        [
            Add,
            Subtract,
            Multiply,
            Divide,
            Min,
            Max,
            Less,
            LessOrEqual,
            Equal,
            Power,
        ]
        .into_iter()
        .flat_map(move |operation| forms.map(|form| Opcode::Binary(operation, form)))
        .chain(forms.map(Opcode::MultiplyAdd))
        .chain(forms.map(Opcode::Select))
        .chain([Opcode::SelectScalars])
    }

    /// An operation on rows and numbers 1, 2 and 3.
    pub fn instruction(opcode: Opcode) -> Instruction {
        let [to, a, b, c] = [0, 1, 2, 3];
        Instruction { opcode, to, a, b, c }
    }

    /// The value of a chain whose rows and numbers hold these.
    fn value(chain: &Chain, rows: &[f64], numbers: &[f64]) -> f64 {
        let mut operands = chain.operands.iter().map(|operand| match *operand {
            Operand::Row(row) => rows[usize::from(row)],
            Operand::Number(number) => numbers[usize::from(number)],
        });
        chain.links.iter().fold(rows[usize::from(chain.first)], |x, link| {
            let y = operands.next().expect("an operand");
            let z = if link.operands() == 2 {
                operands.next().expect("an operand")
            } else {
                0.0
            };
            link.apply(x, y, z)
        })
    }

    #[test]
    fn a_chain_is_the_same_whichever_of_its_rows_it_begins_with() {
        let numbers = [0.0, 0.5, 4.0, -1.25];
        let mut compared = 0;
        for opcode in arithmetic() {
            let chain = Chain::of(&instruction(opcode)).expect("arithmetic");
            for rows in [
                [9.0, 2.0, 3.0, 5.0],
                [9.0, 0.0, 3.0, -5.0],
                [9.0, 3.0, 3.0, 3.0],
                [9.0, 4.0, 0.25, 0.0],
            ] {
                for row in chain.rows().collect::<Vec<_>>() {
                    let Some(other) = chain.beginning_with(row) else {
                        assert!(
                            matches!(opcode, Opcode::MultiplyAdd(_)) && row == 2 || row == 3,
                            "{opcode:?} row {row}"
                        );
                        continue;
                    };
                    assert_eq!(other.first, row);
                    let (found, expected) = (value(&other, &rows, &numbers), value(&chain, &rows, &numbers));
                    assert_eq!(
                        found.to_bits(),
                        expected.to_bits(),
                        "{opcode:?} beginning with row {row}"
                    );
                    compared += 1;
                }
            }
        }
        assert!(compared > 200, "{compared}");
    }
}
