//! Inputs that move together: rank correlations, made possible if they are not, as the factor that draws need.

use nalgebra::{Cholesky, DMatrix, SymmetricEigen};

/// Inputs that move together. Each still uses the one uniform of its own stream.
#[derive(Debug, Clone, PartialEq)]
pub struct Dependence {
    /// Name, for messages.
    pub name: String,
    /// Positions of the inputs. An input belongs to one dependence at most.
    pub members: Vec<usize>,
    /// How the draws are tied together.
    pub method: Method,
    /// Lower triangular factor of the correlations of the normal scores, a row for each member: `rows[i]` has `i + 1` numbers
    /// whose squares sum to one.
    pub rows: Vec<Vec<f64>>,
}

/// How draws of a dependence are tied together.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Method {
    /// Normal scores of the uniforms, mixed by the factor, made uniform again.
    GaussianCopula,
    /// The uniforms of each aligned block of 1024 draws, put in another order (Iman and Conover 1982).
    ImanConover,
}

/// Most inputs in one dependence.
pub const MOST_MEMBERS: usize = 64;

/// A correlation may be moved this far to make a matrix possible; a greater move is a fault of the matrix.
pub const GREATEST_MOVE: f64 = 0.1;

/// Least eigenvalue of a repaired matrix: enough for a factor that keeps its digits.
const LEAST_EIGENVALUE: f64 = 1e-6;
/// Repaired correlations are multiples of 2^-40, so that the last bits of the eigenvalues leave no trace.
const GRID: f64 = 1_099_511_627_776.0;
const MOST_ITERATIONS: usize = 1000;

/// A matrix of rank correlations, and what had to be changed to make it possible.
#[derive(Debug, Clone, PartialEq)]
pub struct Factored {
    /// As in [`Dependence::rows`].
    pub rows: Vec<Vec<f64>>,
    /// Entries that were moved by more than 0.0005, row before column, greatest move first.
    pub moved: Vec<Moved>,
}

/// A rank correlation that was moved.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Moved {
    /// First member.
    pub row: usize,
    /// Second member.
    pub column: usize,
    /// As asked for.
    pub asked: f64,
    /// As given.
    pub given: f64,
}

/// Moves below this are not told.
const LEAST_MOVE: f64 = 0.0005;

/// Pearson's correlation of normal scores that gives a rank correlation: `2 sin(π ρ / 6)` (Kruskal 1958, Journal of the
/// American Statistical Association 53(284), 814-861, section 7). By the series of the sine, so with the same bits everywhere.
#[must_use]
pub fn score_correlation(rank: f64) -> f64 {
    let x = std::f64::consts::PI * rank / 6.0;
    let square = x * x;
    // |x| <= π/6: the term of order 21 is below 1e-25.
    let series = (1..=10_u32).rev().fold(1.0, |sum, k| {
        let k = f64::from(2 * k);
        1.0 - sum * square / (k * (k + 1.0))
    });
    2.0 * x * series
}

/// The rank correlation that normal scores with a correlation have: the inverse of [`score_correlation`].
#[must_use]
pub fn rank_correlation(score: f64) -> f64 {
    6.0 / std::f64::consts::PI * (0.5 * score).clamp(-0.5, 0.5).asin()
}

/// The factor of a symmetric matrix of rank correlations with ones on its diagonal and all others in [-1, 1].
///
/// A matrix whose scores have no positive eigenvalues only is replaced by the nearest possible one in the Frobenius norm, by
/// alternating projections with Dykstra's correction (Higham 2002, IMA Journal of Numerical Analysis 22(3), 329-343,
/// algorithm 3.3), on matrices with eigenvalues of at least 1e-6.
///
/// # Errors
/// The moved entries, when one of them moves by more than [`GREATEST_MOVE`].
pub fn factor(rank: &[Vec<f64>]) -> Result<Factored, Vec<Moved>> {
    let count = rank.len();
    let asked = DMatrix::from_fn(
        count,
        count,
        |i, j| if i == j { 1.0 } else { score_correlation(rank[i][j]) },
    );
    let possible = SymmetricEigen::new(asked.clone())
        .eigenvalues
        .iter()
        .all(|value| *value >= LEAST_EIGENVALUE);
    if possible && let Some(cholesky) = Cholesky::new(asked.clone()) {
        return Ok(Factored {
            rows: rows(&cholesky),
            moved: Vec::new(),
        });
    }
    let given = nearest(&asked);
    let mut moved = Vec::new();
    for row in 0..count {
        for column in row + 1..count {
            let (asked, given) = (rank[row][column], rank_correlation(given[(row, column)]));
            if (asked - given).abs() > LEAST_MOVE {
                moved.push(Moved {
                    row,
                    column,
                    asked,
                    given,
                });
            }
        }
    }
    moved.sort_by(|a, b| (b.asked - b.given).abs().total_cmp(&(a.asked - a.given).abs()));
    let too_far = moved
        .first()
        .is_some_and(|most| (most.asked - most.given).abs() > GREATEST_MOVE);
    match Cholesky::new(given) {
        Some(cholesky) if !too_far => Ok(Factored {
            rows: rows(&cholesky),
            moved,
        }),
        _ => Err(moved),
    }
}

fn rows(cholesky: &Cholesky<f64, nalgebra::Dyn>) -> Vec<Vec<f64>> {
    let lower = cholesky.l_dirty();
    (0..lower.nrows())
        .map(|i| (0..=i).map(|j| lower[(i, j)]).collect())
        .collect()
}

/// The nearest correlation matrix with eigenvalues that are well above zero.
fn nearest(asked: &DMatrix<f64>) -> DMatrix<f64> {
    let mut with_ones = asked.clone();
    let mut correction = DMatrix::zeros(asked.nrows(), asked.ncols());
    for _ in 0..MOST_ITERATIONS {
        let start = &with_ones - &correction;
        let positive = raised(&start);
        correction = &positive - &start;
        let mut next = positive;
        next.fill_diagonal(1.0);
        let change = (&next - &with_ones).amax();
        with_ones = next;
        if change < 1e-12 {
            break;
        }
    }
    // The last step set the diagonal; one raise and one scaling more make the eigenvalues positive without doubt.
    let positive = raised(&with_ones);
    let scale = positive.diagonal().map(f64::sqrt);
    DMatrix::from_fn(asked.nrows(), asked.ncols(), |i, j| {
        if i == j {
            1.0
        } else {
            let entry = 0.5 * (positive[(i, j)] + positive[(j, i)]) / (scale[i] * scale[j]);
            (entry * GRID).round() / GRID
        }
    })
}

/// The nearest matrix with eigenvalues of at least [`LEAST_EIGENVALUE`].
fn raised(matrix: &DMatrix<f64>) -> DMatrix<f64> {
    let mut parts = SymmetricEigen::new(matrix.clone());
    parts.eigenvalues.apply(|value| *value = value.max(LEAST_EIGENVALUE));
    let recomposed = parts.recompose();
    0.5 * (&recomposed + recomposed.transpose())
}

#[cfg(test)]
#[path = "dependence_tests.rs"]
mod tests;
