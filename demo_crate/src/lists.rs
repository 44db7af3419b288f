//! What becomes of a list while somebody walks along it.

use pyo3::prelude::*;

// ANCHOR: without_odd
/// Keep the even numbers.
#[pyfunction]
pub fn without_odd(mut numbers: Vec<i64>) -> Vec<i64> {
    numbers.retain(|number| number % 2 == 0);
    numbers
}
// ANCHOR_END: without_odd

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn neighbours_are_not_passed_over() {
        assert_eq!(without_odd(vec![1, 3, 5, 2]), [2]);
        assert_eq!(without_odd(vec![-1, 0]), [0]);
        assert!(without_odd(Vec::new()).is_empty());
    }
}
