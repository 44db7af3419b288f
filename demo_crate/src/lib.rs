//! The extension module `rusty`: one topic per file, this file lists what Python may see.

mod add_one;
mod arguments;
mod callback;
mod counter;
mod edit_distance;
mod errors;
mod lists;
mod objects;
mod snapshot;
mod threads;

// ANCHOR: module
/// Small functions and classes written in Rust, called from Python.
#[pyo3::pymodule]
mod rusty {
    #[pymodule_export]
    use crate::add_one::add_one;
    #[pymodule_export]
    use crate::arguments::{add_n, noargs, varargs};
    #[pymodule_export]
    use crate::callback::call_back;
    #[pymodule_export]
    use crate::counter::Counter;
    #[pymodule_export]
    use crate::edit_distance::edit_distance;
    #[pymodule_export]
    use crate::errors::{checked, checked_add, panics};
    #[pymodule_export]
    use crate::lists::without_odd;
    #[pymodule_export]
    use crate::objects::passthrough;
    #[pymodule_export]
    use crate::snapshot::Snapshot;
    #[pymodule_export]
    use crate::threads::{
        count_primes, count_primes_detached, threads_counting,
    };

    /// The Cargo profile of this build: what happens on integer overflow depends on it.
    #[pymodule_export]
    const PROFILE: &str = if cfg!(debug_assertions) {
        "dev"
    } else {
        "release"
    };
}
// ANCHOR_END: module
