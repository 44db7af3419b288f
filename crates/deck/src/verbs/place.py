"""Says where a recording is made: folders of this machine, and the extension that is loaded here.

It runs in a worker like a cell, behind a line that sets `MODULE` to the extension's name, or to None. What it says of
the extension it reads from the extension's own file: the compiler leaves its version there, and so do PyO3's source
paths in the messages of panics.
"""

import importlib
import importlib.machinery
import json
import re
import sys
import sysconfig


def extension(name):
    """The facts about the extension in the module or package `name`; None where it has none."""
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
                "rustc": version(rb"rustc version ([0-9][^ \0]*)", content),
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
        "[stdlib]": sysconfig.get_path("stdlib"),
        "[site-packages]": sysconfig.get_path("purelib"),
        "[venv]": sys.prefix if sys.prefix != sys.base_prefix else None,
        # A system's own Python lives among everything else.
        "[python]": None if sys.base_prefix in ("/usr", "/usr/local") else sys.base_prefix,
    }
    return {name: path for name, path in places.items() if path}


print(json.dumps({"folders": folders(), "extension": extension(MODULE) if MODULE else None}))
