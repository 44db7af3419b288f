//! How arguments arrive: defaults and keywords, none at all, any number.

use pyo3::prelude::*;
use pyo3::types::{PyDict, PyTuple};

// ANCHOR: add_n
/// Add n to x, then multiply by scale, which can be given by keyword only.
#[pyfunction]
#[pyo3(signature = (x, n = 1, *, scale = 1))]
pub fn add_n(x: i64, n: i64, scale: i64) -> i64 {
    (x + n) * scale
}
// ANCHOR_END: add_n

// ANCHOR: noargs
/// Return 42 and take nothing.
#[pyfunction]
pub fn noargs() -> i64 {
    42
}
// ANCHOR_END: noargs

// ANCHOR: varargs
/// Count the arguments, positional and keyword ones together.
#[pyfunction]
#[pyo3(signature = (*args, **kwargs))]
pub fn varargs(
    args: &Bound<'_, PyTuple>,
    kwargs: Option<&Bound<'_, PyDict>>,
) -> usize {
    args.len() + kwargs.map_or(0, |keywords| keywords.len())
}
// ANCHOR_END: varargs

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn add_n_adds_before_it_multiplies() {
        assert_eq!(add_n(41, 1, 1), 42);
        assert_eq!(add_n(41, 3, 2), 88);
    }

    #[test]
    fn noargs_has_one_answer() {
        assert_eq!(noargs(), 42);
    }
}
