//! The compiled program in words: what is computed once, per draw, per scenario and per year, and how much of it.
use mkba_core::compiled::Compiled;
use mkba_core::program::{Instruction, Opcode, Phase, Section};
use std::collections::BTreeMap;
use std::fmt::Write;

/// A summary, then every phase with its size and its operations.
pub fn listing(compiled: &Compiled) -> String {
    let mut text = String::new();
    let counts = crate::manifest::size(compiled);
    for (name, number) in &counts {
        line(&mut text, format_args!("{name:<20} {number:>12}"));
    }
    line(
        &mut text,
        format_args!("{:<20} {:>12}", "rows_of_memory", compiled.program.rows),
    );
    line(
        &mut text,
        format_args!("{:<20} {:>12}", "known_numbers", compiled.program.numbers.len()),
    );
    for (section, phases) in Section::ALL.into_iter().zip(&compiled.program.sections) {
        line(&mut text, format_args!("\n{}: {} phases", name(section), phases.len()));
        for (number, phase) in phases.iter().enumerate() {
            self::phase(&mut text, number, phase);
        }
    }
    text
}

fn phase(text: &mut String, number: usize, phase: &Phase) {
    line(
        text,
        format_args!(
            "  phase {number}{}: {} elements, {} instructions, {} registers, {} rows, {} scalars",
            if phase.observed { ", in observed years" } else { "" },
            phase.extent,
            phase.code.len(),
            phase.registers,
            phase.rows.len(),
            phase.scalars.len()
        ),
    );
    let operations: Vec<String> = operations(&phase.code)
        .into_iter()
        .map(|(name, count)| format!("{name} {count}"))
        .collect();
    if !operations.is_empty() {
        line(text, format_args!("    {}", operations.join(", ")));
    }
}

/// How often each operation occurs, by name.
fn operations(code: &[Instruction]) -> BTreeMap<String, usize> {
    let mut counts = BTreeMap::new();
    for instruction in code {
        let name = match instruction.opcode {
            Opcode::Binary(operation, _) => format!("{operation:?}"),
            Opcode::Unary(operation) => format!("{operation:?}"),
            Opcode::MultiplyAdd(_) => "MultiplyAdd".to_owned(),
            Opcode::Select(_) | Opcode::SelectScalars => "Select".to_owned(),
            Opcode::Choose(_) => "Choose".to_owned(),
            Opcode::Splat => "Splat".to_owned(),
            Opcode::Copy => "Copy".to_owned(),
            Opcode::Lagged => "Lagged".to_owned(),
        };
        *counts.entry(name).or_insert(0) += 1;
    }
    counts
}

const fn name(section: Section) -> &'static str {
    match section {
        Section::Draw => "once per block of draws",
        Section::Scenario => "per scenario",
        Section::Year => "per year",
        Section::After => "after the last year",
    }
}

fn line(text: &mut String, arguments: std::fmt::Arguments<'_>) {
    text.write_fmt(arguments).expect("a string can always be written to");
    text.push('\n');
}
