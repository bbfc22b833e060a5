//! Which inputs move together.
use crate::rank_correlation::{of_ranks, ranks};
use mkba_core::input::Dependence;
use mkba_core::input::dependence::rank_correlation as rank_of_score;
use mkba_core::outcome::Outcome;
use mkba_core::table::Table;

/// The rank correlations of all pairs of inputs that a dependence ties together, as asked for and as drawn.
///
/// Columns `dependence`, `input_a`, `input_b`, `asked` (after a matrix that is not possible has been made so), `rank_correlation`
/// (Spearman's, over the kept draws). Two inputs of different dependences are independent and have no row.
/// None when no inputs depend on each other or fewer than two draws are kept.
#[must_use]
pub fn input_correlations(outcome: &Outcome, dependences: &[Dependence]) -> Option<Table> {
    if dependences.is_empty() || outcome.kept < 2 || outcome.inputs.is_empty() {
        return None;
    }
    let (mut names, mut first, mut second) = (Vec::new(), Vec::new(), Vec::new());
    let (mut asked, mut drawn) = (Vec::new(), Vec::new());
    for dependence in dependences {
        let members: Vec<_> = dependence
            .members
            .iter()
            .map(|&member| &outcome.inputs[member])
            .collect();
        let ranks: Vec<Vec<f64>> = members.iter().map(|(_, values)| ranks(values)).collect();
        for b in 0..members.len() {
            for a in 0..b {
                let score = dependence.rows[b]
                    .iter()
                    .zip(&dependence.rows[a])
                    .map(|(x, y)| x * y)
                    .sum();
                names.push(dependence.name.as_str());
                first.push(members[a].0.as_str());
                second.push(members[b].0.as_str());
                asked.push(rank_of_score(score));
                drawn.push(of_ranks(&ranks[a], &ranks[b]));
            }
        }
    }
    let table = Table::new("input_correlations")
        .text("dependence", names)
        .text("input_a", first)
        .text("input_b", second)
        .number("asked", asked)
        .number("rank_correlation", drawn);
    Some(table)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::example;
    use mkba_core::input::Method;
    use mkba_core::input::dependence::score_correlation;

    #[test]
    fn pairs_are_told_as_asked_and_as_drawn() {
        let score = score_correlation(0.6);
        let dependence = Dependence {
            name: "building".into(),
            members: vec![0, 2],
            method: Method::GaussianCopula,
            rows: vec![vec![1.0], vec![score, (1.0 - score * score).sqrt()]],
        };
        let inputs = vec![
            ("cost".into(), vec![1.0, 2.0, 3.0]),
            ("other".into(), vec![5.0, 5.0, 5.0]),
            ("delay".into(), vec![4.0, 9.0, 8.0]),
        ];
        let outcome = example::outcome(inputs, vec![vec![0.0; 3]]);
        let table = input_correlations(&outcome, &[dependence]).expect("a dependence");
        assert_eq!(table.row_count(), 1);
        let number = |column: &str| {
            table
                .cell(0, column)
                .and_then(|cell| cell.as_number())
                .expect("a number")
        };
        assert!((number("asked") - 0.6).abs() < 1e-12);
        assert_eq!(number("rank_correlation"), 0.5);
        assert!(input_correlations(&outcome, &[]).is_none());
    }
}
