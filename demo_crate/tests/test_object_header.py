"""The struct read by address is the object that Python shows."""

import sys

import pytest

import object_header
from object_header import float_struct

pytestmark = pytest.mark.skipif(
    object.__basicsize__ != 16, reason="this build has another header: 64 bits and a GIL are needed"
)


def fresh_float():
    return float("41.5")


def test_the_struct_holds_data_and_type():
    number = fresh_float()
    struct = float_struct(number)
    assert struct.ob_fval == 41.5
    assert struct.ob_type == id(float)


def test_every_name_counts_once():
    number = fresh_float()
    struct = float_struct(number)
    before = struct.ob_refcnt
    holders = [number, number]
    assert struct.ob_refcnt == before + 2
    holders.clear()
    assert struct.ob_refcnt == before


@pytest.mark.skipif(sys.version_info >= (3, 14), reason="locals are lent without counting there")
def test_the_count_is_the_one_that_sys_tells_without_its_own_argument():
    number = fresh_float()
    struct = float_struct(number)
    assert sys.getrefcount(number) == struct.ob_refcnt + 1


@pytest.mark.parametrize("other", [41, True, "41.5", None])
def test_any_other_object_is_refused(other):
    with pytest.raises(TypeError, match="only a float has this layout"):
        float_struct(other)


def test_the_slide_prints_what_it_says(capsys):
    object_header.main()
    assert capsys.readouterr().out == "data: 41.5\ntype: True\nnames: 1\nnames: 2\n"
