//! One step over the lanes. Every lane is independent, so neither their number nor the vector width can change a bit.
use super::chain::{Chain, Link};
use super::join::Joined;
use super::lag::Lags;
use super::memory::Memory;
use crate::graph::Unary;
use crate::lane::math;
use crate::program::{Form, Instruction, Opcode, Operand};
use std::collections::BTreeMap;
use std::sync::LazyLock;

/// A chain or an instruction with one code for what is done and what the operands are, so that the interpreter jumps once.
#[derive(Debug, Clone, Copy)]
pub struct Step {
    code: Code,
    to: u16,
    a: u16,
    b: u16,
    c: u16,
    d: u16,
    e: u16,
}

/// An operand of a chain: a row, or the same number in all lanes.
trait Lanes: Copy {
    fn piece<const P: usize>(self, memory: &Memory<'_, P>, piece: usize) -> [f64; 8];
}

#[derive(Clone, Copy)]
struct Row(usize);

#[derive(Clone, Copy)]
struct Number(f64);

impl Lanes for Row {
    #[inline(always)]
    fn piece<const P: usize>(self, memory: &Memory<'_, P>, piece: usize) -> [f64; 8] {
        memory.get(self.0 + piece)
    }
}

impl Lanes for Number {
    #[inline(always)]
    fn piece<const P: usize>(self, _: &Memory<'_, P>, _: usize) -> [f64; 8] {
        [self.0; 8]
    }
}

/// The links of a chain, and which operands after the first are rows.
type Shape = (Vec<Link>, Vec<bool>);

macro_rules! chains {
    (@operand V $slot:expr, $rows:ident, $numbers:ident) => { Row($rows[usize::from($slot)] as usize) };
    (@operand S $slot:expr, $rows:ident, $numbers:ident) => { Number($numbers[usize::from($slot)]) };
    (@is_row V) => { true };
    (@is_row S) => { false };
    (@apply $link:ident $x:ident $lane:ident $y:ident) => { Link::$link.apply($x, $y[$lane], 0.0) };
    (@apply $link:ident $x:ident $lane:ident $y:ident $z:ident) => { Link::$link.apply($x, $y[$lane], $z[$lane]) };
    ($($name:ident: $($link:ident($($field:ident $kind:ident),+)),+;)*) => {
        /// What is done, and which operands are rows.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        #[repr(u8)]
        enum Code {
            $($name,)*
            Exp, Ln, Sqrt, Abs, Floor, Ceil, ChooseVV, ChooseVS, ChooseSV, Splat, Copy, Lagged,
        }

        /// The chains that there is code for.
        static KNOWN: LazyLock<BTreeMap<Shape, Code>> = LazyLock::new(|| {
            BTreeMap::from([$(((vec![$(Link::$link),+], vec![$($(chains!(@is_row $kind)),+),+]), Code::$name)),*])
        });

        /// Runs the steps of a phase for one element. `rows` and `numbers` hold the operands in the order of the phase.
        #[inline(always)]
        pub fn execute<const P: usize>(
            steps: &[Step],
            memory: &mut Memory<'_, P>,
            rows: &[u32],
            numbers: &[f64],
            lags: &Lags<'_>,
        ) {
            for step in steps {
                let row = |slot: u16| rows[usize::from(slot)] as usize;
                let number = |slot: u16| numbers[usize::from(slot)];
                let (to, a, b, c) = (step.to, step.a, step.b, step.c);
                match step.code {
                    $(Code::$name => {
                        let (from, to) = (row(a), row(to));
                        $($(let $field = chains!(@operand $kind step.$field, rows, numbers);)+)+
                        for piece in 0..memory.pieces() {
                            let mut lanes = memory.get(from + piece);
                            $($(let $field = $field.piece(memory, piece);)+)+
                            for lane in 0..8 {
                                let x = lanes[lane];
                                $(let x = chains!(@apply $link x lane $($field)+);)+
                                lanes[lane] = x;
                            }
                            memory.set(to + piece, lanes);
                        }
                    })*
                    Code::Exp => memory.one(row(to), row(a), math::exp),
                    Code::Ln => memory.one(row(to), row(a), math::ln),
                    Code::Sqrt => memory.one(row(to), row(a), math::sqrt),
                    Code::Abs => memory.one(row(to), row(a), math::abs),
                    Code::Floor => memory.one(row(to), row(a), math::floor),
                    Code::Ceil => memory.one(row(to), row(a), math::ceil),
                    Code::ChooseVV => memory.copy(row(to), if number(a) != 0.0 { row(b) } else { row(c) }),
                    Code::ChooseVS => if number(a) != 0.0 { memory.copy(row(to), row(b)) } else { memory.fill(row(to), number(c)) },
                    Code::ChooseSV => if number(a) != 0.0 { memory.fill(row(to), number(b)) } else { memory.copy(row(to), row(c)) },
                    Code::Splat => memory.fill(row(to), number(a)),
                    Code::Copy => memory.copy(row(to), row(a)),
                    Code::Lagged => lags.write(&mut memory.again(), row(to), usize::from(c), rows, numbers),
                }
            }
        }
    };
}

chains! {
    AddV: Add(b V);
    AddS: Add(b S);
    SubtractV: Subtract(b V);
    SubtractS: Subtract(b S);
    SubtractFromS: SubtractFrom(b S);
    MultiplyV: Multiply(b V);
    MultiplyS: Multiply(b S);
    DivideV: Divide(b V);
    DivideS: Divide(b S);
    DivideIntoS: DivideInto(b S);
    MinV: Min(b V);
    MinS: Min(b S);
    MinOfS: MinOf(b S);
    MaxV: Max(b V);
    MaxS: Max(b S);
    MaxOfS: MaxOf(b S);
    LessV: Less(b V);
    LessS: Less(b S);
    GreaterS: Greater(b S);
    LessOrEqualV: LessOrEqual(b V);
    LessOrEqualS: LessOrEqual(b S);
    GreaterOrEqualS: GreaterOrEqual(b S);
    EqualV: Equal(b V);
    EqualS: Equal(b S);
    PowerV: Power(b V);
    PowerS: Power(b S);
    PowerOfS: PowerOf(b S);
    SelectVV: Select(b V, c V);
    SelectVS: Select(b V, c S);
    SelectSV: Select(b S, c V);
    SelectSS: Select(b S, c S);
    MultiplyVAddV: Multiply(b V), Add(c V);
    MultiplySAddV: Multiply(b S), Add(c V);
    MultiplyVMultiplyV: Multiply(b V), Multiply(c V);
    MultiplyVMultiplyS: Multiply(b V), Multiply(c S);
    MultiplySMultiplyV: Multiply(b S), Multiply(c V);
    MultiplySMultiplyS: Multiply(b S), Multiply(c S);
    MultiplyVSubtractV: Multiply(b V), Subtract(c V);
    MultiplySSubtractV: Multiply(b S), Subtract(c V);
    MultiplyVSubtractFromV: Multiply(b V), SubtractFrom(c V);
    MultiplySSubtractFromV: Multiply(b S), SubtractFrom(c V);
    MultiplyVAddProductVV: Multiply(b V), AddProduct(c V, d V);
    MultiplyVDivideV: Multiply(b V), Divide(c V);
    MultiplyVMinV: Multiply(b V), Min(c V);
    MultiplySMinOfV: Multiply(b S), MinOf(c V);
    MultiplySGreaterV: Multiply(b S), Greater(c V);
    MultiplySGreaterOrEqualV: Multiply(b S), GreaterOrEqual(c V);
    AddVAddV: Add(b V), Add(c V);
    AddVSubtractV: Add(b V), Subtract(c V);
    AddVMultiplyV: Add(b V), Multiply(c V);
    AddVMultiplyS: Add(b V), Multiply(c S);
    AddVDivideV: Add(b V), Divide(c V);
    AddVMaxOfS: Add(b V), MaxOf(c S);
    SubtractVMultiplyV: Subtract(b V), Multiply(c V);
    SubtractVMultiplyS: Subtract(b V), Multiply(c S);
    SubtractVSubtractV: Subtract(b V), Subtract(c V);
    SubtractVMaxOfS: Subtract(b V), MaxOf(c S);
    SubtractFromSMultiplyV: SubtractFrom(b S), Multiply(c V);
    SubtractFromSMinOfV: SubtractFrom(b S), MinOf(c V);
    DivideVMultiplyV: Divide(b V), Multiply(c V);
    DivideIntoSMultiplyV: DivideInto(b S), Multiply(c V);
    DivideVOtherwiseVS: Divide(b V), Otherwise(c V, d S);
    MinVMultiplyV: Min(b V), Multiply(c V);
    MinVMultiplyS: Min(b V), Multiply(c S);
    MinVMinOfV: Min(b V), MinOf(c V);
    LessSMultiplyV: Less(b S), Multiply(c V);
    LessSSelectVS: Less(b S), Select(c V, d S);
    LessSSelectSV: Less(b S), Select(c S, d V);
    LessOrEqualVSelectSV: LessOrEqual(b V), Select(c S, d V);
    EqualSSelectSV: Equal(b S), Select(c S, d V);
    EqualVMinOfV: Equal(b V), MinOf(c V);
    MultiplyVMultiplyVAddV: Multiply(b V), Multiply(c V), Add(d V);
    MultiplyVMultiplySAddV: Multiply(b V), Multiply(c S), Add(d V);
    MultiplySMultiplyVAddV: Multiply(b S), Multiply(c V), Add(d V);
    MultiplyVMultiplyVMultiplyV: Multiply(b V), Multiply(c V), Multiply(d V);
    MultiplySMultiplyVMultiplyV: Multiply(b S), Multiply(c V), Multiply(d V);
    MultiplySMultiplyVMultiplyVMultiplyV: Multiply(b S), Multiply(c V), Multiply(d V), Multiply(e V);
    MultiplyVMultiplyVMultiplyVMultiplyV: Multiply(b V), Multiply(c V), Multiply(d V), Multiply(e V);
    MultiplyVAddVAddV: Multiply(b V), Add(c V), Add(d V);
    MultiplyVAddVSubtractV: Multiply(b V), Add(c V), Subtract(d V);
    MultiplyVAddVMultiplyV: Multiply(b V), Add(c V), Multiply(d V);
    AddVAddVAddV: Add(b V), Add(c V), Add(d V);
    AddVAddVAddVAddV: Add(b V), Add(c V), Add(d V), Add(e V);
    AddVAddVSubtractV: Add(b V), Add(c V), Subtract(d V);
    AddVAddVMultiplyV: Add(b V), Add(c V), Multiply(d V);
    AddVAddVAddVMultiplyV: Add(b V), Add(c V), Add(d V), Multiply(e V);
    AddVDivideVOtherwiseVS: Add(b V), Divide(c V), Otherwise(d V, e S);
    SubtractVMultiplyVAddV: Subtract(b V), Multiply(c V), Add(d V);
    SubtractVMultiplyVAddVSubtractFromV: Subtract(b V), Multiply(c V), Add(d V), SubtractFrom(e V);
    SubtractVMaxOfSMultiplyS: Subtract(b V), MaxOf(c S), Multiply(d S);
    SubtractVMaxOfSDivideV: Subtract(b V), MaxOf(c S), Divide(d V);
    SubtractFromSMultiplyVAddV: SubtractFrom(b S), Multiply(c V), Add(d V);
    SubtractFromSMultiplyVAddVAddV: SubtractFrom(b S), Multiply(c V), Add(d V), Add(e V);
    DivideIntoSMultiplyVOtherwiseVS: DivideInto(b S), Multiply(c V), Otherwise(d V, e S);
}

fn shape(chain: &Chain) -> Shape {
    let is_row = chain.operands.iter().map(|operand| operand.row().is_some());
    (chain.links.clone(), is_row.collect())
}

/// Whether there is code for a chain.
pub fn is_known(chain: &Chain) -> bool {
    KNOWN.contains_key(&shape(chain))
}

impl From<Joined> for Step {
    fn from(joined: Joined) -> Self {
        match joined {
            Joined::Chain(chain, to) => {
                let operand = |at: usize| match chain.operands.get(at) {
                    Some(Operand::Row(slot) | Operand::Number(slot)) => *slot,
                    None => 0,
                };
                let [b, c, d, e] = [0, 1, 2, 3].map(operand);
                let code = KNOWN[&shape(&chain)];
                Self {
                    code,
                    to,
                    a: chain.first,
                    b,
                    c,
                    d,
                    e,
                }
            }
            Joined::Other(Instruction { opcode, to, a, b, c }) => {
                let code = match opcode {
                    Opcode::Unary(Unary::Exp) => Code::Exp,
                    Opcode::Unary(Unary::Ln) => Code::Ln,
                    Opcode::Unary(Unary::Sqrt) => Code::Sqrt,
                    Opcode::Unary(Unary::Abs) => Code::Abs,
                    Opcode::Unary(Unary::Floor) => Code::Floor,
                    Opcode::Unary(Unary::Ceil) => Code::Ceil,
                    Opcode::Choose(Form::VV) => Code::ChooseVV,
                    Opcode::Choose(Form::VS) => Code::ChooseVS,
                    Opcode::Choose(Form::SV) => Code::ChooseSV,
                    Opcode::Splat => Code::Splat,
                    Opcode::Copy => Code::Copy,
                    Opcode::Lagged => Code::Lagged,
                    Opcode::Binary(..) | Opcode::MultiplyAdd(_) | Opcode::Select(_) | Opcode::SelectScalars => {
                        unreachable!("arithmetic is a chain")
                    }
                };
                Self {
                    code,
                    to,
                    a,
                    b,
                    c,
                    d: 0,
                    e: 0,
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::chain::tests::{arithmetic, instruction};
    use super::super::memory::Piece;
    use super::super::places::Places;
    use super::*;

    /// Numbers of all kinds, in another order in each row.
    fn lanes(row: usize) -> [f64; 8] {
        let numbers = [1.5, -0.0, 0.0, f64::NAN, f64::INFINITY, -2.25, 3.0e-9, -7.0e11];
        std::array::from_fn(|lane| numbers[(lane * 3 + row * 5) % 8])
    }

    #[test]
    fn there_is_code_for_every_operation_alone() {
        for opcode in arithmetic() {
            let chain = Chain::of(&instruction(opcode)).expect("arithmetic");
            assert!(is_known(&chain), "{opcode:?}");
        }
    }

    #[test]
    fn the_code_of_every_known_chain_does_what_its_links_say() {
        const ROWS: usize = 6;
        let numbers: [f64; ROWS] = [0.0, 0.75, -3.0, 0.0, 2.5, f64::NAN];
        let rows: [u32; ROWS] = std::array::from_fn(|row| row as u32);
        let places = Places::by_number(ROWS as u32, 1);
        let lags = Lags {
            rings: &[],
            places: &places,
            lags: &[],
            positions: &[],
            year: 0,
        };
        assert!(KNOWN.len() > 80, "{}", KNOWN.len());
        for ((links, are_rows), code) in KNOWN.iter() {
            let operand = |(at, is_row): (usize, &bool)| match is_row {
                true => Operand::Row(at as u16 + 2),
                false => Operand::Number(at as u16 + 1),
            };
            let chain = Chain {
                first: 1,
                links: links.clone(),
                operands: are_rows.iter().enumerate().map(operand).collect(),
            };
            let mut pieces: Vec<Piece> = (0..ROWS).map(|row| Piece(lanes(row))).collect();
            let mut memory = Memory::<0>::new(&mut pieces, 1);
            execute(
                &[Joined::Chain(chain.clone(), 0).into()],
                &mut memory,
                &rows,
                &numbers,
                &lags,
            );
            for (lane, found) in memory.row(0).iter().enumerate() {
                let mut operands = chain.operands.iter().map(|operand| match *operand {
                    Operand::Row(row) => lanes(usize::from(row))[lane],
                    Operand::Number(number) => numbers[usize::from(number)],
                });
                let mut value = lanes(1)[lane];
                for link in links {
                    let y = operands.next().expect("an operand for each link");
                    let z = if link.operands() == 2 {
                        operands.next().expect("a second operand")
                    } else {
                        0.0
                    };
                    value = link.apply(value, y, z);
                }
                assert!(
                    value.to_bits() == found.to_bits() || value.is_nan() && found.is_nan(),
                    "{code:?} lane {lane}: {value} and {found}"
                );
                assert!(operands.next().is_none(), "{code:?}");
            }
        }
    }
}
