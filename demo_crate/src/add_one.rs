//! The function of the talk.

// ANCHOR: add_one
use pyo3::prelude::*;

/// Add one to x.
#[pyfunction]
pub fn add_one(x: i64) -> i64 {
    x + 1
}
// ANCHOR_END: add_one

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_more_than_41_is_42() {
        assert_eq!(add_one(41), 42);
        assert_eq!(add_one(-1), 0);
    }

    #[test]
    #[cfg(debug_assertions)]
    #[should_panic(expected = "attempt to add with overflow")]
    fn overflow_panics_in_the_dev_profile() {
        add_one(i64::MAX);
    }

    #[test]
    #[cfg(not(debug_assertions))]
    fn overflow_wraps_in_the_release_profile() {
        assert_eq!(add_one(i64::MAX), i64::MIN);
    }
}
