"""Two threads in Rust at the same time, or one after the other."""

import sys
import time
from threading import Event, Thread

import pytest

import rusty

GIVE_UP_AFTER = 60  # seconds: only a hanging test would take so long

with_a_gil = pytest.mark.skipif(
    not getattr(sys, "_is_gil_enabled", lambda: True)(), reason="there is no GIL to hold"
)


def watch(count, until):
    """Let two threads call `count` again and again, and look how many are inside.

    Yields each number seen until `until` is true of one or the time is up.
    """
    stop = Event()

    def work():
        while not stop.is_set():
            count(50_000)

    threads = [Thread(target=work) for _ in range(2)]
    for thread in threads:
        thread.start()
    seen = set()
    give_up = time.monotonic() + GIVE_UP_AFTER
    try:
        while not until(seen) and time.monotonic() < give_up:
            seen.add(rusty.threads_counting())
            time.sleep(0)
    finally:
        stop.set()
        for thread in threads:
            thread.join()
    return seen


@pytest.mark.parametrize("count", [rusty.count_primes, rusty.count_primes_detached])
def test_both_count_the_same_primes(count):
    assert [count(limit) for limit in (0, 2, 3, 100, 10_000)] == [0, 0, 1, 25, 1229]


def test_detached_both_threads_are_in_rust_while_a_third_runs_python():
    assert 2 in watch(rusty.count_primes_detached, until=lambda seen: 2 in seen)


@with_a_gil
def test_attached_no_thread_is_ever_in_rust_while_another_runs_python():
    looks = iter(range(50))
    assert watch(rusty.count_primes, until=lambda _: next(looks, None) is None) == {0}


def test_nobody_is_counting_when_nobody_counts():
    assert rusty.threads_counting() == 0


@pytest.mark.parametrize("limit", [-1, 2**32])
def test_a_limit_outside_of_32_bits_is_refused(limit):
    with pytest.raises(OverflowError):
        rusty.count_primes(limit)
