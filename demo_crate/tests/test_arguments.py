"""Defaults, keyword-only arguments, no arguments, any number of arguments."""

import inspect

import pytest

import rusty


def test_add_n_adds_one_by_default():
    assert rusty.add_n(41) == 42


def test_n_may_be_given_by_position_or_by_name():
    assert rusty.add_n(41, 3) == rusty.add_n(41, n=3) == rusty.add_n(n=3, x=41) == 44


def test_scale_is_applied_last():
    assert rusty.add_n(41, n=3, scale=2) == 88


def test_scale_is_refused_by_position():
    with pytest.raises(TypeError) as caught:
        rusty.add_n(41, 3, 2)
    assert str(caught.value) == "add_n() takes from 1 to 2 positional arguments but 3 were given"


def test_an_unknown_keyword_is_named():
    with pytest.raises(TypeError) as caught:
        rusty.add_n(41, m=3)
    assert str(caught.value) == "add_n() got an unexpected keyword argument 'm'"


def test_the_signature_tells_defaults_and_keyword_only():
    assert str(inspect.signature(rusty.add_n)) == "(x, n=1, *, scale=1)"


def test_noargs_answers():
    assert rusty.noargs() == 42


def test_noargs_takes_nothing():
    with pytest.raises(TypeError) as caught:
        rusty.noargs(1)
    assert str(caught.value) == "rusty.noargs() takes no arguments (1 given)"


def test_varargs_counts_positions_and_keywords():
    assert rusty.varargs() == 0
    assert rusty.varargs(1, 2, k=3) == 3
    assert rusty.varargs(*range(100), **{"a": 1, "b": 2}) == 102
