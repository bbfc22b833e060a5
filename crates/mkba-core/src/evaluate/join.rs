//! Values that are used once and never need a row: the instructions that make and use them become one chain.
use super::chain::Chain;
use crate::program::{Form, Instruction, Opcode, Phase};

/// The code of a phase as chains where it is arithmetic; an instruction whose value became part of a later chain is gone.
pub enum Joined {
    /// Arithmetic, and the row written.
    Chain(Chain, u16),
    /// Anything else.
    Other(Instruction),
}

/// Joins the code of a phase. `is_known` says for which chains there is code; `rows` holds for each element the rows that the code names, by
/// which it is seen whether a row is another one under a second name.
pub fn joined(
    phase: &Phase,
    code: &[Instruction],
    rows: &[u32],
    rows_per_element: usize,
    is_known: impl Fn(&Chain) -> bool,
) -> Vec<Joined> {
    let mut chains: Vec<Option<Chain>> = code.iter().map(Chain::of).collect();
    let mut gone = vec![false; code.len()];
    let joining = Joining {
        code,
        registers: phase.registers,
        rows,
        rows_per_element,
        lagged: lagged(phase),
    };
    for at in 0..code.len() {
        while let Some((maker, longer)) = joining.longer(&chains, at, &is_known) {
            chains[at] = Some(longer);
            gone[maker] = true;
            chains[maker] = None;
        }
    }
    let left = code.iter().zip(chains).zip(gone).filter(|(_, gone)| !gone);
    left.map(|((instruction, chain), _)| match chain {
        Some(chain) => Joined::Chain(chain, instruction.to),
        None => Joined::Other(*instruction),
    })
    .collect()
}

/// Rows that lags of the phase read.
pub fn lagged(phase: &Phase) -> Vec<u16> {
    let lags = phase.lags.iter();
    lags.flat_map(|lag| [lag.by.row(), lag.before.row(), lag.now])
        .flatten()
        .collect()
}

struct Joining<'p> {
    code: &'p [Instruction],
    registers: u16,
    rows: &'p [u32],
    rows_per_element: usize,
    lagged: Vec<u16>,
}

impl Joining<'_> {
    /// The chain of an instruction with the one that makes an operand of it put before it, and which instruction that is.
    fn longer(&self, chains: &[Option<Chain>], at: usize, is_known: impl Fn(&Chain) -> bool) -> Option<(usize, Chain)> {
        let chain = chains[at].as_ref()?;
        chain.rows().find_map(|row| {
            let maker = self.only_maker(row, at)?;
            let before = chains[maker].as_ref()?;
            let longer = before.then(&chain.beginning_with(row)?);
            (is_known(&longer) && self.can_wait(before, maker, at)).then_some((maker, longer))
        })
    }

    /// The instruction whose value the row is, if it is a register that only the instruction `user` reads.
    fn only_maker(&self, row: u16, user: usize) -> Option<usize> {
        let code = self.code;
        if row >= self.registers || self.lagged.contains(&row) {
            return None;
        }
        let maker = (0..user).rev().find(|&at| code[at].to == row)?;
        let next = (maker + 1..code.len()).find(|&at| code[at].to == row);
        let until = next.map_or(code.len(), |next| next + 1);
        let read = code[maker + 1..until]
            .iter()
            .flat_map(reads)
            .filter(|&read| read == row);
        (read.count() == 1).then_some(maker)
    }

    /// Whether the operands of an instruction are still the same where a later one runs.
    fn can_wait(&self, chain: &Chain, maker: usize, user: usize) -> bool {
        self.code[maker + 1..user].iter().all(|between| {
            chain.rows().all(|row| {
                let mut elements = self.rows.chunks_exact(self.rows_per_element);
                row != between.to && elements.all(|rows| rows[usize::from(row)] != rows[usize::from(between.to)])
            })
        })
    }
}

