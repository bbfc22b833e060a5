//! One instruction over the lanes. Every lane is independent, so neither their number nor the vector width can change a bit.
use super::memory::Memory;
use crate::graph::{Binary, Unary};
use crate::lane::math;
use crate::program::{Form, Instruction, Opcode};

/// 1 or 0.
#[inline(always)]
pub fn truth(holds: bool) -> f64 {
    math::select(holds, 1.0, 0.0)
}

/// An instruction with one code for operation and form together, so that the interpreter jumps once.
#[derive(Debug, Clone, Copy)]
pub struct Step {
    code: Code,
    to: u16,
    a: u16,
    b: u16,
    c: u16,
}

macro_rules! codes {
    ($($name:ident),* ; $($binary:ident: $vv:ident $vs:ident $sv:ident = $f:expr),* $(,)?) => {
        /// Operation and form.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        #[repr(u8)]
        enum Code { $($name,)* $($vv, $vs, $sv,)* }

        impl Code {
            fn binary(operation: Binary, form: Form) -> Self {
                match (operation, form) {
                    $((Binary::$binary, Form::VV) => Self::$vv,
                      (Binary::$binary, Form::VS) => Self::$vs,
                      (Binary::$binary, Form::SV) => Self::$sv,)*
                }
            }
        }

        /// Runs the code of a phase for one element. `rows` and `numbers` hold the operands in the order of the phase.
        #[inline(always)]
        pub fn execute<const P: usize>(
            steps: &[Step],
            memory: &mut Memory<'_, P>,
            rows: &[u32],
            numbers: &[f64],
            mut lag: impl FnMut(&mut Memory<'_, P>, usize, usize),
        ) {
            for step in steps {
                let row = |slot: u16| rows[slot as usize] as usize;
                let number = |slot: u16| numbers[slot as usize];
                let Step { to, a, b, c, .. } = *step;
                match step.code {
                    $(Code::$vv => memory.two(row(to), row(a), row(b), $f),
                      Code::$vs => { let s = number(b); memory.one(row(to), row(a), |x| $f(x, s)) }
                      Code::$sv => { let s = number(a); memory.one(row(to), row(b), |y| $f(s, y)) })*
                    Code::Exp => memory.one(row(to), row(a), math::exp),
                    Code::Ln => memory.one(row(to), row(a), math::ln),
                    Code::Sqrt => memory.one(row(to), row(a), math::sqrt),
                    Code::Abs => memory.one(row(to), row(a), math::abs),
                    Code::Floor => memory.one(row(to), row(a), math::floor),
                    Code::Ceil => memory.one(row(to), row(a), math::ceil),
                    Code::MultiplyAddRows => memory.three(row(to), row(a), row(b), row(c), |x, y, z| x * y + z),
                    Code::MultiplyAddNumber => { let s = number(b); memory.two(row(to), row(a), row(c), |x, z| x * s + z) }
                    Code::SelectVV => memory.three(row(to), row(a), row(b), row(c), |w, x, y| math::select(w != 0.0, x, y)),
                    Code::SelectVS => { let s = number(c); memory.two(row(to), row(a), row(b), |w, x| math::select(w != 0.0, x, s)) }
                    Code::SelectSV => { let s = number(b); memory.two(row(to), row(a), row(c), |w, y| math::select(w != 0.0, s, y)) }
                    Code::SelectSS => { let (x, y) = (number(b), number(c)); memory.one(row(to), row(a), |w| math::select(w != 0.0, x, y)) }
                    Code::ChooseVV => memory.copy(row(to), if number(a) != 0.0 { row(b) } else { row(c) }),
                    Code::ChooseVS => if number(a) != 0.0 { memory.copy(row(to), row(b)) } else { memory.fill(row(to), number(c)) },
                    Code::ChooseSV => if number(a) != 0.0 { memory.fill(row(to), number(b)) } else { memory.copy(row(to), row(c)) },
                    Code::Splat => memory.fill(row(to), number(a)),
                    Code::Copy => memory.copy(row(to), row(a)),
                    Code::Lagged => lag(&mut memory.again(), row(to), usize::from(c)),
                }
            }
        }
    };
}

codes! {
    Exp, Ln, Sqrt, Abs, Floor, Ceil, MultiplyAddRows, MultiplyAddNumber, SelectVV, SelectVS, SelectSV, SelectSS,
    ChooseVV, ChooseVS, ChooseSV, Splat, Copy, Lagged;
    Add: AddVV AddVS AddSV = |x: f64, y: f64| x + y,
    Subtract: SubtractVV SubtractVS SubtractSV = |x: f64, y: f64| x - y,
    Multiply: MultiplyVV MultiplyVS MultiplySV = |x: f64, y: f64| x * y,
    Divide: DivideVV DivideVS DivideSV = |x: f64, y: f64| x / y,
    Min: MinVV MinVS MinSV = math::min,
    Max: MaxVV MaxVS MaxSV = math::max,
    Less: LessVV LessVS LessSV = |x: f64, y: f64| truth(x < y),
    LessOrEqual: LessOrEqualVV LessOrEqualVS LessOrEqualSV = |x: f64, y: f64| truth(x <= y),
    Equal: EqualVV EqualVS EqualSV = |x: f64, y: f64| truth(x == y),
    Power: PowerVV PowerVS PowerSV = math::pow,
}

impl From<&Instruction> for Step {
    fn from(instruction: &Instruction) -> Self {
        let Instruction { opcode, to, a, b, c } = *instruction;
        let mut step = Self {
            code: Code::Copy,
            to,
            a,
            b,
            c,
        };
        step.code = match opcode {
            Opcode::Binary(operation, form) => Code::binary(operation, form),
            Opcode::Unary(Unary::Exp) => Code::Exp,
            Opcode::Unary(Unary::Ln) => Code::Ln,
            Opcode::Unary(Unary::Sqrt) => Code::Sqrt,
            Opcode::Unary(Unary::Abs) => Code::Abs,
            Opcode::Unary(Unary::Floor) => Code::Floor,
            Opcode::Unary(Unary::Ceil) => Code::Ceil,
            Opcode::MultiplyAdd(Form::VV) => Code::MultiplyAddRows,
            Opcode::MultiplyAdd(Form::VS) => Code::MultiplyAddNumber,
            Opcode::MultiplyAdd(Form::SV) => {
                (step.a, step.b) = (b, a);
                Code::MultiplyAddNumber
            }
            Opcode::Select(Form::VV) => Code::SelectVV,
            Opcode::Select(Form::VS) => Code::SelectVS,
            Opcode::Select(Form::SV) => Code::SelectSV,
            Opcode::SelectScalars => Code::SelectSS,
            Opcode::Choose(Form::VV) => Code::ChooseVV,
            Opcode::Choose(Form::VS) => Code::ChooseVS,
            Opcode::Choose(Form::SV) => Code::ChooseSV,
            Opcode::Splat => Code::Splat,
            Opcode::Copy => Code::Copy,
            Opcode::Lagged => Code::Lagged,
        };
        step
    }
}
