"""Which Python files import which, read from their text: none of them is run for it."""

import ast
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

KERNEL = Path(__file__).parents[1]
DEMO_CRATE = Path(__file__).parents[6] / "demo_crate"


def imports(file, folders):
    """The files that a file imports from its own package or from one of the folders."""
    found = set()
    for node in ast.walk(ast.parse(file.read_text())):
        if isinstance(node, ast.Import):
            found |= {target(folders, alias.name) for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            roots = [file.parents[node.level - 1]] if node.level else folders
            package = node.module or ""
            # What is imported is a module of the package, or else something that it defines.
            found |= {
                target(roots, f"{package}.{alias.name}") or target(roots, package)
                for alias in node.names
            }
    return found - {None, file}


def target(folders, name):
    """The file that has this dotted name below one of the folders, if any."""
    for folder in folders:
        path = folder.joinpath(*filter(None, name.split(".")))
        for file in (path.with_suffix(".py"), path / "__init__.py"):
            if file.is_file():
                return file
    return None


def circle(folders):
    """The names of files that import each other in a circle, if there are any."""
    files = [
        file for folder in folders for file in folder.rglob("*.py") if "tests" not in file.parts
    ]
    assert files
    try:
        TopologicalSorter({file: imports(file, folders) for file in files}).prepare()
    except CycleError as error:
        return [file.stem for file in error.args[1]]
    return []


@pytest.mark.parametrize(
    "folders",
    [[KERNEL], [DEMO_CRATE / "python", DEMO_CRATE / "examples"]],
    ids=["kernel", "demo_crate"],
)
def test_no_files_import_each_other_in_a_circle(folders):
    assert circle(folders) == []


def test_the_zygote_loads_each_file_after_those_that_it_imports():
    tree = ast.parse((KERNEL / "zygote.py").read_text())
    order = next(
        ast.literal_eval(node.value)
        for node in tree.body
        if isinstance(node, ast.Assign) and node.targets[0].id == "_MODULES"
    )
    for place, name in enumerate(order):
        imported = {file.stem for file in imports(KERNEL / f"{name}.py", [KERNEL])}
        assert imported <= set(order[:place]), f"{name} is loaded before what it imports"


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        ({"a": "import b", "b": "import os"}, set()),
        ({"a": "import b", "b": "def f():\n    from a import g"}, {"a", "b"}),
        (
            {"p/__init__": "from .x import y", "p/x": "from . import z", "p/z": "import p.x"},
            {"x", "z"},
        ),
        ({"p/__init__": "from .x import y", "p/x": "import p"}, {"__init__", "x"}),
    ],
)
def test_imports_of_every_form_are_seen(tmp_path, files, expected):
    for name, text in files.items():
        file = tmp_path / f"{name}.py"
        file.parent.mkdir(exist_ok=True)
        file.write_text(text)
    assert set(circle([tmp_path])) == expected
