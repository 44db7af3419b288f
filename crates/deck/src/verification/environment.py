"""Says where a recording is made: folders of this machine, and the extension that is loaded here.

It runs in a worker like a cell, and a line is added that prints the `answer` for the extension's
name. What it says of the extension it reads from the extension's own file: the compiler leaves its
version there, in WebAssembly in a list of tools, and PyO3 its source paths, for the messages of
panics.
"""

import importlib
import importlib.machinery
import json
import re
import sys
import sysconfig
import time


def extension(name):
    """The facts about the extension in the module or package `name`; None if there is none."""
    try:
        module = importlib.import_module(name)
    except ImportError:
        return None
    endings = tuple(importlib.machinery.EXTENSION_SUFFIXES)
    for part, loaded in list(sys.modules.items()):
        file = getattr(loaded, "__file__", None) or ""
        if part.split(".")[0] == name and file.endswith(endings):
            with open(file, "rb") as binary:
                content = binary.read()
            return {
                "rustc": version(rb"(?:rustc version |\x05rustc.)([0-9][^ \0]*)", content),
                "pyo3": version(rb"/pyo3-([0-9][^/\0]*)/src/", content),
                "profile": getattr(module, "PROFILE", "unknown"),
            }
    return None


def version(pattern, content):
    """The first thing that the pattern finds in a file's content."""
    found = re.search(pattern, content)
    return found[1].decode() if found else "unknown"


def folders():
    """Folders whose paths differ from machine to machine, with what recordings call them."""
    places = {
        sysconfig.get_path("stdlib"): "[stdlib]",
        sysconfig.get_path("purelib"): "[site-packages]",
        sys.prefix: "[venv]",
        sys.base_prefix: "[python]",
    }
    if sys.platform == "emscripten":
        # The same in every browser, but neither are they the project's on the author's machine.
        zipped = [path for path in sys.path if path.endswith(".zip")]
        places |= {"/project": "[project]", **dict.fromkeys(zipped, "[stdlib]")}
    # A system's own Python lives among everything else.
    return {path: name for path, name in places.items() if path not in ("/usr", "/usr/local")}


def answer(module):
    """All that a recording needs to know, as JSON; the date is that of UTC."""
    facts = {
        "folders": folders(),
        "date": time.strftime("%Y-%m-%d", time.gmtime()),
        "extension": extension(module) if module else None,
    }
    return json.dumps(facts)
