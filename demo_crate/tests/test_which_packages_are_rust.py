"""The packages of slide 1.3 are found for what they are."""

import sys
from importlib.machinery import EXTENSION_SUFFIXES
from importlib.metadata import distribution
from pathlib import Path

import pytest

import rusty.rusty
import which_packages_are_rust as example
from which_packages_are_rust import findings, kind_of


@pytest.fixture(scope="module")
def found():
    names = ["pydantic-core", "cryptography", "cffi", "ruff", "pytest"]
    return {(f.package.replace("_", "-"), f.kind) for f in findings(map(distribution, names))}


def test_the_packages_are_found_for_what_they_are(found):
    assert found == {
        ("pydantic-core", "extension, PyO3 0.30.1"),
        ("cryptography", "extension, PyO3 0.29.2"),
        ("cffi", "extension, not PyO3"),
        ("ruff", "program in Rust"),
    }


def test_our_own_extension_is_found():
    file = Path(rusty.rusty.__file__)
    assert kind_of(file.name, file.read_bytes()) == "extension, PyO3 0.30.1"


def test_paths_may_be_removed_and_pyo3_is_still_found():
    content = b"\x7fELF ... pyo3_runtime.PanicException ..."
    assert kind_of("some" + EXTENSION_SUFFIXES[0], content) == "extension, PyO3"


@pytest.mark.parametrize("content", [b"", b"#!/bin/sh", b"pyo3_runtime pyo3-0.30.1"])
def test_a_text_that_speaks_of_pyo3_is_no_extension(content):
    assert kind_of("about.so", content) is None


def test_the_interpreter_is_no_program_in_rust():
    assert kind_of("python", Path(sys.executable).read_bytes()) is None


def test_the_slide_prints_a_line_for_each_package(capsys):
    example.main()
    lines = capsys.readouterr().out.splitlines()
    assert "cryptography    extension, PyO3 0.29.2" in lines
    assert lines == sorted(lines)
