"""The class written in Rust: its doors, and its borrow rules."""

import inspect

import pytest

import pythonic
import rusty


@pytest.fixture(params=[rusty.Counter, pythonic.Counter], ids=["rust", "python"])
def counter(request):
    return request.param(40)


def test_it_starts_where_it_is_told_or_at_zero(counter):
    assert counter.value == 40
    assert type(counter)().value == 0
    assert type(counter)(value=7).value == 7


def test_bump_adds_one_in_place(counter):
    assert counter.bump() == 41
    assert counter.get() == counter.value == 41


def test_plus_as_an_operator_makes_another_counter(counter):
    more = counter + 2
    assert type(more) is type(counter)
    assert (more.value, counter.value) == (42, 40)


def test_it_can_be_called(counter):
    assert counter(2) == 42
    assert counter.value == 42


def test_it_shows_its_value(counter):
    assert repr(counter) == "Counter(40)"


def test_both_have_the_same_signature():
    assert str(inspect.signature(rusty.Counter)) == "(value=0)"
    assert list(inspect.signature(pythonic.Counter).parameters) == ["value"]


def test_plus_leaves_the_count_alone():
    counter = rusty.Counter(40)
    assert counter.plus(2) == 42
    assert counter.value == 40


def test_the_static_method_needs_no_counter():
    assert rusty.Counter.next_after(41) == 42


def test_the_getter_is_no_setter():
    with pytest.raises(AttributeError, match="value"):
        rusty.Counter().value = 1


def test_it_has_no_room_for_other_attributes():
    with pytest.raises(AttributeError, match="other"):
        rusty.Counter().other = 1


def test_adding_a_str_is_refused_as_python_does():
    with pytest.raises(TypeError, match="unsupported operand"):
        rusty.Counter() + "1"


def test_update_lends_the_count_to_a_function():
    counter = rusty.Counter(21)
    assert counter.update(lambda value: value * 2) == 42
    assert counter.value == 42


def test_a_counter_cannot_be_read_while_it_is_being_changed():
    counter = rusty.Counter(1)
    with pytest.raises(RuntimeError, match=r"^Already mutably borrowed$"):
        counter.update(lambda _: counter.value)


def test_a_counter_cannot_be_changed_while_it_is_being_changed():
    counter = rusty.Counter(1)
    with pytest.raises(RuntimeError, match=r"^Already borrowed$"):
        counter.update(lambda _: counter.bump())


def test_the_loan_ends_when_the_function_fails_and_the_count_stays():
    counter = rusty.Counter(1)
    with pytest.raises(ZeroDivisionError):
        counter.update(lambda value: value // 0)
    assert counter.bump() == 2
