//! A Python class written in Rust.

use pyo3::prelude::*;

use crate::snapshot::Snapshot;

// ANCHOR: struct
/// A count that goes up.
#[pyclass(module = "rusty")]
pub struct Counter {
    value: i64,
}
// ANCHOR_END: struct

// ANCHOR: methods
#[pymethods]
impl Counter {
    // ANCHOR: new
    #[new]
    #[pyo3(signature = (value = 0))]
    fn new(value: i64) -> Self {
        Counter { value }
    }
    // ANCHOR_END: new

    // ANCHOR: getter
    /// The count, as an attribute.
    #[getter]
    fn value(&self) -> i64 {
        self.value
    }
    // ANCHOR_END: getter

    // ANCHOR: get
    /// Return the count.
    fn get(&self) -> i64 {
        self.value
    }
    // ANCHOR_END: get

    // ANCHOR: plus
    /// Return the count plus n; the count stays as it is.
    fn plus(&self, n: i64) -> i64 {
        self.value + n
    }
    // ANCHOR_END: plus

    // ANCHOR: bump
    /// Add one to the count and return it.
    fn bump(&mut self) -> i64 {
        self.value += 1;
        self.value
    }
    // ANCHOR_END: bump

    // ANCHOR: update
    /// Set the count to f(count) and return it. The counter is lent out while f runs.
    fn update(&mut self, f: &Bound<'_, PyAny>) -> PyResult<i64> {
        self.value = f.call1((self.value,))?.extract()?;
        Ok(self.value)
    }
    // ANCHOR_END: update

    // ANCHOR: snapshot
    /// Return the count of this moment as an object that never changes.
    fn snapshot(&self) -> Snapshot {
        Snapshot::new(self.value)
    }
    // ANCHOR_END: snapshot

    // ANCHOR: static
    /// Return the count that follows value. A static method: it needs no counter.
    #[staticmethod]
    fn next_after(value: i64) -> i64 {
        value + 1
    }
    // ANCHOR_END: static

    // ANCHOR: operators
    fn __add__(&self, n: i64) -> Counter {
        Counter {
            value: self.value + n,
        }
    }

    fn __call__(&mut self, n: i64) -> i64 {
        self.value += n;
        self.value
    }

    fn __repr__(&self) -> String {
        format!("Counter({})", self.value)
    }
    // ANCHOR_END: operators
}
// ANCHOR_END: methods

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bump_and_call_change_the_counter_and_plus_does_not() {
        let mut counter = Counter::new(40);
        assert_eq!(counter.plus(5), 45);
        assert_eq!(counter.bump(), 41);
        assert_eq!(counter.__call__(1), 42);
        assert_eq!(counter.value(), 42);
    }

    #[test]
    fn adding_makes_a_second_counter() {
        let counter = Counter::new(1);
        assert_eq!(counter.__add__(2).get(), 3);
        assert_eq!(counter.get(), 1);
    }
}
