"""The frozen class."""

import struct

import pytest

import rusty


def test_a_counter_hands_out_a_snapshot_that_does_not_follow_it():
    counter = rusty.Counter(41)
    snapshot = counter.snapshot()
    counter.bump()
    assert (snapshot.value, counter.value) == (41, 42)


def test_it_is_read_by_method_and_by_attribute():
    assert rusty.Snapshot(41).get() == rusty.Snapshot(41).value == 41


def test_nothing_can_be_set():
    with pytest.raises(AttributeError, match="value"):
        rusty.Snapshot(41).value = 42


def test_equal_counts_are_equal_and_count_once_in_a_set():
    assert rusty.Snapshot(41) == rusty.Snapshot(41) != rusty.Snapshot(42)
    assert len({rusty.Snapshot(41), rusty.Snapshot(41), rusty.Snapshot(42)}) == 2


def test_it_shows_its_value():
    assert repr(rusty.Snapshot(41)) == "Snapshot(41)"


def test_it_is_smaller_than_a_counter_by_the_borrow_flag():
    borrow_flag = struct.calcsize("N")
    assert rusty.Counter.__basicsize__ == rusty.Snapshot.__basicsize__ + borrow_flag