/// The operands of an instruction that are rows, those of lags apart.
pub fn row_operands(instruction: &mut Instruction) -> [Option<&mut u16>; 3] {
    let Instruction { opcode, a, b, c, .. } = instruction;
    match *opcode {
        Opcode::Binary(_, Form::VV) => [Some(a), Some(b), None],
        Opcode::Binary(_, Form::VS) | Opcode::Unary(_) | Opcode::SelectScalars | Opcode::Copy => [Some(a), None, None],
        Opcode::Binary(_, Form::SV) => [None, Some(b), None],
        Opcode::MultiplyAdd(Form::VV) | Opcode::Select(Form::VV) => [Some(a), Some(b), Some(c)],
        Opcode::MultiplyAdd(Form::VS) | Opcode::Select(Form::SV) => [Some(a), None, Some(c)],
        Opcode::MultiplyAdd(Form::SV) | Opcode::Choose(Form::VV) => [None, Some(b), Some(c)],
        Opcode::Select(Form::VS) => [Some(a), Some(b), None],
        Opcode::Choose(Form::VS) => [None, Some(b), None],
        Opcode::Choose(Form::SV) => [None, None, Some(c)],
        Opcode::Splat | Opcode::Lagged => [None, None, None],
    }
}

/// The rows that an instruction reads, those of lags apart.
fn reads(instruction: &Instruction) -> impl Iterator<Item = u16> {
    let mut instruction = *instruction;
    row_operands(&mut instruction)
        .map(|row| row.copied())
        .into_iter()
        .flatten()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::graph::Binary;
    use crate::program::Access;
    use crate::program::RowReference;

    /// Registers 0 and 1, then rows 2 to 5.
    fn phase(code: &[(Binary, u16, u16, u16)]) -> Phase {
        let instruction = |&(operation, to, a, b): &(Binary, u16, u16, u16)| Instruction {
            opcode: Opcode::Binary(operation, Form::VV),
            to,
            a,
            b,
            c: 0,
        };
        Phase {
            extent: 1,
            registers: 2,
            rows: (0..4)
                .map(|base| RowReference {
                    base,
                    access: Access::Same,
                })
                .collect(),
            code: code.iter().map(instruction).collect(),
            ..Phase::default()
        }
    }

    fn steps(code: &[(Binary, u16, u16, u16)], rows: [u32; 6]) -> usize {
        let phase = phase(code);
        joined(&phase, &phase.code, &rows, 6, |_| true).len()
    }

    const APART: [u32; 6] = [10, 11, 0, 1, 2, 3];

    #[test]
    fn what_is_used_once_is_made_where_it_is_used() {
        let code = [
            (Binary::Multiply, 0, 2, 3),
            (Binary::Subtract, 1, 4, 0),
            (Binary::Add, 5, 1, 2),
        ];
        assert_eq!(steps(&code, APART), 1);
        let phase = phase(&code);
        let joined = joined(&phase, &phase.code, &APART, 6, |_| true);
        let Joined::Chain(chain, to) = &joined[0] else {
            panic!("a chain")
        };
        assert_eq!((*to, chain.first), (5, 2));
        assert_eq!(chain.rows().collect::<Vec<_>>(), [2, 3, 4, 2]);
    }

    #[test]
    fn what_is_used_twice_or_read_by_others_stays() {
        let twice = [
            (Binary::Multiply, 0, 2, 3),
            (Binary::Add, 4, 0, 2),
            (Binary::Add, 5, 0, 3),
        ];
        assert_eq!(steps(&twice, APART), 3);
        let squared = [(Binary::Multiply, 0, 2, 3), (Binary::Multiply, 4, 0, 0)];
        assert_eq!(steps(&squared, APART), 2);
        let in_a_row = [(Binary::Multiply, 4, 2, 3), (Binary::Add, 5, 4, 2)];
        assert_eq!(steps(&in_a_row, APART), 2);
    }

    #[test]
    fn a_register_that_is_written_again_is_another_value() {
        let code = [
            (Binary::Multiply, 0, 2, 3),
            (Binary::Add, 0, 0, 2),
            (Binary::Add, 0, 0, 3),
            (Binary::Add, 5, 0, 4),
        ];
        assert_eq!(steps(&code, APART), 1);
    }

    #[test]
    fn nothing_waits_until_an_operand_has_changed_even_under_a_second_name() {
        let code = [
            (Binary::Multiply, 0, 2, 3),
            (Binary::Add, 4, 5, 5),
            (Binary::Add, 5, 0, 5),
        ];
        assert_eq!(steps(&code, APART), 2);
        assert_eq!(steps(&code, [10, 11, 0, 1, 0, 3]), 3);
    }
}
