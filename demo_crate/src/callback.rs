//! Rust calls Python.

// ANCHOR: call_back
use pyo3::prelude::*;

/// Call f(x) and return its result. What f raises is raised here.
#[pyfunction]
pub fn call_back<'py>(
    f: &Bound<'py, PyAny>,
    x: i64,
) -> PyResult<Bound<'py, PyAny>> {
    f.call1((x,))
}
// ANCHOR_END: call_back
