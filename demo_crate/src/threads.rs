//! The same work with the interpreter held and with the interpreter let go.

use std::sync::atomic::{AtomicUsize, Ordering};

use pyo3::prelude::*;

// ANCHOR: count_primes
/// Count the primes below limit; no other thread can run Python meanwhile.
#[pyfunction]
pub fn count_primes(limit: u32) -> usize {
    primes_below(limit)
}
// ANCHOR_END: count_primes

// ANCHOR: count_primes_detached
/// Count the primes below limit; other threads run Python meanwhile.
#[pyfunction]
pub fn count_primes_detached(py: Python<'_>, limit: u32) -> usize {
    py.detach(|| primes_below(limit))
}
// ANCHOR_END: count_primes_detached

// ANCHOR: threads_counting
/// How many threads are counting primes at this moment.
#[pyfunction]
pub fn threads_counting() -> usize {
    COUNTING.load(Ordering::SeqCst)
}
// ANCHOR_END: threads_counting

// ANCHOR: primes_below
static COUNTING: AtomicUsize = AtomicUsize::new(0);

fn primes_below(limit: u32) -> usize {
    COUNTING.fetch_add(1, Ordering::SeqCst);
    let found = (2..limit).filter(|&n| is_prime(n)).count();
    COUNTING.fetch_sub(1, Ordering::SeqCst);
    found
}

fn is_prime(n: u32) -> bool {
    (2..=n.isqrt()).all(|divisor| !n.is_multiple_of(divisor))
}
// ANCHOR_END: primes_below

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn there_are_25_primes_below_100() {
        assert_eq!(primes_below(100), 25);
    }

    #[test]
    fn the_limit_itself_is_not_counted() {
        assert_eq!(primes_below(0), 0);
        assert_eq!(primes_below(2), 0);
        assert_eq!(primes_below(3), 1);
    }
}
