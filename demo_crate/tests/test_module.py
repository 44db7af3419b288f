"""What `import rusty` brings."""

import ctypes

import rusty
import rusty.rusty as extension


def test_the_extension_exports_the_function_that_import_looks_for():
    assert ctypes.CDLL(extension.__file__).PyInit_rusty


def test_the_package_hands_out_the_extensions_own_objects():
    assert rusty.__all__ == extension.__all__
    for name in extension.__all__:
        assert getattr(rusty, name) is getattr(extension, name)


def test_everything_names_the_package_as_its_home():
    for name in set(rusty.__all__) - {"PROFILE"}:
        assert getattr(rusty, name).__module__ == "rusty"


def test_doc_comments_become_docstrings():
    assert rusty.__doc__ == "Small functions and classes written in Rust, called from Python."
    assert rusty.add_one.__doc__ == "Add one to x."
    assert all(getattr(rusty, name).__doc__ for name in rusty.__all__)


def test_the_build_knows_its_profile():
    assert rusty.PROFILE in {"dev", "release"}
