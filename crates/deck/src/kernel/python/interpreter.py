"""Says what this interpreter is: the zygote's, and that of Pyodide in node."""

import platform
import sys
import sysconfig


def interpreter():
    """What identifies this interpreter in a recording."""
    return {
        "implementation": platform.python_implementation(),
        "version": platform.python_version(),
        "compiler": platform.python_compiler(),
        "shared_library": bool(sysconfig.get_config_var("Py_ENABLE_SHARED")),
        "debug": hasattr(sys, "gettotalrefcount"),
        "free_threaded": bool(sysconfig.get_config_var("Py_GIL_DISABLED")),
        "optimised": "--enable-optimizations" in (sysconfig.get_config_var("CONFIG_ARGS") or ""),
        "system": platform.system(),
        "machine": platform.machine(),
        "executable": sys.executable,
    }
