"""Rust's version keeps what Python's loop passes over."""

import pytest

import rusty


@pytest.mark.parametrize(
    ("numbers", "even"),
    [([1, 3, 5, 2], [2]), ([2, 4], [2, 4]), ([-3, -2], [-2]), ([], [])],
)
def test_without_odd_keeps_the_even_numbers(numbers, even):
    assert rusty.without_odd(numbers) == even


def test_without_odd_leaves_the_list_that_it_was_given():
    numbers = [1, 2]
    rusty.without_odd(numbers)
    assert numbers == [1, 2]
