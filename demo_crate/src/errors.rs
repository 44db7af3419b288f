//! What can go wrong, and what Python sees of it.

use pyo3::exceptions::{PyOverflowError, PyValueError};
use pyo3::prelude::*;

// ANCHOR: checked
/// Add one to x. Raise ValueError if x is negative.
#[pyfunction]
pub fn checked(x: i64) -> PyResult<i64> {
    if x < 0 {
        return Err(PyValueError::new_err(format!("{x} is negative")));
    }
    Ok(x + 1)
}
// ANCHOR_END: checked

// ANCHOR: checked_add
/// Add y to x. Raise OverflowError if the sum needs more than 64 bits.
#[pyfunction]
pub fn checked_add(x: i64, y: i64) -> PyResult<i64> {
    x.checked_add(y).ok_or_else(|| {
        PyOverflowError::new_err(format!("{x} + {y} needs more than 64 bits"))
    })
}
// ANCHOR_END: checked_add

// ANCHOR: panics
/// Add one to x. Panic, as a program with a bug does, if x is zero.
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
