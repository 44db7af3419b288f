"""Rust calls Python."""

import traceback

import pytest

import rusty


def test_the_callback_gets_x_and_its_result_comes_back():
    assert rusty.call_back(lambda x: x + 1, 41) == 42


def test_the_result_may_be_any_object():
    things = {41: object()}
    assert rusty.call_back(things.get, 41) is things[41]


def test_rust_may_be_called_back_from_rust():
    assert rusty.call_back(rusty.add_one, 41) == 42


def test_what_the_callback_raises_is_raised_with_its_own_line():
    def fails(x):
        raise KeyError(x)

    with pytest.raises(KeyError) as caught:
        rusty.call_back(fails, 41)
    assert caught.value.args == (41,)
    names = [frame.name for frame in traceback.extract_tb(caught.value.__traceback__)]
    assert names[-1] == "fails"
    assert len(names) == 2, "the test and the callback: Rust adds no frame between them"


def test_what_cannot_be_called_is_refused():
    with pytest.raises(TypeError, match="'int' object is not callable"):
        rusty.call_back(1, 41)
