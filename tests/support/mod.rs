//! From the text of a study to its outcome, and the numbers of an outcome by name.
pub mod one_campus;
pub mod project;
pub mod rewriting;
pub mod small;
pub mod view;

/// Fails unless two numbers agree, relative to the expected one.
#[track_caller]
pub fn assert_near(found: f64, expected: f64, tolerance: f64) {
    assert_near_on_scale(found, expected, expected.abs(), tolerance);
}

/// Fails unless two numbers agree, relative to the size of what was added up to get them.
#[track_caller]
pub fn assert_near_on_scale(found: f64, expected: f64, scale: f64, tolerance: f64) {
    let apart = (found - expected).abs();
    assert!(
        apart <= tolerance * scale,
        "found {found}, expected {expected}: {apart:e} apart, allowed {:e}",
        tolerance * scale
    );
}
