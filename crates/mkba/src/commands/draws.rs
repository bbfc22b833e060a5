//! `mkba draws`: what was drawn for the uncertain inputs.
use crate::arguments::DrawsArguments;
use crate::drawn::{self, Destination};
use crate::failure::{Failure, Found};
use crate::pipeline::{Overrides, Study, memory};
use crate::suggestion::nearest;
use crate::terminal;
use mkba_core::input::Input;
use mkba_core::tables::SampledInput;
use mkba_lang::diagnostic::Diagnostic;
use mkba_lang::source::Sources;
use mkba_montecarlo::drawn::{draw, summarise};

/// Prints a summary of the inputs, and writes all draws where asked.
///
/// # Errors
/// Everything that is wrong in the study; there is no such input; a file cannot be written.
pub fn draws(arguments: &DrawsArguments) -> Result<(), Failure> {
    let overrides = Overrides {
        draws: arguments.draws,
        seed: arguments.seed,
        rulebook: arguments.rulebook.as_deref(),
        ..Overrides::default()
    };
    // Before the work, so that a wrong name of a file is known at once.
    let destination = arguments.out.as_deref().map(Destination::of).transpose()?;
    let mut study = Study::read(&arguments.study, overrides)?;
    let compiled = study.compile()?;
    let is_chosen = chosen(&compiled.inputs, &arguments.input)?;
    let count = study.declarations.study.draws.value;
    require_memory(compiled.inputs.len(), count)?;
    let size =
        usize::try_from(count).map_err(|_| Failure::Use(format!("{count} draws are more than fit in memory")))?;
    let seed = study.declarations.study.seed;
    let values = draw(
        &compiled.inputs,
        &compiled.dependences,
        &study.chosen_design(),
        seed,
        size,
    )
    .map_err(|faults| {
        Failure::Study(Box::new(Found {
            diagnostics: faults
                .iter()
                .map(|fault| Diagnostic::unplaced("E0023", fault.to_string()))
                .collect(),
            sources: Sources::default(),
        }))
    })?;
    let inputs: Vec<SampledInput> = compiled
        .inputs
        .iter()
        .zip(values)
        .zip(is_chosen)
        .filter_map(|(drawn, is_chosen)| is_chosen.then_some(drawn))
        .map(|(input, values)| {
            let stated = mkba_lang::inputs::stated(&study.declarations, &input.name).unwrap_or_default();
            SampledInput {
                name: input.name.clone(),
                unit: stated.unit,
                distribution: stated.distribution,
                summary: summarise(&values),
                values,
            }
        })
        .collect();
    let page = drawn::Page {
        declarations: &study.declarations,
        inputs: &inputs,
        draws: count,
        seed,
        language: arguments.lang.into(),
    };
    if let Some(destination) = destination {
        let written = drawn::write(&page, &destination, arguments.overwrite)?;
        terminal::print(&drawn::text(&page))?;
        terminal::message(&format!("written: {}", written.join(", ")));
        return Ok(());
    }
    terminal::print(&drawn::text(&page))
}

/// For each input, whether its name is asked for; all are when none is.
fn chosen(inputs: &[Input], asked: &[String]) -> Result<Vec<bool>, Failure> {
    for name in asked {
        if !inputs.iter().any(|input| input.name.starts_with(name.as_str())) {
            let known = || {
                inputs
                    .iter()
                    .map(|input| input.name.split('[').next().unwrap_or(&input.name))
            };
            let help = match nearest(name, known()) {
                Some(near) => format!("did you mean `{near}`?"),
                None => "without `--input` all are shown".to_owned(),
            };
            return Err(Failure::Use(format!(
                "the study has no uncertain input `{name}`; {help}"
            )));
        }
    }
    let is_asked = |input: &Input| asked.is_empty() || asked.iter().any(|name| input.name.starts_with(name.as_str()));
    Ok(inputs.iter().map(is_asked).collect())
}

/// Copies of every draw while they are summarised and written.
const COPIES: u128 = 4;

fn require_memory(inputs: usize, draws: u64) -> Result<(), Failure> {
    let needed = inputs as u128 * u128::from(draws) * size_of::<f64>() as u128 * COPIES;
    match memory::available().map(u128::from) {
        Some(available) if needed > available => Err(Failure::Use(format!(
            "{draws} draws of {inputs} inputs need about {:.1} GB of memory and {:.1} GB are available; choose fewer with `--draws`",
            needed as f64 / 1e9,
            available as f64 / 1e9
        ))),
        _ => Ok(()),
    }
}
