use super::*;

fn matrix<const N: usize>(rows: [[f64; N]; N]) -> Vec<Vec<f64>> {
    rows.into_iter().map(|row| row.to_vec()).collect()
}

fn product(rows: &[Vec<f64>], i: usize, j: usize) -> f64 {
    rows[i].iter().zip(&rows[j]).map(|(a, b)| a * b).sum()
}

/// Closed forms for the bivariate normal copula (Kruskal 1958), computed apart from this code.
#[test]
fn rank_and_score_correlations_follow_from_each_other() {
    let ranks = [
        (-0.9, -0.907_980_999_479_093_5),
        (-0.5, -0.517_638_090_205_041_5),
        (0.0, 0.0),
        (0.3, 0.312_868_930_080_461_74),
        (0.5, 0.517_638_090_205_041_5),
        (0.8, 0.813_473_286_151_600_3),
        (0.95, 0.954_317_520_519_216_8),
    ];
    for (rank, score) in ranks {
        assert!(
            (score_correlation(rank) - score).abs() < 2e-16,
            "{rank}: {}",
            score_correlation(rank)
        );
        assert!((rank_correlation(score) - rank).abs() < 1e-15);
    }
    let scores = [
        (-0.9, -0.891_456_131_680_100_2),
        (0.3, 0.287_564_218_622_621_27),
        (0.8, 0.785_939_282_606_727_7),
        (0.95, 0.945_311_667_605_249_2),
    ];
    for (score, rank) in scores {
        assert!((rank_correlation(score) - rank).abs() < 1e-15);
    }
    assert!((score_correlation(1.0) - 1.0).abs() < 2e-16 && (score_correlation(-1.0) + 1.0).abs() < 2e-16);
}

#[test]
fn a_possible_matrix_is_factored_as_it_is() {
    let rank = matrix([[1.0, 0.5, -0.3], [0.5, 1.0, 0.2], [-0.3, 0.2, 1.0]]);
    let factored = factor(&rank).expect("possible");
    assert!(factored.moved.is_empty());
    for (i, row) in rank.iter().enumerate() {
        for (j, rank) in row.iter().enumerate().take(i + 1) {
            let expected = if i == j { 1.0 } else { score_correlation(*rank) };
            assert!((product(&factored.rows, i, j) - expected).abs() < 1e-15);
        }
    }
}

/// The matrix of the first example of Higham (2002, section 4) is [[1, 1, 0], [1, 1, 1], [0, 1, 1]], and its nearest
/// correlation matrix has 0.7607 and 0.1573.
#[test]
fn the_nearest_matrix_is_that_of_higham() {
    let asked = DMatrix::from_row_slice(3, 3, &[1.0, 1.0, 0.0, 1.0, 1.0, 1.0, 0.0, 1.0, 1.0]);
    let given = nearest(&asked);
    assert!((given[(0, 1)] - 0.7607).abs() < 6e-5, "{given}");
    assert!(
        (given[(1, 2)] - 0.7607).abs() < 6e-5 && (given[(0, 2)] - 0.1573).abs() < 6e-5,
        "{given}"
    );
}

#[test]
fn a_matrix_that_is_nearly_possible_is_repaired_and_says_so() {
    let rank = matrix([[1.0, 0.9, 0.5], [0.9, 1.0, 0.87], [0.5, 0.87, 1.0]]);
    let factored = factor(&rank).expect("nearly possible");
    assert!(!factored.moved.is_empty());
    for moved in &factored.moved {
        assert!(
            moved.row < moved.column && (moved.asked - moved.given).abs() <= GREATEST_MOVE,
            "{moved:?}"
        );
        let given = rank_correlation(product(&factored.rows, moved.row, moved.column));
        assert!((given - moved.given).abs() < 1e-9, "{moved:?}: {given}");
    }
    assert!((0..3).all(|i| (product(&factored.rows, i, i) - 1.0).abs() < 1e-12));
}

/// Case of `stats_gaussian_copula_rank`: three members that cannot be so, least eigenvalue -0.8.
#[test]
fn a_matrix_far_from_possible_is_refused() {
    let rank = matrix([[1.0, 0.9, -0.9], [0.9, 1.0, 0.9], [-0.9, 0.9, 1.0]]);
    let moved = factor(&rank).expect_err("impossible");
    assert_eq!(moved.len(), 3);
    assert!((moved[0].asked - moved[0].given).abs() > 0.3, "{moved:?}");
}

#[test]
fn equal_members_can_be_asked_for() {
    // A rank correlation of one is at the edge of what is possible; it is given but for the least eigenvalue.
    let factored = factor(&matrix([[1.0, 1.0], [1.0, 1.0]])).expect("possible");
    assert!(factored.rows[1][0] > 0.999_99 && factored.moved.is_empty());
}
