"""The package that holds the extension: everything in it comes from Rust, unwrapped."""

from .rusty import *
from .rusty import __all__, __doc__

# help() shall name the package that people import, not the file inside it.
for _name in __all__:
    if callable(globals()[_name]):
        globals()[_name].__module__ = __name__
