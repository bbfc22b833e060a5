//! What was drawn for the uncertain inputs, in the unit in which the model states them.
use crate::table::Table;

/// All draws of one input.
#[derive(Debug, Clone, PartialEq)]
pub struct SampledInput {
    /// Full name, `jobs[delft]`.
    pub name: String,
    /// Unit as stated; empty for a number without unit.
    pub unit: String,
    /// Distribution as stated.
    pub distribution: String,
    /// The summary of its draws.
    pub summary: InputSummary,
    /// One value for each draw.
    pub values: Vec<f64>,
}

/// A summary of draws.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct InputSummary {
    /// Mean.
    pub mean: f64,
    /// Standard deviation; none of a single draw.
    pub sd: Option<f64>,
    /// Least draw.
    pub min: f64,
    /// Quantile of 5 %.
    pub p05: f64,
    /// Median.
    pub p50: f64,
    /// Quantile of 95 %.
    pub p95: f64,
    /// Greatest draw.
    pub max: f64,
}

/// Columns `input`, `unit`, `distribution`, `mean`, `sd`, `p05`, `p50`, `p95`, `min`, `max`; a row for each input.
#[must_use]
pub fn input_summary(inputs: &[SampledInput]) -> Table {
    let of = |pick: fn(&InputSummary) -> f64| inputs.iter().map(move |input| pick(&input.summary));
    Table::new("summary")
        .text("input", inputs.iter().map(|input| input.name.as_str()))
        .text("unit", inputs.iter().map(|input| input.unit.as_str()))
        .text("distribution", inputs.iter().map(|input| input.distribution.as_str()))
        .number("mean", of(|it| it.mean))
        .optional_number("sd", inputs.iter().map(|input| input.summary.sd))
        .number("p05", of(|it| it.p05))
        .number("p50", of(|it| it.p50))
        .number("p95", of(|it| it.p95))
        .number("min", of(|it| it.min))
        .number("max", of(|it| it.max))
}

/// Columns `draw` (from 0) and one for each input. An input that is itself named `draw` gets the column `input draw`.
#[must_use]
pub fn sampled(inputs: &[SampledInput]) -> Table {
    let draws = inputs.first().map_or(0, |input| input.values.len());
    let table = Table::new("draws").whole("draw", (0_i64..).take(draws));
    inputs.iter().fold(table, |table, input| {
        let name = if input.name == "draw" {
            "input draw"
        } else {
            &input.name
        };
        table.number(name, input.values.iter().copied())
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tables::fixture::amount;

    #[test]
    fn every_input_has_a_row_and_a_column() {
        let input = |name: &str, values: [f64; 2]| SampledInput {
            name: name.to_owned(),
            unit: "%".to_owned(),
            distribution: "uniform(0, 10)".to_owned(),
            summary: InputSummary {
                mean: 5.0,
                ..InputSummary::default()
            },
            values: values.to_vec(),
        };
        let inputs = [input("rent", [1.0, 2.0]), input("draw", [3.0, 4.0])];
        let (summary, draws) = (input_summary(&inputs), sampled(&inputs));
        assert_eq!((summary.check(), draws.check()), (Ok(()), Ok(())));
        assert_eq!(amount(&summary, 1, "mean"), 5.0);
        assert_eq!(amount(&draws, 1, "input draw"), 4.0);
    }
}
