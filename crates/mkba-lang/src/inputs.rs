//! What the model says of an uncertain input, by the name under which it is drawn.
use crate::declarations::{Declarations, Text, ValueInput};
use crate::syntax::{ValueExpr, print_unit, print_value};

/// An uncertain input in the words of the model.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct StatedInput {
    /// Label of its parameter.
    pub label: Text,
    /// Unit as stated, with its price level; empty for a number without unit.
    pub unit: String,
    /// Distribution as stated, without unit.
    pub distribution: String,
    /// A placeholder.
    pub placeholder: bool,
}

/// What is stated for the input of a name: `rent`, `jobs[delft]`, `discount.standard`. `None` when there is no such input.
#[must_use]
pub fn stated(declarations: &Declarations, input: &str) -> Option<StatedInput> {
    let stream = input.split('[').next().unwrap_or(input);
    if let Some(own) = stream
        .strip_prefix("discount.")
        .and_then(|class| declarations.study.discount.get(class))
    {
        let label = Text {
            nl: "Discontovoet".to_owned(),
            en: "Discount rate".to_owned(),
        };
        return Some(of(own, label));
    }
    let parameter = declarations
        .parameters
        .iter()
        .find(|it| it.stream.as_ref().unwrap_or(&it.name.value) == stream)?;
    let stated = of(&parameter.value, parameter.label.clone());
    Some(StatedInput {
        placeholder: parameter.value.provenance.placeholder,
        ..stated
    })
}

fn of(value: &ValueInput, label: Text) -> StatedInput {
    let unit = print_unit(&value.unit);
    let without_unit = ValueExpr {
        unit: None,
        ..value.text.clone()
    };
    StatedInput {
        label,
        unit: if unit == "1" { String::new() } else { unit },
        distribution: print_value(&without_unit),
        placeholder: false,
    }
}
