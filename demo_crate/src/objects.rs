//! A Python object goes through Rust untouched.

// ANCHOR: passthrough
use pyo3::prelude::*;

/// Return the object that was passed in: the same one, with one more owner.
#[pyfunction]
pub fn passthrough<'py>(obj: &Bound<'py, PyAny>) -> Bound<'py, PyAny> {
    obj.clone()
}
// ANCHOR_END: passthrough
