"""The packages of slide 1.3 are found for what they are."""

import re
import sys
from importlib.machinery import EXTENSION_SUFFIXES
from importlib.metadata import distribution
from pathlib import Path

import pytest

import rusty.rusty
import which_packages_are_rust as example
from which_packages_are_rust import findings, kind_of


@pytest.mark.parametrize(
    ("package", "kind"),
    [
        ("pydantic-core", r"extension, PyO3 \d+\.\d+\.\d+"),
        ("cryptography", r"extension, PyO3 \d+\.\d+\.\d+"),
        ("cffi", r"extension, not PyO3"),
        ("ruff", r"program in Rust"),
    ],
)
def test_a_package_is_found_for_what_it_is(package, kind):
    (found,) = findings(iter([distribution(package)]))
    assert re.fullmatch(kind, found.kind)


def test_a_package_in_plain_python_is_not_found():
    assert list(findings(iter([distribution("pytest")]))) == []


def test_our_own_extension_is_found():
    file = Path(rusty.rusty.__file__)
    assert kind_of(file.name, file.read_bytes()) == "extension, PyO3 0.30.1"


def test_paths_may_be_removed_and_pyo3_is_still_found():
    content = b"\x7fELF ... pyo3_runtime.PanicException ..."
    assert kind_of("some" + EXTENSION_SUFFIXES[0], content) == "extension, PyO3"


def test_an_extension_in_webassembly_is_found():
    content = b"\0asm\1\0\0\0 ... pyo3_runtime ... /pyo3-0.30.1/src/err/mod.rs"
    assert kind_of("some" + EXTENSION_SUFFIXES[0], content) == "extension, PyO3 0.30.1"


@pytest.mark.parametrize("content", [b"", b"#!/bin/sh", b"pyo3_runtime pyo3-0.30.1"])
def test_a_text_that_speaks_of_pyo3_is_no_extension(content):
    assert kind_of("about.so", content) is None


def test_the_interpreter_is_no_program_in_rust():
    assert kind_of("python", Path(sys.executable).read_bytes()) is None


def test_the_slide_prints_a_line_for_each_package(capsys):
    example.main()
    lines = capsys.readouterr().out.splitlines()
    assert "ruff            program in Rust" in lines
    assert lines == sorted(lines)
