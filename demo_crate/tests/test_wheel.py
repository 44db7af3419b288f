"""What the wheel holds: one extension, its stubs, the texts, and nothing by accident."""

import subprocess
import sys
import sysconfig
import zipfile
from pathlib import Path

import pytest

import rusty

ROOT = Path(__file__).parents[2]
EXTENSION = "rusty/rusty" + sysconfig.get_config_var("EXT_SUFFIX")


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    """A wheel built from the sources, in the profile of the installed module (so cargo has it)."""
    out = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "maturin", "build", "--locked", "--out", str(out)]
    command += ["--interpreter", sys.executable]
    command += ["--release"] if rusty.PROFILE == "release" else []
    built = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert built.returncode == 0, built.stderr
    (file,) = out.glob("*.whl")
    with zipfile.ZipFile(file) as archive:
        yield archive


def test_it_holds_the_package_its_python_twins_and_nothing_else(wheel):
    files = {name for name in wheel.namelist() if ".dist-info/" not in name}
    assert files == {
        EXTENSION,
        "rusty/__init__.py",
        "rusty/__init__.pyi",
        "rusty/py.typed",
        "rusty/texts/LICENCE.md",
        "rusty/texts/gettysburg_bliss.txt",
        "rusty/texts/gettysburg_hay.txt",
        "pythonic/__init__.py",
        "pythonic/add_one.py",
        "pythonic/counter.py",
        "pythonic/edit_distance.py",
    }


def test_its_licences_travel_with_it(wheel):
    licences = {Path(name).name for name in wheel.namelist() if "/licenses/" in name}
    assert licences == {"LICENSE-MIT", "LICENSE-APACHE"}


@pytest.mark.skipif(
    sys.platform != "linux", reason="elsewhere debug information is a separate file"
)
def test_the_extension_keeps_its_debug_information(wheel):
    content = wheel.read(EXTENSION)
    assert b".debug_info" in content
    assert b".symtab" in content
