"""Bytecode after the interpreter has specialised it."""

import dis

import warm_bytecode as example
from warm_bytecode import warm_bytecode

import rusty


def test_a_warm_call_into_rust_has_an_opcode_of_its_own():
    names = warm_bytecode(lambda: rusty.add_one(41))
    assert any("BUILTIN_FAST_WITH_KEYWORDS" in name for name in names)
    assert "LOAD_GLOBAL_MODULE" in names


def test_before_that_it_is_general():
    names = {i.opname for i in dis.get_instructions(lambda: rusty.add_one(41), adaptive=True)}
    assert not any("BUILTIN" in name for name in names)


def test_a_function_without_arguments_gets_none():
    names = warm_bytecode(lambda: rusty.noargs())
    assert not any("BUILTIN" in name for name in names)


def test_the_example_prints_what_it_found(capsys):
    example.main()
    assert "BUILTIN_FAST_WITH_KEYWORDS" in capsys.readouterr().out
