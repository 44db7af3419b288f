//! What becomes of a list while somebody walks along it.

use pyo3::prelude::*;

// ANCHOR: evens
/// Keep the even numbers.
#[pyfunction]
pub fn evens(mut numbers: Vec<i64>) -> Vec<i64> {
    numbers.retain(|number| number % 2 == 0);
    numbers
}
// ANCHOR_END: evens

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn neighbours_are_not_passed_over() {
        assert_eq!(evens(vec![1, 3, 5, 2]), [2]);
        assert_eq!(evens(vec![-1, 0]), [0]);
        assert!(evens(Vec::new()).is_empty());
    }
}
