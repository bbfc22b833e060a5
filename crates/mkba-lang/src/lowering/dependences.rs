//! Dependences of parameters as dependences of inputs: one in all, or one for each element.
use super::values::input_names;
use crate::declarations;
use crate::typing::Scope;
use mkba_core::input::{Dependence, Input};
use std::collections::BTreeMap;

/// The dependences of a model on its inputs.
pub fn dependences(scope: &Scope<'_>, inputs: &[Input]) -> Vec<Dependence> {
    let places: BTreeMap<&str, usize> = (0..).zip(inputs).map(|(n, input)| (input.name.as_str(), n)).collect();
    let declared = scope.declarations.dependences.iter();
    declared.flat_map(|one| of_elements(scope, one, &places)).collect()
}

fn of_elements(
    scope: &Scope<'_>,
    dependence: &declarations::Dependence,
    places: &BTreeMap<&str, usize>,
) -> Vec<Dependence> {
    let parameters = &scope.declarations.parameters;
    let names: Vec<Vec<String>> = dependence
        .members
        .iter()
        .filter_map(|member| parameters.iter().position(|it| it.name.value == member.value))
        .map(|n| input_names(scope, n))
        .collect();
    // All members have the same index sets, so the same number of inputs in the same order of elements.
    let elements = names.iter().map(Vec::len).min().unwrap_or(0);
    (0..elements)
        .map(|element| {
            let members: Vec<usize> = names
                .iter()
                .filter_map(|names| places.get(names[element].as_str()).copied())
                .collect();
            let place = names[0][element]
                .find('[')
                .map_or("", |start| &names[0][element][start..]);
            Dependence {
                name: format!("{}{place}", dependence.name.value),
                members,
                method: dependence.method,
                rows: dependence.rows.clone(),
            }
        })
        .collect()
}
