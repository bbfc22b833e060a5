//! The code of one phase while it is made: operands, steps, and at the end registers and instructions.
use super::allocate::registers;
use super::{Access, Form, Instruction, LagReference, Opcode, Operand, Phase, RowReference, ScalarReference};
use crate::graph::{Binary, NodeId};
use std::collections::HashMap;

/// An operand while the code of a phase is made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Value {
    Temporary(u32),
    Row(u16),
    Scalar(u16),
}

pub(super) fn form(a: Value, b: Value) -> Form {
    match (a, b) {
        (Value::Scalar(_), _) => Form::SV,
        (_, Value::Scalar(_)) => Form::VS,
        _ => Form::VV,
    }
}

/// A commutative operation with its scalar second, any other as it is.
pub(super) fn binary(operation: Binary, a: Value, b: Value) -> (Opcode, [Value; 2]) {
    let commutes = matches!(operation, Binary::Add | Binary::Multiply | Binary::Equal);
    let (a, b) = if commutes && matches!(a, Value::Scalar(_)) {
        (b, a)
    } else {
        (a, b)
    };
    (Opcode::Binary(operation, form(a, b)), [a, b])
}

/// Code in the making.
#[derive(Default)]
pub(super) struct PhaseCode {
    pub phase: Phase,
    /// Temporary of each node made in the phase.
    pub temporaries: HashMap<NodeId, u32>,
    count: u32,
    steps: Vec<(Opcode, Value, Vec<Value>)>,
    rows: HashMap<RowReference, u16>,
    scalars: HashMap<ScalarReference, u16>,
    /// Ring and position of each lag, in order of the steps.
    lags: Vec<(u32, Access)>,
}

impl PhaseCode {
    pub fn row(&mut self, row: RowReference) -> Value {
        let rows = &mut self.phase.rows;
        Value::Row(*self.rows.entry(row).or_insert_with(|| {
            rows.push(row);
            rows.len() as u16 - 1
        }))
    }
    pub fn scalar(&mut self, scalar: ScalarReference) -> Value {
        let scalars = &mut self.phase.scalars;
        Value::Scalar(*self.scalars.entry(scalar).or_insert_with(|| {
            scalars.push(scalar);
            scalars.len() as u16 - 1
        }))
    }
    pub fn temporary(&mut self, of: Option<NodeId>) -> Value {
        self.count += 1;
        if let Some(id) = of {
            self.temporaries.insert(id, self.count - 1);
        }
        Value::Temporary(self.count - 1)
    }
    pub fn push(&mut self, opcode: Opcode, to: Value, operands: &[Value]) {
        self.steps.push((opcode, to, operands.to_vec()));
    }
    pub fn lag(&mut self, ring: u32, access: Access, to: Value, by: Value, before: Value, now: Option<Value>) {
        let operands: Vec<Value> = [by, before].into_iter().chain(now).collect();
        self.lags.push((ring, access));
        self.push(Opcode::Lagged, to, &operands);
    }

    /// Gives registers and makes the instructions.
    pub fn finish(mut self) -> Phase {
        let temporary = |value: &Value| match value {
            Value::Temporary(number) => Some(*number),
            _ => None,
        };
        let uses: Vec<(Vec<u32>, Option<u32>)> = self
            .steps
            .iter()
            .map(|(_, to, operands)| (operands.iter().filter_map(temporary).collect(), temporary(to)))
            .collect();
        let (register, count) = registers(&uses, self.count as usize);
        let slot = |value: Value| match value {
            Value::Temporary(number) => register[number as usize],
            Value::Row(row) => count + row,
            Value::Scalar(scalar) => scalar,
        };
        self.phase.registers = count;
        for (opcode, to, operands) in &self.steps {
            let at = |n: usize| operands.get(n).map_or(0, |&value| slot(value));
            let mut instruction = Instruction {
                opcode: *opcode,
                to: slot(*to),
                a: at(0),
                b: at(1),
                c: at(2),
            };
            if *opcode == Opcode::Lagged {
                let (ring, access) = self.lags[self.phase.lags.len()];
                instruction.c = self.phase.lags.len() as u16;
                let operand = |value: Value| match value {
                    Value::Scalar(_) => Operand::Number(slot(value)),
                    _ => Operand::Row(slot(value)),
                };
                self.phase.lags.push(LagReference {
                    ring,
                    access,
                    by: operand(operands[0]),
                    before: operand(operands[1]),
                    now: operands.get(2).map(|&value| slot(value)),
                });
            }
            self.phase.code.push(instruction);
        }
        self.phase
    }
}
