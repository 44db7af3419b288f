//! What can go wrong, and what Python sees of it.

use pyo3::exceptions::{PyOverflowError, PyValueError};
use pyo3::prelude::*;

// ANCHOR: checked
/// Add one to x, which must not be negative.
#[pyfunction]
pub fn checked(x: i64) -> PyResult<i64> {
    if x < 0 {
        let why = format!("{x} is negative");
        return Err(PyValueError::new_err(why));
    }
    Ok(x + 1)
}
// ANCHOR_END: checked

/// Add y to x. Raise OverflowError if the sum needs more than 64 bits.
#[pyfunction]
pub fn checked_add(x: i64, y: i64) -> PyResult<i64> {
    // ANCHOR: match
    match x.checked_add(y) {
        Some(sum) => Ok(sum),
        None => Err(too_large(x, y)),
    }
    // ANCHOR_END: match
}

fn too_large(x: i64, y: i64) -> PyErr {
    let sum = format!("{x} + {y} needs more than 64 bits");
    PyOverflowError::new_err(sum)
}

// ANCHOR: panics
/// Add one to x. Zero is a bug.
#[pyfunction]
pub fn panics(x: i64) -> i64 {
    assert!(x != 0, "x must not be zero");
    x + 1
}
// ANCHOR_END: panics

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_negative_number_is_an_err_and_any_other_is_ok() {
        assert!(checked(-1).is_err());
        assert_eq!(checked(0).unwrap(), 1);
    }

    #[test]
    fn a_sum_that_does_not_fit_is_an_err() {
        assert_eq!(checked_add(i64::MAX - 1, 1).unwrap(), i64::MAX);
        assert!(checked_add(i64::MAX, 1).is_err());
        assert!(checked_add(i64::MIN, -1).is_err());
    }

    #[test]
    #[should_panic(expected = "x must not be zero")]
    fn zero_panics() {
        panics(0);
    }

    #[test]
    fn one_does_not_panic() {
        assert_eq!(panics(1), 2);
    }
}
