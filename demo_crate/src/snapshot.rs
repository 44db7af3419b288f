//! A frozen class: nothing can change it, so nothing needs to be checked when it is read.

use pyo3::prelude::*;

// ANCHOR: snapshot
/// The count of one moment.
#[pyclass(module = "rusty", frozen, eq, hash)]
#[derive(PartialEq, Hash)]
pub struct Snapshot {
    #[pyo3(get)]
    value: i64,
}

#[pymethods]
impl Snapshot {
    #[new]
    pub fn new(value: i64) -> Self {
        Snapshot { value }
    }

    /// Return the count.
    fn get(&self) -> i64 {
        self.value
    }

    fn __repr__(&self) -> String {
        format!("Snapshot({})", self.value)
    }
}
// ANCHOR_END: snapshot

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn snapshots_of_one_count_are_equal() {
        assert!(Snapshot::new(3) == Snapshot::new(3));
        assert!(Snapshot::new(3) != Snapshot::new(4));
        assert_eq!(Snapshot::new(3).get(), 3);
    }
}
