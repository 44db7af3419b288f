"""An object goes into Rust and comes back."""

import gc
import sys

import pytest

import rusty


@pytest.mark.parametrize("obj", [object(), [1, 2], "text", None, 1.5, len])
def test_the_same_object_comes_back(obj):
    assert rusty.passthrough(obj) is obj


def test_the_count_of_names_is_as_before_when_the_result_is_dropped():
    obj = object()
    before = sys.getrefcount(obj)
    rusty.passthrough(obj)
    assert sys.getrefcount(obj) == before


def test_the_result_is_one_more_name_while_it_is_held():
    obj = object()
    before = sys.getrefcount(obj)
    held = [rusty.passthrough(obj)]
    assert sys.getrefcount(obj) == before + 1
    held.clear()
    assert sys.getrefcount(obj) == before


def test_nothing_is_kept_alive_in_rust():
    class Witness:
        alive = 0

        def __init__(self):
            Witness.alive += 1

        def __del__(self):
            Witness.alive -= 1

    rusty.passthrough(Witness())
    gc.collect()
    assert Witness.alive == 0
