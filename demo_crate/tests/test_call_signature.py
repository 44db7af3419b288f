"""The C signature on the slide is the one that CPython's headers declare."""

import shutil
import subprocess
import sysconfig
from pathlib import Path

import pytest

SOURCE = Path(__file__).parents[1] / "examples" / "call_signature.c"
HEADERS = Path(sysconfig.get_path("include"))

needs_c = pytest.mark.skipif(
    not (shutil.which("cc") and (HEADERS / "Python.h").is_file()),
    reason="needs a C compiler and Python.h (Debian: apt install gcc python3-dev)",
)


def check(source: str) -> subprocess.CompletedProcess:
    """Let the compiler check types, and write nothing."""
    command = ["cc", "-fsyntax-only", "-Werror", f"-I{HEADERS}", "-x", "c", "-"]
    return subprocess.run(command, input=source, capture_output=True, text=True, check=False)


@needs_c
def test_cpython_expects_this_signature():
    result = check(SOURCE.read_text())
    assert result.returncode == 0, result.stderr


@needs_c
def test_another_signature_would_be_refused():
    other = SOURCE.read_text().replace("Py_ssize_t n,", "char n,")
    assert check(other).returncode != 0
